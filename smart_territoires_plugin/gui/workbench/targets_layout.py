"""The widgets of step *Targets* and where they stand."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.gui.workbench.call_list_view import CallFilters
from smart_territoires_plugin.gui.workbench.changes_view import ChangesView
from smart_territoires_plugin.gui.workbench.lists_view import ListsView
from smart_territoires_plugin.gui.workbench.quadrant_chart import QuadrantChart
from smart_territoires_plugin.gui.workbench.segment_chips import SegmentChips
from smart_territoires_plugin.gui.workbench.session import WorkSession
from smart_territoires_plugin.gui.workbench.territory_card import TerritoryCard
from smart_territoires_plugin.gui.workbench.territory_table import TerritoryTable


class TargetsLayout:
    """Makes and lays out the widgets; what they do, the page says."""

    def make_widgets(self, session: WorkSession, lang: str) -> None:
        """Make every widget."""
        self.chips = SegmentChips(lang)
        self.lists = ListsView(lang)
        self.filters = CallFilters()
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(translate("SmartTerritoires", "Search a name or a code"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.upward = QComboBox()
        self.upward.setAccessibleName(translate("SmartTerritoires", "Upward axis"))
        self.upward.addItem(text("column.activity", lang), "activity")
        self.upward.addItem(text("column.activity_gap", lang), "activity_gap")
        self.columns = QPushButton(translate("SmartTerritoires", "Columns"))
        self.export = QPushButton(translate("SmartTerritoires", "Export…"))
        self.more = QToolButton()
        self.more.setText(translate("SmartTerritoires", "Analyses"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setToolTip(translate("SmartTerritoires", "What runs in the background, from this list"))
        menu = QMenu(self.more)
        self.portfolio = menu.addAction(translate("SmartTerritoires", "Portfolio…"))
        self.sheets = menu.addAction(translate("SmartTerritoires", "Sheets of What Is Selected"))
        self.compare_runs = menu.addAction(translate("SmartTerritoires", "What Changed…"))
        self.robustness = menu.addAction(translate("SmartTerritoires", "Run Again, with Its Robustness"))
        self.sheets.setEnabled(False)
        self.more.setMenu(menu)
        self.chart = QuadrantChart(lang)
        self.table, self.units = TerritoryTable(lang), TerritoryTable(lang)
        self.units.setObjectName("smart_territoires_units")
        self.table.setAccessibleName(translate("SmartTerritoires", "Territories"))
        self.units.setAccessibleName(translate("SmartTerritoires", "Call units"))
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.changes = ChangesView(lang)
        self.card = TerritoryCard(session, lang)
        self.counted, self.said, self.pending_said = QLabel(), QLabel(), QLabel()
        for label in (self.said, self.pending_said):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.run_again = QPushButton(translate("SmartTerritoires", "Run Again"))

    def lay_out(self) -> None:
        """Put every widget in its place."""
        bar = QHBoxLayout()
        bar.addWidget(self.search, 1)
        for button in (self.columns, self.export, self.more):
            bar.addWidget(button)
        self.pending = QWidget()
        notice = QHBoxLayout(self.pending)
        notice.setContentsMargins(0, 0, 0, 0)
        notice.addWidget(self.pending_said, 1)
        notice.addWidget(self.run_again)
        self.pending.hide()
        self.stack = QStackedWidget()
        for shown in (self.table, self.units, self.changes):
            self.stack.addWidget(shown)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self._upper(bar))
        split.addWidget(self._lower())
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.chips)
        whole.addWidget(self.pending)
        whole.addWidget(split, 1)
        whole.addWidget(self.said)
        whole.addWidget(self.counted)

    def _upper(self, bar: QHBoxLayout) -> QWidget:
        upper = QWidget()
        lines = QVBoxLayout(upper)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.lists)
        lines.addLayout(bar)
        lines.addWidget(self.filters)
        lines.addWidget(self.stack, 1)
        self.filters.hide()
        return upper

    def _lower(self) -> QTabWidget:
        chart_home = QWidget()
        lines = QVBoxLayout(chart_home)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.upward)
        lines.addWidget(self.chart, 1)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.card, translate("SmartTerritoires", "Card"))
        self.tabs.addTab(chart_home, translate("SmartTerritoires", "Chart"))
        self.tabs.setCurrentIndex(1)
        return self.tabs
