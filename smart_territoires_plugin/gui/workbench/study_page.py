"""Step *Study*: which study, its sources and their state, what is wrong with it, and its run."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from smart_territoires_plugin.bridge.engine import Outcome, read_problem
from smart_territoires_plugin.bridge.settings import Settings
from smart_territoires_plugin.bridge.task import EngineStep, EngineTask, start
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.errors import SmartTerritoiresError
from smart_territoires_plugin.core.messages import TEXTS, problem_lines
from smart_territoires_plugin.core.study import Study, read_study
from smart_territoires_plugin.gui.problem_list import ProblemList
from smart_territoires_plugin.gui.workbench.page import EMPTY, PROBLEM, READY, STALE, Page
from smart_territoires_plugin.gui.workbench.session import WorkSession

RESULTS = "results"


class StudyPage(Page):
    """Opens a study, has it checked and run; what is edited is its file."""

    NAME = "study"
    HELP = "study"
    run_asked = pyqtSignal(Path, Path)
    fictitious_region_asked = pyqtSignal()

    def __init__(self, session: WorkSession, settings: Settings, lang: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(session, parent)
        self._settings, self._lang = settings, lang
        self._task: Optional[EngineTask] = None
        self.path: Optional[Path] = None
        self.name = QLabel()
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setWordWrap(True)
        self.open_button = QPushButton(translate("SmartTerritoires", "Open a Study…"))
        self.fictitious = QPushButton(translate("SmartTerritoires", "Fictitious Region"))
        self.fictitious.setToolTip(
            translate("SmartTerritoires", "A made-up region with all its layers, to see what the plugin does.")
        )
        self.check_button = QPushButton(translate("SmartTerritoires", "Check"))
        self.run_button = QPushButton(translate("SmartTerritoires", "Run"))
        self.sources = _table(
            [
                translate("SmartTerritoires", "Source"),
                translate("SmartTerritoires", "File"),
                translate("SmartTerritoires", "State"),
            ]
        )
        self.problems = ProblemList()
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self._lay_out()
        self._connect()
        self._show_study(None)

    @property
    def title(self) -> str:
        """The step's name on screen."""
        return translate("SmartTerritoires", "Study")

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.addWidget(self.open_button)
        first.addWidget(self.fictitious)
        first.addStretch(1)
        last = QHBoxLayout()
        last.addWidget(self.said, 1)
        last.addWidget(self.check_button)
        last.addWidget(self.run_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(first)
        whole.addWidget(self.name)
        whole.addWidget(self.sources, 2)
        whole.addWidget(self.problems, 1)
        whole.addLayout(last)
        self.problems.hide()

    def _connect(self) -> None:
        self.open_button.clicked.connect(self._ask_for_study)
        self.fictitious.clicked.connect(self.fictitious_region_asked)
        self.check_button.clicked.connect(self.check)
        self.run_button.clicked.connect(self._run)
        self.session.run_changed.connect(self._take_run)

    # ── the study

    def open_study(self, path: Path) -> None:
        """Read a study file and show what it holds."""
        self.path = path
        self._settings.last_study.setValue(str(path))
        try:
            study = read_study(path, needs_schema=False)
        except SmartTerritoiresError as error:
            self.name.setText(str(path))
            self.said.setText("\n".join(problem_lines(error.problems, self._lang)))
            self._show_sources({})
            self.set_state(PROBLEM)
            self._allow()
            return
        self._show_study(study)

    def follow_run(self, path: Path) -> None:
        """Show the study of a run that was started elsewhere, where none is open or it is this one."""
        if path.is_file() and self.path in (None, path):
            self.open_study(path)

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
        self.problems.hide()
        if study is None:
            self.name.setText("")
            self.said.setText(
                translate("SmartTerritoires", "Open a study, or begin with the fictitious region: it takes a minute.")
            )
            self._show_sources({})
            self.set_state(EMPTY)
        else:
            self.name.setText(f"{study.name}\n{study.path}")
            self.said.setText("")
            self._show_sources(study.sources)
            self._take_run()
        self._allow()

    def _show_sources(self, sources) -> None:
        self.sources.setRowCount(len(sources))
        for row, (identifier, source) in enumerate(sources.items()):
            path = source.path
            is_file = isinstance(path, Path)
            found = not is_file or path.exists()
            state = translate("SmartTerritoires", "found") if found else translate("SmartTerritoires", "not found")
            if not is_file:
                state = translate("SmartTerritoires", "on a server")
            elif found and source.status != "observed":
                state = TEXTS[self._lang].get(f"status.{source.status}", source.status)
            for column, text in enumerate((identifier, path.name if is_file else str(path), state)):
                item = QTableWidgetItem(text)
                item.setToolTip(str(path))
                self.sources.setItem(row, column, item)

    def _allow(self) -> None:
        for button in (self.check_button, self.run_button):
            button.setEnabled(self.path is not None and self._task is None)

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
        self.problems.show_problems(problems)
        self.problems.setVisible(bool(problems))
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

    def _run(self) -> None:
        self.run_asked.emit(self.path, self.path.parent / RESULTS)

    def _take_run(self) -> None:
        """Say whether the run at hand is of this study as its file is now."""
        table = self.session.table
        if table is None:
            self.set_state(STALE if self.path is not None else EMPTY)
            return
        if self.path is None:
            return
        written = (table.folder / "manifest.json").stat().st_mtime
        is_new = self.path.stat().st_mtime > written if self.path.exists() else False
        if is_new:
            self.said.setText(translate("SmartTerritoires", "The file was changed since the run: run it again."))
        self.set_state(STALE if is_new else READY)

    def _forget_task(self) -> None:
        if self._task is not None:
            self._task.forget()
            self._task = None

    def close_page(self) -> None:
        """Let go of a check that still runs."""
        self._forget_task()


def _table(labels: list[str]) -> QTableWidget:
    made = QTableWidget(0, len(labels))
    made.setHorizontalHeaderLabels(labels)
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setAlternatingRowColors(True)
    made.setShowGrid(False)
    made.verticalHeader().hide()
    made.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    made.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    made.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    return made
