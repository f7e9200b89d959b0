"""One thing that can be exported: what it is, how, the button, and then its progress and its end."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Optional

from qgis.core import QgsTask
from qgis.PyQt.QtCore import Qt, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QComboBox, QGridLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from smart_territoires_plugin.bridge.engine import Outcome
from smart_territoires_plugin.bridge.translation import translate


class ExportRow(QWidget):
    """A row of the page *Atlas & sharing*; it starts nothing itself.

    Parameters
    ----------
    name : str
        For object names.
    title, about : str
        What it is, and what it holds.
    verb : str
        What the button says.
    choices : sequence of (str, str)
        Label and key of each way of making it; none where there is one way only.
    question : str
        What the choice is about, for those who do not see it.
    """

    asked = pyqtSignal()

    def __init__(
        self,
        name: str,
        title: str,
        about: str,
        verb: str,
        choices: Sequence[tuple[str, str]] = (),
        question: str = "",
        parent: Optional[QWidget] = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"smart_territoires_export_{name}")
        self._task: Optional[QgsTask] = None
        self._opens: Optional[Path] = None
        self._is_allowed = False
        self.heading = _label(title)
        bold = self.heading.font()
        bold.setBold(True)
        self.heading.setFont(bold)
        self.about = _label(about)
        self.choice = QComboBox()
        for label, key in choices:
            self.choice.addItem(label, key)
        self.choice.setAccessibleName(question)
        self.choice.setToolTip(question)
        self.choice.setVisible(bool(choices))
        self.button = QPushButton(verb)
        self.button.setObjectName(f"smart_territoires_export_{name}_button")
        self.button.setAccessibleName(f"{verb.rstrip('…')} – {title}")
        self.progress = QProgressBar()
        self.progress.setAccessibleName(title)
        self.cancel = QPushButton(translate("SmartTerritoires", "Cancel"))
        self.said = _label("")
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.open = QPushButton(translate("SmartTerritoires", "Open"))
        self.open.setAccessibleName(translate("SmartTerritoires", "Open – {what}").format(what=title))
        self._explain(about, question)
        self._lay_out()
        self.button.clicked.connect(self.asked)
        self.cancel.clicked.connect(self._cancel)
        self.open.clicked.connect(self._open)

    def _explain(self, about: str, question: str) -> None:
        self.button.setWhatsThis(about)
        self.choice.setWhatsThis(question)
        self.cancel.setWhatsThis(translate("SmartTerritoires", "Stops it; what was there before stays as it was."))
        self.open.setWhatsThis(
            translate("SmartTerritoires", "Opens what was made, in the program that your system has for it.")
        )

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, self.fontMetrics().height() // 2)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.heading, 0, 0)
        grid.addWidget(self.button, 0, 1)
        grid.addWidget(self.about, 1, 0, 1, 2)
        grid.addWidget(self.choice, 2, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self.progress, 3, 0)
        grid.addWidget(self.cancel, 3, 1)
        grid.addWidget(self.said, 4, 0)
        grid.addWidget(self.open, 4, 1)
        for widget in (self.progress, self.cancel, self.said, self.open):
            widget.hide()

    @property
    def chosen(self) -> str:
        """The key of the way that was chosen."""
        return self.choice.currentData() or ""

    def allow(self, is_allowed: bool) -> None:
        """Let it be asked for, or not; while it is being made it is not."""
        self._is_allowed = is_allowed
        self.button.setEnabled(is_allowed and self._task is None)
        self.choice.setEnabled(is_allowed)

    def follow(self, task: QgsTask) -> None:
        """Show the progress of what makes it."""
        self._task = task
        self.said.hide()
        self.open.hide()
        self.progress.setValue(0)
        self.progress.show()
        self.cancel.setEnabled(True)
        self.cancel.show()
        self.allow(self._is_allowed)
        task.progressChanged.connect(self._show_progress)

    def end(self, outcome: Outcome, opens: Path) -> None:
        """Say how it ended; where it is there, let it be opened."""
        self._task = None
        self.progress.hide()
        self.cancel.hide()
        self.allow(self._is_allowed)
        said = outcome.message
        if outcome.is_done:
            said = translate("SmartTerritoires", "Ready: {place}").format(place=opens)
        self._opens = opens if outcome.is_done else None
        self.said.setText(said)
        self.said.show()
        self.open.setVisible(outcome.is_done)

    def clear(self) -> None:
        """Forget how the last one ended: it was of another run."""
        if self._task is None:
            self._opens = None
            self.said.hide()
            self.open.hide()

    def _show_progress(self, percent: float) -> None:
        self.progress.setValue(round(percent))

    def _cancel(self) -> None:
        if self._task is not None:
            self.cancel.setEnabled(False)
            self._task.cancel()

    def _open(self) -> None:
        if self._opens is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._opens)))


def _label(text: str) -> QLabel:
    made = QLabel(text)
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return made
