"""Exchange groups: four to eight territories on one theme, near one another, with one at least that is active."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.messages import text

LEAST, MOST, USUAL = 4, 8, 6
COLUMNS = ("group", "theme", "code", "role", "name")
# A territory of several roles on a theme is listed under the first.
ROLES = ("target", "applicant", "peer")
_ALL_STARTS = 300
_STARTS = 12
_MANY = 200
_ROUNDS = 100


def near_groups(points: np.ndarray, active: np.ndarray) -> np.ndarray:
    """Part places into groups of four to eight near one another, each with an active one.

    Parameters
    ----------
    points : ndarray, shape (n, 2)
        Metres.
    active : ndarray of bool, shape (n,)

    Returns
    -------
    ndarray of int, shape (n,)
        Number of the group, 0 for that of the first place that has one; -1 for a place without: fewer than four places,
        or too few active ones to go round, where the farthest are left out. The order of the points decides between
        parts that are as good.

    Notes
    -----
    k-medoids (Kaufman and Rousseeuw, 1990) whose step of assignment is exact under the limits of size: a linear
    assignment of places to seats (Bradley, Bennett and Demiriz, 2000), one seat in each group for an active place,
    three that must be taken and four that may be. Starts from every set of medoids where there are few, which is then
    the optimum, else from several, each the farthest from those before.

    Examples
    --------
    >>> line = np.array([[0, 0], [1, 0], [2, 0], [3, 0], [90, 0], [91, 0], [92, 0], [93, 0], [94, 0]], dtype=float)
    >>> near_groups(line, np.array([True, False, False, False, False, False, False, False, True])).tolist()
    [0, 0, 0, 0, 1, 1, 1, 1, 1]
    """
    from scipy.spatial.distance import cdist

    size = len(points)
    groups = min(max(round(size / USUAL), math.ceil(size / MOST)), size // LEAST, int(np.sum(active)))
    if groups < 1:
        return np.full(size, -1)
    distances = cdist(points, points)
    best, lowest = np.full(size, -1), np.inf
    for start in _starts(distances, groups):
        member, cost = _settled(distances, active, np.array(start))
        if cost < lowest * (1 - 1e-12):
            best, lowest = member, cost
    numbers = {group: number for number, group in enumerate(dict.fromkeys(best[best >= 0].tolist()))}
    return np.array([numbers.get(group, -1) for group in best.tolist()])


def _starts(distances: np.ndarray, groups: int) -> Iterator[tuple[int, ...]]:
    """Yield sets of medoids: all of them where they are few, else spread ones from the first places on."""
    size = len(distances)
    if math.comb(size, groups) <= _ALL_STARTS:
        yield from itertools.combinations(range(size), groups)
        return
    for first in range(1 if size > _MANY else min(size, _STARTS)):
        chosen = [first]
        nearest = distances[first].copy()
        while len(chosen) < groups:
            chosen.append(int(nearest.argmax()))
            nearest = np.minimum(nearest, distances[chosen[-1]])
        yield tuple(chosen)


def _settled(distances: np.ndarray, active: np.ndarray, medoids: np.ndarray) -> tuple[np.ndarray, float]:
    """Assign and move the medoids until nothing is gained; return the groups and what they cost."""
    member, cost = seated(distances[:, medoids], active), np.inf
    for _ in range(_ROUNDS):
        medoids = np.array([_medoid(distances, np.flatnonzero(member == group)) for group in range(len(medoids))])
        inside = member >= 0
        now = float(distances[inside, medoids[member[inside]]].sum())
        if not now < cost * (1 - 1e-12):
            break
        kept, cost = member, now
        member = seated(distances[:, medoids], active)
    return kept, cost


def _medoid(distances: np.ndarray, rows: np.ndarray) -> int:
    """Return the place from which the others of its group are nearest, in sum."""
    return int(rows[distances[np.ix_(rows, rows)].sum(axis=1).argmin()])


def seated(distances: np.ndarray, active: np.ndarray) -> np.ndarray:
    """Assign places to groups at the least sum of distances, four to eight each, one of them active.

    Parameters
    ----------
    distances : ndarray, shape (n, n_groups)
        Of each place to the middle of each group.
    active : ndarray of bool, shape (n,)
        At least as many as groups.

    Returns
    -------
    ndarray of int, shape (n,)
        Group; -1 where every seat is taken.
    """
    from scipy.optimize import linear_sum_assignment

    size, groups = distances.shape
    scaled = distances / max(float(distances.max()), 1.0)
    # All distances together are less than one seat that must be taken, or that no active place may leave.
    seat = size + 1.0
    first = np.where(active[:, None], scaled - 2 * seat, 4 * seat)
    seats = np.concatenate([first, *[scaled - 2 * seat] * (LEAST - 1), *[scaled] * (MOST - LEAST)], axis=1)
    rows, columns = linear_sum_assignment(seats)
    member = np.full(size, -1)
    member[rows] = columns % groups
    return member


def exchange_groups(
    members: pd.DataFrame,
    codes: np.ndarray,
    names: np.ndarray,
    population: np.ndarray,
    points: np.ndarray,
    themes: Mapping[str, str],
    lang: str,
) -> pd.DataFrame:
    """Return the suggested groups, theme by theme.

    Parameters
    ----------
    members : DataFrame
        ``row``, ``theme``, ``role`` (target, peer, applicant), ``active``: see ``members_of``.
    codes, names : ndarray of str, shape (n_territories,)
    population : ndarray, shape (n_territories,)
    points : ndarray, shape (n_territories, 2)
        A point in each, in metres; NaN where there is no geometry, and then no group.
    themes : mapping of theme id to its name in the language
    lang : {"fr", "en"}

    Returns
    -------
    DataFrame
        One line per member: ``group`` (theme and most populous member), ``theme``, ``code``, ``role``, ``name``. The
        same whatever the order of the territories.
    """
    found = []
    usable = members[~np.isnan(points[members["row"].to_numpy(dtype=int)]).any(axis=1)]
    for theme in (theme for theme in themes if (usable["theme"] == theme).any()):
        own = usable[usable["theme"] == theme]
        rank = own["role"].map({role: place for place, role in enumerate(ROLES)})
        code = pd.Series(codes[own["row"].to_numpy(dtype=int)].astype(str), index=own.index)
        own = own.assign(rank=rank, code=code).sort_values(["code", "rank"], kind="stable")
        active = own.groupby("code")["active"].transform("any")
        own = own.assign(active=active).drop_duplicates("code")
        rows = own["row"].to_numpy(dtype=int)
        member = near_groups(points[rows], own["active"].to_numpy(dtype=bool))
        for group in dict.fromkeys(member[member >= 0].tolist()):
            inside = member == group
            label = _label(themes[theme], rows, inside, codes, names, population, lang)
            listed = own[inside]
            found.append(
                pd.DataFrame(
                    {
                        "group": label,
                        "theme": theme,
                        "code": listed["code"].to_numpy(),
                        "role": listed["role"].to_numpy(),
                        "name": names[listed["row"].to_numpy(dtype=int)],
                    }
                )
            )
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame({name: [] for name in COLUMNS}, dtype=object)


def _label(
    theme: str,
    rows: np.ndarray,
    inside: np.ndarray,
    codes: np.ndarray,
    names: np.ndarray,
    population: np.ndarray,
    lang: str,
) -> str:
    """Return the name of a group: its theme and its most populous member, with its code where a name is not enough."""
    people = np.nan_to_num(population[rows], nan=-1.0)
    # The first of two as populous, in the order of codes, which is that of the rows.
    place = rows[inside][people[inside].argmax()]
    same = (names[rows] == names[place]).sum() > 1
    code = "peers.group_coded" if same else "peers.group"
    return text(code, lang, theme=theme, place=names[place], code=codes[place])


def members_of(
    targets: np.ndarray, theme: np.ndarray, links: pd.DataFrame, active_on: Mapping[str, np.ndarray]
) -> pd.DataFrame:
    """Return who may be in a group: targets of the shortlist, their peers, and unsuccessful applicants.

    Parameters
    ----------
    targets : ndarray of int
        Rows of the shortlist.
    theme : ndarray of str, shape (n_territories,)
        The theme to speak about.
    links : DataFrame
        ``row``, ``peer_row``, ``kind``, ``theme`` as ``peers.peer_links`` and ``peers.applicant_links`` make them.
    active_on : mapping of theme id to ndarray of bool, shape (n_territories,)
        Who is active on a theme. A peer is active, be it on another theme where nobody is on this one.

    Returns
    -------
    DataFrame
        ``row``, ``theme``, ``role``, ``active``.
    """
    listed = np.asarray(targets, dtype=int)
    parts = [pd.DataFrame({"row": listed, "theme": theme[listed], "role": "target", "active": False})]
    inside = links[links["kind"].isin(("peer", "applicant"))]
    asking = inside[inside["kind"] == "applicant"]
    parts.append(pd.DataFrame({"row": asking["row"], "theme": asking["theme"], "role": "applicant", "active": False}))
    parts.append(pd.DataFrame({"row": inside["peer_row"], "theme": inside["theme"], "role": "peer", "active": True}))
    members = pd.concat(parts, ignore_index=True).astype({"row": int})
    on_theme = [
        name in active_on and bool(active_on[name][row])
        for row, name in zip(members["row"], members["theme"], strict=True)
    ]
    return members.assign(active=members["active"].astype(bool) | np.array(on_theme, dtype=bool))
