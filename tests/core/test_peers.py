"""Peers, the network of links and exchange groups: against slow loops and enumeration, read back from the sentences.

All territories, projects and applications here are synthetic.
"""

import itertools
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from synthetic import make_study, matrix

from smart_territoires_plugin.core.results.peers_frame import peers_frame
from smart_territoires_plugin.core.scoring import score
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.study import Robustness, Targeting
from smart_territoires_plugin.core.study.model import Name
from smart_territoires_plugin.core.targeting.activity import Activity
from smart_territoires_plugin.core.targeting.exchange_groups import exchange_groups, members_of, near_groups, seated
from smart_territoires_plugin.core.targeting.network import find_network
from smart_territoires_plugin.core.targeting.peer_words import (
    Compared,
    alike_and_different,
    peer_sentences,
    shares_less_alike,
)
from smart_territoires_plugin.core.targeting.peers import (
    Deed,
    applicant_links,
    described_links,
    find_peers,
    likeness_share,
    peer_links,
    told,
    what_it_did,
)
from smart_territoires_plugin.core.targeting.target import find_targets

SEEDS = st.integers(0, 10_000)


def codes_of(size):
    return np.array([f"{20_000 + i}" for i in range(size)], dtype=object)


# ── the nearest active territory elsewhere


def some_territories(seed, size=40):
    """Coordinates on a coarse grid, so that many are as far from one another; groups, some empty; themes; projects."""
    generator = np.random.default_rng(seed)
    coordinates = generator.integers(0, 3, (size, 3)).astype(float)
    active = generator.uniform(size=size) < 0.4
    group = generator.choice(["", "a", "b", "c"], size).astype(object)
    theme = generator.choice(["flood", "air", "quiet"], size).astype(object)
    projects = {name: generator.poisson(0.7, size).astype(float) for name in ("flood", "air")}
    return coordinates, active, group, theme, projects


def slow_peer(row, coordinates, active, group, theme, projects, codes):
    on_theme = [other for other in range(len(active)) if active[other] and projects.get(theme[row], [0] * 999)[other]]
    candidates = on_theme or [other for other in range(len(active)) if active[other]]
    allowed = [other for other in candidates if other != row and (group[row] == "" or group[other] != group[row])]
    distances = {other: sum((coordinates[row] - coordinates[other]) ** 2) for other in allowed}
    return min(allowed, key=lambda other: (distances[other], codes[other])) if allowed else -1


@given(SEEDS)
@settings(deadline=None, max_examples=25)
def test_a_peer_is_the_first_by_code_of_the_nearest_elsewhere(seed):
    coordinates, active, group, theme, projects = some_territories(seed)
    codes = codes_of(len(active))[np.random.default_rng(seed + 1).permutation(len(active))]
    targets = np.flatnonzero(~active)
    found = find_peers(targets, active, theme, projects, coordinates, group, codes)
    expected = [slow_peer(row, coordinates, active, group, theme, projects, codes) for row in targets]
    assert found.tolist() == expected


@given(SEEDS)
@settings(deadline=None, max_examples=25)
def test_peers_do_not_hang_on_the_order_of_rows(seed):
    coordinates, active, group, theme, projects = some_territories(seed)
    codes, size = codes_of(len(active)), len(active)
    order = np.random.default_rng(seed + 2).permutation(size)
    moved = {name: counts[order] for name, counts in projects.items()}
    targets = np.arange(size)
    plain = find_peers(targets, active, theme, projects, coordinates, group, codes)
    again = find_peers(targets, active[order], theme[order], moved, coordinates[order], group[order], codes[order])
    by_code = {code: codes[peer] if peer >= 0 else "" for code, peer in zip(codes, plain)}
    assert by_code == {codes[row]: codes[order[peer]] if peer >= 0 else "" for row, peer in zip(order, again)}


def test_a_territory_without_a_group_may_meet_any_other():
    coordinates = np.array([[0.0], [1.0], [5.0]])
    active, theme = np.array([False, True, True]), np.full(3, "t", dtype=object)
    for group, peer in ((["", "", ""], 1), (["a", "a", "b"], 2), (["a", "", "a"], 1)):
        found = find_peers(np.array([0]), active, theme, {}, coordinates, np.array(group, dtype=object))
        assert found.tolist() == [peer]


# ── how alike


