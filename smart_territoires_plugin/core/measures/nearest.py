"""Distances from places to the nearest feature of a layer, wherever that lies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Optional

import numpy as np
import shapely

from smart_territoires_plugin.core.engine import Engine
from smart_territoires_plugin.core.measures.parts import clipped
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.vectors import MAX_WHOLE_FEATURES, Vector, describe

_FIRST_MARGIN_M = 20_000.0
_GROWTH = 5.0
# Of the distance from a window's middle to its corner: so far the nearest feature mostly lies.
_CLOSE = 1.2
_MAX_MARGIN_M = 1_000_000.0
# Far above the rounding of a distance, far below what a window's size matters.
_SLACK_M = 1.0


def distances_m(places: list[np.ndarray], features: np.ndarray, engine: Engine) -> list[np.ndarray]:
    """Return the distance of each place to the nearest feature, in units of the system.

    Parameters
    ----------
    places : list of ndarray, shape (n_places, 2)
        Groups of places that lie together: x, y.
    features : ndarray of geometries
        Points, lines or polygons; at least one. A place on a line or in a polygon has 0.

    Returns
    -------
    list of ndarray, shape (n_places,)

    Notes
    -----
    Exact. Of a group whose places lie within *r* of its middle, which is *d* from the nearest feature, no place is
    farther than *d* + *r* from one: what is farther from all of them is left out before.

    Examples
    --------
    >>> river = np.array([shapely.LineString([(0, 0), (0, 9)])])
    >>> distances_m([np.array([[3.0, 1.0], [0.0, 12.0]])], river, Engine(1))[0].tolist()
    [3.0, 3.0]
    """
    features = shapely.get_parts(features)
    tree = shapely.STRtree(features)
    items = [_group(xy, features, tree) for xy in places]
    return list(engine.map(_nearest, items))


@dataclass(frozen=True)
class _Group:
    """Places that lie together, the features that may be nearest to one of them, and a window that holds both."""

    xy: np.ndarray
    features: np.ndarray
    window: Optional[shapely.Geometry]


def _group(xy: np.ndarray, features: np.ndarray, tree: shapely.STRtree) -> _Group:
    if len(xy) == 0:
        return _Group(xy, features[:0], None)
    low, high = xy.min(axis=0), xy.max(axis=0)
    middle = (low + high) / 2
    (_, _), (distance,) = tree.query_nearest([shapely.Point(middle)], return_distance=True, all_matches=False)
    reach = distance + np.hypot(*(high - middle)) + _SLACK_M
    window = shapely.box(*(low - reach), *(high + reach))
    return _Group(xy, features[np.sort(tree.query(window))], window)


def _nearest(group: _Group) -> np.ndarray:
    if group.window is None:
        return np.empty(0)
    features = clipped(group.features, group.window)
    tree = shapely.STRtree(features[~shapely.is_empty(features)])
    (place, _), found = tree.query_nearest(shapely.points(group.xy), return_distance=True, all_matches=False)
    distances = np.empty(len(group.xy))
    distances[place] = found
    return distances


def read_around(
    source: str, where: Optional[str], bounds: tuple, sources: OpenedSources, reach: Optional[tuple] = None
) -> Vector:
    """Read the features of a layer that may be nearest to a place within bounds.

    A layer of no more than ``MAX_WHOLE_FEATURES`` is read whole, a larger one in a window that grows until something
    lies so near that nothing beyond the window can be nearer to any place.

    Parameters
    ----------
    reach : (west, south, east, north), optional
        Of a window among others: record only features that begin there, and read in a window at once.
    """
    if reach is None and 0 <= describe(sources.filtered(source, where))["features"] <= MAX_WHOLE_FEATURES:
        return sources.vector(source, where)
    west, south, east, north = bounds
    margin = _FIRST_MARGIN_M if reach is None else _CLOSE * np.hypot(east - west, north - south) / 2
    while margin <= _MAX_MARGIN_M:
        window = (west - margin, south - margin, east + margin, north + margin)
        layer = sources.vector(source, where, bounds=window, begins_in=reach)
        quality = tuple(item for item in layer.quality if item.check != "covers_no_territory")
        if layer.geometry.size and _farthest_m(bounds, layer.geometry) <= margin:
            return replace(layer, quality=quality)
        margin *= _GROWTH
    return sources.vector(source, where, begins_in=reach)


def _farthest_m(bounds: tuple, features: np.ndarray) -> float:
    """Return a distance that no place within bounds exceeds to its nearest feature."""
    west, south, east, north = bounds
    middle = shapely.Point((west + east) / 2, (south + north) / 2)
    return float(shapely.distance(features, middle).min() + np.hypot(east - west, north - south) / 2)
