"""What the quadrant chart draws of a run, with the weights under the hand."""

from __future__ import annotations

import numpy as np

from smart_territoires_plugin.bridge.run_table import RunTable
from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.targeting.rescoring import Rescored
from smart_territoires_plugin.gui.workbench.quadrant_chart import Points


def points_of(table: RunTable, live: Rescored, upward: str, lang: str) -> Points:
    """Return the points of a run.

    Parameters
    ----------
    live : Rescored
        What the weights of the moment give.
    upward : {"activity", "activity_gap"}
    lang : {"fr", "en"}
    """
    size = len(table)
    empty = np.full(size, np.nan)
    limit = table.manifest["method"].get("activity_threshold") if upward == "activity" else 0.0
    return Points(
        live.columns.get("readiness", empty),
        table.columns.get(upward, empty),
        np.nan_to_num(table.columns.get("population", np.ones(size)), nan=1.0),
        live.segment,
        table.columns["name"],
        live.readiness_threshold,
        float("nan") if limit is None else float(limit),
        text("column.readiness", lang),
        text(f"column.{upward}", lang),
    )
