"""Territories in groups of neighbours: the parts that a measure is cut into, fixed by the territories alone."""

from __future__ import annotations

import hashlib

import numpy as np
import shapely

SIZE = 64
_LEVEL = 16


def neighbourhoods(territory: np.ndarray, size: int = SIZE) -> list[np.ndarray]:
    """Return the places of the territories in groups of neighbours, along a Hilbert curve.

    Parameters
    ----------
    territory : ndarray of geometries, shape (n_territories,)
        None where there is none: such a territory is in no group.
    size : int
        Territories in a group, at most.

    Returns
    -------
    list of ndarray of int
        Each in ascending order.

    Notes
    -----
    Neighbours on the curve are neighbours on the map (Kamel and Faloutsos, 1994), so that each group needs a small
    window of a source.

    Examples
    --------
    >>> cells = np.array([shapely.box(x, 0, x + 1, 1) for x in (0, 9, 1, 8)] + [None])
    >>> [group.tolist() for group in neighbourhoods(cells, size=2)]
    [[0, 2], [1, 3]]
    """
    import geopandas

    there = np.flatnonzero(~(shapely.is_missing(territory) | shapely.is_empty(territory)))
    if there.size == 0:
        return []
    shapes = geopandas.GeoSeries(territory[there])
    along = shapes.hilbert_distance(tuple(shapely.total_bounds(territory[there])), level=_LEVEL).to_numpy()
    ordered = there[np.argsort(along, kind="stable")]
    return [np.sort(ordered[start : start + size]) for start in range(0, len(ordered), size)]


def digest(geometry: np.ndarray) -> str:
    """Return a hash of geometries: what a kept result on them depends on."""
    found = hashlib.sha256()
    for item in shapely.to_wkb(geometry):
        found.update(b"\x00" if item is None else item)
    return found.hexdigest()
