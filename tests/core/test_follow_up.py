"""Did it work: on regions where calling does nothing, a naive look sees a rise and the pairs see none."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_territoires_plugin.core.errors import SourceError
from smart_territoires_plugin.core.outcomes.contacts import call_list, contacts_frame, last_contacts, read_contacts
from smart_territoires_plugin.core.outcomes.follow_up import follow_up
from smart_territoires_plugin.core.outcomes.matching import matched_pairs

SEEDS = 40


def region(seed: int, effect: float = 0.0, chosen: str = "lowest") -> tuple:
    """Two independent counts around the same means, and calls to those that stood lowest in the first.

    Synthetic: no observation. ``evidence`` is the share of alike territories that would do more; of the half with the
    most of it, every other one is called for ``lowest``, and anyone for ``random``. ``effect`` is added to the mean of
    those called.
    """
    random = np.random.default_rng([seed, 11])
    size = 600
    people = random.lognormal(8, 1, size)
    mean = 3 * random.gamma(3, 1 / 3, size)
    first = random.poisson(mean)
    evidence = np.clip(100 * np.exp(-first / 3) + random.normal(0, 6, size), 1, 100)
    order = np.argsort(-evidence)
    called = order[: size // 2 : 2] if chosen == "lowest" else random.permutation(size)[:150]
    second = random.poisson(mean + effect * np.isin(np.arange(size), called))
    codes = np.array([f"{i:05d}" for i in range(size)])
    readiness = random.uniform(50, 100, size)
    before = pd.DataFrame({"code": codes, "name": codes, "segment": "engage", "readiness": readiness})
    before["evidence"], before["population"] = evidence, people
    before["priority"] = np.sqrt(readiness * evidence)
    before["activity_count"] = first.astype(float)
    after = before.assign(activity_count=second.astype(float), segment=np.where(second > 5, "showcase", "engage"))
    contacts = contacts_frame(
        pd.DataFrame({"code": codes[called], "date": "2026-03-01", "outcome": "unknown", "caller_role": "chargée"})
    )
    return before, after, contacts


@pytest.fixture(scope="module")
def nothing_works():
    return [(region(seed), follow_up(*region(seed), "2026-01-01", "2026-06-01")) for seed in range(SEEDS)]


def test_the_naive_look_sees_a_rise_where_nothing_works(nothing_works):
    rises = [found.table["projects_gained"].mean() for _, found in nothing_works]
    assert min(rises) > 0.3


@pytest.mark.parametrize("name", ["more_projects", "segment_changed", "projects_gained"])
def test_the_pairs_see_none(nothing_works, name):
    found = [one.differences[name] for _, one in nothing_works]
    holds = [difference.low <= 0 <= difference.high for difference in found]
    assert np.mean(holds) >= 0.9
    assert all(one.counts["pairs"] >= 30 for _, one in nothing_works)


def test_the_pairs_see_what_works():
    found = [follow_up(*region(seed, effect=2.5), "", "").differences["projects_gained"] for seed in range(8)]
    assert sum(difference.low > 0 for difference in found) >= 7
    assert np.mean([difference.estimate for difference in found]) == pytest.approx(2.5, abs=0.5)


def test_neighbours_are_uncalled_ready_and_used_once(nothing_works):
    (before, _, contacts), found = nothing_works[0]
    twins = found.table["neighbour_code"][found.table["neighbour_code"] != ""]
    assert twins.is_unique and not set(twins) & set(contacts["code"])
    assert found.counts["pairs"] == len(twins) and found.kind == "descriptive"
    assert all(abs(apart) < found.caliper for apart in found.balance.values())


def test_called_by_lot_is_said_to_be():
    before, after, contacts = region(1, chosen="random")
    assert follow_up(before, after, contacts).kind == "descriptive"
    assert follow_up(before, after, contacts.assign(randomised=True)).kind == "randomised"
    mixed = contacts.assign(randomised=[True] * (len(contacts) - 1) + [False])
    assert follow_up(before, after, mixed).kind == "descriptive"


def test_the_days_decide_who_was_called():
    before, after, _ = region(2)
    codes = before["code"].tolist()
    days = ["2025-12-31", "2026-01-02", "2026-07-01"]
    made = contacts_frame(pd.DataFrame({"code": [*codes[:3], "99999"], "date": [*days, "2026-01-02"]}))
    found = follow_up(before, after, made, "2026-01-01", "2026-06-30")
    assert found.table["code"].tolist() == [codes[1]]
    assert found.table["neighbour_code"].tolist()[0] not in codes[:2]


def test_nobody_called_and_nothing_known_give_no_difference():
    before, after, contacts = region(3)
    nobody = follow_up(before, after, contacts.iloc[:0])
    assert nobody.counts["called"] == nobody.counts["pairs"] == 0 and nobody.table.empty
    unknown = follow_up(before.assign(activity_count=np.nan), after, contacts)
    assert np.isnan(unknown.differences["more_projects"].estimate)
    assert unknown.counts["more_projects"] == 0


def test_an_exact_interval_by_hand():
    """Three pairs, in all of which only the called one moved: Clopper–Pearson at 97.5 % has closed forms."""
    from smart_territoires_plugin.core.outcomes.follow_up import _share_difference

    found = _share_difference(np.ones(3), np.zeros(3), np.random.default_rng(0))
    tail = 0.0125 ** (1 / 3)
    assert found.estimate == 1
    assert found.low == pytest.approx(tail - (1 - tail)) and found.high == 1


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.integers(1, 4), st.integers(1, 5), st.floats(0.2, 2))
def test_no_other_pairs_are_more_or_nearer(seed, n, m, caliper):
    random = np.random.default_rng(seed)
    treated, others = random.normal(size=(n, 2)), random.normal(size=(m, 2))
    pairs, distances = matched_pairs(treated, others, caliper)
    spread = np.vstack([treated, others]).std(axis=0)
    best = (0, 0.0)
    for choice in product(range(-1, m), repeat=n):
        used = [(i, j) for i, j in enumerate(choice) if j >= 0]
        apart = [np.abs(treated[i] - others[j]) / spread for i, j in used]
        if len({j for _, j in used}) == len(used) and all((a <= caliper).all() for a in apart):
            total = sum(np.sqrt((a**2).mean()) for a in apart)
            best = min(best, (-len(used), total))
    assert (-(pairs >= 0).sum(), np.nansum(distances)) == (best[0], pytest.approx(best[1]))


def test_the_list_of_calls_says_what_is_overdue():
    contacts = contacts_frame(
        pd.DataFrame(
            {
                "code": ["a", "a", "b", "c", "d"],
                "date": ["2026-01-01", "2026-02-01", "2026-01-01", "2026-01-01", "2027-01-01"],
                "due": ["2026-01-20", "2026-04-01", "2026-02-01", "2026-02-01", ""],
                "outcome": ["interest_confirmed", None, "declined", "unknown", ""],
                "caller_role": ["élu", "chargée", "élu", "", ""],
            }
        )
    )
    found = call_list(pd.DataFrame({"code": ["d", "c", "b", "a", "e"]}), contacts, "2026-03-01").set_index("code")
    assert found["called_before"].to_dict() == {"d": False, "c": True, "b": True, "a": True, "e": False}
    assert found["overdue"].to_dict() == {"d": False, "c": True, "b": False, "a": False, "e": False}
    assert found.loc["a", ["outcome", "caller_role", "last_contact"]].tolist() == [
        "interest_confirmed",
        "chargée",
        "2026-02-01",
    ]
    assert (found.loc["e"].drop(["called_before", "overdue"]) == "").all()
    assert last_contacts(contacts)["outcome"].to_dict()["d"] == "unknown"


def test_bad_contacts_are_refused_all_at_once(tmp_path):
    with pytest.raises(SourceError) as error:
        contacts_frame(pd.DataFrame({"code": ["a", "b", "c"], "date": ["2026-13-01", "", "2026-01-01"]}))
    assert [p.values["row"] for p in error.value.problems] == [1, 2]
    with pytest.raises(SourceError) as error:
        contacts_frame(pd.DataFrame({"name": ["a"]}))
    assert error.value.problems[0].values["columns"] == "code, date"
    for name, content in (("none.gpkg", None), ("bad.gpkg", b"no database")):
        if content:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(SourceError) as error:
            read_contacts(tmp_path / name)
        assert error.value.problems[0].code == "outcomes.no_register"
