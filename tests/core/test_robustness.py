"""Draws: against simulated truth, against scoring again draw by draw, and the same on any number of cores."""

import csv
import subprocess
import sys
import warnings
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from rank_simulator import make_world, ranks_of
from test_scoring import ORACLES

from smart_territoires_plugin.core.engine import run_tasks
from smart_territoires_plugin.core.errors import ScoringError
from smart_territoires_plugin.core.scoring.alternatives import alternatives
from smart_territoires_plugin.core.scoring.drawn_parts import EXACT_SIZE, Simulation
from smart_territoires_plugin.core.scoring.hierarchy import Composite, Hierarchy, composite_scores
from smart_territoires_plugin.core.scoring.leaving_out import leave_one_out
from smart_territoires_plugin.core.scoring.normalisation import NORMALISATIONS, percentile_rank
from smart_territoires_plugin.core.scoring.percentiles_of_draws import (
    WORST_ERROR,
    best_scale,
    ordered_scores,
    percentiles_of_draws,
)
from smart_territoires_plugin.core.scoring.rank_intervals import rank_quantiles, rank_stability, ranks_of_draws
from smart_territoires_plugin.core.scoring.robustness import (
    GROUPS,
    choices_at,
    declared_weights,
    draw_choices,
    drawn_groups,
    weight_table,
)
from smart_territoires_plugin.core.scoring.simulation import product, simulate
from smart_territoires_plugin.core.study.framework import FrameworkIndicator
from smart_territoires_plugin.core.study.model import Error, Method, Name, Robustness, Scoring

ARITHMETIC, GEOMETRIC = Method("arithmetic_mean"), Method("geometric_mean")
SCORING = Scoring(Method("renormalise"))


def tree(sizes=(3, 2, 2), inner=ARITHMETIC, outer=ARITHMETIC):
    """Groups of indicators below one index."""
    count, composites, start = sum(sizes), [], 0
    for place, size in enumerate(sizes):
        composites.append(Composite(f"g{place}", tuple(range(start, start + size)), inner))
        start += size
    index = Composite("index", tuple(range(count, count + len(sizes))), outer)
    return Hierarchy(count, (*composites, index))


def described(directions, errors=None):
    errors = errors or [None] * len(directions)
    return [
        FrameworkIndicator(f"i{k}", Name("", ""), "g", direction=direction, error=error)
        for k, (direction, error) in enumerate(zip(directions, errors, strict=True))
    ]


def normalised_by(values, directions, method=SCORING.normalisation):
    normalise = partial(NORMALISATIONS[method.name], **method.parameters)
    return np.column_stack([normalise(column, d) for column, d in zip(values.T, directions, strict=True)])


def drawn_from(values, asked, directions=None, errors=None, scoring=SCORING, completed=None):
    directions = directions or [1] * values.shape[1]
    normalised = normalised_by(values, directions, scoring.normalisation)
    return alternatives(described(directions, errors), completed or [values], normalised, scoring, asked)


def some_values(size=40, columns=7, seed=0, gaps=0.0):
    generator = np.random.default_rng(seed)
    values = generator.lognormal(2, 0.6, (size, columns))
    values[generator.uniform(size=values.shape) < gaps] = np.nan
    return values


def scores_by_draw(simulation, choices, run=None):
    """All scores of all draws, as ``simulate`` hands them on."""
    found = {column: np.empty((len(choices), simulation.size), simulation.precision) for column in simulation.wanted}

    def keep(draws, made):
        for column, scores in made.items():
            found[column][draws] = scores

    simulate(simulation, choices, keep, *([run] if run else []))
    return found


def threads(workers):
    return lambda task, items, step: run_tasks(task, items, workers, step)


# The truth


