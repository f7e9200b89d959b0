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


def edit_study(path: Path, changes: Mapping[str, Any], out: Optional[Path] = None) -> Path:
    """Write values into a study file, and leave every other character as it is.

    Parameters
    ----------
    path : Path
    changes : mapping of dotted path to value
        For example ``{"targeting.thresholds.readiness": 28.8}``; an item of a list by its ``id``, else by its number
        from 0. A key that is not there is added, with the keys above it.
    out : Path, optional
        Where the edited study goes; by default in the place of the former.

    Returns
    -------
    Path
        Of the file written. It appears whole, or not at all.

    Raises
    ------
    StudyError
        If the study cannot be read, a path leads nowhere, or what would be written is no valid study: then nothing is
        written.
    """
    path = Path(path)
    goal = Path(os.path.realpath(path if out is None else out))
    content = read_document(path).content
    with path.open(encoding="utf-8", newline="") as stream:
        text = stream.read()
    mark, text = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
    for dotted, value in changes.items():
        keys = tuple(dotted.split("."))
        content = _expected(content, keys, value, path)
        text = edited(text, keys, value, path.name)
    _write(mark + text, content, path, goal)
    return goal


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
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
    finally:
        loader.dispose()
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
    written = _written(value, quotes)
    if node.start_mark.index >= end:  # nothing stands after the colon
        return text[: node.start_mark.index] + " " + written + text[node.start_mark.index :]
    return text[: node.start_mark.index] + written + text[end:]


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
    entry = f"{_written(keys[0])}: {_written(nested)}"
    end = _end(text, node)
    if isinstance(node, yaml.ScalarNode) and node.tag.endswith(":null"):
        start = node.start_mark.index
        return f"{text[:start]}{'' if start < end else ' '}{{{entry}}}{text[max(start, end) :]}"
    if not isinstance(node, yaml.MappingNode):
        raise StudyError(Problem("outcomes.edit_nowhere", name, {"key": keys[0]}))
    if node.flow_style:
        place = _end(text, node.value[-1][1]) if node.value else node.start_mark.index + 1
        return f"{text[:place]}{', ' if node.value else ''}{entry}{text[place:]}"
    line_end = re.search(r"\r\n|\n|\r", text)
    line_end = line_end.group() if line_end else "\n"
    rest = re.compile(r"[^\r\n]*").match(text, end)
    place = rest.end() if rest else end
    return f"{text[:place]}{line_end}{' ' * node.start_mark.column}{entry}{text[place:]}"


def _written(value: Any, quotes: Optional[str] = None) -> str:
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
