"""Other choices that are nearly as good: each as different from all those before it as can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from smart_territoires_plugin.core.targeting.portfolio import Choice, Programme, best_choice, solve
from smart_territoires_plugin.core.targeting.portfolio_conditions import Condition
from smart_territoires_plugin.core.targeting.portfolio_reduction import settled


@dataclass(frozen=True)
class Alternative:
    """A choice, and how many of the best choice's candidates it keeps."""

    choice: Choice
    kept: int


def alternatives(
    programme: Programme,
    best: Choice,
    number: int,
    gap_pct: float,
    step: Callable[[float], None] = lambda share: None,
) -> tuple[Alternative, ...]:
    """Return choices worth at most ``gap_pct`` per cent less than the best one, as different as can be.

    Parameters
    ----------
    programme : Programme
    best : Choice
    number : int
        How many are looked for; there may be fewer.
    gap_pct : float
        Per cent of the best value that may be given up.
    step : callable
        Told the share that is done.

    Returns
    -------
    tuple of Alternative

    Notes
    -----
    Modelling to generate alternatives (Brill, Chang and Hopkins, 1982), by integer cuts: each keeps as few as can be of
    any choice before it (the largest overlap is minimised), then is the best of those. One that holds all of an
    earlier choice is none.

    Examples
    --------
    >>> one = Condition("days", "plan.yaml:2", np.ones(3), high=1.0)
    >>> programme = Programme(np.array(["a", "b", "c"]), np.array([100.0, 99.0, 50.0]), (one,), np.zeros(3, bool))
    >>> [found.choice.value for found in alternatives(programme, best_choice(programme), 3, 2.0)]
    [99.0]
    """
    near = Condition("near", "", programme.values, low=best.value - abs(best.value) * gap_pct / 100)
    size = len(programme.values)
    bounds = settled(programme.values, programme.conditions, programme.imposed.astype(float), np.ones(size), near.low)
    before, made = [best.chosen], []
    for place in range(number):
        overlap = _least_overlap(programme, near, before, *bounds)
        if overlap is None:
            break
        apart = tuple(
            Condition("apart", "", chosen.astype(float), high=float(min(overlap, chosen.sum() - 1)))
            for chosen in before
        )
        found = best_choice(replace(programme, conditions=(*programme.conditions, near, *apart)), *bounds)
        if found is None:
            break
        made.append(Alternative(found, int((found.chosen & best.chosen).sum())))
        before.append(found.chosen)
        step((place + 1) / number)
    return tuple(made)


def _least_overlap(
    programme: Programme, near: Condition, before: list[np.ndarray], lower: np.ndarray, upper: np.ndarray
) -> int | None:
    """Return how many of an earlier choice must be kept at least, whichever it is; None where nothing else is near.

    The largest overlap is a number of its own, in binary digits: a column for 1, for 2, for 4, …
    """
    most = max(int(chosen.sum()) for chosen in before).bit_length()
    size = len(programme.values)

    def wider(condition: Condition, further: np.ndarray) -> Condition:
        return replace(condition, amounts=np.concatenate([condition.amounts, further]))

    nothing, counted = np.zeros(most), 2.0 ** np.arange(most)
    rows = [wider(condition, nothing) for condition in (*programme.conditions, near)]
    for chosen in before:
        kept = Condition("overlap", "", chosen.astype(float), high=0.0)
        rows.append(wider(kept, -counted))
        rows.append(wider(Condition("other", "", chosen.astype(float), high=float(chosen.sum() - 1)), nothing))
    whole = replace(programme, imposed=np.concatenate([programme.imposed, np.zeros(most, dtype=bool)]))
    objective = np.concatenate([np.zeros(size), -counted])
    found = solve(whole, objective, rows, np.concatenate([lower, nothing]), np.concatenate([upper, np.ones(most)]))
    return None if found is None else int(counted[found.chosen[size:]].sum())
