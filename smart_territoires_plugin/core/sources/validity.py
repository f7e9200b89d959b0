"""Whether polygons are valid, also those of many holes, on which the usual test takes time beyond measure."""

from __future__ import annotations

import numpy as np
import shapely

_MANY_HOLES = 200
_LEAST_RING = 4


def is_valid(geometry: np.ndarray) -> np.ndarray:
    """Say which geometries are valid, as ``shapely.is_valid`` does.

    Parameters
    ----------
    geometry : ndarray of geometries
        None counts as not valid.

    Returns
    -------
    ndarray of bool

    Notes
    -----
    The usual test looks for each hole along the whole shell: minutes for 10⁴ holes in 10⁶ vertices. A polygon whose
    rings are each simple, whose holes lie strictly inside the shell and meet no other hole is valid by definition, and
    that is quickly seen through indexes; only a polygon of many holes that fails it takes the usual test.

    Examples
    --------
    >>> is_valid(np.array([shapely.box(0, 0, 1, 1), shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])])).tolist()
    [True, False]
    """
    geometry = np.asarray(geometry, dtype=object)
    # So many holes have at least so many vertices, and nearly all geometries fewer.
    large = np.flatnonzero(shapely.get_num_coordinates(geometry) > _LEAST_RING * _MANY_HOLES)
    # Parts of one geometry must not overlap either, which is left to the usual test.
    large = large[shapely.get_num_geometries(geometry[large]) == 1]
    many = large[shapely.get_num_interior_rings(shapely.get_geometry(geometry[large], 0)) > _MANY_HOLES]
    known = np.zeros(len(geometry), dtype=bool)
    known[many] = [_plainly_valid(shapely.get_geometry(item, 0)) for item in geometry[many]]
    valid = known.copy()
    valid[~known] = shapely.is_valid(geometry[~known])
    return valid


def _plainly_valid(polygon: shapely.Polygon) -> bool:
    """Say whether a polygon's holes lie strictly inside its shell, apart from one another; False proves nothing."""
    shell = shapely.polygons(shapely.get_exterior_ring(polygon))
    rings = shapely.get_rings(polygon)[1:]
    holes = shapely.polygons(rings)
    if not (shapely.is_valid(shell) and shapely.is_valid(holes).all()):
        return False
    shapely.prepare(shell)
    if not shapely.contains_properly(shell, holes).all():
        return False
    pairs = shapely.STRtree(holes).query(holes, predicate="intersects")
    return bool((pairs[0] == pairs[1]).all())
