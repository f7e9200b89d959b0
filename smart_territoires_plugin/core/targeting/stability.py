"""How stable the list is: segments and ranks again under drawn weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Optional, Union

import numpy as np

from smart_territoires_plugin.core.engine import run_tasks
from smart_territoires_plugin.core.scoring.composite import Scores, aggregate
from smart_territoires_plugin.core.scoring.normalisation import percentile_rank_rows
from smart_territoires_plugin.core.scoring.robustness import weight_draws
from smart_territoires_plugin.core.study import Method, Study
from smart_territoires_plugin.core.targeting.priority import priority, recommended_theme
from smart_territoires_plugin.core.targeting.segments import SEGMENTS, segment_number

ENGAGE = SEGMENTS.index("engage")
CORE, PROBABLE = 0.9, 0.5
_Z_90 = 1.6448536269514722


@dataclass(frozen=True)
class Stability:
    """What the draws say of each territory.

    Parameters
    ----------
    segment_probability : ndarray, shape (n_territories,)
        Share (0–1) of draws in which the territory is in its published segment.
    shortlist_probability : ndarray, shape (n_territories,)
        Share (0–1) of draws in which it is among the shortlist; 0 outside ``engage``.
    rank_low, rank_high : ndarray, shape (n_territories,)
        Best and worst rank of the 90 % interval; NaN where not in ``engage``. In a draw where the territory leaves
        ``engage``, it ranks after all that are in it.
    """

    segment_probability: np.ndarray
    shortlist_probability: np.ndarray
    rank_low: np.ndarray
    rank_high: np.ndarray


def draw_stability(
    study: Study,
    scores: Scores,
    published: np.ndarray,
    high_activity: np.ndarray,
    unknown: np.ndarray,
    evidence: np.ndarray,
    projects: dict,
    codes: np.ndarray,
    step: Callable[[float], None] = lambda share: None,
    workers: Optional[int] = None,
) -> Stability:
    """Draw the weights of indicators and themes, and follow every territory's segment and rank.

    Parameters
    ----------
    published : ndarray of str, shape (n_territories,)
        The segments with the declared weights.
    high_activity, unknown, evidence : ndarray, shape (n_territories,)
        Activity, which the weights do not change.
    projects : dict
        Active projects by theme.
    step : callable
        Takes the share (0–1) of draws done.
    workers : int, optional
        Threads; what is drawn does not depend on them.
    """
    asked, themes = study.robustness, study.scored_themes
    size = len(published)
    # Territories in the order of their codes, so that a stable sort settles equal priorities as the published rank.
    by_code = np.argsort(codes.astype(str), kind="stable")
    high_activity, unknown, evidence = high_activity[by_code], unknown[by_code], evidence[by_code]
    numbers = np.array([SEGMENTS.index(name) for name in published[by_code]])
    engaged = np.flatnonzero(numbers == ENGAGE)
    done_projects = np.column_stack([projects.get(theme.id, np.zeros(size))[by_code] for theme in themes] or [[]])
    rows = {name: scores.normalised[np.ix_(by_code, members)] for name, members in scores.composites.items()}
    gaps = {name: np.isnan(scores.columns[name][by_code]) for name in rows}
    declared = np.concatenate([scores.weights, [theme.weight for theme in themes]])

    def draw(chunk: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return how often each territory keeps its segment and is shortlisted, and the ranks of the engaged ones."""

        def composite(name: str) -> np.ndarray:
            made = aggregate(rows[name], chunk[scores.composites[name]], scores.aggregation).T
            return np.where(gaps[name], np.nan, made)

        readiness = composite("readiness")
        limits = _limits(readiness, study.targeting.readiness_threshold)
        drawn = segment_number(readiness, limits, high_activity, unknown)
        same = (drawn == numbers).sum(axis=0)
        if not engaged.size:
            return same, np.zeros(size, dtype=int), np.empty((len(drawn), 0), dtype=np.int32)
        parts = [percentile_rank_rows(readiness), np.broadcast_to(evidence, readiness.shape)]
        if themes:
            percentiles = np.stack([percentile_rank_rows(composite(f"score_{t.id}")) for t in themes], axis=-1)
            parts.append(recommended_theme(percentiles, chunk[-len(themes) :].T, done_projects)[1])
        eligible = drawn == ENGAGE
        keys = np.where(eligible, -np.nan_to_num(priority(*parts)), np.inf)
        order = np.argsort(keys, axis=1, kind="stable")
        rank = np.empty(order.shape, dtype=np.int32)
        np.put_along_axis(rank, order, np.arange(1, size + 1, dtype=np.int32)[None, :], axis=1)
        rank = np.where(eligible, rank, eligible.sum(axis=1, dtype=np.int32)[:, None] + 1)
        shortlisted = (eligible & (rank <= study.targeting.shortlist)).sum(axis=0)
        return same, shortlisted, rank[:, engaged]

    drawn = run_tasks(draw, weight_draws(declared, asked.error_share, asked.draws, asked.seed), workers, step)
    same = sum(found[0] for found in drawn)
    shortlisted = sum(found[1] for found in drawn)
    ranks = np.concatenate([found[2] for found in drawn])
    low, high = np.full(size, np.nan), np.full(size, np.nan)
    if engaged.size:
        low[engaged], high[engaged] = np.quantile(ranks, [0.05, 0.95], axis=0, method="inverted_cdf")
    back = np.empty(size, dtype=int)
    back[by_code] = np.arange(size)
    return Stability((same / asked.draws)[back], (shortlisted / asked.draws)[back], low[back], high[back])


def _limits(readiness: np.ndarray, asked: Union[float, Method]) -> np.ndarray:
    """Return where high begins in each draw, as a column."""
    if not isinstance(asked, Method):
        return np.full((len(readiness), 1), float(asked))
    known = ~np.isnan(readiness[0])
    if not known.any():
        return np.full((len(readiness), 1), np.nan)
    return np.quantile(readiness[:, known], asked.parameters["q"], axis=1)[:, None]


def stamp(share: np.ndarray, draws: int) -> np.ndarray:
    """Return ``core``, ``probable`` or ``debatable``; within Monte-Carlo error of a cut, the lower.

    Parameters
    ----------
    share : ndarray
        Share (0–1) of draws in which a territory is shortlisted.

    Examples
    --------
    >>> stamp(np.array([1.0, 0.9, 0.2]), 1000).tolist()
    ['core', 'probable', 'debatable']
    """
    sure = share - _Z_90 * np.sqrt(share * (1 - share) / draws)
    return np.select([sure >= CORE, sure >= PROBABLE], ["core", "probable"], "debatable").astype(object)
