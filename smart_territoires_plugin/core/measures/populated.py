"""Inhabitants of a part of each territory beside those of the whole: what exposure and proximity share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from smart_territoires_plugin.core.measures.inhabitants import Population, dwelt_in
from smart_territoires_plugin.core.measures.population_raster import inhabitants_of
from smart_territoires_plugin.core.sources import references
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.quality import QualityRecord
from smart_territoires_plugin.core.sources.rasters import Raster
from smart_territoires_plugin.core.sources.territories import Territories

PARTLY_COVERED = 0.999


@dataclass(frozen=True)
class Populated:
    """Inhabitants of parts of territories; arrays of one value per territory.

    Parameters
    ----------
    within, all : ndarray of float
        Inhabitants of the part and of the whole territory; NaN where they cannot be had.
    coverage : ndarray of float
        Share of the territory on which the population is known.
    reasons : ndarray of str
        Why they cannot be had.
    quality : tuple of QualityRecord
    """

    within: np.ndarray
    all: np.ndarray
    coverage: np.ndarray
    reasons: np.ndarray
    quality: tuple[QualityRecord, ...]


def populated(
    population: Population, identifier: str, part: np.ndarray, territories: Territories, sources: OpenedSources
) -> Populated:
    """Count the inhabitants of a part of each territory, and of the whole.

    Parameters
    ----------
    identifier : str
        The source of the population.
    part : ndarray of geometries, shape (n_territories,)
        In the study's system; None where the territory has no geometry.
    """
    there = ~shapely.is_missing(territories.geometry)
    reasons = np.where(there, "", "no_geometry").astype(object)
    if not isinstance(population, Raster):
        whole, within = dwelt_in(population, territories.geometry), dwelt_in(population, part)
        whole[~there], within[~there] = np.nan, np.nan
        return Populated(np.minimum(within, whole), whole, there.astype(float), reasons, population.quality)
    where = f"{identifier} ({sources.source(identifier).path.name})"
    zones = references.reproject(territories.geometry, sources.crs, population.crs, where)
    parts = references.reproject(part, sources.crs, population.crs, where)
    whole, known = inhabitants_of(population, zones, sources.engine)
    within, _ = inhabitants_of(population, parts, sources.engine)
    areas = np.nan_to_num(shapely.area(zones))
    coverage = np.zeros(len(territories))
    np.divide(known, areas, out=coverage, where=areas > 0)
    coverage = np.minimum(coverage, 1.0)
    reasons[there & (coverage == 0)] = "outside_raster"
    reasons[there & np.isnan(whole + within)] = "damaged_raster"
    whole, within = (np.where(reasons == "", values, np.nan) for values in (whole, within))
    quality = [*population.quality, *gaps(identifier, territories.codes, coverage, reasons)]
    if population.crs != sources.crs:
        quality.append(
            QualityRecord(identifier, "zones_reprojected", "R", int(there.sum()), references.name(population.crs))
        )
    return Populated(np.minimum(within, whole), whole, coverage, reasons, tuple(quality))


def gaps(identifier: str, codes: np.ndarray, coverage: np.ndarray, reasons: np.ndarray) -> list[QualityRecord]:
    """Return a record for each territory that a population raster does not cover, or not whole."""
    outside = [
        QualityRecord(identifier, reasons[i], "M", 1, "", codes[i])
        for i in np.flatnonzero((reasons != "") & (reasons != "no_geometry"))
    ]
    partly = (reasons == "") & (coverage < PARTLY_COVERED)
    return outside + [
        QualityRecord(identifier, "partly_covered", "W", 1, f"{100 * coverage[index]:.1f} %", codes[index])
        for index in np.flatnonzero(partly)
    ]
