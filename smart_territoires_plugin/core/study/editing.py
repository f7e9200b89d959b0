"""A study file edited where it is asked and nowhere else: comments, quotes, order, layout and line ends stay.

PyYAML tells where each value begins and ends; only those characters are replaced. Programs that write the whole
document again lay out its braces anew.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Optional

import yaml

from smart_territoires_plugin.core.errors import Problem, StudyError
from smart_territoires_plugin.core.study.documents import _Loader, read_document
from smart_territoires_plugin.core.study.reading import read_study

_BOM = "\ufeff"
# Blocks whose items are lists of mappings with an ``id``.
LISTS = ("themes", "indicators", "nodes")
_WIDTH = 120


def edit_study(path: Path, changes: Mapping[str, Any], out: Optional[Path] = None) -> Path:
    """Write values into a study file, and leave every other character as it is.

    Parameters
    ----------
    path : Path
    changes : mapping of dotted path to value
        For example ``{"targeting.thresholds.readiness": 28.8}``; an item of a list by its ``id``, else by its number
        from 0. A key that is not there is added, with the keys above it; so is an item of themes, indicators or nodes
        that is given as a whole (``{"themes.air": {"weight": 1}}``). None takes a key or an item away. They are made
        in the order given.
    out : Path, optional
        Where the edited study goes; by default in the place of the former.

    Returns
    -------
    Path
        Of the file written. It appears whole, or not at all.

    Raises
    ------
    StudyError
        With every problem at once, if the study cannot be read, paths lead nowhere, or what would be written is no
        valid study: then nothing is written.
    """
    path = Path(path)
    goal = Path(os.path.realpath(path if out is None else out))
    content = read_document(path).content
    with path.open(encoding="utf-8", newline="") as stream:
        text = stream.read()
    mark, text = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
    problems: list[Problem] = []
    for dotted, value in changes.items():
        try:
            content, text = _changed(content, text, tuple(dotted.split(".")), value, path)
        except StudyError as error:
            problems += error.problems
    if problems:
        raise StudyError(*problems)
    _write(mark + text, content, path, goal)
    return goal


def _changed(content: Any, text: str, keys: tuple[str, ...], value: Any, path: Path) -> tuple[Any, str]:
    """Return content and text of a study with one change made; the former stay as they are."""
    if value is None:
        return _without(content, keys, path), removed(text, keys, path.name)
    if len(keys) == 2 and keys[0] in LISTS and isinstance(value, Mapping):
        items = content.get(keys[0]) or []
        is_there = any(isinstance(item, dict) and str(item.get("id")) == keys[1] for item in items)
        if not is_there and not (keys[1].isdigit() and int(keys[1]) < len(items)):
            item = {"id": keys[1], **value}
            made = {**content, keys[0]: [*items, item]}
            if not items:
                return made, edited(text, keys[:1], [item], path.name)
            return made, appended(text, keys[:1], item, path.name)
    return _expected(content, keys, value, path), edited(text, keys, value, path.name)


def edited(text: str, keys: tuple[str, ...], value: Any, name: str = "") -> str:
    r"""Return a YAML document with one value replaced or added.

    Parameters
    ----------
    name : str
        Of the file, for what goes wrong.

    Examples
    --------
    >>> edited("a: {b: 1}   # one\nc: 2\n", ("a", "b"), 3.5)
    'a: {b: 3.5}   # one\nc: 2\n'
    >>> edited("a: {b: 1}\n", ("a", "d", "e"), "x")
    'a: {b: 1, d: {e: x}}\n'
    """
    node = _composed(text)
    seen: dict[int, int] = {}
    _count(node, seen)
    for depth, key in enumerate(keys):
        child = _child(node, key)
        if child is None:
            return _added(text, node, keys[depth:], value, name)
        node = child
        if seen[id(node)] > 1:
            raise StudyError(Problem("outcomes.edit_shared", name, {"key": ".".join(keys)}))
    end = _end(text, node)
    quotes = node.style if isinstance(node, yaml.ScalarNode) and node.style in ("'", '"') else None
    written = one_line(value, quotes)
    if node.start_mark.index >= end:  # nothing stands after the colon
        return text[: node.start_mark.index] + " " + written + text[node.start_mark.index :]
    return text[: node.start_mark.index] + written + text[end:]


def appended(text: str, keys: tuple[str, ...], item: Mapping[str, Any], name: str = "") -> str:
    r"""Return a YAML document with one item more at the end of a list that has some.

    Examples
    --------
    >>> appended("a:\n  - {id: x}   # one\nb: 2\n", ("a",), {"id": "y"})
    'a:\n  - {id: x}   # one\n  - {id: y}\nb: 2\n'
    """
    node = _way(text, keys, name)[-1]
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        raise StudyError(Problem("outcomes.edit_nowhere", name, {"key": ".".join(keys)}))
    if node.flow_style:
        place = _end(text, node.value[-1])
        return f"{text[:place]}, {one_line(item)}{text[place:]}"
    indent = node.start_mark.column
    line_end = _line_end(text)
    written = line_end.join(f"{' ' * indent}{line}" for line in laid_out(item, _WIDTH - indent))
    place = _end_of_line(text, _end(text, node))
    return f"{text[:place]}{line_end}{written}{text[place:]}"


def removed(text: str, keys: tuple[str, ...], name: str = "") -> str:
    r"""Return a YAML document without one key or item; a list or mapping that becomes empty stays as such.

    Examples
    --------
    >>> removed("a:\n  - {id: x}\n  - {id: y}   # two\nb: {c: 1, d: 2}\n", ("a", "y"))
    'a:\n  - {id: x}\nb: {c: 1, d: 2}\n'
    >>> removed("b: {c: 1, d: 2}\n", ("b", "c")), removed("b: {c: 1}\n", ("b", "c"))
    ('b: {d: 2}\n', 'b: {}\n')
    """
    *_, parent, node = _way(text, keys, name)
    if len(parent.value) == 1:
        empty = "{}" if isinstance(parent, yaml.MappingNode) else "[]"
        start, end = parent.start_mark.index, _end(text, parent)
        return f"{text[:start]}{'' if parent.start_mark.column else ' '}{empty}{text[end:]}"
    entries = [entry if isinstance(entry, tuple) else (entry, entry) for entry in parent.value]
    place = next(number for number, (_, value) in enumerate(entries) if value is node)
    begin = entries[place][0].start_mark.index
    if parent.flow_style:
        if place:
            return text[: _end(text, entries[place - 1][1])] + text[_end(text, node) :]
        return text[:begin] + text[entries[1][0].start_mark.index :]
    if isinstance(parent, yaml.SequenceNode):
        begin = text.rfind("-", 0, begin)
    line = max(text.rfind("\n", 0, begin), text.rfind("\r", 0, begin)) + 1
    if text[line:begin].strip():  # the first key of an item stands behind its dash
        return text[:begin] + text[entries[place + 1][0].start_mark.index :]
    after = re.compile(r"[^\r\n]*(\r\n|\n|\r)?").match(text, _end(text, node)).end()
    return text[:line] + text[after:]


def _composed(text: str) -> Any:
    loader = _Loader(text)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def _way(text: str, keys: tuple[str, ...], name: str) -> list[Any]:
    """Return the nodes from the whole document to the value at a path of keys."""
    nodes = [_composed(text)]
    seen: dict[int, int] = {}
    _count(nodes[0], seen)
    for key in keys:
        child = _child(nodes[-1], key)
        if child is None:
            raise StudyError(Problem("outcomes.edit_nowhere", name, {"key": ".".join(keys)}))
        if seen[id(nodes[-1])] > 1:
            raise StudyError(Problem("outcomes.edit_shared", name, {"key": ".".join(keys)}))
        nodes.append(child)
    return nodes


def _count(node: Any, seen: dict[int, int]) -> None:
    """Count how often each value is used: one that an alias names again cannot be changed in one place alone."""
    seen[id(node)] = seen.get(id(node), 0) + 1
    if isinstance(node, yaml.MappingNode):
        for _, child in node.value:
            _count(child, seen)
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            _count(child, seen)


def _child(node: Any, key: str) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((child for name, child in node.value if name.value == key), None)
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            identifier = _child(item, "id") if isinstance(item, yaml.MappingNode) else None
            if identifier is not None and identifier.value == key:
                return item
        if key.isdigit() and int(key) < len(node.value):
            return node.value[int(key)]
    return None


def _end(text: str, node: Any) -> int:
    """Return where a value ends; PyYAML lets a block end where the next thing begins, comments included."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(last, tuple) else last)
    start, end = node.start_mark.index, node.end_mark.index
    return max(start, len(text[:end].rstrip()))


