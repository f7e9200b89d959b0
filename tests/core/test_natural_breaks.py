"""Natural breaks: against every partition, against k-means, and refused where they would mean nothing."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smart_territoires_plugin.core.errors import ScoringError
from smart_territoires_plugin.core.targeting.natural_breaks import jenks_threshold, natural_breaks


def inertia(values, breaks):
    """Sum of squared differences to the means of classes, each value in the class of the first break not below it."""
    place = np.searchsorted(breaks, values, side="left")
    return sum(((part - part.mean()) ** 2).sum() for part in (values[place == c] for c in range(len(breaks) + 1)))


def least_inertia(values, classes):
    """The least over all ways to cut the sorted distinct values."""
    distinct = np.unique(values)
    return min(inertia(values, distinct[list(cut)]) for cut in combinations(range(len(distinct) - 1), classes - 1))


@given(st.lists(st.integers(1, 60), min_size=4, max_size=11), st.integers(2, 4), st.sampled_from([0.0, 1e6, -30.0]))
def test_no_partition_is_better(drawn, classes, shift):
    values = np.array(drawn, dtype=float) / 7 + shift
    if len(np.unique(values)) < classes or (values == 0).mean() > 1 / 3:
        return
    breaks = natural_breaks(values, classes)
    assert np.isin(breaks, values).all() and (np.diff(breaks) > 0).all() and breaks[-1] < values.max()
    assert inertia(values, breaks) == pytest.approx(least_inertia(values, classes), rel=1e-6, abs=1e-7)


@pytest.mark.parametrize("classes", [2, 3, 5, 9])
def test_k_means_is_never_better(classes):
    from sklearn.cluster import KMeans

    for seed in range(4):
        values = np.random.default_rng(seed).lognormal(1, 1, 600)
        other = KMeans(classes, n_init=5, random_state=seed).fit(values[:, None])
        assert inertia(values, natural_breaks(values, classes)) <= other.inertia_ * (1 + 1e-9)


def test_more_values_equal_a_slow_program():
    """Quadratic dynamic programming, written apart; then the communes of a whole country are merely done."""
    size, classes = 120, 4
    values = np.sort(np.random.default_rng(3).gamma(2, 10, size))
    best = [0.0] + [np.inf] * size
    for _ in range(classes):
        best = [np.inf] + [
            min(best[first] + values[first:last].var() * (last - first) for first in range(last))
            for last in range(1, size + 1)
        ]
    assert inertia(values, natural_breaks(values, classes)) == pytest.approx(best[size], rel=1e-9)
    assert len(natural_breaks(np.random.default_rng(4).gamma(2, 10, 35_000), 9)) == 8


def test_the_threshold_is_below_the_upper_half_of_the_classes():
    values = np.array([1.0, 2.0, 11.0, 12.0, 51.0, 52.0, 201.0, 202.0])
    assert jenks_threshold(values, 2) == 52.0
    assert natural_breaks(values, 4).tolist() == [2.0, 12.0, 52.0]
    assert jenks_threshold(values, 4) == 12.0
    assert jenks_threshold(values, 3) == natural_breaks(values, 3)[1]
    assert jenks_threshold(np.append(values, np.nan), 4) == 12.0


@pytest.mark.parametrize("scale", [1e-320, 1e-200, 1.0, 1e200, 1e307])
def test_any_unit_gives_the_same_classes(scale):
    values = np.array([1.0, 2.0, 7.0, 8.0, 9.0])
    assert natural_breaks(values * scale, 2).tolist() == [2 * scale]


def test_many_zeros_and_few_values_are_refused():
    some = np.array([0.0, 0.0, 1.0, 2.0, 3.0, 9.0])
    assert natural_breaks(some, 2).tolist() == [3.0]
    with pytest.raises(ScoringError) as error:
        natural_breaks(np.append(some, 0.0), 2)
    assert [problem.code for problem in error.value.problems] == ["outcomes.jenks_zeros"]
    for values, classes in (([5.0, 5.0, 5.0], 2), ([1.0, 2.0], 3), ([], 2), ([1.0, 2.0], 1)):
        with pytest.raises(ScoringError) as error:
            natural_breaks(np.array(values), classes)
        assert error.value.problems[0].code == "outcomes.jenks_few_values"
