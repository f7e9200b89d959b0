"""What a measure gives: a value per territory, on how much of it the value rests, and why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from smart_territoires_plugin.core.sources.quality import QualityRecord


@dataclass(frozen=True)
class Measured:
    """Values of one measure.

    Parameters
    ----------
    values : ndarray of float, shape (n_territories,)
        In the measure's unit; NaN where missing.
    coverage : ndarray of float, shape (n_territories,)
        Share (0–1) of the territory on which the value rests.
    flags : ndarray of str, shape (n_territories,)
        ``repaired`` where the value was carried over or repaired, ``missing`` where there is none, else empty.
    reasons : ndarray of str, shape (n_territories,)
        Code of the reason of a flag, for example ``withheld`` or ``split``.
    details : mapping of str to ndarray
        What targeting needs besides: projects by theme, survey status.
    quality : tuple of QualityRecord
        What was found in the source.
    """

    values: np.ndarray
    coverage: np.ndarray
    flags: np.ndarray
    reasons: np.ndarray
    details: Mapping[str, np.ndarray] = field(default_factory=dict)
    quality: tuple[QualityRecord, ...] = ()


def measured(values, reasons=None, coverage=None, carried=None, details=None, quality=()) -> Measured:
    """Put a measure's results together; what is NaN is flagged missing, what was carried over repaired.

    Parameters
    ----------
    reasons : ndarray of str, optional
        Why values are missing; ``no_value`` where not said.
    carried : ndarray of str, optional
        How values were carried over; empty where they were not.
    """
    values = np.asarray(values, dtype=float)
    size = len(values)
    missing = np.isnan(values)
    carried = np.full(size, "", dtype=object) if carried is None else carried
    reasons = np.full(size, "", dtype=object) if reasons is None else np.asarray(reasons, dtype=object)
    flags = np.where(missing, "missing", np.where(carried != "", "repaired", "")).astype(object)
    why = np.where(missing, np.where(reasons == "", "no_value", reasons), carried).astype(object)
    coverage = np.where(missing, 0.0, 1.0) if coverage is None else np.clip(np.asarray(coverage, dtype=float), 0, 1)
    return Measured(values, coverage, flags, why, details or {}, tuple(quality))


def per_inhabitant(totals: np.ndarray, population: np.ndarray, factor: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Return totals per ``factor`` inhabitants, and the reason where there is no population to divide by.

    Examples
    --------
    >>> per_inhabitant(np.array([6.0, 6.0]), np.array([3.0, 0.0]))[0].tolist()
    [2.0, nan]
    """
    usable = population > 0
    values = np.full(len(totals), np.nan)
    np.divide(totals * factor, population, out=values, where=usable)
    return values, np.where(usable, "", "no_population").astype(object)
