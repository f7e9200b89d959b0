"""Scores against given bounds rather than against the other territories: they can be compared from run to run.

A constant indicator, or a single territory, has a score too. Missing values stay missing; infinite ones are refused.
"""

from __future__ import annotations

import numpy as np

from smart_territoires_plugin.core.errors import Problem, ScoringError
from smart_territoires_plugin.core.scoring.finite import known_values

_PLACE = "scoring.normalisation"


def goalposts(values, direction=1, low_value=0.0, high_value=1.0, low=0.0, high=100.0, log=False, cap=True):
    """Rescale linearly between two values that were given, the goalposts.

    Parameters
    ----------
    values : ndarray, shape (n_territories,)
        The indicator in its own unit; NaN where it is missing, and stays NaN.
    direction : {1, -1}
        1 if a higher value scores higher, -1 if it scores lower.
    low_value, high_value : float
        In the indicator's unit, the lower one first whatever the direction.
    low, high : float
        Scores of the worse and of the better goalpost.
    log : bool
        Whether the logarithms of the value and of the goalposts are taken first.
    cap : bool
        Whether a value beyond a goalpost gets the goalpost's score.

    Returns
    -------
    ndarray, shape (n_territories,)
        ``low`` to ``high``, unbounded if not capped.

    Raises
    ------
    ScoringError
        If the lower goalpost is not below the upper one, or a logarithm would be taken of 0 or less (a capped value is
        moved to its goalpost first).

    Notes
    -----
    UNDP, Human Development Report (2015), technical note 1; Mazziotta and Pareto (2016) with ``low=70, high=130``.

    Examples
    --------
    >>> goalposts(np.array([20.0, 52.5, 90.0]), low_value=20, high_value=85).tolist()
    [0.0, 50.0, 100.0]
    """
    if not low_value < high_value:
        raise ScoringError(Problem("method.goalposts_reversed", _PLACE, {"low": low_value, "high": high_value}))
    if log and low_value <= 0:
        raise ScoringError(Problem("method.log_of_zero", _PLACE, {"low": low_value}))
    known_values(values)
    if cap:
        values = np.clip(values, low_value, high_value)
    if log:
        without = int((values <= 0).sum())
        if without:
            raise ScoringError(Problem("method.log_of_values", _PLACE, {"count": without}))
        values, low_value, high_value = np.log(values), np.log(low_value), np.log(high_value)
    share = (values - low_value) / (high_value - low_value)
    if direction < 0:
        share = 1 - share
    return low + (high - low) * share


def scaled(values, direction=1, low_value=0.0, high_value=100.0):
    """Return 100·(x − low)/(high − low), or 100·(high − x)/(high − low) where less is better.

    Parameters
    ----------
    low_value, high_value : float
        In the indicator's unit; a value beyond them scores beyond 0 or 100.

    Notes
    -----
    COINr: ``n_scaled``; Global Innovation Index (2020), appendix on scores.

    Examples
    --------
    >>> scaled(np.array([1.0, 7.0]), low_value=1, high_value=5).tolist()
    [0.0, 150.0]
    """
    return goalposts(values, direction, low_value, high_value, cap=False)


def distance_to_reference(values, direction=1, reference=0.0):
    """Return 1 − (reference − x)/(reference − worst): how near each territory comes to a reference.

    Parameters
    ----------
    reference : float
        In the indicator's unit; a target, or the value of a territory.

    Returns
    -------
    ndarray, shape (n_territories,)
        0 for the worst of the set, 1 at the reference, more beyond it; NaN stays NaN.

    Raises
    ------
    ScoringError
        If the reference is no better than the worst of the set, from which the distance is counted.

    Notes
    -----
    COINr: ``n_dist2ref``, ``n_dist2targ``; OECD/JRC Handbook (2008), step 5.

    Examples
    --------
    >>> distance_to_reference(np.array([0.0, 5.0, 20.0]), reference=10).tolist()
    [0.0, 0.5, 2.0]
    """
    known = known_values(values)
    if known.size == 0:
        return np.full(len(values), np.nan)
    worst = known.min() if direction > 0 else known.max()
    if direction * (reference - worst) <= 0:
        raise ScoringError(
            Problem("method.reference_not_better", _PLACE, {"reference": reference, "worst": float(worst)})
        )
    return (values - worst) / (reference - worst)


def curve(values, direction=1, points=((0.0, 0.0), (1.0, 100.0))):
    """Read the score from a curve of straight pieces, flat before its first point and after its last.

    Parameters
    ----------
    direction : {1, -1}
        Not looked at: the points say themselves which values score high, be they in the middle.
    points : sequence of (x, y)
        Value in the indicator's unit and its score, values rising.

    Returns
    -------
    ndarray, shape (n_territories,)
        Between the lowest and the highest score of the points; NaN stays NaN.

    Raises
    ------
    ScoringError
        If the values of the points do not rise.

    Notes
    -----
    Value function of multi-attribute value theory (Keeney and Raiffa, 1976).

    Examples
    --------
    >>> curve(np.array([-5.0, 15.0, 30.0, 99.0]), points=[[10, 0], [20, 100], [40, 60]]).tolist()
    [0.0, 50.0, 80.0, 60.0]
    """
    at, scores = (np.array([point[place] for point in points], dtype=float) for place in (0, 1))
    if (np.diff(at) <= 0).any():
        raise ScoringError(Problem("method.curve_not_rising", _PLACE))
    known_values(values)
    return np.interp(values, at, scores)


def thresholds(values, direction=1, cuts=(0.0,)):
    """Count the thresholds that each territory passes, each of them a flag.

    Parameters
    ----------
    cuts : sequence of float
        In the indicator's unit; a value at a threshold passes it.

    Returns
    -------
    ndarray, shape (n_territories,)
        Share of the thresholds that are passed, 0–100; NaN stays NaN.

    Notes
    -----
    OECD/JRC Handbook (2008), step 5, categorical scale.

    Examples
    --------
    >>> thresholds(np.array([5.0, 10.0, 40.0]), cuts=[10, 20]).tolist()
    [0.0, 50.0, 100.0]
    """
    known_values(values)
    ordered = np.sort(direction * np.asarray(cuts, dtype=float))
    passed = 100 * np.searchsorted(ordered, direction * values, side="right") / ordered.size
    return np.where(np.isnan(values), np.nan, passed)
