"""Whether success factors tell more of activity than size: nested folds by group, and the rule of 1.645 errors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from smart_territoires_plugin.core.models.activity_candidates import CANDIDATES, Predictor, fit_candidate
from smart_territoires_plugin.core.models.activity_null import fit_rates
from smart_territoires_plugin.core.models.negative_binomial import log_pmf, weights

OUTER, INNER = 5, 4
# Of a normal distribution, 95 % lies below so many standard errors.
ERRORS = 1.645
LEAST_GROUPS, LEAST_PROJECTS, LEAST_TERRITORIES = 10, 30, 30
# Below what a model may expect, relative to the null model, and above.
_RATIOS = (0.05, 20.0)
_TINY = float(np.finfo(float).tiny)

Run = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]


@dataclass(frozen=True)
class Verdict:
    """Whether a model of success factors is used, and why.

    Parameters
    ----------
    used : bool
    candidate : str
        The model that was chosen in most folds; empty where none was tried.
    gain : float
        Deviance out of fold of the null model less the model's: positive where the model is better. NaN where none
        was tried.
    gain_se : float
        Standard error of the gain, across groups.
    n_groups : int
        Groups that have a territory whose count is known.
    reason : str
        ``gain``, ``no_gain``, ``no_factors``, ``few_groups``, ``few_projects``, ``no_population`` or ``no_counts``.
    """

    used: bool = False
    candidate: str = ""
    gain: float = np.nan
    gain_se: float = np.nan
    n_groups: int = 0
    reason: str = "no_counts"


@dataclass(frozen=True)
class Data:
    """What models are fitted to: territories with inhabitants.

    Parameters
    ----------
    counts : ndarray, shape (n,)
        NaN where nobody searched.
    population : ndarray, shape (n,)
        Above 0.
    factors : ndarray, shape (n, n_factors)
    groups : ndarray of int, shape (n,)
    seed : int
    """

    counts: np.ndarray
    population: np.ndarray
    factors: np.ndarray
    groups: np.ndarray
    seed: int

    @property
    def known(self) -> np.ndarray:
        """Where the count is known."""
        return ~np.isnan(self.counts)

    def of(self, rows: np.ndarray) -> Data:
        """Return some of the territories."""
        return replace(
            self,
            counts=self.counts[rows],
            population=self.population[rows],
            factors=self.factors[rows],
            groups=self.groups[rows],
        )


@dataclass(frozen=True)
class Fold:
    """What the territories of other groups let expect of those of a fold.

    Parameters
    ----------
    rows : ndarray of int, shape (n_rows,)
    null, null_error, mean, error : ndarray, shape (n_rows,)
        Of the null model and of the candidate: projects to expect, and their relative variance.
    k : float
        Size parameter of the null model in training.
    candidate : str
        The one that the inner folds chose; empty where there are no factors.
    predict : callable or None
        By what the null model's expectation is multiplied.
    """

    rows: np.ndarray
    null: np.ndarray
    null_error: np.ndarray
    mean: np.ndarray
    error: np.ndarray
    k: float
    candidate: str = ""
    predict: Predictor | None = None


def group_numbers(groups: np.ndarray) -> np.ndarray:
    """Return a number for each territory's group; one without a group is a group of its own.

    Examples
    --------
    >>> group_numbers(np.array(["b", "", "a", "b", ""], dtype=object)).tolist()
    [0, 1, 2, 0, 3]
    """
    numbers: dict[Any, int] = {}
    keys = [str(group) if str(group) else row for row, group in enumerate(groups)]
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=int)


def folds(groups: np.ndarray, count: int) -> np.ndarray:
    """Deal groups out to folds of about one size; no group is in two.

    Examples
    --------
    >>> folds(np.array([0, 0, 0, 1, 1]), 2).tolist()
    [0, 0, 0, 1, 1]
    """
    from sklearn.model_selection import GroupKFold

    made = np.empty(len(groups), dtype=int)
    for fold, (_, rows) in enumerate(GroupKFold(count).split(groups, groups=groups)):
        made[rows] = fold
    return made


def cross_fit(data: Data, run: Run | None = None) -> list[Fold]:
    """Fit null model and candidates to all groups but those of a fold, for each fold.

    Parameters
    ----------
    data : Data
        With ``LEAST_GROUPS`` groups or more.
    run : callable, optional
        Like ``map``: how the folds are run; one after the other where it is not said.

    Raises
    ------
    FewProjects
        If what is left to fit without one of the folds is too little.
    """
    from threadpoolctl import threadpool_limits

    dealt = folds(data.groups, OUTER)
    for fold in range(OUTER):
        if data.counts[(dealt != fold) & data.known].sum() < LEAST_PROJECTS / 2:
            raise FewProjects
    # Sums over several threads are not the same bit by bit.
    with threadpool_limits(1):
        return list((run or map)(lambda fold: _fold(data, dealt, fold), range(OUTER)))


class FewProjects(Exception):
    """Nearly all projects are in one fold, so that the others say nothing."""


def _fold(data: Data, dealt: np.ndarray, fold: int) -> Fold:
    train, rows = data.of((dealt != fold) & data.known), np.flatnonzero(dealt == fold)
    test = data.of(rows)
    null = fit_rates(train.counts, train.population)
    expected, error = np.maximum(null.expected(test.population), _TINY), null.error(test.population)
    if not data.factors.shape[1]:
        return Fold(rows, expected, error, expected, error, null.k)
    baseline = np.maximum(null.expected(train.population), _TINY)
    told = weights(baseline, null.k)
    inner = folds(train.groups, INNER)
    deviances = {name: np.zeros(len(train.counts)) for name in CANDIDATES}
    without: dict[str, list[np.ndarray]] = {name: [] for name in CANDIDATES}
    for part in range(INNER):
        fitted, held = inner != part, inner == part
        some, other = train.of(fitted), train.of(held)
        for name in CANDIDATES:
            predict = fit_candidate(
                name, some.counts, some.factors, some.population, baseline[fitted], told[fitted], data.seed
            )
            mean = baseline[held] * _bounded(predict(other.factors, other.population))
            deviances[name][held] = -2 * log_pmf(other.counts, mean, null.k)
            without[name].append(np.log(_bounded(predict(test.factors, test.population))))
    best = most_cautious({name: np.bincount(train.groups, values) for name, values in deviances.items()})
    predict = fit_candidate(best, train.counts, train.factors, train.population, baseline, told, data.seed)
    # Jackknife by groups of groups: what leaving a part of the training out moves.
    moved = (INNER - 1) * np.var(without[best], axis=0)
    mean = expected * _bounded(predict(test.factors, test.population))
    return Fold(rows, expected, error, mean, error + moved, null.k, best, predict)


def most_cautious(deviances: Mapping[str, np.ndarray]) -> str:
    """Return the first candidate that is not behind the best by more than one standard error across groups.

    Parameters
    ----------
    deviances : mapping of str to ndarray, shape (n_groups,)
        Of each candidate, from the most cautious to the boldest.

    Notes
    -----
    The rule of one standard error (Breiman et al., Classification and Regression Trees, 1984), on paired differences.

    Examples
    --------
    >>> most_cautious({"mild": np.array([3.0, 5.0, 4.0]), "bold": np.array([3.5, 4.0, 4.2])})
    'mild'
    """
    best = min(deviances, key=lambda name: float(deviances[name].sum()))
    for name, values in deviances.items():
        behind = values - deviances[best]
        if behind.sum() <= np.sqrt(len(behind)) * behind.std():
            return name
    return best


def _bounded(ratio: np.ndarray) -> np.ndarray:
    return np.clip(ratio, *_RATIOS)


def gains(data: Data, fitted: Sequence[Fold]) -> np.ndarray:
    """Return by how much the candidates' deviance is below the null model's, for each group with a known count."""
    gain = np.zeros(len(data.counts))
    for fold in fitted:
        rows = fold.rows
        known = data.known[rows]
        counts = data.counts[rows][known]
        gain[rows[known]] = 2 * (log_pmf(counts, fold.mean[known], fold.k) - log_pmf(counts, fold.null[known], fold.k))
    size = data.groups.max() + 1
    there = np.bincount(data.groups, data.known, minlength=size) > 0
    return np.bincount(data.groups, gain, minlength=size)[there]


def judge(by_group: np.ndarray, chosen: Sequence[str]) -> Verdict:
    """Say whether the gain is more than 1.645 standard errors across groups.

    Examples
    --------
    >>> judge(np.array([1.0, 2.0, 3.0, 2.0]), ["poisson_regression_1"]).used
    True
    >>> judge(np.array([-3.0, 4.0, 3.0, -3.5]), ["poisson_regression_1"]).reason
    'no_gain'
    """
    size = len(by_group)
    gain, error = float(by_group.sum()), float(np.sqrt(size) * by_group.std(ddof=1))
    used = bool(error > 0 and gain > ERRORS * error)
    candidate = max(CANDIDATES, key=list(chosen).count)
    return Verdict(used, candidate, gain, error, size, "gain" if used else "no_gain")


def permutation_importance(
    data: Data, fitted: Sequence[Fold], names: Sequence[str], repeats: int = 5
) -> tuple[tuple[str, float, float], ...]:
    """Return what is lost out of fold, in deviance per territory, where a factor is dealt out anew within the fold.

    Association, not cause; factors that say the same share what they tell.

    Returns
    -------
    tuple of (name, mean, standard deviation over the repeats), largest first
    """
    from threadpoolctl import threadpool_limits

    streams = np.random.SeedSequence(data.seed).spawn(len(fitted))
    lost = np.zeros((data.factors.shape[1], repeats))
    with threadpool_limits(1):
        for fold, stream in zip(fitted, streams, strict=True):
            generator = np.random.default_rng(stream)
            known = data.known[fold.rows]
            test, null = data.of(fold.rows[known]), fold.null[known]
            if fold.predict is None or not len(null):
                continue
            before = log_pmf(test.counts, fold.mean[known], fold.k).sum()
            for factor in range(len(lost)):
                for repeat in range(repeats):
                    dealt = test.factors.copy()
                    dealt[:, factor] = generator.permutation(dealt[:, factor])
                    mean = null * _bounded(fold.predict(dealt, test.population))
                    lost[factor, repeat] += 2 * (before - log_pmf(test.counts, mean, fold.k).sum())
    lost /= data.known.sum()
    found = [(name, float(row.mean()), float(row.std(ddof=1))) for name, row in zip(names, lost, strict=True)]
    return tuple(sorted(found, key=lambda one: (-one[1], one[0])))
