"""Benefit of the doubt: each territory is scored with the weights that favour it most, the same for all its rivals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Callable

import numpy as np

from smart_territoires_plugin.core.errors import Problem, ScoringError

_METHOD = "benefit_of_the_doubt"
_ROUNDING = 1e-9
_STRONGEST = 100  # territories with the highest sums, of which each is asked whom it dominates


@dataclass(frozen=True)
class BenefitOfTheDoubt:
    """Scores with the most favourable weights, and these weights.

    Parameters
    ----------
    scores : ndarray, shape (n_territories,)
        0–100; 100 where no weights are found with which another territory does better; NaN where nothing is known.
    weights : ndarray, shape (n_territories, n_elements)
        Points per unit of each element's score: ``scores`` is the sum of weights times scores. 0 where a score is 0 or
        missing. A territory at 100 may have several such sets, of which this is one.
    shares : ndarray, shape (n_territories, n_elements)
        What each element adds to the score, as a share of it; 0 everywhere where the score is 0 or unknown.
    """

    scores: np.ndarray
    weights: np.ndarray
    shares: np.ndarray


def _silent(share: float) -> None:
    """Report nothing."""


def benefit_of_the_doubt(
    scores: np.ndarray,
    names: Sequence[str],
    low: float = 0.0,
    high: float = 1.0,
    progress: Callable[[float], None] = _silent,
) -> BenefitOfTheDoubt:
    """Score each territory with the weights that favour it most.

    Parameters
    ----------
    scores : ndarray, shape (n_territories, n_elements)
        0 or more, in any unit. A missing one weighs nothing for its territory, and counts as 0 where the weights of
        another are tried on it.
    names : sequence of str
    low, high : float
        Bounds (0–1) of the share that each element adds to a territory's score, so that none is passed over or
        decides alone. Over the elements that a territory has, they are widened so that the shares can add up to 1.
    progress : callable
        Told the share (0–1) of the territories that are done; may raise ``Cancelled``.

    Returns
    -------
    BenefitOfTheDoubt

    Raises
    ------
    ScoringError
        With every problem: scores below 0, bounds that no shares can keep, scores of 0 where bounds are given (a share
        of nothing is nothing: one 0 would annul the territory).

    Notes
    -----
    For each territory the weights of 0 or more with which its own sum is highest, while no territory's is above 1
    (Melyn and Moesen, 1991; Cherchye et al., 2007), by linear programming (HiGHS). Only territories on the frontier
    bind, and are found as they are needed; where the same of them bind for another territory, its weights follow from
    a system of equations, and no programme is solved. It flatters by design: with many elements nearly every
    territory has 100.

    Examples
    --------
    >>> found = benefit_of_the_doubt(np.array([[100.0, 50.0], [50.0, 100.0], [50.0, 50.0]]), ("fibre", "skills"))
    >>> found.scores.round(6).tolist(), found.weights[2].round(6).tolist()
    ([100.0, 100.0, 66.666667], [0.666667, 0.666667])
    """
    scores = np.asarray(scores, dtype=float)
    bounded = low > 0 or high < 1
    _refuse(scores, names, low, high, bounded)
    known = ~np.isnan(scores)
    values = np.where(known, scores, 0.0)
    largest = values.max(axis=0, initial=0.0)
    used = np.flatnonzero(largest > 0)
    values = values[:, used] / largest[used]
    found = np.where(values > 0, _find(values, (low, high) if bounded else None, progress), 0.0)
    added = found * values
    total = added.sum(axis=1)
    weights, shares = np.zeros(scores.shape), np.zeros(scores.shape)
    weights[:, used] = 100 * found / largest[used]
    np.divide(added, total[:, None], out=added, where=total[:, None] > 0)
    shares[:, used] = added
    return BenefitOfTheDoubt(np.where(known.any(axis=1), 100 * total, np.nan), weights, shares)


def _refuse(scores: np.ndarray, names: Sequence[str], low: float, high: float, bounded: bool) -> None:
    known = ~np.isnan(scores)
    values = np.where(known, scores, 1.0)
    below = (values < 0).sum(axis=0)
    problems = [
        Problem("weights.negative_scores", names[column], {"count": int(below[column]), "method": _METHOD})
        for column in np.flatnonzero(below)
    ]
    size = scores.shape[1]
    if not 0 <= low <= 1 / size <= high <= 1:
        problems.append(Problem("weights.impossible_shares", _METHOD, {"low": low, "high": high, "count": size}))
    zeros = (values == 0).sum(axis=0)
    if bounded:
        problems += [
            Problem("weights.share_of_nothing", names[column], {"count": int(zeros[column])})
            for column in np.flatnonzero(zeros)
        ]
    if problems:
        raise ScoringError(*problems)


def _best(own: np.ndarray, references: np.ndarray, shares: tuple[float, float] | None = None) -> np.ndarray:
    """Return the weights of 0 or more that make ``own`` highest while no reference's sum is above 1."""
    from scipy import optimize

    limits = np.ones(len(references))
    if shares is not None:
        # In what each element adds, own × weight, so that a bound on its share is a bound on a difference.
        size = len(own)
        low, high = shares
        references = np.vstack([references / own, np.eye(size) - high, low - np.eye(size)])
        limits = np.concatenate([limits, np.zeros(2 * size)])
    objective = -own if shares is None else -np.ones(len(own))
    found = optimize.linprog(objective, A_ub=references, b_ub=limits, bounds=(0, None), method="highs-ds")
    if found.x is None:
        raise ScoringError(Problem("weights.no_solution", _METHOD, {"reason": found.message}))
    best = np.maximum(found.x, 0.0)
    return best if shares is None else best / own


