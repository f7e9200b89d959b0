"""What is expected of a territory: closed forms, what must hold, no leak, and what is refused."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from smart_territoires_plugin.core.models.activity_candidates import CANDIDATES, fit_candidate, scaling
from smart_territoires_plugin.core.models.activity_null import fit_rates, size_classes
from smart_territoires_plugin.core.models.activity_selection import Verdict, folds, group_numbers, judge
from smart_territoires_plugin.core.models.expected_activity import (
    ExpectedActivity,
    fit_expected_activity,
    fit_null_model,
)
from smart_territoires_plugin.core.models.negative_binomial import Predictive, dispersion, log_pmf
from smart_territoires_plugin.core.store import Store
from smart_territoires_plugin.core.targeting.activity_words import evidence_sentence, verdict_sentence

NAMES = ("fibre", "skills", "networks")


def made_up(size=400, seed=0, slope=0.0, groups=40, per_head=2e-3):
    """Fictitious counts around means that follow population and, by ``slope``, the first factor."""
    generator = np.random.default_rng(seed)
    population = np.round(np.exp(generator.normal(7.5, 1.2, size)))
    factors = generator.uniform(0, 100, (size, 3))
    mean = population * per_head * np.exp(slope * (factors[:, 0] - 50) / 29)
    counts = generator.poisson(mean * generator.gamma(3, 1 / 3, size)).astype(float)
    named = np.array([f"e{i % groups}" for i in range(size)], dtype=object)
    return counts, population, factors, NAMES, named


def same(one: ExpectedActivity, two: ExpectedActivity) -> bool:
    left, right = one.to_arrays(), two.to_arrays()
    return all(left[name].tobytes() == right[name].tobytes() for name in left)


# The distribution


@given(st.integers(0, 60), st.floats(0.01, 80), st.floats(0.05, 500))
def test_log_pmf_is_that_of_scipy(count, mean, k):
    expected = stats.nbinom.logpmf(count, k, k / (k + mean))
    assert log_pmf(np.array([count]), np.array([mean]), k)[0] == pytest.approx(expected, rel=1e-7, abs=1e-7)


@given(st.floats(0.01, 60), st.floats(0.3, 50), st.floats(0.05, 0.8), st.sampled_from([0.0, 0.4]))
def test_quantile_is_the_smallest_count_that_is_enough(mean, k, q, k_error):
    law = Predictive(np.array([mean]), k, k_error, 0.1)
    found = law.quantile(q)
    assert law.cdf(found)[0] >= q
    assert found[0] == 0 or law.cdf(found - 1)[0] < q


def test_uncertainty_of_the_parameters_is_that_of_many_draws():
    """Counts of a negative binomial whose k is lognormal and whose mean has a gamma error, drawn one by one."""
    generator, size = np.random.default_rng(1), 400_000
    mean, k, k_error, error = 6.0, 2.0, 0.35, 0.15
    own_k = k * np.exp(k_error * generator.normal(size=size))
    means = mean * generator.gamma(1 / error, error, size)
    drawn = generator.poisson(means * generator.gamma(own_k, 1 / own_k))
    law = Predictive(np.array([mean]), k, k_error, error)
    for count in (0, 3, 10, 20):
        # Products of gammas are taken for a gamma: near, not the same.
        assert law.above(np.array([count]))[0] == pytest.approx((drawn > count).mean(), abs=0.01)


def test_dispersion_is_found_again_and_an_error_of_the_mean_is_not_taken_for_it():
    generator, size = np.random.default_rng(2), 40_000
    true = generator.lognormal(1, 1, size)
    told = true / generator.gamma(10, 1 / 10, size)  # known up to a relative variance of about a tenth
    counts = generator.poisson(true * generator.gamma(3, 1 / 3, size)).astype(float)
    k, error = dispersion(counts, true)
    assert abs(np.log(k / 3)) < 4 * error < 0.2
    alone, _ = dispersion(counts, told)
    allowed, _ = dispersion(counts, told, 0.1)
    assert alone < allowed


# The null model


def test_each_rate_solves_its_likelihood_equation_and_the_sum_is_about_what_was_seen():
    counts, population, *_ = made_up(3000, seed=3)
    null = fit_rates(counts, population)
    mean = null.expected(population)
    number = null.classes(population)
    assert set(number) == set(range(len(null.rates))) and len(null.rates) >= 2
    for one in range(len(null.rates)):
        rows = number == one
        residual = (counts[rows] - mean[rows]) / (1 + mean[rows] / null.k)
        assert abs(residual.sum()) < 1e-2
        spread = np.sqrt((mean[rows] + mean[rows] ** 2 / null.k).sum())
        assert abs(counts[rows].sum() - mean[rows].sum()) < 4 * spread
        assert np.ptp(mean[rows] / population[rows]) < 1e-12


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.integers(1, 900))
def test_no_size_class_is_degenerate(seed, size):
    generator = np.random.default_rng(seed)
    population = np.round(generator.lognormal(8, 2, size)) + 1
    starts = size_classes(np.ones(size), population)
    number = np.searchsorted(starts, population, side="right")
    if len(starts):
        assert np.bincount(number, minlength=len(starts) + 1).min() >= 100


def test_a_giant_does_not_decide_the_rate_of_the_others():
    counts, population, factors, names, groups = made_up(600, seed=4)
    with_giant = fit_expected_activity(
        np.append(counts, 0.0),
        np.append(population, 3e6),
        np.vstack([factors, [50.0] * 3]),
        names,
        np.append(groups, "g"),
    )
    without = fit_expected_activity(counts, population, factors, names, groups)
    change = with_giant.expected[:-1].sum() / without.expected.sum()
    assert 0.9 < change < 1.1
    assert with_giant.expected[-1] > 1000 and with_giant.evidence[-1] > 95


# What must hold


@pytest.mark.parametrize("slope", [0.0, 0.8])
def test_what_the_columns_say_of_one_another(slope):
    counts, population, factors, names, groups = made_up(slope=slope)
    counts[:7], population[7:9], population[9] = np.nan, 0.0, np.nan
    factors[3] = np.nan
    model = fit_expected_activity(counts, population, factors, names, groups)
    assert model.verdict.used == (slope > 0)
    exposed, known = population > 0, (population > 0) & ~np.isnan(counts)
    for column in (model.expected, model.null_expected):
        np.testing.assert_array_equal(np.isnan(column), ~exposed)
        assert (column[exposed] > 0).all()
    for column in (model.shrunken_rate, model.gap_low, model.gap_high, model.evidence, model.at_least, model.shape):
        np.testing.assert_array_equal(np.isnan(column), ~known)
    np.testing.assert_allclose(model.shape * model.rate_scale, model.shrunken_rate)
    assert (model.gap_low[known] <= model.gap_high[known]).all()
    assert (model.evidence[known] < model.at_least[known]).all()
    np.testing.assert_allclose(model.at_least[known & (counts == 0)], 100)
    # Shrunken rates lie between a territory's own and that of its size, by the null model alone.
    own = 1e4 * counts[known] / population[known]
    prior = 1e4 * model.null_expected[known] / population[known]
    assert (model.shrunken_rate[known] >= np.minimum(own, prior) * (1 - 1e-9)).all()
    assert (model.shrunken_rate[known] <= np.maximum(own, prior) * (1 + 1e-9)).all()
    if slope:
        assert model.importance[0][0] == "fibre" and model.importance[0][1] > 5 * abs(model.importance[-1][1])
    else:
        assert model.importance == ()
        np.testing.assert_array_equal(model.expected, model.null_expected)


@pytest.mark.parametrize("slope", [0.0, 0.8])
def test_a_count_does_not_move_what_is_expected_of_its_own_group(slope):
    counts, population, factors, names, groups = made_up(slope=slope)
    before = fit_expected_activity(counts, population, factors, names, groups)
    more = counts.copy()
    more[11] += 40
    after = fit_expected_activity(more, population, factors, names, groups)
    assert before.verdict.used == after.verdict.used == (slope > 0)
    own = groups == groups[11]
    for name in ("expected", "null_expected"):
        np.testing.assert_array_equal(getattr(after, name)[own], getattr(before, name)[own])
    assert (after.expected[~own] != before.expected[~own]).any()


def test_a_factor_that_only_tells_groups_apart_gains_nothing():
    """Rates of groups differ widely, and the factor is the group's number: within groups it would tell all."""
    generator = np.random.default_rng(5)
    counts, population, factors, names, groups = made_up(600, groups=60)
    number = group_numbers(groups)
    rates = generator.gamma(1, 1, 60)[number]
    counts = generator.poisson(population * 2e-3 * rates).astype(float)
    factors[:, 0] = generator.permutation(60)[number]
    assert not fit_expected_activity(counts, population, factors, names, groups).verdict.used


