"""Candidates whose place is settled before any search: by the linear programme, and what a choice must be worth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from smart_territoires_plugin.core.targeting.portfolio_conditions import Condition, as_upper_bounds

# The linear programme's values are exact to far less than this share of the largest value.
_MARGIN = 1e-6


def settled(
    values: np.ndarray, conditions: Sequence[Condition], lower: np.ndarray, upper: np.ndarray, least: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return bounds that hold for every choice worth at least ``least``.

    Parameters
    ----------
    values : ndarray, shape (n_candidates,)
    conditions : sequence of Condition
    lower, upper : ndarray of {0, 1}, shape (n_candidates,)
        1 and 0: chosen, and not chosen, in any case.
    least : float
        In the unit of the values.

    Returns
    -------
    lower, upper : ndarray of {0, 1}, shape (n_candidates,)
        The same where the linear programme has no solution.

    Notes
    -----
    Variable fixing by reduced costs (Kellerer, Pferschy and Pisinger, 2004): where the bound of the linear programme,
    less what a candidate's other place costs at least, is below ``least``, no such choice has it there.

    Examples
    --------
    >>> days = Condition("days", "plan.yaml:2", np.ones(4), high=2.0)
    >>> lower, upper = settled(np.array([9.0, 5.0, 4.8, 1.0]), (days,), np.zeros(4), np.ones(4), 13.8)
    >>> lower.tolist(), upper.tolist()
    ([1.0, 0.0, 0.0, 0.0], [1.0, 1.0, 1.0, 0.0])
    """
    from scipy.optimize import linprog

    matrix, bounds = as_upper_bounds(conditions, len(values))
    # Values are brought to 1 at most: the solver's tolerances are absolute.
    scale = float(np.abs(values).max(initial=0.0)) or 1.0
    relaxed = linprog(-values / scale, A_ub=matrix, b_ub=bounds, bounds=np.column_stack([lower, upper]), method="highs")
    if relaxed.status != 0:
        return lower, upper
    bound, needed = -relaxed.fun, least / scale - _MARGIN
    out = (bound - relaxed.lower.marginals < needed) & (lower == 0)
    into = (bound + relaxed.upper.marginals < needed) & (upper == 1)
    return np.where(into, 1.0, lower), np.where(out, 0.0, upper)
