"""Numbers that can be computed with: infinite ones are refused, with the indicators that hold them."""

from __future__ import annotations

import numpy as np

from smart_territoires_plugin.core.errors import Problem, ScoringError

# Its cube and the sum of many such cubes would overflow; no quantity of a territory comes near.
LARGEST = 1e100


def refuse_infinite(values, identifiers):
    """Refuse infinite values, and those so large that computing with them would make infinite ones.

    Parameters
    ----------
    values : ndarray, shape (n_territories, n_indicators)
        NaN where missing, which is no fault.
    identifiers : sequence of str
        Of the indicators.

    Raises
    ------
    ScoringError
        With one problem for each indicator that has such values.

    Examples
    --------
    >>> refuse_infinite(np.array([[1.0, np.nan]]), ("fibre", "noise"))
    """
    wrong = (np.abs(values) > LARGEST).sum(axis=0)
    if wrong.any():
        raise ScoringError(
            *(
                Problem("scoring.infinite_values", identifiers[column], {"count": int(wrong[column])})
                for column in np.flatnonzero(wrong)
            )
        )


def known_values(values):
    """Return the values of one indicator that are known, all of them finite.

    Raises
    ------
    ScoringError
        If one of them is infinite.

    Examples
    --------
    >>> known_values(np.array([2.0, np.nan, 3.0])).tolist()
    [2.0, 3.0]
    """
    values = np.asarray(values, dtype=float)
    refuse_infinite(values[:, None], ("scoring",))
    return values[~np.isnan(values)]
