"""Fields of a keyed table: the value itself, its change, the ratio of two, a total per inhabitant."""

from __future__ import annotations

import numpy as np

from smart_territoires_plugin.core.measures.measured import Measured, measured, per_inhabitant
from smart_territoires_plugin.core.sources import keyed
from smart_territoires_plugin.core.sources.keyed import Correspondence
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.quality import QualityRecord
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.study import Measure


def _matched(asked: Measure, territories: Territories, sources: OpenedSources):
    sources.refuse_duplicates(asked.source, asked.where, territories.code_length)
    return sources.matched(asked.source, asked.where, territories.codes, territories.areas_m2, territories.code_length)


def _why(found: Correspondence, reasons: np.ndarray) -> np.ndarray:
    """Return for each territory why its rows give no value: the first reason among them, or that it has no row."""
    why = []
    for rows in found.rows:
        given = [reason for reason in reasons[rows] if reason]
        why.append(given[0] if given else "" if rows.size else "not_in_table")
    return np.array(why, dtype=object)


def field(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return the value of a column, in its own unit.

    An intensive value (the default) of a row that covers several territories holds for each of them; several rows of
    one territory are combined as the source says, and the value is missing if it says nothing. An extensive one adds
    up, and is shared by area.
    """
    found, quality = _matched(asked, territories, sources)
    values, why, records = _column(asked, asked.parameters["field"], found, territories, sources)
    return measured(values, why, carried=found.carried, quality=[*quality, *records])


def change(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return ``field_to`` − ``field_from``: how much a column grew from one year to another, in its own unit.

    Each of the two is brought onto the territories as ``field`` does, ``nature`` saying how; the change is missing
    where either is.
    """
    found, quality = _matched(asked, territories, sources)
    before, why_before, records = _column(asked, asked.parameters["field_from"], found, territories, sources)
    after, why_after, further = _column(asked, asked.parameters["field_to"], found, territories, sources)
    why = np.where(why_before == "", why_after, why_before)
    return measured(after - before, why, carried=found.carried, quality=[*quality, *records, *further])


def _column(
    asked: Measure, name: str, found: Correspondence, territories: Territories, sources: OpenedSources
) -> tuple[np.ndarray, np.ndarray, list[QualityRecord]]:
    """Return a column's value for each territory, why it has none, and the records of both."""
    numbers, quality = sources.numbers(asked.source, name, asked.where)
    why = _why(found, numbers.reasons)
    if asked.nature == "extensive":
        return keyed.total(found, numbers.values, sources.source(asked.source).combine), why, quality
    combine = keyed.COMBINATIONS.get(sources.source(asked.source).combine or "")
    values = np.array([_one(numbers.values[rows], combine) for rows in found.rows])
    several = np.array([rows.size > 1 for rows in found.rows]) & np.isnan(values) & (why == "")
    unweighted = [
        QualityRecord(asked.source, "mean_needs_weights", "M", 1, name, code) for code in territories.codes[several]
    ]
    return values, np.where(several, "mean_needs_weights", why), [*quality, *unweighted]


def _one(values: np.ndarray, combine) -> float:
    if values.size == 0 or np.isnan(values).any():
        return np.nan
    if values.size == 1:
        return float(values[0])
    return float(combine(values)) if combine else np.nan


def ratio(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return numerator over denominator, both summed over a territory's rows (intensive); missing over zero."""
    found, quality = _matched(asked, territories, sources)
    above, above_quality = sources.numbers(asked.source, asked.parameters["numerator"], asked.where)
    below, below_quality = sources.numbers(asked.source, asked.parameters["denominator"], asked.where)
    combine = sources.source(asked.source).combine
    numerator, denominator = keyed.total(found, above.values, combine), keyed.total(found, below.values, combine)
    usable = np.isfinite(denominator) & (denominator != 0)
    values = np.full(len(territories), np.nan)
    np.divide(numerator, denominator, out=values, where=usable)
    why = _why(found, np.where(above.reasons != "", above.reasons, below.reasons))
    why = np.where((why == "") & ~usable, "denominator_zero", why)
    return measured(values, why, carried=found.carried, quality=[*quality, *above_quality, *below_quality])


def per_capita(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return a column's total per inhabitant, in the column's unit (intensive)."""
    found, quality = _matched(asked, territories, sources)
    numbers, records = sources.numbers(asked.source, asked.parameters["field"], asked.where)
    totals = keyed.total(found, numbers.values, sources.source(asked.source).combine)
    values, without = per_inhabitant(totals, territories.population)
    why = _why(found, numbers.reasons)
    return measured(values, np.where(why == "", without, why), carried=found.carried, quality=[*quality, *records])
