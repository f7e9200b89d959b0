"""The order of the territories in each of many draws: scores and places packed into whole numbers, sorted at once."""

from __future__ import annotations

import numpy as np


def sorted_draws(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the territories of each draw from the best to the worst.

    Parameters
    ----------
    scores : ndarray, shape (n_draws, n_territories)
        Finite.

    Returns
    -------
    keys : ndarray of uint64, shape (n_draws, n_territories)
        Equal where scores are; growing.
    places : ndarray of int, shape (n_draws, n_territories)

    Examples
    --------
    >>> sorted_draws(np.array([[1.0, 3.0, 2.0]]))[1].tolist()
    [[1, 2, 0]]
    """
    bits = np.uint64(32 if scores.dtype == np.float32 else 24)
    keys = _packed(scores)
    keys.sort(axis=1)
    places = (keys & ((np.uint64(1) << bits) - np.uint64(1))).view(np.intp)
    keys >>= bits
    return keys, places


def spread(values: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Return values that stand in the order of each draw at their territories' places instead.

    Parameters
    ----------
    values : ndarray, shape (n_territories,) or (n_draws, n_territories)
    places : ndarray of int, shape (n_draws, n_territories)
        Of ``sorted_draws``.

    Examples
    --------
    >>> spread(np.array([10, 20, 30]), np.array([[1, 2, 0]])).tolist()
    [[30, 10, 20]]
    """
    rows, size = places.shape
    made = np.empty(rows * size, dtype=values.dtype)
    made[(places + np.arange(0, rows * size, size)[:, None]).ravel()] = np.broadcast_to(values, places.shape).ravel()
    return made.reshape(places.shape)


def _packed(scores: np.ndarray) -> np.ndarray:
    """Pack scores and places into integers that sort from the best score to the worst.

    Parameters
    ----------
    scores : ndarray, shape (n_draws, n_territories)
        Finite.

    Returns
    -------
    ndarray of uint64, shape (n_draws, n_territories)
        The territory in the lower 24 bits (double precision) or 32 bits. Double precision keeps 2⁻³⁹ of the range of
        a draw, so that nothing but floating point tells territories apart; single precision keeps all of its bits.
    """
    below = scores.max(axis=1, keepdims=True) - scores
    places = np.arange(scores.shape[1], dtype=np.uint64)
    if scores.dtype == np.float32:
        # The bits of floating-point numbers that are not negative are in the order of the numbers.
        keys = below.view(np.uint32).astype(np.uint64)
        keys <<= np.uint64(32)
        keys |= places
        return keys
    width = below.max(axis=1, keepdims=True)
    below *= np.divide(2.0**39, width, out=np.zeros_like(width), where=width > 0)
    below += 0.5
    keys = below.astype(np.uint64)
    keys <<= np.uint64(24)
    keys |= places
    return keys
