"""Weights that are taken from scores: published cases, closed forms, slow twins, properties, bad input."""

import inspect
import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from smart_territoires_plugin.core.errors import ScoringError
from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.scoring.component_weights import principal_component, varimax
from smart_territoires_plugin.core.scoring.correlation import correlations, covariances
from smart_territoires_plugin.core.scoring.weighting import KINDS, WEIGHTINGS, critic, entropy, equal
from smart_territoires_plugin.core.study import methods

ORACLES = Path(__file__).resolve().parents[3] / "shared" / "oracles"
FROM_SCORES = {"entropy": entropy, "critic": critic, "principal_component": principal_component}
SCORES = arrays(
    float, st.tuples(st.integers(4, 25), st.integers(2, 6)), elements=st.floats(0, 100).map(lambda v: round(v, 2))
)


def case(identifier):
    if not ORACLES.exists():
        pytest.skip("shared/oracles is absent")
    cases = json.loads((ORACLES / "mcdm" / "cases.json").read_text(encoding="utf-8"))
    return next(one for one in cases if one["id"] == identifier)


def names_of(scores):
    return tuple(f"e{column}" for column in range(scores.shape[1]))


def random_scores(rows=40, columns=5, seed=0, gaps=0.0):
    generator = np.random.default_rng(seed)
    mixed = generator.normal(size=(rows, columns)) @ generator.uniform(0.2, 1, (columns, columns))
    scores = 1 + 99 * (mixed - mixed.min(axis=0)) / np.ptp(mixed, axis=0)
    scores[generator.uniform(size=scores.shape) < gaps] = np.nan
    return scores


# Published cases


def test_entropy_of_the_published_case():
    found = case("entropy_skc_simple")
    matrix = np.array(found["matrix"])
    np.testing.assert_allclose(entropy(matrix, ("a", "b")), found["expected"], atol=found["atol"])


@pytest.mark.parametrize("scale", ["own units", "min_max"])
def test_critic_of_diakoulaki(scale):
    found = case("critic_diakoulaki1995_pearson")
    matrix = np.array(found["matrix"])
    if scale == "min_max":
        matrix = (matrix - matrix.min(axis=0)) / np.ptp(matrix, axis=0)
    np.testing.assert_allclose(critic(matrix, ("a", "b", "c")), found["expected"], atol=found["atol"])


# Slow twins


def slow_entropy(scores):
    """The textbook's formula, one number after the other."""
    information = []
    for column in scores.T:
        whole = math.fsum(column)
        if len(set(column)) == 1:
            information.append(0.0)
            continue
        shares = [value / whole for value in column]
        disorder = -math.fsum(share * math.log(share) for share in shares if share > 0)
        information.append(1 - disorder / math.log(len(column)))
    return np.array(information) / math.fsum(information)


def slow_critic(scores):
    scaled = (scores - scores.min(axis=0)) / np.ptp(scores, axis=0)
    between = np.corrcoef(scaled, rowvar=False)
    size = scores.shape[1]
    content = [scaled[:, j].std() * sum(1 - between[j, k] for k in range(size)) for j in range(size)]
    return np.array(content) / sum(content)


def slow_principal_component(scores):
    """Components by singular values of the standardised scores, varimax by its other algorithm (singular values)."""
    standard = (scores - scores.mean(axis=0)) / scores.std(axis=0, ddof=1)
    _, singular, axes = np.linalg.svd(standard, full_matrices=False)
    eigenvalues = singular**2 / (len(scores) - 1)
    kept = eigenvalues > 1
    loadings = (axes.T * np.sqrt(eigenvalues))[:, kept]
    length = np.sqrt((loadings**2).sum(axis=1, keepdims=True))
    rows, rotation = loadings / length, np.eye(kept.sum())
    for _ in range(5000):
        turned = rows @ rotation
        left, _, right = np.linalg.svd(rows.T @ (turned**3 - turned * (turned**2).mean(axis=0)))
        rotation = left @ right
    squared = (rows @ rotation * length) ** 2
    explained = squared.sum(axis=0)
    home = squared.argmax(axis=1)
    within = squared[np.arange(len(squared)), home] / explained[home]  # share of the component's variance
    made = within * (explained / explained.sum())[home]
    return made / made.sum()


