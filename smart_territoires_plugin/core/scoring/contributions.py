"""A score taken apart exactly: what each indicator contributes to a composite, at any level of a hierarchy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import comb
from typing import Optional

import numpy as np

from smart_territoires_plugin.core.scoring.hierarchy import Hierarchy, composite_scores
from smart_territoires_plugin.core.scoring.hypothetical import row_wise, scores_with_values, subtree

EXACT_MEMBERS = 12
PAIRS = 64
_KINDS = {"arithmetic_mean": "points", "geometric_mean": "factors"}
_BLOCK_ROWS = 1 << 18


@dataclass(frozen=True)
class Contributions:
    """What the indicators below a composite contribute to it.

    Parameters
    ----------
    composite : str
    members : tuple of int
        Columns of the indicators, in rising order.
    values : ndarray, shape (n_territories, n_members)
        ``points`` add up to the score; ``factors`` multiply up to it; ``shapley`` values add up to the score less the
        baseline's. A missing indicator contributes 0 points, or the factor 1; a territory without a score has NaN.
    kind : {"points", "factors", "shapley"}
    baseline : {"none", "mean", "group_mean"}
        What the Shapley values start from: the mean scores of all territories, or of the territory's own group.
    baseline_scores : ndarray, shape (n_territories,)
        Score of the baseline, with the same gaps as the territory; 0 for points and 1 for factors.
    """

    composite: str
    members: tuple[int, ...]
    values: np.ndarray
    kind: str
    baseline: str
    baseline_scores: np.ndarray


def contributions_to(
    hierarchy: Hierarchy,
    normalised: np.ndarray,
    weights: np.ndarray,
    composite: str,
    rows: Optional[np.ndarray] = None,
    groups: Optional[np.ndarray] = None,
    exact_members: int = EXACT_MEMBERS,
    pairs: int = PAIRS,
    seed: int = 1,
) -> Contributions:
    """Return what each indicator contributes to one composite.

    Parameters
    ----------
    hierarchy : Hierarchy
    normalised : ndarray, shape (n_territories, n_indicators)
        NaN where missing.
    weights : ndarray, shape (n_columns,)
        Of each element within what it is part of.
    composite : str
    rows : ndarray of int, optional
        Territories to explain; all by default. Where an aggregation compares territories with one another (TOPSIS,
        Copeland, …), each of them costs as many scorings of the whole set as there are coalitions.
    groups : ndarray of str, shape (n_territories,), optional
        The baseline of Shapley values is then the mean of the own group ('' is no group: the mean of all).
    exact_members : int
        Up to so many indicators, Shapley values are enumerated; above, they are estimated from permutations.
    pairs : int
        How many permutations are drawn, each with its reverse.
    seed : int

    Returns
    -------
    Contributions
        Points where every composite below is an arithmetic mean, factors where every one is a geometric mean, Shapley
        values elsewhere; these take the territory's indicators one by one from the baseline to its own score, in every
        order, and add up exactly, estimated or not.

    Notes
    -----
    Shapley (1953), "A value for n-person games"; sampling by permutations: Castro, Gómez and Tejada (2009), paired
    with their reverses: Mitchell et al. (2022).

    Examples
    --------
    >>> from smart_territoires_plugin.core.scoring.hierarchy import Composite
    >>> from smart_territoires_plugin.core.study.model import Method
    >>> mean = Method("arithmetic_mean")
    >>> index = Hierarchy(3, (Composite("energy", (0, 1), mean), Composite("index", (3, 2), mean)))
    >>> contributions_to(index, np.array([[10.0, 30.0, 60.0]]), np.ones(5), "index").values.tolist()
    [[2.5, 7.5, 30.0]]
    """
    tree, columns = subtree(hierarchy, composite)
    normalised = np.asarray(normalised, dtype=float)[:, columns[: tree.n_indicators]]
    weights = np.asarray(weights, dtype=float)[columns]
    rows = np.arange(len(normalised)) if rows is None else np.asarray(rows, dtype=int)
    members = tuple(int(column) for column in columns[: tree.n_indicators])
    kinds = {_KINDS.get(part.aggregation.name, "shapley") for part in tree.composites}
    kind = kinds.pop() if len(kinds) == 1 else "shapley"
    if kind == "shapley":
        plan = _every_coalition(len(members)) if len(members) <= exact_members else _drawn(len(members), pairs, seed)
        baseline = _means(normalised, groups)
        values, start = _shapley(tree, normalised, weights, rows, baseline, *plan)
        return Contributions(composite, members, values, kind, "mean" if groups is None else "group_mean", start)
    own = normalised[rows]
    effective = effective_leaf_weights(tree, own, weights)
    counts = effective > 0
    if kind == "points":
        values = np.where(counts, own, 0.0) * effective
    else:
        # A score below 0 has no geometric mean: missing, as the composite is.
        values = np.power(np.where(counts, np.where(own >= 0, own, np.nan), 1.0), effective)
    values[~counts.any(axis=1)] = np.nan
    return Contributions(composite, members, values, kind, "none", np.full(len(rows), float(kind == "factors")))


def contributions_to_each(
    hierarchy: Hierarchy,
    normalised: np.ndarray,
    weights: np.ndarray,
    composites: Optional[Iterable[str]] = None,
    **options: object,
) -> Mapping[str, Contributions]:
    """Return the contributions to several composites, by default to all; ``options`` as ``contributions_to``."""
    names = [made.id for made in hierarchy.composites] if composites is None else composites
    return {name: contributions_to(hierarchy, normalised, weights, name, **options) for name in names}


def effective_leaf_weights(hierarchy: Hierarchy, normalised: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return what each indicator weighs in the last composite, renormalised over what each territory has.

    Returns
    -------
    ndarray, shape (n_territories, n_indicators)
        Each row sums to 1, or to 0 where the territory has no score; 0 where a value is missing.

    Examples
    --------
    >>> from smart_territoires_plugin.core.scoring.hierarchy import Composite
    >>> from smart_territoires_plugin.core.study.model import Method
    >>> mean = Method("arithmetic_mean")
    >>> index = Hierarchy(3, (Composite("energy", (0, 1), mean), Composite("index", (3, 2), mean)))
    >>> effective_leaf_weights(index, np.array([[np.nan, 30.0, 60.0]]), np.ones(5)).tolist()
    [[0.0, 0.5, 0.5]]
    """
    weights = np.asarray(weights, dtype=float)
    size = np.shape(normalised)
    made: list[np.ndarray] = []
    known = [~np.isnan(normalised[:, column]) for column in range(hierarchy.n_indicators)]
    for composite in hierarchy.composites:
        shares, whole = np.zeros(size), np.zeros(size[0])
        for member in composite.members:
            part = known[member] * weights[member]
            whole += part
            if member < hierarchy.n_indicators:
                shares[:, member] += part
            else:
                shares += part[:, None] * made[member - hierarchy.n_indicators]
        known.append(whole > 0)
        made.append(np.divide(shares, whole[:, None], out=np.zeros(size), where=(whole > 0)[:, None]))
    return made[-1]


