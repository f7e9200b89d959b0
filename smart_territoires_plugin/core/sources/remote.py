"""Rasters on a web server, read part by part: reached at all, in which state, and under which name GDAL opens them."""

from __future__ import annotations

import hashlib
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from urllib.parse import quote

from smart_territoires_plugin.core.errors import Problem, SourceError
from smart_territoires_plugin.core.resources import version
from smart_territoires_plugin.core.study import Source

TIMEOUT_S = 20
PAUSES_S = (0.5, 1.0, 2.0, 4.0)
LONGEST_PAUSE_S = 30
PASSING = (429, 500, 502, 503, 504)
_TIFF = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_FIRST_BYTES = 16


def gdal_name(url: str) -> str:
    """Return the name under which GDAL opens a raster: no listing of folders, bounded waiting, several attempts.

    Examples
    --------
    >>> gdal_name("https://example.org/a b.tif").endswith("&url=https%3A%2F%2Fexample.org%2Fa%20b.tif")
    True
    """
    said = {
        "empty_dir": "yes",
        "list_dir": "no",
        "use_head": "yes",
        "connecttimeout": TIMEOUT_S,
        "low_speed_limit": 1,
        "low_speed_time": TIMEOUT_S,
        "max_retry": len(PAUSES_S),
        "retry_delay": PAUSES_S[0],
        "retry_codes": ",".join(str(code) for code in PASSING),
        "url": url,
    }
    return "/vsicurl?" + "&".join(f"{name}={quote(str(value), safe='')}" for name, value in said.items())


def look(source: Source) -> tuple[str, str, str]:
    """Return entity tag, time of change and size of a raster on a server: what changes whenever it is replaced.

    Raises
    ------
    SourceError
        If it cannot be reached, is no GeoTIFF, cannot be read in parts, or its server does not say when it changes.
    """
    where = f"{source.id} ({source.path.name})"
    headers, first, status = _beginning(str(source.path), where)
    if status != 206:
        raise SourceError(Problem("remote.not_in_parts", where))
    if not first.startswith(_TIFF):
        seen = first.decode("ascii", errors="replace").split("\n")[0]
        raise SourceError(Problem("remote.not_geotiff", where, {"reason": "".join(c for c in seen if c.isprintable())}))
    tag, changed = headers.get("etag", ""), headers.get("last-modified", "")
    if not tag and not changed:
        raise SourceError(Problem("remote.no_version", where))
    return tag, changed, headers.get("content-range", "").rpartition("/")[2]


def content_hash(source: Source) -> str:
    """Return a SHA-256 of what a server says of a raster's state, as hexadecimal digits."""
    return hashlib.sha256(repr((str(source.path), *look(source))).encode()).hexdigest()


def _beginning(url: str, where: str) -> tuple[Mapping[str, str], bytes, int]:
    """Fetch the first bytes; what may pass (throttling, a server under way, a cut) is tried again, later each time."""
    headers = {"Range": f"bytes=0-{_FIRST_BYTES - 1}", "User-Agent": f"smart-territoires/{version()}"}
    request = urllib.request.Request(url, headers=headers)
    for pause_s in (*PAUSES_S, None):
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:  # nosec B310 - http and https alone
                found = {name.lower(): value for name, value in answer.headers.items()}
                return found, answer.read(_FIRST_BYTES), answer.status
        except urllib.error.HTTPError as error:
            reason, again = f"{error.code} {error.reason}", error.code in PASSING
            asked_s = error.headers.get("Retry-After", "") if error.headers else ""
            error.close()
            if pause_s is not None and asked_s.isdigit():
                pause_s = min(max(pause_s, float(asked_s)), LONGEST_PAUSE_S)
        except (OSError, HTTPException) as error:
            reason, again = str(getattr(error, "reason", None) or error) or type(error).__name__, True
        if pause_s is None or not again:
            raise SourceError(Problem("remote.unreachable", where, {"reason": " ".join(reason.split())[:300]}))
        time.sleep(pause_s)
    raise SourceError(Problem("remote.unreachable", where, {"reason": "–"}))
