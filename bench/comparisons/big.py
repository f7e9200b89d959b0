"""Many territories and millions of polygons: time and memory, and how both grow from a sixteenth of the size."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from bench.comparing import Mark, Method, Table, in_turn, median_row, median_s, ratio, relative_error
from bench.inputs import big
from bench.inputs.exact import write_covered
from bench.studies import write_study

MOST_MB = 4_000
GROWTH = 1.2
SAMPLE = 20


def ours(folder: Path, name: str, title: str, repeats: int) -> Method:
    """Return ours on one of the sizes, with an empty store."""
    layers, store = folder / name, folder / "stores" / name
    measure = {"kind": "coverage_area", "source": "polygons"}
    asked = write_study(
        folder / "studies" / f"{name}.yaml",
        layers / "territories.gpkg",
        {"polygons": layers / "polygons.gpkg"},
        [measure],
    )
    command = [sys.executable, "-m", "bench.ours", str(asked), str(store), "2", "{out}"]
    return Method(title, command, "bench/ours.py", repeats, lambda: shutil.rmtree(store, ignore_errors=True))


def compare(folder: Path, small: bool) -> list[Table]:
    """Make the inputs, run ours on both sizes, and return the table."""
    recipes = {
        "big_sixteenth": big.SMALL_SIXTEENTH if small else big.FULL_SIXTEENTH,
        "big": big.SMALL if small else big.FULL,
    }
    facts = {name: big.write_big(folder / name, recipe) for name, recipe in recipes.items()}
    smaller = write_covered(
        folder / "big_sixteenth_exact",
        folder / "big_sixteenth" / "polygons.gpkg",
        {"territories": (folder / "big_sixteenth" / "territories.gpkg", SAMPLE)},
    )
    exact = {"big_sixteenth": smaller["territories"]}
    titles = {
        name: f"{found['territories']:,} territories × {found['polygons']:,} polygons" for name, found in facts.items()
    }
    methods = {
        "big_sixteenth": ours(folder, "big_sixteenth", f"**ours**, {titles['big_sixteenth']}", 3),
        "big": ours(folder, "big", f"ours, {titles['big']}", 1),
    }
    found = in_turn(methods)
    shutil.rmtree(folder / "stores" / "big", ignore_errors=True)
    seconds = {name: median_s(runs) for name, runs in found.items()}
    rows = []
    for name, method in methods.items():
        answers = [one.answer["values"] for one in found[name] if not one.absent and name in exact]
        errors = [relative_error(values, exact[name]) for values in answers]
        rows.append(median_row(method, found[name], max(errors, default=None), seconds["big_sixteenth"]))
    times = facts["big"]["polygons"] / facts["big_sixteenth"]["polygons"]
    growth = ratio(seconds["big"], seconds["big_sixteenth"])
    marks = [
        Mark("memory", rows[1].peak_mb, most=MOST_MB, unit="MB"),
        Mark(f"growth of time beyond ×{times:.0f}", growth and growth / times, most=GROWTH),
        Mark("error at the smaller size", rows[0].error, most=1e-9),
    ]
    remarks = [
        f"Vertices: {facts['big']['vertices']:,} and {facts['big_sixteenth']['vertices']:,}; the same density of "
        "territories and polygons in both, of the same kind as in the first comparison. First runs, 2 workers. Only "
        f"ours runs here. Exact answer: {SAMPLE} territories of the smaller size.",
    ]
    return [Table("Growth", remarks, rows, marks=marks)]
