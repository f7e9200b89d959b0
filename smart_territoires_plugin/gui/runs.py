"""Runs started from the menu: the task in the background, the message at its end, the layers on the map."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Callable, Optional

from qgis.core import Qgis, QgsApplication, QgsProject, QgsVectorLayer
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject, QTimer, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QPushButton

from smart_territoires_plugin.bridge.engine import ATLAS, Outcome
from smart_territoires_plugin.bridge.log import log_warning
from smart_territoires_plugin.bridge.results import FOLDER_PROPERTY, add_results, has_results, release_results
from smart_territoires_plugin.bridge.settings import Settings
from smart_territoires_plugin.bridge.task import EngineStep, EngineTask, start
from smart_territoires_plugin.bridge.translation import LANGUAGES, desktop_language, translate
from smart_territoires_plugin.core.errors import SmartTerritoiresError
from smart_territoires_plugin.core.messages import problem_lines
from smart_territoires_plugin.gui.details import DetailsDialog

TITLE = "Smart Territoires"

# Measured: writing the fictitious region takes about a quarter of the time that its run takes with it.
_DEMO_SHARE = 0.25

_LEVELS = {
    "done": Qgis.MessageLevel.Success,
    "cancelled": Qgis.MessageLevel.Info,
    "wrong_input": Qgis.MessageLevel.Warning,
    "missing": Qgis.MessageLevel.Warning,
    "defect": Qgis.MessageLevel.Critical,
    "crashed": Qgis.MessageLevel.Critical,
}


@dataclass(frozen=True)
class Export:
    """Something to be made of a run, in a process of its own.

    Parameters
    ----------
    title : str
        What the task manager shows.
    step : EngineStep
        The call that makes it.
    lang : {"fr", "en"}
        Language of what is made.
    output, opens : Path
        What is written, and what of it is opened.
    """

    title: str
    step: EngineStep
    lang: str
    output: Path
    opens: Path


class Runs(QObject):
    """Starts runs and brings their results to the map.

    Parameters
    ----------
    iface : QgisInterface
        The windows of QGIS.
    settings : Settings
        Remembers the last study and results.
    """

    results_shown = pyqtSignal(Path)
    engine_asked = pyqtSignal()

    def __init__(self, iface: QgisInterface, settings: Settings) -> None:
        super().__init__()
        self._iface = iface
        self._settings = settings
        self._busy: set[Path] = set()
        self._zoomed_to = ""

    @property
    def language(self) -> str:
        """The language that the person chose for results, else that of QGIS."""
        chosen = self._settings.result_language.value()
        return chosen if chosen in LANGUAGES else desktop_language()

    def open_fictitious_region(self) -> None:
        """Write the fictitious region into the profile, run its study and show it."""
        folder = Path(QgsApplication.qgisSettingsDirPath()) / "smart_territoires" / "fictitious_region"
        results = folder / "results"
        study = folder / "study.yaml"
        folder.parent.mkdir(parents=True, exist_ok=True)
        steps = (
            EngineStep(("demo", str(folder)), _DEMO_SHARE),
            EngineStep(self._run_arguments(study, results), 1 - _DEMO_SHARE),
        )
        self._run(translate("SmartTerritoires", "Fictitious region"), study, results, steps, self.language)

    def run_study(self, study: Path, results: Path, lang: str) -> None:
        """Run a study and show its results.

        Parameters
        ----------
        study : Path
            The study file.
        results : Path
            The folder of the results.
        lang : {"fr", "en"}
            Language of the results.
        """
        step = EngineStep(self._run_arguments(study, results))
        self._run(study.stem, study, results, (step,), lang)

    def export_atlas(self, results: Path, output: Path, lang: str) -> None:
        """Make the atlas of a folder of results, in a process of its own.

        Parameters
        ----------
        results : Path
            Folder of a run.
        output : Path
            The PDF file to write.
        lang : {"fr", "en"}
            Language of the pages.
        """
        self._settings.last_results.setValue(str(results))
        title = translate("SmartTerritoires", "Atlas “{name}”").format(name=output.name)
        step = EngineStep((str(results), "--out", str(output)), module=ATLAS)
        self.export(Export(title, step, lang, output, output))

    def export(self, export: Export, on_end: Optional[Callable[[Outcome], None]] = None) -> Optional[EngineTask]:
        """Make something of a run in the background, and say how it ended.

        Parameters
        ----------
        export : Export
        on_end : callable, optional
            Is told of the end too, in the main thread.

        Returns
        -------
        EngineTask or None
            None where that place is being written already, and that is said.
        """
        if self._is_busy(export.output):
            return None

        def end(outcome: Outcome) -> None:
            self._end_export(export, outcome)
            if on_end is not None:
                on_end(outcome)

        return self._start(export.title, (export.step,), export.lang, export.output, end)

    def close(self) -> None:
        """Forget what runs; the tasks were cancelled already."""
        self._busy.clear()

    def _run_arguments(self, study: Path, results: Path) -> tuple[str, ...]:
        """Return verb and arguments of a run, on the cluster of the options where they name one."""
        address = self._settings.scheduler.value()
        return ("run", str(study), "--out", str(results), *(("--scheduler", address) if address else ()))

    def _run(self, name: str, study: Path, results: Path, steps: tuple[EngineStep, ...], lang: str) -> None:
        if self._is_busy(results):
            return
        self._settings.last_study.setValue(str(study))
        self._settings.last_results.setValue(str(results))
        # A file that QGIS holds open keeps its old content, and on Windows cannot be replaced.
        position = release_results(results, QgsProject.instance())
        title = translate("SmartTerritoires", "Study “{name}”").format(name=name)
        self._start(title, steps, lang, results, partial(self._end_run, title, results, position, lang))

    def _start(
        self, title: str, steps: tuple[EngineStep, ...], lang: str, place: Path, on_end: Callable[[Outcome], None]
    ) -> EngineTask:
        """Start the task, and say so where the eye is."""
        self._busy.add(place)

        def end(outcome: Outcome) -> None:
            self._busy.discard(place)
            on_end(outcome)

        task = EngineTask(title, steps, lang, end)
        said = translate("SmartTerritoires", "{title} runs in the background; its progress is in the status bar.")
        cancel = {translate("SmartTerritoires", "Cancel"): task.cancel}
        self._push(said.format(title=title), Qgis.MessageLevel.Info, 5, cancel)
        start(task)
        return task

    def _is_busy(self, place: Path) -> bool:
        """Whether a run writes there already; says so if it does."""
        if place not in self._busy:
            return False
        said = translate("SmartTerritoires", "{place} is being written by a run already.").format(place=place)
        self._push(said, Qgis.MessageLevel.Info, 5)
        return True

    def _end_run(self, title: str, results: Path, position: Optional[int], lang: str, outcome: Outcome) -> None:
        """Bring the layers (back) to the map, then say how it ended."""
        if (outcome.is_done or position is not None) and has_results(results):
            # What comes back after a run that failed leaves the view as it is.
            self._zoomed_to = "" if outcome.is_done else str(results)
            adding = add_results(results, lang, QgsProject.instance(), position or 0)
            self._add_next(adding, partial(self._tell_run, title, results, outcome))
        else:
            self._tell_run(title, results, outcome)

    def _add_next(self, adding: Iterator[QgsVectorLayer], then: Callable[[], None]) -> None:
        """Add one layer and come back for the next, so that the windows live in between."""
        try:
            layer = next(adding)
        except StopIteration:
            then()
            return
        except (SmartTerritoiresError, RuntimeError) as error:
            # Removed, renamed or replaced by the person in between: what is there stays, and the log says why.
            log_warning(str(error))
            then()
            return
        if layer.source().endswith("layername=territories") and self._zoomed_to != layer.customProperty(
            FOLDER_PROPERTY
        ):
            self._zoomed_to = layer.customProperty(FOLDER_PROPERTY)
            self._zoom_to(layer)
        QTimer.singleShot(0, partial(self._add_next, adding, then))

    def tell_problem(self, place: Path, error: Optional[SmartTerritoiresError]) -> None:
        """Say that something could not be read; what is no error of ours is in the log."""
        lines = problem_lines(error.problems, self.language) if error is not None else [str(place)]
        self._push(lines[0], Qgis.MessageLevel.Warning, 0)

    def tell_missing(self, places: list[Path]) -> None:
        """Say in one line that what a project remembers is not there."""
        said = translate("SmartTerritoires", "This project remembers what is not there any more: {places}.")
        self._push(said.format(places=", ".join(str(place) for place in places)), Qgis.MessageLevel.Warning, 0)

    def tell_off_map(self, results: Path) -> None:
        """Say that the layers of a run were taken off the map, with the way to have them back."""
        said = translate("SmartTerritoires", "The layers of these results are not on the map any more.")

        def show() -> None:
            self._add_next(add_results(results, self.language, QgsProject.instance(), 0), lambda: None)

        buttons = {translate("SmartTerritoires", "Show on the Map"): show} if has_results(results) else {}
        self._push(said, Qgis.MessageLevel.Info, 10, buttons)

    def _tell_run(self, title: str, results: Path, outcome: Outcome) -> None:
        """Say how a run ended."""
        if has_results(results):
            self.results_shown.emit(results)
        if outcome.is_done:
            said = translate("SmartTerritoires", "{title}: the results are on the map.").format(title=title)
        else:
            said = translate("SmartTerritoires", "{title}: {message}").format(title=title, message=outcome.message)
        self._tell(said, title, outcome, results)

    def _end_export(self, export: Export, outcome: Outcome) -> None:
        """Say how it ended."""
        if outcome.is_done:
            said = translate("SmartTerritoires", "{title} is ready.").format(title=export.title)
        else:
            said = translate("SmartTerritoires", "{title}: {message}").format(
                title=export.title, message=outcome.message
            )
        self._tell(said, export.title, outcome, export.opens)

    def _tell(self, said: str, title: str, outcome: Outcome, place: Path) -> None:
        """Push the message of the end, with the buttons that make sense."""
        buttons: dict[str, Callable[[], object]] = {}
        if outcome.is_done:
            buttons[translate("SmartTerritoires", "Open")] = partial(
                QDesktopServices.openUrl, QUrl.fromLocalFile(str(place))
            )
        if outcome.status == "missing":
            buttons[translate("SmartTerritoires", "Install the Engine…")] = self.engine_asked.emit
        if outcome.status != "cancelled" and (outcome.problems or not outcome.is_done):
            buttons[translate("SmartTerritoires", "Details")] = partial(self._show_details, outcome, title)
        self._push(said, _LEVELS[outcome.status], 0 if buttons else 5, buttons)

    def _show_details(self, outcome: Outcome, title: str) -> None:
        DetailsDialog(outcome, title, self._iface.mainWindow()).show()

    def _push(
        self, said: str, level: Qgis.MessageLevel, duration_s: int, buttons: Optional[dict[str, Callable]] = None
    ) -> None:
        """Push a message with buttons; its text is shown as it is, whatever a study is called."""
        bar = self._iface.messageBar()
        item = bar.createMessage(TITLE, html.escape(said))
        for label, call in (buttons or {}).items():
            button = QPushButton(label)
            button.clicked.connect(lambda _checked=False, call=call: call())
            item.layout().addWidget(button)
        bar.pushWidget(item, level, duration_s)

    def _zoom_to(self, layer: QgsVectorLayer) -> None:
        """Show the whole region."""
        canvas = self._iface.mapCanvas()
        extent = canvas.mapSettings().layerExtentToOutputExtent(layer, layer.extent())
        extent.scale(1.05)
        canvas.setExtent(extent)
        canvas.refresh()
        self._iface.setActiveLayer(layer)
