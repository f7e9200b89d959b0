"""Why a territory entered or left a list: one cause each, from what its own figures did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from smart_territoires_plugin.core.comparing_runs import Comparison, Run
from smart_territoires_plugin.core.comparison_table import main_causes, segment_causes
from smart_territoires_plugin.core.scoring.normalisation import percentile_rank

CAUSES = (
    "territories",
    "decision",
    "outreach",
    "activity",
    "coverage",
    "data",
    "weights",
    "method",
    "relative",
    "units",
)
# Points of percentile: a part of the priority that moved by less did not carry anybody over the end of a list.
_LITTLE = 1e-6
_OF_SCORE = {"values": "data", "others": "relative", "weights": "weights", "method": "method", "": "relative"}


@dataclass(frozen=True)
class Cause:
    """Why, with the composite that carried it ('' where none did)."""

    name: str
    composite: str = ""


@dataclass(frozen=True)
class Sides:
    """Two runs side by side, and who was called in between."""

    comparison: Comparison
    called: frozenset

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """Rows of ``comparison.moves`` by code."""
        return {str(code): row for row, code in enumerate(self.comparison.moves.codes)}

    @cached_property
    def segment_causes(self) -> np.ndarray:
        """Of ``comparison_table.segment_causes``."""
        return segment_causes(self.comparison)

    @cached_property
    def score_causes(self) -> Mapping[str, np.ndarray]:
        """Main cause of the change of each composite."""
        return {name: main_causes(self.comparison, name) for name in self.comparison.changes}

    @cached_property
    def percentiles(self) -> tuple[Mapping[str, np.ndarray], Mapping[str, np.ndarray]]:
        """Percentiles of the parts of the priority in either run, in its own order."""
        return tuple(_percentiles(run, list(self.comparison.changes)) for run in self.runs)

    @cached_property
    def asked(self) -> str:
        """What the studies ask for otherwise, where nothing else differs: ``weights``, ``method``, or ``''``."""
        found = self.comparison.differences
        both = [code for code in self.rows if min(self.at(code)) >= 0]
        if found.values or len(both) < len(self.rows) or any(_own_activity(self, code) for code in both):
            return ""
        judged = [key for key in found.methods if key.startswith(("themes: ", "targeting: priority"))]
        if found.weights or judged:
            return "weights"
        return "method" if found.methods or found.gone or found.new else ""

    @property
    def runs(self) -> tuple[Run, Run]:
        """Before and after."""
        return self.comparison.before, self.comparison.after

    def at(self, code: str) -> tuple[int, int]:
        """Return the rows of a territory in either run, -1 where it is not."""
        row = self.rows[code]
        return int(self.comparison.moves.before[row]), int(self.comparison.moves.after[row])

    def text(self, code: str, column: str) -> tuple[str, str]:
        """Return a text of a territory in either run."""
        pair = zip(self.runs, self.at(code), strict=True)
        return tuple(str(run.table[column][row]) if row >= 0 and column in run.table else "" for run, row in pair)

    def number(self, code: str, column: str) -> tuple[float, float]:
        """Return a number of a territory in either run, NaN where there is none."""
        return tuple(float(item) if item else float("nan") for item in self.text(code, column))


def decisions_of(run: Run) -> dict[str, Mapping[str, Any]]:
    """Return what persons decided in a run, by code; the last of each."""
    made = (run.manifest["study"]["content"].get("targeting") or {}).get("decisions") or ()
    return {str(decision["code"]): decision for decision in made}


def _percentiles(run: Run, composites: list[str]) -> dict[str, np.ndarray]:
    stakes = [name for name in composites if name.startswith("score_")]
    return {
        "evidence": run.numbers("evidence"),
        **{name: percentile_rank(run.numbers(name)) for name in ("readiness", *stakes)},
    }


def cause_of(sides: Sides, code: str, entered: bool, listed_by_rank: bool) -> Cause:
    """Return why a territory entered or left a list.

    Parameters
    ----------
    listed_by_rank : bool
        Whether the list has an end that a rank passes, as those to engage; else the segment alone decides.
    """
    found = _cause(sides, code, entered, listed_by_rank)
    # Where nobody's figures changed, others moved by what the studies ask for.
    return Cause(sides.asked, found.composite) if found.name == "relative" and sides.asked else found


def _cause(sides: Sides, code: str, entered: bool, listed_by_rank: bool) -> Cause:
    if code not in sides.rows:
        return Cause("units")
    before, after = sides.at(code)
    if min(before, after) < 0:
        return Cause("territories")
    first, second = (decisions_of(run).get(code, {}) for run in sides.runs)
    if first.get("action") != second.get("action"):
        return Cause("decision")
    cause = sides.segment_causes[sides.rows[code]]
    if cause == "coverage":
        return Cause("coverage", "readiness")
    if cause == "activity":
        return _of_activity(sides, code)
    if cause == "threshold":
        return Cause(_given(sides, "thresholds", "method"), "readiness")
    if cause:
        return Cause(_of_score(sides, code, "readiness", cause), "readiness")
    return _of_rank(sides, code, entered) if listed_by_rank else Cause("relative", "readiness")


def _own_activity(sides: Sides, code: str) -> bool:
    count, status = sides.number(code, "activity_count"), sides.text(code, "activity_status")
    return status[0] != status[1] or not (count[0] == count[1] or all(map(np.isnan, count)))


def _of_activity(sides: Sides, code: str) -> Cause:
    if _own_activity(sides, code):
        return Cause("outreach" if code in sides.called else "activity")
    return Cause(_given(sides, "thresholds", "method"), "readiness")


def _of_score(sides: Sides, code: str, composite: str, cause: str) -> str:
    if cause == "values" and not changed_indicators(sides, code, composite):
        return "relative"
    if cause or sides.comparison.changes.get(composite) is not None:
        return _OF_SCORE[cause]
    # The change could not be taken apart: what differs at all is told, the nearest to the territory first.
    found = sides.comparison.differences
    if changed_indicators(sides, code, composite):
        return "data"
    return "weights" if found.weights else "method" if found.methods or found.gone or found.new else "relative"


def _of_rank(sides: Sides, code: str, entered: bool) -> Cause:
    """Return what carried a territory over the end of the list: the part of its priority that moved most that way."""
    at = sides.at(code)
    themes = sides.text(code, "recommended_theme")
    found = {}
    for part in ("readiness", "evidence"):
        found[part] = tuple(p[part][row] for p, row in zip(sides.percentiles, at, strict=True))
    stakes = [f"score_{theme}" for theme in themes]
    found["stake"] = tuple(p[s][r] if s in p else np.nan for p, s, r in zip(sides.percentiles, stakes, at, strict=True))
    sign = 1 if entered else -1
    won = {part: sign * (pair[1] - pair[0]) for part, pair in found.items() if not np.isnan(pair[1] - pair[0])}
    part = max(won, key=won.get, default="")
    if part and won[part] > _LITTLE:
        if part == "evidence":
            return (
                Cause("outreach" if code in sides.called else "activity")
                if _own_activity(sides, code)
                else (Cause(_of_people(sides, code), ""))
            )
        composite = "readiness" if part == "readiness" else stakes[1]
        if part == "stake" and themes[0] != themes[1]:
            changed = _weights_of_themes(sides)
            return Cause("weights" if changed else _of_activity_themes(sides, code), composite)
        cause = sides.score_causes.get(composite, np.full(len(sides.rows), ""))[sides.rows[code]]
        return Cause(_of_score(sides, code, composite, cause), composite)
    for key, name in (("priority", "weights"), ("shortlist", "method")):
        given = _given(sides, key, name)
        if given != "relative":
            return Cause(given, "readiness")
    return Cause("relative", "readiness")


def _of_people(sides: Sides, code: str) -> str:
    people = sides.number(code, "population")
    return "data" if people[0] != people[1] and not all(map(np.isnan, people)) else "relative"


def _of_activity_themes(sides: Sides, code: str) -> str:
    if _own_activity(sides, code):
        return "outreach" if code in sides.called else "activity"
    return "relative"


def _weights_of_themes(sides: Sides) -> bool:
    weights = [{t["id"]: t["weight"] for t in run.manifest["study"]["themes"]} for run in sides.runs]
    return weights[0] != weights[1]


def _given(sides: Sides, key: str, name: str) -> str:
    """Return a cause where the studies ask for something else under a key of ``targeting``, else ``relative``."""
    asked = [(run.manifest["study"]["content"].get("targeting") or {}).get(key) for run in sides.runs]
    return name if asked[0] != asked[1] else "relative"


def changed_indicators(sides: Sides, code: str, composite: str) -> list[tuple[str, float, float]]:
    """Return the indicators of a composite of which the territory has another value, the weightiest move first.

    With '' as the composite, those of any.

    Returns
    -------
    list of (id, value before, value after)
        In the indicator's own unit; NaN where missing.
    """
    first, second = sides.runs
    at = sides.at(code)
    place = [{str(name): column for column, name in enumerate(run.state["indicators"])} for run in (first, second)]
    found = []
    for name in place[1]:
        if name not in place[0] or not _belongs(second, place[1][name], composite):
            continue
        columns = place[0][name], place[1][name]
        was, now = (
            float(run.state["values"][row, c]) for run, row, c in zip((first, second), at, columns, strict=True)
        )
        if was == now or (np.isnan(was) and np.isnan(now)):
            continue
        scores = [run.state["normalised"][row, c] for run, row, c in zip((first, second), at, columns, strict=True)]
        found.append(
            (abs(np.nan_to_num(scores[1]) - np.nan_to_num(scores[0])) * second.weights[columns[1]], name, was, now)
        )
    found.sort(key=lambda item: -item[0])
    return [(name, was, now) for _, name, was, now in found]


def untouched(sides: Sides, code: str) -> bool:
    """Say whether no figure of a territory's own changed: indicators, projects, population."""
    return not (changed_indicators(sides, code, "") or _own_activity(sides, code) or _of_people(sides, code) == "data")


def _belongs(run: Run, column: int, composite: str) -> bool:
    if not composite:
        return True
    role = str(run.state["roles"][column])
    if composite.startswith("score_"):
        return role == "stake" and f"score_{run.state['themes'][column]}" == composite
    return role == "success_factor"
