"""Regions whose true activity is known, to judge what is said of expected activity; shares no code with the product.

Written before the models that it judges. A region has real or made-up populations, EPCIs of neighbouring size, four
success factors, and projects drawn around means that follow population and, where there is a signal, the factors. Some
ready territories are planted: they do a fifth of what territories like them do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

FACTORS = 4


@dataclass(frozen=True)
class Region:
    """One simulated region.

    Parameters
    ----------
    population : ndarray, shape (n,)
    epci : ndarray of int, shape (n,)
    factors : ndarray, shape (n, 4)
        Standard normal, partly shared within an EPCI.
    expected : ndarray, shape (n,)
        True mean of a territory's projects, had it not been planted; sums to the number of projects asked for.
    mean : ndarray, shape (n,)
        True mean as it is: a fifth of it where planted.
    count : ndarray of int, shape (n,)
    planted : ndarray of bool, shape (n,)
    readiness : ndarray, shape (n,)
        Mean of the factors.
    """

    population: np.ndarray
    epci: np.ndarray
    factors: np.ndarray
    expected: np.ndarray
    mean: np.ndarray
    count: np.ndarray
    planted: np.ndarray
    readiness: np.ndarray

    @property
    def gap(self) -> np.ndarray:
        """What an oracle that knows the true means would rank by: projects that are wanting."""
        return self.expected - self.mean


def made_up_population(size: int, seed: int) -> np.ndarray:
    """Return populations spread as French communes are: many small ones, a few large; fictitious."""
    generator = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(1,)))
    return np.round(np.exp(generator.normal(7.0, 1.5, size))).clip(30)


def simulate_region(
    population: np.ndarray,
    projects: int,
    seed: int,
    signal: float = 0.5,
    dispersion: float = 3.0,
    planted_share: float = 0.05,
    left: float = 0.2,
    least_expected: float = 3.0,
    per_epci: int = 20,
) -> Region:
    """Draw one region.

    Parameters
    ----------
    population : ndarray, shape (n,)
    projects : int
        Sum of the true means before anything is planted.
    signal : float
        Standard deviation of the logarithm of the rate that the factors explain; 0 for none.
    dispersion : float
        Size parameter of the gamma distribution that rates are drawn from: variance = m + m²/dispersion.
    planted_share, left : float
        Share of the territories that are planted, and what is left of their activity.
    least_expected : float
        Planted territories are among the ready half, and are expected to have so many projects at least; where there
        are too few of these, all of them are planted.
    """
    generator = np.random.default_rng(seed)
    size = len(population)
    epci = _epci(population, per_epci, generator)
    shared = generator.normal(size=(epci.max() + 1, FACTORS))[epci]
    factors = np.sqrt(0.3) * shared + np.sqrt(0.7) * generator.normal(size=(size, FACTORS))
    effect = factors.sum(axis=1) / np.sqrt(FACTORS)
    weight = population * np.exp(signal * effect)
    expected = projects * weight / weight.sum()
    readiness = factors.mean(axis=1)
    able = np.flatnonzero((readiness > np.median(readiness)) & (expected >= least_expected))
    wanted = min(len(able), round(planted_share * size))
    planted = np.zeros(size, dtype=bool)
    planted[generator.choice(able, wanted, replace=False)] = True
    mean = np.where(planted, left * expected, expected)
    count = generator.poisson(mean * generator.gamma(dispersion, 1 / dispersion, size))
    return Region(population, epci, factors, expected, mean, count, planted, readiness)


def _epci(population: np.ndarray, per_epci: int, generator: np.random.Generator) -> np.ndarray:
    """Deal territories out to groups of about one size, each with large and small ones."""
    groups = max(1, round(len(population) / per_epci))
    order = np.argsort(-population + generator.uniform(size=len(population)))
    dealt = np.empty(len(population), dtype=int)
    dealt[order] = np.arange(len(population)) % groups
    return dealt
