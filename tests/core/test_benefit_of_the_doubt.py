"""Benefit of the doubt: each territory's own linear programme solved whole, closed forms, bounds, bad input."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_territoires_plugin.core.errors import Cancelled, ScoringError
from smart_territoires_plugin.core.models import benefit_of_the_doubt as module
from smart_territoires_plugin.core.models.benefit_of_the_doubt import benefit_of_the_doubt

optimize = pytest.importorskip("scipy.optimize")


def names_of(scores):
    return tuple(f"e{column}" for column in range(scores.shape[1]))


def whole_programme(scores, row, low=0.0, high=1.0):
    """The textbook's linear programme of one territory, with every territory as a constraint."""
    size = scores.shape[1]
    own = scores[row]
    limits = [(one, 1.0) for one in scores]
    for k in range(size):
        if low > 0:
            limits.append((low * own - own[k] * np.eye(size)[k], 0.0))
        if high < 1:
            limits.append((own[k] * np.eye(size)[k] - high * own, 0.0))
    found = optimize.linprog(-own, A_ub=np.array([a for a, _ in limits]), b_ub=[b for _, b in limits])
    return -100 * found.fun


def check(scores, found):
    """What holds by definition: the score is the sum, nobody is above 100 with anybody's weights."""
    known = np.where(np.isnan(scores), 0.0, scores)
    np.testing.assert_allclose((found.weights * known).sum(axis=1), np.nan_to_num(found.scores), atol=1e-7)
    assert (found.weights >= 0).all()
    assert (known @ found.weights.T).max(initial=0) <= 100 + 1e-6
    sums = found.shares.sum(axis=1)
    np.testing.assert_allclose(sums[np.nan_to_num(found.scores) > 0], 1)


@given(seed=st.integers(0, 500), columns=st.integers(1, 5))
@settings(max_examples=12)
def test_scores_are_those_of_the_whole_programme(seed, columns):
    scores = np.random.default_rng(seed).uniform(1, 100, (25, columns))
    found = benefit_of_the_doubt(scores, names_of(scores))
    check(scores, found)
    np.testing.assert_allclose(found.scores, [whole_programme(scores, row) for row in range(25)], atol=1e-6)


@pytest.mark.parametrize("bounds", [(0.2, 1.0), (0.0, 0.4), (0.15, 0.5), (1 / 3, 1 / 3)])
def test_scores_within_bounds_are_those_of_the_whole_programme(bounds):
    scores = np.random.default_rng(7).uniform(1, 100, (25, 3))
    found = benefit_of_the_doubt(scores, names_of(scores), *bounds)
    check(scores, found)
    np.testing.assert_allclose(found.scores, [whole_programme(scores, row, *bounds) for row in range(25)], atol=1e-6)
    assert found.shares.min() >= bounds[0] - 1e-7 and found.shares.max() <= bounds[1] + 1e-7
    assert (found.scores <= benefit_of_the_doubt(scores, names_of(scores)).scores + 1e-7).all()


@pytest.mark.parametrize("bounds", [(0.0, 1.0), (0.1, 0.45), (0.0, 0.5)])
def test_of_many_territories_most_follow_from_others(bounds, monkeypatch):
    """What binds for one binds for others: no programme of their own, and the same answer as if they had one."""
    solved, best = [], module._best
    monkeypatch.setattr(module, "_best", lambda *given: solved.append(1) or best(*given))
    generator = np.random.default_rng(21)
    scores = 50 + 8 * generator.normal(size=(600, 4)) + 6 * generator.normal(size=(600, 1))
    found = benefit_of_the_doubt(scores, names_of(scores), *bounds)
    check(scores, found)
    assert len(solved) < 300
    rows = generator.choice(600, 60, replace=False)
    expected = [whole_programme(scores, row, *bounds) for row in rows]
    np.testing.assert_allclose(found.scores[rows], expected, atol=1e-6)
    assert found.shares.min() >= bounds[0] - 1e-7 and found.shares.max() <= bounds[1] + 1e-7


def test_ties_and_rounded_scores_too():
    """Many territories alike, and more of them on a facet than it needs: multipliers are not unique there."""
    scores = np.random.default_rng(5).integers(0, 4, (60, 3)) * 25.0
    scores[0] = 75, 50, 25
    found = benefit_of_the_doubt(scores, names_of(scores))
    check(scores, found)
    expected = [whole_programme(scores, row) if scores[row].any() else 0.0 for row in range(60)]
    np.testing.assert_allclose(found.scores, expected, atol=1e-6)


