"""YAML documents with the line of every key; refuses tags, duplicated keys, and documents made to exhaust memory."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from smart_territoires_plugin.core.errors import Problem, StudyError

MAX_BYTES = 1_000_000
MAX_NODES = 100_000
_PLAIN_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("map", "seq", "str", "int", "float", "bool", "null")}


@dataclass(frozen=True)
class Document:
    """A document's content and, by path of keys, the line where each value begins (from 1)."""

    path: Path
    content: Any
    lines: dict[tuple, int]

    def where(self, keys: tuple = ()) -> str:
        """Return ``file:line`` of the value at a path of keys, or of its nearest parent."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        line = self.lines.get(keys)
        return f"{self.path.name}:{line}" if line else self.path.name


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """A safe loader that leaves dates as the text they are; by libyaml, ten times as fast, where PyYAML has it."""


_Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_document(path: Path) -> Document:
    """Read a YAML file.

    Raises
    ------
    StudyError
        If it cannot be read, is no YAML mapping, or holds a tag, a duplicated key, or too much.
    """
    path = Path(path)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise StudyError(Problem("document.too_large", path.name, {"size": size, "limit": MAX_BYTES}))
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise StudyError(Problem("document.not_utf8", path.name)) from error
    except OSError as error:
        reason = "document.not_found" if not path.exists() else "document.unreadable"
        raise StudyError(Problem(reason, str(path), {"reason": error.strerror or str(error)})) from error
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            problems: list[Problem] = []
            lines: dict[tuple, int] = {}
            _check_size(node, path)
            content = _construct(loader, node, (), lines, problems, path)
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path.name}:{mark.line + 1}" if mark else path.name
        reason = getattr(error, "problem", None) or str(error).splitlines()[0]
        if "nesting" in reason:
            raise StudyError(Problem("document.too_deep", path.name)) from error
        raise StudyError(Problem("document.not_yaml", where, {"reason": reason})) from error
    except RecursionError as error:
        raise StudyError(Problem("document.too_deep", path.name)) from error
    if problems:
        raise StudyError(*problems)
    if not isinstance(content, dict):
        raise StudyError(Problem("document.no_mapping", path.name))
    return Document(path, content, lines)


def _check_size(node: yaml.Node | None, path: Path) -> None:
    """Refuse a document whose aliases unfold into more nodes than a study can need."""
    sizes: dict[int, int] = {}

    def unfolded(item: yaml.Node, above: frozenset) -> int:
        if id(item) in above:
            raise StudyError(Problem("document.alias_loop", f"{path.name}:{item.start_mark.line + 1}"))
        if id(item) not in sizes:
            children: list[yaml.Node] = []
            if isinstance(item, yaml.MappingNode):
                children = [part for pair in item.value for part in pair]
            elif isinstance(item, yaml.SequenceNode):
                children = list(item.value)
            inside = above | {id(item)}
            sizes[id(item)] = 1 + sum(unfolded(child, inside) for child in children)
        return sizes[id(item)]

    if node is not None and unfolded(node, frozenset()) > MAX_NODES:
        raise StudyError(Problem("document.too_large", path.name, {"size": sizes[id(node)], "limit": MAX_NODES}))


def _construct(loader: yaml.SafeLoader, node: Any, keys: tuple, lines: dict, problems: list, path: Path) -> Any:
    """Turn a node into plain Python, noting the line of each value."""
    if node is None:
        return None
    line = node.start_mark.line + 1
    lines.setdefault(keys, line)
    if node.tag not in _PLAIN_TAGS:
        problems.append(Problem("document.tag", f"{path.name}:{line}", {"tag": node.tag}))
        return None
    if isinstance(node, yaml.SequenceNode):
        return [
            _construct(loader, child, (*keys, index), lines, problems, path) for index, child in enumerate(node.value)
        ]
    if isinstance(node, yaml.MappingNode):
        content: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key_line = key_node.start_mark.line + 1
            where = f"{path.name}:{key_line}"
            if not isinstance(key_node, yaml.ScalarNode) or not key_node.tag.endswith(":str"):
                problems.append(Problem("document.key_not_text", where, {"key": str(key_node.value)}))
                continue
            key = key_node.value
            if key in content:
                problems.append(Problem("document.duplicated_key", where, {"key": key}))
                continue
            lines[(*keys, key)] = key_line
            content[key] = _construct(loader, value_node, (*keys, key), lines, problems, path)
        return content
    try:
        value = loader.construct_object(node)
        finite = not isinstance(value, (int, float)) or math.isfinite(value)
    except (ValueError, OverflowError):  # an integer too long for Python or for a number with decimals
        value, finite = None, False
    if not finite:
        problems.append(Problem("document.not_finite", f"{path.name}:{line}", {"value": node.value[:40]}))
    return value
