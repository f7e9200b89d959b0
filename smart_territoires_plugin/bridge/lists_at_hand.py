"""The lists as they are at this moment: ranks under the hand and a person's decisions, beside what the run left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np

from smart_territoires_plugin.bridge.run_lists import LISTS
from smart_territoires_plugin.bridge.run_table import RunTable
from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.study.model import Decision
from smart_territoires_plugin.core.targeting.decisions import Decided, apply_decisions
from smart_territoires_plugin.core.targeting.rescoring import Rescored
from smart_territoires_plugin.core.targeting.why_not import Published, why_not, why_not_sentences


@dataclass(frozen=True)
class ListsAtHand:
    """Who is in which list now.

    Parameters
    ----------
    rows : mapping of list to ndarray of int
        Territories in the order of each list.
    decided : Decided
        Who is to be called, and the decision that counts for each territory.
    """

    rows: Mapping[str, np.ndarray]
    decided: Decided

    @property
    def called(self) -> np.ndarray:
        """Territories to call, in order."""
        return self.decided.order[: self.decided.shortlist]

    def places(self, name: str, size: int) -> np.ndarray:
        """Return the place of each territory in a list, from 1; NaN outside."""
        made = np.full(size, np.nan)
        made[self.rows[name]] = np.arange(1, len(self.rows[name]) + 1)
        return made


def lists_at_hand(table: RunTable, live: Rescored, decisions: Sequence[Decision]) -> ListsAtHand:
    """Return the lists with the weights and decisions at hand.

    To engage is computed; the three others keep the order of the run, less who came to be engaged or was excluded.

    Parameters
    ----------
    table : RunTable
    live : Rescored
    decisions : sequence of Decision
    """
    ranked = np.flatnonzero(~np.isnan(live.target_rank))
    ranked = ranked[np.argsort(live.target_rank[ranked], kind="stable")]
    decided = apply_decisions(ranked, decisions, tuple(table.rows), int(table.manifest["study"]["shortlist"]))
    moved = np.concatenate([decided.order, decided.excluded]).astype(int)
    rows = {"engage": decided.order}
    for name in LISTS[1:]:
        former = np.zeros(0, dtype=int) if table.lists is None else table.lists.rows(name)
        rows[name] = former[~np.isin(former, moved)]
    return ListsAtHand(rows, decided)


def why_not_listed(
    table: RunTable, live: Rescored, decisions: Sequence[Decision], row: int, lang: str, change: str = ""
) -> list[str]:
    """Say the first rule that keeps a territory off the call list, with the weights and decisions at hand.

    Returns
    -------
    list of str
        Sentences with the territory's own values; its place where it is on the list.
    """
    code = str(table.codes[row])
    limits = [live.readiness_threshold, table.manifest["method"].get("activity_threshold")]
    found = Published(
        _written(table, live), tuple(decisions), int(table.manifest["study"]["shortlist"]), _known(limits[0]), limits[1]
    )
    lacking = _lacking(table, row, lang) if live.segment[row] == "insufficient_data" else ()
    return why_not_sentences(why_not(found, code, lacking), lang, change)


def _written(table: RunTable, live: Rescored) -> dict[str, dict[str, str]]:
    """Return what the rules look at, as ``territories.csv`` would hold it."""
    size = len(table)
    empty = np.full(size, np.nan)
    numbers = {
        "target_rank": live.target_rank,
        "priority": live.priority,
        "readiness": live.columns.get("readiness", empty),
        "activity_count": table.columns.get("activity_count", empty),
        "activity": table.columns.get("activity", empty),
    }
    names = {name: [_cell(value) for value in values] for name, values in numbers.items()}
    made = {}
    for row, code in enumerate(table.codes):
        made[str(code)] = {
            "name": table.text("name", row),
            "segment": str(live.segment[row]),
            **{name: cells[row] for name, cells in names.items()},
        }
    return made


def _cell(value: float) -> str:
    if value != value:
        return ""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _known(value: float) -> Optional[float]:
    return None if value is None or np.isnan(value) else float(value)


def _lacking(table: RunTable, row: int, lang: str) -> list[str]:
    """Return the names of the success factors that count and are not known of a territory."""
    state = table.rescoring.state
    names = {indicator["id"]: indicator["name"] for indicator in table.manifest["study"]["indicators"]}
    counts = (state["roles"] == "success_factor") & (state["weights"] > 0)
    unknown = counts & (np.isnan(state["completed"][row]) | state["imputed"][row])
    found = [str(state["indicators"][column]) for column in np.flatnonzero(unknown)]
    return [names[name][lang] if name in names else name for name in found]


def decision_short(decision: Decision, lang: str) -> str:
    """Return what was decided and why, on one line."""
    return f"{text(f'lists.decision.{decision.action}', lang)} – {decision.reason}"
