"""Composite scores of many draws at once: one matrix product for all draws that share their methods."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from smart_territoires_plugin.core.scoring.aggregation import AGGREGATIONS
from smart_territoires_plugin.core.scoring.drawn_parts import (
    Part,
    Simulation,
    leaf_shares,
    parts_of,
    shares_of,
    transform_of,
)
from smart_territoires_plugin.core.scoring.robustness import Choices

# Products of matrices stay below the size from which OpenBLAS (interface/gemm.c) uses several threads: their bits then
# do not depend on the number of cores, and the threads of draws do not wait for one another.
_PRODUCT = 1 << 18
_STEP = 64
_CHUNK_CELLS = 1 << 20
_BATCH_BYTES = 128_000_000


def one_by_one(task: Callable[[Any], Any], items: Sequence, step: Callable[[float], None]) -> list:
    """Run tasks in this thread; what runs them in several has the same form. ``step`` takes the share that is done."""
    made = []
    for item in items:
        made.append(task(item))
        step(len(made) / len(items))
    return made


def product(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the product of matrices (d, k) and (k, n), with the same bits on any number of cores.

    Examples
    --------
    >>> product(np.ones((2, 3)), np.ones((3, 4))).tolist()
    [[3.0, 3.0, 3.0, 3.0], [3.0, 3.0, 3.0, 3.0]]
    """
    rows, inner = left.shape
    made = np.empty((rows, right.shape[1]), dtype=right.dtype)
    left = np.ascontiguousarray(left, dtype=right.dtype)
    high = max(1, min(rows, _PRODUCT // (_STEP * max(inner, 1))))
    wide = max(_STEP, _PRODUCT // (high * max(inner, 1)) // _STEP * _STEP)
    for top in range(0, rows, high):
        for start in range(0, right.shape[1], wide):
            np.matmul(
                left[top : top + high], right[:, start : start + wide], out=made[top : top + high, start : start + wide]
            )
    return made


def _composites(simulation: Simulation, parts: list, weights: np.ndarray) -> dict[int, np.ndarray]:
    """Return the scores (n_draws, n_territories) of every part by its column."""
    made: dict[int, np.ndarray] = {}
    for part in parts:
        inner = part.members[part.members >= simulation.hierarchy.n_indicators]
        transform = transform_of(part.method)
        if part.by_draw or transform is None:
            found = _one_draw_at_a_time(simulation, part, made, weights)
        elif part.flat or not inner.size:
            found = transform[1](_mean_of_leaves(simulation, part, weights))
        else:
            found = transform[1](_mean_of_parts(simulation, part, made, weights, transform[0]))
        if part.gaps is not None:
            found[:, part.gaps] = np.nan
        made[part.column] = found
    return {column: made[column] for column in simulation.wanted}


def _mean_of_leaves(simulation: Simulation, part: Part, weights: np.ndarray) -> np.ndarray:
    shares = leaf_shares(simulation.hierarchy, part.column, part.members, weights) if part.flat else None
    if shares is None:
        shares = shares_of(weights[part.members])
    found = product(shares.T, part.leaves)
    if part.known is None:
        found[shares.sum(axis=0) == 0] = np.nan
        return found
    below = product(shares.T, part.known)
    # Sums of shares of which none is known are exactly 0.
    return np.divide(found, below, out=np.full_like(found, np.nan), where=below > 0)


def _mean_of_parts(simulation: Simulation, part: Part, made: dict, weights: np.ndarray, forward) -> np.ndarray:
    shares = shares_of(weights[part.members]).astype(simulation.precision)
    above = np.zeros((weights.shape[1], simulation.size), dtype=simulation.precision)
    below = np.zeros_like(above)
    leaf = 0
    for member, share in zip(part.members.tolist(), shares):
        if member < simulation.hierarchy.n_indicators:
            above += share[:, None] * part.leaves[leaf]
            below += share[:, None] * (1 if part.known is None else part.known[leaf])
            leaf += 1
            continue
        scores = made[member]
        holes = np.isnan(scores)
        term = forward(scores)
        if holes.any():
            term[holes] = 0
            below += share[:, None] * ~holes
        else:
            below += share[:, None]
        term *= share[:, None]
        above += term
    return np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0)


def _one_draw_at_a_time(simulation: Simulation, part: Part, made: dict, weights: np.ndarray) -> np.ndarray:
    count = simulation.hierarchy.n_indicators
    found = np.empty((weights.shape[1], simulation.size), dtype=simulation.precision)
    aggregate = AGGREGATIONS[part.method.name]
    inner = part.members >= count
    scores = np.empty((simulation.size, len(part.members)))
    scores[:, ~inner] = part.leaves
    for draw in range(weights.shape[1]):
        for place in np.flatnonzero(inner):
            scores[:, place] = made[part.members[place]][draw]
        found[draw] = aggregate(scores, weights[part.members, draw], **part.method.parameters)
    return found


def simulate(
    simulation: Simulation,
    choices: Choices,
    task: Callable[[np.ndarray, dict[int, np.ndarray]], Any],
    run: Callable[[Callable, Sequence, Callable], Sequence] = one_by_one,
    step: Callable[[float], None] = lambda share: None,
) -> list:
    """Score every draw and hand the scores on, some draws at a time.

    Parameters
    ----------
    task : callable
        Takes the numbers of some draws (d,) and their scores, column of composite → (d, n_territories); must not keep
        them. What comes of it must not depend on the order of the calls.
    run : callable
        Takes a function, items, and what hears of the share of items done; returns the results in their order.
    step : callable
        Takes the share (0–1) of draws done; raises ``Cancelled`` to stop.

    Returns
    -------
    list
        What ``task`` returned, in an order that depends on the choices alone.
    """
    allowed, n_columns = simulation.alternatives, simulation.hierarchy.n_columns
    combined = np.stack([choices.treatment, choices.imputation, choices.normalisation, choices.aggregation])
    combinations, which = np.unique(combined, axis=1, return_inverse=True)
    which = np.reshape(which, -1)
    at_once = int(np.clip(_CHUNK_CELLS // max(simulation.size, 1), 16, 255))
    noisy = allowed.with_error.size > 0
    results: list = []
    done = 0.0

    def prepared(combination: np.ndarray) -> tuple:
        matrix = allowed.matrix(*combination[:3].tolist())
        return matrix, None if noisy else parts_of(simulation, matrix, allowed.aggregations[combination[3]])

    def scored(item: tuple) -> Any:
        draws, matrix, parts, aggregation = item
        weights = choices.weights[:n_columns, choices.weight_set[draws]]
        if parts is not None:
            return task(draws, _composites(simulation, parts, weights))
        rows: dict[int, list] = {column: [] for column in simulation.wanted}
        for place, draw in enumerate(draws):
            disturbed = parts_of(simulation, allowed.disturbed(matrix, choices, draw), aggregation)
            for column, found in _composites(simulation, disturbed, weights[:, place : place + 1]).items():
                rows[column].append(found)
        return task(draws, {column: np.concatenate(found) for column, found in rows.items()})

    # Few matrices at a time: a study may have many combinations of alternatives.
    batch = max(2, _BATCH_BYTES // max(1, 16 * simulation.size * n_columns))
    for first in range(0, combinations.shape[1], batch):
        numbers = range(first, min(first + batch, combinations.shape[1]))
        ready = run(prepared, [combinations[:, number] for number in numbers], _quiet)
        items: list[tuple] = []
        for number, (matrix, parts) in zip(numbers, ready):
            draws = np.flatnonzero(which == number)
            aggregation = allowed.aggregations[combinations[3, number]]
            items += [(draws[k : k + at_once], matrix, parts, aggregation) for k in range(0, len(draws), at_once)]
        share = sum(len(item[0]) for item in items) / len(choices)
        results += run(scored, items, partial(_onwards, step, done, share))
        done += share
    return results


def _quiet(share: float) -> None:
    """Say nothing of what takes no time."""


def _onwards(step: Callable[[float], None], before: float, part: float, share: float) -> None:
    step(before + part * share)
