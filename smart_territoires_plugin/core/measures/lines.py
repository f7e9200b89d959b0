"""Lines: how much of them lies in each territory; a stretch counts once, however many lines run there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from smart_territoires_plugin.core.measures.measured import Measured, measured
from smart_territoires_plugin.core.measures.neighbourhoods import digest, neighbourhoods
from smart_territoires_plugin.core.measures.network import network
from smart_territoires_plugin.core.measures.partitions import run_partitions
from smart_territoires_plugin.core.sources import geometries
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.quality import QualityRecord, record
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.study import Measure

# Repeated or shared lengths below this are the rounding of coordinates.
_NOTHING_M = 1e-6
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
    bounds = tuple(shapely.total_bounds(territories.geometry[there])) if there.any() else None
    layer = sources.vector(asked.source, asked.where, bounds=bounds)
    source = sources.source(asked.source)
    lines, owner, parts = geometries.line_parts(layer.geometry, source, asked.kind)
    pieces, repeated_m = network(lines, sources.engine)
    quality = [*layer.quality, *parts]
    if repeated_m > _NOTHING_M:
        quality.append(QualityRecord(source.id, "lines_overlap", "R", 1, f"{repeated_m:.1f} m"))
    lengths_m = lengths(territories.geometry, pieces, sources, [asked.source, asked.where])
    if not lengths_m.any() and not any(item.check == "covers_no_territory" for item in quality):
        quality += record(source.id, "covers_no_territory", "W", [source.path.name])
    lengths_m[~there] = np.nan
    repaired = lines[np.isin(owner, np.flatnonzero(layer.repaired))]
    touched = shapely.STRtree(repaired).query(territories.geometry, predicate="intersects")[0]
    carried = np.full(len(territories), "", dtype=object)
    carried[touched] = "geometry_repaired"
    return lengths_m, np.where(there, "", "no_geometry").astype(object), carried, quality


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
    place, twice_m = _along_borders(territory, pieces, pairs)
    np.subtract.at(found_m, place, twice_m)
    return np.maximum(found_m, 0.0)


@dataclass(frozen=True)
class _Part:
    """Neighbouring territories, and the pieces of line that may lie in them."""

    territory: np.ndarray
    pieces: np.ndarray


def _lengths(part: _Part) -> dict[str, np.ndarray]:
    """Return the length in each territory of a part, and which piece crosses the border of which territory."""
    tree = shapely.STRtree(part.pieces)
    touching = _numbers(tree.query(part.territory, predicate="intersects"), len(part.pieces))
    within = _numbers(tree.query(part.territory, predicate="contains_properly"), len(part.pieces))
    crossing = np.setdiff1d(touching, within)
    owner, piece = np.divmod(crossing, max(1, len(part.pieces)))
    clipped_m = shapely.length(shapely.intersection(part.pieces[piece], part.territory[owner]))
    inside_owner, inside_piece = np.divmod(within, max(1, len(part.pieces)))
    size = len(part.territory)
    lengths_m = np.bincount(inside_owner, shapely.length(part.pieces[inside_piece]), size)
    lengths_m = lengths_m + np.bincount(owner, clipped_m, size)
    positive = clipped_m > 0
    return {"lengths_m": lengths_m, "owner": owner[positive], "piece": piece[positive]}


def _numbers(pairs: np.ndarray, size: int) -> np.ndarray:
    """Return pairs of an owner and a piece as one number each, in ascending order."""
    return np.sort(pairs[0] * size + pairs[1])


def _along_borders(territory: np.ndarray, pieces: np.ndarray, pairs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return what territories count of a shared border that an earlier one counts already.

    Parameters
    ----------
    pairs : ndarray of int, shape (n_pairs, 2)
        A piece and a territory that has some of it without holding all of it in its interior.

    Returns
    -------
    place : ndarray of int
    twice_m : ndarray of float
        To be taken from each territory.
    """
    frame = pd.DataFrame(pairs, columns=["piece", "place"]).sort_values(["piece", "place"])
    frame = frame[frame["piece"].duplicated(keep=False)].reset_index(drop=True)
    inside = shapely.intersection(pieces[frame["piece"]], territory[frame["place"]])
    rows = frame.reset_index(names="row")
    both = rows.merge(rows, on="piece", suffixes=("", "_later"))
    both = both[both["row"] < both["row_later"]]
    shared = shapely.intersection(inside[both["row"]], inside[both["row_later"]])
    real = shapely.length(shared) > _NOTHING_M
    both, shared = both[real], shared[real]
    if both.empty:
        return np.empty(0, dtype=int), np.empty(0)
    shared = shapely.intersection(shared, shapely.boundary(territory[both["place_later"]]))
    # Where three territories meet along a stretch, the third must not give it up twice.
    united = pd.Series(shared).groupby(both["row_later"].to_numpy()).agg(lambda some: shapely.union_all(list(some)))
    return frame["place"].to_numpy()[united.index.to_numpy(dtype=int)], shapely.length(united.to_numpy(dtype=object))
