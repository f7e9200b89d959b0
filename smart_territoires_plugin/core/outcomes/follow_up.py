"""Did it work: how many of those called moved, beside uncalled territories that stood as they did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.outcomes.contacts import CONFIRMED, last_contacts
from smart_territoires_plugin.core.outcomes.matching import matched_pairs

# In standard deviations; wide enough to find neighbours in four traits among a few hundred territories.
CALIPER = 0.5
LEVEL = 0.95
RESAMPLES = 9999
# Fewer pairs resampled tell too little of how they differ.
MIN_PAIRS_RESAMPLED = 10
TRAITS = ("priority", "readiness", "evidence", "population")
DESCRIPTIVE, RANDOMISED = "descriptive", "randomised"


@dataclass(frozen=True)
class Difference:
    """Called less uncalled: an estimate and its interval at ``LEVEL``; NaN where there are too few pairs."""

    called: float
    uncalled: float
    estimate: float
    low: float
    high: float


@dataclass(frozen=True)
class FollowUp:
    """What became of those called.

    Parameters
    ----------
    table : DataFrame
        One row per territory called, beside its uncalled neighbour.
    since, until : str
        Calls after the first day and up to the second count.
    kind : {"descriptive", "randomised"}
    counts : mapping of str to int
        ``called``, ``confirmed``, ``more_projects``, ``segment_changed``, ``comparable`` (called while on the side of
        those to engage), ``pairs``.
    differences : mapping of str to Difference
        ``more_projects`` and ``segment_changed`` (shares), ``projects_gained`` (mean number), over the pairs.
    balance : mapping of trait to float
        Mean difference within the pairs, in standard deviations.
    caliper : float
    """

    table: pd.DataFrame
    since: str
    until: str
    kind: str
    counts: Mapping[str, int]
    differences: Mapping[str, Difference]
    balance: Mapping[str, float]
    caliper: float


def follow_up(
    before: pd.DataFrame,
    after: pd.DataFrame,
    contacts: pd.DataFrame,
    since: str = "",
    until: str = "",
    caliper: float = CALIPER,
    seed: int = 1,
) -> FollowUp:
    """Compare those called with uncalled neighbours in score.

    Parameters
    ----------
    before, after : DataFrame
        ``territories.csv`` of two runs: ``code``, ``name``, ``segment``, ``activity_count``, and ``TRAITS`` in the
        first; numbers as numbers.
    contacts : DataFrame
        Of ``contacts_frame``.
    since, until : str
        Days (``YYYY-MM-DD``) of the two registers; '' where not known. Those called up to ``since`` are neither
        called nor uncalled here.

    Notes
    -----
    Neighbours are uncalled territories that were ready with a low activity in the first run (``engage``), the nearest
    in priority, readiness, evidence and logarithm of population, without replacement. Evidence is among them because
    low counts rise by themselves: only territories that were as low can tell by how much.
    """
    former = before.set_index("code")
    latter = after.set_index("code").reindex(former.index)
    ever = last_contacts(contacts, until)
    earlier = set(last_contacts(contacts, since).index) if since else set()
    last = ever[~ever.index.isin(earlier) & ever.index.isin(former.index)]
    moved = pd.DataFrame(index=former.index)
    moved["projects_gained"] = latter["activity_count"] - former["activity_count"]
    moved["more_projects"] = _flag(moved["projects_gained"] > 0, moved["projects_gained"].notna())
    there = latter["segment"].notna() & (latter["segment"] != "") & (former["segment"] != "")
    moved["segment_changed"] = _flag(latter["segment"] != former["segment"], there)

    low = former.index[former["segment"] == "engage"]
    treated = [code for code in last.index if code in set(low)]
    pool = [code for code in low if code not in set(ever.index)]
    pairs, distances = matched_pairs(_traits(former.loc[treated]), _traits(former.loc[pool]), caliper)
    twin = {code: pool[row] for code, row in zip(treated, pairs, strict=True) if row >= 0}
    table = _table(former, latter, last, moved, twin, dict(zip(treated, distances, strict=True)))
    called, uncalled = list(twin), list(twin.values())
    generator = np.random.default_rng(seed)
    differences = {
        name: (_mean_difference if name == "projects_gained" else _share_difference)(
            moved.loc[called, name].to_numpy(float), moved.loc[uncalled, name].to_numpy(float), generator
        )
        for name in ("more_projects", "segment_changed", "projects_gained")
    }
    counts = {
        "called": len(last),
        "confirmed": int((last["outcome"] == CONFIRMED).sum()),
        "more_projects": int((moved.loc[last.index, "more_projects"] == 1).sum()),
        "segment_changed": int((moved.loc[last.index, "segment_changed"] == 1).sum()),
        "comparable": len(treated),
        "pairs": len(twin),
    }
    kind = RANDOMISED if len(last) and bool(last["randomised"].all()) else DESCRIPTIVE
    return FollowUp(
        table, since, until, kind, counts, differences, _balance(former, low, called, uncalled), float(caliper)
    )


def _flag(condition: pd.Series, known: pd.Series) -> pd.Series:
    return condition.astype(float).where(known)


def _traits(frame: pd.DataFrame) -> np.ndarray:
    traits = frame[list(TRAITS)].to_numpy(dtype=float)
    people = np.where(traits[:, -1] > 0, traits[:, -1], np.nan)
    return np.column_stack([traits[:, :-1], np.log(people)])


def _balance(former: pd.DataFrame, low: pd.Index, called: list, uncalled: list) -> dict[str, float]:
    if not called:
        return {}
    whole = _traits(former.loc[low])
    known = whole[~np.isnan(whole).any(axis=1)]
    spread = known.std(axis=0)
    apart = (_traits(former.loc[called]) - _traits(former.loc[uncalled])).mean(axis=0)
    return dict(zip(TRAITS, (apart / np.where(spread > 0, spread, 1.0)).tolist(), strict=True))


def _share_difference(called: np.ndarray, uncalled: np.ndarray, generator: np.random.Generator) -> Difference:
    """Return the difference of two shares in pairs.

    The interval is exact and on the safe side: Clopper and Pearson's (1934), each at half the error, of the shares of
    pairs in which only the one or only the other moved.
    """
    from scipy import stats

    known = ~np.isnan(called) & ~np.isnan(uncalled)
    size = int(known.sum())
    if not size:
        return Difference(*[np.nan] * 5)
    first, second = called[known] == 1, uncalled[known] == 1
    level = 1 - (1 - LEVEL) / 2
    one, other = (
        stats.binomtest(int(count), size).proportion_ci(level, method="exact")
        for count in ((first & ~second).sum(), (second & ~first).sum())
    )
    shares = float(first.mean()), float(second.mean())
    return Difference(*shares, shares[0] - shares[1], float(one.low - other.high), float(one.high - other.low))


def _mean_difference(called: np.ndarray, uncalled: np.ndarray, generator: np.random.Generator) -> Difference:
    """Return the mean difference in pairs, its interval from pairs drawn again (percentiles; Efron, 1979)."""
    from scipy import stats

    known = ~np.isnan(called) & ~np.isnan(uncalled)
    apart = (called - uncalled)[known]
    if not apart.size:
        return Difference(*[np.nan] * 5)
    low = high = np.nan
    if apart.size >= MIN_PAIRS_RESAMPLED:
        found = stats.bootstrap(
            (apart,),
            np.mean,
            confidence_level=LEVEL,
            n_resamples=RESAMPLES,
            method="percentile",
            random_state=generator,
        ).confidence_interval
        low, high = float(found.low), float(found.high)
    return Difference(float(called[known].mean()), float(uncalled[known].mean()), float(apart.mean()), low, high)


def _table(
    former: pd.DataFrame,
    latter: pd.DataFrame,
    last: pd.DataFrame,
    moved: pd.DataFrame,
    twin: Mapping[str, str],
    distances: Mapping[str, float],
) -> pd.DataFrame:
    codes = list(last.index)
    twins = [twin.get(code, "") for code in codes]
    made = pd.DataFrame(
        {
            "code": codes,
            "name": former.loc[codes, "name"].to_numpy(),
            "last_contact": last["date"].to_numpy(),
            "outcome": last["outcome"].to_numpy(),
            "segment_before": former.loc[codes, "segment"].to_numpy(),
            "segment_after": latter.loc[codes, "segment"].fillna("").to_numpy(),
            "projects_before": former.loc[codes, "activity_count"].to_numpy(float),
            "projects_after": latter.loc[codes, "activity_count"].to_numpy(float),
            "neighbour_code": twins,
            "neighbour_name": [former["name"].get(code, "") for code in twins],
            "distance": [distances.get(code, np.nan) for code in codes],
        }
    )
    for name in ("more_projects", "segment_changed", "projects_gained"):
        made[name] = moved.loc[codes, name].to_numpy(float)
        made[f"neighbour_{name}"] = moved[name].reindex(twins).to_numpy(float)
    return made
