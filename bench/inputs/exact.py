"""The answers that all are measured against, worked out slowly and apart from the product."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import geopandas
import numpy as np
import rasterio
import shapely
from rasterio.windows import Window

from bench.inputs.coverage import LAYER, repaired
from bench.inputs.making import code_hash, made, recipe_of

HUGE_VERTICES = 10_000
_CODE = ("exact.py",)


def write_covered(folder: Path, polygons: Path, zonings: Mapping[str, tuple[Path, int]]) -> dict:
    """Return the exact covered areas of a sample of territories: zoning → code → m².

    Parameters
    ----------
    zonings : mapping of name to (path, size of the sample)

    Notes
    -----
    The union of all polygons that meet the territory, repaired by structure, then its intersection with the
    territory: the definition itself, one territory after the other.
    """

    def make(into: Path) -> dict:
        features = repaired(geopandas.read_file(polygons, layer=LAYER).geometry.values)
        tree = shapely.STRtree(features)
        found = {}
        for name, (path, size) in zonings.items():
            zones = geopandas.read_file(path)
            chosen = np.random.default_rng(11).permutation(len(zones))[:size]
            found[name] = {
                zones["code"].iloc[index]: _covered_m2(zones.geometry.iloc[index], features, tree)
                for index in sorted(chosen)
            }
        return found

    asked = {name: [path.name, size] for name, (path, size) in zonings.items()}
    return made(folder, {"layers": recipe_of(polygons.parent), "zonings": asked, "code": code_hash(*_CODE)}, make)


def _covered_m2(territory: shapely.Geometry, features: np.ndarray, tree: shapely.STRtree) -> float:
    near = features[tree.query(territory, predicate="intersects")]
    huge = shapely.get_num_coordinates(near) > HUGE_VERTICES
    if huge.any():  # what lies beyond the territory's own box cannot matter, and would take hours
        west, south, east, north = territory.bounds
        near[huge] = shapely.intersection(near[huge], shapely.box(west - 10, south - 10, east + 10, north + 10))
    return float(shapely.area(shapely.intersection(shapely.union_all(near), territory)))


def write_means(folder: Path, layers: Path, fields: tuple, weights: str, size: int) -> dict:
    """Return exact means of rasters over a sample of zones: raster → ``mean`` and ``weighted`` → code → value.

    Notes
    -----
    Every pixel near a zone is cut with it as a polygon; sums are exact (``math.fsum``).
    """

    def make(into: Path) -> dict:
        zones = geopandas.read_file(layers / "territories.gpkg")
        chosen = sorted(np.random.default_rng(12).permutation(len(zones))[:size])
        found: dict = {field: {"mean": {}, "weighted": {}} for field in fields}
        for index in chosen:
            code, zone = zones["code"].iloc[index], zones.geometry.iloc[index]
            with rasterio.open(layers / f"{weights}.tif") as raster:
                window, shares = _shares(raster, zone)
                weight = raster.read(1, window=window).astype(float)
            for field in fields:
                with rasterio.open(layers / f"{field}.tif") as raster:
                    values = raster.read(1, window=window).astype(float)
                    known = values != raster.nodata
                for kind, share in (("mean", shares), ("weighted", shares * weight)):
                    total = math.fsum(share[known])
                    if total:
                        found[field][kind][code] = math.fsum((share * values)[known]) / total
        return found

    asked = {"fields": list(fields), "weights": weights, "size": size}
    return made(folder, {"layers": recipe_of(layers), **asked, "code": code_hash(*_CODE)}, make)


def _shares(raster, zone: shapely.Geometry) -> tuple[Window, np.ndarray]:
    """Return the window of a zone and the share of each of its pixels that lies in the zone."""
    west, south, east, north = zone.bounds
    grid = raster.transform
    first_column, first_row = math.floor((west - grid.c) / grid.a), math.floor((north - grid.f) / grid.e)
    last_column, last_row = math.ceil((east - grid.c) / grid.a) - 1, math.ceil((south - grid.f) / grid.e) - 1
    window = Window(first_column, first_row, last_column - first_column + 1, last_row - first_row + 1)
    rows, columns = np.mgrid[first_row : last_row + 1, first_column : last_column + 1]
    left, top = grid.c + grid.a * columns, grid.f + grid.e * rows
    cells = shapely.box(left, top + grid.e, left + grid.a, top)
    shapely.prepare(zone)
    shares = shapely.contains(zone, cells).astype(float)
    crossed = np.nonzero(shapely.intersects(zone, cells) & (shares == 0))
    shares[crossed] = shapely.area(shapely.intersection(cells[crossed], zone)) / abs(grid.a * grid.e)
    return window, shares
