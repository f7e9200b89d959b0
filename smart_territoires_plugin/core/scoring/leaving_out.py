"""What a ranking owes to each of its parts: ranks again without one indicator, composite or theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from smart_territoires_plugin.core.scoring.hierarchy import Hierarchy, composite_scores
from smart_territoires_plugin.core.scoring.normalisation import rank


@dataclass(frozen=True)
class LeavingOut:
    """Ranks without one element at a time.

    Parameters
    ----------
    columns : tuple of int
        What was left out, as columns of the hierarchy.
    ranks : ndarray, shape (n_territories, n_elements)
        1 is best; NaN where there is no score.
    rank_change : ndarray, shape (n_elements,)
        Mean absolute difference from the ranks with everything, over territories that have both; NaN where nothing is
        left to rank by.
    """

    columns: tuple[int, ...]
    ranks: np.ndarray
    rank_change: np.ndarray


def leave_one_out(
    hierarchy: Hierarchy, normalised: np.ndarray, weights: np.ndarray, composite: int, columns: Sequence[int]
) -> LeavingOut:
    """Rank territories by a composite without one element at a time, the weights of its siblings renormalised.

    Parameters
    ----------
    normalised : ndarray, shape (n_territories, n_indicators)
    weights : ndarray, shape (n_columns,)
    composite : int
        Column of the composite that is ranked.
    columns : sequence of int
        Indicators and composites to leave out, one at a time.

    Notes
    -----
    Saisana, Saltelli and Tarantola (2005); COINr's ``remove_elements``. Equal scores share the best of their ranks.

    Examples
    --------
    >>> from smart_territoires_plugin.core.scoring.hierarchy import Composite
    >>> from smart_territoires_plugin.core.study.model import Method
    >>> hierarchy = Hierarchy(2, (Composite("index", (0, 1), Method("arithmetic_mean")),))
    >>> found = leave_one_out(hierarchy, np.array([[9.0, 0.0], [5.0, 5.0]]), np.ones(3), 2, (0, 1))
    >>> found.ranks.tolist(), found.rank_change.tolist()
    ([[2.0, 1.0], [1.0, 2.0]], [0.0, 1.0])
    """
    weights = np.asarray(weights, dtype=float)
    before = _ranks(hierarchy, normalised, weights, composite)
    ranks, changes = np.full((len(normalised), len(columns)), np.nan), np.full(len(columns), np.nan)
    for place, column in enumerate(columns):
        without = weights.copy()
        without[column] = 0
        ranks[:, place] = _ranks(hierarchy, normalised, without, composite)
        moved = np.abs(ranks[:, place] - before)
        if (~np.isnan(moved)).any():
            changes[place] = np.nanmean(moved)
    return LeavingOut(tuple(columns), ranks, changes)


def _ranks(hierarchy: Hierarchy, normalised: np.ndarray, weights: np.ndarray, composite: int) -> np.ndarray:
    scores = composite_scores(hierarchy, normalised, weights)[:, composite - hierarchy.n_indicators]
    return rank(scores, direction=-1, ties="min")
