"""Counts: how many features of a layer lie in each territory, or how many rows of a keyed table speak of it."""

from __future__ import annotations

import numpy as np
import shapely

from smart_territoires_plugin.core.measures.held import held_features
from smart_territoires_plugin.core.measures.measured import Measured, measured, per_inhabitant
from smart_territoires_plugin.core.sources import keyed
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.quality import QualityRecord
from smart_territoires_plugin.core.sources.territories import Territories
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
    held = held_features(asked.source, asked.where, None, territories, sources)
    there = ~shapely.is_missing(territories.geometry)
    reasons = np.where(there, "", "no_geometry").astype(object)
    return np.where(there, held.all, np.nan), reasons, held.carried, held.quality


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
