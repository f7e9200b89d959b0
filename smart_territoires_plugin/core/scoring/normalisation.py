"""Indicators in their own units → comparable scores; each method is a function and a line in ``NORMALISATIONS``.

Those here compare the territories with one another, so none of them has a score where all are equal or one alone is
known: NaN everywhere. Those of ``absolute_scales`` compare each with given bounds. Missing values stay missing, and
infinite ones are refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from smart_territoires_plugin.core.errors import Problem, ScoringError
from smart_territoires_plugin.core.scoring.absolute_scales import (
    curve,
    distance_to_reference,
    goalposts,
    scaled,
    thresholds,
)
from smart_territoires_plugin.core.scoring.finite import known_values
from smart_territoires_plugin.core.study.model import Method


def min_max(values, direction=1, low=1.0, high=100.0):
    """Rescale an indicator linearly onto an interval.

    Parameters
    ----------
    values : ndarray, shape (n_territories,)
        The indicator in its own unit; NaN where it is missing, and stays NaN.
    direction : {1, -1}
        1 if a higher value scores higher, -1 if it scores lower.
    low, high : float
        Scores of the worst and of the best of the set.

    Returns
    -------
    ndarray, shape (n_territories,)
        Dimensionless, ``low`` to ``high``; NaN everywhere for a constant indicator.

    Notes
    -----
    Relative to the territories supplied (OECD/JRC Handbook, 2008, step 5).

    Examples
    --------
    >>> min_max(np.array([0.0, 5.0, 10.0]), low=0).tolist()
    [0.0, 50.0, 100.0]
    """
    known = known_values(values)
    if known.size == 0 or known.min() == known.max():
        return np.full(len(values), np.nan)
    least, most = known.min(), known.max()
    share = (values - least) / (most - least)
    if direction < 0:
        share = 1 - share
    return low + (high - low) * share


def z_score(values, direction=1, mean=0.0, deviation=1.0):
    """Centre on the mean and divide by the sample standard deviation.

    Parameters
    ----------
    mean, deviation : float
        Mean and sample standard deviation of the scores: 100 and 10 for the Mazziotta–Pareto index.

    Returns
    -------
    ndarray, shape (n_territories,)
        Unbounded; NaN stays NaN, and everywhere for a constant indicator (OECD/JRC Handbook, 2008, step 5).

    Examples
    --------
    >>> z_score(np.array([1.0, 2.0, 3.0]), direction=-1).tolist()
    [1.0, 0.0, -1.0]
    """
    known = known_values(values)
    spread = known.std(ddof=1) if known.size > 1 and known.min() < known.max() else 0.0
    if spread == 0:
        return np.full(len(values), np.nan)
    return mean + deviation * (direction * (values - known.mean()) / spread)


def rank(values, direction=1, ties="mean"):
    """Number the territories from the worst, 1, to the best, n.

    Parameters
    ----------
    ties : {"min", "mean", "max"}
        Which of the ranks that equal values share each of them gets.

    Examples
    --------
    >>> rank(np.array([4.0, 9.0, 4.0, np.nan])).tolist()
    [1.5, 3.0, 1.5, nan]
    """
    known_values(values)
    ranks = np.full(len(values), np.nan)
    known = np.flatnonzero(~np.isnan(values))
    if known.size == 0:
        return ranks
    _, group, sizes = np.unique(direction * values[known], return_inverse=True, return_counts=True)
    last = np.cumsum(sizes)
    first = last - sizes + 1
    shared = {"min": first, "mean": (first + last) / 2, "max": last}[ties]
    ranks[known] = shared[group]
    return ranks


def percentile_rank(values, direction=1, ties="mean"):
    """Return 100·(r − 1)/(n − 1), with r the rank from the worst and n the number of values.

    Returns
    -------
    ndarray, shape (n_territories,)
        0 (worst of the set) to 100 (best of the set); NaN stays NaN, and a single value has no percentile rank.

    Examples
    --------
    >>> percentile_rank(np.array([3.0, 1.0, 2.0])).tolist()
    [100.0, 0.0, 50.0]
    """
    known = int((~np.isnan(values)).sum())
    if known < 2:
        return np.full(len(values), np.nan)
    return 100 * (rank(values, direction, ties) - 1) / (known - 1)


def percentile_rank_rows(rows):
    """Return the percentile rank within each row of a matrix, ties at their mean: ``percentile_rank``, many at once.

    Parameters
    ----------
    rows : ndarray, shape (n_draws, n_territories)
        NaN where missing, at the same territories in every row.

    Returns
    -------
    ndarray, shape (n_draws, n_territories)
        0–100; NaN stays NaN.

    Examples
    --------
    >>> percentile_rank_rows(np.array([[3.0, 1.0, np.nan, 2.0], [1.0, 1.0, np.nan, 5.0]])).tolist()
    [[100.0, 0.0, nan, 50.0], [25.0, 25.0, nan, 100.0]]
    """
    known = np.flatnonzero(~np.isnan(rows[0]))
    ranks = np.full(rows.shape, np.nan)
    if known.size < 2:
        return ranks
    values = np.ascontiguousarray(rows[:, known])
    order = np.argsort(values, axis=1)
    ordered = np.take_along_axis(values, order, axis=1)
    # Each run of equal values shares the mean of its first and last place.
    places = np.arange(known.size, dtype=float)
    edges = np.ones((len(rows), known.size + 1), dtype=bool)
    np.not_equal(ordered[:, 1:], ordered[:, :-1], out=edges[:, 1:-1])
    first = np.maximum.accumulate(np.where(edges[:, :-1], places, -1.0), axis=1)
    last = np.minimum.accumulate(np.where(edges[:, 1:], places, known.size)[:, ::-1], axis=1)[:, ::-1]
    shared = np.empty_like(values)
    np.put_along_axis(shared, order, (first + last) / 2, axis=1)
    ranks[:, known] = 100 * shared / (known.size - 1)
    return ranks


def borda(values, direction=1):
    """Count the territories that each one beats; one that it equals counts half.

    Returns
    -------
    ndarray, shape (n_territories,)
        0 (worst of the set) to n − 1 (best of the set); NaN stays NaN, and a single value beats none: 0.

    Notes
    -----
    J.-C. de Borda (1781); equal to the rank less 1, ties at their mean.

    Examples
    --------
    >>> borda(np.array([4.0, 9.0, 4.0, np.nan])).tolist()
    [0.5, 2.0, 0.5, nan]
    """
    return rank(values, direction) - 1


def distance_to_maximum(values, direction=1):
    """Return 1 − (best − x)/(best − worst): how near each territory comes to the best of the set.

    Returns
    -------
    ndarray, shape (n_territories,)
        0 (worst of the set) to 1 (best of the set); NaN stays NaN (COINr: ``n_dist2max``).

    Examples
    --------
    >>> distance_to_maximum(np.array([0.0, 5.0, 10.0]), direction=-1).tolist()
    [1.0, 0.5, 0.0]
    """
    return min_max(values, direction, 0.0, 1.0)


def fraction_of_maximum(values, direction=1):
    """Return x/max(x), or min(x)/x where less is better.

    Returns
    -------
    ndarray, shape (n_territories,)
        1 for the best of the set; NaN stays NaN.

    Raises
    ------
    ScoringError
        If no value is above 0; where less is better, if any is not.

    Notes
    -----
    COINr: ``n_fracmax``; where less is better, its change of sign would score the worst highest, so the ratio is turned
    over (Hwang and Yoon, 1981, simple additive weighting).

    Examples
    --------
    >>> fraction_of_maximum(np.array([1.0, 2.0, 4.0])).tolist()
    [0.25, 0.5, 1.0]
    >>> fraction_of_maximum(np.array([1.0, 2.0, 4.0]), direction=-1).tolist()
    [1.0, 0.5, 0.25]
    """
    known = known_values(values)
    if known.size == 0 or known.min() == known.max():
        return np.full(len(values), np.nan)
    decisive = known.max() if direction > 0 else known.min()
    if decisive <= 0:
        raise ScoringError(Problem("method.fraction_not_positive", "scoring.normalisation", {"value": float(decisive)}))
    return values / decisive if direction > 0 else decisive / values


NORMALISATIONS = {
    "min_max": min_max,
    "goalposts": goalposts,
    "z_score": z_score,
    "percentile_rank": percentile_rank,
    "rank": rank,
    "borda": borda,
    "distance_to_reference": distance_to_reference,
    "distance_to_maximum": distance_to_maximum,
    "fraction_of_maximum": fraction_of_maximum,
    "scaled": scaled,
    "curve": curve,
    "thresholds": thresholds,
}


def normalise(
    values: np.ndarray, identifiers: Sequence[str], directions: Sequence[int], methods: Sequence[Method]
) -> np.ndarray:
    """Normalise every indicator by its own method.

    Parameters
    ----------
    values : ndarray, shape (n_territories, n_indicators)
        In their own units; NaN where missing.
    identifiers, directions, methods : sequences
        One of each per indicator.

    Returns
    -------
    ndarray, shape (n_territories, n_indicators)

    Raises
    ------
    ScoringError
        With the problems of all indicators, each named.

    Examples
    --------
    >>> normalise(np.array([[1.0], [3.0]]), ("noise",), (-1,), (Method("min_max"),)).tolist()
    [[100.0], [1.0]]
    """
    normalised = np.full(values.shape, np.nan)
    problems = []
    for column, (identifier, direction, method) in enumerate(zip(identifiers, directions, methods)):
        try:
            normalised[:, column] = NORMALISATIONS[method.name](values[:, column], direction, **method.parameters)
        except ScoringError as refused:
            problems += [replace(problem, where=identifier) for problem in refused.problems]
    if problems:
        raise ScoringError(*problems)
    return normalised
