"""The contributions to the composites of a study: what each indicator adds to a score, or multiplies it by."""

from __future__ import annotations

from typing import Optional

import numpy as np

from smart_territoires_plugin.core.scoring.composite import Scores
from smart_territoires_plugin.core.scoring.contributions import (
    Contributions,
    contributions_to,
    effective_leaf_weights,
)
from smart_territoires_plugin.core.scoring.hypothetical import subtree


def effective_weights(scores: Scores, composite: str) -> np.ndarray:
    """Return the weights with which a composite was made, renormalised over what each territory has.

    Returns
    -------
    ndarray, shape (n_territories, n_members)
        Each row sums to 1; 0 where a value is missing.
    """
    tree, columns = subtree(scores.hierarchy, composite)
    leaves = columns[: tree.n_indicators]
    shares = effective_leaf_weights(tree, scores.normalised[:, leaves], scores.element_weights[columns])
    place = np.searchsorted(leaves, scores.composites[composite])
    return shares[:, place]


def contributions(scores: Scores, composite: str) -> np.ndarray:
    """Return what each indicator contributes to a composite, for every territory.

    Returns
    -------
    ndarray, shape (n_territories, n_members)
        For the arithmetic mean, points that add up to the score; for the geometric mean, factors that multiply up to
        it. A missing indicator contributes 0, or the factor 1. For any other aggregation the weighted departures from
        the mean score, which tell the order of what stands out but do not add up: ``explained`` takes such scores
        apart exactly, and is not for all territories at once.
    """
    members = scores.composites[composite]
    normalised = scores.normalised[:, members]
    weights = effective_weights(scores, composite)
    tree, _ = subtree(scores.hierarchy, composite)
    kinds = {part.aggregation.name for part in tree.composites}
    if kinds == {"geometric_mean"}:
        return np.where(weights > 0, np.power(np.where(weights > 0, normalised, 1.0), weights), 1.0)
    if kinds != {"arithmetic_mean"}:
        counts = np.maximum((weights > 0).sum(axis=0), 1)
        normalised = normalised - np.where(weights > 0, normalised, 0.0).sum(axis=0) / counts
    return np.where(weights > 0, normalised, 0.0) * weights


def explained(
    scores: Scores, composite: str, rows: Optional[np.ndarray] = None, groups: Optional[np.ndarray] = None
) -> Contributions:
    """Return the exact contributions to a composite: points, factors or Shapley values, as ``contributions_to``.

    Parameters
    ----------
    rows : ndarray of int, optional
        Territories to explain; all by default, which takes long where territories are compared with one another.
    groups : ndarray of str, shape (n_territories,), optional
        Start Shapley values from the mean of the own group.
    """
    return contributions_to(scores.hierarchy, scores.normalised, scores.element_weights, composite, rows, groups)
