"""Scores taken apart, held beside others and changed by the least: definitions, closed forms, COINr's tables."""

from __future__ import annotations

import csv
import itertools
import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from synthetic import make_study, matrix

from smart_territoires_plugin.core.scoring import least_change, score
from smart_territoires_plugin.core.scoring.aggregation import AGGREGATIONS, RELATIVE
from smart_territoires_plugin.core.scoring.contributions import contributions_to, contributions_to_each
from smart_territoires_plugin.core.scoring.explanation import contributions, explained
from smart_territoires_plugin.core.scoring.hierarchy import Composite, Hierarchy, composite_scores
from smart_territoires_plugin.core.scoring.least_change import Above, least, scores_after
from smart_territoires_plugin.core.scoring.normalisation import min_max, percentile_rank, z_score
from smart_territoires_plugin.core.scoring.profile import (
    nearest_alike,
    ranks_within,
    size_classes,
    standings,
    strengths,
    unit_summary,
    weaknesses,
)
from smart_territoires_plugin.core.study.model import Method, Scoring

ORACLES = Path(__file__).resolve().parents[3] / "shared" / "oracles" / "coinr_asem"
MEANS = ("arithmetic_mean", "geometric_mean")
PARAMETERS = {"generalised_mean": {"power": 2.0}}
SIZE = 7


def aggregated_by(name: str) -> Method:
    return Method(name, PARAMETERS.get(name, {}))


def tree(seed: int, methods: tuple[str, ...], leaves: int = 6) -> Hierarchy:
    """A tree of random shape: elements are gathered two or three at a time until one is left."""
    random = np.random.default_rng(seed)
    loose, composites = list(range(leaves)), []
    while len(loose) > 1:
        random.shuffle(loose)
        count = min(len(loose), int(random.integers(2, 4)))
        members, loose = loose[:count], loose[count:]
        method = aggregated_by(methods[int(random.integers(len(methods)))])
        loose.append(leaves + len(composites))
        composites.append(Composite(f"c{len(composites)}", tuple(members), method))
    return Hierarchy(leaves, tuple(composites))


def data(seed: int, hierarchy: Hierarchy, size: int = SIZE, gaps: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed + 1)
    normalised = random.uniform(1, 100, (size, hierarchy.n_indicators))
    normalised[random.uniform(size=normalised.shape) < gaps] = np.nan
    return normalised, random.uniform(0.2, 3, hierarchy.n_columns)


def flat(name: str, size: int) -> Hierarchy:
    return Hierarchy(size, (Composite("index", tuple(range(size)), aggregated_by(name)),))


# ── contributions


@given(st.integers(0, 10_000), st.sampled_from((0.0, 0.3, 0.7)))
def test_points_add_up_at_every_level(seed, gaps):
    hierarchy = tree(seed, ("arithmetic_mean",))
    normalised, weights = data(seed, hierarchy, gaps=gaps)
    scores = composite_scores(hierarchy, normalised, weights)
    for place, (name, found) in enumerate(contributions_to_each(hierarchy, normalised, weights).items()):
        assert (found.composite, found.kind, found.baseline) == (name, "points", "none")
        np.testing.assert_allclose(found.values.sum(axis=1), scores[:, place], rtol=0, atol=1e-12)
        missing = np.isnan(normalised[:, list(found.members)]) & ~np.isnan(scores[:, [place]])
        assert (found.values[missing] == 0).all()


@given(st.integers(0, 10_000), st.sampled_from((0.0, 0.3, 0.7)))
def test_factors_multiply_up_at_every_level(seed, gaps):
    hierarchy = tree(seed, ("geometric_mean",))
    normalised, weights = data(seed, hierarchy, gaps=gaps)
    scores = composite_scores(hierarchy, normalised, weights)
    for place, found in enumerate(contributions_to_each(hierarchy, normalised, weights).values()):
        assert found.kind == "factors" and (found.baseline_scores == 1).all()
        np.testing.assert_allclose(found.values.prod(axis=1), scores[:, place], rtol=1e-12)


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.sampled_from((0.0, 0.3)), st.booleans())
def test_shapley_values_of_a_mixed_tree_add_up_at_every_level(seed, gaps, grouped):
    methods = tuple(name for name in ("arithmetic_mean", "geometric_mean", "harmonic_mean") if name in AGGREGATIONS)
    hierarchy = tree(seed, methods)
    normalised, weights = data(seed, hierarchy, gaps=gaps)
    groups = np.array(["a", "b", "a", "b", "", "a", "b"]) if grouped else None
    scores = composite_scores(hierarchy, normalised, weights)
    for place, found in enumerate(contributions_to_each(hierarchy, normalised, weights, groups=groups).values()):
        if found.kind == "shapley":
            assert found.baseline == ("group_mean" if grouped else "mean")
            made = found.baseline_scores + found.values.sum(axis=1)
            np.testing.assert_allclose(made, scores[:, place], rtol=0, atol=1e-12)


