"""Aggregations: worked examples of the literature, slow loops, and what must hold of every one of them."""

import inspect
import json
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from smart_territoires_plugin.core.errors import ScoringError
from smart_territoires_plugin.core.scoring import outranking
from smart_territoires_plugin.core.scoring.aggregation import AGGREGATIONS, NEEDS_POSITIVE, RELATIVE
from smart_territoires_plugin.core.scoring.imbalance import mazziotta_pareto
from smart_territoires_plugin.core.scoring.means import (
    arithmetic_mean,
    generalised_mean,
    geometric_mean,
    harmonic_mean,
)
from smart_territoires_plugin.core.scoring.ordered_weights import owa
from smart_territoires_plugin.core.scoring.outranking import copeland, promethee_ii
from smart_territoires_plugin.core.scoring.reference_points import topsis, vikor, vikor_measures
from smart_territoires_plugin.core.study import methods

pytestmark = pytest.mark.filterwarnings("error")
NAN = float("nan")
# Each of these is tried for every aggregation, so that few examples of each are many together.
few = settings(max_examples=25, deadline=None)
some = settings(max_examples=60, deadline=None)
SCORES = arrays(float, st.tuples(st.integers(2, 12), st.just(4)), elements=st.integers(1, 24).map(lambda v: v * 4.0))
WEIGHTS = arrays(float, 4, elements=st.integers(1, 20).map(lambda v: v / 10))
# Each aggregation with parameters worth testing.
ASKED = [
    ("arithmetic_mean", {}),
    ("geometric_mean", {}),
    ("harmonic_mean", {}),
    ("generalised_mean", {"power": 3}),
    ("generalised_mean", {"power": 0}),
    ("generalised_mean", {"power": -2.5}),
    ("owa", {}),
    ("owa", {"exponent": 0.4}),
    ("owa", {"order_weights": [1, 2, 3, 4]}),
    ("mazziotta_pareto", {}),
    ("adjusted_mazziotta_pareto", {"penalty": "positive"}),
    ("topsis", {}),
    ("vikor", {}),
    ("vikor", {"v": 0.2}),
    ("promethee_ii", {}),
    ("promethee_ii", {"preference": "v_shape"}),
    ("promethee_ii", {"preference": "linear", "indifference": 5, "strict": 30}),
    ("copeland", {}),
]
MONOTONE = [asked for asked in ASKED if "mazziotta" not in asked[0]]
MEANS = [asked for asked in MONOTONE if asked[0] not in RELATIVE]


def aggregated(asked, scores, weights):
    name, parameters = asked
    return AGGREGATIONS[name](scores, weights, **parameters)


def with_gaps(scores, seed, share=0.25):
    scores = scores.copy()
    scores[np.random.default_rng(seed).uniform(size=scores.shape) < share] = NAN
    return scores


# Worked examples


@pytest.fixture(scope="module")
def cases(oracles):
    found = json.loads((oracles / "mcdm" / "cases.json").read_text(encoding="utf-8"))
    return {case["id"]: case for case in found}


def close(found, case):
    np.testing.assert_allclose(found, case["expected"], rtol=0, atol=case["atol"])


def test_topsis_of_tzeng_and_huang(cases):
    case = cases["topsis_tzeng2011"]
    matrix = np.array(case["matrix"])
    assert case["preprocessing"] == "vector norm"
    close(topsis(matrix / np.sqrt((matrix**2).sum(axis=0)), np.array(case["weights"])) / 100, case)


@pytest.mark.parametrize(("measure", "place"), [("S", 0), ("R", 1), ("Q", 2)])
def test_vikor_of_opricovic_and_tzeng(cases, measure, place):
    case = cases[f"vikor_opricovic2004_{measure}"]
    scores, weights = np.array(case["matrix"]) * case["objectives"], np.array(case["weights"])
    close(vikor_measures(scores, weights)[place], case)
    if measure == "Q":
        np.testing.assert_allclose(vikor(scores, weights), 100 * (1 - np.array(case["expected"])), atol=1e-4)


