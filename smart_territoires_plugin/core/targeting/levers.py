"""Levers: the success factors that a territory can lean on, and those by which showcases are ahead of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.messages.numbers import with_unit
from smart_territoires_plugin.core.messages.units import text_unit
from smart_territoires_plugin.core.scoring.composite import Scores
from smart_territoires_plugin.core.scoring.hierarchy import leaf_weights
from smart_territoires_plugin.core.study import Study
from smart_territoires_plugin.core.targeting.target import Targeting

SHOWN = 3


@dataclass(frozen=True)
class Medians:
    """The middle of each indicator, as a value that a territory has: the lower of two in the middle.

    Parameters
    ----------
    scores, values : ndarray, shape (n_indicators,)
        Normalised, and in its own unit; NaN where nobody's is known.
    """

    scores: np.ndarray
    values: np.ndarray


@dataclass(frozen=True)
class Lever:
    """One success factor of a territory beside the middle of the showcases, both in its own unit.

    Parameters
    ----------
    column : int
        Of the indicator.
    value, showcase : float
        NaN for ``showcase`` where there is none.
    weighted : float
        Points of readiness: of a strength what it adds, of a missing lever what it would add.
    """

    column: int
    value: float
    showcase: float
    weighted: float


@dataclass(frozen=True)
class Levers:
    """What to lean on, and what to build up; the most telling first."""

    strengths: tuple[Lever, ...]
    missing: tuple[Lever, ...]


def medians(scores: Scores, rows: np.ndarray) -> Medians:
    """Return the medians of some territories, of what was measured.

    Parameters
    ----------
    rows : ndarray of int or bool
        Of the territories; no imputed value counts.
    """
    normalised = np.where(scores.imputed, np.nan, scores.normalised)[rows]
    completed = scores.completed[rows]
    width = normalised.shape[1]
    middle, value = np.full(width, np.nan), np.full(width, np.nan)
    for column in range(width):
        known = np.flatnonzero(~np.isnan(normalised[:, column]) & ~np.isnan(completed[:, column]))
        if known.size:
            order = known[np.lexsort((completed[known, column], normalised[known, column]))]
            row = order[(known.size - 1) // 2]
            middle[column], value[column] = normalised[row, column], completed[row, column]
    return Medians(middle, value)


def showcase_medians(scores: Scores, targeting: Targeting) -> Medians:
    """Return the medians of the showcases; ``levers`` of many territories need them once."""
    return medians(scores, targeting.columns["segment"] == "showcase")


def levers(
    study: Study,
    scores: Scores,
    targeting: Targeting,
    row: int,
    showcases: Medians | None = None,
    everybody: Medians | None = None,
) -> Levers:
    """Return the strengths and the missing levers of a territory.

    A strength is a success factor above the median of all territories, the more it adds to the readiness the better; a
    missing lever is one below the median of the showcases, by weight × shortfall. What was imputed is neither.

    Parameters
    ----------
    row : int
    showcases, everybody : Medians, optional
        ``showcase_medians`` and the ``medians`` of all; found here where not given.

    Returns
    -------
    Levers
        Three of each at most; none where the study has no success factor.
    """
    if "readiness" not in scores.composites:
        return Levers((), ())
    showcases = showcases or showcase_medians(scores, targeting)
    everybody = everybody or medians(scores, np.arange(len(scores.normalised)))
    members = scores.composites["readiness"]
    place = scores.hierarchy.column_of("readiness") - scores.hierarchy.n_indicators
    weights = leaf_weights(scores.hierarchy, scores.element_weights)[place, members]
    own = np.where(scores.imputed[row] | np.isnan(scores.completed[row]), np.nan, scores.normalised[row])[members]
    gained, lacking = weights * own, weights * (showcases.scores[members] - own)
    strong = (weights > 0) & (own > everybody.scores[members])
    weak = (weights > 0) & (lacking > 0)
    return Levers(
        _listed(scores, row, showcases, members, np.where(strong, gained, np.nan)),
        _listed(scores, row, showcases, members, np.where(weak, lacking, np.nan)),
    )


def _listed(scores: Scores, row: int, showcases: Medians, members: np.ndarray, worth: np.ndarray) -> tuple[Lever, ...]:
    chosen = np.flatnonzero(~np.isnan(worth))
    chosen = chosen[np.argsort(-worth[chosen], kind="stable")][:SHOWN]
    return tuple(
        Lever(
            int(members[place]),
            float(scores.completed[row, members[place]]),
            float(showcases.values[members[place]]),
            float(worth[place]),
        )
        for place in chosen
    )


def lever_sentences(scores: Scores, found: Levers, lang: str) -> list[str]:
    """Return at most two sentences: the strengths, and the levers that are missing, with their values."""
    said = []
    for code, listed in (("lists.strengths", found.strengths), ("lists.missing_levers", found.missing)):
        if listed:
            named = text("lists.join", lang).join(_named(scores, lever, lang) for lever in listed)
            said.append(text(code, lang, named=named))
    return said


def _named(scores: Scores, lever: Lever, lang: str) -> str:
    indicator = scores.indicators[lever.column]
    unit = text_unit(indicator.unit, lang)
    own = with_unit(lever.value, unit, lang)
    if np.isnan(lever.showcase):
        return text("lists.lever_alone", lang, name=indicator.name[lang], value=own)
    other = with_unit(lever.showcase, unit, lang)
    if own == other and lever.value != lever.showcase:
        own, other = (with_unit(value, unit, lang, 3) for value in (lever.value, lever.showcase))
    return text("lists.lever", lang, name=indicator.name[lang], value=own, showcase=other)
