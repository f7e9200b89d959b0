"""Activity to expect of a territory of its size, and what its own count says once small numbers are allowed for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

PER_INHABITANTS = 10_000
_DISPERSIONS = (1e-2, 1e4)


@dataclass(frozen=True)
class ExpectedActivity:
    """What the null model says: projects in proportion to population, with the dispersion seen.

    Parameters
    ----------
    expected : ndarray, shape (n_territories,)
        Projects to expect; NaN where there is no population.
    shrunken_rate : ndarray, shape (n_territories,)
        Projects per 10 000 inhabitants, drawn to the overall rate the more the fewer inhabitants there are; NaN where
        the count is unknown.
    gap_low, gap_high : ndarray, shape (n_territories,)
        5th and 95th percentiles of the predictive distribution, less the count.
    evidence : ndarray, shape (n_territories,)
        100·P(Y > count): of 100 territories of this size, how many do more.
    dispersion : float
        Size parameter k of the negative binomial distribution: variance = m + m²/k.
    """

    expected: np.ndarray
    shrunken_rate: np.ndarray
    gap_low: np.ndarray
    gap_high: np.ndarray
    evidence: np.ndarray
    dispersion: float


def fit_null_model(counts: np.ndarray, population: np.ndarray) -> ExpectedActivity:
    """Fit expected counts in proportion to population.

    Parameters
    ----------
    counts : ndarray, shape (n_territories,)
        Projects; NaN where nobody searched.
    population : ndarray, shape (n_territories,)
        Inhabitants; NaN or 0 where there are none to compare by.

    Notes
    -----
    Counts are negative binomial around ``rate × population``, the dispersion by maximum likelihood; the shrunken rate
    is the posterior mean of the matching gamma prior (Clayton and Kaldor, Biometrics, 1987).

    Examples
    --------
    >>> model = fit_null_model(np.array([0.0, 4.0]), np.array([1000.0, 3000.0]))
    >>> model.expected.tolist()
    [1.0, 3.0]
    """
    from scipy import stats

    exposed = population > 0
    known = exposed & ~np.isnan(counts)
    size = len(counts)
    nothing = np.full(size, np.nan)
    people = population[known].sum()
    rate = counts[known].sum() / people if people > 0 else np.nan
    expected = np.where(exposed, rate * np.where(exposed, population, 0.0), np.nan)
    if not rate > 0:
        zeros = np.where(known, 0.0, np.nan)
        return ExpectedActivity(expected, zeros, zeros, zeros, zeros, np.inf)
    k = _dispersion(counts[known], expected[known])
    shrunken, low, high, evidence = (nothing.copy() for _ in range(4))
    mean, seen = expected[known], counts[known]
    shrunken[known] = rate * PER_INHABITANTS * (seen + k) / (mean + k)
    distribution = stats.nbinom(k, k / (k + mean))
    low[known] = distribution.ppf(0.05) - seen
    high[known] = distribution.ppf(0.95) - seen
    evidence[known] = 100 * distribution.sf(seen)
    return ExpectedActivity(expected, shrunken, low, high, evidence, k)


def _dispersion(counts: np.ndarray, expected: np.ndarray) -> float:
    """Return the size parameter that makes the counts likeliest, within bounds that stand for none and all."""

    from scipy import optimize, stats

    def unlikelihood(log_k: float) -> float:
        k = np.exp(log_k)
        return -float(stats.nbinom.logpmf(counts, k, k / (k + expected)).sum())

    found = optimize.minimize_scalar(unlikelihood, bounds=np.log(_DISPERSIONS), method="bounded")
    return float(np.exp(found.x))
