"""The table of a comparison: one row per territory, where it stands, what changed and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.scoring.comparison import CAUSES, ROUNDING, ScoreChange

if TYPE_CHECKING:
    from smart_territoires_plugin.core.comparing_runs import Comparison, Run


def comparison_frame(comparison: Comparison) -> pd.DataFrame:
    """Return one row per territory of either run.

    Columns: ``code``, ``name``, ``presence`` (``both``, ``before``, ``after``), segment, rank and shortlist before and
    after, ``segment_cause`` and ``main_cause`` (of the change of the readiness), then for each score its value before
    and after, its change, and the points from each cause, which add up to the change.
    """
    found, before, after = comparison.moves, comparison.before, comparison.after

    def taken(run: Run, rows: np.ndarray, values: np.ndarray, nothing: object) -> np.ndarray:
        return np.append(np.asarray(values, dtype=object), [nothing])[rows]

    def texts(run: Run, rows: np.ndarray, column: str) -> np.ndarray:
        return taken(run, rows, run.table.get(column, np.full(len(run.codes), "", dtype=object)), "")

    def numbers(run: Run, rows: np.ndarray, column: str) -> np.ndarray:
        return taken(run, rows, run.numbers(column), np.nan).astype(float)

    later = texts(after, found.after, "name")
    columns: dict[str, Any] = {
        "code": found.codes,
        "name": np.where(found.after >= 0, later, texts(before, found.before, "name")),
        "presence": np.select([found.before < 0, found.after < 0], ["after", "before"], "both"),
        "segment_before": texts(before, found.before, "segment"),
        "segment_after": texts(after, found.after, "segment"),
        "segment_cause": segment_causes(comparison),
        "rank_before": pd.array(numbers(before, found.before, "target_rank")).astype("Int64"),
        "rank_after": pd.array(numbers(after, found.after, "target_rank")).astype("Int64"),
        "rank_change": pd.array(found.rank_change).astype("Int64"),
        "shortlist": found.shortlist,
        "main_cause": main_causes(comparison, "readiness"),
    }
    for name, change in comparison.changes.items():
        was, now = numbers(before, found.before, name), numbers(after, found.after, name)
        columns |= {f"{name}_before": was, f"{name}_after": now, f"{name}_change": now - was}
        for cause in CAUSES:
            columns[f"{name}_from_{cause}"] = _in_order(comparison, change, cause)
    return pd.DataFrame(columns)


def _in_order(comparison: Comparison, change: Optional[ScoreChange], cause: str) -> np.ndarray:
    """Return the points from a cause in the order of the table."""
    made = np.full(len(comparison.moves.codes), np.nan)
    if change is not None:
        place = {str(code): row for row, code in enumerate(change.codes)}
        rows = np.array([place.get(str(code), -1) for code in comparison.moves.codes])
        made[rows >= 0] = change.parts[cause][rows[rows >= 0]]
    return made


def main_causes(comparison: Comparison, composite: str) -> np.ndarray:
    """Return the cause with the most points in the change of a score, '' where it did not change."""
    change = comparison.changes.get(composite)
    points = np.column_stack([_in_order(comparison, change, cause) for cause in CAUSES])
    size = np.abs(np.nan_to_num(points))
    return np.where(size.max(axis=1, initial=0) > ROUNDING, np.array(CAUSES, dtype=object)[size.argmax(axis=1)], "")


def segment_causes(comparison: Comparison) -> np.ndarray:
    """Return why territories changed segment, '' where they did not.

    A cause of ``CAUSES`` where the readiness passed the threshold of the first run, ``threshold`` where the threshold
    passed it, ``coverage`` where either run knew too little, and ``activity`` where the readiness is on the same side.
    """
    found = comparison.moves
    readiness, ready = [], []
    limits = [run.manifest["method"]["readiness_threshold"] for run in (comparison.before, comparison.after)]
    limits = [np.inf if limit is None else limit for limit in limits]
    for run, rows, limit in zip(
        (comparison.before, comparison.after), (found.before, found.after), limits, strict=True
    ):
        readiness.append(np.append(run.numbers("readiness"), np.nan)[rows])
        ready.append(np.nan_to_num(readiness[-1], nan=-np.inf) > limit)
    crossed = (np.nan_to_num(readiness[1], nan=-np.inf) > limits[0]) != ready[0]
    unknown = np.isnan(readiness[0]) | np.isnan(readiness[1])
    causes = np.select(
        [~found.segment_changed, unknown, ready[0] == ready[1], crossed],
        ["", "coverage", "activity", main_causes(comparison, "readiness")],
        "threshold",
    )
    return causes.astype(object)
