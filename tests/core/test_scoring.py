"""Scoring: closed forms, the COINr tables, properties, and exact explanations."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from synthetic import make_study, matrix

from smart_territoires_plugin.core.errors import ScoringError
from smart_territoires_plugin.core.scoring import score, score_table
from smart_territoires_plugin.core.scoring.aggregation import arithmetic_mean, geometric_mean
from smart_territoires_plugin.core.scoring.explanation import contributions, effective_weights
from smart_territoires_plugin.core.scoring.missing import MISSING_RULES, Context
from smart_territoires_plugin.core.scoring.normalisation import (
    min_max,
    percentile_rank,
    percentile_rank_rows,
    rank,
    z_score,
)
from smart_territoires_plugin.core.scoring.robustness import weight_draws
from smart_territoires_plugin.core.study import Method, Scoring

ORACLES = Path(__file__).resolve().parents[3] / "shared" / "oracles"
VALUES = arrays(float, st.integers(3, 40), elements=st.floats(-1e6, 1e6).map(lambda v: round(v, 3)))


# Normalisation


@given(VALUES, st.floats(0.1, 100), st.floats(-1000, 1000))
def test_min_max_and_z_score_do_not_know_units(values, factor, shift):
    if np.ptp(values) < 1:
        return
    for method in (min_max, z_score):
        np.testing.assert_allclose(method(values * factor + shift), method(values), atol=1e-6)


@given(VALUES)
def test_directions_mirror(values):
    if np.ptp(values) == 0:
        return
    np.testing.assert_allclose(min_max(values, -1, 0, 100), 100 - min_max(values, 1, 0, 100), atol=1e-9)
    np.testing.assert_allclose(z_score(values, -1), -z_score(values, 1), atol=1e-9)
    np.testing.assert_allclose(percentile_rank(values, -1), 100 - percentile_rank(values, 1), atol=1e-9)


@given(VALUES)
def test_rank_agrees_with_counting(values):
    values = np.round(values, -5)  # so that ties occur
    lower = np.array([(values < value).sum() for value in values])
    equal = np.array([(values == value).sum() for value in values])
    np.testing.assert_array_equal(rank(values, ties="min"), lower + 1)
    np.testing.assert_array_equal(rank(values, ties="max"), lower + equal)
    np.testing.assert_array_equal(rank(values, ties="mean"), lower + (equal + 1) / 2)


@given(VALUES)
def test_percentile_rank_spans_the_scale(values):
    ranks = percentile_rank(values, ties="min")
    np.testing.assert_allclose(ranks, 100 * (rank(values, ties="min") - 1) / (len(values) - 1))
    assert ranks.min() == 0


def test_percentile_rank_rows_is_percentile_rank_of_each_row():
    rows = np.round(np.random.default_rng(3).normal(size=(20, 50)), 1)
    rows[:, [4, 17]] = np.nan
    found = percentile_rank_rows(rows)
    for row, expected in zip(rows, found, strict=True):
        np.testing.assert_allclose(percentile_rank(row), expected)


@pytest.mark.parametrize("method", [min_max, z_score, percentile_rank, rank])
def test_missing_stays_missing_and_does_not_count(method):
    values = np.array([3.0, np.nan, 1.0, 2.0])
    without = method(values[[0, 2, 3]])
    np.testing.assert_allclose(method(values)[[0, 2, 3]], without)
    assert np.isnan(method(values)[1])


@pytest.mark.parametrize("method", [min_max, z_score])
def test_constant_has_no_score(method):
    assert np.isnan(method(np.array([2.0, 2.0, 2.0]))).all()


def test_coinr_tables():
    """The ASEM index of COINr: normalised by min-max 0–100 and aggregated by weighted arithmetic means."""
    folder = ORACLES / "coinr_asem"
    if not folder.exists():
        pytest.skip("shared/oracles is absent")

    def table(name):
        with (folder / name).open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    meta = [row for row in table("02_iMeta_input.csv") if row["Type"] == "Indicator"]
    treated, normalised = table("10_dset_Treated.csv"), table("10_dset_Normalised.csv")
    aggregated = table("10_dset_Aggregated.csv")
    assert len(meta) == 49 and len(treated) == 51
    scores = {}
    for row in meta:
        code = row["iCode"]
        values = np.array([float(item[code]) for item in treated])
        scores[code] = min_max(values, int(row["Direction"]), 0, 100)
        np.testing.assert_allclose(scores[code], [float(item[code]) for item in normalised], rtol=1e-9, atol=1e-9)
    pillars = {row["Parent"] for row in meta}
    assert len(pillars) == 8
    for pillar in pillars:
        members = [row for row in meta if row["Parent"] == pillar]
        made = arithmetic_mean(
            np.column_stack([scores[row["iCode"]] for row in members]),
            np.array([float(row["Weight"]) for row in members]),
        )
        np.testing.assert_allclose(made, [float(item[pillar]) for item in aggregated], rtol=1e-9)


# Aggregation


@given(arrays(float, (6, 4), elements=st.floats(1, 100)), arrays(float, 4, elements=st.floats(0.1, 10)))
def test_means_lie_between_the_scores_and_geometric_below_arithmetic(scores, weights):
    arithmetic, geometric = arithmetic_mean(scores, weights), geometric_mean(scores, weights)
    for found in (arithmetic, geometric):
        assert (found >= scores.min(axis=1) - 1e-9).all() and (found <= scores.max(axis=1) + 1e-9).all()
    assert (geometric <= arithmetic + 1e-9).all()
    np.testing.assert_allclose(arithmetic_mean(scores, 3 * weights), arithmetic)


def test_draws_are_columns():
    scores, weights = matrix(columns=4, gaps=0.2), np.random.default_rng(1).uniform(0.5, 2, (4, 7))
    many = arithmetic_mean(scores, weights)
    for draw in range(7):
        np.testing.assert_allclose(many[:, draw], arithmetic_mean(scores, weights[:, draw]))


# Missing values


def test_renormalise_rests_on_what_is_known():
    study = make_study(factors=2, stakes=0, scoring=Scoring(Method("renormalise"), min_availability=0.5))
    values = np.array([[1.0, 10.0], [2.0, np.nan], [3.0, 30.0]])
    found = score(study, values)
    assert found.columns["readiness"][1] == pytest.approx(min_max(values[:, 0])[1])
    assert found.data_coverage.tolist() == [1.0, 0.5, 1.0]


def test_below_the_availability_there_is_no_score():
    study = make_study(factors=3, stakes=0)
    values = matrix(columns=3)
    values[0, 0] = np.nan  # two thirds known: enough
    values[1, :2] = np.nan  # one third known: too little
    found = score(study, values)
    assert not np.isnan(found.columns["readiness"][0])
    assert np.isnan(found.columns["readiness"][1])
    assert np.isnan(found.columns["readiness"]).sum() == 1


def test_imputation_does_not_count_as_data():
    study = make_study(factors=2, stakes=0, scoring=Scoring(Method("group_mean", {"group": "g"})))
    values = np.array([[1.0, 5.0], [2.0, np.nan], [3.0, 9.0], [np.nan, np.nan]])
    groups = {"g": np.array(["a", "a", "a", ""], dtype=object)}
    found = score(study, values, groups)
    assert found.completed[1, 1] == 7.0 and found.imputed[1, 1]
    assert found.imputed.sum() == 1
    assert np.isnan(found.columns["readiness"][1])  # half of its weight is known, 0.65 is needed
    assert found.data_coverage[1] == 0.5


def test_group_rules_fill_from_the_own_group_only():
    values = np.array([[1.0], [2.0], [9.0], [np.nan], [100.0], [np.nan]])
    groups = np.array(["a", "a", "a", "a", "b", "c"], dtype=object)
    context = Context(("x",), groups=groups)
    assert MISSING_RULES["group_mean"](values, context)[3, 0] == 4.0
    assert MISSING_RULES["group_median"](values, context)[3, 0] == 2.0
    assert np.isnan(MISSING_RULES["group_mean"](values, context)[5, 0])
    assert np.isnan(values[3, 0])  # nothing is changed in place


def test_error_rule_names_every_indicator_with_gaps():
    study = make_study(factors=2, stakes=1, scoring=Scoring(Method("error")))
    values = matrix(columns=3)
    values[2, 0] = values[5, 2] = values[6, 2] = np.nan
    with pytest.raises(ScoringError) as refused:
        score(study, values)
    assert {problem.where: problem.values["count"] for problem in refused.value.problems} == {"s0": 1, "f1": 2}


# Composites


def test_constant_indicator_is_left_out():
    study = make_study(factors=2, stakes=0, weights=[1.0, 5.0])
    values = np.column_stack([[1.0, 2.0, 3.0], [7.0, 7.0, 7.0]])
    found = score(study, values)
    assert found.usable.tolist() == [True, False]
    np.testing.assert_allclose(found.columns["readiness"], [1, 50.5, 100])
    assert found.data_coverage.tolist() == [1, 1, 1]


@pytest.mark.parametrize("size", [1, 2])
def test_nothing_to_compare_gives_no_score_and_no_warning(size, recwarn):
    found = score(make_study(), np.ones((size, 5)))
    assert all(np.isnan(column).all() for column in found.columns.values())
    found = score(make_study(), np.full((size, 5), np.nan))
    assert all(np.isnan(column).all() for column in found.columns.values())
    assert not recwarn.list


@given(st.integers(0, 10_000), st.integers(0, 29), st.integers(0, 2))
def test_monotone(seed, row, column):
    """With fixed weights and complete data, a better value never lowers a readiness, nor raises another's."""
    study, values = make_study(stakes=0), matrix(columns=3, seed=seed)
    better = values.copy()
    better[row, column] += 5
    before, after = (score(study, v).columns["readiness"] for v in (values, better))
    assert after[row] >= before[row] - 1e-9
    others = np.arange(30) != row
    if better[row, column] <= values[:, column].max() and values[row, column] > values[:, column].min():
        np.testing.assert_allclose(after[others], before[others])


