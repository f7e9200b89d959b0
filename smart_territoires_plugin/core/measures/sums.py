"""Sum and mean of a field: over the features that lie in a territory, or over the rows of a keyed table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from smart_territoires_plugin.core.measures.held import added_up, held_features
from smart_territoires_plugin.core.measures.measured import Measured, measured
from smart_territoires_plugin.core.sources import keyed
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.quality import QualityRecord
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.study import Measure


def sum_of_field(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return the sum of a field over the features or rows of each territory, in the field's unit (extensive).

    Features are placed and counted as ``count`` does, rows by code; a row that covers several territories is shared
    by area. A territory without a feature has 0. Where the field of one is missing, so is the sum, with the reason:
    the sum of the others would be too low, and nobody could tell by how much.
    """
    found = _gathered(asked, territories, sources)
    reasons = np.where(found.reasons == "", found.unknown, found.reasons)
    values = np.where(reasons == "", found.sums * found.shares, np.nan)
    return measured(values, reasons, carried=found.carried, quality=found.quality)


def mean_of_field(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return the mean of a field over the features or rows of each territory, in the field's unit (intensive).

    Features are placed and counted as ``count`` does, rows by code; each counts the same. Those whose field is
    missing are left out and told, and ``coverage`` is the share of the others. A territory without a feature has no
    mean.
    """
    found = _gathered(asked, territories, sources)
    means = np.full(len(territories), np.nan)
    np.divide(found.sums, found.known, out=means, where=found.known > 0)
    shares = np.zeros(len(territories))
    np.divide(found.known, found.all, out=shares, where=found.all > 0)
    reasons = np.where(found.reasons == "", found.unknown, found.reasons)
    reasons = np.where((reasons == "") & (found.all == 0), "no_feature", reasons)
    means = np.where(found.reasons == "", means, np.nan)
    partly = ~np.isnan(means) & (shares < 1)
    quality = [
        *found.quality,
        *(
            QualityRecord(asked.source, "values_partly_known", "W", 1, f"{100 * shares[index]:.1f} %", code)
            for index, code in enumerate(territories.codes)
            if partly[index]
        ),
    ]
    return measured(means, reasons, np.where(np.isnan(means), 0, shares), found.carried, quality=quality)


@dataclass(frozen=True)
class _Gathered:
    """A field over the features or rows of each territory; arrays of one value per territory.

    Parameters
    ----------
    all, known : ndarray of float
        How many there are, and how many have a value.
    sums : ndarray of float
        Over those that have one.
    shares : ndarray of float
        Share of the sum that belongs to the territory.
    unknown : ndarray of str
        Why the first one without a value has none; empty where all have one.
    reasons : ndarray of str
        Why nothing can be had at all.
    carried : ndarray of str
    quality : tuple of QualityRecord
    """

    all: np.ndarray
    known: np.ndarray
    sums: np.ndarray
    shares: np.ndarray
    unknown: np.ndarray
    reasons: np.ndarray
    carried: np.ndarray
    quality: tuple[QualityRecord, ...]


def _gathered(asked: Measure, territories: Territories, sources: OpenedSources) -> _Gathered:
    if sources.source(asked.source).key:
        return _by_key(asked, territories, sources)
    held = held_features(asked.source, asked.where, asked.parameters["field"], territories, sources)
    there = ~shapely.is_missing(territories.geometry)
    reasons = np.where(there, "", "no_geometry").astype(object)
    whole = np.ones(len(territories))
    return _Gathered(held.all, held.known, held.sums, whole, held.unknown, reasons, held.carried, held.quality)


def _by_key(asked: Measure, territories: Territories, sources: OpenedSources) -> _Gathered:
    field = asked.parameters["field"]
    found, quality = sources.matched(
        asked.source, asked.where, territories.codes, territories.areas_m2, territories.code_length
    )
    numbers, records = sources.numbers(asked.source, field, asked.where)
    # As in a count, a territory that no row names has none.
    quality = [item for item in quality if item.check != "territory_without_row"]
    size = len(territories)
    rows, values, why = found.rows, numbers.values, numbers.reasons
    combine = sources.source(asked.source).combine
    if combine:
        rows, values, why = _combined(found, values, why, combine)
    owner = np.repeat(np.arange(size), [item.size for item in rows])
    flat = np.concatenate([np.empty(0, dtype=int), *rows])
    counted = added_up(owner, values[flat], why[flat], size)
    reasons = np.full(size, "", dtype=object)
    return _Gathered(*counted[:3], found.shares, counted[3], reasons, found.carried, (*quality, *records))


def _combined(found: keyed.Correspondence, values: np.ndarray, why: np.ndarray, combine: str):
    """Return the rows of each territory with those of one code made one, as the source says."""
    groups = pd.Series(np.arange(len(values))).groupby(found.keys, sort=True).indices
    place = {key: index for index, key in enumerate(groups)}
    made = np.array([keyed.COMBINATIONS[combine](values[rows]) for rows in groups.values()], dtype=float)
    first = [next((why[row] for row in rows if why[row]), "") for rows in groups.values()]
    gathered = [np.array(sorted({place[found.keys[row]] for row in rows}), dtype=int) for rows in found.rows]
    return gathered, made, np.array(first, dtype=object)
