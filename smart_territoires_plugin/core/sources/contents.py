"""What a source holds, as a hash: of its files, of its rows in a database, or of what its server says of it."""

from __future__ import annotations

from smart_territoires_plugin.core.sources import databases, files, remote
from smart_territoires_plugin.core.study import Source
from smart_territoires_plugin.core.study.addresses import Address


def content_hash(source: Source) -> str:
    """Return the SHA-256 of a source's content, as hexadecimal digits.

    Raises
    ------
    SourceError
        If it cannot be had.
    """
    if not isinstance(source.path, Address):
        return files.content_hash(source.path)
    if source.path.is_database:
        return databases.content_hash(source)
    return remote.content_hash(source)


def look(source: Source) -> tuple:
    """Return what changes whenever a source is written to: cheap to have for files, and no proof that they changed."""
    if not isinstance(source.path, Address):
        path = source.path
        return files.fingerprint(path), tuple(part.stat().st_ctime_ns for part in files.parts(path))
    return (content_hash(source),)


def state(source: Source) -> tuple[str, tuple]:
    """Return hash and look of a source, with one reading of what is no file."""
    if isinstance(source.path, Address):
        found = content_hash(source)
        return found, (found,)
    looked = look(source)
    return content_hash(source), looked
