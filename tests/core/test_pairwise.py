"""Pairwise comparisons: Saaty's own case, exact answers of consistent judges, incomplete sets, bad input."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_territoires_plugin.core.errors import ScoringError
from smart_territoires_plugin.core.messages import problem_lines
from smart_territoires_plugin.core.scoring.pairwise import ahp, pairwise_judgement, random_index

ORACLES = Path(__file__).resolve().parents[3] / "shared" / "oracles"
NAMES = ("a", "b", "c", "d")


def drinks():
    if not ORACLES.exists():
        pytest.skip("shared/oracles is absent")
    cases = json.loads((ORACLES / "mcdm" / "cases.json").read_text(encoding="utf-8"))
    return next(one for one in cases if one["id"] == "ahp_saaty2008_drinks")


def every_pair(matrix, names):
    """Comparisons of all cells of a matrix, both halves and the diagonal."""
    return [[one, other, matrix[i][j]] for i, one in enumerate(names) for j, other in enumerate(names)]


def codes_of(names, comparisons):
    with pytest.raises(ScoringError) as refused:
        ahp(np.ones((2, len(names))), names, comparisons)
    for lang in ("fr", "en"):
        assert all(problem_lines(refused.value.problems, lang))
    return [problem.code for problem in refused.value.problems]


def power_iteration(matrix):
    """The principal eigenvector by the textbook's other way."""
    vector = np.ones(len(matrix))
    for _ in range(2000):
        vector = matrix @ vector
        vector /= vector.sum()
    return vector, (matrix @ vector).sum()


@pytest.mark.parametrize("written", ["whole matrix", "upper half"])
def test_drinks_of_saaty(written):
    found = drinks()
    comparisons = every_pair(found["matrix"], found["elements"])
    if written == "upper half":
        place = found["elements"].index
        comparisons = [one for one in comparisons if place(one[0]) < place(one[1])]
    judgement = pairwise_judgement(found["elements"], comparisons)
    expected = [found["expected"][name] for name in found["elements"]]
    np.testing.assert_allclose(judgement.weights, expected, atol=found["atol"])
    assert judgement.consistency_ratio == pytest.approx(found["expected_consistency_ratio_saaty"], abs=found["atol"])
    assert judgement.acceptable and judgement.missing == 0 and judgement.problem is None
    assert judgement.random_index == 1.32


@st.composite
def consistent(draw):
    """Weights, and the answers of someone who knows them: a tree of comparisons and some more."""
    size = draw(st.integers(2, 8))
    weights = np.array(draw(st.lists(st.floats(0.05, 1), min_size=size, max_size=size)))
    pairs = [(draw(st.integers(0, one - 1)), one) for one in range(1, size)]
    others = [(i, j) for j in range(size) for i in range(j) if (i, j) not in pairs]
    pairs += draw(st.lists(st.sampled_from(others), unique=True)) if others else []
    pairs = [pair[::-1] if draw(st.booleans()) else pair for pair in draw(st.permutations(pairs))]
    return weights / weights.sum(), pairs


@given(consistent())
@settings(max_examples=150)
def test_a_consistent_judge_gives_the_weights_back(drawn):
    weights, pairs = drawn
    names = tuple(f"e{place}" for place in range(len(weights)))
    found = pairwise_judgement(names, [[names[i], names[j], weights[i] / weights[j]] for i, j in pairs])
    np.testing.assert_allclose(found.weights, weights, rtol=1e-9)
    assert found.consistency_index == found.consistency_ratio == 0
    assert found.missing == len(weights) * (len(weights) - 1) // 2 - len(pairs)
    assert all(answer.ratio == pytest.approx(1) for answer in found.comparisons)


