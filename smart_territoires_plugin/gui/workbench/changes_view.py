"""What changed since an earlier list: who entered, who left, and why, in a sentence each."""

from __future__ import annotations

import csv
import tempfile
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

from smart_territoires_plugin.bridge.engine import Outcome
from smart_territoires_plugin.bridge.results import has_results
from smart_territoires_plugin.bridge.task import EngineStep, EngineTask, start
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.messages import text

_STAYED = "stayed"


class ChangesView(QWidget):
    """Compares the run at hand with an earlier one, in the background."""

    territory_chosen = pyqtSignal(str)

    def __init__(self, lang: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._lang = lang
        self._after: Optional[Path] = None
        self._register: Optional[Path] = None
        self._task: Optional[EngineTask] = None
        self._place: Optional[tempfile.TemporaryDirectory] = None
        self.choose = QPushButton(translate("SmartTerritoires", "Compare with an Earlier Run…"))
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.table = QTableWidget(0, 4)
        self.table.setObjectName("smart_territoires_changes")
        self.table.setAccessibleName(translate("SmartTerritoires", "What changed since the earlier run"))
        self.table.setHorizontalHeaderLabels(
            [
                translate("SmartTerritoires", "List"),
                translate("SmartTerritoires", "Change"),
                translate("SmartTerritoires", "Territory"),
                translate("SmartTerritoires", "Why"),
            ]
        )
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setAlternatingRowColors(True)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        row = QHBoxLayout()
        row.addWidget(self.choose)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(row)
        whole.addWidget(self.said)
        whole.addWidget(self.table, 1)
        self.choose.clicked.connect(self._ask)
        self.table.itemSelectionChanged.connect(self._tell)
        self.take(None, None)

    def take(self, after: Optional[Path], register: Optional[Path]) -> None:
        """Take the run to compare, and the register that says who was called."""
        self.forget()
        self._after, self._register = after, register
        self.table.setRowCount(0)
        self.choose.setEnabled(after is not None)
        self.said.setText(
            translate(
                "SmartTerritoires", "Choose the results folder of an earlier run to see who entered and who left."
            )
        )

    def compare_with(self, before: Path) -> None:
        """Have the engine compare, in the background."""
        if not has_results(before):
            said = translate("SmartTerritoires", "{folder} holds no results of a run.").format(folder=before)
            self.said.setText(said)
            return
        self.forget()
        self._place = tempfile.TemporaryDirectory(prefix="smart-territoires-")
        out = Path(self._place.name) / "changes.csv"
        register = self._register if self._register is not None and self._register.is_file() else None
        more = () if register is None else ("--register", str(register))
        arguments = ("changes", str(before), str(self._after), "--out", str(out), *more)
        self.said.setText(translate("SmartTerritoires", "The two runs are being compared…"))
        title = translate("SmartTerritoires", "Changes since “{name}”").format(name=before.name)
        self._task = EngineTask(title, (EngineStep(arguments),), self._lang, lambda outcome: self._end(out, outcome))
        start(self._task)

    def forget(self) -> None:
        """Let go of a comparison that still runs."""
        if self._task is not None:
            self._task.forget()
            self._task = None
        if self._place is not None:
            self._place.cleanup()
            self._place = None

    def _ask(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self,
            translate("SmartTerritoires", "Results of an Earlier Run"),
            str(self._after.parent if self._after else ""),
        )
        if folder:
            self.compare_with(Path(folder))

    def _end(self, out: Path, outcome: Outcome) -> None:
        self._task = None
        if outcome.is_done:
            try:
                with out.open(encoding="utf-8", newline="") as stream:
                    self._show(list(csv.DictReader(stream)))
            except OSError as error:
                self.said.setText(str(error))
        else:
            self.said.setText(outcome.message)
        self.forget()

    def _show(self, records: list[dict[str, str]]) -> None:
        moved = [record for record in records if record["move"] != _STAYED]
        moves = {
            "entered": translate("SmartTerritoires", "entered"),
            "left": translate("SmartTerritoires", "left"),
        }
        self.table.setRowCount(len(moved))
        for row, record in enumerate(moved):
            cells = (
                text(f"outcomes.list.{record['list']}", self._lang),
                moves.get(record["move"], record["move"]),
                record["name"],
                record[f"sentence_{self._lang}"],
            )
            for column, cell in enumerate(cells):
                item = QTableWidgetItem(cell.lstrip("'") if cell.startswith(("'=", "'+", "'-", "'@")) else cell)
                item.setToolTip(cell)
                item.setData(Qt.ItemDataRole.UserRole, record["code"].lstrip("'"))
                self.table.setItem(row, column, item)
        if moved:
            counts = {move: sum(record["move"] == move for record in moved) for move in moves}
            said = translate("SmartTerritoires", "Entered: {entered}. Left: {left}.").format(**counts)
        else:
            said = translate("SmartTerritoires", "Nobody entered and nobody left.")
        self.said.setText(said)

    def _tell(self) -> None:
        items = self.table.selectedItems()
        if items:
            self.territory_chosen.emit(items[0].data(Qt.ItemDataRole.UserRole))
