"""Two runs side by side: who moved, and what of each change comes from values, others, weights and method."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Callable, Optional

import numpy as np

# What may differ between two runs, in the order in which it is told.
CAUSES = ("values", "others", "weights", "method")
# A change of a score, in points, that is no more than the rounding of sums.
ROUNDING = 1e-9
# Territory by territory, a scale is made again for each; beyond so many values in all, ``others`` is not told apart.
MAX_VALUES_RESCALED = 200_000_000


@dataclass(frozen=True)
class Reckoning:
    """How a run came from values to the score of one composite.

    Parameters
    ----------
    codes : ndarray of str, shape (n_territories,)
    indicators : tuple of str
        Identifiers of the columns; both runs name the same, in the same order. One that a run lacks is missing
        everywhere, and its weight 0.
    values, completed : ndarray, shape (n_territories, n_indicators)
        Before and after imputation, in their own units; NaN where missing.
    weights : ndarray, shape (n_elements,)
        As ``aggregate`` takes them; both runs' have the same meaning.
    rule : str
        How gaps are filled, in words that differ where the method does.
    normalise : callable
        Column number, values (n,) → scores (n,): treatment and normalisation of one indicator among a set of
        territories.
    aggregate : callable
        Normalised (n, n_indicators), weights → scores (n,).
    """

    codes: np.ndarray
    indicators: tuple[str, ...]
    values: np.ndarray
    completed: np.ndarray
    weights: np.ndarray
    rule: str
    normalise: Callable[[int, np.ndarray], np.ndarray]
    aggregate: Callable[[np.ndarray, np.ndarray], np.ndarray]


@dataclass(frozen=True)
class ScoreChange:
    """The change of a score between two runs, taken apart.

    Parameters
    ----------
    codes : ndarray of str, shape (n_both,)
        Of the territories that both runs have, in the order of the second.
    before, after : ndarray, shape (n_both,)
        The scores, had again.
    parts : mapping of cause to ndarray, shape (n_both,)
        Points that add up to ``after - before``; NaN where either is, or where a score on the way cannot be had.
    others_apart : bool
        Whether ``others`` was told apart; else it is within ``values``.
    """

    codes: np.ndarray
    before: np.ndarray
    after: np.ndarray
    parts: Mapping[str, np.ndarray]
    others_apart: bool


def common_rows(before: np.ndarray, after: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows of the territories that are in both runs, in the order of the second.

    Examples
    --------
    >>> [rows.tolist() for rows in common_rows(np.array(["a", "b"]), np.array(["b", "c", "a"]))]
    [[1, 0], [0, 2]]
    """
    place = {str(code): row for row, code in enumerate(before)}
    pairs = [(place[str(code)], row) for row, code in enumerate(after) if str(code) in place]
    found = np.array(pairs, dtype=int).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def split_change(before: Reckoning, after: Reckoning) -> ScoreChange:
    """Take the change of a score apart by cause.

    Returns
    -------
    ScoreChange
        ``values``: the territory's own values changed. ``others``: those of the territories that it is compared with
        did, and so the ends or the spread of the scale. ``weights``: so did the weights. ``method``: imputation,
        treatment, normalisation or aggregation is another one.

    Notes
    -----
    Causes are replaced one after the other, and what each adds is averaged over all orders: the Shapley value of the
    causes (Shapley, 1953; Shorrocks, Journal of Economic Inequality, 2013), so that the parts add up to the change
    exactly, whatever the aggregation. A scale that rests on others, such as min-max, is made again for each territory
    with its own value in the place of its other one.

    Examples
    --------
    >>> def run(values, weights):
    ...     values = np.array(values)
    ...     mean = lambda scores, weights: scores @ weights / weights.sum()
    ...     return Reckoning(np.array(["a"]), ("x", "y"), values, values, np.array(weights), "", lambda c, v: v, mean)
    >>> found = split_change(run([[10.0, 20.0]], [1.0, 1.0]), run([[10.0, 20.0]], [1.0, 3.0]))
    >>> {cause: part.tolist() for cause, part in found.parts.items()}
    {'values': [0.0], 'others': [0.0], 'weights': [2.5], 'method': [0.0]}
    """
    runs = (before, after)
    rows = common_rows(before.codes, after.codes)
    scales = _Scales(runs, rows)
    causes = CAUSES if scales.worth_it else tuple(cause for cause in CAUSES if cause != "others")
    scores: dict[tuple[int, ...], np.ndarray] = {}
    for switched in product((0, 1), repeat=len(causes)):
        taken = dict(zip(causes, switched))
        own, method = taken["values"], taken["method"]
        others = taken.get("others", own)
        normalised = scales.normalised(own, others, method)
        scores[switched] = runs[method].aggregate(normalised, runs[taken["weights"]].weights)[rows[others]]
    parts = {cause: _share(scores, place) for place, cause in enumerate(causes)}
    first, last = scores[(0,) * len(causes)], scores[(1,) * len(causes)]
    nothing = np.where(np.isnan(first) | np.isnan(last), np.nan, 0.0)
    ordered = {cause: parts.get(cause, nothing) + nothing for cause in CAUSES}
    return ScoreChange(np.asarray(after.codes)[rows[1]], first, last, ordered, scales.worth_it)