def test_a_factor_that_goes_with_fewer_projects_excuses_nobody():
    counts, population, factors, names, groups = made_up(slope=-0.8)
    model = fit_expected_activity(counts, population, factors, names, groups)
    assert not model.verdict.used


@pytest.mark.parametrize("name", CANDIDATES)
def test_no_candidate_falls_as_a_factor_rises(name):
    counts, population, factors, *_ = made_up(seed=6, slope=0.5)
    baseline = population * 2e-3
    predict = fit_candidate(name, counts, factors, population, baseline, 1 / (1 + baseline / 3), 1)
    for factor in range(3):
        path = np.tile(factors[:1], (30, 1))
        path[:, factor] = np.linspace(-50, 150, 30)
        assert (np.diff(predict(path, np.full(30, 2000.0))) >= -1e-12).all()


def test_gaps_take_the_median_of_the_training():
    scale = scaling(np.array([[1.0, np.nan], [3.0, np.nan], [8.0, np.nan], [np.nan, np.nan]]))
    np.testing.assert_allclose(scale(np.array([[np.nan, np.nan]])), scale(np.array([[3.0, 0.0]])))


def test_the_same_gives_the_same_bits_however_the_folds_are_run():
    given_all = made_up(slope=0.8)
    one = fit_expected_activity(*given_all)
    assert same(one, fit_expected_activity(*given_all))

    def backwards(function, items):
        return [function(item) for item in list(items)[::-1]][::-1]

    assert same(one, fit_expected_activity(*given_all, run=backwards))


