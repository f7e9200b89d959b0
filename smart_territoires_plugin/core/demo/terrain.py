"""Relief, the water that runs off it, and the outline of the region."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from .grid import Grid, smooth_noise
from .names import river_names
from .shapes import make_bend, smooth_line

CRS = "EPSG:2154"
CENTRE_X, CENTRE_Y = 600_000, 6_640_000
RADIUS_M = 37_500
STREAM_FROM_KM2 = 28  # a drained area of this size makes a river with a name


@dataclass(frozen=True)
class Terrain:
    """Relief (m), drained area (km²), outline and rivers of the region."""

    grid: Grid
    relief_m: np.ndarray
    drained_km2: np.ndarray
    outline: shapely.Polygon
    rivers: gpd.GeoDataFrame


def make_terrain(rng: np.random.Generator) -> Terrain:
    """Draw the relief, let the rain run down it, and cut the region out."""
    grid = Grid(CENTRE_X - 48_000, CENTRE_Y + 48_000, 400, 240, 240)
    relief_m = _relief(rng, grid)
    receiver, order = _drainage(relief_m)
    drained = np.full(relief_m.size, grid.cell_m**2 / 1e6)
    for cell in reversed(order):
        if receiver[cell] >= 0:
            drained[receiver[cell]] += drained[cell]
    outline = _outline(rng)
    rivers = _rivers(rng, grid, receiver, order, drained, outline)
    return Terrain(grid, relief_m, drained.reshape(grid.shape), outline, rivers)


def _relief(rng: np.random.Generator, grid: Grid) -> np.ndarray:
    """Lowland in the north-west, hills in the south-east."""
    x, y = grid.centres()
    rise = np.clip(((x - grid.x_min) - (y - grid.y_max)) / (2 * grid.n_cols * grid.cell_m), 0, 1)
    hills = smooth_noise(rng, grid.shape, 11)
    bumps = smooth_noise(rng, grid.shape, 4)
    detail = smooth_noise(rng, grid.shape, 1.5)
    return 70 + 480 * rise**1.4 + (0.35 + rise) * (75 * hills + 22 * bumps) + 4 * detail


def _drainage(relief_m: np.ndarray) -> tuple[np.ndarray, list[int]]:
    """Give each cell the neighbour it flows to, by flooding from the border inwards (Barnes et al., 2014)."""
    n_rows, n_cols = relief_m.shape
    height = relief_m.ravel().tolist()
    receiver = np.full(relief_m.size, -1)
    border = [
        row * n_cols + col
        for row in range(n_rows)
        for col in range(n_cols)
        if row in (0, n_rows - 1) or col in (0, n_cols - 1)
    ]
    seen = bytearray(relief_m.size)
    heap = [(height[cell], cell) for cell in border]
    for cell in border:
        seen[cell] = 1
    heapq.heapify(heap)
    steps = (-n_cols - 1, -n_cols, -n_cols + 1, -1, 1, n_cols - 1, n_cols, n_cols + 1)
    order: list[int] = []
    while heap:
        level, cell = heapq.heappop(heap)
        order.append(cell)
        if receiver[cell] < 0:
            # A border cell: only its neighbour inside the grid can be unseen.
            row, col = divmod(cell, n_cols)
            inside = min(max(row, 1), n_rows - 2) * n_cols + min(max(col, 1), n_cols - 2)
            neighbours: tuple[int, ...] = (inside,)
        else:
            neighbours = tuple(cell + step for step in steps)
        for neighbour in neighbours:
            if not seen[neighbour]:
                seen[neighbour] = 1
                receiver[neighbour] = cell
                heapq.heappush(heap, (max(level, height[neighbour]), neighbour))
    return receiver, order


def _outline(rng: np.random.Generator) -> shapely.Polygon:
    """A rounded region, wavy but nowhere folded back on itself."""
    angle = np.linspace(0, 2 * np.pi, 180, endpoint=False)
    radius = np.ones_like(angle)
    for waves in range(2, 6):
        radius += 0.2 / waves * rng.uniform(0.6, 1.2) * np.sin(waves * angle + rng.uniform(0, 2 * np.pi))
    x = CENTRE_X + RADIUS_M * radius * np.cos(angle)
    y = CENTRE_Y + RADIUS_M * radius * np.sin(angle)
    return shapely.Polygon(np.column_stack([x, y]))


def _rivers(
    rng: np.random.Generator,
    grid: Grid,
    receiver: np.ndarray,
    order: list[int],
    drained_km2: np.ndarray,
    outline: shapely.Polygon,
) -> gpd.GeoDataFrame:
    """Trace each river from its mouth up to its spring; at a confluence the larger branch keeps the name."""
    x, y = (values.ravel() for values in grid.centres())
    branches: dict[int, list[int]] = {}
    mouths: list[tuple[int, int]] = []  # (lowest cell of the river, cell it runs into)
    for cell in order:
        if drained_km2[cell] >= STREAM_FROM_KM2:
            if receiver[cell] < 0:
                mouths.append((cell, -1))
            else:
                branches.setdefault(int(receiver[cell]), []).append(cell)

    paths = []
    while mouths:
        cell, into = mouths.pop(0)
        path = [into, cell] if into >= 0 else [cell]
        while cell in branches:
            upstream = sorted(branches[cell], key=lambda each: -drained_km2[each])
            mouths.extend((side, cell) for side in upstream[1:])
            cell = upstream[0]
            path.append(cell)
        if len(path) > 10:
            paths.append(path)

    meander = make_bend(rng, [(6_000, 260), (2_600, 120)])
    lines: list[shapely.LineString] = []
    areas_km2: list[float] = []
    for path in paths:
        cells = path[:-1:2] + path[-1:]
        points = meander(smooth_line(np.column_stack([x[cells], y[cells]]), 3))
        line = shapely.LineString(points.round(1))
        # A tributary ends on the river it runs into, wherever smoothing has moved that one.
        touching = [other for other in lines if other.distance(shapely.Point(points[0])) < 1_500]
        if touching and path is not paths[0]:
            mouth = shapely.Point(points[0])
            nearest = min(touching, key=mouth.distance)
            points = np.vstack([shapely.get_coordinates(nearest.interpolate(nearest.project(mouth))), points[1:]])
            line = shapely.LineString(points.round(1))
        lines.append(line)
        areas_km2.append(float(drained_km2[path[1]]))
    frame = gpd.GeoDataFrame({"bassin_km2": np.round(areas_km2, 1)}, geometry=lines, crs=CRS)
    frame = frame[frame.intersects(outline.buffer(-1_000))].reset_index(drop=True)
    frame.insert(0, "nom", river_names(rng, len(frame)))
    # From the spring to the mouth, as rivers are drawn.
    return frame.set_geometry(frame.geometry.reverse().intersection(outline.buffer(600)))
