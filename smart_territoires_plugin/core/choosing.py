"""``portfolio``: who first, of the territories of results, under the means and quotas of a plan."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from smart_territoires_plugin.core.errors import Problem, ResultsError, SourceError
from smart_territoires_plugin.core.results.evidence import read_manifest
from smart_territoires_plugin.core.results.portfolio_tables import Portfolio, write_portfolio
from smart_territoires_plugin.core.results.publication import publication, settle
from smart_territoires_plugin.core.results.tables import armed
from smart_territoires_plugin.core.targeting.portfolio import Programme, best_choice
from smart_territoires_plugin.core.targeting.portfolio_alternatives import alternatives
from smart_territoires_plugin.core.targeting.portfolio_candidates import Candidates, Rows, candidates_of
from smart_territoires_plugin.core.targeting.portfolio_conditions import conditions_of, obligations
from smart_territoires_plugin.core.targeting.portfolio_conflict import conflict_problems, conflicts
from smart_territoires_plugin.core.targeting.portfolio_plan import LIMITS, Plan
from smart_territoires_plugin.core.targeting.portfolio_replacement import replacements
from smart_territoires_plugin.core.targeting.quiet_solver import quiet_solver
from smart_territoires_plugin.core.targeting.stability import runner

_STEP = "targeting"
Report = Callable[[str, float], Any]


def read_rows(path: Path) -> dict[str, dict[str, str]]:
    """Return the rows of a table of results by code, as they were before spreadsheets were guarded against."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [{name: armed(value) for name, value in row.items()} for row in csv.DictReader(stream)]
    return {row["code"]: row for row in rows}


def choose(
    plan: Plan,
    rows: Rows,
    themes: Sequence[str],
    lists: dict[str, list[str]] | None = None,
    notice: str = "",
    workers: int | None = None,
    progress: Report = lambda step, share: None,
) -> tuple[Portfolio, list[Problem]]:
    """Choose under a plan, and say how good, how certain and how replaceable the choice is.

    Parameters
    ----------
    plan : Plan
    rows : mapping of code to row
        Of ``territories.csv`` or ``call_units.csv``.
    themes : sequence of str
        Those that may be recommended.
    lists : mapping of list to codes, optional
    workers : int, optional
        Threads; by default one per usable core. The answer does not depend on it.

    Returns
    -------
    Portfolio, list of Problem
        The second: what must be known and refuses nothing.

    Raises
    ------
    SourceError
        With every problem; where no choice keeps the conditions, those that exclude each other.
    """
    candidates, warnings = candidates_of(plan, rows, lists)
    conditions = conditions_of(plan, candidates, themes)
    poor = list(_nobody_payable(plan, candidates))
    if poor:
        raise SourceError(*poor)
    programme = Programme(candidates.codes, candidates.values, conditions, candidates.imposed)
    with quiet_solver():
        best = best_choice(programme)
        if best is None:
            found = conflicts(programme, obligations(candidates, plan.where("must_have")))
            raise SourceError(*conflict_problems(found, plan.path.name))
        progress(_STEP, 0.2)
        others = alternatives(
            programme, best, plan.alternatives, plan.gap_pct, lambda share: progress(_STEP, 0.2 + 0.3 * share)
        )
        lost = replacements(
            programme, best, plan.unchosen, runner(workers), lambda share: progress(_STEP, 0.5 + 0.5 * share)
        )
    return Portfolio(plan, candidates, conditions, best, others, lost, notice), warnings


def _nobody_payable(plan: Plan, candidates: Candidates):
    for name, limit in plan.limits.items():
        cheapest = float(np.min(candidates.costs[name]))
        if cheapest > limit:
            values = {"limit": f"{limit:g}", "cheapest": f"{cheapest:g}"}
            code = "means.too_little_days" if name == "days" else "means.too_little_eur"
            yield Problem(code, plan.where(LIMITS[name]), values)


def choose_to_folder(
    results: Path, plan: Plan, folder: Path, workers: int | None = None, progress: Report = lambda step, share: None
) -> tuple[Portfolio, dict[str, str], list[Problem]]:
    """Choose among the territories of a results folder, and write the files of the portfolio, whole or not at all.

    Returns
    -------
    Portfolio, mapping of file name to path, list of Problem
        The last: what must be known and refuses nothing.

    Raises
    ------
    ResultsError
        If the folder holds no results, or no table of the level that the plan asks for.
    SourceError
        See ``choose``.
    """
    results = Path(results)
    settle(results)
    table = results / f"{plan.level}.csv"
    if not table.exists():
        raise ResultsError(Problem("means.no_level", plan.where("candidates"), {"file": table.name}))
    rows = read_rows(table)
    manifest = read_manifest(results)
    columns = next(iter(rows.values()), {})
    themes = [theme["id"] for theme in manifest["study"]["themes"] if f"score_{theme['id']}" in columns]
    notice = next((row.get("notice", "") for row in rows.values()), "")
    made, warnings = choose(plan, rows, themes, _lists(results), notice, workers, progress)
    with publication(Path(folder)) as staging:
        write_portfolio(staging, made)
    return made, {theme["id"]: theme["name"] for theme in manifest["study"]["themes"]}, warnings


def _lists(results: Path) -> dict[str, list[str]] | None:
    """Return the codes of each list of the results, where they have any."""
    path = results / "lists.csv"
    if not path.exists():
        return None
    made: dict[str, list[str]] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            made.setdefault(row["list"], []).append(armed(row["code"]))
    return made
