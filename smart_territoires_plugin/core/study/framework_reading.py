"""From a framework file to a ``Framework``: form first, then what a schema cannot see, every problem at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Union

from smart_territoires_plugin.core.errors import Problem, StudyError
from smart_territoires_plugin.core.study.documents import Document, read_document
from smart_territoires_plugin.core.study.framework import Framework, FrameworkIndicator
from smart_territoires_plugin.core.study.method_checks import parameter_problems, read, robustness_problems
from smart_territoires_plugin.core.study.model import Error
from smart_territoires_plugin.core.study.schema import schema_problems
from smart_territoires_plugin.core.study.tree_checks import items, node_method_problems, tree_problems
from smart_territoires_plugin.core.study.written import method_of, name_of, node_of, robustness_of, scoring_of

# Columns of ``scores.csv`` beside the nodes.
RESERVED = ("rank", "data_coverage")


def read_framework(path: Union[str, Path]) -> Framework:
    """Read and check a framework file.

    Raises
    ------
    StudyError
        With every problem of the file at once. The table is not opened here.
    EngineError
        If ``jsonschema`` is missing.
    """
    path = Path(path)
    document = read_document(path)
    problems = [*schema_problems(document, "framework.schema.json"), *_cross_problems(document)]
    if problems:
        raise StudyError(*problems)
    content = document.content
    return Framework(
        path=path,
        name=content.get("name", path.stem),
        key=content["key"],
        nodes=tuple(node_of(node) for node in content["nodes"]),
        indicators=tuple(_indicator(indicator) for indicator in content["indicators"]),
        scoring=scoring_of(content["scoring"]),
        robustness=robustness_of(content.get("robustness", {})),
        strata=tuple(content.get("strata", ())),
        table=content.get("table", {}),
        content=content,
    )


def _indicator(content: dict) -> FrameworkIndicator:
    return FrameworkIndicator(
        content["id"],
        name_of(content.get("name"), content["id"]),
        content["parent"],
        content.get("direction", 1),
        float(content.get("weight", 1)),
        content.get("unit", ""),
        content.get("denominator"),
        method_of(content["normalisation"]) if "normalisation" in content else None,
        Error(**content["error"]) if "error" in content else None,
    )


def _cross_problems(document: Document) -> list[Problem]:
    content = document.content
    nodes, leaves = items(content, "nodes"), items(content, "indicators")
    scoring = content.get("scoring") if isinstance(content.get("scoring"), dict) else {}
    return [
        *tree_problems(document, nodes, leaves),
        *node_method_problems(document, nodes, leaves, scoring),
        *parameter_problems(document, scoring),
        *robustness_problems(document, content),
        *_names(document, content, nodes, leaves),
        *_rules(document, scoring),
    ]


def _names(document: Document, content: dict, nodes: list, leaves: list) -> Iterator[Problem]:
    """Find ids that another column of the outputs has, and denominators that are their own numerators."""
    key = content.get("key")
    for place, item in nodes:
        if item["id"] in (*RESERVED, key):
            values = {"id": item["id"], "block": "nodes"}
            yield Problem("study.reserved_id", document.where((*place, "id")), values)
    for place, item in leaves:
        if item["id"] == key:
            values = {"id": item["id"], "block": "indicators"}
            yield Problem("study.reserved_id", document.where((*place, "id")), values)
        if item.get("denominator") == item["id"]:
            yield Problem("framework.own_denominator", document.where((*place, "denominator")), {"id": item["id"]})


def _rules(document: Document, scoring: dict) -> Iterator[Problem]:
    if read(scoring.get("missing"))[0] == "neighbours":
        yield Problem("framework.no_neighbours", document.where(("scoring", "missing")), {})
