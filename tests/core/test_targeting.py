"""Targeting: segments, the model of activity, priority, peers and stability, against slow and closed forms."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from synthetic import make_study, matrix

from smart_territoires_plugin.core.measures.measured import measured
from smart_territoires_plugin.core.models.expected_activity import fit_null_model
from smart_territoires_plugin.core.scoring import score
from smart_territoires_plugin.core.scoring.normalisation import percentile_rank
from smart_territoires_plugin.core.scoring.robustness import weight_table
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.study import Indicator, Measure, Method, Robustness, Source, Targeting
from smart_territoires_plugin.core.study.model import Name
from smart_territoires_plugin.core.targeting.activity import Activity, gather
from smart_territoires_plugin.core.targeting.list_without import list_without_each
from smart_territoires_plugin.core.targeting.peers import find_peers, likeness
from smart_territoires_plugin.core.targeting.priority import order, priority, recommended_theme
from smart_territoires_plugin.core.targeting.reasons import Reasons
from smart_territoires_plugin.core.targeting.segments import active, segment, threshold
from smart_territoires_plugin.core.targeting.stability import declared_of, listing_of, stamp
from smart_territoires_plugin.core.targeting.standing import sure
from smart_territoires_plugin.core.targeting.target import find_targets

SIZE = 60


def make_territories(size=SIZE, seed=0, population=True):
    generator = np.random.default_rng(seed)
    codes = np.array([f"{10_000 + i}" for i in range(size)], dtype=object)
    people = np.round(generator.lognormal(7, 1, size)) if population else np.full(size, np.nan)
    epci = np.array([f"e{i % 6}" for i in range(size)], dtype=object)
    empty = np.full(size, "", dtype=object)
    return Territories(codes, codes, people, {"epci": epci}, np.full(size, None, dtype=object), empty, ())


def make_activity(territories, seed=0, unknown=5):
    generator = np.random.default_rng(seed)
    people = np.nan_to_num(territories.population, nan=1000)
    counts = generator.poisson(people / 1000).astype(float)
    status = np.where(counts > 0, "documented", "searched_none_found").astype(object)
    counts[:unknown], status[:unknown] = np.nan, "not_searched"
    return Activity(counts, status, {"t": np.nan_to_num(counts)})


def find(study=None, values=None, territories=None, activity=None):
    study = study or replace(make_study(), robustness=Robustness(draws=200, seed=3), targeting=Targeting(shortlist=10))
    territories = territories or make_territories()
    activity = activity or make_activity(territories)
    scores = score(study, matrix(len(territories), seed=1) if values is None else values)
    return study, territories, scores, find_targets(study, territories, scores, activity)


# Segments


@pytest.mark.parametrize(
    ("readiness", "rate", "count", "expected"),
    [
        (60, 6, 3, "showcase"),
        (60, 5, 3, "engage"),  # high is strictly above the threshold
        (50, 6, 3, "support"),
        (50, 1, 3, "raise_awareness"),
        (60, 6, 0, "engage"),  # and activity also above 0
        (60, np.nan, np.nan, "verify"),
        (40, np.nan, np.nan, "raise_awareness"),
        (np.nan, 6, 3, "insufficient_data"),
        (np.nan, np.nan, np.nan, "insufficient_data"),
    ],
)
def test_segment_rules(readiness, rate, count, expected):
    count = np.array([count], dtype=float)
    high = active(np.array([rate], dtype=float), count, 5.0)
    assert segment(np.array([readiness], dtype=float), 50.0, high, np.isnan(count))[0] == expected


def test_threshold_is_a_number_or_a_quantile():
    values = np.array([5.0, np.nan, 1.0, 3.0])
    assert threshold(values, 7.5) == 7.5
    assert threshold(values, Method("quantile", {"q": 0.5})) == 3.0
    assert np.isnan(threshold(np.array([np.nan]), Method("quantile", {"q": 0.5})))


# Activity


def test_activity_is_zero_only_where_it_was_searched():
    source = Source("a", None, status="proxy")
    measure = Measure("count", "a", None, {})
    indicator = Indicator("a", Name("a", "a"), "activity", measure)
    study = replace(make_study(), indicators=(indicator,), sources={"a": source})
    found = {"a": measured(np.array([2.0, 0.0, np.nan]))}
    partial = gather(study, found, 3)
    assert partial.status.tolist() == ["documented", "not_searched", "not_searched"]
    assert np.isnan(partial.count[1:]).all()
    exhaustive = replace(study, sources={"a": replace(source, survey="exhaustive")})
    full = gather(exhaustive, found, 3)
    assert full.status.tolist() == ["documented", "searched_none_found", "not_searched"]
    assert full.count[:2].tolist() == [2, 0]


def test_null_model_conserves_the_total_and_spares_the_unknown():
    territories = make_territories()
    activity = make_activity(territories)
    model = fit_null_model(activity.count, territories.population)
    known = ~np.isnan(activity.count)
    assert model.expected[known].sum() == pytest.approx(activity.count[known].sum())
    np.testing.assert_allclose(model.expected / territories.population, model.expected[0] / territories.population[0])
    assert np.isnan(model.evidence[~known]).all() and np.isnan(model.shrunken_rate[~known]).all()


def test_null_model_finds_the_dispersion_that_made_the_counts():
    generator = np.random.default_rng(4)
    population = generator.lognormal(9, 1, 4000)
    mean, k = population * 5e-4, 3.0
    counts = generator.negative_binomial(k, k / (k + mean)).astype(float)
    model = fit_null_model(counts, population)
    assert 2.6 < model.dispersion < 3.4
    # The published interval holds the counts it should: at least 90 % and, counts being whole, somewhat more.
    inside = (model.gap_low <= 0) & (model.gap_high >= 0)
    assert 0.89 < inside.mean() < 0.99
    of_these = stats.nbinom(model.dispersion, model.dispersion / (model.dispersion + model.expected))
    np.testing.assert_allclose(model.evidence, 100 * (1 - of_these.cdf(counts)), atol=1e-9)


@given(st.floats(0.01, 100), st.integers(0, 40))
def test_shrunken_rate_lies_between_own_and_overall(scale, extra):
    population = np.array([500.0, 3000.0, 20_000.0, 800.0]) * scale
    counts = np.array([0.0, 2.0, 7.0, float(extra)])
    model = fit_null_model(counts, population)
    overall, own = 1e4 * counts.sum() / population.sum(), 1e4 * counts / population
    low, high = np.minimum(overall, own), np.maximum(overall, own)
    assert (model.shrunken_rate >= low * (1 - 1e-9)).all() and (model.shrunken_rate <= high * (1 + 1e-9)).all()


@pytest.mark.parametrize("counts", [[0.0, 0.0, 0.0], [np.nan] * 3])
def test_empty_register(counts, recwarn):
    model = fit_null_model(np.array(counts), np.array([10.0, 20.0, 0.0]))
    assert not (model.shrunken_rate > 0).any()
    assert not recwarn.list


# Priority, themes


def test_priority_is_the_floored_geometric_mean():
    found = priority(np.array([80.0, 0.0]), np.array([20.0, 50.0]), np.array([np.nan, 2.0]))
    assert found == pytest.approx([40.0, 100 ** (1 / 3)])


def test_order_follows_codes_where_priorities_are_equal():
    codes = np.array(["c", "a", "b", "d"], dtype=object)
    ranks = order(np.array([5.0, 5.0, 9.0, 99.0]), np.array([True, True, True, False]), codes)
    assert ranks[:3].tolist() == [3, 2, 1] and np.isnan(ranks[3])


def test_theme_is_the_weightiest_stake_that_is_not_worked_on():
    percentiles = np.array([[80.0, 60.0], [80.0, 60.0], [80.0, 60.0], [np.nan, 10.0], [np.nan, np.nan]])
    projects = np.array([[0, 0], [1, 0], [0, 0], [0, 0], [0, 0]])
    theme, stake = recommended_theme(percentiles, np.array([1.0, 1.0]), projects)
    assert theme.tolist() == [0, 1, 0, 1, -1]
    np.testing.assert_array_equal(stake, [80, 60, 80, 10, np.nan])
    assert recommended_theme(percentiles, np.array([1.0, 2.0]), projects)[0][0] == 1


# Peers


def test_peer_is_the_nearest_active_territory_elsewhere():
    study, territories, scores, found = find()
    coordinates = likeness(scores.normalised, territories.population)
    np.testing.assert_allclose(coordinates.mean(axis=0), 0, atol=1e-9)
    np.testing.assert_allclose(coordinates.std(axis=0), 1)
    is_active = np.arange(SIZE) % 4 == 0
    group = territories.groups["epci"]
    theme = np.full(SIZE, "t", dtype=object)
    targets = np.flatnonzero(~is_active)
    peers = find_peers(targets, is_active, theme, {"t": is_active.astype(float)}, coordinates, group)
    for target, peer in zip(targets, peers, strict=True):
        distances = {
            row: np.linalg.norm(coordinates[row] - coordinates[target])
            for row in np.flatnonzero(is_active)
            if group[row] != group[target]
        }
        assert peer == min(distances, key=distances.get)


def test_no_peer_where_nobody_else_is_active():
    coordinates = np.zeros((3, 2))
    group = np.array(["a", "a", "b"], dtype=object)
    theme = np.full(3, "t", dtype=object)
    peers = find_peers(np.array([0]), np.array([False, True, False]), theme, {}, coordinates, group)
    assert peers.tolist() == [-1]


# The whole list


def test_ranks_are_one_to_n_within_engage_only():
    _, _, _, found = find()
    segments, ranks = found.columns["segment"], found.columns["target_rank"]
    engaged = segments == "engage"
    assert engaged.sum() > 5
    assert sorted(ranks[engaged]) == list(range(1, engaged.sum() + 1))
    assert np.isnan(ranks[~engaged]).all() and np.isnan(found.columns["priority"][~engaged]).all()
    by_rank = found.columns["priority"][engaged][np.argsort(ranks[engaged])]
    assert (np.diff(by_rank) <= 0).all()
    assert (found.columns["stability"][~engaged] == "").all()


def test_without_drawn_error_the_ranks_are_the_published_ones():
    study = replace(
        make_study(), robustness=Robustness(draws=700, seed=1, error_share=0.0), targeting=Targeting(shortlist=4)
    )
    values = np.round(matrix(SIZE, seed=8), -1)  # with ties
    _, _, _, found = find(study, values)
    engaged = found.columns["segment"] == "engage"
    for column in ("rank_low", "rank_high"):
        np.testing.assert_array_equal(found.columns[column][engaged], found.columns["target_rank"][engaged])
    chance = activity_is_as_published(study, make_activity(make_territories()), make_territories(), found)
    np.testing.assert_allclose(found.columns["segment_probability"], chance)
    np.testing.assert_array_equal(found.shortlist_probability == 1, found.columns["target_rank"] <= 4)


def activity_is_as_published(study, activity, territories, found):
    """Chance that a territory's activity is on the side of the threshold on which it is published, drawn the slow way.

    The rate of a territory with a project has a gamma posterior; one without, or unknown, is where it is for sure.
    """
    model = fit_null_model(activity.count, territories.population)
    limit = threshold(model.shrunken_rate, study.targeting.activity_threshold)
    rate = 1e4 * np.nansum(activity.count) / territories.population[~np.isnan(activity.count)].sum()
    chances = []
    for row in range(len(territories)):
        count, expected = activity.count[row], model.expected[row]
        if not count > 0:
            chances.append(1.0)
            continue
        posterior = stats.gamma(count + model.dispersion, scale=rate / (expected + model.dispersion))
        high = found.columns["segment"][row] in ("showcase", "support")
        chances.append(posterior.sf(limit) if high else posterior.cdf(limit))
    return np.array(chances)


def test_stability_agrees_with_scoring_again_draw_by_draw():
    """The slow way: score the study anew with each draw's weights and rank as the published list does."""
    study, territories, scores, found = find()
    activity = make_activity(territories)
    declared = declared_of(study, scores, scores.hierarchy)
    draws = weight_table(declared, study.robustness, 200)[: len(scores.weights)]
    assert (np.ptp(draws, axis=1) > 0.4 * scores.weights).all()
    same, listed, ranks = np.zeros(SIZE), np.zeros(SIZE), []
    for draw in draws.T:
        weights = {i.id: w for i, w in zip(scores.indicators, draw, strict=True)}
        drawn = replace(study, indicators=tuple(replace(i, weight=weights[i.id]) for i in study.indicators))
        drawn = replace(drawn, robustness=Robustness(draws=1))
        one = find_targets(drawn, territories, score(drawn, scores.completed), activity)
        same += one.columns["segment"] == found.columns["segment"]
        listed += one.columns["target_rank"] <= 10
        last = (one.columns["segment"] == "engage").sum() + 1
        ranks.append(np.nan_to_num(one.columns["target_rank"], nan=last))
    chance = activity_is_as_published(study, activity, territories, found)
    np.testing.assert_allclose(found.columns["segment_probability"], same / 200 * chance)
    np.testing.assert_allclose(found.shortlist_probability, listed / 200)
    engaged = found.columns["segment"] == "engage"
    ordered = np.sort(ranks, axis=0)[:, engaged]
    np.testing.assert_array_equal(found.columns["rank_low"][engaged], ordered[9])  # 10 of 200 draws: 5 %
    np.testing.assert_array_equal(found.columns["rank_high"][engaged], ordered[189])


