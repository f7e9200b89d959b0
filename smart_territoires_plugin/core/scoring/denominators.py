"""Values → values per unit of something else, where an indicator names its denominator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from smart_territoires_plugin.core.scoring.finite import LARGEST, refuse_infinite


@dataclass(frozen=True)
class Denominated:
    """Values after division, and why some of them have gone.

    Parameters
    ----------
    values : ndarray, shape (n_territories, n_indicators)
        In units of the indicator per unit of its denominator; NaN where missing.
    reasons : ndarray of str, shape (n_territories, n_indicators)
        ``denominator_missing``, ``denominator_zero``, ``denominator_negative`` or ``denominator_too_small`` where the
        division left nothing of a known value; else empty.
    names : tuple of str
        The denominator of each indicator; empty where it has none.
    """

    values: np.ndarray
    reasons: np.ndarray
    names: tuple[str, ...]


def denominate(
    values: np.ndarray, identifiers: Sequence[str], denominators: Mapping[str, tuple[str, np.ndarray]]
) -> Denominated:
    """Divide indicators by their denominators.

    A denominator that is zero, negative or missing leaves the value missing: nothing can be said per unit of nothing.

    Parameters
    ----------
    values : ndarray, shape (n_territories, n_indicators)
        In their own units; NaN where missing.
    identifiers : sequence of str
        Of the indicators, in the order of the columns.
    denominators : mapping of str to (str, ndarray of shape (n_territories,))
        Indicator → name and values of its denominator; an indicator that is absent stays as it is.

    Returns
    -------
    Denominated

    Raises
    ------
    ScoringError
        If a value is infinite; an infinite denominator is taken as missing.

    Notes
    -----
    OECD/JRC Handbook (2008), step 2: size is taken out before territories are compared.

    Examples
    --------
    >>> made = denominate(np.array([[6.0], [5.0]]), ("trade",), {"trade": ("gdp", np.array([3.0, 0.0]))})
    >>> made.values[:, 0].tolist(), made.reasons[:, 0].tolist()
    ([2.0, nan], ['', 'denominator_zero'])
    """
    values = np.asarray(values, dtype=float)
    refuse_infinite(values, identifiers)
    made = values.copy()
    reasons = np.full(values.shape, "", dtype=object)
    column_of = {identifier: column for column, identifier in enumerate(identifiers)}
    names = [""] * len(column_of)
    for identifier, (name, divisors) in denominators.items():
        column = column_of[identifier]
        names[column] = name
        made[:, column], reasons[:, column] = _divided(values[:, column], np.asarray(divisors, dtype=float))
    return Denominated(made, reasons, tuple(names))


def _divided(values: np.ndarray, divisors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    divided = np.full(values.shape, np.nan)
    usable = (divisors > 0) & np.isfinite(divisors)
    # The quotient by a divisor next to 0 can be beyond all numbers; it is told below, not by a warning of numpy.
    with np.errstate(over="ignore"):
        np.divide(values, divisors, out=divided, where=usable)
    too_large = np.abs(divided) > LARGEST
    divided[too_large] = np.nan
    reasons = np.full(values.shape, "", dtype=object)
    reasons[~usable] = "denominator_missing"
    reasons[divisors == 0] = "denominator_zero"
    reasons[divisors < 0] = "denominator_negative"
    reasons[too_large] = "denominator_too_small"
    reasons[np.isnan(values)] = ""
    return divided, reasons
