"""What composites are made of: indicators and other composites, each after its parts, and their scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from smart_territoires_plugin.core.scoring.aggregation import AGGREGATIONS
from smart_territoires_plugin.core.study.model import Method


@dataclass(frozen=True)
class Composite:
    """One composite score.

    Parameters
    ----------
    id : str
    members : tuple of int
        Columns that it is made of: below ``n_indicators`` an indicator, from there on an earlier composite.
    aggregation : Method
    """

    id: str
    members: tuple[int, ...]
    aggregation: Method


@dataclass(frozen=True)
class Hierarchy:
    """Composites over indicators, in the order in which they can be computed.

    Columns are numbered through: the indicators, then the composites. An element has one weight, whatever the number
    of composites that it is part of.
    """

    n_indicators: int
    composites: tuple[Composite, ...]

    @property
    def n_columns(self) -> int:
        """How many indicators and composites there are."""
        return self.n_indicators + len(self.composites)

    def column_of(self, composite: str) -> int:
        """Return the column of a composite by its id."""
        return self.n_indicators + [made.id for made in self.composites].index(composite)


def composite_scores(hierarchy: Hierarchy, normalised: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the composites' scores.

    Parameters
    ----------
    normalised : ndarray, shape (n_territories, n_indicators)
        NaN where missing: left out, and the weights of the others renormalised.
    weights : ndarray, shape (n_columns,) or (n_columns, n_draws)
        Of each element within what it is part of.

    Returns
    -------
    ndarray, shape (n_territories, n_composites) or (n_territories, n_composites, n_draws)
        NaN where no member has a score.

    Examples
    --------
    >>> mean = Method("arithmetic_mean")
    >>> hierarchy = Hierarchy(3, (Composite("energy", (0, 1), mean), Composite("index", (3, 2), mean)))
    >>> composite_scores(hierarchy, np.array([[10.0, 30.0, 60.0]]), np.ones(5)).tolist()
    [[20.0, 40.0]]
    """
    weights = np.asarray(weights, dtype=float)
    draws = weights.shape[1:]
    made = np.full((len(normalised), len(hierarchy.composites), *draws), np.nan)
    for place, composite in enumerate(hierarchy.composites):
        members = np.array(composite.members, dtype=int)
        aggregate = AGGREGATIONS[composite.aggregation.name]
        inner = members[members >= hierarchy.n_indicators] - hierarchy.n_indicators
        if not inner.size:
            made[:, place] = aggregate(normalised[:, members], weights[members], **composite.aggregation.parameters)
            continue
        if not draws:
            scores = np.column_stack([_column(hierarchy, normalised, made, member) for member in members])
            made[:, place] = aggregate(scores, weights[members], **composite.aggregation.parameters)
            continue
        for draw in range(draws[0]):
            scores = np.column_stack([_column(hierarchy, normalised, made[:, :, draw], member) for member in members])
            made[:, place, draw] = aggregate(scores, weights[members, draw], **composite.aggregation.parameters)
    return made


def _column(hierarchy: Hierarchy, normalised: np.ndarray, made: np.ndarray, member: int) -> np.ndarray:
    inner = member - hierarchy.n_indicators
    return normalised[:, member] if inner < 0 else made[:, inner]


def leaf_weights(hierarchy: Hierarchy, weights: np.ndarray) -> np.ndarray:
    """Return what each indicator weighs in each composite where nothing is missing.

    Parameters
    ----------
    weights : ndarray, shape (n_columns,)

    Returns
    -------
    ndarray, shape (n_composites, n_indicators)
        Each row sums to 1, or is 0 where the composite has no weight at all (COINr: effective weights).

    Examples
    --------
    >>> mean = Method("arithmetic_mean")
    >>> hierarchy = Hierarchy(3, (Composite("energy", (0, 1), mean), Composite("index", (3, 2), mean)))
    >>> leaf_weights(hierarchy, np.array([1.0, 3.0, 1.0, 1.0, 1.0])).tolist()
    [[0.25, 0.75, 0.0], [0.125, 0.375, 0.5]]
    """
    weights = np.asarray(weights, dtype=float)
    made = np.zeros((hierarchy.n_columns, hierarchy.n_indicators))
    made[: hierarchy.n_indicators] = np.eye(hierarchy.n_indicators)
    for place, composite in enumerate(hierarchy.composites):
        members = np.array(composite.members, dtype=int)
        whole = weights[members].sum()
        if whole > 0:
            made[hierarchy.n_indicators + place] = weights[members] / whole @ made[members]
    return made[hierarchy.n_indicators :]


def levels_of(hierarchy: Hierarchy) -> Sequence[int]:
    """Return the level of each column: 1 for indicators, and one more than its highest part for a composite.

    Examples
    --------
    >>> mean = Method("arithmetic_mean")
    >>> levels_of(Hierarchy(2, (Composite("energy", (0,), mean), Composite("index", (2, 1), mean))))
    [1, 1, 2, 3]
    """
    found = [1] * hierarchy.n_indicators
    for composite in hierarchy.composites:
        found.append(1 + max((found[member] for member in composite.members), default=0))
    return found