@given(SEEDS)
@settings(deadline=None, max_examples=20)
def test_likeness_counts_those_that_are_less_alike(seed):
    coordinates, _, _, _, _ = some_territories(seed, 15)
    generator = np.random.default_rng(seed)
    rows, peers = generator.integers(0, 15, 6), generator.integers(-1, 15, 6)
    rows, peers = rows[rows != peers], peers[rows != peers]
    for row, peer, share in zip(rows, peers, likeness_share(rows, peers, coordinates)):
        if peer < 0:
            assert np.isnan(share)
            continue
        reach = sum((coordinates[row] - coordinates[peer]) ** 2)
        less = sum(
            sum((coordinates[row] - coordinates[other]) ** 2) > reach for other in range(15) if other not in (row, peer)
        )
        assert share == pytest.approx(100 * less / 13)


def test_of_two_territories_no_share_can_be_told(recwarn):
    assert np.isnan(likeness_share(np.array([0]), np.array([1]), np.array([[0.0], [1.0]]))).all()
    assert not recwarn.list


# ── what it did


PROJECTS = pd.DataFrame(
    [
        (0, "Capteurs de crue", "flood", "done", 2021),
        (0, "Jumeau numérique", "flood", "running", 2024),
        (0, "Alerte aux habitants", "flood", "funded", 2023),
        (0, "Carte des digues", "flood", "done", np.nan),
        (0, "Simple idée", "flood", "idea", 2026),
        (0, "Abandonné", "flood", "stopped", 2025),
        (0, "Air des écoles", "air", "done", 2022),
        (1, "Voisin", "flood", "done", 2026),
        (-1, "Nulle part", "flood", "done", 2026),
        (0, "Capteurs de crue", "flood", "done", 2019),
    ],
    columns=["row", "title", "theme", "stage", "year"],
)


@given(st.permutations(range(len(PROJECTS))))
@settings(max_examples=20)
def test_the_latest_three_on_the_theme_are_told(order):
    table = PROJECTS.iloc[list(order)]
    assert what_it_did(table, 0, "flood") == (
        Deed("Jumeau numérique", 2024),
        Deed("Alerte aux habitants", 2023),
        Deed("Capteurs de crue", 2021),
    )
    assert what_it_did(table, 0, "flood", most=9)[3:] == (Deed("Carte des digues", None),)
    assert what_it_did(table, 0, most=9)[2] == Deed("Air des écoles", 2022)
    assert what_it_did(table, 2, "flood") == () and told(()) == ""


# ── the links


def test_unsuccessful_applicants_are_linked_on_their_own_theme():
    coordinates = np.array([[0.0], [1.0], [2.0], [9.0]])
    active = np.array([False, True, True, False])
    projects = {"flood": np.array([0.0, 0.0, 1.0, 0.0]), "air": np.array([0.0, 1.0, 0.0, 0.0])}
    applications = pd.DataFrame(
        [
            (0, "flood", "rejected"),
            (0, "air", "withdrawn"),
            (0, "flood", "withdrawn"),
            (3, "air", "selected"),
            (3, "air", "pending"),
            (-1, "air", "rejected"),
            (3, None, "rejected"),
        ],
        columns=["row", "theme", "outcome"],
    )
    nowhere = np.full(4, "", dtype=object)
    found = applicant_links(applications, active, projects, coordinates, nowhere, codes_of(4))
    # Without a theme, any active territory may be the peer.
    assert found.to_numpy().tolist() == [
        [3, 2, "applicant", ""],
        [0, 1, "applicant", "air"],
        [0, 2, "applicant", "flood"],
    ]
    none = applicant_links(applications.iloc[3:6], active, projects, coordinates, nowhere)
    assert len(none) == 0 and list(none) == ["row", "peer_row", "kind", "theme"]


def test_links_tell_how_alike_and_what_was_done():
    coordinates = np.array([[1.0], [0.0], [5.0], [9.0]])
    theme = np.array(["", "flood", "air", ""], dtype=object)
    links = peer_links(np.array([1, 2, 3]), np.array([0, 0, -1]), theme)
    found = described_links(links, coordinates, PROJECTS)
    assert found["did"].tolist() == [
        "Jumeau numérique (2024); Alerte aux habitants (2023); Capteurs de crue (2021)",
        "Air des écoles (2022)",
    ]
    # From 5 to 1 it is as far as to 9, which is not less alike; 0 is farther.
    assert found["likeness_pct"].tolist() == [100.0, 50.0]
    assert described_links(links, coordinates)["did"].tolist() == ["", ""]


