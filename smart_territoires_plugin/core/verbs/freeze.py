"""``freeze``: write the thresholds that a run found into its study, so that runs compare."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from smart_territoires_plugin.core.verbs import Verb
from smart_territoires_plugin.core.verbs.reporting import result, say

if TYPE_CHECKING:
    import argparse


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("study", type=Path, metavar="STUDY.yaml")
    parser.add_argument("--run", type=Path, required=True, metavar="DIR", help="results whose thresholds are taken")
    parser.add_argument("--out", type=Path, default=None, metavar="FILE.yaml", help="by default the study is edited")


def _act(arguments: argparse.Namespace) -> int:
    from smart_territoires_plugin.core.comparing_runs import read_run
    from smart_territoires_plugin.core.messages import text
    from smart_territoires_plugin.core.study.freezing import freeze

    run = read_run(arguments.run)
    values = {name: run.numbers(name) for name in ("readiness", "activity")}
    found = freeze(arguments.study, run.manifest, values, arguments.out)
    say(found.warnings, arguments)
    if not arguments.json:
        for key, (former, number) in found.thresholds.items():
            was = text("outcomes.by_default", arguments.lang) if former is None else former
            print(f"{key}: {was} → {number!r}")
    result(arguments, found.path, {"study": found.path})
    return 0


FREEZE = Verb("freeze", "write the thresholds of a run into its study, as numbers", _declare, _act)