def test_no_group_is_in_two_folds_and_a_territory_without_one_is_its_own():
    groups = np.array(["a", "", "b", "a", "", "c"] * 20, dtype=object)
    numbers = group_numbers(groups)
    dealt = folds(numbers, 5)
    assert all(np.unique(dealt[numbers == one]).size == 1 for one in np.unique(numbers))
    assert np.unique(numbers[groups == ""]).size == 40


# Refusals


def test_what_is_too_little_is_refused_with_its_reason():
    counts, population, factors, names, groups = made_up()
    nobody = np.full(len(counts), np.nan)

    def reason(*changed):
        return fit_expected_activity(*changed).verdict.reason

    assert reason(nobody, population, factors, names, groups) == "no_counts"
    assert reason(counts, nobody, factors, names, groups) == "no_population"
    assert reason(counts * 0, population, factors, names, groups) == "few_projects"
    assert reason(counts, population, factors[:, :0], (), groups) == "no_factors"
    assert reason(counts, population, factors * 0 + 7, names, groups) == "no_factors"
    assert reason(counts, population, factors * np.nan, names, groups) == "no_factors"
    few = np.array([f"e{i % 9}" for i in range(len(counts))], dtype=object)
    assert reason(counts, population, factors, names, few) == "few_groups"
    in_one = np.where(np.arange(len(counts)) == 5, 900.0, 0.0)
    assert reason(in_one, population, factors, names, groups) == "few_projects"