def by_permutations(hierarchy, normalised, weights, row, baseline):
    """The definition: the mean, over all orders, of what each member adds as it comes in its turn."""
    size = normalised.shape[1]
    total = np.zeros(size)
    for order in itertools.permutations(range(size)):
        matrix = normalised.copy()
        matrix[row] = baseline
        before = composite_scores(hierarchy, matrix, weights)[row, -1]
        for member in order:
            matrix[row, member] = normalised[row, member]
            after = composite_scores(hierarchy, matrix, weights)[row, -1]
            total[member] += after - before
            before = after
    return total / math.factorial(size)


@pytest.mark.parametrize("name", sorted({*AGGREGATIONS, "mixed"} - set(MEANS)))
def test_shapley_values_are_those_of_the_definition(name):
    mixed = Hierarchy(
        5,
        (
            Composite("a", (0, 1), Method("geometric_mean")),
            Composite("b", (2, 3), Method("arithmetic_mean")),
            Composite("index", (5, 6, 4), Method("geometric_mean")),
        ),
    )
    hierarchy = mixed if name == "mixed" else flat(name, 5)
    normalised, weights = data(3, hierarchy)
    found = contributions_to(hierarchy, normalised, weights, "index", rows=np.array([2, 4]))
    for place, row in enumerate((2, 4)):
        expected = by_permutations(hierarchy, normalised, weights, row, normalised.mean(axis=0))
        np.testing.assert_allclose(found.values[place], expected, rtol=0, atol=1e-9)
    made = composite_scores(hierarchy, normalised, weights)[[2, 4], -1]
    np.testing.assert_allclose(found.baseline_scores + found.values.sum(axis=1), made, rtol=0, atol=1e-12)


@pytest.mark.parametrize("name", sorted(AGGREGATIONS))
def test_aggregations_that_look_at_one_territory_alone_are_known(name):
    """An aggregation that calls itself row-wise is, so that its Shapley values may be had many rows at a time."""
    hierarchy = flat(name, 4)
    normalised, weights = data(5, hierarchy)
    whole = composite_scores(hierarchy, normalised, weights)[:, 0]
    if name not in RELATIVE:
        alone = [composite_scores(hierarchy, normalised[[row]], weights)[0, 0] for row in range(SIZE)]
        np.testing.assert_allclose(alone, whole, rtol=1e-12)


MIXED = Hierarchy(
    4, (Composite("a", (0, 1), Method("geometric_mean")), Composite("index", (4, 2, 3), Method("arithmetic_mean")))
)


def test_members_that_are_alike_get_the_same_value():
    normalised, weights = data(11, MIXED)
    normalised[:, 1], weights[1] = normalised[:, 0], weights[0]
    normalised[:, 3], weights[3] = normalised[:, 2], weights[2]
    found = contributions_to(MIXED, normalised, weights, "index").values
    np.testing.assert_allclose(found[:, 0], found[:, 1], rtol=0, atol=1e-12)
    np.testing.assert_allclose(found[:, 2], found[:, 3], rtol=0, atol=1e-12)


def test_a_member_at_its_baseline_or_missing_gets_nothing():
    normalised, weights = data(12, MIXED)
    normalised[3, 0] = np.nan
    normalised[:, 2] = 40.0
    found = contributions_to(MIXED, normalised, weights, "index").values
    assert abs(found[3, 0]) < 1e-12 and np.abs(found[:, 2]).max() < 1e-12
    assert np.abs(found[:, 3]).min() > 1e-3


