"""Denominators, the shape of distributions and the treatment of outliers, against slow code and closed forms."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from smart_territoires_plugin.core.errors import ScoringError
from smart_territoires_plugin.core.scoring.denominators import denominate
from smart_territoires_plugin.core.scoring.distribution import availability, kurtosis, skewness, statistics
from smart_territoires_plugin.core.scoring.treatment import TREATMENTS, coinr, limits, treat
from smart_territoires_plugin.core.study import Method
from smart_territoires_plugin.core.study.methods import OUTLIER_RULES

pytestmark = pytest.mark.filterwarnings("error")
VALUES = arrays(float, st.integers(4, 40), elements=st.integers(-1000, 1000).map(float))
NAN = float("nan")
some = settings(max_examples=60, deadline=None)


def skewed(seed, size=40, spread=1.5):
    """Values with a long tail above; with an odd seed, below."""
    drawn = np.exp(np.random.default_rng(seed).normal(0, spread, size))
    return -drawn if seed % 2 else drawn


# Denominators


def test_a_denominator_that_cannot_divide_leaves_a_gap_and_says_why():
    values = np.array([[6.0, 1.0], [6.0, 2.0], [6.0, 3.0], [6.0, 4.0], [NAN, 5.0], [6.0, 6.0], [6.0, 7.0], [6.0, 8.0]])
    divisors = np.array([3.0, 0.0, -2.0, NAN, 0.0, math.inf, 5e-324, -0.0])
    made = denominate(values, ("trade", "speed"), {"trade": ("gdp", divisors)})
    np.testing.assert_array_equal(made.values[:, 0], [2.0] + [NAN] * 7)
    assert made.reasons[:, 0].tolist() == [
        "",
        "denominator_zero",
        "denominator_negative",
        "denominator_missing",
        "",
        "denominator_missing",
        "denominator_too_small",
        "denominator_zero",
    ]
    np.testing.assert_array_equal(made.values[:, 1], values[:, 1])
    assert (made.reasons[:, 1] == "").all()
    assert made.names == ("gdp", "")
    assert values[1, 0] == 6.0  # nothing is changed in place


@some
@given(arrays(float, (12, 2), elements=st.floats(-1e6, 1e6)), arrays(float, 12, elements=st.floats(-5, 1e6)))
def test_denominating_never_makes_an_infinite_value(values, divisors):
    made = denominate(values, ("a", "b"), {"b": ("size", divisors)})
    assert not np.isinf(made.values).any()
    there = ~np.isnan(made.values[:, 1])
    np.testing.assert_array_equal(there, made.reasons[:, 1] == "")
    np.testing.assert_allclose(made.values[there, 1] * divisors[there], values[there, 1], rtol=1e-12, atol=1e-300)


def test_infinite_values_are_refused_for_every_indicator_at_once():
    values = np.array([[1.0, math.inf, 2.0], [-math.inf, math.inf, NAN]])
    for refuse in (
        lambda: denominate(values, ("a", "b", "c"), {}),
        lambda: treat(values, ("a", "b", "c"), Method("none")),
    ):
        with pytest.raises(ScoringError) as refused:
            refuse()
        assert {p.where: p.values["count"] for p in refused.value.problems} == {"a": 1, "b": 2}


# Shape


def standardised(values):
    mean = math.fsum(values) / len(values)
    deviation = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1))
    return [(value - mean) / deviation for value in values]


def excel_skew(values):
    n = len(values)
    return n / ((n - 1) * (n - 2)) * math.fsum(z**3 for z in standardised(values))


def excel_kurt(values):
    n = len(values)
    first = n * (n + 1) / ((n - 1) * (n - 2) * (n - 3)) * math.fsum(z**4 for z in standardised(values))
    return first - 3 * (n - 1) ** 2 / ((n - 2) * (n - 3))


@some
@given(VALUES)
def test_shape_is_that_of_the_spreadsheet_formulas(values):
    assume(np.ptp(values) > 0)
    with_gaps = np.insert(values, 1, NAN)
    np.testing.assert_allclose(skewness(with_gaps), excel_skew(values), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(kurtosis(with_gaps), excel_kurt(values), rtol=1e-9, atol=1e-9)


@some
@given(VALUES, st.floats(1e-3, 1e3), st.floats(-100, 100))
def test_shape_does_not_know_units(values, factor, shift):
    assume(np.ptp(values) > 0)
    np.testing.assert_allclose(skewness(values * factor + shift), skewness(values), atol=1e-6)
    np.testing.assert_allclose(skewness(-values), -skewness(values), atol=1e-9)
    np.testing.assert_allclose(kurtosis(values * factor + shift), kurtosis(values), atol=1e-6)


@pytest.mark.parametrize("values", [[], [NAN, NAN], [3.0], [1.0, 2.0], [5.0] * 9, [1e99, -1e99], [0.1] * 7])
def test_too_few_or_equal_values_have_no_shape(values):
    assert math.isnan(skewness(np.array(values))) and math.isnan(kurtosis(np.array(values)))


def test_large_and_small_numbers_have_a_shape():
    values = np.array([1.0, 2.0, 4.0, 9.0, 3.0])
    for factor in (1e99, 1e-300):
        np.testing.assert_allclose(skewness(values * factor), skewness(values))
        np.testing.assert_allclose(kurtosis(values * factor), kurtosis(values))


def test_statistics_of_nothing_are_nothing():
    found = statistics(np.full((3, 1), NAN))[0]
    assert (found.n_territories, found.n_available, found.n_same) == (3, 0, 0)
    assert math.isnan(found.mean) and math.isnan(found.share_nonzero) and found.share_available == 0
    assert "few_known" in found.flags()
    assert availability(np.full((2, 3), NAN)).n_missing.tolist() == [3, 3]


# Treatment


def slow_coinr(values):
    """COINr's steps as its documentation tells them, one value after another; None where it gives up."""

    def passes(these):
        return abs(excel_skew(these)) < 2 or excel_kurt(these) < 3.5

    if passes(values):
        return values, "none"
    made, high, low = list(values), set(), set()
    while not passes(made) and len(high) + len(low) < 5:
        if excel_skew(made) >= 0:
            high = {place for place, value in enumerate(made) if value == max(made)}
            changed, new = high, max(value for value in made if value != max(made))
        else:
            low = {place for place, value in enumerate(made) if value == min(made)}
            changed, new = low, min(value for value in made if value != min(made))
        made = [new if place in changed else value for place, value in enumerate(made)]
        if len(set(made)) == 1:
            return values, "none"
    if passes(made):
        return made, "winsorised"
    spread = max(values) - min(values)
    return [math.log(value - min(values) + 0.01 * spread) for value in values], "log"


