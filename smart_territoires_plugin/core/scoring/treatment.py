"""Outliers: drawn in, or tamed by a logarithm; each treatment is a function and a line in ``TREATMENTS``.

Every treatment keeps the order of the territories, and tells each point that it changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np

from smart_territoires_plugin.core.errors import Problem, ScoringError
from smart_territoires_plugin.core.scoring.distribution import shape
from smart_territoires_plugin.core.scoring.finite import known_values, refuse_infinite
from smart_territoires_plugin.core.study.model import Method


@dataclass(frozen=True)
class ShapeCheck:
    """Skewness and kurtosis at one point of a treatment, and whether they are within the limits."""

    skewness: float
    kurtosis: float
    passed: bool


@dataclass(frozen=True)
class TreatedPoint:
    """One value that was changed; ``how`` is ``winsorised_high`` or ``_low``, ``log``, ``above`` or ``below``."""

    row: int
    before: float
    after: float
    how: str


@dataclass(frozen=True)
class Treatment:
    """One indicator after its treatment.

    Parameters
    ----------
    values : ndarray, shape (n_territories,)
        In the indicator's unit, or its logarithm where ``how`` is ``log``; NaN where missing.
    before : ndarray, shape (n_territories,)
    changed : ndarray of bool, shape (n_territories,)
        Where the treatment replaced a value.
    how : {"none", "winsorised", "log", "limits"}
        What was done in the end; ``none`` where nothing had to be.
    checks : tuple of ShapeCheck
        Of the values as they came, then after each step that was tried: winsorising, logarithm.
    n_winsorised : int
        Points that winsorising drew in, even where the logarithm was taken instead in the end.
    """

    values: np.ndarray
    before: np.ndarray
    changed: np.ndarray
    how: str
    checks: tuple[ShapeCheck, ...] = ()
    n_winsorised: int = 0

    def points(self) -> tuple[TreatedPoint, ...]:
        """Return every value that was changed, before and after, in the order of the territories."""
        high, low = {"winsorised": ("winsorised_high", "winsorised_low"), "limits": ("above", "below")}.get(
            self.how, ("log", "log")
        )
        return tuple(
            TreatedPoint(int(row), float(before), float(after), high if after < before else low)
            for row, before, after in zip(
                np.flatnonzero(self.changed), self.before[self.changed], self.values[self.changed]
            )
        )


def _untreated(values: np.ndarray, checks: tuple[ShapeCheck, ...] = ()) -> Treatment:
    return Treatment(values, values, np.zeros(len(values), dtype=bool), "none", checks)


def none(values: np.ndarray) -> Treatment:
    """Leave every value as it is.

    Examples
    --------
    >>> none(np.array([1.0, 900.0])).changed.tolist()
    [False, False]
    """
    return _untreated(np.asarray(values, dtype=float))


def limits(values: np.ndarray, low: Optional[float] = None, high: Optional[float] = None) -> Treatment:
    """Draw values in to limits that were given.

    Parameters
    ----------
    values : ndarray, shape (n_territories,)
        In the indicator's unit; NaN where missing.
    low, high : float, optional
        In the same unit; what is absent limits nothing.

    Raises
    ------
    ScoringError
        If the lower limit is above the upper one, or a value is infinite.

    Examples
    --------
    >>> limits(np.array([1.0, 50.0, 900.0]), high=100).points()
    (TreatedPoint(row=2, before=900.0, after=100.0, how='above'),)
    """
    values = np.asarray(values, dtype=float)
    known_values(values)
    if low is not None and high is not None and low > high:
        raise ScoringError(Problem("method.limits_reversed", "scoring.outliers", {"low": low, "high": high}))
    drawn_in = values if low is None else np.maximum(values, low)
    drawn_in = drawn_in if high is None else np.minimum(drawn_in, high)
    changed = ~np.isnan(values) & (drawn_in != values)
    return Treatment(drawn_in, values, changed, "limits" if changed.any() else "none")


def shape_check(values: np.ndarray, skewness_limit: float = 2.0, kurtosis_limit: float = 3.5) -> ShapeCheck:
    """Return the shape of an indicator; it passes if either measure is within its limit, or cannot be had.

    Examples
    --------
    >>> shape_check(np.array([1.0, 2.0, 3.0, 4.0, 5.0])).passed
    True
    """
    skew, kurt = shape(values)
    return ShapeCheck(skew, kurt, not (abs(skew) >= skewness_limit and kurt >= kurtosis_limit))


def coinr(
    values: np.ndarray, winsorised_points: int = 5, skewness_limit: float = 2.0, kurtosis_limit: float = 3.5
) -> Treatment:
    """Treat outliers as COINr does by default: winsorise; where that is not enough, a logarithm instead.

    While the absolute skewness and the kurtosis are both at their limits or beyond, the most extreme value on the side
    of the long tail takes the next one's value, until so many points have been drawn in. If the shape is still beyond
    the limits, the values as they came are replaced by ln(x − min + 0.01·(max − min)).

    Parameters
    ----------
    values : ndarray, shape (n_territories,)
        In the indicator's unit; NaN where missing.
    winsorised_points : int
        Once as many points are drawn in, no further step is made; equal values are drawn in together.
    skewness_limit, kurtosis_limit : float

    Returns
    -------
    Treatment
        Untouched where too few values are known, or where winsorising would leave one value everywhere.

    Raises
    ------
    ScoringError
        If a value is infinite.

    Notes
    -----
    W. Becker and others, COINr (2022), ``Treat``, ``winsorise``, ``log_CT``; OECD/JRC Handbook (2008), step 4.

    Examples
    --------
    >>> made = coinr(np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 90.0]))
    >>> made.how, made.points()
    ('winsorised', (TreatedPoint(row=9, before=90.0, after=9.0, how='winsorised_high'),))
    """
    values = np.asarray(values, dtype=float)
    known = ~np.isnan(values)
    inside = known_values(values)
    bounds = (skewness_limit, kurtosis_limit)
    checks = [shape_check(inside, *bounds)]
    if checks[0].passed:
        return _untreated(values, tuple(checks))
    drawn_in, n_drawn_in, reached = _winsorise(inside, checks[0], winsorised_points, bounds)
    if np.isnan(reached.skewness):
        return _untreated(values, tuple(checks))
    checks.append(reached)
    if not reached.passed:
        spread = inside.max() - inside.min()
        drawn_in = np.log(inside - inside.min() + 0.01 * spread)
        checks.append(shape_check(drawn_in, *bounds))
    made = np.full(values.shape, np.nan)
    made[known] = drawn_in
    changed = known & (made != values) if reached.passed else known
    return Treatment(made, values, changed, "winsorised" if reached.passed else "log", tuple(checks), n_drawn_in)


def _winsorise(values: np.ndarray, check: ShapeCheck, most: int, bounds: tuple) -> tuple[np.ndarray, int, ShapeCheck]:
    values = values.copy()
    high = low = np.zeros(len(values), dtype=bool)
    while not check.passed and high.sum() + low.sum() < most:
        # Those drawn in before are again the most extreme ones, so each side is counted afresh.
        if check.skewness >= 0:
            high = values == values.max()
            values[high] = values[~high].max()
        else:
            low = values == values.min()
            values[low] = values[~low].min()
        check = shape_check(values, *bounds)
    return values, int(high.sum() + low.sum()), check


TREATMENTS = {"none": none, "coinr": coinr, "limits": limits}


def treat(values: np.ndarray, identifiers: Sequence[str], method: Method) -> tuple[np.ndarray, tuple[Treatment, ...]]:
    """Treat every indicator by the same method.

    Parameters
    ----------
    values : ndarray, shape (n_territories, n_indicators)
        In their own units; NaN where missing.
    identifiers : sequence of str
        Of the indicators, to name those that hold infinite values.
    method : Method
        A key of ``TREATMENTS`` with its parameters.

    Returns
    -------
    treated : ndarray, shape (n_territories, n_indicators)
    treatments : tuple of Treatment
        In the order of the columns.

    Raises
    ------
    ScoringError
        If a value is infinite.

    Examples
    --------
    >>> treated, made = treat(np.array([[1.0], [7.0]]), ("noise",), Method("limits", {"high": 5}))
    >>> treated[:, 0].tolist(), made[0].changed.tolist()
    ([1.0, 5.0], [False, True])
    """
    values = np.asarray(values, dtype=float)
    refuse_infinite(values, identifiers)
    made = tuple(TREATMENTS[method.name](values[:, column], **method.parameters) for column in range(values.shape[1]))
    return np.column_stack([item.values for item in made]) if made else values.copy(), made