def _share(scores: Mapping[tuple[int, ...], np.ndarray], place: int) -> np.ndarray:
    """Return what one cause adds, averaged over the orders in which causes are replaced."""
    count = len(next(iter(scores)))
    # Of all orders, each number of causes replaced before is as likely; so is, for a number, each choice of causes.
    by_number: list[list[np.ndarray]] = [[] for _ in range(count)]
    for switched, without in scores.items():
        if not switched[place]:
            joined = scores[(*switched[:place], 1, *switched[place + 1 :])]
            by_number[sum(switched)].append(joined - without)
    return sum((sum(steps) / len(steps) for steps in by_number), np.zeros(1)) / count


class _Scales:
    """Normalised values of the territories of both runs, each from either run's values on either run's scale."""

    def __init__(self, runs: tuple[Reckoning, Reckoning], rows: tuple[np.ndarray, np.ndarray]):
        self._runs, self._rows = runs, rows
        gap = [np.isnan(run.values[found]) for run, found in zip(runs, rows)]
        filled_otherwise = gap[0] & gap[1]
        # What a rule fills in where neither run has a value follows from the rule, or from the other territories.
        self._of_method = filled_otherwise & (runs[0].rule != runs[1].rule)
        self._of_others = filled_otherwise & (runs[0].rule == runs[1].rule)
        self._made: dict[tuple[int, int, int], np.ndarray] = {}
        own = [run.completed[found] for run, found in zip(runs, rows)]
        self._changed = ~((own[0] == own[1]) | (np.isnan(own[0]) & np.isnan(own[1])))
        sizes = len(runs[0].codes) + len(runs[1].codes)
        self.worth_it = int(self._changed.sum()) * sizes * 2 <= MAX_VALUES_RESCALED

    def normalised(self, own: int, others: int, method: int) -> np.ndarray:
        """Return them for all territories of run ``others``, those of both runs with their values of run ``own``."""
        key = (own, others, method)
        if key not in self._made:
            self._made[key] = self._direct(own, method) if own == others else self._replaced(own, others, method)
        return self._made[key]

    def _set(self, others: int, method: int) -> np.ndarray:
        """Return the completed values of all territories of a run, what the rule fills in by the rule of another."""
        completed = self._runs[others].completed.copy()
        if others != method:
            here, there = self._rows[others], self._rows[method]
            mixed = np.where(self._of_method, self._runs[method].completed[there], completed[here])
            completed[here] = mixed
        return completed

    def _direct(self, others: int, method: int) -> np.ndarray:
        completed = self._set(others, method)
        columns = [self._runs[method].normalise(column, completed[:, column]) for column in range(completed.shape[1])]
        return np.column_stack(columns) if columns else np.empty((len(completed), 0))

    def _replaced(self, own: int, others: int, method: int) -> np.ndarray:
        """Return each territory's scores with its own values of one run among the other territories of the other."""
        made = self.normalised(others, others, method).copy()
        completed = self._set(others, method)
        asked = self._set(own, method)[self._rows[own]]
        here = self._rows[others]
        replaced = self._changed & ~self._of_method & ~self._of_others
        for column in range(completed.shape[1]):
            for place in np.flatnonzero(replaced[:, column]):
                values = completed[:, column].copy()
                values[here[place]] = asked[place, column]
                made[here[place], column] = self._runs[method].normalise(column, values)[here[place]]
        return made


