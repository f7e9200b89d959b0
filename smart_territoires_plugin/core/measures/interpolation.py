"""Interpolation: a field of another zoning brought onto the territories, by area or by what a raster holds there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np
import pandas as pd
import shapely

from smart_territoires_plugin.core.measures.intersections import Intersections, intersections, pieces_of
from smart_territoires_plugin.core.measures.measured import Measured, measured
from smart_territoires_plugin.core.measures.population_raster import inhabitants_of
from smart_territoires_plugin.core.measures.territory_windows import Window, windows_of
from smart_territoires_plugin.core.sources import geometries, references
from smart_territoires_plugin.core.sources.blocks import Blocks, blocks, is_of_numbers
from smart_territoires_plugin.core.sources.fields import resolve_fields
from smart_territoires_plugin.core.sources.numbers import numbers_of
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.quality import QualityRecord, merged, record
from smart_territoires_plugin.core.sources.rasters import Raster
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.sources.vectors import describe
from smart_territoires_plugin.core.study import Measure

# A zone that shares less of a territory touches it by the roughness of two drawings of one border.
MATERIAL_SHARE = 1e-6
PARTLY_COVERED = 0.999
OVERLAP_M2 = 1.0
_CONSERVED = 1e-9


def interpolate(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return a field of another zoning on the territories, in the field's unit; ``nature`` says how.

    An ``extensive`` value (a total) of a zone is shared among the territories by area, or, with ``on``, by what a
    raster holds in each piece (dasymetric, for example by inhabitants); what lies outside every territory stays
    there and is told, so that totals are conserved. Where a zone without a value covers some of a territory, the
    total is missing. An ``intensive`` value (a rate) is the mean over the territory, weighted likewise, of the zones
    that have one; ``coverage`` is the share of the territory that they cover. A territory that no zone covers has no
    value. Where the raster holds nothing in a zone (extensive) or a territory (intensive), area stands in and is told.

    Notes
    -----
    Area weighting after Goodchild and Lam (1980), dasymetric after Wright (1936); both suppose that the value is
    spread evenly over the zone, or in proportion to the raster.
    """
    source, field = sources.filtered(asked.source, asked.where), asked.parameters["field"]
    info = describe(source)
    actual, _ = resolve_fields(f"{asked.source} ({source.path.name})", [field], info["fields"])
    cut = blocks(source, info, sources.crs, [field]) if is_of_numbers(info, actual[field]) else None
    raster = sources.raster(asked.parameters["on"], None) if "on" in asked.parameters else None
    if cut is None:
        zoning = _zoning(asked, territories, sources)
        zones = _ZonesTold()
        values, reasons, coverage, carried, quality = _interpolated(asked, territories, sources, zoning, zones, raster)
        told = [*quality, *zones.records(asked.source), *(raster.quality if raster else ())]
        return measured(values, reasons, coverage, carried, quality=told)
    return _by_window(asked, territories, sources, info, cut, raster)


def _by_window(
    asked: Measure,
    territories: Territories,
    sources: OpenedSources,
    info: dict,
    cut: Blocks,
    raster: Optional[Raster],
) -> Measured:
    """Interpolate a few territories at a time, each with the zones that meet them: zones are never held whole."""
    size = len(territories)
    values, coverage = np.full(size, np.nan), np.zeros(size)
    reasons = np.where(shapely.is_missing(territories.geometry), "no_geometry", "").astype(object)
    carried = np.full(size, "", dtype=object)
    zones = _ZonesTold()
    quality: list[QualityRecord] = [*cut.quality]
    for window in windows_of(territories.geometry, cut):
        own = territories.some(window.own)
        zoning = _zoning(asked, own, sources, info, window)
        found = _interpolated(asked, own, sources, zoning, zones, raster)
        values[window.own], reasons[window.own], coverage[window.own], carried[window.own] = found[:4]
        quality += found[4]
    if (reasons == "outside_zones").sum() == (reasons != "no_geometry").sum():
        quality += record(asked.source, "covers_no_territory", "W", [sources.source(asked.source).path.name])
    told = [*merged(quality), *zones.records(asked.source), *(raster.quality if raster else ())]
    return measured(values, reasons, coverage, carried, quality=told)


