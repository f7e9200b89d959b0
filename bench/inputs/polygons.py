"""Messy polygons: irregular, clustered, overlapping, some twice, some invalid, and one that is huge."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from bench.inputs.fractals import roughen

INVALID_SHARE = 0.02
DUPLICATE_SHARE = 0.04
MEAN_VERTICES = 36
SPREAD = 1.1  # standard deviation of the logarithm of a polygon's radius over the median, halved for its area


@dataclass(frozen=True)
class Patch:
    """A part of the plane with so many polygons: bounds in metres, and the median radius of a polygon."""

    bounds_m: tuple[float, float, float, float]
    polygons: int
    median_radius_m: float


def draw_polygons(patch: Patch, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw messy polygons in a patch.

    Parameters
    ----------
    patch : Patch
    rng : Generator

    Returns
    -------
    polygons : ndarray of geometries, shape (patch.polygons,)
        Polygons of 10–120 vertices, in no order; a few are invalid, or exact copies of others.
    kinds : ndarray of str, shape (patch.polygons,)
        ``plain``, ``bow_tie``, ``touching``, ``discs`` or ``duplicate``.
    """
    copies = round(DUPLICATE_SHARE * patch.polygons)
    number = patch.polygons - copies
    centres = _clustered(patch.bounds_m, number, rng)
    radii_m = patch.median_radius_m * np.exp(rng.normal(0, SPREAD / 2, number))
    rings, counts = _stars(centres, radii_m, rng)
    made = shapely.polygons(shapely.linearrings(rings, indices=np.repeat(np.arange(number), counts)))
    kinds = np.full(number, "plain", dtype=object)
    spoilt = rng.choice(number, round(INVALID_SHARE * patch.polygons), replace=False)
    for place, index in enumerate(spoilt):
        kinds[index] = ("bow_tie", "touching", "discs")[place % 3]
        made[index] = SPOILT[kinds[index]](shapely.get_coordinates(made[index])[:-1], centres[index], radii_m[index])
    again = rng.choice(number, copies, replace=False)
    order = rng.permutation(patch.polygons)
    polygons = np.concatenate([made, made[again]])[order]
    return polygons, np.concatenate([kinds, np.full(copies, "duplicate", dtype=object)])[order]


def _clustered(bounds_m: tuple, number: int, rng: np.random.Generator) -> np.ndarray:
    """Draw centres: two thirds in clusters of all widths, the rest anywhere."""
    west, south, east, north = bounds_m
    low, size = np.array([west, south]), np.array([east - west, north - south])
    loose = number // 3
    clusters = max(3, number // 700)
    middles = low + rng.random((clusters, 2)) * size
    widths_m = 1000 * rng.lognormal(0.8, 0.6, clusters)
    owner = rng.choice(clusters, number - loose, p=rng.dirichlet(np.ones(clusters)))
    drawn = middles[owner] + rng.normal(0, 1, (len(owner), 2)) * widths_m[owner, None]
    within = low + np.mod(drawn - low, size)  # what falls out of the patch comes in at its other side
    return np.vstack([low + rng.random((loose, 2)) * size, within])


def _stars(centres: np.ndarray, radii_m: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return the closed rings of irregular star-shaped polygons, one after the other, and their lengths."""
    counts = np.clip(10 + rng.lognormal(np.log(MEAN_VERTICES - 10) - 0.32, 0.8, len(centres)), 10, 120).astype(int)
    owner = np.repeat(np.arange(len(centres)), counts)
    place = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    angle = 2 * np.pi * (place + rng.uniform(-0.4, 0.4, len(owner))) / counts[owner]
    radius = np.ones(len(owner))
    for order in (1, 2, 3, 5, 8):
        height = rng.normal(0, 0.28 / np.sqrt(order), len(centres))
        phase = rng.uniform(0, 2 * np.pi, len(centres))
        radius += height[owner] * np.cos(order * angle + phase[owner])
    radius = radii_m[owner] * np.clip(radius * rng.uniform(0.88, 1.12, len(owner)), 0.15, None)
    points = centres[owner] + radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    first = np.cumsum(counts) - counts
    closed = np.insert(points, first + counts, points[first], axis=0)
    return closed, counts + 1


def _bow_tie(points: np.ndarray, centre: np.ndarray, radius_m: float) -> shapely.Geometry:
    """Return the polygon with one half turned round, so that its outline crosses itself."""
    half = len(points) // 2
    return shapely.Polygon(np.vstack([points[:half], points[half:][::-1]]))


def _touching(points: np.ndarray, centre: np.ndarray, radius_m: float) -> shapely.Geometry:
    """Return the polygon with a dent whose tip lies on a vertex of its other side."""
    return shapely.Polygon(np.insert(points, len(points) // 2 + 1, points[0], axis=0))


def _discs(points: np.ndarray, centre: np.ndarray, radius_m: float) -> shapely.Geometry:
    """Return a multipolygon of three discs that overlap."""
    angle = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    disc = centre + 0.7 * radius_m * np.column_stack([np.cos(angle), np.sin(angle)])
    steps = radius_m * np.array([[0.0, 0.0], [0.6, 0.1], [0.2, 0.7]])
    return shapely.MultiPolygon([shapely.Polygon(disc + step) for step in steps])


SPOILT = {"bow_tie": _bow_tie, "touching": _touching, "discs": _discs}


def draw_giant(centre_m: tuple[float, float], radius_m: float, seed: int) -> shapely.Polygon:
    """Draw one valid polygon of about 690 000 vertices: a ragged outline with thousands of holes."""
    rng = np.random.default_rng([seed, 4])
    sides = 24
    angle = 2 * np.pi * (np.arange(sides) + rng.uniform(-0.15, 0.15, sides)) / sides
    radius = radius_m * rng.uniform(0.86, 1.14, sides)
    corners = np.array(centre_m) + radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    outline = roughen(corners, np.roll(corners, -1, axis=0), np.full(sides, 0.5), 14, rng, decay=0.86).reshape(-1, 2)
    step_m = radius_m / 53
    rows, columns = np.mgrid[-70:71, -70:71]
    sites = np.column_stack([columns.ravel(), rows.ravel()]) * step_m + centre_m
    sites = sites + rng.uniform(-0.12, 0.12, sites.shape) * step_m
    holes, counts = _stars(sites, rng.uniform(0.05, 0.22, len(sites)) * step_m, rng)
    rings = shapely.linearrings(holes, indices=np.repeat(np.arange(len(sites)), counts))
    shell = shapely.Polygon(outline)
    shapely.prepare(shell)
    inside = rings[shapely.contains_properly(shell, rings)]
    reach_m = 0.36 * step_m  # a hole that stays this near to its site cannot meet the next one
    centre = np.repeat(sites, counts, axis=0)
    far = np.hypot(*(holes - centre).T) > reach_m
    kept = np.setdiff1d(np.arange(len(sites)), np.repeat(np.arange(len(sites)), counts)[far])
    return shapely.Polygon(outline, list(rings[np.intersect1d(kept, np.flatnonzero(np.isin(rings, inside)))]))