def _means(normalised: np.ndarray, groups: Optional[np.ndarray]) -> np.ndarray:
    """Return the mean scores that each territory is held against: of all, or of its group where that knows any."""
    known = ~np.isnan(normalised)
    filled = np.where(known, normalised, 0.0)
    counts = known.sum(axis=0)
    overall = np.divide(filled.sum(axis=0), counts, out=np.full(len(counts), np.nan), where=counts > 0)
    means = np.broadcast_to(overall, normalised.shape)
    if groups is None:
        return means
    names = np.asarray(groups).astype(str)
    _, group = np.unique(names, return_inverse=True)
    found = np.array(means)
    for column in range(normalised.shape[1]):
        inside = np.bincount(group, known[:, column])
        sums = np.bincount(group, filled[:, column])
        mean = np.divide(sums, inside, out=np.full(len(sums), overall[column]), where=inside > 0)
        found[:, column] = np.where(names == "", overall[column], mean[group])
    return found


def _every_coalition(size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return all sets of members, the empty one first and the whole last, and what each counts for each member."""
    coalitions = (np.arange(1 << size)[:, None] >> np.arange(size)) & 1 == 1
    # Weight of a coalition of so many members which another one joins, by its size.
    joined = np.array([1 / (size * comb(size - 1, count)) for count in range(size)] + [0.0])
    counts = coalitions.sum(axis=1)
    coefficients = np.where(coalitions, joined[counts - 1][:, None], -joined[counts][:, None])
    return coalitions, coefficients


def _drawn(size: int, pairs: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the sets that members form as they come in drawn orders and their reverses, and what each counts."""
    generator = np.random.default_rng(np.random.SeedSequence(seed))
    orders = [order for _ in range(pairs) for order in _with_reverse(generator.permutation(size))]
    coalitions = np.zeros((len(orders) * (size - 1) + 2, size), dtype=bool)
    coefficients = np.zeros(coalitions.shape)
    coalitions[-1] = True
    share = 1 / len(orders)
    for number, order in enumerate(orders):
        first = 1 + number * (size - 1)
        chain = [0, *range(first, first + size - 1), len(coalitions) - 1]
        for place, member in enumerate(order):
            coalitions[chain[place + 1], order[: place + 1]] = True
            coefficients[chain[place + 1], member] += share
            coefficients[chain[place], member] -= share
    return coalitions, coefficients


def _with_reverse(order: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return order, order[::-1]


def _shapley(
    tree: Hierarchy,
    normalised: np.ndarray,
    weights: np.ndarray,
    rows: np.ndarray,
    baseline: np.ndarray,
    coalitions: np.ndarray,
    coefficients: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the Shapley values of the last composite's indicators, and the baseline's score, for some territories."""
    alone = row_wise(tree)
    values, start = np.full((len(rows), coalitions.shape[1]), np.nan), np.full(len(rows), np.nan)
    step = max(1, _BLOCK_ROWS // len(coalitions)) if alone else 1
    for first in range(0, len(rows), step):
        block = rows[first : first + step]
        own = normalised[block]
        # What the territory lacks is missing from its baseline too, so that it contributes nothing.
        other = np.where(np.isnan(own), np.nan, baseline[block])
        assumed = np.where(coalitions[:, None, :], own, other)
        if alone:
            made = composite_scores(tree, assumed.reshape(-1, own.shape[1]), weights)[:, -1]
        else:
            made = scores_with_values(tree, normalised, weights, int(block[0]), assumed[:, 0])[:, -1]
        made = made.reshape(len(coalitions), len(block))
        values[first : first + step] = np.einsum("cm,cr->rm", coefficients, made)
        start[first : first + step] = made[0]
    return values, start
