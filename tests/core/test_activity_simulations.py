"""Expected activity in simulated regions whose truth is known: few of them here, many in ``make bench``.

Bounds are such that a product that just keeps its promise would fail with a probability below one in ten thousand.
"""

import numpy as np
import pytest
from activity_judging import BINS, calibration, fitted, precisions, region_population
from activity_simulator import simulate_region
from scipy import stats

REGIONS = 7
SILENT = 5
RARE = 1e-4
ERRORS = -stats.norm.ppf(RARE / 2)


@pytest.fixture(scope="module")
def regions():
    found = [simulate_region(region_population(), 3000, seed) for seed in range(500, 500 + REGIONS)]
    return [(region, fitted(region)) for region in found]


def test_a_model_is_refused_where_factors_tell_nothing():
    """Refused in 95 % of regions: more uses than the bound come by chance once in ten thousand times."""
    most = int(stats.binom.ppf(1 - RARE, SILENT, 0.05))
    drawn = [
        simulate_region(region_population(), 1000, seed, signal=0.0, planted_share=0.0)
        for seed in range(600, 600 + SILENT)
    ]
    assert most < SILENT
    assert sum(fitted(region).verdict.used for region in drawn) <= most


def test_a_model_is_used_where_factors_tell_something(regions):
    """Used in 80 % of regions: fewer than the bound come by chance once in ten thousand times."""
    least = int(stats.binom.ppf(RARE, REGIONS, 0.8))
    assert least >= 1
    assert sum(model.verdict.used for _, model in regions) >= least


@pytest.mark.parametrize("name", BINS)
def test_the_central_nine_tenths_hold_nine_tenths_of_the_unplanted(regions, name):
    found = [calibration(region, model, seed)[name] for seed, (region, model) in enumerate(regions)]
    central, inside, size = np.sum(found, axis=0)
    assert size > 100
    chance = ERRORS * np.sqrt(0.1 * 0.9 / size)
    assert 0.87 - chance <= central / size <= 0.93 + chance
    assert inside / size >= 0.88 - chance


def test_the_first_thirty_are_as_good_as_those_of_an_oracle_and_better_than_simple_rankings(regions):
    found = [precisions(region, model) for region, model in regions]
    mean = {name: np.mean([one[name] for one in found]) for name in found[0]}
    ours = mean["ours, evidence thrice"]
    # Paired over thirty territories in each region; what differs between two rankings is at most what is not shared.
    chance = ERRORS * np.sqrt(0.1 * 0.9 / (30 * REGIONS))
    assert ours >= 0.9 * mean["oracle of true means, evidence thrice"]
    for name in (
        "lowest rate from 10000 inhabitants",
        "empirical Bayes rate",
        "in-sample residual, standardised",
        "in-sample residual, in projects",
    ):
        assert ours > mean[name] - chance, name
    assert ours > mean["lowest rate from 5000 inhabitants"]
