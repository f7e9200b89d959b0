"""The best choice under means, exactly: a 0–1 linear programme, its optimum proven by branch and bound (HiGHS)."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from smart_territoires_plugin.core.errors import Problem, ScoringError
from smart_territoires_plugin.core.targeting.portfolio_conditions import Condition
from smart_territoires_plugin.core.targeting.portfolio_reduction import settled

# Nodes of the search, not seconds: the same answer on any machine. Beyond it the gap that is left is told.
NODE_LIMIT = 100_000
# The solver's tolerances are absolute: values are brought to this largest size for it.
_LARGEST = 1_000.0
_SAME = 1e-9


@dataclass(frozen=True)
class Programme:
    """What is maximised, and under what.

    Parameters
    ----------
    codes : ndarray of str, shape (n_candidates,)
        They settle ties.
    values : ndarray, shape (n_candidates,)
        Finite; the sum over those chosen is maximised.
    conditions : tuple of Condition
    imposed : ndarray of bool, shape (n_candidates,)
        Those that are chosen in any case.
    """

    codes: np.ndarray
    values: np.ndarray
    conditions: tuple[Condition, ...]
    imposed: np.ndarray

    @property
    def scale(self) -> float:
        """The largest absolute value; 1 where all are 0."""
        return float(np.abs(self.values).max(initial=0.0)) or 1.0

    def worth(self, chosen: np.ndarray) -> float:
        """Return the value of a choice, rounded once."""
        return math.fsum(self.values[chosen])


@dataclass(frozen=True)
class Choice:
    """A choice and how good it is proven to be.

    Parameters
    ----------
    chosen : ndarray of bool, shape (n_candidates,)
    value : float
    bound : float
        No choice under the same conditions is worth more.
    """

    chosen: np.ndarray
    value: float
    bound: float

    @property
    def gap_pct(self) -> float:
        """How much more, in per cent of the value, another choice could be worth at most."""
        above = self.bound - self.value
        return 0.0 if above <= _SAME * max(1.0, abs(self.bound)) else 100 * above / max(abs(self.value), 1e-12)

    @property
    def optimal(self) -> bool:
        """Whether the choice is proven to be the best."""
        return self.gap_pct == 0.0


def best_choice(
    programme: Programme,
    lower: np.ndarray | None = None,
    upper: np.ndarray | None = None,
    settle_ties: bool = True,
    known: np.ndarray | None = None,
) -> Choice | None:
    """Return the choice of the greatest value that keeps every condition, None where there is none.

    Parameters
    ----------
    lower, upper : ndarray of {0, 1}, shape (n_candidates,), optional
        1 and 0 impose and forbid a candidate beyond what the programme says.
    settle_ties : bool
        Whether, of choices that are worth the same, one is taken that depends on nothing but the codes.
    known : ndarray of bool, shape (n_candidates,), optional
        A choice that keeps everything: the search need not look where nothing is as good.

    Returns
    -------
    Choice or None

    Notes
    -----
    Kellerer, Pferschy and Pisinger (2004) for the problem; branch and bound of HiGHS (Huangfu and Hall, 2018) through
    ``scipy.optimize.milp``, with a gap of 0 asked. Equal values are settled by numbers drawn from the codes (their
    SHA-256), so that no place in an alphabet is an advantage.

    Examples
    --------
    >>> days = Condition("days", "plan.yaml:2", np.array([2.0, 1.0, 1.0]), high=2.0)
    >>> found = best_choice(Programme(np.array(["a", "b", "c"]), np.array([5.0, 3.0, 3.0]), (days,), np.zeros(3, bool)))
    >>> found.chosen.tolist(), found.value, found.optimal
    ([False, True, True], 6.0, True)
    """
    lower = np.maximum(programme.imposed.astype(float), 0.0 if lower is None else lower)
    upper = np.ones(len(programme.values)) if upper is None else upper
    if known is not None:
        lower, upper = settled(programme.values, programme.conditions, lower, upper, programme.worth(known))
    first = solve(programme, programme.values / programme.scale * _LARGEST, programme.conditions, lower, upper)
    if first is None:
        return None
    chosen, bound = first.chosen, first.bound * programme.scale / _LARGEST
    if settle_ties:
        least = programme.worth(chosen) - _SAME * programme.scale
        as_good = Condition("value", "", programme.values, low=least)
        lower, upper = settled(programme.values, programme.conditions, lower, upper, least)
        other = solve(programme, _drawn(programme.codes), (*programme.conditions, as_good), lower, upper)
        chosen = chosen if other is None else other.chosen
    value = programme.worth(chosen)
    return Choice(chosen, value, max(bound, value))


@dataclass(frozen=True)
class Solved:
    """What the solver found: a choice, and the bound of the objective that it was given."""

    chosen: np.ndarray
    bound: float


def solve(
    programme: Programme,
    objective: np.ndarray,
    conditions: Sequence[Condition],
    lower: np.ndarray | None = None,
    upper: np.ndarray | None = None,
) -> Solved | None:
    """Return a choice that maximises an objective under conditions, None where there is none.

    The solver holds conditions to within 1e-6: a choice that misses one in truth is cut off, and the search goes on.

    Raises
    ------
    ScoringError
        If the search ends at its last node without any choice.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    size = len(objective)
    lower = np.maximum(programme.imposed.astype(float), 0.0 if lower is None else lower)
    bounds = Bounds(lower, np.ones(size) if upper is None else upper)
    if np.any(bounds.lb > bounds.ub):
        return None
    rows = [condition.amounts for condition in conditions]
    low, high = [condition.low for condition in conditions], [condition.high for condition in conditions]
    while True:
        constraints = LinearConstraint(_sparse(rows, size), low, high) if rows else ()
        options = {"mip_rel_gap": 0.0, "node_limit": NODE_LIMIT}
        found = milp(-objective, integrality=np.ones(size), bounds=bounds, constraints=constraints, options=options)
        if found.x is None and found.status == 2:
            return None
        if found.x is None:
            raise ScoringError(Problem("means.not_settled", "HiGHS", {"nodes": NODE_LIMIT}))
        chosen = found.x > 0.5
        if all(condition.holds(chosen) for condition in conditions):
            best = float(objective[chosen].sum())
            bound = best if found.mip_dual_bound is None else max(best, -float(found.mip_dual_bound))
            return Solved(chosen, bound)
        rows.append(np.where(chosen, 1.0, -1.0))
        low.append(-np.inf)
        high.append(float(chosen.sum()) - 1)


def _sparse(rows: Sequence[np.ndarray], size: int):
    from scipy.sparse import csr_array

    return csr_array(np.array(rows, dtype=float).reshape(len(rows), size))


def _drawn(codes: np.ndarray) -> np.ndarray:
    """Return a number for each code, as good as drawn and the same on every machine."""
    parts = [int.from_bytes(hashlib.sha256(str(code).encode()).digest()[:3], "big") for code in codes]
    return np.array(parts, dtype=float) / 2**24 * _LARGEST
