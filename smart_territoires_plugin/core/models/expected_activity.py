"""Activity to expect of a territory, and what its own count says once small numbers are allowed for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

import numpy as np

from smart_territoires_plugin.core.models import activity_selection as selection
from smart_territoires_plugin.core.models.activity_null import fit_rates
from smart_territoires_plugin.core.models.activity_selection import Data, FewProjects, Fold, Run, Verdict
from smart_territoires_plugin.core.models.negative_binomial import Predictive, dispersion

PER_INHABITANTS = 10_000
_LOW, _HIGH = 0.05, 0.95
_TINY = float(np.finfo(float).tiny)


def _none() -> np.ndarray:
    return np.empty(0)


@dataclass(frozen=True)
class ExpectedActivity:
    """What a model of counts says: projects to expect, and what a territory's own count says beside them.

    Parameters
    ----------
    expected : ndarray, shape (n_territories,)
        Projects to expect; NaN where there is no population. Of the model where it is used, else of the null model.
    shrunken_rate : ndarray, shape (n_territories,)
        Projects per 10 000 inhabitants, drawn to the rate of its size the more the fewer inhabitants there are; NaN
        where the count is unknown. Always by the null model: it tells how much is done, not what is wanting.
    gap_low, gap_high : ndarray, shape (n_territories,)
        5th and 95th percentiles of the predictive distribution, less the count.
    evidence : ndarray, shape (n_territories,)
        100·P(Y > count): of 100 territories like this one, how many do more.
    dispersion : float
        Size parameter k of the negative binomial distribution around ``expected``: variance = m + m²/k.
    null_expected : ndarray, shape (n_territories,)
        Projects to expect of population and size class alone.
    shape, rate_scale : ndarray, shape (n_territories,)
        Posterior of the rate per 10 000 inhabitants: a gamma variable of that shape times ``rate_scale``, the mean of
        which is ``shrunken_rate``. NaN where that is.
    verdict : Verdict
        Whether success factors were used, and why.
    importance : tuple of (factor, mean, standard deviation)
        What is lost without a factor, where the model is used: association, not cause.
    at_least : ndarray, shape (n_territories,)
        100·P(Y ≥ count): with ``evidence``, what the calibration of the model is judged by.
    """

    expected: np.ndarray
    shrunken_rate: np.ndarray
    gap_low: np.ndarray
    gap_high: np.ndarray
    evidence: np.ndarray
    dispersion: float
    null_expected: np.ndarray = field(default_factory=_none)
    shape: np.ndarray = field(default_factory=_none)
    rate_scale: np.ndarray = field(default_factory=_none)
    verdict: Verdict = field(default_factory=Verdict)
    importance: tuple[tuple[str, float, float], ...] = ()
    at_least: np.ndarray = field(default_factory=_none)

    def to_arrays(self) -> dict[str, np.ndarray]:
        """Return all of it as arrays of numbers and plain text; ``from_arrays`` reads them."""
        found = {name: np.asarray(value) for name, value in vars(self).items() if name not in ("verdict", "importance")}
        said = self.verdict
        found["verdict_text"] = np.array([said.candidate, said.reason], dtype=str)
        found["verdict_numbers"] = np.array([said.used, said.gain, said.gain_se, said.n_groups], dtype=float)
        found["importance_names"] = np.array([name for name, *_ in self.importance], dtype=str)
        found["importance"] = np.array([numbers for _, *numbers in self.importance], dtype=float).reshape(-1, 2)
        return found

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, np.ndarray]) -> ExpectedActivity:
        """Return what ``to_arrays`` wrote.

        Examples
        --------
        >>> model = fit_null_model(np.array([0.0, 4.0]), np.array([1000.0, 3000.0]))
        >>> ExpectedActivity.from_arrays(model.to_arrays()).expected.tolist()
        [1.0, 3.0]
        """
        plain = [one.name for one in fields(cls) if one.name not in ("dispersion", "verdict", "importance")]
        candidate, reason = (str(word) for word in arrays["verdict_text"])
        used, gain, error, groups = (float(value) for value in arrays["verdict_numbers"])
        rows = zip(arrays["importance_names"], arrays["importance"], strict=True)
        return cls(
            **{name: arrays[name] for name in plain},
            dispersion=float(arrays["dispersion"]),
            verdict=Verdict(bool(used), candidate, gain, error, int(groups), reason),
            importance=tuple((str(name), float(mean), float(spread)) for name, (mean, spread) in rows),
        )


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
    exposed = population > 0
    known = exposed & ~np.isnan(counts)
    people = population[known].sum()
    rate = counts[known].sum() / people if people > 0 else np.nan
    expected = np.where(exposed, rate * np.where(exposed, population, 0.0), np.nan)
    if not rate > 0:
        return _nothing_done(expected, known)
    k, _ = dispersion(counts[known], expected[known])
    return _said(counts, population, expected, expected, k, Predictive(expected[known], k))


def fit_expected_activity(
    counts: np.ndarray,
    population: np.ndarray,
    factors: np.ndarray,
    names: Sequence[str],
    groups: np.ndarray,
    seed: int = 1,
    run: Run | None = None,
) -> ExpectedActivity:
    """Fit what is to be expected of population and size, and of success factors where they tell more.

    Parameters
    ----------
    counts : ndarray, shape (n_territories,)
        Projects, 0 or more; NaN where nobody searched: such a territory is never fitted, and still gets what is
        expected of it.
    population : ndarray, shape (n_territories,)
        Inhabitants; NaN or 0 where there are none to compare by.
    factors : ndarray, shape (n_territories, n_factors)
        Normalised scores of the success factors, 0–100, the higher the better; NaN takes the median of the territories
        that a model is fitted to.
    names : sequence of str
        Of the factors.
    groups : ndarray of str, shape (n_territories,)
        Territories of a group are never on both sides of a fold; '' is a group of its own.
    seed : int
        Of gradient boosting, and of the permutations behind importance.
    run : callable, optional
        Like ``map``: how the folds are run.

    Returns
    -------
    ExpectedActivity
        What is expected of a territory comes from models that saw no territory of its fold. The dispersion is fitted
        to these expectations, so that it carries what models do not know; on top of it come the error of each
        expectation (from the training with parts left out) and that of the dispersion itself.

    Notes
    -----
    Negative binomial counts with population as exposure. The null model has one rate per size class; candidates are
    Poisson regressions and gradient boosting (scikit-learn) of the ratio of a count to the null model's expectation,
    chosen by inner folds. The chosen are used only where their deviance out of fold is below the null model's by more
    than 1.645 standard errors across groups.

    Examples
    --------
    >>> nothing = np.empty((2, 0)), (), np.array(["", ""])
    >>> model = fit_expected_activity(np.array([0.0, 4.0]), np.array([1e3, 3e3]), *nothing)
    >>> model.expected.tolist(), model.verdict.reason
    ([1.0, 3.0], 'few_projects')
    """
    counts, population, factors = (np.asarray(values, dtype=float) for values in (counts, population, factors))
    exposed = np.flatnonzero(population > 0)
    known = ~np.isnan(counts) & (population > 0)
    telling = [column for column in range(factors.shape[1]) if np.unique(factors[known, column]).size > 1]
    telling = [column for column in telling if np.ptp(factors[known, column][~np.isnan(factors[known, column])]) > 0]
    numbers = selection.group_numbers(groups)
    data = Data(counts[exposed], population[exposed], factors[exposed][:, telling], numbers[exposed], seed)
    data = replace(data, groups=np.unique(data.groups, return_inverse=True)[1])
    refusal = _refusal(data, known)
    fitted: list[Fold] = []
    if refusal in ("", "no_factors"):
        try:
            fitted = selection.cross_fit(data, run)
        except FewProjects:
            refusal = "few_projects"
    n_groups = int(np.unique(numbers[known]).size)
    if not fitted:
        return replace(_within(counts, population, known), verdict=Verdict(n_groups=n_groups, reason=refusal))
    verdict = Verdict(n_groups=n_groups, reason=refusal)
    if not refusal:
        verdict = selection.judge(selection.gains(data, fitted), [fold.candidate for fold in fitted])
    importance = ()
    if verdict.used:
        importance = selection.permutation_importance(data, fitted, [names[column] for column in telling])
    null, null_error = _spread(len(counts), exposed, fitted, "null", "null_error")
    mean, error = _spread(len(counts), exposed, fitted, "mean", "error") if verdict.used else (null, null_error)
    null_k, _ = dispersion(counts[known], null[known], null_error[known])
    k, k_error = dispersion(counts[known], mean[known], error[known])
    law = Predictive(mean[known], k, k_error, error[known])
    said = _said(counts, population, mean, null, null_k, law)
    return replace(said, verdict=verdict, importance=importance)


def _refusal(data: Data, known: np.ndarray) -> str:
    """Return why no model is tried, empty where one is."""
    if not len(data.counts):
        return "no_population"
    if not known.any():
        return "no_counts"
    if data.counts[data.known].sum() < selection.LEAST_PROJECTS or known.sum() < selection.LEAST_TERRITORIES:
        return "few_projects"
    if np.unique(data.groups[data.known]).size < selection.LEAST_GROUPS:
        return "few_groups"
    return "" if data.factors.shape[1] else "no_factors"


def _within(counts: np.ndarray, population: np.ndarray, known: np.ndarray) -> ExpectedActivity:
    """Return the null model where there is too little to set groups apart: by size class, if there is enough for it."""
    if counts[known].sum() < selection.LEAST_PROJECTS or known.sum() < selection.LEAST_TERRITORIES:
        return fit_null_model(counts, population)
    null = fit_rates(counts[known], population[known])
    exposed = population > 0
    expected, error = np.full(len(counts), np.nan), np.full(len(counts), np.nan)
    expected[exposed] = np.maximum(null.expected(population[exposed]), _TINY)
    error[exposed] = null.error(population[exposed])
    k, k_error = dispersion(counts[known], expected[known], error[known])
    return _said(counts, population, expected, expected, k, Predictive(expected[known], k, k_error, error[known]))


def _spread(size: int, exposed: np.ndarray, fitted: Sequence[Fold], *parts: str) -> list[np.ndarray]:
    """Return what the folds found as whole columns; NaN where there is no population."""
    columns = []
    for part in parts:
        column = np.full(size, np.nan)
        for fold in fitted:
            column[exposed[fold.rows]] = getattr(fold, part)
        columns.append(column)
    return columns


def _nothing_done(expected: np.ndarray, known: np.ndarray) -> ExpectedActivity:
    zeros = np.where(known, 0.0, np.nan)
    reason = "few_projects" if known.any() else "no_counts"
    return ExpectedActivity(
        expected,
        zeros,
        zeros,
        zeros,
        zeros,
        np.inf,
        expected,
        zeros + 1,
        zeros,
        Verdict(reason=reason),
        (),
        zeros + 100,
    )


def _said(
    counts: np.ndarray, population: np.ndarray, expected: np.ndarray, null: np.ndarray, null_k: float, law: Predictive
) -> ExpectedActivity:
    """Return what a fit says of every territory; ``law`` is that of the territories whose count is known."""
    known = (population > 0) & ~np.isnan(counts)
    low, high, evidence, reached, shape, scale = (np.full(len(counts), np.nan) for _ in range(6))
    seen = counts[known]
    low[known] = law.quantile(_LOW) - seen
    high[known] = law.quantile(_HIGH) - seen
    evidence[known] = 100 * law.above(seen)
    reached[known] = 100 * law.above(np.ceil(seen) - 1)
    shape[known] = seen + null_k
    scale[known] = PER_INHABITANTS * null[known] / population[known] / (null[known] + null_k)
    verdict = Verdict(reason="no_factors")
    gaps = (low, high, evidence)
    return ExpectedActivity(expected, shape * scale, *gaps, law.k, null, shape, scale, verdict, (), reached)
