"""Zonal means, plain and weighted by inhabitants, of rasters that share one grid."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from bench.comparing import Mark, Method, Row, Table, in_turn, median_row, median_s, ratio, relative_error
from bench.inputs import rasters
from bench.inputs.exact import write_means
from bench.running import Run, qgis_python
from bench.studies import write_study

WEIGHTS = "inhabitants"
SAMPLE = 24


def study(folder: Path, fields: tuple[str, ...], weighted: bool) -> Path:
    """Write the study that asks for the mean of some rasters over each territory."""
    layers = folder / "zonal"
    sources = {name: layers / f"{name}.tif" for name in (*fields, WEIGHTS)}
    more = {"weights": WEIGHTS} if weighted else {}
    measures = [{"kind": "zonal_mean", "source": name, **more} for name in fields]
    path = folder / "studies" / f"zonal_{'weighted' if weighted else 'mean'}_{'_'.join(fields)}.yaml"
    return write_study(path, layers / "territories.gpkg", sources, measures)


def ours(folder: Path, title: str, fields: tuple[str, ...], weighted: bool, kept: Path | None = None) -> Method:
    """Return ours on some rasters, with an empty store or a copy of a kept one."""
    asked = study(folder, fields, weighted)
    store = folder / "stores" / f"{asked.stem}_run"

    def before() -> None:
        shutil.rmtree(store, ignore_errors=True)
        if kept:
            shutil.copytree(kept, store)

    command = [sys.executable, "-m", "bench.ours", str(asked), str(store), "2", "{out}"]
    return Method(title, command, "bench/ours.py", before=before)


def methods_of(folder: Path, weighted: bool, kept: Path) -> dict[str, Method]:
    """Return every method by a short name."""
    zones, first = str(folder / "zonal" / "territories.gpkg"), str(folder / "zonal" / "first.tif")
    weights = [str(folder / "zonal" / f"{WEIGHTS}.tif")] if weighted else []

    def peer(title: str, name: str, repeats: int, *more: str, python: str = sys.executable) -> Method:
        command = [python, "-m", f"bench.peers.{name}", zones, first, "{out}", *more]
        return Method(title, command, f"bench/peers/{name}.py", repeats)

    sequential = ("feature-sequential", *weights)
    methods = {
        "ours": ours(folder, "**ours**, first raster of the grid", ("first",), weighted),
        "ours_further": ours(folder, "ours, a further raster, in a run of its own", ("second",), weighted, kept),
        "ours_three": ours(folder, "ours, three rasters in one run", rasters.FIELDS, weighted),
        "exactextract": peer("exactextract, GeoDataFrame", "exactextract_frame", 3, *sequential),
        "exactextract_raster": peer(
            'exactextract, GeoDataFrame, `strategy="raster-sequential"`',
            "exactextract_frame",
            2,
            "raster-sequential",
            *weights,
        ),
    }
    if not weighted:
        methods["rasterstats"] = peer("rasterstats `zonal_stats`", "rasterstats_mean", 2)
        methods["qgis"] = peer("QGIS zonal statistics", "qgis_zonal", 2, python=qgis_python())
    return methods


def compare(folder: Path, small: bool) -> list[Table]:
    """Make the inputs, run the methods in turn, and return a table for weighted and one for plain means."""
    recipe = rasters.SMALL if small else rasters.FULL
    facts = rasters.write_rasters(folder / "zonal", recipe)
    exact = write_means(folder / "zonal_exact", folder / "zonal", rasters.FIELDS, WEIGHTS, 6 if small else SAMPLE)
    found, methods = {}, {}
    for weighted in (True, False):
        kept = folder / "stores" / f"zonal_kept_{weighted}"
        first = ours(folder, "ours, to index the grid", ("first",), weighted)
        in_turn({"warm-up": replace(first, repeats=1)})
        shutil.rmtree(kept, ignore_errors=True)
        Path(first.command[-3]).rename(kept)
        methods[weighted] = methods_of(folder, weighted, kept)
        files = [folder / "zonal" / f"{name}.tif" for name in (*rasters.FIELDS, WEIGHTS)]
        found[weighted] = in_turn(methods[weighted], files)
    plain = {name: median_s(runs) for name, runs in found[False].items()}
    return [_table(weighted, methods[weighted], found[weighted], exact, facts, plain) for weighted in (True, False)]


def _table(
    weighted: bool,
    methods: Mapping[str, Method],
    found: Mapping[str, list[Run]],
    exact: Mapping,
    facts: Mapping,
    plain: Mapping[str, float | None],
) -> Table:
    seconds = {name: median_s(runs) for name, runs in found.items()}
    base = seconds["ours"]
    kind = "weighted" if weighted else "mean"
    fields = {"ours_further": "second", "ours_three": "third"}
    rows = {}
    for name, method in methods.items():
        answers = [one.answer["values"] for one in found[name] if not one.absent]
        wanted = exact[fields.get(name, "first")][kind]
        error = max(relative_error(values, wanted) for values in answers) if answers else None
        rows[name] = median_row(method, found[name], error, base)
    further_s = (seconds["ours_three"] - base) / 2 if base and seconds["ours_three"] else None
    share = Row(
        "ours, each further raster in the same run",
        "bench/ours.py",
        further_s,
        error=rows["ours_three"].error,
        ratio=ratio(further_s, base),
    )
    ours_run, peer = found["ours"][0], found["exactextract"][0]
    apart = None if ours_run.absent or peer.absent else relative_error(ours_run.answer["values"], _known(peer))
    marks = [
        Mark("first raster against exactextract", ratio(seconds["exactextract"], base), 1.7, unit="×"),
        *_further_marks("each further raster of a run", further_s, seconds["exactextract"], plain),
        *_further_marks(
            "a further raster in a run of its own", seconds["ours_further"], seconds["exactextract"], plain
        ),
        Mark("error of the first raster", rows["ours"].error, most=1e-8),
        Mark("error of a further raster", rows["ours_further"].error, most=1e-8),
        Mark("largest difference of all territories from exactextract", apart, most=1e-8),
    ]
    ordered = [rows["ours"], rows["ours_further"], rows["ours_three"], share]
    ordered += [row for name, row in rows.items() if not name.startswith("ours")]
    title = "Zonal mean weighted by inhabitants" if weighted else "Zonal mean"
    return Table(title, _remarks(weighted, facts), ordered, marks=marks)


def _further_marks(
    what: str, ours_s: float | None, exactextract_s: float | None, plain: Mapping[str, float | None]
) -> list[Mark]:
    """Return how a raster on a grid that was indexed before compares; rasterstats and QGIS by their plain means."""
    peers = (
        ("exactextract", exactextract_s, 6),
        ("rasterstats", plain["rasterstats"], 12),
        ("QGIS", plain["qgis"], 20),
    )
    return [Mark(f"{what} against {name}", ratio(seconds, ours_s), least, unit="×") for name, seconds, least in peers]


def _known(run: Run) -> dict[str, float]:
    return {code: value for code, value in run.answer["values"].items() if value is not None}


def _remarks(weighted: bool, facts: Mapping) -> list[str]:
    remarks = [
        f"{facts['territories']:,} territories; rasters of {facts['pixels']:,} pixels of 10 m: float32, tiles of 512, "
        "deflate, some without data.",
        "“First raster” starts from nothing; “a further raster” from the store that the first raster of the grid left: "
        "a run of its own with another raster, territories and all read anew. “Each further raster in the same run” is "
        "what a second and third raster add to a run, halved. The peers keep nothing: each raster takes them the same.",
        "Error: against every pixel cut with the territory as a polygon, for a sample of territories.",
    ]
    if weighted:
        remarks.append(
            "rasterstats and QGIS have no weights: the times in their marks are those of the plain mean below."
        )
    else:
        remarks.append("rasterstats and QGIS count a cell whole or not at all: their error is that.")
    return remarks
