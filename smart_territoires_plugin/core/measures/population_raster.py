"""Inhabitants of a population raster: each pixel by the share of it that lies in a zone, uniform within the pixel."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import shapely

from smart_territoires_plugin.core.engine import Engine
from smart_territoires_plugin.core.sources.rasters import Raster

_ZONES_AT_A_TIME = 64


@dataclass(frozen=True)
class _Zones:
    """Some zones, in the raster's system; ``pixels`` asks for each pixel instead of sums."""

    raster: Raster
    zones: np.ndarray
    pixels: bool


def inhabitants_of(raster: Raster, zones: np.ndarray, engine: Engine) -> tuple[np.ndarray, np.ndarray]:
    """Return the inhabitants of zones, and the area of the pixels with data in each.

    Parameters
    ----------
    zones : ndarray of polygons, shape (n_zones,)
        In the raster's system; empty or None where there is none: 0 there.

    Returns
    -------
    inhabitants : ndarray of float, shape (n_zones,)
        NaN where the raster cannot be read.
    known_area : ndarray of float, shape (n_zones,)
        In square units of the raster's system. A negative number of inhabitants is no data.
    """
    made = _extracted(raster, zones, False, engine)
    sums, areas = np.zeros(len(zones)), np.zeros(len(zones))
    for some, found in made:
        sums[some], areas[some] = found["inhabitants"], found["area"]
    return sums, areas


def pixels_of(raster: Raster, zones: np.ndarray, engine: Engine) -> list[np.ndarray]:
    """Return for each zone its inhabited pixels: x, y (in the raster's system) and inhabitants, shape (n_pixels, 3).

    Empty where there are none; None where the raster cannot be read.
    """
    pixels: list = [np.empty((0, 3))] * len(zones)
    for some, found in _extracted(raster, zones, True, engine):
        ends = np.cumsum(found["sizes"])
        for index, end, size, read in zip(some, ends, found["sizes"], found["read"], strict=True):
            pixels[index] = found["pixels"][end - size : end] if read else None
    return pixels


def _extracted(raster: Raster, zones: np.ndarray, pixels: bool, engine: Engine) -> list[tuple[np.ndarray, dict]]:
    there = np.flatnonzero(~(shapely.is_missing(zones) | shapely.is_empty(zones)))
    parts = [there[start : start + _ZONES_AT_A_TIME] for start in range(0, len(there), _ZONES_AT_A_TIME)]
    items = [_Zones(raster, zones[some], pixels) for some in parts]
    return list(zip(parts, engine.map(_of_zones, items, holds_lock=len(items) > 1), strict=True))


def _of_zones(item: _Zones) -> dict[str, np.ndarray]:
    import rasterio
    from rasterio.errors import RasterioIOError

    with rasterio.open(item.raster.path) as dataset:
        band = _people(dataset, item.raster)
        on_grid = band.on_grid(item.zones)
        read = _pixels if item.pixels else _sums
        try:
            return read(band, on_grid, item.raster.crs)
        except RasterioIOError:
            # A file that is cut short serves the zones whose part of it is whole.
            each = [_or_unread(read, band, on_grid[[i]], item.raster.crs, RasterioIOError) for i in range(len(on_grid))]
            return {name: np.concatenate([one[name] for one in each]) for name in each[0]}


def _or_unread(read, band, zone: np.ndarray, crs, refused: type[Exception]) -> dict[str, np.ndarray]:
    try:
        return read(band, zone, crs)
    except refused:
        if read is _sums:
            return {"inhabitants": np.array([np.nan]), "area": np.zeros(1)}
        return {"pixels": np.empty((0, 3)), "sizes": np.zeros(1, dtype=int), "read": np.zeros(1, dtype=bool)}


def _people(dataset, raster: Raster):
    from smart_territoires_plugin.core.sources.bands import Band

    class People(Band):
        """A band on which a negative number of inhabitants is no data."""

        def read_window(self, x0, y0, nx, ny):
            values = super().read_window(x0, y0, nx, ny)
            negative = np.ma.getdata(values) < 0
            return np.ma.array(values, mask=np.ma.getmaskarray(values) | negative) if negative.any() else values

    return People(dataset, raster)


def _extract(band, zones: np.ndarray, crs, operations: list[str]):
    import geopandas
    from exactextract import exact_extract

    frame = geopandas.GeoDataFrame({"zone": np.arange(len(zones))}, geometry=list(zones), crs=crs)
    with warnings.catch_warnings():
        # The systems are compared by ourselves, and the zones already are in the raster's.
        warnings.filterwarnings("ignore", message="Spatial reference system")
        found = exact_extract(band, frame, operations, include_cols=["zone"], output="pandas")
    return found.set_index("zone").reindex(np.arange(len(zones)))


def _sums(band, zones: np.ndarray, crs) -> dict[str, np.ndarray]:
    found = _extract(band, zones, crs, ["sum", "count"])
    area = np.nan_to_num(found["count"].to_numpy(dtype=float)) * band.pixel_area
    return {"inhabitants": np.nan_to_num(found["sum"].to_numpy(dtype=float)), "area": area}


def _pixels(band, zones: np.ndarray, crs) -> dict[str, np.ndarray]:
    found = _extract(band, zones, crs, ["values", "coverage", "center_x", "center_y"])
    pixels = []
    for values, coverage, x, y in zip(*(found[name] for name in ("values", "coverage", "center_x", "center_y"))):
        if not np.ndim(values):
            pixels.append(np.empty((0, 3)))
            continue
        hidden = np.ma.getmaskarray(values)
        weights = np.ma.getdata(values).astype(float) * coverage
        xy = band.from_grid(np.column_stack([x, y]))
        some = ~hidden & (weights > 0)
        pixels.append(np.column_stack([xy[some], weights[some]]))
    sizes = np.array([len(some) for some in pixels], dtype=int)
    return {
        "pixels": np.concatenate([np.empty((0, 3)), *pixels]),
        "sizes": sizes,
        "read": np.ones(len(sizes), dtype=bool),
    }
