"""The rasters of the zonal comparison: smooth fields with noise and gaps on one grid, and inhabitants on the same."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import rasterio
import shapely
from rasterio.transform import Affine, from_origin
from rasterio.windows import Window

from bench.inputs.making import code_hash, made
from bench.inputs.territories import CENTRE_M, CRS, draw_territories, write_territories

TILE = 512
NODATA = -9999.0
STEP = 1 / 32  # values are multiples of it, as sensors and models deliver them: noise that still compresses
FIELDS = ("first", "second", "third")
_CODE = ("fractals.py", "territories.py", "rasters.py")


@dataclass(frozen=True)
class ZonalRecipe:
    """How much is drawn; the default is the size that the figures are given for."""

    territories: int = 1_300
    area_km2: float = 12_000.0
    side_cells: int = 11_700
    cell_m: float = 10.0
    seed: int = 1


FULL = ZonalRecipe()
SMALL = ZonalRecipe(60, 400.0, 2_500)


def write_rasters(folder: Path, recipe: ZonalRecipe) -> dict:
    """Write ``territories.gpkg``, three fields and ``inhabitants.tif``; return facts of them."""

    def make(into: Path) -> dict:
        reach_m = recipe.side_cells * recipe.cell_m / 2
        west, north = CENTRE_M[0] - reach_m, CENTRE_M[1] + reach_m
        region = shapely.box(west, north - 2 * reach_m, west + 2 * reach_m, north)
        territories = draw_territories(recipe.territories, recipe.area_km2, recipe.seed + 2, region)
        if not shapely.contains(region, territories).all():
            raise ValueError(f"area_km2: {recipe.area_km2:g} km² of territories do not fit on the grid")
        write_territories(territories, into / "territories.gpkg", "Commune", recipe.seed)
        grid = from_origin(west, north, recipe.cell_m, recipe.cell_m)
        for number, name in enumerate(FIELDS):
            waves = _Waves(np.random.default_rng([recipe.seed, 6, number]))
            _write(into / f"{name}.tif", recipe, grid, waves.field, NODATA, [recipe.seed, 7, number])
        waves = _Waves(np.random.default_rng([recipe.seed, 8]))
        _write(into / "inhabitants.tif", recipe, grid, waves.inhabitants, None, [recipe.seed, 9])
        return {"territories": len(territories), "pixels": recipe.side_cells**2, "rasters": len(FIELDS)}

    return made(folder, {**asdict(recipe), "code": code_hash(*_CODE)}, make)


class _Waves:
    """A smooth field: a sum of waves of 3–60 km."""

    def __init__(self, rng: np.random.Generator):
        lengths_m = np.geomspace(3_000, 60_000, 8)
        angles = rng.uniform(0, 2 * np.pi, len(lengths_m))
        self.vectors = 2 * np.pi / lengths_m[:, None] * np.column_stack([np.cos(angles), np.sin(angles)])
        self.phases = rng.uniform(0, 2 * np.pi, len(lengths_m))
        self.heights = lengths_m**0.4 / (lengths_m**0.4).sum()

    def at(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Return the field at columns ``x`` and rows ``y``, within −1 and 1."""
        total = np.zeros((len(y), len(x)))
        for (along_x, along_y), phase, height in zip(self.vectors, self.phases, self.heights, strict=True):
            a, b = along_x * x + phase, along_y * y
            total += height * (np.outer(np.cos(b), np.sin(a)) + np.outer(np.sin(b), np.cos(a)))
        return total

    def field(self, x: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Return values of about 5–55, with noise, and gaps where the field is lowest."""
        smooth = self.at(x, y)
        values = 30 + 25 * smooth + rng.normal(0, 1.5, smooth.shape)
        return np.where(smooth < -0.55, NODATA, np.round(values / STEP) * STEP)

    def inhabitants(self, x: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Return inhabitants per cell: none in most, more where the field is high."""
        smooth = self.at(x, y)
        lived_in = rng.random(smooth.shape) < np.clip(0.15 + 0.6 * smooth, 0.02, 0.8)
        return np.where(lived_in, np.ceil(rng.exponential(3, smooth.shape) * np.exp(2 * smooth)), 0.0)


def _write(path: Path, recipe: ZonalRecipe, grid: Affine, draw, nodata: float | None, seed: list[int]) -> None:
    """Write a raster row of tiles by row of tiles: float32, tiled, deflate."""
    side = recipe.side_cells
    shape = {"width": side, "height": side, "count": 1, "dtype": "float32", "crs": CRS, "transform": grid}
    layout = {"tiled": True, "blockxsize": TILE, "blockysize": TILE, "compress": "deflate", "zlevel": 6}
    options = {"num_threads": "ALL_CPUS", "bigtiff": "IF_SAFER"}
    x = grid.c + grid.a * (np.arange(side) + 0.5)
    with rasterio.open(path, "w", driver="GTiff", nodata=nodata, **shape, **layout, **options) as raster:
        for top in range(0, side, TILE):
            rows = min(TILE, side - top)
            y = grid.f + grid.e * (top + np.arange(rows) + 0.5)
            values = draw(x, y, np.random.default_rng([*seed, top]))
            raster.write(values.astype(np.float32), 1, window=Window(0, top, side, rows))
