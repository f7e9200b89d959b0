"""``score``: composite scores of a ready table by a framework, without any geometry."""

from __future__ import annotations

import datetime
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Optional

import numpy as np

from smart_territoires_plugin.core.errors import Problem, ScoringError
from smart_territoires_plugin.core.models.completions import drawn_completions
from smart_territoires_plugin.core.models.methods import ENGINE
from smart_territoires_plugin.core.progress import TABLE_STEPS, Progress
from smart_territoires_plugin.core.results.framework_annex import write_framework_annex
from smart_territoires_plugin.core.results.framework_manifest import framework_manifest
from smart_territoires_plugin.core.results.manifest import write_manifest
from smart_territoires_plugin.core.results.publication import MANIFEST, publication
from smart_territoires_plugin.core.results.score_tables import FILES as TABLES
from smart_territoires_plugin.core.results.score_tables import write_score_tables
from smart_territoires_plugin.core.scoring.alternatives import alternatives
from smart_territoires_plugin.core.scoring.framework_scores import FrameworkScores, score_framework
from smart_territoires_plugin.core.scoring.leaving_out import LeavingOut, leave_one_out
from smart_territoires_plugin.core.scoring.missing import context_for
from smart_territoires_plugin.core.scoring.rank_intervals import RankStability, rank_stability
from smart_territoires_plugin.core.scoring.weighting import data_driven
from smart_territoires_plugin.core.sources.ready_tables import ReadyTable, read_ready_table
from smart_territoires_plugin.core.study.framework import Framework
from smart_territoires_plugin.core.targeting.stability import runner, stamp

if TYPE_CHECKING:
    from smart_territoires_plugin.core.models.sobol import Indices

PAIRWISE = ("copeland", "promethee_ii")
MANY_TERRITORIES = 2_000
FILES = {**TABLES, "manifest": MANIFEST, "methodology": "methodology.html"}


@dataclass(frozen=True)
class ScoredTable:
    """A table and its scores, before they are written.

    Parameters
    ----------
    stability : RankStability
        Its ``shortlist_probability`` is that of staying in the quarter of the ranking that the published rank is in.
    stamps : ndarray of str, shape (n_territories,)
        ``core``, ``probable`` or ``debatable`` by that probability; '' without a rank.
    warnings : tuple of Problem
    leaving_out : LeavingOut
        Ranks without one element at a time; of no element where that would take too long.
    sensitivity : mapping of str to Indices
        Empty where Sobol' indices were not asked for.
    """

    framework: Framework
    table: ReadyTable
    scores: FrameworkScores
    stability: RankStability
    stamps: np.ndarray
    warnings: tuple[Problem, ...]
    leaving_out: LeavingOut
    sensitivity: Mapping[str, Indices]