# ── sentences


def small_compared():
    """Five coordinates of five places; the peer of the first is the second."""
    names = tuple(Name(f"facteur {i}", f"factor {i}") for i in range(5))
    values = np.array(
        [
            [10.5, 20.2, 30, np.nan, 4000],
            [11.5, 60.8, 33, 7, 5250],
            [0, 20, 90, 0, 9000],
            [90, 21, 91, 0, 9000],
            [10, 22, 92, 0, np.nan],
        ],
        dtype=float,
    )
    return Compared(names, ("%", "km", "", "", ""), values)


def numbers_in(sentence):
    plain = sentence.replace("\u202f", "").replace("\u00a0", " ")
    return [
        float(item.replace(",", "."))
        for item in re.findall(r"\d+(?:[.,]\d+)?", re.sub(r"(\d),(\d{3})", r"\1\2", plain))
    ]


@given(SEEDS)
@settings(deadline=None, max_examples=20)
def test_shares_by_coordinate_count_those_that_are_less_alike(seed):
    generator = np.random.default_rng(seed)
    values = generator.integers(0, 6, (9, 4)).astype(float)
    values[generator.uniform(size=values.shape) < 0.2] = np.nan
    shares = shares_less_alike(Compared((), (), values), 2, 5)
    for column in range(4):
        own, other, *_ = values[2, column], values[5, column]
        rest = [values[i, column] for i in range(9) if i not in (2, 5) and not np.isnan(values[i, column])]
        if np.isnan(own) or np.isnan(other) or not rest:
            assert np.isnan(shares[column])
        else:
            assert shares[column] == sum(abs(v - own) > abs(other - own) for v in rest) / len(rest)


def test_alike_and_different_are_told_apart():
    compared = small_compared()
    np.testing.assert_allclose(shares_less_alike(compared, 0, 1), [2 / 3, 0, 1, np.nan, 1])
    alike, different = alike_and_different(compared, 0, 1)
    # The fourth is not known of both.
    assert alike.tolist() == [2, 4, 0] and different.tolist() == [1]


def test_two_extremes_are_not_alike_and_what_all_have_is_no_difference():
    names = tuple(Name(word, word) for word in ("people", "rare", "near", "nearer", "nearest"))
    usual = [[10 * i, 0, 500, 500, 500] for i in range(10)]
    values = np.array([[90_000, 0, 1, 1, 1], [5_000, 0, 3, 2, 1], *usual], dtype=float)
    # All others are farther from the first than the second is, but nearly all are nearer to the second than the first.
    assert shares_less_alike(Compared(names, (), values), 0, 1)[0] == 1
    alike, different = alike_and_different(Compared(names, (), values), 0, 1)
    assert sorted(alike.tolist()) == [2, 3, 4] and different.tolist() == [0]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_sentences_cite_the_values_of_both(lang):
    names = np.array(["Nord", "Sud", "Est"], dtype=object)
    deeds = what_it_did(PROJECTS, 0, "flood")
    said = peer_sentences(0, 1, names, 96.97, small_compared(), lang, "Inondations", deeds).split("\n")
    assert len(said) == 4 and all("Nord" in sentence and "Sud" in sentence for sentence in said[:3])
    assert numbers_in(said[0]) == [96.0]
    bare = re.sub(r"(facteur|factor) \d", "", said[1])
    assert numbers_in(bare) == pytest.approx([30, 33, 4000, 5250, 10.5, 11.5])
    bare = re.sub(r"(facteur|factor) \d", "", said[2])
    assert numbers_in(bare) == pytest.approx([20.2, 60.8])
    assert "Inondations" in said[3] and [int(n) for n in numbers_in(said[3])] == [2024, 2023, 2021]
    assert all(deed.title in said[3] for deed in deeds)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_only_the_most_alike_is_said_to_be_it(lang):
    names = np.array(["Nord", "Sud", "Est"], dtype=object)
    first = [peer_sentences(0, 1, names, share, small_compared(), lang).split("\n")[0] for share in (99.99, 100.0)]
    assert numbers_in(first[0]) == [99] and numbers_in(first[1]) == []
    assert all("Nord" in sentence and "Sud" in sentence for sentence in first)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_is_not_known_is_not_said(lang):
    names = np.array(["Nord", "Sud", "Est"], dtype=object)
    nothing = replace(small_compared(), values=np.full((5, 5), np.nan))
    assert peer_sentences(0, 1, names, np.nan, nothing, lang) == ""
    other = peer_sentences(0, 1, names, np.nan, nothing, lang, "Inondations", (), (Deed("Air des écoles", 2022),))
    assert "Air des écoles (2022)" in other and "Inondations" not in other


