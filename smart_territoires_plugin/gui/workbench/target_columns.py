"""The columns of the table of step *Targets*: for all territories, for each list, and for the calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Optional

import numpy as np

from smart_territoires_plugin.bridge.labels import column_label
from smart_territoires_plugin.bridge.lists_at_hand import ListsAtHand, decision_short
from smart_territoires_plugin.bridge.register_contacts import Contact
from smart_territoires_plugin.bridge.run_table import RunTable
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.messages import number, text
from smart_territoires_plugin.core.messages.numbers import with_unit
from smart_territoires_plugin.core.targeting.rescoring import Rescored
from smart_territoires_plugin.gui.workbench.territory_model import Column

# What the table of all territories shows at first; everything else can be asked for.
FIRST = ("target_rank", "name", "segment", "readiness", "activity_count", "expected_activity", "priority")
MORE = (
    "code", "population", "stability", "rank_low", "rank_high", "evidence", "activity_gap", "recommended_theme",
    "peer_code", "segment_probability", "data_coverage",
)  # fmt: skip
# What fits each list, in the order in which it is read.
OF_LIST = {
    "engage": (
        "place",
        "name",
        "recommended_theme",
        "showcase_name",
        "distance_km",
        "stability",
        "decision",
        "argument",
    ),
    "raise_awareness": ("place", "name", "population", "inhabitants_concerned", "theme", "showcase_name", "argument"),
    "showcase": ("place", "name", "activity_count", "readiness", "share_what", "share_with", "note"),
    "verify": ("place", "name", "readiness", "population", "theme", "argument", "note"),
}
_MORE_OF_LIST = ("code", "population", "readiness", "activity_count", "priority")
UNITS = ("target_rank", "name", "level", "territories", "segment", "readiness", "activity_count", "priority")
CALLS = ("place", "name", "last_contact", "caller_role", "outcome", "next_action", "due", "proposed_theme")


class TargetColumns:
    """Makes the columns from what is at hand.

    Parameters
    ----------
    table : RunTable
    live : Rescored
    lang : {"fr", "en"}
    """

    def __init__(self, table: RunTable, live: Rescored, lang: str) -> None:
        self._table, self._live, self._lang = table, live, lang

    def all(self) -> list[Column]:
        """Return those of all territories, groups last."""
        groups = [f"group_{group}" for group in self._table.groups]
        return self._made((*FIRST, *MORE, *groups), {})

    def of_list(self, name: str, lists: ListsAtHand) -> list[Column]:
        """Return those of a list, groups and what else may be asked for last."""
        size, lang = len(self._table), self._lang
        held = {} if self._table.lists is None else self._table.lists.columns
        own: dict[str, np.ndarray] = {
            "place": lists.places(name, size),
            "showcase_name": held.get("showcase_name"),
            "distance_km": held.get("distance_km"),
            "inhabitants_concerned": held.get("inhabitants_concerned"),
            "theme": held.get("theme"),
            "argument": held.get(f"argument_{lang}"),
            "share_what": held.get(f"share_what_{lang}"),
            "share_with": self._named(held.get("share_with")),
            "note": held.get(f"note_{lang}"),
            "decision": self._decided(lists),
        }
        first = OF_LIST[name]
        groups = [f"group_{group}" for group in self._table.groups]
        return self._made((*first, *(more for more in (*_MORE_OF_LIST, *groups) if more not in first)), own)

    def of_calls(self, lists: ListsAtHand, last: Mapping[str, Contact]) -> list[Column]:
        """Return those of the calls: what was agreed with each territory to call, and by whom."""
        size = len(self._table)
        own = {"place": lists.places("engage", size)}
        contacts = [last.get(str(code)) for code in self._table.codes]
        for name, field in zip(CALLS[2:], ("date", *CALLS[3:])):
            own[name] = np.array([getattr(one, field) if one else "" for one in contacts], dtype=object)
        groups = [f"group_{group}" for group in self._table.groups]
        return self._made((*CALLS, "code", *groups), own)

    def of_units(self, units: Mapping[str, np.ndarray]) -> list[Column]:
        """Return those of the call units."""
        return self._made(UNITS, units)

    def _made(self, names: Sequence[str], own: Mapping[str, Optional[np.ndarray]]) -> list[Column]:
        table, live = self._table, self._live
        now = {
            "target_rank": live.target_rank,
            "segment": live.segment,
            "priority": live.priority,
            "recommended_theme": live.recommended_theme,
            "readiness": live.columns.get("readiness", np.full(len(table), np.nan)),
            **own,
        }
        words = self._words()
        made = []
        for name in names:
            values = now[name] if name in now else table.columns.get(name)
            if values is not None:
                made.append(Column(name, label_of(name, self._lang, table.themes), values, words.get(name)))
        return made

    def _words(self) -> dict:
        """Return how values are read, by column."""
        lang, themes = self._lang, self._table.themes

        def theme(value) -> str:
            return themes[value][lang] if value in themes else str(value)

        def decimal(value) -> str:
            return number(value, lang, 1)

        def percent(value) -> str:
            return with_unit(100 * value, "%", lang, 0)

        return {
            "segment": lambda value: text(f"segment.{value or 'insufficient_data'}", lang),
            "stability": lambda value: text(f"stability.{value}", lang) if value else "",
            "outcome": lambda value: text(f"outcomes.contact.{value}", lang) if value else "",
            **dict.fromkeys(("recommended_theme", "theme", "proposed_theme"), theme),
            **dict.fromkeys(("readiness", "priority", "expected_activity", "activity_gap", "distance_km"), decimal),
            **dict.fromkeys(("segment_probability", "data_coverage"), percent),
            "evidence": lambda value: number(value, lang, 0),
        }

    def _named(self, codes: Optional[np.ndarray]) -> Optional[np.ndarray]:
        """Return names in the place of codes with ``;`` between."""
        if codes is None:
            return None
        rows, names = self._table.rows, self._table.columns["name"]
        made = [", ".join(str(names[rows[one]]) for one in said.split(";") if one in rows) for said in codes]
        return np.array(made, dtype=object)

    def _decided(self, lists: ListsAtHand) -> np.ndarray:
        made = np.full(len(self._table), "", dtype=object)
        for row, decision in lists.decided.by_row.items():
            made[row] = decision_short(decision, self._lang)
        return made


def label_of(name: str, lang: str, themes: Mapping) -> str:
    """Return what a column is called on screen."""
    own = {
        "place": translate("SmartTerritoires", "Place"),
        "showcase_name": translate("SmartTerritoires", "Showcase nearby"),
        "distance_km": translate("SmartTerritoires", "Distance (km)"),
        "inhabitants_concerned": translate("SmartTerritoires", "Inhabitants concerned"),
        "argument": translate("SmartTerritoires", "Argument"),
        "share_what": translate("SmartTerritoires", "What it can share"),
        "share_with": translate("SmartTerritoires", "With whom"),
        "note": translate("SmartTerritoires", "Note"),
        "decision": translate("SmartTerritoires", "Decision"),
        "last_contact": translate("SmartTerritoires", "Last call"),
        "caller_role": translate("SmartTerritoires", "Assigned to"),
        "outcome": translate("SmartTerritoires", "Outcome"),
        "next_action": translate("SmartTerritoires", "Next action"),
        "due": translate("SmartTerritoires", "Due on"),
        "proposed_theme": translate("SmartTerritoires", "Theme proposed"),
    }
    return own[name] if name in own else column_label(name, lang, themes)