def test_drawn_shapley_values_add_up_come_near_and_repeat():
    hierarchy = tree(4, MEANS, leaves=8)
    normalised, weights = data(4, hierarchy, size=20)
    name = hierarchy.composites[-1].id
    exact = contributions_to(hierarchy, normalised, weights, name)
    drawn = contributions_to(hierarchy, normalised, weights, name, exact_members=3, pairs=200)
    again = contributions_to(hierarchy, normalised, weights, name, exact_members=3, pairs=200)
    part = contributions_to(hierarchy, normalised, weights, name, rows=np.array([17, 2]), exact_members=3, pairs=200)
    assert exact.kind == "shapley" and len(exact.members) == 8
    np.testing.assert_allclose(drawn.values.sum(axis=1), exact.values.sum(axis=1), rtol=0, atol=1e-12)
    np.testing.assert_allclose(drawn.values, exact.values, rtol=0, atol=0.05 * np.abs(exact.values).max())
    np.testing.assert_array_equal(drawn.values, again.values)
    np.testing.assert_allclose(part.values, drawn.values[[17, 2]], rtol=0, atol=1e-12)


def test_the_groups_own_mean_is_the_baseline():
    normalised, weights = data(6, MIXED)
    groups = np.array(["a", "a", "b", "b", "b", "", "a"])
    found = contributions_to(MIXED, normalised, weights, "index", groups=groups)
    for row, inside in ((2, groups == "b"), (0, groups == "a"), (5, np.ones(7, dtype=bool))):
        mean = normalised[inside].mean(axis=0)[None, :]
        assert found.baseline_scores[row] == pytest.approx(composite_scores(MIXED, mean, weights)[0, -1], abs=1e-12)


@pytest.mark.parametrize("methods", [("arithmetic_mean",), ("geometric_mean",), MEANS])
def test_a_territory_without_any_value_has_no_contributions(methods, recwarn):
    hierarchy = tree(1, methods)
    normalised, weights = data(1, hierarchy)
    normalised[2] = np.nan
    found = contributions_to(hierarchy, normalised, weights, hierarchy.composites[-1].id)
    assert np.isnan(found.values[2]).all() and not np.isnan(np.delete(found.values, 2, axis=0)).any()
    assert not recwarn.list


@pytest.mark.parametrize("name", [*MEANS, "harmonic_mean", "topsis"])
def test_the_composites_of_a_study_are_taken_apart_in_the_same_way(name):
    scoring = Scoring(Method("renormalise"), aggregation=Method(name))
    scores = score(make_study(factors=4, stakes=2, scoring=scoring), matrix(columns=6, gaps=0.1))
    rows = np.flatnonzero(~np.isnan(scores.columns["readiness"]))[:5]
    found = explained(scores, "readiness", rows)
    assert found.members == tuple(scores.composites["readiness"])
    published = scores.columns["readiness"][rows]
    if name in MEANS:
        np.testing.assert_allclose(found.values, contributions(scores, "readiness")[rows], rtol=1e-12)
        made = found.values.sum(axis=1) if found.kind == "points" else found.values.prod(axis=1)
    else:
        assert (found.kind, found.baseline) == ("shapley", "mean")
        made = found.baseline_scores + found.values.sum(axis=1)
    np.testing.assert_allclose(made, published, rtol=1e-12)


# ── standing


@cache
def rows_of(name: str) -> tuple[dict, ...]:
    if not ORACLES.exists():
        pytest.skip("shared/oracles is absent")
    with (ORACLES / name).open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


def column(rows: tuple[dict, ...], name: str) -> np.ndarray:
    return np.array([float(row[name]) if row[name] not in ("", "NA") else np.nan for row in rows])


def aggregates() -> tuple[dict, ...]:
    return tuple(row for row in rows_of("02_iMeta_input.csv") if row["Type"] == "Aggregate")


def test_ranks_are_those_of_coinr_among_all_and_within_groups():
    full = {row["uCode"]: row for row in rows_of("20_results_full.csv")}
    for name, strata in (("22_results_ranks.csv", False), ("21_results_ranks_in_GDP_group.csv", True)):
        expected = rows_of(name)
        groups = np.array([row["GDP_group"] for row in expected]) if strata else None
        for item in aggregates():
            scores = np.array([float(full[row["uCode"]][item["iCode"]]) for row in expected])
            np.testing.assert_array_equal(ranks_within(scores, groups), column(expected, item["iCode"]))


