"""The plan of a portfolio in a small form: days at hand, what a call takes, and quotas by group and theme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from smart_territoires_plugin.bridge.run_lists import LISTS
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.gui.workbench.lists_view import list_title


class PortfolioDialog(QDialog):
    """Days and quotas; what this form cannot say, a plan file can.

    Parameters
    ----------
    groups : sequence of str
        Names of the study's groups.
    """

    planned = pyqtSignal(object)

    def __init__(self, groups: Sequence[str], parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("SmartTerritoires", "Portfolio"))
        self.setWhatsThis(
            translate(
                "SmartTerritoires",
                "Chooses the targets that together are worth most within these means; what is left empty sets no "
                "limit.",
            )
        )
        self.days, self.each = QDoubleSpinBox(), QDoubleSpinBox()
        for box, value, least in ((self.days, 20.0, 0.5), (self.each, 1.0, 0.1)):
            box.setRange(least, 10_000.0)
            box.setDecimals(1)
            box.setValue(value)
        self.listed = QComboBox()
        for name in LISTS:
            self.listed.addItem(list_title(name), name)
        self.group = QComboBox()
        for group in groups:
            self.group.addItem(group, group)
        self.least, self.most, self.per_theme = QSpinBox(), QSpinBox(), QSpinBox()
        for box in (self.least, self.most, self.per_theme):
            box.setRange(0, 1000)
            box.setSpecialValueText("–")
        form = QFormLayout()
        form.addRow(translate("SmartTerritoires", "Days at hand"), self.days)
        form.addRow(translate("SmartTerritoires", "Days per call"), self.each)
        form.addRow(translate("SmartTerritoires", "Chosen from"), self.listed)
        if groups:
            form.addRow(translate("SmartTerritoires", "Quotas by"), self.group)
            form.addRow(translate("SmartTerritoires", "At least from each"), self.least)
            form.addRow(translate("SmartTerritoires", "At most from each"), self.most)
        form.addRow(translate("SmartTerritoires", "At least per theme"), self.per_theme)
        note = QLabel(
            translate(
                "SmartTerritoires",
                "The best choice under these conditions is looked for in the background, then selected on the map.",
            )
        )
        note.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.addLayout(form)
        whole.addWidget(note)
        whole.addWidget(self.buttons)

    def plan(self) -> dict[str, Any]:
        """Return the plan as its file holds it."""
        made: dict[str, Any] = {
            "version": 1,
            "days": self.days.value(),
            "costs": {"days": self.each.value()},
            "candidates": {"list": self.listed.currentData()},
        }
        ends = {"min": self.least.value(), "max": self.most.value()}
        if self.group.count() and any(ends.values()):
            quota = {name: value for name, value in ends.items() if value}
            made["quotas"] = [{"group": self.group.currentData(), **quota}]
        if self.per_theme.value():
            made["per_theme"] = {"min": self.per_theme.value()}
        return made

    def accept(self) -> None:
        """Tell the plan."""
        self.planned.emit(self.plan())
        super().accept()
