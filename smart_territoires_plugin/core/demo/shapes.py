"""Natural-looking lines and polygons: smooth corners, bends, blobs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely

Bend = Callable[[np.ndarray], np.ndarray]


def smooth_line(points: np.ndarray, times: int = 3) -> np.ndarray:
    """Cut the corners of a line, its ends kept (Chaikin, 1974)."""
    for _ in range(times):
        cut = np.empty((2 * (len(points) - 1), 2))
        cut[0::2] = 0.75 * points[:-1] + 0.25 * points[1:]
        cut[1::2] = 0.25 * points[:-1] + 0.75 * points[1:]
        points = np.vstack([points[:1], cut, points[-1:]])
    return points


def smooth_ring(points: np.ndarray, times: int = 2) -> np.ndarray:
    """Cut the corners of a closed ring (Chaikin, 1974); first and last point are equal, in and out."""
    for _ in range(times):
        following = np.roll(points[:-1], -1, axis=0)
        cut = np.empty((2 * len(following), 2))
        cut[0::2] = 0.75 * points[:-1] + 0.25 * following
        cut[1::2] = 0.25 * points[:-1] + 0.75 * following
        points = np.vstack([cut, cut[:1]])
    return points


def smooth_polygon(polygon: shapely.Polygon, times: int = 2) -> shapely.Polygon:
    """Cut the corners of every ring of a polygon."""
    rings = [smooth_ring(shapely.get_coordinates(ring), times) for ring in (polygon.exterior, *polygon.interiors)]
    return shapely.Polygon(rings[0], rings[1:])


def make_bend(rng: np.random.Generator, waves: list[tuple[float, float]]) -> Bend:
    """Build a smooth displacement of the plane.

    The same place is always displaced alike, so two polygons that share an edge still share it afterwards.

    Parameters
    ----------
    rng : Generator
    waves : list of (wavelength_m, amplitude_m)
        Kept gentle (the sum of 2π·amplitude/wavelength well below 1), the plane is not folded.

    Returns
    -------
    callable : coordinates of shape (n, 2) → coordinates of shape (n, 2), in metres
    """
    drawn = []
    for wavelength_m, amplitude_m in waves:
        for _ in range(6):
            angle, phase_x, phase_y = rng.uniform(0, 2 * np.pi, 3)
            vector = 2 * np.pi / (wavelength_m * rng.uniform(0.8, 1.25)) * np.array([np.cos(angle), np.sin(angle)])
            drawn.append((vector, amplitude_m / np.sqrt(6), phase_x, phase_y))

    def bend(points: np.ndarray) -> np.ndarray:
        moved = np.array(points, dtype=float)
        for vector, amplitude_m, phase_x, phase_y in drawn:
            along = points @ vector
            moved[:, 0] += amplitude_m * np.sin(along + phase_x)
            moved[:, 1] += amplitude_m * np.sin(along + phase_y)
        return moved

    return bend


def blob(rng: np.random.Generator, x: float, y: float, radius_m: float, roughness: float = 0.22) -> shapely.Polygon:
    """Draw a rounded, irregular polygon around a point."""
    angle = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    radius = np.ones_like(angle)
    for order in range(2, 7):
        radius += roughness / order * rng.standard_normal() * np.sin(order * angle + rng.uniform(0, 2 * np.pi))
    radius = radius_m * np.clip(radius, 0.35, None)
    return shapely.Polygon(np.column_stack([x + radius * np.cos(angle), y + radius * np.sin(angle)]).round(1))
