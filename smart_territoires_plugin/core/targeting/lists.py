"""The four lists: whom to engage, whom to make aware, who can show something, whom to ask first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from smart_territoires_plugin.core.scoring.composite import Scores
from smart_territoires_plugin.core.scoring.normalisation import percentile_rank
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.study import Study
from smart_territoires_plugin.core.targeting.activity import Activity
from smart_territoires_plugin.core.targeting.decisions import Decided, apply_decisions
from smart_territoires_plugin.core.targeting.priority import priority
from smart_territoires_plugin.core.targeting.target import Targeting

if TYPE_CHECKING:
    from scipy.sparse import csr_array

LISTS = ("engage", "raise_awareness", "showcase", "verify")
# Why a territory is in none of them.
INSUFFICIENT, EXCLUDED, SUPPORT, NO_READINESS = "insufficient_data", "excluded", "support", "no_readiness"
_METRES_PER_KM = 1000.0


@dataclass(frozen=True)
class Lists:
    """The lists of a study, as rows of its territories in order, and what each shows.

    Parameters
    ----------
    rows : mapping of list to ndarray of int
        ``engage`` by rank, a person's decisions in it; ``raise_awareness`` by inhabitants concerned; ``showcase`` by
        projects, then by how many it can help; ``verify`` by priority without evidence.
    shortlist : int
        How many of ``engage`` are to be called.
    left_out : mapping of row to str
        In no list, and why: ``insufficient_data``, ``excluded`` by a person, ``support`` (active, low readiness: to
        back up), or ``no_readiness`` where the study has no success factor.
    decided : Decided
    concerned : ndarray, shape (n_territories,)
        Inhabitants × percentile (0–1) of the stake of the theme to speak about; NaN where either is unknown.
    asking_priority : ndarray, shape (n_territories,)
        Priority (1–100) without evidence.
    argument : ndarray of int, shape (n_territories,)
        Indicator by which the theme to speak about matters most here beside the others, of those measured; -1 for none.
    below : ndarray, shape (n_territories, n_indicators)
        Share (0–100) of the others that score lower.
    showcase : ndarray of int, shape (n_territories,)
        Row of the nearest showcase, of one active on the theme if there is any; -1 for none.
    distance_km : ndarray, shape (n_territories,)
        To it, between centroids; NaN where none.
    on_theme : ndarray of bool, shape (n_territories,)
        Whether it is active on the theme.
    share_with : mapping of row to ndarray of int
        Of each showcase: those to engage or make aware of which it is the nearest, or the peer; in the order of lists.
    shared_themes : mapping of row to tuple of (theme, projects)
        Of each showcase: themes with a project, the most projects first.
    """

    rows: Mapping[str, np.ndarray]
    shortlist: int
    left_out: Mapping[int, str]
    decided: Decided
    concerned: np.ndarray
    asking_priority: np.ndarray
    argument: np.ndarray
    below: np.ndarray
    showcase: np.ndarray
    distance_km: np.ndarray
    on_theme: np.ndarray
    share_with: Mapping[int, np.ndarray]
    shared_themes: Mapping[int, tuple[tuple[str, float], ...]]

    @property
    def call_list(self) -> np.ndarray:
        """Rows to call, in order."""
        return self.rows["engage"][: self.shortlist]

    @property
    def counts(self) -> dict[str, int]:
        """How many territories each list holds, then how many are in none, by the reason."""
        return {**{name: len(rows) for name, rows in self.rows.items()}, **Counter(self.left_out.values())}


def make_lists(
    study: Study,
    territories: Territories,
    scores: Scores,
    targeting: Targeting,
    activity: Activity,
    elsewhere: Collection[str] = (),
    overlapping: csr_array | None = None,
) -> Lists:
    """Put every territory in one list, or say why it is in none.

    Parameters
    ----------
    elsewhere : collection of str
        Codes of another level, of which a decision is no mistake.
    overlapping : csr_array, shape (n_territories, n_territories), optional
        Which hold a part of one another: none of them is shown to the other.
    """
    codes = territories.codes
    segments = targeting.columns["segment"]
    theme = targeting.columns["recommended_theme"]
    rank = targeting.columns["target_rank"]
    ranked = np.flatnonzero(~np.isnan(rank))
    ranked = ranked[np.argsort(rank[ranked], kind="stable")]
    decided = apply_decisions(ranked, study.targeting.decisions, codes, study.targeting.shortlist, elsewhere)
    taken = np.zeros(len(codes), dtype=bool)
    taken[decided.order] = taken[decided.excluded] = True

    stake = stake_percentiles(scores, theme)
    people = np.where(territories.population > 0, territories.population, np.nan)
    concerned = stake / 100 * people
    asking = _asking_priority(study, scores, stake)
    below = shares_below(scores)
    rows = {
        "engage": decided.order,
        "raise_awareness": _by(concerned, (segments == "raise_awareness") & ~taken, codes),
        "verify": _by(asking, (segments == "verify") & ~taken, codes),
    }
    shows = np.flatnonzero((segments == "showcase") & ~taken)
    nearest, distance_km, on_theme = nearest_showcase(territories, shows, theme, activity.by_theme, overlapping)
    helped = _share_with(np.concatenate([rows["engage"], rows["raise_awareness"]]), shows, nearest, targeting, codes)
    # Who has done most has most to show: one project of a small commune tells little, however many are near it.
    done = np.nan_to_num(activity.count)
    shows = shows[np.lexsort((codes[shows].astype(str), [-len(helped[row]) for row in shows], -done[shows]))]
    rows["showcase"] = shows
    return Lists(
        {name: rows[name] for name in LISTS},
        decided.shortlist,
        _left_out(segments, decided, codes),
        decided,
        concerned,
        asking,
        strongest_stake(scores, theme, below),
        below,
        nearest,
        distance_km,
        on_theme,
        helped,
        {int(row): themes_done(activity.by_theme, row) for row in shows},
    )


def stake_percentiles(scores: Scores, theme: np.ndarray) -> np.ndarray:
    """Return the percentile (0–100) of the stake of each territory's theme; NaN where it has none."""
    found = np.full(len(theme), np.nan)
    for name in sorted({name for name in theme if name}):
        here = theme == name
        found[here] = percentile_rank(scores.columns[f"score_{name}"])[here]
    return found


