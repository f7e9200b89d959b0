"""What the card of a territory says, as rich text: standing, reasons, contributions, profile, decision, last call."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Optional

import numpy as np

from smart_territoires_plugin.bridge.labels import column_label
from smart_territoires_plugin.bridge.register_contacts import Contact
from smart_territoires_plugin.bridge.territory_profile import contributions, profile
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.messages import number, text
from smart_territoires_plugin.core.study.model import Decision
from smart_territoires_plugin.core.targeting.decisions import decision_sentence
from smart_territoires_plugin.gui.workbench.session import WorkSession

# Blocks of the longest bar.
_BAR = 12


class CardText:
    """Writes cards from the run at hand and what is under the hand.

    Parameters
    ----------
    session : WorkSession
    lang : {"fr", "en"}
    """

    def __init__(self, session: WorkSession, lang: str) -> None:
        self._session, self._lang = session, lang

    def html(
        self,
        row: int,
        chosen: int = 1,
        why: Sequence[str] = (),
        decision: Optional[Decision] = None,
        is_pending: bool = False,
        contact: Optional[Contact] = None,
    ) -> str:
        """Return the card of a territory.

        Parameters
        ----------
        row : int
        chosen : int
            How many are selected, of which this is the first.
        why : sequence of str
            Why it is not on the list, where that was asked.
        decision : Decision, optional
            What a person decided of it; ``is_pending`` where the next run will have it and this one has not.
        contact : Contact, optional
            Its last call.
        """
        parts = [self._head(row, chosen)]
        if why:
            parts.append(_part(translate("SmartTerritoires", "Why not this one?"), _lines(why)))
        if decision is not None or is_pending:
            parts.append(self._decision(decision, is_pending))
        if self._session.is_changed:
            parts.append(f"<p>{html.escape(self._beside_run(row))}</p>")
        reasons = [reason for reason in self._session.table.text(f"reasons_{self._lang}", row).split("\n") if reason]
        parts.append(_lines(reasons))
        if contact is not None:
            parts.append(_part(translate("SmartTerritoires", "Last call"), self._call(contact)))
        parts += [self._contributions(row), self._profile(row)]
        return "".join(parts)

    def _head(self, row: int, chosen: int) -> str:
        table, live = self._session.table, self._session.live
        name, code = (html.escape(table.text(column, row)) for column in ("name", "code"))
        parts = [f"<h3>{name} <small>({code})</small></h3>"]
        if chosen > 1:
            said = translate("SmartTerritoires", "First of {count} territories that are selected.")
            parts.append(f"<p><i>{html.escape(said.format(count=chosen))}</i></p>")
        line = [text(f"segment.{str(live.segment[row]) or 'insufficient_data'}", self._lang)]
        if not np.isnan(live.target_rank[row]):
            rank = number(live.target_rank[row], self._lang)
            line.append(translate("SmartTerritoires", "rank {rank}").format(rank=rank))
        stability = table.text("stability", row)
        if stability:
            line.append(text(f"stability.{stability}", self._lang))
        parts.append(f"<p><b>{html.escape(' – '.join(line))}</b></p>")
        theme = str(live.recommended_theme[row])
        if theme in table.themes:
            said = translate("SmartTerritoires", "Theme to speak about: {theme}")
            parts.append(f"<p>{html.escape(said.format(theme=table.themes[theme][self._lang]))}</p>")
        return "".join(parts)

    def _decision(self, decision: Optional[Decision], is_pending: bool) -> str:
        said = decision_sentence(decision, self._lang) or translate("SmartTerritoires", "The decision was taken back.")
        if is_pending:
            said += " " + translate("SmartTerritoires", "Out of date until the next run.")
        return f"<p><i>{html.escape(said)}</i></p>"

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

    def _call(self, contact: Contact) -> str:
        said = [f"{contact.date} – {text(f'outcomes.contact.{contact.outcome}', self._lang)}", contact.caller_role]
        if contact.next_action or contact.due:
            action = contact.next_action or "–"
            due = translate("SmartTerritoires", "{action}, due on {day}").format(action=action, day=contact.due)
            said.append(due if contact.due else action)
        theme = self._session.table.themes.get(contact.proposed_theme)
        if theme:
            said.append(translate("SmartTerritoires", "Theme proposed: {theme}").format(theme=theme[self._lang]))
        return _lines([one for one in said if one])

    def _contributions(self, row: int) -> str:
        """Return what each success factor adds to the readiness, the strongest first."""
        session = self._session
        choices = session.choices
        found = contributions(
            session.table, row, choices.weights, choices.normalisation, choices.aggregation, self._lang
        )
        if not found:
            return ""
        most = max(abs(part.points) for part in found) or 1.0
        colour = "#2a6f97"
        rows = []
        for part in found:
            bar = "▇" * max(1, round(_BAR * abs(part.points) / most)) if part.points else ""
            rows.append(
                f"<tr><td>{html.escape(part.name)}</td><td align='right'>&nbsp;{html.escape(part.value)}</td>"
                f"<td align='right'>&nbsp;<b>{number(part.points, self._lang, 1)}</b>&nbsp;</td>"
                f"<td><font color='{colour}'>{bar}</font></td></tr>"
            )
        heads = (
            translate("SmartTerritoires", "Success factor"),
            translate("SmartTerritoires", "Value"),
            translate("SmartTerritoires", "Points"),
        )
        return _part(translate("SmartTerritoires", "What makes its readiness"), _table((*heads, ""), rows))

    def _profile(self, row: int) -> str:
        """Return its scores beside the median of its group and those of its peer."""
        table = self._session.table
        found = profile(table, self._session.live, row)
        if not found.lines:
            return ""
        peer = table.rows.get(table.text("peer_code", row))
        heads = ["", translate("SmartTerritoires", "Itself")]
        if found.group:
            heads.append(translate("SmartTerritoires", "Median of {group}").format(group=found.group))
        if peer is not None:
            heads.append(table.text("name", peer))
        rows = []
        for line in found.lines:
            values = [line.own, *([line.group] if found.group else []), *([line.peer] if peer is not None else [])]
            cells = "".join(f"<td align='right'>&nbsp;{number(value, self._lang, 1)}</td>" for value in values)
            label = html.escape(column_label(line.column, self._lang, table.themes))
            rows.append(f"<tr><td>{label}</td>{cells}</tr>")
        return _part(translate("SmartTerritoires", "Profile"), _table(heads, rows))


def _part(title: str, content: str) -> str:
    return f"<p style='margin-bottom:2px'><b>{html.escape(title)}</b></p>{content}"


def _lines(said: Sequence[str]) -> str:
    return f"<ul style='margin-left:-20px'>{''.join(f'<li>{html.escape(line)}</li>' for line in said)}</ul>"


def _table(heads: Sequence[str], rows: Sequence[str]) -> str:
    cells = "".join(
        f"<th align='{'right' if place else 'left'}'>&nbsp;{html.escape(head)}</th>" for place, head in enumerate(heads)
    )
    return f"<table width='100%' cellspacing='0' cellpadding='1'><tr>{cells}</tr>{''.join(rows)}</table>"
