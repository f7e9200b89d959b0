"""A register as it stands while somebody else has it open: copied with what is not yet written into it, then read."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from smart_territoires_plugin.core.errors import Problem, SourceError
from smart_territoires_plugin.core.sources.files import CONTAINERS, waiting
from smart_territoires_plugin.core.study import Source
from smart_territoires_plugin.core.study.addresses import Address

_TRIES = 5


@contextmanager
def snapshot(source: Source) -> Iterator[Source]:
    """Give a source whose file nobody else has open; the register itself is neither waited for nor written to.

    What was saved is in the copy, even where it still waits beside the file; what somebody is about to save is not.
    A source that is no container, or in none of its own, is given as it is.

    Raises
    ------
    SourceError
        If the file changes again and again while it is copied, or the copy is damaged.
    """
    path = source.path
    if isinstance(path, Address) or path.suffix.lower() not in CONTAINERS or not waiting(path):
        yield source
        return
    where = f"{source.id} ({path.name})"
    with tempfile.TemporaryDirectory(prefix="register-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / path.name
        try:
            _copy(path, copy, where)
            with closing(sqlite3.connect(copy)) as connection:
                # Takes in what waits, takes back what was not saved, and leaves one file.
                connection.execute("PRAGMA journal_mode=DELETE").fetchone()
        except (sqlite3.Error, OSError) as error:
            raise SourceError(Problem("source.damaged", where, {"reason": str(error)})) from error
        yield replace(source, path=copy)


def _copy(path: Path, copy: Path, where: str) -> None:
    for _ in range(_TRIES):
        before = _looks(path)
        for part in (path, *waiting(path)):
            shutil.copyfile(part, copy.with_name(part.name))
        if _looks(path) == before:
            return
        for part in copy.parent.iterdir():
            part.unlink()
    raise SourceError(Problem("source.in_use", where))


def _looks(path: Path) -> list[tuple]:
    return [(part.name, part.stat().st_size, part.stat().st_mtime_ns) for part in (path, *waiting(path))]
