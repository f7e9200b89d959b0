"""Rasters read window by window along a zone index: values, weights and the cells of each zone, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Optional

import numpy as np

from smart_territoires_plugin.core.measures.zone_index import ZoneIndex
from smart_territoires_plugin.core.sources.rasters import Grid, Raster
from smart_territoires_plugin.core.sources.resampling import read_amounts
from smart_territoires_plugin.core.sources.windows import READING, Window, read_window, strips


@dataclass(frozen=True)
class Strip:
    """Part of a raster as a task takes it: windows, and the index of what lies in them."""

    raster: Raster
    weights: Optional[Raster]
    same_cells: bool
    grid: Grid
    windows: tuple[Window, ...]
    zones: np.ndarray
    index: ZoneIndex


@dataclass(frozen=True)
class Cells:
    """What lies in one window.

    Parameters
    ----------
    values : ndarray of float, shape (n_cells + 1,)
        Row after row; 0 where not known, and once more at the end.
    known : ndarray of bool or None
        Likewise; None where all are known.
    mass : ndarray of float or None
        Weights where both are known, else 0; None where nothing is weighted.
    weighed : ndarray of bool or None
        Where value and weight are known.
    unread : ndarray of bool or None
        Where the file cannot be read.
    negative : int
        Cells whose weight is below 0 and was taken as 0.
    run_zone, run_start, run_stop : ndarray of int
        Places in ``values``.
    fringe_zone, fringe_at, fringe_share : ndarray
    """

    values: np.ndarray
    known: Optional[np.ndarray]
    mass: Optional[np.ndarray]
    weighed: Optional[np.ndarray]
    unread: Optional[np.ndarray]
    negative: int
    run_zone: np.ndarray
    run_start: np.ndarray
    run_stop: np.ndarray
    fringe_zone: np.ndarray
    fringe_at: np.ndarray
    fringe_share: np.ndarray


def strips_of(
    raster: Raster, grid: Grid, index: ZoneIndex, weights: Optional[Raster] = None, same_cells: bool = True
) -> list[Strip]:
    """Cut a raster into strips of windows that hold the cells of zones; the cut depends on the file and zones alone."""
    import rasterio

    made = []
    ends = [rows[end] for rows in (index.run_row, index.fringe_row) if rows.size for end in (0, -1)]
    if not ends:
        return []
    left = min(index.run_first.min(initial=grid.width), index.fringe_column.min(initial=grid.width))
    right = max(index.run_stop.max(initial=0), index.fringe_column.max(initial=-1) + 1)
    with rasterio.open(raster.path) as dataset:
        block = dataset.block_shapes[raster.band - 1]
    for windows in strips(block, (int(min(ends)), int(max(ends)) + 1), (int(left), int(right))):
        top, bottom = windows[0].top, windows[-1].bottom
        runs = slice(*np.searchsorted(index.run_row, [top, bottom]))
        fringe = slice(*np.searchsorted(index.fringe_row, [top, bottom]))
        there = np.zeros(index.n_zones, dtype=bool)
        there[index.run_zone[runs]] = there[index.fringe_zone[fringe]] = True
        zones, number = np.flatnonzero(there), np.cumsum(there) - 1
        if not zones.size:
            continue
        part = ZoneIndex(
            len(zones),
            index.sizes[zones],
            number[index.run_zone[runs]],
            *(values[runs] for values in (index.run_row, index.run_first, index.run_stop)),
            number[index.fringe_zone[fringe]],
            *(values[fringe] for values in (index.fringe_row, index.fringe_column, index.fringe_share)),
        )
        made.append(Strip(raster, weights, same_cells, grid, tuple(windows), zones, part))
    return made


def read_cells(strip: Strip) -> Iterator[Cells]:
    """Read the windows of a strip that hold cells of zones, one after the other."""
    import rasterio

    with rasterio.Env(**READING), ExitStack() as opened:
        dataset = opened.enter_context(rasterio.open(strip.raster.path))
        weights = opened.enter_context(rasterio.open(strip.weights.path)) if strip.weights else None
        for window in strip.windows:
            placed = _placed(strip.index, window)
            if placed[0].size or placed[3].size:
                yield Cells(*_read(strip, window, dataset, weights), *placed)


def _placed(index: ZoneIndex, window: Window) -> tuple[np.ndarray, ...]:
    runs = slice(*np.searchsorted(index.run_row, [window.top, window.bottom]))
    fringe = slice(*np.searchsorted(index.fringe_row, [window.top, window.bottom]))
    width = window.right - window.left
    first = np.maximum(index.run_first[runs], window.left)
    stop = np.minimum(index.run_stop[runs], window.right)
    kept = first < stop
    line = (index.run_row[runs][kept].astype(np.int64) - window.top) * width - window.left
    column = index.fringe_column[fringe]
    inside = (column >= window.left) & (column < window.right)
    at = (index.fringe_row[fringe][inside].astype(np.int64) - window.top) * width + column[inside] - window.left
    return (
        index.run_zone[runs][kept],
        line + first[kept],
        line + stop[kept],
        index.fringe_zone[fringe][inside],
        at,
        index.fringe_share[fringe][inside],
    )


def _read(strip: Strip, window: Window, dataset, weights) -> tuple:
    values, known, unread = _or_unread(dataset, strip.raster, window)
    mass, weighed, below = None, None, 0
    if weights is not None:
        if strip.same_cells:
            mass, weighed, lost = _or_unread(weights, strip.weights, window)
        else:
            mass, weighed, lost = _amounts_or_unread(strip, window, weights)
        unread = lost if unread is None else unread if lost is None else unread | lost
        weighed = known if weighed is None else weighed if known is None else known & weighed
        # Not a number is not least, but hidden below.
        if not mass.min(initial=0) >= 0:
            negative = (mass < 0) if weighed is None else (mass < 0) & weighed
            below = int(negative.sum())
            mass = np.where(negative, 0.0, mass)
    return _flat(values, known), _flag(known), _flat(mass, weighed), _flag(weighed), _flag(unread), below


def _flat(values: Optional[np.ndarray], known: Optional[np.ndarray]) -> Optional[np.ndarray]:
    if values is None:
        return None
    if known is None:
        made = np.empty(values.size + 1)
        made[:-1], made[-1] = values.ravel(), 0.0
        return made
    made = np.zeros(values.size + 1)
    np.copyto(made[:-1].reshape(values.shape), values, where=known)
    return made


def _flag(flags: Optional[np.ndarray]) -> Optional[np.ndarray]:
    return None if flags is None else np.append(flags.ravel(), False)


def _or_unread(dataset, raster: Raster, window: Window):
    """Read a window, block by block where part of the file is lost."""
    from rasterio.errors import RasterioIOError

    try:
        return *read_window(dataset, raster, window), None
    except RasterioIOError:
        values, known = np.zeros(window.shape), np.zeros(window.shape, dtype=bool)
        unread = np.zeros(window.shape, dtype=bool)
    high, wide = dataset.block_shapes[raster.band - 1]
    for top in range(window.top // high * high, window.bottom, high):
        for left in range(window.left // wide * wide, window.right, wide):
            block = Window(
                max(top, window.top),
                min(top + high, window.bottom),
                max(left, window.left),
                min(left + wide, window.right),
            )
            rows = slice(block.top - window.top, block.bottom - window.top)
            columns = slice(block.left - window.left, block.right - window.left)
            try:
                values[rows, columns], there = read_window(dataset, raster, block)
                known[rows, columns] = True if there is None else there
            except RasterioIOError:
                unread[rows, columns] = True
    return values, known, unread


def _amounts_or_unread(strip: Strip, window: Window, weights):
    from rasterio.errors import RasterioIOError

    try:
        return read_amounts(weights, strip.weights, strip.raster, strip.grid, window), None, None
    except RasterioIOError:
        return np.zeros(window.shape), np.zeros(window.shape, dtype=bool), np.ones(window.shape, dtype=bool)
