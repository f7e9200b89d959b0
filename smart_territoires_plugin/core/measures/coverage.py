"""Coverage: what part of a territory lies in polygons; a place counts once, however many polygons overlap there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np
import shapely

from smart_territoires_plugin.core.errors import MeasureError, Problem
from smart_territoires_plugin.core.measures.cover_blocks import (
    CoverBlock,
    Levels,
    areas_by_level,
    cover_block,
    level_name,
)
from smart_territoires_plugin.core.measures.flattening import flattened
from smart_territoires_plugin.core.measures.measured import Measured, measured, per_inhabitant
from smart_territoires_plugin.core.measures.neighbourhoods import digest
from smart_territoires_plugin.core.measures.partitions import run_partitions
from smart_territoires_plugin.core.sources.blocks import blocks
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.quality import QualityRecord, from_text, merged, record
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.sources.vectors import describe
from smart_territoires_plugin.core.study import Measure

_TOLERANCE = 1e-9
_ROUNDING_M2 = 1e-3
OVERLAP_M2 = 1.0


def covered_area(territory: np.ndarray, polygons: np.ndarray) -> np.ndarray:
    """Return the area of each territory that lies in at least one polygon.

    Parameters
    ----------
    territory : ndarray of geometries, shape (n_territories,)
        Valid polygons, or None.
    polygons : ndarray of geometries, shape (n_polygons,)
        Valid polygons in the same system; they may overlap and repeat.

    Returns
    -------
    ndarray, shape (n_territories,)
        In square units of the system; 0 where there is no territory.

    Examples
    --------
    >>> square = shapely.box(0, 0, 2, 2)
    >>> covered_area(np.array([square]), np.array([shapely.box(0, 0, 1, 1)] * 2)).tolist()
    [1.0]
    """
    pieces = flattened(polygons)
    return areas_by_level(territory, pieces.geometry, pieces.level, 1)[:, 0]


@dataclass(frozen=True)
class _Covered:
    """Area (m²) of each territory that is covered, each place weighted by its level; what is missing or repaired."""

    area_m2: np.ndarray
    reasons: np.ndarray
    carried: np.ndarray
    quality: list[QualityRecord]


def _covered(asked: Measure, territories: Territories, sources: OpenedSources) -> _Covered:
    there = ~shapely.is_missing(territories.geometry)
    levels, weights = _levels(asked)
    area_m2 = np.zeros((len(territories), len(weights)))
    carried = np.full(len(territories), "", dtype=object)
    quality: list[QualityRecord] = []
    sums_m2 = np.zeros(2)
    source = sources.filtered(asked.source, asked.where)
    items, rows, keys, placeless = _items(asked, territories, sources, levels)
    for met, found in zip(rows, run_partitions(sources, cover_block, items, keys), strict=True):
        area_m2[met] += found["area_m2"]
        carried[met[found["repaired"]]] = "geometry_repaired"
        sums_m2 += found["sums_m2"]
        quality += from_text(str(found["quality"]))
    quality = merged([*placeless, *quality])
    if sums_m2[0] - sums_m2[1] > OVERLAP_M2:
        quality += record(asked.source, "zones_overlap", "R", [f"× {sums_m2[0] / sums_m2[1]:.2f}"])
    if not area_m2.any() and not any(item.check == "covers_no_territory" for item in quality):
        quality += record(asked.source, "covers_no_territory", "W", [source.path.name])
    whole_m2 = territories.areas_m2
    _refuse_excess(asked.source, territories.codes, area_m2.sum(axis=1), whole_m2)
    weighted_m2 = np.minimum(area_m2.sum(axis=1), whole_m2) if levels is None else area_m2 @ weights
    weighted_m2[~there] = np.nan
    return _Covered(weighted_m2, np.where(there, "", "no_geometry").astype(object), carried, quality)


def _levels(asked: Measure) -> tuple[Optional[Levels], np.ndarray]:
    """Return the levels that are asked for, and the weight of each; one level of weight 1 where there are none."""
    said = asked.parameters.get("levels")
    if said is None:
        return None, np.ones(1)
    order = tuple(level_name(level) for level in said["order"])
    return Levels(said["field"], order), np.array(said.get("weights", [1.0] * len(order)), dtype=float)


def _items(asked: Measure, territories: Territories, sources: OpenedSources, levels: Optional[Levels]):
    """Return the blocks that meet territories, the territories that each meets, its key, and what no block tells."""
    rows = np.flatnonzero(~(shapely.is_missing(territories.geometry) | shapely.is_empty(territories.geometry)))
    if rows.size == 0:
        return [], [], [], ()
    source = sources.filtered(asked.source, asked.where)
    info = describe(source)
    territory = territories.geometry[rows]
    cut = blocks(source, info, sources.crs, (levels.field,) if levels else ())
    if cut is None:
        bounds, met = np.array([shapely.total_bounds(territory)]), [np.arange(len(rows))]
    else:
        tree = shapely.STRtree(territory)
        bounds, met = cut.bounds, [np.sort(tree.query(shapely.box(*box))) for box in cut.bounds]
    items, found = [], []
    keys: list[Optional[str]] = []
    for box, some in zip(bounds, met, strict=True):
        if not some.size:
            continue
        content = ["flat", sources.crs.to_wkt(), vars(levels) if levels else None, box.tolist()]
        flat_key = sources.key_of(content, asked.source, where=asked.where)
        item = CoverBlock(
            source,
            sources.crs.to_wkt(),
            info,
            tuple(box.tolist()),
            cut is not None,
            levels,
            asked.kind,
            territory[some],
            sources.store,
            flat_key,
        )
        items.append(item)
        found.append(rows[some])
        keys.append(flat_key and sources.key_of([*content, digest(territory[some])], asked.source, where=asked.where))
    if len(items) == 1:
        keys = [None]  # what one block gives is the measure itself, which is kept as a whole
    return items, found, keys, cut.quality if cut else ()


def _refuse_excess(source: str, codes: np.ndarray, area_m2: np.ndarray, whole_m2: np.ndarray) -> None:
    """Refuse an answer that cannot be: more covered than there is, which only overlapping pieces would give."""
    excess = np.flatnonzero(area_m2 > whole_m2 * (1 + _TOLERANCE) + _ROUNDING_M2)
    if excess.size:
        values = {"code": codes[excess[0]], "covered_m2": area_m2[excess[0]], "whole_m2": whole_m2[excess[0]]}
        raise MeasureError(Problem("measure.more_than_whole", source, values))


def coverage_area(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return the area of each territory that lies in the source's polygons, in square metres (extensive).

    With ``levels``, a place counts once, at its highest level, with that level's weight.
    """
    found = _covered(asked, territories, sources)
    return measured(found.area_m2, found.reasons, carried=found.carried, quality=found.quality)


def coverage_share(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return the share of each territory that lies in the source's polygons, 0–100 % (intensive).

    With ``levels``, a place counts once, at its highest level, with that level's weight.
    """
    found = _covered(asked, territories, sources)
    whole_m2 = territories.areas_m2
    shares_pct = np.full(len(territories), np.nan)
    np.divide(100 * found.area_m2, whole_m2, out=shares_pct, where=whole_m2 > 0)
    shares_pct[np.abs(shares_pct) < _TOLERANCE] = 0.0
    return measured(shares_pct, found.reasons, carried=found.carried, quality=found.quality)


def coverage_per_capita(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return the area that lies in the source's polygons per inhabitant, in square metres (intensive).

    With ``levels``, a place counts once, at its highest level, with that level's weight.
    """
    found = _covered(asked, territories, sources)
    values, without = per_inhabitant(found.area_m2, territories.population)
    reasons = np.where(found.reasons == "", without, found.reasons)
    return measured(values, reasons, carried=found.carried, quality=found.quality)
