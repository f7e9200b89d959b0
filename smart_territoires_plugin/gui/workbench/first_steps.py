"""The panel that a person meets at a first start: what to do, in three sentences, and the button that begins."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from smart_territoires_plugin.bridge.settings import Settings
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.gui.workbench.session import WorkSession


class FirstSteps(QFrame):
    """Shown until a run is at hand, and never again once a person says so.

    Parameters
    ----------
    session : WorkSession
    settings : Settings
        Remembers that it was sent away.
    """

    begun = pyqtSignal()

    def __init__(self, session: WorkSession, settings: Settings, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("smart_territoires_first_steps")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._session, self._settings = session, settings
        said = QLabel(
            translate(
                "SmartTerritoires",
                "Begin with the fictitious region: in a minute the map shows which territories to call first. "
                "Then go from step to step: move a weight, look at a target, share the list. "
                "Your own study is made in the same way, in step 1.",
            )
        )
        said.setWordWrap(True)
        said.setTextFormat(Qt.TextFormat.PlainText)
        self.begin = QPushButton(translate("SmartTerritoires", "Fictitious Region"))
        self.begin.setObjectName("smart_territoires_begin")
        self.begin.setWhatsThis(
            translate("SmartTerritoires", "A made-up region with all its layers, to see what the plugin does.")
        )
        self.never = QCheckBox(translate("SmartTerritoires", "Don’t show again"))
        self.never.setWhatsThis(
            translate(
                "SmartTerritoires", "This panel stays away; the fictitious region stays in step 1 and in the menu."
            )
        )
        below = QHBoxLayout()
        below.addWidget(self.begin)
        below.addStretch(1)
        below.addWidget(self.never)
        lines = QVBoxLayout(self)
        lines.addWidget(said)
        lines.addLayout(below)
        self.begin.clicked.connect(self._begin)
        self.never.toggled.connect(self._send_away)
        session.run_changed.connect(self._show_or_hide)
        self._is_begun = False
        self._show_or_hide()

    def _begin(self) -> None:
        self._is_begun = True
        self._show_or_hide()
        self.begun.emit()

    def _send_away(self, is_never: bool) -> None:
        self._settings.first_steps_hidden.setValue(is_never)
        self._show_or_hide()

    def _show_or_hide(self) -> None:
        is_hidden = self._is_begun or self._session.table is not None or self._settings.first_steps_hidden.value()
        self.setVisible(not is_hidden)
