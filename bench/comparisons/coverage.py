"""Coverage of territories by messy overlapping polygons: ours from the raw file, the peers from a repaired one."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import geopandas

from bench.comparing import Mark, Method, Row, Table, in_turn, median_row, median_s, ratio, relative_error
from bench.inputs import coverage
from bench.inputs.exact import write_covered
from bench.inputs.making import code_hash, made, recipe_of
from bench.running import Run, last_line, qgis_python, watched
from bench.studies import write_study

MOST_VERTICES = 256
SAMPLES = {"territories": 60, "others": 20, "departements": 2}


def prepared(folder: Path, recipe: coverage.CoverageRecipe) -> tuple[dict, dict]:
    """Make the layers and the exact answers; return facts of the layers, and zoning → code → m²."""
    facts = coverage.write_layers(folder / "coverage", recipe)
    coverage.write_repaired(folder / "coverage_repaired", folder / "coverage", recipe)
    zonings = {name: (folder / "coverage" / f"{name}.gpkg", size) for name, size in SAMPLES.items()}
    exact = write_covered(folder / "coverage_exact", folder / "coverage" / "polygons.gpkg", zonings)
    return facts, exact


def subdivided(folder: Path) -> str:
    """Make the repaired polygons cut into pieces by QGIS; return why that cannot be, or an empty text."""

    def make(into: Path) -> dict:
        source, cut = folder / "coverage_repaired" / "polygons.gpkg", into / "cut.gpkg"
        words = ["-m", "bench.inputs.subdividing", str(source), str(cut), str(MOST_VERTICES)]
        code, text, _ = watched([qgis_python(), *words])
        if code:
            raise OSError(f"QGIS could not subdivide ({code}): {last_line(text)}")
        pieces = geopandas.read_file(cut)
        # Written anew as the other layers are: DuckDB's reader now and then crashes on the file as QGIS leaves it.
        coverage.write_polygons(pieces.geometry.values, pieces["kind"].to_numpy(), into / "polygons.gpkg")
        cut.unlink()
        return {"pieces": len(pieces)}

    asked = {
        "layers": recipe_of(folder / "coverage_repaired"),
        "most_vertices": MOST_VERTICES,
        "code": code_hash("subdividing.py", "coverage.py"),
    }
    try:
        made(folder / "coverage_subdivided", asked, make)
    except OSError as error:
        return str(error)
    return ""


def study(folder: Path, zoning: str) -> Path:
    """Write the study that asks for the covered area of each territory of a zoning."""
    layers = folder / "coverage"
    measure = {"kind": "coverage_area", "source": "polygons"}
    path = folder / "studies" / f"coverage_{zoning}.yaml"
    return write_study(path, layers / f"{zoning}.gpkg", {"polygons": layers / "polygons.gpkg"}, [measure])


def ours(folder: Path, title: str, zoning: str, workers: int, kept: Path | None = None) -> Method:
    """Return ours on a zoning, with an empty store or a copy of a kept one."""
    store = folder / "stores" / f"coverage_{zoning}_{workers}"

    def before() -> None:
        shutil.rmtree(store, ignore_errors=True)
        if kept:
            shutil.copytree(kept, store)

    command = [sys.executable, "-m", "bench.ours", str(study(folder, zoning)), str(store), str(workers), "{out}"]
    return Method(title, command, "bench/ours.py", before=before)


def methods_of(folder: Path, kept: Path) -> dict[str, Method]:
    """Return every method by a short name; the first is what the others' times are compared with."""
    zones = str(folder / "coverage" / "territories.gpkg")
    whole = str(folder / "coverage_repaired" / "polygons.gpkg")
    pieces = str(folder / "coverage_subdivided" / "polygons.gpkg")

    def peer(title: str, name: str, polygons: str, repeats: int, *more: str, python: str = sys.executable) -> Method:
        command = [python, "-m", f"bench.peers.{name}", zones, polygons, "{out}", *more]
        return Method(title, command, f"bench/peers/{name}.py", repeats)

    return {
        "ours": ours(folder, "**ours**, first run, 2 workers", "territories", 2),
        "ours_1": ours(folder, "ours, first run, 1 worker", "territories", 1),
        "ours_others": ours(folder, "ours, another zoning, source flattened before", "others", 2, kept),
        "ours_departements": ours(folder, "ours, départements, source flattened before", "departements", 2, kept),
        "geopandas": peer("geopandas `overlay` + `dissolve`", "geopandas_overlay", whole, 3),
        "geopandas_disjoint": peer(
            'geopandas `overlay` + `dissolve(method="disjoint_subset")`',
            "geopandas_overlay",
            whole,
            2,
            "disjoint_subset",
        ),
        "geopandas_pieces": peer(
            "geopandas `overlay` + `dissolve`, on subdivided input", "geopandas_overlay", pieces, 2
        ),
        "duckdb": peer("DuckDB spatial, on subdivided input", "duckdb_spatial", pieces, 2),
        "qgis": peer("QGIS overlap analysis, on subdivided input", "qgis_overlaps", pieces, 2, python=qgis_python()),
    }


