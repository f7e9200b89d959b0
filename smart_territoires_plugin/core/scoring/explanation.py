"""A score taken apart exactly: what each indicator contributes to a composite of one territory."""

from __future__ import annotations

import numpy as np

from smart_territoires_plugin.core.scoring.composite import Scores


def effective_weights(scores: Scores, composite: str) -> np.ndarray:
    """Return the weights with which a composite was made, renormalised over what each territory has.

    Returns
    -------
    ndarray, shape (n_territories, n_members)
        Each row sums to 1; 0 where a value is missing.
    """
    members = scores.composites[composite]
    known = ~np.isnan(scores.normalised[:, members])
    shares = known * scores.weights[members]
    whole = shares.sum(axis=1, keepdims=True)
    return np.divide(shares, whole, out=np.zeros_like(shares), where=whole > 0)


def contributions(scores: Scores, composite: str) -> np.ndarray:
    """Return what each indicator contributes to a composite.

    Returns
    -------
    ndarray, shape (n_territories, n_members)
        For the arithmetic mean, points that add up to the score; for the geometric mean, factors that multiply up to
        it. A missing indicator contributes 0, or the factor 1.
    """
    members = scores.composites[composite]
    normalised = scores.normalised[:, members]
    weights = effective_weights(scores, composite)
    if scores.aggregation.name == "geometric_mean":
        return np.where(weights > 0, np.power(np.where(weights > 0, normalised, 1.0), weights), 1.0)
    return np.where(weights > 0, normalised, 0.0) * weights