def score_table(
    framework: Framework, table: ReadyTable, progress: Optional[Progress] = None, workers: Optional[int] = None
) -> ScoredTable:
    """Score a table, and draw what the framework's robustness asks for.

    Raises
    ------
    ScoringError
        If the missing rule refuses gaps, or a method cannot serve these values.
    """
    progress = progress or Progress(steps=TABLE_STEPS)
    progress("scoring")
    found = score_framework(framework, table.values, table.denominators, table.texts, ENGINE)
    progress("robustness")
    drawn = alternatives(
        framework.indicators,
        _completed(framework, table, found),
        found.prepared.normalised,
        framework.scoring,
        framework.robustness,
    )
    root = found.hierarchy.n_columns - 1
    asked = (found.hierarchy, drawn, found.weights, framework.robustness, root)
    stability = rank_stability(*asked, None, found.scores, runner(workers), lambda share: progress("robustness", share))
    sensitivity: Mapping[str, Indices] = {}
    if framework.robustness.sobol:
        from smart_territoires_plugin.core.models.sobol import rank_indices

        first_quarter = -(-len(table.keys) // 4)
        sensitivity = rank_indices(*asked, first_quarter, found.scores, framework.robustness.sobol, runner(workers))
    ranked = ~np.isnan(found.rank)
    stamps = np.where(ranked, stamp(stability.shortlist_probability, framework.robustness.draws), "").astype(object)
    return ScoredTable(
        framework,
        table,
        found,
        stability,
        stamps,
        tuple(_warnings(framework, table, found)),
        _left_out(found),
        sensitivity,
    )


def _left_out(found: FrameworkScores) -> LeavingOut:
    """Return the ranks without each element in turn; of none where territories are compared pair by pair, and many."""
    hierarchy = found.hierarchy
    slow = any(composite.aggregation.name in PAIRWISE for composite in hierarchy.composites)
    columns = () if slow and len(found.root) > MANY_TERRITORIES else range(hierarchy.n_columns - 1)
    return leave_one_out(hierarchy, found.prepared.normalised, found.weights, hierarchy.n_columns - 1, columns)


def _completed(framework: Framework, table: ReadyTable, found: FrameworkScores) -> list[np.ndarray]:
    """Return the completed values, those that are drawn where the missing rule fills gaps included."""
    prepared, scoring = found.prepared, framework.scoring
    names = tuple(i.id for i, keep in zip(framework.indicators, prepared.usable, strict=True) if keep)
    context = context_for(scoring.missing, names, table.texts)
    values = found.denominated.values
    return drawn_completions(values, prepared.completed, prepared.usable, scoring, framework.robustness, context)


def _warnings(framework: Framework, table: ReadyTable, found: FrameworkScores) -> list[Problem]:
    """Return what is no error but must be known: indicators that are left out, denominators that cannot divide."""
    made = []
    reasons = found.denominated.reasons
    for column, indicator in enumerate(framework.indicators):
        if not found.prepared.usable[column]:
            values = {"column": indicator.id}
            made.append(Problem("framework.constant_indicator", indicator.id, values, "warning"))
        rows = np.flatnonzero(np.isin(reasons[:, column], ("denominator_zero", "denominator_negative")))
        if rows.size:
            examples = ", ".join(map(str, table.keys[rows[:3]]))
            values = {"column": indicator.id, "denominator": indicator.denominator, "count": rows.size}
            code = "framework.denominator_not_positive"
            made.append(Problem(code, indicator.id, {**values, "examples": examples}, "warning"))
    for name in data_driven([framework.scoring.weights, *(node.weights for node in framework.nodes)]):
        made.append(Problem("framework.data_driven_weights", name, {}, "warning"))
    if np.isnan(found.root).all():
        made.append(Problem("framework.nothing_to_score", framework.path.name, {}, "warning"))
    return made


def score_to_folder(
    path: Path,
    framework: Framework,
    folder: Path,
    lang: str,
    progress: Optional[Progress] = None,
    workers: Optional[int] = None,
) -> ScoredTable:
    """Score a table by a framework and publish the results in a folder, whole or not at all.

    Parameters
    ----------
    path : Path
        Of the table: CSV, XLSX or whatever else a source may be.
    folder : Path
        Gets ``scores.csv`` and the other files of ``FILES``.
    lang : {"fr", "en"}
        Of the annex.

    Raises
    ------
    SourceError
        With every problem of the table.
    ScoringError
        If its values cannot be scored as the framework says.
    """
    progress = progress or Progress(steps=TABLE_STEPS)
    with publication(folder) as staging:
        started = time.perf_counter()
        progress("sources")
        table = read_ready_table(path, framework)
        read = time.perf_counter()
        try:
            made = score_table(framework, table, progress, workers)
        except ScoringError as error:
            raise ScoringError(*(_placed(problem, path) for problem in error.problems)) from error
        scored = time.perf_counter()
        progress("results")
        outputs = write_score_tables(staging, made)
        write_framework_annex(made, staging / FILES["methodology"], lang)
        now = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
        seconds = {"reading": read - started, "scoring": scored - read}
        timings = {"finished": now, "seconds": {name: round(value, 3) for name, value in seconds.items()}}
        write_manifest(framework_manifest(made, path, lang, timings, outputs), staging / FILES["manifest"])
        progress("results", 1.0)
    return made


def _placed(problem: Problem, path: Path) -> Problem:
    """Return a problem with the table's name before the column that it is about."""
    return Problem(problem.code, f"{Path(path).name}: {problem.where}", problem.values, problem.severity)
