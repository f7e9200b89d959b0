"""Ranks and percentiles of many draws at once, and the interval that each territory's ranks keep to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Optional

import numpy as np

from smart_territoires_plugin.core.scoring.alternatives import Alternatives
from smart_territoires_plugin.core.scoring.drawn_parts import Simulation
from smart_territoires_plugin.core.scoring.hierarchy import Hierarchy
from smart_territoires_plugin.core.scoring.robustness import Choices, declared_weights, draw_choices
from smart_territoires_plugin.core.scoring.simulation import one_by_one, simulate
from smart_territoires_plugin.core.scoring.sorted_draws import sorted_draws, spread
from smart_territoires_plugin.core.study.model import Robustness

LOW_PCT, HIGH_PCT = 5, 95
_COLUMNS = 256


@dataclass(frozen=True)
class RankStability:
    """What the draws say of each territory's rank.

    Parameters
    ----------
    rank_low, rank_median, rank_high : ndarray, shape (n_territories,)
        Best rank of the 90 % interval, median, worst; NaN where there is no score.
    shortlist_probability : ndarray, shape (n_territories,)
        Share (0–1) of draws in which the territory is among the first so many.
    rank_change : float
        Mean absolute difference from the ranks with the declared weights and the study's own methods.
    """

    rank_low: np.ndarray
    rank_median: np.ndarray
    rank_high: np.ndarray
    shortlist_probability: np.ndarray
    rank_change: float


def ranks_of_draws(scores: np.ndarray) -> np.ndarray:
    """Return the rank of each territory in each draw, 1 for the best; equal scores share the best of their ranks.

    Parameters
    ----------
    scores : ndarray, shape (n_draws, n_territories)
        Finite.

    Returns
    -------
    ndarray of int32, shape (n_draws, n_territories)

    Examples
    --------
    >>> ranks_of_draws(np.array([[1.0, 3.0, 2.0, 3.0]])).tolist()
    [[4, 1, 3, 1]]
    """
    keys, places = sorted_draws(scores)
    ranks = np.arange(1, scores.shape[1] + 1, dtype=np.int32)
    same = keys[:, 1:] == keys[:, :-1]
    if same.any():
        ranks = np.repeat(ranks[None], len(scores), axis=0)
        ranks[:, 1:][same] = 0
        ranks = np.maximum.accumulate(ranks, axis=1)
    return spread(ranks, places)


def rank_quantiles(kept: np.ndarray, run: Callable = one_by_one) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the 5 %, 50 % and 95 % quantiles of each column: the smallest rank that so many draws do not exceed.

    Parameters
    ----------
    kept : ndarray of int, shape (n_draws, n_rows)

    Examples
    --------
    >>> [found.tolist() for found in rank_quantiles(np.arange(1, 201).reshape(-1, 1))]
    [[10.0], [100.0], [190.0]]
    """
    draws = len(kept)
    # Whole numbers, so that 5 % of 200 draws are 10 and not a little more.
    wanted = [max(-(-pct * draws // 100), 1) - 1 for pct in (LOW_PCT, 50, HIGH_PCT)]

    def block(start: int) -> np.ndarray:
        columns = np.ascontiguousarray(kept[:, start : start + _COLUMNS].T).astype(np.int32)
        columns.partition(wanted, axis=1)
        return columns[:, wanted].astype(float)

    blocks = run(block, range(0, kept.shape[1], _COLUMNS), lambda share: None)
    found = np.concatenate([*blocks, np.empty((0, 3))])
    return found[:, 0], found[:, 1], found[:, 2]


def rank_kind(size: int) -> type:
    """Return the smallest kind of whole number that holds ranks up to ``size`` + 1."""
    return np.uint16 if size < 65_535 else np.uint32


def rank_stability(
    hierarchy: Hierarchy,
    alternatives: Alternatives,
    weights: np.ndarray,
    robustness: Robustness,
    composite: int,
    shortlist: Optional[int],
    published: Optional[np.ndarray] = None,
    run: Callable[[Callable, Sequence, Callable], Sequence] = one_by_one,
    step: Callable[[float], None] = lambda share: None,
) -> RankStability:
    """Draw weights and methods, and follow every territory's rank by one composite.

    Parameters
    ----------
    weights : ndarray, shape (n_columns,)
        As declared, of each element within what it is part of.
    composite : int
        Column of the composite that is ranked.
    shortlist : int, optional
        How many territories the list has; without one, each territory is followed within the quarter of the ranking
        that its published rank is in.
    published : ndarray, shape (n_territories, n_composites), optional
        Scores; where one is NaN, it is so in every draw.
    run, step : callable
        See ``simulate``.

    Returns
    -------
    RankStability

    Examples
    --------
    >>> from smart_territoires_plugin.core.scoring.alternatives import alternatives
    >>> from smart_territoires_plugin.core.scoring.hierarchy import Composite
    >>> from smart_territoires_plugin.core.study.framework import FrameworkIndicator
    >>> from smart_territoires_plugin.core.study.model import Method, Name, Scoring
    >>> scoring, asked = Scoring(Method("error")), Robustness(draws=50, seed=1)
    >>> indicators = [FrameworkIndicator(name, Name(name, name), "index") for name in ("a", "b")]
    >>> hierarchy = Hierarchy(2, (Composite("index", (0, 1), scoring.aggregation),))
    >>> values = np.array([[1.0, 2.0], [3.0, 3.0], [2.0, 2.5]])
    >>> drawn = alternatives(indicators, [values], values, scoring, asked)
    >>> rank_stability(hierarchy, drawn, np.ones(3), asked, 2, 1).rank_high.tolist()
    [3.0, 1.0, 2.0]
    """
    gaps = None if published is None else np.isnan(published)
    simulation = Simulation(hierarchy, alternatives, (composite,), gaps)
    declared = declared_weights(hierarchy, weights)
    choices = draw_choices(robustness, declared, alternatives.counts)
    own = own_scores(simulation, declared.weights, robustness)[composite][0]
    rows = np.flatnonzero(~np.isnan(own))
    size = simulation.size
    nothing = np.full(size, np.nan)
    if not rows.size:
        return RankStability(nothing, nothing, nothing, np.zeros(size), 0.0)
    before = ranks_of_draws(own[None, rows])[0]
    kept = np.empty((len(choices), rows.size), dtype=rank_kind(rows.size))
    above, last = _bands(before, shortlist)

    def draw(draws: np.ndarray, made: dict[int, np.ndarray]) -> tuple[np.ndarray, int]:
        # ``simulate`` hands on fewer than 256 draws at a time.
        listed, moved = np.zeros(rows.size, dtype=np.uint8), 0
        for scores, numbers in in_blocks(made[composite], draws):
            ranks = ranks_of_draws(finite(scores if rows.size == size else scores[:, rows]))
            kept[numbers] = ranks
            listed += ((ranks > above) & (ranks <= last)).sum(axis=0, dtype=np.uint8)
            moved += int(np.abs(ranks - before).sum())
        return listed, moved

    found = simulate(simulation, choices, draw, run, step)
    low, median, high = rank_quantiles(kept, run)
    share = sum(listed.astype(int) for listed, _ in found) / len(choices)
    change = sum(moved for _, moved in found) / kept.size
    put = [_put(column, rows, size, np.nan) for column in (low, median, high)]
    return RankStability(*put, _put(share, rows, size, 0.0), float(change))


def own_scores(simulation: Simulation, weights: np.ndarray, asked: Robustness) -> dict[int, np.ndarray]:
    """Return the wanted composites with the declared weights and the study's own methods, as a draw would make them."""
    alone, nought = np.zeros(1, dtype=int), np.zeros(1)
    sure = replace(
        simulation.alternatives,
        error_share=np.zeros_like(simulation.alternatives.error_share),
        error_value=np.zeros_like(simulation.alternatives.error_value),
    )
    choices = Choices(weights[:, None], alone, alone, alone, alone, alone, alone, nought, asked.seed)
    return simulate(replace(simulation, alternatives=sure), choices, lambda draws, made: made)[0]


def in_blocks(scores: np.ndarray, draws: np.ndarray, cells: int = 1 << 17):
    """Yield some rows of scores at a time, with the numbers of their draws: so many as stay in the fast memory."""
    rows = max(1, cells // max(1, scores.shape[1]))
    for start in range(0, len(draws), rows):
        yield scores[start : start + rows], draws[start : start + rows]


def finite(scores: np.ndarray) -> np.ndarray:
    """Return scores where a territory that has none in a draw is put beside the last of that draw."""
    if not np.isnan(scores.min(initial=np.inf)):
        return scores
    holes = np.isnan(scores)
    lowest = np.where(holes, np.inf, scores).min(axis=1, keepdims=True)
    return np.where(holes, np.where(np.isfinite(lowest), lowest, 0), scores).astype(scores.dtype)


def _bands(ranks: np.ndarray, shortlist: Optional[int]) -> tuple[np.ndarray, np.ndarray]:
    """Return the rank above and the last rank of what each territory is followed in: the list, or its own quarter."""
    if shortlist is not None:
        return np.zeros(len(ranks), dtype=int), np.full(len(ranks), shortlist)
    ends = np.ceil(np.arange(5) * len(ranks) / 4).astype(int)
    quarter = np.searchsorted(ends[1:], ranks, side="left")
    return ends[quarter], ends[quarter + 1]


def _put(column: np.ndarray, rows: np.ndarray, size: int, otherwise: float) -> np.ndarray:
    made = np.full(size, otherwise)
    made[rows] = column
    return made
