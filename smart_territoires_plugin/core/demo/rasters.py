"""Nitrogen dioxide along roads and over towns, and residents on the squares of a grid."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from rasterio.features import rasterize
from scipy.ndimage import distance_transform_edt, gaussian_filter

from .grid import Grid, smooth_noise
from .terrain import Terrain
from .territories import Territories

NO2_NODATA = -9999.0
POPULATION_NODATA = -1.0
# What a road adds at its edge (µg/m³) and the distance over which it falls to a third (m).
ROADSIDE = {"autoroute": (17, 420), "nationale": (9, 260), "départementale": (2, 160)}


def make_population(grid: Grid, territories: Territories, rng: np.random.Generator) -> np.ndarray:
    """Put every inhabitant on a square of the grid.

    Returns
    -------
    ndarray of float32, of the grid's shape
        Inhabitants of each square; over the squares whose centre is in a commune they sum exactly to its
        population. `POPULATION_NODATA` outside the region.
    """
    commune = rasterize(
        ((shape, row + 1) for row, shape in enumerate(territories.communes.geometry)),
        out_shape=grid.shape,
        transform=grid.transform,
        dtype="int32",
    )
    x, y = grid.centres()
    residents = np.full(grid.shape, POPULATION_NODATA, dtype="float32")
    scatter = np.exp(0.9 * rng.standard_normal(grid.shape))
    for row, ((heart_x, heart_y), population) in enumerate(
        zip(territories.hearts, territories.population, strict=True)
    ):
        inside = commune == row + 1
        away_m = np.hypot(x[inside] - heart_x, y[inside] - heart_y)
        attraction = (np.exp(-away_m / (260 + 6 * np.sqrt(population))) + 0.004) * scatter[inside]
        residents[inside] = _whole_shares(int(population), attraction)
    return residents


def _whole_shares(total: int, attraction: np.ndarray) -> np.ndarray:
    """Share a whole number out in whole numbers, proportionally (largest remainders)."""
    shares = total * attraction / attraction.sum()
    whole = np.floor(shares)
    late = np.argsort(-(shares - whole), kind="stable")[: total - int(whole.sum())]
    whole[late] += 1
    return whole


def make_no2(
    grid: Grid,
    terrain: Terrain,
    territories: Territories,
    roads: gpd.GeoDataFrame,
    residents: np.ndarray,
    rng: np.random.Generator,
) -> tuple[np.ndarray, int]:
    """Model the annual mean of NO2.

    Returns
    -------
    values : ndarray of float32, of the grid's shape
        µg/m³; `NO2_NODATA` beyond 2 km from the region, and over one whole commune that the model left out.
    left_out : int
        Row of that commune.
    """
    inhabited = np.clip(residents, 0, None)
    town_air = gaussian_filter(inhabited, 5) / (grid.cell_m / 100) ** 2
    values = 5.5 + 11 * town_air / (town_air + 12) + 0.5 * smooth_noise(rng, grid.shape, 9)
    for category, (added, reach_m) in ROADSIDE.items():
        lines = roads.geometry[roads["classe"] == category]
        on_road = rasterize(lines, out_shape=grid.shape, transform=grid.transform, all_touched=True, dtype="uint8")
        values += added * np.exp(-distance_transform_edt(on_road == 0) * grid.cell_m / reach_m)
    values = np.clip(values + 0.25 * rng.standard_normal(grid.shape), 2, None)

    area_ha = territories.communes["superficie_ha"].to_numpy()
    left_out = int(np.argmin(np.abs(territories.population - 400) + area_ha / 10))
    patch = territories.communes.geometry.iloc[left_out].buffer(grid.cell_m)
    modelled = shapely.difference(terrain.outline.buffer(2_000), patch)
    known = rasterize([modelled], out_shape=grid.shape, transform=grid.transform, dtype="uint8")
    return np.where(known == 1, values.round(2), NO2_NODATA).astype("float32"), left_out
