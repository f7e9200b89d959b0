"""Whether a correlation could be chance: p-values of Pearson correlations, which need the t distribution."""

from __future__ import annotations

import numpy as np

from smart_territoires_plugin.core.scoring.correlation import correlations, pair_counts


def correlation_p_values(scores: np.ndarray) -> np.ndarray:
    """Return how often columns without a relation would be correlated as much as these, or more.

    Parameters
    ----------
    scores : ndarray, shape (n_territories, n_columns)
        NaN where missing; a pair rests on the territories that have both.

    Returns
    -------
    ndarray, shape (n_columns, n_columns)
        0–1, two-sided; 0 for a perfect correlation; NaN where there is no correlation, or fewer than three territories.

    Notes
    -----
    Student's t with n − 2 degrees of freedom: exact for normal columns, near enough for many territories. The
    territories are taken as if drawn from more; where they are all there are, it says how small a set they are.

    Examples
    --------
    >>> scores = np.array([[1.0, 2.0], [2.0, 1.0], [3.0, 4.0], [4.0, 3.0]])
    >>> correlation_p_values(scores).round(9).tolist()
    [[0.0, 0.4], [0.4, 0.0]]
    """
    from scipy import stats

    found = correlations(scores)
    free = pair_counts(np.asarray(scores, dtype=float)) - 2
    told = ~np.isnan(found) & (free > 0)
    rest = np.where(told, 1 - np.where(told, found, 0.0) ** 2, 1.0)
    perfect = told & (rest <= 0)
    t = np.abs(np.where(told, found, 0.0)) * np.sqrt(np.where(told, free, 1.0) / np.where(perfect, 1.0, rest))
    p_values = np.where(perfect, 0.0, 2 * stats.t.sf(t, np.where(told, free, 1.0)))
    return np.where(told, p_values, np.nan)


def significant_correlations(scores: np.ndarray, level: float = 0.05) -> np.ndarray:
    """Return the correlations that chance does not explain; NaN for the others.

    Parameters
    ----------
    scores : ndarray, shape (n_territories, n_columns)
    level : float
        A correlation is shown where its p-value is at most this (COINr: 0.05).

    Returns
    -------
    ndarray, shape (n_columns, n_columns)
    """
    p_values = correlation_p_values(scores)
    return np.where(np.where(np.isnan(p_values), 2.0, p_values) <= level, correlations(scores), np.nan)
