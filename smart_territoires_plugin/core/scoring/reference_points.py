"""Scores by distance: from the best and the worst that the set of territories reaches in each indicator."""

from __future__ import annotations

import numpy as np

from smart_territoires_plugin.core.scoring.means import known_weight

# Measures of the compromise that differ by less are equal: their shares of a range would be rounding alone.
_EQUAL = 1e-12


def _extremes(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    best, worst = np.fmax.reduce(scores, axis=0, initial=np.nan), np.fmin.reduce(scores, axis=0, initial=np.nan)
    return np.where(np.isnan(best), 0.0, best), np.where(np.isnan(worst), 0.0, worst)


def topsis(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return how near each territory is to the best of the set and how far from the worst (TOPSIS closeness).

    Parameters
    ----------
    scores : ndarray, shape (n_territories, n_indicators)
        Higher is better; taken as they are, so comparable scales are needed. NaN where missing: left out of both
        distances, which keeps their ratio.
    weights : ndarray, shape (n_indicators,) or (n_indicators, n_draws)

    Returns
    -------
    ndarray, shape (n_territories,) or (n_territories, n_draws)
        0 (the worst everywhere) to 100 (the best everywhere); 50 where nothing tells the territory from the others.

    Notes
    -----
    Hwang and Yoon (1981), Euclidean distances: 100·d⁻/(d⁺ + d⁻). The original divides each indicator by its vector
    norm first; here that step is the study's normalisation.

    Examples
    --------
    >>> topsis(np.array([[0.0, 0.0], [3.0, 4.0], [6.0, 8.0]]), np.array([1.0, 1.0])).tolist()
    [0.0, 50.0, 100.0]
    """
    weights = np.asarray(weights, dtype=float)
    best, worst = _extremes(scores)
    known = ~np.isnan(scores)
    to_best, to_worst = (
        np.sqrt(np.einsum("ti,i...->t...", np.where(known, scores - point, 0.0) ** 2, weights**2))
        for point in (best, worst)
    )
    both = to_best + to_worst
    closeness = np.full(both.shape, 0.5)
    np.divide(to_worst, both, out=closeness, where=both > 0)
    return np.where(known_weight(known, weights) > 0, 100 * closeness, np.nan)


def vikor_measures(
    scores: np.ndarray, weights: np.ndarray, v: float = 0.5
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the three measures of VIKOR: S over all indicators, R of the worst one, and the compromise Q.

    Parameters
    ----------
    scores : ndarray, shape (n_territories, n_indicators)
        Higher is better; their unit and scale do not matter. NaN where missing: the other weights are renormalised.
    weights : ndarray, shape (n_indicators,) or (n_indicators, n_draws)
    v : float
        Weight (0–1) of S in the compromise; R has the rest.

    Returns
    -------
    group_utility, individual_regret, compromise : ndarray, shape (n_territories,) or (n_territories, n_draws)
        S, R and Q: 0–1 each, lower is better. Where S or R is the same everywhere, Q is the other one's share; where
        both are, 0.5.

    Notes
    -----
    Opricovic and Tzeng (2004), European Journal of Operational Research 156.

    Examples
    --------
    >>> group_utility, individual_regret, compromise = vikor_measures(np.array([[-1.0, 0.0], [-5.0, 4.0]]), np.ones(2))
    >>> group_utility.tolist(), individual_regret.tolist(), compromise.tolist()
    ([0.5, 0.5], [0.5, 0.5], [0.5, 0.5])
    """
    weights = np.asarray(weights, dtype=float)
    best, worst = _extremes(scores)
    spread = best - worst
    known = ~np.isnan(scores)
    gaps = np.where(known & (spread > 0), best - scores, 0.0) / np.where(spread > 0, spread, 1.0)
    whole = known_weight(known, weights)
    totals, largest = np.einsum("ti,i...->t...", gaps, weights), np.zeros(whole.shape)
    for column, weight in enumerate(weights):
        gap = gaps[:, column].reshape(-1, *([1] * (whole.ndim - 1)))
        np.maximum(largest, gap * weight, out=largest)
    group_utility, individual_regret = np.full(whole.shape, np.nan), np.full(whole.shape, np.nan)
    np.divide(totals, whole, out=group_utility, where=whole > 0)
    np.divide(largest, whole, out=individual_regret, where=whole > 0)
    return group_utility, individual_regret, _compromise(group_utility, individual_regret, v)


def _compromise(group_utility: np.ndarray, individual_regret: np.ndarray, v: float) -> np.ndarray:
    above, below = np.zeros(group_utility.shape), np.zeros(group_utility.shape[1:])
    for measure, share in ((group_utility, v), (individual_regret, 1 - v)):
        least, most = (extreme.reduce(measure, axis=0, initial=np.nan) for extreme in (np.fmin, np.fmax))
        differs = most - least > _EQUAL
        above = above + share * np.where(differs, measure - least, 0.0) / np.where(differs, most - least, 1.0)
        below = below + share * differs
    made = np.where(below > 0, above / np.where(below > 0, below, 1.0), 0.5)
    return np.where(np.isnan(group_utility), np.nan, made)


def vikor(scores: np.ndarray, weights: np.ndarray, v: float = 0.5) -> np.ndarray:
    """Return 100·(1 − Q), with Q the compromise of VIKOR: good over all, and nowhere among the worst.

    Parameters
    ----------
    v : float
        Weight (0–1) of what holds over all indicators; the worst one has the rest.

    Returns
    -------
    ndarray, shape (n_territories,) or (n_territories, n_draws)
        0 to 100, higher is better; 50 where nothing tells the territories apart.

    Examples
    --------
    >>> vikor(np.array([[-1.0, 3000.0], [-2.0, 3750.0], [-5.0, 4500.0]]), np.array([0.5, 0.5])).tolist()
    [0.0, 100.0, 0.0]
    """
    return 100 * (1 - vikor_measures(scores, weights, v)[2])
