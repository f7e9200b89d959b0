"""Weights of the themes from several considerations: marks in a grid, and the ranking that follows at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

import numpy as np
from qgis.PyQt.QtCore import QLocale, QSignalBlocker, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.messages import number
from smart_territoires_plugin.core.targeting.theme_matrix import (
    ThemeMatrix,
    matrix_robustness,
    turning_points,
    weigh_themes,
)

_NAME, _WEIGHT, _FIRST_THEME = 0, 1, 2
_DRAWS, _SEED, _SHARE = 1000, 1, 0.25
_WRONG = QColor(220, 60, 60, 90)


class ThemesDialog(QDialog):
    """Asks for marks, shows the weights that follow and how far they hold, and hands them over.

    Parameters
    ----------
    themes : sequence of str
        Their names.
    lang : {"fr", "en"}
    """

    weights_chosen = pyqtSignal(object)

    def __init__(self, themes: Sequence[str], lang: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("smart_territoires_themes")
        self.setWindowTitle(translate("SmartTerritoires", "Weigh Themes by Several Considerations"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._themes, self._lang, self._locale = tuple(themes), lang, QLocale(lang)
        self.grid = self._grid()
        self.ranking = self._ranking()
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        # QGIS is not always shipped with the translation of Qt's own buttons.
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(translate("SmartTerritoires", "Cancel"))
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        self.more = QPushButton(translate("SmartTerritoires", "Add a Consideration"))
        self.less = QPushButton(translate("SmartTerritoires", "Remove"))
        self.more.clicked.connect(lambda: self.add_consideration(""))
        self.less.clicked.connect(self._remove)
        self._lay_out()
        for name in (
            translate("SmartTerritoires", "Political stakes"),
            translate("SmartTerritoires", "Topicality"),
            translate("SmartTerritoires", "What inhabitants ask for"),
        ):
            self.add_consideration(name)
        self.grid.itemChanged.connect(lambda _: self._judge())
        self._judge()

    def add_consideration(self, name: str, weight: float = 1.0, marks: Optional[Sequence[float]] = None) -> None:
        """Add a column; all themes have the same mark where none are given."""
        marks = [5.0] * len(self._themes) if marks is None else marks
        blocked = QSignalBlocker(self.grid)
        column = self.grid.columnCount()
        self.grid.insertColumn(column)
        name = name or translate("SmartTerritoires", "Consideration {number}").format(number=column + 1)
        for row, value in enumerate((name, weight, *marks)):
            item = QTableWidgetItem(value if row == _NAME else number(value, self._lang))
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            if row == _NAME:
                font = item.font()
                font.setBold(True)
                item.setFont(font)
            self.grid.setItem(row, column, item)
        del blocked
        self.less.setEnabled(self.grid.columnCount() > 1)
        self._judge()

    def set_mark(self, theme: int, consideration: int, mark: float) -> None:
        """Give a theme another mark in one consideration."""
        self.grid.item(_FIRST_THEME + theme, consideration).setText(number(mark, self._lang))

    def matrix(self) -> Optional[ThemeMatrix]:
        """Return what the grid says; None where it says nothing that can be weighed."""
        columns = range(self.grid.columnCount())
        values = np.array([[self._value(row, c) for c in columns] for row in range(_WEIGHT, self.grid.rowCount())])
        weights, marks = values[0], values[1:]
        if np.isnan(values).any() or not weights.any() or not marks.any(axis=0).all():
            return None
        names = [self.grid.item(_NAME, column).text() for column in columns]
        return weigh_themes(self._themes, names, weights.tolist(), marks)

    # ── building

    def _grid(self) -> QTableWidget:
        grid = QTableWidget(_FIRST_THEME + len(self._themes), 0)
        grid.setAccessibleName(translate("SmartTerritoires", "Marks of the themes"))
        heads = (translate("SmartTerritoires", "Consideration"), translate("SmartTerritoires", "Its weight"))
        grid.setVerticalHeaderLabels([*heads, *self._themes])
        grid.horizontalHeader().hide()
        grid.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        grid.verticalHeader().setSectionResizeMode(_NAME, QHeaderView.ResizeMode.ResizeToContents)
        grid.setWhatsThis(
            translate(
                "SmartTerritoires",
                "A column per consideration: its name, what it weighs beside the others, and a mark for each theme, "
                "from 0 to 10 or in any unit of its own. Each column is brought to shares of its sum.",
            )
        )
        return grid

    def _ranking(self) -> QTableWidget:
        table = QTableWidget(len(self._themes), 3)
        table.setAccessibleName(translate("SmartTerritoires", "Weights that follow"))
        table.setHorizontalHeaderLabels(
            [
                translate("SmartTerritoires", "Weight"),
                translate("SmartTerritoires", "Rank"),
                translate("SmartTerritoires", "First in"),
            ]
        )
        table.horizontalHeaderItem(2).setToolTip(
            translate(
                "SmartTerritoires", "Of 100 draws in which the considerations weigh up to a quarter more or less."
            )
        )
        table.setVerticalHeaderLabels(self._themes)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        return table

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.more)
        row.addWidget(self.less)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        asked = QLabel(translate("SmartTerritoires", "Mark each theme under each consideration, from 0 to 10."))
        asked.setWordWrap(True)
        for widget in (asked, self.grid):
            whole.addWidget(widget)
        whole.addLayout(row)
        for widget in (self.ranking, self.said, self.buttons):
            whole.addWidget(widget)
        whole.setStretchFactor(self.grid, 1)
        whole.setStretchFactor(self.ranking, 1)
        em = self.fontMetrics().height()
        self.resize(48 * em, 40 * em)

    # ── the hand

    def _value(self, row: int, column: int) -> float:
        text = self.grid.item(row, column).text().strip()
        for locale in (self._locale, QLocale.c()):
            value, is_number = locale.toDouble(text)
            if is_number and value >= 0:
                return value
        return float("nan")

    def _remove(self) -> None:
        column = self.grid.currentColumn()
        self.grid.removeColumn(column if column >= 0 else self.grid.columnCount() - 1)
        self.less.setEnabled(self.grid.columnCount() > 1)
        self._judge()

    def _judge(self) -> None:
        """Show what follows from the grid, or what is wrong in it."""
        blocked = QSignalBlocker(self.grid)
        for row in range(_WEIGHT, self.grid.rowCount()):
            for column in range(self.grid.columnCount()):
                is_wrong = self._value(row, column) != self._value(row, column)
                self.grid.item(row, column).setData(Qt.ItemDataRole.BackgroundRole, _WRONG if is_wrong else None)
        del blocked
        found = self.matrix()
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(found is not None)
        if found is None:
            self.said.setText(
                translate(
                    "SmartTerritoires",
                    "Weights and marks are numbers from 0 up; each consideration gives at least one theme more than 0.",
                )
            )
            return
        held = matrix_robustness(found, _DRAWS, _SEED, _SHARE)
        for row in range(len(self._themes)):
            low, high = int(held.rank_low[row]), int(held.rank_high[row])
            ranks = f"{int(found.ranks[row])} ({low}–{high})" if low != high else str(int(found.ranks[row]))
            first = number(100 * held.share_first[row], self._lang, 0)
            cells = (number(found.theme_weights[row], self._lang, 2), ranks, f"{first}\u00a0%")
            for column, cell in enumerate(cells):
                item = QTableWidgetItem(cell)
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self.ranking.setItem(row, column, item)
        self.said.setText(self._turning(found))

    def _turning(self, found: ThemeMatrix) -> str:
        """Say which consideration is the nearest to turn the first place."""
        points = turning_points(found)
        if not points:
            return translate("SmartTerritoires", "No single consideration turns the first place.")
        weights = dict(zip(found.considerations, found.weights))
        nearest = min(points, key=lambda point: abs(point.weight - weights[point.consideration]))
        now, then = (number(100 * share, self._lang, 0) for share in (weights[nearest.consideration], nearest.weight))
        return translate(
            "SmartTerritoires",
            "If “{consideration}” weighed {then} % instead of {now} %, “{theme}” would come first.",
        ).format(consideration=nearest.consideration, then=then, now=now, theme=nearest.theme)

    def _accept(self) -> None:
        self.weights_chosen.emit(self.matrix().theme_weights)
        self.accept()
