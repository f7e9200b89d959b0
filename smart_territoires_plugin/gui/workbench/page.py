"""What a step of the workbench is: a page with a title, a state and a word about it."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.gui.workbench.session import WorkSession

EMPTY, READY, STALE, PROBLEM = "empty", "ready", "stale", "problem"


def state_word(state: str) -> str:
    """Return a state in words."""
    return {
        EMPTY: translate("SmartTerritoires", "empty"),
        READY: translate("SmartTerritoires", "ready"),
        STALE: translate("SmartTerritoires", "out of date"),
        PROBLEM: translate("SmartTerritoires", "problem"),
    }[state]


class Page(QWidget):
    """One step; it listens to the session and never to another step.

    Attributes
    ----------
    NAME : str
        For object names and pictures.
    HELP : str
        Its place in the shipped help.
    """

    NAME = ""
    HELP = ""
    state_changed = pyqtSignal()

    def __init__(self, session: WorkSession, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.session = session
        self.setObjectName(f"smart_territoires_page_{self.NAME}")
        self._state = EMPTY

    @property
    def title(self) -> str:
        """The step's name on screen."""
        raise NotImplementedError

    @property
    def state(self) -> str:
        """``empty``, ``ready``, ``stale`` or ``problem``."""
        return self._state

    def set_state(self, state: str) -> None:
        """Change the state, and tell."""
        if state != self._state:
            self._state = state
            self.state_changed.emit()

    def close_page(self) -> None:
        """Let go of what outlives the page: layers, tasks, connections to QGIS."""