def _added(text: str, node: Any, keys: tuple[str, ...], value: Any, name: str) -> str:
    """Return the document with a key more in a mapping."""
    nested = value
    for key in reversed(keys[1:]):
        nested = {key: nested}
    entry = f"{one_line(keys[0])}: {one_line(nested)}"
    end = _end(text, node)
    if isinstance(node, yaml.ScalarNode) and node.tag.endswith(":null"):
        start = node.start_mark.index
        return f"{text[:start]}{'' if start < end else ' '}{{{entry}}}{text[max(start, end) :]}"
    if not isinstance(node, yaml.MappingNode):
        raise StudyError(Problem("outcomes.edit_nowhere", name, {"key": keys[0]}))
    if node.flow_style:
        place = _end(text, node.value[-1][1]) if node.value else node.start_mark.index + 1
        return f"{text[:place]}{', ' if node.value else ''}{entry}{text[place:]}"
    line_end = _line_end(text)
    place = _end_of_line(text, end)
    return f"{text[:place]}{line_end}{' ' * node.start_mark.column}{entry}{text[place:]}"


def _line_end(text: str) -> str:
    found = re.search(r"\r\n|\n|\r", text)
    return found.group() if found else "\n"


def _end_of_line(text: str, place: int) -> int:
    return re.compile(r"[^\r\n]*").match(text, place).end()