ZONING = {"ours_others": "others", "ours_departements": "departements"}


def compare(folder: Path, small: bool) -> list[Table]:
    """Make the inputs, run the methods in turn, and return the table."""
    recipe = coverage.SMALL if small else coverage.FULL
    facts, exact = prepared(folder, recipe)
    lacking = subdivided(folder)
    kept = folder / "stores" / "coverage_kept"
    first = ours(folder, "", "territories", 2)
    first.before()
    in_turn({"warm-up": Method("ours, to flatten the source", first.command, "bench/ours.py", 1, first.before)})
    shutil.rmtree(kept, ignore_errors=True)
    (folder / "stores" / "coverage_territories_2").rename(kept)
    methods = methods_of(folder, kept)
    if lacking:
        methods = {
            name: one
            for name, one in methods.items()
            if str(folder / "coverage_subdivided") not in " ".join(one.command)
        }
    files = [folder / part / "polygons.gpkg" for part in ("coverage", "coverage_repaired")]
    found = in_turn(methods, files)
    rows = _rows(methods, found, exact)
    if lacking:
        rows += [Row("QGIS overlap analysis, on subdivided input", "bench/peers/qgis_overlaps.py", absent=lacking)]
    return [Table("Coverage by messy polygons", _remarks(facts), rows, marks=_marks(methods, found, rows))]


def _rows(methods: Mapping[str, Method], found: Mapping[str, list[Run]], exact: Mapping) -> list[Row]:
    base = median_s(found["ours"])
    rows = []
    for name, method in methods.items():
        wanted = exact[ZONING.get(name, "territories")]
        answers = [one.answer["values"] for one in found[name] if not one.absent]
        error = max(relative_error(values, wanted) for values in answers) if answers else None
        rows.append(median_row(method, found[name], error, base))
    return rows


def _marks(methods: Mapping[str, Method], found: Mapping[str, list[Run]], rows: list[Row]) -> list[Mark]:
    seconds = {name: median_s(found[name]) for name in methods}
    row = dict(zip(methods, rows, strict=False))
    return [
        Mark("first run against geopandas", ratio(seconds["geopandas"], seconds["ours"]), 8, unit="×"),
        Mark("first run against QGIS on subdivided input", ratio(seconds.get("qgis"), seconds["ours"]), 5, unit="×"),
        Mark("memory of the first run", row["ours"].peak_mb, most=2_000, unit="MB"),
        Mark("error of the first run", row["ours"].error, most=1e-9),
        Mark(
            "another zoning, flattened before, against geopandas",
            ratio(seconds["geopandas"], seconds["ours_others"]),
            50,
            unit="×",
        ),
        Mark(
            "départements, flattened before, against geopandas",
            ratio(seconds["geopandas"], seconds["ours_departements"]),
            50,
            unit="×",
        ),
        Mark("error of another zoning", row["ours_others"].error, most=1e-9),
        Mark("error of the départements", row["ours_departements"].error, most=1e-9),
    ]


def _remarks(facts: Mapping) -> list[str]:
    return [
        f"{facts['territories']:,} territories with rough shared borders; {facts['polygons']:,} polygons with "
        f"{facts['vertices']:,} vertices, the largest with {facts['largest_vertices']:,}; {facts['invalid']:,} are "
        f"invalid, {facts['duplicates']:,} are exact copies of others.",
        "Asked of all: the area of each territory that lies in at least one polygon.",
        "Not equal, in the peers' favour: ours reads the raw file and repairs it within its time; the peers read the "
        "same polygons repaired by structure beforehand, for their own repair would lose area. Subdividing (QGIS "
        f"`native:subdivide`, at most {MOST_VERTICES} vertices) is outside the peers' time too.",
        "“Flattened before” starts from the store that a first run on the first territories left. geopandas has "
        "nothing like it: its time is taken as the same for any zoning.",
        f"Exact answer: union of all polygons per territory, for {SAMPLES['territories']} territories "
        f"({SAMPLES['others']} of the other zoning, {SAMPLES['departements']} départements), see "
        "[exact.py](../bench/inputs/exact.py).",
    ]
