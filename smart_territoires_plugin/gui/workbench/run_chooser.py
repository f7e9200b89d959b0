"""Several studies side by side: the results on the map, offered in the header of the dock."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, QTimer

from smart_territoires_plugin.bridge.manifest import read_description
from smart_territoires_plugin.bridge.run_at_hand import folders_on_map
from smart_territoires_plugin.core.errors import SmartTerritoiresError
from smart_territoires_plugin.gui.workbench.dock import Workbench
from smart_territoires_plugin.gui.workbench.session import WorkSession


class RunChooser(QObject):
    """Keeps the choice of the dock what the map shows.

    Parameters
    ----------
    dock : Workbench
    session : WorkSession
    """

    def __init__(self, dock: Workbench, session: WorkSession) -> None:
        super().__init__(dock)
        self._dock, self._session = dock, session
        # Many layers come and go at once: the choice is filled when they are through.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.refresh)
        project = QgsProject.instance()
        self._signals = (project.layersAdded, project.layersRemoved, session.run_changed)
        for signal in self._signals:
            signal.connect(self._soon)
        self._soon()

    def refresh(self) -> None:
        """Offer the results that are on the map."""
        named = [(_name_of(folder), folder) for folder in folders_on_map(QgsProject.instance())]
        names = [name for name, _ in named]
        # Two runs of one study are told apart by their folder.
        shown = [(name if names.count(name) == 1 else f"{name} – {folder.name}", folder) for name, folder in named]
        table = self._session.table
        self._dock.show_runs(shown, None if table is None else table.folder)

    def close(self) -> None:
        """Let go of project and session."""
        self._timer.stop()
        for signal in self._signals:
            signal.disconnect(self._soon)
        self._signals = ()

    def _soon(self, *_: object) -> None:
        self._timer.start()


def _name_of(folder: Path) -> str:
    """Return what a study is called, as its results say."""
    try:
        return read_description(folder).name
    except SmartTerritoiresError:
        return folder.name
