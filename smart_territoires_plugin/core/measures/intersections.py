"""Two zonings laid over one another: which zone shares what area with which territory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np
import shapely

from smart_territoires_plugin.core.measures.neighbourhoods import digest, neighbourhoods
from smart_territoires_plugin.core.measures.partitions import run_partitions
from smart_territoires_plugin.core.sources.opened import OpenedSources


@dataclass(frozen=True)
class Intersections:
    """The pairs of a territory and a zone that share an area, in ascending order of both.

    Parameters
    ----------
    territory, zone : ndarray of int, shape (n_pairs,)
    areas_m2 : ndarray of float, shape (n_pairs,)
    doubled_m2 : ndarray of float, shape (n_territories,)
        Area on which zones overlap, as often as it is counted too much.
    """

    territory: np.ndarray
    zone: np.ndarray
    areas_m2: np.ndarray
    doubled_m2: np.ndarray


@dataclass(frozen=True)
class _Part:
    """Neighbouring territories and the zones near them."""

    territory: np.ndarray
    zones: np.ndarray


def intersections(
    territory: np.ndarray, zones: np.ndarray, sources: OpenedSources, source: str, where: Optional[str]
) -> Intersections:
    """Lay zones over territories.

    Parameters
    ----------
    territory : ndarray of geometries, shape (n_territories,)
        Valid polygons, or None.
    zones : ndarray of polygons, shape (n_zones,)
        They may overlap.
    source, where : str
        What the zones stem from, for what is kept.
    """
    groups = neighbourhoods(territory)
    tree = shapely.STRtree(zones)
    near = [np.sort(tree.query(shapely.box(*shapely.total_bounds(territory[group])))) for group in groups]
    items = [_Part(territory[group], zones[some]) for group, some in zip(groups, near, strict=True)]
    keys = [sources.key_of(["intersections", digest(item.territory)], source, where=where) for item in items]
    made = run_partitions(sources, _intersections, items, keys)
    doubled_m2 = np.zeros(len(territory))
    for group, found in zip(groups, made, strict=True):
        doubled_m2[group] = found["doubled_m2"]
    owners = _joined([group[found["owner"]] for group, found in zip(groups, made, strict=True)], int)
    pieces = _joined([some[found["zone"]] for some, found in zip(near, made, strict=True)], int)
    areas_m2 = _joined([found["areas_m2"] for found in made], float)
    order = np.lexsort((pieces, owners))
    return Intersections(owners[order], pieces[order], areas_m2[order], doubled_m2)


def _joined(parts: Sequence[np.ndarray], kind: type) -> np.ndarray:
    return np.concatenate([np.empty(0, dtype=kind), *parts])


def pieces_of(territory: np.ndarray, zones: np.ndarray, found: Intersections) -> np.ndarray:
    """Return the geometry of each pair."""
    return shapely.intersection(territory[found.territory], zones[found.zone])


def _intersections(part: _Part) -> dict[str, np.ndarray]:
    size = max(1, len(part.zones))
    tree = shapely.STRtree(part.zones)
    touching = np.sort(np.dot([size, 1], tree.query(part.territory, predicate="intersects")))
    owner, zone = np.divmod(touching, size)
    pieces = part.zones[zone].copy()
    # What lies in the other whole needs no cutting.
    held = np.isin(touching, np.dot([size, 1], tree.query(part.territory, predicate="covers")))
    whole = np.isin(touching, np.dot([size, 1], tree.query(part.territory, predicate="covered_by")))
    pieces[whole] = part.territory[owner[whole]]
    cut = ~(held | whole)
    pieces[cut] = shapely.intersection(pieces[cut], part.territory[owner[cut]])
    areas_m2 = shapely.area(pieces)
    some = areas_m2 > 0
    owner, zone, areas_m2, pieces = owner[some], zone[some], areas_m2[some], pieces[some]
    doubled_m2 = np.zeros(len(part.territory))
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    for place, mine, mine_m2 in zip(
        owner[starts], np.split(pieces, starts[1:]), np.split(areas_m2, starts[1:]), strict=False
    ):
        if len(mine) > 1:
            doubled_m2[place] = mine_m2.sum() - shapely.area(_union(mine))
    return {"owner": owner, "zone": zone, "areas_m2": areas_m2, "doubled_m2": np.maximum(doubled_m2, 0.0)}


def _union(pieces: np.ndarray) -> shapely.Geometry:
    """Return the union of pieces; on a fixed grid of a millimetre where floating point fails."""
    try:
        return shapely.union_all(pieces)
    except shapely.errors.GEOSException:
        return shapely.union_all(pieces, grid_size=1e-3)
