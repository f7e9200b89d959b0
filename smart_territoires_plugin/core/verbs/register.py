"""``register``: an empty register with its forms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from smart_territoires_plugin.core.verbs import Verb
from smart_territoires_plugin.core.verbs.register_import import add_import_options, import_table
from smart_territoires_plugin.core.verbs.reporting import result

if TYPE_CHECKING:
    import argparse


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="GeoPackage to make; one that is there stays as it is")
    add_import_options(parser)


def _act(arguments: argparse.Namespace) -> int:
    if arguments.table is not None:
        return import_table(arguments)
    from smart_territoires_plugin.core.register.template import write_register

    made = write_register(arguments.file, arguments.lang)
    result(arguments, made, {"register": made})
    return 0


REGISTER = Verb("register", "write an empty register of projects, with its forms for QGIS", _declare, _act)
