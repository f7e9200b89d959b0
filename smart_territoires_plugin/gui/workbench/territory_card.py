"""The card of one territory: where it stands, why, with whom, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Callable, Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QGridLayout, QMenu, QPushButton, QSplitter, QTextBrowser, QVBoxLayout, QWidget

from smart_territoires_plugin.bridge.register_contacts import Contact
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.study.model import Decision
from smart_territoires_plugin.gui.workbench.card_text import CardText
from smart_territoires_plugin.gui.workbench.decision_dialog import action_titles
from smart_territoires_plugin.gui.workbench.session import WorkSession

_BUTTONS_IN_ROW = 4


class TerritoryCard(QWidget):
    """Shows the first territory that is selected, and beside it another one that is held for comparison."""

    zoom_asked = pyqtSignal(int)
    peer_asked = pyqtSignal(int)
    called_asked = pyqtSignal(int)
    sheet_asked = pyqtSignal(int)
    decision_asked = pyqtSignal(int, str)
    undo_asked = pyqtSignal(int)

    def __init__(self, session: WorkSession, lang: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("smart_territoires_card")
        self._session, self._lang = session, lang
        self._text = CardText(session, lang)
        self._row = self._held = -1
        # What the page knows of decisions, calls and rules; nobody decided or called until it says so.
        self.decision_of: Callable[[int], tuple[Optional[Decision], bool]] = lambda row: (None, False)
        self.contact_of: Callable[[int], Optional[Contact]] = lambda row: None
        self.why_of: Callable[[int], Sequence[str]] = lambda row: ()
        self.page, self.other = QTextBrowser(), QTextBrowser()
        self.page.setAccessibleName(translate("SmartTerritoires", "Card"))
        self.other.setAccessibleName(translate("SmartTerritoires", "Card to compare with"))
        split = QSplitter(Qt.Orientation.Horizontal)
        for browser in (self.page, self.other):
            browser.setOpenLinks(False)
            split.addWidget(browser)
        self.other.hide()
        self._make_buttons()
        grid = QGridLayout()
        shown = (self.zoom, self.compare, self.peer, self.sheet, self.why, self.decide, self.called)
        for place, button in enumerate(shown):
            grid.addWidget(button, place // _BUTTONS_IN_ROW, place % _BUTTONS_IN_ROW)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split, 1)
        whole.addLayout(grid)
        session.run_changed.connect(self._let_go)
        for signal in (session.run_changed, session.selection_changed, session.rescored):
            signal.connect(self.refresh)
        self.refresh()

    def _make_buttons(self) -> None:
        self.zoom = QPushButton(translate("SmartTerritoires", "Zoom"))
        self.compare = QPushButton(translate("SmartTerritoires", "Compare"))
        self.compare.setCheckable(True)
        self.compare.setToolTip(translate("SmartTerritoires", "Keep this card beside the next one that is chosen"))
        self.peer = QPushButton(translate("SmartTerritoires", "Show the Peer"))
        self.sheet = QPushButton(translate("SmartTerritoires", "Outreach Sheet"))
        self.sheet.setToolTip(translate("SmartTerritoires", "Write the outreach sheet of this territory and open it"))
        self.why = QPushButton(translate("SmartTerritoires", "Why Not?"))
        self.why.setCheckable(True)
        self.why.setToolTip(translate("SmartTerritoires", "The first rule that keeps it off the call list"))
        self.decide = QPushButton(translate("SmartTerritoires", "Decide"))
        self.decide.setToolTip(translate("SmartTerritoires", "Pin, add or exclude it, with a reason"))
        self.called = QPushButton(translate("SmartTerritoires", "Mark as Called…"))
        menu = QMenu(self.decide)
        self.decisions = {}
        for action, title in action_titles().items():
            asked = menu.addAction(title + "…")
            asked.triggered.connect(lambda _on=False, action=action: self.decision_asked.emit(self._row, action))
            self.decisions[action] = asked
        menu.addSeparator()
        self.undo = menu.addAction(translate("SmartTerritoires", "Take the Decision Back"))
        self.undo.triggered.connect(lambda: self.undo_asked.emit(self._row))
        self.decide.setMenu(menu)
        self.zoom.clicked.connect(lambda: self.zoom_asked.emit(self._row))
        self.peer.clicked.connect(self._ask_for_peer)
        self.sheet.clicked.connect(lambda: self.sheet_asked.emit(self._row))
        self.called.clicked.connect(lambda: self.called_asked.emit(self._row))
        self.why.toggled.connect(lambda _on: self.refresh())
        self.compare.toggled.connect(self._hold)

    @property
    def row(self) -> int:
        """The territory that is shown; -1 for none."""
        return self._row

    def refresh(self) -> None:
        """Show what is selected now."""
        chosen = sorted(self._session.selection)
        table = self._session.table
        self._row = chosen[0] if chosen and table is not None else -1
        if self._held == self._row and len(chosen) > 1:
            # Of two that are selected the other one is shown beside the one that is held.
            self._row = chosen[1]
        is_there = self._row >= 0
        for button in (self.zoom, self.compare, self.sheet, self.why, self.decide, self.called):
            button.setEnabled(is_there)
        self.compare.setEnabled(is_there or self._held >= 0)
        self.peer.setEnabled(is_there and table.text("peer_code", self._row) in table.rows)
        self.other.setVisible(self._held >= 0)
        if self._held >= 0:
            self.other.setHtml(self._html(self._held, 1))
        if not is_there:
            self.page.setPlainText(translate("SmartTerritoires", "Choose a territory in the table, chart or map."))
            return
        self.undo.setEnabled(self.decision_of(self._row)[0] is not None)
        self.page.setHtml(self._html(self._row, len(chosen)))

    def show_why(self) -> None:
        """Say why the territory is not on the list."""
        self.why.setChecked(True)

    def _html(self, row: int, chosen: int) -> str:
        decision, is_pending = self.decision_of(row)
        why = self.why_of(row) if self.why.isChecked() else ()
        return self._text.html(row, chosen, why, decision, is_pending, self.contact_of(row))

    def _hold(self, is_held: bool) -> None:
        self._held = self._row if is_held else -1
        self.refresh()

    def _let_go(self) -> None:
        self._held = -1
        self.compare.setChecked(False)

    def _ask_for_peer(self) -> None:
        table = self._session.table
        self.peer_asked.emit(table.rows[table.text("peer_code", self._row)])

    def keyPressEvent(self, event) -> None:
        """Zoom with Enter, as a double click does elsewhere."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._row >= 0:
            self.zoom_asked.emit(self._row)
            return
        super().keyPressEvent(event)