@pytest.mark.parametrize(
    ("declared", "truth"),
    [
        (Robustness(draws=400), {"share": 0.25}),
        (Robustness(draws=400, weights=Method("dirichlet", {"concentration": 20.0})), {"concentration": 20.0}),
        (Robustness(draws=400), {"share": 0.25, "error_share": 0.1, "error_value": 0.5}),
        (Robustness(draws=400, error_share=0.0), {"share": 0.0, "error_share": 0.1, "error_value": 0.5}),
    ],
)
def test_rank_intervals_hold_the_truth(declared, truth):
    """Worlds whose true weights and values are drawn as declared: nine in ten true ranks lie within."""
    held, count, widths = 0, 0, []
    for seed in range(25):
        world = make_world(seed, **truth)
        values = np.array(world.values)
        errors = [Error(*error) if any(error) else None for error in world.errors]
        drawn = drawn_from(values, declared, world.directions, errors)
        weights = np.array([*world.weights, *world.node_weights, 1.0])
        found = rank_stability(tree(), drawn, weights, replace(declared, seed=seed), 10, 5)
        held += ((found.rank_low <= world.true_ranks) & (world.true_ranks <= found.rank_high)).sum()
        count += len(values)
        widths.append((found.rank_high - found.rank_low).mean())
    assert held / count >= 0.88
    # And not by being wide: intervals that hold everything would say nothing.
    assert held / count <= 0.99 and np.mean(widths) < 0.4 * len(values)


def test_shortlist_probabilities_are_kept():
    """Of territories that are listed in about p of the draws, about p are on the true list."""
    shares, truths = [], []
    for seed in range(40):
        world = make_world(1000 + seed, share=0.25, error_share=0.15)
        values = np.array(world.values)
        errors = [Error(*error) if any(error) else None for error in world.errors]
        asked = Robustness(draws=300, seed=seed)
        weights = np.array([*world.weights, *world.node_weights, 1.0])
        drawn = drawn_from(values, asked, world.directions, errors)
        shares.append(rank_stability(tree(), drawn, weights, asked, 10, 10).shortlist_probability)
        truths.append(np.array(world.true_ranks) <= 10)
    shares, truths = np.concatenate(shares), np.concatenate(truths)
    for low, high in ((0.0, 0.1), (0.1, 0.5), (0.5, 0.9), (0.9, 1.0)):
        inside = (shares >= low) & (shares <= high)
        error = 4 * np.sqrt(max(shares[inside].mean() * (1 - shares[inside].mean()), 0.01) / inside.sum())
        assert abs(truths[inside].mean() - shares[inside].mean()) < error


def test_without_drawn_error_the_ranks_are_those_of_the_declared_weights():
    world = make_world(3)
    asked = Robustness(draws=700, error_share=0.0)
    weights = np.array([*world.weights, *world.node_weights, 1.0])
    found = rank_stability(tree(), drawn_from(np.array(world.values), asked, world.directions), weights, asked, 10, 5)
    expected = ranks_of(world.values, world.directions, world.groups, world.weights, world.node_weights)
    for column in (found.rank_low, found.rank_median, found.rank_high):
        assert column.tolist() == expected
    assert found.rank_change == 0
    assert (found.shortlist_probability == (np.array(expected) <= 5)).all()


# Draw by draw


