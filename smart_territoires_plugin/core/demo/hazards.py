"""Flood zones of three levels that overlap, and the one polygon of them that is drawn wrongly."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from scipy.ndimage import gaussian_filter1d, maximum_filter
from shapely.affinity import translate

from .terrain import CRS, Terrain
from .territories import FICTITIOUS

# Half-widths, as multiples of a strong flood's: each level holds the more severe ones and goes further.
LEVELS = {"fort": 1.0, "moyen": 1.7, "faible": 2.5}
REACH_M = 9_000  # zones are surveyed reach by reach, and reaches overlap a little


def make_flood_zones(terrain: Terrain, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """Draw flood zones along the rivers, wider downstream and where the valley is flat.

    Returns
    -------
    GeoDataFrame of polygons with `niveau` (fort, moyen, faible), `riviere` and `troncon`; exactly one of them
    is invalid (two parts that overlap), as met in published files.
    """
    slope = np.hypot(*np.gradient(terrain.relief_m, terrain.grid.cell_m))
    # The drawn river leaves the cells through which the water was sent: look for the largest flow around.
    drained_km2 = maximum_filter(terrain.drained_km2, 5)
    rows = []
    for name, line in zip(terrain.rivers["nom"], terrain.rivers.geometry, strict=True):
        points = shapely.get_coordinates(shapely.segmentize(line, 250))
        x, y = points.T
        area_km2 = gaussian_filter1d(terrain.grid.sample(drained_km2, x, y), 4)
        flat = np.clip(0.012 / (terrain.grid.sample(slope, x, y) + 0.004), 0.6, 1.4)
        waver = np.convolve(rng.uniform(0.6, 1.4, len(points) + 8), np.ones(9) / 9, mode="valid")
        half_width_m = (60 + 8 * np.sqrt(area_km2)) * flat * waver
        pieces = shapely.linestrings(np.stack([points[:-1], points[1:]], axis=1))
        reaches = max(1, round(line.length / REACH_M))
        cuts = np.linspace(0, len(pieces), reaches + 1).astype(int)
        for level, factor in LEVELS.items():
            zones = shapely.buffer(pieces, factor * half_width_m[1:], quad_segs=4)
            for number, (start, stop) in enumerate(zip(cuts[:-1], cuts[1:], strict=True), start=1):
                zone = shapely.simplify(shapely.union_all(zones[max(start - 1, 0) : stop + 1]), 15)
                zone = shapely.transform(zone, lambda at: at.round(1))
                rows.append({"niveau": level, "riviere": name, "troncon": number, "geometry": shapely.make_valid(zone)})
    frame = gpd.GeoDataFrame(rows, crs=CRS)
    frame.insert(3, "mention", FICTITIOUS)
    return _with_overlapping_parts(frame)


def _with_overlapping_parts(zones: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the zones with one of them doubled onto itself, a little aside."""
    whole = (zones["niveau"] == "faible") & (zones.geom_type == "Polygon")
    chosen = zones.area.where(whole).idxmin()
    polygon = zones.geometry[chosen]
    # Less than the narrowest zone is wide, so that the two parts always overlap.
    parts = shapely.MultiPolygon([polygon, translate(polygon, xoff=60)])
    geometry = zones.geometry.copy()
    geometry[chosen] = parts
    return zones.set_geometry(geometry)
