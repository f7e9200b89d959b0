"""What a block of a layer covers of the territories: read, flattened once and kept, and summed territory by territory.

One block is one task: it depends on its item alone, and may run on another machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Optional

import numpy as np
import shapely
from pyproj import CRS

from smart_territoires_plugin.core.measures.cutting import subdivided
from smart_territoires_plugin.core.measures.flattening import flattened
from smart_territoires_plugin.core.sources import geometries
from smart_territoires_plugin.core.sources.packing import packed, unpacked
from smart_territoires_plugin.core.sources.quality import record, to_text
from smart_territoires_plugin.core.sources.vectors import read_vector
from smart_territoires_plugin.core.study import Source

_TERRITORY_VERTICES = 512


@dataclass(frozen=True)
class Levels:
    """A column whose values put polygons in levels; ``order`` names them from the highest down."""

    field: str
    order: tuple[str, ...]


@dataclass(frozen=True)
class CoverBlock:
    """A part of a layer, and the territories that may meet it.

    Parameters
    ----------
    source : Source
        With the measure's own filter.
    crs : str
        The study's system, as WKT.
    info : dict
        What ``vectors.describe`` says of the layer.
    bounds : (west, south, east, north)
        In the study's system. Of a block, or of all territories where the layer is read whole.
    is_block : bool
        Whether other blocks hold the rest, so that this one must end at its bounds.
    levels : Levels, optional
    kind : str
        Kind of the measure, for what is said of a layer that has no polygons.
    territory : ndarray of geometries, shape (n_met,)
    store, key
        Where the flattened block is kept and under which key, if at all.
    """

    source: Source
    crs: str
    info: dict[str, Any]
    bounds: tuple[float, float, float, float]
    is_block: bool
    levels: Optional[Levels]
    kind: str
    territory: np.ndarray
    store: Any = None
    key: Optional[str] = None


def cover_block(block: CoverBlock) -> dict[str, np.ndarray]:
    """Return what a block covers of its territories.

    Returns
    -------
    dict
        ``area_m2``, shape (n_met, n_levels): each place at its highest level; ``repaired``, shape (n_met,): whether a
        repaired polygon touches the territory; ``sums_m2``: the sum of the polygons' areas and that of their union;
        ``quality``: the records of reading, as text.
    """
    # GEOS meets parallel edges with divisions by zero, which it handles and numpy would tell.
    with np.errstate(all="ignore"):
        return _cover(block)


def _cover(block: CoverBlock) -> dict[str, np.ndarray]:
    flat = _recalled(block)
    if flat is None:
        flat = _flat(block)
        if block.key and block.store.folder.is_dir():
            block.store.keep_arrays(block.key, flat)
    repaired = unpacked(flat, "repaired")
    levels = len(block.levels.order) if block.levels else 1
    touched = np.zeros(len(block.territory), dtype=bool)
    touched[shapely.STRtree(repaired).query(block.territory, predicate="intersects")[0]] = True
    known = flat["piece_bounds"], flat["piece_m2"], flat["level"]
    areas_m2 = shared_areas(block.territory, *known, levels, lambda rows: unpacked(flat, "piece", rows))
    return {"area_m2": areas_m2, "repaired": touched, "sums_m2": flat["sums_m2"], "quality": flat["quality"]}


def _recalled(block: CoverBlock) -> Optional[dict[str, np.ndarray]]:
    return block.store.recall_arrays(block.key) if block.key else None


def _flat(block: CoverBlock) -> dict[str, np.ndarray]:
    """Read a block, and return its disjoint pieces."""
    levels = block.levels
    vector = read_vector(
        block.source,
        CRS.from_wkt(block.crs),
        columns=(levels.field,) if levels else (),
        bounds=block.bounds,
        info=block.info,
        begins_in=block.bounds if block.is_block else None,
    )
    polygons, records = geometries.polygon_parts(vector.geometry, block.source, block.kind)
    quality = [*vector.quality, *records]
    level = np.zeros(len(polygons), dtype=int)
    repaired = vector.repaired
    if levels:
        level, unknown = _levels(vector.attributes[levels.field].to_numpy(dtype=object), levels)
        quality += record(block.source.id, "unknown_level", "W", unknown)
        known = level >= 0
        polygons, level, repaired = polygons[known], level[known], repaired[known]
    if block.is_block:
        polygons = _clipped(polygons, block.bounds)
        # One block without polygons is no layer that covers nothing.
        quality = [item for item in quality if item.check != "covers_no_territory"]
    pieces = flattened(polygons, level)
    sums_m2 = np.array([shapely.area(polygons).sum(), shapely.area(pieces.geometry).sum()])
    return {
        **packed(pieces.geometry, "piece"),
        **packed(polygons[repaired], "repaired"),
        "piece_bounds": shapely.bounds(pieces.geometry).reshape(-1, 4),
        "piece_m2": shapely.area(pieces.geometry),
        "level": pieces.level,
        "sums_m2": sums_m2,
        "quality": np.array(to_text(quality)),
    }


def _clipped(polygons: np.ndarray, bounds: tuple[float, float, float, float]) -> np.ndarray:
    """Return polygons ended at the bounds of their block."""
    west, south, east, north = shapely.bounds(polygons).T
    out = (west < bounds[0]) | (south < bounds[1]) | (east > bounds[2]) | (north > bounds[3])
    made = polygons.copy()
    made[out] = shapely.intersection(polygons[out], shapely.box(*bounds))
    return made


def _levels(values: np.ndarray, levels: Levels) -> tuple[np.ndarray, list[str]]:
    """Return the position of each value among the levels, −1 for none of them, and those values."""
    position = {level: place for place, level in enumerate(levels.order)}
    names = [level_name(value) for value in values]
    found = np.array([position.get(name, -1) for name in names], dtype=int)
    return found, [names[row] for row in np.flatnonzero(found < 0)]


def level_name(value: Any) -> str:
    """Return a level's name, however its column or the study writes it.

    Examples
    --------
    >>> level_name(" Fort"), level_name(3.0), level_name("3"), level_name(None)
    ('fort', '3', '3', '')
    """
    if value is None or value != value:
        return ""
    if isinstance(value, (int, float, np.number)) and float(value).is_integer():
        return str(int(value))
    return str(value).strip().casefold()


def areas_by_level(territory: np.ndarray, pieces: np.ndarray, level: np.ndarray, levels: int) -> np.ndarray:
    """Return the area of each territory that lies in the pieces of each level.

    Parameters
    ----------
    territory : ndarray of geometries, shape (n_territories,)
        Valid polygons, or None.
    pieces : ndarray of Polygon, shape (n_pieces,)
        Disjoint.
    level : ndarray of int, shape (n_pieces,)
    levels : int
        How many there are.

    Returns
    -------
    ndarray, shape (n_territories, levels)
        In square metres.

    Examples
    --------
    >>> pieces = np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 3, 1)])
    >>> areas_by_level(np.array([shapely.box(0, 0, 2, 2)]), pieces, np.array([0, 1]), 2).tolist()
    [[1.0, 1.0]]
    """
    known = shapely.bounds(pieces).reshape(-1, 4), shapely.area(pieces)
    return shared_areas(territory, *known, level, levels, lambda rows: pieces[rows])


def shared_areas(
    territory: np.ndarray,
    bounds: np.ndarray,
    area_m2: np.ndarray,
    level: np.ndarray,
    levels: int,
    pieces: Callable[[np.ndarray], np.ndarray],
) -> np.ndarray:
    """Return what ``areas_by_level`` does, of pieces whose envelopes and areas are known.

    Parameters
    ----------
    bounds : ndarray, shape (n_pieces, 4)
    area_m2 : ndarray, shape (n_pieces,)
    pieces : callable
        From rows to the pieces themselves: asked only for those that a territory may cut, which are few.
    """
    parts, owner = subdivided(territory, _TERRITORY_VERTICES)
    boxes = shapely.box(*bounds.T)
    part, piece = shapely.STRtree(boxes).query(parts, predicate="intersects")
    order = np.lexsort((piece, part))
    part, piece = part[order], piece[order]
    shapely.prepare(parts)
    held = shapely.covers(parts[part], boxes[piece])
    shared_m2 = area_m2[piece]
    doubtful = np.flatnonzero(~held)
    rows, place = np.unique(piece[doubtful], return_inverse=True)
    some = pieces(rows)
    inside = shapely.covers(parts[part[doubtful]], some[place])
    shapely.destroy_prepared(parts)
    cut = doubtful[~inside]
    shared_m2[cut] = shapely.area(shapely.intersection(parts[part[cut]], some[place[~inside]]))
    cell = owner[part] * levels + level[piece]
    return np.bincount(cell, weights=shared_m2, minlength=len(territory) * levels).reshape(-1, levels)
