"""One territory taken apart under the hand: what makes its readiness, and how it stands beside its group and peer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np

from smart_territoires_plugin.bridge.run_table import RunTable
from smart_territoires_plugin.core.errors import ScoringError
from smart_territoires_plugin.core.messages.numbers import with_unit
from smart_territoires_plugin.core.messages.units import text_unit
from smart_territoires_plugin.core.scoring.aggregation import RELATIVE
from smart_territoires_plugin.core.scoring.contributions import contributions_to
from smart_territoires_plugin.core.study.model import Method
from smart_territoires_plugin.core.targeting.rescoring import Rescored

# Fewer coalitions than a report takes: the card follows the hand.
_EXACT, _PAIRS = 10, 32


@dataclass(frozen=True)
class Part:
    """What one success factor brings: ``points`` of the readiness, or the factor by which it multiplies it."""

    name: str
    value: str
    points: float


@dataclass(frozen=True)
class Line:
    """One score of a territory, the median of its group, and that of its peer; NaN where there is none."""

    column: str
    own: float
    group: float
    peer: float


@dataclass(frozen=True)
class Profile:
    """The lines, and what the group is called; '' for none."""

    group: str
    lines: tuple[Line, ...]


def contributions(
    table: RunTable,
    row: int,
    weights: np.ndarray,
    normalisation: Optional[Method],
    aggregation: Optional[Method],
    lang: str,
) -> list[Part]:
    """Return what each success factor contributes to a readiness, the strongest first.

    Returns
    -------
    list of Part
        Empty where the aggregation compares all territories with one another, or the territory has no readiness.
    """
    rescoring = table.rescoring
    state, hierarchy = rescoring.state, rescoring.hierarchy(aggregation)
    if "readiness" not in [one.id for one in hierarchy.composites]:
        return []
    if any(one.aggregation.name in RELATIVE for one in hierarchy.composites):
        return []
    elements = state["element_weights"].copy()
    elements[: len(weights)] = weights
    elements[: hierarchy.n_indicators] *= state["usable"]
    normalised = rescoring.normalised(normalisation)[[row]]
    try:
        found = contributions_to(hierarchy, normalised, elements, "readiness", exact_members=_EXACT, pairs=_PAIRS)
    except ScoringError:
        return []
    known = {indicator["id"]: indicator for indicator in table.manifest["study"]["indicators"]}
    made = []
    for place, column in enumerate(found.members):
        points = float(found.values[0][place])
        identifier = str(state["indicators"][column])
        if np.isnan(points) or np.isnan(normalised[0][column]) or identifier not in known:
            continue
        unit = text_unit(known[identifier]["unit"] or "", lang)
        value = with_unit(float(state["completed"][row][column]), unit, lang)
        made.append(Part(known[identifier]["name"][lang], value, points))
    return sorted(made, key=lambda part: -abs(part.points))


def profile(table: RunTable, live: Rescored, row: int) -> Profile:
    """Return the scores of a territory beside the median of its first group and its peer."""
    peer = table.rows.get(table.text("peer_code", row))
    group, inside = _group(table, row)
    names = [name for name in live.columns if name == "readiness" or name.startswith(("axis_", "score_"))]
    names.sort(key=lambda name: ("readiness", "axis", "score").index(name.partition("_")[0]))
    lines = []
    for name in names:
        values = live.columns[name]
        known = values[inside][~np.isnan(values[inside])] if group else np.zeros(0)
        median = float(np.median(known)) if known.size else float("nan")
        lines.append(Line(name, float(values[row]), median, float("nan") if peer is None else float(values[peer])))
    return Profile(group, tuple(lines))


def _group(table: RunTable, row: int) -> tuple[str, np.ndarray]:
    """Return the value of the first group that a territory is in, and who else is."""
    for group in table.groups:
        values = table.columns.get(f"group_{group}")
        if values is not None and values[row]:
            return str(values[row]), values == values[row]
    return "", np.zeros(len(table), dtype=bool)