def test_weighted_sum_of_kracka(cases):
    case = cases["wsm_kracka2010"]
    matrix = np.array(case["matrix"])
    turned = np.where(np.array(case["objectives"]) < 0, 1 / matrix, matrix)
    close(arithmetic_mean(turned / turned.sum(axis=0), np.array(case["weights"])), case)


# Means


@some
@given(SCORES, WEIGHTS)
def test_means_are_in_the_order_of_their_powers(scores, weights):
    powers = [-40, -3, -1, -0.5, 0, 0.5, 1, 2, 40]
    found = [generalised_mean(scores, weights, power) for power in powers]
    for lower, higher in zip(found, found[1:], strict=False):
        assert (lower <= higher + 1e-9).all()
    np.testing.assert_allclose(found[2], harmonic_mean(scores, weights))
    np.testing.assert_allclose(found[4], geometric_mean(scores, weights))
    np.testing.assert_allclose(found[6], arithmetic_mean(scores, weights))
    np.testing.assert_allclose(found[7], np.sqrt((scores**2 @ weights) / weights.sum()))


def test_extreme_powers_come_to_the_extremes():
    scores = np.array([[1.0, 50.0, 100.0], [90.0, 2.0, 3.0], [NAN, NAN, NAN]])
    np.testing.assert_allclose(generalised_mean(scores, np.ones(3), 5000), [100, 90, NAN], rtol=1e-3)
    np.testing.assert_allclose(generalised_mean(scores, np.ones(3), -5000), [1, 2, NAN], rtol=1e-3)
    draws = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])  # the score that decides may weigh nothing in a draw
    assert np.isfinite(generalised_mean(scores[:2], draws, -5000)).all()


@some
@given(SCORES, WEIGHTS)
def test_owa_by_sorting_and_counting(scores, weights):
    np.testing.assert_allclose(owa(scores, weights, exponent=1), arithmetic_mean(scores, weights), atol=1e-9)
    np.testing.assert_allclose(owa(scores, weights, order_weights=[1, 1, 1]), arithmetic_mean(scores, weights))
    np.testing.assert_allclose(owa(scores, np.ones(4), order_weights=[0, 0, 0, 5]), scores.min(axis=1))
    np.testing.assert_allclose(owa(scores, np.ones(4), order_weights=[1, 0, 0, 0]), scores.max(axis=1))
    places = np.array([0.1, 0.2, 0.3, 0.4])
    by_hand = [sum(w * s for w, s in zip(places, sorted(row, reverse=True), strict=True)) for row in scores]
    np.testing.assert_allclose(owa(scores, np.ones(4), order_weights=places), by_hand)
    for row, found in zip(scores, owa(scores, weights, exponent=2), strict=True):
        reached, total = 0.0, 0.0
        for score, weight in sorted(zip(row, weights, strict=True), reverse=True):
            share = weight / weights.sum()
            total += score * ((reached + share) ** 2 - reached**2)
            reached += share
        assert found == pytest.approx(total)


@some
@given(SCORES, WEIGHTS)
def test_mazziotta_pareto_by_hand(scores, weights):
    for row, below, above in zip(
        scores, mazziotta_pareto(scores, weights), mazziotta_pareto(scores, weights, "positive"), strict=True
    ):
        mean = np.average(row, weights=weights)
        deviation = math.sqrt(np.average((row - mean) ** 2, weights=weights))
        assert below == pytest.approx(mean - deviation * deviation / mean)
        assert above == pytest.approx(mean + deviation * deviation / mean)


# Comparison of pairs, by double loops


def slow_pairs(scores, weights, worth):
    """For each territory, what its differences to every other are worth, over what both have."""
    totals = []
    rows = scores.tolist()
    for own in rows:
        total = 0.0
        for other in rows:
            both = [k for k in range(len(weights)) if not (math.isnan(own[k]) or math.isnan(other[k]))]
            whole = sum(weights[k] for k in both)
            if whole > 0:
                total += worth([own[k] - other[k] for k in both], [weights[k] / whole for k in both])
        totals.append(total)
    return np.array(totals)


