"""Coverage: what part of a territory lies in polygons; a place counts once, however many polygons overlap there."""

from __future__ import annotations

import numpy as np
import shapely

from smart_territoires_plugin.core.measures.measured import Measured, measured, per_inhabitant
from smart_territoires_plugin.core.sources import geometries
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.quality import record
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.study import Measure

_TOLERANCE = 1e-9
OVERLAP_M2 = 1.0


def covered_area(territory: np.ndarray, polygons: np.ndarray) -> np.ndarray:
    """Return the area of each territory that lies in at least one polygon: ``covered_and_summed``, without the sums.

    Parameters
    ----------
    territory : ndarray of geometries, shape (n_territories,)
        Valid polygons, or None.
    polygons : ndarray of geometries, shape (n_polygons,)
        Valid polygons in the same system; they may overlap and repeat.

    Returns
    -------
    ndarray, shape (n_territories,)
        In square units of the system; 0 where there is no territory.

    Examples
    --------
    >>> square = shapely.box(0, 0, 2, 2)
    >>> covered_area(np.array([square]), np.array([shapely.box(0, 0, 1, 1)] * 2)).tolist()
    [1.0]
    """
    return covered_and_summed(territory, polygons)[0]


def covered_and_summed(territory: np.ndarray, polygons: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the area of each territory that lies in at least one polygon, and the sum over polygons.

    Parameters
    ----------
    territory, polygons : ndarray of geometries
        As for ``covered_area``.

    Returns
    -------
    areas_m2, sums_m2 : ndarray, shape (n_territories,)
        They differ where polygons overlap.
    """
    areas_m2, sums_m2 = np.zeros(len(territory)), np.zeros(len(territory))
    if len(polygons) == 0:
        return areas_m2, sums_m2
    pieces = shapely.get_parts(polygons)
    tree = shapely.STRtree(pieces)
    owner, piece = tree.query(territory, predicate="intersects")
    for index in np.unique(owner):
        near = pieces[piece[owner == index]]
        within = shapely.intersection(near, territory[index])
        areas_m2[index] = shapely.area(_union(within))
        sums_m2[index] = shapely.area(within).sum()
    return areas_m2, sums_m2


def _union(parts: np.ndarray) -> shapely.Geometry:
    """Return the union of polygons; on a fixed grid of a millimetre where floating point fails."""
    try:
        # Parts that do not meet are not compared with one another: seconds for 10⁵ parts instead of a minute.
        return shapely.disjoint_subset_union_all(parts)
    except shapely.errors.GEOSException:
        return shapely.union_all(parts, grid_size=1e-3)


def _covered(asked: Measure, territories: Territories, sources: OpenedSources):
    there = ~shapely.is_missing(territories.geometry)
    bounds = tuple(shapely.total_bounds(territories.geometry[there])) if there.any() else None
    layer = sources.vector(asked.source, asked.where, bounds=bounds)
    source = sources.source(asked.source)
    polygons, parts = geometries.polygon_parts(layer.geometry, source, asked.kind)
    found_m2, sums_m2 = covered_and_summed(territories.geometry, polygons)
    areas_m2 = np.minimum(found_m2, territories.areas_m2)
    quality = [*layer.quality, *parts]
    doubled = territories.codes[sums_m2 - found_m2 > OVERLAP_M2]
    quality += record(asked.source, "zones_overlap", "R", doubled)
    if not areas_m2.any() and not any(item.check == "covers_no_territory" for item in quality):
        quality += record(asked.source, "covers_no_territory", "W", [source.path.name])
    areas_m2[~there] = np.nan
    reasons = np.where(there, "", "no_geometry").astype(object)
    touched = shapely.STRtree(polygons[layer.repaired]).query(territories.geometry, predicate="intersects")[0]
    carried = np.full(len(territories), "", dtype=object)
    carried[touched] = "geometry_repaired"
    return areas_m2, reasons, carried, quality


def coverage_area(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return the area of each territory that lies in the source's polygons, in square metres (extensive)."""
    areas_m2, reasons, carried, quality = _covered(asked, territories, sources)
    return measured(areas_m2, reasons, carried=carried, quality=quality)


def coverage_share(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return the share of each territory that lies in the source's polygons, 0–100 % (intensive)."""
    areas_m2, reasons, carried, quality = _covered(asked, territories, sources)
    whole_m2 = territories.areas_m2
    shares_pct = np.full(len(territories), np.nan)
    np.divide(100 * areas_m2, whole_m2, out=shares_pct, where=whole_m2 > 0)
    shares_pct[np.abs(shares_pct) < _TOLERANCE] = 0.0
    return measured(shares_pct, reasons, carried=carried, quality=quality)


def coverage_per_capita(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return the area that lies in the source's polygons per inhabitant, in square metres (intensive)."""
    areas_m2, reasons, carried, quality = _covered(asked, territories, sources)
    values, without = per_inhabitant(areas_m2, territories.population)
    return measured(values, np.where(reasons == "", without, reasons), carried=carried, quality=quality)
