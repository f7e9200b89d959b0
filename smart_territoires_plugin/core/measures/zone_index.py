"""Zone index: which cells of a grid lie in each zone, as runs of whole cells and fringe cells with their exact share.

A polygon's share of a cell follows from its boundary alone: each piece of an edge within a cell adds the signed area
between itself and the cell's right side, and its height to every cell further right in the row (the accumulation that
font rasterisers use). The work grows with the length of the boundaries, not with the area of the zones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Optional

import numpy as np
import shapely

from smart_territoires_plugin.core.engine import Engine
from smart_territoires_plugin.core.measures.zones_in_system import brought
from smart_territoires_plugin.core.sources.rasters import Grid

NEGLIGIBLE_SHARE = 1e-12
_ROUNDING = 1e-9
_PIECES_PER_PART = 300_000


@dataclass(frozen=True)
class ZoneIndex:
    """The cells of a grid that lie in zones; zones may overlap, and may reach beyond the grid.

    Parameters
    ----------
    n_zones : int
    sizes : ndarray of float, shape (n_zones,)
        Areas of the zones in cells, what lies beyond the grid included; 0 where there is no zone.
    run_zone, run_row, run_first, run_stop : ndarray of int, shape (n_runs,)
        Cells ``first`` to ``stop`` − 1 of a row lie whole in a zone; sorted by row, then by first cell.
    fringe_zone, fringe_row, fringe_column : ndarray of int, shape (n_fringe,)
        Cells on a zone's boundary, sorted by row, then by column.
    fringe_share : ndarray of float, shape (n_fringe,)
        Share of the cell that lies in the zone, 0–1.
    """

    n_zones: int
    sizes: np.ndarray
    run_zone: np.ndarray
    run_row: np.ndarray
    run_first: np.ndarray
    run_stop: np.ndarray
    fringe_zone: np.ndarray
    fringe_row: np.ndarray
    fringe_column: np.ndarray
    fringe_share: np.ndarray

    @property
    def cells(self) -> np.ndarray:
        """Number of cells in each zone, parts included."""
        whole = np.bincount(self.run_zone, self.run_stop - self.run_first, self.n_zones)
        return whole + np.bincount(self.fringe_zone, self.fringe_share, self.n_zones)

    def of(self, chosen: np.ndarray) -> ZoneIndex:
        """Return the index of some of the zones, in their order; ``chosen`` is a boolean per zone."""
        number = np.cumsum(chosen) - 1
        runs, fringe = chosen[self.run_zone], chosen[self.fringe_zone]
        return ZoneIndex(
            int(chosen.sum()),
            self.sizes[chosen],
            number[self.run_zone[runs]],
            *(values[runs] for values in (self.run_row, self.run_first, self.run_stop)),
            number[self.fringe_zone[fringe]],
            *(values[fringe] for values in (self.fringe_row, self.fringe_column, self.fringe_share)),
        )


def zone_index(
    zones: np.ndarray, grid: Grid, crs: tuple[str, str] | None = None, engine: Optional[Engine] = None
) -> ZoneIndex:
    """Find the cells of a grid that lie in each zone, with the exact share of those on its boundary.

    Parameters
    ----------
    zones : ndarray of polygons, shape (n_zones,)
        Valid; None and empty ones have no cells.
    grid : Grid
        Turned and south-up grids included.
    crs : tuple of str, optional
        The system of the zones and that of the grid, as WKT, where they differ.
    engine : Engine, optional
        Where the parts are made.

    Returns
    -------
    ZoneIndex
        The same to the bit for any number of workers.

    Examples
    --------
    >>> grid = Grid(4, 2, (1.0, 0.0, 0.0, 0.0, -1.0, 2.0))
    >>> index = zone_index(np.array([shapely.box(0.5, 0, 3, 1)]), grid)
    >>> index.run_first.tolist(), index.run_stop.tolist(), index.fringe_share.tolist()
    ([1], [3], [0.5])
    """
    zones = np.asarray(zones, dtype=object)
    items = [_Part(places, zones[places], grid, crs) for places in _partitions(zones, grid)]
    made = (engine or Engine()).map(_part_of_index, items)
    columns = [np.concatenate([part[name] for part in made]) if made else _EMPTY[name] for name in _EMPTY]
    runs, fringe = columns[:4], columns[4:]
    by_place = np.lexsort((runs[0], runs[2], runs[1]))
    fringe_by_place = np.lexsort((fringe[0], fringe[2], fringe[1]))
    sizes = np.zeros(len(zones))
    for item, part in zip(items, made, strict=True):
        sizes[item.places] = part["sizes"]
    return ZoneIndex(
        len(zones),
        sizes,
        *(values[by_place] for values in runs),
        *(values[fringe_by_place] for values in fringe),
    )


_EMPTY: Mapping[str, np.ndarray] = {
    **{name: np.zeros(0, dtype=np.int32) for name in ("run_zone", "run_row", "run_first", "run_stop")},
    **{name: np.zeros(0, dtype=np.int32) for name in ("fringe_zone", "fringe_row", "fringe_column")},
    "fringe_share": np.zeros(0),
}


@dataclass(frozen=True)
class _Part:
    """Neighbouring zones, as a task takes them."""

    places: np.ndarray
    zones: np.ndarray
    grid: Grid
    crs: Optional[tuple[str, str]]


def _partitions(zones: np.ndarray, grid: Grid) -> list[np.ndarray]:
    """Cut the zones into groups of about the same length of boundary, by their order alone."""
    there = np.flatnonzero(~(shapely.is_missing(zones) | shapely.is_empty(zones)))
    if not there.size:
        return []
    cells = np.sqrt(max(grid.width * grid.height, 1))
    spread = max(float(np.ptp(shapely.total_bounds(zones[there])[[0, 2]])), 1e-300)
    pieces = shapely.get_num_coordinates(zones[there]) + 2 * cells * shapely.length(zones[there]) / spread
    number = (np.cumsum(pieces) // _PIECES_PER_PART).astype(int)
    return np.split(there, np.flatnonzero(np.diff(number)) + 1)


def _part_of_index(item: _Part) -> dict[str, np.ndarray]:
    zones = item.zones if item.crs is None else brought(item.zones, *item.crs)
    # What a system has no place for lies in no cell.
    zones = np.where(np.isfinite(shapely.bounds(zones)).all(axis=1), zones, shapely.Polygon())
    sizes = {"sizes": shapely.area(zones) / item.grid.cell_area}
    owner, x0, x1, y0, y1 = _edges(zones, item.grid)
    # Pieces by row: what lies above or below the grid falls out, what is horizontal bounds nothing.
    origin, y0, y1, x0, x1 = _cut(y0, y1, x0, x1, item.grid.height)
    row = np.floor((y0 + y1) / 2).astype(np.int64)
    kept = (row >= 0) & (row < item.grid.height)
    owner, row, y0, y1, x0, x1 = (values[kept] for values in (owner[origin], row, y0, y1, x0, x1))
    # Pieces by cell: what lies left of the grid bounds its rows from their first cell on.
    origin, x0, x1, y0, y1 = _cut(x0, x1, y0, y1, item.grid.width)
    middle = np.maximum((x0 + x1) / 2, 0.0)
    kept = middle < item.grid.width
    owner, row, middle, height = owner[origin][kept], row[origin][kept], middle[kept], (y1 - y0)[kept]
    column = np.floor(middle).astype(np.int64)
    key = (owner * item.grid.height + row) * item.grid.width + column
    order = np.argsort(key, kind="stable")
    key, height, share = key[order], height[order], (height * (column + 1 - middle))[order]
    if not key.size:
        return {**_EMPTY, **sizes}
    starts = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))
    key, height, share = key[starts], np.add.reduceat(height, starts), np.add.reduceat(share, starts)
    line, column = np.divmod(key, item.grid.width)
    opening = np.concatenate([[True], line[1:] != line[:-1]])
    # Reckoned from the opening of each row, so that nothing is carried from one row into the next.
    total = np.cumsum(height)
    opened = np.maximum.accumulate(np.where(opening, np.arange(len(key)), 0))
    after = total - np.where(opened > 0, total[opened - 1], 0.0)
    before = np.where(opening, 0.0, np.concatenate([[0.0], after[:-1]]))
    share = np.clip(before + share, 0.0, 1.0)
    following = np.append(np.where(opening[1:], item.grid.width, column[1:]), item.grid.width)
    zone, row = np.divmod(line, item.grid.height)
    inner = following > column + 1
    runs = inner & (after > 1 - _ROUNDING)
    # Along an edge that lies level within a row, no piece tells the cells apart: each has the share of the row.
    level = np.flatnonzero(inner & (after > NEGLIGIBLE_SHARE) & ~runs)
    lengths = following[level] - column[level] - 1
    origin = np.repeat(level, lengths)
    along = column[origin] + 1 + np.arange(len(origin)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    fringe = np.flatnonzero(share > NEGLIGIBLE_SHARE)
    on_fringe = np.concatenate([fringe, origin])
    small = np.int32
    zone = item.places[zone].astype(small)
    return {
        **sizes,
        "run_zone": zone[runs],
        "run_row": row[runs].astype(small),
        "run_first": (column[runs] + 1).astype(small),
        "run_stop": following[runs].astype(small),
        "fringe_zone": zone[on_fringe],
        "fringe_row": row[on_fringe].astype(small),
        "fringe_column": np.concatenate([column[fringe], along]).astype(small),
        "fringe_share": np.concatenate([share[fringe], after[origin]]),
    }


def _edges(zones: np.ndarray, grid: Grid) -> tuple[np.ndarray, ...]:
    """Return the edges of polygons in cells: zone, columns and rows of both ends, interior on the side of growing x."""
    parts, zone = shapely.get_parts(zones, return_index=True)
    kept = shapely.get_dimensions(parts) == 2
    parts, zone = parts[kept], zone[kept]
    rings, part = shapely.get_rings(parts, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    x, y = grid.cells_of(xy)
    within = ring[1:] == ring[:-1]
    ring, x0, x1, y0, y1 = ring[:-1][within], x[:-1][within], x[1:][within], y[:-1][within], y[1:][within]
    first = np.concatenate([[0], np.cumsum(np.bincount(ring, minlength=len(rings)))[:-1]]).astype(np.int64)
    west, north = x0[np.minimum(first, len(x0) - 1)][ring], y0[np.minimum(first, len(y0) - 1)][ring]
    turning = np.bincount(ring, (x0 - west) * (y1 - north) - (x1 - west) * (y0 - north), minlength=len(rings))
    exterior = np.concatenate([[True], part[1:] != part[:-1]]) if len(part) else np.zeros(0, dtype=bool)
    back = ((turning > 0) == exterior)[ring]
    x0, x1, y0, y1 = np.where(back, x1, x0), np.where(back, x0, x1), np.where(back, y1, y0), np.where(back, y0, y1)
    slanted = y0 != y1
    return tuple(values[slanted] for values in (zone[part[ring]].astype(np.int64), x0, x1, y0, y1))


def _cut(a0: np.ndarray, a1: np.ndarray, b0: np.ndarray, b1: np.ndarray, last: int) -> tuple[np.ndarray, ...]:
    """Cut segments where their first coordinate is a whole number from 0 to ``last``.

    Returns
    -------
    origin : ndarray of int
        The segment that each piece comes from.
    a0, a1, b0, b1 : ndarray of float
        Both ends of the pieces; neighbours share theirs to the bit.
    """
    least = np.maximum(np.floor(np.minimum(a0, a1)) + 1, 0)
    most = np.minimum(np.ceil(np.maximum(a0, a1)) - 1, last)
    cuts = np.maximum(most - least + 1, 0).astype(np.int64)
    origin = np.repeat(np.arange(len(a0)), cuts + 1)
    opening = np.cumsum(cuts + 1) - (cuts + 1)
    number = np.arange(len(origin)) - opening[origin]
    rising = (a1 > a0)[origin]
    at = np.where(rising, least[origin] + number - 1, most[origin] - number + 1)
    head, tail = a0[origin], b0[origin]
    inner = number > 0
    slope = np.zeros(len(a0))
    np.divide(b1 - b0, a1 - a0, out=slope, where=cuts > 0)
    start_a = np.where(inner, at, head)
    start_b = np.where(inner, tail + (at - head) * slope[origin], tail)
    end_a, end_b = np.append(start_a[1:], 0.0), np.append(start_b[1:], 0.0)
    closing = opening + cuts
    end_a[closing], end_b[closing] = a1, b1
    return origin, start_a, end_a, start_b, end_b
