"""Territories: a plane cut into cells with rough shared edges, and the same merged into a few large ones."""

from __future__ import annotations

from pathlib import Path

import geopandas
import numpy as np
import shapely
from scipy.spatial import Voronoi

from bench.inputs.fractals import roughen

CRS = "EPSG:2154"
CENTRE_M = (650_000.0, 6_700_000.0)
LEVELS = (6, 7)
WIDEST_RAD = 0.6


def draw_territories(number: int, area_km2: float, seed: int, region: shapely.Geometry | None = None) -> np.ndarray:
    """Draw territories that share their edges to the last bit.

    Parameters
    ----------
    number : int
    area_km2 : float
        Of all of them together, nearly.
    seed : int
    region : polygon, optional
        Take the cells that lie deepest inside it; else a round region with a wavy outline.

    Returns
    -------
    ndarray of polygons, shape (number,)
        In metres, sorted from south to north in rows.
    """
    rng = np.random.default_rng([seed, 1])
    step_m = 1000 * np.sqrt(area_km2 / number)
    reach = int(np.sqrt(number) / 2 * 1.5) + 6
    rows, columns = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    sites = np.column_stack([columns.ravel() + 0.5 * (rows.ravel() % 2), rows.ravel()])
    sites = (sites + rng.uniform(-0.38, 0.38, sites.shape)) * step_m + CENTRE_M
    if region is None:
        remote = _waves(sites, rng)
    else:
        remote = shapely.distance(shapely.boundary(region), shapely.points(sites))
        remote = np.where(shapely.contains_xy(region, *sites.T), -remote, remote)
    return _cells(sites, np.sort(np.argsort(remote)[:number]), rng)


def _waves(sites: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return how far sites are from the centre, by a distance that waves with the direction."""
    away = sites - CENTRE_M
    direction = np.arctan2(away[:, 1], away[:, 0])
    stretch = 1 + sum(0.12 / k * np.cos(k * direction + rng.uniform(0, 2 * np.pi)) for k in (2, 3, 5, 8))
    return np.hypot(*away.T) / stretch


def _cells(sites: np.ndarray, inside: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return the Voronoi cells of some sites, each edge roughened once for the two cells that share it."""
    diagram = Voronoi(sites)
    chosen = np.isin(diagram.ridge_points, inside).any(axis=1)
    sides = diagram.ridge_points[chosen]
    corners = np.array(diagram.ridge_vertices, dtype=np.int64)[chosen]
    starts, ends = diagram.vertices[corners[:, 0]], diagram.vertices[corners[:, 1]]
    widest = np.full(len(sides), WIDEST_RAD)
    for site in (sites[sides[:, 0]], sites[sides[:, 1]]):
        for here, there in ((starts, ends), (ends, starts)):
            widest = np.minimum(widest, 0.9 * _angle(there - here, site - here))
    levels = rng.choice(LEVELS, len(sides), p=(0.6, 0.4))
    lines: list[np.ndarray] = [np.empty(0)] * len(sides)
    for level in LEVELS:
        those = np.flatnonzero(levels == level)
        rough = roughen(starts[those], ends[those], widest[those], level, rng)
        for edge, line in zip(those, rough, strict=True):
            lines[edge] = np.vstack([line, ends[edge]])
    around: dict[int, list[int]] = {int(site): [] for site in inside}
    for edge, pair in enumerate(sides):
        for site in pair:
            if int(site) in around:
                around[int(site)].append(edge)
    return np.array([_ring(edges, corners, lines) for edges in around.values()], dtype=object)


def _ring(edges: list[int], corners: np.ndarray, lines: list[np.ndarray]) -> shapely.Polygon:
    """Return the polygon whose outline is the lines of some edges, put end to end."""
    at: dict[int, list[int]] = {}
    for edge in edges:
        for corner in corners[edge]:
            at.setdefault(int(corner), []).append(edge)
    edge, corner, parts = edges[0], int(corners[edges[0], 0]), []
    for _ in edges:
        forward = int(corners[edge, 0]) == corner
        line = lines[edge] if forward else lines[edge][::-1]
        parts.append(line[:-1])
        corner = int(corners[edge, 1] if forward else corners[edge, 0])
        first, second = at[corner]
        edge = second if first == edge else first
    return shapely.Polygon(np.vstack(parts))


def _angle(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    cross = one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]
    return np.abs(np.arctan2(cross, (one * other).sum(axis=1)))


def merged(territories: np.ndarray, number: int, seed: int) -> np.ndarray:
    """Merge neighbouring territories into a few large ones, as communes into départements.

    Returns
    -------
    ndarray of polygons, shape (number,)
        Each territory goes to the nearest of as many centres, which were moved to the middle of their own (Lloyd,
        1982).
    """
    rng = np.random.default_rng([seed, 2])
    points = shapely.get_coordinates(shapely.centroid(territories))
    centres = points[rng.choice(len(points), number, replace=False)]
    for _ in range(30):
        owner = np.argmin(((points[:, None] - centres[None]) ** 2).sum(axis=2), axis=1)
        centres = np.array([points[owner == place].mean(axis=0) for place in range(number)])
    return np.array([shapely.coverage_union_all(territories[owner == place]) for place in range(number)], dtype=object)


def write_territories(territories: np.ndarray, path: Path, prefix: str, seed: int) -> None:
    """Write territories as a GeoPackage: ``code``, ``name``, ``population``."""
    rng = np.random.default_rng([seed, 3])
    numbers = np.arange(1, len(territories) + 1)
    frame = geopandas.GeoDataFrame(
        {
            "code": [f"{number:05d}" for number in numbers],
            "name": [f"{prefix} {number}" for number in numbers],
            "population": np.maximum(30, rng.lognormal(6.5, 1.2, len(numbers))).astype(np.int64),
        },
        geometry=territories,
        crs=CRS,
    )
    frame.to_file(path, layer="territories", driver="GPKG")
