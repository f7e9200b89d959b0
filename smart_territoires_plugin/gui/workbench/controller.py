"""Builds the workbench when it is first shown, and ties it to the map: one selection, one preview, one run at hand."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Optional

import numpy as np
from qgis.core import Qgis, QgsFeatureRequest, QgsProject, QgsVectorLayer
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject, Qt, QTimer

from smart_territoires_plugin.bridge.preview_targets import shows_areas
from smart_territoires_plugin.bridge.project_memory import ProjectMemory, Remembered, present
from smart_territoires_plugin.bridge.results import FOLDER_PROPERTY
from smart_territoires_plugin.bridge.run_at_hand import RunAtHand, folders_on_map
from smart_territoires_plugin.bridge.run_table import RunTable
from smart_territoires_plugin.bridge.run_task import ReadRunTask
from smart_territoires_plugin.bridge.settings import Settings
from smart_territoires_plugin.bridge.task import start
from smart_territoires_plugin.core.errors import SmartTerritoiresError
from smart_territoires_plugin.core.study.schema import load_validator
from smart_territoires_plugin.gui.runs import Runs
from smart_territoires_plugin.gui.workbench.dock import Workbench
from smart_territoires_plugin.gui.workbench.first_steps import FirstSteps
from smart_territoires_plugin.gui.workbench.map_preview import MapPreview
from smart_territoires_plugin.gui.workbench.run_chooser import RunChooser
from smart_territoires_plugin.gui.workbench.session import WorkSession


class WorkbenchController(QObject):
    """Owns the dock, made at its first showing, so that QGIS starts without its cost.

    Parameters
    ----------
    iface : QgisInterface
    settings : Settings
    runs : Runs
        Tells when a run has put its results on the map.
    at_hand : RunAtHand, optional
        Is told which run the workbench has.
    """

    def __init__(
        self, iface: QgisInterface, settings: Settings, runs: Runs, at_hand: Optional[RunAtHand] = None
    ) -> None:
        super().__init__()
        self._iface, self._settings, self._runs = iface, settings, runs
        self.dock: Optional[Workbench] = None
        self.session: Optional[WorkSession] = None
        self._preview: Optional[MapPreview] = None
        self._watched: dict[str, QgsVectorLayer] = {}
        self._is_selecting = False
        self._features: dict[tuple[str, Path], dict[str, int]] = {}
        self._at_hand = at_hand
        self._memory = ProjectMemory(self._remembered)
        self._memory.opened.connect(self._open_remembered)
        self._memory.gone.connect(runs.tell_missing)
        self._memory.left.connect(self._leave_project)
        # A study that came with another project is not this one's.
        self._left_study: Optional[Path] = None
        self._asked: Optional[Path] = None
        self._wanted: tuple[str, ...] = ()
        self._is_zoom_wanted = False
        self._chooser: Optional[RunChooser] = None
        runs.results_shown.connect(self.open_results)

    def show(self) -> Workbench:
        """Show the dock, making it first where it is not there."""
        if self.dock is None:
            self._make()
        self.dock.show()
        self.dock.raise_()
        return self.dock

    def open_results(self, folder: Path) -> None:
        """Read a results folder in the background and take it; without a dock nothing is read."""
        if self.dock is None:
            return
        self._forget_run()
        self._asked = folder
        start(ReadRunTask(folder, partial(self._take, folder)))

    def open_cards(self, codes: Sequence[str], folder: Optional[Path] = None, is_zoom_wanted: bool = False) -> None:
        """Show the card of a territory, and select it and others, once their run is there.

        Parameters
        ----------
        codes : sequence of str
        folder : Path, optional
            Results that they are of; those at hand where none are named.
        is_zoom_wanted : bool
            Whether the map shows them.
        """
        dock = self.show()
        dock.show_step("targets")
        self._wanted, self._is_zoom_wanted = tuple(codes), is_zoom_wanted
        table = self.session.table
        if folder is not None and folder != (self._asked if table is None else table.folder):
            self.open_results(folder)
        elif table is not None:
            self._show_wanted()

    def close(self) -> None:
        """Take everything away: the dock, the preview, the connections."""
        self._memory.close()
        if self.dock is None:
            return
        self._chooser.close()
        # The preview goes while its going is still heard.
        self._forget_run()
        self._runs.results_shown.disconnect(self.open_results)
        project = QgsProject.instance()
        project.layersAdded.disconnect(self._watch_layers)
        project.layersWillBeRemoved.disconnect(self._unwatch_layers)
        self._unwatch_layers(list(self._watched))
        self.dock.close_workbench()
        self._iface.removeDockWidget(self.dock)
        self.dock.deleteLater()
        self.dock = None

    # ── making

    def _make(self) -> None:
        lang = self._runs.language
        self.session = WorkSession()
        self._preview = MapPreview(self.session, lang)
        pages = self._pages(lang)
        self.dock = Workbench(self.session, pages, self._iface.mainWindow())
        first_steps = FirstSteps(self.session, self._settings)
        first_steps.begun.connect(self._runs.open_fictitious_region)
        self.dock.show_above(first_steps)
        self._iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
        self.session.selection_changed.connect(self._select_on_map)
        project = QgsProject.instance()
        project.layersAdded.connect(self._watch_layers)
        project.layersWillBeRemoved.connect(self._unwatch_layers)
        self._watch_layers(list(project.mapLayers().values()))
        self.dock.run_chosen.connect(self.open_results)
        self._chooser = RunChooser(self.dock, self.session)
        if self._at_hand is not None:
            self.session.run_changed.connect(lambda: self._at_hand.take(self.session.table))
        memory = present(self._memory.memory)
        results = memory.results or next(iter(folders_on_map(project)), None)
        self._open_remembered(Remembered(memory.study, results))

    def _pages(self, lang: str) -> list:
        StudyPage, WeightsPage, TargetsPage, SharingPage = load_pages()
        study = StudyPage(self.session, self._settings, lang)
        study.run_asked.connect(lambda path, results: self._runs.run_study(path, results, lang))
        study.fictitious_region_asked.connect(self._runs.open_fictitious_region)
        targets = TargetsPage(self.session, lang, lambda: study.path)
        targets.run_asked.connect(lambda path, results: self._runs.run_study(path, results, lang))
        targets.study_written.connect(study.follow_run)
        targets.zoom_asked.connect(self.zoom_to)
        sharing = SharingPage(self.session, lang, self._runs.export)
        weights = WeightsPage(self.session, lang, lambda: study.path)
        weights.run_asked.connect(lambda path, results: self._runs.run_study(path, results, lang))
        weights.study_written.connect(study.follow_run)
        return [study, weights, targets, sharing]

    def _take(self, folder: Path, found: Optional[RunTable], error: Optional[SmartTerritoiresError]) -> None:
        if self.dock is None or folder != self._asked:
            # Others were asked for in the meantime.
            return
        if found is None:
            # Asked for again, it is tried again.
            self._asked = None
            self._runs.tell_problem(folder, error)
            return
        self.session.open(found)
        # In a turn of its own, so that the windows live in between.
        QTimer.singleShot(0, partial(self._take_study, found))

    def _take_study(self, found: RunTable) -> None:
        """Open the study of a run that was taken, and show what was asked for."""
        if self.dock is None or self.session.table is not found:
            return
        self.dock.pages[0].follow_run(Path(self._settings.last_study.value() or ""))
        self.dock.pages[2].follow_study()
        self._left_study = None
        self._memory.note()
        self._show_wanted()

    def _show_wanted(self) -> None:
        """Show the card that was asked for before its run was there."""
        rows = self.session.table.rows
        chosen = frozenset(rows[code] for code in self._wanted if code in rows)
        self._wanted = ()
        if not chosen:
            return
        page = self.dock.page
        page.tabs.setCurrentWidget(page.card)
        self.session.select(chosen)
        if self._is_zoom_wanted:
            self.zoom_to(chosen)

    # ── what the project opens with

    def _remembered(self) -> Remembered:
        """Return what the project shall open with: what the workbench shows."""
        if self.dock is None:
            return Remembered()
        table, study = self.session.table, self.dock.pages[0].path
        return Remembered(None if study == self._left_study else study, None if table is None else table.folder)

    def _open_remembered(self, memory: Remembered) -> None:
        if self.dock is None:
            return
        if memory.study is not None:
            self._left_study = None
            self.dock.pages[0].open_study(memory.study)
        if memory.results is not None:
            self.open_results(memory.results)

    def _leave_project(self) -> None:
        """Let go of the run with the project that it was of."""
        self._asked = None
        if self.dock is not None:
            self._left_study = self.dock.pages[0].path
            self._forget_run()

    def _forget_run(self) -> None:
        if self._preview is not None:
            self._preview.forget()
        if self.session is not None and self.session.table is not None:
            self.session.open(None)

    # ── one selection

    def zoom_to(self, rows: frozenset[int]) -> None:
        """Show territories on the map."""
        if self.session.table is None:
            return
        folder = str(self.session.table.folder)
        layer = next((one for one in self._watched.values() if one.customProperty(FOLDER_PROPERTY) == folder), None)
        if layer is None:
            self._runs.tell_off_map(self.session.table.folder)
            return
        ids = self._ids_of(layer, rows)
        if ids:
            self._iface.mapCanvas().zoomToFeatureIds(layer, ids)

    def _watch_layers(self, layers: list) -> None:
        for layer in layers:
            if isinstance(layer, QgsVectorLayer) and _shows_territories(layer) and layer.id() not in self._watched:
                self._watched[layer.id()] = layer
                layer.selectionChanged.connect(self._take_selection)
        if self.session.selection:
            self._select_on_map()

    def _unwatch_layers(self, ids: list) -> None:
        for identifier in ids:
            layer = self._watched.pop(identifier, None)
            self._features = {key: known for key, known in self._features.items() if key[0] != identifier}
            if layer is not None:
                layer.selectionChanged.disconnect(self._take_selection)

    def _take_selection(self, *_: object) -> None:
        layer = self.sender()
        table = self.session.table if self.session is not None else None
        if self._is_selecting or table is None or layer is None:
            return
        field = layer.fields().indexOf("code")
        codes = [str(feature.attribute(field)) for feature in layer.getSelectedFeatures()]
        self.session.select(frozenset(table.rows[code] for code in codes if code in table.rows))

    def _select_on_map(self) -> None:
        self._is_selecting = True
        try:
            for layer in self._watched.values():
                ids = self._ids_of(layer, self.session.selection)
                if set(ids) != set(layer.selectedFeatureIds()):
                    layer.selectByIds(ids)
        finally:
            self._is_selecting = False

    def _ids_of(self, layer: QgsVectorLayer, rows: frozenset[int]) -> list[int]:
        """Return the features of some territories: results and preview hold them in the order of the run."""
        table = self.session.table
        if table is None or not rows:
            return []
        key = (layer.id(), table.folder)
        if key not in self._features:
            field = layer.fields().indexOf("code")
            self._features[key] = {str(feature.attribute(field)): feature.id() for feature in _codes(layer, field)}
        known = self._features[key]
        codes = np.asarray(table.codes)[sorted(rows)]
        return [known[str(code)] for code in codes if str(code) in known]


def load_pages() -> tuple[type, type, type, type]:
    """Return the classes of the four steps; QGIS starts without the cost of loading them.

    What a study is checked with takes long to load, and is loaded afterwards in a thread of its own.
    """
    from smart_territoires_plugin.gui.workbench.sharing_page import SharingPage
    from smart_territoires_plugin.gui.workbench.study_page import StudyPage
    from smart_territoires_plugin.gui.workbench.targets_page import TargetsPage
    from smart_territoires_plugin.gui.workbench.weights_page import WeightsPage

    threading.Thread(target=_load_validator, daemon=True).start()
    return StudyPage, WeightsPage, TargetsPage, SharingPage


def _load_validator() -> None:
    # Without it, whoever opens a study is told.
    with contextlib.suppress(SmartTerritoiresError):
        load_validator()


def _shows_territories(layer: QgsVectorLayer) -> bool:
    if shows_areas(layer):
        return True
    return bool(layer.customProperty(FOLDER_PROPERTY)) and layer.source().endswith("layername=territories")


def _codes(layer: QgsVectorLayer, field: int):
    request = QgsFeatureRequest().setFlags(Qgis.FeatureRequestFlag.NoGeometry).setSubsetOfAttributes([field])
    return layer.getFeatures(request)
