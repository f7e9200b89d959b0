"""The simulator of activity does what it says: its means, its dispersion, and what it plants."""

import numpy as np
import pytest
from activity_simulator import made_up_population, simulate_region


@pytest.mark.parametrize("projects", [1000, 3000])
@pytest.mark.parametrize("signal", [0.0, 0.5])
def test_means_sum_to_the_projects_asked_for(projects, signal):
    region = simulate_region(made_up_population(1276, 1), projects, seed=2, signal=signal)
    assert region.expected.sum() == pytest.approx(projects)
    rate = region.expected / region.population
    assert np.ptp(rate) == pytest.approx(0, abs=1e-15) if signal == 0 else np.log(rate).std() > 0.3


def test_planted_territories_are_ready_expected_to_have_some_and_do_a_fifth():
    region = simulate_region(made_up_population(1276, 1), 3000, seed=3)
    assert 0 < region.planted.sum() <= 64
    assert (region.expected[region.planted] >= 3).all()
    assert (region.readiness[region.planted] > np.median(region.readiness)).all()
    np.testing.assert_allclose(region.mean[region.planted], 0.2 * region.expected[region.planted])
    assert (region.gap[~region.planted] == 0).all() and (region.gap[region.planted] > 0).all()


def test_counts_have_the_mean_and_the_variance_of_the_negative_binomial():
    """Two thousand regions of one size: mean m, variance m + m²/3, within four standard errors."""
    population = np.full(2000, 5_000.0)
    drawn = np.concatenate(
        [simulate_region(population, 8_000, seed, signal=0.0, planted_share=0.0).count for seed in range(20)]
    )
    mean = 4.0
    variance = mean + mean**2 / 3
    assert drawn.mean() == pytest.approx(mean, abs=4 * np.sqrt(variance / drawn.size))
    assert drawn.var() == pytest.approx(variance, rel=0.06)


def test_the_same_seed_gives_the_same_region():
    one, two = (simulate_region(made_up_population(300, 4), 500, seed=5) for _ in range(2))
    for name in vars(one):
        np.testing.assert_array_equal(getattr(one, name), getattr(two, name))
