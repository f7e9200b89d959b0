"""Importance as it is wished: numpy's correlations with the composite, no weights nearer, gaps, bad input."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from smart_territoires_plugin.core.errors import ScoringError
from smart_territoires_plugin.core.scoring.matched_importance import importance_match, matched_importance


def random_scores(rows=40, columns=5, seed=0):
    generator = np.random.default_rng(seed)
    mixed = generator.normal(size=(rows, columns)) @ generator.uniform(0.2, 1, (columns, columns))
    scores = 1 + 99 * (mixed - mixed.min(axis=0)) / np.ptp(mixed, axis=0)
    return scores


def importance(scores, weights):
    """Squared correlations with the composite, by numpy's own functions."""
    composite = [np.nansum(row * weights) / weights[~np.isnan(row)].sum() for row in scores]
    squared = []
    for column in scores.T:
        known = ~np.isnan(column)
        squared.append(np.corrcoef(column[known], np.array(composite)[known])[0, 1] ** 2)
    return np.array(squared) / sum(squared)


@given(seed=st.integers(0, 500), wished=arrays(float, 4, elements=st.floats(0.8, 1.2)))
@settings(max_examples=60)
def test_importance_is_as_wished_or_the_weights_are_refused(seed, wished):
    scores, names = random_scores(columns=4, seed=seed), ("a", "b", "c", "d")
    found = importance_match(scores, names, dict(zip(names, wished)))
    assert found.weights.sum() == pytest.approx(1) and (found.weights >= 0).all()
    np.testing.assert_allclose(importance(scores, found.weights), found.reached, atol=1e-9)
    if found.matched:
        np.testing.assert_allclose(found.reached, wished / wished.sum(), atol=1e-6)
    else:
        assert (found.weights == 0).any(), "else the exact solution is one of 0 or more"
        with pytest.raises(ScoringError) as refused:
            matched_importance(scores, names, dict(zip(names, wished)))
        assert refused.value.problems[0].code == "weights.importance_not_matched"


def test_two_elements_count_the_same_with_weights_inverse_to_their_spread():
    scores = random_scores(columns=2, seed=3) * np.array([1.0, 25.0])
    weights = matched_importance(scores, ("a", "b"))
    np.testing.assert_allclose(weights * scores.std(axis=0), np.full(2, (weights * scores.std(axis=0)).mean()))


@given(seed=st.integers(0, 300))
@settings(max_examples=30)
def test_where_no_weights_match_no_others_come_nearer(seed):
    """The angle between the correlations and the wished ones is the smallest that weights of 0 or more can give."""
    generator = np.random.default_rng(seed)
    scores = generator.normal(size=(30, 4))
    scores[:, 3] = -scores[:, 0] - scores[:, 1] + 0.5 * generator.normal(size=30)
    wished = np.array([0.4, 0.3, 0.2, 0.1])
    found = importance_match(scores, ("a", "b", "c", "d"), dict(zip("abcd", wished)))

    def angle(weights):
        loads = np.corrcoef(np.column_stack([scores, scores @ weights]), rowvar=False)[:-1, -1]
        return np.arccos(np.clip(loads @ np.sqrt(wished) / np.linalg.norm(loads), -1, 1))

    others = generator.dirichlet(np.full(4, 0.6), 200)
    assert min(angle(weights) for weights in others) >= angle(found.weights) - 1e-6


def test_gaps_are_matched_in_the_composite_itself():
    generator = np.random.default_rng(11)
    scores = 50 + (generator.normal(size=(200, 4)) + generator.normal(size=(200, 1))) * np.array([1.0, 2.0, 5.0, 20.0])
    scores[generator.uniform(size=scores.shape) < 0.1] = np.nan
    found = importance_match(scores, ("a", "b", "c", "d"))
    assert found.matched and found.rounds > 1
    np.testing.assert_allclose(importance(scores, found.weights), np.full(4, 0.25), atol=1e-6)


def test_importance_does_not_depend_on_order_or_units():
    scores, names = random_scores(rows=60, columns=4, seed=2), ("a", "b", "c", "d")
    found = importance_match(scores, names)
    order = [2, 0, 3, 1]
    again = importance_match(scores[::-1][:, order], tuple(names[c] for c in order))
    np.testing.assert_allclose(again.weights, found.weights[order], atol=1e-9)
    factors = np.array([1.0, 10.0, 0.1, 5.0])
    scaled = importance_match(scores * factors, names).weights * factors
    np.testing.assert_allclose(scaled / scaled.sum(), found.weights, atol=1e-9)


def test_twins_share_their_weight_and_a_constant_has_none(recwarn):
    scores = random_scores(columns=2, seed=5)
    scores = np.column_stack([scores[:, 0], scores[:, 0], scores[:, 1], np.full(40, 3.0)])
    found = importance_match(scores, ("a", "twin", "b", "same"))
    assert found.matched and found.weights[3] == 0
    assert found.weights[0] == pytest.approx(found.weights[1], abs=1e-5)
    unequal = {"a": 3, "twin": 1, "b": 1, "same": 1}
    assert not importance_match(scores, ("a", "twin", "b", "same"), unequal).matched
    assert matched_importance(scores, ("a", "twin", "b", "same"), unequal, nearest=True).sum() == pytest.approx(1)
    assert not recwarn.list


@pytest.mark.parametrize(
    ("wished", "codes"),
    [
        ({"a": 1, "x": 1}, {"weights.unknown_element", "weights.absent_elements"}),
        ({"a": -1, "b": "much"}, {"weights.not_an_amount"}),
        ({"a": 0, "b": 0}, {"weights.nothing_wished"}),
        ("alike", {"weights.not_by_element"}),
    ],
)
def test_wrong_wishes_are_refused_all_at_once(wished, codes):
    with pytest.raises(ScoringError) as refused:
        matched_importance(random_scores(columns=2), ("a", "b"), wished)
    assert {problem.code for problem in refused.value.problems} == codes
