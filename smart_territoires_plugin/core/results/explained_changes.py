"""What would have to change by the least, in sentences, for a territory to change segment or enter the shortlist."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Optional

import numpy as np

from smart_territoires_plugin.core.messages import number, text
from smart_territoires_plugin.core.messages.numbers import with_unit
from smart_territoires_plugin.core.messages.units import text_unit
from smart_territoires_plugin.core.results.evidence import Evidence
from smart_territoires_plugin.core.scoring.aggregation import AGGREGATIONS, RELATIVE
from smart_territoires_plugin.core.scoring.hierarchy import composite_scores
from smart_territoires_plugin.core.scoring.least_change import (
    Above,
    Change,
    least,
    least_value_changes,
    least_weight_changes,
)
from smart_territoires_plugin.core.scoring.normalisation import percentile_rank
from smart_territoires_plugin.core.targeting.priority import FLOOR

HIGH = ("engage", "showcase", "verify")
_SHOWN = 3
_MOST_COMPARED = 2000
_LOWER = {"engage": "raise_awareness", "verify": "raise_awareness", "showcase": "support"}


def changes(evidence: Evidence, lang: str) -> list[str]:
    """Return what would suffice, alone, to turn each decision that rests on a territory's readiness."""
    limit = evidence.manifest["method"]["readiness_threshold"]
    method = evidence.aggregation.name
    if limit is None or evidence.row["segment"] in ("", "insufficient_data") or method not in AGGREGATIONS:
        return []
    if method in RELATIVE and len(evidence.state["codes"]) > _MOST_COMPARED:
        return [text("explain.change_not_searched", lang)]
    lines = []
    for title, threshold, weights in _goals(evidence, limit, lang):
        lines.append(title)
        if threshold is not None:
            lines += _sufficient(evidence, Above(-1, threshold), weights, lang)
    return [*lines, text("explain.change_held", lang)]


def _goals(evidence: Evidence, limit: float, lang: str) -> Iterator[tuple[str, Optional[float], bool]]:
    """Give each decision: a title, the readiness where it turns (None: none would do), and whether weights may."""
    row, segment = evidence.row, evidence.row["segment"]
    readiness = composite_scores(evidence.hierarchy, evidence.state["normalised"], evidence.weights)[evidence.index, -1]
    # The manifest's threshold is rounded to twelve digits; the segment says on which side the territory is.
    threshold = min(limit, np.nextafter(readiness, -np.inf)) if segment in HIGH else max(limit, readiness)
    shown = number(limit, lang, 1)
    if segment not in HIGH:
        after = text(f"segment.{_higher(row)}", lang)
        yield text("explain.change_up", lang, threshold=shown, segment=after), threshold, True
        return
    shortlist = evidence.manifest["study"]["shortlist"]
    if segment == "engage" and int(row["target_rank"]) > shortlist:
        needed = _readiness_to_be_listed(evidence, shortlist)
        values = {"shortlist": number(shortlist, lang)}
        if needed is None:
            yield text("explain.change_list_never", lang, **values), None, False
        else:
            yield text("explain.change_list", lang, threshold=number(needed, lang, 2), **values), needed, False
    after = text(f"segment.{_LOWER[segment]}", lang)
    yield text("explain.change_down", lang, threshold=shown, segment=after), threshold, True


def _higher(row: dict) -> str:
    """Return the segment that a territory would be in were its readiness high."""
    if row["segment"] == "support":
        return "showcase"
    unknown = not row["activity_count"] or (not row["activity"] and float(row["activity_count"]) > 0)
    return "verify" if unknown else "engage"


def _readiness_to_be_listed(evidence: Evidence, shortlist: int) -> Optional[float]:
    """Return the readiness above which a target's priority passes the last one listed; None where none would do.

    The priority is a geometric mean of percentiles, of which readiness is one; the others stay as they are.
    """
    row, readiness = evidence.row, evidence.column("readiness")
    listed = [item for item in evidence.rows.values() if item["target_rank"] and int(item["target_rank"]) <= shortlist]
    cut = min(float(item["priority"]) for item in listed)
    stake = row.get(f"score_{row['recommended_theme']}", "")
    parts = 1 + bool(row["evidence"]) + bool(stake)
    percentile = max(percentile_rank(readiness)[evidence.index], FLOOR)
    needed = percentile * (cut / float(row["priority"])) ** parts
    others = np.sort(np.delete(readiness, evidence.index))
    others = others[~np.isnan(others)]
    # Above so many of the others its percentile is beyond what is needed.
    passed = math.floor(needed * len(others) / 100 + 1e-9) + 1
    return float(others[passed - 1]) if passed <= len(others) else None


