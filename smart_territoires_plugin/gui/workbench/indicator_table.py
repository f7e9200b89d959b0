"""The indicators of a study as a table: name, and what for: role, theme or axis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QTableWidget, QTableWidgetItem, QWidget

from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.study.model import Indicator, Theme
from smart_territoires_plugin.gui.workbench.source_table import as_table

_ID = Qt.ItemDataRole.UserRole


class IndicatorTable(QTableWidget):
    """One row per indicator, in the order of the file."""

    edit_asked = pyqtSignal(str)

    def __init__(self, lang: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(0, 2, parent)
        self._lang = lang
        self.setAccessibleName(translate("SmartTerritoires", "Indicators"))
        as_table(
            self,
            [
                translate("SmartTerritoires", "Indicator"),
                translate("SmartTerritoires", "Role, theme or axis"),
            ],
            stretched=(0, 1),
        )
        self.itemActivated.connect(lambda item: self.edit_asked.emit(self.item(item.row(), 0).data(_ID)))

    @property
    def chosen(self) -> Optional[str]:
        """Identifier of the indicator in the current row."""
        row = self.currentRow()
        return None if row < 0 else self.item(row, 0).data(_ID)

    def show_indicators(self, indicators: Sequence[Indicator], themes: Sequence[Theme]) -> None:
        """Show the indicators of a study; the row that was chosen stays so."""
        former = self.chosen
        names = {theme.id: theme.name[self._lang] for theme in themes}
        self.setRowCount(len(indicators))
        for row, indicator in enumerate(indicators):
            place = names.get(indicator.theme, indicator.theme or "")
            if indicator.role == "success_factor" and indicator.axis:
                place = text(f"axis.{indicator.axis}", self._lang)
            role = text(f"role.{indicator.role}", self._lang)
            use = f"{role} – {place}" if place else role
            for column, shown in enumerate((indicator.name[self._lang], use)):
                item = QTableWidgetItem(shown)
                item.setToolTip(f"{shown}\n{indicator.id}" if column == 0 else shown)
                self.setItem(row, column, item)
            self.item(row, 0).setData(_ID, indicator.id)
            if indicator.id == former:
                self.setCurrentCell(row, 0)
