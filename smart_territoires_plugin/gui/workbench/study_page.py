"""Step *Study*: which study, its sources and indicators, what is wrong, its run; what is edited is its file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Optional

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QFileDialog, QWidget

from smart_territoires_plugin.bridge.engine import EngineProblem, Outcome, read_problem
from smart_territoires_plugin.bridge.layers import unsaved_layers
from smart_territoires_plugin.bridge.settings import Settings
from smart_territoires_plugin.bridge.task import EngineStep, EngineTask, start
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.errors import SmartTerritoiresError
from smart_territoires_plugin.core.messages import problem_lines
from smart_territoires_plugin.core.study import Study, read_study
from smart_territoires_plugin.core.study.proposals import Proposal
from smart_territoires_plugin.gui.workbench.page import EMPTY, PROBLEM, READY, STALE, Page
from smart_territoires_plugin.gui.workbench.quality_dialog import QualityDialog
from smart_territoires_plugin.gui.workbench.session import WorkSession
from smart_territoires_plugin.gui.workbench.source_table import TakesLayers
from smart_territoires_plugin.gui.workbench.study_assistant import StudyAssistant, first_folder
from smart_territoires_plugin.gui.workbench.study_editing import StudyEditing
from smart_territoires_plugin.gui.workbench.study_file import StudyFile
from smart_territoires_plugin.gui.workbench.study_layout import StudyLayout

RESULTS = "results"


class StudyPage(TakesLayers, StudyLayout, Page):
    """Opens, makes, edits, checks and runs a study."""

    NAME = "study"
    HELP = "study"
    run_asked = pyqtSignal(Path, Path)
    fictitious_region_asked = pyqtSignal()
    layers_dropped = pyqtSignal(list)

    def __init__(self, session: WorkSession, settings: Settings, lang: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(session, parent)
        self._settings, self._lang = settings, lang
        self._task: Optional[EngineTask] = None
        self.editing = StudyEditing(lang, self)
        self.study: Optional[Study] = None
        self.assistant: Optional[StudyAssistant] = None
        self.path: Optional[Path] = None
        self.file = StudyFile(self)
        self.setAcceptDrops(True)
        self.make_widgets(lang)
        self.explain()
        self.lay_out()
        self._connect()
        self._show_study(None)

    @property
    def title(self) -> str:
        """The step's name on screen."""
        return translate("SmartTerritoires", "Study")

    def content(self) -> Mapping[str, Any]:
        """Return what the study's file says; nothing where none is open."""
        return {} if self.study is None else self.study.content

    def _connect(self) -> None:
        self.open_button.clicked.connect(self._ask_for_study)
        self.new_button.clicked.connect(lambda: self.open_assistant())
        self.fictitious.clicked.connect(self.fictitious_region_asked)
        self.check_button.clicked.connect(self.check)
        self.run_button.clicked.connect(self._run)
        self.session.run_changed.connect(self._take_run)
        self.file.changed.connect(self._read_again)
        self.file.gone.connect(self._tell_gone)
        self.layers_dropped.connect(self.take_layers)
        self.add_layer.chosen.connect(self.take_layers)
        self.bar.wanted.connect(self.editing.save)
        self.bar.form_wanted.connect(self._open_proposal)
        self.editing.busy_changed.connect(self._follow_editing)
        self.editing.written.connect(lambda: self.open_study(self.path))
        self.editing.refused.connect(self._tell_refused)
        self.sources.quality_asked.connect(self.show_quality)
        self.sources.itemSelectionChanged.connect(self._allow)
        self.remove_source.clicked.connect(self._remove_source)
        self.indicators.edit_asked.connect(self.editing.open_indicator)
        self.indicators.itemSelectionChanged.connect(self._allow)
        self.add_indicator.clicked.connect(lambda: self.editing.open_indicator(None))
        self.edit_indicator.clicked.connect(lambda: self.editing.open_indicator(self.indicators.chosen))
        self.remove_indicator.clicked.connect(lambda: self.editing.save({f"indicators.{self.indicators.chosen}": None}))

    # ── the study

    def open_study(self, path: Path) -> None:
        """Read a study file and show what it holds."""
        if path != self.path:
            self._close_windows()
        self.path = path
        self.file.follow(path)
        self._settings.last_study.setValue(str(path))
        try:
            study = read_study(path, needs_schema=False)
        except SmartTerritoiresError as error:
            self.study = self.editing.study = None
            self.name.setText(str(path))
            self.said.setText("\n".join(problem_lines(error.problems, self._lang)))
            self.problems.hide()
            self._show_content()
            self.set_state(PROBLEM)
            self._allow()
            return
        self._show_study(study)

    def follow_run(self, path: Path) -> None:
        """Show the study of a run that was started elsewhere, where none is open or it is this one."""
        if path.is_file() and self.path in (None, path):
            self.open_study(path)

    def open_assistant(self) -> StudyAssistant:
        """Ask for what a new study needs, in a window that layers can be dragged into."""
        if self.assistant is None:
            self.assistant = StudyAssistant(self._lang, first_folder(self.path), self.window())
            self.assistant.made.connect(self.open_study)
            self.assistant.finished.connect(self._forget_assistant)
        self.assistant.show()
        self.assistant.raise_()
        return self.assistant

    def _forget_assistant(self) -> None:
        self.assistant = None

    def _ask_for_study(self) -> None:
        former = self.path or Path(self._settings.last_study.value() or "")
        path, _ = QFileDialog.getOpenFileName(
            self,
            translate("SmartTerritoires", "Open a Study"),
            str(former.parent),
            translate("SmartTerritoires", "Studies (*.yaml *.yml)"),
        )
        if path:
            self.open_study(Path(path))

    def _show_study(self, study: Optional[Study]) -> None:
        self.study = study
        self.editing.study = study
        self.problems.hide()
        if study is None:
            self.name.setText("")
            self.said.setText(
                translate(
                    "SmartTerritoires",
                    "Open a study, make one, or begin with the fictitious region: it takes a minute.",
                )
            )
            self._show_content()
            self.set_state(EMPTY)
        else:
            # The folder and the file tell studies apart; the rest of the path is there for who asks.
            self.name.setText(f"{study.name}\n{study.path.parent.name}/{study.path.name}")
            self.name.setToolTip(str(study.path))
            self.said.setText("")
            self._show_content()
            self._tell_state()
        self._allow()

    def _show_content(self) -> None:
        study = self.study
        self.tabs.setVisible(study is not None)
        sources, indicators = ({}, ()) if study is None else (study.sources, study.indicators)
        self.sources.show_sources(sources, self._results())
        self.indicators.show_indicators(indicators, () if study is None else study.themes)
        for number, (title, count) in enumerate(
            (
                (translate("SmartTerritoires", "Sources"), len(sources)),
                (translate("SmartTerritoires", "Indicators"), len(indicators)),
            )
        ):
            self.tabs.setTabText(number, f"{title} ({count})")

    def _results(self) -> Optional[Path]:
        """Return the folder of the run at hand, where it is of this study."""
        table = self.session.table
        if table is None or self.study is None or table.manifest["study"]["name"] != self.study.name:
            return None
        return table.folder

    def _read_again(self) -> None:
        """Read the file that another program changed; what was being filled in stays."""
        self.open_study(self.path)
        if self.study is not None and not self.editing.is_saving:
            said = translate("SmartTerritoires", "The file was changed by another program, and was read again.")
            self.said.setText(f"{said} {self.said.text()}".strip())

    def _tell_gone(self) -> None:
        """Say that the file is no more; what it said stays on screen."""
        self.said.setText(
            translate(
                "SmartTerritoires",
                "The study file is no longer there. What is shown is what it said: put it back, or open another one.",
            )
        )
        self.set_state(PROBLEM)
        self._allow()

    def _allow(self) -> None:
        is_there = self.path is not None and self.path.is_file()
        is_free = is_there and self._task is None and not self.editing.is_saving
        for button in (self.check_button, self.run_button):
            button.setEnabled(is_free)
            button.setVisible(self.path is not None)
        can_edit = is_free and self.study is not None
        for button in (self.add_layer, self.add_indicator):
            button.setEnabled(can_edit)
        self.remove_source.setEnabled(can_edit and bool(self.sources.selectedItems()))
        for button in (self.edit_indicator, self.remove_indicator):
            button.setEnabled(can_edit and bool(self.indicators.selectedItems()))

    # ── sources

    def take_layers(self, layers: list) -> None:
        """Ask what layers are to the study; without one, the assistant takes them."""
        if not layers:
            return
        if self.study is not None:
            self.bar.ask(layers)
            return
        if self.path is not None:
            # A file that cannot be read is mended first.
            return
        assistant = self.open_assistant()
        for layer in layers:
            if layer.geometry == "polygons" and assistant.territories.layer is None:
                assistant.territories.take(layer)
            else:
                assistant.sources.bar.ask([layer])

    def show_quality(self, source: str) -> QualityDialog:
        """Show what the last run found in a source."""
        dialog = QualityDialog(source, self._results(), self._lang, self)
        dialog.open()
        return dialog

    def _remove_source(self) -> None:
        self.editing.save({f"sources.{self.sources.source_at(self.sources.currentRow())}": None})

    def _open_proposal(self, proposed: Proposal, indicator: dict) -> None:
        form = self.editing.open_proposal(proposed, indicator, self.bar.layer.fields)
        form.accepted.connect(self.bar.next)

    # ── the file

    def _follow_editing(self) -> None:
        """Say that the file is being written."""
        if self.editing.is_saving:
            self._forget_task()
            self.said.setText(translate("SmartTerritoires", "The study is being written…"))
        self._allow()

    def _tell_refused(self, said: str, problems: list) -> None:
        self.said.setText(said)
        self._show_problems(problems)

    # ── check and run

    def check(self) -> None:
        """Have the engine check the study, in the background."""
        self._forget_task()
        self.said.setText(translate("SmartTerritoires", "The study and its sources are being checked…"))
        self._task = EngineTask(
            translate("SmartTerritoires", "Check of “{name}”").format(name=self.path.name),
            (EngineStep(("check", str(self.path))),),
            self._lang,
            self._show_check,
        )
        start(self._task)
        self._allow()

    def _show_check(self, outcome: Outcome) -> None:
        self._task = None
        self._allow()
        records = outcome.result if isinstance(outcome.result, list) else []
        problems = [read_problem(record) for record in records] or list(outcome.problems)
        self._show_problems(problems)
        errors = sum(problem.severity == "error" for problem in problems)
        if errors:
            said = translate("SmartTerritoires", "Problems to solve before the study can run: {count}.")
            self.said.setText(said.format(count=errors))
            self.set_state(PROBLEM)
        elif not outcome.is_done:
            self.said.setText(outcome.message)
        elif problems:
            said = translate("SmartTerritoires", "The study can run. Warnings: {count}.")
            self.said.setText(said.format(count=len(problems)))
        else:
            self.said.setText(translate("SmartTerritoires", "The study can run: no problem found."))

    def _show_problems(self, problems: list[EngineProblem]) -> None:
        self.problems.show_problems(problems)
        self.problems.setVisible(bool(problems))

    def _run(self) -> None:
        edited = [] if self.study is None else unsaved_layers([one.path for one in self.study.sources.values()])
        if edited:
            said = translate("SmartTerritoires", "Not saved, and so not in this run: what was edited in {layers}.")
            self.said.setText(said.format(layers=", ".join(edited)))
        self.run_asked.emit(self.path, self.path.parent / RESULTS)

    def _take_run(self) -> None:
        """Show the sources beside the run that is at hand now."""
        if self.study is not None:
            self.sources.show_sources(self.study.sources, self._results())
        self._tell_state()

    def _tell_state(self) -> None:
        """Say whether the run at hand is of this study as its file is now."""
        if self.path is None:
            self.set_state(EMPTY)
        elif self.study is None or not self.path.is_file():
            self.set_state(PROBLEM)
        elif self.session.table is None:
            self.set_state(STALE)
        else:
            self.set_state(STALE if self._is_newer() else READY)

    def _is_newer(self) -> bool:
        """Whether the file is newer than the run at hand, and say so."""
        try:
            written = (self.session.table.folder / "manifest.json").stat().st_mtime
            is_newer = self.path.stat().st_mtime > written
        except OSError:
            # The results were removed: there is no run any more.
            is_newer = True
        if is_newer:
            self.said.setText(translate("SmartTerritoires", "The file was changed since the run: run it again."))
        return is_newer

    # ── going

    def _close_windows(self) -> None:
        self.bar.close_bar()
        self.editing.close_form()

    def _forget_task(self) -> None:
        if self._task is not None:
            self._task.forget()
            self._task = None

    def close_page(self) -> None:
        """Let go of a check that still runs, of windows and of the file; a change that is being written is written."""
        self._forget_task()
        self._close_windows()
        self.editing.close_editing()
        if self.assistant is not None:
            self.assistant.reject()
        self.sources.close_table()
        self.file.follow(None)
