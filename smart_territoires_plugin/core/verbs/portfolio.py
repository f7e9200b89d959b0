"""``portfolio``: who first, within days or a budget, quotas and obligations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from smart_territoires_plugin.core.verbs import Verb
from smart_territoires_plugin.core.verbs.reporting import result, say

if TYPE_CHECKING:
    import argparse


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="results of a run")
    parser.add_argument("--plan", type=Path, required=True, metavar="PLAN.yaml")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")


def _act(arguments: argparse.Namespace) -> int:
    from smart_territoires_plugin.core.choosing import choose_to_folder
    from smart_territoires_plugin.core.results.portfolio_tables import FILES, portfolio_summary
    from smart_territoires_plugin.core.targeting.portfolio_plan import read_plan

    plan = read_plan(arguments.plan)
    made, themes, warnings = choose_to_folder(arguments.folder, plan, arguments.out)
    say(warnings, arguments)
    if not arguments.json:
        names = {identifier: name[arguments.lang] for identifier, name in themes.items()}
        print("\n".join(portfolio_summary(made, names, arguments.lang)))
    result(arguments, arguments.out, {name: arguments.out / file for name, file in FILES.items()})
    return 0


PORTFOLIO = Verb("portfolio", "choose who first, within days or a budget and quotas", _declare, _act)
