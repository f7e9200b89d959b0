"""Imputation by models: nearest neighbours and regression on the other indicators, with scikit-learn.

``complete`` knows every rule, those of ``scoring.missing`` too. It runs in the engine; scores that are had again with
numpy alone start from what it completed, which ``scoring.npz`` holds.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Callable

import numpy as np

from smart_territoires_plugin.core.scoring.imputation_draws import BY_GROUP, LEFT_OUT, drawn_values
from smart_territoires_plugin.core.scoring.missing import MISSING_RULES, Context, group_numbers
from smart_territoires_plugin.core.study import Method

K = 5
# A tenth of the known values is held out at a time, half of them in all; so many territories of a large table do.
PARTS, HELD_OUT = 10, 5
MAX_ROWS = 1000
# How much of the matrix of distances is held at a time; the same everywhere, for bits depend on it.
_DISTANCES_MB = 64
_ROUNDS = 25
_SETTLED = 1e-4


def knn(values: np.ndarray, context: Context) -> np.ndarray:
    """Fill a gap with the mean of the ``k`` most alike territories that have a value.

    Parameters
    ----------
    values : ndarray, shape (n_territories, n_indicators)
        In their own units; NaN where missing.
    context : Context
        Parameter ``k``: how many territories, 5 where it does not say.

    Returns
    -------
    ndarray, shape (n_territories, n_indicators)
        Known values as they are. A gap stays where the territory has nothing in common with those that have a value,
        or where the indicator is constant.

    Notes
    -----
    Alike is near in standardised values, over the indicators that both territories have (Troyanskaya et al.,
    Bioinformatics, 2001).

    Examples
    --------
    >>> near = np.array([[0.0, 1.0], [0.1, 3.0], [9.0, 80.0], [0.0, np.nan]])
    >>> knn(near, Context(("x", "y"), parameters={"k": 2}))[3].round(9).tolist()
    [0.0, 2.0]
    """

    def model(standard: np.ndarray) -> np.ndarray:
        from sklearn import config_context
        from sklearn.impute import KNNImputer

        with config_context(working_memory=_DISTANCES_MB):
            return KNNImputer(n_neighbors=int(context.parameters.get("k", K))).fit_transform(standard)

    return _modelled(values, model)


def regression(values: np.ndarray, context: Context) -> np.ndarray:
    """Fill gaps by regression on the other indicators, round after round until they settle.

    Returns
    -------
    ndarray, shape (n_territories, n_indicators)
        Known values as they are; imputed ones within their indicator's known range. A gap stays where the territory
        has nothing in common with those that have a value, or where the indicator is constant.

    Notes
    -----
    Chained equations (van Buuren and Groothuis-Oudshoorn, Journal of Statistical Software, 2011), each a Bayesian
    ridge regression, whose penalty follows from the data: it needs no choice of ours, and bears indicators that say
    nearly the same. What is filled in is the expected value, without a draw.

    Examples
    --------
    >>> twice = np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0], [4.0, 8.0], [2.5, np.nan]])
    >>> regression(twice, Context(("x", "y")))[4].round(3).tolist()
    [2.5, 5.0]
    """

    def model(standard: np.ndarray) -> np.ndarray:
        from sklearn.experimental import enable_iterative_imputer  # noqa: F401
        from sklearn.impute import IterativeImputer
        from sklearn.linear_model import BayesianRidge

        imputer = IterativeImputer(
            BayesianRidge(),
            max_iter=_ROUNDS,
            tol=_SETTLED,
            min_value=np.nanmin(standard, axis=0),
            max_value=np.nanmax(standard, axis=0),
            random_state=0,
        )
        with warnings.catch_warnings():
            # Values that still move a little after the last round are as good as settled.
            warnings.simplefilter("ignore")
            return imputer.fit_transform(standard)

    return _modelled(values, model)


ENGINE_RULES: dict[str, Callable[[np.ndarray, Context], np.ndarray]] = {"knn": knn, "regression": regression}


def complete(values: np.ndarray, context: Context, method: Method) -> np.ndarray:
    """Fill gaps by any rule.

    Parameters
    ----------
    values : ndarray, shape (n_territories, n_indicators)
        Of the indicators that can tell territories apart, in their own units; NaN where missing.
    context : Context
    method : Method
        The study's missing rule.

    Returns
    -------
    ndarray, shape (n_territories, n_indicators)
        NaN where the rule knows nothing.

    Raises
    ------
    ScoringError
        If the rule refuses gaps, or lacks the groups or neighbours that it goes by.
    ImportError
        If scikit-learn is needed and missing.

    Examples
    --------
    >>> context = Context(("x",), groups=np.array(["a", "a"]))
    >>> complete(np.array([[4.0], [np.nan]]), context, Method("group_mean", {"group": "g"})).tolist()
    [[4.0], [4.0]]
    """
    return {**MISSING_RULES, **ENGINE_RULES}[method.name](np.asarray(values, dtype=float), context)


def imputation_draws(
    values: np.ndarray, completed: np.ndarray, method: Method, context: Context, draws: int, seed: int
) -> Iterator[np.ndarray]:
    """Draw completed values anew from the errors that the rule makes on known values (``drawn_values``).

    Parameters
    ----------
    values, completed : ndarray, shape (n_territories, n_indicators)
        Before and after ``complete`` with the same ``context`` and ``method``.
    draws, seed : int
        The same matrices for a seed on any number of cores.

    Yields
    ------
    ndarray, shape (n_territories, n_indicators)

    Examples
    --------
    >>> values = np.array([[1.0], [3.0], [5.0], [np.nan]])
    >>> asked, context = Method("group_mean", {"group": "g"}), Context(("x",), groups=np.array(["a"] * 4))
    >>> drawn = list(imputation_draws(values, complete(values, context, asked), asked, context, 20, seed=1))
    >>> len(drawn), sorted({float(matrix[3, 0]) for matrix in drawn})
    (20, [1.0, 3.0, 5.0])
    """
    groups = group_numbers(context) if method.name in BY_GROUP else None
    yield from drawn_values(values, completed, residuals(values, method, context), draws, seed, groups)


def residuals(values: np.ndarray, method: Method, context: Context) -> np.ndarray:
    """Return known values less what a rule says of them when they are held out; NaN where it says nothing.

    Leave-one-out for the rules by group and by neighbours, ten-fold cross-validation, of which five folds are made, for
    the models; on columns with gaps alone.
    """
    values = np.asarray(values, dtype=float)
    gaps = np.isnan(values).any(axis=0)
    if method.name in LEFT_OUT:
        return np.where(gaps, values - LEFT_OUT[method.name](values, context), np.nan)
    if method.name not in ENGINE_RULES or not gaps.any():
        return np.full(values.shape, np.nan)
    return _cross_validated(values, method, context, gaps)


def _cross_validated(values: np.ndarray, method: Method, context: Context, gaps: np.ndarray) -> np.ndarray:
    order = _canonical(values)
    # A sample at even steps through the order of the values: every sort of territory is in it.
    rows = order[np.linspace(0, len(order) - 1, min(len(order), MAX_ROWS)).astype(int)]
    sample = values[rows]
    asked = ~np.isnan(sample) & gaps
    part = _dealt(asked, np.random.default_rng(0))
    found = np.full(sample.shape, np.nan)
    for number in range(HELD_OUT):
        held_out = asked & (part == number)
        told = ENGINE_RULES[method.name](np.where(held_out, np.nan, sample), context)
        found[held_out] = (sample - told)[held_out]
    made = np.full(values.shape, np.nan)
    made[rows] = found
    return made


def _dealt(asked: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Deal the values of each territory out to the parts, evenly: none loses more than it must at a time."""
    order = np.argsort(np.where(asked, generator.random(asked.shape), np.inf), axis=1)
    dealt = (np.arange(asked.shape[1]) + generator.integers(0, PARTS, (len(asked), 1))) % PARTS
    part = np.empty(asked.shape, dtype=int)
    np.put_along_axis(part, order, dealt, axis=1)
    return part