def test_one_element_is_the_share_of_the_best():
    scores = np.array([[20.0], [50.0], [0.0], [np.nan]])
    found = benefit_of_the_doubt(scores, ("a",))
    np.testing.assert_allclose(found.scores, [40, 100, 0, np.nan])
    assert found.weights[:2, 0].tolist() == [2, 2] and found.weights[2:, 0].tolist() == [0, 0]


def test_a_territory_below_a_line_between_two_others():
    """On the line from (100, 0) to (0, 100) the weights are equal: the score is the sum."""
    scores = np.array([[100.0, 0.0], [0.0, 100.0], [30.0, 40.0], [10.0, 5.0]])
    found = benefit_of_the_doubt(scores, ("a", "b"))
    np.testing.assert_allclose(found.scores, [100, 100, 70, 15])
    np.testing.assert_allclose(found.weights[2:], np.ones((2, 2)))
    np.testing.assert_allclose(found.shares[2], [3 / 7, 4 / 7])


def test_neither_units_nor_order_matter():
    scores = np.random.default_rng(11).uniform(1, 100, (40, 4))
    found = benefit_of_the_doubt(scores, names_of(scores)).scores
    units = benefit_of_the_doubt(scores * np.array([1.0, 1e4, 1e-3, 7.0]), names_of(scores)).scores
    rows, columns = np.random.default_rng(1).permutation(40), [2, 0, 3, 1]
    order = benefit_of_the_doubt(scores[rows][:, columns], names_of(scores)).scores
    np.testing.assert_allclose(units, found, atol=1e-6)
    np.testing.assert_allclose(order, found[rows], atol=1e-6)


def test_a_dominated_territory_is_never_above():
    scores = np.random.default_rng(2).uniform(1, 100, (30, 3))
    scores[0] = scores[1] * np.array([0.9, 0.5, 1.0])
    found = benefit_of_the_doubt(scores, names_of(scores)).scores
    assert found[0] <= found[1] + 1e-7


def test_gaps_weigh_nothing():
    scores = np.random.default_rng(9).uniform(1, 100, (30, 3))
    scores[np.random.default_rng(10).uniform(size=scores.shape) < 0.2] = np.nan
    scores[4] = np.nan
    found = benefit_of_the_doubt(scores, names_of(scores))
    check(scores, found)
    assert np.isnan(found.scores[4]) and np.isnan(found.scores).sum() == np.isnan(scores).all(axis=1).sum()
    assert (found.weights[np.isnan(scores)] == 0).all()
    known = np.nan_to_num(scores)
    expected = [whole_programme(known, row) for row in range(30) if known[row].any()]
    np.testing.assert_allclose(found.scores[known.any(axis=1)], expected, atol=1e-6)
    bounded = benefit_of_the_doubt(scores, names_of(scores), 0.2, 0.6)
    check(scores, bounded)
    two = (~np.isnan(scores)).sum(axis=1) == 2  # of two elements, each share is from 0.3 to 0.9
    assert bounded.shares[two][~np.isnan(scores[two])].min() >= 0.3 - 1e-7
    assert bounded.shares[two].max() <= 0.9 + 1e-7


@pytest.mark.parametrize(
    "scores", [np.ones((1, 3)), np.full((4, 3), 7.0), np.zeros((4, 3)), np.full((2, 3), np.nan), np.empty((0, 3))]
)
def test_nothing_to_compare(scores, recwarn):
    found = benefit_of_the_doubt(scores, names_of(scores))
    expected = np.where(np.isnan(scores[:, :1]), np.nan, np.where(scores[:, :1] > 0, 100.0, 0.0))[:, 0]
    np.testing.assert_allclose(found.scores, expected)
    assert not np.isnan(found.weights).any() and not np.isnan(found.shares).any()
    assert not recwarn.list


def test_what_is_wrong_is_told_at_once():
    scores = np.array([[1.0, -2.0, 0.0], [-1.0, 3.0, 4.0]])
    with pytest.raises(ScoringError) as refused:
        benefit_of_the_doubt(scores, ("a", "b", "c"), low=0.5)
    assert [(problem.code, problem.where) for problem in refused.value.problems] == [
        ("weights.negative_scores", "a"),
        ("weights.negative_scores", "b"),
        ("weights.impossible_shares", "benefit_of_the_doubt"),
        ("weights.share_of_nothing", "c"),
    ]


def test_it_can_be_cancelled():
    def stop(share):
        raise Cancelled

    with pytest.raises(Cancelled):
        benefit_of_the_doubt(np.random.default_rng(0).uniform(1, 9, (9, 3)), ("a", "b", "c"), progress=stop)
