"""Zip archives as sources: which member is meant, and what makes an archive unfit to be opened."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path, PurePosixPath

from smart_territoires_plugin.core.errors import Problem, SourceError
from smart_territoires_plugin.core.sources.files import PACKED, RASTERS, TABLES, VECTORS, refuse_incomplete
from smart_territoires_plugin.core.study import Source

MAX_MEMBERS = 10_000
MAX_UNPACKED_BYTES = 20 * 1024**3
MAX_RATIO = 200
_LOCKED = 0x1
_SHAPEFILE_PARTS = (".dbf", ".shx", ".prj", ".cpg")


def choose_member(source: Source, path: Path, where: str) -> str:
    """Return the name of the member that a source means: its only layer or raster, else its only table, or ``layer``.

    Raises
    ------
    SourceError
        If the archive is damaged, locked, unsafe or too large, holds nothing that can be read, or several such files.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise SourceError(Problem("source.damaged", where, {"reason": str(error)})) from error
    _refuse_unsafe(members, where)
    names = [m.filename for m in members if not m.is_dir() and not _hidden(PurePosixPath(m.filename))]
    layers = [name for name in names if _suffix(name) in (*VECTORS, *RASTERS)]
    parts = {PurePosixPath(name).with_suffix("") for name in layers if _suffix(name) == ".shp"}
    tables = [
        name for name in names
        if _suffix(name) in TABLES and not (_suffix(name) == ".dbf" and PurePosixPath(name).with_suffix("") in parts)
    ]  # fmt: skip
    known = layers or tables
    if source.layer and len(known) > 1 or source.layer and layers and tables:
        every = [*layers, *tables]
        chosen = [name for name in every if source.layer in (name, PurePosixPath(name).name)]
        known = chosen or [name for name in every if PurePosixPath(name).stem == source.layer] or known
    if not known:
        packed = [name for name in names if _suffix(name) in (".zip", *PACKED)]
        if packed:
            raise SourceError(Problem("source.archive_nested", where, {"member": packed[0]}))
        raise SourceError(Problem("source.archive_without_data", where))
    if len(known) > 1:
        alike = len({PurePosixPath(name).stem for name in known}) < len(known)
        shown = ", ".join(PurePosixPath(name).name if alike else PurePosixPath(name).stem for name in known[:50])
        raise SourceError(Problem("source.which_layer", where, {"layer": source.layer or "–", "known": shown}))
    inside = PurePosixPath(known[0])
    if inside.suffix.lower() == ".shp":
        beside = {_suffix(name) for name in names if PurePosixPath(name).with_suffix("") == inside.with_suffix("")}
        refuse_incomplete(beside, where)
    return known[0]


def read_member(path: Path, member: str) -> bytes:
    """Return the content of a member; never more than the archive announces.

    Raises
    ------
    SourceError
        If it is damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.read(member)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise SourceError(Problem("source.damaged", f"{path.name}: {member}", {"reason": str(error)})) from error


def _refuse_unsafe(members: list[zipfile.ZipInfo], where: str) -> None:
    packed = sum(member.compress_size for member in members)
    unpacked = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED_BYTES or unpacked > MAX_RATIO * max(packed, 1_000_000):
        raise SourceError(Problem("source.archive_too_large", where, {"count": len(members), "bytes": unpacked}))
    for member in members:
        name = PurePosixPath(member.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or (member.external_attr >> 28) == 0xA:
            raise SourceError(Problem("source.archive_escape", where, {"member": member.filename}))
        if member.flag_bits & _LOCKED:
            raise SourceError(Problem("source.archive_locked", where, {"member": member.filename}))


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _hidden(name: PurePosixPath) -> bool:
    """Say whether an archive's member is a trace of the system that packed it."""
    return any(part.startswith((".", "__MACOSX")) for part in name.parts)
