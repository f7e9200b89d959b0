"""Draws of the weights around those declared, the same for a seed on any machine and any number of cores."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

CHUNK_DRAWS = 64


def weight_draws(weights: np.ndarray, error_share: float, draws: int, seed: int) -> Iterator[np.ndarray]:
    """Draw weights uniformly within a share of those declared, chunk by chunk.

    Parameters
    ----------
    weights : ndarray, shape (n_weights,)
        As declared, 0 or more.
    error_share : float
        0.25 draws between three quarters and five quarters of each weight.
    draws, seed : int

    Yields
    ------
    ndarray, shape (n_weights, at most 64)
        Each chunk has a random stream of its own, so that chunks may be computed in any order.

    Examples
    --------
    >>> chunks = list(weight_draws(np.array([1.0, 2.0]), 0.25, 100, seed=1))
    >>> [chunk.shape for chunk in chunks]
    [(2, 64), (2, 36)]
    """
    sizes = [min(CHUNK_DRAWS, draws - start) for start in range(0, draws, CHUNK_DRAWS)]
    for size, stream in zip(sizes, np.random.SeedSequence(seed).spawn(len(sizes))):
        factors = np.random.default_rng(stream).uniform(1 - error_share, 1 + error_share, (len(weights), size))
        yield weights[:, None] * factors
