"""``portfolio``: who first, within days or a budget, quotas and obligations."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.verbs import Verb
from smart_territoires_plugin.core.verbs.reporting import result, say

if TYPE_CHECKING:
    import argparse


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="results of a run")
    parser.add_argument("--plan", type=Path, required=True, metavar="PLAN.yaml")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")


@contextmanager
def _bar(arguments: argparse.Namespace) -> Iterator[Callable[[str, float], None]]:
    """Show how far the choice is: JSON lines for a program, a bar on a terminal."""
    if arguments.json:

        def tell(step: str, share: float) -> None:
            label = text(f"step.{step}", arguments.lang)
            event = {"event": "progress", "done": round(share, 4), "step": step, "label": label, "remaining_s": None}
            print(json.dumps(event, ensure_ascii=False), file=sys.stderr, flush=True)

        yield tell
        return
    from tqdm import tqdm

    with tqdm(total=100, file=sys.stderr, disable=not sys.stderr.isatty(), bar_format="{l_bar}{bar}| {elapsed}") as bar:
        yield lambda step, share: bar.update(round(100 * share) - bar.n)


def _act(arguments: argparse.Namespace) -> int:
    from smart_territoires_plugin.core.choosing import choose_to_folder
    from smart_territoires_plugin.core.results.portfolio_tables import FILES, portfolio_summary
    from smart_territoires_plugin.core.targeting.portfolio_plan import read_plan

    plan = read_plan(arguments.plan)
    with _bar(arguments) as progress:
        made, themes, warnings = choose_to_folder(arguments.folder, plan, arguments.out, progress=progress)
    say(warnings, arguments)
    if not arguments.json:
        names = {identifier: name[arguments.lang] for identifier, name in themes.items()}
        print("\n".join(portfolio_summary(made, names, arguments.lang)))
    result(arguments, arguments.out, {name: arguments.out / file for name, file in FILES.items()})
    return 0


PORTFOLIO = Verb("portfolio", "choose who first, within days or a budget and quotas", _declare, _act)
