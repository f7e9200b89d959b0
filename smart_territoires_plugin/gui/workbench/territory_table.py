"""The table of territories: sorted, filtered, searched, copied; its selection is that of the chart and the map."""

from __future__ import annotations

from typing import Optional

import numpy as np
from qgis.PyQt.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, pyqtSignal
from qgis.PyQt.QtGui import QGuiApplication, QKeySequence
from qgis.PyQt.QtWidgets import QAbstractItemView, QTableView, QWidget

from smart_territoires_plugin.gui.workbench.territory_model import TerritoryModel

_MEASURED_ROWS = 30


class TerritoryTable(QTableView):
    """The view; rows are selected whole, and copied as text with their labels."""

    rows_selected = pyqtSignal(object)
    row_activated = pyqtSignal(int)

    def __init__(self, lang: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("smart_territoires_table")
        self.content = TerritoryModel(lang, self)
        self.setModel(self.content)
        self.setSortingEnabled(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(int(self.fontMetrics().height() * 1.5))
        self.horizontalHeader().setHighlightSections(False)
        # Columns are as wide as what the first rows hold: measuring every cell takes seconds.
        self.horizontalHeader().setResizeContentsPrecision(_MEASURED_ROWS)
        self.horizontalHeader().setSectionsMovable(True)
        self._chosen: frozenset[int] = frozenset()
        self._is_told = False
        self.selectionModel().selectionChanged.connect(self._tell)
        # After the view's own slot: it forgets what was selected.
        self.content.modelReset.connect(self._select_again)
        self.doubleClicked.connect(lambda index: self.row_activated.emit(self.row_of(index)))

    def row_of(self, index: QModelIndex) -> int:
        """Return the territory of a line."""
        return int(self.content.order[index.row()])

    def selected_rows(self) -> frozenset[int]:
        """Return the territories that are selected, be they shown or not."""
        return self._chosen

    def select_rows(self, rows: frozenset[int]) -> None:
        """Select territories and bring the first into view, without telling."""
        if rows == self._chosen:
            return
        self._chosen = rows
        lines = self._select_again()
        if lines.size:
            self.scrollTo(self.content.index(int(lines[0]), 0), QAbstractItemView.ScrollHint.EnsureVisible)

    def fit_columns(self) -> None:
        """Give columns the width of what they hold, up to that of a line of some forty letters."""
        self.resizeColumnsToContents()
        most = 24 * self.fontMetrics().height()
        for column in range(self.content.columnCount()):
            if self.columnWidth(column) > most:
                self.setColumnWidth(column, most)

    def copied(self) -> str:
        """Return the selected rows as a spreadsheet takes them: tabs between columns, labels on top."""
        order = [self.horizontalHeader().logicalIndex(place) for place in range(self.content.columnCount())]
        shown = [self.content.columns[column] for column in order if not self.isColumnHidden(column)]
        lines = ["\t".join(column.label for column in shown)]
        for row in self.content.order[self._lines()]:
            lines.append("\t".join(self.content.shown(column, column.values[row]) for column in shown))
        return "\n".join(lines)

    def keyPressEvent(self, event) -> None:
        """Copy with the usual keys."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.copied())
            return
        super().keyPressEvent(event)

    def _lines(self) -> np.ndarray:
        """Return the lines of what is selected and shown."""
        return np.flatnonzero(np.isin(self.content.order, list(self._chosen)))

    def _select_again(self) -> np.ndarray:
        """Select the lines of what is chosen, without telling; return them."""
        lines = self._lines()
        chosen = QItemSelection()
        last_column = max(0, self.content.columnCount() - 1)
        for run in np.split(lines, np.flatnonzero(np.diff(lines) > 1) + 1) if lines.size else ():
            chosen.select(self.content.index(int(run[0]), 0), self.content.index(int(run[-1]), last_column))
        self._is_told = True
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._is_told = False
        return lines

    def _tell(self) -> None:
        if self._is_told:
            return
        lines = [line for part in self.selectionModel().selection() for line in range(part.top(), part.bottom() + 1)]
        self._chosen = frozenset(self.content.order[sorted(set(lines))].tolist())
        self.rows_selected.emit(self._chosen)
