"""Area and inhabitants of a part of each territory, window by window: what exposure and proximity share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Optional

import numpy as np
import shapely

from smart_territoires_plugin.core.measures.populated import Populated, populated
from smart_territoires_plugin.core.measures.views import (
    COVERS_NONE,
    LayerView,
    PopulationView,
    Seen,
    windows_over,
)
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.quality import QualityRecord, merged, record
from smart_territoires_plugin.core.sources.territories import Territories


@dataclass(frozen=True)
class PeopleInParts:
    """What a part of each territory holds.

    Parameters
    ----------
    areas_m2 : ndarray of float, shape (n_territories,)
        Of the part; NaN where the territory has no geometry.
    populated : Populated
        Its inhabitants; empty counts where no population is asked for.
    carried : ndarray of str
        ``geometry_repaired`` where a repaired feature concerns the territory, else empty.
    quality : list of QualityRecord
    """

    areas_m2: np.ndarray
    populated: Populated
    carried: np.ndarray
    quality: list[QualityRecord]


def people_in_parts(
    layer: LayerView,
    people: Optional[PopulationView],
    territories: Territories,
    sources: OpenedSources,
    parts_of: Callable[[np.ndarray, Seen], np.ndarray],
    margin_m: float = 0.0,
) -> PeopleInParts:
    """Return area and inhabitants of a part of each territory.

    Parameters
    ----------
    people : PopulationView, optional
        None where only areas are asked for.
    parts_of : callable
        From territories and the features that may concern them to the part of each.
    margin_m : float
        How far beyond a territory a feature may concern it.
    """
    size = len(territories)
    there = ~shapely.is_missing(territories.geometry)
    areas_m2 = np.where(there, 0.0, np.nan)
    within, whole, coverage = np.full(size, np.nan), np.full(size, np.nan), np.zeros(size)
    reasons = np.where(there, "", "no_geometry").astype(object)
    carried = np.full(size, "", dtype=object)
    of_layer: list[QualityRecord] = []
    of_people: list[QualityRecord] = []
    windows = 0
    for window in windows_over(layer, people, territories, margin_m):
        rows = np.arange(size) if window is None else window.own
        own = territories if window is None else territories.some(rows)
        seen = layer.seen(window)
        of_layer += seen.quality
        part = parts_of(own.geometry, seen)
        areas_m2[rows] = shapely.area(part)
        touched = _touched(own.geometry, seen.geometry[seen.repaired], margin_m)
        carried[rows[touched]] = "geometry_repaired"
        if people is not None:
            found = populated(people.seen(window), people.identifier, part, own, sources)
            within[rows], whole[rows], coverage[rows] = found.within, found.all, found.coverage
            reasons[rows] = found.reasons
            of_people += found.quality
        windows += window is not None
    if windows:
        of_layer = merged([*(layer.cut.quality if layer.cut else ()), *of_layer])
        of_people = merged([*of_people, *(people.closing_quality() if people else ())])
    if not np.nansum(areas_m2) and not any(item.check == COVERS_NONE for item in of_layer):
        of_layer += record(layer.source.id, COVERS_NONE, "W", [layer.source.path.name])
    counted = Populated(within, whole, coverage, reasons, tuple(of_people))
    return PeopleInParts(areas_m2, counted, carried, [*of_layer, *of_people])


def _touched(territory: np.ndarray, repaired: np.ndarray, margin_m: float) -> np.ndarray:
    tree = shapely.STRtree(repaired)
    if margin_m:
        return tree.query(territory, predicate="dwithin", distance=margin_m)[0]
    return tree.query(territory, predicate="intersects")[0]
