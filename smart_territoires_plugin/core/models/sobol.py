"""Which group of choices makes results uncertain: Sobol' indices of first order and in total."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from smart_territoires_plugin.core.scoring.alternatives import Alternatives
from smart_territoires_plugin.core.scoring.drawn_parts import Simulation
from smart_territoires_plugin.core.scoring.hierarchy import Hierarchy
from smart_territoires_plugin.core.scoring.rank_intervals import finite, in_blocks, own_scores, ranks_of_draws
from smart_territoires_plugin.core.scoring.robustness import GROUPS, choices_at, declared_weights, drawn_groups
from smart_territoires_plugin.core.scoring.simulation import one_by_one, simulate
from smart_territoires_plugin.core.study.model import Robustness

# Territories whose ranks are followed; where there are more, evenly along the ranking.
FOLLOWED = 1024
_OUTPUTS_AT_ONCE = 128


@dataclass(frozen=True)
class Indices:
    """How much of a variance comes from each group of choices.

    Parameters
    ----------
    groups : tuple of str
    first, total : ndarray, shape (n_groups,)
        Share (0–1) of the variance that a group makes alone, and with all that it interacts with. 0 where nothing
        varies; estimates may lie slightly outside.
    variance : float
        What is shared out: the mean over the outputs.
    """

    groups: tuple[str, ...]
    first: np.ndarray
    total: np.ndarray
    variance: float


def sobol_indices(
    function: Callable[[np.ndarray], np.ndarray], groups: Sequence[str], size: int, seed: int
) -> list[Indices]:
    """Return the Sobol' indices of each output of a function of independent uniform numbers.

    Parameters
    ----------
    function : callable
        Takes uniforms (n_groups, n_points) in [0, 1); returns a list of outputs, each (n_points,), or
        (s, n_points) for one that has several parts: their indices are then averaged by variance.
    groups : sequence of str
    size : int
        Of the two samples, a power of 2; the function is asked at ``size`` × (n_groups + 2) points.
    seed : int

    Notes
    -----
    Sampling by scrambled Sobol' sequences and estimators by scipy (Saltelli and others, 2010). For an output of
    several parts: Gamboa, Janon, Klein and Lagnoux (2014).

    Examples
    --------
    >>> found = sobol_indices(lambda u: [u[0] + 0 * u[1]], ("a", "b"), 1024, seed=1)[0]
    >>> found.total.round(2).tolist()
    [1.0, 0.0]
    """
    from scipy.stats import qmc

    count = len(groups)
    pair = qmc.Sobol(2 * count, seed=seed).random(size).T.reshape(2, count, size)
    points = np.empty((count + 2, count, size))
    points[:2], points[2:] = pair, pair[0]
    for group in range(count):
        points[2 + group, group] = pair[1, group]
    asked = np.minimum(points.transpose(1, 0, 2).reshape(count, -1), np.nextafter(1, 0))
    return [_indices(np.atleast_2d(output), tuple(groups), size) for output in function(asked)]


def _indices(output: np.ndarray, groups: tuple[str, ...], size: int) -> Indices:
    from scipy import stats

    count = len(groups)
    first, total, variance = np.zeros(count), np.zeros(count), 0.0
    for start in range(0, len(output), _OUTPUTS_AT_ONCE):
        some = output[start : start + _OUTPUTS_AT_ONCE].astype(float).reshape(-1, count + 2, size).transpose(1, 0, 2)
        own = some[:2].var(axis=(0, 2))
        varied = own > 0
        if not varied.any():
            continue
        # One output twice: scipy loses the shape of a single index.
        parts = np.resize(np.flatnonzero(varied), max(2, int(varied.sum())))
        sampled = {"f_A": some[0, parts], "f_B": some[1, parts], "f_AB": some[2:, parts]}
        found = stats.sobol_indices(func=sampled, n=size)
        weight = own[parts] * (varied.sum() / parts.size)
        first += weight @ np.reshape(found.first_order, (-1, count))
        total += weight @ np.reshape(found.total_order, (-1, count))
        variance += own.sum()
    if not variance:
        return Indices(groups, first, total, 0.0)
    return Indices(groups, first / variance, total / variance, float(variance / len(output)))


def uniforms_of(values: np.ndarray, groups: Sequence[str]) -> np.ndarray:
    """Return uniforms for all groups of choices, those that are not asked for at a middle value."""
    every = np.full((len(GROUPS), values.shape[1]), 0.5)
    every[[GROUPS.index(group) for group in groups]] = values
    return every


def rank_indices(
    hierarchy: Hierarchy,
    alternatives: Alternatives,
    weights: np.ndarray,
    robustness: Robustness,
    composite: int,
    shortlist: int,
    published: np.ndarray | None = None,
    size: int = 1024,
    run: Callable[[Callable, Sequence, Callable], Sequence] = one_by_one,
    step: Callable[[float], None] = lambda share: None,
) -> dict[str, Indices]:
    """Return which group of choices moves the ranks by one composite.

    Parameters
    ----------
    weights, composite, shortlist, published, run, step
        As for ``rank_stability``.
    size : int
        A power of 2; the index is computed ``size`` × (groups drawn + 2) times.

    Returns
    -------
    dict of str to Indices
        ``rank``: variance of the territories' ranks; ``rank_change``: of the mean absolute change from the ranks with
        the declared weights and the study's own methods; ``shortlist``: of being among the first so many. Empty where
        nothing is drawn.
    """
    groups = drawn_groups(robustness, alternatives.counts, alternatives.with_error.size > 0)
    simulation = Simulation(hierarchy, alternatives, (composite,), None if published is None else np.isnan(published))
    declared = declared_weights(hierarchy, weights)
    own = own_scores(simulation, declared.weights, robustness)[composite][0]
    rows = np.flatnonzero(~np.isnan(own))
    if not groups or not rows.size:
        return {}
    before = ranks_of_draws(own[None, rows])[0]
    followed = evenly(before, FOLLOWED)

    def ranked(values: np.ndarray) -> list[np.ndarray]:
        choices = choices_at(uniforms_of(values, groups), robustness, declared, alternatives.counts, size)
        ranks = np.empty((followed.size, len(choices)), dtype=np.int32)
        change = np.empty(len(choices))
        listed = np.empty((len(choices), min(shortlist, rows.size)), dtype=np.int32)

        def draw(draws: np.ndarray, made: dict[int, np.ndarray]) -> None:
            for scores, some in in_blocks(made[composite], draws):
                found = ranks_of_draws(finite(scores if rows.size == simulation.size else scores[:, rows]))
                ranks[:, some] = found[:, followed].T
                change[some] = np.abs(found - before).mean(axis=1)
                listed[some] = first_of(found, listed.shape[1])

        simulate(simulation, choices, draw, run, step)
        return [ranks, change, membership(listed, rows.size)]

    found = sobol_indices(ranked, groups, size, robustness.seed)
    return dict(zip(("rank", "rank_change", "shortlist"), found, strict=True))


def evenly(ranks: np.ndarray, most: int) -> np.ndarray:
    """Return at most so many places, evenly along the ranks.

    Examples
    --------
    >>> evenly(np.array([3, 1, 4, 2]), 2).tolist()
    [1, 0]
    """
    order = np.argsort(ranks, kind="stable")
    return order[np.unique(np.arange(min(most, len(order))) * len(order) // max(1, min(most, len(order))))]


def first_of(ranks: np.ndarray, count: int) -> np.ndarray:
    """Return the places of the first so many of each draw, shape (n_draws, count); −1 where ties leave fewer or none.

    Parameters
    ----------
    ranks : ndarray of int, shape (n_draws, n_territories)
    """
    found = np.full((len(ranks), count), -1, dtype=np.int32)
    draw, place = np.nonzero(ranks <= count)
    counts = np.bincount(draw, minlength=len(ranks))
    position = np.arange(draw.size) - np.repeat(np.cumsum(counts) - counts, counts)
    fits = position < count
    found[draw[fits], position[fits]] = place[fits]
    return found


def membership(listed: np.ndarray, size: int) -> np.ndarray:
    """Return 1 where a territory is listed in a draw, shape (n_ever_listed, n_draws); at least one row.

    Parameters
    ----------
    listed : ndarray of int, shape (n_draws, count)
        Places below ``size``; −1 for none.
    """
    ever = np.zeros(size, dtype=bool)
    ever[listed[listed >= 0]] = True
    places = np.flatnonzero(ever)
    row_of = np.zeros(size, dtype=int)
    row_of[places] = np.arange(places.size)
    made = np.zeros((max(places.size, 1), len(listed)), dtype=np.uint8)
    draw, column = np.nonzero(listed >= 0)
    made[row_of[listed[draw, column]], draw] = 1
    return made
