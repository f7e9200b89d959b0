"""What would have to change by the least amount, in one indicator or one weight, to bring another decision.

The published scale of each indicator, the thresholds and all other territories are held as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Callable, Optional

import numpy as np

from smart_territoires_plugin.core.scoring.contributions import effective_leaf_weights
from smart_territoires_plugin.core.scoring.hierarchy import Hierarchy, composite_scores
from smart_territoires_plugin.core.scoring.hypothetical import scores_with_values, scores_with_weights, subtree
from smart_territoires_plugin.core.scoring.scales import Scale, published_scale

MOST_FACTOR = 10.0
_GRID = np.linspace(0.0, 1.0, 33)[1:]
_HALVINGS = 50
# The first step over a threshold that was reached exactly, as a share of the range, and how often it may grow.
_FIRST_STEP, _STEPS = 1e-13, 12
# How far beyond the threshold's own rounding a change goes, so that sums in another order come to the same decision.
_BEYOND = 1e-9


@dataclass(frozen=True)
class Above:
    """Whether a composite is strictly above a threshold; a missing score is not.

    Parameters
    ----------
    place : int
        Of the composite among the composites.
    threshold : float
    """

    place: int
    threshold: float

    def __call__(self, scores: np.ndarray) -> np.ndarray:
        """Return whether each row of composites' scores, shape (n_assumptions, n_composites), is above."""
        return np.nan_to_num(scores[:, self.place], nan=-np.inf) > self.threshold


Enough = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Change:
    """The least change of one value or one weight that brings another decision.

    Parameters
    ----------
    kind : {"value", "weight"}
    column : int
    before, after : float
        In the indicator's own unit, or as weights; ``after`` is NaN where the decision is out of reach: within the
        indicator's observed range, or by a weight between none and ten times itself.
    size : float
        Share (0–1) of the indicator's observed range, or share of the weight (1: left out, or doubled); infinite where
        out of reach.
    """

    kind: str
    column: int
    before: float
    after: float
    size: float

    @property
    def reachable(self) -> bool:
        """Whether the change can be made."""
        return bool(np.isfinite(self.size))


def least_value_changes(
    hierarchy: Hierarchy,
    normalised: np.ndarray,
    weights: np.ndarray,
    row: int,
    values: np.ndarray,
    enough: Enough,
    methods: Sequence[str] = (),
) -> tuple[Change, ...]:
    """Return, for each indicator of one territory, the least change of its value that turns the decision.

    Parameters
    ----------
    normalised : ndarray, shape (n_territories, n_indicators)
    weights : ndarray, shape (n_columns,)
    row : int
        The territory.
    values : ndarray, shape (n_territories, n_indicators)
        In the indicators' own units, imputed ones included.
    enough : callable
        Takes composites' scores, shape (n_assumptions, n_composites), and returns an array of bool: a segment or a
        place on the shortlist had or not. ``Above`` is solved in closed form where the composite is made of arithmetic
        means alone or geometric means alone; any other is searched on 32 steps of the scale, then halved.
    methods : sequence of str, optional
        Name of each indicator's normalisation; ranks change at published values only.

    Returns
    -------
    tuple of Change
        One for each indicator that the territory has a value of, in the order of the columns.

    Examples
    --------
    >>> from smart_territoires_plugin.core.scoring.hierarchy import Composite
    >>> from smart_territoires_plugin.core.study.model import Method
    >>> index = Hierarchy(2, (Composite("index", (0, 1), Method("arithmetic_mean")),))
    >>> values = np.array([[0.0, 0.0], [10.0, 4.0], [4.0, 2.0]])
    >>> scores = np.column_stack([10 * values[:, 0], 25 * values[:, 1]])
    >>> [round(c.after, 6) for c in least_value_changes(index, scores, np.ones(3), 2, values, Above(0, 60))]
    [7.0, 3.2]
    """
    normalised = np.asarray(normalised, dtype=float)
    own = normalised[row]
    published = scores_with_values(hierarchy, normalised, weights, row, own[None, :])
    now = bool(enough(published)[0])
    needed = _closed_form(hierarchy, normalised, weights, row, published[0], enough)
    found = []
    for column in np.flatnonzero(~(np.isnan(own) | np.isnan(values[row]))):
        method = methods[column] if len(methods) else ""
        scale = published_scale(values[:, column], normalised[:, column], method)

        def turned(scores: np.ndarray, column: int = column) -> np.ndarray:
            assumed = np.repeat(own[None, :], len(scores), axis=0)
            assumed[:, column] = scores
            made = scores_with_values(hierarchy, normalised, weights, row, assumed)
            return _turned(made, published, enough, now)

        if needed is None:
            wanted = [_first(turned, own[column], end) for end in (scale.scores.min(), scale.scores.max())]
        else:
            wanted = [needed[column]]
        after = _least_value(scale, values[row, column], wanted, turned, upward=not now)
        size = abs(after - values[row, column]) / scale.width if np.isfinite(after) else np.inf
        found.append(Change("value", int(column), float(values[row, column]), after, float(size)))
    return tuple(found)