@pytest.mark.parametrize(("size", "spread"), [(12, 1.0), (40, 0.5), (40, 2.5), (90, 1.0), (90, 3.0)])
def test_coinr_agrees_with_its_steps_taken_slowly(size, spread):
    ways = set()
    for seed in range(30):
        values = skewed(seed, size, spread)
        if seed % 3 == 0:
            values = np.round(values)  # so that the extremes tie
        expected, way = slow_coinr(values.tolist())
        found = coinr(values)
        np.testing.assert_allclose(found.values, expected, rtol=1e-12, atol=1e-12)
        assert found.how == way
        ways.add(way)
    assert "winsorised" in ways and ("log" in ways or spread < 3)


def test_every_way_of_coinr_occurs():
    assert {coinr(skewed(seed, size=80, spread=spread)).how for seed in range(10) for spread in (0.3, 1.0, 3.0)} == {
        "none",
        "winsorised",
        "log",
    }


@pytest.mark.parametrize("method", [Method("none"), Method("coinr"), Method("limits", {"low": -3, "high": 3})])
@pytest.mark.parametrize("seed", range(6))
def test_changed_points_are_told_and_the_order_is_kept(method, seed):
    values = skewed(seed, 90 if seed > 3 else 40, 3.0)
    values[[3, 20]] = NAN
    kept = values.copy()
    found = TREATMENTS[method.name](values, **method.parameters)
    np.testing.assert_array_equal(values, kept)
    np.testing.assert_array_equal(np.isnan(found.values), np.isnan(values))
    order = np.argsort(values[~np.isnan(values)])
    assert (np.diff(found.values[~np.isnan(values)][order]) >= 0).all()
    unchanged = ~found.changed & ~np.isnan(values)
    np.testing.assert_array_equal(found.values[unchanged], values[unchanged])
    points = found.points()
    assert [point.row for point in points] == np.flatnonzero(found.changed).tolist()
    for point in points:
        assert (point.before, point.after) == (values[point.row], found.values[point.row])
        if found.how != "log":
            assert point.how in (("winsorised_high", "above") if point.after < point.before else
                                 ("winsorised_low", "below"))  # fmt: skip
    assert found.how == "none" or points


@some
@given(st.integers(0, 500), st.floats(0.01, 1000), st.floats(-1000, 1000))
def test_coinr_treats_the_same_points_in_any_unit(seed, factor, shift):
    """Without the logarithm, whose result has no unit, what is treated is the same value in the other unit."""
    values = np.round(skewed(seed), 6)
    one, other = coinr(values), coinr(values * factor + shift)
    assume(one.how != "log" and all(abs(abs(c.skewness) - 2) > 1e-6 for c in one.checks))
    assert one.how == other.how
    np.testing.assert_array_equal(one.changed, other.changed)
    np.testing.assert_allclose(other.values, one.values * factor + shift, rtol=1e-9, atol=1e-9 * (1 + abs(shift)))


@pytest.mark.parametrize("values", [[], [NAN] * 4, [7.0], [2.0] * 12, [0.0] * 12 + [9.0], [1.0, 2.0, 900.0]])
def test_what_cannot_be_treated_stays(values):
    values = np.array(values)
    found = coinr(values)
    assert found.how == "none" and not found.changed.any() and found.points() == ()
    np.testing.assert_array_equal(found.values, values)


def test_treatment_does_not_depend_on_the_order():
    values = skewed(4, spread=2.0)
    shuffled = np.random.default_rng(0).permutation(values.size)
    np.testing.assert_allclose(coinr(values[shuffled]).values, coinr(values).values[shuffled], rtol=1e-12)


def test_limits():
    values = np.array([-9.0, 0.0, NAN, 5.0, 40.0])
    found = limits(values, low=-1, high=5)
    np.testing.assert_array_equal(found.values, [-1.0, 0.0, NAN, 5.0, 5.0])
    assert [(point.row, point.how) for point in found.points()] == [(0, "below"), (4, "above")]
    assert limits(values).how == "none" and limits(values, low=1).values.tolist()[0] == 1
    with pytest.raises(ScoringError, match=r"method\.limits_reversed"):
        limits(values, low=5, high=1)


def test_every_treatment_that_a_study_may_name_is_there():
    assert set(TREATMENTS) == set(OUTLIER_RULES)


def test_no_indicator_is_no_fault():
    made, treatments = treat(np.zeros((3, 0)), (), Method("coinr"))
    assert made.shape == (3, 0) and treatments == ()
