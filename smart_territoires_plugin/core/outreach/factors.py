"""Own values of a territory beside medians: its stakes, what it can lean on, and the levers that it lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from smart_territoires_plugin.core.messages.numbers import with_unit
from smart_territoires_plugin.core.messages.units import text_unit
from smart_territoires_plugin.core.results.evidence import Evidence
from smart_territoires_plugin.core.scoring.hierarchy import Hierarchy
from smart_territoires_plugin.core.scoring.state import hierarchy_in
from smart_territoires_plugin.core.targeting.levers import levers


@dataclass(frozen=True)
class OwnValue:
    """One value of a territory, and the median that it is held against.

    Parameters
    ----------
    indicator, name, value, median : str
        Identifier, then texts in the language, the last two with their unit.
    """

    indicator: str
    name: str
    value: str
    median: str


@dataclass(frozen=True)
class HeldScores:
    """The scores of a run as the results hold them; what ``targeting.levers`` looks at, no more.

    Parameters
    ----------
    composites : mapping of name to ndarray
        Columns of the readiness.
    hierarchy : Hierarchy
    element_weights : ndarray
    normalised, completed, imputed : ndarray, shape (n_territories, n_indicators)
    columns : mapping of name to ndarray
        The segment of every territory.
    """

    composites: Mapping[str, np.ndarray]
    hierarchy: Hierarchy
    element_weights: np.ndarray
    normalised: np.ndarray
    completed: np.ndarray
    imputed: np.ndarray
    columns: Mapping[str, np.ndarray]


def held_scores(evidence: Evidence) -> HeldScores:
    """Return the scores of the run that a territory's evidence belongs to."""
    state = evidence.state
    return HeldScores(
        {"readiness": evidence.members} if evidence.members.size else {},
        hierarchy_in(state),
        state["element_weights"],
        state["normalised"],
        state["completed"],
        state["imputed"],
        {"segment": evidence.texts("segment")},
    )


def strong_and_weak(evidence: Evidence, lang: str) -> tuple[tuple[OwnValue, ...], tuple[OwnValue, ...]]:
    """Return the success factors that a territory can lean on, and the levers that it lacks, as ``levers`` finds them.

    The strengths are shown beside the median of all territories, the levers beside that of the showcases; three of each
    at most, the most telling first.
    """
    scores = held_scores(evidence)
    found = levers(None, scores, scores, evidence.index)
    strong = tuple(own_value(evidence, item.column, lang) for item in found.strengths)
    weak = []
    for item in found.missing:
        unit = text_unit(evidence.indicator(item.column)["unit"], lang)
        weak.append(replace(own_value(evidence, item.column, lang), median=with_unit(item.showcase, unit, lang)))
    return strong, tuple(weak)


def stake_values(evidence: Evidence, theme: str, lang: str) -> tuple[OwnValue, ...]:
    """Return the measured values that make the stake of a theme, those that set it apart most first."""
    state = evidence.state
    counts = (state["roles"] == "stake") & (state["themes"] == theme) & (state["weights"] > 0) & state["usable"]
    known = ~state["imputed"][evidence.index] & ~np.isnan(state["completed"][evidence.index])
    columns = np.flatnonzero(counts & known)
    # Where nearly all have the highest score, it says little of this one.
    middle = np.nanmedian(state["normalised"][:, columns], axis=0) if columns.size else np.empty(0)
    apart = state["weights"][columns] * (state["normalised"][evidence.index, columns] - middle)
    return tuple(own_value(evidence, column, lang) for column in columns[np.argsort(-apart, kind="stable")])


def own_value(evidence: Evidence, column: int, lang: str) -> OwnValue:
    """Return a territory's own value of an indicator, and the median of what was measured."""
    state, described = evidence.state, evidence.indicator(column)
    measured = state["completed"][~state["imputed"][:, column], column]
    unit = text_unit(described["unit"], lang)
    middle = with_unit(float(np.median(measured[~np.isnan(measured)])), unit, lang)
    return OwnValue(described["id"], described["name"][lang], evidence.measured(column, lang), middle)
