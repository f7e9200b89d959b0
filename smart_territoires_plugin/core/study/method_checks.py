"""What a schema cannot see of methods: parameters that a bare name lacks, and methods that do not go together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from smart_territoires_plugin.core.errors import Problem
from smart_territoires_plugin.core.study import methods
from smart_territoires_plugin.core.study.documents import Document
from smart_territoires_plugin.core.study.written import method_of

_FAMILIES = {
    "missing": methods.MISSING_RULES,
    "outliers": methods.OUTLIER_RULES,
    "normalisation": methods.NORMALISATIONS,
    "aggregation": methods.AGGREGATIONS,
    "weights": methods.WEIGHTINGS,
}


def parameter_problems(document: Document, scoring: Mapping, place: tuple = ("scoring",)) -> Iterator[Problem]:
    """Find methods that are given as a bare name though they need parameters, and parameters that cannot be."""
    for family, known in _FAMILIES.items():
        if family in scoring:
            yield from _lacking(document, scoring[family], known, (*place, family))


def _lacking(document: Document, written: Any, known: Mapping, place: tuple) -> Iterator[Problem]:
    if isinstance(written, str) and written in known:
        for name in known[written].required:
            values = {"key": name, "place": f"{'.'.join(map(str, place))}: {written}"}
            yield Problem("study.missing_key", document.where(place), values)
    method, parameters = read(written)
    low, high = (parameters.get(name) for name in ("low_value", "high_value"))
    if _number(low) and _number(high) and not low < high:
        yield Problem("method.goalposts_reversed", document.where(place), {"low": low, "high": high})
    if parameters.get("log") is True and _number(low) and low <= 0:
        yield Problem("method.log_of_zero", document.where(place), {"low": low})
    points = parameters.get("points")
    if method == "curve" and isinstance(points, list) and all(isinstance(p, list) and len(p) == 2 for p in points):
        xs = [point[0] for point in points]
        if all(map(_number, xs)) and any(right <= left for left, right in zip(xs, xs[1:])):
            yield Problem("method.curve_not_rising", document.where(place), {})


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def read(written: Any) -> tuple[Any, Mapping]:
    """Return a method's name and its parameters, however it is written, its form right or wrong."""
    if isinstance(written, dict):
        return written.get("method"), written
    return written, {}


def scale_problems(
    document: Document, aggregation: Any, normalisations: list, place: tuple = ("scoring", "aggregation")
) -> Iterator[Problem]:
    """Find a composite that would be annulled, or has no meaning, on one of the scales below it.

    Parameters
    ----------
    aggregation : name or mapping
        As written.
    normalisations : list
        As written, one per indicator or one for all.
    """
    name, _ = read(aggregation)
    for written in normalisations:
        try:
            method = method_of(written)
            zero = methods.reaches_zero(name, method.name, method.parameters)
        except (KeyError, TypeError, ValueError, IndexError, AttributeError):
            continue  # its form is wrong, which the schema tells
        if zero:
            code = "study.geometric_reaches_zero" if name == "geometric_mean" else "method.reaches_zero"
            yield Problem(code, document.where(place), {"aggregation": name, "normalisation": method.name})
            return


def robustness_problems(document: Document, content: Mapping) -> Iterator[Problem]:
    """Find alternatives that a draw could put together though they do not go together, and bare names that lack more.

    Parameters
    ----------
    content : mapping
        Of the study or framework, its form right or wrong.
    """
    scoring = content.get("scoring") if isinstance(content.get("scoring"), dict) else {}
    drawn = content.get("robustness") if isinstance(content.get("robustness"), dict) else {}
    lists = {name: drawn[name] for name in _FAMILIES if isinstance(drawn.get(name), list)}
    for family, alternatives in lists.items():
        for number, written in enumerate(alternatives):
            yield from _lacking(document, written, _FAMILIES[family], ("robustness", family, number))
    if not {"normalisation", "aggregation"} & set(lists):
        return
    own = (scoring.get("normalisation", "min_max"), scoring.get("aggregation", "arithmetic_mean"))
    scales = [own[0], *lists.get("normalisation", ())]
    for number, written in enumerate(lists.get("aggregation", ())):
        yield from scale_problems(document, written, scales, ("robustness", "aggregation", number))
    nodes = content.get("nodes") if isinstance(content.get("nodes"), list) else []
    in_nodes = [node["aggregation"] for node in nodes if isinstance(node, dict) and "aggregation" in node]
    for aggregation in (own[1], *in_nodes):
        yield from scale_problems(
            document, aggregation, lists.get("normalisation", []), ("robustness", "normalisation")
        )
