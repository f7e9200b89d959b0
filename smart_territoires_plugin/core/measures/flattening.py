"""Polygons that overlap made flat: disjoint pieces that cover the same places, each at its highest level."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from smart_territoires_plugin.core.measures.cutting import cut_at_grid, subdivided

# Unions are quickest on sets of about this many vertices, sums on pieces of at most this many.
_TILE_VERTICES = 2_500
_PIECE_VERTICES = 512
_GRID_M = 1e-3


@dataclass(frozen=True)
class Pieces:
    """Disjoint polygons.

    Parameters
    ----------
    geometry : ndarray of Polygon, shape (n_pieces,)
    level : ndarray of int, shape (n_pieces,)
        Position of each piece's level, 0 being the highest.
    """

    geometry: np.ndarray
    level: np.ndarray


def flattened(polygons: np.ndarray, level: np.ndarray | None = None) -> Pieces:
    """Return disjoint pieces that cover what the polygons cover.

    Parameters
    ----------
    polygons : ndarray of geometries, shape (n_polygons,)
        Valid polygons, single or multiple, in a projected system; they may overlap and repeat.
    level : ndarray of int, shape (n_polygons,), optional
        Where polygons of several levels overlap, the lowest number counts. All of one level if not given.

    Returns
    -------
    Pieces
        In an order that the polygons alone decide.

    Notes
    -----
    What lies inside another polygon of its own or a higher level is left out; the rest is cut at a grid, and united
    cell by cell: unions of few polygons each, whatever the size of the layer. Within a cell the levels are taken from
    the highest down, each without what those above cover.

    Examples
    --------
    >>> pieces = flattened(np.array([shapely.box(0, 0, 2, 2), shapely.box(1, 0, 3, 2)]), np.array([1, 0]))
    >>> [(int(l), float(shapely.area(g))) for g, l in zip(pieces.geometry, pieces.level)]
    [(0, 4.0), (1, 2.0)]
    """
    level = np.zeros(len(polygons), dtype=int) if level is None else np.asarray(level)
    parts, owner = shapely.get_parts(polygons, return_index=True)
    levels = level[owner]
    solid = shapely.area(parts) > 0
    parts, levels = _without_hidden(parts[solid], levels[solid])
    if not len(parts):
        return Pieces(np.empty(0, dtype=object), np.empty(0, dtype=int))
    tiles, owner, cell = cut_at_grid(parts, _tile_side_m(parts))
    levels = levels[owner]
    order = np.lexsort((levels, cell[:, 1], cell[:, 0]))
    tiles, levels, cell = tiles[order], levels[order], cell[order]
    new = np.flatnonzero(np.r_[True, (np.diff(cell, axis=0) != 0).any(axis=1)])
    ends = np.r_[new[1:], len(tiles)]
    found: list[shapely.Geometry] = []
    found_levels: list[int] = []
    for start, end in zip(new, ends, strict=True):
        for one_level, union in _united_by_level(tiles[start:end], levels[start:end]):
            found.append(union)
            found_levels.append(one_level)
    whole, rows = shapely.get_parts(np.array(found, dtype=object), return_index=True)
    # Where boundaries only touch, a union or difference leaves lines and points beside the polygons.
    polygonal = shapely.get_dimensions(whole) == 2
    whole, rows = whole[polygonal], rows[polygonal]
    pieces, part_of = subdivided(whole, _PIECE_VERTICES)
    return Pieces(pieces, np.array(found_levels, dtype=int)[rows[part_of]])


def _tile_side_m(parts: np.ndarray) -> float:
    """Return the side of cells that hold a good number of vertices each: a power of two, in metres."""
    west, south, east, north = shapely.total_bounds(parts)
    vertices = shapely.get_num_coordinates(parts).sum()
    side_m = np.sqrt(max(east - west, 1.0) * max(north - south, 1.0) * _TILE_VERTICES / vertices)
    return float(2.0 ** np.round(np.log2(side_m)))


def _without_hidden(parts: np.ndarray, level: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Leave out repetitions, and what lies inside another polygon of its own or a higher level; order the rest."""
    order = _ordered(parts, level)
    parts, level = parts[order], level[order]
    repeated = pd.Series(shapely.to_wkb(parts)).duplicated().to_numpy()
    parts, level = parts[~repeated], level[~repeated]
    tree = shapely.STRtree(parts)
    outer, inner = tree.query(parts, predicate="contains_properly")
    hidden = np.zeros(len(parts), dtype=bool)
    hidden[inner[level[outer] <= level[inner]]] = True
    return parts[~hidden], level[~hidden]


def _ordered(parts: np.ndarray, level: np.ndarray) -> np.ndarray:
    """Return an order that depends on the polygons alone, so that the order of a file changes no bit of a result."""
    west, south, east, north = shapely.bounds(parts).T
    return np.lexsort((shapely.area(parts), north, east, south, west, level))


def _united_by_level(parts: np.ndarray, level: np.ndarray) -> list[tuple[int, shapely.Geometry]]:
    """Return the union of each level's polygons without the levels above; the levels come in ascending order."""
    starts = np.flatnonzero(np.r_[True, level[1:] != level[:-1]])
    found: list[tuple[int, shapely.Geometry]] = []
    above: shapely.Geometry | None = None
    for start, end in zip(starts, np.r_[starts[1:], len(parts)], strict=True):
        union = united(parts[start:end])
        rest = union if above is None else _difference(union, above)
        if not rest.is_empty:
            found.append((int(level[start]), rest))
        if end < len(parts):
            above = union if above is None else united(np.array([above, union]))
    return found


def united(parts: np.ndarray) -> shapely.Geometry:
    """Return the union of valid polygons, empty if there are none; on a grid of a millimetre where floats fail.

    Examples
    --------
    >>> united(np.array([shapely.box(0, 0, 2, 1), shapely.box(1, 0, 3, 1)])).area
    3.0
    """
    if len(parts) < 2:
        return parts[0] if len(parts) else shapely.Polygon()
    try:
        return shapely.disjoint_subset_union_all(parts)
    except shapely.errors.GEOSException:
        return shapely.union_all(parts, grid_size=_GRID_M)


def _difference(one: shapely.Geometry, other: shapely.Geometry) -> shapely.Geometry:
    try:
        return shapely.difference(one, other)
    except shapely.errors.GEOSException:
        return shapely.difference(one, other, grid_size=_GRID_M)
