"""Indicators in their own units → comparable scores; each method is a function and a line in ``NORMALISATIONS``."""

from __future__ import annotations

import numpy as np


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
    least, most = np.nanmin(values), np.nanmax(values)
    if most == least:
        return np.full(len(values), np.nan)
    share = (values - least) / (most - least)
    if direction < 0:
        share = 1 - share
    return low + (high - low) * share


def z_score(values, direction=1):
    """Centre on the mean and divide by the sample standard deviation.

    Returns
    -------
    ndarray, shape (n_territories,)
        In standard deviations; mean 0, unbounded; NaN stays NaN (OECD/JRC Handbook, 2008, step 5).

    Examples
    --------
    >>> z_score(np.array([1.0, 2.0, 3.0]), direction=-1).tolist()
    [1.0, -0.0, -1.0]
    """
    known = values[~np.isnan(values)]
    if known.size < 2 or known.min() == known.max():
        return np.full(len(values), np.nan)
    return direction * (values - known.mean()) / known.std(ddof=1)


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


NORMALISATIONS = {"min_max": min_max, "z_score": z_score, "percentile_rank": percentile_rank, "rank": rank}
