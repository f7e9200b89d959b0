"""Means with a penalty for imbalance: of two territories with the same mean, the more even one scores higher."""

from __future__ import annotations

import numpy as np

from smart_territoires_plugin.core.scoring.means import positive_scores, weighted_mean


def mazziotta_pareto(scores: np.ndarray, weights: np.ndarray, penalty: str = "negative") -> np.ndarray:
    """Return mean ∓ standard deviation × coefficient of variation of each territory's scores.

    Parameters
    ----------
    scores : ndarray, shape (n_territories, n_indicators)
        Meant for z-scores of mean 100 and standard deviation 10.
    weights : ndarray, shape (n_indicators,) or (n_indicators, n_draws)
        Both the mean and the deviation (of the population, not of a sample) are weighted.
    penalty : {"negative", "positive"}
        ``negative`` takes the penalty away, where more is better; ``positive`` adds it, where the index measures a
        lack.

    Returns
    -------
    ndarray, shape (n_territories,) or (n_territories, n_draws)
        On the scale of the scores.

    Raises
    ------
    ScoringError
        If a score is not above 0, where a coefficient of variation has no meaning.

    Notes
    -----
    Mazziotta and Pareto (2016), Social Indicators Research 127. Not monotone: a higher score in one indicator can cost
    more in balance than it gains.

    Examples
    --------
    >>> mazziotta_pareto(np.array([[100.0, 100.0], [90.0, 110.0]]), np.array([1.0, 1.0])).tolist()
    [100.0, 99.0]
    """
    return _balanced("mazziotta_pareto", scores, weights, penalty)


def adjusted_mazziotta_pareto(scores: np.ndarray, weights: np.ndarray, penalty: str = "negative") -> np.ndarray:
    """Return the adjusted Mazziotta–Pareto index, comparable over time.

    The formula is that of ``mazziotta_pareto``; what is adjusted is the scale below it: ``goalposts`` with ``low=70``
    and ``high=130``, set so that the reference scores 100, in place of z-scores.

    Notes
    -----
    Mazziotta and Pareto (2016), Social Indicators Research 127, section 3.

    Examples
    --------
    >>> adjusted_mazziotta_pareto(np.array([[90.0, 110.0]]), np.array([1.0, 1.0]), penalty="positive").tolist()
    [101.0]
    """
    return _balanced("adjusted_mazziotta_pareto", scores, weights, penalty)


def _balanced(name: str, scores: np.ndarray, weights: np.ndarray, penalty: str) -> np.ndarray:
    scores = positive_scores(name, scores, weights)
    weights = np.asarray(weights, dtype=float)
    mean = weighted_mean(scores, weights)
    # From deviations, and not from squares: nothing is lost where scores differ little.
    squares, known_weights = np.zeros(mean.shape), np.zeros(mean.shape)
    for column, weight in enumerate(weights):
        known = ~np.isnan(scores[:, column])
        own = np.where(known, scores[:, column], 0.0)
        own, known = (part.reshape(-1, *([1] * (mean.ndim - 1))) for part in (own, known))
        squares += np.where(known, weight * (own - mean) ** 2, 0.0)
        known_weights += known * weight
    variance = np.full(mean.shape, np.nan)
    np.divide(squares, known_weights, out=variance, where=known_weights > 0)
    sign = {"negative": -1, "positive": 1}[penalty]
    return mean + sign * variance / mean
