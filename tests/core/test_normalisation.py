"""Normalisations: definitions, directions, units, order, gaps, and what cannot be scored."""

import csv
import inspect
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from smart_territoires_plugin.core.errors import ScoringError
from smart_territoires_plugin.core.scoring.means import arithmetic_mean, geometric_mean
from smart_territoires_plugin.core.scoring.normalisation import (
    NORMALISATIONS,
    borda,
    curve,
    distance_to_maximum,
    distance_to_reference,
    fraction_of_maximum,
    goalposts,
    min_max,
    normalise,
    percentile_rank,
    rank,
    scaled,
    thresholds,
    z_score,
)
from smart_territoires_plugin.core.study import Method, methods

pytestmark = pytest.mark.filterwarnings("error")
NAN = float("nan")
# Each of these is tried for every normalisation, so that few examples of each are many together.
few = settings(max_examples=30, deadline=None)
some = settings(max_examples=60, deadline=None)
VALUES = arrays(float, st.integers(2, 30), elements=st.integers(1, 500).map(lambda v: v / 4))
# Parameters with which each method scores the values above; bounds inside and outside of them.
PARAMETERS = {
    "goalposts": {"low_value": 20, "high_value": 90},
    "distance_to_reference": {"reference": 200},
    "scaled": {"low_value": 20, "high_value": 90},
    "curve": {"points": [[10, 0], [50, 40], [100, 100]]},
    "thresholds": {"cuts": [20, 50, 90]},
}
RELATIVE = sorted(set(NORMALISATIONS) - {"goalposts", "scaled", "curve", "thresholds", "distance_to_reference"})
SCALE_FREE = ["min_max", "z_score", "percentile_rank", "rank", "borda", "distance_to_maximum"]


def parameters_of(name, direction=1):
    given_to = dict(PARAMETERS.get(name, {}))
    if name == "distance_to_reference" and direction < 0:
        given_to["reference"] = 0
    return given_to


def scored(name, values, direction=1):
    return NORMALISATIONS[name](values, direction, **parameters_of(name, direction))


# Definitions


@some
@given(VALUES)
def test_borda_agrees_with_counting(values):
    beaten = [(values < value).sum() + ((values == value).sum() - 1) / 2 for value in values]
    np.testing.assert_array_equal(borda(values), beaten)
    np.testing.assert_array_equal(borda(values, -1), len(values) - 1 - np.array(beaten))
    assert borda(values).sum() == len(values) * (len(values) - 1) / 2


@some
@given(VALUES, st.floats(-50, 150), st.floats(0.5, 30))
def test_z_score_has_the_mean_and_deviation_asked_for(values, mean, deviation):
    assume(np.ptp(values) > 0)
    for direction in (1, -1):
        found = z_score(values, direction, mean, deviation)
        np.testing.assert_allclose([found.mean(), found.std(ddof=1)], [mean, deviation], atol=1e-9)


@some
@given(VALUES)
def test_definitions_of_coinr(values):
    """``n_scaled``, ``n_dist2max``, ``n_dist2ref`` and ``n_fracmax``, by their formulas; COINr turns signs first."""
    assume(np.ptp(values) > 0)
    for direction in (1, -1):
        x = direction * values
        reference = values[0]
        np.testing.assert_allclose(
            distance_to_maximum(values, direction), 1 - (x.max() - x) / (x.max() - x.min()), atol=1e-12
        )
        if x[0] > x.min():
            np.testing.assert_allclose(
                distance_to_reference(values, direction, reference), 1 - (x[0] - x) / (x[0] - x.min()), atol=1e-9
            )
    np.testing.assert_allclose(scaled(values, 1, 3, 8), (values - 3) / (8 - 3) * 100, atol=1e-9)
    np.testing.assert_allclose(scaled(values, -1, 3, 8), (-values + 8) / (-3 + 8) * 100, atol=1e-9)
    np.testing.assert_allclose(fraction_of_maximum(values), values / values.max())
    assert fraction_of_maximum(values, -1)[values.argmin()] == 1


@some
@given(VALUES)
def test_curve_is_drawn_piece_by_piece(values):
    points = [[10, 5], [20, 80], [60, 80], [90, 30]]

    def by_hand(x):
        if x <= 10:
            return 5
        for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
            if x <= x1:
                return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
        return 30

    for direction in (1, -1):
        np.testing.assert_allclose(curve(values, direction, points), [by_hand(x) for x in values], atol=1e-12)


@some
@given(VALUES, st.lists(st.integers(0, 130), min_size=1, max_size=5))
def test_thresholds_are_counted(values, cuts):
    above = [100 * sum(value >= cut for cut in cuts) / len(cuts) for value in values]
    below = [100 * sum(value <= cut for cut in cuts) / len(cuts) for value in values]
    np.testing.assert_array_equal(thresholds(values, 1, cuts), above)
    np.testing.assert_array_equal(thresholds(values, -1, cuts), below)