def least_weight_changes(
    hierarchy: Hierarchy,
    normalised: np.ndarray,
    weights: np.ndarray,
    row: int,
    enough: Enough,
    most: float = MOST_FACTOR,
) -> tuple[Change, ...]:
    """Return, for each weight, the least change that turns the decision for one territory; arguments as above.

    Parameters
    ----------
    most : float
        Greatest factor on a weight that is looked at; the least is 0, the element left out.

    Returns
    -------
    tuple of Change
        One for each element that is part of a composite and has a weight, in the order of the columns.

    Examples
    --------
    >>> from smart_territoires_plugin.core.scoring.hierarchy import Composite
    >>> from smart_territoires_plugin.core.study.model import Method
    >>> index = Hierarchy(2, (Composite("index", (0, 1), Method("arithmetic_mean")),))
    >>> found = least_weight_changes(index, np.array([[30.0, 60.0]]), np.ones(3), 0, Above(0, 50.0))
    >>> [round(change.after, 6) for change in found]
    [0.5, 2.0]
    """
    normalised = np.asarray(normalised, dtype=float)
    weights = np.asarray(weights, dtype=float)
    published = scores_with_values(hierarchy, normalised, weights, row, normalised[row][None, :])
    now = bool(enough(published)[0])
    parts = sorted({member for composite in hierarchy.composites for member in composite.members})
    found = []
    for column in parts:
        if not weights[column] > 0:
            continue

        def turned(factors: np.ndarray, column: int = column) -> np.ndarray:
            made = scores_with_weights(hierarchy, normalised, weights, row, column, factors)
            return _turned(made, published, enough, now)

        factors = [factor for factor in (_first(turned, 1.0, end) for end in (0.0, most)) if factor is not None]
        factor = min(factors, key=lambda reached: abs(reached - 1)) if factors else np.nan
        factor = max(factor + _BEYOND * np.sign(factor - 1), 0.0) if factors else np.nan
        size = abs(factor - 1) if factors else np.inf
        found.append(Change("weight", column, float(weights[column]), float(weights[column] * factor), float(size)))
    return tuple(found)


def least(changes: Iterable[Change]) -> Optional[Change]:
    """Return the smallest of several changes that can be made, or None; of equal ones the first."""
    reachable = [change for change in changes if change.reachable]
    return min(reachable, key=lambda change: change.size) if reachable else None


def _turned(made: np.ndarray, published: np.ndarray, enough: Enough, now: bool) -> np.ndarray:
    """Say which assumptions turn the decision; losing a score altogether is no such change."""
    lost = (np.isnan(made) & ~np.isnan(published)).any(axis=1)
    return (np.asarray(enough(made), dtype=bool) != now) & ~lost