def test_stamp_falls_to_the_lower_within_the_error_of_a_cut():
    assert stamp(np.array([1.0, 0.93, 0.91, 0.9, 0.55, 0.51, 0.0]), 1000).tolist() == [
        "core",
        "core",
        "probable",
        "probable",
        "probable",
        "debatable",
        "debatable",
    ]


def test_the_list_without_an_indicator_is_that_of_a_study_without_it():
    study, territories, scores, found = find(values=matrix(SIZE, seed=1))
    two_themes = replace(
        study,
        themes=(*study.themes, replace(study.themes[0], id="u", weight=2.0)),
        indicators=tuple(replace(i, theme="u") if i.id == "s1" else i for i in study.indicators),
    )
    activity = make_activity(territories)
    high = active_of(study, activity, territories)
    for asked, names in ((study, ["s0", "s1", "f0", "f1", "f2"]), (two_themes, ["f0", "f1", "f2", "t", "u"])):
        scores = score(asked, matrix(SIZE, seed=1))
        before = find_targets(asked, territories, scores, activity)
        projects = np.column_stack([activity.by_theme.get(theme.id, np.zeros(SIZE)) for theme in asked.scored_themes])
        listing, _ = listing_of(asked, scores, sure(*high, projects), territories.codes)
        made = list_without_each(asked, scores, listing)
        assert [one.id for one in made] == names
        for one in made:
            less = replace(
                asked,
                indicators=tuple(replace(i, weight=0.0) if i.id == one.id else i for i in asked.indicators),
                themes=tuple(replace(t, weight=0.0) if t.id == one.id else t for t in asked.themes),
                robustness=Robustness(draws=1),
                scoring=replace(asked.scoring, min_availability=0.0),
            )
            again = find_targets(less, territories, score(less, scores.completed), activity)
            last = (again.columns["segment"] == "engage").sum() + 1
            ranks = np.nan_to_num(again.columns["target_rank"], nan=last)
            engaged = before.columns["segment"] == "engage"
            assert one.rank_change == pytest.approx(np.abs(ranks - before.columns["target_rank"])[engaged].mean())
            assert one.moved_segment == (again.columns["segment"] != before.columns["segment"]).sum()
            first = before.columns["target_rank"] <= 10
            assert one.shortlist_kept == pytest.approx((ranks[first] <= 10).mean())