def slow_score(scores, weights, worth):
    scored = ~np.isnan(scores).all(axis=1)
    made = 50 * (1 + slow_pairs(scores, weights, worth) / max(scored.sum() - 1, 1))
    return np.where(scored, made, NAN)


def majority(differences, weights):
    margin = sum(w * ((d > 0) - (d < 0)) for d, w in zip(differences, weights, strict=True))
    return 0 if abs(margin) < 1e-9 else math.copysign(1, margin)


def flow(preference):
    def worth(differences, weights):
        return sum(w * (preference(d) - preference(-d)) for d, w in zip(differences, weights, strict=True))

    return worth


@some
@given(SCORES, WEIGHTS, st.integers(0, 1000), st.sampled_from([0.0, 0.3]))
def test_copeland_agrees_with_loops(scores, weights, seed, share):
    scores = with_gaps(scores, seed, share)
    np.testing.assert_allclose(copeland(scores, weights), slow_score(scores, weights, majority), atol=1e-9)


@some
@given(SCORES, WEIGHTS, st.integers(0, 1000), st.sampled_from([0.0, 0.3]))
def test_promethee_agrees_with_loops(scores, weights, seed, share):
    scores = with_gaps(scores, seed, share)
    preferences = {
        ("usual", 0.0, None): lambda d: float(d > 0),
        ("v_shape", 0.0, 30.0): lambda d: min(max(d / 30, 0), 1),
        ("linear", 5.0, 30.0): lambda d: min(max((d - 5) / 25, 0), 1),
    }
    for (name, indifference, strict), preference in preferences.items():
        found = promethee_ii(scores, weights, name, indifference, strict)
        np.testing.assert_allclose(found, slow_score(scores, weights, flow(preference)), atol=1e-9)


@pytest.mark.parametrize("n_indicators", [1, 5, 6, 13])
def test_blocks_and_bytes_change_nothing(n_indicators, monkeypatch):
    generator = np.random.default_rng(n_indicators)
    scores = with_gaps(np.round(generator.normal(size=(61, n_indicators)), 1), 1, 0.1)
    weights = generator.uniform(0.5, 2, (n_indicators, 3))
    expected = np.column_stack([slow_score(scores, weights[:, draw], majority) for draw in range(3)])
    usual, v_shape = (
        np.column_stack([slow_score(scores, weights[:, draw], flow(preference)) for draw in range(3)])
        for preference in (lambda d: float(d > 0), lambda d: min(max(d, 0), 1))
    )
    for rows, columns, numbers in ((128, 512, 1 << 20), (7, 20, 300), (61, 61, 1)):
        monkeypatch.setattr(outranking, "_BLOCK_ROWS", rows)
        monkeypatch.setattr(outranking, "_BLOCK_COLUMNS", columns)
        monkeypatch.setattr(outranking, "_BLOCK_NUMBERS", numbers)
        monkeypatch.setattr(outranking, "_DRAWS_AT_ONCE", 1 if rows == 7 else 256)
        np.testing.assert_allclose(copeland(scores, weights), expected, atol=1e-9)
        np.testing.assert_allclose(promethee_ii(scores, weights), usual, atol=1e-9)
        np.testing.assert_allclose(promethee_ii(scores, weights, "v_shape", strict=1), v_shape, atol=1e-9)


def test_more_territories_than_a_block_holds():
    """Of numbers in a row, the k-th beats k others; whatever the blocks, wins and losses add up to nothing."""
    n = 1500
    scores = np.random.default_rng(0).permutation(n).astype(float)[:, None]
    np.testing.assert_allclose(copeland(scores, np.ones(1)), 100 * scores[:, 0] / (n - 1))
    np.testing.assert_allclose(promethee_ii(scores, np.ones(1)), 100 * scores[:, 0] / (n - 1))


