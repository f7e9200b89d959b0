"""Follows a study's file: tells when another program changed, replaced or removed it."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.PyQt.QtCore import QFileSystemWatcher, QObject, QTimer, pyqtSignal

# A file is written in several moves; they are one change.
_PAUSE_MS = 300


class StudyFile(QObject):
    """Watches one file, and its folder, for editors put a new file in the place of the former."""

    changed = pyqtSignal()
    gone = pyqtSignal()

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._path: Optional[Path] = None
        self._known: Optional[tuple[int, int, int]] = None
        self._watcher = QFileSystemWatcher(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self._watcher.fileChanged.connect(lambda _: self._pause.start())
        self._watcher.directoryChanged.connect(lambda _: self._pause.start())

    def follow(self, path: Optional[Path]) -> None:
        """Watch a file as it is now, and no other; None for none."""
        self._pause.stop()
        watched = [*self._watcher.files(), *self._watcher.directories()]
        if watched:
            self._watcher.removePaths(watched)
        self._path = path
        self._known = None if path is None else _stamp(path)
        self._watch()

    def _watch(self) -> None:
        if self._path is not None:
            there = [str(one) for one in (self._path, self._path.parent) if one.exists()]
            watched = (*self._watcher.files(), *self._watcher.directories())
            missing = [one for one in there if one not in watched]
            if missing:
                self._watcher.addPaths(missing)

    def _look(self) -> None:
        if self._path is None:
            return
        self._watch()
        found = _stamp(self._path)
        if found == self._known:
            return
        self._known = found
        (self.gone if found is None else self.changed).emit()


def _stamp(path: Path) -> Optional[tuple[int, int, int]]:
    """Return what tells one version of a file from another, None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
