"""Percentiles within each of many draws: exact for some thousands of territories, from a histogram for more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np

from smart_territoires_plugin.core.scoring.normalisation import percentile_rank
from smart_territoires_plugin.core.scoring.sorted_draws import sorted_draws, spread

# Most that a percentile from a histogram may differ from the exact one, in points of 0–100.
WORST_ERROR = 0.1
_BUCKETS = 1 << 14


@dataclass(frozen=True)
class Percentiles:
    """Percentiles of some draws, looked up by the place (draw × number of territories + territory).

    Parameters
    ----------
    table : ndarray
        Percentiles of the territories; or twice the mean place of a bucket's territories, from 1, less 1.
    bucket : ndarray of int, optional
        Of each territory in each draw, numbered through.
    reached : ndarray of int, shape (n_draws, n_buckets), optional
        How many territories are in a bucket or in one before it.
    """

    table: np.ndarray
    bucket: Optional[np.ndarray] = None
    reached: Optional[np.ndarray] = None

    def at(self, places: np.ndarray) -> np.ndarray:
        """Return percentiles (0–100)."""
        if self.bucket is None or self.reached is None:
            return self.table.take(places)
        return (self.table.take(self.bucket.take(places)) - 1) * (50 / (self.reached[0, -1] - 1))


def ordered_scores(scores: np.ndarray, percentiles: Percentiles, places: np.ndarray) -> np.ndarray:
    """Return in each draw the score at a place in ascending order, from 0; exact, whatever the percentiles are.

    Parameters
    ----------
    scores : ndarray, shape (n_draws, n_territories)
    percentiles : Percentiles
        Of these scores.
    places : ndarray of int, shape (n_draws,)

    Examples
    --------
    >>> scores = np.array([[3.0, 1.0, 2.0]])
    >>> ordered_scores(scores, percentiles_of_draws(scores), np.array([1])).tolist()
    [2.0]
    """
    if percentiles.bucket is None:
        if (places == places[0]).all():
            return np.partition(scores, places[0], axis=1)[:, places[0]]
        return np.array([np.partition(row, place)[place] for row, place in zip(scores, places)])
    size = scores.shape[1]
    found = np.empty(len(scores), dtype=scores.dtype)
    for draw, (place, reached) in enumerate(zip(places, percentiles.reached)):
        bucket = np.searchsorted(reached, place, side="right")
        inside = percentiles.bucket[draw * size : (draw + 1) * size] == bucket + draw * len(reached)
        found[draw] = np.sort(scores[draw][inside])[place - reached[bucket]]
    return found


def percentiles_of_draws(scores: np.ndarray, scale: str = "exact") -> Percentiles:
    """Return the percentile rank within each draw, ties at their mean.

    Parameters
    ----------
    scores : ndarray, shape (n_draws, n_territories)
        Finite.
    scale : {"exact", "even", "from_below", "from_above"}
        ``exact`` sorts. The others count in 16 384 buckets, of equal width or ever wider away from the lowest or the
        highest score, and rank all of a bucket alike: off by at most half of the share of the territories in it.
        Where that would be more than ``WORST_ERROR``, scores are sorted.

    Examples
    --------
    >>> percentiles_of_draws(np.array([[3.0, 1.0, 2.0]])).at(np.arange(3)).tolist()
    [100.0, 0.0, 50.0]
    """
    rows, size = scores.shape
    if scale == "exact" or size < 2:
        return Percentiles(_exact(scores).ravel())
    bucket = _SCALES[scale](scores)
    if rows > 1:
        bucket += np.arange(0, rows * _BUCKETS, _BUCKETS, dtype=bucket.dtype)[:, None]
    bucket = bucket.ravel().astype(np.intp, copy=False)
    counts = np.bincount(bucket, minlength=rows * _BUCKETS)
    if _crowded(scores, bucket, counts):
        return Percentiles(_exact(scores).ravel())
    reached = np.cumsum(counts.reshape(rows, _BUCKETS), axis=1)
    # From the counts below a bucket and up to it.
    table = reached.ravel() - counts
    table += reached.ravel()
    return Percentiles(table, bucket, reached)


def _crowded(scores: np.ndarray, bucket: np.ndarray, counts: np.ndarray) -> bool:
    """Say whether some bucket holds different scores of so many territories that ranking them alike is too far off."""
    most = 2 * WORST_ERROR / 100 * (scores.shape[1] - 1)
    if counts.max() <= most:
        return False
    members = np.flatnonzero((counts > most).take(bucket))
    inside, values = bucket.take(members), scores.ravel().take(members)
    one_of_each = np.empty(counts.size, dtype=scores.dtype)
    one_of_each[inside] = values
    return bool((one_of_each.take(inside) != values).any())


def _exact(scores: np.ndarray) -> np.ndarray:
    rows, size = scores.shape
    if size < 2:
        return np.full(scores.shape, np.nan)
    keys, places = sorted_draws(scores)
    last = np.arange(size, dtype=float)
    standing = 100 * (size - 1 - last) / (size - 1)
    same = keys[:, 1:] == keys[:, :-1]
    if same.any():
        # Each run of equal scores shares the mean of its first and last place.
        edges = np.ones((rows, size + 1), dtype=bool)
        np.logical_not(same, out=edges[:, 1:-1])
        start = np.maximum.accumulate(np.where(edges[:, :-1], last, -1.0), axis=1)
        end = np.minimum.accumulate(np.where(edges[:, 1:], last, size)[:, ::-1], axis=1)[:, ::-1]
        standing = 100 * (size - 1 - (start + end) / 2) / (size - 1)
    return spread(standing, places)


def best_scale(scores: np.ndarray) -> str:
    """Return the scale of buckets that suits scores, ``exact`` where none does.

    Parameters
    ----------
    scores : ndarray, shape (n_territories,)
        Of the declared weights, whose draws lie around.
    """
    exact = percentile_rank(scores)
    places = np.arange(len(scores))
    found = {scale: percentiles_of_draws(scores[None], scale) for scale in _SCALES}
    errors = {scale: np.abs(made.at(places) - exact).max() for scale, made in found.items() if made.bucket is not None}
    return min(errors, key=errors.get, default="exact")


def _even(scores: np.ndarray) -> np.ndarray:
    least = scores.min(axis=1, keepdims=True)
    width = scores.max(axis=1, keepdims=True) - least
    above = scores - least
    above *= np.divide(_BUCKETS - 1, width, out=np.zeros_like(width), where=width > 0)
    return above.astype(np.intp)


def _by_bits(distance: np.ndarray) -> np.ndarray:
    """Return buckets of distances by their leading bits: 512 to each doubling, from the largest downwards."""
    bits = distance.view(np.int32)
    top = bits.max(axis=1, keepdims=True)
    return np.maximum(bits - (top - ((_BUCKETS - 1) << 14)), 0) >> 14


def _from_below(scores: np.ndarray) -> np.ndarray:
    return _by_bits((scores - scores.min(axis=1, keepdims=True)).astype(np.float32))


def _from_above(scores: np.ndarray) -> np.ndarray:
    return _BUCKETS - 1 - _by_bits((scores.max(axis=1, keepdims=True) - scores).astype(np.float32))


_SCALES = {"even": _even, "from_below": _from_below, "from_above": _from_above}