def active_of(study, activity, territories):
    """High activity, unknown activity and evidence, as ``find_targets`` has them."""
    model = fit_null_model(activity.count, territories.population)
    limit = threshold(model.shrunken_rate, study.targeting.activity_threshold)
    return active(model.shrunken_rate, activity.count, limit), np.isnan(activity.count), model.evidence


@pytest.mark.parametrize("draws", [10, 50, 200, 1000, 10_000])
@pytest.mark.parametrize(("cut", "name"), [(0.9, "core"), (0.5, "probable")])
def test_stamp_keeps_to_its_error(draws, cut, name):
    """Of territories whose true probability is the cut, about one in twenty is stamped above it by chance."""
    counts = np.arange(draws + 1)
    higher = {"core": ("core",), "probable": ("core", "probable")}[name]
    passed = np.isin(stamp(counts / draws, draws), higher)
    assert stats.binom.pmf(counts[passed], draws, cut).sum() <= 0.065  # counts are whole
    assert stats.binom.pmf(counts[passed], draws, cut + 4 * np.sqrt(cut * (1 - cut) / draws)).sum() > 0.9 or draws < 200


def test_many_territories_are_listed_as_few_are(monkeypatch):
    """Counting percentiles in buckets of single-precision scores, against sorting all in double precision."""
    from smart_territoires_plugin.core.scoring import drawn_parts
    from smart_territoires_plugin.core.targeting import drawn_lists

    size = 4500
    values = np.exp(0.05 * matrix(size, seed=3, gaps=0.02))  # skewed
    asked = Robustness(draws=40, seed=3, normalisation=(Method("rank"),), thresholds=0.1)
    study = replace(make_study(), robustness=asked, targeting=Targeting(shortlist=200))
    territories = make_territories(size)
    *_, counted = find(study, values, territories)
    for module in (drawn_parts, drawn_lists):
        monkeypatch.setattr(module, "EXACT_SIZE", size)
    *_, exact = find(study, values, territories)
    engaged = counted.columns["segment"] == "engage"
    for column in ("rank_low", "rank_high"):
        moved = np.abs(counted.columns[column] - exact.columns[column])[engaged]
        # A percentile that is off by a tenth of a point moves a territory by a few places of a thousand.
        assert moved.max() <= 5 and moved.mean() < 0.5
    np.testing.assert_allclose(counted.shortlist_probability, exact.shortlist_probability, atol=2 / 40)
    np.testing.assert_allclose(
        counted.columns["segment_probability"], exact.columns["segment_probability"], atol=1 / 40 + 1e-9
    )


