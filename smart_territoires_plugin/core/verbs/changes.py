"""``changes``: who entered and left the lists between two runs and why, and whether those called moved more."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from smart_territoires_plugin.core.verbs import Verb
from smart_territoires_plugin.core.verbs.reporting import result, say

if TYPE_CHECKING:
    import argparse


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("before", type=Path, metavar="BEFORE", help="results of the former run")
    parser.add_argument("after", type=Path, metavar="AFTER", help="results of the later run")
    parser.add_argument("--register", type=Path, default=None, metavar="FILE.gpkg", help="where calls are noted")
    parser.add_argument(
        "--out", type=Path, default=None, metavar="FILE.csv", help="with a .json, and the pairs, beside"
    )


def _act(arguments: argparse.Namespace) -> int:
    from smart_territoires_plugin.core.outcomes.report import find_outcomes, record, sentences, write_outcomes

    found = find_outcomes(arguments.before, arguments.after, arguments.register)
    say(found.warnings, arguments)
    files = {} if arguments.out is None else write_outcomes(found, arguments.out)
    if not arguments.json:
        print("\n".join(sentences(found, arguments.lang)))
    elif not files:
        import json

        print(json.dumps(record(found), ensure_ascii=False))
    if files:
        result(arguments, arguments.out, files)
    return 0


CHANGES = Verb(
    "changes", "say who entered and left the lists since a former run, why, and what calls did", _declare, _act
)
