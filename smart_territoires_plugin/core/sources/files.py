"""Which file, layer or archive member a source names; its content hash; whether it can be read at all."""

from __future__ import annotations

import hashlib
import html
import re
import sqlite3
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from smart_territoires_plugin.core.errors import Problem, SourceError
from smart_territoires_plugin.core.study import Source

VECTORS = (".gpkg", ".geojson", ".shp", ".gml", ".kml", ".fgb", ".tab", ".sqlite")
RASTERS = (".tif", ".tiff", ".vrt", ".asc", ".img", ".nc")
MAX_MEMBERS = 10_000
MAX_UNPACKED_BYTES = 20 * 1024**3
MAX_RATIO = 200
MAX_VRT_BYTES = 100_000_000
_TILE = re.compile(r'<SourceFilename[^>]*relativeToVRT="([01])"[^>]*>([^<]+)</SourceFilename>')
_RASTER_PARTS = (".tfw", ".tifw", ".prj", ".wld", ".hdr")
_SHAPEFILE_PARTS = (".dbf", ".shx", ".prj", ".cpg")


@dataclass(frozen=True)
class Located:
    """Where a source's data is: the file on disk, and the name under which GDAL opens it."""

    file: Path
    name: str
    suffix: str


def locate(source: Source) -> Located:
    """Find the file of a source; look into a zip archive without unpacking it.

    Raises
    ------
    SourceError
        If the file is absent, empty, damaged, or an archive that must not be opened.
    """
    path = source.path
    where = f"{source.id} ({path.name})"
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
        return _inside_archive(source, path, where)
    if suffix in (".gpkg", ".sqlite"):
        _check_database(path, head, where)
    if suffix == ".shp":
        _check_shapefile(path, where)
    absent = [tile.name for tile in tiles(path) if not tile.is_file()]
    if absent:
        raise SourceError(Problem("raster.no_tile", where, {"count": len(absent), "absent": ", ".join(absent[:5])}))
    return Located(path, str(path), suffix)


def _inside_archive(source: Source, path: Path, where: str) -> Located:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise SourceError(Problem("source.damaged", where, {"reason": str(error)})) from error
    packed = sum(member.compress_size for member in members)
    unpacked = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED_BYTES or unpacked > MAX_RATIO * max(packed, 1_000_000):
        raise SourceError(Problem("source.archive_too_large", where, {"count": len(members), "bytes": unpacked}))
    for member in members:
        name = PurePosixPath(member.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or (member.external_attr >> 28) == 0xA:
            raise SourceError(Problem("source.archive_escape", where, {"member": member.filename}))
    names = [m.filename for m in members if not _hidden(PurePosixPath(m.filename))]
    known = [name for name in names if PurePosixPath(name).suffix.lower() in (*VECTORS, *RASTERS)]
    if len(known) > 1 and source.layer:
        chosen = [name for name in known if PurePosixPath(name).stem == source.layer]
        known = chosen or known
    if not known:
        raise SourceError(Problem("source.archive_without_data", where))
    if len(known) > 1:
        values = {"layer": source.layer or "–", "known": ", ".join(PurePosixPath(name).stem for name in known)}
        raise SourceError(Problem("source.which_layer", where, values))
    inside = PurePosixPath(known[0])
    if inside.suffix.lower() == ".shp":
        _refuse_incomplete({PurePosixPath(name).suffix.lower() for name in names if _beside(name, inside)}, where)
    return Located(path, f"/vsizip/{{{path}}}/{known[0]}", inside.suffix.lower())


def _hidden(name: PurePosixPath) -> bool:
    """Say whether an archive's member is a trace of the system that packed it."""
    return any(part.startswith((".", "__MACOSX")) for part in name.parts)


def _beside(name: str, other: PurePosixPath) -> bool:
    return PurePosixPath(name).with_suffix("") == other.with_suffix("")


def _check_database(path: Path, head: bytes, where: str) -> None:
    """Refuse a damaged SQLite container; it may still answer the first pages normally."""
    if head[:15] != b"SQLite format 3":
        raise SourceError(Problem("source.damaged", where, {"reason": "not a SQLite database"}))
    waiting = path.with_name(path.name + "-wal")
    if waiting.exists() and waiting.stat().st_size > 0:
        raise SourceError(Problem("source.in_use", where))
    uri = f"file:{quote(str(path))}?mode=ro&immutable=1"
    try:
        connection = sqlite3.connect(uri, uri=True)
        try:
            verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise SourceError(Problem("source.damaged", where, {"reason": str(error)})) from error
    if verdict != "ok":
        raise SourceError(Problem("source.damaged", where, {"reason": " ".join(str(verdict).split())}))


def _check_shapefile(path: Path, where: str) -> None:
    """Refuse a shapefile that lacks a part, or whose parts are shorter than their headers say."""
    _refuse_incomplete({p.suffix.lower() for p in _siblings(path)}, where)

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


def _refuse_incomplete(present: set[str], where: str) -> None:
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
    return [path]


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
