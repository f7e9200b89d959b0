"""Covariances and Pearson correlations between columns, each pair over the territories where both are known."""

from __future__ import annotations

from typing import Optional

import numpy as np

# Below this share of the largest value, what is left of a spread is rounding.
_ROUNDING = 1e-12


def varies(scores: np.ndarray) -> np.ndarray:
    """Say which columns can tell territories apart: those with two values that differ.

    Returns
    -------
    ndarray of bool, shape (n_columns,)

    Examples
    --------
    >>> varies(np.array([[1.0, 2.0, np.nan], [1.0, np.nan, np.nan], [1.0, 3.0, np.nan]])).tolist()
    [False, True, False]
    """
    known = ~np.isnan(scores)
    lowest = np.where(known, scores, np.inf).min(axis=0, initial=np.inf)
    highest = np.where(known, scores, -np.inf).max(axis=0, initial=-np.inf)
    return lowest < highest


def centred(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the columns less their means, 0 where a score is missing, and where scores are known.

    Returns
    -------
    moved : ndarray, shape (n_territories, n_columns)
    known : ndarray of bool, shape (n_territories, n_columns)
    """
    known = ~np.isnan(scores)
    counts = np.maximum(known.sum(axis=0), 1)
    means = np.where(known, scores, 0.0).sum(axis=0) / counts
    return np.where(known, scores - means, 0.0), known


def _products(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    # Not a matrix product: its bits depend on how many cores the library behind it uses.
    return np.einsum("it,jt->ij", np.ascontiguousarray(left.T), np.ascontiguousarray(right.T))


def _moments(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return, for each pair, the number of common rows, the sum of products and the sum of squares of the first."""
    moved, known = centred(scores)
    if known.all():
        products = _products(moved, moved)
        squares = np.repeat(np.diag(products)[:, None], len(products), axis=1)
        return np.full(products.shape, float(len(scores))), products, squares
    there = known.astype(float)
    counts = _products(there, there)
    divisor = np.maximum(counts, 1.0)
    sums = _products(moved, there)
    products = _products(moved, moved) - sums * sums.T / divisor
    squares = _products(moved * moved, there) - sums * sums / divisor
    return counts, products, np.maximum(squares, 0.0)


def pair_counts(scores: np.ndarray) -> np.ndarray:
    """Return over how many territories each pair of columns is known, shape (n_columns, n_columns)."""
    there = (~np.isnan(scores)).astype(float)
    return _products(there, there)


def covariances(scores: np.ndarray) -> np.ndarray:
    """Return the sample covariances between columns.

    Parameters
    ----------
    scores : ndarray, shape (n_territories, n_columns)
        NaN where missing; a pair rests on the territories that have both.

    Returns
    -------
    ndarray, shape (n_columns, n_columns)
        0 for a pair with fewer than two territories.

    Examples
    --------
    >>> covariances(np.array([[1.0, 10.0], [2.0, 30.0], [3.0, 20.0]])).tolist()
    [[1.0, 5.0], [5.0, 100.0]]
    """
    counts, products, _ = _moments(scores)
    return np.where(counts > 1, products / np.maximum(counts - 1, 1), 0.0)


def correlations(scores: np.ndarray) -> np.ndarray:
    """Return the Pearson correlations between columns.

    Parameters
    ----------
    scores : ndarray, shape (n_territories, n_columns)
        NaN where missing; a pair rests on the territories that have both.

    Returns
    -------
    ndarray, shape (n_columns, n_columns)
        −1 to 1; NaN where there is none: a column that is constant over the territories of the pair, its diagonal
        included, or fewer than two of them.

    Examples
    --------
    >>> correlations(np.array([[1.0, 2.0, 5.0], [2.0, 4.0, 5.0], [3.0, 6.0, 5.0]])).round(12).tolist()
    [[1.0, 1.0, nan], [1.0, 1.0, nan], [nan, nan, nan]]
    """
    scores = np.asarray(scores, dtype=float)
    size = np.abs(np.where(np.isnan(scores), 0.0, scores)).max(axis=0, initial=0.0)
    # By their size, so that the squares of very large or small values are neither infinite nor 0.
    counts, products, squares = _moments(scores / np.where(size > 0, size, 1.0))
    spread = squares > _ROUNDING**2 * np.maximum(counts, 1.0)
    spread &= varies(scores)[:, None]
    defined = spread & spread.T & (counts > 1)
    scale = np.sqrt(np.where(spread, squares, 1.0))
    found = np.clip(np.where(defined, products, 0.0) / (scale * scale.T), -1.0, 1.0)
    np.fill_diagonal(found, 1.0)
    return np.where(defined, found, np.nan)


def correlations_with(scores: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return the Pearson correlation of each column with another one: ``correlations`` where only these are asked for.

    Parameters
    ----------
    scores : ndarray, shape (n_territories, n_columns)
    other : ndarray, shape (n_territories,)
        NaN where missing, as in the columns.

    Returns
    -------
    ndarray, shape (n_columns,)
        NaN where there is none.

    Examples
    --------
    >>> columns = np.array([[1.0, 5.0], [2.0, 5.0], [np.nan, 5.0]])
    >>> correlations_with(columns, np.array([3.0, 1.0, 2.0])).round(12).tolist()
    [-1.0, nan]
    """
    made = np.full(scores.shape[1], np.nan)
    there = ~np.isnan(other)
    for place, column in enumerate(np.ascontiguousarray(scores.T, dtype=float)):
        known = there & ~np.isnan(column)
        if known.sum() < 2:
            continue
        first, second = _standard(column[known], column), _standard(other[known], other)
        if first is not None and second is not None:
            made[place] = np.clip((first * second).sum(), -1.0, 1.0)
    return made


def _standard(values: np.ndarray, whole: np.ndarray) -> Optional[np.ndarray]:
    """Return values less their mean, their squares summing to 1; None where they do not vary."""
    size = np.nanmax(np.abs(whole))
    if not size > 0 or values.min() == values.max():
        return None
    moved = values / size
    moved = moved - moved.mean()
    spread = np.sqrt((moved * moved).sum())
    return moved / spread if spread > _ROUNDING * np.sqrt(len(moved)) else None