@pytest.mark.parametrize("gaps", [0.0, 0.15])
@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        (ARITHMETIC, ARITHMETIC),
        (GEOMETRIC, GEOMETRIC),
        (GEOMETRIC, ARITHMETIC),
        (ARITHMETIC, Method("generalised_mean", {"power": 2.0})),
        (Method("harmonic_mean"), GEOMETRIC),
        (Method("mazziotta_pareto"), Method("copeland")),
        (Method("topsis"), ARITHMETIC),
    ],
)
def test_draws_agree_with_scoring_again_one_by_one(inner, outer, gaps):
    values = some_values(gaps=gaps)
    scoring = replace(SCORING, aggregation=inner)
    asked = Robustness(draws=30, seed=4, normalisation=(Method("rank"),), aggregation=(ARITHMETIC, GEOMETRIC))
    drawn = drawn_from(values, asked, [1, -1, 1, 1, -1, 1, 1], scoring=scoring)
    hierarchy = tree(inner=inner, outer=outer)
    weights = np.array([1.0, 2, 3, 1, 1, 0, 1, 2, 1, 1, 1])
    simulation = Simulation(hierarchy, drawn, (7, 10))
    choices = draw_choices(asked, declared_weights(hierarchy, weights), drawn.counts)
    assert len(set(choices.normalisation)) == 2 and len(set(choices.aggregation)) == len(drawn.aggregations)
    found = scores_by_draw(simulation, choices)
    for draw in range(30):
        method = drawn.aggregations[choices.aggregation[draw]]
        again = replace(
            hierarchy,
            composites=tuple(
                replace(made, aggregation=method) if made.aggregation == inner else made
                for made in hierarchy.composites
            ),
        )
        matrix = normalised_by(values, [1, -1, 1, 1, -1, 1, 1], drawn.normalisations[choices.normalisation[draw]])
        expected = composite_scores(again, matrix, choices.weights[:, draw])
        for column in (7, 10):
            np.testing.assert_allclose(found[column][draw], expected[:, column - 7], rtol=1e-9)


def test_single_precision_agrees_to_its_own_error():
    values = some_values(EXACT_SIZE + 1, gaps=0.05)
    asked = Robustness(draws=5, seed=4)
    drawn = drawn_from(values, asked)
    simulation = Simulation(tree(), drawn, (10,))
    choices = draw_choices(asked, declared_weights(tree(), np.ones(11)), drawn.counts)
    found = scores_by_draw(simulation, choices)[10]
    assert found.dtype == np.float32
    expected = composite_scores(tree(), drawn.normalised, choices.weights)[:, -1].T
    np.testing.assert_allclose(found, expected, rtol=2e-6)


def test_a_score_that_is_not_published_is_in_no_draw():
    values = some_values()
    asked = Robustness(draws=20)
    published = np.ones((40, 4))
    published[3, 3] = np.nan  # the index of one territory
    published[5, 0] = np.nan  # a group of another, whose index then rests on the other groups
    drawn = drawn_from(values, asked)
    found = rank_stability(tree(), drawn, np.ones(11), asked, 10, 5, published)
    assert np.isnan(found.rank_low[3]) and found.shortlist_probability[3] == 0
    assert not np.isnan(np.delete(found.rank_low, 3)).any() and found.rank_high[~np.isnan(found.rank_high)].max() <= 39
    choices = draw_choices(asked, declared_weights(tree(), np.ones(11)), drawn.counts)
    scores = scores_by_draw(Simulation(tree(), drawn, (10,), np.isnan(published)), choices)[10]
    without = drawn.normalised.copy()
    without[5, :3] = np.nan
    expected = composite_scores(tree(), without, choices.weights)[5, -1]
    np.testing.assert_allclose(scores[:, 5], expected, rtol=1e-12)


def test_each_territory_is_followed_within_its_own_quarter_where_there_is_no_shortlist():
    values = some_values(40)
    asked = Robustness(draws=300, seed=6)
    drawn = drawn_from(values, asked)
    found = rank_stability(tree(), drawn, np.ones(11), asked, 10, None)
    choices = draw_choices(asked, declared_weights(tree(), np.ones(11)), drawn.counts)
    every = composite_scores(tree(), drawn.normalised, np.column_stack([np.ones(11), choices.weights]))[:, -1]
    ranks = 1 + (every[None] > every[:, None]).sum(axis=1)
    quarters = (ranks - 1) // 10
    np.testing.assert_allclose(found.shortlist_probability, (quarters[:, 1:] == quarters[:, :1]).mean(axis=1))


# What is drawn


