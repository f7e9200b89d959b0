"""``sheets``: an outreach sheet per target, territory or call unit, and the table for mail merge."""

from __future__ import annotations

import argparse
from pathlib import Path

from smart_territoires_plugin.core.verbs import Verb
from smart_territoires_plugin.core.verbs.reporting import add_level, result


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="results of a run")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    whom = "territories or call units (default: the shortlist)"
    parser.add_argument("--codes", nargs="+", default=[], metavar="CODE", help=whom)
    parser.add_argument("--first", type=_count, default=None, metavar="N", help="only the first N of them")
    parser.add_argument("--audience", choices=("internal", "public"), default="internal")
    add_level(parser)


def _count(written: str) -> int:
    value = int(written)
    if value < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return value


def _act(arguments: argparse.Namespace) -> int:
    from smart_territoires_plugin.core.outreach.writing import write_sheets

    codes = [code for given in arguments.codes for code in given.split(",") if code]
    chosen = (codes, arguments.first, arguments.level)
    made = write_sheets(arguments.folder, arguments.out, arguments.lang, arguments.audience, *chosen)
    result(arguments, arguments.out, made)
    return 0


SHEETS = Verb("sheets", "write an outreach sheet per target, and a table for mail merge", _declare, _act)