@given(SCORES)
def test_entropy_is_the_textbook_formula(scores):
    assume(all(np.ptp(column) > 1 for column in scores.T))
    np.testing.assert_allclose(entropy(scores, names_of(scores)), slow_entropy(scores), atol=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_critic_is_the_textbook_formula(seed):
    scores = random_scores(seed=seed)
    np.testing.assert_allclose(critic(scores, names_of(scores)), slow_critic(scores), atol=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_principal_component_agrees_with_another_algorithm(seed):
    generator = np.random.default_rng(seed)
    hidden = generator.normal(size=(80, 2))
    loads = np.array([[0.9, 0.1], [0.8, 0.2], [0.7, 0.0], [0.1, 0.9], [0.0, 0.8], [0.3, 0.7]])
    scores = hidden @ loads.T + 0.4 * generator.normal(size=(80, 6))
    np.testing.assert_allclose(
        principal_component(scores, names_of(scores)), slow_principal_component(scores), atol=1e-7
    )


# Closed forms


def test_two_elements_have_equal_weight_where_only_their_relation_counts():
    scores = random_scores(columns=2)
    np.testing.assert_allclose(principal_component(scores, ("a", "b")), [0.5, 0.5])


def test_principal_component_of_two_blocks():
    """k elements that go together in one block, one pair in another: squared loadings 1 everywhere, so equal."""
    signs = np.array([[1, 1], [1, -1], [-1, 1], [-1, -1]], dtype=float)
    scores = signs[:, [0, 0, 0, 1, 1]]
    np.testing.assert_allclose(principal_component(scores, names_of(scores)), np.full(5, 0.2))
    scores = signs[:, [0, 0, 1, 1]]  # two components of the same size: any turn of them is as good to begin with
    np.testing.assert_allclose(principal_component(scores, names_of(scores)), np.full(4, 0.25))


def test_uncorrelated_elements_have_no_component_that_stands_out():
    scores = np.array([[a, b, c] for a in (0.0, 1.0) for b in (0.0, 2.0) for c in (0.0, 3.0)])
    np.testing.assert_allclose(principal_component(scores, ("a", "b", "c")), np.full(3, 1 / 3))


def test_how_many_components_can_be_said():
    scores = random_scores(columns=4)
    first = np.linalg.eigh(np.corrcoef(scores, rowvar=False))[1][:, -1]
    np.testing.assert_allclose(principal_component(scores, names_of(scores), components=1), first**2)


@given(arrays(float, (7, 2), elements=st.floats(-1, 1)))
def test_varimax_finds_the_best_turn_and_keeps_lengths(loadings):
    turned = varimax(loadings)
    np.testing.assert_allclose((turned**2).sum(axis=1), (loadings**2).sum(axis=1), atol=1e-12)
    length = np.sqrt((loadings**2).sum(axis=1, keepdims=True))
    assume((length > 1e-3).all())

    def criterion(rotated):
        return ((rotated / length) ** 2).var(axis=0).sum()

    for angle in np.linspace(0, np.pi / 2, 60):
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        assert criterion(loadings @ turn) <= criterion(turned) + 1e-9


def test_critic_of_perfectly_correlated_elements_is_equal():
    scores = np.column_stack([np.arange(5.0), 3 * np.arange(5.0), np.ones(5)])
    np.testing.assert_allclose(critic(scores, ("a", "b", "c")), [0.5, 0.5, 0.0])


# Properties of the weights that are taken from scores


@pytest.mark.parametrize("method", FROM_SCORES)
@given(scores=SCORES, seed=st.integers(0, 1000))
@settings(max_examples=50)
def test_weights_are_shares_and_no_order_matters(method, scores, seed):
    fn, names = FROM_SCORES[method], names_of(scores)
    found = fn(scores, names)
    assert (found >= 0).all() and found.sum() == pytest.approx(1)
    generator = np.random.default_rng(seed)
    rows, columns = generator.permutation(len(scores)), generator.permutation(len(names))
    np.testing.assert_allclose(fn(scores[rows], names), found, atol=1e-7)
    if method == "principal_component":  # two elements may load alike on two components: not in drawn data
        scores = random_scores(seed=seed, columns=len(names))
        found = fn(scores, names)
    np.testing.assert_allclose(fn(scores[:, columns], tuple(names[c] for c in columns)), found[columns], atol=1e-7)


@pytest.mark.parametrize("method", FROM_SCORES)
@pytest.mark.parametrize("gaps", [0.0, 0.2])
def test_units_do_not_matter(method, gaps):
    scores = random_scores(gaps=gaps)
    names = names_of(scores)
    factors = np.array([1.0, 10.0, 0.01, 3.0, 1e6])
    shifts = 0.0 if method == "entropy" else np.array([5.0, 0.0, -3.0, 1e3, 7.0])
    fn = FROM_SCORES[method]
    np.testing.assert_allclose(fn(scores * factors + shifts, names), fn(scores, names), atol=1e-9)


@pytest.mark.parametrize("method", FROM_SCORES)
def test_what_is_constant_or_empty_weighs_nothing_and_changes_nothing(method, recwarn):
    scores, fn = random_scores(columns=3), FROM_SCORES[method]
    wider = np.column_stack([scores, np.full(40, 7.0), np.full(40, np.nan), np.zeros(40)])
    once = np.full(40, np.nan)
    once[3] = 5.0
    wider = np.column_stack([wider, once])
    found = fn(wider, names_of(wider))
    np.testing.assert_allclose(found[:3], fn(scores, names_of(scores)), atol=1e-12)
    assert (found[3:] == 0).all()
    assert not recwarn.list


@pytest.mark.parametrize("method", ["equal", "matched_importance", *FROM_SCORES])
@pytest.mark.parametrize(
    "scores", [np.ones((1, 3)), np.ones((5, 3)), np.zeros((5, 3)), np.full((4, 3), np.nan), np.empty((0, 3))]
)
def test_where_nothing_can_be_told_apart_weights_are_equal(method, scores, recwarn):
    np.testing.assert_allclose(WEIGHTINGS[method](scores, ("a", "b", "c")), np.full(3, 1 / 3))
    assert not recwarn.list


@pytest.mark.parametrize("method", ["matched_importance", *FROM_SCORES])
def test_one_element_has_all_the_weight(method, recwarn):
    assert WEIGHTINGS[method](np.arange(4.0)[:, None], ("a",)).tolist() == [1.0]
    assert not recwarn.list


def test_entropy_near_a_constant_keeps_its_digits():
    """Of x = c(1 ± e) the divergence is about e²/2: twice the relative spread, four times the weight."""
    signs = np.array([1.0, -1.0, 1.0, -1.0])
    scores = np.column_stack([50 * (1 + 1e-6 * signs), 50 * (1 + 2e-6 * signs)])
    np.testing.assert_allclose(entropy(scores, ("a", "b")), [0.2, 0.8], rtol=1e-6)


def test_entropy_refuses_scores_below_zero_by_element():
    scores = np.array([[1.0, -1.0, -2.0], [2.0, 1.0, -3.0]])
    with pytest.raises(ScoringError) as refused:
        entropy(scores, ("a", "b", "c"))
    assert {(p.code, p.where, p.values["count"]) for p in refused.value.problems} == {
        ("weights.negative_scores", "b", 1),
        ("weights.negative_scores", "c", 2),
    }


# Correlations


def test_correlations_are_numpys_and_pairs_rest_on_what_both_have():
    scores = random_scores(gaps=0.3)
    found, spread = correlations(scores), covariances(scores)
    for i in range(5):
        for j in range(5):
            both = ~np.isnan(scores[:, i]) & ~np.isnan(scores[:, j])
            expected = np.cov(scores[both, i], scores[both, j])
            assert spread[i, j] == pytest.approx(expected[0, 1])
            assert found[i, j] == pytest.approx(np.corrcoef(scores[both, i], scores[both, j])[0, 1])


@pytest.mark.parametrize("size", [1e-200, 1e200])
def test_very_large_and_small_columns_are_correlated_as_others(size, recwarn):
    scores = random_scores(gaps=0.1)
    np.testing.assert_allclose(correlations(scores * size), correlations(scores), atol=1e-12)
    assert not recwarn.list


def test_columns_without_a_common_territory_have_no_correlation(recwarn):
    scores = np.array([[1.0, np.nan, 1.0], [2.0, np.nan, 1.0], [np.nan, 3.0, 1.1], [np.nan, 4.0, 1.2]])
    found = correlations(scores)
    assert np.isnan(found[0, 1]) and found[0, 0] == 1
    assert np.isnan(found[0, 2])  # the third is constant where the first is known
    assert found[1, 2] == pytest.approx(1)
    assert not recwarn.list


# The dictionary


def test_every_method_is_what_studies_may_ask_for():
    in_engine = {name for name, spec in methods.WEIGHTINGS.items() if spec.in_engine}
    assert set(WEIGHTINGS) | {"declared"} | in_engine == set(methods.WEIGHTINGS) == set(KINDS)
    assert not in_engine & set(WEIGHTINGS)
    for name, spec in methods.WEIGHTINGS.items():
        if name in WEIGHTINGS:
            taken = set(list(inspect.signature(WEIGHTINGS[name]).parameters)[2:])
            assert set(spec.parameters) <= taken, name
        assert text(f"weighting.{name}", "fr") and text(f"weighting.{name}", "en")


def test_kinds_are_told():
    assert {name for name, kind in KINDS.items() if kind == "data_driven"} == set(FROM_SCORES)
    assert KINDS["declared"] == KINDS["equal"] == "plain"
    for lang in ("fr", "en"):
        assert all(text(f"weighting_kind.{kind}", lang) for kind in KINDS.values())
    assert "dispersion is not importance" in text("weighting_warning.data_driven", "en")


def test_equal_weights():
    assert equal(np.ones((2, 4)), tuple("abcd")).tolist() == [0.25] * 4
