"""Benefit of the doubt: each territory is scored with the weights that favour it most, the same for all its rivals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Callable

import numpy as np

from smart_territoires_plugin.core.errors import Problem, ScoringError

_METHOD = "benefit_of_the_doubt"
_ROUNDING = 1e-9


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
    bind, and are found as they are needed. Without bounds all territories have the same set of weights to choose
    from: one that is best for one is best for all others in the same cone of the frontier, which is looked up instead
    of being computed anew. It flatters by design: with many elements nearly every territory has 100.

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
    find = _with_bounds if bounded else _without_bounds
    found = find(values, progress, low, high) if bounded else find(values, progress)
    found = np.where(values > 0, found, 0.0)
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


def _first_references(values: np.ndarray) -> list[int]:
    """Return the first territory of each element's maximum: with these, weights are bounded."""
    return list(dict.fromkeys(int(row) for row in values.argmax(axis=0)))


def _sums(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    # Not a matrix product: its bits depend on how many cores the library behind it uses.
    return np.einsum("tm,m->t", values, weights)


def _without_bounds(values: np.ndarray, progress: Callable[[float], None]) -> np.ndarray:
    found = np.zeros(values.shape)
    left = values.any(axis=1)
    references = _first_references(values) if values.size else []
    while left.any():
        row = int(left.argmax())
        best = _best(values[row], values[references])
        ahead = _sums(values, best)
        leader = int(ahead.argmax())
        if ahead[leader] > 1 + _ROUNDING and leader not in references:
            references.append(leader)
            continue
        alike = _in_cone(values, best, values[references]) & left
        alike[row] = True
        found[alike] = best / max(ahead[leader], 1.0)
        left &= ~alike
        progress(1 - left.sum() / len(left))
    return found


def _in_cone(values: np.ndarray, best: np.ndarray, references: np.ndarray) -> np.ndarray:
    """Say for which territories the weights are best too: those made of what binds, with multipliers of 0 or more.

    None where more binds than there are elements: multipliers are then not unique, and each territory is solved alone.
    """
    binding = references[_sums(references, best) > 1 - _ROUNDING]
    idle = -np.eye(len(best))[best <= _ROUNDING**2]
    corners = np.vstack([binding, idle])
    if len(corners) != len(best) or np.linalg.matrix_rank(corners) < len(best):
        return np.zeros(len(values), dtype=bool)
    multipliers = np.einsum("tm,mc->tc", values, np.linalg.inv(corners))
    return (multipliers >= -_ROUNDING).all(axis=1)


def _with_bounds(values: np.ndarray, progress: Callable[[float], None], low: float, high: float) -> np.ndarray:
    found = np.zeros(values.shape)
    references = _first_references(values) if values.size else []
    size = values.shape[1]
    for row, own in enumerate(values):
        there = np.flatnonzero(own > 0)
        if not there.size:
            continue
        wider = size / there.size
        while True:
            best = np.zeros(size)
            best[there] = _best(own[there], values[np.ix_(references, there)], (low * wider, min(high * wider, 1.0)))
            ahead = _sums(values, best)
            leader = int(ahead.argmax())
            if ahead[leader] <= 1 + _ROUNDING or leader in references:
                break
            references.append(leader)
        found[row] = best / max(ahead[leader], 1.0)
        progress((row + 1) / len(values))
    return found
