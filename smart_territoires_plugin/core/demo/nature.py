"""Forests on the hills, parks in the towns, a reserve or two; some overlap, one is there twice."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from rasterio.features import shapes as raster_shapes

from .grid import smooth_noise
from .shapes import blob, smooth_polygon
from .terrain import CRS, Terrain
from .territories import FICTITIOUS, Territories

FOREST_SHARE = 0.24  # of the land
SMALLEST_FOREST_M2 = 250_000


def make_green_spaces(terrain: Terrain, territories: Territories, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """Draw green and natural spaces.

    Returns
    -------
    GeoDataFrame of polygons with `nature` (forêt, parc, réserve) and `ouvert` (Oui, Non: open to the public).
    """
    rows = [("forêt", "Oui" if rng.random() < 0.55 else "Non", forest) for forest in _forests(terrain, rng)]
    for (x, y), population in zip(territories.hearts, territories.population, strict=True):
        for _ in range(rng.poisson(0.35 + np.sqrt(population) / 45)):
            away_x, away_y = rng.normal(0, 500 + 4 * np.sqrt(population), 2)
            rows.append(("parc", "Oui", blob(rng, x + away_x, y + away_y, rng.uniform(60, 260))))
    for line in terrain.rivers.geometry.iloc[:6]:
        place = line.interpolate(rng.uniform(0.3, 0.7), normalized=True)
        rows.append(("réserve", "Non" if rng.random() < 0.5 else "Oui", blob(rng, place.x, place.y, 1_300)))
    # A large park laid over forests that are in the file already: their common ground counts once.
    forests = [shape for nature, _, shape in rows if nature == "forêt"]
    heart = max(forests, key=shapely.area).centroid
    rows.append(("parc", "Oui", blob(rng, heart.x, heart.y, 4_500)))

    frame = gpd.GeoDataFrame(rows, columns=["nature", "ouvert", "geometry"], geometry="geometry", crs=CRS)
    frame = frame[frame.intersects(terrain.outline)].clip(terrain.outline.buffer(2_500)).sort_index()
    frame = frame.explode(ignore_index=True)
    twice = frame[frame["nature"] == "parc"].iloc[[0]]
    frame = gpd.GeoDataFrame(pd.concat([frame, twice], ignore_index=True), crs=CRS)
    frame.insert(2, "mention", FICTITIOUS)
    return frame


def _forests(terrain: Terrain, rng: np.random.Generator) -> list[shapely.Polygon]:
    """Polygons where height and chance favour trees."""
    height = (terrain.relief_m - terrain.relief_m.mean()) / terrain.relief_m.std()
    shape = terrain.grid.shape
    favour = smooth_noise(rng, shape, 3.5) + 0.3 * smooth_noise(rng, shape, 1.2) + 0.55 * height
    wooded = (favour > np.quantile(favour, 1 - FOREST_SHARE)).astype("uint8")
    found = raster_shapes(wooded, mask=wooded.astype(bool), transform=terrain.grid.transform)
    polygons = [smooth_polygon(shapely.geometry.shape(geometry), 3) for geometry, _ in found]
    polygons = [shapely.transform(shapely.simplify(each, 10), lambda at: at.round(1)) for each in polygons]
    return [each for each in polygons if each.is_valid and each.area > SMALLEST_FOREST_M2]
