"""Priority within ``engage``: readiness, the stake of the theme to speak about, and evidence of inactivity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

import numpy as np

FLOOR = 1.0


def recommended_theme(percentiles: np.ndarray, weights: np.ndarray, done: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the theme to speak about: stake × theme weight, less where the theme is worked on already.

    Parameters
    ----------
    percentiles : ndarray, shape (..., n_territories, n_themes)
        Percentile (0–100) of each stake; NaN where unknown.
    weights : ndarray, shape (..., n_themes)
    done : ndarray, shape (n_territories, n_themes)
        What the worth of each theme is divided by, less 1: active projects, where the register says so.

    Returns
    -------
    theme : ndarray of int, shape (..., n_territories)
        Column of the theme; -1 where no stake is known.
    percentile : ndarray, shape (..., n_territories)
        Of that theme's stake, NaN where none is known.

    Examples
    --------
    >>> recommended_theme(np.array([[60.0, 50.0]]), np.array([1.0, 1.0]), np.array([[1.0, 0.0]]))
    (array([1]), array([50.]))
    """
    worth = np.asarray(weights)[..., None, :] * np.maximum(percentiles, FLOOR) / (1 + done)
    known = ~np.isnan(worth)
    best = np.argmax(np.where(known, worth, -np.inf), axis=-1)
    chosen = np.take_along_axis(percentiles, best[..., None], axis=-1)[..., 0]
    return np.where(known.any(axis=-1), best, -1), chosen


def priority(*parts: np.ndarray, exponents: Optional[Sequence[float]] = None) -> np.ndarray:
    """Return the weighted geometric mean of percentiles, each floored at 1; a part that is unknown is left out.

    Parameters
    ----------
    *parts : ndarray
        Percentiles (0–100) that broadcast against one another: readiness, evidence, stake.
    exponents : sequence of float, optional
        How much each part counts; all alike where not said.

    Returns
    -------
    ndarray
        1–100; NaN where no part that counts is known.

    Examples
    --------
    >>> priority(np.array([4.0, 0.0]), np.array([9.0, np.nan])).tolist()
    [6.0, 1.0]
    """
    total: np.ndarray = np.zeros(())
    counts: np.ndarray = np.zeros(())
    for part, exponent in zip(parts, exponents or (1.0,) * len(parts)):
        logs = np.log(np.maximum(part, FLOOR))
        known = ~np.isnan(logs)
        total = total + np.where(known, exponent * logs, 0.0)
        counts = counts + exponent * known
    means = np.full(np.shape(total), np.nan)
    np.divide(total, counts, out=means, where=counts > 0)
    # Rounded where only floating point could tell two territories apart.
    return np.exp(means).round(10)


def order(values: np.ndarray, eligible: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """Return ranks among the eligible, 1 for the highest priority; equal priorities follow their codes.

    Returns
    -------
    ndarray of float, shape (n_territories,)
        NaN where not eligible.
    """
    ranks = np.full(len(values), np.nan)
    rows = np.flatnonzero(eligible)
    keys = np.lexsort((codes[rows].astype(str), -np.nan_to_num(values[rows], nan=-np.inf)))
    ranks[rows[keys]] = np.arange(1, len(rows) + 1)
    return ranks
