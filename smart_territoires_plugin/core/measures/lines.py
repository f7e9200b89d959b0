"""Lines: how much of them lies in each territory; a stretch counts once, however many lines run there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from smart_territoires_plugin.core.measures.line_blocks import lengths_by_block
from smart_territoires_plugin.core.measures.line_lengths import NOTHING_M, along_borders, lengths_of
from smart_territoires_plugin.core.measures.measured import Measured, measured
from smart_territoires_plugin.core.measures.neighbourhoods import digest, neighbourhoods
from smart_territoires_plugin.core.measures.network import network
from smart_territoires_plugin.core.measures.partitions import run_partitions
from smart_territoires_plugin.core.sources import geometries
from smart_territoires_plugin.core.sources.blocks import blocks
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.quality import QualityRecord, record
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.sources.vectors import describe
from smart_territoires_plugin.core.study import Measure

_M2_PER_KM2 = 1e6


def line_length(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return the length of the source's lines in each territory, in metres (extensive).

    Where lines repeat or run on one another, in either direction, the stretch counts once. A stretch along the border
    of two territories counts in the first of them only, so that lengths of parts add up to that of the whole; where
    territories overlap, what lies inside both counts in each, as areas do. Length is plane, in the study's system.
    """
    lengths_m, reasons, carried, quality = _measured(asked, territories, sources)
    return measured(lengths_m, reasons, carried=carried, quality=quality)


def line_density(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return the length of the source's lines per area of the territory, in m/km² (intensive); as ``line_length``."""
    lengths_m, reasons, carried, quality = _measured(asked, territories, sources)
    areas_km2 = territories.areas_m2 / _M2_PER_KM2
    densities = np.full(len(territories), np.nan)
    np.divide(lengths_m, areas_km2, out=densities, where=areas_km2 > 0)
    return measured(densities, reasons, carried=carried, quality=quality)


def _measured(asked: Measure, territories: Territories, sources: OpenedSources):
    there = ~shapely.is_missing(territories.geometry)
    source = sources.filtered(asked.source, asked.where)
    info = describe(source)
    cut = blocks(source, info, sources.crs)
    if cut is None:
        lengths_m, repeated_m, touched, quality = _whole(asked, territories, sources)
    else:
        lengths_m, repeated_m, touched, quality = lengths_by_block(
            asked, source, info, cut, territories.geometry, sources
        )
    if repeated_m > NOTHING_M:
        quality.append(QualityRecord(source.id, "lines_overlap", "R", 1, f"{repeated_m:.1f} m"))
    if not lengths_m.any() and not any(item.check == "covers_no_territory" for item in quality):
        quality += record(source.id, "covers_no_territory", "W", [source.path.name])
    lengths_m[~there] = np.nan
    carried = np.where(touched, "geometry_repaired", "").astype(object)
    return lengths_m, np.where(there, "", "no_geometry").astype(object), carried, quality


def _whole(asked: Measure, territories: Territories, sources: OpenedSources):
    """Return lengths, repeated length, where repaired lines are and records of a layer that is read at once."""
    there = ~shapely.is_missing(territories.geometry)
    bounds = tuple(shapely.total_bounds(territories.geometry[there])) if there.any() else None
    layer = sources.vector(asked.source, asked.where, bounds=bounds)
    lines, owner, parts = geometries.line_parts(layer.geometry, sources.source(asked.source), asked.kind)
    pieces, repeated_m = network(lines, sources.engine)
    lengths_m = lengths(territories.geometry, pieces, sources, [asked.source, asked.where])
    repaired = lines[np.isin(owner, np.flatnonzero(layer.repaired))]
    touched = np.zeros(len(territories), dtype=bool)
    touched[shapely.STRtree(repaired).query(territories.geometry, predicate="intersects")[0]] = True
    return lengths_m, repeated_m, touched, [*layer.quality, *parts]


def lengths(territory: np.ndarray, pieces: np.ndarray, sources: OpenedSources, content: list) -> np.ndarray:
    """Return the length of pieces of line in each territory, in metres.

    Parameters
    ----------
    territory : ndarray of geometries, shape (n_territories,)
        None where there is none: 0 there.
    pieces : ndarray of LineString
        Without a stretch in common, as ``network`` makes them.
    sources : OpenedSources
        Where the parts run and are kept.
    content : list
        The source and the filter that the pieces stem from.
    """
    found_m = np.zeros(len(territory))
    if pieces.size == 0:
        return found_m
    tree = shapely.STRtree(pieces)
    groups = neighbourhoods(territory)
    near = [np.sort(tree.query(shapely.box(*shapely.total_bounds(territory[group])))) for group in groups]
    items = [_Part(territory[group], pieces[some]) for group, some in zip(groups, near, strict=True)]
    source, where = content
    keys = [sources.key_of(["lengths", digest(item.territory)], source, where=where) for item in items]
    split: list[np.ndarray] = []
    for group, some, made in zip(groups, near, run_partitions(sources, _lengths, items, keys), strict=True):
        found_m[group] = made["lengths_m"]
        split.append(np.column_stack([some[made["piece"]], group[made["owner"]]]))
    pairs = np.concatenate([np.empty((0, 2), dtype=int), *split])
    place, twice_m = along_borders(territory, pieces, pairs)
    np.subtract.at(found_m, place, twice_m)
    return np.maximum(found_m, 0.0)


@dataclass(frozen=True)
class _Part:
    """Neighbouring territories, and the pieces of line that may lie in them."""

    territory: np.ndarray
    pieces: np.ndarray


def _lengths(part: _Part) -> dict[str, np.ndarray]:
    return lengths_of(part.territory, part.pieces)
