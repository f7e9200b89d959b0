"""Points that experts share out: means of shares, disagreement, bad input."""

import numpy as np
import pytest

from smart_territoires_plugin.core.errors import ScoringError
from smart_territoires_plugin.core.messages import problem_lines
from smart_territoires_plugin.core.scoring.budget import allocated_budget, budget_allocation


def test_budget_allocation_is_the_mean_of_shares():
    points = {"a": [50, 8, 1], "b": [30, 1, 1], "c": [20, 1, 2]}
    found = allocated_budget(("a", "b", "c"), points)
    np.testing.assert_allclose(found.weights, [(0.5 + 0.8 + 0.25) / 3, (0.3 + 0.1 + 0.25) / 3, (0.2 + 0.1 + 0.5) / 3])
    np.testing.assert_allclose(found.lowest, [0.25, 0.1, 0.1])
    np.testing.assert_allclose(found.highest, [0.8, 0.3, 0.5])
    np.testing.assert_allclose(
        found.deviation, np.std([[0.5, 0.8, 0.25], [0.3, 0.1, 0.25], [0.2, 0.1, 0.5]], 1, ddof=1)
    )
    np.testing.assert_array_equal(budget_allocation(np.ones((2, 3)), ("a", "b", "c"), points), found.weights)


def test_experts_who_agree_do_not_disagree():
    found = allocated_budget(("a", "b"), {"a": [3, 30, 0.3], "b": [1, 10, 0.1]})
    assert found.disagreement == pytest.approx(0) and found.deviation == pytest.approx([0, 0])
    alone = allocated_budget(("a", "b"), {"a": 3, "b": 1})
    assert alone.weights.tolist() == [0.75, 0.25] and alone.deviation.tolist() == [0, 0]
    opposed = allocated_budget(("a", "b"), {"a": [1, 0], "b": [0, 1]})
    assert opposed.disagreement == pytest.approx(0.5)  # each would move half of the points to the mean


@pytest.mark.parametrize(
    ("points", "codes"),
    [
        ({"a": [1], "x": [2]}, {"weights.unknown_element", "weights.absent_elements"}),
        ({"a": [1, -2], "b": ["many", 1]}, {"weights.not_an_amount"}),
        ({"a": [1, 2], "b": [1]}, {"weights.experts_differ"}),
        ({"a": [0, 2], "b": [0, 1]}, {"weights.expert_without_points"}),
        ({"a": [], "b": []}, {"weights.experts_differ"}),
        ({"a": [float("nan")], "b": [float("inf")]}, {"weights.not_an_amount"}),
        ([1, 2], {"weights.not_by_element"}),
    ],
)
def test_wrong_points_are_refused_all_at_once(points, codes):
    with pytest.raises(ScoringError) as refused:
        budget_allocation(np.ones((2, 2)), ("a", "b"), points)
    assert {problem.code for problem in refused.value.problems} == codes
    for lang in ("fr", "en"):
        assert all(problem_lines(refused.value.problems, lang))
