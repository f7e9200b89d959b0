"""How stable the list is: segments and ranks again under drawn weights, methods, values and thresholds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Callable, Optional

import numpy as np

from smart_territoires_plugin.core.engine import run_tasks
from smart_territoires_plugin.core.scoring.alternatives import Alternatives, alternatives
from smart_territoires_plugin.core.scoring.composite import Scores
from smart_territoires_plugin.core.scoring.drawn_parts import Simulation
from smart_territoires_plugin.core.scoring.hierarchy import Hierarchy
from smart_territoires_plugin.core.scoring.rank_intervals import rank_kind, rank_quantiles
from smart_territoires_plugin.core.scoring.robustness import Declared, declared_weights, draw_choices
from smart_territoires_plugin.core.scoring.simulation import simulate
from smart_territoires_plugin.core.study import Method, Study
from smart_territoires_plugin.core.targeting.drawn_lists import Listing, RollUp, bucket_scales, lists_of, make_listing
from smart_territoires_plugin.core.targeting.segments import SEGMENTS, threshold
from smart_territoires_plugin.core.targeting.standing import Standing
from smart_territoires_plugin.core.targeting.units import Units

if TYPE_CHECKING:
    from scipy.sparse import csr_array

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
    segment_probabilities : ndarray, shape (n_territories, 6)
        Share (0–1) of draws in which it is in each of ``SEGMENTS``.
    shortlist_probability : ndarray, shape (n_territories,)
        Share (0–1) of draws in which it is among the shortlist; 0 outside ``engage``.
    rank_low, rank_median, rank_high : ndarray, shape (n_territories,)
        Best rank of the 90 % interval, median, worst; NaN where not in ``engage``. In a draw where the territory
        leaves ``engage``, it ranks after all that are in it.
    """

    segment_probability: np.ndarray
    segment_probabilities: np.ndarray
    shortlist_probability: np.ndarray
    rank_low: np.ndarray
    rank_median: np.ndarray
    rank_high: np.ndarray


def draw_stability(
    study: Study,
    scores: Scores,
    published: np.ndarray,
    standing: Standing,
    codes: np.ndarray,
    step: Callable[[float], None] = lambda share: None,
    workers: Optional[int] = None,
    drawn: Optional[Alternatives] = None,
    units: Optional[Units] = None,
) -> Stability:
    """Draw what the study's robustness asks for, and follow every territory's segment and rank.

    Parameters
    ----------
    published : ndarray of str, shape (n_territories,)
        The segments with the declared weights.
    standing : Standing
    codes : ndarray of str
    step : callable
        Takes the share (0–1) of draws done.
    workers : int, optional
        Threads; what is drawn does not depend on them.
    drawn : Alternatives, optional
        The methods and imputed values that a draw may take; by default those that follow from the study.
    units : Units, optional
        What the territories are rolled up to: ``published``, ``standing`` and ``codes`` then are of these, as is what
        is found; ``scores`` stay those of the territories, which are what is drawn.
    """
    listing, order = listing_of(study, scores, standing, codes, drawn, units)
    numbers = np.array([SEGMENTS.index(name) for name in published], dtype=int)[order]
    engaged = np.flatnonzero(numbers == ENGAGE)
    declared = declared_of(study, scores, listing.simulation.hierarchy)
    choices = draw_choices(study.robustness, declared, listing.simulation.alternatives.counts)
    run = runner(workers)
    scales = bucket_scales(listing, choices, declared.weights, run)
    candidates = listing.candidates
    among = np.searchsorted(candidates, engaged)
    kept = np.empty((len(choices), engaged.size), dtype=rank_kind(len(order)))

    def follow(draws: np.ndarray, made: dict) -> tuple[np.ndarray, np.ndarray]:
        # ``simulate`` hands on fewer than 256 draws at a time.
        ready, listed = np.zeros(listing.known.size, dtype=np.uint8), np.zeros(candidates.size, dtype=np.uint8)
        for some in lists_of(listing, choices, scales, draws, made):
            ready += some.ready.view(np.uint8).sum(axis=0, dtype=np.uint8)
            listed += np.bincount(some.listed[some.listed >= 0], minlength=candidates.size).astype(np.uint8)
            kept[some.draws] = some.ranks.take(among, axis=1)
        return ready, listed

    found = simulate(listing.simulation, choices, follow, run, step)
    ready, listed = np.zeros(len(order)), np.zeros(len(order))
    ready[listing.known] = sum(part[0].astype(int) for part in found) / len(choices)
    listed[candidates] = sum(part[1].astype(int) for part in found) / len(choices)
    quantiles = np.full((3, len(order)), np.nan)
    quantiles[:, engaged] = rank_quantiles(kept, run)
    each = listing.segment_shares(ready)
    back = np.empty(len(order), dtype=int)
    back[order] = np.arange(len(order))
    return Stability(each[np.arange(len(order)), numbers][back], each[back], listed[back], *quantiles[:, back])


