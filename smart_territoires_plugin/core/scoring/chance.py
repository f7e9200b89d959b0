"""Which correlations may be chance: the limit of Pearson's r at five per cent, without the t distribution at hand."""

from __future__ import annotations

import numpy as np

LEVEL = 0.05
# Two-sided limits of Student's t for 1, 2, … degrees of freedom; beyond, the expansion below is exact to 1e-5.
_LIMITS = (
    12.7062047, 4.3026527, 3.1824463, 2.7764451, 2.5705818, 2.4469119, 2.3646243, 2.3060041, 2.2621572, 2.2281389,
)  # fmt: skip
_NORMAL = 1.959963984540054


def may_be_chance(correlations: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Say which correlations columns without a relation would reach in more than five cases of a hundred.

    Parameters
    ----------
    correlations : ndarray
        Pearson, −1 to 1; NaN where there is none.
    counts : ndarray
        Over how many territories each rests.

    Returns
    -------
    ndarray of bool
        True too where there is no correlation, or fewer than three territories.

    Notes
    -----
    Student's t with n − 2 degrees of freedom, its limit by the expansion of Fisher and Cornish (1960; Abramowitz and
    Stegun, 26.7.5): scipy has it too, but its import takes longer than the whole annex.

    Examples
    --------
    >>> may_be_chance(np.array([0.3, 0.5]), np.array([24, 24])).tolist()
    [True, False]
    """
    free = np.asarray(counts, dtype=float) - 2
    known = (free > 0) & ~np.isnan(correlations)
    free = np.where(known, free, 1.0)
    limit = _t_limit(free)
    return ~known | (np.abs(np.where(known, correlations, 0.0)) < limit / np.sqrt(free + limit * limit))


def _t_limit(free: np.ndarray) -> np.ndarray:
    """Return the value that Student's t goes beyond, on either side, in five cases of a hundred."""
    z, terms = _NORMAL, _NORMAL ** np.arange(10)
    expansion = (
        z
        + (terms[3] + z) / (4 * free)
        + (5 * terms[5] + 16 * terms[3] + 3 * z) / (96 * free**2)
        + (3 * terms[7] + 19 * terms[5] + 17 * terms[3] - 15 * z) / (384 * free**3)
        + (79 * terms[9] + 776 * terms[7] + 1482 * terms[5] - 1920 * terms[3] - 945 * z) / (92160 * free**4)
    )
    table = np.array(_LIMITS)
    place = np.clip(np.round(free).astype(int), 1, len(table)) - 1
    return np.where(free <= len(table), table[place], expansion)
