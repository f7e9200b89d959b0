"""What is wrong with the block ``targeting`` of a study that its form does not show: groups, sources and themes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from smart_territoires_plugin.core.errors import Problem
from smart_territoires_plugin.core.study.documents import Document
from smart_territoires_plugin.core.study.schema import nearest
from smart_territoires_plugin.core.study.targeting_reading import NOWHERE
from smart_territoires_plugin.core.study.tree_checks import items


def targeting_problems(document: Document, content: Mapping[str, Any]) -> Iterator[Problem]:
    """Find references of the block that lead nowhere, and a priority that nothing counts in."""
    block = content.get("targeting")
    if not isinstance(block, dict):
        return
    groups = content["groups"] if isinstance(content.get("groups"), dict) else {}
    sources = content["sources"] if isinstance(content.get("sources"), dict) else {}
    yield from _units(document, block, groups)
    register = block.get("register")
    if isinstance(register, str) and register not in sources:
        values = {"source": register, "known": nearest(register, sources)}
        yield Problem("study.unknown_source", document.where(("targeting", "register")), values)
    peers = block.get("peers")
    outside = peers.get("outside") if isinstance(peers, dict) else None
    for name in outside.split(",") if isinstance(outside, str) and outside != NOWHERE else ():
        if name.strip() not in groups:
            values = {"group": name.strip(), "known": ", ".join(groups) or "–"}
            yield Problem("targeting.unknown_group", document.where(("targeting", "peers", "outside")), values)
    thresholds = block.get("thresholds")
    frozen = thresholds.get("themes") if isinstance(thresholds, dict) else None
    themes = [item["id"] for _, item in items(content, "themes")]
    for theme in frozen if isinstance(frozen, dict) else ():
        if theme not in themes:
            values = {"theme": theme, "known": nearest(theme, themes) or "–"}
            place = document.where(("targeting", "thresholds", "themes", theme))
            yield Problem("study.unknown_theme", place, values)
    exponents = block.get("priority")
    if isinstance(exponents, dict):
        given = [exponents.get(name, 1) for name in ("readiness", "stake", "evidence")]
        if not any(given):
            yield Problem("targeting.no_exponent", document.where(("targeting", "priority")))


def _units(document: Document, block: Mapping[str, Any], groups: Mapping[str, Any]) -> Iterator[Problem]:
    units = block.get("call_units")
    levels = set()
    for number, item in enumerate(units if isinstance(units, list) else []):
        if not isinstance(item, dict):
            continue
        place = document.where(("targeting", "call_units", number))
        if ("group" in item) == ("population_from" in item):
            yield Problem("targeting.unit_of_what", place)
        named = [str(item[key]) for key in ("group", "names") if key in item]
        for name in ",".join(named).split(",") if named else ():
            if name.strip() not in groups:
                values = {"group": name.strip(), "known": ", ".join(groups) or "–"}
                yield Problem("targeting.unknown_group", place, values)
        level = item.get("level", item.get("group", "territory"))
        if level in levels:
            yield Problem("targeting.level_twice", place, {"level": level})
        levels.add(level)
