"""Call units: totals that add up, scores by people, ranks drawn as the published ones, against slow loops."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from synthetic import make_study, matrix
from test_targeting import make_activity, make_territories

from smart_territoires_plugin.core.errors import StudyError
from smart_territoires_plugin.core.models.expected_activity import fit_null_model
from smart_territoires_plugin.core.scoring import score
from smart_territoires_plugin.core.scoring.normalisation import percentile_rank
from smart_territoires_plugin.core.scoring.robustness import weight_table
from smart_territoires_plugin.core.study import CallUnits, Robustness, Targeting, read_study
from smart_territoires_plugin.core.targeting.activity import Activity
from smart_territoires_plugin.core.targeting.called import predicted, target_units, unit_activity
from smart_territoires_plugin.core.targeting.priority import order, priority
from smart_territoires_plugin.core.targeting.segments import segment, threshold
from smart_territoires_plugin.core.targeting.stability import declared_of
from smart_territoires_plugin.core.targeting.units import call_units

SIZE = 60
LEVELS = (CallUnits("epci", "epci"), CallUnits("large", None, 3_000.0))


def territories_in(groups=20, seed=0):
    made = make_territories(SIZE, seed)
    return replace(made, groups={"epci": np.array([f"e{i % groups:02d}" for i in range(SIZE)], dtype=object)})


def called_of(asked=LEVELS, robustness=None, values=None, groups=20):
    study = replace(
        make_study(),
        robustness=robustness or Robustness(draws=60, seed=3),
        targeting=Targeting(shortlist=4, call_units=asked),
    )
    territories = territories_in(groups)
    activity = make_activity(territories)
    scores = score(study, matrix(SIZE, seed=1) if values is None else values)
    model = fit_null_model(activity.count, territories.population)
    return study, territories, scores, activity, model, target_units(study, territories, scores, activity, model)


# Totals


@given(st.integers(0, 10_000), st.integers(1, 12))
@settings(max_examples=30)
def test_projects_add_up_over_the_groups_of_any_level(seed, groups):
    """Each project is drawn with its territories; every level then holds each of them once."""
    generator = np.random.default_rng(seed)
    territories = territories_in(groups)
    epci = territories.groups["epci"]
    count, shared, borne = np.zeros(SIZE), np.zeros(SIZE), np.zeros(SIZE)
    projects = int(generator.integers(1, 30))
    for _ in range(projects):
        if generator.random() < 0.3:
            own = epci == epci[generator.integers(SIZE)]
            borne[own] += 1 / own.sum()
            continue
        places = generator.choice(SIZE, generator.integers(1, 5), replace=False)
        count[places] += 1
        shared[places] += 1 / len(places)
    status = np.where(count > 0, "documented", "searched_none_found").astype(object)
    activity = Activity(count, status, {}, shared, borne)
    territories = replace(territories, groups={"epci": epci, "all": np.full(SIZE, "r", dtype=object)})
    for name in ("epci", "all"):
        units = call_units((CallUnits(name, name),), territories, 0.65)
        found = unit_activity(units, activity, np.zeros(len(units), dtype=bool))
        assert found.count.sum() == pytest.approx(projects)
        assert units.inhabitants.sum() == pytest.approx(territories.population.sum())


def test_a_large_commune_keeps_its_whole_projects_and_none_of_its_epci():
    territories = territories_in()
    size = len(territories)
    status = np.full(size, "documented", dtype=object)
    activity = Activity(np.full(size, 2.0), status, {}, np.full(size, 1.5), np.full(size, 0.25))
    units = call_units(LEVELS, territories, 0.65)
    alone = units.levels == "large"
    found = unit_activity(units, activity, alone)
    assert alone.sum() == (territories.population >= 3000).sum() > 3
    assert (found.count[alone] == 2).all()
    np.testing.assert_allclose(found.count[~alone], 3 * (1.5 + 0.25))


def test_activity_of_a_unit_is_unknown_where_nobody_searched_and_zero_only_where_all_was_searched():
    territories = territories_in(groups=3)
    epci = territories.groups["epci"]
    status = np.full(SIZE, "searched_none_found", dtype=object)
    status[epci == "e01"] = "not_searched"
    status[np.flatnonzero(epci == "e02")[0]] = "not_searched"
    count = np.where(status == "not_searched", np.nan, 0.0)
    units = call_units((CallUnits("epci", "epci"),), territories, 0.65)
    found = unit_activity(units, Activity(count, status, {}), np.zeros(3, dtype=bool))
    assert found.status.tolist() == ["searched_none_found", "not_searched", "not_searched"]
    np.testing.assert_array_equal(found.count, [0, np.nan, np.nan])


def test_expectation_is_the_sum_of_the_territories():
    _, territories, _, activity, model, called = called_of()
    units = called.units
    expected = called.targeting.columns["expected_activity"]
    for unit, code in enumerate(units.codes):
        rows = units.rows(unit)
        assert expected[unit] == pytest.approx(model.expected[rows].sum()), code
    within = units.levels == "epci"
    assert expected[within].sum() == pytest.approx(model.expected.sum())
    known = ~np.isnan(activity.count)
    assert np.nansum(called.activity.count[within]) <= activity.count[known].sum()


def test_evidence_of_a_sum_is_that_of_drawn_sums():
    """The sum of negative binomial counts, drawn the slow way, beside the one distribution taken for it."""
    generator = np.random.default_rng(5)
    means, k = generator.uniform(0.2, 4, 12), 3.0
    sums = generator.negative_binomial(k, k / (k + means), size=(200_000, 12)).sum(axis=1)
    size = means.sum() ** 2 / (means**2 / k).sum()
    for seen in (5.0, 15.0, 25.0, 40.0):
        found = predicted(np.array([seen]), np.array([means.sum()]), np.array([size]))
        assert found["evidence"][0] == pytest.approx(100 * (sums > seen).mean(), abs=1.0)
        assert found["gap_low"][0] + seen == pytest.approx(np.quantile(sums, 0.05), abs=1)
        assert found["gap_high"][0] + seen == pytest.approx(np.quantile(sums, 0.95), abs=1)


def test_evidence_without_dispersion_is_that_of_poisson_and_shares_of_projects_are_no_projects_more():
    found = predicted(np.array([2.0, 2.4, np.nan]), np.array([3.0, 3.0, 3.0]), np.full(3, np.inf))
    assert found["evidence"][0] == found["evidence"][1] == pytest.approx(100 * stats.poisson.sf(2, 3))
    assert np.isnan(found["evidence"][2])


# Scores


def test_scores_are_means_by_people():
    _, territories, scores, _, _, called = called_of()
    people, epci = territories.population, territories.groups["epci"]
    for unit, code in enumerate(called.units.codes):
        rows = np.flatnonzero((epci if called.units.levels[unit] == "epci" else territories.codes) == code)
        for name in ("readiness", "score_t"):
            slow = sum(people[r] * scores.columns[name][r] for r in rows) / sum(people[r] for r in rows)
            assert called.scores.columns[name][unit] == pytest.approx(slow)
        assert called.territories.population[unit] == pytest.approx(people[rows].sum())


def test_a_unit_of_which_too_little_is_known_has_no_score():
    territories = replace(territories_in(groups=2), population=np.ones(SIZE))
    units = call_units((CallUnits("epci", "epci"),), territories, 0.65)
    values = np.ones(SIZE)
    values[: int(0.4 * SIZE)] = np.nan
    assert np.isnan(units.mean(values)).all()
    values[: int(0.3 * SIZE)] = 3.0
    assert units.mean(values)[0] == pytest.approx((0.3 * 3 + 0.6) / 0.9)


# The list


def test_ranks_of_units_agree_with_scoring_again_draw_by_draw():
    study, territories, scores, activity, model, called = called_of()
    declared = declared_of(study, scores, scores.hierarchy)
    draws = weight_table(declared, study.robustness, 60)[: len(scores.weights)]
    standing, codes = called.targeting.standing, called.units.codes
    ready, ranks = np.zeros(len(codes)), []
    for draw in draws.T:
        weights = {i.id: w for i, w in zip(scores.indicators, draw, strict=True)}
        drawn = replace(study, indicators=tuple(replace(i, weight=weights[i.id]) for i in study.indicators))
        made = score(drawn, scores.completed)
        readiness, stake = (called.units.mean(made.columns[name]) for name in ("readiness", "score_t"))
        limit = threshold(readiness, study.targeting.readiness_threshold)
        engaged = segment(readiness, limit, standing.high, standing.unknown) == "engage"
        values = priority(percentile_rank(readiness), standing.evidence, percentile_rank(stake))
        ranks.append(np.nan_to_num(order(values, engaged, codes), nan=engaged.sum() + 1))
        ready += readiness > limit
    engaged = called.targeting.columns["segment"] == "engage"
    assert engaged.sum() >= 4 and np.ptp(ranks, axis=0).max() > 0
    listed = (np.array(ranks) <= 4).mean(axis=0)
    np.testing.assert_allclose(called.targeting.shortlist_probability[engaged], listed[engaged])
    low, high = np.quantile(ranks, [0.05, 0.95], axis=0, method="inverted_cdf")
    np.testing.assert_array_equal(called.targeting.columns["rank_low"][engaged], low[engaged])
    np.testing.assert_array_equal(called.targeting.columns["rank_high"][engaged], high[engaged])


def test_units_of_one_territory_each_are_the_territories():
    """Every territory as a unit of its own: scores, segments and ranks are those without units."""
    from smart_territoires_plugin.core.targeting.target import find_targets

    study, territories, scores, activity, model, called = called_of((CallUnits("commune", None, 0.0),))
    plain = find_targets(study, territories, scores, activity)
    assert called.units.codes.tolist() == territories.codes.tolist()
    for name in ("segment", "target_rank", "stability", "recommended_theme", "activity_count", "rank_low", "rank_high"):
        np.testing.assert_array_equal(called.targeting.columns[name], plain.columns[name], err_msg=name)
    for name in ("activity", "evidence", "gap_low", "gap_high", "expected_activity", "segment_probability"):
        np.testing.assert_allclose(called.targeting.columns[name], plain.columns[name], err_msg=name)


def test_a_group_of_one_that_is_called_by_itself_is_not_called_twice():
    territories = territories_in(groups=SIZE)
    units = call_units((CallUnits("epci", "epci"), CallUnits("large", None, 3000.0)), territories, 0.65)
    assert len(units) == SIZE
    assert (units.levels == "large").sum() == (territories.population >= 3000).sum()


def test_the_first_group_that_a_territory_has_counts():
    territories = territories_in(groups=2)
    ept = np.where(np.arange(SIZE) < 10, "T1", "").astype(object)
    territories = replace(territories, groups={**territories.groups, "ept": ept})
    units = call_units((CallUnits("mixed", "ept, epci"),), territories, 0.65)
    assert sorted(units.codes) == ["T1", "e00", "e01"]
    assert units.members.sum() == SIZE


# What is written


@pytest.mark.parametrize(
    ("block", "code"),
    [
        ("call_units: [{group: nowhere}]", "targeting.unknown_group"),
        ("call_units: [{group: epci, population_from: 5}]", "targeting.unit_of_what"),
        ("call_units: [{level: a}]", "targeting.unit_of_what"),
        ("call_units: [{group: epci}, {group: epci}]", "targeting.level_twice"),
        ("register: nowhere", "study.unknown_source"),
        ("peers: {outside: nowhere}", "targeting.unknown_group"),
        ("thresholds: {themes: {nowhere: 1}}", "study.unknown_theme"),
        ("priority: {readiness: 0, stake: 0, evidence: 0}", "targeting.no_exponent"),
        ("decisions: [{code: '1', action: promote, reason: r, author: a, date: d}]", "study.unknown_value"),
        ("decisions: [{code: '1', action: pin}]", "study.missing_key"),
    ],
)
def test_what_is_wrong_with_targeting_is_told_with_its_line(tmp_path, block, code):
    from small_study import write_small_study

    path = write_small_study(tmp_path)
    written = path.read_text(encoding="utf-8")
    lines = [line for line in written.splitlines() if not line.startswith("targeting:")]
    path.write_text("\n".join([*lines, "targeting:", f"  {block}", ""]), encoding="utf-8")
    with pytest.raises(StudyError) as caught:
        read_study(path)
    assert code in [problem.code for problem in caught.value.problems]
    told = next(problem for problem in caught.value.problems if problem.code == code)
    assert told.where.startswith(f"{path.name}:")


def test_frozen_thresholds_give_the_same_units_again(tmp_path):
    """A run, its thresholds written into the study, and a second run: the same lists, at both levels."""
    import pandas as pd
    from small_study import write_small_study

    from smart_territoires_plugin.core.cli import main

    units = {"call_units": [{"group": "epci"}, {"level": "large", "population_from": 5000}]}
    path = write_small_study(tmp_path, 24, change=lambda content: content.update(targeting={"shortlist": 5, **units}))
    assert main(["run", str(path), "--out", str(tmp_path / "a"), "--lang", "en"]) == 0
    assert main(["freeze", str(path), "--run", str(tmp_path / "a"), "--lang", "en"]) == 0
    frozen = read_study(path).targeting
    assert set(frozen.unit_thresholds) == {"readiness", "activity"} and isinstance(frozen.readiness_threshold, float)
    assert main(["run", str(path), "--out", str(tmp_path / "b"), "--lang", "en"]) == 0
    for name in ("territories.csv", "call_units.csv"):
        before, after = (pd.read_csv(tmp_path / folder / name, dtype=str) for folder in "ab")
        pd.testing.assert_series_equal(before["segment"], after["segment"])
        pd.testing.assert_series_equal(before["target_rank"], after["target_rank"])


def test_a_run_without_call_units_takes_the_former_table_away(tmp_path):
    from small_study import write_small_study

    from smart_territoires_plugin.core.cli import main

    units = {"call_units": [{"group": "epci"}]}
    path = write_small_study(tmp_path, 12, change=lambda content: content.update(targeting=units))
    out = tmp_path / "out"
    assert main(["run", str(path), "--out", str(out), "--lang", "en"]) == 0
    assert (out / "call_units.csv").is_file()
    write_small_study(tmp_path, 12)
    assert main(["run", str(path), "--out", str(out), "--lang", "en"]) == 0
    assert not (out / "call_units.csv").exists() and (out / "territories.csv").is_file()


@settings(deadline=None, max_examples=200)
@given(
    # Where k is a million times the mean, scipy's own 1 − p is good to eight digits only.
    mean=st.floats(1e-2, 3000),
    k=st.one_of(st.floats(0.05, 1e4), st.just(np.inf)),
    seen=st.integers(0, 4000),
)
def test_predictions_are_those_of_scipys_distributions(mean, k, seen):
    law = stats.nbinom(k, k / (k + mean)) if np.isfinite(k) else stats.poisson(mean)
    found = predicted(np.array([float(seen)]), np.array([mean]), np.array([k]))
    assert found["gap_low"][0] == law.ppf(0.05) - seen
    assert found["gap_high"][0] == law.ppf(0.95) - seen
    assert found["evidence"][0] == pytest.approx(100 * law.sf(seen), rel=1e-8, abs=1e-10)


@pytest.mark.parametrize("mean", [1e-9, 1e-3, 5.0, 3000.0])
@pytest.mark.parametrize("k", [1e-6, 1e-3, 1e8, 1e12, 1e16])
def test_predictions_at_the_ends_of_dispersion_are_the_smallest_that_reach_their_share(mean, k):
    found = predicted(np.array([0.0]), np.array([mean]), np.array([k]))
    law = stats.nbinom(k, k / (k + mean)) if k < 1e8 else stats.poisson(mean)
    for name, q in (("gap_low", 0.05), ("gap_high", 0.95)):
        assert law.cdf(found[name][0]) >= q - 1e-4
        assert found[name][0] == 0 or law.cdf(found[name][0] - 1) < q + 1e-4