def _modelled(values: np.ndarray, model: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Fill gaps by a model of the standardised values, whatever the order of the rows and the number of cores."""
    known = ~np.isnan(values)
    if known.all():
        return values.copy()
    columns = np.flatnonzero(_told_apart(values))
    rows = _canonical(values)
    rows = rows[known[np.ix_(rows, columns)].any(axis=1)]
    completed = values.copy()
    if len(columns) < 2 or not len(rows):
        return completed
    part, there = values[np.ix_(rows, columns)], known[np.ix_(rows, columns)]
    centre, spread = np.nanmean(part, axis=0), np.nanstd(part, axis=0)
    with _one_thread():
        filled = model((part - centre) / spread) * spread + centre
    # The way to standard units and back must not push a value past the ends of what is known.
    filled = np.clip(filled, np.nanmin(part, axis=0), np.nanmax(part, axis=0))
    # A territory is compared with those that have a value by what both have; without that, any number is a guess.
    shared = (there[:, :, None] & there[:, None, :]).any(axis=0)
    np.fill_diagonal(shared, False)
    founded = np.stack([there[:, shared[column]].any(axis=1) for column in range(len(columns))], axis=1)
    completed[np.ix_(rows, columns)] = np.where(there, part, np.where(founded, filled, np.nan))
    return completed


def _told_apart(values: np.ndarray) -> np.ndarray:
    """Say which columns have two different values at least."""
    known = ~np.isnan(values)
    least = np.where(known, values, np.inf).min(axis=0, initial=np.inf)
    most = np.where(known, values, -np.inf).max(axis=0, initial=-np.inf)
    return least < most


def _canonical(values: np.ndarray) -> np.ndarray:
    """Return the rows in an order that their values alone decide, so that no result depends on that of the file."""
    return np.lexsort(np.nan_to_num(values, nan=np.inf).T[::-1]) if values.shape[1] else np.arange(len(values))


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let the libraries below use one thread: the bits of their sums depend on how many they use."""
    import sklearn.impute  # noqa: F401 - the limit reaches those libraries alone that are loaded by then
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        yield
