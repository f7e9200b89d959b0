"""Interpolation: a field of another zoning brought onto the territories, by area or by what a raster holds there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from smart_territoires_plugin.core.measures.intersections import Intersections, intersections, pieces_of
from smart_territoires_plugin.core.measures.measured import Measured, measured
from smart_territoires_plugin.core.measures.population_raster import inhabitants_of
from smart_territoires_plugin.core.sources import geometries, references
from smart_territoires_plugin.core.sources.numbers import numbers_of
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.quality import QualityRecord, record
from smart_territoires_plugin.core.sources.territories import Territories
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
    zoning = _zoning(asked, territories, sources)
    pairs, quality = zoning.pairs, list(zoning.quality)
    areas_m2 = territories.areas_m2
    weights = pairs.areas_m2
    zone_areas_m2 = shapely.area(zoning.zones)
    whole = zone_areas_m2
    if "on" in asked.parameters:
        weights, outside, further = _masses(asked.parameters["on"], territories, zoning, sources)
        whole = np.bincount(pairs.zone, weights, len(zone_areas_m2)) + outside
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
        quality += _outside(asked.source, zoning, pairs, shares)
        quality += record(asked.source, "area_instead_of_raster", "W", np.flatnonzero(empty))
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
    return measured(values, reasons, coverage, _repaired(zoning, size), quality=quality)


@dataclass(frozen=True)
class _Zoning:
    """The other zoning: distinct zones with their values, and how they lie on the territories."""

    zones: np.ndarray
    values: np.ndarray
    reasons: np.ndarray
    repaired: np.ndarray
    pairs: Intersections
    quality: tuple[QualityRecord, ...]


def _zoning(asked: Measure, territories: Territories, sources: OpenedSources) -> _Zoning:
    there = ~shapely.is_missing(territories.geometry)
    bounds = tuple(shapely.total_bounds(territories.geometry[there])) if there.any() else None
    source, field = sources.source(asked.source), asked.parameters["field"]
    layer = sources.vector(asked.source, asked.where, bounds=bounds, columns=[field])
    zones, parts = geometries.polygon_parts(layer.geometry, source, asked.kind)
    written = layer.attributes[field]
    repeated = pd.DataFrame({"place": shapely.to_wkb(zones), "value": written.astype("string")}).duplicated()
    repeated = repeated.to_numpy(dtype=bool)
    kept = ~repeated & (shapely.area(zones) > 0)
    numbers, records = numbers_of(source, field, written[kept])
    pairs = intersections(territories.geometry, zones[kept], sources, asked.source, f"{asked.where} {field}")
    quality = [*layer.quality, *parts, *record(asked.source, "duplicated_features", "R", np.flatnonzero(repeated))]
    if pairs.zone.size == 0 and not any(item.check == "covers_no_territory" for item in quality):
        quality += record(asked.source, "covers_no_territory", "W", [source.path.name])
    told = (*quality, *records)
    return _Zoning(zones[kept], numbers.values, numbers.reasons, layer.repaired[kept], pairs, told)


def _masses(identifier: str, territories: Territories, zoning: _Zoning, sources: OpenedSources):
    """Return what a raster holds in each pair, and in what of each zone lies outside every territory."""
    raster, pairs, zones = sources.raster(identifier, None), zoning.pairs, zoning.zones
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
    quality = list(raster.quality)
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


def _outside(source: str, zoning: _Zoning, pairs: Intersections, shares: np.ndarray) -> list[QualityRecord]:
    """Record how much of the zones' totals lies outside every territory."""
    inside = np.bincount(pairs.zone, shares, len(zoning.values))
    left = np.maximum(0.0, 1 - inside)
    across = (inside > 0) & (left > _CONSERVED) & ~np.isnan(zoning.values)
    if not across.any():
        return []
    amount = (zoning.values * left)[across].sum()
    total = np.nansum(zoning.values[inside > 0])
    return [QualityRecord(source, "interpolated_outside", "W", int(across.sum()), f"{amount:.6g} / {total:.6g}")]


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
