"""Step *Targets*: who to call: lists, chart, table and card that share one selection, with each other and the map."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Callable, Optional

import numpy as np
from qgis.PyQt.QtCore import QPoint, Qt, pyqtSignal
from qgis.PyQt.QtGui import QShowEvent
from qgis.PyQt.QtWidgets import QFileDialog, QMenu, QWidget

from smart_territoires_plugin.bridge.lists_at_hand import ListsAtHand, lists_at_hand, why_not_listed
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.messages import number
from smart_territoires_plugin.gui.workbench.chart_points import points_of
from smart_territoires_plugin.gui.workbench.column_chooser import ColumnChooser
from smart_territoires_plugin.gui.workbench.decision_dialog import action_titles
from smart_territoires_plugin.gui.workbench.lists_view import ALL, CALLS, CHANGES, UNITS
from smart_territoires_plugin.gui.workbench.page import EMPTY, READY, STALE, Page
from smart_territoires_plugin.gui.workbench.session import WorkSession
from smart_territoires_plugin.gui.workbench.table_export import cell_text, write_table
from smart_territoires_plugin.gui.workbench.target_actions import TargetActions
from smart_territoires_plugin.gui.workbench.target_columns import CALLS as CALL_COLUMNS
from smart_territoires_plugin.gui.workbench.target_columns import FIRST, OF_LIST, TargetColumns
from smart_territoires_plugin.gui.workbench.targets_help import explain
from smart_territoires_plugin.gui.workbench.targets_layout import TargetsLayout
from smart_territoires_plugin.gui.workbench.territory_model import Column


class TargetsPage(TargetsLayout, Page):
    """The list; what is selected here is selected on the map, and the other way round.

    Parameters
    ----------
    session : WorkSession
    lang : {"fr", "en"}
    study : callable, optional
        Returns the study file that is open: decisions are kept in it, calls in its register.
    """

    NAME = "targets"
    HELP = "targets"
    zoom_asked = pyqtSignal(object)
    run_asked = pyqtSignal(Path, Path)
    study_written = pyqtSignal(Path)

    def __init__(
        self,
        session: WorkSession,
        lang: str,
        study: Callable[[], Optional[Path]] = lambda: None,
        parent: Optional[QWidget] = None,
    ) -> None:
        super().__init__(session, parent)
        self._lang, self._study = lang, study
        self.actions_at_hand = TargetActions(session, lang, self)
        self._now: Optional[ListsAtHand] = None
        self.make_widgets(session, lang)
        self.lay_out()
        explain(self)
        self.chosen_columns = ColumnChooser(self.table, self.columns)
        self._connect()
        self._take_run()

    @property
    def title(self) -> str:
        """The step's name on screen."""
        return translate("SmartTerritoires", "Targets")

    def _connect(self) -> None:
        session, doing = self.session, self.actions_at_hand
        session.run_changed.connect(self._take_run)
        session.rescored.connect(self.refresh)
        session.choices_changed.connect(self._show_state)
        session.selection_changed.connect(self._show_selection)
        self.chips.chosen.connect(session.show_segments)
        session.shown_changed.connect(self._filter)
        self.search.textChanged.connect(self._filter)
        self.upward.activated.connect(self._show_chart)
        self.lists.list_chosen.connect(lambda _name: self._show_list())
        self.lists.level_chosen.connect(lambda _level: self._show_list())
        self.filters.changed.connect(self._filter)
        self.table.rows_selected.connect(session.select)
        self.table.customContextMenuRequested.connect(self._open_menu)
        self.units.rows_selected.connect(self._select_units)
        self.chart.brushed.connect(session.select)
        for asking in (self.table.row_activated, self.chart.activated, self.card.zoom_asked):
            asking.connect(lambda row: self.zoom_asked.emit(frozenset((row,))))
        self.card.peer_asked.connect(lambda row: session.select(frozenset((row,))))
        self.card.called_asked.connect(doing.ask_call)
        self.card.sheet_asked.connect(lambda row: doing.write_sheets((row,)))
        self.card.decision_asked.connect(doing.ask_decision)
        self.card.undo_asked.connect(doing.undo_decision)
        self.card.decision_of, self.card.contact_of = doing.decision_of, doing.contact_of
        self.card.why_of = self.why_not
        doing.decisions.changed.connect(self._take_decisions)
        doing.decisions.written.connect(self.study_written)
        doing.contacts_changed.connect(self._take_calls)
        doing.said.connect(self.say)
        self.changes.territory_chosen.connect(self._select_code)
        self.export.clicked.connect(self._ask_for_export)
        self.portfolio.triggered.connect(doing.ask_portfolio)
        self.sheets.triggered.connect(lambda: doing.write_sheets(sorted(session.selection)))
        self.compare_runs.triggered.connect(lambda: self.lists.show_list(CHANGES))
        for again in (self.run_again.clicked, self.robustness.triggered):
            again.connect(lambda _on=False: self._run_again())

    # ── the run

    def _take_run(self) -> None:
        table = self.session.table
        self.setEnabled(table is not None)
        self.say("")
        self._now = None
        self.actions_at_hand.follow(self._study())
        self._show_state()
        self.changes.take(None if table is None else table.folder, self.actions_at_hand.register)
        if table is None:
            self.chart.set_points(None)
            self.table.content.set_columns((), np.zeros(0))
            self.units.content.set_columns((), np.zeros(0))
            self.chips.set_segments(np.zeros(0, dtype=str))
            self.lists.set_counts({})
            self.lists.allow_units(False)
            self.counted.setText(translate("SmartTerritoires", "Run a study first: its territories then are here."))
            return
        self.chosen_columns.forget()
        self.lists.allow_units(table.lists is not None and table.lists.has_units)
        if table.lists is not None and table.lists.has_units:
            held = table.lists.units
            self.units.content.set_columns(self._made.of_units(held), held["segment"])
            self.units.sortByColumn(0, Qt.SortOrder.AscendingOrder)
            self.units.resizeColumnsToContents()
        self.refresh()
        self._show_list()

    def follow_study(self) -> None:
        """Take the study that is open now, where it is another one or was changed by another program."""
        self.actions_at_hand.follow_again(self._study())

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the study again: another step, or another program, may have changed it."""
        super().showEvent(event)
        self.follow_study()

    @property
    def _made(self) -> TargetColumns:
        return TargetColumns(self.session.table, self.session.live, self._lang)

    def _show_state(self) -> None:
        pending = self.session.table is not None and self.actions_at_hand.decisions.is_changed
        self.pending.setVisible(pending)
        if self.session.table is None:
            self.set_state(EMPTY)
        else:
            self.set_state(STALE if self.session.is_changed or pending else READY)

    def _run_again(self) -> None:
        study = self.actions_at_hand.decisions.study
        if study is None:
            self.say(translate("SmartTerritoires", "Open the study of this run first."))
        else:
            self.run_asked.emit(study, self.session.table.folder)

    # ── what is shown

    def refresh(self) -> None:
        """Show the scores of the moment."""
        table, live = self.session.table, self.session.live
        if table is None:
            return
        self._now = lists_at_hand(table, live, self.actions_at_hand.decisions.decisions)
        self.lists.set_counts({name: len(rows) for name, rows in self._now.rows.items()})
        self.chips.set_segments(live.segment)
        self.table.content.set_columns(self._columns_now(), live.segment)
        self._show_chart()
        self._filter()

    def _show_chart(self) -> None:
        table, live = self.session.table, self.session.live
        ghost = table.saved.columns.get("readiness") if self.session.is_changed else None
        self.chart.set_points(points_of(table, live, self.upward.currentData(), self._lang), ghost)

    def _columns_now(self) -> list[Column]:
        name, made = self.lists.current, self._made
        if name in OF_LIST:
            return made.of_list(name, self._now)
        return made.of_calls(self._now, self.actions_at_hand.last) if name == CALLS else made.all()

    def _show_list(self) -> None:
        """Show another list, or another level."""
        name = self.lists.current
        is_units = self.lists.current_level == UNITS and name == ALL
        self.lists.level.setEnabled(name == ALL)
        self.filters.setVisible(name == CALLS)
        shown = self.changes if name == CHANGES else self.units if is_units else self.table
        self.stack.setCurrentWidget(shown)
        for part in (self.search, self.columns, self.export):
            part.setEnabled(shown is self.table)
        if self.session.table is None:
            return
        self.table.content.set_columns(self._columns_now(), self.session.live.segment)
        # The first group helps to find one's way; what else there is, is asked for.
        groups = [f"group_{group}" for group in self.session.table.groups[:1] if name in (ALL, CALLS)]
        self.chosen_columns.show_list(name, (*OF_LIST.get(name, CALL_COLUMNS if name == CALLS else FIRST), *groups))
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.table.fit_columns()
        self._filter()
        self._show_selection()

    def passed(self) -> np.ndarray:
        """Return which territories the list, the chips, the search and the filters of calls let through."""
        table, live = self.session.table, self.session.live
        passed = np.ones(len(table), dtype=bool)
        if self.session.segments_shown:
            passed &= np.isin(live.segment.astype(str), list(self.session.segments_shown))
        name = self.lists.current
        if name in OF_LIST:
            passed &= ~np.isnan(self._now.places(name, len(table)))
        elif name == CALLS:
            passed &= self._in_calls()
        sought = self.search.text().strip().casefold()
        if sought:
            names = zip(table.columns["name"], table.codes)
            passed &= np.array(
                [sought in str(name).casefold() or sought in str(code).casefold() for name, code in names]
            )
        return passed

    def _in_calls(self) -> np.ndarray:
        """Return who is to be called or was called, and passes the filters."""
        table, doing = self.session.table, self.actions_at_hand
        codes = [str(code) for code in table.codes]
        inside = np.array([code in doing.last for code in codes], dtype=bool)
        inside[self._now.called] = True
        return inside & self.filters.passed(codes, self._groups, doing.last, doing.today)

    @property
    def _groups(self) -> Optional[np.ndarray]:
        """Return the first group of each territory."""
        table = self.session.table
        return table.columns.get(f"group_{table.groups[0]}") if table.groups else None

    def _filter(self) -> None:
        if self.session.table is None:
            return
        passed = self.passed()
        self.table.content.set_passed(None if passed.all() else passed)
        self.chart.set_shown(passed)
        shown, whole = (number(int(count), self._lang) for count in (passed.sum(), len(passed)))
        self.counted.setText(
            translate("SmartTerritoires", "{shown} of {whole} territories").format(shown=shown, whole=whole)
        )

    def _show_selection(self) -> None:
        rows = self.session.selection
        self.table.select_rows(rows)
        self.chart.set_selected(rows)
        self.sheets.setEnabled(bool(rows))

    def say(self, said: str) -> None:
        """Say how something ended, below the list; '' for nothing."""
        self.said.setText(said)
        self.said.setVisible(bool(said))

    # ── decisions, calls, rules

    def _take_decisions(self) -> None:
        count = len(set(self.actions_at_hand.decisions.decisions) ^ set(self.actions_at_hand.decisions.of_run))
        said = translate("SmartTerritoires", "Decisions since the run: {count}. Out of date until the next run.")
        self.pending_said.setText(said.format(count=number(count, self._lang)))
        self._show_state()
        if self._now is not None:
            self.refresh()
            self.card.refresh()

    def _take_calls(self) -> None:
        doing = self.actions_at_hand
        self.filters.say(doing.register_said)
        self.card.called.setToolTip(doing.register_said or translate("SmartTerritoires", "Note a call in the register"))
        if self._now is None:
            return
        groups = () if self._groups is None else self._groups
        self.filters.set_choices(doing.roles, sorted({str(group) for group in groups if group}))
        self.refresh()
        self.card.refresh()

    def why_not(self, row: int) -> list[str]:
        """Say the first rule that keeps a territory off the call list, with what is under the hand."""
        decisions = self.actions_at_hand.decisions.decisions
        return why_not_listed(self.session.table, self.session.live, decisions, row, self._lang)

    def _select_units(self, units: frozenset[int]) -> None:
        """Select the territories of call units."""
        table = self.session.table
        codes = {str(table.lists.units["code"][unit]) for unit in units}
        inside = np.isin(table.codes.astype(str), list(codes))
        for group in table.groups:
            inside |= np.isin(table.columns[f"group_{group}"].astype(str), list(codes))
        self.session.select(frozenset(np.flatnonzero(inside).tolist()))

    def _select_code(self, code: str) -> None:
        row = self.session.table.rows.get(code)
        if row is not None:
            self.session.select(frozenset((row,)))

    def menu_of(self, row: int) -> QMenu:
        """Return what can be done with a territory of the table."""
        doing, menu = self.actions_at_hand, QMenu(self)
        menu.addAction(translate("SmartTerritoires", "Zoom"), lambda: self.zoom_asked.emit(self.session.selection))
        menu.addAction(translate("SmartTerritoires", "Why Not This One?"), self._show_why)
        menu.addSeparator()
        for action, title in action_titles().items():
            menu.addAction(title + "…", partial(doing.ask_decision, row, action))
        undo = menu.addAction(
            translate("SmartTerritoires", "Take the Decision Back"), partial(doing.undo_decision, row)
        )
        undo.setEnabled(doing.decision_of(row)[0] is not None)
        menu.addSeparator()
        menu.addAction(translate("SmartTerritoires", "Mark as Called…"), partial(doing.ask_call, row))
        menu.addAction(translate("SmartTerritoires", "Outreach Sheet"), partial(doing.write_sheets, (row,)))
        return menu

    def _open_menu(self, place: QPoint) -> None:
        index = self.table.indexAt(place)
        index = index if index.isValid() else self.table.currentIndex()
        if index.isValid():
            menu = self.menu_of(self.table.row_of(index))
            menu.exec(self.table.viewport().mapToGlobal(place))
            menu.deleteLater()

    def _show_why(self) -> None:
        self.tabs.setCurrentWidget(self.card)
        self.card.show_why()

    # ── files

    def _ask_for_export(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, translate("SmartTerritoires", "Export the Table"), "", translate("SmartTerritoires", "Tables (*.csv)")
        )
        if path:
            self.write(Path(path))

    def write(self, path: Path) -> None:
        """Write what the table shows, in its order."""
        try:
            write_table(self.table, path)
        except OSError as error:
            said = translate("SmartTerritoires", "{file} cannot be written: {reason}")
            self.say(said.format(file=path, reason=error.strerror or error))

    def _cell(self, column: Column, row: int) -> str:
        return cell_text(self.table, column, row)

    def close_page(self) -> None:
        """Let go of what runs in the background."""
        self.changes.forget()
        self.actions_at_hand.close()