def test_goalposts():
    values = np.array([0.0, 10.0, 1000.0, 1e5, NAN])
    bounds = {"low_value": 10, "high_value": 1000}
    np.testing.assert_allclose(goalposts(values, 1, **bounds, log=True), [0, 0, 100, 100, NAN])
    np.testing.assert_allclose(goalposts(values, -1, **bounds, log=True), [100, 100, 0, 0, NAN])
    np.testing.assert_allclose(goalposts(np.array([100.0]), 1, **bounds, log=True), [50])
    np.testing.assert_allclose(goalposts(np.array([505.0]), 1, **bounds, low=70, high=130), [100])
    np.testing.assert_allclose(goalposts(np.array([1990.0]), 1, **bounds, cap=False), [200])
    np.testing.assert_allclose(goalposts(values, -1, **bounds, low=1)[:2], [100, 100])


def test_human_development_index(oracles):
    """Health, education (two halves of equal weight) and income, by their goalposts; their geometric mean."""
    with (oracles / "hdi" / "hdi_2014_top24.csv").open(encoding="utf-8", newline="") as stream:
        table = list(csv.DictReader(stream))
    column = {name: np.array([float(row[name]) for row in table]) for name in table[0] if name != "country"}
    unit = {"low": 0, "high": 1}
    health = goalposts(column["life_expectancy"], low_value=20, high_value=85, **unit)
    halves = [
        goalposts(column["expected_schooling"], low_value=0, high_value=18, **unit),
        goalposts(column["mean_schooling"], low_value=0, high_value=15, **unit),
    ]
    education = arithmetic_mean(np.column_stack(halves), np.ones(2))
    income = goalposts(column["gni_pc_2011ppp"], low_value=100, high_value=75_000, log=True, **unit)
    index = geometric_mean(np.column_stack([health, education, income]), np.ones(3))
    assert len(index) == 24
    np.testing.assert_allclose(index, column["hdi_published"], atol=1e-3)


# Directions, order, units


@pytest.mark.parametrize("name", sorted(set(NORMALISATIONS) - {"curve"}))
@few
@given(values=VALUES, direction=st.sampled_from([1, -1]))
def test_a_better_value_never_scores_lower(name, values, direction):
    assume(np.ptp(values) > 0)
    ordered = np.argsort(direction * values)
    assert (np.diff(scored(name, values, direction)[ordered]) >= -1e-9).all()


