"""Above the calls: whose they are, where, and whether they are late; and what is wrong with the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Optional

import numpy as np
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from smart_territoires_plugin.bridge.register_contacts import Contact
from smart_territoires_plugin.bridge.translation import translate


class CallFilters(QWidget):
    """Filters of the calls: mine (by role), by the values of a group, overdue."""

    changed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.role, self.group = QComboBox(), QComboBox()
        self.role.setAccessibleName(translate("SmartTerritoires", "Assigned to"))
        self.role.setToolTip(translate("SmartTerritoires", "Mine: choose the role in which you call"))
        self.group.setAccessibleName(translate("SmartTerritoires", "Part of the region"))
        self.overdue = QCheckBox(translate("SmartTerritoires", "Overdue"))
        self.overdue.setToolTip(translate("SmartTerritoires", "An action was due before today"))
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.hide()
        for box in (self.role, self.group):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8)
            box.activated.connect(lambda _place: self.changed.emit())
        self.overdue.toggled.connect(lambda _on: self.changed.emit())
        row = QHBoxLayout()
        row.addWidget(self.role, 1)
        row.addWidget(self.group, 1)
        row.addWidget(self.overdue)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(row)
        whole.addWidget(self.said)

    def set_choices(self, roles: Sequence[str], groups: Sequence[str]) -> None:
        """Offer roles and parts of the region; what is chosen stays chosen where it is still there."""
        every = (
            translate("SmartTerritoires", "Every role"),
            translate("SmartTerritoires", "Whole region"),
        )
        for box, first, values in ((self.role, every[0], roles), (self.group, every[1], groups)):
            kept = box.currentData()
            box.clear()
            box.addItem(first, "")
            for value in values:
                box.addItem(value, value)
            box.setCurrentIndex(max(0, box.findData(kept or "")))
        self.group.setVisible(bool(groups))

    def say(self, said: str) -> None:
        """Say what is wrong with the register; '' for nothing."""
        self.said.setText(said)
        self.said.setVisible(bool(said))

    def passed(
        self, codes: Sequence[str], groups: Optional[np.ndarray], last: Mapping[str, Contact], today: str
    ) -> np.ndarray:
        """Return which territories the filters let through.

        Parameters
        ----------
        codes : sequence of str, shape (n,)
        groups : ndarray of str, shape (n,), optional
            The group that is offered.
        last : mapping of code to Contact
        today : str
            ``YYYY-MM-DD``.
        """
        made = np.ones(len(codes), dtype=bool)
        role, group = self.role.currentData(), self.group.currentData()
        if role:
            made &= np.array([code in last and last[code].caller_role == role for code in codes], dtype=bool)
        if group and groups is not None:
            made &= groups.astype(str) == group
        if self.overdue.isChecked():
            made &= np.array([code in last and last[code].is_overdue(today) for code in codes], dtype=bool)
        return made