def laid_out(item: Mapping[str, Any], width: int = _WIDTH) -> list[str]:
    """Return an item of a list as lines, broken between its keys where one would be too long.

    Examples
    --------
    >>> laid_out({"id": "air", "weight": 1}), laid_out({"id": "air", "weight": 1}, 16)
    (['- {id: air, weight: 1}'], ['- {id: air,', '   weight: 1}'])
    """
    lines, parts = ["- {"], [f"{one_line(key)}: {one_line(value)}" for key, value in item.items()]
    for number, part in enumerate(parts):
        part += "}" if number == len(parts) - 1 else ","
        if number and len(lines[-1]) + 1 + len(part) > width:
            lines.append(f"   {part}")
        else:
            lines[-1] += f" {part}" if number else part
    return lines


def one_line(value: Any, quotes: Optional[str] = None) -> str:
    """Return a value as it stands on one line, within braces or not."""
    style = quotes if isinstance(value, str) else None
    written = yaml.safe_dump(
        [value], default_flow_style=True, default_style=style, width=10**9, allow_unicode=True, sort_keys=False
    )
    # In the brackets of a list, quotes stand wherever braces would need them.
    return written.strip()[1:-1]


def _expected(content: Any, keys: tuple[str, ...], value: Any, path: Path) -> Any:
    """Return the content with one value replaced or added; the former stays as it is."""
    if not keys:
        return value
    if isinstance(content, list):
        named = [i for i, item in enumerate(content) if isinstance(item, dict) and str(item.get("id")) == keys[0]]
        place = named[0] if named else int(keys[0]) if keys[0].isdigit() else len(content)
        if place < len(content):
            changed = _expected(content[place], keys[1:], value, path)
            return [*content[:place], changed, *content[place + 1 :]]
    elif content is None or isinstance(content, dict):
        content = content or {}
        return {**content, keys[0]: _expected(content.get(keys[0]), keys[1:], value, path)}
    raise StudyError(Problem("outcomes.edit_nowhere", path.name, {"key": keys[0]}))


def _without(content: Any, keys: tuple[str, ...], path: Path) -> Any:
    """Return the content without one key or item; the former stays as it is."""
    key, rest = keys[0], keys[1:]
    if isinstance(content, list):
        named = [i for i, item in enumerate(content) if isinstance(item, dict) and str(item.get("id")) == key]
        place = named[0] if named else int(key) if key.isdigit() else len(content)
        if place < len(content):
            kept = [_without(content[place], rest, path)] if rest else []
            return [*content[:place], *kept, *content[place + 1 :]]
    elif isinstance(content, dict) and key in content:
        if rest:
            return {**content, key: _without(content[key], rest, path)}
        return {name: value for name, value in content.items() if name != key}
    raise StudyError(Problem("outcomes.edit_nowhere", path.name, {"key": key}))


def _write(text: str, content: Any, path: Path, goal: Path) -> None:
    """Write a study beside its goal, check it, and put it in its place."""
    try:
        handle, made = tempfile.mkstemp(prefix=".edited-", suffix=goal.suffix, dir=goal.parent)
    except OSError as error:
        raise _not_writable(goal, error) from error
    draft = Path(made)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
        if read_document(draft).content != content:
            raise StudyError(Problem("outcomes.edit_impossible", path.name))
        read_study(draft)
        shutil.copymode(goal if goal.exists() else path, draft)
        os.replace(draft, goal)
    except StudyError as error:
        told = [Problem(p.code, p.where.replace(draft.name, goal.name), p.values, p.severity) for p in error.problems]
        raise StudyError(*told) from error
    except OSError as error:
        raise _not_writable(goal, error) from error
    finally:
        draft.unlink(missing_ok=True)


def _not_writable(goal: Path, error: OSError) -> StudyError:
    return StudyError(Problem("outcomes.edit_not_writable", str(goal), {"reason": error.strerror or str(error)}))
