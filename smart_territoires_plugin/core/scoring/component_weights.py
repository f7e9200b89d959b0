"""Weights from principal components: each element counts as much as it loads on the component that it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

import numpy as np

from smart_territoires_plugin.core.scoring.correlation import correlations, varies

_ROUNDING = 1e-9
_SWEEPS = 500
_ANGLE = 1e-12  # radians


def principal_component(scores: np.ndarray, names: Sequence[str], components: Optional[int] = None) -> np.ndarray:
    """Weigh each element by its squared loading on the rotated component on which it loads most.

    Parameters
    ----------
    scores : ndarray, shape (n_territories, n_elements)
        NaN where missing: a correlation rests on the territories that have both.
    names : sequence of str
    components : int, optional
        How many are kept; by default those with an eigenvalue above 1 (Kaiser's rule).

    Returns
    -------
    ndarray, shape (n_elements,)
        Sums to 1. An element that is the same everywhere weighs 0. Where all are, or where no element is correlated
        with another, so that no component stands out, those that vary (else all) weigh the same.

    Notes
    -----
    Components of the correlation matrix, rotated by varimax with Kaiser's normalisation, squared loadings, each
    element with the component that it loads on most, components by the variance that they explain (OECD/JRC
    Handbook, 2008, step 6, after Nicoletti, Scarpetta and Boylaud, 2000). Elements that go together weigh more: this
    corrects for overlap, and says nothing of importance. Does not depend on units or on the normalisation, as long
    as it is linear.

    Examples
    --------
    >>> principal_component(np.array([[1.0, 30.0], [2.0, 10.0], [3.0, 20.0]]), ("fibre", "skills")).round(12).tolist()
    [0.5, 0.5]
    """
    scores = np.asarray(scores, dtype=float)
    varying = np.flatnonzero(varies(scores))
    weights = np.zeros(scores.shape[1])
    if varying.size == 0:
        return np.full(len(weights), 1 / max(len(weights), 1))
    matrix = correlations(scores[:, varying])
    values, vectors = np.linalg.eigh(np.where(np.isnan(matrix), 0.0, matrix))
    values, vectors = values[::-1], vectors[:, ::-1]
    kept = int((values > 1 + _ROUNDING).sum()) if components is None else min(max(int(components), 1), varying.size)
    if kept == 0:
        weights[varying] = 1 / varying.size
        return weights
    squared = varimax(vectors[:, :kept] * np.sqrt(np.maximum(values[:kept], 0.0))) ** 2
    # Share of its component times the component's share of what is explained: the component's own variance cancels.
    weights[varying] = squared.max(axis=1)
    return weights / weights.sum()


def varimax(loadings: np.ndarray) -> np.ndarray:
    """Rotate components so that each element loads highly on few of them.

    Parameters
    ----------
    loadings : ndarray, shape (n_elements, n_components)

    Returns
    -------
    ndarray, shape (n_elements, n_components)
        The sum of squares of each row is unchanged.

    Notes
    -----
    Kaiser (1958): rotations in one plane after the other, each by the angle that is best there, rows first scaled to
    length 1. The best angle is known in closed form, so that a start in a trough of the criterion does not hold it.

    Examples
    --------
    >>> np.abs(varimax(np.array([[1.0, 1.0], [1.0, -1.0]]) / np.sqrt(2))).round(9).tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    length = np.sqrt((loadings**2).sum(axis=1, keepdims=True))
    turned = loadings / np.where(length > 0, length, 1.0)
    size, count = turned.shape
    for _ in range(_SWEEPS):
        widest = 0.0
        for one in range(count - 1):
            for other in range(one + 1, count):
                x, y = turned[:, one], turned[:, other]
                u, v = x * x - y * y, 2 * x * y
                across = 2 * (size * (u * v).sum() - u.sum() * v.sum())
                along = size * (u * u - v * v).sum() - (u.sum() ** 2 - v.sum() ** 2)
                if np.hypot(across, along) <= _ROUNDING * size**2:
                    continue  # every angle is as good
                angle = np.arctan2(across, along) / 4
                cosine, sine = np.cos(angle), np.sin(angle)
                turned[:, one], turned[:, other] = x * cosine + y * sine, y * cosine - x * sine
                widest = max(widest, abs(angle))
        if widest < _ANGLE:
            break
    return turned * length
