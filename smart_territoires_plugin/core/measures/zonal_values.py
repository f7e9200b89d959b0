"""Quantiles and modes of a raster over zones: what needs the values one by one, and not their sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from smart_territoires_plugin.core.engine import Engine
from smart_territoires_plugin.core.measures.zone_windows import Cells, Strip, read_cells

_BINS = 4096
_GATHERED = 2_000_000
_ROUNDING = 1e-12
_LEAST, _MOST = np.uint64(0), np.uint64(2**64 - 1)


@dataclass(frozen=True)
class _Item:
    """A strip, and for each of its zones the keys between which its quantile lies (both included)."""

    strip: Strip
    low: np.ndarray
    high: np.ndarray
    gather: bool


def quantiles(strips: Sequence[Strip], n_zones: int, q: float, there: np.ndarray, engine: Engine) -> np.ndarray:
    """Return for each zone the least value up to which lies at least the share ``q`` of it (or of its weights).

    This is the inverse of the distribution function (definition 1 of Hyndman and Fan, 1996): it does not change when
    pixels are split. The raster is read a few times, and each time the quantile is looked for between narrower
    limits, so that memory stays bounded whatever the zones' size.

    Parameters
    ----------
    there : ndarray of bool, shape (n_zones,)
        Zones that have a quantile; NaN elsewhere.
    """
    low, high = np.full(n_zones, _MOST), np.full(n_zones, _LEAST)
    reached, whole = np.zeros(n_zones), np.zeros(n_zones)
    left = np.zeros(n_zones, dtype=np.int64)
    for strip, part in zip(strips, engine.map(_limits, strips), strict=True):
        low[strip.zones] = np.minimum(low[strip.zones], part["low"])
        high[strip.zones] = np.maximum(high[strip.zones], part["high"])
        left[strip.zones] += part["cells"]
        whole[strip.zones] += part["mass"]
    aim = q * whole * (1 - _ROUNDING)
    open_ = there & (low < high)
    while left[open_].sum() > _GATHERED:
        items = [_Item(strip, low[strip.zones], high[strip.zones], False) for strip in _with(strips, open_)]
        mass = np.zeros((n_zones, _BINS))
        cells = np.zeros((n_zones, _BINS), dtype=np.int64)
        for item, part in zip(items, engine.map(_histogram, items), strict=True):
            mass[item.strip.zones] += part["mass"]
            cells[item.strip.zones] += part["cells"]
        upto = reached[:, None] + np.cumsum(mass, axis=1)
        enough = (upto >= aim[:, None]) & (upto > 0)
        # Rounding may leave the last cells a hair short of the whole.
        last = _BINS - 1 - np.argmax(mass[:, ::-1] > 0, axis=1)
        chosen = np.where(enough.any(axis=1), np.argmax(enough, axis=1), last)
        rows = np.arange(n_zones)
        step = _step(low, high)
        reached = np.where(open_, upto[rows, chosen] - mass[rows, chosen], reached)
        left = np.where(open_, cells[rows, chosen], left)
        bottom = low + chosen.astype(np.uint64) * step
        high = np.where(open_, np.minimum(high, bottom + (step - np.uint64(1))), high)
        low = np.where(open_, bottom, low)
        open_ &= low < high
    items = [_Item(strip, low[strip.zones], high[strip.zones], True) for strip in _with(strips, open_)]
    parts = [
        (item.strip.zones[part["zone"]], part["key"], part["mass"])
        for item, part in zip(items, engine.map(_gathered, items), strict=True)
    ]
    if parts:
        zone, key, mass = (np.concatenate(column) for column in zip(*parts, strict=True))
        kept = open_[zone]
        _settle(low, open_, zone[kept], key[kept], mass[kept], reached, aim)
    return np.where(there, _value_of(low), np.nan)


def _settle(low, open_, zone, key, mass, reached, aim) -> None:
    """Put each open zone's quantile into ``low``, from all its cells that are left."""
    order = np.lexsort((mass, key, zone))
    zone, key, mass = zone[order], key[order], mass[order]
    bounds = np.searchsorted(zone, np.flatnonzero(open_), side="left")
    ends = np.searchsorted(zone, np.flatnonzero(open_), side="right")
    for which, start, end in zip(np.flatnonzero(open_), bounds, ends, strict=True):
        upto = reached[which] + np.cumsum(mass[start:end])
        enough = np.flatnonzero((upto >= aim[which]) & (upto > 0))
        low[which] = key[start + enough[0]] if enough.size else key[end - 1]


def _with(strips: Sequence[Strip], chosen: np.ndarray) -> list[Strip]:
    return [strip for strip in strips if chosen[strip.zones].any()]


