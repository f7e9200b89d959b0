"""Which columns of the table are shown, list by list; what a person asked for stays asked for."""

from __future__ import annotations

from collections.abc import Collection

from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QMenu, QPushButton

from smart_territoires_plugin.gui.workbench.territory_table import TerritoryTable


class ColumnChooser(QObject):
    """The menu of a button that shows and hides columns.

    Parameters
    ----------
    table : TerritoryTable
    button : QPushButton
    """

    def __init__(self, table: TerritoryTable, button: QPushButton) -> None:
        super().__init__(button)
        self._table, self._button = table, button
        self._hidden: dict[str, set[str]] = {}
        self._list = ""
        button.clicked.connect(self._ask)

    def forget(self) -> None:
        """Begin anew, with another run."""
        self._hidden = {}

    def show_list(self, name: str, first: Collection[str]) -> None:
        """Show the columns of a list: at first those named, later those that were asked for."""
        self._list = name
        if name not in self._hidden:
            self._hidden[name] = {column.name for column in self._table.content.columns} - set(first)
        self._hide()

    def menu(self) -> QMenu:
        """Return the menu with one entry per column."""
        menu = QMenu(self._button)
        for place, column in enumerate(self._table.content.columns):
            action = menu.addAction(column.label)
            action.setCheckable(True)
            action.setChecked(not self._table.isColumnHidden(place))
            action.toggled.connect(lambda shown, name=column.name: self._show(name, shown))
        return menu

    def _ask(self) -> None:
        menu = self.menu()
        menu.exec(self._button.mapToGlobal(self._button.rect().bottomLeft()))
        menu.deleteLater()

    def _show(self, name: str, is_shown: bool) -> None:
        hidden = self._hidden[self._list]
        (hidden.discard if is_shown else hidden.add)(name)
        self._hide()

    def _hide(self) -> None:
        for place, column in enumerate(self._table.content.columns):
            self._table.setColumnHidden(place, column.name in self._hidden[self._list])
