"""Behind the *Details* button of a message: the sentence in full, every problem, and the way to the log."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from smart_territoires_plugin.bridge.engine import Outcome
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.gui.problem_list import ProblemList


class DetailsDialog(QDialog):
    """What a run said.

    Parameters
    ----------
    outcome : Outcome
        How the run ended.
    title : str
        Title of the window.
    """

    def __init__(self, outcome: Outcome, title: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setSizeGripEnabled(True)
        layout = QVBoxLayout(self)
        sentence = QLabel(outcome.message or translate("SmartTerritoires", "The run ended well."))
        sentence.setTextFormat(Qt.TextFormat.PlainText)
        sentence.setWordWrap(True)
        sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(sentence)
        if outcome.problems:
            problems = ProblemList()
            problems.show_problems(outcome.problems)
            layout.addWidget(problems)
        where = QLabel(translate("SmartTerritoires", "The log tab “Smart Territoires” holds all that was said."))
        where.setWordWrap(True)
        layout.addWidget(where)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(translate("SmartTerritoires", "Close"))
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        metrics = self.fontMetrics()
        self.resize(90 * metrics.averageCharWidth(), 22 * metrics.height())
