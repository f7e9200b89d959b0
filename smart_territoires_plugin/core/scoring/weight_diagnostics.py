"""What declared weights really count for: effective weights, correlations, overlap, consistency, importance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from smart_territoires_plugin.core.scoring.correlation import correlations, covariances
from smart_territoires_plugin.core.scoring.hierarchy import Composite, Hierarchy

# COINr's defaults: above, two elements say the same; below, each takes back what the other gives.
REDUNDANT, OPPOSED = 0.9, -0.4
FOLLOWS_DENOMINATOR = 0.7
FACTOR = 2.0


@dataclass(frozen=True)
class CorrelationFlag:
    """Two columns that are correlated beyond a limit."""

    first: str
    second: str
    correlation: float


@dataclass(frozen=True)
class CompositeDiagnostics:
    """What the members of one composite count for in it.

    Parameters
    ----------
    composite : str
    members : tuple of str
    declared : ndarray, shape (n_members,)
        Weights, summing to 1 (0 everywhere if the composite has none).
    correlations : ndarray, shape (n_members, n_members)
        Pearson; NaN where there is none.
    explained : ndarray, shape (n_members,)
        Share (0–1) of the composite's variance that each member explains by itself: its squared correlation with the
        composite. They do not add up to 1, for members overlap.
    importance : ndarray, shape (n_members,)
        ``explained``, scaled to sum to 1: to be compared with ``declared``.
    factor : ndarray, shape (n_members,)
        Importance over declared weight; NaN where there is no weight, or nothing is explained at all.
    alpha, standardised_alpha : float
        Cronbach's alpha; NaN where there is none.
    redundant, opposed : tuple of CorrelationFlag
        Members that say the same, or the opposite of one another, the strongest first.
    differing : tuple of str
        Members whose importance is at least twice the declared weight, or at most half of it.
    """

    composite: str
    members: tuple[str, ...]
    declared: np.ndarray
    correlations: np.ndarray
    explained: np.ndarray
    importance: np.ndarray
    factor: np.ndarray
    alpha: float
    standardised_alpha: float
    redundant: tuple[CorrelationFlag, ...]
    opposed: tuple[CorrelationFlag, ...]
    differing: tuple[str, ...]


def effective_weights(hierarchy: Hierarchy, weights: np.ndarray) -> np.ndarray:
    """Return what every column, indicator or composite, weighs in each composite where nothing is missing.

    Parameters
    ----------
    weights : ndarray, shape (n_columns,)
        Of each element within what it is part of.

    Returns
    -------
    ndarray, shape (n_composites, n_columns)
        A composite weighs 1 in itself; the indicators' part is ``hierarchy.leaf_weights`` (COINr: effective weights).

    Examples
    --------
    >>> from smart_territoires_plugin.core.study.model import Method
    >>> mean = Method("arithmetic_mean")
    >>> hierarchy = Hierarchy(3, (Composite("energy", (0, 1), mean), Composite("index", (3, 2), mean)))
    >>> effective_weights(hierarchy, np.array([1.0, 3.0, 1.0, 1.0, 1.0])).tolist()
    [[0.25, 0.75, 0.0, 1.0, 0.0], [0.125, 0.375, 0.5, 0.5, 1.0]]
    """
    weights = np.asarray(weights, dtype=float)
    made = np.eye(hierarchy.n_columns)
    for place, composite in enumerate(hierarchy.composites):
        members = np.array(composite.members, dtype=int)
        shares = _shares(weights[members])
        # Not a matrix product: its bits depend on how many cores the library behind it uses.
        made[hierarchy.n_indicators + place] += np.einsum("m,mc->c", shares, made[members])
    return made[hierarchy.n_indicators :]


def correlation_flags(
    matrix: np.ndarray, names: Sequence[str], above: float = REDUNDANT, below: float = OPPOSED
) -> tuple[tuple[CorrelationFlag, ...], tuple[CorrelationFlag, ...]]:
    """Return the pairs that are correlated above a limit, and those below another; the strongest first.

    Examples
    --------
    >>> redundant, opposed = correlation_flags(np.array([[1.0, 0.95], [0.95, 1.0]]), ("fibre", "4g"))
    >>> [(flag.first, flag.second) for flag in redundant], opposed
    ([('fibre', '4g')], ())
    """
    rows, columns = np.triu_indices(len(names), k=1)
    pairs = [CorrelationFlag(names[i], names[j], float(matrix[i, j])) for i, j in zip(rows, columns)]
    redundant = sorted((pair for pair in pairs if pair.correlation > above), key=lambda pair: -pair.correlation)
    opposed = sorted((pair for pair in pairs if pair.correlation < below), key=lambda pair: pair.correlation)
    return tuple(redundant), tuple(opposed)


def denominator_flags(
    values: np.ndarray,
    names: Sequence[str],
    denominators: np.ndarray,
    denominator_names: Sequence[str],
    above: float = FOLLOWS_DENOMINATOR,
) -> tuple[CorrelationFlag, ...]:
    """Return the indicators that follow the size of territories: correlated with a denominator beyond a limit.

    Parameters
    ----------
    values : ndarray, shape (n_territories, n_indicators)
        Before they are divided by anything.
    denominators : ndarray, shape (n_territories, n_denominators)
    above : float
        Limit of the absolute correlation.

    Examples
    --------
    >>> values, people = np.array([[1.0], [2.0], [3.0]]), np.array([[10.0], [20.0], [31.0]])
    >>> [flag.second for flag in denominator_flags(values, ("bridges",), people, ("population",))]
    ['population']
    """
    matrix = correlations(np.column_stack([values, denominators]))[: len(names), len(names) :]
    return tuple(
        CorrelationFlag(name, other, float(matrix[i, j]))
        for i, name in enumerate(names)
        for j, other in enumerate(denominator_names)
        if abs(matrix[i, j]) > above
    )


def cronbach_alpha(scores: np.ndarray) -> float:
    """Return Cronbach's alpha: how far the members of a composite measure one thing.

    Parameters
    ----------
    scores : ndarray, shape (n_territories, n_members)
        NaN where missing; a covariance rests on the territories that have both.

    Returns
    -------
    float
        At most 1; below 0 where members oppose one another; NaN for fewer than two members, or where their sum does
        not vary. A composite need not be consistent: independent themes are not (OECD/JRC Handbook, 2008, step 4).

    Notes
    -----
    m/(m − 1)·(1 − sum of variances / variance of the sum) (Cronbach, 1951).

    Examples
    --------
    >>> round(cronbach_alpha(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]])), 9)
    0.888888889
    """
    return _alpha(covariances(np.asarray(scores, dtype=float)))


def standardised_alpha(scores: np.ndarray) -> float:
    """Return Cronbach's alpha of members brought to the same variance: m·r/(1 + (m − 1)·r), r the mean correlation.

    Examples
    --------
    >>> round(standardised_alpha(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]])), 9)
    1.0
    """
    matrix = correlations(np.asarray(scores, dtype=float))
    return float("nan") if np.isnan(matrix).any() else _alpha(matrix)


def _alpha(covariance: np.ndarray) -> float:
    size, own, whole = len(covariance), np.trace(covariance), covariance.sum()
    if size < 2 or not whole > 1e-12 * own:
        return float("nan")
    return float(size / (size - 1) * (1 - own / whole))


def _shares(amounts: np.ndarray) -> np.ndarray:
    whole = amounts.sum()
    return amounts / whole if whole > 0 else np.zeros(len(amounts))


def composite_diagnostics(
    hierarchy: Hierarchy,
    composite: Composite,
    columns: np.ndarray,
    weights: np.ndarray,
    names: Sequence[str],
    differs_by: float = FACTOR,
) -> CompositeDiagnostics:
    """Say what the members of a composite count for in it.

    Parameters
    ----------
    columns : ndarray, shape (n_territories, n_columns)
        Normalised indicators, then the composites' scores.
    weights : ndarray, shape (n_columns,)
    names : sequence of str
        Of all columns.
    differs_by : float
        Factor from which importance and declared weight are said to differ.

    Notes
    -----
    Importance: Paruolo, Saisana and Saltelli (2013), with squared Pearson correlations.

    Examples
    --------
    >>> from smart_territoires_plugin.core.study.model import Method
    >>> hierarchy = Hierarchy(2, (Composite("index", (0, 1), Method("arithmetic_mean")),))
    >>> one, other = np.array([1.0, -1.0, 1.0, -1.0]), np.array([9.0, 9.0, -9.0, -9.0])
    >>> columns = np.column_stack([one, other, (one + other) / 2])
    >>> found = composite_diagnostics(hierarchy, hierarchy.composites[0], columns, np.ones(3), ("a", "b", "index"))
    >>> found.declared.tolist(), found.importance.round(3).tolist(), found.differing
    ([0.5, 0.5], [0.012, 0.988], ('a',))
    """
    members = np.array(composite.members, dtype=int)
    named = tuple(names[member] for member in members)
    inside = columns[:, members]
    own = columns[:, hierarchy.column_of(composite.id)]
    matrix = correlations(np.column_stack([inside, own]))
    between = matrix[:-1, :-1]
    explained = matrix[:-1, -1] ** 2
    declared = _shares(np.asarray(weights, dtype=float)[members])
    importance = _shares(np.where(np.isnan(explained), 0.0, explained))
    told = (declared > 0) & (importance.sum() > 0)
    factor = np.where(told, importance / np.where(told, declared, 1.0), np.nan)
    redundant, opposed = correlation_flags(between, named)
    differing = tuple(name for name, times in zip(named, factor) if times >= differs_by or times <= 1 / differs_by)
    return CompositeDiagnostics(
        composite.id,
        named,
        declared,
        between,
        explained,
        importance,
        factor,
        cronbach_alpha(inside),
        standardised_alpha(inside),
        redundant,
        opposed,
        differing,
    )


def weight_diagnostics(
    hierarchy: Hierarchy, columns: np.ndarray, weights: np.ndarray, names: Sequence[str], differs_by: float = FACTOR
) -> tuple[CompositeDiagnostics, ...]:
    """Say for every composite what its members count for in it; parameters as in ``composite_diagnostics``."""
    return tuple(
        composite_diagnostics(hierarchy, composite, columns, weights, names, differs_by)
        for composite in hierarchy.composites
    )
