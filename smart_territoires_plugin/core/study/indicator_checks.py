"""Every field of one indicator that is wrong, by the place that a form shows it at; follows ``MEASURES`` alone.

The engine holds the whole study against its schema afterwards; this is what can be told while a person fills in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Optional

from smart_territoires_plugin.core.errors import Problem
from smart_territoires_plugin.core.study.catalogue import plain
from smart_territoires_plugin.core.study.checks import RESERVED
from smart_territoires_plugin.core.study.schema import nearest
from smart_territoires_plugin.core.study.specification import AXES, MEASURES, MeasureSpec, further_sources

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}")
_BOUNDS = (
    ("minimum", "≥", lambda value, bound: value >= bound),
    ("maximum", "≤", lambda value, bound: value <= bound),
    ("exclusiveMinimum", ">", lambda value, bound: value > bound),
    ("exclusiveMaximum", "<", lambda value, bound: value < bound),
)


def wrong_fields(
    indicator: Mapping[str, Any],
    content: Mapping[str, Any],
    former: Optional[str] = None,
    fields: Optional[Sequence[str]] = None,
) -> dict[str, Problem]:
    """Return what is wrong with an indicator, by dotted place in it, the first problem of each place.

    Parameters
    ----------
    indicator : mapping
        As the study would write it.
    content : mapping
        Of the study.
    former : str, optional
        Its identifier in the study, where it is there already.
    fields : sequence of str, optional
        Of its source, where they are known.

    Examples
    --------
    >>> found = wrong_fields({"id": "a b", "role": "stake", "measure": {"kind": "sum", "source": "x"}}, {})
    >>> {place: problem.code for place, problem in found.items()}  # doctest: +NORMALIZE_WHITESPACE
    {'id': 'study.bad_identifier', 'theme': 'editing.needs_theme', 'measure.source': 'study.unknown_source',
     'measure.field': 'editing.needs_value'}
    """
    found: dict[str, Problem] = {}
    for place, problem in (
        *_identity(indicator, content, former),
        *_place(indicator, content),
        *_measure(indicator, content, fields),
    ):
        found.setdefault(place, problem)
    return found


def _identity(indicator: Mapping, content: Mapping, former: Optional[str]) -> Iterator[tuple[str, Problem]]:
    identifier = str(indicator.get("id") or "")
    others = [str(item.get("id")) for item in content.get("indicators") or () if item.get("id") != former]
    values = {"id": identifier, "block": "indicators", "count": 2}
    if not identifier:
        yield "id", Problem("editing.needs_value", "id")
    elif not _IDENTIFIER.fullmatch(identifier):
        yield "id", Problem("study.bad_identifier", "id", {"value": identifier, "place": "id"})
    elif identifier.casefold() in (other.casefold() for other in others):
        yield "id", Problem("study.duplicated_id", "id", values)
    elif identifier.casefold() in RESERVED:
        yield "id", Problem("study.reserved_id", "id", values)
    weight = indicator.get("weight", 1)
    if _is_number(weight) and weight < 0:
        yield "weight", Problem("study.out_of_range", "weight", {"place": "weight", "value": weight, "bound": "≥ 0"})
    elif not _is_number(weight):
        yield "weight", Problem("editing.no_number", "weight", {"value": weight})


def _place(indicator: Mapping, content: Mapping) -> Iterator[tuple[str, Problem]]:
    role, theme, axis = indicator.get("role"), indicator.get("theme"), indicator.get("axis")
    themes = [item["id"] for item in content.get("themes") or () if "id" in item]
    if role == "stake" and not theme:
        yield "theme", Problem("editing.needs_theme", "theme")
    elif theme and theme not in themes:
        yield "theme", Problem("study.unknown_theme", "theme", {"theme": theme, "known": ", ".join(themes) or "–"})
    if role == "success_factor" and not axis:
        yield "axis", Problem("editing.needs_axis", "axis")
    elif axis and axis not in AXES:
        values = {"value": axis, "place": "axis", "known": ", ".join(AXES)}
        yield "axis", Problem("study.unknown_value", "axis", values)
    kind = indicator.get("measure", {}).get("kind")
    if kind == "register_activity" and role != "activity":
        yield "role", Problem("study.register_not_activity", "role", {"indicator": indicator.get("id", "–")})


def _measure(indicator: Mapping, content: Mapping, fields: Optional[Sequence[str]]) -> Iterator[tuple[str, Problem]]:
    measure = indicator.get("measure", {})
    sources = content.get("sources") or {}
    spec = MEASURES.get(measure.get("kind", ""))
    if spec is None:
        values = {"value": measure.get("kind"), "place": "kind", "known": nearest(measure.get("kind"), MEASURES)}
        yield "measure.kind", Problem("study.unknown_value", "kind", values)
        return
    named = [(("source",), measure.get("source")), *further_sources(spec, measure)]
    for keys, source in named:
        place = ".".join(("measure", *keys))
        if not source:
            yield place, Problem("editing.needs_value", place)
        elif source not in sources:
            values = {"source": source, "known": ", ".join(sources) or "–"}
            yield place, Problem("study.unknown_source", place, values)
    for name in spec.columns:
        yield from _column(f"measure.{name}", measure.get(name), fields)
    for name in spec.parameters:
        place = f"measure.{name}"
        if name in measure:
            yield from _parameter(place, measure[name], spec.parameters[name])
        elif name in spec.required:
            yield place, Problem("editing.needs_value", place)
    yield from _together(indicator, spec, measure, fields)


def _column(place: str, name: Any, fields: Optional[Sequence[str]]) -> Iterator[tuple[str, Problem]]:
    if not name:
        yield place, Problem("editing.needs_value", place)
    elif fields and plain(str(name)) not in map(plain, fields):
        yield place, Problem("editing.unknown_field", place, {"field": name, "known": nearest(name, fields)})


def _parameter(place: str, value: Any, schema: Mapping) -> Iterator[tuple[str, Problem]]:
    kind = schema.get("type")
    if kind in ("number", "integer"):
        if not _is_number(value):
            code = "editing.no_number" if kind == "number" else "editing.no_whole_number"
            yield place, Problem(code, place, {"value": value})
            return
        if kind == "integer" and value != int(value):
            yield place, Problem("editing.no_whole_number", place, {"value": value})
        for key, sign, holds in _BOUNDS:
            if key in schema and not holds(value, schema[key]):
                values = {"place": place.rpartition(".")[2], "value": value, "bound": f"{sign} {schema[key]}"}
                yield place, Problem("study.out_of_range", place, values)
    elif "enum" in schema and value not in schema["enum"]:
        values = {"value": value, "place": place, "known": ", ".join(map(str, schema["enum"]))}
        yield place, Problem("study.unknown_value", place, values)


def _together(
    indicator: Mapping, spec: MeasureSpec, measure: Mapping, fields: Optional[Sequence[str]]
) -> Iterator[tuple[str, Problem]]:
    """Find parameters that do not go together."""
    levels, of = measure.get("levels"), measure.get("of")
    if "levels" in spec.parameters and isinstance(levels, Mapping):
        yield from _column("measure.levels.field", levels.get("field"), fields)
        order, weights = levels.get("order") or [], levels.get("weights") or []
        if not order:
            yield "measure.levels.order", Problem("editing.needs_value", "levels.order")
        wrong = [weight for weight in weights if not _is_number(weight)]
        if wrong:
            yield "measure.levels.weights", Problem("editing.no_number", "levels.weights", {"value": wrong[0]})
        elif weights and len(weights) != len(order):
            values = {"indicator": indicator.get("id", "–"), "order": len(order), "weights": len(weights)}
            yield "measure.levels.weights", Problem("study.levels_and_weights", "levels.weights", values)
    if measure.get("from") == "population" and not measure.get("population"):
        yield "measure.population", Problem("measure.needs_population", "population")
    if isinstance(of, Mapping) and ("raster" in of) == ("buildings" in of):
        yield "measure.of", Problem("measure.share_of_what", "of")


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
