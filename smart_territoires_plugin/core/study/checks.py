"""What a schema cannot see: references, duplicated identifiers, and methods that do not go together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from smart_territoires_plugin.core.errors import Problem
from smart_territoires_plugin.core.study.documents import Document
from smart_territoires_plugin.core.study.schema import nearest
from smart_territoires_plugin.core.study.specification import MEASURES


def cross_problems(document: Document) -> list[Problem]:
    """Return the problems of a study whose form is right."""
    content = document.content
    return [
        *_references(document, content),
        *_duplicates(document, content),
        *_roles(document, content),
        *_methods(document, content),
    ]


def _references(document: Document, content: dict) -> Iterator[Problem]:
    sources = content["sources"]
    territories = content["territories"]
    references: list[tuple[tuple, Any]] = [(("territories", "source"), territories["source"])]
    if "changes" in territories:
        references.append((("territories", "changes"), territories["changes"]))
    grouped = {("groups", key): value for key, value in content.get("groups", {}).items()}
    grouped[("territories", "population")] = territories.get("population")
    references += [
        ((*keys, "source"), v["source"]) for keys, v in grouped.items() if isinstance(v, dict) and "source" in v
    ]
    themes = [theme["id"] for theme in content.get("themes", [])]
    for index, indicator in enumerate(content["indicators"]):
        references.append((("indicators", index, "measure", "source"), indicator["measure"]["source"]))
        wanted = [(("indicators", index, "theme"), indicator["theme"])] if "theme" in indicator else []
        for number, theme in enumerate(indicator["measure"].get("themes", [])):
            wanted.append((("indicators", index, "measure", "themes", number), theme))
        for keys, theme in wanted:
            if theme not in themes:
                values = {"theme": theme, "known": nearest(theme, themes)}
                yield Problem("study.unknown_theme", document.where(keys), values)
    for keys, source in references:
        if source not in sources:
            values = {"source": source, "known": nearest(source, sources)}
            yield Problem("study.unknown_source", document.where(keys), values)


def _duplicates(document: Document, content: dict) -> Iterator[Problem]:
    for block in ("themes", "indicators"):
        identifiers = [item["id"] for item in content.get(block, [])]
        for identifier, count in Counter(identifiers).items():
            if count > 1:
                last = len(identifiers) - 1 - identifiers[::-1].index(identifier)
                values = {"id": identifier, "block": block, "count": count}
                yield Problem("study.duplicated_id", document.where((block, last, "id")), values)


def _roles(document: Document, content: dict) -> Iterator[Problem]:
    population = content["territories"].get("population")
    fed: dict[str, set] = {}
    for index, indicator in enumerate(content["indicators"]):
        where = document.where(("indicators", index))
        fed.setdefault(indicator["measure"]["source"], set()).add(indicator["role"])
        values = {"indicator": indicator["id"]}
        if indicator["role"] == "stake" and "theme" not in indicator:
            yield Problem("study.stake_without_theme", where, values)
        if indicator["role"] == "success_factor" and "axis" not in indicator:
            yield Problem("study.factor_without_axis", where, values)
        if indicator["measure"]["kind"] == "register_activity" and indicator["role"] != "activity":
            yield Problem("study.register_not_activity", where, values)
        if MEASURES[indicator["measure"]["kind"]].needs_population and population is None:
            yield Problem("study.no_population", where, {**values, "kind": indicator["measure"]["kind"]})
    for source, roles in fed.items():
        if {"success_factor", "activity"} <= roles:
            yield Problem("study.factor_feeds_activity", document.where(("sources", source)), {"source": source})
    for role in ("stake", "success_factor"):
        weights = [i.get("weight", 1) for i in content["indicators"] if i["role"] == role]
        if weights and not any(weights):
            yield Problem("study.weights_all_zero", document.where(("indicators",)), {"role": role})


def _methods(document: Document, content: dict) -> Iterator[Problem]:
    scoring = content["scoring"]
    missing = scoring["missing"]
    groups = content.get("groups", {})
    rule = missing if isinstance(missing, str) else missing["method"]
    if rule in ("group_mean", "group_median"):
        group = None if isinstance(missing, str) else missing.get("group")
        if group not in groups:
            values = {"rule": rule, "group": group, "known": ", ".join(groups) or "–"}
            yield Problem("study.unknown_group", document.where(("scoring", "missing")), values)
    if not reaches_zero(scoring):
        return
    yield Problem("study.geometric_reaches_zero", document.where(("scoring", "aggregation")), {})


def reaches_zero(scoring: dict) -> bool:
    """Say whether a geometric mean is asked for on a scale that holds 0 or less."""
    aggregation = scoring.get("aggregation", "arithmetic_mean")
    if (aggregation if isinstance(aggregation, str) else aggregation["method"]) != "geometric_mean":
        return False
    normalisation = scoring.get("normalisation", {"method": "min_max"})
    if isinstance(normalisation, str):
        normalisation = {"method": normalisation}
    if normalisation["method"] == "min_max":
        return min(normalisation.get("low", 1), normalisation.get("high", 100)) <= 0
    return normalisation["method"] != "rank"
