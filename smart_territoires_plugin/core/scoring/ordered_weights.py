"""Ordered weighted averaging: weights that go to places, the best score of a territory or its worst."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

import numpy as np

from smart_territoires_plugin.core.errors import Problem, ScoringError


def owa(
    scores: np.ndarray,
    weights: np.ndarray,
    order_weights: Optional[Sequence[float]] = None,
    exponent: float = 2.0,
) -> np.ndarray:
    """Return the ordered weighted average of each territory's scores, the importance of indicators kept.

    The scores of a territory are ordered from the best to the worst. One whose importance, added to that of all better
    ones, takes the share of importance from a to b weighs Q(b) − Q(a), where Q rises from 0 to 1.

    Parameters
    ----------
    scores : ndarray, shape (n_territories, n_indicators)
    weights : ndarray, shape (n_indicators,) or (n_indicators, n_draws)
        Importance of the indicators.
    order_weights : sequence of float, optional
        Weights of the places from the best to the worst; Q is then their running share, straight between places, so
        that their number need not be that of the indicators.
    exponent : float
        Without ``order_weights``, Q(r) = r**exponent: 1 is the weighted mean, above 1 the low scores count more, below
        1 the high ones; the degree of optimism (orness) is 1/(1 + exponent).

    Returns
    -------
    ndarray, shape (n_territories,) or (n_territories, n_draws)
        On the scale of the scores.

    Raises
    ------
    ScoringError
        If the order weights are negative, or all zero.

    Notes
    -----
    Yager (1988; quantifiers and importances 1996); Torra (1997) for ``order_weights`` with importances.

    Examples
    --------
    >>> owa(np.array([[10.0, 40.0, 70.0]]), np.ones(3), order_weights=[0, 0, 1]).tolist()
    [10.0]
    >>> owa(np.array([[10.0, 40.0]]), np.ones(2), exponent=2).tolist()
    [17.5]
    """
    places = None if order_weights is None else _running_share(order_weights)
    weights = np.asarray(weights, dtype=float)
    known = ~np.isnan(scores)
    order = np.argsort(np.where(known, -scores, np.inf), axis=1, kind="stable")
    ordered = np.take_along_axis(np.where(known, scores, 0.0), order, axis=1)
    known = np.take_along_axis(known, order, axis=1)
    draws = weights.reshape(scores.shape[1], -1).T
    made = np.column_stack([_by_place(ordered, draw[order] * known, places, exponent) for draw in draws])
    return made.reshape(len(scores), *weights.shape[1:])


def _running_share(order_weights: Sequence[float]) -> np.ndarray:
    given = np.asarray(order_weights, dtype=float)
    if (given < 0).any() or given.sum() <= 0:
        raise ScoringError(Problem("method.order_weights_not_positive", "scoring.aggregation"))
    running = np.concatenate([[0.0], np.cumsum(given)])
    return running / running[-1]


def _by_place(ordered: np.ndarray, importance: np.ndarray, places: Optional[np.ndarray], exponent: float) -> np.ndarray:
    reached = np.concatenate([np.zeros((len(ordered), 1)), np.cumsum(importance, axis=1)], axis=1)
    whole = reached[:, -1:]
    share = np.zeros(reached.shape)
    np.divide(reached, whole, out=share, where=whole > 0)
    taken = share**exponent if places is None else np.interp(share, np.linspace(0, 1, places.size), places)
    made = (np.diff(taken, axis=1) * ordered).sum(axis=1)
    return np.where(whole[:, 0] > 0, made, np.nan)
