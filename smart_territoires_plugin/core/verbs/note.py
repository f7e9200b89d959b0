"""``note``: the one-page note to the director."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from smart_territoires_plugin.core.verbs import Verb
from smart_territoires_plugin.core.verbs.reporting import add_level, result

if TYPE_CHECKING:
    import argparse


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="results of a run")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.html")
    add_level(parser)


def _act(arguments: argparse.Namespace) -> int:
    from smart_territoires_plugin.core.outreach.writing import write_note

    made = write_note(arguments.folder, arguments.out, arguments.lang, arguments.level)
    result(arguments, made, {"note": made})
    return 0


NOTE = Verb("note", "write the one-page note to the director", _declare, _act)
