"""Places open to the public: third places, digital help desks, counters of public services."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from .terrain import CRS
from .territories import FICTITIOUS, Territories
from .traits import Traits

KINDS = ("tiers-lieu", "médiation numérique", "maison de services")


def make_services(territories: Territories, traits: Traits, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """Draw services near the hearts of communes.

    Returns
    -------
    GeoDataFrame of points with `type` (one of `KINDS`) and `nom`.
    """
    size = np.sqrt(territories.population / 1_000)
    expected = {
        "tiers-lieu": 0.28 * size * np.exp(0.5 * traits.innovation),
        "médiation numérique": 0.35 * size * np.exp(0.5 * traits.inclusion),
        "maison de services": 0.18 * size,
    }
    rows = []
    for kind in KINDS:
        for row, count in enumerate(rng.poisson(expected[kind])):
            commune = territories.communes.iloc[row]
            for _ in range(count):
                at = territories.hearts[row] + rng.normal(0, 180, 2)
                point = shapely.Point(at.round(1))
                if not commune.geometry.contains(point):
                    point = shapely.Point(territories.hearts[row].round(1))
                name = f"{kind.capitalize()} fictif n° {len(rows) + 1}, {commune['nom']}"
                rows.append({"type": kind, "nom": name, "mention": FICTITIOUS, "geometry": point})
    return gpd.GeoDataFrame(rows, crs=CRS)