def runner(workers: Optional[int]) -> Callable:
    """Return what runs the tasks of draws in so many threads."""
    return lambda task, items, step: run_tasks(task, items, workers, step)


def listing_of(
    study: Study,
    scores: Scores,
    standing: Standing,
    codes: np.ndarray,
    drawn: Optional[Alternatives] = None,
    units: Optional[Units] = None,
) -> tuple[Listing, np.ndarray]:
    """Return what does not change from draw to draw, and the order of the territories (or units) in it."""
    # In the order of codes, which settles equal priorities as the published rank does.
    order = np.argsort(codes.astype(str), kind="stable")
    rows = order if units is None else np.arange(len(scores.normalised))
    simulation = _simulation(study, scores, rows, drawn or study_alternatives(study, scores))
    first = simulation.hierarchy.n_indicators
    gaps = {column: simulation.gaps[:, column - first] for column in simulation.wanted}
    roll_up = None
    if units is not None:
        roll_up = _rolling_up({column: units.mean_weights(~missing)[order] for column, missing in gaps.items()})
        gaps = {column: ~units.known(~missing)[order] for column, missing in gaps.items()}
    asked = study.targeting
    limit = asked.readiness_threshold
    if isinstance(limit, Method) and limit.name != "quantile":
        # Found once, on the declared weights: a break of its own in every draw would be another question.
        found = scores.columns["readiness"] if units is None else units.mean(scores.columns["readiness"])
        limit = threshold(found, limit)
    exponents = (asked.exponents.readiness, asked.exponents.evidence, asked.exponents.stake)
    listing = make_listing(simulation, limit, asked.shortlist, exponents, standing.at(order), gaps, roll_up)
    return listing, order


def _rolling_up(weights: Mapping[int, csr_array]) -> RollUp:
    """Return what turns drawn scores of territories into those of units, by column."""

    def roll_up(column: int, made: np.ndarray) -> np.ndarray:
        return (weights[column] @ np.nan_to_num(made).T).T.astype(made.dtype)

    return roll_up


def study_alternatives(study: Study, scores: Scores, completed: Sequence[np.ndarray] = ()) -> Alternatives:
    """Return what a study allows to be drawn.

    Parameters
    ----------
    completed : sequence of ndarray, shape (n_territories, n_indicators)
        One for each drawn imputation; without them, imputed values stay as they are.
    """
    return alternatives(
        scores.indicators, completed or [scores.completed], scores.normalised, study.scoring, study.robustness
    )


def _simulation(study: Study, scores: Scores, order: np.ndarray, drawn: Alternatives) -> Simulation:
    hierarchy = scores.hierarchy
    names = ["readiness", *(f"score_{theme.id}" for theme in study.scored_themes)]
    gaps = np.column_stack([np.isnan(scores.columns[made.id])[order] for made in hierarchy.composites])
    moved = replace(
        drawn,
        completed=tuple(values[order] for values in drawn.completed),
        normalised=drawn.normalised[order],
    )
    return Simulation(hierarchy, moved, tuple(hierarchy.column_of(name) for name in names), gaps)


def declared_of(study: Study, scores: Scores, hierarchy: Hierarchy) -> Declared:
    """Return the weights that are drawn: of indicators, of composites, of themes."""
    return declared_weights(hierarchy, scores.element_weights, tuple(theme.weight for theme in study.scored_themes))


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
    # A territory whose true share is the cut itself passes it in one case of twenty.
    above = [share >= cut + _Z_90 * np.sqrt(cut * (1 - cut) / draws) for cut in (CORE, PROBABLE)]
    return np.select(above, ["core", "probable"], "debatable").astype(object)
