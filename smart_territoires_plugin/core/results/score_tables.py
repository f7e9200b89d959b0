"""The tables of a scored framework: scores, normalised and treated values, what was imputed, weights, robustness."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Optional

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.results.tables import write_csv
from smart_territoires_plugin.core.scoring.framework_scores import FrameworkScores
from smart_territoires_plugin.core.scoring.hierarchy import leaf_weights, levels_of
from smart_territoires_plugin.core.scoring.leaf_importance import leaf_importance
from smart_territoires_plugin.core.scoring.missing import imputed_values
from smart_territoires_plugin.core.scoring.profile import ranks_within
from smart_territoires_plugin.core.scoring.rank_intervals import RankStability
from smart_territoires_plugin.core.sources.ready_tables import ReadyTable
from smart_territoires_plugin.core.study.framework import Framework

if TYPE_CHECKING:
    from smart_territoires_plugin.core.models.sobol import Indices
    from smart_territoires_plugin.core.table_scoring import ScoredTable

FILES = {
    "scores": "scores.csv",
    "normalised": "normalised.csv",
    "treated": "treated.csv",
    "treatment": "treatment.csv",
    "imputed": "imputed.csv",
    "weights": "weights.csv",
    "robustness": "robustness.csv",
    "leaving_out": "leaving_out.csv",
    "sensitivity": "sensitivity.csv",
}


def write_score_tables(folder: Path, made: ScoredTable) -> dict[str, Path]:
    """Write every table; return their paths by name."""
    framework, table, found = made.framework, made.table, made.scores
    frames = {
        "scores": scores_frame(framework, table, found),
        "normalised": _wide(framework, table, found.prepared.normalised),
        "treated": _wide(framework, table, found.prepared.treated),
        "treatment": treatment_frame(framework, table, found),
        "imputed": imputed_frame(framework, table, found),
        "weights": weights_frame(framework, found),
        "robustness": robustness_frame(framework, table, made.stability, made.stamps),
        "leaving_out": leaving_out_frame(framework, made),
        # Without indices the table is written too, so that none of an earlier run stays beside the new scores.
        "sensitivity": sensitivity_frame(made.sensitivity),
    }
    paths = {name: folder / FILES[name] for name in frames}
    for name, frame in frames.items():
        write_csv(frame, paths[name])
    return paths


def leaving_out_frame(framework: Framework, made: ScoredTable) -> pd.DataFrame:
    """Return how far ranks move, on average, without each element in turn."""
    elements = [*framework.indicators, *made.scores.nodes]
    rows = [
        (elements[column].id, change)
        for column, change in zip(made.leaving_out.columns, made.leaving_out.rank_change, strict=True)
    ]
    return pd.DataFrame(rows, columns=["element", "mean_rank_change"])


def sensitivity_frame(found: Mapping[str, Indices]) -> pd.DataFrame:
    """Return Sobol' indices: of what is watched, by group of choices, of first order and in total."""
    rows = [
        (output, group, indices.first[place], indices.total[place])
        for output, indices in found.items()
        for place, group in enumerate(indices.groups)
    ]
    return pd.DataFrame(rows, columns=["output", "choices", "first_order", "total"])


def _wide(framework: Framework, table: ReadyTable, values: np.ndarray) -> pd.DataFrame:
    names = [indicator.id for indicator in framework.indicators]
    return pd.concat([pd.DataFrame({framework.key: table.keys}), pd.DataFrame(values, columns=names)], axis=1)


def scores_frame(framework: Framework, table: ReadyTable, found: FrameworkScores) -> pd.DataFrame:
    """Return the key, a column per node from the root down, the root's rank and the ranks within strata."""
    order = [len(found.nodes) - 1 - place for place in range(len(found.nodes))]
    columns = {framework.key: table.keys}
    columns.update({found.nodes[place].id: found.scores[:, place] for place in order})
    columns["rank"] = pd.array(found.rank, dtype="Float64").astype("Int64")
    for stratum in framework.strata:
        ranks = ranks_within(found.root, table.texts[stratum])
        columns[f"rank_in_{stratum}"] = pd.array(ranks, dtype="Float64").astype("Int64")
    columns["data_coverage"] = found.data_coverage
    return pd.DataFrame(columns)


