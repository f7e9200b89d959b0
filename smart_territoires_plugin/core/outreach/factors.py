"""The success factors of a territory: what it can lean on, and the levers that it lacks, beside the others' middle."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smart_territoires_plugin.core.messages.numbers import with_unit
from smart_territoires_plugin.core.messages.units import text_unit
from smart_territoires_plugin.core.results.evidence import Evidence
from smart_territoires_plugin.core.scoring.profile import standings, strengths, weaknesses

SHOWN = 3


@dataclass(frozen=True)
class OwnValue:
    """One value of a territory, and the median of all.

    Parameters
    ----------
    indicator, name, value, median : str
        Identifier, then texts in the language, the last two with their unit.
    """

    indicator: str
    name: str
    value: str
    median: str


def strong_and_weak(evidence: Evidence, lang: str) -> tuple[tuple[OwnValue, ...], tuple[OwnValue, ...]]:
    """Return the success factors where a territory is best placed, and those where it is worst.

    Only what was measured and counts in the readiness; three of each at most, the most marked first. Where many share
    a score it is strong only if the lowest of their ranks is, and weak only if the best is.
    """
    state = evidence.state
    counts = np.zeros(len(state["indicators"]), dtype=bool)
    counts[evidence.members] = True
    counts &= (state["weights"] > 0) & ~state["imputed"][evidence.index]
    scores = np.where(counts, state["normalised"], np.nan)
    strong = strengths(standings(scores, evidence.index, ties="min"), SHOWN)
    weak = weaknesses(standings(scores, evidence.index, ties="max"), SHOWN)
    return (
        tuple(own_value(evidence, item.column, lang) for item in strong),
        tuple(own_value(evidence, item.column, lang) for item in weak),
    )


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