def test_each_alternative_is_as_likely_and_no_group_of_choices_follows_another():
    asked = Robustness(draws=6000, seed=2, thresholds=0.1)
    declared = declared_weights(tree(), np.ones(11))
    counts = {"normalisation": 3, "aggregation": 2, "treatment": 2, "imputation": 5}
    choices = draw_choices(asked, declared, counts)
    for name, count in counts.items():
        shares = np.bincount(getattr(choices, name), minlength=count) / 6000
        assert np.abs(shares - 1 / count).max() < 0.02  # three standard errors and more
    assert np.abs(choices.shift).max() <= 0.1 and np.ptp(choices.shift) > 0.19
    columns = [choices.weights[0], choices.shift, *(getattr(choices, name) for name in counts)]
    correlations = np.corrcoef(columns) - np.eye(len(columns))
    assert np.abs(correlations).max() < 0.05  # four standard errors


def test_drawing_one_group_more_changes_nothing_in_the_others():
    declared = declared_weights(tree(), np.ones(11))
    first = draw_choices(Robustness(draws=100), declared, {"aggregation": 2})
    more = draw_choices(Robustness(draws=100, thresholds=0.2), declared, {"aggregation": 2, "normalisation": 3})
    np.testing.assert_array_equal(first.weights, more.weights)
    np.testing.assert_array_equal(first.aggregation, more.aggregation)


def test_weights_are_drawn_by_level():
    declared = declared_weights(tree(), np.arange(1.0, 12), themes=(1.0, 2.0))
    by_level = Method("range", {"share": {"indicators": 0.0, "nodes": 0.5}})
    drawn = weight_table(declared, Robustness(weights=by_level, error_share=0.1), 500)
    spread = np.ptp(drawn, axis=1) / declared.weights
    assert (spread[:7] == 0).all() and (spread[7:11] > 0.9).all() and (spread[7:11] <= 1).all()
    assert (spread[11:] > 0.15).all() and (spread[11:] <= 0.2 + 1e-12).all()


@given(st.floats(2, 500), st.integers(0, 50))
@settings(max_examples=20, deadline=None)
def test_dirichlet_keeps_totals_means_and_spread(concentration, seed):
    weights = np.array([1.0, 2, 3, 1, 1, 0, 4, 2, 1, 1, 1])
    declared = declared_weights(tree(), weights)
    asked = Robustness(seed=seed, weights=Method("dirichlet", {"concentration": concentration}))
    drawn = weight_table(declared, asked, 1500)
    assert (drawn >= 0).all() and (drawn[5] == 0).all()
    np.testing.assert_allclose(drawn[:3].sum(axis=0), 6)
    np.testing.assert_allclose(drawn[7:10].sum(axis=0), 4)
    shares = drawn[:3] / 6
    expected = np.array([1, 2, 3]) / 6
    deviation = np.sqrt(expected * (1 - expected) / (concentration + 1))
    assert (np.abs(shares.mean(axis=1) - expected) < 5 * deviation / np.sqrt(1500)).all()
    np.testing.assert_allclose(shares.std(axis=1), deviation, rtol=0.2)


def test_errors_are_those_declared_and_reach_treatment_and_normalisation():
    """Standardised by hand, an indicator with an error of its own unit; one without error stays as it is."""
    values = some_values(200, 2)
    asked = Robustness(draws=300, error_share=0.0)
    hierarchy = Hierarchy(2, (Composite("a", (0,), ARITHMETIC), Composite("b", (1,), ARITHMETIC)))
    fixed = replace(SCORING, normalisation=Method("goalposts", {"low_value": 0.0, "high_value": 100.0, "cap": False}))
    fixed = replace(fixed, outliers=Method("limits", {"high": 30.0}))
    drawn = drawn_from(np.minimum(values, 30), asked, None, [Error(share=0.1, value=0.5), None], fixed, [values])
    choices = draw_choices(asked, declared_weights(hierarchy, np.ones(4)), drawn.counts)
    found = scores_by_draw(Simulation(hierarchy, drawn, (2, 3)), choices)
    np.testing.assert_allclose(found[3], np.broadcast_to(np.minimum(values[:, 1], 30), found[3].shape), rtol=1e-12)
    low = values[:, 0] < 10  # far from the limit of the treatment
    standard = (found[2] - values[:, 0]) / (0.1 * values[:, 0] + 0.5)
    assert abs(standard[:, low].mean()) < 0.03 and abs(standard[:, low].std() - 1) < 0.03
    assert abs(np.corrcoef(standard[0, low], standard[1, low])[0, 1]) < 0.4
    assert found[2].max() <= 30 + 1e-9


