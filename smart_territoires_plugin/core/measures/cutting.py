"""Polygons cut into small ones along the lines of a grid: exact, and quick even for one of a million vertices."""

from __future__ import annotations

import numpy as np
import shapely

from smart_territoires_plugin.core.sources.validity import is_valid

# Parts may differ from their whole by rounding alone; a clip that differs by more is done again the slow way.
_AREA_TOLERANCE_SHARE = 1e-11


def cut_at_grid(
    polygons: np.ndarray, side_m: float, origin: tuple[float, float] = (0.0, 0.0)
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Cut polygons along the lines of a square grid.

    Parameters
    ----------
    polygons : ndarray of geometries, shape (n_polygons,)
        Valid polygons, single or multiple.
    side_m : float
        Side of a cell of the grid.
    origin : (x, y)
        A corner of the grid.

    Returns
    -------
    parts : ndarray of Polygon, shape (n_parts,)
        Each inside one cell; their areas add up to those of the polygons.
    owner : ndarray of int, shape (n_parts,)
        Row of the polygon that each part is of.
    cell : ndarray of int, shape (n_parts, 2)
        Column and row of the cell of each part.

    Notes
    -----
    A polygon is halved at the line nearest to the middle of its longer side, then each half, and so on: the number of
    vertices that are looked at grows with the logarithm of the number of cells. Halving by rectangle is two orders of
    magnitude quicker than an intersection, but not always right: where a polygon's halves do not add up to it or are
    invalid, it is halved by intersection.

    Examples
    --------
    >>> parts, owner, cell = cut_at_grid(np.array([shapely.box(5, 5, 25, 8)]), 10)
    >>> shapely.area(parts).tolist(), cell[:, 0].tolist()
    ([15.0, 30.0, 15.0], [0, 1, 2])
    """
    left, rows = shapely.get_parts(polygons, return_index=True)
    first, last = _cells(left, side_m, origin)
    done, owners, cells = [], [], []
    while len(left):
        span = last - first
        whole = (span <= 0).all(axis=1)
        done.append(left[whole])
        owners.append(rows[whole])
        cells.append(first[whole])
        left, rows, first, last, span = (item[~whole] for item in (left, rows, first, last, span))
        axis = np.where(span[:, 0] >= span[:, 1], 0, 1)
        each = np.arange(len(left))
        middle = (first[each, axis] + last[each, axis] + 1) // 2
        halves, place = _halves(left, axis, np.array(origin)[axis] + side_m * middle)
        half_of, upper = place // 2, place % 2 == 1
        # A half stays on its side of the line even where rounding puts its edge beside it.
        bound_first, bound_last = first[half_of], last[half_of]
        low, high = np.flatnonzero(~upper), np.flatnonzero(upper)
        bound_last[low, axis[half_of[low]]] = middle[half_of[low]] - 1
        bound_first[high, axis[half_of[high]]] = middle[half_of[high]]
        left, rows = halves, rows[half_of]
        first, last = _cells(left, side_m, origin)
        first, last = np.clip(first, bound_first, bound_last), np.clip(last, bound_first, bound_last)
    if not done:
        return np.empty(0, dtype=object), np.empty(0, dtype=int), np.empty((0, 2), dtype=int)
    parts, owner, cell = np.concatenate(done), np.concatenate(owners), np.concatenate(cells)
    order = np.lexsort((cell[:, 1], cell[:, 0], owner))
    return parts[order], owner[order], cell[order]


def _cells(polygons: np.ndarray, side_m: float, origin: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    """Return the first and the last column and row of the cells that each polygon's envelope meets."""
    bounds = shapely.bounds(polygons).reshape(-1, 2, 2)
    first = np.floor((bounds[:, 0] - origin) / side_m).astype(np.int64)
    last = np.ceil((bounds[:, 1] - origin) / side_m).astype(np.int64) - 1
    return first, np.maximum(first, last)


def _halves(polygons: np.ndarray, axis: np.ndarray, line: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the parts of polygons below and above a line across each.

    Returns
    -------
    parts : ndarray of Polygon
    place : ndarray of int
        Twice the row of the polygon that each part is of, and one more for a part above the line.
    """
    west, south, east, north = shapely.bounds(polygons).T
    sides = []
    for keep_low in (True, False):
        high = np.where((axis == 0) & keep_low, line, east), np.where((axis == 1) & keep_low, line, north)
        low = np.where((axis == 0) & (not keep_low), line, west), np.where((axis == 1) & (not keep_low), line, south)
        sides.append(np.column_stack([low[0], low[1], high[0], high[1]]))
    quick = np.array([[_clipped(p, *box) for box in both] for p, *both in zip(polygons, *sides, strict=True)])
    quick = quick.reshape(len(polygons), 2)
    areas_m2 = shapely.area(polygons)
    off = np.abs(np.nan_to_num(shapely.area(quick)).sum(axis=1) - areas_m2) > _AREA_TOLERANCE_SHARE * areas_m2
    parts, place = shapely.get_parts(quick.ravel(), return_index=True)
    off[place[~is_valid(parts)] // 2] = True
    if off.any():
        for side, boxes in enumerate(sides):
            quick[off, side] = shapely.intersection(polygons[off], shapely.box(*boxes[off].T))
        parts, place = shapely.get_parts(quick.ravel(), return_index=True)
    solid = shapely.area(parts) > 0
    return parts[solid], place[solid]


def _clipped(polygon: shapely.Geometry, *box: float) -> shapely.Geometry | None:
    """Return a polygon's part in a rectangle; None where the quick way fails, which happens on touching edges."""
    try:
        return shapely.clip_by_rect(polygon, *box)
    except shapely.errors.GEOSException:
        return None


def subdivided(polygons: np.ndarray, max_vertices: int) -> tuple[np.ndarray, np.ndarray]:
    """Cut polygons until none has more than a number of vertices.

    Parameters
    ----------
    polygons : ndarray of geometries, shape (n_polygons,)
        Valid polygons, single or multiple, or None.
    max_vertices : int

    Returns
    -------
    parts : ndarray of Polygon, shape (n_parts,)
    owner : ndarray of int, shape (n_parts,)
        Row of the polygon that each part is of, in ascending order.

    Examples
    --------
    >>> parts, owner = subdivided(np.array([shapely.Point(0, 0).buffer(1, quad_segs=64)]), 100)
    >>> len(parts) >= 3, int(shapely.get_num_coordinates(parts).max()) <= 100
    (True, True)
    """
    left, rows = shapely.get_parts(polygons, return_index=True)
    done, owners = [], []
    while len(left):
        small = shapely.get_num_coordinates(left) <= max_vertices
        done.append(left[small])
        owners.append(rows[small])
        left, rows = left[~small], rows[~small]
        if not len(left):
            break
        west, south, east, north = shapely.bounds(left).T
        axis = np.where(east - west >= north - south, 0, 1)
        line = np.where(axis == 0, (west + east) / 2, (south + north) / 2)
        left, place = _halves(left, axis, line)
        rows = rows[place // 2]
    if not done:
        return np.empty(0, dtype=object), np.empty(0, dtype=int)
    parts, owner = np.concatenate(done), np.concatenate(owners)
    order = np.argsort(owner, kind="stable")
    return parts[order], owner[order]
