"""The limits, quotas and obligations of a plan as linear conditions on who is chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from smart_territoires_plugin.core.errors import Problem, SourceError
from smart_territoires_plugin.core.study.schema import nearest
from smart_territoires_plugin.core.targeting.portfolio_candidates import Candidates
from smart_territoires_plugin.core.targeting.portfolio_plan import LIMITS, Plan, Quota

# Sums of costs are exact to this share of their limit.
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Condition:
    """A sum over those chosen that must be at least ``low`` and at most ``high``; one of the two is infinite.

    Parameters
    ----------
    kind : str
        ``days``, ``eur``, ``group_min``, ``group_max``, ``theme_min``, ``theme_max``, ``size_min``, ``size_max``,
        ``must_have``.
    where : str
        The line of the plan that says so.
    amounts : ndarray, shape (n_candidates,)
        What each candidate adds to the sum.
    values : mapping
        What the wording of the condition fills in.
    """

    kind: str
    where: str
    amounts: np.ndarray
    low: float = -np.inf
    high: float = np.inf
    values: Mapping[str, Any] = field(default_factory=dict)

    def total(self, chosen: np.ndarray) -> float:
        """Return the sum over those chosen."""
        return float(self.amounts[chosen].sum())

    def holds(self, chosen: np.ndarray) -> bool:
        """Return whether a choice keeps the condition; a sum may miss its limit by rounding alone."""
        total = self.total(chosen)
        room = _ROUNDING * max(1.0, *(abs(bound) for bound in (self.low, self.high) if np.isfinite(bound)))
        return self.low - room <= total <= self.high + room

    def binds(self, chosen: np.ndarray) -> bool:
        """Return whether nothing more fits: a quota that is met exactly, or means that pay for no other candidate."""
        total = self.total(chosen)
        if np.isfinite(self.low):
            return total <= self.low
        others = self.amounts[~chosen & (self.amounts > 0)]
        return bool(total + others.min(initial=np.inf) > self.high * (1 + _ROUNDING)) if others.size else False


def conditions_of(plan: Plan, candidates: Candidates, themes: Sequence[str]) -> tuple[Condition, ...]:
    """Return the conditions of a plan, in its order.

    Parameters
    ----------
    themes : sequence of str
        Those that have a stake: each may be recommended.

    Raises
    ------
    SourceError
        With every problem: groups, values of groups and themes that the results do not have.
    """
    problems = [problem for quota in plan.quotas for problem in _unknown(quota, candidates, themes)]
    if problems:
        raise SourceError(*problems)
    made = [
        Condition(name, plan.where(LIMITS[name]), candidates.costs[name], high=limit, values={"limit": f"{limit:g}"})
        for name, limit in plan.limits.items()
    ]
    for quota in plan.quotas:
        for members, values in _kinds(quota, candidates, themes):
            made += _bounds(quota, members.astype(float), values)
    return tuple(made)


def as_upper_bounds(conditions: Sequence[Condition], size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return conditions as sums that must not exceed a bound: what each candidate adds, and the bounds.

    Returns
    -------
    amounts : ndarray, shape (n_conditions, n_candidates)
    bounds : ndarray, shape (n_conditions,)

    Examples
    --------
    >>> amounts, bounds = as_upper_bounds((Condition("group_min", "plan.yaml:5", np.ones(2), low=1.0),), 2)
    >>> amounts.tolist(), bounds.tolist()
    ([[-1.0, -1.0]], [-1.0])
    """
    signs = np.array([1.0 if np.isfinite(condition.high) else -1.0 for condition in conditions])
    amounts = np.array([condition.amounts for condition in conditions], dtype=float).reshape(len(signs), size)
    bounds = [condition.high if np.isfinite(condition.high) else condition.low for condition in conditions]
    return signs[:, None] * amounts, signs * np.array(bounds)


def obligations(candidates: Candidates, where: str) -> tuple[Condition, ...]:
    """Return one condition for each candidate that the plan must have."""
    rows = np.flatnonzero(candidates.imposed)
    unit = np.eye(len(candidates))[rows]
    codes = candidates.codes[rows]
    return tuple(
        Condition("must_have", where, amounts, low=1.0, values={"code": code})
        for amounts, code in zip(unit, codes, strict=True)
    )


def _bounds(quota: Quota, members: np.ndarray, values: Mapping[str, Any]) -> Iterator[Condition]:
    values = {**values, "remaining": int(members.sum())}
    if quota.least:
        low = {**values, "number": quota.least}
        yield Condition(f"{quota.kind}_min", quota.where, members, low=float(quota.least), values=low)
    if quota.most is not None:
        high = {**values, "number": quota.most}
        yield Condition(f"{quota.kind}_max", quota.where, members, high=float(quota.most), values=high)


def _kinds(quota: Quota, candidates: Candidates, themes: Sequence[str]) -> Iterator[tuple[np.ndarray, dict[str, Any]]]:
    """Yield who is meant by each condition of a quota, and what names it."""
    if quota.kind == "group":
        column = candidates.groups[quota.group]
        for value in (quota.value,) if quota.value is not None else candidates.group_values[quota.group]:
            yield column == value, {"group": quota.group, "value": value}
    elif quota.kind == "theme":
        for theme in quota.themes or themes:
            yield candidates.themes == theme, {"theme": theme}
    else:
        inside = (candidates.population >= quota.population_from) & (candidates.population < quota.population_to)
        yield inside, {"size": _size(quota)}


def _size(quota: Quota) -> str:
    last = f"{quota.population_to:.0f}" if np.isfinite(quota.population_to) else "∞"
    return f"{quota.population_from:.0f} – {last}"


def _unknown(quota: Quota, candidates: Candidates, themes: Sequence[str]) -> Iterator[Problem]:
    if quota.kind == "group" and quota.group not in candidates.groups:
        known = ", ".join(candidates.groups) or "–"
        yield Problem("means.unknown_group", quota.where, {"group": quota.group, "known": known})
    elif quota.kind == "group" and quota.value not in (None, *candidates.group_values[quota.group]):
        known = nearest(quota.value, candidates.group_values[quota.group][:200])
        values = {"group": quota.group, "value": quota.value, "known": known}
        yield Problem("means.unknown_group_value", quota.where, values)
    for theme in quota.themes:
        if theme not in themes:
            yield Problem("means.unknown_theme", quota.where, {"theme": theme, "known": ", ".join(themes) or "–"})
