"""What the list owes to each of its parts: segments and ranks again without one indicator or theme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from smart_territoires_plugin.core.scoring.composite import Scores
from smart_territoires_plugin.core.scoring.robustness import Choices
from smart_territoires_plugin.core.scoring.simulation import simulate
from smart_territoires_plugin.core.study import Study
from smart_territoires_plugin.core.targeting.drawn_lists import Listing, bucket_scales, lists_of
from smart_territoires_plugin.core.targeting.stability import declared_of


@dataclass(frozen=True)
class Without:
    """The list without one element.

    Parameters
    ----------
    kind : {"indicator", "theme"}
    id : str
    rank_change : float
        Mean absolute change of rank of the territories that are engaged with everything; one that leaves ``engage``
        ranks after all that are in it. NaN where nobody is engaged.
    moved_segment : int
        Territories that change segment.
    shortlist_kept : float
        Share (0–1) of the shortlist that stays in it; NaN where it is empty.
    """

    kind: str
    id: str
    rank_change: float
    moved_segment: int
    shortlist_kept: float


def list_without_each(study: Study, scores: Scores, listing: Listing) -> tuple[Without, ...]:
    """Make the list without each indicator, and without each theme, by the study's own methods.

    An indicator that is its theme's only one, or the only success factor, is passed over: without it, there would be
    no composite; likewise the only theme.

    Parameters
    ----------
    listing : Listing
        Of ``listing_of``.
    """
    declared = declared_of(study, scores, listing.simulation.hierarchy)
    elements = [("", "", -1), *_elements(study, scores, len(declared.weights))]
    table = np.repeat(declared.weights[:, None], len(elements), axis=1)
    for place, (_, _, row) in enumerate(elements[1:], 1):
        table[row, place] = 0
    every, nought = np.arange(len(elements)), np.zeros(len(elements), dtype=int)
    choices = Choices(table, every, nought, nought, nought, nought, nought, nought.astype(float), 0)
    scales = bucket_scales(listing, choices, declared.weights)
    sure = replace(listing.simulation.alternatives, error_share=np.zeros(0), error_value=np.zeros(0))
    ready = np.empty((len(elements), listing.known.size), dtype=bool)
    ranks = np.empty((len(elements), listing.candidates.size), dtype=np.int32)
    listed = np.zeros((len(elements), listing.candidates.size), dtype=bool)

    def keep(draws: np.ndarray, made: Mapping[int, np.ndarray]) -> None:
        for some in lists_of(listing, choices, scales, draws, made):
            ready[some.draws], ranks[some.draws] = some.ready, some.ranks
            row, column = np.nonzero(some.listed >= 0)
            listed[some.draws[row], some.listed[row, column]] = True

    simulate(replace(listing.simulation, alternatives=sure), choices, keep)
    engaged = ready[0, listing.of_known]
    found = []
    for place, (kind, name, _) in enumerate(elements[1:], 1):
        moved = np.abs(ranks[place, engaged] - ranks[0, engaged])
        kept = listed[place, listed[0]]
        found.append(
            Without(
                kind,
                name,
                float(moved.mean()) if moved.size else np.nan,
                int((ready[place] != ready[0]).sum()),
                float(kept.mean()) if kept.size else np.nan,
            )
        )
    return tuple(found)


def _elements(study: Study, scores: Scores, n_weights: int) -> list[tuple[str, str, int]]:
    """Return kind, identifier and row of the weight of what can be left out."""
    siblings = {
        column: int((scores.weights[members] > 0).sum())
        for name, members in scores.composites.items()
        if not name.startswith("axis_")
        for column in members.tolist()
    }
    found = [
        ("indicator", indicator.id, column)
        for column, indicator in enumerate(scores.indicators)
        if scores.weights[column] > 0 and siblings.get(column, 0) > 1
    ]
    themes = study.scored_themes
    if len(themes) > 1:
        found += [("theme", theme.id, n_weights - len(themes) + place) for place, theme in enumerate(themes)]
    return found
