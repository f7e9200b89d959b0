"""The dialog *Run a study*: study, folder, language; every problem of the study in place before anything runs."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QDialogButtonBox, QFormLayout, QWidget

from smart_territoires_plugin.bridge.engine import Outcome, read_problem
from smart_territoires_plugin.bridge.settings import Settings
from smart_territoires_plugin.bridge.task import EngineStep, EngineTask, start
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.gui.form import FormDialog, LanguageBox, file_widget
from smart_territoires_plugin.gui.problem_list import ProblemList

_PAUSE_MS = 400


class RunDialog(FormDialog):
    """Asks for a study and where its results go.

    Parameters
    ----------
    settings : Settings
        Remembers the last study and folder.
    lang : {"fr", "en"}
        Language chosen at first.
    """

    run_asked = pyqtSignal(Path, Path, str)

    def __init__(self, settings: Settings, lang: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(
            translate("SmartTerritoires", "Run a Study"), translate("SmartTerritoires", "Run"), "run_study", parent
        )
        self.setWhatsThis(
            translate(
                "SmartTerritoires",
                "A study file in, a folder of results out: problems are told at once, and the run goes on in the "
                "background.",
            )
        )
        self._settings = settings
        self._task: Optional[EngineTask] = None
        self._checked: Optional[Path] = None
        self._runs_after_check = False
        self.study = file_widget(QgsFileWidget.StorageMode.GetFile, settings.last_study.value())
        self.study.setFilter(translate("SmartTerritoires", "Studies (*.yaml *.yml)"))
        self.results = file_widget(QgsFileWidget.StorageMode.GetDirectory, settings.last_results.value())
        self.language = LanguageBox(lang)
        self.problems = ProblemList()
        self.problems.hide()
        form = QFormLayout()
        form.addRow(translate("SmartTerritoires", "Study file"), self.study)
        form.addRow(translate("SmartTerritoires", "Folder of the results"), self.results)
        form.addRow(translate("SmartTerritoires", "Language of the results"), self.language)
        self.fill(form, self.problems)
        # A path that is typed is checked once the typing pauses.
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.check)
        self.study.fileChanged.connect(self._study_changed)
        self.results.fileChanged.connect(self._update)
        self.finished.connect(self._forget_task)
        self._study_changed()

    def check(self) -> None:
        """Have the engine check the study, in the background."""
        self._pause.stop()
        study = Path(self.study.filePath())
        if not study.is_file():
            return
        self._forget_task()
        self.say(translate("SmartTerritoires", "The study and its sources are being checked…"))
        self._task = EngineTask(
            translate("SmartTerritoires", "Check of “{name}”").format(name=study.name),
            (EngineStep(("check", str(study))),),
            self.language.lang,
            lambda outcome: self._show(study, outcome),
        )
        start(self._task)

    def confirm(self) -> None:
        """Run, if the study was checked and nothing refuses it; else check first."""
        study = Path(self.study.filePath())
        if self._checked != study:
            self._runs_after_check = True
            if self._task is None:
                self.check()
            return
        self._settings.result_language.setValue(self.language.lang)
        self.run_asked.emit(study, Path(self.results.filePath()), self.language.lang)
        self.accept()

    def _study_changed(self) -> None:
        self._checked = None
        self._runs_after_check = False
        self._forget_task()
        self.problems.hide()
        path = self.study.filePath()
        if path and not Path(path).is_file():
            self.say(translate("SmartTerritoires", "The study file {path} does not exist.").format(path=path))
        else:
            self.say("")
            self._pause.start()
        self._update()

    def _update(self) -> None:
        """Allow what can be done with what is filled in."""
        is_filled = Path(self.study.filePath()).is_file() and bool(self.results.filePath())
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(is_filled)

    def _show(self, study: Path, outcome: Outcome) -> None:
        """Show what the check found."""
        self._task = None
        runs = self._runs_after_check
        self._runs_after_check = False
        records = outcome.result if isinstance(outcome.result, list) else []
        problems = [read_problem(record) for record in records] or list(outcome.problems)
        self.problems.show_problems(problems)
        self.problems.setVisible(bool(problems))
        errors = sum(problem.severity == "error" for problem in problems)
        if errors:
            said = translate("SmartTerritoires", "Problems to solve before the study can run: {count}.")
            self.say(said.format(count=errors))
        elif not outcome.is_done:
            self.say(outcome.message)
        else:
            self._checked = study
            self.say(
                translate("SmartTerritoires", "The study can run. Warnings: {count}.").format(count=len(problems))
                if problems
                else translate("SmartTerritoires", "The study can run: no problem found.")
            )
            if runs:
                self.confirm()

    def _forget_task(self) -> None:
        """Cancel the check that still runs for another path or a closed window."""
        if self._task is not None:
            self._task.forget()
            self._task = None
