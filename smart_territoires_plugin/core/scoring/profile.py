"""A territory beside others: its strengths and weaknesses, and its ranks among all, its stratum or its peers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np

from smart_territoires_plugin.core.scoring.normalisation import percentile_rank, rank


@dataclass(frozen=True)
class Standing:
    """Where a territory stands on one column among those that it is compared with.

    Parameters
    ----------
    column : int
    percentile : float
        0 (worst) to 100 (best).
    rank : int
        1 is best; equal scores share the best of their ranks.
    among : int
        How many territories have a score there, itself included.
    """

    column: int
    percentile: float
    rank: int
    among: int


def ranks_within(scores: np.ndarray, strata: Optional[np.ndarray] = None) -> np.ndarray:
    """Rank territories from the best, 1, among all or within strata; equal scores share the best of their ranks.

    Parameters
    ----------
    scores : ndarray, shape (n_territories,) or (n_territories, n_columns)
        Higher is better; NaN where missing, and stays NaN.
    strata : ndarray of str or int, shape (n_territories,), optional
        A département, a size class, …; '' or a number below 0 is no stratum, and gives no rank.

    Returns
    -------
    ndarray of float, as ``scores``

    Examples
    --------
    >>> ranks_within(np.array([5.0, 9.0, 9.0, np.nan])).tolist()
    [3.0, 1.0, 1.0, nan]
    >>> ranks_within(np.array([5.0, 9.0, 7.0]), np.array(["a", "b", "a"])).tolist()
    [2.0, 1.0, 1.0]
    """
    scores = np.asarray(scores, dtype=float)
    columns = scores.reshape(len(scores), -1)
    made = np.full(columns.shape, np.nan)
    for rows in _strata(strata, len(scores)):
        for column in range(columns.shape[1]):
            made[rows, column] = rank(columns[rows, column], direction=-1, ties="min")
    return made.reshape(scores.shape)


def _strata(strata: Optional[np.ndarray], size: int) -> list[np.ndarray]:
    if strata is None:
        return [np.arange(size)]
    strata = np.asarray(strata)
    numbers = np.issubdtype(strata.dtype, np.number)
    names = strata if numbers else strata.astype(str)
    there = np.flatnonzero(names >= 0 if numbers else names != "")
    order = there[np.argsort(names[there], kind="stable")]
    edges = np.flatnonzero(names[order][1:] != names[order][:-1]) + 1
    return [rows for rows in np.split(order, edges) if rows.size]


def size_classes(population: np.ndarray, limits: Sequence[float]) -> np.ndarray:
    """Number the size classes of territories: 0 below the first limit, 1 from it on, and so forth.

    Parameters
    ----------
    population : ndarray, shape (n_territories,)
        Inhabitants; NaN where unknown.
    limits : sequence of float
        Rising; each is the least population of its class.

    Returns
    -------
    ndarray of int, shape (n_territories,)
        -1 where the population is unknown.

    Examples
    --------
    >>> size_classes(np.array([500.0, 2000.0, np.nan, 80_000.0]), (2000, 10_000, 50_000)).tolist()
    [0, 1, -1, 3]
    """
    population = np.asarray(population, dtype=float)
    return np.where(np.isnan(population), -1, np.searchsorted(np.asarray(limits, dtype=float), population, "right"))


def standings(
    scores: np.ndarray, row: int, among: Optional[np.ndarray] = None, ties: str = "mean"
) -> tuple[Standing, ...]:
    """Return where one territory stands on each column.

    Parameters
    ----------
    scores : ndarray, shape (n_territories, n_columns)
        Higher is better: scores, or values times their direction; NaN where missing.
    row : int
        The territory.
    among : ndarray of bool, shape (n_territories,), optional
        Whom it is compared with: its group, its peers; all by default. It counts itself in.
    ties : {"min", "mean", "max"}
        Which percentile equal scores get: the lowest, the mean or the highest of those that they share. COINr lists
        strengths and weaknesses by the best shared rank, which is ``max`` here.

    Returns
    -------
    tuple of Standing
        One for each column that the territory and another one have a score on, in the order of the columns.

    Examples
    --------
    >>> standings(np.array([[3.0, 1.0], [2.0, 5.0], [1.0, np.nan]]), row=0)[0]
    Standing(column=0, percentile=100.0, rank=1, among=3)
    """
    scores = np.asarray(scores, dtype=float)
    compared = np.ones(len(scores), dtype=bool) if among is None else np.array(among, dtype=bool)
    compared[row] = True
    own = int(np.flatnonzero(compared).searchsorted(row))
    found = []
    for column in np.flatnonzero(~np.isnan(scores[row])):
        column_scores = scores[compared, column]
        known = column_scores[~np.isnan(column_scores)]
        if known.size > 1:
            better = int((known > scores[row, column]).sum())
            percentile = float(percentile_rank(column_scores, ties=ties)[own])
            found.append(Standing(int(column), percentile, better + 1, int(known.size)))
    return tuple(found)


def strengths(found: Sequence[Standing], count: int = 5) -> tuple[Standing, ...]:
    """Return the best standings above the middle, the best first; equal ones in the order of their columns.

    Examples
    --------
    >>> place = standings(np.array([[3.0, 1.0], [2.0, 5.0], [1.0, 7.0]]), row=0)
    >>> [s.column for s in strengths(place)], [s.column for s in weaknesses(place)]
    ([0], [1])
    """
    return tuple(sorted((s for s in found if s.percentile > 50), key=lambda s: -s.percentile)[:count])


def weaknesses(found: Sequence[Standing], count: int = 5) -> tuple[Standing, ...]:
    """Return the worst standings below the middle, the worst first; equal ones in the order of their columns."""
    return tuple(sorted((s for s in found if s.percentile < 50), key=lambda s: s.percentile)[:count])


def nearest_alike(coordinates: np.ndarray, row: int, count: int = 20) -> np.ndarray:
    """Return the territories most like one, by the distance between coordinates; the nearest first, itself left out.

    Parameters
    ----------
    coordinates : ndarray, shape (n_territories, n_coordinates)
        Standardised, none missing.

    Examples
    --------
    >>> nearest_alike(np.array([[0.0], [3.0], [1.0], [9.0]]), row=0, count=2).tolist()
    [2, 1]
    """
    gaps = coordinates - coordinates[row]
    distances = np.einsum("tc,tc->t", gaps, gaps)
    distances[row] = np.inf
    return np.argsort(distances, kind="stable")[: min(count, len(coordinates) - 1)]


def unit_summary(columns: Mapping[str, np.ndarray], row: int) -> tuple[tuple[str, float, float], ...]:
    """Return the name, the score and the rank among all of each composite of one territory (COINr: unit summary).

    Examples
    --------
    >>> unit_summary({"index": np.array([40.0, 60.0])}, row=0)
    (('index', 40.0, 2.0),)
    """
    return tuple(
        (name, float(scores[row]), float(ranks_within(np.asarray(scores))[row])) for name, scores in columns.items()
    )
