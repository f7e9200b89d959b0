"""Why no choice keeps every condition: the smallest sets of conditions that exclude each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from smart_territoires_plugin.core.errors import Problem
from smart_territoires_plugin.core.targeting.portfolio import Programme, solve
from smart_territoires_plugin.core.targeting.portfolio_conditions import Condition

_BUDGETS = ("days", "eur")


@dataclass(frozen=True)
class Conflict:
    """Conditions that cannot hold together, while any of them left out would let the others hold.

    Parameters
    ----------
    conditions : tuple of Condition
    needed : mapping of kind to float
        Of each budget among them, the least that the others take.
    """

    conditions: tuple[Condition, ...]
    needed: dict[str, float]


def conflicts(programme: Programme, obliged: Sequence[Condition]) -> tuple[Conflict, ...]:
    """Return minimal sets of conditions that cannot hold together, no condition in two of them.

    Parameters
    ----------
    programme : Programme
    obliged : sequence of Condition
        What the plan must have, as conditions.

    Returns
    -------
    tuple of Conflict
        Without the conditions of all of them there is a choice. Empty where there is one anyway.

    Notes
    -----
    The deletion filter for irreducible infeasible sets (Chinneck and Dravnieks, 1991), on the 0–1 programme itself:
    each condition in turn is left out for good where the rest stays impossible.

    Examples
    --------
    >>> seine = np.array([1.0, 1.0, 0.0])
    >>> asked = (
    ...     Condition("days", "plan.yaml:2", np.ones(3), high=2.0),
    ...     Condition("group_min", "plan.yaml:5", seine, low=2.0),
    ...     Condition("group_min", "plan.yaml:6", 1 - seine, low=1.0),
    ... )
    >>> free = Programme(np.array(["a", "b", "c"]), np.ones(3), asked, np.zeros(3, bool))
    >>> found = conflicts(free, ())[0]
    >>> [condition.kind for condition in found.conditions], found.needed
    (['days', 'group_min', 'group_min'], {'days': 3.0})
    """
    free = replace(programme, imposed=np.zeros(len(programme.values), dtype=bool))
    left = [*obliged, *programme.conditions]
    found = []
    # What no choice at all can give stands alone, and each such is told.
    for condition in tuple(left):
        if condition.low > condition.amounts.clip(min=0).sum():
            found.append(Conflict((condition,), {}))
            left.remove(condition)
    while not _possible(free, left):
        kept = list(left)
        for condition in left:
            others = [item for item in kept if item is not condition]
            if not _possible(free, others):
                kept = others
        members = tuple(condition for condition in (*programme.conditions, *obliged) if _among(condition, kept))
        found.append(Conflict(members, _needed(free, members)))
        left = [condition for condition in left if not _among(condition, kept)]
    return tuple(found)


def conflict_problems(found: Sequence[Conflict], plan: str) -> Iterator[Problem]:
    """Yield the problems that conflicts are: one where a condition blocks by itself, else one for each condition."""
    for conflict in found:
        if len(conflict.conditions) == 1:
            condition = conflict.conditions[0]
            yield _ALONE[condition.kind](condition)
            continue
        yield Problem("means.conflict", plan, {"count": len(conflict.conditions)})
        yield from (_TOGETHER[item.kind](item, conflict.needed.get(item.kind)) for item in conflict.conditions)


def _among(condition: Condition, conditions: Sequence[Condition]) -> bool:
    return any(item is condition for item in conditions)


def _possible(programme: Programme, conditions: Sequence[Condition]) -> bool:
    return solve(programme, np.zeros(len(programme.values)), conditions) is not None


def _needed(programme: Programme, members: Sequence[Condition]) -> dict[str, float]:
    """Return the least of each budget that keeping the other conditions takes."""
    made = {}
    for budget in (condition for condition in members if condition.kind in _BUDGETS):
        found = solve(programme, -budget.amounts, [item for item in members if item is not budget])
        if found is not None:
            made[budget.kind] = budget.total(found.chosen)
    return made


_ALONE = {
    "group_min": lambda condition: Problem("means.group_blocks", condition.where, condition.values),
    "theme_min": lambda condition: Problem("means.theme_blocks", condition.where, condition.values),
    "size_min": lambda condition: Problem("means.size_blocks", condition.where, condition.values),
}
_TOGETHER = {
    "days": lambda c, needed: Problem("means.conflict_days", c.where, {**c.values, "needed": f"{needed:g}"}),
    "eur": lambda c, needed: Problem("means.conflict_eur", c.where, {**c.values, "needed": f"{needed:g}"}),
    "group_min": lambda c, needed: Problem("means.conflict_group_min", c.where, c.values),
    "group_max": lambda c, needed: Problem("means.conflict_group_max", c.where, c.values),
    "theme_min": lambda c, needed: Problem("means.conflict_theme_min", c.where, c.values),
    "theme_max": lambda c, needed: Problem("means.conflict_theme_max", c.where, c.values),
    "size_min": lambda c, needed: Problem("means.conflict_size_min", c.where, c.values),
    "size_max": lambda c, needed: Problem("means.conflict_size_max", c.where, c.values),
    "must_have": lambda c, needed: Problem("means.conflict_must_have", c.where, c.values),
}
