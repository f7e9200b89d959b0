"""Problems of a study as a list: how grave, where, what, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from smart_territoires_plugin.bridge.engine import EngineProblem
from smart_territoires_plugin.bridge.translation import translate

_ICONS = {"error": "/mIconCritical.svg", "warning": "/mIconWarning.svg"}
_LINES_SHOWN = 9


class ProblemList(QTableWidget):
    """All problems at once, errors first; texts are wrapped, never cut."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(0, 3, parent)
        self.setHorizontalHeaderLabels(
            [
                translate("SmartTerritoires", "Where"),
                translate("SmartTerritoires", "What"),
                translate("SmartTerritoires", "What to do"),
            ]
        )
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.setMinimumHeight(_LINES_SHOWN * self.fontMetrics().lineSpacing())

    def show_problems(self, problems: Iterable[EngineProblem]) -> None:
        """Show these problems and no other."""
        ordered = sorted(problems, key=lambda problem: problem.severity != "error")
        self.setRowCount(len(ordered))
        for row, problem in enumerate(ordered):
            for column, said in enumerate((problem.where, problem.what, problem.fix)):
                self.setItem(row, column, QTableWidgetItem(said))
            self.item(row, 0).setIcon(QgsApplication.getThemeIcon(_ICONS[problem.severity]))

    def texts(self) -> list[list[str]]:
        """Return what the rows say: where, what, what to do."""
        return [[self.item(row, column).text() for column in range(3)] for row in range(self.rowCount())]
