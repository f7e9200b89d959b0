"""What is wrong with a tree of composites: orphans, loops, two parents, codes used twice, branches without anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Optional

from smart_territoires_plugin.core.errors import Problem
from smart_territoires_plugin.core.study.documents import Document
from smart_territoires_plugin.core.study.method_checks import parameter_problems, read, scale_problems
from smart_territoires_plugin.core.study.methods import RELATIVE
from smart_territoires_plugin.core.study.schema import nearest

Item = tuple[tuple, dict]


def items(content: dict, block: str) -> list[Item]:
    """Return the items of a block that are mappings with a text as ``id``, each with its path of keys."""
    found = content.get(block)
    if not isinstance(found, list):
        return []
    return [
        ((block, index), item)
        for index, item in enumerate(found)
        if isinstance(item, dict) and isinstance(item.get("id"), str)
    ]


def tree_problems(
    document: Document, nodes: Sequence[Item], leaves: Sequence[Item], tops: Sequence[str] = ()
) -> list[Problem]:
    """Return what is wrong with a tree.

    Parameters
    ----------
    nodes, leaves : sequence of (path of keys, mapping)
        See ``items``.
    tops : sequence of str
        What stands above the nodes already: themes and axes of a study. Empty for a framework on its own, of which one
        node has no parent.
    """
    return [
        *_repeated(document, nodes, leaves, tops),
        *_orphans(document, nodes, leaves, tops),
        *_loops(document, nodes),
        *_roots(document, nodes, tops),
        *_barren(document, nodes, leaves),
    ]


def _repeated(document: Document, nodes: Sequence[Item], leaves: Sequence[Item], tops: Sequence[str]) -> Iterator:
    counts = Counter(item["id"] for _, item in (*nodes, *leaves))
    counts.update(top for top in tops if top in counts)
    parents: dict[str, set] = {}
    for _, item in (*nodes, *leaves):
        parents.setdefault(item["id"], set()).add(str(item.get("parent")))
    for identifier, count in counts.items():
        if count < 2:
            continue
        place, _ = [pair for pair in (*nodes, *leaves) if pair[1]["id"] == identifier][-1]
        where = document.where((*place, "id"))
        if len(parents[identifier]) > 1:
            values = {"id": identifier, "parents": ", ".join(sorted(parents[identifier]))}
            yield Problem("framework.two_parents", where, values)
        else:
            yield Problem("study.duplicated_id", where, {"id": identifier, "block": place[0], "count": count})


def _orphans(document: Document, nodes: Sequence[Item], leaves: Sequence[Item], tops: Sequence[str]) -> Iterator:
    known = [*tops, *(item["id"] for _, item in nodes)]
    for place, item in (*nodes, *leaves):
        parent = item.get("parent")
        if isinstance(parent, str) and parent not in known:
            values = {"id": item["id"], "parent": parent, "known": nearest(parent, known) if known else "–"}
            yield Problem("framework.unknown_parent", document.where((*place, "parent")), values)


def _loops(document: Document, nodes: Sequence[Item]) -> Iterator:
    above = {item["id"]: item.get("parent") for _, item in nodes}
    told: set[str] = set()
    for place, item in nodes:
        way: list[str] = []
        current: Optional[str] = item["id"]
        while isinstance(current, str) and current in above and current not in way:
            way.append(current)
            current = above[current]
        if current in way and current not in told:
            ring = way[way.index(current) :]
            told.update(ring)
            values = {"loop": " → ".join([*ring, ring[0]])}
            yield Problem("framework.loop", document.where((*place, "parent")), values)


def _roots(document: Document, nodes: Sequence[Item], tops: Sequence[str]) -> Iterator:
    roots = [(place, item["id"]) for place, item in nodes if item.get("parent") is None]
    if tops:
        for place, name in roots:
            values = {"id": name, "known": ", ".join(tops)}
            yield Problem("framework.node_without_parent", document.where(place), values)
    elif nodes and not roots:
        yield Problem("framework.no_root", document.where(("nodes",)), {})
    elif len(roots) > 1:
        values = {"roots": ", ".join(name for _, name in roots)}
        yield Problem("framework.several_roots", document.where(roots[1][0]), values)


def _barren(document: Document, nodes: Sequence[Item], leaves: Sequence[Item]) -> Iterator:
    children: dict[str, list[Any]] = {}
    for _, item in (*nodes, *leaves):
        children.setdefault(str(item.get("parent")), []).append(item.get("weight", 1))
    for place, item in nodes:
        weights = children.get(item["id"])
        if not weights:
            yield Problem("framework.empty_node", document.where(place), {"id": item["id"]})
        elif not any(weights):
            yield Problem("framework.weights_all_zero", document.where(place), {"id": item["id"]})


def node_method_problems(
    document: Document, nodes: Sequence[Item], leaves: Sequence[Item], scoring: dict
) -> list[Problem]:
    """Return what is wrong with the methods of single nodes and indicators, and of the scales that they meet."""
    found: list[Problem] = []
    for place, item in (*nodes, *leaves):
        found += parameter_problems(document, {key: item[key] for key in item if key != "outliers"}, place)
    general = scoring.get("normalisation", "min_max")
    for place, item in nodes:
        own = item.get("aggregation", scoring.get("aggregation", "arithmetic_mean"))
        below = _scales(item["id"], nodes, leaves, scoring, general, set())
        where = (*place, "aggregation") if "aggregation" in item else ("scoring", "aggregation")
        found += scale_problems(document, own, below, where)
    return [problem for place, problem in enumerate(found) if problem not in found[:place]]


def _scales(
    parent: str, nodes: Sequence[Item], leaves: Sequence[Item], scoring: dict, general: Any, seen: set
) -> list[Any]:
    """Return the normalisations, as written, whose scales a node's members are on."""
    if parent in seen:
        return []
    seen.add(parent)
    made = [item.get("normalisation", general) for _, item in leaves if item.get("parent") == parent]
    for _, item in nodes:
        if item.get("parent") != parent:
            continue
        own = read(item.get("aggregation", scoring.get("aggregation", "arithmetic_mean")))[0]
        made += ["borda"] if own in RELATIVE else _scales(item["id"], nodes, leaves, scoring, general, seen)
    return made