# ── exchange groups


def cost_of(groups, distances):
    """What a partition costs: each group's sum of distances to the member from which it is least."""
    return sum(min(sum(distances[i][j] for j in group) for i in group) for group in groups)


def slow_two_groups(points, active):
    """The cheapest of all ways to make two groups of four to eight, each with an active place."""
    size = len(points)
    distances = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    best = np.inf
    for first in range(4, size - 3):
        for chosen in itertools.combinations(range(size), first):
            other = [i for i in range(size) if i not in chosen]
            if len(chosen) <= 8 >= len(other) and active[list(chosen)].any() and active[other].any():
                best = min(best, cost_of((chosen, other), distances))
    return best


@given(SEEDS, st.integers(9, 11))
@settings(deadline=None, max_examples=12)
def test_two_groups_are_the_best_of_all(seed, size):
    generator = np.random.default_rng(seed)
    points = generator.uniform(0, 10_000, (size, 2))
    active = np.zeros(size, dtype=bool)
    active[generator.permutation(size)[: generator.integers(2, 4)]] = True
    found = near_groups(points, active)
    distances = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    made = [np.flatnonzero(found == group) for group in range(found.max() + 1)]
    assert len(made) == 2 and cost_of(made, distances) == pytest.approx(slow_two_groups(points, active))


@given(SEEDS, st.integers(0, 70), st.integers(0, 12))
@settings(deadline=None, max_examples=40)
def test_groups_have_four_to_eight_and_an_active_one(seed, size, many_active):
    generator = np.random.default_rng(seed)
    points = np.round(generator.uniform(0, 50, (size, 2)))  # some at the same place
    active = np.zeros(size, dtype=bool)
    active[:many_active] = True
    found = near_groups(points, active)
    groups = found.max(initial=-1) + 1
    for group in range(groups):
        inside = found == group
        assert 4 <= inside.sum() <= 8 and active[inside].any()
    # Nobody stays outside unless all groups that active territories allow are full.
    if size >= 4 and active.any():
        assert (found >= 0).all() or (groups == active.sum() and (found >= 0).sum() == 8 * groups)
    else:
        assert (found == -1).all()


@given(SEEDS)
@settings(deadline=None, max_examples=15)
def test_seats_are_given_at_the_least_sum(seed):
    generator = np.random.default_rng(seed)
    distances = generator.uniform(0, 9, (9, 2))
    active = np.zeros(9, dtype=bool)
    active[[0, 1]] = True
    costs = [
        sum(distances[i, g] for i, g in enumerate(member))
        for member in itertools.product((0, 1), repeat=9)
        if 4 <= sum(member) <= 5 and member[0] != member[1]
    ]
    member = seated(distances, active)
    assert distances[np.arange(9), member].sum() == pytest.approx(min(costs))


def group_members(seed, size=36):
    generator = np.random.default_rng(seed)
    points = generator.uniform(0, 40_000, (size, 2))
    points[3] = np.nan
    role = generator.choice(["target", "peer", "applicant"], size, p=[0.6, 0.25, 0.15])
    theme = generator.choice(["flood", "air"], size)
    members = pd.DataFrame({"row": np.arange(size), "theme": theme, "role": role, "active": role == "peer"})
    return members, codes_of(size), generator.lognormal(8, 1, size), points