@pytest.mark.parametrize("name", sorted(NORMALISATIONS))
@few
@given(values=VALUES, seed=st.integers(0, 100))
def test_the_order_of_territories_does_not_matter(name, values, seed):
    assume(np.ptp(values) > 0)
    shuffled = np.random.default_rng(seed).permutation(len(values))
    np.testing.assert_allclose(scored(name, values[shuffled]), scored(name, values)[shuffled], rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("name", SCALE_FREE)
@few
@given(values=VALUES, factor=st.floats(0.01, 1000), shift=st.floats(-1000, 1000), direction=st.sampled_from([1, -1]))
def test_scale_free_methods_do_not_know_units(name, values, factor, shift, direction):
    assume(np.ptp(values) > 0)
    other = scored(name, values * factor + shift, direction)
    np.testing.assert_allclose(other, scored(name, values, direction), atol=1e-6)


@some
@given(VALUES, st.floats(0.01, 1000))
def test_a_ratio_does_not_know_its_unit(values, factor):
    assume(np.ptp(values) > 0)
    for direction in (1, -1):
        np.testing.assert_allclose(
            fraction_of_maximum(values * factor, direction), fraction_of_maximum(values, direction)
        )


@some
@given(VALUES, st.floats(0.5, 20), st.floats(-100, 100))
def test_given_bounds_in_another_unit_give_the_same_score(values, factor, shift):
    for method in (goalposts, scaled):
        bounds = {"low_value": 20 * factor + shift, "high_value": 90 * factor + shift}
        found = method(values * factor + shift, -1, **bounds)
        np.testing.assert_allclose(found, method(values, -1, low_value=20, high_value=90), atol=1e-6)


@some
@given(VALUES)
def test_given_bounds_do_not_look_at_the_others(values):
    for name in ("goalposts", "scaled", "curve", "thresholds"):
        alone = [scored(name, values[[row]])[0] for row in range(len(values))]
        np.testing.assert_array_equal(scored(name, values), alone)


# Gaps and bad input


@pytest.mark.parametrize("name", sorted(NORMALISATIONS))
def test_missing_stays_missing_and_does_not_count(name):
    values = np.array([30.0, NAN, 10.0, 20.0, NAN])
    kept = values.copy()
    found = scored(name, values)
    np.testing.assert_array_equal(values, kept)
    np.testing.assert_array_equal(np.isnan(found), np.isnan(values))
    np.testing.assert_allclose(found[[0, 2, 3]], scored(name, values[[0, 2, 3]]))


@pytest.mark.parametrize("name", sorted(set(RELATIVE) - {"rank", "borda", "percentile_rank"}))
@pytest.mark.parametrize("values", [[2.0], [2.0, 2.0, 2.0], [NAN, 2.0], [NAN, NAN], []])
def test_nothing_to_compare_has_no_score(name, values):
    assert np.isnan(scored(name, np.array(values))).all()


def test_ranks_of_equal_values():
    assert rank(np.array([2.0, 2.0, 2.0])).tolist() == [2, 2, 2]
    assert borda(np.array([2.0, 2.0, 2.0])).tolist() == [1, 1, 1]
    assert percentile_rank(np.array([2.0, 2.0, 2.0])).tolist() == [50, 50, 50]
    assert np.isnan(percentile_rank(np.array([2.0]))).all()
    assert borda(np.array([2.0, NAN]))[0] == 0


@pytest.mark.parametrize("name", ["goalposts", "scaled", "curve", "thresholds", "distance_to_reference"])
def test_given_bounds_score_a_constant_and_a_single_value(name):
    for values in ([55.0], [55.0, 55.0], [55.0, NAN]):
        assert np.isfinite(scored(name, np.array(values))[0])
    assert np.isnan(scored(name, np.full(3, NAN))).all()
    assert scored(name, np.zeros(0)).size == 0


@pytest.mark.parametrize("name", sorted(NORMALISATIONS))
@pytest.mark.parametrize("bad", [math.inf, -math.inf, 1e300])
def test_infinite_values_are_refused(name, bad):
    with pytest.raises(ScoringError, match=r"scoring\.infinite_values"):
        scored(name, np.array([1.0, bad, 3.0]))


@pytest.mark.parametrize(
    ("code", "attempt"),
    [
        ("method.goalposts_reversed", lambda: goalposts(np.ones(2), 1, 5, 5)),
        ("method.goalposts_reversed", lambda: scaled(np.ones(2), -1, 5, 2)),
        ("method.log_of_zero", lambda: goalposts(np.ones(2), 1, 0, 5, log=True)),
        ("method.log_of_values", lambda: goalposts(np.array([0.0, 2.0]), 1, 1, 5, log=True, cap=False)),
        ("method.reference_not_better", lambda: distance_to_reference(np.array([3.0, 5.0]), 1, 3)),
        ("method.reference_not_better", lambda: distance_to_reference(np.array([3.0, 5.0]), -1, 6)),
        ("method.curve_not_rising", lambda: curve(np.ones(2), 1, [[1, 0], [1, 5]])),
        ("method.fraction_not_positive", lambda: fraction_of_maximum(np.array([-1.0, 0.0]))),
        ("method.fraction_not_positive", lambda: fraction_of_maximum(np.array([0.0, 4.0]), -1)),
    ],
)
def test_what_cannot_be_scored_is_refused(code, attempt):
    with pytest.raises(ScoringError) as refused:
        attempt()
    assert [problem.code for problem in refused.value.problems] == [code]


def test_problems_of_all_indicators_are_told_with_their_names():
    values = np.array([[0.0, 1.0, math.inf], [2.0, 3.0, 1.0]])
    asked = [Method("fraction_of_maximum"), Method("min_max"), Method("rank")]
    with pytest.raises(ScoringError) as refused:
        normalise(values, ("noise", "fibre", "flood"), (-1, 1, 1), asked)
    assert [problem.where for problem in refused.value.problems] == ["noise", "flood"]
    found = normalise(values[:, :2], ("noise", "fibre"), (1, -1), asked[:2])
    np.testing.assert_array_equal(found, np.column_stack([[0, 1], min_max(values[:, 1], -1)]))


# What a study may name


def test_every_normalisation_that_a_study_may_name_is_there_with_its_parameters():
    assert set(NORMALISATIONS) == set(methods.NORMALISATIONS)
    for name, method in NORMALISATIONS.items():
        taken = set(inspect.signature(method).parameters) - {"values", "direction"}
        assert taken == set(methods.NORMALISATIONS[name].parameters), name


@pytest.mark.parametrize("name", sorted(NORMALISATIONS))
@few
@given(values=VALUES, direction=st.sampled_from([1, -1]))
def test_no_score_is_below_the_lowest_that_is_foreseen(name, values, direction):
    assume(np.ptp(values) > 0)
    if name not in ("fraction_of_maximum", "distance_to_reference"):
        values = values - 40  # below 0 too, where that is allowed
    foreseen = methods.lowest_score(name, parameters_of(name, direction))
    found = scored(name, values, direction)
    assert foreseen is None or found.min() >= foreseen - 1e-12
