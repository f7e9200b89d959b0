"""Three territories computed by hand, from overlay to rank: every number below follows from the drawing here.

Three squares of 1 km side by side, A, B and C; A and C share an EPCI. Synthetic.
"""

import csv
import json
import math
import sqlite3

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import rasterio
from shapely.geometry import Point, box

from smart_territoires_plugin.core.cli import main

X, Y = 650_000, 6_860_000
CRS = "EPSG:2154"

STUDY = """
version: 1
name: Three squares (synthetic)
crs: EPSG:2154
territories: {source: squares, code: code, name: name, population: population}
groups: {epci: epci}
sources:
  squares: {path: squares.gpkg}
  flood: {path: flood.gpkg}
  no2: {path: no2.tif}
  fibre: {path: fibre.csv, key: code}
  places: {path: places.geojson}
  register: {path: register.gpkg}
themes:
  - {id: flood, name: {fr: Inondations, en: Flood}, weight: 1}
  - {id: air, name: {fr: Air, en: Air}, weight: 2}
indicators:
  - {id: flood_share, role: stake, theme: flood, measure: {kind: coverage_share, source: flood}}
  - {id: no2_mean, role: stake, theme: air, unit: µg/m³, measure: {kind: zonal_mean, source: no2}}
  - {id: fibre, role: success_factor, axis: data, weight: 2, unit: "%",
     measure: {kind: field, source: fibre, field: thd}}
  - {id: places, role: success_factor, axis: inclusion, measure: {kind: count, source: places}}
  - {id: projects, role: activity, measure: {kind: register_activity, source: register}}
scoring: {missing: error}
targeting: {shortlist: 5, thresholds: {readiness: 50, activity: 5}}
robustness: {draws: 200, seed: 1}
"""


def write_study(folder):
    """Write the three squares and their layers."""
    squares = gpd.GeoDataFrame(
        {
            "code": ["10001", "10002", "10003"],
            "name": ["A", "B", "C"],
            "population": [1000, 2000, 5000],
            "epci": ["one", "two", "one"],
        },
        geometry=[box(X + 1000 * i, Y, X + 1000 * (i + 1), Y + 1000) for i in range(3)],
        crs=CRS,
    )
    squares.to_file(folder / "squares.gpkg")
    # The left half of A twice, overlapping; a quarter of B.
    zones = [box(X, Y, X + 500, Y + 1000), box(X, Y, X + 500, Y + 600), box(X + 1000, Y, X + 1250, Y + 1000)]
    gpd.GeoDataFrame({"level": ["a", "b", "c"]}, geometry=zones, crs=CRS).to_file(folder / "flood.gpkg")
    # Two rows of pixels of 500 m: the mean is 25 in A, 10 in B, 20 in C.
    pixels = np.array([[10, 20, 10, 10, 15, 25], [30, 40, 10, 10, 15, 25]], dtype="float32")
    grid = rasterio.transform.from_origin(X, Y + 1000, 500, 500)
    with rasterio.open(
        folder / "no2.tif", "w", driver="GTiff", width=6, height=2, count=1, dtype="float32", crs=CRS, transform=grid
    ) as raster:
        raster.write(pixels, 1)
    (folder / "fibre.csv").write_text("code;thd\n10001;80,0\n10002;100,0\n10003;60,0\n", encoding="utf-8")
    points = [Point(X + 100, Y + 100), Point(X + 900, Y + 900), Point(X + 1500, Y + 500)]
    gpd.GeoDataFrame({"id": [1, 2, 3]}, geometry=points, crs=CRS).to_file(folder / "places.geojson")
    # B has one project, C four; an idea in A is no activity, and A was searched.
    projects = pd.DataFrame(
        {
            "title": list("abcdef"),
            "codes": ["10002", "10003", "10003", "10003", "10003", "10001"],
            "theme": ["flood"] * 6,
            "stage": ["running", "done", "funded", "running", "done", "idea"],
            "year": [2025] * 6,
        }
    )
    pyogrio.write_dataframe(projects, folder / "register.gpkg", layer="projects")
    survey = pd.DataFrame({"code": ["10001"], "status": ["searched_none_found"], "date": ["2026-01-01"]})
    pyogrio.write_dataframe(survey, folder / "register.gpkg", layer="survey", append=True)
    (folder / "study.yaml").write_text(STUDY, encoding="utf-8")
    return folder / "study.yaml"


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("squares")
    study = write_study(folder)
    assert main(["run", str(study), "--out", str(folder / "out"), "--lang", "en"]) == 0
    return folder / "out"


@pytest.fixture(scope="module")
def rows(results):
    with (results / "territories.csv").open(encoding="utf-8", newline="") as stream:
        return {row["name"]: row for row in csv.DictReader(stream)}


def numbers(rows, column):
    return [float(rows[name][column]) if rows[name][column] else None for name in "ABC"]


def test_measures(results):
    with sqlite3.connect(results / "results.gpkg") as database:
        found = database.execute("SELECT indicator, value FROM indicators ORDER BY indicator, code").fetchall()
    values = {}
    for indicator, value in found:
        values.setdefault(indicator, []).append(value)
    assert values["flood_share"] == pytest.approx([50, 25, 0], abs=1e-9)
    assert values["no2_mean"] == pytest.approx([25, 10, 20], abs=1e-9)
    assert values["fibre"] == [80, 100, 60]
    assert values["places"] == [2, 1, 0]
    assert values["projects"] == [0, 1, 4]


