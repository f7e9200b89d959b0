"""The sources of a study as a table: file, state, and what the last run found, one click away."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QWidget,
)

from smart_territoires_plugin.bridge.dropped import dropped, holds_layers
from smart_territoires_plugin.bridge.layer_tasks import look_for
from smart_territoires_plugin.bridge.source_states import CHANGED, FOUND, MISSING, SERVER, SourceStates
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.messages import TEXTS, number
from smart_territoires_plugin.core.study.model import Source

# What is as it should be needs no sign.
_ICONS = {MISSING: "/mIconCritical.svg", CHANGED: "/mIconWarning.svg"}
_POLL_MS = 200


class TakesLayers:
    """Mixed into a widget: takes layers from the layer tree and the browser, and files; ``layers_dropped`` has them."""

    def dragEnterEvent(self, event) -> None:
        """Accept what holds layers."""
        if holds_layers(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event) -> None:
        """Accept what holds layers, all over."""
        if holds_layers(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event) -> None:
        """Tell which layers came."""
        if holds_layers(event.mimeData()):
            event.acceptProposedAction()
            look_for(dropped(event.mimeData()), self, self.layers_dropped.emit)


class SourceTable(QTableWidget):
    """One row per source."""

    quality_asked = pyqtSignal(str)

    def __init__(self, lang: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(0, 4, parent)
        self._lang = lang
        self._sources: Mapping[str, Source] = {}
        self._states: Optional[SourceStates] = None
        self._poll = QTimer(self)
        self._poll.setInterval(_POLL_MS)
        self._poll.timeout.connect(self._take_states)
        self.setAccessibleName(translate("SmartTerritoires", "Sources"))
        as_table(
            self,
            [
                translate("SmartTerritoires", "Source"),
                translate("SmartTerritoires", "File"),
                translate("SmartTerritoires", "State"),
                translate("SmartTerritoires", "Findings"),
            ],
            stretched=(1,),
        )
        self.itemActivated.connect(lambda item: self.quality_asked.emit(self.source_at(item.row())))

    def source_at(self, row: int) -> str:
        """Return the identifier of the source in a row."""
        return self.item(row, 0).text()

    def show_sources(self, sources: Mapping[str, Source], results: Optional[Path]) -> None:
        """Show the sources of a study.

        Parameters
        ----------
        results : Path, optional
            Folder of the run at hand, where it is of this study.
        """
        self._sources = sources
        self.setRowCount(len(sources))
        for row, (identifier, source) in enumerate(sources.items()):
            path = source.path
            shown = path.name if isinstance(path, Path) else str(path)
            for column, text in enumerate((identifier, shown, "…", "")):
                item = QTableWidgetItem(text)
                item.setToolTip(str(path))
                self.setItem(row, column, item)
            self.removeCellWidget(row, 3)
        self._states = SourceStates(sources, results) if sources else None
        if self._states is not None:
            self._states.wait()
            self._take_states()

    def close_table(self) -> None:
        """Look for nothing any more."""
        self._poll.stop()
        self._states = None

    def _take_states(self) -> None:
        """Show the states once they are known; a disk that does not answer holds nobody up."""
        found = None if self._states is None else self._states.found
        if found is None:
            if self._states is not None and not self._poll.isActive():
                self._poll.start()
            return
        self._poll.stop()
        states, counts = found
        for row, (identifier, source) in enumerate(self._sources.items()):
            state = states[identifier]
            item = self.item(row, 2)
            item.setText(self._state_text(state, source))
            if state in _ICONS:
                item.setIcon(QgsApplication.getThemeIcon(_ICONS[state]))
            if counts.get(identifier):
                self.setCellWidget(row, 3, self._report_button(identifier, counts[identifier]))

    def _state_text(self, state: str, source: Source) -> str:
        said = {
            FOUND: translate("SmartTerritoires", "found"),
            MISSING: translate("SmartTerritoires", "not found"),
            CHANGED: translate("SmartTerritoires", "changed since the run"),
            SERVER: translate("SmartTerritoires", "on a server"),
        }[state]
        if source.status == "observed" or state == MISSING:
            return said
        status = TEXTS[self._lang].get(f"status.{source.status}", source.status)
        return status if state == FOUND else f"{said}, {status}"

    def _report_button(self, identifier: str, count: int) -> QToolButton:
        button = QToolButton()
        button.setText(number(count, self._lang))
        button.setToolTip(translate("SmartTerritoires", "What the last run found in this source"))
        button.setAccessibleName(translate("SmartTerritoires", "Quality report of “{name}”").format(name=identifier))
        button.clicked.connect(lambda: self.quality_asked.emit(identifier))
        return button


def as_table(table: QTableWidget, labels: list[str], stretched: tuple[int, ...]) -> None:
    """Give a table of the workbench its looks: read only, whole rows of one line, columns that take the room left."""
    table.setHorizontalHeaderLabels(labels)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setAlternatingRowColors(True)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(round(1.7 * table.fontMetrics().height()))
    # The tabulator key leaves the table; the arrows move within it.
    table.setTabKeyNavigation(False)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setMinimumSectionSize(3 * table.fontMetrics().averageCharWidth())
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    for column in stretched:
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