@pytest.mark.parametrize("count", [0.0, np.nan])
def test_empty_register(count, recwarn):
    counts, population, factors, names, groups = made_up()
    model = fit_expected_activity(np.full(len(counts), count), population, factors, names, groups)
    assert not (model.shrunken_rate > 0).any() and not (model.expected > 0).any()
    assert not recwarn.list


def test_few_territories_fall_back_on_population_alone():
    counts, population = np.array([0.0, 1.0, 4.0]), np.array([1000.0, 2000.0, 5000.0])
    model = fit_expected_activity(counts, population, np.full((3, 1), 50.0), ("fibre",), np.array(["", "", ""]))
    null = fit_null_model(counts, population)
    assert same(replace(model, verdict=null.verdict), null)
    assert model.verdict == Verdict(n_groups=3, reason="few_projects")


def test_shares_of_projects_are_counted_down_for_evidence():
    counts, population, factors, names, groups = made_up()
    shared = counts + np.where(np.arange(len(counts)) % 2, 0.5, 0.0)
    model = fit_expected_activity(shared, population, factors, names, groups)
    whole = shared.copy()
    whole[1] = np.floor(whole[1])
    other = fit_expected_activity(whole, population, factors, names, groups)
    assert np.isfinite(model.evidence).all()
    assert model.evidence[1] == pytest.approx(other.evidence[1], abs=0.5)


def test_the_rule_of_errors_is_that_of_its_formula():
    gains = np.random.default_rng(7).normal(0.4, 1, 50)
    error = np.sqrt(50 * gains.var(ddof=1))
    said = judge(gains, ["gradient_boosting"] * 3 + ["poisson_regression_1"] * 2)
    assert (said.gain, said.gain_se) == (pytest.approx(gains.sum()), pytest.approx(error))
    assert said.used == (gains.sum() / error > 1.645) and said.candidate == "gradient_boosting"
    assert not judge(np.zeros(20), ["poisson_regression_1"]).used


# The store, the wording


def test_the_store_remembers_by_all_that_a_fit_is_given(tmp_path):
    given_all = made_up(size=40)
    counts, population, factors, names, groups = given_all
    made = replace(
        fit_null_model(counts, population),
        verdict=Verdict(True, "poisson_regression_1", 3.5, 1.25, 40, "gain"),
        importance=(("fibre", 0.5, 0.125), ("skills", -0.25, 0.5)),
    )
    calls = []

    def fit(*given_here, seed=1, run=None):
        calls.append(seed)
        return made

    remembered = Store(tmp_path).remembered_fit(fit)
    first = remembered(*given_all, seed=3, run=map)
    again = remembered(*given_all, seed=3)
    assert len(calls) == 1 and same(first, again)
    assert again.verdict == made.verdict and again.importance == made.importance
    for changed in (
        (counts + 1, population, factors, names, groups),
        (counts, population + 1, factors, names, groups),
        (counts, population, factors + 1, names, groups),
        (counts, population, factors, names[::-1], groups),
        (counts, population, factors, names, np.roll(groups, 1)),
    ):
        remembered(*changed, seed=3)
    remembered(*given_all, seed=4)
    assert len(calls) == 7


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("reason", ["gain", "no_gain", "no_factors", "few_groups", "few_projects", "no_population"])
def test_every_verdict_has_its_sentence_with_its_own_numbers(reason, lang):
    said = verdict_sentence(Verdict(reason == "gain", "gradient_boosting", 12.3, 4.5, 64, reason), lang)
    assert said.endswith(".") and "{" not in said
    if reason in ("gain", "no_gain"):
        for shown in ("12,3", "4,5", "64") if lang == "fr" else ("12.3", "4.5", "64"):
            assert shown in said


def test_evidence_never_says_that_all_do_more():
    assert evidence_sentence(99.99, "en") == "of 100 territories like this one, 99 do more"
    assert evidence_sentence(np.nan, "fr") == ""
