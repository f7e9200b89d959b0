"""What to do where a value is missing; each rule is a function and a line in ``MISSING_RULES``."""

from __future__ import annotations

import numpy as np

from smart_territoires_plugin.core.errors import Problem, ScoringError


def renormalise(values: np.ndarray, groups: np.ndarray | None, identifiers: tuple) -> np.ndarray:
    """Leave gaps as they are: a composite then rests on what is known, its weights renormalised."""
    return values


def error(values: np.ndarray, groups: np.ndarray | None, identifiers: tuple) -> np.ndarray:
    """Refuse to score where a value is missing.

    Raises
    ------
    ScoringError
        With one problem for each indicator that has gaps.
    """
    gaps = np.isnan(values).sum(axis=0)
    if gaps.any():
        raise ScoringError(
            *(
                Problem("scoring.missing_values", identifiers[column], {"count": int(gaps[column])})
                for column in np.flatnonzero(gaps)
            )
        )
    return values


def _by_group(values: np.ndarray, groups: np.ndarray, statistic) -> np.ndarray:
    completed = values.copy()
    for group in np.unique(groups[groups != ""]):
        rows = np.flatnonzero(groups == group)
        for column in range(values.shape[1]):
            inside = values[rows, column]
            known = inside[~np.isnan(inside)]
            if known.size:
                completed[rows[np.isnan(inside)], column] = statistic(known)
    return completed


def group_mean(values: np.ndarray, groups: np.ndarray, identifiers: tuple) -> np.ndarray:
    """Fill a gap with the mean of the territory's group; it stays where the group knows nothing.

    Examples
    --------
    >>> group_mean(np.array([[1.0], [3.0], [np.nan]]), np.array(["a", "a", "a"]), ("x",))[2].tolist()
    [2.0]
    """
    return _by_group(values, groups, np.mean)


def group_median(values: np.ndarray, groups: np.ndarray, identifiers: tuple) -> np.ndarray:
    """Fill a gap with the median of the territory's group; it stays where the group knows nothing."""
    return _by_group(values, groups, np.median)


MISSING_RULES = {
    "error": error,
    "renormalise": renormalise,
    "group_mean": group_mean,
    "group_median": group_median,
}
