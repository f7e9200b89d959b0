"""The negative binomial distribution: likelihood, dispersion, and what it predicts when its parameters are not sure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

# Size parameters that stand for the most overdispersion and for none.
LEAST_K, MOST_K = 1e-2, 1e4
# Gauss and Hermite's nodes and weights of a normal distribution, three of them.
_NODES = (-np.sqrt(3.0), 0.0, np.sqrt(3.0))
_WEIGHTS = (1 / 6, 2 / 3, 1 / 6)
_STEP = 0.05
_MOST_SE = 1.0
# A share of a project is not yet a project more.
_ROUNDING = 1e-9


def log_pmf(counts: np.ndarray, mean: np.ndarray, k: float | np.ndarray) -> np.ndarray:
    """Return the logarithm of the probability of counts.

    Parameters
    ----------
    counts : ndarray, shape (n,)
        0 or more; shares of a project are taken as they are, between the whole numbers.
    mean : ndarray, shape (n,)
        Above 0.
    k : float or ndarray
        Size parameter: variance = mean + mean²/k.

    Examples
    --------
    >>> log_pmf(np.array([0.0]), np.array([2.0]), 1.0).round(6).tolist()
    [-1.098612]
    """
    from scipy.special import gammaln

    return (
        gammaln(counts + k)
        - gammaln(k)
        - gammaln(counts + 1)
        - k * np.log1p(mean / k)
        - counts * np.log1p(k / np.maximum(mean, np.finfo(float).tiny))
    )


def weights(mean: np.ndarray, k: float) -> np.ndarray:
    """Return what each count says of the logarithm of its mean, relative to a Poisson count of that mean: 1/(1 + m/k).

    Notes
    -----
    With these weights a Poisson regression solves the likelihood equations of the negative binomial one (McCullagh
    and Nelder, 1989, §6): a capital does not decide alone.

    Examples
    --------
    >>> weights(np.array([0.0, 2.0, 6.0]), 2.0).tolist()
    [1.0, 0.5, 0.25]
    """
    return 1 / (1 + mean / k)


def with_error(k: float, error: np.ndarray | float) -> np.ndarray:
    """Return the size parameter once the mean itself is only known up to a relative variance.

    Examples
    --------
    >>> float(with_error(2.0, 0.5))
    1.0
    """
    return np.asarray(1 / (1 / k + error))


def dispersion(counts: np.ndarray, mean: np.ndarray, error: np.ndarray | float = 0.0) -> tuple[float, float]:
    """Return the size parameter that makes counts likeliest, and the standard error of its logarithm.

    Parameters
    ----------
    counts, mean : ndarray, shape (n,)
        Means above 0.
    error : ndarray or float
        Relative variance of each mean, which is not to be taken for dispersion.

    Returns
    -------
    k : float
        Between ``LEAST_K`` and ``MOST_K``.
    error : float
        From the curvature of the likelihood, at most 1; 0 at a bound.

    Examples
    --------
    >>> dispersion(np.array([1.0, 1.0, 1.0]), np.array([1.0, 1.0, 1.0]))[0] > 9000
    True
    """
    from scipy import optimize

    def unlikelihood(log_k: float) -> float:
        return -float(log_pmf(counts, mean, with_error(np.exp(log_k), error)).sum())

    low, high = np.log(LEAST_K), np.log(MOST_K)
    best = float(optimize.minimize_scalar(unlikelihood, bounds=(low, high), method="bounded").x)
    if not low + _STEP < best < high - 1:
        return float(np.exp(best)), 0.0
    curvature = unlikelihood(best + _STEP) - 2 * unlikelihood(best) + unlikelihood(best - _STEP)
    error_of_log = _STEP / np.sqrt(curvature) if curvature > 0 else _MOST_SE
    return float(np.exp(best)), float(min(error_of_log, _MOST_SE))


@dataclass(frozen=True)
class Predictive:
    """The distribution of counts to come: negative binomial, its size parameter lognormal around what was found.

    Parameters
    ----------
    mean : ndarray, shape (n,)
        Above 0.
    k : float
    k_error : float
        Standard error of the logarithm of k.
    error : ndarray or float
        Relative variance of each mean.
    """

    mean: np.ndarray
    k: float
    k_error: float = 0.0
    error: np.ndarray | float = 0.0

    def _laws(self) -> list:
        from scipy import stats

        nodes = _NODES if self.k_error > 0 else (0.0,)
        sizes = [with_error(self.k * np.exp(node * self.k_error), self.error) for node in nodes]
        return [stats.nbinom(size, size / (size + self.mean)) for size in sizes]

    def _mixed(self, values: list[np.ndarray]) -> np.ndarray:
        return values[0] if len(values) == 1 else sum(w * v for w, v in zip(_WEIGHTS, values, strict=True))

    def cdf(self, counts: np.ndarray) -> np.ndarray:
        """Return P(Y ≤ count)."""
        return self._mixed([law.cdf(np.floor(counts + _ROUNDING)) for law in self._laws()])

    def above(self, counts: np.ndarray) -> np.ndarray:
        """Return P(Y > count).

        Examples
        --------
        >>> Predictive(np.array([2.0]), 1.0).above(np.array([0.0])).round(6).tolist()
        [0.666667]
        """
        return self._mixed([law.sf(np.floor(counts + _ROUNDING)) for law in self._laws()])

    def quantile(self, q: float) -> np.ndarray:
        """Return the smallest whole number that at least a share q of counts do not exceed.

        Examples
        --------
        >>> Predictive(np.array([2.0]), 1.0).quantile(0.5).tolist()
        [1.0]
        """
        laws = self._laws()
        each = np.array([law.ppf(q) for law in laws])
        # The quantile of a mixture lies between those of its parts.
        low, high = each.min(axis=0), each.max(axis=0)
        while (low < high).any():
            middle = np.floor((low + high) / 2)
            reached = self._mixed([law.cdf(middle) for law in laws]) >= q
            low, high = np.where(reached, low, middle + 1), np.where(reached, middle, high)
            low = np.minimum(low, high)
        return high
