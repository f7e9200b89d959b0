"""Step *Targets*: who to call: chart, table and card that share one selection, with each other and with the map."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Optional

import numpy as np
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from smart_territoires_plugin.bridge.labels import column_label
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.messages import number, text
from smart_territoires_plugin.gui.workbench.page import EMPTY, READY, STALE, Page
from smart_territoires_plugin.gui.workbench.quadrant_chart import Points, QuadrantChart
from smart_territoires_plugin.gui.workbench.segment_chips import SegmentChips
from smart_territoires_plugin.gui.workbench.session import WorkSession
from smart_territoires_plugin.gui.workbench.territory_card import TerritoryCard
from smart_territoires_plugin.gui.workbench.territory_table import Column, TerritoryTable

# What the table shows at first; everything else can be asked for.
_FIRST = ("target_rank", "name", "segment", "readiness", "activity_count", "expected_activity", "priority")
_MORE = (
    "code", "population", "stability", "rank_low", "rank_high", "evidence", "activity_gap", "recommended_theme",
    "peer_code", "segment_probability", "data_coverage",
)  # fmt: skip
_LIVE = ("target_rank", "segment", "readiness", "priority", "recommended_theme")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class TargetsPage(Page):
    """The list; what is selected here is selected on the map, and the other way round."""

    NAME = "targets"
    HELP = "targets"
    zoom_asked = pyqtSignal(object)

    def __init__(self, session: WorkSession, lang: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(session, parent)
        self._lang = lang
        self.chips = SegmentChips(lang)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(translate("SmartTerritoires", "Search a name or a code"))
        self.upward = QComboBox()
        self.upward.addItem(text("column.activity", lang), "activity")
        self.upward.addItem(text("column.activity_gap", lang), "activity_gap")
        self.columns = QPushButton(translate("SmartTerritoires", "Columns"))
        self.export = QPushButton(translate("SmartTerritoires", "Export…"))
        self.chart = QuadrantChart(lang)
        self.table = TerritoryTable(lang)
        self.card = TerritoryCard(session, lang)
        self.counted = QLabel()
        self._hidden: set[str] = set()
        self._lay_out()
        self._connect()
        self._take_run()

    @property
    def title(self) -> str:
        """The step's name on screen."""
        return translate("SmartTerritoires", "Targets")

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.addWidget(self.search, 1)
        bar.addWidget(self.columns)
        bar.addWidget(self.export)
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.addTab(self.card, translate("SmartTerritoires", "Card"))
        chart_home = QWidget()
        chart_lines = QVBoxLayout(chart_home)
        chart_lines.setContentsMargins(0, 0, 0, 0)
        chart_lines.addWidget(self.upward)
        chart_lines.addWidget(self.chart, 1)
        tabs.addTab(chart_home, translate("SmartTerritoires", "Chart"))
        tabs.setCurrentIndex(1)
        self.tabs = tabs
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(tabs)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.chips)
        whole.addLayout(bar)
        whole.addWidget(split, 1)
        whole.addWidget(self.counted)

    def _connect(self) -> None:
        session = self.session
        session.run_changed.connect(self._take_run)
        session.rescored.connect(self.refresh)
        session.choices_changed.connect(self._show_state)
        session.selection_changed.connect(self._show_selection)
        self.chips.chosen.connect(session.show_segments)
        session.shown_changed.connect(self._filter)
        self.search.textChanged.connect(self._filter)
        self.upward.activated.connect(self.refresh)
        self.table.rows_selected.connect(session.select)
        self.chart.brushed.connect(session.select)
        self.table.row_activated.connect(lambda row: self.zoom_asked.emit(frozenset((row,))))
        self.chart.activated.connect(lambda row: self.zoom_asked.emit(frozenset((row,))))
        self.card.zoom_asked.connect(lambda row: self.zoom_asked.emit(frozenset((row,))))
        self.card.peer_asked.connect(lambda row: session.select(frozenset((row,))))
        self.columns.clicked.connect(self._ask_for_columns)
        self.export.clicked.connect(self._ask_for_export)

    # ── what is shown

    def _take_run(self) -> None:
        self.setEnabled(self.session.table is not None)
        self._show_state()
        if self.session.table is None:
            self.chart.set_points(None)
            self.table.source.set_columns((), np.zeros(0))
            self.chips.set_segments(np.zeros(0, dtype=str))
            self.counted.setText(translate("SmartTerritoires", "Run a study first: its territories then are here."))
            return
        # A first group helps to find one's way; the others are asked for.
        self._hidden = {*_MORE, *(f"group_{group}" for group in self.session.table.groups[1:])}
        self.refresh()
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self._hide_columns()
        self.table.resizeColumnsToContents()

    def _show_state(self) -> None:
        if self.session.table is None:
            self.set_state(EMPTY)
        else:
            self.set_state(STALE if self.session.is_changed else READY)

    def refresh(self) -> None:
        """Show the scores of the moment."""
        table, live = self.session.table, self.session.live
        if table is None:
            return
        self.table.source.set_columns(self._columns_now(), live.segment)
        self.chips.set_segments(live.segment)
        size = len(table)
        empty = np.full(size, np.nan)
        upward = self.upward.currentData()
        method = table.manifest["method"]
        limit = method.get("activity_threshold") if upward == "activity" else 0.0
        points = Points(
            live.columns.get("readiness", empty),
            table.columns.get(upward, empty),
            np.nan_to_num(table.columns.get("population", np.ones(size)), nan=1.0),
            live.segment,
            table.columns["name"],
            live.readiness_threshold,
            float("nan") if limit is None else float(limit),
            text("column.readiness", self._lang),
            self.upward.currentText(),
        )
        ghost = table.saved.columns.get("readiness") if self.session.is_changed else None
        self.chart.set_points(points, ghost)
        self._filter()

    def _columns_now(self) -> list[Column]:
        table, live = self.session.table, self.session.live
        now = {
            "target_rank": live.target_rank,
            "segment": live.segment,
            "priority": live.priority,
            "recommended_theme": live.recommended_theme,
            "readiness": live.columns.get("readiness", np.full(len(table), np.nan)),
        }
        words = {
            "segment": lambda value: text(f"segment.{value or 'insufficient_data'}", self._lang),
            "stability": lambda value: text(f"stability.{value}", self._lang) if value else "",
            "recommended_theme": lambda value: table.themes[value][self._lang] if value in table.themes else "",
            "readiness": lambda value: number(value, self._lang, 1),
            "priority": lambda value: number(value, self._lang, 1),
            "expected_activity": lambda value: number(value, self._lang, 1),
            "activity_gap": lambda value: number(value, self._lang, 1),
            "segment_probability": lambda value: number(100 * value, self._lang, 0) + " %",
            "data_coverage": lambda value: number(100 * value, self._lang, 0) + " %",
            "evidence": lambda value: number(value, self._lang, 0),
        }
        more = [f"group_{group}" for group in table.groups]
        made = []
        for name in (*_FIRST, *_MORE, *more):
            values = now.get(name, table.columns.get(name))
            if values is not None:
                label = column_label(name, self._lang, table.themes)
                made.append(Column(name, label, values, words.get(name)))
        return made

    def passed(self) -> np.ndarray:
        """Return which territories the chips and the search let through."""
        table, live = self.session.table, self.session.live
        passed = np.ones(len(table), dtype=bool)
        if self.session.segments_shown:
            passed &= np.isin(live.segment.astype(str), list(self.session.segments_shown))
        sought = self.search.text().strip().casefold()
        if sought:
            names = zip(table.columns["name"], table.codes)
            passed &= np.array(
                [sought in str(name).casefold() or sought in str(code).casefold() for name, code in names]
            )
        return passed

    def _filter(self) -> None:
        if self.session.table is None:
            return
        passed = self.passed()
        self.table.filter.set_passed(None if passed.all() else passed)
        self.chart.set_shown(passed)
        shown, whole = (number(int(count), self._lang) for count in (passed.sum(), len(passed)))
        self.counted.setText(
            translate("SmartTerritoires", "{shown} of {whole} territories").format(shown=shown, whole=whole)
        )

    def _show_selection(self) -> None:
        rows = self.session.selection
        self.table.select_rows(rows)
        self.chart.set_selected(rows)

    # ── columns and files

    def _ask_for_columns(self) -> None:
        menu = QMenu(self)
        for place, column in enumerate(self.table.source.columns):
            action = menu.addAction(column.label)
            action.setCheckable(True)
            action.setChecked(not self.table.isColumnHidden(place))
            action.toggled.connect(lambda shown, name=column.name: self._show_column(name, shown))
        menu.exec(self.columns.mapToGlobal(self.columns.rect().bottomLeft()))

    def _show_column(self, name: str, is_shown: bool) -> None:
        (self._hidden.discard if is_shown else self._hidden.add)(name)
        self._hide_columns()

    def _hide_columns(self) -> None:
        for place, column in enumerate(self.table.source.columns):
            self.table.setColumnHidden(place, column.name in self._hidden)

    def _ask_for_export(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, translate("SmartTerritoires", "Export the Table"), "", translate("SmartTerritoires", "Tables (*.csv)")
        )
        if path:
            self.write(Path(path))

    def write(self, path: Path) -> None:
        """Write what the table shows, in its order; texts that a spreadsheet would run are disarmed."""
        model, view = self.table.source, self.table
        header = view.horizontalHeader()
        order = [header.logicalIndex(place) for place in range(model.columnCount())]
        order = [place for place in order if not view.isColumnHidden(place)]
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow([model.columns[place].label for place in order])
            for line in range(view.filter.rowCount()):
                row = view.filter.mapToSource(view.filter.index(line, 0)).row()
                writer.writerow([self._cell(model.columns[place], row) for place in order])

    def _cell(self, column: Column, row: int) -> str:
        cell = self.table.source.shown(column, column.values[row])
        return f"'{cell}" if not column.is_number and cell.startswith(_FORMULA) else cell
