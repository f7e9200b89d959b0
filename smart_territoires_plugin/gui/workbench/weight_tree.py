"""The tree of what weighs: themes or axes with their indicators, a slider and a number each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Optional

from qgis.PyQt.QtCore import QLocale, QSignalBlocker, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QDoubleSpinBox,
    QHeaderView,
    QSlider,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.messages import number

NAME, SLIDER, NUMBER, SHARE, REAL = range(5)
_STEPS = 100
_HIGHEST = 999.0


@dataclass(frozen=True)
class Weighed:
    """One row of the tree.

    Parameters
    ----------
    key : tuple
        ``("weight", column)`` or ``("theme", place)``; None for a heading that has no weight.
    label, about : str
        What it is called, and what is said when the pointer rests on it.
    below : tuple of Weighed
    """

    key: Optional[tuple[str, int]]
    label: str
    about: str = ""
    below: tuple[Weighed, ...] = ()


class WeightTree(QTreeWidget):
    """Shows weights, and tells which one the hand moves."""

    moved = pyqtSignal(str, int, float)
    locks_changed = pyqtSignal()

    def __init__(self, lang: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("smart_territoires_weights")
        self._lang = lang
        self._items: dict[tuple[str, int], QTreeWidgetItem] = {}
        self._sliders: dict[tuple[str, int], QSlider] = {}
        self._numbers: dict[tuple[str, int], QDoubleSpinBox] = {}
        self._ceiling = 1.0
        self.setColumnCount(5)
        self.setHeaderLabels(
            [
                translate("SmartTerritoires", "Indicator"),
                translate("SmartTerritoires", "Weight"),
                "",
                translate("SmartTerritoires", "By weight"),
                translate("SmartTerritoires", "Really"),
            ]
        )
        for column, said in (
            (SHARE, translate("SmartTerritoires", "Share of the score that the weights give to the indicator.")),
            (
                REAL,
                translate(
                    "SmartTerritoires",
                    "What the indicator really counts for in the score at these weights: how closely the score follows "
                    "it, as a share of all. Indicators that say the same make each other count for more. In bold where "
                    "it is twice or half of what the weights say.",
                ),
            ),
        ):
            self.headerItem().setToolTip(column, said)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setUniformRowHeights(True)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column in (SLIDER, NUMBER, SHARE, REAL):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.itemChanged.connect(lambda *_: self.locks_changed.emit())

    def set_rows(self, rows: Sequence[Weighed], ceiling: float) -> None:
        """Show other rows; sliders go from 0 to ``ceiling``."""
        self._items, self._sliders, self._numbers, self._ceiling = {}, {}, {}, ceiling
        blocked = QSignalBlocker(self)
        self.clear()
        for row in rows:
            self._add(row, self.invisibleRootItem())
        self.expandAll()
        del blocked

    def show_weights(self, weights: Mapping[tuple[str, int], float], shares: Mapping[tuple[str, int], float]) -> None:
        """Move sliders and numbers to weights, and write what each row counts for (0–1), without telling."""
        blocked = QSignalBlocker(self)
        for key, value in weights.items():
            slider, box = self._sliders.get(key), self._numbers.get(key)
            if slider is None or box is None:
                continue
            for widget in (slider, box):
                widget.blockSignals(True)
            slider.setValue(round(_STEPS * min(value, self._ceiling) / self._ceiling))
            if abs(box.value() - value) > 0.5 * 10 ** -box.decimals():
                box.setValue(value)
            for widget in (slider, box):
                widget.blockSignals(False)
            share = shares.get(key)
            self._items[key].setText(SHARE, "" if share is None else f"{number(100 * share, self._lang, 1)} %")
        del blocked

    def show_what_counts(self, counts: Mapping[tuple[str, int], tuple[float, str]]) -> None:
        """Write what rows really count for (0–1; NaN for nothing known), and what is odd about it ('' for nothing)."""
        blocked = QSignalBlocker(self)
        for key, item in self._items.items():
            share, said = counts.get(key, (float("nan"), ""))
            item.setText(REAL, "" if share != share else f"{number(100 * share, self._lang, 1)} %")
            item.setToolTip(REAL, said)
            font = item.font(SHARE)
            font.setBold(bool(said))
            item.setFont(REAL, font)
        del blocked

    def locked(self) -> frozenset[tuple[str, int]]:
        """Return the rows that are locked."""
        checked = Qt.CheckState.Checked
        return frozenset(key for key, item in self._items.items() if item.checkState(NAME) == checked)

    def set_locks_shown(self, is_shown: bool) -> None:
        """Show a box beside each row by which it is locked, or take it away."""
        blocked = QSignalBlocker(self)
        for item in self._items.values():
            value = Qt.CheckState.Unchecked if is_shown else None
            item.setData(NAME, Qt.ItemDataRole.CheckStateRole, value)
        del blocked

    def slider(self, key: tuple[str, int]) -> QSlider:
        """Return the slider of a row."""
        return self._sliders[key]

    def _add(self, row: Weighed, parent: QTreeWidgetItem) -> None:
        item = QTreeWidgetItem(parent, [row.label, "", "", "", ""])
        item.setToolTip(NAME, row.about or row.label)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
        for column in (SHARE, REAL):
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if row.key is None or row.below:
            font = item.font(NAME)
            font.setBold(True)
            item.setFont(NAME, font)
        if row.key is not None:
            self._items[row.key] = item
            self.setItemWidget(item, SLIDER, self._slider_for(row))
            self.setItemWidget(item, NUMBER, self._number_for(row))
        for below in row.below:
            self._add(below, item)

    def _slider_for(self, row: Weighed) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, _STEPS)
        slider.setPageStep(_STEPS // 10)
        slider.setMinimumWidth(self.fontMetrics().averageCharWidth() * 14)
        slider.setAccessibleName(translate("SmartTerritoires", "Weight of {name}").format(name=row.label))
        slider.setWhatsThis(_weight_help())
        slider.valueChanged.connect(lambda place: self.moved.emit(*row.key, self._ceiling * place / _STEPS))
        self._sliders[row.key] = slider
        return slider

    def _number_for(self, row: Weighed) -> QDoubleSpinBox:
        box = QDoubleSpinBox()
        # Written as the shares beside it are, whatever the system's own numbers look like.
        box.setLocale(QLocale(self._lang))
        box.setRange(0.0, _HIGHEST)
        box.setDecimals(2)
        box.setSingleStep(0.1)
        box.setKeyboardTracking(False)
        box.setAccessibleName(translate("SmartTerritoires", "Weight of {name}").format(name=row.label))
        box.setWhatsThis(_weight_help())
        box.valueChanged.connect(lambda value: self.moved.emit(*row.key, value))
        self._numbers[row.key] = box
        return box


def _weight_help() -> str:
    return translate(
        "SmartTerritoires",
        "The more it weighs, the more it counts beside the others of its group. 0 leaves it out. The map, the list and "
        "the chart follow at once; nothing is written.",
    )