@some
@given(SCORES, WEIGHTS, st.integers(0, 1000))
def test_what_one_wins_another_loses(scores, weights, seed):
    for these in (scores, with_gaps(scores, seed)):
        for name, parameters in ASKED:
            if name in ("copeland", "promethee_ii"):
                found = AGGREGATIONS[name](these, weights, **parameters)
                assert np.nansum(found - 50) == pytest.approx(0, abs=1e-9)
                np.testing.assert_allclose(AGGREGATIONS[name](-these, weights, **parameters), 100 - found, atol=1e-9)


def test_a_majority_by_rounding_alone_is_a_tie():
    scores = np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    for order in ([0, 1, 2], [2, 1, 0], [1, 2, 0]):
        assert copeland(scores[:, order], np.array([0.1, 0.2, 0.3])[order]).tolist() == [50, 50]


# What must hold of all


@pytest.mark.parametrize("asked", MONOTONE, ids=str)
@few
@given(scores=SCORES, weights=WEIGHTS, place=st.integers(0, 100), column=st.integers(0, 3), more=st.integers(1, 80))
def test_a_better_score_never_lowers_the_composite(asked, scores, weights, place, column, more):
    row = place % len(scores)
    better = scores.copy()
    better[row, column] += more
    before, after = aggregated(asked, scores, weights), aggregated(asked, better, weights)
    assert after[row] >= before[row] - 1e-9
    if asked[0] not in RELATIVE:
        others = np.arange(len(scores)) != row
        np.testing.assert_array_equal(after[others], before[others])


@pytest.mark.parametrize("asked", MONOTONE, ids=str)
@few
@given(scores=SCORES, weights=WEIGHTS)
def test_a_dominated_territory_is_never_above(asked, scores, weights):
    scores[1] = np.minimum(scores[0], scores[1])
    found = aggregated(asked, scores, weights)
    assert found[1] <= found[0] + 1e-9


