"""What a schema cannot see: references, duplicated identifiers, and methods that do not go together.

Parts whose form is wrong are passed over, so that these problems are told beside those of the form, all at once.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from typing import Any

from smart_territoires_plugin.core.errors import Problem
from smart_territoires_plugin.core.study.addresses import fault_of, is_address
from smart_territoires_plugin.core.study.documents import Document
from smart_territoires_plugin.core.study.method_checks import (
    parameter_problems,
    read,
    robustness_problems,
    scale_problems,
)
from smart_territoires_plugin.core.study.schema import nearest
from smart_territoires_plugin.core.study.specification import AXES, MEASURES, ROLES, further_sources
from smart_territoires_plugin.core.study.targeting_checks import targeting_problems
from smart_territoires_plugin.core.study.tree_checks import items, node_method_problems, tree_problems

# Columns that tables of indicators have beside the indicators.
RESERVED = ("code", "name", "population", "fid", "geom")


def cross_problems(document: Document) -> list[Problem]:
    """Return the problems of a study that its form does not show."""
    content = document.content
    return [
        *_references(document, content),
        *_addresses(document, content),
        *_duplicates(document, content),
        *_inhabitants(document, content),
        *_roles(document, content),
        *_methods(document, content),
        *_tree(document, content),
        *targeting_problems(document, content),
    ]


def _mapping(content: dict, key: str) -> dict:
    """Return a block, empty where it is no mapping."""
    block = content.get(key)
    return block if isinstance(block, dict) else {}


def _items(content: dict, key: str) -> list[tuple[int, dict]]:
    """Return the items of a block that are mappings, each with its place in the file."""
    block = content.get(key)
    return [(i, item) for i, item in enumerate(block) if isinstance(item, dict)] if isinstance(block, list) else []


def _measured(content: dict) -> list[tuple[int, dict, dict]]:
    """Return the indicators whose role and measure can be told, with their measures."""
    found = []
    for index, indicator in _items(content, "indicators"):
        asked = _mapping(indicator, "measure")
        told = isinstance(asked.get("kind"), str) and isinstance(asked.get("source"), str)
        if told and asked["kind"] in MEASURES and indicator.get("role") in ROLES:
            found.append((index, indicator, asked))
    return found


def _addresses(document: Document, content: dict) -> Iterator[Problem]:
    """Find sources whose address cannot be opened or holds a password, which no message repeats."""
    for name, source in _mapping(content, "sources").items():
        path = source.get("path") if isinstance(source, dict) else None
        fault = fault_of(path) if isinstance(path, str) and is_address(path) else None
        if fault:
            yield Problem(fault, document.where(("sources", name, "path")), {"source": name})


def _references(document: Document, content: dict) -> Iterator[Problem]:
    sources, territories = _mapping(content, "sources"), _mapping(content, "territories")
    references: list[tuple[tuple, Any]] = [
        (("territories", key), territories[key]) for key in ("source", "changes") if key in territories
    ]
    grouped = {("groups", key): value for key, value in _mapping(content, "groups").items()}
    grouped[("territories", "population")] = territories.get("population")
    references += [
        ((*keys, "source"), v["source"]) for keys, v in grouped.items() if isinstance(v, dict) and "source" in v
    ]
    themes = [theme["id"] for _, theme in _items(content, "themes") if "id" in theme]
    for index, indicator in _items(content, "indicators"):
        asked = _mapping(indicator, "measure")
        place = ("indicators", index, "measure")
        if "source" in asked:
            references.append(((*place, "source"), asked["source"]))
        if isinstance(asked.get("kind"), str) and asked["kind"] in MEASURES:
            named = further_sources(MEASURES[asked["kind"]], asked)
            references += [((*place, *keys), source) for keys, source in named]
        wanted = [(("indicators", index, "theme"), indicator["theme"])] if "theme" in indicator else []
        counted = asked.get("themes")
        for number, theme in enumerate(counted if isinstance(counted, list) else []):
            wanted.append((("indicators", index, "measure", "themes", number), theme))
        for keys, theme in wanted:
            if isinstance(theme, str) and theme not in themes:
                values = {"theme": theme, "known": nearest(theme, themes) or "–"}
                yield Problem("study.unknown_theme", document.where(keys), values)
    for keys, source in references:
        if sources and isinstance(source, str) and source not in sources:
            values = {"source": source, "known": nearest(source, sources)}
            yield Problem("study.unknown_source", document.where(keys), values)


def _inhabitants(document: Document, content: dict) -> Iterator[Problem]:
    """Find measures that start from inhabitants, or are a share of them, and do not say of which."""
    for index, indicator in _items(content, "indicators"):
        asked = _mapping(indicator, "measure")
        kind, of = asked.get("kind"), asked.get("of")
        lives = kind == "distance_to_nearest" and asked.get("from") == "population"
        if lives and "population" not in asked:
            yield Problem("measure.needs_population", document.where(("indicators", index, "measure", "from")))
        within = kind == "share_within" and isinstance(of, dict) and bool(of)
        if within and ("raster" in of) == ("buildings" in of):
            yield Problem("measure.share_of_what", document.where(("indicators", index, "measure", "of")))


def _duplicates(document: Document, content: dict) -> Iterator[Problem]:
    for block in ("themes", "indicators"):
        named = [(index, item["id"]) for index, item in _items(content, block) if isinstance(item.get("id"), str)]
        # Columns of a GeoPackage are the same whatever their case.
        for identifier, count in Counter(name.casefold() for _, name in named).items():
            last = max(index for index, name in named if name.casefold() == identifier)
            values = {"id": dict(named)[last], "block": block, "count": count}
            if count > 1:
                yield Problem("study.duplicated_id", document.where((block, last, "id")), values)
            if block == "indicators" and identifier in RESERVED:
                yield Problem("study.reserved_id", document.where((block, last, "id")), values)


def _roles(document: Document, content: dict) -> Iterator[Problem]:
    fed: dict[str, set] = {}
    for index, indicator, asked in _measured(content):
        where = document.where(("indicators", index))
        fed.setdefault(asked["source"], set()).add(indicator["role"])
        values = {"indicator": indicator.get("id", index + 1)}
        if indicator["role"] == "stake" and "theme" not in indicator:
            yield Problem("study.stake_without_theme", where, values)
        if indicator["role"] == "success_factor" and "axis" not in indicator:
            yield Problem("study.factor_without_axis", where, values)
        levels = asked.get("levels")
        if isinstance(levels, dict) and isinstance(levels.get("weights"), list):
            order = levels.get("order")
            if isinstance(order, list) and len(order) != len(levels["weights"]):
                counts = {"order": len(order), "weights": len(levels["weights"])}
                yield Problem("study.levels_and_weights", where, {**values, **counts})
        if asked["kind"] == "register_activity" and indicator["role"] != "activity":
            yield Problem("study.register_not_activity", where, values)
    for names, roles in _same_data(_mapping(content, "sources"), fed):
        if {"success_factor", "activity"} <= roles:
            place = document.where(("sources", names[0]))
            yield Problem("study.factor_feeds_activity", place, {"source": ", ".join(names)})
    for role in ("stake", "success_factor"):
        weights = [indicator.get("weight", 1) for _, indicator, _ in _measured(content) if indicator["role"] == role]
        if weights and not any(weights):
            yield Problem("study.weights_all_zero", document.where(("indicators",)), {"role": role})


def _same_data(sources: dict, fed: dict[str, set]) -> list[tuple[list[str], set]]:
    """Return the sources that are one and the same data under several names, with the roles that they feed.

    A layer or a sheet that is not named may be any of its file.
    """
    found: list[tuple[list[str], set]] = []
    for name, roles in fed.items():
        for names, together in found:
            if any(_same_layer(sources.get(name), sources.get(other)) for other in names):
                names.append(name)
                together |= roles
                break
        else:
            found.append(([name], set(roles)))
    return found


def _same_layer(one: Any, other: Any) -> bool:
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return False
    paths = [item.get("path") for item in (one, other)]
    if not all(isinstance(path, str) and path for path in paths):
        return False
    addressed = any(is_address(path) for path in paths)
    if paths[0] != paths[1] and (addressed or len({posixpath.normpath(p.replace("\\", "/")) for p in paths}) > 1):
        return False
    return all(key not in one or key not in other or one[key] == other[key] for key in ("layer", "sheet"))


def _methods(document: Document, content: dict) -> Iterator[Problem]:
    scoring = _mapping(content, "scoring")
    yield from parameter_problems(document, {key: scoring[key] for key in scoring if key != "missing"})
    rule, parameters = read(scoring.get("missing"))
    groups = _mapping(content, "groups")
    if rule in ("group_mean", "group_median") and str(parameters.get("group")) not in groups:
        values = {"rule": rule, "group": parameters.get("group", "–"), "known": ", ".join(groups) or "–"}
        yield Problem("study.unknown_group", document.where(("scoring", "missing")), values)
    general = scoring.get("normalisation", "min_max")
    scales = [item.get("normalisation", general) for _, item in _items(content, "indicators")]
    yield from scale_problems(document, scoring.get("aggregation"), [general, *scales])
    yield from robustness_problems(document, content)


def _tree(document: Document, content: dict) -> Iterator[Problem]:
    """Find what is wrong with the nodes between indicators and their theme or axis."""
    nodes = items(content, "nodes")
    below = [(place, item) for place, item in items(content, "indicators") if "parent" in item]
    if not nodes and not below:
        return
    themes = [theme["id"] for _, theme in _items(content, "themes") if isinstance(theme.get("id"), str)]
    yield from tree_problems(document, nodes, below, (*themes, *AXES))
    yield from node_method_problems(document, nodes, below, _mapping(content, "scoring"))
    for place, item in nodes:
        if item["id"].startswith(("score_", "axis_")) or item["id"] == "readiness":
            values = {"id": item["id"], "block": "nodes"}
            yield Problem("study.reserved_id", document.where((*place, "id")), values)
    above = {item["id"]: item.get("parent") for _, item in nodes}
    roles: dict[str, set] = {}
    for place, item in below:
        top, seen = item["parent"], set()
        if isinstance(top, str) and top in above:
            roles.setdefault(top, set()).add(item.get("role"))
        while isinstance(top, str) and top in above and top not in seen:
            seen.add(top)
            top = above[top]
        own = item.get("theme") if item.get("role") == "stake" else item.get("axis")
        if isinstance(own, str) and top in (*themes, *AXES) and top != own:
            values = {"id": item["id"], "top": top, "own": own}
            yield Problem("framework.other_branch", document.where((*place, "parent")), values)
    for place, item in nodes:
        if len(roles.get(item["id"], ())) > 1:
            yield Problem("framework.mixed_roles", document.where(place), {"id": item["id"]})
