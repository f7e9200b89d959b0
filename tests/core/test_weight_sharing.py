"""Weights that share a whole: the sum stays, locked ones stay, the others keep their proportions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smart_territoires_plugin.core.scoring.weight_sharing import share_out

WEIGHTS = st.lists(st.floats(0, 100), min_size=1, max_size=8)


@given(WEIGHTS, st.floats(-10, 300), st.data())
def test_the_whole_and_what_is_locked_stay(weights, value, data):
    weights = np.array(weights)
    moved = data.draw(st.integers(0, len(weights) - 1))
    locked = np.array(data.draw(st.lists(st.booleans(), min_size=len(weights), max_size=len(weights))))
    made = share_out(weights, moved, value, locked)
    assert made.sum() == pytest.approx(weights.sum())
    assert (made >= 0).all()
    kept = locked.copy()
    kept[moved] = False
    np.testing.assert_array_equal(made[kept], weights[kept])
    free = ~locked
    free[moved] = False
    if free.any():
        left = weights[free].sum() + weights[moved]
        assert made[moved] == pytest.approx(min(max(value, 0), left))


@given(st.lists(st.floats(0.1, 100), min_size=3, max_size=8), st.floats(0, 0.9))
def test_the_others_keep_their_proportions(weights, share):
    weights = np.array(weights)
    made = share_out(weights, 0, share * weights.sum(), np.zeros(len(weights), dtype=bool))
    np.testing.assert_allclose(made[1:] / made[1], weights[1:] / weights[1])


def test_others_that_are_nought_share_alike():
    assert share_out(np.array([6.0, 0.0, 0.0]), 0, 2.0, np.zeros(3, dtype=bool)).tolist() == [2.0, 2.0, 2.0]


def test_nothing_moves_where_all_others_are_locked():
    weights = np.array([1.0, 2.0])
    assert share_out(weights, 0, 5.0, np.array([False, True])).tolist() == [1.0, 2.0]
