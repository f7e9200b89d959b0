"""What is done with territories of the list: decided, called, written a sheet for, chosen within means."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, Callable, Optional

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QDate, QObject, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QDialog, QWidget

from smart_territoires_plugin.bridge.engine import Outcome
from smart_territoires_plugin.bridge.register_contacts import Contact, ContactsTask, last_contacts, register_path
from smart_territoires_plugin.bridge.study_decisions import StudyDecisions
from smart_territoires_plugin.bridge.task import EngineStep, EngineTask, start
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.study.model import Decision
from smart_territoires_plugin.gui.workbench.called_dialog import CalledDialog
from smart_territoires_plugin.gui.workbench.decision_dialog import DecisionDialog
from smart_territoires_plugin.gui.workbench.portfolio_dialog import PortfolioDialog
from smart_territoires_plugin.gui.workbench.session import WorkSession

# Whoever works here decides and calls in the same role from one day to the next.
_AUTHOR, _ROLE = "plugins/smart_territoires/decision-author", "plugins/smart_territoires/caller-role"
# Beside the results: an own folder, for a writing of sheets takes away those of a former one.
SHEETS = "sheets"


class TargetActions(QObject):
    """Decisions, calls, sheets and portfolios of the run at hand; all that takes time runs in the background.

    Parameters
    ----------
    session : WorkSession
    lang : {"fr", "en"}
    window : QWidget
        Over which dialogs open.
    """

    contacts_changed = pyqtSignal()
    said = pyqtSignal(str)

    def __init__(self, session: WorkSession, lang: str, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._lang, self._window = session, lang, window
        self.decisions = StudyDecisions(lang, self)
        self.decisions.refused.connect(self.said)
        self.register: Optional[Path] = None
        self.last: dict[str, Contact] = {}
        self.roles: tuple[str, ...] = ()
        self.register_said = ""
        self.dialog: Optional[QDialog] = None
        self._followed: Optional[tuple[Path, float]] = None
        self._tasks: list[Any] = []
        self._reading: Optional[ContactsTask] = None
        self._place: Optional[tempfile.TemporaryDirectory] = None

    @property
    def today(self) -> str:
        """Return the day as ``YYYY-MM-DD``."""
        return QDate.currentDate().toString("yyyy-MM-dd")

    def follow(self, study: Optional[Path]) -> None:
        """Take the decisions and the register of the run at hand; the register is read in the background."""
        table = self._session.table
        content = None if table is None else table.manifest["study"].get("content")
        self.decisions.follow(content, study)
        self._followed = _state(study)
        if self._reading in self._tasks:
            # Begun before: it might answer after the one that begins now.
            self._reading.forget()
        self.last, self.roles = {}, ()
        study = self.decisions.study
        self.register = None if study is None else register_path(content, study.parent)
        if table is None:
            self.register_said = ""
        elif study is None:
            self.register_said = translate("SmartTerritoires", "Open the study of this run to see and note calls.")
        elif self.register is None:
            self.register_said = translate(
                "SmartTerritoires", "The study has no register in which calls are kept: make one and name it there."
            )
        else:
            self.register_said = ""
            self._reading = ContactsTask(self.register, partial(self._take_contacts, self.register))
            self._start(self._reading)
        self.contacts_changed.emit()

    def follow_again(self, study: Optional[Path]) -> None:
        """Take the study anew where its file is another one, or was changed by another program."""
        if self._session.table is not None and not self.decisions.is_writing and _state(study) != self._followed:
            self.follow(study)

    def contact_of(self, row: int) -> Optional[Contact]:
        """Return the last call of a territory."""
        return self.last.get(str(self._session.table.codes[row]))

    def decision_of(self, row: int) -> tuple[Optional[Decision], bool]:
        """Return what was decided of a territory, and whether the run at hand does not have it yet."""
        code = str(self._session.table.codes[row])
        now = self.decisions.of(code)
        before = next((one for one in reversed(self.decisions.of_run) if one.code == code), None)
        return now, now != before

    # ── decisions

    def ask_decision(self, row: int, action: str) -> None:
        """Ask for reason and author of a decision."""
        if self.decisions.study is None:
            self.said.emit(
                translate("SmartTerritoires", "Open the study of this run first: decisions are kept in its file.")
            )
            return
        author = str(QgsSettings().value(_AUTHOR, "") or "")
        code, name = self._named(row)
        dialog = DecisionDialog(code, name, action, author, self._window)
        dialog.decided.connect(self._decide)
        self._open(dialog)

    def undo_decision(self, row: int) -> None:
        """Take back what was decided of a territory."""
        self.decisions.remove(self._named(row)[0])

    def _decide(self, decision: Decision) -> None:
        QgsSettings().setValue(_AUTHOR, decision.author)
        self.decisions.put(decision)

    # ── calls

    def ask_call(self, row: int) -> None:
        """Ask what came of a call."""
        if self.register is None:
            self.said.emit(self.register_said)
            return
        mine = str(QgsSettings().value(_ROLE, "") or "")
        roles = [*([mine] if mine else []), *(role for role in self.roles if role != mine)]
        code, name = self._named(row)
        dialog = CalledDialog(code, name, self._session.table.themes, roles, self._lang, self._window)
        dialog.called.connect(self.note_call)
        self._open(dialog)

    def note_call(self, contact: Contact) -> None:
        """Write a call into the register, in the background."""
        QgsSettings().setValue(_ROLE, contact.caller_role)
        self._start(ContactsTask(self.register, partial(self._take_contacts, self.register), contact))

    def _take_contacts(self, register: Path, contacts: Optional[list[Contact]], said: str) -> None:
        if register != self.register:
            # Of a run that is not at hand any more.
            return
        if contacts is None:
            if self.last:
                # What was read before still holds: only the writing failed.
                self.said.emit(said)
            else:
                self.register_said = said
        else:
            self.register_said = ""
            self.last = last_contacts(contacts)
            self.roles = tuple(sorted({one.caller_role for one in contacts if one.caller_role}))
        self.contacts_changed.emit()

    # ── sheets and portfolios

    def write_sheets(self, rows: Sequence[int]) -> None:
        """Have the sheets of territories written beside the results, and opened."""
        folder = self._session.table.folder
        codes = [str(self._session.table.codes[row]) for row in rows]
        out = folder.parent / f"{folder.name}_{SHEETS}"
        title = translate("SmartTerritoires", "Outreach sheets")
        self._engine(title, ("sheets", str(folder), "--out", str(out), "--codes", *codes), partial(_open_sheet, codes))

    def ask_portfolio(self) -> None:
        """Ask for the means of a portfolio."""
        dialog = PortfolioDialog(self._session.table.groups, self._window)
        dialog.planned.connect(self.choose_portfolio)
        self._open(dialog)

    def choose_portfolio(self, plan: dict[str, Any]) -> None:
        """Have the engine choose within a plan; those chosen are selected, on the map too."""
        self._place = tempfile.TemporaryDirectory(prefix="smart-territoires-")
        path, out = (Path(self._place.name) / name for name in ("plan.yaml", "portfolio"))
        # A document of JSON is one of YAML.
        path.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
        arguments = ("portfolio", str(self._session.table.folder), "--plan", str(path), "--out", str(out))
        self._engine(translate("SmartTerritoires", "Portfolio"), arguments, partial(self._take_portfolio, out))

    def _take_portfolio(self, out: Path, _outcome: Outcome) -> None:
        try:
            found = json.loads((out / "portfolio.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            self.said.emit(str(error))
            return
        finally:
            self._place.cleanup()
        table = self._session.table
        rows = frozenset(table.rows[code] for code in found["chosen"] if code in table.rows)
        said = translate("SmartTerritoires", "Chosen of {candidates} candidates and selected: {chosen}.")
        self.said.emit(said.format(candidates=found["candidates"], chosen=len(rows)))
        self._session.select(rows)

    # ── tasks

    def close(self) -> None:
        """Let go of what runs and of what is open."""
        for task in self._tasks:
            task.forget()
        self._tasks = []
        self.decisions.close()
        if self.dialog is not None:
            self.dialog.reject()

    def _engine(self, title: str, arguments: tuple[str, ...], then: Callable[[Outcome], None]) -> None:
        folder = self._session.table.folder

        def end(outcome: Outcome) -> None:
            table = self._session.table
            if table is None or table.folder != folder:
                # Another run is at hand: this answer is none about it.
                return
            if outcome.is_done:
                self.said.emit("")
                then(outcome)
            else:
                self.said.emit(outcome.message)

        self.said.emit(translate("SmartTerritoires", "{title}: in the background…").format(title=title))
        self._start(EngineTask(title, (EngineStep(arguments),), self._lang, end))

    def _start(self, task: Any) -> None:
        self._tasks.append(task)
        task.taskCompleted.connect(partial(self._drop, task))
        task.taskTerminated.connect(partial(self._drop, task))
        start(task)

    def _drop(self, task: Any) -> None:
        if task in self._tasks:
            self._tasks.remove(task)

    def _named(self, row: int) -> tuple[str, str]:
        table = self._session.table
        return str(table.codes[row]), table.text("name", row)

    def _open(self, dialog: QDialog) -> None:
        """Open a dialog that holds up nothing, and forget it when it is through."""
        self.dialog = dialog
        dialog.finished.connect(self._forget_dialog)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _forget_dialog(self, _result: int) -> None:
        self.dialog = None


def _state(study: Optional[Path]) -> Optional[tuple[Path, float]]:
    """Return a file with the time of its last change; None where there is none."""
    return (study, study.stat().st_mtime) if study is not None and study.is_file() else None


def _open_sheet(codes: Sequence[str], outcome: Outcome) -> None:
    """Open the sheet that was written, or the page that lists several."""
    files = outcome.result.get("files", {})
    path = files.get(codes[0]) if len(codes) == 1 else files.get("index")
    if path:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