@given(SEEDS)
@settings(deadline=None, max_examples=12)
def test_groups_do_not_hang_on_the_order_of_rows(seed):
    members, codes, people, points = group_members(seed)
    themes = {"flood": "Inondations", "air": "Air"}
    names = np.array([f"Lieu {code}" for code in codes], dtype=object)
    plain = exchange_groups(members, codes, names, people, points, themes, "fr")
    generator = np.random.default_rng(seed)
    order = generator.permutation(len(codes))
    back = np.argsort(order)
    moved = members.assign(row=back[members["row"]]).iloc[generator.permutation(len(members))]
    again = exchange_groups(moved, codes[order], names[order], people[order], points[order], themes, "fr")
    pd.testing.assert_frame_equal(plain, again)
    assert codes[3] not in set(plain["code"])
    for (theme, label), lines in plain.groupby(["theme", "group"]):
        assert 4 <= len(lines) <= 8 and (lines["role"] == "peer").any()
        rows = [int(code) - 20_000 for code in lines["code"]]
        assert label == f"{themes[theme]} – {names[rows[np.argmax(people[rows])]]} et alentours"


def test_places_of_one_name_are_told_apart_by_their_codes():
    members = pd.DataFrame({"row": range(4), "theme": "t", "role": ["target"] * 3 + ["peer"], "active": [0, 0, 0, 1]})
    names = np.array(["Saint-Denis", "Saint-Denis", "Autre", "Pair"], dtype=object)
    points = np.arange(8, dtype=float).reshape(4, 2)
    people = np.array([9.0, 5, 2, np.nan])
    found = exchange_groups(members, codes_of(4), names, people, points, {"t": "Theme"}, "en")
    assert set(found["group"]) == {"Theme – Saint-Denis (20000) and around"}
    assert found["role"].tolist() == ["target", "target", "target", "peer"]


def test_members_are_targets_their_peers_and_applicants():
    theme = np.array(["flood", "air", "", ""], dtype=object)
    links = pd.DataFrame(
        [(0, 2, "peer", "flood"), (3, 2, "applicant", "air"), (1, 3, "showcase", "air")],
        columns=["row", "peer_row", "kind", "theme"],
    )
    found = members_of(np.array([0, 1]), theme, links, {"air": np.array([False, True, False, False])})
    assert sorted(found.to_numpy().tolist()) == sorted(
        [
            [0, "flood", "target", False],
            [1, "air", "target", True],
            [3, "air", "applicant", False],
            [2, "flood", "peer", True],
            [2, "air", "peer", True],
        ]
    )


# ── the whole network


def whole_study(size=60):
    generator = np.random.default_rng(5)
    codes = codes_of(size)
    names = np.array([f"Lieu {i}" for i in range(size)], dtype=object)
    people = np.round(generator.lognormal(7.5, 0.5, size))
    corners = generator.uniform(0, 90_000, (size, 2))
    geometry = shapely.box(corners[:, 0], corners[:, 1], corners[:, 0] + 1000, corners[:, 1] + 1000)
    geometry[7] = None
    epci = np.array([f"e{i % 6}" for i in range(size)], dtype=object)
    territories = Territories(codes, names, people, {"epci": epci}, geometry, np.full(size, "", dtype=object), ())
    counts = generator.poisson(people / 1500).astype(float)
    status = np.where(counts > 0, "documented", "searched_none_found").astype(object)
    activity = Activity(counts, status, {"t": counts})
    study = replace(make_study(), robustness=Robustness(draws=20, seed=3), targeting=Targeting(shortlist=12))
    scores = score(study, matrix(size, seed=1))
    return study, territories, scores, activity, find_targets(study, territories, scores, activity)


def test_the_network_holds_the_shortlist_and_those_who_applied_in_vain():
    study, territories, scores, _, found = whole_study()
    applications = pd.DataFrame({"row": [4, 5], "theme": ["t", "t"], "outcome": ["rejected", "selected"]})
    projects = pd.DataFrame(
        {"row": range(60), "title": [f"Projet {i}" for i in range(60)], "theme": "t", "stage": "done", "year": 2024}
    )
    network = find_network(study, territories, scores, found, "fr", projects, applications)
    rank = found.columns["target_rank"]
    listed = [row for row in np.argsort(rank) if rank[row] <= 12 and found.columns["peer_code"][row]]
    links = network.links
    assert links.loc[links["kind"] == "peer", "row"].tolist() == listed
    codes = territories.codes[links.loc[links["kind"] == "peer", "peer_row"]]
    assert codes.tolist() == found.columns["peer_code"][listed].tolist()
    assert links.loc[links["kind"] == "applicant", "row"].tolist() == [4]
    assert (links["did"] == [f"Projet {row} (2024)" for row in links["peer_row"]]).all()
    assert links["likeness_pct"].between(0, 100).all()
    assert set(network.groups["code"]) <= set(territories.codes) - {territories.codes[7]}
    high = dict(zip(territories.codes, found.standing.high))
    for _, lines in network.groups.groupby("group"):
        assert any(high[code] for code in lines["code"])
    # Without a register there are the peers, and nothing is told of what they did.
    plain = find_network(study, territories, scores, found, "fr")
    assert set(plain.links["kind"]) == {"peer"} and set(plain.links["did"]) == {""}
    np.testing.assert_array_equal(plain.compared.values[:, -1], territories.population)


