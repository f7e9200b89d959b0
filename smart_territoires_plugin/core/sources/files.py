"""Which file or archive member a source names; its content hash; whether it can be read at all."""

from __future__ import annotations

import hashlib
import html
import re
import sqlite3
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from urllib.parse import quote
from xml.parsers import expat  # nosec B407 - what declares an entity is refused

from smart_territoires_plugin.core.errors import Problem, SourceError
from smart_territoires_plugin.core.study import Source
from smart_territoires_plugin.core.study.addresses import Address

VECTORS = (".gpkg", ".geojson", ".shp", ".gml", ".kml", ".fgb", ".tab", ".sqlite")
CONTAINERS = (".gpkg", ".sqlite")
RASTERS = (".tif", ".tiff", ".vrt", ".asc", ".img", ".nc")
TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".dbf", ".json")
# Archives that are not looked into.
PACKED = (".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz")
MAX_VRT_BYTES = 100_000_000
_TILE = re.compile(r'<SourceFilename[^>]*relativeToVRT="([01])"[^>]*>([^<]+)</SourceFilename>')
_RASTER_PARTS = (".tfw", ".tifw", ".prj", ".wld", ".hdr")
_SHAPEFILE_PARTS = (".dbf", ".shx", ".prj", ".cpg")


@dataclass(frozen=True)
class Located:
    """Where a source's data is.

    Parameters
    ----------
    file : Path
        The file on disk; its name alone where the source is no file of this machine.
    name : str
        Under which GDAL opens it.
    suffix : str
        The ending that tells its kind, in lower case; that of the member of an archive.
    member : str
        Of an archive; empty where the file is none.
    """

    file: Path
    name: str
    suffix: str
    member: str = ""

    def read_bytes(self) -> bytes:
        """Return the whole content, unpacked."""
        if not self.member:
            return self.file.read_bytes()
        from smart_territoires_plugin.core.sources.archives import read_member

        return read_member(self.file, self.member)


def locate(source: Source) -> Located:
    """Find the file of a source; look into a zip archive without unpacking it, and at an address without opening it.

    Raises
    ------
    SourceError
        If the file is absent, empty, damaged, or an archive that must not be opened.
    """
    path = source.path
    where = f"{source.id} ({path.name})"
    if isinstance(path, Address):
        return _remote(path, where)
    if path.is_dir() or not path.exists():
        code = "source.is_folder" if path.is_dir() else "source.not_found"
        raise SourceError(Problem(code, source.id, {"path": str(path)}))
    try:
        with path.open("rb") as stream:
            head = stream.read(16)
    except OSError as error:
        raise SourceError(Problem("source.unreadable", where, {"reason": error.strerror or str(error)})) from error
    if not head:
        raise SourceError(Problem("source.empty_file", where))
    suffix = path.suffix.lower()
    if suffix == ".zip":
        from smart_territoires_plugin.core.sources.archives import choose_member

        member = choose_member(source, path, where)
        return Located(path, f"/vsizip/{{{path}}}/{member}", PurePosixPath(member).suffix.lower(), member)
    if suffix in PACKED:
        raise SourceError(Problem("source.archive_kind", where, {"suffix": suffix}))
    if suffix in (".gml", ".kml"):
        _check_markup(path, path.stat().st_mtime_ns, where)
    if suffix in (".gpkg", ".sqlite"):
        _check_database(path, head, where)
    if suffix == ".shp":
        _check_shapefile(path, where)
    absent = [tile.name for tile in tiles(path) if not tile.is_file()]
    if absent:
        raise SourceError(Problem("raster.no_tile", where, {"count": len(absent), "absent": ", ".join(absent[:5])}))
    # Read as a part of the file that is all of it, GML leaves no .gfs beside it and is guided by none.
    return Located(path, f"/vsisubfile/0,{path}" if suffix == ".gml" else str(path), suffix)


def _remote(address: Address, where: str) -> Located:
    from smart_territoires_plugin.core.sources.remote import gdal_name

    suffix = address.suffix.lower()
    if address.is_database:
        return Located(Path(address.name), address.url, "")
    if suffix not in (".tif", ".tiff"):
        raise SourceError(Problem("remote.not_raster", where))
    return Located(Path(address.name), gdal_name(address.url), suffix)


@lru_cache(maxsize=256)
def _check_markup(path: Path, changed_ns: int, where: str) -> None:
    """Refuse XML that is cut or wrong, where GDAL would answer with fewer features, and XML that declares entities."""
    parser = expat.ParserCreate()

    def refuse(*_) -> None:
        raise SourceError(Problem("source.entities", where))

    parser.EntityDeclHandler = refuse
    try:
        with path.open("rb") as stream:
            parser.ParseFile(stream)
    except expat.ExpatError as error:
        raise SourceError(Problem("source.damaged", where, {"reason": str(error)})) from error


