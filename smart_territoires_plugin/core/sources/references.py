"""Coordinate reference systems: what a file declares, whether it can be true, and whether the study's one fits."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from smart_territoires_plugin.core.errors import Problem, SourceError
from smart_territoires_plugin.core.sources.quality import QualityRecord, record

# Where each reference system of the French territories is used: longitude and latitude bounds, in degrees.
FRENCH = {
    "EPSG:2154": (-5.5, 41.0, 10.0, 51.5),
    "EPSG:5490": (-63.2, 14.2, -60.7, 18.2),
    "EPSG:2972": (-54.7, 2.0, -51.5, 6.0),
    "EPSG:2975": (55.1, -21.5, 55.9, -20.8),
    "EPSG:4471": (44.9, -13.1, 45.4, -12.5),
}
_NO_AREAS = ("Pseudo-Mercator", "Popular Visualisation", "World Mercator")
# A straight edge of one system is a curve in another: one of 10 km strays by a metre or so, a longer one by its square.
LONGEST_EDGE_M = 10_000.0
LONGEST_EDGE_DEGREES = 0.1
_LAMBERT_93_BOUNDS = (0.0, 6_000_000.0, 1_300_000.0, 7_200_000.0)


def parse(crs: str, where: str) -> CRS:
    """Return the reference system that a text names.

    Raises
    ------
    SourceError
        If PROJ does not know it.
    """
    try:
        return CRS.from_user_input(crs)
    except CRSError as error:
        raise SourceError(Problem("crs.unknown", where, {"crs": crs})) from error


@lru_cache(maxsize=64)
def transformer(origin: CRS, target: CRS) -> Transformer:
    """Return the transformer between two systems, x (east) before y (north)."""
    return Transformer.from_crs(origin, target, always_xy=True)


def transform_bounds(bounds: tuple, origin: CRS, target: CRS) -> tuple:
    """Return the bounds that hold a transformed rectangle."""
    if origin == target:
        return bounds
    return transformer(origin, target).transform_bounds(*bounds, densify_pts=21)


def likely(bounds: tuple) -> str:
    """Return the system that coordinates within bounds are most likely in."""
    west, south, east, north = bounds
    if west >= -180 and east <= 180 and south >= -90 and north <= 90:
        return "EPSG:4326"
    x_low, y_low, x_high, y_high = _LAMBERT_93_BOUNDS
    if west >= x_low and east <= x_high and south >= y_low and north <= y_high:
        return "EPSG:2154"
    return "?"


def check_coordinates(crs: CRS, bounds: np.ndarray, where: str) -> None:
    """Refuse coordinates that cannot be in the system declared: metres as degrees, degrees as metres."""
    if not np.isfinite(bounds).all():
        return
    west, south, east, north = (float(value) for value in bounds)
    in_degrees = west >= -181 and east <= 361 and south >= -91 and north <= 91
    if crs.is_geographic and not in_degrees or crs.is_projected and in_degrees and (east - west) > 0:
        values = {"crs": name(crs), "likely": likely((west, south, east, north)), "x": f"{west:g}", "y": f"{south:g}"}
        raise SourceError(Problem("crs.impossible", where, values))


def check_axes(bounds: np.ndarray, window: tuple, where: str) -> None:
    """Refuse coordinates that lie where the territories are only once x and y are exchanged.

    Parameters
    ----------
    bounds : ndarray, shape (4,)
        West, south, east, north of the features, in their own system.
    window : tuple
        Of the territories, in the same system.
    """
    west, south, east, north = (float(value) for value in bounds)
    if not _meet((west, south, east, north), window) and _meet((south, west, north, east), window):
        raise SourceError(Problem("crs.swapped", where, {"x": f"{west:g}", "y": f"{south:g}"}))


def _meet(one: tuple, other: tuple) -> bool:
    return one[0] <= other[2] and one[2] >= other[0] and one[1] <= other[3] and one[3] >= other[1]


def name(crs: CRS) -> str:
    """Return the short name of a system."""
    authority = crs.to_authority()
    return ":".join(authority) if authority else crs.name


def withdrawn(crs: CRS, source: str) -> list[QualityRecord]:
    """Return a record of a system that its authority has withdrawn; its coordinates are taken as they were defined."""
    return record(source, "crs_deprecated", "R", [name(crs)] if crs.is_deprecated else [])


def check_study_crs(crs: CRS, bounds: np.ndarray, where: str, territories: str) -> None:
    """Refuse a study system that cannot measure areas where the territories are.

    Parameters
    ----------
    bounds : ndarray, shape (4,)
        Longitude and latitude bounds of the territories, in degrees.
    where, territories : str
        The study and the source of the territories, as a person would name them.
    """
    centre = ((bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2)
    fitting = next((code for code, area in FRENCH.items() if _holds(area, centre)), None)
    values = {"crs": name(crs), "fitting": fitting or "a projected system of the region"}
    in_metres = all(axis.unit_conversion_factor == 1 for axis in crs.axis_info)
    if not crs.is_projected or not in_metres or any(word in crs.name for word in _NO_AREAS):
        raise SourceError(Problem("crs.not_for_areas", where, values))
    area = crs.area_of_use
    around = (area.west - 1, area.south - 1, area.east + 1, area.north + 1) if area else None
    if around and not _holds(around, centre):
        back = transformer(CRS.from_epsg(4326), crs)
        exchanged = back.transform(*back.transform(*centre)[::-1], direction="INVERSE")
        if _holds(around, centre[::-1]) or _holds(around, exchanged):
            raise SourceError(Problem("crs.swapped", territories, {"x": f"{bounds[0]:g}", "y": f"{bounds[1]:g}"}))
        raise SourceError(Problem("crs.elsewhere", where, values))


def _holds(area: tuple, point: tuple) -> bool:
    west, south, east, north = area
    return west <= point[0] <= east and south <= point[1] <= north


def same(one: CRS, other: CRS) -> bool:
    """Say whether two systems are one: equal, and of one authority, which equality forgets once a system was text.

    Examples
    --------
    >>> same(CRS("EPSG:2154"), CRS.from_wkt(CRS("EPSG:2154").to_wkt())), same(CRS("IGNF:LAMB93"), CRS("EPSG:2154"))
    (True, False)
    """
    return one == other and one.to_authority() == other.to_authority()


def reproject(geometry: np.ndarray, origin: CRS, target: CRS, where: str) -> np.ndarray:
    """Return geometries in another system; they are left as they are where both are the same.

    Vertices are transformed, and joined by straight edges again. What was straight before is curved after, so edges
    longer than about 10 km are first cut into equal pieces that are not.

    Parameters
    ----------
    geometry : ndarray of geometries
        None where there is none, and stays None.

    Raises
    ------
    SourceError
        If PROJ refuses the coordinates.
    """
    import shapely

    if same(origin, target):
        return geometry
    convert = transformer(origin, target)

    def points(coordinates: np.ndarray) -> np.ndarray:
        return np.column_stack(convert.transform(coordinates[:, 0], coordinates[:, 1]))

    try:
        return shapely.transform(_densified(geometry, origin), points)
    except ProjError as error:
        raise SourceError(
            Problem("crs.impossible", where, {"crs": name(origin), "likely": "?", "x": "", "y": ""})
        ) from error


def _densified(geometry: np.ndarray, crs: CRS) -> np.ndarray:
    """Return geometries whose long edges are cut; only those that are large enough to have one are looked at."""
    import shapely

    longest = LONGEST_EDGE_DEGREES if crs.is_geographic else LONGEST_EDGE_M / _metres_in(crs)
    west, south, east, north = shapely.bounds(geometry).T
    with np.errstate(invalid="ignore"):
        large = np.hypot(east - west, north - south) > longest
    if not large.any():
        return geometry
    cut = geometry.copy()
    cut[large] = shapely.segmentize(geometry[large], longest)
    return cut


def _metres_in(crs: CRS) -> float:
    return crs.axis_info[0].unit_conversion_factor if crs.axis_info else 1.0