def treatment_frame(framework: Framework, table: ReadyTable, found: FrameworkScores) -> pd.DataFrame:
    """Return every value that the treatment changed, before and after."""
    rows = [
        (table.keys[point.row], indicator.id, point.before, point.after, point.how)
        for indicator, treatment in zip(framework.indicators, found.prepared.treatments, strict=True)
        for point in treatment.points()
    ]
    return pd.DataFrame(rows, columns=[framework.key, "indicator", "before", "after", "method"])


def imputed_frame(framework: Framework, table: ReadyTable, found: FrameworkScores) -> pd.DataFrame:
    """Return every value that the missing rule filled in."""
    method = framework.scoring.missing.name
    made = imputed_values(found.denominated.values, found.prepared.completed, method)
    rows = [(table.keys[v.row], framework.indicators[v.column].id, v.value, v.method) for v in made]
    return pd.DataFrame(rows, columns=[framework.key, "indicator", "value", "method"])


def weights_frame(framework: Framework, found: FrameworkScores) -> pd.DataFrame:
    """Return the weight of every element: as declared, as used within its parent, and what it counts for in the root.

    ``effective`` sums to 1 over the indicators: what each counts for in the whole index where nothing is missing.
    ``importance`` does so too: what each really counts for, as values vary and go together; empty for a node.
    """
    effective, importance = _effective(found), _importance(found)
    elements = [*framework.indicators, *found.nodes]
    levels = levels_of(found.hierarchy)
    rows = [
        (
            *(element.id, element.parent or "", levels[column], element.weight),
            *(found.weights[column], effective[column], importance[column]),
        )
        for column, element in enumerate(elements)
    ]
    columns = ["element", "parent", "level", "declared", "used", "effective", "importance"]
    return pd.DataFrame(rows, columns=columns)


def _effective(found: FrameworkScores) -> np.ndarray:
    hierarchy = found.hierarchy
    leaves = leaf_weights(hierarchy, found.weights)
    shares = np.zeros(hierarchy.n_columns)
    shares[: hierarchy.n_indicators] = leaves[-1]
    shares[-1] = 1.0
    for place in range(len(hierarchy.composites) - 1, -1, -1):
        column = hierarchy.n_indicators + place
        members = np.array(hierarchy.composites[place].members, dtype=int)
        inner = members[members >= hierarchy.n_indicators]
        whole = found.weights[members].sum()
        if whole > 0:
            shares[inner] = shares[column] * found.weights[inner] / whole
    return shares


def _importance(found: FrameworkScores) -> np.ndarray:
    hierarchy, root = found.hierarchy, found.nodes[-1].id
    made = np.full(hierarchy.n_columns, np.nan)
    counted = leaf_importance(hierarchy, root, found.prepared.normalised, found.scores[:, -1], found.weights)
    made[: hierarchy.n_indicators] = 0.0
    made[counted.leaves] = counted.importance
    return made


def robustness_frame(
    framework: Framework, table: ReadyTable, stability: RankStability, stamps: Optional[np.ndarray]
) -> pd.DataFrame:
    """Return the rank interval of every territory, and how sure it is of the quarter of the ranking that it is in."""
    return pd.DataFrame(
        {
            framework.key: table.keys,
            "rank_low": pd.array(stability.rank_low, dtype="Float64").astype("Int64"),
            "rank_median": pd.array(stability.rank_median, dtype="Float64").astype("Int64"),
            "rank_high": pd.array(stability.rank_high, dtype="Float64").astype("Int64"),
            "probability": stability.shortlist_probability,
            "stability": stamps,
        }
    )
