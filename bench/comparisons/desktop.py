"""The workbench in QGIS: from the slider to the map, the table and the chart; what opening and starting cost."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bench.comparing import Mark, Method, Row, Table, in_turn, median_row, median_s
from bench.inputs.region import RegionRecipe, write_region
from bench.running import Run, qgis_python
from smart_territoires_plugin.core.store import code_version

OURS, PEER, STARTUP = "bench/ours_desktop.py", "bench/peers/qgis_recolour.py", "bench/ours_startup.py"


def compare(folder: Path, small: bool) -> list[Table]:
    """Make the regions, run their studies, and move the slider in turn with QGIS's own way."""
    sizes = (60, 300) if small else (1_276, 35_000)
    version = code_version.__wrapped__()
    regions = [write_region(folder / f"region_{size}", RegionRecipe(size), version) for size in sizes]
    tables = [
        _hand(results, size, is_large) for results, size, is_large in zip(regions, sizes, (False, True), strict=True)
    ]
    return [*tables, _startup()]


def _hand(results: Path, size: int, is_large: bool) -> Table:
    methods = {
        "ours": Method("**ours**: map, table and chart", [qgis_python(), OURS, str(results), "{out}"], OURS),
        "qgis": Method("QGIS: the map, by an expression", [qgis_python(), PEER, str(results), "{out}"], PEER),
    }
    runs = {name: _per_move(found) for name, found in in_turn(methods, [results / "results.gpkg"]).items()}
    ours_s = median_s(runs["ours"])
    rows = [median_row(method, runs[name], None, ours_s) for name, method in methods.items()]
    marks = [Mark("from the slider to the last of the three", _ms(ours_s), most=1000 if is_large else 150, unit="ms")]
    if not is_large:
        values = _values(runs["ours"])
        marks += [
            Mark("of which scoring", _median(values, "scoring_move"), most=10, unit="ms"),
            Mark("longest that a move held the main thread", _highest(values, "held_move"), most=50, unit="ms"),
            Mark("longest that the first move held it", _median(values, "held_first"), most=50, unit="ms"),
            Mark("longest that opening the workbench held it", _median(values, "held_opening"), most=50, unit="ms"),
        ]
    remarks = [
        "Made-up territories, 30 indicators; a map of 1,100 × 900 pixels, a table and a chart of 700 pixels, without a "
        "screen (`offscreen`). One weight is moved fifteen times; a time is the median of the moves of a run.",
        "QGIS's own way: a graduated layer whose value is the weighted sum of four columns of the results, classified "
        "by quantiles and drawn anew. It has neither segments nor a table nor a chart to follow.",
        "Ours rescored 30 indicators, segments and ranks, and drew all three at every move.",
    ]
    return Table(f"The hand on a weight, {size} territories", remarks, rows, marks=marks)


def _per_move(runs: Sequence[Run]) -> list[Run]:
    """Return runs whose time is that of the median move."""
    return [one if one.absent else replace(one, seconds=_median([one.answer["values"]], "move_") / 1e3) for one in runs]


def _startup() -> Table:
    method = Method("**ours**, no study open", [qgis_python(), STARTUP, "{out}"], STARTUP, repeats=5)
    runs = in_turn({"ours": method})["ours"]
    values = _values(runs)
    marks = [
        Mark("time that QGIS starts later", _median(values, "startup_ms"), most=100, unit="ms"),
        Mark("memory before a study is open", _median(values, "memory_mb"), most=20, unit="MB"),
    ]
    remarks = ["From the import of the plugin to its menu, in a QGIS whose Processing has started. Memory is resident."]
    row: Row = median_row(method, runs, None, None)
    return Table("Start of the plugin", remarks, [row], marks=marks)


def _values(runs: Sequence[Run]) -> list[dict]:
    return [one.answer["values"] for one in runs if not one.absent]


def _median(values: Sequence[dict], begins: str) -> float | None:
    found = [number for one in values for name, number in one.items() if name.startswith(begins)]
    return statistics.median(found) if found else None


def _highest(values: Sequence[dict], begins: str) -> float | None:
    """Return the median over runs of the highest of each."""
    found = [max(number for name, number in one.items() if name.startswith(begins)) for one in values]
    return statistics.median(found) if found else None


def _ms(seconds: float | None) -> float | None:
    return None if seconds is None else 1000 * seconds
