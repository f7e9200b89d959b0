"""``themes``: themes weighed by several considerations, and the weights that a study may take."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from smart_territoires_plugin.core.verbs import Verb
from smart_territoires_plugin.core.verbs.reporting import result, say

if TYPE_CHECKING:
    import argparse


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the theme matrix, YAML")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--results", type=Path, default=None, metavar="DIR", help="take the themes' names from results")
    parser.add_argument(
        "--write-study",
        type=Path,
        nargs=2,
        default=None,
        metavar=("STUDY", "OUT.yaml"),
        help="write a copy of a study with these weights, comments kept",
    )


def _act(arguments: argparse.Namespace) -> int:
    from smart_territoires_plugin.core.results.theme_tables import FILES, themes_summary
    from smart_territoires_plugin.core.targeting.theme_matrix_reading import read_matrix
    from smart_territoires_plugin.core.weighing_themes import weigh_to_folder

    file = read_matrix(arguments.file)
    study, target = arguments.write_study or (None, None)
    made, warnings = weigh_to_folder(file, arguments.out, arguments.lang, arguments.results, study, target)
    files = {name: arguments.out / written for name, written in FILES.items()}
    files.update({"study": target} if target else {})
    say(warnings, arguments)
    if not arguments.json:
        print("\n".join(themes_summary(made, arguments.lang)))
    result(arguments, arguments.out, files)
    return 0


THEMES = Verb("themes", "rank themes by several considerations, and weigh them for a study", _declare, _act)
