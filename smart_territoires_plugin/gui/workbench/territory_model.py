"""What a table of territories holds: columns, the order of its lines, and which of them pass a filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cmp_to_key
from typing import Any, Callable, Optional

import numpy as np
from qgis.PyQt.QtCore import QAbstractTableModel, QCollator, QLocale, QModelIndex, Qt
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QWidget

from smart_territoires_plugin.atlas.palette import SEGMENT_COLOURS
from smart_territoires_plugin.core.messages import number


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
    """Territories as lines, in the order of a column, those that pass a filter only.

    It sorts by itself: through a proxy, Qt would call back for every pair that it compares.
    """

    def __init__(self, lang: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._lang = lang
        self._columns: tuple[Column, ...] = ()
        self._segments: Optional[np.ndarray] = None
        self._passed: Optional[np.ndarray] = None
        self._places: dict[str, tuple[np.ndarray, np.ndarray]] = {}
        self._sorted = (0, Qt.SortOrder.AscendingOrder)
        self._order = np.zeros(0, dtype=np.int64)

    def set_columns(self, columns: Sequence[Column], segments: np.ndarray) -> None:
        """Show other columns; the view keeps its place where their names stay the same."""
        same = [c.name for c in columns] == [c.name for c in self._columns]
        same = same and bool(columns) and len(columns[0].values) == len(self._columns[0].values)
        if same:
            self._columns, self._segments = tuple(columns), segments
            if not self._reorder() and self.rowCount():
                self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(columns) - 1))
            return
        self.beginResetModel()
        self._columns, self._segments, self._passed, self._places = tuple(columns), segments, None, {}
        self._order = self._ordered()
        self.endResetModel()

    def set_passed(self, passed: Optional[np.ndarray]) -> None:
        """Let some territories through, all of them with None."""
        self._passed = passed
        self._reorder()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put the lines into the order of a column; what is missing comes last in either."""
        self._sorted = (column, order)
        self._reorder()

    @property
    def columns(self) -> tuple[Column, ...]:
        """What is shown."""
        return self._columns

    @property
    def order(self) -> np.ndarray:
        """The territory of each line."""
        return self._order

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._order)

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
        column, row = self._columns[index.column()], self._order[index.row()]
        if role == Qt.ItemDataRole.DisplayRole or role == Qt.ItemDataRole.ToolTipRole:
            return self.shown(column, column.values[row])
        if role == Qt.ItemDataRole.TextAlignmentRole and column.is_number:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DecorationRole and column.name == "segment" and self._segments is not None:
            return QColor(SEGMENT_COLOURS.get(str(self._segments[row]), "#ffffff"))
        return None

    def shown(self, column: Column, value: Any) -> str:
        """Return a value as it is read; empty where it is missing."""
        if column.is_number and np.isnan(value):
            return ""
        if column.shown is not None:
            return column.shown(value)
        return number(float(value), self._lang) if column.is_number else str(value)

    def _reorder(self) -> bool:
        """Put the lines into order; return whether any moved."""
        order = self._ordered()
        if np.array_equal(order, self._order):
            return False
        self.beginResetModel()
        self._order = order
        self.endResetModel()
        return True

    def _ordered(self) -> np.ndarray:
        if not self._columns:
            return np.zeros(0, dtype=np.int64)
        passed = self._passed
        rows = np.arange(len(self._columns[0].values)) if passed is None else np.flatnonzero(passed)
        column, order = self._sorted
        if not 0 <= column < len(self._columns):
            return rows
        keys = self._places_in(self._columns[column])[rows]
        if order == Qt.SortOrder.DescendingOrder:
            keys = np.where(np.isinf(keys), keys, -keys)
        return rows[np.argsort(keys, kind="stable")]

    def _places_in(self, column: Column) -> np.ndarray:
        """Return the place of each territory when the lowest come first; infinite where the value is missing."""
        if column.is_number:
            return np.where(np.isnan(column.values), np.inf, column.values)
        values, places = self._places.get(column.name, (None, None))
        if values is not column.values:
            shown = [self.shown(column, value) for value in column.values]
            collator = QCollator(QLocale(self._lang))
            collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            ordered = sorted(set(shown), key=cmp_to_key(collator.compare))
            place = {text: rank for rank, text in enumerate(ordered)}
            places = np.array([place[text] if text else np.inf for text in shown], dtype=float)
            self._places[column.name] = (column.values, places)
        return places
