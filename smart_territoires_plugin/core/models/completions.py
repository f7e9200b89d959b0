"""Completed values to draw from: those of the missing rule, then as many again as its errors allow for."""

from __future__ import annotations

import numpy as np

from smart_territoires_plugin.core.models.imputation import imputation_draws
from smart_territoires_plugin.core.scoring.missing import Context
from smart_territoires_plugin.core.study.model import Robustness, Scoring

DRAWN = 20


def drawn_completions(
    values: np.ndarray,
    completed: np.ndarray,
    usable: np.ndarray,
    scoring: Scoring,
    robustness: Robustness,
    context: Context,
) -> list[np.ndarray]:
    """Return the completed values of a run, and ``DRAWN`` others where imputed values are to be drawn anew.

    Parameters
    ----------
    values, completed : ndarray, shape (n_territories, n_indicators)
        Before and after the missing rule.
    usable : ndarray of bool, shape (n_indicators,)
        The indicators that the rule was asked to fill.
    context : Context
        What the rule knew, of the usable indicators alone.

    Returns
    -------
    list of ndarray, shape (n_territories, n_indicators)
        The run's own first.

    Examples
    --------
    >>> from smart_territoires_plugin.core.study.model import Method
    >>> values = np.array([[1.0], [3.0], [np.nan]])
    >>> scoring = Scoring(Method("group_mean", {"group": "g"}))
    >>> context = Context(("x",), groups=np.array(["a"] * 3))
    >>> made = drawn_completions(
    ...     values, np.array([[1.0], [3.0], [2.0]]), np.array([True]), scoring, Robustness(), context
    ... )
    >>> len(made), made[0][2, 0].item()
    (21, 2.0)
    """
    if not (robustness.imputation and (np.isnan(values) & ~np.isnan(completed)).any()):
        return [completed]
    made = [completed]
    asked = (values[:, usable], completed[:, usable], scoring.missing, context)
    for matrix in imputation_draws(*asked, DRAWN, robustness.seed):
        whole = completed.copy()
        whole[:, usable] = matrix
        made.append(whole)
    return made
