"""Segments: readiness × activity, each high strictly above its threshold, and activity also above 0."""

from __future__ import annotations

from typing import Union

import numpy as np

from smart_territoires_plugin.core.study import Method

SEGMENTS = ("engage", "verify", "showcase", "support", "raise_awareness", "insufficient_data")


def quantile(known: np.ndarray, q: float) -> float:
    """Return the value below which lies a share q (0–1) of the values."""
    return float(np.quantile(known, q))


def jenks(known: np.ndarray, classes: int) -> float:
    """Return the natural break above which values are high."""
    from smart_territoires_plugin.core.targeting.natural_breaks import jenks_threshold

    return jenks_threshold(known, classes)


THRESHOLDS = {"quantile": quantile, "jenks": jenks}


def threshold(values: np.ndarray, asked: Union[float, Method]) -> float:
    """Return where high begins: the number given, or what the rule finds in the known values; NaN if there are none.

    Examples
    --------
    >>> threshold(np.array([1.0, 2.0, 9.0, np.nan]), Method("quantile", {"q": 0.5}))
    2.0
    """
    if not isinstance(asked, Method):
        return float(asked)
    known = values[~np.isnan(values)]
    return THRESHOLDS[asked.name](known, **asked.parameters) if known.size else np.nan


def active(rate: np.ndarray, count: np.ndarray, limit: float) -> np.ndarray:
    """Say which territories' activity is high: above the threshold, and above 0."""
    return (np.nan_to_num(rate, nan=-np.inf) > limit) & (np.nan_to_num(count) > 0)


def segment(readiness: np.ndarray, limit: float, high_activity: np.ndarray, unknown: np.ndarray) -> np.ndarray:
    """Return the segment of each territory.

    Parameters
    ----------
    readiness : ndarray, shape (n_territories,)
        NaN where too little is known.
    limit : float
        Readiness is high strictly above it.
    high_activity, unknown : ndarray of bool, shape (n_territories,)
        Whether activity is high; whether nobody searched for it.

    Returns
    -------
    ndarray of str
        One of ``SEGMENTS``.
    """
    return np.array(SEGMENTS, dtype=object)[segment_number(readiness, limit, high_activity, unknown)]


def segment_number(readiness: np.ndarray, limit, high_activity: np.ndarray, unknown: np.ndarray) -> np.ndarray:
    """Return the place of each territory's segment in ``SEGMENTS``; arguments as ``segment``, draws by row."""
    ready = np.nan_to_num(readiness, nan=-np.inf) > limit
    return np.select(
        [np.isnan(readiness), ready & unknown, ready & high_activity, ready, high_activity & ~ready],
        [SEGMENTS.index(name) for name in ("insufficient_data", "verify", "showcase", "engage", "support")],
        SEGMENTS.index("raise_awareness"),
    )
