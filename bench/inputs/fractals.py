"""Edges roughened like coasts and parish borders, so that no two of them ever cross."""

from __future__ import annotations

import numpy as np


def roughen(
    starts: np.ndarray,
    ends: np.ndarray,
    widest: np.ndarray,
    level: int,
    rng: np.random.Generator,
    decay: float = 0.8,
) -> np.ndarray:
    """Replace straight edges by rough lines that stay inside a lozenge around each edge.

    Parameters
    ----------
    starts, ends : ndarray of float, shape (n_edges, 2)
    widest : ndarray of float, shape (n_edges,)
        Half the angle of the lozenge at both ends, in radians: lozenges that do not overlap hold lines that do not
        cross.
    level : int
        Each line gets 2**level segments.
    decay : float
        Share of the angle that is left to the next level; the nearer to 1 the rougher the small detail.

    Returns
    -------
    ndarray of float, shape (n_edges, 2**level, 2)
        The points of each line but its last, which is the end of the edge.

    Notes
    -----
    Midpoint displacement (Fournier, Fussell and Carpenter, 1982). A segment inside a lozenge of half-angle ``a`` is
    bent by at most ``a · (1 − decay)`` and its halves get lozenges of ``a · decay``, which lie in the former: so no
    line crosses itself or another.

    Examples
    --------
    >>> line = roughen(np.array([[0.0, 0.0]]), np.array([[8.0, 0.0]]), np.array([0.5]), 3, np.random.default_rng(1))
    >>> line.shape, line[0, 0].tolist()
    ((1, 8, 2), [0.0, 0.0])
    """
    points = np.stack([starts, ends], axis=1).astype(float)
    angle = np.asarray(widest, dtype=float)[:, None]
    for _ in range(level):
        along = points[:, 1:] - points[:, :-1]
        bend = rng.uniform(-1, 1, along.shape[:2]) * angle * (1 - decay)
        across = np.stack([-along[..., 1], along[..., 0]], axis=-1)
        middle = points[:, :-1] + along / 2 + across / 2 * np.tan(bend)[..., None]
        finer = np.empty((len(points), 2 * along.shape[1] + 1, 2))
        finer[:, 0::2], finer[:, 1::2] = points, middle
        points = finer
        angle = angle * decay
    return points[:, :-1]
