"""What the weights under the hand give, beside them: who comes first now and came first in the run, and the chart."""

from __future__ import annotations

from typing import Optional

import numpy as np
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QTabWidget, QWidget

from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.messages import number, text
from smart_territoires_plugin.gui.workbench.chart_points import points_of
from smart_territoires_plugin.gui.workbench.quadrant_chart import QuadrantChart
from smart_territoires_plugin.gui.workbench.session import WorkSession
from smart_territoires_plugin.gui.workbench.target_columns import TargetColumns
from smart_territoires_plugin.gui.workbench.territory_model import Column
from smart_territoires_plugin.gui.workbench.territory_table import TerritoryTable

_SHOWN = ("name", "segment", "readiness", "priority")


class WeightsOutcome(QTabWidget):
    """A short table and the chart of a session; they share its selection.

    Parameters
    ----------
    session : WorkSession
    lang : {"fr", "en"}
    """

    def __init__(self, session: WorkSession, lang: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._session, self._lang = session, lang
        self.table, self.chart = TerritoryTable(lang), QuadrantChart(lang)
        self.table.setObjectName("smart_territoires_first")
        self.table.setAccessibleName(translate("SmartTerritoires", "First targets"))
        self.chart.setObjectName("smart_territoires_weights_chart")
        self.addTab(self.table, translate("SmartTerritoires", "First Targets"))
        self.addTab(self.chart, translate("SmartTerritoires", "Chart"))
        self.table.rows_selected.connect(session.select)
        self.chart.brushed.connect(session.select)
        session.selection_changed.connect(self._show_selection)
        session.rescored.connect(self.refresh)

    def take_run(self) -> None:
        """Show another run, or none."""
        if self._session.table is None:
            self.table.content.set_columns((), np.zeros(0))
            self.chart.set_points(None)
            return
        self.refresh()
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.table.fit_columns()

    def refresh(self) -> None:
        """Show the scores of the moment."""
        table, live = self._session.table, self._session.live
        if table is None:
            return
        first = table.manifest["study"]["shortlist"]
        now, before = live.target_rank, table.saved.target_rank
        made = {column.name: column for column in TargetColumns(table, live, self._lang).all()}
        self.table.content.set_columns(
            [
                self._ranks("target_rank", text("column.target_rank", self._lang), now),
                self._ranks("rank_before", translate("SmartTerritoires", "In the run"), before),
                *(made[name] for name in _SHOWN if name in made),
            ],
            live.segment,
        )
        # Who left is there too: that is what a weight costs.
        self.table.content.set_passed((now <= first) | (before <= first))
        ghost = table.saved.columns.get("readiness") if self._session.is_changed else None
        self.chart.set_points(points_of(table, live, "activity", self._lang), ghost)

    def _ranks(self, name: str, label: str, ranks: np.ndarray) -> Column:
        return Column(name, label, ranks, lambda rank: number(rank, self._lang))

    def _show_selection(self) -> None:
        self.table.select_rows(self._session.selection)
        self.chart.set_selected(self._session.selection)
