"""How replaceable each choice is: what is lost without it, and what imposing one that was not chosen would cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from smart_territoires_plugin.core.scoring.simulation import one_by_one
from smart_territoires_plugin.core.targeting.portfolio import Choice, Programme, best_choice
from smart_territoires_plugin.core.targeting.portfolio_conditions import as_upper_bounds

_SAME = 1e-9


@dataclass(frozen=True)
class Replacement:
    """The best choice once one candidate is forbidden, or imposed.

    Parameters
    ----------
    row : int
        The candidate.
    loss : float
        Value that is lost, at least 0; infinite where no choice keeps the conditions then.
    entering, leaving : tuple of int
        The candidates that come in and go out, beside the one in question.
    """

    row: int
    loss: float
    entering: tuple[int, ...]
    leaving: tuple[int, ...]


def replacements(
    programme: Programme,
    best: Choice,
    unchosen: int,
    run: Callable = one_by_one,
    step: Callable[[float], None] = lambda share: None,
) -> tuple[Replacement, ...]:
    """Return, for each one chosen, the loss without it, then the loss of imposing each of the best unchosen.

    Parameters
    ----------
    programme : Programme
    best : Choice
    unchosen : int
        How many of those not chosen are looked at, of the greatest value first.
    run, step : callable
        Run a function on items, several at a time; told the share that is done.

    Returns
    -------
    tuple of Replacement
        Each by an optimisation of its own. Those that the plan imposes cannot be forbidden, and are not among them.

    Examples
    --------
    >>> from smart_territoires_plugin.core.targeting.portfolio_conditions import Condition
    >>> one = Condition("days", "plan.yaml:2", np.ones(3), high=1.0)
    >>> programme = Programme(np.array(["a", "b", "c"]), np.array([100.0, 99.0, 50.0]), (one,), np.zeros(3, bool))
    >>> [(found.row, found.loss) for found in replacements(programme, best_choice(programme), 1)]
    [(0, 1.0), (1, 1.0)]
    """
    inside = np.flatnonzero(best.chosen & ~programme.imposed)
    outside = np.flatnonzero(~best.chosen)
    # In the order of codes where the values are the same.
    order = np.lexsort((programme.codes[outside].astype(str), -programme.values[outside]))
    tasks = [*inside, *outside[order][:unchosen]]
    return tuple(run(lambda row: _without(programme, best, int(row)), tasks, step))


def _without(programme: Programme, best: Choice, row: int) -> Replacement:
    lower, upper = np.zeros(len(programme.values)), np.ones(len(programme.values))
    if best.chosen[row]:
        upper[row] = 0.0
    else:
        lower[row] = 1.0
    known = _exchanged(programme, best, row)
    found = best_choice(programme, lower, upper, settle_ties=False, known=known)
    if found is None:
        return Replacement(row, float("inf"), (), ())
    loss = best.value - found.value
    return Replacement(
        row,
        0.0 if loss <= _SAME * programme.scale else loss,
        _others(found.chosen & ~best.chosen, row),
        _others(best.chosen & ~found.chosen, row),
    )


def _exchanged(programme: Programme, best: Choice, row: int) -> np.ndarray | None:
    """Return the best choice after one exchange of the candidate for another, None where no exchange is allowed."""
    amounts, bounds = as_upper_bounds(programme.conditions, len(programme.values))
    rest = best.chosen.copy()
    rest[row] = not rest[row]
    # What each other candidate adds as it comes in, or as it goes out where the one in question comes in.
    sign = 1.0 if best.chosen[row] else -1.0
    others = (~best.chosen if best.chosen[row] else best.chosen & ~programme.imposed).copy()
    others[row] = False
    total = (amounts * rest).sum(axis=1)
    fits = others & (total[:, None] + sign * amounts <= bounds[:, None]).all(axis=0)
    if not fits.any():
        return None
    worth = np.where(fits, sign * programme.values, -np.inf)
    rest[int(worth.argmax())] = best.chosen[row]
    return rest


def _others(rows: np.ndarray, row: int) -> Sequence[int]:
    return tuple(int(other) for other in np.flatnonzero(rows) if other != row)
