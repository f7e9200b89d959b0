"""Models that expect activity from success factors, each a fit of the ratio of a count to what its size lets expect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

# Penalties of Poisson regression, from the most cautious to the boldest.
ALPHAS = (3.0, 1.0, 0.3, 0.1, 0.01)
_TREES = 60
_LEAVES = 6
_LEARNING_RATE = 0.08
_PER_LEAF = 30
# As many as a factor of some thousand territories can bear; more cost much time and tell no more.
_BINS = 32

Predictor = Callable[[np.ndarray, np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Scaling:
    """How factors are completed and standardised, by what the training territories say.

    Parameters
    ----------
    median, low, high, mean, deviation : ndarray, shape (n_factors,)
        Deviation is 1 where a factor does not vary.
    """

    median: np.ndarray
    low: np.ndarray
    high: np.ndarray
    mean: np.ndarray
    deviation: np.ndarray

    def __call__(self, factors: np.ndarray) -> np.ndarray:
        """Return factors completed by the median, in standard deviations from the mean.

        Beyond what was seen in training nothing is extrapolated.
        """
        filled = np.where(np.isnan(factors), self.median, factors)
        return (np.clip(filled, self.low, self.high) - self.mean) / self.deviation


def scaling(factors: np.ndarray) -> Scaling:
    """Return how to complete and standardise factors as these are.

    Examples
    --------
    >>> found = scaling(np.array([[0.0], [2.0], [np.nan]]))
    >>> found(np.array([[np.nan]])).tolist()
    [[0.0]]
    """
    columns = [column[~np.isnan(column)] for column in factors.T]
    median = np.array([np.median(column) if column.size else 0.0 for column in columns])
    filled = np.where(np.isnan(factors), median, factors)
    deviation = filled.std(axis=0)
    varies = deviation > 1e-12
    mean = np.where(varies, filled.mean(axis=0), filled[0])
    return Scaling(median, filled.min(axis=0), filled.max(axis=0), mean, np.where(varies, deviation, 1.0))


def poisson_regression(
    factors: np.ndarray, population: np.ndarray, ratio: np.ndarray, weight: np.ndarray, seed: int, alpha: float
) -> Predictor:
    """Fit a Poisson regression with no slope below 0.

    A factor whose slope would be negative is left out, and the rest fitted again: a success factor is one that helps
    by its definition, and ready territories that do little must not pass for the rule.
    """
    from sklearn.linear_model import PoissonRegressor

    used = np.flatnonzero(factors.std(axis=0) > 0)
    while used.size:
        model = PoissonRegressor(alpha=alpha, solver="newton-cholesky", max_iter=50)
        model.fit(factors[:, used], ratio, sample_weight=weight)
        if (model.coef_ >= 0).all():
            return lambda x, people, model=model, used=used: model.predict(x[:, used])
        used = used[model.coef_ > 0]
    level = float(np.sum(weight * ratio) / np.sum(weight))
    return lambda x, people: np.full(len(x), level)


def gradient_boosting(
    factors: np.ndarray, population: np.ndarray, ratio: np.ndarray, weight: np.ndarray, seed: int
) -> Predictor:
    """Fit trees with the Poisson loss, rising with every factor; population may bend either way."""
    from sklearn.ensemble import HistGradientBoostingRegressor

    model = HistGradientBoostingRegressor(
        loss="poisson",
        learning_rate=_LEARNING_RATE,
        max_iter=_TREES,
        max_leaf_nodes=_LEAVES,
        min_samples_leaf=_PER_LEAF,
        l2_regularization=1.0,
        max_bins=_BINS,
        monotonic_cst=[1] * factors.shape[1] + [0],
        early_stopping=False,
        random_state=seed,
    )
    model.fit(np.column_stack([factors, np.log(population)]), ratio, sample_weight=weight)
    return lambda x, people: model.predict(np.column_stack([x, np.log(people)]))


# From the most cautious to the boldest.
CANDIDATES: dict[str, Callable[..., Predictor]] = {
    **{f"poisson_regression_{alpha:g}": partial(poisson_regression, alpha=alpha) for alpha in ALPHAS},
    "gradient_boosting": gradient_boosting,
}


def fit_candidate(
    name: str,
    counts: np.ndarray,
    factors: np.ndarray,
    population: np.ndarray,
    baseline: np.ndarray,
    weight: np.ndarray,
    seed: int,
) -> Predictor:
    """Fit one candidate.

    Parameters
    ----------
    counts, population, baseline, weight : ndarray, shape (n,)
        ``baseline`` is what the null model expects, above 0; ``weight`` what each count tells, relative to Poisson's.
    factors : ndarray, shape (n, n_factors)
        NaN where missing.

    Returns
    -------
    callable
        Of factors and population; returns by what the null model's expectation is to be multiplied.
    """
    scale = scaling(factors)
    exposure = baseline * weight
    predict = CANDIDATES[name](scale(factors), population, counts / baseline, exposure / exposure.mean(), seed)
    return lambda x, people: predict(scale(x), people)
