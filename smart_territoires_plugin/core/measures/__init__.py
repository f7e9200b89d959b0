"""Measures: territory × source → number, one file per family; each kind is a function and a line in ``MEASURES``."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from smart_territoires_plugin.core.measures.counts import count, count_per_1000
from smart_territoires_plugin.core.measures.coverage import coverage_area, coverage_per_capita, coverage_share
from smart_territoires_plugin.core.measures.exposure import population_exposed, share_exposed
from smart_territoires_plugin.core.measures.fields import change, field, per_capita, ratio
from smart_territoires_plugin.core.measures.interpolation import interpolate
from smart_territoires_plugin.core.measures.lines import line_density, line_length
from smart_territoires_plugin.core.measures.measured import Measured
from smart_territoires_plugin.core.measures.proximity import distance_to_nearest, share_within
from smart_territoires_plugin.core.measures.register import register_activity
from smart_territoires_plugin.core.measures.sums import mean_of_field, sum_of_field
from smart_territoires_plugin.core.measures.zonal import (
    majority,
    share_above,
    zonal_max,
    zonal_mean,
    zonal_min,
    zonal_quantile,
    zonal_std,
    zonal_sum,
)
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.study import Measure

MEASURES = {
    "coverage_share": coverage_share,
    "coverage_area": coverage_area,
    "coverage_per_capita": coverage_per_capita,
    "zonal_mean": zonal_mean,
    "zonal_sum": zonal_sum,
    "zonal_min": zonal_min,
    "zonal_max": zonal_max,
    "zonal_std": zonal_std,
    "zonal_quantile": zonal_quantile,
    "share_above": share_above,
    "majority": majority,
    "line_length": line_length,
    "line_density": line_density,
    "count": count,
    "count_per_1000": count_per_1000,
    "sum": sum_of_field,
    "mean": mean_of_field,
    "distance_to_nearest": distance_to_nearest,
    "share_within": share_within,
    "population_exposed": population_exposed,
    "share_exposed": share_exposed,
    "interpolate": interpolate,
    "field": field,
    "ratio": ratio,
    "per_capita": per_capita,
    "change": change,
    "register_activity": register_activity,
}


def measure(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Compute one measure on every territory.

    Parameters
    ----------
    asked : Measure
        The kind, its source and its parameters.

    Returns
    -------
    Measured
        One value per territory, NaN with its reason where it cannot be had; never infinite.

    Raises
    ------
    SmartTerritoiresError
        If the source cannot serve the measure.
    """
    made = MEASURES[asked.kind](asked, territories, sources)
    infinite = np.isinf(made.values)
    flags, reasons = np.where(infinite, "missing", made.flags), np.where(infinite, "not_finite", made.reasons)
    if asked.spec.needs_population:
        carried = (flags == "") & (territories.population_flags != "")
        flags, reasons = np.where(carried, "repaired", flags), np.where(carried, "population_carried", reasons)
    values = np.where(infinite, np.nan, made.values)
    return replace(made, values=values, flags=flags.astype(object), reasons=reasons.astype(object))


__all__ = ["MEASURES", "Measured", "measure"]