def _check_database(path: Path, head: bytes, where: str) -> None:
    """Refuse a damaged SQLite container; it may still answer the first pages normally."""
    if head[:15] != b"SQLite format 3":
        raise SourceError(Problem("source.damaged", where, {"reason": "not a SQLite database"}))
    waiting = path.with_name(path.name + "-wal")
    if waiting.exists() and waiting.stat().st_size > 0:
        raise SourceError(Problem("source.in_use", where))
    state = path.stat()
    verdict = _integrity(str(path), state.st_size, state.st_mtime_ns, state.st_ctime_ns)
    if verdict != "ok":
        raise SourceError(Problem("source.damaged", where, {"reason": verdict}))


@lru_cache(maxsize=256)
def _integrity(path: str, *_: int) -> str:
    """Return what SQLite finds wrong with a container, "ok" if nothing; once for each state of the file."""
    try:
        connection = sqlite3.connect(f"file:{quote(path)}?mode=ro&immutable=1", uri=True)
        try:
            return " ".join(str(connection.execute("PRAGMA quick_check(1)").fetchone()[0]).split())
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        return str(error)


def _check_shapefile(path: Path, where: str) -> None:
    """Refuse a shapefile that lacks a part, or whose parts are shorter than their headers say."""
    refuse_incomplete({p.suffix.lower() for p in _siblings(path)}, where)

    for part, whole in (
        (path, _shape_bytes),
        (_sibling(path, ".shx"), _shape_bytes),
        (_sibling(path, ".dbf"), _dbf_bytes),
    ):
        with part.open("rb") as stream:
            announced = whole(stream.read(100))
        if part.stat().st_size < announced:
            reason = f"{part.name}: {part.stat().st_size} < {announced}"
            raise SourceError(Problem("source.damaged", where, {"reason": reason}))


def _sibling(path: Path, suffix: str) -> Path:
    return next(p for p in _siblings(path) if p.suffix.lower() == suffix)


def _shape_bytes(head: bytes) -> int:
    """Return the length that the header of a .shp or .shx announces, in bytes; it counts in words of two."""
    return 2 * int.from_bytes(head[24:28], "big") if len(head) == 100 else 100


def _dbf_bytes(head: bytes) -> int:
    """Return the least length that the header of a .dbf announces, in bytes."""
    rows, start, width = (int.from_bytes(head[a:b], "little") for a, b in ((4, 8), (8, 10), (10, 12)))
    return start + rows * width if len(head) >= 32 else 32


def refuse_incomplete(present: set[str], where: str) -> None:
    """Refuse a shapefile without a part that it cannot be read without; none is made up beside the source."""
    absent = [suffix for suffix in (".dbf", ".shx") if suffix not in present]
    if absent:
        raise SourceError(Problem("source.shapefile_incomplete", where, {"absent": ", ".join(absent)}))


def _siblings(path: Path) -> list[Path]:
    """Return the files that have a file's name but for its last ending."""
    return [p for p in sorted(path.parent.iterdir()) if p.stem == path.stem and p != path]


def tiles(path: Path) -> list[Path]:
    """Return the local files that a virtual raster is made of, whether they are there or not."""
    if path.suffix.lower() != ".vrt":
        return []
    try:
        text = path.read_bytes()[:MAX_VRT_BYTES].decode("utf-8", errors="replace")
    except OSError as error:
        raise SourceError(Problem("source.unreadable", path.name, {"reason": error.strerror or str(error)})) from error
    named = [(relative, html.unescape(name).strip()) for relative, name in _TILE.findall(text)]
    local = [(relative, name) for relative, name in named if not name.startswith("/vsi") and "://" not in name]
    return list(dict.fromkeys(path.parent / name if relative == "1" else Path(name) for relative, name in local))


def parts(path: Path) -> list[Path]:
    """Return the files that a source's content depends on: itself, its companions, a virtual raster's tiles."""
    suffix = path.suffix.lower()
    if suffix == ".shp":
        return [path, *(p for p in _siblings(path) if p.suffix.lower() in _SHAPEFILE_PARTS)]
    if suffix in RASTERS:
        beside = [path.with_name(path.name + ending) for ending in (".aux.xml", ".msk")]
        worlds = [p for p in _siblings(path) if p.suffix.lower() in _RASTER_PARTS]
        return [path, *(p for p in (*worlds, *beside, *tiles(path)) if p.is_file())]
    return [path, *(waiting(path) if suffix in CONTAINERS else ())]


def waiting(path: Path) -> list[Path]:
    """Return the files beside a container that hold changes which are not yet, or not to stay, in it."""
    beside = [path.with_name(path.name + ending) for ending in ("-wal", "-journal")]
    return [part for part in beside if part.is_file() and part.stat().st_size > 0]


def content_hash(path: Path) -> str:
    """Return the SHA-256 of a source's content, as hexadecimal digits."""
    digest = hashlib.sha256()
    for part in parts(path):
        with part.open("rb") as stream:
            for block in iter(lambda: stream.read(1 << 20), b""):
                digest.update(block)
    return digest.hexdigest()


def fingerprint(path: Path) -> tuple:
    """Return size and time of change of a source's files: enough to see that one changed during a run."""
    return tuple((part.stat().st_size, part.stat().st_mtime_ns) for part in parts(path))
