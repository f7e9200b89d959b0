"""A call that was made, as the register keeps it: by which role, what came of it, what is next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Optional

from qgis.PyQt.QtCore import QDate, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from smart_territoires_plugin.bridge.register_contacts import OUTCOMES, UNKNOWN, Contact
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.messages import text

_ISO = "yyyy-MM-dd"
_WEEKS_AHEAD = 14


class CalledDialog(QDialog):
    """Day, role, outcome, next action with its day, and the theme that the territory proposes.

    Parameters
    ----------
    code, name : str
        Of the territory.
    themes : mapping of id to name by language
    roles : sequence of str
        Roles that called before; the first is shown.
    lang : {"fr", "en"}
    """

    called = pyqtSignal(object)

    def __init__(
        self,
        code: str,
        name: str,
        themes: Mapping[str, Mapping[str, str]],
        roles: Sequence[str],
        lang: str,
        parent: Optional[QWidget] = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("SmartTerritoires", "Call to {name}").format(name=name))
        self.setWhatsThis(
            translate(
                "SmartTerritoires",
                "What is noted here goes into the register: a role that called, never a person, what came of it "
                "and what comes next.",
            )
        )
        self._code = code
        today = QDate.currentDate()
        self.date, self.due = _day(today), _day(today.addDays(_WEEKS_AHEAD))
        self.date.setMaximumDate(today)
        self.role = QComboBox()
        self.role.setEditable(True)
        self.role.addItems(list(roles))
        self.role.setToolTip(translate("SmartTerritoires", "The role of whoever called, never a name"))
        self.outcome = QComboBox()
        for outcome in OUTCOMES:
            self.outcome.addItem(text(f"outcomes.contact.{outcome}", lang), outcome)
        self.outcome.setCurrentIndex(self.outcome.findData(UNKNOWN))
        self.next_action = QLineEdit()
        self.has_due = QCheckBox()
        self.has_due.setAccessibleName(translate("SmartTerritoires", "Something is due"))
        self.due.setEnabled(False)
        self.has_due.toggled.connect(self.due.setEnabled)
        self.theme = QComboBox()
        self.theme.addItem("–", "")
        for identifier, names in themes.items():
            self.theme.addItem(names[lang], identifier)
        self.said = QLabel()
        self.said.setWordWrap(True)
        due = QHBoxLayout()
        due.addWidget(self.has_due)
        due.addWidget(self.due, 1)
        form = QFormLayout()
        form.addRow(translate("SmartTerritoires", "Date"), self.date)
        form.addRow(translate("SmartTerritoires", "Who called (role)"), self.role)
        form.addRow(translate("SmartTerritoires", "Outcome"), self.outcome)
        form.addRow(translate("SmartTerritoires", "Next action"), self.next_action)
        form.addRow(translate("SmartTerritoires", "Due on"), due)
        form.addRow(translate("SmartTerritoires", "Theme proposed"), self.theme)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        whole = QVBoxLayout(self)
        whole.addLayout(form)
        whole.addWidget(self.said)
        whole.addWidget(self.buttons)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.role.editTextChanged.connect(self._allow)
        self.date.dateChanged.connect(self._allow)
        self.due.dateChanged.connect(self._allow)
        self.has_due.toggled.connect(self._allow)
        self._allow()

    def contact(self) -> Contact:
        """Return what the register shall keep."""
        return Contact(
            self._code,
            self.date.date().toString(_ISO),
            self.role.currentText().strip(),
            self.next_action.text().strip(),
            self.due.date().toString(_ISO) if self.has_due.isChecked() else "",
            self.outcome.currentData(),
            self.theme.currentData(),
        )

    def accept(self) -> None:
        """Tell what is to be kept."""
        if self.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled():
            self.called.emit(self.contact())
            super().accept()

    def _allow(self, *_: object) -> None:
        contact = self.contact()
        is_early = bool(contact.due) and contact.due < contact.date
        self.said.setText(
            translate("SmartTerritoires", "What is due comes after the call: choose a later day.") if is_early else ""
        )
        self.said.setVisible(is_early)
        is_complete = bool(contact.caller_role) and not is_early
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(is_complete)


def _day(day: QDate) -> QDateEdit:
    made = QDateEdit(day)
    made.setCalendarPopup(True)
    return made