def _asking_priority(study: Study, scores: Scores, stake: np.ndarray) -> np.ndarray:
    """Return the priority that a territory has before anybody knows its activity."""
    if "readiness" not in scores.columns:
        return np.full(len(stake), np.nan)
    counted = study.targeting.exponents
    exponents = (counted.readiness, counted.stake) if counted.readiness or counted.stake else (1.0, 1.0)
    return priority(percentile_rank(scores.columns["readiness"]), stake, exponents=exponents)


def _by(values: np.ndarray, which: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """Return rows by value, the highest first; equal ones by code, unknown ones last."""
    rows = np.flatnonzero(which)
    return rows[np.lexsort((codes[rows].astype(str), -np.nan_to_num(values[rows], nan=-np.inf)))]


def shares_below(scores: Scores) -> np.ndarray:
    """Return the share (0–100) of the other territories that score lower on each indicator, of those measured.

    Returns
    -------
    ndarray, shape (n_territories, n_indicators)
        NaN where a value is missing or imputed, and where nobody else's is known.
    """
    values = np.where(scores.imputed | np.isnan(scores.completed), np.nan, scores.normalised)
    found = np.full(values.shape, np.nan)
    for column in range(values.shape[1]):
        known = np.flatnonzero(~np.isnan(values[:, column]))
        if known.size > 1:
            own = values[known, column]
            found[known, column] = 100 * np.searchsorted(np.sort(own), own, side="left") / (known.size - 1)
    return found


def strongest_stake(scores: Scores, theme: np.ndarray, below: np.ndarray) -> np.ndarray:
    """Return the indicator by which the theme of each territory matters most there, beside the others.

    The score alone would not do: where one territory is far from all, the others' scores are all high or all low.

    Parameters
    ----------
    theme : ndarray of str, shape (n_territories,)
    below : ndarray, shape (n_territories, n_indicators)
        ``shares_below``.

    Returns
    -------
    ndarray of int, shape (n_territories,)
        Of two alike, the one with the greater weight; -1 where there is no theme, or none of its values is measured.
    """
    found = np.full(len(theme), -1)
    for name in sorted({name for name in theme if name}):
        here = np.flatnonzero(theme == name)
        members = scores.composites[f"score_{name}"]
        members = members[scores.weights[members] > 0]
        members = members[np.argsort(-scores.weights[members], kind="stable")]
        if members.size:
            shares = np.nan_to_num(below[np.ix_(here, members)], nan=-1.0)
            found[here] = np.where(shares.max(axis=1) >= 0, members[np.argmax(shares, axis=1)], -1)
    return found


def nearest_showcase(
    territories: Territories,
    shows: np.ndarray,
    theme: np.ndarray,
    by_theme: Mapping[str, np.ndarray],
    overlapping: csr_array | None = None,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the nearest showcase of each other territory, of those active on its theme if there are any.

    Parameters
    ----------
    shows : ndarray of int
        Rows of the showcases.
    theme : ndarray of str, shape (n_territories,)
    by_theme : mapping of theme id to ndarray, shape (n_territories,)
    overlapping : csr_array, shape (n_territories, n_territories), optional
        As of ``make_lists``.

    Returns
    -------
    row, distance_km, on_theme : ndarray, shape (n_territories,)
        -1, NaN and False where there is no showcase or no geometry, and for showcases. Of two at one distance, the
        lower code.
    """
    import shapely

    size = len(theme)
    row, distance_km, on_theme = np.full(size, -1), np.full(size, np.nan), np.zeros(size, dtype=bool)
    there = ~(shapely.is_missing(territories.geometry) | shapely.is_empty(territories.geometry))
    centroids = np.full(size, None, dtype=object)
    centroids[there] = shapely.centroid(territories.geometry[there])
    shown = np.isin(np.arange(size), shows)
    shows = shows[there[shows]]
    shows = shows[np.argsort(territories.codes[shows].astype(str), kind="stable")]
    for name in sorted(set(theme)):
        done = by_theme.get(name, np.zeros(size)) > 0
        active = shows[done[shows]]
        among = active if active.size else shows
        asking = np.flatnonzero((theme == name) & there & ~shown)
        if not among.size or not asking.size:
            continue
        places, metres = _nearest(centroids[asking], centroids[among])
        row[asking], distance_km[asking] = among[places], metres / _METRES_PER_KM
        if overlapping is not None:
            for one in asking[overlapping[asking, row[asking]] > 0]:
                apart = among[overlapping[[one]].toarray()[0, among] == 0]
                metres = shapely.distance(centroids[one], centroids[apart])
                row[one] = apart[np.argmin(metres)] if apart.size else -1
                distance_km[one] = metres.min() / _METRES_PER_KM if apart.size else np.nan
        on_theme[asking] = (row[asking] >= 0) & done[row[asking]]
    return row, distance_km, on_theme


def _nearest(points: np.ndarray, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the first of the places that are nearest to each point, and how far it is."""
    import shapely

    pairs, metres = shapely.STRtree(places).query_nearest(points, return_distance=True, all_matches=True)
    order = np.lexsort((pairs[1], pairs[0]))
    first = order[np.unique(pairs[0][order], return_index=True)[1]]
    return pairs[1][first], metres[first]


def themes_done(by_theme: Mapping[str, np.ndarray], row: int) -> tuple[tuple[str, float], ...]:
    """Return the themes on which a territory has a project, and how many: the most first, then by name."""
    found = [(name, float(projects[row])) for name, projects in by_theme.items() if projects[row] > 0]
    return tuple(sorted(found, key=lambda item: (-item[1], item[0])))


def _share_with(
    asking: np.ndarray, shows: np.ndarray, nearest: np.ndarray, targeting: Targeting, codes: np.ndarray
) -> dict[int, np.ndarray]:
    """Return with whom each showcase can share, in the order in which they are listed."""
    place = {code: row for row, code in enumerate(codes)}
    found: dict[int, list[int]] = {int(row): [] for row in shows}
    for row in asking:
        peer = place.get(targeting.columns["peer_code"][row], -1)
        for shown in dict.fromkeys((int(nearest[row]), int(peer))):
            if shown in found:
                found[shown].append(int(row))
    return {row: np.array(rows, dtype=int) for row, rows in found.items()}


def _left_out(segments: np.ndarray, decided: Decided, codes: np.ndarray) -> dict[int, str]:
    """Return those in no list and why, by reason and code."""
    why = {"insufficient_data": INSUFFICIENT, "support": SUPPORT, "": NO_READINESS}
    listed = {int(row) for row in decided.order}
    found = {int(row): EXCLUDED for row in decided.excluded}
    for row in np.argsort(codes.astype(str), kind="stable"):
        if int(row) not in found and int(row) not in listed and segments[row] in why:
            found[int(row)] = why[segments[row]]
    order = (EXCLUDED, INSUFFICIENT, SUPPORT, NO_READINESS)
    return dict(sorted(found.items(), key=lambda item: order.index(item[1])))
