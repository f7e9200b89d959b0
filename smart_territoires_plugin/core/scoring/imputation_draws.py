"""Imputed values drawn anew, from how far their rule lies from known values: what imputation is not sure of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Callable, Optional

import numpy as np

from smart_territoires_plugin.core.scoring.missing import (
    Context,
    group_numbers,
    neighbour_means,
    sorted_within,
)


def group_mean_left_out(values: np.ndarray, context: Context) -> np.ndarray:
    """Return what ``group_mean`` would say of each known value from the others of its group."""
    member = group_numbers(context)
    estimates = np.full(values.shape, np.nan)
    for column in range(values.shape[1]):
        known = np.flatnonzero(~np.isnan(values[:, column]) & (member > 0))
        inside, own = values[known, column], member[known]
        others = np.bincount(own, minlength=member.max(initial=0) + 1)[own] - 1
        totals = np.bincount(own, inside, member.max(initial=0) + 1)[own]
        rows = others > 0
        estimates[known[rows], column] = (totals[rows] - inside[rows]) / others[rows]
    return estimates


def group_median_left_out(values: np.ndarray, context: Context) -> np.ndarray:
    """Return what ``group_median`` would say of each known value from the others of its group."""
    member = group_numbers(context)
    estimates = np.full(values.shape, np.nan)
    for column in range(values.shape[1]):
        ordered = sorted_within(values[:, column], member)
        start = np.repeat(ordered.starts, ordered.sizes)
        others = np.repeat(ordered.sizes, ordered.sizes) - 1
        place = np.arange(len(start)) - start
        rows = np.flatnonzero(others > 0)
        start, others, place = start[rows], others[rows], place[rows]
        # Without the value itself, those after it move up by one.
        lower, upper = (others - 1) // 2, others // 2
        middle = ordered.values[start + lower + (lower >= place)] + ordered.values[start + upper + (upper >= place)]
        estimates[ordered.order[rows], column] = middle / 2
    return estimates


LEFT_OUT: dict[str, Callable[[np.ndarray, Context], np.ndarray]] = {
    "group_mean": group_mean_left_out,
    "group_median": group_median_left_out,
    "neighbours": neighbour_means,  # a territory is no neighbour of itself
}
BY_GROUP = ("group_mean", "group_median")


def drawn_values(
    values: np.ndarray,
    completed: np.ndarray,
    residuals: np.ndarray,
    draws: int,
    seed: int,
    groups: Optional[np.ndarray] = None,
) -> Iterator[np.ndarray]:
    """Draw completed values anew: each imputed one is what its rule says plus an error that the rule was seen to make.

    Parameters
    ----------
    values, completed : ndarray, shape (n_territories, n_indicators)
        Before and after imputation; NaN where missing.
    residuals : ndarray, shape (n_territories, n_indicators)
        Known values less what the rule says of them from the others; NaN where it says nothing.
    draws, seed : int
    groups : ndarray of int, shape (n_territories,), optional
        Errors are drawn within the same group; where it has none, and without groups, among the whole indicator's.

    Yields
    ------
    ndarray, shape (n_territories, n_indicators)
        Known values are always the same. A drawn value stays within the range of the known ones, so that imputation
        never sets the ends of a scale; one whose rule could be held against nothing stays as it is.

    Notes
    -----
    Hot-deck draws of residuals (Rubin, Multiple Imputation for Nonresponse in Surveys, 1987, section 5). Each draw has
    a random stream of its own. Values are drawn one by one: what errors of one territory have in common is not.

    Examples
    --------
    >>> values, completed = np.array([[1.0], [3.0], [np.nan]]), np.array([[1.0], [3.0], [2.0]])
    >>> drawn = list(drawn_values(values, completed, np.array([[-1.0], [1.0], [np.nan]]), 50, seed=1))
    >>> sorted({float(matrix[2, 0]) for matrix in drawn})
    [1.0, 3.0]
    """
    rows, columns = np.nonzero(np.isnan(values) & ~np.isnan(completed))
    pool, start, size = _pools(residuals, rows, columns, groups)
    rows, columns, start, size = (found[size > 0] for found in (rows, columns, start, size))
    low, high = np.full(values.shape[1], np.nan), np.full(values.shape[1], np.nan)
    for column in np.unique(columns):
        known = values[~np.isnan(values[:, column]), column]
        low[column], high[column] = known.min(), known.max()
    told = completed[rows, columns]
    for stream in np.random.SeedSequence(seed).spawn(draws):
        chosen = start + np.floor(np.random.default_rng(stream).random(len(rows)) * size).astype(int)
        drawn = completed.copy()
        drawn[rows, columns] = np.clip(told + pool[chosen], low[columns], high[columns])
        yield drawn


def _pools(
    residuals: np.ndarray, rows: np.ndarray, columns: np.ndarray, groups: Optional[np.ndarray]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return all residuals one after the other, and for each gap where its own begin and how many they are."""
    parts, length = [], 0
    start, size = np.zeros(len(rows), dtype=int), np.zeros(len(rows), dtype=int)
    for column in np.unique(columns):
        gaps = np.flatnonzero(columns == column)
        known = np.flatnonzero(~np.isnan(residuals[:, column]))
        start[gaps], size[gaps] = length, len(known)
        if groups is not None:
            order = known[np.argsort(groups[known], kind="stable")]
            own = groups[rows[gaps]]
            first = np.searchsorted(groups[order], own, side="left")
            count = np.searchsorted(groups[order], own, side="right") - first
            start[gaps] += np.where(count > 0, first, 0)
            size[gaps] = np.where(count > 0, count, len(known))
            known = order
        parts.append(residuals[known, column])
        length += len(known)
    return np.concatenate([np.empty(0), *parts]), start, size
