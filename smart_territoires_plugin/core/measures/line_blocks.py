"""A large layer of lines in blocks: each block is read, made free of repeated stretches and measured on its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional

import numpy as np
import shapely
from pyproj import CRS
from shapely import GeometryType

from smart_territoires_plugin.core.errors import Problem, SourceError
from smart_territoires_plugin.core.measures.line_lengths import along_borders, lengths_of
from smart_territoires_plugin.core.measures.neighbourhoods import digest
from smart_territoires_plugin.core.measures.network import network, subdivided
from smart_territoires_plugin.core.measures.partitions import run_partitions
from smart_territoires_plugin.core.sources import geometries
from smart_territoires_plugin.core.sources.blocks import Blocks, parts_of
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.quality import QualityRecord, from_text, merged, to_text
from smart_territoires_plugin.core.sources.vectors import read_vector
from smart_territoires_plugin.core.study import Measure, Source


@dataclass(frozen=True)
class LineBlock:
    """A part of the plane, and the territories that it meets.

    Parameters
    ----------
    source : Source
        With the measure's own filter.
    crs : str
        The study's system, as WKT.
    info : dict
        What ``vectors.describe`` says of the layer.
    bounds : (west, south, east, north)
        The part; its own west and south sides belong to it, and those in the east and north that end there.
    reach : (west, south, east, north)
        The features that the block records; see ``blocks.reaching``.
    territory : ndarray of geometries, shape (n_met,)
    """

    source: Source
    crs: str
    info: dict[str, Any]
    bounds: tuple[float, float, float, float]
    reach: tuple[float, float, float, float]
    territory: np.ndarray


def lengths_by_block(
    asked: Measure, source: Source, info: dict[str, Any], cut: Blocks, territory: np.ndarray, sources: OpenedSources
) -> tuple[np.ndarray, float, np.ndarray, list[QualityRecord]]:
    """Return the length of a layer's lines in each territory, every stretch once.

    Parameters
    ----------
    source : Source
        With the measure's own filter.
    cut : Blocks
        Of the layer.
    territory : ndarray of geometries, shape (n_territories,)
        None where there is none.

    Returns
    -------
    lengths_m : ndarray, shape (n_territories,)
    repeated_m : float
        What the lines have beyond it in the blocks, by running on one another.
    repaired : ndarray of bool, shape (n_territories,)
        Whether a line that was repaired meets it.
    quality : list of QualityRecord

    Raises
    ------
    SourceError
        If the layer cannot be read, or has no line.

    Notes
    -----
    Lengths of a line's parts on both sides of a border of blocks add up to its own; a stretch that runs along such a
    border is the part of one of them.
    """
    lengths_m, repaired = np.zeros(len(territory)), np.zeros(len(territory), dtype=bool)
    rows = np.flatnonzero(~(shapely.is_missing(territory) | shapely.is_empty(territory)))
    if rows.size == 0:
        return lengths_m, 0.0, repaired, []
    items, found = [], []
    keys: list[Optional[str]] = []
    crs = sources.crs.to_wkt()
    for reach, read, met in parts_of(cut.bounds, territory[rows]):
        items.append(LineBlock(source, crs, info, read, reach, territory[rows[met]]))
        found.append(rows[met])
        content = ["lines", crs, reach, read, digest(territory[rows[met]])]
        keys.append(sources.key_of(content, source.id, where=asked.where))
    made = run_partitions(sources, lines_in_block, items, keys)
    quality: list[QualityRecord] = [*cut.quality]
    repeated_m, features, lines = 0.0, 0, 0
    # Block after block, so that sums are the same to the bit on any number of cores.
    for met, one in zip(found, made, strict=True):
        lengths_m[met] += one["lengths_m"]
        repaired[met] |= one["repaired"]
        repeated_m += float(one["repeated_m"])
        features, lines = features + int(one["features"]), lines + int(one["lines"])
        quality += from_text(str(one["quality"]))
    if features and not lines:
        where = f"{source.id} ({source.path.name})"
        raise SourceError(Problem("source.not_lines", where, {"measure": asked.kind, "other": "count"}))
    return lengths_m, repeated_m, repaired, merged(quality)


def lines_in_block(block: LineBlock) -> dict[str, np.ndarray]:
    """Return what the territories of a block hold of the lines in it.

    Returns
    -------
    dict
        ``lengths_m`` and ``repaired``, each of shape (n_met,); ``repeated_m``, ``features`` and ``lines``, one number
        each; ``quality``, the records as text.
    """
    layer = read_vector(
        block.source, CRS.from_wkt(block.crs), bounds=block.bounds, info=block.info, begins_in=block.reach
    )
    lines, owner, records = geometries.line_parts(layer.geometry, block.source, "line_length", told=layer.told)
    # One block without features is no layer that has none.
    quality = [item for item in (*layer.quality, *records) if item.check != "covers_no_territory"]
    window = shapely.box(*block.bounds)
    # A line of a million vertices is cut at its own before anything is asked of it; what is compared is whole then, so
    # that stretches in common stay in common.
    near = subdivided(lines)
    near = near[shapely.intersects(near, window)]
    pieces, _ = network(near)
    before, after = (inside(some, block.bounds, block.reach) for some in (near, pieces))
    made = lengths_of(block.territory, after)
    lengths_m = made["lengths_m"].copy()
    place, twice_m = along_borders(block.territory, after, np.column_stack([made["piece"], made["owner"]]))
    np.subtract.at(lengths_m, place, twice_m)
    repaired = lines[np.isin(owner, np.flatnonzero(layer.repaired))]
    touched = np.zeros(len(block.territory), dtype=bool)
    touched[shapely.STRtree(repaired).query(block.territory, predicate="intersects")[0]] = True
    return {
        "lengths_m": np.maximum(lengths_m, 0.0),
        "repaired": touched,
        "repeated_m": np.array(shapely.length(before).sum() - shapely.length(after).sum()),
        "features": np.array(len(layer.geometry)),
        "lines": np.array(len(lines)),
        "quality": np.array(to_text(quality)),
    }


def inside(pieces: np.ndarray, bounds: tuple, reach: tuple) -> np.ndarray:
    """Return what lies of lines in a block; a stretch along its east or north side only where no block follows.

    Examples
    --------
    >>> along = shapely.linestrings([[[0, 1], [4, 1]], [[2, 0], [2, 9]]])
    >>> shapely.length(inside(along, (0, 0, 2, 2), (0, 0, 2, 2))).tolist()
    [2.0]
    >>> shapely.length(inside(along, (0, 0, 2, 2), (0, 0, np.inf, 2))).tolist()
    [2.0, 2.0]
    """
    window = shapely.box(*bounds)
    crossing = ~shapely.covered_by(pieces, window)
    made = pieces.copy()
    made[crossing] = shapely.intersection(pieces[crossing], window)
    west, south, east, north = bounds
    for ends, side in (
        (reach[2] <= east, shapely.LineString([(east, south), (east, north)])),
        (reach[3] <= north, shapely.LineString([(west, north), (east, north)])),
    ):
        if ends:
            there = np.flatnonzero(shapely.length(shapely.intersection(made, side)) > 0)
            made[there] = shapely.difference(made[there], side)
    parts = shapely.get_parts(made)
    while (shapely.get_type_id(parts) >= GeometryType.MULTIPOINT).any():
        parts = shapely.get_parts(parts)
    parts = parts[shapely.get_type_id(parts) == GeometryType.LINESTRING]
    return parts[shapely.length(parts) > 0]