def _interpolated(
    asked: Measure,
    territories: Territories,
    sources: OpenedSources,
    zoning: _Zoning,
    zones: _ZonesTold,
    raster: Optional[Raster],
):
    """Return value, reason, coverage and mark of repair of each territory, and what is recorded of them."""
    pairs, quality = zoning.pairs, list(zoning.quality)
    areas_m2 = territories.areas_m2
    weights = pairs.areas_m2
    zone_areas_m2 = shapely.area(zoning.zones)
    whole = zone_areas_m2
    if raster is not None:
        weights, beyond, further = _masses(asked.parameters["on"], raster, territories, zoning, sources)
        whole = np.bincount(pairs.zone, weights, len(zone_areas_m2)) + beyond
        quality += further
    size = len(territories)
    known = ~np.isnan(zoning.values)[pairs.zone]
    covered = np.bincount(pairs.territory[known], pairs.areas_m2[known], size)
    coverage = np.zeros(size)
    np.divide(covered, areas_m2, out=coverage, where=areas_m2 > 0)
    unknown = _unknown(pairs, zoning, areas_m2)
    reasons = np.where(shapely.is_missing(territories.geometry), "no_geometry", "").astype(object)
    if asked.nature == "extensive":
        empty = ~(whole > 0)
        weights = np.where(empty[pairs.zone], pairs.areas_m2, weights)
        whole = np.where(empty, zone_areas_m2, whole)
        shares = weights / whole[pairs.zone]
        values = np.bincount(pairs.territory[known], (zoning.values[pairs.zone] * shares)[known], size)
        reasons = np.where(reasons == "", unknown, reasons)
        zones.take(zoning, shares, empty)
    else:
        held = np.bincount(pairs.territory[known], weights[known], size)
        empty = (covered > 0) & ~(held > 0)
        weights = np.where(empty[pairs.territory], pairs.areas_m2, weights)
        held = np.where(empty, covered, held)
        sums = np.bincount(pairs.territory[known], (zoning.values[pairs.zone] * weights)[known], size)
        values = np.full(size, np.nan)
        np.divide(sums, held, out=values, where=held > 0)
        reasons = np.where((reasons == "") & (coverage <= MATERIAL_SHARE), unknown, reasons)
        quality += record(asked.source, "area_instead_of_raster", "W", territories.codes[empty])
    nothing = (reasons == "") & (coverage <= MATERIAL_SHARE)
    reasons = np.where(nothing, "outside_zones", reasons)
    coverage = np.minimum(coverage, 1.0)
    quality += _gaps(asked.source, territories.codes, coverage, reasons)
    quality += _overlaps(asked.source, territories.codes, pairs.doubled_m2)
    values = np.where(reasons == "", values, np.nan)
    coverage = np.where(np.isnan(values), 0.0, coverage)
    return values, reasons, coverage, _repaired(zoning, size), quality


@dataclass(frozen=True)
class _Zoning:
    """The other zoning: distinct zones with their values, and how they lie on the territories.

    ``labels`` tells zones apart that several windows see; ``told`` says which are recorded with these territories.
    """

    zones: np.ndarray
    values: np.ndarray
    reasons: np.ndarray
    repaired: np.ndarray
    pairs: Intersections
    labels: np.ndarray
    told: np.ndarray
    quality: tuple[QualityRecord, ...]


def _zoning(
    asked: Measure,
    territories: Territories,
    sources: OpenedSources,
    info: Optional[dict] = None,
    window: Optional[Window] = None,
) -> _Zoning:
    source, field = sources.source(asked.source), asked.parameters["field"]
    if window is None:
        there = ~shapely.is_missing(territories.geometry)
        bounds = tuple(shapely.total_bounds(territories.geometry[there])) if there.any() else None
        layer = sources.vector(asked.source, asked.where, bounds=bounds, columns=[field])
        told = np.ones(len(layer.geometry), dtype=bool)
        zones, parts = geometries.polygon_parts(layer.geometry, source, asked.kind)
    else:
        layer = sources.vector(
            asked.source, asked.where, bounds=window.inside, columns=[field], info=info, begins_in=window.reach
        )
        told = layer.told
        zones, parts = geometries.polygon_parts(layer.geometry, source, asked.kind, told)
    written = layer.attributes[field]
    repeated = pd.DataFrame({"place": shapely.to_wkb(zones), "value": written.astype("string")}).duplicated()
    repeated = repeated.to_numpy(dtype=bool)
    kept = ~repeated & (shapely.area(zones) > 0)
    numbers, _ = numbers_of(source, field, written[kept])
    _, records = numbers_of(source, field, written[kept & told])
    # What is kept of a window is of its zones, in their order.
    key = f"{asked.where} {field}" if window is None else f"{asked.where} {field} {window.inside}"
    pairs = intersections(territories.geometry, zones[kept], sources, asked.source, key)
    doubled = record(asked.source, "duplicated_features", "R", np.flatnonzero(repeated & told))
    quality = [*layer.quality, *parts, *doubled]
    if window is not None:
        # One window without zones is no layer that has none.
        quality = [item for item in quality if item.check != "covers_no_territory"]
    elif pairs.zone.size == 0 and not any(item.check == "covers_no_territory" for item in quality):
        quality += record(asked.source, "covers_no_territory", "W", [source.path.name])
    said = (*quality, *records)
    return _Zoning(
        zones[kept], numbers.values, numbers.reasons, layer.repaired[kept], pairs, layer.labels[kept], told[kept], said
    )


