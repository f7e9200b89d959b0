"""What each indicator really counts for in a composite: quick enough to follow weights under the hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smart_territoires_plugin.core.scoring.correlation import correlations_with
from smart_territoires_plugin.core.scoring.hierarchy import Hierarchy, leaf_weights
from smart_territoires_plugin.core.scoring.weight_diagnostics import FACTOR


@dataclass(frozen=True)
class LeafImportance:
    """What the indicators below one composite count for in it, through whatever nodes.

    Parameters
    ----------
    leaves : ndarray of int, shape (n_leaves,)
        Columns of the indicators that weigh in the composite.
    declared : ndarray, shape (n_leaves,)
        What their weights say, summing to 1.
    correlations : ndarray, shape (n_leaves,)
        Pearson, with the composite; NaN where there is none.
    importance : ndarray, shape (n_leaves,)
        Squared correlations, scaled to sum to 1; NaN where nothing is explained at all.
    """

    leaves: np.ndarray
    declared: np.ndarray
    correlations: np.ndarray
    importance: np.ndarray

    @property
    def more(self) -> np.ndarray:
        """Which count for at least twice what their weight says."""
        return self.importance >= FACTOR * self.declared

    @property
    def less(self) -> np.ndarray:
        """Which count for at most half of what their weight says."""
        return self.importance <= self.declared / FACTOR

    @property
    def against(self) -> np.ndarray:
        """Which go the other way: the composite falls where they rise."""
        return self.correlations < 0


def leaf_importance(
    hierarchy: Hierarchy, composite: str, normalised: np.ndarray, scores: np.ndarray, weights: np.ndarray
) -> LeafImportance:
    """Say what the indicators below a composite count for in it.

    Parameters
    ----------
    composite : str
    normalised : ndarray, shape (n_territories, n_indicators)
    scores : ndarray, shape (n_territories,)
        Of the composite.
    weights : ndarray, shape (n_columns,)
        Of each element within what it is part of; 0 for an indicator that is left out.

    Returns
    -------
    LeafImportance

    Notes
    -----
    Importance as in ``weight_diagnostics``: Paruolo, Saisana and Saltelli (2013), with squared Pearson correlations.
    For a composite of indicators alone the two are the same.

    Examples
    --------
    >>> from smart_territoires_plugin.core.scoring.hierarchy import Composite
    >>> from smart_territoires_plugin.core.study.model import Method
    >>> hierarchy = Hierarchy(2, (Composite("index", (0, 1), Method("arithmetic_mean")),))
    >>> one, other = np.array([1.0, -1.0, 1.0, -1.0]), np.array([9.0, 9.0, -9.0, -9.0])
    >>> found = leaf_importance(hierarchy, "index", np.column_stack([one, other]), (one + other) / 2, np.ones(3))
    >>> found.declared.tolist(), found.importance.round(3).tolist(), found.less.tolist()
    ([0.5, 0.5], [0.012, 0.988], [True, False])
    """
    shares = leaf_weights(hierarchy, weights)[hierarchy.column_of(composite) - hierarchy.n_indicators]
    leaves = np.flatnonzero(shares > 0)
    found = correlations_with(normalised[:, leaves], scores)
    explained = np.where(np.isnan(found), 0.0, found) ** 2
    whole = explained.sum()
    importance = explained / whole if whole > 0 else np.full(len(leaves), np.nan)
    return LeafImportance(leaves, shares[leaves], found, importance)