def _closed_form(
    hierarchy: Hierarchy, normalised: np.ndarray, weights: np.ndarray, row: int, published: np.ndarray, enough: Enough
) -> Optional[np.ndarray]:
    """Return the score that each indicator needs for a composite to be at its threshold; None where it is no formula.

    NaN for an indicator that does not count.
    """
    if not isinstance(enough, Above):
        return None
    tree, columns = subtree(hierarchy, hierarchy.composites[enough.place].id)
    methods = {composite.aggregation.name for composite in tree.composites}
    score, limit = published[enough.place], enough.threshold
    if methods not in ({"arithmetic_mean"}, {"geometric_mean"}) or not np.isfinite([score, limit]).all():
        return None
    if methods == {"geometric_mean"} and not (score > 0 and limit > 0):
        return None
    leaves = columns[: tree.n_indicators]
    effective = effective_leaf_weights(tree, normalised[row : row + 1, leaves], np.asarray(weights)[columns])[0]
    counts = effective > 0
    own, share = normalised[row, leaves][counts], effective[counts]
    needed = np.full(normalised.shape[1], np.nan)
    if methods == {"arithmetic_mean"}:
        needed[leaves[counts]] = own + (limit - score) / share
    else:
        # A small weight may need a score beyond any number: infinite, so out of reach.
        needed[leaves[counts]] = own * np.exp(np.minimum(np.log(limit / score) / share, 700.0))
    return needed


def _first(turned: Callable[[np.ndarray], np.ndarray], start: float, end: float) -> Optional[float]:
    """Return the first place from a start to an end, near enough, where the decision turns; None where it does not."""
    if start == end:
        return None
    places = start + (end - start) * _GRID
    flags = turned(places)
    if not flags.any():
        return None
    place = int(flags.argmax())
    short, reached = start if place == 0 else places[place - 1], places[place]
    for _ in range(_HALVINGS):
        middle = (short + reached) / 2
        if turned(np.array([middle]))[0]:
            reached = middle
        else:
            short = middle
    return float(reached)


def _least_value(
    scale: Scale,
    before: float,
    wanted: Iterable[Optional[float]],
    turned: Callable[[np.ndarray], np.ndarray],
    upward: bool,
) -> float:
    """Return the value nearest to the present one that turns the decision; NaN where none in the range does."""
    reached = []
    for score in wanted:
        if score is None or not np.isfinite(score):
            continue
        here = scale.score(before)
        value = before if score == here else scale.nearest(before, score)
        rising = scale.scores[-1] >= scale.scores[0]
        sign = np.sign(value - before) or (1.0 if rising == upward else -1.0)
        # A threshold has to be crossed, not met: the least step beyond that does.
        for step in (0.0, *(_FIRST_STEP * 4.0**power for power in range(_STEPS))):
            candidate = min(max(value + sign * step * scale.width, scale.values[0]), scale.values[-1])
            if np.isfinite(candidate) and turned(np.array([scale.score(candidate)]))[0]:
                beyond = min(max(candidate + sign * _BEYOND * scale.width, scale.values[0]), scale.values[-1])
                further = not scale.stepwise and turned(np.array([scale.score(beyond)]))[0]
                reached.append(float(beyond if further else candidate))
                break
    return min(reached, key=lambda value: abs(value - before)) if reached else np.nan


def scores_after(
    hierarchy: Hierarchy,
    normalised: np.ndarray,
    weights: np.ndarray,
    row: int,
    values: np.ndarray,
    change: Change,
    method: str = "",
) -> np.ndarray:
    """Return the composites of a territory after a change, scored again on the published scale.

    Returns
    -------
    ndarray, shape (n_composites,)
    """
    if change.kind == "weight":
        changed = np.array(weights, dtype=float)
        changed[change.column] = change.after
        return composite_scores(hierarchy, normalised, changed)[row]
    scale = published_scale(values[:, change.column], normalised[:, change.column], method)
    matrix = np.array(normalised, dtype=float)
    matrix[row, change.column] = scale.score(change.after)
    return composite_scores(hierarchy, matrix, weights)[row]
