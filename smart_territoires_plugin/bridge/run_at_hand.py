"""The run at hand, for those who ask from any thread: that of the workbench, else the topmost results on the map."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Optional

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject

from smart_territoires_plugin.bridge.log import log_warning
from smart_territoires_plugin.bridge.results import FOLDER_PROPERTY
from smart_territoires_plugin.bridge.run_table import RunTable, read_run
from smart_territoires_plugin.core.errors import SmartTerritoiresError

# Whoever asks for each feature of a layer asks the disk no more often than this.
_LOOKED_AT_S = 1.0


class RunAtHand(QObject):
    """Gives the table of the run at hand, read when it is first asked for.

    The map is looked at in the main thread, when its layers change; the table is given to any thread.

    Parameters
    ----------
    language : callable
        Returns the language of the results, ``"fr"`` or ``"en"``.
    """

    def __init__(self, language: Callable[[], str]) -> None:
        super().__init__()
        self.language = language
        self._lock = threading.Lock()
        self._taken: Optional[RunTable] = None
        self._folder: Optional[Path] = None
        self._read: Optional[RunTable] = None
        # Folder and time of what was read, whether that worked or not: what cannot be read is tried once.
        self._stamp: Optional[tuple[Path, int]] = None
        self._looked_at = float("-inf")
        project = QgsProject.instance()
        self._signals = (
            project.layersAdded,
            project.layersRemoved,
            project.layerTreeRoot().layerOrderChanged,
            project.readProject,
        )
        for signal in self._signals:
            signal.connect(self._look)
        self._look()

    def take(self, table: Optional[RunTable]) -> None:
        """Take the run of the workbench; None where it has none any more."""
        self._taken = table

    def table(self) -> Optional[RunTable]:
        """Return the run at hand; None where there is none, or it cannot be read (the log says why)."""
        taken, folder = self._taken, self._folder
        if taken is not None or folder is None:
            return taken
        with self._lock:
            return self._current(folder)

    def close(self) -> None:
        """Let go of the project."""
        for signal in self._signals:
            signal.disconnect(self._look)
        self._taken = self._folder = self._read = None

    def _current(self, folder: Path) -> Optional[RunTable]:
        """Return the run of a folder, read again where its files are others."""
        if self._stamp is not None and self._stamp[0] == folder and time.monotonic() - self._looked_at < _LOOKED_AT_S:
            return self._read
        self._looked_at = time.monotonic()
        try:
            stamp = (folder, (folder / "manifest.json").stat().st_mtime_ns)
        except OSError:
            self._stamp, self._read = None, None
            return None
        if stamp != self._stamp:
            self._stamp = stamp
            try:
                self._read = read_run(folder)
            except SmartTerritoiresError as error:
                log_warning(str(error))
                self._read = None
        return self._read

    def _look(self, *_: object) -> None:
        """See which results are on top of the map; in the main thread."""
        self._folder = next(iter(folders_on_map(QgsProject.instance())), None)


def folders_on_map(project: QgsProject) -> list[Path]:
    """Return the results folders whose layers a project has, topmost first, each once."""
    found: dict[Path, None] = {}
    for node in project.layerTreeRoot().findLayers():
        folder = node.layer().customProperty(FOLDER_PROPERTY) if node.layer() else None
        if folder:
            found[Path(folder)] = None
    return list(found)
