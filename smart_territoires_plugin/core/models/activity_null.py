"""What activity is to be expected of population and size class alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smart_territoires_plugin.core.models.negative_binomial import dispersion, weights

# Inhabitants at which size classes begin: INSEE's bounds between rural communes, small towns, towns and large ones.
# Finer ones take the territories that do little for the rule of their class (docs/activity.md).
CLASSES = (2_000, 10_000, 50_000)
# A class of fewer joins its neighbour: a rate of its own would be chance, or the mark of the very territories that do
# little and are looked for.
LEAST_TERRITORIES, LEAST_PROJECTS = 100, 20
_ROUNDS = 6
_FIRST_K = 2.0


@dataclass(frozen=True)
class NullModel:
    """Projects in proportion to population within each size class.

    Parameters
    ----------
    starts : ndarray, shape (n_classes - 1,)
        Inhabitants from which on each class but the first counts.
    rates : ndarray, shape (n_classes,)
        Projects per inhabitant.
    errors : ndarray, shape (n_classes,)
        Relative variance of each rate.
    k : float
        Size parameter of the counts around what is expected.
    """

    starts: np.ndarray
    rates: np.ndarray
    errors: np.ndarray
    k: float

    def classes(self, population: np.ndarray) -> np.ndarray:
        """Return the number of each territory's class."""
        return np.searchsorted(self.starts, population, side="right")

    def expected(self, population: np.ndarray) -> np.ndarray:
        """Return the projects to expect."""
        return self.rates[self.classes(population)] * population

    def error(self, population: np.ndarray) -> np.ndarray:
        """Return the relative variance of what is expected."""
        return self.errors[self.classes(population)]


def size_classes(counts: np.ndarray, population: np.ndarray) -> np.ndarray:
    """Return where size classes begin, those with too few territories or projects joined to the next.

    Examples
    --------
    >>> population = np.repeat([300.0, 3_000.0, 20_000.0, 90_000.0], [200, 200, 200, 3])
    >>> size_classes(np.ones(603), population).tolist()
    [2000, 10000]
    """
    number = np.searchsorted(CLASSES, population, side="right")
    territories = np.bincount(number, minlength=len(CLASSES) + 1)
    projects = np.bincount(number, counts, minlength=len(CLASSES) + 1)
    starts: list[int] = []
    size, done = 0, 0.0
    for place, start in enumerate(CLASSES):
        size, done = size + territories[place], done + projects[place]
        if size >= LEAST_TERRITORIES and done >= LEAST_PROJECTS:
            starts.append(start)
            size, done = 0, 0.0
    size, done = size + territories[-1], done + projects[-1]
    if starts and not (size >= LEAST_TERRITORIES and done >= LEAST_PROJECTS):
        starts.pop()
    return np.array(starts, dtype=int)


def fit_rates(counts: np.ndarray, population: np.ndarray) -> NullModel:
    """Fit one rate per size class and one dispersion, by maximum likelihood.

    Parameters
    ----------
    counts : ndarray, shape (n,)
        Known, with a sum above 0.
    population : ndarray, shape (n,)
        Above 0.

    Notes
    -----
    Each rate solves Σ (y − m)/(1 + m/k) = 0: a territory counts for what it tells, so that neither a capital nor a
    large territory that does nothing decides alone.

    Examples
    --------
    >>> fit_rates(np.array([1.0, 3.0]), np.array([1000.0, 3000.0])).expected(np.array([2000.0])).round(6).tolist()
    [2.0]
    """
    starts = size_classes(counts, population)
    number = np.searchsorted(starts, population, side="right")
    size = len(starts) + 1
    mean, k = population * (counts.sum() / population.sum()), _FIRST_K
    rates, told = np.zeros(size), np.zeros(size)
    for _ in range(_ROUNDS):
        for _ in range(_ROUNDS):
            counted = weights(mean, k)
            told = np.bincount(number, counted * counts, minlength=size)
            rates = told / np.bincount(number, counted * population, minlength=size)
            mean = rates[number] * population
        k, _ = dispersion(counts, np.maximum(mean, np.finfo(float).tiny), 0.0)
    return NullModel(starts, rates, np.divide(1.0, told, out=np.zeros(size), where=told > 0), k)
