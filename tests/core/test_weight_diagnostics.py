"""What weights really count for: COINr's tables, closed forms, and composites whose answer is known."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smart_territoires_plugin.core.scoring.chance import may_be_chance
from smart_territoires_plugin.core.scoring.correlation import correlations, pair_counts
from smart_territoires_plugin.core.scoring.hierarchy import Composite, Hierarchy, composite_scores, leaf_weights
from smart_territoires_plugin.core.scoring.weight_diagnostics import (
    correlation_flags,
    cronbach_alpha,
    denominator_flags,
    effective_weights,
    standardised_alpha,
    weight_diagnostics,
)
from smart_territoires_plugin.core.study import Method

ASEM = Path(__file__).resolve().parents[3] / "shared" / "oracles" / "coinr_asem"
MEAN = Method("arithmetic_mean")


def table(name):
    if not ASEM.exists():
        pytest.skip("shared/oracles is absent")
    with (ASEM / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def numbers(rows, columns):
    return np.array(
        [[float(row[column]) if row[column] not in ("", "NA") else np.nan for column in columns] for row in rows]
    )


def asem():
    """The ASEM index as a hierarchy, its weights, and the names of its columns."""
    meta = [row for row in table("02_iMeta_input.csv") if row["Type"] in ("Indicator", "Aggregate")]
    meta.sort(key=lambda row: int(row["Level"]))
    names = tuple(row["iCode"] for row in meta)
    composites = tuple(
        Composite(row["iCode"], tuple(k for k, part in enumerate(meta) if part["Parent"] == row["iCode"]), MEAN)
        for row in meta
        if row["Type"] == "Aggregate"
    )
    return Hierarchy(len(meta) - len(composites), composites), np.array([float(row["Weight"]) for row in meta]), names


def random_hierarchy():
    """Two composites over five indicators, and one over both."""
    return Hierarchy(
        5, (Composite("one", (0, 1, 2), MEAN), Composite("two", (3, 4), MEAN), Composite("index", (5, 6), MEAN))
    )


def columns_of(hierarchy, normalised, weights):
    return np.column_stack([normalised, composite_scores(hierarchy, normalised, weights)])


# COINr


def test_effective_weights_of_coinr():
    hierarchy, weights, names = asem()
    expected = {row["iCode"]: float(row["EffWeight"]) for row in table("60_effective_weights.csv")}
    found = effective_weights(hierarchy, weights)[-1]
    assert len(expected) == len(names) == 60
    np.testing.assert_allclose(found, [expected[name] for name in names], rtol=1e-7)
    np.testing.assert_allclose(effective_weights(hierarchy, weights)[:, :49], leaf_weights(hierarchy, weights))


def test_pillar_correlations_of_coinr():
    expected = table("65_corr_pillars.csv")
    pillars = tuple(expected[0])
    scores = numbers(table("10_dset_Aggregated.csv"), pillars)
    found = correlations(scores)
    chance = may_be_chance(found, pair_counts(scores)) & ~np.eye(len(pillars), dtype=bool)
    # COINr leaves blank what may be chance.
    np.testing.assert_allclose(np.where(chance, np.nan, found), numbers(expected, pillars), atol=1e-7)


def flags(name):
    rows = table(name)
    return {(frozenset((row["Ind1"], row["Ind2"])), float(row["Corr"])) for row in rows}


@pytest.mark.parametrize(
    ("dataset", "above", "below"),
    [
        ("10_dset_Normalised.csv", "66_corr_flags_gt0.9.csv", "67_corr_flags_lt-0.4.csv"),
        ("10_dset_Denominated.csv", "68_corr_flags_denominated_gt0.9.csv", None),
    ],
)
def test_flags_of_coinr(dataset, above, below):
    hierarchy, _, names = asem()
    rows = table(dataset)
    redundant, opposed = set(), set()
    for composite in hierarchy.composites:
        members = [names[member] for member in composite.members if member < hierarchy.n_indicators]
        found = correlation_flags(correlations(numbers(rows, members)), members)
        for kept, made in zip((redundant, opposed), found):
            kept.update((frozenset((flag.first, flag.second)), round(flag.correlation, 3)) for flag in made)
    assert redundant == flags(above)
    if below:
        assert opposed == flags(below) and len(opposed) == 7


def test_denominator_flags_of_coinr():
    hierarchy, _, names = asem()
    rows = table("01_iData_input.csv")
    indicators, sizes = names[: hierarchy.n_indicators], ("Area", "Energy", "GDP", "Population")
    found = denominator_flags(numbers(rows, indicators), indicators, numbers(rows, sizes), sizes)
    expected = {(row["Ind"], row["Denom"], float(row["Corr"])) for row in table("69_denom_corr.csv")}
    assert {(flag.first, flag.second, round(flag.correlation, 2)) for flag in found} == expected


# Consistency


@given(st.integers(0, 500), st.integers(2, 6))
def test_alpha_by_its_definition_and_by_the_mean_correlation(seed, size):
    scores = np.random.default_rng(seed).normal(size=(30, size)) + np.random.default_rng(seed + 1).normal(size=(30, 1))
    own, whole = scores.var(axis=0, ddof=1).sum(), scores.sum(axis=1).var(ddof=1)
    assert cronbach_alpha(scores) == pytest.approx(size / (size - 1) * (1 - own / whole))
    between = np.corrcoef(scores, rowvar=False)
    mean = between[np.triu_indices(size, 1)].mean()
    standard = (scores - scores.mean(axis=0)) / scores.std(axis=0)
    expected = size * mean / (1 + (size - 1) * mean)
    assert standardised_alpha(scores) == pytest.approx(expected)
    assert cronbach_alpha(standard) == pytest.approx(expected)


def test_alpha_at_its_ends(recwarn):
    column = np.random.default_rng(0).normal(size=20)
    assert cronbach_alpha(np.column_stack([column, column, column])) == pytest.approx(1)
    assert np.isnan(cronbach_alpha(np.column_stack([column, -column])))  # their sum does not vary
    assert np.isnan(cronbach_alpha(column[:, None])) and np.isnan(cronbach_alpha(np.ones((5, 3))))
    assert np.isnan(standardised_alpha(np.ones((5, 3)))) and np.isnan(cronbach_alpha(np.ones((1, 3))))
    assert not recwarn.list


# Importance


def test_explained_variance_is_that_of_a_regression():
    hierarchy, weights = random_hierarchy(), np.array([1.0, 2.0, 3.0, 1.0, 1.0, 2.0, 1.0, 1.0])
    normalised = np.random.default_rng(4).normal(50, 10, (60, 5))
    columns = columns_of(hierarchy, normalised, weights)
    found = weight_diagnostics(hierarchy, columns, weights, ("a", "b", "c", "d", "e", "one", "two", "index"))
    assert [diagnostics.composite for diagnostics in found] == ["one", "two", "index"]
    for diagnostics, composite in zip(found, hierarchy.composites):
        own = columns[:, hierarchy.column_of(composite.id)]
        for member, explained in zip(composite.members, diagnostics.explained):
            fit = np.polyval(np.polyfit(columns[:, member], own, 1), columns[:, member])
            assert explained == pytest.approx(fit.var() / own.var())
        assert diagnostics.importance.sum() == pytest.approx(1) == diagnostics.declared.sum()
    assert found[0].members == ("a", "b", "c") and found[2].members == ("one", "two")
    np.testing.assert_allclose(found[0].declared, [1 / 6, 2 / 6, 3 / 6])


def test_uncorrelated_members_count_by_squared_weight_times_variance():
    """For orthogonal columns the importance of x is (w·s)²: three times the spread, nine times the importance."""
    grid = np.array([[a, b] for a in (-1.0, 1.0) for b in (-3.0, 3.0)])
    hierarchy, weights = Hierarchy(2, (Composite("index", (0, 1), MEAN),)), np.ones(3)
    (found,) = weight_diagnostics(hierarchy, columns_of(hierarchy, grid, weights), weights, ("a", "b", "index"))
    np.testing.assert_allclose(found.importance, [0.1, 0.9])
    np.testing.assert_allclose(found.factor, [0.2, 1.8])
    assert found.differing == ("a",)
    (found,) = weight_diagnostics(
        hierarchy, columns_of(hierarchy, grid, weights), weights, ("a", "b", "index"), differs_by=1.5
    )
    assert found.differing == ("a", "b")


def test_members_that_say_the_same_or_the_opposite_are_told():
    generator = np.random.default_rng(8)
    column = generator.normal(size=50)
    normalised = np.column_stack(
        [column, column + 0.01 * generator.normal(size=50), -column, generator.normal(size=(50, 2))]
    )
    hierarchy, weights = random_hierarchy(), np.ones(8)
    found = weight_diagnostics(
        hierarchy, columns_of(hierarchy, normalised, weights), weights, ("a", "b", "c", "d", "e", "one", "two", "index")
    )
    assert [(flag.first, flag.second) for flag in found[0].redundant] == [("a", "b")]
    assert {(flag.first, flag.second) for flag in found[0].opposed} == {("a", "c"), ("b", "c")}
    assert found[0].opposed[0].correlation == pytest.approx(-1) and not found[1].redundant


def test_where_nothing_can_be_said_nothing_is_said(recwarn):
    hierarchy = random_hierarchy()
    names = ("a", "b", "c", "d", "e", "one", "two", "index")
    for columns in (np.ones((6, 8)), np.full((6, 8), np.nan), np.ones((1, 8)), np.empty((0, 8))):
        for found in weight_diagnostics(hierarchy, columns, np.zeros(8), names):
            assert np.isnan(found.correlations).all() and np.isnan(found.factor).all()
            assert not (found.redundant or found.opposed or found.differing)
            assert found.importance.tolist() == [0.0] * len(found.members)
    assert (effective_weights(hierarchy, np.zeros(8))[0, :5] == 0).all()
    assert not recwarn.list
