"""The scores and weights that all are measured against: the textbooks' formulas, worked out apart from the product."""

from __future__ import annotations

import numpy as np

_ROWS_AT_ONCE = 64


def topsis(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the closeness (0–1) of Hwang and Yoon (1981), vector normalisation included."""
    weighted = weights * values / np.linalg.norm(values, axis=0)
    to_best = np.linalg.norm(weighted - weighted.max(axis=0), axis=1)
    to_worst = np.linalg.norm(weighted - weighted.min(axis=0), axis=1)
    return to_worst / (to_best + to_worst)


def vikor(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the compromise Q (0–1, lower is better) of Opricovic and Tzeng (2004), v = 0.5."""
    gaps = weights * (values.max(axis=0) - values) / np.ptp(values, axis=0)
    shares = [(measure - measure.min()) / np.ptp(measure) for measure in (gaps.sum(axis=1), gaps.max(axis=1))]
    return sum(shares) / 2


def promethee_ii(values: np.ndarray, weights: np.ndarray, rows: np.ndarray | None = None) -> np.ndarray:
    """Return the net flow (−1 to 1) of Brans and Vincke (1985) with the usual preference: every pair compared.

    Parameters
    ----------
    rows : ndarray of int, optional
        The territories that are asked for; all by default.
    """
    margins = [margin.sum(axis=1) for margin in _margins(values, weights, rows)]
    return np.concatenate(margins) / (len(values) - 1)


def copeland(values: np.ndarray, weights: np.ndarray, rows: np.ndarray | None = None) -> np.ndarray:
    """Return wins less losses by weighted majority over the number of others (−1 to 1): every pair compared."""
    won = [(margin > 1e-12).sum(axis=1) - (margin < -1e-12).sum(axis=1) for margin in _margins(values, weights, rows)]
    return np.concatenate(won) / (len(values) - 1)


def _margins(values: np.ndarray, weights: np.ndarray, rows: np.ndarray | None):
    chosen = values if rows is None else values[rows]
    for first in range(0, len(chosen), _ROWS_AT_ONCE):
        some = chosen[first : first + _ROWS_AT_ONCE]
        yield sum(weight * np.sign(np.subtract.outer(some[:, k], values[:, k])) for k, weight in enumerate(weights))


def critic(values: np.ndarray) -> np.ndarray:
    """Return the weights of Diakoulaki, Mavrotas and Papayannakis (1995)."""
    shares = (values - values.min(axis=0)) / np.ptp(values, axis=0)
    amounts = shares.std(axis=0, ddof=1) * (1 - np.corrcoef(shares.T)).sum(axis=1)
    return amounts / amounts.sum()


def entropy(values: np.ndarray) -> np.ndarray:
    """Return the weights 1 − H/ln n of Zeleny (1982), scaled to sum to 1; all values above 0."""
    shares = values / values.sum(axis=0)
    divergence = 1 + (shares * np.log(shares)).sum(axis=0) / np.log(len(values))
    return divergence / divergence.sum()


def ahp(comparisons: np.ndarray) -> np.ndarray:
    """Return the principal eigenvector of a reciprocal matrix, by powers (Saaty, 1977)."""
    weights = np.full(len(comparisons), 1 / len(comparisons))
    for _ in range(1000):
        weights = comparisons @ weights
        weights /= weights.sum()
    return weights


def treated(values: np.ndarray) -> np.ndarray:
    """Return an indicator without gaps as COINr's ``Treat`` leaves it by default, its shapes from scipy.

    Notes
    -----
    A side with k points drawn in is limited to the value of its k + 1-th: COINr (2022), ``winsorise``, ``log_CT``.
    """
    from scipy.stats import kurtosis, skew

    def shape(of: np.ndarray) -> tuple[float, bool]:
        skewness = skew(of, bias=False)
        return skewness, abs(skewness) < 2 or kurtosis(of, bias=False) < 3.5

    ordered, low, high, made = np.sort(values), 0, 0, values
    skewness, passed = shape(made)
    while not passed and low + high < 5:
        low, high = (low, high + 1) if skewness >= 0 else (low + 1, high)
        made = np.clip(values, ordered[low], ordered[-1 - high])
        skewness, passed = shape(made)
    if passed:
        return made
    return np.log(values - values.min() + 0.01 * np.ptp(values))


def index(
    values: np.ndarray,
    divisors: dict[int, np.ndarray],
    groups: np.ndarray,
    weights: np.ndarray,
    members: list[list[int]],
    minimum: float,
) -> np.ndarray:
    """Return an index of two levels: divided, completed by the median of the group, treated, on 1–100, averaged.

    Parameters
    ----------
    values : ndarray, shape (n_territories, n_indicators)
        NaN in gaps.
    divisors : dict of column to ndarray, shape (n_territories,)
    weights : ndarray, shape (n_indicators,)
        Within the branch; all branches weigh the same.
    members : list of list of int
        The columns of each branch.
    minimum : float
        Share of the weights that must be known; NaN below.
    """
    import pandas

    frame = pandas.DataFrame(values)
    for column, divisor in divisors.items():
        frame[column] = frame[column] / divisor
    completed = frame.fillna(frame.groupby(groups).transform("median")).to_numpy()
    columns = [treated(column) for column in completed.T]
    scores = np.column_stack([1 + 99 * (column - column.min()) / np.ptp(column) for column in columns])
    within = [weights[columns] / weights[columns].sum() for columns in members]
    branches = [scores[:, columns] @ shares for columns, shares in zip(members, within, strict=True)]
    known = [frame[columns].notna().to_numpy() @ shares for columns, shares in zip(members, within, strict=True)]
    return np.where(np.mean(known, axis=0) >= minimum - 1e-9, np.mean(branches, axis=0), np.nan)


def composites(values: np.ndarray, weights: np.ndarray, members: list[list[int]]) -> np.ndarray:
    """Return weighted means of indicators on 1–100, one column for each composite."""
    scores = 1 + 99 * (values - values.min(axis=0)) / np.ptp(values, axis=0)
    return np.column_stack([np.average(scores[:, columns], axis=1, weights=weights[columns]) for columns in members])