def _sums(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    # Not a matrix product: its bits depend on how many cores the library behind it uses.
    return np.einsum("tm,m->t", values, weights)


def _rivals(values: np.ndarray) -> np.ndarray:
    """Return the rows that can have the highest sum with weights of 0 or more: at least those that none dominates."""
    kept = values[np.lexsort((*values.T[::-1], values.sum(axis=1)))[::-1]]
    place = 0
    while place < min(len(kept), _STRONGEST):
        dominated = (kept <= kept[place]).all(axis=1)
        dominated[place] = False
        kept = kept[~dominated]
        place += 1
    return kept


def _solve(
    own: np.ndarray, rivals: np.ndarray, references: tuple[int, ...], shares: tuple[float, float] | None = None
) -> tuple[np.ndarray, tuple[int, ...]]:
    """Return the most favourable weights, and the rivals that were needed to find them beside those known before."""
    there = np.flatnonzero(own > 0)
    while True:
        best = np.zeros(len(own))
        best[there] = _best(own[there], rivals[np.ix_(references, there)], shares)
        ahead = _sums(rivals, best)
        leader = int(ahead.argmax())
        if ahead[leader] <= 1 + _ROUNDING or leader in references:
            return best / max(ahead[leader], 1.0), references
        references = (*references, leader)


def _first_references(rivals: np.ndarray) -> tuple[int, ...]:
    """Return the first rival with each element's maximum: with these, weights are bounded."""
    return tuple(dict.fromkeys(int(row) for row in rivals.argmax(axis=0)))


def _find(values: np.ndarray, shares: tuple[float, float] | None, progress: Callable[[float], None]) -> np.ndarray:
    """Return the most favourable weights of every territory; each answer is tried on all that still have none."""
    found = np.zeros(values.shape)
    left = values.any(axis=1)
    if not left.any():
        return found
    size, rivals = values.shape[1], _rivals(values)
    references = _first_references(rivals)
    whole = (values > 0).all(axis=1)
    while left.any():
        row = int(left.argmax())
        own, bounds = values[row], None
        if shares is not None:
            wider = size / (own > 0).sum()
            bounds = shares[0] * wider, min(shares[1] * wider, 1.0)
        best, references = _solve(own, rivals, references, bounds)
        found[row], left[row] = best, False
        if shares is None or whole[row]:
            rest = np.flatnonzero(left if shares is None else left & whole)
            alike = (
                _in_cone(values[rest], best, rivals[list(references)])
                if shares is None
                else _on_same_bounds(values[rest], best * own, best, rivals, references, shares)
            )
            rest = rest[~np.isnan(alike).any(axis=1)]
            found[rest], left[rest] = alike[~np.isnan(alike).any(axis=1)], False
        progress(1 - left.sum() / len(left))
    return found


def _in_cone(values: np.ndarray, best: np.ndarray, references: np.ndarray) -> np.ndarray:
    """Return the weights for the territories for which they are best too, NaN for the others.

    They are best for what is made of what binds, with multipliers of 0 or more. Where more binds than there are
    elements, multipliers are not unique, and each territory is solved alone.
    """
    binding = references[_sums(references, best) > 1 - _ROUNDING]
    idle = -np.eye(len(best))[best <= _ROUNDING**2]
    corners = np.vstack([binding, idle])
    if len(corners) != len(best) or np.linalg.matrix_rank(corners) < len(best):
        return np.full(values.shape, np.nan)
    multipliers = np.einsum("tm,mc->tc", values, np.linalg.inv(corners))
    return np.where((multipliers >= -_ROUNDING).all(axis=1, keepdims=True), best, np.nan)


def _on_same_bounds(
    values: np.ndarray,
    added: np.ndarray,
    best: np.ndarray,
    rivals: np.ndarray,
    references: tuple[int, ...],
    shares: tuple[float, float],
) -> np.ndarray:
    """Return the best weights of the territories for which the same rivals and bounds bind, NaN for the others.

    What binds gives as many equations as there are elements; their solution is the best where it keeps all limits, and
    the multipliers are 0 or more. In terms of what each element adds, as in ``_best``.
    """
    nothing = np.full(values.shape, np.nan)
    size, (low, high) = len(best), shares
    binding = [place for place in references if rivals[place] @ best > 1 - _ROUNDING]
    total = added.sum()
    lowest, highest = (np.flatnonzero(np.abs(added - bound * total) <= _ROUNDING * total) for bound in (low, high))
    if len(binding) + len(lowest) + len(highest) != size or not len(values):
        return nothing
    edges = np.vstack([low - np.eye(size)[lowest], np.eye(size)[highest] - high])
    matrix = np.empty((len(values), size, size))
    matrix[:, : len(binding)] = rivals[binding] / values[:, None, :]
    matrix[:, len(binding) :] = edges
    limits = np.concatenate([np.ones(len(binding)), np.zeros(len(edges))])
    regular = np.abs(np.linalg.det(matrix)) > _ROUNDING
    matrix[~regular] = np.eye(size)
    made = np.linalg.solve(matrix, np.broadcast_to(limits[:, None], (len(values), size, 1)))[:, :, 0]
    multipliers = np.linalg.solve(matrix.transpose(0, 2, 1), np.ones((len(values), size, 1)))[:, :, 0]
    whole = made.sum(axis=1, keepdims=True)
    keeps = regular & (multipliers >= -_ROUNDING).all(axis=1)
    keeps &= ((made >= low * whole - _ROUNDING) & (made <= high * whole + _ROUNDING)).all(axis=1)
    weights = made / values
    for place in (*references, *range(len(rivals))):
        rows = np.flatnonzero(keeps)
        if not rows.size:
            break
        keeps[rows] = _sums(weights[rows], rivals[place]) <= 1 + _ROUNDING
    return np.where(keeps[:, None], np.maximum(weights, 0.0), nothing)
