"""The methods that are compared: each takes a region and returns one number per territory, in the same order."""

from __future__ import annotations

import math
from collections.abc import Callable

import geopandas
import numpy as np

from bench.region import Region


def coverage_ours(region: Region) -> np.ndarray:
    """Return the share of each territory in the polygons, in %, by the product's own measure."""
    from smart_territoires_plugin.core.measures.coverage import covered_area

    territories = region.territories.geometry.values
    covered_m2 = covered_area(np.asarray(territories), np.asarray(region.polygons.geometry.values))
    return 100 * covered_m2 / territories.area


def coverage_overlay(region: Region) -> np.ndarray:
    """Return the same share by geopandas: overlay, then dissolve by territory so that nothing counts twice."""
    pieces = geopandas.overlay(
        region.territories, region.polygons[["geometry"]], how="intersection", keep_geom_type=True, make_valid=False
    )
    covered_m2 = pieces.dissolve("row").area.reindex(region.territories["row"], fill_value=0.0).to_numpy()
    return 100 * covered_m2 / region.territories.area.to_numpy()


def _raster_and_zones(region: Region):
    import rasterio

    with rasterio.open(region.raster) as dataset:
        crs, nodata = dataset.crs, dataset.nodata
    return crs, nodata, region.territories.to_crs(crs)


def zonal_ours(region: Region) -> np.ndarray:
    """Return the mean of the raster over each territory by the product's own measure (exact cell fractions)."""
    from pyproj import CRS

    from smart_territoires_plugin.core.measures.zonal import zonal_statistics
    from smart_territoires_plugin.core.sources.rasters import Raster

    crs, _, zones = _raster_and_zones(region)
    raster = Raster(str(region.raster), 1, CRS.from_user_input(crs), None, True, ())
    means, cells, _ = zonal_statistics(raster, np.asarray(zones.geometry.values))
    return np.where(np.asarray(cells) > 0, means, np.nan)


def zonal_rasterstats(region: Region) -> np.ndarray:
    """Return the same mean by rasterstats, where a cell belongs to the zone that holds its centre."""
    from rasterstats import zonal_stats

    _, nodata, zones = _raster_and_zones(region)
    found = zonal_stats(list(zones.geometry), str(region.raster), stats=["mean"], nodata=nodata)
    return np.array([math.nan if row["mean"] is None else float(row["mean"]) for row in found])


# Comparison → its methods, ours first; each with the polygon layer it runs on, the unit, and what it needs installed.
Method = Callable[[Region], np.ndarray]
METHODS: dict[str, dict[str, Method]] = {
    "coverage_flood": {"ours": coverage_ours, "geopandas overlay + dissolve": coverage_overlay},
    "coverage_green": {"ours": coverage_ours, "geopandas overlay + dissolve": coverage_overlay},
    "zonal_mean_no2": {"ours": zonal_ours, "rasterstats": zonal_rasterstats},
}
LAYERS = {"coverage_flood": "flood", "coverage_green": "green", "zonal_mean_no2": "flood"}
UNITS = {"coverage_flood": "points of %", "coverage_green": "points of %", "zonal_mean_no2": "µg/m³"}
TITLES = {
    "coverage_flood": "Share of each territory in flood zones",
    "coverage_green": "Share of each territory in green spaces",
    "zonal_mean_no2": "Mean of the NO2 raster over each territory",
}
