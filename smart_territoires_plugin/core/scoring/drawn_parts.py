"""Composites made ready for the draws that share their methods: what can be reckoned once is reckoned once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Optional

import numpy as np

from smart_territoires_plugin.core.scoring.alternatives import Alternatives
from smart_territoires_plugin.core.scoring.hierarchy import Hierarchy
from smart_territoires_plugin.core.study.model import Method

# Up to so many territories draws are computed in double precision and ranked exactly, ties and all.
EXACT_SIZE = 4096


@dataclass(frozen=True)
class Simulation:
    """All that is needed to score any draw.

    Parameters
    ----------
    hierarchy : Hierarchy
    alternatives : Alternatives
    wanted : tuple of int
        Columns of the composites that are looked at.
    gaps : ndarray of bool, shape (n_territories, n_composites), optional
        Where too little is known for a score, whatever is drawn.
    """

    hierarchy: Hierarchy
    alternatives: Alternatives
    wanted: tuple[int, ...]
    gaps: Optional[np.ndarray] = None

    @property
    def size(self) -> int:
        """Number of territories."""
        return len(self.alternatives.normalised)

    @property
    def precision(self) -> type:
        """Kind of the drawn scores."""
        return np.float64 if self.size <= EXACT_SIZE else np.float32


@dataclass(frozen=True)
class Part:
    """One composite made ready for the draws of a combination: its leaves transformed once, for all of them.

    ``leaves`` has shape (n_leaves, n_territories), filled with 0 where ``known`` says that nothing is known; of an
    aggregation that is no mean it has shape (n_territories, n_leaves) and holds NaN. ``known`` is None where all is.
    """

    column: int
    members: np.ndarray
    method: Method
    leaves: np.ndarray
    known: Optional[np.ndarray]
    gaps: Optional[np.ndarray]
    flat: bool = False
    by_draw: bool = False


def transform_of(method: Method) -> Optional[tuple[Callable, Callable]]:
    """Return f and its inverse of a mean f⁻¹(Σ w f(x)); None for an aggregation that is not of that form."""
    power = {"arithmetic_mean": 1.0, "geometric_mean": 0.0, "harmonic_mean": -1.0}.get(method.name)
    if method.name == "generalised_mean":
        power = float(method.parameters["power"])
    if power is None:
        return None
    if power == 1:
        return np.copy, np.asarray
    if power == 0:
        return np.log, np.exp
    return (lambda scores: np.power(scores, power)), (lambda scores: np.power(scores, 1 / power))


def _methods(hierarchy: Hierarchy, own: Method, drawn: Method) -> list[Method]:
    """Return the aggregation of each composite: the drawn one in place of the study's own."""
    return [drawn if made.aggregation == own else made.aggregation for made in hierarchy.composites]


def parts_of(simulation: Simulation, matrix: np.ndarray, aggregation: Method) -> list[Part]:
    """Make the wanted composites ready, and those that they are made of, each after its parts."""
    hierarchy, count = simulation.hierarchy, simulation.hierarchy.n_indicators
    methods = _methods(hierarchy, simulation.alternatives.aggregations[0], aggregation)
    complete = ~np.isnan(matrix).any(axis=0)
    flat = {
        count + place: _is_flat(hierarchy, methods, place, complete, simulation.gaps) for place in range(len(methods))
    }
    wanted, todo = [], list(simulation.wanted)
    while todo:
        column = todo.pop()
        if column >= count and column not in wanted:
            wanted.append(column)
            if not flat[column]:
                todo.extend(hierarchy.composites[column - count].members)
    made = []
    for column in sorted(wanted):
        place = column - count
        gaps = None if simulation.gaps is None else simulation.gaps[:, place]
        gaps = gaps if gaps is not None and gaps.any() else None
        members = np.array(hierarchy.composites[place].members, dtype=int)
        leaves = _below(hierarchy, place) if flat[column] else members[members < count]
        made.append(_part(simulation, matrix, column, members, leaves, methods[place], gaps, flat[column]))
    return made


def _part(simulation: Simulation, matrix, column, members, leaves, method: Method, gaps, flat: bool) -> Part:
    scores = matrix[:, leaves]
    transform = transform_of(method)
    if transform is None:
        return Part(column, members, method, np.array(scores, dtype=float), None, gaps, by_draw=True)
    known = ~np.isnan(scores)
    filled = np.zeros(scores.shape)
    with np.errstate(all="ignore"):
        filled[known] = transform[0](scores[known])
    if not np.isfinite(filled).all():  # 0 or less where a mean wants more: the aggregation itself says what it makes
        leaves = members[members < simulation.hierarchy.n_indicators]
        return Part(column, members, method, np.array(matrix[:, leaves], dtype=float), None, gaps, by_draw=True)
    kind = simulation.precision
    mask = None if known.all() else np.ascontiguousarray(known.T, dtype=kind)
    return Part(
        column, leaves if flat else members, method, np.ascontiguousarray(filled.T, dtype=kind), mask, gaps, flat
    )


def _below(hierarchy: Hierarchy, place: int) -> np.ndarray:
    """Return the indicators that a composite rests on, in the end."""
    found: list[int] = []
    for member in hierarchy.composites[place].members:
        inner = member - hierarchy.n_indicators
        found.extend([member] if inner < 0 else _below(hierarchy, inner).tolist())
    return np.array(list(dict.fromkeys(found)), dtype=int)


def _is_flat(hierarchy: Hierarchy, methods: list, place: int, complete: np.ndarray, gaps) -> bool:
    """Say whether a composite is one mean of indicators: the same mean all the way down, and nothing missing."""
    if transform_of(methods[place]) is None or not complete[_below(hierarchy, place)].all():
        return False
    for member in hierarchy.composites[place].members:
        inner = member - hierarchy.n_indicators
        if inner < 0:
            continue
        holes = gaps is not None and gaps[:, inner].any()
        if holes or methods[inner] != methods[place] or not _is_flat(hierarchy, methods, inner, complete, gaps):
            return False
    return True


def shares_of(weights: np.ndarray) -> np.ndarray:
    """Return weights (m, d) divided by their sum; 0 where all are 0."""
    whole = weights.sum(axis=0)
    return np.divide(weights, whole, out=np.zeros_like(weights), where=whole > 0)


def leaf_shares(hierarchy: Hierarchy, column: int, leaves: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return what each indicator weighs in a composite, shape (n_leaves, n_draws)."""
    members = np.array(hierarchy.composites[column - hierarchy.n_indicators].members, dtype=int)
    # A part without any weight inside has no score, and so is left out.
    inside = np.array([_has_weight(hierarchy, member, weights) for member in members]).reshape(len(members), -1)
    shares = shares_of(weights[members] * inside)
    found = np.zeros((len(leaves), weights.shape[1]))
    place = {leaf: row for row, leaf in enumerate(leaves.tolist())}
    for member, share in zip(members.tolist(), shares):
        if member < hierarchy.n_indicators:
            found[place[member]] += share
        else:
            found += share * leaf_shares(hierarchy, member, leaves, weights)
    return found


def _has_weight(hierarchy: Hierarchy, column: int, weights: np.ndarray) -> np.ndarray:
    if column < hierarchy.n_indicators:
        return np.ones(weights.shape[1], dtype=bool)
    members = hierarchy.composites[column - hierarchy.n_indicators].members
    found = np.zeros(weights.shape[1], dtype=bool)
    for member in members:
        found |= (weights[member] > 0) & _has_weight(hierarchy, member, weights)
    return found
