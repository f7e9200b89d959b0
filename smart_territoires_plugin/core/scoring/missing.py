"""What to do where a value is missing; each rule is a function and a line in ``MISSING_RULES``.

The rules that need scikit-learn are in ``models.imputation``, whose ``complete`` knows all of them; a score that is had
again with numpy alone starts from the values that the engine completed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Callable, NamedTuple, Optional

import numpy as np

from smart_territoires_plugin.core.errors import Problem, ScoringError
from smart_territoires_plugin.core.study.model import Method


@dataclass(frozen=True)
class Context:
    """What a rule may know beside the values.

    Parameters
    ----------
    identifiers : tuple of str
        Of the indicators, column by column: for messages.
    groups : ndarray of str, shape (n_territories,), optional
        Group of each territory, '' where unknown.
    neighbours : pair of ndarray of int, optional
        Rows of territories that share a border, each pair both ways (``sources.borders.neighbour_pairs``).
    parameters : mapping
        Of the rule.
    """

    identifiers: tuple[str, ...]
    groups: Optional[np.ndarray] = None
    neighbours: Optional[tuple[np.ndarray, np.ndarray]] = None
    parameters: Mapping[str, Any] = field(default_factory=dict)


class ImputedValue(NamedTuple):
    """One value that a rule filled in: its row and column, the value in its own unit, and the rule's name."""

    row: int
    column: int
    value: float
    method: str


Rule = Callable[[np.ndarray, Context], np.ndarray]


def context_for(
    method: Method,
    identifiers: tuple[str, ...],
    groups: Optional[Mapping[str, np.ndarray]] = None,
    neighbours: Optional[tuple[np.ndarray, np.ndarray]] = None,
) -> Context:
    """Return the context of a rule as a study asks for it; ``groups`` by their names.

    Examples
    --------
    >>> asked = Method("group_mean", {"group": "epci"})
    >>> context_for(asked, ("fibre",), {"epci": np.array(["a", "b"])}).groups.tolist()
    ['a', 'b']
    """
    chosen = (groups or {}).get(method.parameters.get("group", ""))
    return Context(identifiers, chosen, neighbours, method.parameters)


def missing_rule(name: str) -> Rule:
    """Return a rule that needs numpy alone.

    Raises
    ------
    ScoringError
        If the rule runs in the engine: the caller completes the values there first.
    """
    if name not in MISSING_RULES:
        raise ScoringError(Problem("scoring.rule_in_engine", name, {"rule": name}))
    return MISSING_RULES[name]


def imputed_values(values: np.ndarray, completed: np.ndarray, method: str) -> list[ImputedValue]:
    """Return every value that was filled in, row by row.

    Examples
    --------
    >>> [tuple(item) for item in imputed_values(np.array([[1.0, np.nan]]), np.array([[1.0, 7.0]]), "knn")]
    [(0, 1, 7.0, 'knn')]
    """
    rows, columns = np.nonzero(np.isnan(values) & ~np.isnan(completed))
    found = completed[rows, columns].tolist()
    return [ImputedValue(*item, method) for item in zip(rows.tolist(), columns.tolist(), found)]


def renormalise(values: np.ndarray, context: Context) -> np.ndarray:
    """Leave gaps as they are: a composite then rests on what is known, its weights renormalised."""
    return values


def error(values: np.ndarray, context: Context) -> np.ndarray:
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
                Problem("scoring.missing_values", context.identifiers[column], {"count": int(gaps[column])})
                for column in np.flatnonzero(gaps)
            )
        )
    return values


def group_mean(values: np.ndarray, context: Context) -> np.ndarray:
    """Fill a gap with the mean of the territory's group; it stays where the group knows nothing.

    Parameters
    ----------
    values : ndarray, shape (n_territories, n_indicators)
        In their own units; NaN where missing.
    context : Context
        With ``groups``.

    Returns
    -------
    ndarray, shape (n_territories, n_indicators)
        The known values as they are, and NaN where the rule knows nothing.

    Notes
    -----
    Conditional mean imputation (OECD/JRC Handbook, 2008, step 3).

    Examples
    --------
    >>> context = Context(("x",), groups=np.array(["a", "a", "a"]))
    >>> group_mean(np.array([[1.0], [3.0], [np.nan]]), context)[2].tolist()
    [2.0]
    """
    totals, counts, member = _group_totals(values, context)
    return _filled(values, _divided(totals, counts)[member])