def _sufficient(evidence: Evidence, enough: Above, weights: bool, lang: str) -> list[str]:
    """Return a line for each of the least changes that turn a decision, and one for what cannot."""
    state, index = evidence.state, evidence.index
    arguments = (evidence.hierarchy, state["normalised"], evidence.weights, index)
    usable = np.isin(np.arange(len(state["indicators"])), evidence.members) & ~state["imputed"][index]
    # What is not of the readiness, or was imputed, is no value that anybody could change.
    values = np.where(usable, state["completed"], np.nan)
    methods = [_normalisation(evidence, str(name)) for name in state["indicators"]]
    found = least_value_changes(*arguments, values, enough, methods)
    reachable = sorted((change for change in found if change.reachable), key=lambda change: change.size)
    lines = [_value_line(evidence, change, lang) for change in reachable[:_SHOWN]]
    if weights:
        change = least(least_weight_changes(*arguments, enough))
        if change is not None:
            lines.append(_weight_line(evidence, change, lang))
    out = [evidence.indicator(change.column)["name"][lang] for change in found if not change.reachable]
    if not reachable:
        lines.append(text("explain.change_no_value", lang))
    elif out:
        lines.append(text("explain.change_out_of_reach", lang, names=", ".join(out)))
    return lines


def _normalisation(evidence: Evidence, indicator: str) -> str:
    """Return the name of an indicator's normalisation."""
    for item in evidence.manifest["study"]["content"].get("indicators", ()):
        if item["id"] == indicator and item.get("normalisation"):
            own = item["normalisation"]
            return own if isinstance(own, str) else own["method"]
    return evidence.manifest["method"]["normalisation"]["method"]


def _value_line(evidence: Evidence, change: Change, lang: str) -> str:
    indicator = evidence.indicator(change.column)
    observed = evidence.state["completed"][:, change.column]
    observed = observed[~np.isnan(observed)]
    low, high = float(observed.min()), float(observed.max())
    if (observed == np.round(observed)).all():
        # What is counted in whole numbers changes by whole numbers.
        after, digits = float((math.ceil if change.after > change.before else math.floor)(change.after)), 0
    else:
        after, digits = rounded_beyond(change.before, change.after, low, high)
    return text(
        "explain.change_value",
        lang,
        name=indicator["name"][lang],
        before=number(change.before, lang, None if digits <= 1 or change.before.is_integer() else digits),
        after=with_unit(after, text_unit(indicator["unit"], lang), lang, digits),
        share=number(max(100 * abs(after - change.before) / (high - low), 1), lang, 0),
    )


def _weight_line(evidence: Evidence, change: Change, lang: str) -> str:
    name = evidence.element_name(change.column, lang)
    after, digits = rounded_beyond(change.before, change.after, 0.0, np.inf)
    before = number(change.before, lang, None if change.before.is_integer() else 2)
    return text("explain.change_weight", lang, name=name, before=before, after=number(after, lang, digits))


def rounded_beyond(before: float, after: float, low: float, high: float) -> tuple[float, int]:
    """Round a changed value away from the present one, so that what is read is enough, and by as few digits as do.

    Returns
    -------
    float, int
        The value and its decimals; within ``low`` and ``high``, and at most a fiftieth of the change beyond it.

    Examples
    --------
    >>> rounded_beyond(20.0, 61.234, 0.0, 100.0), rounded_beyond(61.0, 60.83, 0.0, 100.0)
    ((62.0, 0), (60.83, 2))
    """
    outward = math.ceil if after > before else math.floor
    for digits in range(7):
        # A value that has so many digits already is not pushed on by the rounding of its last bit.
        rounded = outward(round(after * 10**digits, 6)) / 10**digits
        if low <= rounded <= high and abs(rounded - after) <= abs(after - before) / 50:
            return rounded, digits
    return after, 6
