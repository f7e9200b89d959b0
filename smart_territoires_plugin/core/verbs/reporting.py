"""How a verb tells its result and its warnings: words for a person, JSON for a program."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from smart_territoires_plugin.core.errors import Problem
from smart_territoires_plugin.core.messages import problem_lines, problem_record

if TYPE_CHECKING:
    import argparse


def say(problems: Sequence[Problem], arguments: argparse.Namespace) -> None:
    """Tell problems on stderr: one line each for a person, one JSON object each for a program."""
    if getattr(arguments, "json", False):
        for problem in problems:
            record = {"event": "problem", **problem_record(problem, arguments.lang)}
            print(json.dumps(record, ensure_ascii=False), file=sys.stderr, flush=True)
        return
    for line in problem_lines(problems, arguments.lang):
        print(line, file=sys.stderr)


def result(arguments: argparse.Namespace, place: Path, files: Mapping[str, Path]) -> None:
    """Tell on stdout where the result is."""
    if getattr(arguments, "json", False):
        print(json.dumps({"out": str(place), "files": {name: str(path) for name, path in files.items()}}))
    else:
        print(place)


def add_level(parser: argparse.ArgumentParser) -> None:
    """Declare at which level a verb speaks of targets."""
    parser.add_argument(
        "--level",
        choices=("territories", "call_units"),
        default=None,
        help="of whom (default: the call units, where the study asks for some)",
    )
