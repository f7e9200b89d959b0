"""The list of every draw: who is ready, whom to engage, and in what order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Callable

import numpy as np

from smart_territoires_plugin.core.scoring.drawn_parts import EXACT_SIZE, Simulation
from smart_territoires_plugin.core.scoring.percentiles_of_draws import (
    Percentiles,
    best_scale,
    ordered_scores,
    percentiles_of_draws,
)
from smart_territoires_plugin.core.scoring.rank_intervals import finite
from smart_territoires_plugin.core.scoring.robustness import Choices
from smart_territoires_plugin.core.scoring.simulation import one_by_one, simulate
from smart_territoires_plugin.core.study import Method
from smart_territoires_plugin.core.targeting.priority import FLOOR, priority
from smart_territoires_plugin.core.targeting.segments import SEGMENTS
from smart_territoires_plugin.core.targeting.standing import Standing

# Draws that are looked at together: as many as stay in the fast memory.
_CELLS = 1 << 17
# A key holds the draw and the territory in 24 bits, above them the priority to its ten decimals in 40.
_PLACE_BITS = 24
_TOP = 1e12

RollUp = Callable[[int, np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Listing:
    """What does not change from draw to draw; territories are in the order of their codes.

    Parameters
    ----------
    simulation : Simulation
        Wants the readiness, then the stake of each theme.
    threshold : float or Method
        Where high begins, before a draw moves it.
    shortlist : int
    exponents : tuple of float
        How much readiness, evidence and stake count in the priority.
    standing : Standing
    known : ndarray of int
        Territories whose readiness is known.
    known_stakes : tuple of ndarray of int
        Territories whose stake is known, by theme.
    candidates : ndarray of int
        Territories that are engaged whenever they are ready.
    of_known, of_stakes : ndarray of int, shape (n_candidates,)
        Where each candidate stands in ``known`` and in each of ``known_stakes``.
    has_stake : tuple of ndarray of bool, shape (n_candidates,)
        Whether it stands there at all.
    roll_up : callable, optional
        From scores of territories (n_draws, n_territories) of a column to those of units, shape (n_draws, n_units);
        known where its ``known`` says so.
    """

    simulation: Simulation
    threshold: float | Method
    shortlist: int
    exponents: tuple[float, ...]
    standing: Standing
    known: np.ndarray
    known_stakes: tuple[np.ndarray, ...]
    candidates: np.ndarray
    of_known: np.ndarray
    of_stakes: tuple[np.ndarray, ...]
    has_stake: tuple[np.ndarray, ...]
    roll_up: RollUp | None = None

    @property
    def size(self) -> int:
        """Number of territories, or of the units that they are rolled up to."""
        return len(self.standing.high)

    def scores(self, made: Mapping[int, np.ndarray], column: int, draws: slice) -> np.ndarray:
        """Return some draws of a composite, rolled up where units are listed, shape (n_draws, size)."""
        found = made[column][draws]
        return found if self.roll_up is None else self.roll_up(column, found)

    def segment_shares(self, ready: np.ndarray) -> np.ndarray:
        """Return the probability (0–1) of each of ``SEGMENTS`` from that of being ready, shape (n_territories, 6).

        Activity is drawn too, from what is known of it: the two are independent, so that probabilities multiply.
        """
        shares = np.zeros((len(ready), len(SEGMENTS)))
        rows = np.arange(len(ready))
        unknown, high = self.standing.unknown, np.where(self.standing.unknown, 0.0, self.standing.chance_high)
        for name, share in (
            ("verify", ready * unknown),
            ("showcase", ready * high),
            ("engage", ready * (1 - high) * ~unknown),
            ("support", (1 - ready) * high),
            ("raise_awareness", (1 - ready) * (1 - high)),
        ):
            shares[:, SEGMENTS.index(name)] = share
        lacking = np.setdiff1d(rows, self.known)
        shares[lacking] = 0
        shares[lacking, SEGMENTS.index("insufficient_data")] = 1
        return shares


@dataclass(frozen=True)
class Drawn:
    """The lists of some draws.

    Parameters
    ----------
    draws : ndarray of int, shape (d,)
        Their numbers.
    ready : ndarray of bool, shape (d, n_known)
    ranks : ndarray of int32, shape (d, n_candidates)
        In the list; after all that are in it where a draw does not engage a candidate.
    listed : ndarray of int32, shape (d, shortlist)
        The shortlist as places among the candidates; −1 where it is not full.
    """

    draws: np.ndarray
    ready: np.ndarray
    ranks: np.ndarray
    listed: np.ndarray


def make_listing(
    simulation: Simulation,
    threshold: float | Method,
    shortlist: int,
    exponents: tuple[float, ...],
    standing: Standing,
    gaps: Mapping[int, np.ndarray],
    roll_up: RollUp | None = None,
) -> Listing:
    """Return what does not change from draw to draw; arguments as the parts of a ``Listing``.

    ``gaps`` says of each wanted column where too little is known for a score, shape (size,).
    """
    known, *stakes = (np.flatnonzero(~gaps[column]) for column in simulation.wanted)
    candidates = known[~standing.high[known] & ~standing.unknown[known]]
    return Listing(
        simulation,
        threshold,
        shortlist,
        exponents,
        standing,
        known,
        tuple(stakes),
        candidates,
        np.searchsorted(known, candidates),
        tuple(np.minimum(np.searchsorted(stake, candidates), max(0, stake.size - 1)) for stake in stakes),
        tuple(np.isin(candidates, stake) for stake in stakes),
        roll_up,
    )


Scales = Mapping[tuple[int, int, int], tuple[str, ...]]


def bucket_scales(listing: Listing, choices: Choices, weights: np.ndarray, run: Callable = one_by_one) -> Scales:
    """Return how percentiles are counted, by combination of treatment, normalisation and aggregation.

    Decided on the declared weights, so that it does not depend on which draw comes first; few territories are sorted.
    """
    every = np.unique(np.stack([choices.treatment, choices.normalisation, choices.aggregation]), axis=1)
    simulation = listing.simulation
    if listing.size <= EXACT_SIZE:
        return {tuple(one): ("exact",) * len(simulation.wanted) for one in every.T.tolist()}
    nought = np.zeros(every.shape[1], dtype=int)
    treatment, normalisation, aggregation = every
    alone = Choices(
        weights[:, None], nought, normalisation, aggregation, treatment, nought, nought, nought.astype(float), 0
    )
    sure = replace(simulation.alternatives, error_share=np.zeros(0), error_value=np.zeros(0))
    rows = (listing.known, *listing.known_stakes)

    def scale_of(made: Mapping[int, np.ndarray], column: int, place: int, rows: np.ndarray) -> np.ndarray:
        return finite(listing.scores(made, column, slice(place, place + 1))[:, rows])[0]

    def decide(draws: np.ndarray, made: Mapping[int, np.ndarray]) -> list:
        return [
            (tuple(every[:, draw].tolist()), tuple(best_scale(scale_of(made, c, place, r)) for c, r in pairs))
            for place, draw in enumerate(draws)
        ]

    pairs = list(zip(simulation.wanted, rows, strict=True))
    found = simulate(replace(simulation, alternatives=sure), alone, decide, run)
    return {combination: names for some in found for combination, names in some}


def lists_of(
    listing: Listing, choices: Choices, scales: Scales, draws: np.ndarray, made: Mapping[int, np.ndarray]
) -> Iterator[Drawn]:
    """Make the lists of some draws from their scores, which all have the same methods.

    Parameters
    ----------
    made : mapping of column to ndarray, shape (n_draws, n_territories)
    """
    names = scales[
        int(choices.treatment[draws[0]]), int(choices.normalisation[draws[0]]), int(choices.aggregation[draws[0]])
    ]
    candidates = listing.candidates
    width = max(1, int(candidates.size - 1).bit_length())
    rows = max(1, min(_CELLS // max(1, listing.size), 1 << (_PLACE_BITS - width)))
    evidence = listing.standing.evidence[candidates]
    for start in range(0, len(draws), rows):
        some = draws[start : start + rows]
        readiness, *stakes = (
            _rows(listing.scores(made, column, slice(start, start + rows)), known)
            for column, known in zip(listing.simulation.wanted, (listing.known, *listing.known_stakes), strict=True)
        )
        standing = percentiles_of_draws(readiness, names[0])
        ready = readiness > _limits(readiness, standing, listing.threshold, choices.shift[some])
        eligible = ready.take(listing.of_known, axis=1)
        counts = np.count_nonzero(eligible, axis=1)
        draw = np.repeat(np.arange(len(some)), counts)
        who = np.flatnonzero(eligible) - draw * candidates.size
        weights = choices.weights[len(choices.weights) - len(stakes) :, choices.weight_set[some]]
        parts = [standing.at(draw * readiness.shape[1] + listing.of_known.take(who)), evidence.take(who)]
        exponents = listing.exponents[: 3 if stakes else 2]
        if stakes:
            found = [percentiles_of_draws(scores, name) for scores, name in zip(stakes, names[1:], strict=True)]
            parts.append(_stake(listing, found, weights, counts, draw, who))
        keys = _keys(priority(*parts, exponents=exponents), draw, who, width)
        keys.sort()
        who = (keys & np.uint64((1 << width) - 1)).astype(np.intp)
        rank = np.arange(1, keys.size + 1) - np.repeat(np.cumsum(counts) - counts, counts)
        ranks = np.repeat((counts + 1).astype(np.int32), candidates.size)
        ranks[draw * candidates.size + who] = rank
        listed = np.full((len(some), listing.shortlist), -1, dtype=np.int32)
        first = rank <= listing.shortlist
        listed[draw[first], rank[first] - 1] = who[first]
        yield Drawn(some, ready, ranks.reshape(len(some), -1), listed)


def _rows(scores: np.ndarray, known: np.ndarray) -> np.ndarray:
    return finite(scores if known.size == scores.shape[1] else scores[:, known])


def _limits(readiness: np.ndarray, standing: Percentiles, asked: float | Method, shift: np.ndarray) -> np.ndarray:
    """Return the score above which a territory is ready in each draw, as a column.

    For a quantile it is the known score just below: whatever lies above it lies above the quantile too.
    """
    if not isinstance(asked, Method):
        return (float(asked) + shift)[:, None]
    size = readiness.shape[1]
    if not size:
        return np.full((len(readiness), 1), np.nan)
    share = np.clip(asked.parameters["q"] + shift, 0, 1)
    places = np.floor(share * (size - 1) + 1e-9).astype(int)
    return ordered_scores(readiness, standing, places)[:, None]


def _stake(
    listing: Listing,
    found: Sequence[Percentiles],
    weights: np.ndarray,
    counts: np.ndarray,
    draw: np.ndarray,
    who: np.ndarray,
) -> np.ndarray:
    """Return the percentile of the stake of the theme to speak about: ``recommended_theme``, for these pairs alone."""
    best, chosen = np.full(who.size, -np.inf), np.full(who.size, np.nan)
    place_of_all = draw * listing.size + listing.candidates.take(who)
    for theme, percentiles in enumerate(found):
        count = listing.known_stakes[theme].size
        if not count:
            continue
        every = count == listing.size
        percentile = percentiles.at(place_of_all if every else draw * count + listing.of_stakes[theme].take(who))
        if not every:
            percentile = np.where(listing.has_stake[theme][who], percentile, np.nan)
        worth = np.repeat(weights[theme], counts) * np.maximum(percentile, FLOOR)
        if listing.standing.done[:, theme].any():
            worth /= 1 + listing.standing.done[listing.candidates[who], theme]
        better = worth > best
        np.copyto(best, worth, where=better)
        np.copyto(chosen, percentile, where=better)
    return chosen


def _keys(values: np.ndarray, draw: np.ndarray, who: np.ndarray, width: int) -> np.ndarray:
    """Return whole numbers that sort by draw, then from the highest priority, then by code."""
    behind = np.rint(_TOP - np.fmax(values, 0) * 1e10).astype(np.uint64)
    return ((draw.astype(np.uint64) << np.uint64(40 + width)) | (behind << np.uint64(width))) | who.astype(np.uint64)
