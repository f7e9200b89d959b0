"""Weights such that each element counts in the composite as much as is wished, not as much as its weight says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional

import numpy as np

from smart_territoires_plugin.core.errors import Problem, ScoringError
from smart_territoires_plugin.core.scoring.aggregation import arithmetic_mean
from smart_territoires_plugin.core.scoring.correlation import correlations, covariances, varies
from smart_territoires_plugin.core.scoring.named_elements import name_problems, number_of

_METHOD = "matched_importance"
_CLOSE = 1e-6  # in shares of importance
_ROUNDS = 200
_PATIENCE = 15  # rounds without coming nearer
_SMALLEST = 1e-8  # eigenvalue below which columns of a correlation matrix are the same


@dataclass(frozen=True)
class ImportanceMatch:
    """Weights, and how near the importance that they give is to what was wished.

    Parameters
    ----------
    names : tuple of str
    weights : ndarray, shape (n_elements,)
        Sum to 1.
    wished : ndarray, shape (n_elements,)
        Shares of importance, summing to 1 over the elements that vary; 0 for one that is the same everywhere.
    reached : ndarray, shape (n_elements,)
        Shares of importance that the weights give: squared correlations with the composite, scaled to sum to 1.
    matched : bool
        Whether both agree to 1e-6 and every element goes the way of the composite; if not, the weights are those
        whose correlations are nearest in direction to the wished ones.
    rounds : int
        How many were needed: 1 where nothing is missing.
    """

    names: tuple[str, ...]
    weights: np.ndarray
    wished: np.ndarray
    reached: np.ndarray
    matched: bool
    rounds: int


def importance_match(scores: np.ndarray, names: Sequence[str], wished: Any = None) -> ImportanceMatch:
    """Find the weights of an arithmetic mean with which each element's importance is as wished.

    Parameters
    ----------
    scores : ndarray, shape (n_territories, n_elements)
        NaN where missing: the weights of the others are then renormalised, as in the composite.
    names : sequence of str
    wished : mapping of str to float, optional
        Element → share of importance, on any scale; by default the same for all.

    Returns
    -------
    ImportanceMatch
        An element that is the same everywhere has no importance and no weight. Where all are, the weights are the
        wished shares.

    Raises
    ------
    ScoringError
        If ``wished`` names an unknown element, leaves one out, or holds what is no number of 0 or more.

    Notes
    -----
    Importance is the squared Pearson correlation of an element with the composite: the share of the composite's
    variance that it explains by itself (Paruolo, Saisana and Saltelli, 2013; Becker et al., 2017). With nothing
    missing, correlations with a weighted mean are R·v over a common factor, v being weights times standard
    deviations: R·v = √wished gives the weights at once, if they are all 0 or more. Else no such weights exist, and
    the nearest are a non-negative least squares solution, which is unique. With gaps, the wish is moved by what the
    last round missed, until the composite itself agrees.

    Examples
    --------
    >>> scores = np.array([[1.0, 2.0], [2.0, 9.0], [3.0, 4.0], [4.0, 7.0]])
    >>> found = importance_match(scores, ("fibre", "skills"), {"fibre": 2, "skills": 1})
    >>> found.matched, found.reached.round(9).tolist()
    (True, [0.666666667, 0.333333333])
    """
    names = tuple(names)
    scores = np.asarray(scores, dtype=float)
    wish = _wish(names, wished)
    varying = np.flatnonzero(varies(scores))
    if varying.size == 0 or wish[varying].sum() <= 0:
        return ImportanceMatch(names, wish, wish, np.zeros(len(names)), False, 0)
    inside = scores[:, varying]
    shares = wish[varying] / wish[varying].sum()
    deviation = np.sqrt(np.diag(covariances(inside)))
    between = correlations(inside)
    values, vectors = np.linalg.eigh(np.where(np.isnan(between), 0.0, between))
    between = (vectors * np.maximum(values, _SMALLEST)) @ vectors.T
    direction = np.sqrt(shares)
    aim, best, rounds, nearest = direction, None, 0, 0
    gaps = bool(np.isnan(inside).any())
    while rounds < _ROUNDS:
        rounds += 1
        tried = _nonnegative(between, aim) / deviation
        tried = tried / tried.sum()
        loads = _correlation_with_mean(inside, tried)
        reached = loads**2 / max((loads**2).sum(), np.finfo(float).tiny)
        miss = np.abs(reached - shares).max() if (loads >= -_CLOSE).all() else np.inf
        if best is None or miss < best[0]:
            best, nearest = (miss, tried, reached), rounds
        if miss <= _CLOSE / 1000 or not gaps or rounds - nearest >= _PATIENCE:
            break
        length = np.sqrt((loads**2).sum())
        aim = np.maximum(aim + direction - loads / length, 0.0) if length > 0 else direction
        if not aim.any():
            break
    miss, tried, reached = best
    return ImportanceMatch(
        names,
        _spread(tried, varying, len(names)),
        _spread(shares, varying, len(names)),
        _spread(reached, varying, len(names)),
        bool(miss <= _CLOSE),
        rounds,
    )


def matched_importance(
    scores: np.ndarray, names: Sequence[str], wished: Optional[Mapping[str, float]] = None, nearest: bool = False
) -> np.ndarray:
    """Return weights such that each element's importance for the composite is as wished.

    Parameters
    ----------
    scores : ndarray, shape (n_territories, n_elements)
    names : sequence of str
    wished : mapping of str to float, optional
        As in ``importance_match``, which says what was reached too.
    nearest : bool
        Take the nearest weights where none give the wished importance.

    Returns
    -------
    ndarray, shape (n_elements,)
        Sums to 1.

    Raises
    ------
    ScoringError
        If no weights of 0 or more give the wished importance, and the nearest are not asked for.

    Examples
    --------
    >>> scores = np.array([[1.0, 20.0], [2.0, 90.0], [3.0, 40.0], [4.0, 70.0]])
    >>> weights = matched_importance(scores, ("fibre", "skills"))  # skills vary 24 times as much
    >>> (weights / weights[1]).round(2).tolist()
    [24.08, 1.0]
    """
    found = importance_match(scores, names, wished)
    if not (found.matched or nearest) and found.rounds:
        missed = np.abs(found.reached - found.wished) > _CLOSE
        told = ", ".join(
            f"{name} ({100 * reached:.0f}/{100 * wish:.0f})"
            for name, reached, wish, wrong in zip(names, found.reached, found.wished, missed)
            if wrong
        )
        raise ScoringError(Problem("weights.importance_not_matched", _METHOD, {"elements": told}))
    return found.weights


def _wish(names: tuple[str, ...], wished: Any) -> np.ndarray:
    """Return the wished shares in the order of the elements, summing to 1."""
    if wished is None or wished == "equal":
        return np.full(len(names), 1 / max(len(names), 1))
    problems = name_problems(_METHOD, wished, names)
    given = wished if isinstance(wished, Mapping) else {}
    amounts = {name: number_of(given[name]) for name in names if name in given}
    problems += [
        Problem("weights.not_an_amount", _METHOD, {"element": name, "value": given[name]})
        for name, amount in amounts.items()
        if not amount >= 0
    ]
    if not problems and not any(amounts.values()):
        problems.append(Problem("weights.nothing_wished", _METHOD, {}))
    if problems:
        raise ScoringError(*problems)
    made = np.array([amounts[name] for name in names])
    made = made / made.max()
    return made / made.sum()


def _spread(values: np.ndarray, places: np.ndarray, size: int) -> np.ndarray:
    made = np.zeros(size)
    made[places] = values
    return made


def _correlation_with_mean(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return each element's correlation with the composite; 0 where the composite is the same everywhere."""
    found = correlations(np.column_stack([scores, arithmetic_mean(scores, weights)]))[:-1, -1]
    return np.where(np.isnan(found), 0.0, found)


def _nonnegative(matrix: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Return the x of 0 or more for which ``matrix @ x`` is nearest to what is wanted (Lawson and Hanson, 1974).

    The matrix is symmetric and positive definite, so that there is one such x.
    """
    exact = np.linalg.solve(matrix, wanted)
    if (exact >= 0).all():
        return exact
    size = len(wanted)
    found, free = np.zeros(size), np.zeros(size, dtype=bool)
    for _ in range(10 * size):
        slope = matrix @ (wanted - matrix @ found)
        open_ = ~free & (slope > _SMALLEST)
        if not open_.any():
            break
        free[np.flatnonzero(open_)[slope[open_].argmax()]] = True
        trial = found
        while free.any():
            trial = np.zeros(size)
            trial[free] = np.linalg.lstsq(matrix[:, free], wanted, rcond=None)[0]
            back = trial < 0
            if not back.any():
                break
            step = (found[back] / (found[back] - trial[back])).min()
            found = found + step * (trial - found)
            free &= found > _SMALLEST**2
            found[~free] = 0.0
        found = trial
    return found
