"""The store of a results folder as the desktop sees it: how much it holds, and emptying it."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Optional

from smart_territoires_plugin.bridge.log import log_warning
from smart_territoires_plugin.bridge.task import BackgroundTask
from smart_territoires_plugin.bridge.translation import translate

# Where the engine keeps measured values, so that a next run computes only what changed.
_STORE = ".store"


def store_of(results: Path) -> Path:
    """Return where the store of a results folder is."""
    return results / _STORE


def store_size(results: Path) -> int:
    """Return how many bytes the store of a results folder takes; 0 where there is none."""
    return sum(size for _, size in _files(store_of(results)))


def empty_store(results: Path) -> int:
    """Delete what the store holds, which is always safe: the next run measures it again. Returns the bytes freed.

    Raises
    ------
    OSError
        If a file cannot be deleted.
    """
    freed = 0
    for path, size in list(_files(store_of(results))):
        path.unlink(missing_ok=True)
        freed += size
    return freed


def _files(folder: Path) -> Iterator[tuple[Path, int]]:
    """Give each file below a folder with its size; links are not followed."""
    for parent, _, names in os.walk(folder):
        for name in names:
            path = Path(parent) / name
            try:
                yield path, path.lstat().st_size
            except OSError:
                # A run that goes on at the same time may take it away.
                continue


class StoreTask(BackgroundTask):
    """Looks at a store, or empties it, in the background.

    Parameters
    ----------
    work : callable
        Takes the results folder and returns bytes: ``store_size`` or ``empty_store``.
    results : Path
    on_end : callable
        Takes the bytes, or None where it failed (the log says why); called in the main thread.
    """

    def __init__(self, work: Callable[[Path], int], results: Path, on_end: Callable[[Optional[int]], None]) -> None:
        super().__init__(translate("SmartTerritoires", "Smart Territoires: the store"), on_end)
        self._work, self._results = work, results
        self._found: Optional[int] = None

    def run(self) -> bool:
        """Work; in a thread of the task manager."""
        try:
            self._found = self._work(self._results)
        except Exception:
            log_warning(traceback.format_exc())
            return False
        return True

    def answer(self) -> tuple:
        """Return what is handed over."""
        return (self._found,)