def test_imputed_values_and_treatments_are_drawn():
    values = some_values(30)
    other = values.copy()
    other[4, 2] = 90.0
    asked = Robustness(draws=40, outliers=(Method("limits", {"high": 9.0}),), error_share=0.0)
    drawn = drawn_from(values, asked, completed=[values, other])
    choices = draw_choices(asked, declared_weights(tree(), np.ones(11)), drawn.counts)
    found = scores_by_draw(Simulation(tree(), drawn, (10,)), choices)[10]
    assert len(set(zip(choices.imputation, choices.treatment, strict=True))) == 4
    for draw in range(40):
        matrix = [values, other][choices.imputation[draw]]
        matrix = np.minimum(matrix, 9.0) if choices.treatment[draw] else matrix
        expected = composite_scores(tree(), normalised_by(matrix, [1] * 7), np.ones(11))[:, -1]
        np.testing.assert_allclose(found[draw], expected, rtol=1e-12)
    fixed = drawn_from(values, replace(asked, imputation=False), completed=[values, other])
    assert fixed.counts["imputation"] == 1


def test_choices_from_uniforms_take_each_alternative_in_its_share():
    declared = declared_weights(tree(), np.ones(11))
    uniforms = np.tile(np.linspace(0, 1, 12, endpoint=False), (len(GROUPS), 1))
    found = choices_at(uniforms, Robustness(thresholds=0.2), declared, {"normalisation": 3, "imputation": 4}, 6)
    assert np.bincount(found.normalisation).tolist() == [4, 4, 4]
    assert np.bincount(found.imputation).tolist() == [3, 3, 3, 3]
    assert np.bincount(found.weight_set).tolist() == [2] * 6
    assert found.shift[0] == -0.2 and (found.aggregation == 0).all()


def test_groups_that_can_change_nothing_are_not_drawn():
    counts = {"normalisation": 2, "aggregation": 1, "treatment": 1, "imputation": 1}
    assert drawn_groups(Robustness(error_share=0.0), counts, errors=False) == ("normalisation",)
    assert drawn_groups(Robustness(thresholds=0.1), counts, True, segments=True) == (
        "weights",
        "normalisation",
        "error",
        "thresholds",
    )


# The same on any number of cores


def test_one_worker_and_two_give_the_same_bits():
    values = some_values(300, gaps=0.05)
    asked = Robustness(draws=500, seed=9, normalisation=(Method("rank"),), aggregation=(GEOMETRIC,))
    errors = [Error(share=0.05)] * 7
    for given_errors, asked_here in ((None, asked), (errors, replace(asked, draws=60))):
        drawn = drawn_from(values, asked_here, errors=given_errors)
        one, two, alone = (
            rank_stability(tree(), drawn, np.ones(11), asked_here, 10, 20, None, *run)
            for run in ([threads(1)], [threads(2)], [])
        )
        for name in ("rank_low", "rank_median", "rank_high", "shortlist_probability"):
            np.testing.assert_array_equal(getattr(one, name), getattr(two, name))
            np.testing.assert_array_equal(getattr(one, name), getattr(alone, name))
        assert one.rank_change == two.rank_change


def test_products_have_the_same_bits_whatever_the_threads_of_the_library():
    program = """
import hashlib, sys
import numpy as np
from smart_territoires_plugin.core.scoring.simulation import product
found = hashlib.sha256()
for d, k, n in ((59, 15, 35000), (59, 30, 35001), (256, 15, 1276), (64, 3, 1277), (1, 30, 9000), (100, 200, 5000)):
    for kind in (np.float32, np.float64):
        chance = np.random.default_rng(1)
        found.update(product(chance.random((d, k)).astype(kind), chance.random((k, n)).astype(kind)).tobytes())
sys.stdout.write(found.hexdigest())
"""
    names = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONPATH": str(Path(__file__).resolve().parents[2]), **dict.fromkeys(names, str(count))},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for count in (1, 2, 4)
    }
    assert len(found) == 1


