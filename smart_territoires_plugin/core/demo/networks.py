"""Rivers apart, the networks of the region: roads that link towns, then every commune."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra, minimum_spanning_tree

from .shapes import make_bend, smooth_line
from .terrain import CRS
from .territories import FICTITIOUS, Territories

VEHICLES_PER_DAY = {"autoroute": 46_000, "nationale": 14_000, "départementale": 2_200}


def make_roads(territories: Territories, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """Draw a motorway through the city, main roads between towns, and local roads to every commune.

    Returns
    -------
    GeoDataFrame of lines with `classe` (autoroute, nationale, départementale) and `vehicules_jour`.
    """
    hearts = territories.hearts
    n = len(hearts)
    pairs = np.array([(i, j) for i, around in enumerate(territories.neighbours) for j in around])
    length_m = np.hypot(*(hearts[pairs[:, 0]] - hearts[pairs[:, 1]]).T)
    graph = csr_matrix((length_m, (pairs[:, 0], pairs[:, 1])), shape=(n, n))

    towns = territories.towns
    distance_m, before = dijkstra(graph, indices=towns, return_predecessors=True)
    city_m = distance_m[0]
    west = int(np.argmax(city_m - 1e6 * (hearts[:, 0] > hearts[towns[0], 0])))
    east = int(np.argmax(city_m - 1e6 * (hearts[:, 0] <= hearts[towns[0], 0])))

    routes = {"autoroute": [_path(before[0], west)[::-1] + _path(before[0], east)[1:]]}
    tree = minimum_spanning_tree(csr_matrix(distance_m[:, towns])).tocoo()
    routes["nationale"] = [_path(before[a], towns[b]) for a, b in zip(tree.row, tree.col, strict=True)]
    main = {frozenset(step) for path in routes["nationale"] for step in zip(path, path[1:], strict=False)}
    local = minimum_spanning_tree(graph).tocoo()
    steps = [frozenset((int(a), int(b))) for a, b in zip(local.row, local.col, strict=True)]
    routes["départementale"] = [sorted(step) for step in steps if step not in main]

    wind = make_bend(rng, [(5_000, 160), (1_800, 60)])
    rows = []
    for category, paths in routes.items():
        for path in paths:
            points = shapely.get_coordinates(shapely.segmentize(shapely.LineString(hearts[path]), 900))
            line = shapely.LineString(wind(smooth_line(points, 2)).round(1))
            traffic = int(VEHICLES_PER_DAY[category] * rng.uniform(0.6, 1.5) / 100) * 100
            rows.append({"classe": category, "vehicules_jour": traffic, "mention": FICTITIOUS, "geometry": line})
    return gpd.GeoDataFrame(rows, crs=CRS)


def _path(before: np.ndarray, target: int) -> list[int]:
    """Rows from the start of a search to `target`, both included."""
    path = [int(target)]
    while before[path[-1]] >= 0:
        path.append(int(before[path[-1]]))
    return path[::-1]