def _step(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    return (high - low) // np.uint64(_BINS) + np.uint64(1)


def _key_of(values: np.ndarray) -> np.ndarray:
    """Return whole numbers that sort as the values do."""
    bits = (values + 0.0).view(np.uint64)
    return np.where(bits >> np.uint64(63), ~bits, bits | np.uint64(1 << 63))


def _value_of(key: np.ndarray) -> np.ndarray:
    return np.where(key >> np.uint64(63), key & np.uint64((1 << 63) - 1), ~key).view(np.float64)


def _weighed_cells(cells: Cells, low=None, high=None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return zone, value key and mass of the cells that weigh something, between keys where they are given."""
    from smart_territoires_plugin.core.measures.zonal_statistics import every_cell

    zone, at, mass = every_cell(cells)
    if cells.known is not None:
        mass = mass * cells.known[at]
    if cells.mass is not None:
        mass = mass * cells.mass[at]
    key = _key_of(cells.values)[at]
    kept = mass > 0
    if low is not None:
        kept &= (key >= low[zone]) & (key <= high[zone])
    return zone[kept], key[kept], mass[kept]


def _limits(strip: Strip) -> dict[str, np.ndarray]:
    n_zones = len(strip.zones)
    low, high = np.full(n_zones, _MOST), np.full(n_zones, _LEAST)
    number, whole = np.zeros(n_zones, dtype=np.int64), np.zeros(n_zones)
    for cells in read_cells(strip):
        zone, key, mass = _weighed_cells(cells)
        number += np.bincount(zone, minlength=n_zones)
        whole += np.bincount(zone, mass, n_zones)
        np.minimum.at(low, zone, key)
        np.maximum.at(high, zone, key)
    return {"low": low, "high": high, "cells": number, "mass": whole}


def _histogram(item: _Item) -> dict[str, np.ndarray]:
    n_zones = len(item.strip.zones)
    mass_in, cells_in = np.zeros(n_zones * _BINS), np.zeros(n_zones * _BINS, dtype=np.int64)
    step = _step(item.low, item.high)
    for cells in read_cells(item.strip):
        zone, key, mass = _weighed_cells(cells, item.low, item.high)
        place = zone * _BINS + ((key - item.low[zone]) // step[zone]).astype(np.int64)
        mass_in += np.bincount(place, mass, n_zones * _BINS)
        cells_in += np.bincount(place, minlength=n_zones * _BINS)
    return {"mass": mass_in.reshape(n_zones, _BINS), "cells": cells_in.reshape(n_zones, _BINS)}


def _gathered(item: _Item) -> dict[str, np.ndarray]:
    parts = [_weighed_cells(cells, item.low, item.high) for cells in read_cells(item.strip)]
    names = ("zone", "key", "mass")
    return {name: np.concatenate(column) for name, column in zip(names, zip(*parts, strict=True), strict=True)}


def modes(strips: Sequence[Strip], n_zones: int, there: np.ndarray, engine: Engine) -> np.ndarray:
    """Return for each zone the value of its largest part (or of the most weight); of several the least one.

    Parts count as equal within the rounding of their sums. Memory grows with the number of different values in each
    zone, which classes keep small.

    Parameters
    ----------
    there : ndarray of bool, shape (n_zones,)
        Zones that have a mode; NaN elsewhere.
    """
    found = [
        (strip.zones[part["zone"]], part["key"], part["mass"])
        for strip, part in zip(strips, engine.map(_by_value, strips), strict=True)
    ]
    made = np.full(n_zones, np.nan)
    if not found:
        return made
    zone, key, mass = _summed(*(np.concatenate(column) for column in zip(*found, strict=True)))
    largest = np.zeros(n_zones)
    np.maximum.at(largest, zone, mass)
    first = mass >= largest[zone] * (1 - _ROUNDING)
    # Sorted by zone, then value: the first of each zone is its least.
    zone, key = zone[first], key[first]
    starts = np.flatnonzero(np.concatenate([[True], zone[1:] != zone[:-1]])) if zone.size else np.zeros(0, dtype=int)
    made[zone[starts]] = _value_of(key[starts])
    return np.where(there, made, np.nan)


def _by_value(strip: Strip) -> dict[str, np.ndarray]:
    parts = [_summed(*_weighed_cells(cells)) for cells in read_cells(strip)]
    zone, key, mass = _summed(*(np.concatenate(column) for column in zip(*parts, strict=True)))
    return {"zone": zone, "key": key, "mass": mass}


def _summed(zone: np.ndarray, key: np.ndarray, mass: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the mass of each value in each zone, sorted by zone, then value."""
    if not zone.size:
        return zone, key, mass
    classes, number = np.unique(key, return_inverse=True)
    place = zone.astype(np.int64) * len(classes) + number
    if len(classes) * (int(zone.max()) + 1) <= 4 * zone.size:
        sums = np.bincount(place, mass)
        there = np.flatnonzero(np.bincount(place))
        return there // len(classes), classes[there % len(classes)], sums[there]
    order = np.argsort(place, kind="stable")
    place, mass = place[order], mass[order]
    starts = np.flatnonzero(np.concatenate([[True], place[1:] != place[:-1]]))
    return place[starts] // len(classes), classes[place[starts] % len(classes)], np.add.reduceat(mass, starts)