@given(st.integers(0, 1000), st.permutations(range(5)))
@settings(max_examples=60)
def test_order_changes_nothing_and_power_iteration_agrees(seed, order):
    generator = np.random.default_rng(seed)
    names = tuple(f"e{place}" for place in range(5))
    upper = [(i, j) for j in range(5) for i in range(j)]
    answers = {pair: float(generator.choice([1 / 5, 1 / 3, 1, 2, 4, 9])) for pair in upper}
    kept = {pair: said for pair, said in answers.items() if pair[1] == pair[0] + 1 or generator.uniform() < 0.6}
    found = pairwise_judgement(names, [[names[i], names[j], said] for (i, j), said in kept.items()])
    other = pairwise_judgement(
        tuple(names[place] for place in order),
        [[names[j], names[i], 1 / said] for (i, j), said in reversed(kept.items())],
    )
    np.testing.assert_allclose(other.weights, found.weights[list(order)], atol=1e-9)
    assert other.consistency_ratio == pytest.approx(found.consistency_ratio, abs=1e-9)
    # What was not said, completed by what the weights say of it: a whole matrix with the same answer (Harker).
    whole = found.weights[:, None] / found.weights
    for (i, j), said in kept.items():
        whole[i, j], whole[j, i] = said, 1 / said
    vector, largest = power_iteration(whole)
    np.testing.assert_allclose(vector, found.weights, atol=1e-9)
    assert (largest - 5) / 4 == pytest.approx(found.consistency_index, abs=1e-8)


def test_three_elements_have_a_closed_form():
    """λ = 1 + t + 1/t, t being the cube root of how far the answers miss one another."""
    found = pairwise_judgement(("a", "b", "c"), [["a", "b", 3], ["b", "c", 2], ["a", "c", 2]])
    t = (3 * 2 / 2) ** (1 / 3)
    assert found.consistency_index == pytest.approx((1 + t + 1 / t - 3) / 2)
    assert found.consistency_ratio == pytest.approx(found.consistency_index / 0.58)
    means = np.array([(3 * 2) ** (1 / 3), (2 / 3) ** (1 / 3), (1 / 2 / 2) ** (1 / 3)])
    np.testing.assert_allclose(found.weights, means / means.sum())
    # Each answer misses by the same factor, t, one way or the other.
    assert sorted(answer.ratio for answer in found.comparisons) == pytest.approx([1 / t, t, t])


def test_the_contradiction_is_found_where_it_sits():
    weights = dict(zip(NAMES, (8.0, 4.0, 2.0, 1.0)))
    comparisons = [[i, j, weights[i] / weights[j]] for k, i in enumerate(NAMES) for j in NAMES[k + 1 :]]
    comparisons[comparisons.index(["b", "d", 4.0])][2] = "1/4"
    found = pairwise_judgement(NAMES, comparisons)
    worst = found.comparisons[0]
    assert (worst.first, worst.second, worst.said) == ("b", "d", 0.25)
    assert worst.ratio == worst.said / worst.implied < 0.5
    assert not found.acceptable and found.problem.severity == "warning"
    for lang in ("fr", "en"):
        assert all(word in problem_lines([found.problem], lang)[0] for word in ("b", "d", "0.25"))
    ratios = [abs(np.log(answer.ratio)) for answer in found.comparisons]
    assert ratios == sorted(ratios, reverse=True)


def random_matrices(size, count, generator):
    """Answers at random on Saaty's scale."""
    scale = np.array([1 / k for k in range(9, 1, -1)] + list(range(1, 10)))
    made = np.ones((count, size, size))
    for i, j in zip(*np.triu_indices(size, 1)):
        made[:, i, j] = generator.choice(scale, count)
        made[:, j, i] = 1 / made[:, i, j]
    return made


def index_of(matrices):
    size = matrices.shape[-1]
    return (np.linalg.eigvals(matrices).real.max(axis=-1) - size) / (size - 1)


def test_random_indices_are_those_of_random_answers():
    generator = np.random.default_rng(1)
    for size in (3, 4, 5, 7, 12):
        assert index_of(random_matrices(size, 4000, generator)).mean() == pytest.approx(random_index(size), abs=0.08)


