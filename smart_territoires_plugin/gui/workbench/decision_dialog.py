"""A decision on one territory of the list: what, why and by whom; the day is today's."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QDate, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.study.model import Decision


def action_titles() -> dict[str, str]:
    """Return what can be decided, as buttons say it."""
    return {
        "pin": translate("SmartTerritoires", "Pin First"),
        "add": translate("SmartTerritoires", "Add to the List"),
        "exclude": translate("SmartTerritoires", "Exclude"),
    }


class DecisionDialog(QDialog):
    """Reason and author are required; until both are there, nothing can be accepted.

    Parameters
    ----------
    code, name : str
        Of the territory.
    action : {"pin", "add", "exclude"}
    author : str
        Who decided last time, to begin with.
    """

    decided = pyqtSignal(object)

    def __init__(self, code: str, name: str, action: str, author: str = "", parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("SmartTerritoires", "Decision on {name}").format(name=name))
        self.setWhatsThis(
            translate(
                "SmartTerritoires",
                "A decision changes who is called, never a rank: it is kept in the study file with its reason, "
                "its author and its day.",
            )
        )
        self._code = code
        self.action = QComboBox()
        for key, title in action_titles().items():
            self.action.addItem(title, key)
        self.action.setCurrentIndex(self.action.findData(action))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(translate("SmartTerritoires", "For example: asked to be called"))
        self.author = QLineEdit(author)
        self.author.setPlaceholderText(translate("SmartTerritoires", "Your role or initials"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        note = QLabel(
            translate("SmartTerritoires", "Kept in the study with today’s date; the computed rank stays as it is.")
        )
        note.setWordWrap(True)
        form = QFormLayout()
        form.addRow(translate("SmartTerritoires", "Decision"), self.action)
        form.addRow(translate("SmartTerritoires", "Reason"), self.reason)
        form.addRow(translate("SmartTerritoires", "Decided by"), self.author)
        whole = QVBoxLayout(self)
        whole.addLayout(form)
        whole.addWidget(note)
        whole.addWidget(self.buttons)
        for field in (self.reason, self.author):
            field.textChanged.connect(self._allow)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._allow()
        self.reason.setFocus()

    def decision(self) -> Decision:
        """Return what was decided."""
        today = QDate.currentDate().toString("yyyy-MM-dd")
        said = (field.text().strip() for field in (self.reason, self.author))
        return Decision(self._code, self.action.currentData(), *said, today)

    def accept(self) -> None:
        """Tell what was decided."""
        if self.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled():
            self.decided.emit(self.decision())
            super().accept()

    def _allow(self) -> None:
        complete = all(field.text().strip() for field in (self.reason, self.author))
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(complete)
