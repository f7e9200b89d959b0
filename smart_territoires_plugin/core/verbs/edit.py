"""``edit``: change a study file where it is asked and nowhere else; comments, order and layout stay."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smart_territoires_plugin.core.errors import Problem, StudyError
from smart_territoires_plugin.core.verbs import Verb
from smart_territoires_plugin.core.verbs.reporting import result

if TYPE_CHECKING:
    import argparse


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("study", type=Path, metavar="STUDY.yaml")
    parser.add_argument(
        "--changes",
        type=Path,
        default=None,
        metavar="FILE.json",
        help='dotted keys and values, {"targeting.shortlist": 30}; null takes a key or an item away',
    )
    parser.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE", help="one change, its value as in YAML; repeatable"
    )
    parser.add_argument(
        "--add-source", action="append", default=[], metavar="ID=PATH", help="a source more; repeatable"
    )
    parser.add_argument("--out", type=Path, default=None, metavar="FILE.yaml", help="by default the study is edited")


def _act(arguments: argparse.Namespace) -> int:
    from smart_territoires_plugin.core.study.editing import edit_study

    changes, problems = _read(arguments.changes) if arguments.changes is not None else ({}, [])
    for option, given in (("--set", arguments.set), ("--add-source", arguments.add_source)):
        for written in given:
            key, equals, value = written.partition("=")
            if not (key and equals and value):
                problems.append(Problem("editing.no_pair", option, {"written": written}))
            elif option == "--set":
                changes[key] = _value(value)
            else:
                changes[f"sources.{key}"] = {"path": value}
    if not changes and not problems:
        problems.append(Problem("editing.nothing_to_change", arguments.study.name))
    if problems:
        raise StudyError(*problems)
    place = edit_study(arguments.study, changes, arguments.out)
    result(arguments, place, {"study": place})
    return 0


def _read(path: Path) -> tuple[dict[str, Any], list[Problem]]:
    """Return the changes of a file, and what is wrong with it."""
    try:
        changes = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        return {}, [Problem("editing.changes_unreadable", str(path), {"reason": reason})]
    if not isinstance(changes, dict):
        return {}, [Problem("editing.changes_no_mapping", str(path))]
    return changes, []


def _value(written: str) -> Any:
    """Return what a value means in YAML; a text that is none is itself."""
    import yaml

    from smart_territoires_plugin.core.study.documents import _Loader

    loader = _Loader(written)
    try:
        return loader.get_single_data()
    except yaml.YAMLError:
        return written
    finally:
        loader.dispose()


EDIT = Verb("edit", "change a study file where it is asked and nowhere else", _declare, _act)
