"""Which territories share a border."""

from __future__ import annotations

import numpy as np
import shapely

# Shorter borders are the roughness of coordinates where territories meet at a corner.
SHORTEST_M = 0.001


def neighbour_pairs(geometry: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs of territories that share a border, not a corner alone.

    Parameters
    ----------
    geometry : ndarray of polygons, shape (n_territories,)
        In a projected system; None where there is none: such a territory has no neighbour.

    Returns
    -------
    left, right : ndarray of int
        Rows of the neighbours, each pair both ways, in ascending order. Territories that overlap are neighbours too.

    Examples
    --------
    >>> cells = np.array([shapely.box(x, y, x + 1, y + 1) for x, y in ((0, 0), (1, 0), (2, 1))])
    >>> [rows.tolist() for rows in neighbour_pairs(cells)]
    [[0, 1], [1, 0]]
    """
    left, right = shapely.STRtree(geometry).query(geometry, predicate="intersects")
    once = left < right
    left, right = left[once], right[once]
    # What two polygons have in common is a line or, where they overlap, a polygon: either has a length, a corner none.
    shared = shapely.length(shapely.intersection(geometry[left], geometry[right])) > SHORTEST_M
    left, right = left[shared], right[shared]
    both = np.concatenate([left, right]), np.concatenate([right, left])
    order = np.lexsort((both[1], both[0]))
    return both[0][order], both[1][order]