def test_a_pair_that_is_missing_takes_its_part_of_the_random_index():
    """The best completion of random answers, tried on a fine scale (the definition of Ágoston and Csató)."""
    matrices = random_matrices(4, 400, np.random.default_rng(2))
    best = np.full(len(matrices), np.inf)
    for said in np.geomspace(1 / 60, 60, 80):
        tried = matrices.copy()
        tried[:, 0, 1], tried[:, 1, 0] = said, 1 / said
        best = np.minimum(best, index_of(tried))
    assert best.mean() / index_of(matrices).mean() == pytest.approx(random_index(4, 1) / random_index(4), abs=0.08)
    assert random_index(4, 3) == random_index(2) == random_index(1) == 0


def test_fractions_and_reverses():
    plain = pairwise_judgement(("a", "b", "c"), [["a", "b", 3], ["c", "b", 1 / 3]])
    text = pairwise_judgement(("a", "b", "c"), [["a", "b", "3"], ["c", "b", "1/3"]])
    both = pairwise_judgement(("a", "b", "c"), [["b", "a", 0.33], ["a", "b", 3], ["b", "c", 3], ["c", "b", 0.333]])
    np.testing.assert_array_equal(text.weights, plain.weights)
    np.testing.assert_allclose(both.weights, plain.weights, atol=1e-15)
    assert len(both.comparisons) == 2


def test_one_element_needs_no_comparison():
    found = pairwise_judgement(("a",), [])
    assert found.weights.tolist() == [1.0] and found.consistency_ratio == 0


@pytest.mark.parametrize(
    ("comparison", "code"),
    [
        (["a", "b", 0], "weights.not_a_ratio"),
        (["a", "b", -2], "weights.not_a_ratio"),
        (["a", "b", float("nan")], "weights.not_a_ratio"),
        (["a", "b", float("inf")], "weights.not_a_ratio"),
        (["a", "b", "much"], "weights.not_a_ratio"),
        (["a", "b", "1/0"], "weights.not_a_ratio"),
        (["a", "b", True], "weights.not_a_ratio"),
        (["a", "b", None], "weights.not_a_ratio"),
        (["a", "x", 2], "weights.unknown_element"),
        (["a", ["b"], 2], "weights.unknown_element"),
        (["a", "a", 2], "weights.compared_with_itself"),
        (["a", "b"], "weights.not_a_comparison"),
        ("a:b:3", "weights.not_a_comparison"),
        (["b", "a", 3], "weights.contradicted"),
        (["a", "b", 2.99], "weights.contradicted"),
        (["b", "a", 0.3], "weights.contradicted"),
    ],
)
def test_a_wrong_comparison_is_refused_by_itself(comparison, code):
    good = [["a", "b", 3], ["b", "c", 2]]
    assert codes_of(("a", "b", "c"), [*good, comparison]) == [code]


def test_a_matrix_that_is_not_reciprocal_is_refused_cell_by_cell():
    matrix = [[1, 3, 5], [1 / 2, 1, 2], [1 / 5, 3, 1]]
    assert codes_of(("a", "b", "c"), every_pair(matrix, ("a", "b", "c"))) == ["weights.contradicted"] * 2


def test_elements_that_nothing_ties_are_told_by_group():
    with pytest.raises(ScoringError) as refused:
        pairwise_judgement(NAMES, [["a", "c", 2], ["b", "d", 2]])
    (problem,) = refused.value.problems
    assert (problem.code, problem.values["groups"]) == ("weights.not_tied", "a, c | b, d")
    assert codes_of(("a", "b"), []) == ["weights.not_tied"]


def test_everything_that_is_wrong_is_told_at_once():
    comparisons = [["a", "b", 2], ["b", "a", 2], ["a", "x", 3], ["c", "c", 2], ["a", "b"], ["c", "d", -1]]
    assert sorted(codes_of(NAMES, comparisons)) == sorted(
        ["weights.contradicted", "weights.unknown_element", "weights.compared_with_itself",
         "weights.not_a_comparison", "weights.not_a_ratio", "weights.not_tied"]
    )  # fmt: skip
    assert codes_of(("a", "b"), None) == ["weights.not_a_comparison"]
