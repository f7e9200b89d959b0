"""Zonal measures: what a raster says of each territory; a pixel counts by the share of it that lies in the territory.

Each takes a ``band`` and, with ``weights``, a raster of amounts such as inhabitants: every part of a territory then
counts by the weights that lie on it (Σ value · weight · share / Σ weight · share for the mean), which says what the
inhabitants meet rather than the ground. Pixels without data are left out; ``coverage`` is the share of the territory
that lies on pixels with data, a territory that has none has no value, and one of which a part cannot be read neither.
Where no weight is known, or all are 0, every part counts alike, and the value is flagged ``unweighted``.
"""

from __future__ import annotations

import unicodedata

import numpy as np
import shapely

from smart_territoires_plugin.core.measures.measured import Measured, measured
from smart_territoires_plugin.core.measures.territory_index import index_of
from smart_territoires_plugin.core.measures.zonal_statistics import statistics
from smart_territoires_plugin.core.sources import references
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.quality import QualityRecord, record
from smart_territoires_plugin.core.sources.rasters import Raster
from smart_territoires_plugin.core.sources.resampling import same_cells
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.sources.windows import grid_of
from smart_territoires_plugin.core.study import Measure
from smart_territoires_plugin.core.study.specification import DECLARED

PARTLY_COVERED = 0.999
_ARITHMETIC = ("zonal_mean", "zonal_sum", "zonal_std", "zonal_quantile")


def zonal_mean(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return the mean of a raster over each territory, in the raster's unit (intensive); weighted if asked."""
    return _zonal(asked, territories, sources, "mean")


def zonal_sum(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return the sum of a raster's pixels, each split evenly, in the raster's unit (extensive).

    With weights the sum of value · weight; 0 where all weights are 0, and missing where none is known.
    """
    return _zonal(asked, territories, sources, "sum")


def zonal_min(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return the least value in each territory (intensive); with weights, where they are above 0."""
    return _zonal(asked, territories, sources, "min")


def zonal_max(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return the largest value in each territory (intensive); with weights, where they are above 0."""
    return _zonal(asked, territories, sources, "max")


def zonal_std(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return the standard deviation over each territory, of the whole and not of a sample (intensive)."""
    return _zonal(asked, territories, sources, "stdev")


def zonal_quantile(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return the least value up to which lies at least the share ``q`` of a territory, or of its weights (intensive).

    The inverse of the distribution function (definition 1 of Hyndman and Fan, 1996): always a value of the raster, and
    the same however finely pixels are cut.
    """
    return _zonal(asked, territories, sources, "quantile")


def share_above(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return the share of each territory, or of its weights, strictly above ``threshold``, 0–100 % (intensive).

    It is a share of the part on which the raster has data.
    """
    return _zonal(asked, territories, sources, "above", 100.0)


def majority(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return the class with the largest area, or the most weight, in each territory; of equal ones the smallest."""
    return _zonal(asked, territories, sources, "mode")


def _zonal(
    asked: Measure, territories: Territories, sources: OpenedSources, operation: str, factor: float = 1.0
) -> Measured:
    raster = sources.raster(asked.source, asked.parameters.get("band"))
    weighing = asked.parameters.get("weights")
    weights = sources.raster(weighing, None) if weighing else None
    index = index_of(territories.geometry, sources, raster, asked.source)
    options = {"q": asked.parameters.get("q", 0.5), "threshold": asked.parameters.get("threshold", 0.0)}
    operations = [operation, "count", *(["weight", "negative"] if weights else [])]
    operations += ["weighed"] if weights and operation == "sum" else []
    found = statistics(raster, None, operations, weights, index=index, engine=sources.engine, **options)
    values, count = found[operation], found["count"]
    size = len(territories)
    carried = np.full(size, "", dtype=object)
    reasons = np.full(size, "outside_raster", dtype=object)
    reasons[shapely.is_missing(territories.geometry)] = "no_geometry"
    reasons[np.isnan(count)] = "damaged_raster"
    quality = [*raster.quality, *(weights.quality if weights else ()), *_doubts(asked, sources, raster)]
    if weights:
        if operation == "sum":
            reasons[(count > 0) & (found["weighed"] == 0)] = "outside_weights"
        else:
            alike = (count > 0) & ~(found["weight"] > 0)
            if alike.any():
                plain = statistics(raster, None, [operation], index=index.of(alike), engine=sources.engine, **options)
                values[alike], carried[alike] = plain[operation], "unweighted"
        quality += _of_weights(weighing, weights, raster, found, territories.codes[carried != ""])
    values = values * factor
    coverage = np.zeros(size)
    np.divide(np.nan_to_num(count), index.sizes, out=coverage, where=index.sizes > 0)
    if raster.crs != sources.crs:
        number = int((~shapely.is_missing(territories.geometry)).sum())
        quality.append(QualityRecord(asked.source, "zones_reprojected", "R", number, references.name(raster.crs)))
    quality += _gaps(asked.source, territories.codes, values, coverage, reasons)
    return measured(values, reasons, np.where(np.isnan(values), 0, coverage), carried, quality=quality)


def _of_weights(
    identifier: str, weights: Raster, raster: Raster, found: dict, unweighted: np.ndarray
) -> list[QualityRecord]:
    quality = record(identifier, "unweighted", "R", unweighted)
    if not same_cells(raster, grid_of(raster), weights, grid_of(weights)):
        quality += record(identifier, "weights_resampled", "R", [references.name(weights.crs)])
    negative = int(np.nansum(found["negative"]))
    if negative:
        quality.append(QualityRecord(identifier, "negative_weights", "W", negative))
    return quality


def _doubts(asked: Measure, sources: OpenedSources, raster: Raster) -> list[QualityRecord]:
    """Tell a raster that does not suit the measure, or whose unit is not the indicator's."""
    quality = []
    name = sources.source(asked.source).path.name
    if raster.content == "classes" and asked.kind in _ARITHMETIC:
        quality += record(asked.source, "raster_of_classes", "W", [name])
    if raster.content == "amounts" and asked.kind == "majority":
        quality += record(asked.source, "raster_of_amounts", "W", [name])
    declared = next((item.unit for item in sources.study.indicators if item.measure == asked), "")
    if asked.spec.unit == DECLARED and raster.unit and declared and _plain(raster.unit) != _plain(declared):
        quality += record(asked.source, "unit_differs", "W", [f"{raster.unit} ≠ {declared}"])
    return quality


def _plain(unit: str) -> str:
    """Return a unit without what writings of the same differ by."""
    folded = unicodedata.normalize("NFKC", unit).casefold().replace("μ", "u")
    return "".join(letter for letter in folded if letter.isalnum() or letter in "/%°-")


def _gaps(
    source: str, codes: np.ndarray, values: np.ndarray, coverage: np.ndarray, reasons: np.ndarray
) -> list[QualityRecord]:
    told = np.isnan(values) & (reasons != "no_geometry")
    outside = [QualityRecord(source, reasons[i], "M", 1, "", codes[i]) for i in np.flatnonzero(told)]
    partly = (~np.isnan(values)) & (coverage < PARTLY_COVERED)
    return outside + [
        QualityRecord(source, "partly_covered", "W", 1, f"{100 * coverage[index]:.1f} %", codes[index])
        for index in np.flatnonzero(partly)
    ]