def test_order_of_territories_and_indicators_changes_nothing():
    study, values = make_study(), matrix(gaps=0.1)
    found = score(study, values).columns["readiness"]
    shuffled = np.random.default_rng(5).permutation(30)
    np.testing.assert_allclose(score(study, values[shuffled]).columns["readiness"], found[shuffled], atol=1e-12)


def test_score_table_by_names():
    study, values = make_study(), matrix()
    found = score_table(study, {i.id: values[:, k] for k, i in enumerate(study.indicators)})
    np.testing.assert_array_equal(found["readiness"], score(study, values).columns["readiness"])
    assert set(found) == {"score_t", "axis_innovation", "axis_partnership", "axis_data", "readiness", "data_coverage"}


# Explanation


@pytest.mark.parametrize("gaps", [0.0, 0.2])
def test_contributions_add_up(gaps):
    study = make_study(weights=[1.0, 2.0, 3.0, 0.5, 1.0])
    found = score(study, matrix(gaps=gaps))
    for name, column in found.columns.items():
        there = ~np.isnan(column)
        np.testing.assert_allclose(contributions(found, name).sum(axis=1)[there], column[there], atol=1e-12)
        np.testing.assert_allclose(effective_weights(found, name).sum(axis=1)[there], 1, atol=1e-12)


def test_contributions_multiply_up():
    study = replace(make_study(), scoring=Scoring(Method("renormalise"), aggregation=Method("geometric_mean")))
    found = score(study, matrix(gaps=0.2))
    for name, column in found.columns.items():
        there = ~np.isnan(column)
        np.testing.assert_allclose(contributions(found, name).prod(axis=1)[there], column[there], rtol=1e-12)


# Robustness


def test_draws_stay_within_the_share_and_repeat():
    weights = np.array([1.0, 2.0, 0.0])
    first = np.hstack(list(weight_draws(weights, 0.25, 1000, seed=7)))
    again = np.hstack(list(weight_draws(weights, 0.25, 1000, seed=7)))
    np.testing.assert_array_equal(first, again)
    assert first.shape == (3, 1000)
    assert (first[0] >= 0.75).all() and (first[0] <= 1.25).all() and (first[2] == 0).all()
    assert np.ptp(first[1]) > 0.9
    assert abs(first[0].mean() - 1) < 0.02  # five standard errors of a uniform draw