@dataclass(frozen=True)
class Standing:
    """Where the territories of a run stand.

    Parameters
    ----------
    codes : ndarray of str, shape (n_territories,)
    segments : ndarray of str, shape (n_territories,)
    ranks : ndarray, shape (n_territories,)
        1 is best; NaN where a territory has none.
    shortlist : int
        How many ranks the shortlist holds.
    """

    codes: np.ndarray
    segments: np.ndarray
    ranks: np.ndarray
    shortlist: int

    @property
    def listed(self) -> np.ndarray:
        """Whether each territory is in the shortlist."""
        return np.nan_to_num(self.ranks, nan=np.inf) <= self.shortlist


@dataclass(frozen=True)
class Moves:
    """Who moved between two runs.

    Parameters
    ----------
    codes : ndarray of str, shape (n_all,)
        Territories of the second run in its order, then those that only the first one has.
    before, after : ndarray of int, shape (n_all,)
        Their rows in either run; -1 where it lacks them.
    rank_change : ndarray, shape (n_all,)
        Places won, above 0, or lost; NaN where either run gives no rank.
    segment_changed : ndarray of bool, shape (n_all,)
        False for those that one run lacks.
    shortlist : ndarray of str, shape (n_all,)
        ``entered``, ``left``, ``stayed`` or ``''``: in neither run.
    """

    codes: np.ndarray
    before: np.ndarray
    after: np.ndarray
    rank_change: np.ndarray
    segment_changed: np.ndarray
    shortlist: np.ndarray


def moves(before: Standing, after: Standing) -> Moves:
    """Return who moved.

    Examples
    --------
    >>> former = Standing(np.array(["a", "b"]), np.array(["engage", "engage"]), np.array([1.0, 2.0]), 1)
    >>> latter = Standing(np.array(["a", "b"]), np.array(["verify", "engage"]), np.array([np.nan, 1.0]), 1)
    >>> found = moves(former, latter)
    >>> found.shortlist.tolist(), found.rank_change.tolist(), found.segment_changed.tolist()
    (['left', 'entered'], [nan, 1.0], [True, False])
    """
    known = set(map(str, after.codes))
    gone = np.array([row for row, code in enumerate(before.codes) if str(code) not in known], dtype=int)
    place = {str(code): row for row, code in enumerate(before.codes)}
    found = np.array([place.get(str(code), -1) for code in after.codes], dtype=int)
    rows_before = np.concatenate([found, gone])
    rows_after = np.concatenate([np.arange(len(after.codes)), np.full(len(gone), -1)])
    ranks = [_taken(run.ranks, rows, np.nan) for run, rows in ((before, rows_before), (after, rows_after))]
    segments = [_taken(run.segments, rows, None) for run, rows in ((before, rows_before), (after, rows_after))]
    listed = [_taken(run.listed, rows, False) for run, rows in ((before, rows_before), (after, rows_after))]
    was, now = (found.astype(bool) for found in listed)
    codes = np.concatenate([np.asarray(after.codes).astype(object), np.asarray(before.codes).astype(object)[gone]])
    return Moves(
        codes,
        rows_before,
        rows_after,
        ranks[0].astype(float) - ranks[1].astype(float),
        (rows_before >= 0) & (rows_after >= 0) & (segments[0] != segments[1]),
        np.select([was & now, was, now], ["stayed", "left", "entered"], ""),
    )


def _taken(values: np.ndarray, rows: np.ndarray, nothing: Optional[object]) -> np.ndarray:
    """Return values by row, ``nothing`` where the row is -1."""
    held = np.append(np.asarray(values).astype(object), np.array([nothing], dtype=object))
    return held[rows]
