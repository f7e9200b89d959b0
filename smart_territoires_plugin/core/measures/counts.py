"""Counts: how many features of a layer lie in each territory, or how many rows of a keyed table speak of it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

from smart_territoires_plugin.core.measures.measured import Measured, measured, per_inhabitant
from smart_territoires_plugin.core.sources import keyed
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.quality import QualityRecord, record
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.sources.vectors import describe, read_vector
from smart_territoires_plugin.core.study import Measure


def count(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return the number of features in each territory (extensive).

    With a key, rows are counted by code. Without, a feature counts in the territory that holds its point; a line or
    polygon counts where its representative point lies, so that each feature counts once. Features that are the same
    in place and in every attribute count once.
    """
    values, reasons, carried, quality = _counted(asked, territories, sources)
    return measured(values, reasons, carried=carried, quality=quality)


def count_per_1000(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return the number of features per 1 000 inhabitants (intensive); defined as ``count``."""
    values, reasons, carried, quality = _counted(asked, territories, sources)
    rates, without = per_inhabitant(values, territories.population, 1000)
    return measured(rates, np.where(reasons == "", without, reasons), carried=carried, quality=quality)


def _counted(asked: Measure, territories: Territories, sources: OpenedSources):
    if sources.source(asked.source).key:
        return _by_key(asked, territories, sources)
    there = ~shapely.is_missing(territories.geometry)
    bounds = tuple(shapely.total_bounds(territories.geometry[there])) if there.any() else None
    source = sources.filtered(asked.source, asked.where)
    columns = describe(source)["fields"]
    layer = read_vector(source, sources.crs, columns=columns, bounds=bounds)
    attributes = layer.attributes.astype("string").assign(__place__=shapely.to_wkb(layer.geometry))
    repeated = attributes.duplicated().to_numpy()
    quality = [*layer.quality, *record(asked.source, "duplicated_features", "R", np.flatnonzero(repeated))]
    places = shapely.point_on_surface(layer.geometry[~repeated])
    values = np.where(there, holding(territories.geometry, places), np.nan)
    reasons = np.where(there, "", "no_geometry").astype(object)
    return values, reasons, None, quality


def holding(territory: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Return the number of points in each territory; a point on a shared border counts in the first one only.

    Examples
    --------
    >>> cells = np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])
    >>> holding(cells, shapely.points([[0.5, 0.5], [1.0, 0.5]])).tolist()
    [2.0, 0.0]
    """
    tree = shapely.STRtree(territory)
    point, owner = tree.query(points, predicate="intersects")
    firsts = pd.Series(owner).groupby(point).min() if len(point) else pd.Series([], dtype=int)
    return np.bincount(firsts.to_numpy(dtype=int), minlength=len(territory)).astype(float)


def _by_key(asked: Measure, territories: Territories, sources: OpenedSources):
    found, quality = sources.matched(
        asked.source, asked.where, territories.codes, territories.areas_m2, territories.code_length
    )
    # A territory that no row names has none; that is a count, not a gap in the table.
    quality = [item for item in quality if item.check != "territory_without_row"]
    shared = found.carried == "split"
    values = np.where(shared, np.nan, keyed.counts(found))
    reasons = np.where(shared, "not_divisible", "").astype(object)
    quality += [
        QualityRecord(asked.source, "count_not_divisible", "M", 1, "", code) for code in territories.codes[shared]
    ]
    return values, reasons, np.where(shared, "", found.carried), quality