def group_median(values: np.ndarray, context: Context) -> np.ndarray:
    """Fill a gap with the median of the territory's group; it stays where the group knows nothing.

    Examples
    --------
    >>> context = Context(("x",), groups=np.array(["a", "a", "a", "a"]))
    >>> group_median(np.array([[1.0], [3.0], [20.0], [np.nan]]), context)[3].tolist()
    [3.0]
    """
    member = group_numbers(context)
    estimates = np.full(values.shape, np.nan)
    for column in range(values.shape[1]):
        ordered = sorted_within(values[:, column], member)
        medians = np.full(member.max(initial=0) + 1, np.nan)
        there = ordered.sizes > 0
        first, size = ordered.starts[there], ordered.sizes[there]
        middle = ordered.values[first + (size - 1) // 2] + ordered.values[first + size // 2]
        medians[there] = middle / 2
        estimates[:, column] = medians[member]
    return _filled(values, estimates)


def neighbours(values: np.ndarray, context: Context) -> np.ndarray:
    """Fill a gap with the mean of the territories that share a border and have a value.

    Parameters
    ----------
    values : ndarray, shape (n_territories, n_indicators)
    context : Context
        With ``neighbours``.

    Returns
    -------
    ndarray, shape (n_territories, n_indicators)
        A gap whose neighbours know nothing stays: no value is passed on from one gap to the next.

    Raises
    ------
    ScoringError
        If the territories have no borders to go by.

    Examples
    --------
    >>> line = Context(("x",), neighbours=(np.array([0, 1, 1, 2]), np.array([1, 0, 2, 1])))
    >>> neighbours(np.array([[1.0], [np.nan], [5.0]]), line)[1].tolist()
    [3.0]
    """
    return _filled(values, neighbour_means(values, context))


def neighbour_means(values: np.ndarray, context: Context) -> np.ndarray:
    """Return the mean of each territory's neighbours, itself left out; NaN where they know nothing."""
    if context.neighbours is None:
        raise ScoringError(Problem("scoring.no_neighbours", "neighbours", {}))
    to, of = (np.asarray(rows, dtype=int) for rows in context.neighbours)
    totals, counts = _sums(values[of], to, len(values))
    return _divided(totals, counts)


def group_numbers(context: Context) -> np.ndarray:
    """Return each territory's group as a number, 0 for those whose group is unknown.

    Raises
    ------
    ScoringError
        If there are no groups to go by.
    """
    if context.groups is None:
        raise ScoringError(Problem("scoring.no_groups", str(context.parameters.get("group", "–")), {}))
    groups = np.asarray(context.groups).astype(str)
    _, member = np.unique(groups, return_inverse=True)
    return np.where(groups == "", 0, member.reshape(-1) + 1)


class SortedWithin(NamedTuple):
    """Known values of a column, in ascending order within each group.

    ``order``: their rows; ``values``; by group, where its values start and how many they are.
    """

    order: np.ndarray
    values: np.ndarray
    starts: np.ndarray
    sizes: np.ndarray


def sorted_within(column: np.ndarray, member: np.ndarray) -> SortedWithin:
    """Sort the known values of a column within groups; group 0, the unknown, has none."""
    known = np.flatnonzero(~np.isnan(column) & (member > 0))
    order = known[np.lexsort((column[known], member[known]))]
    sizes = np.bincount(member[order], minlength=member.max(initial=0) + 1)
    return SortedWithin(order, column[order], np.cumsum(sizes) - sizes, sizes)


def _group_totals(values: np.ndarray, context: Context) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    member = group_numbers(context)
    inside = np.where((member > 0)[:, None], values, np.nan)
    return (*_sums(inside, member, member.max(initial=0) + 1), member)


def _sums(values: np.ndarray, at: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the sums and the numbers of known values by the place that each row adds to, column by column."""
    known = ~np.isnan(values)
    shape = (size, values.shape[1])
    totals, counts = np.zeros(shape), np.zeros(shape)
    for column in range(shape[1]):
        rows = known[:, column]
        totals[:, column] = np.bincount(at[rows], values[rows, column], size)
        counts[:, column] = np.bincount(at[rows], minlength=size)
    return totals, counts


def _divided(totals: np.ndarray, counts: np.ndarray) -> np.ndarray:
    return np.divide(totals, counts, out=np.full(totals.shape, np.nan), where=counts > 0)


def _filled(values: np.ndarray, estimates: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(values), estimates, values)


MISSING_RULES: dict[str, Rule] = {
    "error": error,
    "renormalise": renormalise,
    "group_mean": group_mean,
    "group_median": group_median,
    "neighbours": neighbours,
}