@pytest.mark.parametrize("code", ["FRA", "GBR"])
def test_a_unit_summary_is_that_of_coinr(code):
    aggregated = rows_of("10_dset_Aggregated.csv")
    row = [item["uCode"] for item in aggregated].index(code)
    expected = rows_of(f"82_unit_summary_{code}.csv")
    found = unit_summary({item["Code"]: column(aggregated, item["Code"]) for item in expected}, row)
    assert len(found) == 11
    for item, (name, whole, rank) in zip(expected, found):
        assert (item["Code"], int(item["Rank"])) == (name, rank)
        assert whole == pytest.approx(float(item["Score"]), rel=1e-9)


def test_strengths_and_weaknesses_are_those_of_coinr():
    raw = rows_of("10_dset_Raw.csv")
    meta = [item for item in rows_of("02_iMeta_input.csv") if item["Type"] == "Indicator"]
    towards = np.column_stack([column(raw, item["iCode"]) * int(item["Direction"]) for item in meta])
    row = [item["uCode"] for item in raw].index("GBR")
    found = standings(towards, row, ties="max")
    for name, chosen in (("80_strengths_GBR.csv", strengths(found)), ("81_weaknesses_GBR.csv", weaknesses(found))):
        expected = {item["Code"]: int(item["Rank"]) for item in rows_of(name)}
        assert {meta[standing.column]["iCode"]: standing.rank for standing in chosen} == expected


def test_standings_against_a_part_of_the_territories():
    scores = np.array([[1.0], [2.0], [3.0], [4.0], [np.nan]])
    among = np.array([True, True, False, False, True])
    (place,) = standings(scores, 2, among)
    assert (place.rank, place.among, place.percentile) == (1, 3, 100.0)
    assert standings(scores, 4) == ()
    assert standings(scores, 0, np.zeros(5, dtype=bool)) == ()


@given(st.integers(0, 10_000))
def test_a_rank_counts_who_is_better(seed):
    random = np.random.default_rng(seed)
    scores = random.integers(0, 6, 15).astype(float)
    strata = random.integers(-1, 3, 15)
    expected = [
        np.nan if strata[i] < 0 else 1 + sum(scores[j] > scores[i] for j in range(15) if strata[j] == strata[i])
        for i in range(15)
    ]
    np.testing.assert_array_equal(ranks_within(scores, strata), expected)
    for i in range(15):
        assert standings(scores[:, None], i)[0].rank == 1 + (scores > scores[i]).sum()


def test_size_classes_begin_at_their_limits():
    found = size_classes(np.array([0.0, 1999.0, 2000.0, 9999.0, 1e6, np.nan]), (2000, 10_000))
    assert found.tolist() == [0, 0, 1, 1, 2, -1]


def test_the_nearest_are_the_most_alike():
    random = np.random.default_rng(2)
    coordinates = random.normal(size=(30, 4))
    found = nearest_alike(coordinates, 7, 5)
    distances = np.linalg.norm(coordinates - coordinates[7], axis=1)
    assert 7 not in found and (np.diff(distances[found]) >= 0).all()
    assert distances[found].max() <= np.delete(distances, [7, *found]).min()
    assert len(nearest_alike(coordinates[:3], 0, 5)) == 2


# ── the least change


def observed(seed: int, leaves: int, normalise, size: int = 25) -> tuple[np.ndarray, np.ndarray]:
    """Values in units of their own, some of them better when lower, and their scores."""
    random = np.random.default_rng(seed)
    values = random.gamma(2.0, 10.0 ** random.uniform(-1, 3, leaves), (size, leaves))
    scores = [normalise(values[:, c], 1 if c % 3 else -1) for c in range(leaves)]
    return values, np.column_stack(scores)


def linear(values, direction):
    return min_max(values, direction, 1, 100)


def standard(values, direction):
    return z_score(values, direction)


CASES = [
    (("arithmetic_mean",), linear),
    (("geometric_mean",), linear),
    (MEANS, linear),
    (("arithmetic_mean",), standard),
]


