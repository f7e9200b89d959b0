"""Statistics of a raster over zones with exact partial pixels: along a zone index, strip by strip, on every core."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np

from smart_territoires_plugin.core.engine import Engine
from smart_territoires_plugin.core.measures.zone_index import ZoneIndex, zone_index
from smart_territoires_plugin.core.measures.zone_windows import Cells, Strip, read_cells, strips_of
from smart_territoires_plugin.core.sources.rasters import Raster

# A pixel that a zone touches by less is noise of its coordinates: it has no say in the least and the largest value.
_TOUCHED = 1e-9
_ADDED = ("count", "mass", "weighed", "negative", "sum", "above")


def statistics(
    raster: Raster,
    zones: Optional[np.ndarray],
    operations: Sequence[str],
    weights: Optional[Raster] = None,
    *,
    q: float = 0.5,
    threshold: float = 0.0,
    index: Optional[ZoneIndex] = None,
    engine: Optional[Engine] = None,
) -> dict[str, np.ndarray]:
    """Return statistics of a raster over zones; a pixel counts by the share of it that lies in the zone.

    Parameters
    ----------
    raster : Raster
    zones : ndarray of polygons, shape (n_zones,), or None
        In the raster's system; valid. They may overlap. None if an index is given.
    operations : sequence of str
        ``count`` (pixels with data, parts included; never weighted), ``sum``, ``mean``, ``min``, ``max``, ``stdev`` (of
        the population), ``above`` (share 0–1 strictly above ``threshold``), ``quantile`` (of ``q``: the least value up
        to which lies at least that share of the zone), ``mode`` (the value of the largest part; of several the least),
        ``weight`` (sum of the weights where values are known), ``weighed`` (pixels where both are known) and
        ``negative`` (pixels of negative weight in the windows read, shared out among zones).
    weights : Raster, optional
        Amounts per pixel, such as inhabitants, each split evenly over its pixel: every pixel counts by share × weight,
        and ``min`` and ``max`` are taken where the weight is above 0. Of another grid or system it is resampled,
        its totals kept. Negative weights count as none.
    index : ZoneIndex, optional
        Of the zones on the raster's grid, if it is there already (``zone_index(zones, grid_of(raster))``).
    engine : Engine, optional
        Where strips are read and reckoned.

    Returns
    -------
    dict of str to ndarray, shape (n_zones,)
        NaN where there is nothing to take a statistic of, ``count``, ``weight`` and ``weighed`` are 0 there; all are
        NaN where a part of the zone cannot be read. The same to the bit for any number of workers.
    """
    from smart_territoires_plugin.core.measures.zonal_values import modes, quantiles
    from smart_territoires_plugin.core.sources.resampling import same_cells
    from smart_territoires_plugin.core.sources.windows import grid_of

    if engine is None:
        with Engine() as own:
            options = {"q": q, "threshold": threshold, "index": index}
            return statistics(raster, zones, operations, weights, engine=own, **options)
    grid = grid_of(raster)
    if index is None:
        index = zone_index(zones, grid, engine=engine)
    alike = weights is None or same_cells(raster, grid, weights, grid_of(weights))
    parts = strips_of(raster, grid, index, weights, alike)
    wanted = frozenset(operations) - {"quantile", "mode"}
    tiny = index.cells < _TOUCHED * 1e6
    items = [_Item(strip, wanted, threshold, tiny[strip.zones]) for strip in parts]
    found = _merged(index.n_zones, items, engine.map(_sums, items), weights is not None)
    made = {name: found[name] for name in operations if name in found}
    there = ~found["unread"] & (found["mass"] > 0)
    if "quantile" in operations:
        made["quantile"] = quantiles(parts, index.n_zones, q, there, engine)
    if "mode" in operations:
        made["mode"] = modes(parts, index.n_zones, there, engine)
    return {name: np.where(found["unread"], np.nan, values) for name, values in made.items()}


@dataclass(frozen=True)
class _Item:
    strip: Strip
    wanted: frozenset
    threshold: float
    tiny: np.ndarray


def _sums(item: _Item) -> dict[str, np.ndarray]:
    """Return what can be put together from strips: sums, extremes, and squares about the strip's own mean."""
    n_zones, wanted = len(item.strip.zones), item.wanted
    made = {name: np.zeros(n_zones) for name in (*_ADDED, "mean", "squares")}
    made.update(min=np.full(n_zones, np.inf), max=np.full(n_zones, -np.inf), unread=np.zeros(n_zones, dtype=bool))
    for cells in read_cells(item.strip):
        weighted = cells.mass is not None
        count = _number(cells, cells.known, n_zones)
        made["count"] += count
        mass = total(cells, cells.mass, n_zones) if weighted else count
        values = cells.values
        mine = values * cells.mass if weighted else values
        summed = total(cells, mine, n_zones) if wanted & {"sum", "mean", "stdev"} else np.zeros(n_zones)
        if weighted and wanted & {"sum", "weighed"}:
            made["weighed"] += _number(cells, cells.weighed, n_zones)
        if "above" in wanted:
            over = (values > item.threshold) & (True if cells.known is None else cells.known)
            made["above"] += total(cells, over * cells.mass if weighted else over.astype(float), n_zones)
        if wanted & {"min", "max"}:
            there = cells.mass > 0 if weighted else cells.known
            _extremes(cells, there, item.tiny, wanted, made)
        if "stdev" in wanted:
            mean = summed / np.where(mass > 0, mass, 1.0)
            squares = _squares(cells, mean, n_zones)
            _add_squares(made, mass, mean, squares, slice(None))
        made["negative"] += cells.negative / n_zones
        made["mass"] += mass
        made["sum"] += summed
        if cells.unread is not None:
            made["unread"] |= total(cells, cells.unread.astype(float), n_zones) > 0
    return made