def test_stakes(rows):
    assert numbers(rows, "score_flood") == pytest.approx([100, 50.5, 1])
    assert numbers(rows, "score_air") == pytest.approx([100, 1, 1 + 99 * 10 / 15])


def test_readiness_by_axis_and_in_all(rows):
    assert numbers(rows, "axis_data") == pytest.approx([50.5, 100, 1])
    assert numbers(rows, "axis_inclusion") == pytest.approx([100, 50.5, 1])
    # Fibre weighs two, places one.
    assert numbers(rows, "readiness") == pytest.approx([(2 * 50.5 + 100) / 3, (200 + 50.5) / 3, 1])
    assert numbers(rows, "data_coverage") == [1, 1, 1]


def test_activity(rows, results):
    assert numbers(rows, "activity_count") == [0, 1, 4]
    assert [rows[name]["activity_status"] for name in "ABC"] == ["searched_none_found", "documented", "documented"]
    # Five projects for 8 000 inhabitants.
    expected = [0.625, 1.25, 3.125]
    assert numbers(rows, "expected_activity") == pytest.approx(expected)
    assert numbers(rows, "activity_gap") == pytest.approx([0.625, 0.25, -0.875])
    k = json.loads((results / "manifest.json").read_text(encoding="utf-8"))["method"]["dispersion"]
    shrunken = [6.25 * (count + k) / (mean + k) for count, mean in zip([0, 1, 4], expected, strict=True)]
    assert numbers(rows, "activity") == pytest.approx(shrunken)
    # P(Y > 0) of a negative binomial with mean m and size k is 1 - (k / (k + m))^k.
    assert numbers(rows, "evidence")[0] == pytest.approx(100 * (1 - (k / (k + 0.625)) ** k))


def test_segments(rows):
    assert {name: rows[name]["segment"] for name in "ABC"} == {"A": "engage", "B": "showcase", "C": "support"}


def test_target_theme_peer_and_priority(rows):
    target = rows["A"]
    assert target["target_rank"] == "1"
    assert [rows[name]["target_rank"] for name in "BC"] == ["", ""]
    # A has the highest stake in both themes; air weighs more.
    assert target["recommended_theme"] == "air"
    # B is the active territory outside A's EPCI.
    assert target["peer_code"] == "10002"
    # Percentiles: readiness in the middle of three, the stake the highest of three.
    priority = math.exp((math.log(50) + math.log(100) + math.log(float(target["evidence"]))) / 3)
    assert float(target["priority"]) == pytest.approx(priority)


def test_stability(rows):
    # A is the only territory to engage whatever the weights within a quarter: 67 stays above 50, and B's is higher.
    target = rows["A"]
    assert (target["rank_low"], target["rank_high"], target["stability"]) == ("1", "1", "core")
    assert float(target["segment_probability"]) == 1


def test_reasons_cite_own_values(rows):
    english, french = rows["A"]["reasons_en"], rows["A"]["reasons_fr"]
    for value in ("67.0", "50.0", "80%", "0 projects", "0.6", "25", "B (10002)"):
        assert value in english
    for value in ("67,0", "50,0", "80\u00a0%", "0 projet,", "0,6", "25", "B (10002)"):
        assert value in french


def test_outputs(results):
    present = {path.name for path in results.iterdir() if not path.name.startswith(".")}
    assert present == {
        "results.gpkg",
        "territories.csv",
        "targets.csv",
        "targets.xlsx",
        "lists.csv",
        "scoring.npz",
        "manifest.json",
        "methodology.html",
    }
    layers = {str(name) for name, _ in pyogrio.list_layers(results / "results.gpkg")}
    assert {"territories", "indicators", "targets", "peers", "quality", "runs"} <= layers


def test_a_run_on_given_values_does_not_mislead_a_later_one(tmp_path):
    """Two counts of one source: a stake of everything, an activity of the first place alone."""
    study = write_study(tmp_path)
    text = study.read_text(encoding="utf-8")
    first, rest = text.split("indicators:\n")
    rest = rest.replace("kind: register_activity, source: register", 'kind: count, source: places, where: "id = 1"')
    stake = "  - {id: everything, role: stake, theme: flood, measure: {kind: count, source: places}}\n"
    rest = rest.replace("role: success_factor, axis: inclusion, measure: {kind: count, source: places}", "role: stake, "
                        "theme: air, measure: {kind: coverage_area, source: flood}")  # fmt: skip
    study.write_text(f"{first}indicators:\n{stake}{rest}", encoding="utf-8")
    table = tmp_path / "values.csv"
    header = "code,everything,flood_share,no2_mean,fibre,places\n"
    table.write_text(header + "10001,9,9,9,9,9\n10002,8,8,8,8,8\n10003,7,7,7,7,7\n", encoding="utf-8")
    out = tmp_path / "out"
    assert main(["run", str(study), "--out", str(out), "--values", str(table)]) == 0
    assert main(["run", str(study), "--out", str(out)]) == 0
    with sqlite3.connect(out / "results.gpkg") as database:
        query = "SELECT value FROM indicators WHERE indicator = ? ORDER BY code"
        values = {name: [row[0] for row in database.execute(query, (name,))] for name in ("everything", "projects")}
    assert values["everything"] == [2, 1, 0]
    assert values["projects"][0] == 1