@pytest.mark.parametrize(("methods", "normalise"), CASES)
@pytest.mark.parametrize("seed", range(4))
def test_the_least_change_turns_the_decision_and_less_does_not(methods, normalise, seed):
    hierarchy = tree(seed, methods, leaves=5)
    values, scores = observed(seed, 5, normalise)
    weights = np.random.default_rng(seed).uniform(0.5, 2, hierarchy.n_columns)
    published = composite_scores(hierarchy, scores, weights)
    place = published.shape[1] - 1
    seen = 0
    for row in range(6):
        for quantile in (0.35, 0.65):
            enough = Above(place, float(np.quantile(published[:, place], quantile)))
            now = enough(published)[row]
            for change in least_change.least_value_changes(hierarchy, scores, weights, row, values, enough):
                span = values[:, change.column].min(), values[:, change.column].max()
                if not change.reachable:
                    # No value in the range turns it: monotone, so its ends tell.
                    for end in span:
                        assert decided(hierarchy, scores, weights, row, values, replaced(change, end), enough) == now
                    continue
                seen += 1
                assert span[0] <= change.after <= span[1]
                assert change.size == pytest.approx(abs(change.after - change.before) / (span[1] - span[0]))
                assert decided(hierarchy, scores, weights, row, values, change, enough) != now
                short = change.before + 0.99 * (change.after - change.before)
                assert decided(hierarchy, scores, weights, row, values, replaced(change, short), enough) == now
    assert seen > 20


def replaced(change, after):
    return least_change.Change(change.kind, change.column, change.before, after, change.size)


def decided(hierarchy, scores, weights, row, values, change, enough):
    return enough(scores_after(hierarchy, scores, weights, row, values, change)[None, :])[0]


@pytest.mark.parametrize("seed", range(3))
def test_scoring_the_changed_table_again_crosses_the_threshold(seed):
    """The value itself is put into the table and normalised anew; the territory holds no end of any range."""
    hierarchy, (values, scores) = flat("arithmetic_mean", 4), observed(seed, 4, linear)
    weights = np.array([1.0, 2.0, 1.5, 0.5, 1.0])
    inner = (values > values.min(axis=0)).all(axis=1) & (values < values.max(axis=0)).all(axis=1)
    row = int(np.flatnonzero(inner)[0])
    before = composite_scores(hierarchy, scores, weights)[row, 0]
    for limit in (before + 3, before - 3):
        changes = least_change.least_value_changes(hierarchy, scores, weights, row, values, Above(0, limit))
        assert any(change.reachable for change in changes)
        for change in changes:
            if not change.reachable:
                continue
            for share, crossed in ((1.0, True), (0.99, False)):
                table = values.copy()
                table[row, change.column] += share * (change.after - change.before)
                again = np.column_stack([linear(table[:, c], 1 if c % 3 else -1) for c in range(4)])
                made = composite_scores(hierarchy, again, weights)[row, 0]
                # The table is scaled in another order of operations: the last digit may fall on the other side.
                assert ((made > limit) == (limit > before)) == crossed or made == pytest.approx(limit, abs=1e-11)


@pytest.mark.parametrize("methods", [("arithmetic_mean",), ("geometric_mean",)])
@pytest.mark.parametrize("seed", range(3))
def test_the_formula_agrees_with_the_search(methods, seed):
    hierarchy = tree(seed, methods, leaves=5)
    values, scores = observed(seed, 5, linear)
    weights = np.random.default_rng(seed).uniform(0.5, 2, hierarchy.n_columns)
    published = composite_scores(hierarchy, scores, weights)[:, -1]
    enough = Above(len(hierarchy.composites) - 1, float(np.quantile(published, 0.51)))

    def asked(made):
        return enough(made)

    for row in range(5):
        formula = least_change.least_value_changes(hierarchy, scores, weights, row, values, enough)
        search = least_change.least_value_changes(hierarchy, scores, weights, row, values, asked)
        for solved, found in zip(formula, search):
            assert solved.reachable == found.reachable
            if solved.reachable:
                assert solved.after == pytest.approx(found.after, rel=1e-9)


def test_a_place_in_an_order_changes_at_published_values():
    values = np.array([[1.0, 5.0], [2.0, 1.0], [4.0, 3.0], [8.0, 2.0], [16.0, 9.0]])
    scores = np.column_stack([percentile_rank(values[:, c]) for c in range(2)])
    hierarchy, weights = flat("arithmetic_mean", 2), np.ones(3)
    enough = Above(0, 40.0)
    assert composite_scores(hierarchy, scores, weights)[1, 0] == 12.5
    found = least_change.least_value_changes(
        hierarchy, scores, weights, 1, values, enough, ("percentile_rank", "percentile_rank")
    )
    # 12.5 + 27.5 needs 55 more on one of the two: from rank 25 to 100, or from 0 to 75.
    assert [change.after for change in found] == [16.0, 5.0]


