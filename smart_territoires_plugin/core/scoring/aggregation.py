"""Scores of indicators → one composite score; each method is a function and a line in ``AGGREGATIONS``.

A missing score is left out and the weights of the others are renormalised; a territory without any score has none.
``weights`` may hold several draws at once: shape (n_indicators,) or (n_indicators, n_draws).
"""

from __future__ import annotations

import numpy as np


def _weighted(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    known = ~np.isnan(scores)
    # Not a matrix product: its bits depend on how many cores the library behind it uses.
    above = np.einsum("ti,i...->t...", np.where(known, scores, 0.0), weights)
    below = np.einsum("ti,i...->t...", known.astype(float), weights)
    mean = np.full(np.shape(above), np.nan)
    np.divide(above, below, out=mean, where=below > 0)
    return mean


def arithmetic_mean(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the weighted arithmetic mean: a low score can be made good by a high one.

    Parameters
    ----------
    scores : ndarray, shape (n_territories, n_indicators)
    weights : ndarray, shape (n_indicators,) or (n_indicators, n_draws)

    Returns
    -------
    ndarray, shape (n_territories,) or (n_territories, n_draws)
        On the scale of the scores.

    Examples
    --------
    >>> arithmetic_mean(np.array([[10.0, 40.0], [10.0, np.nan]]), np.array([2.0, 1.0])).tolist()
    [20.0, 10.0]
    """
    return _weighted(scores, np.asarray(weights, dtype=float))


def geometric_mean(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the weighted geometric mean: a low score weighs on the whole.

    Scores must be above 0, which the check of the study sees to (OECD/JRC Handbook, 2008, step 6).

    Examples
    --------
    >>> float(geometric_mean(np.array([[10.0, 40.0]]), np.array([1.0, 1.0]))[0].round(9))
    20.0
    """
    return np.exp(_weighted(np.log(scores), np.asarray(weights, dtype=float)))


AGGREGATIONS = {"arithmetic_mean": arithmetic_mean, "geometric_mean": geometric_mean}