@pytest.mark.parametrize("factors", [0, 3])
def test_a_study_without_targets_has_an_empty_network(factors, recwarn):
    study, territories, _, activity, _ = whole_study()
    study = replace(make_study(factors=factors, stakes=0 if factors else 2), robustness=Robustness(draws=10))
    unknown = Activity(np.full(60, np.nan), np.full(60, "not_searched", dtype=object), {})
    nobody = replace(territories, population=np.full(60, np.nan), geometry=np.full(60, None, dtype=object))
    scores = score(study, matrix(60, columns=factors or 2, seed=1))
    found = find_targets(study, nobody, scores, unknown)
    lost = pd.DataFrame({"row": [4], "theme": ["t"], "outcome": ["rejected"]})
    network = find_network(study, nobody, scores, found, "en", PROJECTS, lost)
    assert len(network.links) == 0 == len(network.groups)
    assert {"likeness_pct", "did"} <= set(network.links) and {"group", "role"} <= set(network.groups)
    assert not recwarn.list


def test_the_layer_has_a_line_for_each_link():
    study, territories, scores, _, found = whole_study()
    applications = pd.DataFrame({"row": [4, 7], "theme": ["t", "t"], "outcome": ["rejected", "withdrawn"]})
    network = find_network(study, territories, scores, found, "en", None, applications)
    table = pd.DataFrame(
        {
            "code": territories.codes,
            "name": territories.names,
            "target_rank": pd.array(found.columns["target_rank"], dtype="Float64").astype("Int64"),
            "peer_code": found.columns["peer_code"],
            "recommended_theme": found.columns["recommended_theme"],
            "notice": "Synthetic data",
        }
    )
    frame, lines = peers_frame(table, territories.geometry, 12, network.links, network.groups)
    drawn = network.links[~((network.links["row"] == 7) | (network.links["peer_row"] == 7))]
    assert frame["code"].tolist() == territories.codes[drawn["row"]].tolist()
    assert frame["kind"].tolist() == drawn["kind"].tolist() and "applicant" in set(frame["kind"])
    group = {(line.theme, line.code): line.group for line in network.groups.itertuples()}
    for line, shape in zip(frame.itertuples(), lines):
        ends = [territories.geometry[int(code) - 20_000].centroid for code in (line.code, line.peer_code)]
        assert shape.equals_exact(shapely.LineString(ends), 1e-6)
        assert line.distance_m == pytest.approx(ends[0].distance(ends[1]))
        assert line.exchange_group == group.get((line.recommended_theme, line.code), "")
        assert line.notice == "Synthetic data"
    assert (frame["exchange_group"] != "").any()
    # By default it holds the shortlist alone, with the columns that the links have.
    alone, _ = peers_frame(table, territories.geometry, 12)
    kept = frame[frame["kind"] == "peer"].reset_index(drop=True)
    same = ["code", "name", "peer_code", "peer_name", "kind", "recommended_theme", "distance_m", "notice"]
    pd.testing.assert_frame_equal(alone[same], kept[same])
    assert list(alone) == list(frame) and alone["likeness_pct"].isna().all()


def test_a_layer_without_targets_has_its_columns():
    empty = pd.DataFrame(
        {"code": ["1"], "name": ["A"], "target_rank": pd.array([None], dtype="Int64"), "peer_code": [""],
         "recommended_theme": [""], "notice": [""]}
    )  # fmt: skip
    frame, lines = peers_frame(empty, np.array([shapely.box(0, 0, 1, 1)]), 5)
    assert len(frame) == 0 == len(lines) and "exchange_group" in frame
