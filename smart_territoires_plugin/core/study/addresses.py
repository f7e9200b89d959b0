"""Where a source is when it is no file of this machine: a database, or a raster on a web server."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Optional
from urllib.parse import parse_qs, unquote, urlsplit

DATABASES = ("postgresql", "postgres")
WEB = ("http", "https")
_SECRETS = ("password", "sslpassword")


@dataclass(frozen=True)
class Address:
    """An address in the place of a path, with the few things that a path is asked for.

    Examples
    --------
    >>> Address("postgresql://db.region.fr:5432/territoires").name
    'territoires'
    >>> Address("https://example.org/rasters/no2_2024.tif?version=2").name
    'no2_2024.tif'
    """

    url: str

    @property
    def scheme(self) -> str:
        """Return what stands before ``://``, in lower case."""
        return self.url.partition("://")[0].lower()

    @property
    def name(self) -> str:
        """Return what a person calls it: the database, the service, or the file on the server."""
        parts = urlsplit(self.url)
        named = PurePosixPath(unquote(parts.path)).name
        queried = parse_qs(parts.query)
        return named or next((queried[key][0] for key in ("dbname", "service") if key in queried), "") or self.scheme

    @property
    def suffix(self) -> str:
        """Return the ending of its name."""
        return PurePosixPath(self.name).suffix

    @property
    def is_database(self) -> bool:
        """Say whether it is a PostgreSQL database."""
        return self.scheme in DATABASES

    def __str__(self) -> str:
        return self.url


def is_address(path: str) -> bool:
    """Say whether a source's path is an address and no file.

    Examples
    --------
    >>> is_address("https://example.org/a.tif"), is_address("C:/data/a.tif")
    (True, False)
    """
    return "://" in path


def fault_of(path: str) -> Optional[str]:
    """Return the code of what is wrong with an address, None where it may be opened.

    Examples
    --------
    >>> fault_of("postgresql://reader:" + "word@db/territoires")
    'source.password_in_path'
    >>> fault_of("ftp://example.org/a.tif")
    'source.unknown_address'
    >>> fault_of("postgresql://reader@db/territoires") is None
    True
    """
    try:
        parts = urlsplit(path)
        secret = parts.password is not None or any(key.lower() in _SECRETS for key in parse_qs(parts.query))
        port_is_right = parts.port is None or parts.port > 0
    except ValueError:
        return "source.unknown_address"
    if secret:
        return "source.password_in_path"
    if parts.scheme.lower() not in (*DATABASES, *WEB) or not port_is_right:
        return "source.unknown_address"
    if parts.scheme.lower() in WEB and not parts.hostname:
        return "source.unknown_address"
    return None
