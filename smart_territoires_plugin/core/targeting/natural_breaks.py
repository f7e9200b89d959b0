"""Natural breaks (Fisher–Jenks): values in classes as homogeneous as can be, and the threshold that follows."""

from __future__ import annotations

import numpy as np

from smart_territoires_plugin.core.errors import Problem, ScoringError

MAX_ZERO_SHARE = 1 / 3
_PLACE = "targeting: thresholds: jenks"


def natural_breaks(values: np.ndarray, classes: int) -> np.ndarray:
    """Return the breaks between classes with the least sum of squared differences to the means of classes.

    Parameters
    ----------
    values : ndarray, shape (n_territories,)
        In any unit; NaN where missing, and left out.
    classes : int
        2 or more.

    Returns
    -------
    ndarray, shape (classes - 1,)
        The largest value of each class but the uppermost, in the unit of the values, rising.

    Raises
    ------
    ScoringError
        If over a third of the known values are 0, which are a class of their own and leave the others no say, or if
        there are fewer distinct values than classes.

    Notes
    -----
    Exact (Fisher, JASA, 1958; Jenks, 1967), by dynamic programming over the distinct values. Where the last class of an
    optimum begins never falls as values are added, so each class takes O(n log n) (divide and conquer; Wu, 1991).

    Examples
    --------
    >>> natural_breaks(np.array([1.0, 2.0, 2.0, 9.0, 10.0, 40.0, np.nan]), 3).tolist()
    [2.0, 10.0]
    """
    values = np.asarray(values, dtype=float)
    known = values[~np.isnan(values)]
    distinct, counts = np.unique(known, return_counts=True)
    zeros = int(counts[distinct == 0].sum())
    if zeros > MAX_ZERO_SHARE * known.size:
        raise ScoringError(Problem("outcomes.jenks_zeros", _PLACE, {"zeros": zeros, "known": known.size}))
    if classes < 2 or distinct.size < classes:
        found = {"classes": classes, "distinct": distinct.size}
        raise ScoringError(Problem("outcomes.jenks_few_values", _PLACE, found))
    within = _Dispersion(distinct, counts)
    size = distinct.size
    least = within.squares(np.zeros(size, dtype=int), np.arange(size))
    begins = []
    for made in range(1, classes):
        least, first = _one_class_more(within, least, made)
        begins.append(first)
    breaks, last = [], size - 1
    for first in reversed(begins):
        last = int(first[last]) - 1
        breaks.append(distinct[last])
    return np.array(breaks[::-1])


def jenks_threshold(values: np.ndarray, classes: int) -> float:
    """Return where high begins: the upper bound of the class below the ``classes // 2`` uppermost ones.

    Values are high strictly above it. Arguments and errors as ``natural_breaks``.

    Examples
    --------
    >>> jenks_threshold(np.array([1.0, 2.0, 9.0, 10.0, 40.0]), 3)
    10.0
    """
    return float(natural_breaks(values, classes)[classes - classes // 2 - 1])


class _Dispersion:
    """Sums of squared differences to their mean of any run of sorted distinct values."""

    def __init__(self, distinct: np.ndarray, counts: np.ndarray):
        # On 0–1 about their mean, squares neither overflow nor drown in the square of the mean.
        shrunk = distinct / (np.abs(distinct).max() or 1.0)
        span = (shrunk[-1] - shrunk[0]) or 1.0
        scaled = (shrunk - shrunk[0]) / span
        scaled = scaled - (scaled * counts).sum() / counts.sum()
        self._sums = [np.concatenate([[0.0], np.cumsum(counts * scaled**power)]) for power in (0, 1, 2)]

    def squares(self, first: np.ndarray, last: np.ndarray) -> np.ndarray:
        """Return the sums from ``first`` to ``last``, both included."""
        count, total, squared = (sums[last + 1] - sums[first] for sums in self._sums)
        return np.maximum(squared - total**2 / count, 0.0)


def _one_class_more(within: _Dispersion, least: np.ndarray, made: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the least sums with one class more than ``made``, and where the last class then begins.

    All intervals of one depth of the divide and conquer are searched together: their ranges overlap in their ends only.
    """
    size = len(least)
    found, first = np.full(size, np.inf), np.zeros(size, dtype=int)
    # Intervals of values to solve, and the range in which their last classes begin.
    left, right = np.array([made]), np.array([size - 1])
    low, high = np.array([made]), np.array([size - 1])
    while left.size:
        middle = (left + right) // 2
        upper = np.minimum(high, middle)
        lengths = upper - low + 1
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        begin = np.arange(lengths.sum()) - np.repeat(starts - low, lengths)
        cost = least[begin - 1] + within.squares(begin, np.repeat(middle, lengths))
        best = np.minimum.reduceat(cost, starts)
        winners = np.flatnonzero(cost == np.repeat(best, lengths))
        chosen = begin[winners[np.searchsorted(winners, starts)]]
        found[middle], first[middle] = best, chosen
        left, right = np.concatenate([left, middle + 1]), np.concatenate([middle - 1, right])
        low, high = np.concatenate([low, chosen]), np.concatenate([chosen, high])
        order = np.argsort(left, kind="stable")
        order = order[(left <= right)[order]]
        left, right, low, high = left[order], right[order], low[order], high[order]
    return found, first