@pytest.mark.parametrize("asked", ASKED, ids=str)
@few
@given(scores=SCORES, weights=WEIGHTS, seed=st.integers(0, 1000), factor=st.sampled_from([0.2, 3.0, 64.0]))
def test_order_and_scale_of_weights_do_not_matter(asked, scores, weights, seed, factor):
    scores = with_gaps(scores, seed)
    rows, columns = (np.random.default_rng(seed).permutation(size) for size in scores.shape)
    found = aggregated(asked, scores, weights)
    again = aggregated(asked, scores[rows][:, columns], factor * weights[columns])
    np.testing.assert_allclose(again, found[rows], rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("asked", ASKED, ids=str)
@few
@given(scores=SCORES, seed=st.integers(0, 1000))
def test_draws_are_columns(asked, scores, seed):
    scores = with_gaps(scores, seed)
    weights = np.random.default_rng(seed).uniform(0.2, 2, (4, 3))
    many = aggregated(asked, scores, weights)
    assert many.shape == (len(scores), 3)
    for draw in range(3):
        np.testing.assert_allclose(many[:, draw], aggregated(asked, scores, weights[:, draw]), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("asked", ASKED, ids=str)
@few
@given(scores=SCORES, weights=WEIGHTS, seed=st.integers(0, 1000))
def test_gaps_are_left_out_and_only_they_are_missing(asked, scores, weights, seed):
    scores = with_gaps(scores, seed)
    kept = scores.copy()
    found = aggregated(asked, scores, weights)
    np.testing.assert_array_equal(scores, kept)
    np.testing.assert_array_equal(np.isnan(found), np.isnan(scores).all(axis=1))
    # An indicator that nobody has, and one without weight, are the same as none.
    extended = np.column_stack([scores, np.full(len(scores), NAN), np.arange(len(scores)) - 3.0])
    if "order_weights" not in asked[1]:
        again = aggregated(asked, extended, np.append(weights, [1.0, 0.0]))
        np.testing.assert_allclose(again, found, rtol=1e-12, atol=1e-9)


@pytest.mark.parametrize("asked", MEANS, ids=str)
@few
@given(scores=SCORES, weights=WEIGHTS, seed=st.integers(0, 1000))
def test_means_lie_between_the_scores_and_know_no_other_territory(asked, scores, weights, seed):
    scores = with_gaps(scores, seed)
    assume(not np.isnan(scores).all(axis=1).any())
    found = aggregated(asked, scores, weights)
    assert (found >= np.nanmin(scores, axis=1) - 1e-9).all() and (found <= np.nanmax(scores, axis=1) + 1e-9).all()
    alone = [aggregated(asked, scores[[row]], weights)[0] for row in range(len(scores))]
    np.testing.assert_allclose(found, alone, rtol=1e-14)
    np.testing.assert_allclose(aggregated(asked, 3 * scores, weights), 3 * found, rtol=1e-9)


@pytest.mark.parametrize("asked", [asked for asked in ASKED if asked[0] in RELATIVE], ids=str)
@few
@given(scores=SCORES, weights=WEIGHTS, seed=st.integers(0, 1000))
def test_comparisons_go_from_0_to_100_and_know_no_common_unit(asked, scores, weights, seed):
    scores = with_gaps(scores, seed)
    found = aggregated(asked, scores, weights)
    assert np.nanmin(np.append(found, 50)) >= -1e-9 and np.nanmax(np.append(found, 50)) <= 100 + 1e-9
    if asked[1].get("preference") != "linear":
        np.testing.assert_allclose(aggregated(asked, 8 * scores - 100, weights), found, atol=1e-9)


@pytest.mark.parametrize("asked", [asked for asked in ASKED if asked[0] in RELATIVE], ids=str)
def test_where_nothing_tells_territories_apart_all_stand_in_the_middle(asked):
    for size in (1, 2, 5):
        assert aggregated(asked, np.full((size, 3), 7.0), np.ones(3)).tolist() == [50] * size
    unlike = np.array([[7.0, NAN, NAN], [NAN, 3.0, NAN], [NAN, NAN, NAN]])
    np.testing.assert_array_equal(aggregated(asked, unlike, np.ones(3)), [50, 50, NAN])


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_without_scores_or_weights_there_is_none(asked):
    assert np.isnan(aggregated(asked, np.full((3, 2), NAN), np.ones(2))).all()
    assert np.isnan(aggregated(asked, np.full((3, 2), 5.0), np.zeros(2))).all()
    assert aggregated(asked, np.zeros((0, 2)), np.ones(2)).shape == (0,)
    assert aggregated(asked, np.zeros((0, 2)), np.ones((2, 3))).shape == (0, 3)


# Refusals


@pytest.mark.parametrize("name", sorted(NEEDS_POSITIVE))
@pytest.mark.parametrize("bad", [0.0, -3.0])
def test_a_zero_is_refused_where_it_would_annul(name, bad):
    parameters = {"power": -1} if name == "generalised_mean" else {}
    scores = np.array([[5.0, 5.0], [bad, 5.0], [NAN, 1.0]])
    with pytest.raises(ScoringError) as refused:
        AGGREGATIONS[name](scores, np.ones(2), **parameters)
    (problem,) = refused.value.problems
    assert problem.code == "method.score_not_positive"
    assert problem.values == {"aggregation": name, "count": 1, "examples": f"{bad:g}"}
    assert np.isfinite(AGGREGATIONS[name](scores, np.array([0.0, 1.0]), **parameters)).all()


def test_parameters_that_cannot_be_are_refused():
    scores = np.ones((2, 2))
    for attempt in (
        lambda: owa(scores, np.ones(2), order_weights=[0, 0]),
        lambda: owa(scores, np.ones(2), order_weights=[2, -1]),
        lambda: promethee_ii(scores, np.ones(2), "linear", 3, 3),
    ):
        with pytest.raises(ScoringError):
            attempt()


def test_every_aggregation_that_a_study_may_name_is_there_with_its_parameters():
    here = {name for name, spec in methods.AGGREGATIONS.items() if not spec.in_engine}
    assert set(AGGREGATIONS) == here
    for name, method in AGGREGATIONS.items():
        taken = set(inspect.signature(method).parameters) - {"scores", "weights"}
        assert taken == set(methods.AGGREGATIONS[name].parameters), name
    assert here >= NEEDS_POSITIVE and here >= RELATIVE - {"benefit_of_the_doubt"}