@given(st.integers(1, 70), st.integers(1, 9), st.integers(0, 300), st.integers(0, 9))
@settings(max_examples=25, deadline=None)
def test_product_is_the_matrix_product(rows, inner, columns, seed):
    chance = np.random.default_rng(seed)
    left, right = chance.random((rows, inner)), chance.random((inner, columns))
    np.testing.assert_allclose(product(left, right), np.einsum("dk,kn->dn", left, right), rtol=1e-12)


# Ranks and percentiles


@given(
    arrays.arrays(
        st.sampled_from([np.float32, np.float64]),
        st.tuples(st.integers(1, 4), st.integers(1, 30)),
        elements=st.integers(-5, 5),
    )
)
def test_ranks_share_the_best_of_equal_scores(scores):
    expected = 1 + (scores[:, None, :] > scores[:, :, None]).sum(axis=2)
    np.testing.assert_array_equal(ranks_of_draws(scores), expected)


@given(
    arrays.arrays(
        st.sampled_from([np.float32, np.float64]),
        st.tuples(st.integers(1, 4), st.integers(2, 30)),
        elements=st.integers(-5, 5),
    )
)
def test_percentiles_of_draws_are_percentile_ranks(scores):
    rows, size = scores.shape
    found = percentiles_of_draws(scores).at(np.arange(rows * size)).reshape(rows, size)
    for row, of_one in zip(scores, found, strict=True):
        np.testing.assert_allclose(of_one, percentile_rank(row), atol=1e-12)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("normal", "even"),
        ("right_skewed", "from_below"),
        ("left_skewed", "from_above"),
        ("half_zero", None),
        ("heavy_tails", "exact"),
        ("constant", None),
    ],
)
def test_bucketed_percentiles_keep_to_their_error(name, expected):
    generator = np.random.default_rng(5)
    size = 12_000
    scores = {
        "normal": generator.normal(size=size),
        "right_skewed": generator.lognormal(0, 2, size),
        "left_skewed": -generator.lognormal(0, 2, size),
        "half_zero": np.maximum(generator.normal(size=size), 0),
        "heavy_tails": generator.standard_t(1, size),
        "constant": np.ones(size),
    }[name].astype(np.float32)
    scale = best_scale(scores)
    assert expected is None or scale == expected
    # Draws around, with another tail: the scale was chosen for the declared weights alone.
    draws = scores * generator.uniform(0.8, 1.2, (3, 1)).astype(np.float32)
    draws += np.float32(0.05) * np.abs(scores[::-1])
    found = percentiles_of_draws(draws, scale).at(np.arange(3 * size)).reshape(3, size)
    for row, of_one in zip(draws, found, strict=True):
        assert np.abs(of_one - percentile_rank(row)).max() <= WORST_ERROR


@pytest.mark.parametrize("scale", ["exact", "even", "from_below", "from_above"])
def test_the_score_at_a_place_is_exact_on_any_scale(scale):
    generator = np.random.default_rng(2)
    scores = np.maximum(generator.normal(size=(4, 5000)), -1).astype(np.float32)
    for places in (np.array([0, 17, 2500, 4999]), np.full(4, 700)):
        found = ordered_scores(scores, percentiles_of_draws(scores, scale), places)
        np.testing.assert_array_equal(found, np.sort(scores, axis=1)[np.arange(4), places])


@given(st.integers(1, 400), st.integers(0, 5))
@settings(max_examples=30, deadline=None)
def test_rank_quantiles_are_ranks_that_so_many_draws_do_not_exceed(draws, seed):
    ranks = np.random.default_rng(seed).integers(1, 60, (draws, 3)).astype(np.uint16)
    for pct, found in zip((5, 50, 95), rank_quantiles(ranks), strict=True):
        np.testing.assert_array_equal(100 * (ranks <= found).sum(axis=0) >= pct * draws, True)
        np.testing.assert_array_equal(100 * (ranks < found).sum(axis=0) < pct * draws, True)


