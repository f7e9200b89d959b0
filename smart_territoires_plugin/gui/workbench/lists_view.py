"""Which list the table of step *Targets* shows, as tabs, and at which level: territories or call units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QHBoxLayout, QTabBar, QWidget

from smart_territoires_plugin.bridge.run_lists import LISTS
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.messages import number

ALL, CALLS, CHANGES = "all", "calls", "changes"
TERRITORIES, UNITS = "territories", "call_units"


def list_title(name: str) -> str:
    """Return what a tab is called."""
    return {
        ALL: translate("SmartTerritoires", "All"),
        "engage": translate("SmartTerritoires", "Engage"),
        "raise_awareness": translate("SmartTerritoires", "Raise Awareness"),
        "showcase": translate("SmartTerritoires", "Showcase"),
        "verify": translate("SmartTerritoires", "Verify"),
        CALLS: translate("SmartTerritoires", "Calls"),
        CHANGES: translate("SmartTerritoires", "What Changed"),
    }[name]


class ListsView(QWidget):
    """The tabs, and the level where the run has call units."""

    list_chosen = pyqtSignal(str)
    level_chosen = pyqtSignal(str)

    def __init__(self, lang: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._lang = lang
        self.names = (ALL, *LISTS, CALLS, CHANGES)
        self.tabs = QTabBar()
        self.tabs.setObjectName("smart_territoires_lists")
        self.tabs.setAccessibleName(translate("SmartTerritoires", "Lists"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        hints = {
            CALLS: translate("SmartTerritoires", "Who calls whom, what comes next and when it is due"),
            CHANGES: translate("SmartTerritoires", "Who entered and left the lists since an earlier run"),
        }
        for name in self.names:
            place = self.tabs.addTab(list_title(name))
            self.tabs.setTabToolTip(place, hints.get(name, list_title(name)))
        self.level = QComboBox()
        self.level.setObjectName("smart_territoires_level")
        self.level.setAccessibleName(translate("SmartTerritoires", "Level"))
        self.level.addItem(translate("SmartTerritoires", "Territories"), TERRITORIES)
        self.level.addItem(translate("SmartTerritoires", "Call units"), UNITS)
        self.level.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.tabs, 1)
        row.addWidget(self.level)
        self.tabs.currentChanged.connect(lambda place: self.list_chosen.emit(self.names[place]))
        self.level.activated.connect(lambda _place: self.level_chosen.emit(self.level.currentData()))

    @property
    def current(self) -> str:
        """Which list is chosen."""
        return self.names[self.tabs.currentIndex()]

    @property
    def current_level(self) -> str:
        """``territories`` or ``call_units``."""
        return self.level.currentData()

    def show_list(self, name: str) -> None:
        """Choose a list."""
        self.tabs.setCurrentIndex(self.names.index(name))

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Write how many each list holds beside its name."""
        for place, name in enumerate(self.names):
            said = f" {number(counts[name], self._lang)}" if name in counts else ""
            self.tabs.setTabText(place, list_title(name) + said)

    def allow_units(self, is_allowed: bool) -> None:
        """Offer the level of call units where the run has them."""
        self.level.setVisible(is_allowed)
        if not is_allowed:
            self.level.setCurrentIndex(0)