def _masses(identifier: str, raster: Raster, territories: Territories, zoning: _Zoning, sources: OpenedSources):
    """Return what a raster holds in each pair, and in what of each zone lies outside every territory."""
    pairs, zones = zoning.pairs, zoning.zones
    pieces = pieces_of(territories.geometry, zones, pairs)
    inside_m2 = np.bincount(pairs.zone, pairs.areas_m2, len(zones))
    across = np.flatnonzero((inside_m2 > 0) & (inside_m2 < (1 - _CONSERVED) * shapely.area(zones)))
    beyond = np.full(len(zones), None, dtype=object)
    for zone in across:
        near = pairs.territory[pairs.zone == zone]
        beyond[zone] = shapely.difference(zones[zone], shapely.union_all(territories.geometry[near]))
    where = f"{identifier} ({sources.source(identifier).path.name})"
    asked = references.reproject(np.concatenate([pieces, beyond]), sources.crs, raster.crs, where)
    masses, _ = inhabitants_of(raster, asked, sources.engine)
    quality = []
    if raster.crs != sources.crs:
        quality.append(QualityRecord(identifier, "zones_reprojected", "R", len(pieces), references.name(raster.crs)))
    # Where the raster cannot be read nothing is known of its shares, and area stands in.
    masses = np.nan_to_num(masses)
    return masses[: len(pieces)], masses[len(pieces) :], quality


def _unknown(pairs: Intersections, zoning: _Zoning, areas_m2: np.ndarray) -> np.ndarray:
    """Return why a zone that covers some of each territory has no value; empty where all have one."""
    found = np.full(len(areas_m2), "", dtype=object)
    material = np.isnan(zoning.values)[pairs.zone] & (pairs.areas_m2 > MATERIAL_SHARE * areas_m2[pairs.territory])
    first = pd.Series(zoning.reasons[pairs.zone[material]]).groupby(pairs.territory[material]).first()
    found[first.index.to_numpy(dtype=int)] = first.to_numpy(dtype=object)
    return found


class _ZonesTold:
    """What is recorded of zones, whichever windows see them: what lies outside, and where area stands in."""

    def __init__(self) -> None:
        self._whole = 0.0
        self._across: dict = {}
        self._empty: dict = {}

    def take(self, zoning: _Zoning, shares: np.ndarray, empty: np.ndarray) -> None:
        """Add the shares of zones that some territories have, and which zones are empty on the raster."""
        inside = np.bincount(zoning.pairs.zone, shares, len(zoning.values))
        self._empty.update(dict.fromkeys(zoning.labels[empty & (inside > 0)]))
        known = (inside > 0) & ~np.isnan(zoning.values)
        whole = known & (inside >= 1 - _CONSERVED)
        self._whole += zoning.values[whole].sum()
        for zone in np.flatnonzero(known & ~whole):
            label = zoning.labels[zone]
            value, held = self._across.get(label, (zoning.values[zone], 0.0))
            self._across[label] = (value, held + inside[zone])

    def records(self, source: str) -> list[QualityRecord]:
        """Return what was found in the end."""
        empty = record(source, "area_instead_of_raster", "W", list(self._empty))
        values, held = np.array(list(self._across.values()), dtype=float).reshape(-1, 2).T
        left = np.maximum(0.0, 1 - held)
        across = left > _CONSERVED
        if not across.any():
            return empty
        amount, total = (values * left)[across].sum(), self._whole + values.sum()
        example = f"{amount:.6g} / {total:.6g}"
        return [QualityRecord(source, "interpolated_outside", "W", int(across.sum()), example), *empty]


def _gaps(source: str, codes: np.ndarray, coverage: np.ndarray, reasons: np.ndarray) -> list[QualityRecord]:
    none = [QualityRecord(source, "outside_zones", "M", 1, "", code) for code in codes[reasons == "outside_zones"]]
    partly = np.flatnonzero((reasons == "") & (coverage < PARTLY_COVERED))
    return none + [
        QualityRecord(source, "zones_cover_in_part", "W", 1, f"{100 * coverage[index]:.1f} %", codes[index])
        for index in partly
    ]


def _overlaps(source: str, codes: np.ndarray, doubled_m2: np.ndarray) -> list[QualityRecord]:
    some = doubled_m2 > OVERLAP_M2
    found = [f"{code} {area_m2:.0f} m²" for code, area_m2 in zip(codes[some], doubled_m2[some], strict=True)]
    return record(source, "source_zones_overlap", "W", found)


def _repaired(zoning: _Zoning, size: int) -> np.ndarray:
    carried = np.full(size, "", dtype=object)
    carried[zoning.pairs.territory[zoning.repaired[zoning.pairs.zone]]] = "geometry_repaired"
    return carried
