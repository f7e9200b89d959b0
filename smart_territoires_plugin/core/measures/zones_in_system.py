"""Zones in another system: a straight edge becomes a curve there, and gets as many points as it takes to follow it."""

from __future__ import annotations

import numpy as np
import shapely
from pyproj import CRS

from smart_territoires_plugin.core.sources import references

# Of the zone's area: what the chords of curved edges may add or take, before they make up for one another.
_AREA_TOLERANCE = 1e-8
_MOST_PIECES = 1000


def brought(zones: np.ndarray, origin: str, target: str) -> np.ndarray:
    """Return zones in another system, their edges followed to 1e-8 of their area or better.

    Between a straight edge's picture and its chord lies a sagitta that shrinks with the square of the length: an edge
    of one kilometre in Lambert-93 strays by 2 cm from its chord in longitudes and latitudes. Each edge is cut into as
    many pieces as its own sagitta asks for, the same from either side.

    Parameters
    ----------
    zones : ndarray of polygons, shape (n_zones,)
    origin, target : str
        Systems as PROJ reads them.

    Returns
    -------
    ndarray of polygons, shape (n_zones,)

    Examples
    --------
    >>> square = shapely.box(600_000, 6_800_000, 610_000, 6_810_000)
    >>> shapely.get_num_coordinates(brought(np.array([square]), "EPSG:2154", "EPSG:4326"))[0] > 100
    np.True_
    """
    origin_crs, target_crs = CRS.from_user_input(origin), CRS.from_user_input(target)
    if origin_crs == target_crs:
        return zones
    convert = references.transformer(origin_crs, target_crs)

    def there(xy: np.ndarray) -> np.ndarray:
        return np.column_stack(convert.transform(xy[:, 0], xy[:, 1]))

    return np.array([_followed(zone, there) for zone in zones], dtype=object)


def _followed(zone: shapely.Geometry, there) -> shapely.Geometry:
    if zone is None or zone.is_empty:
        return zone
    straight = shapely.transform(zone, there)
    perimeter = shapely.length(straight)
    if not perimeter > 0:
        return straight
    tolerance = 1.5 * _AREA_TOLERANCE * shapely.area(straight) / perimeter
    polygons = []
    for polygon in shapely.get_parts(zone):
        rings = [_ring(shapely.get_coordinates(ring), there, tolerance) for ring in shapely.get_rings(polygon)]
        polygons.append(shapely.Polygon(rings[0], rings[1:]))
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)


def _ring(xy: np.ndarray, there, tolerance: float) -> np.ndarray:
    ends = there(xy)
    sagitta = np.hypot(*(there((xy[:-1] + xy[1:]) / 2) - (ends[:-1] + ends[1:]) / 2).T)
    pieces = np.clip(np.ceil(np.sqrt(sagitta / max(tolerance, 1e-300))), 1, _MOST_PIECES).astype(np.int64)
    if (pieces == 1).all():
        return ends
    origin = np.repeat(np.arange(len(pieces)), pieces)
    share = ((np.arange(len(origin)) - (np.cumsum(pieces) - pieces)[origin]) / pieces[origin])[:, None]
    within = xy[origin] + share * (xy[origin + 1] - xy[origin])
    return there(np.vstack([within, xy[-1:]]))