@pytest.mark.parametrize("methods", [("arithmetic_mean",), ("geometric_mean",), MEANS])
@pytest.mark.parametrize("seed", range(3))
def test_the_least_factor_on_a_weight_turns_the_decision_and_less_does_not(methods, seed):
    hierarchy = tree(seed, methods, leaves=5)
    values, scores = observed(seed, 5, linear)
    weights = np.random.default_rng(seed).uniform(0.5, 2, hierarchy.n_columns)
    published = composite_scores(hierarchy, scores, weights)
    enough = Above(len(hierarchy.composites) - 1, float(np.quantile(published[:, -1], 0.51)))
    seen = 0
    for row in range(8):
        now = enough(published)[row]
        changes = least_change.least_weight_changes(hierarchy, scores, weights, row, enough)
        assert len(changes) == hierarchy.n_columns - 1
        for change in changes:
            if change.reachable:
                seen += 1
                assert decided(hierarchy, scores, weights, row, values, change, enough) != now
                short = change.before + 0.99 * (change.after - change.before)
                assert decided(hierarchy, scores, weights, row, values, replaced(change, short), enough) == now
            else:
                for factor in (0.01, 10.0):
                    far = replaced(change, factor * change.before)
                    assert decided(hierarchy, scores, weights, row, values, far, enough) == now
    assert seen > 5


@given(st.floats(0, 100), st.floats(0, 100), st.floats(0.1, 5), st.floats(0.1, 5), st.floats(1, 99))
def test_the_least_factor_has_its_closed_form_for_two_indicators(first, second, weight, other, limit):
    """(f·w·a + v·b) / (f·w + v) = T has one solution, f = v·(T − b) / (w·(a − T))."""
    mean = (weight * first + other * second) / (weight + other)
    if min(abs(mean - limit), abs(first - limit), abs(second - limit)) < 0.01:
        return
    scores, weights = np.array([[first, second]]), np.array([weight, other, 1.0])
    found = least_change.least_weight_changes(flat("arithmetic_mean", 2), scores, weights, 0, Above(0, limit))[0]
    expected = other * (limit - second) / (weight * (first - limit))
    if 1e-6 < expected < 9.999:
        assert found.after == pytest.approx(expected * weight, rel=1e-6, abs=1e-8 * weight)
    elif expected < 0 or expected > 10.001:
        assert not found.reachable


def test_the_least_of_all_is_told_by_the_share_of_the_range():
    values = np.array([[0.0, 0.0], [1000.0, 1.0], [400.0, 0.5]])
    scores = np.column_stack([min_max(values[:, c], 1, 0, 100) for c in range(2)])
    found = least_change.least_value_changes(
        flat("arithmetic_mean", 2), scores, np.array([1.0, 3.0, 1.0]), 2, values, Above(0, 55.0)
    )
    # (40 + 3 · 50) / 4 = 47.5: 7.5 more is 30 points of the first, 10 of the second.
    assert [change.after for change in found] == pytest.approx([700.0, 0.6])
    assert [change.size for change in found] == pytest.approx([0.3, 0.1])
    assert least(found) == found[1]
    assert least([replaced_size(change) for change in found]) is None


def replaced_size(change):
    return least_change.Change(change.kind, change.column, change.before, np.nan, np.inf)


def test_a_threshold_met_exactly_has_to_be_crossed():
    values = np.array([[0.0], [10.0], [5.0]])
    scores = min_max(values[:, 0], 1, 0, 100)[:, None]
    (found,) = least_change.least_value_changes(
        flat("arithmetic_mean", 1), scores, np.ones(2), 2, values, Above(0, 50.0)
    )
    assert found.after > 5 and found.after == pytest.approx(5, abs=1e-6)


@pytest.mark.parametrize("name", sorted(RELATIVE & set(AGGREGATIONS)))
def test_what_compares_territories_is_searched_with_the_others_as_they_are(name):
    hierarchy = flat(name, 3)
    values, scores = observed(1, 3, linear, size=9)
    weights = np.ones(4)
    published = composite_scores(hierarchy, scores, weights)
    enough = Above(0, float(np.quantile(published[:, 0], 0.55)))
    seen = 0
    for row in range(4):
        for change in least_change.least_value_changes(hierarchy, scores, weights, row, values, enough):
            if change.reachable:
                seen += 1
                assert decided(hierarchy, scores, weights, row, values, change, enough) != enough(published)[row]
    assert seen
