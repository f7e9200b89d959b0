"""Pairs of alike territories: each of one set with one of the other, none used twice, the nearest in all together."""

from __future__ import annotations

import numpy as np

# Beyond any sum of distances that the caliper lets through: a pair more is always better than nearer pairs.
_APART = 1e6


def matched_pairs(treated: np.ndarray, others: np.ndarray, caliper: float) -> tuple[np.ndarray, np.ndarray]:
    """Match rows of one set to rows of another, without replacement.

    Parameters
    ----------
    treated, others : ndarray, shapes (n, n_traits) and (m, n_traits)
        Traits in any unit; rows with a NaN are not matched.
    caliper : float
        Largest difference of any trait, in standard deviations of both sets together.

    Returns
    -------
    pairs : ndarray of int, shape (n,)
        Row of the other set, -1 where none is within the caliper or left.
    distances : ndarray, shape (n,)
        Root mean square of the standardised differences; NaN without a pair.

    Notes
    -----
    Optimal matching (Rosenbaum, JASA, 1989): as many pairs as can be, then the least sum of distances.

    Examples
    --------
    >>> matched_pairs(np.array([[0.0], [9.0]]), np.array([[8.5], [0.1], [5.0]]), 0.25)[0].tolist()
    [1, 0]
    """
    from scipy.optimize import linear_sum_assignment

    pairs, distances = np.full(len(treated), -1), np.full(len(treated), np.nan)
    whole = np.vstack([treated, others])
    known = ~np.isnan(whole).any(axis=1)
    first = np.flatnonzero(known[: len(treated)])
    second = np.flatnonzero(known[len(treated) :])
    if not first.size or not second.size:
        return pairs, distances
    spread = whole[known].std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    squares = np.zeros((first.size, second.size))
    allowed = np.ones(squares.shape, dtype=bool)
    for trait in range(whole.shape[1]):
        apart = np.abs(np.subtract.outer(treated[first, trait], others[second, trait])) / spread[trait]
        squares += apart**2
        allowed &= apart <= caliper
    distance = np.sqrt(squares / whole.shape[1])
    rows, columns = linear_sum_assignment(np.where(allowed, distance, _APART))
    kept = allowed[rows, columns]
    pairs[first[rows[kept]]] = second[columns[kept]]
    distances[first[rows[kept]]] = distance[rows[kept], columns[kept]]
    return pairs, distances