# Odd input


def test_all_equal_one_territory_and_no_score_are_handled():
    asked = Robustness(draws=10)
    hierarchy = Hierarchy(1, (Composite("index", (0,), ARITHMETIC),))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for values, low in ((np.full((4, 1), 7.0), 1), (np.array([[3.0]]), 1), (np.full((3, 1), np.nan), np.nan)):
            given_values = alternatives(described([1]), [values], values, SCORING, asked)
            found = rank_stability(hierarchy, given_values, np.ones(2), asked, 1, 1)
            np.testing.assert_array_equal(found.rank_low, np.full(len(values), float(low)))


def test_a_geometric_mean_over_zero_is_refused_as_it_is_without_draws():
    values = some_values(20)
    asked = Robustness(draws=6, seed=3)
    scoring = replace(SCORING, normalisation=Method("min_max", {"low": 0.0, "high": 100.0}), aggregation=GEOMETRIC)
    drawn = drawn_from(values, asked, scoring=scoring)
    hierarchy = Hierarchy(7, (Composite("index", tuple(range(7)), GEOMETRIC),))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(ScoringError) as of_draws:
            rank_stability(hierarchy, drawn, np.ones(8), asked, 7, 5)
        with pytest.raises(ScoringError) as of_one:
            composite_scores(hierarchy, drawn.normalised, np.ones(8))
    assert [problem.code for problem in of_draws.value.problems] == [problem.code for problem in of_one.value.problems]


# Leaving out


def read_table(name):
    folder = ORACLES / "coinr_asem"
    if not folder.exists():
        pytest.skip("shared/oracles is absent")
    with (folder / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def test_ranks_without_one_pillar_are_those_of_coinr():
    header, *meta = read_table("02_iMeta_input.csv")
    place = {name: header.index(name) for name in ("Level", "iCode", "Weight", "Parent")}
    nodes = [row for row in meta if row[place["Level"]].isdigit()]
    names, *rows = read_table("10_dset_Normalised.csv")
    indicators = names[1:]
    order = [*indicators]
    composites = []
    for level in ("2", "3", "4"):
        for row in nodes:
            if row[place["Level"]] == level:
                code = row[place["iCode"]]
                members = [r[place["iCode"]] for r in nodes if r[place["Parent"]] == code]
                composites.append(Composite(code, tuple(order.index(member) for member in members), ARITHMETIC))
                order.append(code)
    weights = {row[place["iCode"]]: float(row[place["Weight"]]) for row in nodes}
    hierarchy = Hierarchy(len(indicators), tuple(composites))
    matrix = np.array([[float(cell) if cell not in ("", "NA") else np.nan for cell in row[1:]] for row in rows])
    expected = read_table("83_remove_pillar_ranks.csv")
    pillars = expected[0][2:]
    found = leave_one_out(
        hierarchy,
        matrix,
        np.array([weights[code] for code in order]),
        order.index("Index"),
        [order.index(pillar) for pillar in pillars],
    )
    codes = [row[0] for row in rows]
    ranks = {row[0]: [int(cell) for cell in row[2:]] for row in expected[1:]}
    assert found.ranks.tolist() == [ranks[code] for code in codes]
    changes = {row[0]: float(row[1]) for row in read_table("84_remove_pillar_mean_abs_rank_change.csv")[1:]}
    np.testing.assert_allclose(found.rank_change, [changes[pillar] for pillar in pillars], rtol=1e-9)


def test_leaving_out_the_only_indicator_leaves_nothing_to_rank_by():
    hierarchy = Hierarchy(1, (Composite("index", (0,), ARITHMETIC),))
    found = leave_one_out(hierarchy, np.array([[1.0], [2.0]]), np.ones(2), 1, (0,))
    assert np.isnan(found.ranks).all() and np.isnan(found.rank_change).all()