def _merged(n_zones: int, items: Sequence[_Item], found: Sequence[dict], weighted: bool) -> dict[str, np.ndarray]:
    whole = {name: np.zeros(n_zones) for name in (*_ADDED, "mean", "squares")}
    whole.update(min=np.full(n_zones, np.inf), max=np.full(n_zones, -np.inf), unread=np.zeros(n_zones, dtype=bool))
    for item, part in zip(items, found, strict=True):
        at = item.strip.zones
        _add_squares(whole, part["mass"], part["mean"], part["squares"], at)
        for name in _ADDED:
            whole[name][at] += part[name]
        whole["min"][at] = np.minimum(whole["min"][at], part["min"])
        whole["max"][at] = np.maximum(whole["max"][at], part["max"])
        whole["unread"][at] |= part["unread"]
    mass = np.where(whole["mass"] > 0, whole["mass"], np.nan)
    there = ~np.isnan(mass)
    whole["stdev"] = np.sqrt(whole["squares"] / mass)
    whole["mean"], whole["above"] = whole["sum"] / mass, whole["above"] / mass
    whole["sum"] = np.where(there if not weighted else whole["weighed"] > 0, whole["sum"], np.nan)
    for name in ("min", "max"):
        whole[name] = np.where(np.isfinite(whole[name]), whole[name], np.nan)
    whole["weight"] = whole["mass"]
    return whole


def total(cells: Cells, values: np.ndarray, n_zones: int) -> np.ndarray:
    """Return the sum over each zone of one value per cell (and one more at the end), by the share of the cell in it."""
    made = np.bincount(cells.fringe_zone, values[cells.fringe_at] * cells.fringe_share, n_zones)
    return made + np.bincount(cells.run_zone, _by_run(np.add, cells, values), n_zones)


def _by_run(reduction: np.ufunc, cells: Cells, values: np.ndarray) -> np.ndarray:
    if not cells.run_start.size:
        return np.zeros(0)
    bounds = np.empty(2 * cells.run_start.size, dtype=np.int64)
    bounds[::2], bounds[1::2] = cells.run_start, cells.run_stop
    return reduction.reduceat(values, bounds)[::2]


def _number(cells: Cells, which: Optional[np.ndarray], n_zones: int) -> np.ndarray:
    if which is not None:
        return total(cells, which.astype(float), n_zones)
    whole = np.bincount(cells.run_zone, cells.run_stop - cells.run_start, n_zones)
    return whole + np.bincount(cells.fringe_zone, cells.fringe_share, n_zones)


def _extremes(cells: Cells, there: Optional[np.ndarray], tiny: np.ndarray, wanted: frozenset, made: dict) -> None:
    """Take the least and largest values into account."""
    touched = (cells.fringe_share > _TOUCHED) | tiny[cells.fringe_zone]
    zone, at = cells.fringe_zone[touched], cells.fringe_at[touched]
    for name, reduction, none in (("min", np.minimum, np.inf), ("max", np.maximum, -np.inf)):
        if name in wanted:
            values = cells.values if there is None else np.where(there, cells.values, none)
            reduction.at(made[name], zone, values[at])
            reduction.at(made[name], cells.run_zone, _by_run(reduction, cells, values))


def _squares(cells: Cells, mean: np.ndarray, n_zones: int) -> np.ndarray:
    """Return the sum of squared distances from each zone's mean in the window."""
    zone, at, share = every_cell(cells)
    weight = share if cells.known is None else share * cells.known[at]
    weight = weight if cells.mass is None else weight * cells.mass[at]
    return np.bincount(zone, weight * (cells.values[at] - mean[zone]) ** 2, n_zones)


def every_cell(cells: Cells) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return zone, place and share of every cell of every zone in a window."""
    lengths = cells.run_stop - cells.run_start
    within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    zone = np.concatenate([np.repeat(cells.run_zone, lengths), cells.fringe_zone])
    at = np.concatenate([np.repeat(cells.run_start, lengths) + within, cells.fringe_at])
    return zone, at, np.concatenate([np.ones(len(within)), cells.fringe_share])


def _add_squares(whole: dict, mass: np.ndarray, mean: np.ndarray, squares: np.ndarray, at) -> None:
    """Put squares about two means together (Chan, Golub and LeVeque, 1979); before the masses are added."""
    before = whole["mass"][at]
    both = np.where(before + mass > 0, before + mass, 1.0)
    apart = mean - whole["mean"][at]
    whole["squares"][at] += squares + apart**2 * before * mass / both
    whole["mean"][at] += apart * mass / both
