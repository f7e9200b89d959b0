"""The card of one territory: where it stands, why, with whom, and what can be done with it."""

from __future__ import annotations

import html
from typing import Optional

import numpy as np
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.messages import number, text
from smart_territoires_plugin.gui.workbench.session import WorkSession


class TerritoryCard(QWidget):
    """Shows the first territory that is selected."""

    zoom_asked = pyqtSignal(int)
    peer_asked = pyqtSignal(int)

    def __init__(self, session: WorkSession, lang: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("smart_territoires_card")
        self._session, self._lang = session, lang
        self._row = -1
        self.page = QTextBrowser()
        self.page.setOpenLinks(False)
        self.zoom = QPushButton(translate("SmartTerritoires", "Zoom"))
        self.peer = QPushButton(translate("SmartTerritoires", "Show the Peer"))
        buttons = QHBoxLayout()
        buttons.addWidget(self.zoom)
        buttons.addWidget(self.peer)
        buttons.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.page, 1)
        whole.addLayout(buttons)
        self.zoom.clicked.connect(lambda: self.zoom_asked.emit(self._row))
        self.peer.clicked.connect(self._ask_for_peer)
        for signal in (session.run_changed, session.selection_changed, session.rescored):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what is selected now."""
        chosen = sorted(self._session.selection)
        table = self._session.table
        self._row = chosen[0] if chosen and table is not None else -1
        self.zoom.setEnabled(self._row >= 0)
        self.peer.setEnabled(self._row >= 0 and table.text("peer_code", self._row) in table.rows)
        if self._row < 0:
            self.page.setPlainText(translate("SmartTerritoires", "Choose a territory in the table, chart or map."))
            return
        self.page.setHtml(self._html(self._row, len(chosen)))

    def _ask_for_peer(self) -> None:
        table = self._session.table
        self.peer_asked.emit(table.rows[table.text("peer_code", self._row)])

    def _html(self, row: int, chosen: int) -> str:
        table, live = self._session.table, self._session.live
        name, code = (html.escape(table.text(column, row)) for column in ("name", "code"))
        segment = str(live.segment[row]) or "insufficient_data"
        parts = [f"<h3>{name} <small>({code})</small></h3>"]
        if chosen > 1:
            said = translate("SmartTerritoires", "First of {count} territories that are selected.")
            parts.append(f"<p><i>{html.escape(said.format(count=chosen))}</i></p>")
        line = [text(f"segment.{segment}", self._lang)]
        if not np.isnan(live.target_rank[row]):
            rank = number(live.target_rank[row], self._lang)
            line.append(translate("SmartTerritoires", "rank {rank}").format(rank=rank))
        parts.append(f"<p><b>{html.escape(' – '.join(line))}</b></p>")
        if self._session.is_changed:
            parts.append(f"<p>{html.escape(self._beside_run(row))}</p>")
        reasons = table.text(f"reasons_{self._lang}", row).split("\n")
        shown = "".join(f"<li>{html.escape(reason)}</li>" for reason in reasons if reason)
        parts.append(f"<ul style='margin-left:-20px'>{shown}</ul>")
        return "".join(parts)

    def _beside_run(self, row: int) -> str:
        """Say what the weights at hand change for a territory, whose reasons below are those of the run."""
        table, live = self._session.table, self._session.live
        saved = table.saved
        values = [number(part.columns["readiness"][row], self._lang, 1) for part in (saved, live)]
        said = translate("SmartTerritoires", "Readiness {before} in the run, {after} with the weights at hand.")
        words = [said.format(before=values[0], after=values[1])]
        if saved.segment[row] != live.segment[row]:
            before = text(f"segment.{saved.segment[row] or 'insufficient_data'}", self._lang)
            words.append(translate("SmartTerritoires", "In the run: {segment}.").format(segment=before))
        words.append(translate("SmartTerritoires", "The reasons are those of the run."))
        return " ".join(words)

    def keyPressEvent(self, event) -> None:
        """Zoom with Enter, as a double click does elsewhere."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._row >= 0:
            self.zoom_asked.emit(self._row)
            return
        super().keyPressEvent(event)