def test_without_population_the_rest_works():
    territories = make_territories(population=False)
    _, _, _, found = find(territories=territories)
    assert {"engage", "showcase", "verify"} <= set(found.columns["segment"])
    assert np.isnan(found.columns["expected_activity"]).all() and np.isnan(found.columns["activity"]).all()


def test_unknown_population_of_one_territory_makes_its_activity_unknown():
    territories = make_territories()
    population = territories.population.copy()
    population[[10, 11]] = np.nan
    activity = make_activity(territories)
    activity.count[10], activity.count[11] = 4, 0
    values = matrix(SIZE, seed=1)
    values[[10, 11]] = 1000  # readiest of all
    _, _, _, found = find(values=values, territories=replace(territories, population=population), activity=activity)
    assert found.columns["segment"][[10, 11]].tolist() == ["verify", "engage"]


def test_without_activity_segments_rest_on_readiness():
    territories = make_territories()
    nothing = Activity(np.full(SIZE, np.nan), np.full(SIZE, "", dtype=object), {})
    _, _, _, found = find(activity=nothing, territories=territories)
    assert set(found.columns["segment"]) == {"verify", "raise_awareness"}


def test_without_success_factors_their_columns_are_empty():
    study = replace(make_study(factors=0), robustness=Robustness(draws=10))
    _, _, _, found = find(study, matrix(SIZE, columns=2))
    assert (found.columns["segment"] == "").all() and np.isnan(found.columns["target_rank"]).all()


def test_reasons_say_which_values_are_missing_and_never_invent_any():
    study, territories, scores, found = find(values=matrix(SIZE, seed=1, gaps=0.25))
    empty = np.full(SIZE, "", dtype=object)
    flags = {i.id: empty for i in study.indicators}
    reasons = Reasons(study, territories, scores, found, flags)
    lacking = np.flatnonzero(found.columns["segment"] == "insufficient_data")
    assert lacking.size
    for row in lacking:
        absent = {
            i.id for k, i in enumerate(scores.indicators) if i.id[0] == "f" and np.isnan(scores.completed[row, k])
        }
        english = reasons(row, "en").split("\n")[0]
        assert all(name in english for name in absent)
        assert f"{100 * (3 - len(absent)) / 3:.0f}%" in english
    assert percentile_rank(np.array([1.0, 2.0])).tolist() == [0, 100]
