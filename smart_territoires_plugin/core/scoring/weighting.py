"""Scores of elements → weights; each method is a function and a line in ``WEIGHTINGS``.

``fn(scores, names, **parameters)`` takes the normalised scores, shape (n_territories, n_elements), NaN where missing,
and the elements' names, and returns weights, shape (n_elements,), 0 or more, that sum to 1.

Weights that are declared need no function. Those that experts give do not look at the scores. Those that are taken
from the scores reward dispersion, which is not importance: ``KINDS`` says which these are, and every output that uses
one says so (``weighting_warning.data_driven``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Optional

import numpy as np

from smart_territoires_plugin.core.errors import Problem, ScoringError
from smart_territoires_plugin.core.scoring.budget import budget_allocation
from smart_territoires_plugin.core.scoring.component_weights import principal_component
from smart_territoires_plugin.core.scoring.correlation import centred, correlations, varies
from smart_territoires_plugin.core.scoring.matched_importance import matched_importance
from smart_territoires_plugin.core.scoring.pairwise import ahp
from smart_territoires_plugin.core.study import methods
from smart_territoires_plugin.core.study.model import Method

_ROUNDING = 1e-12


def _shares(amounts: np.ndarray, varying: np.ndarray) -> np.ndarray:
    """Scale amounts to sum to 1; where all are 0, share equally between what varies, or else between all."""
    whole = amounts.sum()
    if whole > 0:
        return amounts / whole
    equals = varying.astype(float) if varying.any() else np.ones(len(amounts))
    return equals / max(equals.sum(), 1.0)


def equal(scores: np.ndarray, names: Sequence[str]) -> np.ndarray:
    """Give every element the same weight, whatever its scores.

    Examples
    --------
    >>> equal(np.ones((3, 4)), ("a", "b", "c", "d")).tolist()
    [0.25, 0.25, 0.25, 0.25]
    """
    return np.full(len(names), 1 / max(len(names), 1))


def entropy(scores: np.ndarray, names: Sequence[str]) -> np.ndarray:
    """Weigh each element by how unevenly its scores are shared out between the territories.

    Parameters
    ----------
    scores : ndarray, shape (n_territories, n_elements)
        0 or more; a missing one is left out, and the element's entropy is that of the territories that have one.
    names : sequence of str

    Returns
    -------
    ndarray, shape (n_elements,)
        Sums to 1. An element that is the same everywhere (0 everywhere included), or known once only, weighs 0; where
        all are, all weigh the same.

    Raises
    ------
    ScoringError
        One problem for each element with scores below 0 (``z_score``): shares have no meaning there. Moving the scale
        up would decide the weights by how far it is moved, so it is not done unseen.

    Notes
    -----
    1 − H/ln n, H being the Shannon entropy of the shares (Zeleny, 1982; Hwang and Yoon, 1981). Does not depend on the
    unit of the scores, but does on where their scale begins: 0–100 and 1–100 give different weights.

    Examples
    --------
    >>> entropy(np.array([[1.0, 2.0, 3.0], [4.0, 16.0, 3.0]]), ("a", "b", "c")).round(6).tolist()
    [0.358889, 0.641111, 0.0]
    """
    scores = np.asarray(scores, dtype=float)
    known = ~np.isnan(scores)
    values = np.where(known, scores, 0.0)
    below = (values < -_ROUNDING * np.abs(values).max(axis=0, initial=0.0)).sum(axis=0)
    if below.any():
        raise ScoringError(
            *(
                Problem("weights.negative_scores", names[column], {"count": int(below[column]), "method": "entropy"})
                for column in np.flatnonzero(below)
            )
        )
    values = np.maximum(values, 0.0)
    varying = varies(scores)
    counts = np.where(varying, known.sum(axis=0), 2)
    means = np.where(varying, values.sum(axis=0), 1.0) / counts
    # ln n − H, written as a sum of terms of which none is negative: 1 − H/ln n loses all digits near 0.
    excess = values / means - 1
    terms = (1 + excess) * np.log1p(np.where(excess > -1, excess, 0.0)) - excess
    divergence = np.where(known & varying, np.maximum(terms, 0.0), 0.0).sum(axis=0) / (counts * np.log(counts))
    return _shares(divergence, varying)


def critic(scores: np.ndarray, names: Sequence[str]) -> np.ndarray:
    """Weigh each element by its contrast, and by how little it goes with the others.

    Parameters
    ----------
    scores : ndarray, shape (n_territories, n_elements)
        NaN where missing: left out, and a correlation rests on the territories that have both.
    names : sequence of str

    Returns
    -------
    ndarray, shape (n_elements,)
        Sums to 1. An element that is the same everywhere weighs 0, and those that vary share the weight equally where
        there is nothing to tell them apart (all perfectly correlated).

    Notes
    -----
    Standard deviation of the scores brought to 0–1, times the sum of (1 − correlation) with the others (Diakoulaki,
    Mavrotas and Papayannakis, 1995). Does not depend on the normalisation, as long as it is linear. Two columns
    without a common territory count as uncorrelated.

    Examples
    --------
    >>> scores = np.array([[0.0, 0.0, 1.0], [0.5, 0.5, 1.0], [1.0, 1.0, 0.0], [0.5, 0.5, 0.0]])
    >>> critic(scores, ("a", "b", "c")).round(3).tolist()
    [0.207, 0.207, 0.586]
    """
    scores = np.asarray(scores, dtype=float)
    varying = varies(scores)
    moved, known = centred(scores)
    lowest = np.where(known, scores, np.inf).min(axis=0, initial=np.inf)
    highest = np.where(known, scores, -np.inf).max(axis=0, initial=-np.inf)
    span = np.where(varying, highest, 1.0) - np.where(varying, lowest, 0.0)
    deviation = np.sqrt(((moved / span) ** 2).sum(axis=0) / np.maximum(known.sum(axis=0) - 1, 1))
    matrix = correlations(scores)
    conflict = 1 - np.where(np.isnan(matrix), 0.0, matrix)
    np.fill_diagonal(conflict, 0.0)
    conflict = np.where((conflict > _ROUNDING) & varying & varying[:, None], conflict, 0.0)
    return _shares(np.where(varying, deviation, 0.0) * conflict.sum(axis=1), varying)


WEIGHTINGS = {
    "equal": equal,
    "ahp": ahp,
    "budget_allocation": budget_allocation,
    "matched_importance": matched_importance,
    "entropy": entropy,
    "critic": critic,
    "principal_component": principal_component,
}

# Method → "plain", "expert" or "data_driven": said once, where studies are told what they may ask for.
KINDS = {name: spec.nature for name, spec in methods.WEIGHTINGS.items()}


def data_driven(asked: Iterable[Optional[Method]]) -> tuple[str, ...]:
    """Return the methods among those asked for that take weights from dispersion, which is not importance.

    Examples
    --------
    >>> data_driven([Method("entropy"), Method("equal"), None])
    ('entropy',)
    """
    names = (method.name for method in asked if method)
    return tuple(dict.fromkeys(name for name in names if KINDS[name] == "data_driven"))
