"""Which group of choices moves the list: Sobol' indices of being ready, of the rank and of being in the shortlist."""

from __future__ import annotations

from typing import Callable

import numpy as np

from smart_territoires_plugin.core.models.sobol import (
    FOLLOWED,
    Indices,
    evenly,
    membership,
    sobol_indices,
    uniforms_of,
)
from smart_territoires_plugin.core.scoring.composite import Scores
from smart_territoires_plugin.core.scoring.robustness import choices_at, drawn_groups
from smart_territoires_plugin.core.scoring.simulation import simulate
from smart_territoires_plugin.core.study import Study
from smart_territoires_plugin.core.targeting.drawn_lists import Listing, bucket_scales, lists_of
from smart_territoires_plugin.core.targeting.stability import declared_of, runner


def target_indices(
    study: Study,
    scores: Scores,
    listing: Listing,
    size: int = 1024,
    step: Callable[[float], None] = lambda share: None,
    workers: int | None = None,
) -> dict[str, Indices]:
    """Return which group of choices moves segments and ranks.

    Parameters
    ----------
    listing : Listing
        Of ``listing_of``.
    size : int
        A power of 2; the list is made ``size`` × (groups drawn + 2) times.

    Returns
    -------
    dict of str to Indices
        ``segment``: of being in one's segment; ``rank``: of the rank in the list; ``shortlist``: of being in it.
        Empty where nothing is drawn, or nobody can be ready.
    """
    asked, allowed = study.robustness, listing.simulation.alternatives
    groups = drawn_groups(asked, allowed.counts, allowed.with_error.size > 0, segments=True)
    declared = declared_of(study, scores, listing.simulation.hierarchy)
    candidates = listing.candidates
    followed, ranked = (evenly(np.arange(count), FOLLOWED) for count in (listing.known.size, candidates.size))
    if not groups or not candidates.size:
        return {}

    run = runner(workers)

    def lists(values: np.ndarray) -> list[np.ndarray]:
        choices = choices_at(uniforms_of(values, groups), asked, declared, allowed.counts, size)
        scales = bucket_scales(listing, choices, declared.weights, run)
        ready = np.empty((followed.size, len(choices)), dtype=bool)
        ranks = np.empty((ranked.size, len(choices)), dtype=np.int32)
        listed = np.empty((len(choices), listing.shortlist), dtype=np.int32)

        def draw(draws: np.ndarray, made: dict[int, np.ndarray]) -> None:
            for some in lists_of(listing, choices, scales, draws, made):
                ready[:, some.draws] = some.ready[:, followed].T
                ranks[:, some.draws] = some.ranks[:, ranked].T
                listed[some.draws] = some.listed

        simulate(listing.simulation, choices, draw, run, step)
        return [ready, ranks, membership(listed, candidates.size)]

    found = sobol_indices(lists, groups, size, asked.seed)
    return dict(zip(("segment", "rank", "shortlist"), found, strict=True))
