"""How many features lie in each territory, and what a field of theirs adds up to: a large layer is read in blocks.

Blocks are read one after the other on every core, and only their sums per territory are kept: no layer is ever held
whole, but one whose field is text. The decimal mark of texts is found in all of them together, and a column that is
mostly no numbers is refused, so that a block alone cannot read its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Optional

import numpy as np
import pandas as pd
import shapely
from pyproj import CRS

from smart_territoires_plugin.core.measures.neighbourhoods import digest
from smart_territoires_plugin.core.measures.partitions import run_partitions
from smart_territoires_plugin.core.measures.placing import NOWHERE, placed
from smart_territoires_plugin.core.sources.blocks import blocks, is_of_numbers, parts_of
from smart_territoires_plugin.core.sources.fields import resolve_fields
from smart_territoires_plugin.core.sources.numbers import numbers_of
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.quality import QualityRecord, from_text, merged, record, to_text
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.sources.vectors import describe
from smart_territoires_plugin.core.study import Source


@dataclass(frozen=True)
class Held:
    """What territories hold of a layer; arrays of one value per territory.

    Parameters
    ----------
    all : ndarray of float
        How many distinct features lie in it.
    known : ndarray of float
        How many of them have a value of the field; 0 where no field is asked for, as all that follows but ``carried``.
    sums : ndarray of float
        Of the values that are known.
    unknown : ndarray of str
        Why the first one without a value has none; empty where all have one.
    carried : ndarray of str
        ``geometry_repaired`` where the geometry of a feature was repaired, else empty.
    quality : tuple of QualityRecord
    """

    all: np.ndarray
    known: np.ndarray
    sums: np.ndarray
    unknown: np.ndarray
    carried: np.ndarray
    quality: tuple[QualityRecord, ...]


@dataclass(frozen=True)
class HeldBlock:
    """A part of a layer, and the territories in which its features may lie.

    Parameters
    ----------
    source : Source
        With the measure's own filter.
    crs : str
        The study's system, as WKT.
    info : dict
        What ``vectors.describe`` says of the layer.
    bounds : (west, south, east, north)
        What to read, in the study's system.
    reach : (west, south, east, north), optional
        The features that are the block's own; all of them if not given. See ``blocks.reaching``.
    field, column : str, optional
        Column to add up: what the study calls it, and what the layer does.
    territory : ndarray of geometries, shape (n_met,)
    """

    source: Source
    crs: str
    info: dict[str, Any]
    bounds: tuple[float, float, float, float]
    reach: Optional[tuple[float, float, float, float]]
    field: Optional[str]
    column: Optional[str]
    territory: np.ndarray


def held_features(
    identifier: str, where: Optional[str], field: Optional[str], territories: Territories, sources: OpenedSources
) -> Held:
    """Return how many distinct features of a layer lie in each territory, and the sum of a field over them.

    Features are placed as ``placing.placed`` says.

    Parameters
    ----------
    where : str, optional
        A measure's own filter, beside the source's.
    field : str, optional
        Column to add up; found also under another writing.

    Raises
    ------
    SourceError
        If the layer cannot be read, or the field is not there or mostly no numbers.
    """
    source = sources.filtered(identifier, where)
    info = describe(source)
    actual, renamed = resolve_fields(f"{identifier} ({source.path.name})", [field] if field else [], info["fields"])
    size = len(territories)
    counts, repaired = {name: np.zeros(size) for name in ("all", "known", "sums")}, np.zeros(size, dtype=bool)
    unknown = np.full(size, "", dtype=object)
    items, rows, keys, layer_quality = _items(source, where, info, field, actual.get(field), territories, sources)
    quality: list[QualityRecord] = []
    # Block after block, so that sums are the same to the bit on any number of cores.
    for met, found in zip(rows, run_partitions(sources, held_in_block, items, keys), strict=True):
        for name, total in counts.items():
            total[met] += found[name]
        repaired[met] |= found["repaired"]
        unknown[met] = np.where(unknown[met] == "", found["unknown"].astype(object), unknown[met])
        quality += from_text(str(found["quality"]))
    if len(items) > 1:
        quality = merged([*layer_quality, *quality])
    if not counts["all"].any() and not any(item.check == "covers_no_territory" for item in quality):
        quality += record(identifier, "covers_no_territory", "W", [source.path.name])
    quality += [replace(item, source=identifier) for item in renamed]
    carried = np.where(repaired, "geometry_repaired", "").astype(object)
    return Held(**counts, unknown=unknown, carried=carried, quality=tuple(quality))


def _items(
    source: Source,
    where: Optional[str],
    info: dict[str, Any],
    field: Optional[str],
    column: Optional[str],
    territories: Territories,
    sources: OpenedSources,
):
    """Return the blocks of a layer, the territories that each meets, its key, and what no block tells."""
    rows = np.flatnonzero(~(shapely.is_missing(territories.geometry) | shapely.is_empty(territories.geometry)))
    if rows.size == 0:
        return [], [], [], ()
    territory, crs = territories.geometry[rows], sources.crs.to_wkt()
    window = tuple(shapely.total_bounds(territory).tolist())
    cut = blocks(source, info, sources.crs) if column is None or is_of_numbers(info, column) else None
    if cut is None:
        return [HeldBlock(source, crs, info, window, None, field, column, territory)], [rows], [None], ()
    items, found = [], []
    keys: list[Optional[str]] = []
    for reach, read, met in parts_of(cut.bounds, territory):
        items.append(HeldBlock(source, crs, info, read, reach, field, column, territory[met]))
        found.append(rows[met])
        content = ["held", crs, field, column, reach, read, digest(territory[met])]
        keys.append(sources.key_of(content, source.id, where=where))
    return items, found, keys if len(items) > 1 else [None], cut.quality


def held_in_block(block: HeldBlock) -> dict[str, np.ndarray]:
    """Return what the territories of a block hold of it.

    Returns
    -------
    dict
        ``all``, ``known``, ``sums``, ``unknown`` as in ``Held`` and ``repaired``, a boolean, each of shape (n_met,);
        ``quality``: the records of reading, as text.
    """
    size = len(block.territory)
    found = placed(block.source, block.info, CRS.from_wkt(block.crs), block.territory, block.bounds, block.reach)
    quality = list(found.quality)
    if block.reach:
        # One block without features is no layer that has none.
        quality = [item for item in quality if item.check != "covers_no_territory"]
    inside = found.owner != NOWHERE
    owner = found.owner[inside]
    repaired = np.zeros(size, dtype=bool)
    repaired[found.owner[found.repaired & inside]] = True
    counts = {"all": np.bincount(owner, minlength=size).astype(float), "known": np.zeros(size), "sums": np.zeros(size)}
    unknown = np.full(size, "", dtype=object)
    if block.field is not None and block.column is not None:
        numbers, records = numbers_of(block.source, block.field, found.attributes[block.column][inside])
        counts["all"], counts["known"], counts["sums"], unknown = added_up(owner, numbers.values, numbers.reasons, size)
        quality += records
    return {**counts, "unknown": unknown.astype(str), "repaired": repaired, "quality": np.array(to_text(quality))}


def added_up(owner: np.ndarray, values: np.ndarray, why: np.ndarray, size: int) -> tuple[np.ndarray, ...]:
    """Return how many values each owner has, how many are known, their sum, and why the first unknown one is."""
    known = ~np.isnan(values)
    unknown = np.full(size, "", dtype=object)
    first = pd.Series(why[~known]).groupby(owner[~known]).first()
    unknown[first.index.to_numpy(dtype=int)] = first.to_numpy(dtype=object)
    return (
        np.bincount(owner, minlength=size).astype(float),
        np.bincount(owner[known], minlength=size).astype(float),
        np.bincount(owner[known], values[known], size),
        unknown,
    )
