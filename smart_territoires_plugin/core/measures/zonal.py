"""Zonal statistics with exact partial pixels: a pixel counts by the share of it that lies in the territory."""

from __future__ import annotations

import warnings

import numpy as np
import shapely

from smart_territoires_plugin.core.errors import EngineError, Problem
from smart_territoires_plugin.core.measures.measured import Measured, measured
from smart_territoires_plugin.core.sources import references
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.quality import QualityRecord
from smart_territoires_plugin.core.sources.rasters import Raster
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.study import Measure

PARTLY_COVERED = 0.999
_OPERATIONS = ["mean", "count"]


def zonal_mean(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return the mean of a raster over each territory, in the raster's unit (intensive).

    Pixels without data are left out; ``coverage`` is the share of the territory that lies on pixels with data. A
    territory outside the raster has no value.
    """
    raster = sources.raster(asked.source, asked.parameters.get("band"))
    there = ~shapely.is_missing(territories.geometry)
    zones = references.reproject(
        territories.geometry[there],
        sources.crs,
        raster.crs,
        f"{asked.source} ({sources.source(asked.source).path.name})",
    )
    means, pixels, pixel_area = zonal_statistics(raster, zones)
    values = np.full(len(territories), np.nan)
    coverage = np.zeros(len(territories))
    values[there] = np.where(pixels > 0, means, np.nan)
    zone_areas = shapely.area(zones)
    shares = np.zeros(len(zones))
    np.divide(np.nan_to_num(pixels) * pixel_area, zone_areas, out=shares, where=zone_areas > 0)
    coverage[there] = shares
    reasons = np.where(there, "outside_raster", "no_geometry").astype(object)
    reasons[np.flatnonzero(there)[np.isnan(pixels)]] = "damaged_raster"
    quality = [*raster.quality, *_gaps(asked.source, territories.codes, values, coverage, reasons)]
    if raster.crs != sources.crs:
        quality.append(QualityRecord(asked.source, "zones_reprojected", "R", len(zones), references.name(raster.crs)))
    return measured(values, reasons, np.where(np.isnan(values), 0, coverage), quality=quality)


def zonal_statistics(raster: Raster, zones: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Return mean, number of pixels (parts included) and the area of a pixel.

    Parameters
    ----------
    raster : Raster
    zones : ndarray of polygons, shape (n_zones,)
        In the raster's system.

    Returns
    -------
    means, pixels : ndarray, shape (n_zones,)
        NaN and 0 where no pixel with data lies in the zone; both NaN where the raster cannot be read.
    pixel_area : float
        In square units of the raster's system.
    """
    try:
        import rasterio
        from rasterio.errors import RasterioIOError

        from smart_territoires_plugin.core.sources.bands import Band
    except ImportError as error:
        raise EngineError(Problem("library.missing", str(error.name), {"feature": "zonal_mean"})) from error
    with rasterio.open(raster.path) as dataset:
        band = Band(dataset, raster)
        on_grid = band.on_grid(zones)
        try:
            means, pixels = _extracted(band, on_grid, raster.crs)
        except RasterioIOError:
            # A file that is cut short serves the territories whose part of it is whole.
            each = [_or_unread(band, on_grid[[index]], raster.crs, RasterioIOError) for index in range(len(zones))]
            means, pixels = np.array(each, dtype=float).reshape(-1, 2).T
        return means, pixels, band.pixel_area


def _extracted(band, zones: np.ndarray, crs) -> tuple[np.ndarray, np.ndarray]:
    import geopandas
    from exactextract import exact_extract

    frame = geopandas.GeoDataFrame({"zone": np.arange(len(zones))}, geometry=list(zones), crs=crs)
    with warnings.catch_warnings():
        # The systems are compared by ourselves, and the zones already are in the raster's.
        warnings.filterwarnings("ignore", message="Spatial reference system")
        found = exact_extract(band, frame, _OPERATIONS, include_cols=["zone"], output="pandas")
    found = found.set_index("zone").reindex(np.arange(len(zones)))
    return found["mean"].to_numpy(dtype=float), np.nan_to_num(found["count"].to_numpy(dtype=float))


def _or_unread(band, zone: np.ndarray, crs, refused: type[Exception]) -> tuple[float, float]:
    try:
        means, pixels = _extracted(band, zone, crs)
    except refused:
        return np.nan, np.nan
    return float(means[0]), float(pixels[0])


def _gaps(
    source: str, codes: np.ndarray, values: np.ndarray, coverage: np.ndarray, reasons: np.ndarray
) -> list[QualityRecord]:
    told = np.isnan(values) & (reasons != "no_geometry")
    outside = [QualityRecord(source, reasons[i], "M", 1, "", codes[i]) for i in np.flatnonzero(told)]
    partly = (~np.isnan(values)) & (coverage < PARTLY_COVERED)
    return outside + [
        QualityRecord(source, "partly_covered", "W", 1, f"{100 * coverage[index]:.1f} %", codes[index])
        for index in np.flatnonzero(partly)
    ]
