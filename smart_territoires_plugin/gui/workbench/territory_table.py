"""The table of territories: sorted, filtered, searched, copied; its selection is that of the chart and the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cmp_to_key
from typing import Any, Callable, Optional

import numpy as np
from qgis.PyQt.QtCore import (
    QAbstractTableModel,
    QCollator,
    QItemSelection,
    QItemSelectionModel,
    QLocale,
    QModelIndex,
    QSortFilterProxyModel,
    Qt,
    pyqtSignal,
)
from qgis.PyQt.QtGui import QColor, QGuiApplication, QKeySequence
from qgis.PyQt.QtWidgets import QAbstractItemView, QTableView, QWidget

from smart_territoires_plugin.atlas.palette import SEGMENT_COLOURS
from smart_territoires_plugin.core.messages import number

_MEASURED_ROWS = 60


@dataclass(frozen=True)
class Column:
    """One column: what it is called, its values, and how they are shown.

    Parameters
    ----------
    name : str
        Of the results.
    label : str
    values : ndarray, shape (n_territories,)
        Numbers or texts.
    shown : callable, optional
        From a value to what is read; numbers in the reader's way by default.
    """

    name: str
    label: str
    values: np.ndarray
    shown: Optional[Callable[[Any], str]] = None

    @property
    def is_number(self) -> bool:
        """Whether it is sorted and aligned as numbers are."""
        return self.values.dtype.kind in "fiu"


class TerritoryModel(QAbstractTableModel):
    """Rows are territories, in the order of the run."""

    def __init__(self, lang: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._lang = lang
        self._columns: tuple[Column, ...] = ()
        self._segments: Optional[np.ndarray] = None
        self._places: dict[int, list[int]] = {}

    def set_columns(self, columns: Sequence[Column], segments: np.ndarray) -> None:
        """Show other columns; the view keeps its place where their names stay the same."""
        same = [c.name for c in columns] == [c.name for c in self._columns]
        same = same and bool(columns) and len(columns[0].values) == self.rowCount()
        if not same:
            self.beginResetModel()
        self._columns, self._segments, self._places = tuple(columns), segments, {}
        if not same:
            self.endResetModel()
        elif self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(columns) - 1))

    @property
    def columns(self) -> tuple[Column, ...]:
        """What is shown."""
        return self._columns

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return the number of territories."""
        return 0 if parent.isValid() or not self._columns else len(self._columns[0].values)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's label."""
        if orientation == Qt.Orientation.Horizontal and role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return self._columns[section].label
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, or is coloured with."""
        column, row = self._columns[index.column()], index.row()
        value = column.values[row]
        if role == Qt.ItemDataRole.DisplayRole or role == Qt.ItemDataRole.ToolTipRole:
            return self.shown(column, value)
        if role == Qt.ItemDataRole.TextAlignmentRole and column.is_number:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DecorationRole and column.name == "segment" and self._segments is not None:
            return QColor(SEGMENT_COLOURS.get(str(self._segments[row]), "#ffffff"))
        return None

    def places(self, column: int) -> list[int]:
        """Return the place of each row when a column is sorted; made once, for Qt compares thousands of pairs."""
        if column not in self._places:
            chosen = self._columns[column]
            if chosen.is_number:
                # What is missing comes last when the lowest come first.
                values = np.where(np.isnan(chosen.values), np.inf, chosen.values)
                self._places[column] = np.unique(values, return_inverse=True)[1].tolist()
            else:
                shown = [self.shown(chosen, value) for value in chosen.values]
                collator = QCollator(QLocale(self._lang))
                collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
                ordered = sorted(set(shown), key=cmp_to_key(collator.compare))
                place = {text: rank for rank, text in enumerate(ordered)}
                self._places[column] = [place[text] for text in shown]
        return self._places[column]

    def shown(self, column: Column, value: Any) -> str:
        """Return a value as it is read; empty where it is missing."""
        if column.is_number and np.isnan(value):
            return ""
        if column.shown is not None:
            return column.shown(value)
        return number(float(value), self._lang) if column.is_number else str(value)


class TerritoryFilter(QSortFilterProxyModel):
    """Passes the territories of some segments whose texts hold what is searched for."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._passed: Optional[np.ndarray] = None

    def lessThan(self, left: QModelIndex, right: QModelIndex) -> bool:
        """Say which of two rows comes first in the column that is sorted."""
        places = self.sourceModel().places(left.column())
        return places[left.row()] < places[right.row()]

    def set_passed(self, passed: Optional[np.ndarray]) -> None:
        """Let some rows through, all of them with None."""
        self._passed = passed
        self.invalidateFilter()

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:
        """Say whether a territory passes."""
        return self._passed is None or bool(self._passed[row])


class TerritoryTable(QTableView):
    """The view; rows are selected whole, and copied as text with their labels."""

    rows_selected = pyqtSignal(object)
    row_activated = pyqtSignal(int)

    def __init__(self, lang: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("smart_territoires_table")
        self.source = TerritoryModel(lang, self)
        self.filter = TerritoryFilter(self)
        self.filter.setSourceModel(self.source)
        self.setModel(self.filter)
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
        self._is_told = False
        self.selectionModel().selectionChanged.connect(self._tell)
        self.doubleClicked.connect(lambda index: self.row_activated.emit(self.filter.mapToSource(index).row()))

    def selected_rows(self) -> frozenset[int]:
        """Return the territories that are selected."""
        return frozenset(self.filter.mapToSource(index).row() for index in self.selectionModel().selectedRows())

    def select_rows(self, rows: frozenset[int]) -> None:
        """Select territories and bring the first into view, without telling."""
        if rows == self.selected_rows():
            return
        chosen = QItemSelection()
        first = None
        last_column = max(0, self.source.columnCount() - 1)
        for row in sorted(rows):
            index = self.filter.mapFromSource(self.source.index(row, 0))
            if index.isValid():
                chosen.select(index, self.filter.index(index.row(), last_column))
                first = index if first is None or index.row() < first.row() else first
        self._is_told = True
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._is_told = False
        if first is not None:
            self.scrollTo(first, QAbstractItemView.ScrollHint.EnsureVisible)

    def fit_columns(self) -> None:
        """Give columns the width of what they hold, up to that of a line of some forty letters."""
        self.resizeColumnsToContents()
        most = 24 * self.fontMetrics().height()
        for column in range(self.source.columnCount()):
            if self.columnWidth(column) > most:
                self.setColumnWidth(column, most)

    def copied(self) -> str:
        """Return the selected rows as a spreadsheet takes them: tabs between columns, labels on top."""
        order = [self.horizontalHeader().logicalIndex(place) for place in range(self.source.columnCount())]
        order = [column for column in order if not self.isColumnHidden(column)]
        lines = ["\t".join(self.source.columns[column].label for column in order)]
        for index in sorted(self.selectionModel().selectedRows(), key=lambda one: one.row()):
            row = self.filter.mapToSource(index).row()
            cells = (self.source.columns[column] for column in order)
            lines.append("\t".join(self.source.shown(column, column.values[row]) for column in cells))
        return "\n".join(lines)

    def keyPressEvent(self, event) -> None:
        """Copy with the usual keys."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.copied())
            return
        super().keyPressEvent(event)

    def _tell(self) -> None:
        if not self._is_told:
            self.rows_selected.emit(self.selected_rows())
