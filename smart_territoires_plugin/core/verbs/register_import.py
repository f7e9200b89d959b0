"""``register --import``: the projects of an existing table added to a register."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from smart_territoires_plugin.core.errors import Problem
from smart_territoires_plugin.core.verbs.reporting import result, say

if TYPE_CHECKING:
    import argparse

_MAX_EXAMPLES = 5


def add_import_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of an import."""
    parser.add_argument(
        "--import", dest="table", type=Path, default=None, metavar="TABLE", help="CSV, XLSX or ODS of projects to add"
    )
    parser.add_argument(
        "--mapping", type=Path, default=None, metavar="MAP.yaml", help="which column is which field; guessed otherwise"
    )
    parser.add_argument("--sheet", default=None, help="sheet of the table; its first one otherwise")
    parser.add_argument("--skip-bad", action="store_true", help="leave out rows that cannot be read")


def import_table(arguments: argparse.Namespace) -> int:
    """Add the projects of a table, and say how its columns were understood where nobody said it."""
    import yaml

    from smart_territoires_plugin.core.register.import_mapping import read_mapping
    from smart_territoires_plugin.core.register.importing import import_projects, mapping_of_table

    if arguments.mapping:
        mapping = read_mapping(arguments.mapping)
    else:
        mapping = mapping_of_table(arguments.table, arguments.sheet)
        if not arguments.json:
            # Told before anything can fail: it is what a person mends.
            print(yaml.safe_dump(mapping.content, allow_unicode=True, sort_keys=False), end="", file=sys.stderr)
    found = import_projects(
        arguments.table, arguments.file, mapping, arguments.sheet, arguments.skip_bad, arguments.lang
    )
    where, told = arguments.table.name, []
    if found.skipped:
        rows = list(dict.fromkeys(str(problem.values["row"]) for problem in found.skipped))
        values = {"count": len(rows), "examples": _some(rows)}
        told.append(Problem("registers.rows_skipped", where, values, "warning"))
    if found.known:
        values = {"count": len(found.known), "examples": _some(found.known)}
        told.append(Problem("registers.rows_known", where, values, "warning"))
    say(told, arguments)
    result(arguments, arguments.file, {"register": arguments.file})
    return 0


def _some(names) -> str:
    return ", ".join(names[:_MAX_EXAMPLES]) + (", …" if len(names) > _MAX_EXAMPLES else "")
