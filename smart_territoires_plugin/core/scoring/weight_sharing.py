"""Weights that share a whole: what one gains, the others that are not locked give in proportion."""

from __future__ import annotations

import numpy as np


def share_out(weights: np.ndarray, moved: int, value: float, locked: np.ndarray) -> np.ndarray:
    """Return weights of the same sum in which one has the value asked for, as far as the others can give or take.

    Parameters
    ----------
    weights : ndarray, shape (n,)
        At least 0.
    moved : int
        The weight that is given a value, locked or not.
    value : float
        Bounded by 0 and by what the locked ones leave.
    locked : ndarray of bool, shape (n,)
        Weights that stay as they are.

    Returns
    -------
    ndarray, shape (n,)
        The same, where no other weight may move. Others that are all 0 share alike.

    Examples
    --------
    >>> share_out(np.array([2.0, 1.0, 1.0]), 0, 3.0, np.array([False, False, True])).tolist()
    [3.0, 0.0, 1.0]
    >>> share_out(np.array([50.0, 25.0, 25.0]), 0, 70.0, np.zeros(3, dtype=bool)).tolist()
    [70.0, 15.0, 15.0]
    """
    free = ~np.asarray(locked, dtype=bool)
    free[moved] = False
    if not free.any():
        return weights.copy()
    whole = weights[free].sum() + weights[moved]
    made = weights.copy()
    made[moved] = min(max(value, 0.0), whole)
    rest, had = whole - made[moved], weights[free].sum()
    made[free] = weights[free] / had * rest if had > 0 else rest / free.sum()
    return made
