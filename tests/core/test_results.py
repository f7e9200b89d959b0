"""What a run writes: every column of the documentation, every territory, nothing unsafe, nothing unsaid."""

from __future__ import annotations

import csv
import hashlib
import html
import json
import re
import sqlite3
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import pyogrio
import pytest
import small_study
from small_study import codes, default_table, write_small_study

from smart_territoires_plugin.core.cli import main
from smart_territoires_plugin.core.results.tables import disarmed, write_csv
from smart_territoires_plugin.core.scoring.composite import score
from smart_territoires_plugin.core.scoring.state import load_state
from smart_territoires_plugin.core.study import read_study

FILES = [
    "lists.csv", "manifest.json", "methodology.html", "results.gpkg", "scoring.npz", "targets.csv", "targets.xlsx",
    "territories.csv",
]  # fmt: skip
AXES = ["partnership", "data"]
THEMES = ["flood", "planning"]
# DESIGN §4, in its order; ``notice`` is ours, after all of them.
TERRITORIES = [
    "code", "name", "population", "group_epci", "score_flood", "score_planning", "readiness", "axis_partnership",
    "axis_data", "activity_count", "activity", "activity_status", "expected_activity", "activity_gap", "gap_low",
    "gap_high", "evidence", "segment", "segment_probability", "priority", "target_rank", "rank_low", "rank_high",
    "stability", "recommended_theme", "peer_code", "data_coverage", "reasons_fr", "reasons_en", "notice",
]  # fmt: skip
INDICATORS = [
    "code", "indicator", "theme", "role", "value", "value_treated", "normalised", "flag", "reason", "coverage", "unit",
    "source",
]  # fmt: skip
QUALITY = ["source", "check", "outcome", "count", "examples", "code"]
NUMBERS = {
    "population", "score_flood", "score_planning", "readiness", "axis_partnership", "axis_data", "activity_count",
    "activity", "expected_activity", "activity_gap", "gap_low", "gap_high", "evidence", "segment_probability",
    "priority", "target_rank", "rank_low", "rank_high", "data_coverage",
}  # fmt: skip
NAMES = [
    "=1+1", "+33 1", "-Saint-Denis", "@SUM(A1)", "\tTab", "L'Haÿ-les-Roses", 'Le "Grand"',
    "<b>gras</b> & <script>x</script>", "Ville 🏙️", "مدينة \u202egnp.exe", "x" * 200, "a,b;c|d/e\\f",
]  # fmt: skip
CODES_OF_METHODS = (
    "coverage_share",
    "register_activity",
    "min_max",
    "arithmetic_mean",
    "renormalise",
    "success_factor",
)
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def run(folder: Path, study: Path, lang: str = "fr") -> Path:
    out = folder / "out"
    assert main(["run", str(study), "--out", str(out), "--lang", lang]) == 0
    return out


@pytest.fixture(scope="module")
def results(tmp_path_factory) -> Path:
    """A run with names of every dangerous sort, a gap in the data and sources that are not all observed."""
    folder = tmp_path_factory.mktemp("résultats 100%")
    table = default_table(12)
    table.loc[3, "fibre"] = np.nan
    table["fibre"] = table["fibre"].astype(object).where(table["fibre"].notna(), "s")

    def change(content):
        content["fictitious"] = True
        content["sources"]["flood"]["status"] = "synthetic"
        content["sources"]["register"]["status"] = "proxy"
        content["sources"]["table"]["attribution"] = "<i>Personne</i> & Cie"
        content["name"] = "Étude <u>d'essai</u> 🌍"
        content["indicators"][2]["name"]["fr"] = "Locaux <em>raccordables</em>"

    study = write_small_study(folder, names=NAMES, table=table, change=change)
    return run(folder, study)


@pytest.fixture(scope="module")
def territories(results) -> pd.DataFrame:
    return read_csv(results / "territories.csv")


def read_csv(path: Path) -> pd.DataFrame:
    """A table as a program reads it: numbers where they are, everything else as text."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    for name in NUMBERS & set(frame.columns):
        frame[name] = pd.to_numeric(frame[name].where(frame[name] != ""))
    return frame


def layer(results: Path, name: str) -> pd.DataFrame:
    return pyogrio.read_dataframe(results / "results.gpkg", layer=name, read_geometry=False)


# ── files and columns


def test_the_files_are_those_of_the_documentation(results):
    assert sorted(item.name for item in results.iterdir() if not item.name.startswith(".")) == FILES
    assert small_study.hidden(results) == []


def test_the_columns_are_those_of_the_documentation(results, territories):
    assert list(territories.columns) == TERRITORIES
    assert list(read_csv(results / "targets.csv").columns) == TERRITORIES
    layers = {str(name) for name in pyogrio.list_layers(results / "results.gpkg")[:, 0]}
    assert layers >= {"territories", "targets", "peers", "indicators", "quality", "runs"}
    assert list(layer(results, "territories").columns) == TERRITORIES
    assert list(layer(results, "targets").columns) == TERRITORIES
    assert list(layer(results, "indicators").columns) == INDICATORS
    assert list(layer(results, "quality").columns) == QUALITY
    assert {"code", "name", "peer_code", "peer_name", "recommended_theme", "distance_m"} <= set(layer(results, "peers"))


def test_as_many_come_out_as_went_in(results, territories):
    assert territories["code"].tolist() == codes(12)
    assert layer(results, "territories")["code"].tolist() == codes(12)
    indicators = layer(results, "indicators")
    assert indicators.groupby("indicator")["code"].apply(list).map(lambda found: found == codes(12)).all()
    assert sorted(indicators["indicator"].unique()) == ["fibre", "flood_share", "income", "partners", "projects"]


def test_the_geometries_are_those_of_the_source(results):
    import geopandas

    found = geopandas.read_file(results / "results.gpkg", layer="territories")
    assert found.crs.to_epsg() == 2154
    for made, square in zip(found.geometry, small_study.squares(12)):
        assert made.geom_type == "MultiPolygon" and made.equals(square)


def test_the_table_and_the_layer_say_the_same(results, territories):
    found = layer(results, "territories")
    for name in TERRITORIES:
        if name in NUMBERS:
            written, stored = territories[name].to_numpy(dtype=float), found[name].to_numpy(dtype=float)
            np.testing.assert_allclose(written, stored, rtol=1e-11, atol=1e-11, equal_nan=True)
        else:
            stored = found[name].astype(object).where(found[name].notna(), "").tolist()
            assert [_armed(value) for value in territories[name]] == stored, name


def _armed(value: str) -> str:
    return value[1:] if value[:1] == "'" and value[1:2] in DANGEROUS else value


def test_targets_are_the_shortlist_in_the_order_of_ranks(results, territories):
    targets = read_csv(results / "targets.csv")
    engaged = territories[territories["segment"] == "engage"].sort_values("target_rank")
    assert targets["target_rank"].tolist() == list(range(1, min(5, len(engaged)) + 1))
    assert targets["code"].tolist() == engaged["code"].tolist()[:5]
    assert territories[territories["segment"] != "engage"]["target_rank"].isna().all()
    assert layer(results, "targets")["code"].tolist() == targets["code"].tolist()


def test_peers_join_each_target_to_its_peer(results, territories):
    import geopandas

    peers = geopandas.read_file(results / "results.gpkg", layer="peers")
    targets = read_csv(results / "targets.csv")
    assert peers["code"].tolist() == targets.loc[targets["peer_code"] != "", "code"].tolist()
    squares = dict(zip(codes(12), small_study.squares(12)))
    for row in peers.itertuples():
        start, end = row.geometry.coords[0], row.geometry.coords[-1]
        centre, other = squares[row.code].centroid, squares[row.peer_code].centroid
        assert start == pytest.approx((centre.x, centre.y)) and end == pytest.approx((other.x, other.y))
        assert row.distance_m == pytest.approx(centre.distance(other))


# ── CSV


def test_csv_is_plain(results):
    raw = (results / "territories.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    text = raw.decode("utf-8")
    assert "nan" not in text.lower().replace("finance", "") and "None" not in text and "<NA>" not in text
    for row in csv.DictReader(text.splitlines(keepends=True)):
        for name in NUMBERS:
            assert re.fullmatch(r"(-?\d+(\.\d+)?(e[-+]?\d+)?)?", row[name]), (name, row[name])


def test_formulas_are_disarmed_and_numbers_stay_numbers(territories):
    assert not territories["name"].str.startswith(DANGEROUS).any()
    assert [_armed(name) for name in territories["name"]] == NAMES
    assert (territories["activity_gap"] < 0).any(), "a negative number is no formula"


def test_every_text_column_is_disarmed(tmp_path):
    frame = pd.DataFrame(
        {"text": ["=A1", "ok", None, "\rx"], "number": [-1.5, 2.0, np.nan, 1e-300], "whole": [-1, 2, 3, 4]}
    )
    write_csv(frame, tmp_path / "made.csv")
    with (tmp_path / "made.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    # A carriage return would end the row; it becomes a line feed.
    assert [row[0] for row in rows[1:]] == ["'=A1", "ok", "", "'\nx"]
    assert [row[1] for row in rows[1:]] == ["-1.5", "2", "", "1e-300"]
    assert [row[2] for row in rows[1:]] == ["-1", "2", "3", "4"]


def test_disarming_leaves_the_series_given_alone():
    texts = pd.Series(["=1", None, ""], dtype=object)
    before = texts.copy()
    assert disarmed(texts).tolist() == ["'=1", None, ""]
    pd.testing.assert_series_equal(texts, before)


# ── GeoPackage


def test_names_arrive_unchanged_in_the_layers(results):
    assert layer(results, "territories")["name"].tolist() == NAMES
    assert set(layer(results, "peers")["peer_name"]) <= set(NAMES)


def test_every_gap_has_its_reason_and_flag(results):
    found = layer(results, "indicators")
    gaps = found[found["value"].isna()]
    assert len(gaps) == 1
    assert gaps[["code", "indicator", "flag", "reason"]].to_numpy().tolist() == [
        ["77004", "fibre", "missing", "withheld"]
    ]
    assert gaps["coverage"].tolist() == [0]
    assert found.loc[found["value"].notna(), "flag"].isna().all()


def test_qgis_finds_a_default_style_for_every_map_layer(results):
    with sqlite3.connect(f"file:{results / 'results.gpkg'}?mode=ro", uri=True) as connection:
        registered = connection.execute(
            "SELECT data_type FROM gpkg_contents WHERE table_name = 'layer_styles'"
        ).fetchall()
        rows = connection.execute(
            "SELECT f_table_name, f_geometry_column, styleName, useAsDefault, styleQML FROM layer_styles"
        ).fetchall()
        columns = dict(connection.execute("SELECT table_name, column_name FROM gpkg_geometry_columns").fetchall())
        verdict = connection.execute("PRAGMA integrity_check").fetchone()
    assert registered == [("attributes",)] and verdict == ("ok",)
    for name in ("territories", "targets", "peers"):
        styles = [row for row in rows if row[0] == name]
        assert [row[3] for row in styles].count(1) == 1, name
        for _, geometry, _, _, qml in styles:
            assert geometry == columns[name]
            assert qml.lstrip().startswith("<!DOCTYPE qgis") and "</qgis>" in qml


def test_the_layer_of_runs_tells_of_the_run(results):
    (row,) = layer(results, "runs").to_dict("records")
    assert row["study"] == "Étude <u>d'essai</u> 🌍"
    assert "numpy" in row and re.match(r"\d+\.\d+", row["numpy"])


# ── notices


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("territories.csv", ["Fictitious", "Synthetic", "Proxy", "Région fictive", "synthétiques", "substitution"]),
        ("targets.csv", ["Fictitious", "Synthetic", "Proxy"]),
        ("methodology.html", ["Région fictive", "synthétique", "pas une activité"]),
        ("manifest.json", ["fictitious", "synthetic", "proxy"]),
    ],
)
def test_every_file_says_what_the_data_are(results, file, words):
    content = html.unescape((results / file).read_text(encoding="utf-8")).replace("\u00a0", " ")
    assert [word for word in words if word.lower() not in content.lower()] == []


def test_every_map_layer_says_what_the_data_are(results):
    for name in ("territories", "targets", "peers", "runs"):
        found = layer(results, name)
        assert len(found) and found["notice"].str.contains("ictit|ictive").all(), name


def test_an_observed_study_needs_no_notice(tmp_path):
    out = run(tmp_path, write_small_study(tmp_path))
    assert (read_csv(out / "territories.csv")["notice"] == "").all()
    assert json.loads((out / "manifest.json").read_text())["notices"] == []
    assert 'class="notice"' not in (out / "methodology.html").read_text(encoding="utf-8")


# ── manifest


def test_the_manifest_holds_all_that_the_result_depends_on(results):
    content = json.loads((results / "manifest.json").read_text(encoding="utf-8"))
    study = read_study(results.parent / "study.yaml")
    assert content["study"]["content"] == study.content
    assert content["study"]["name"] == "Étude <u>d'essai</u> 🌍"
    drawn = {"draws": 100, "seed": 1, "error_share": 0.25, "weights": {"method": "range"}, "imputation": True}
    assert content["robustness"] == {
        **drawn, "normalisation": [], "aggregation": [], "outliers": [], "thresholds": 0.0, "sobol": 0
    }  # fmt: skip
    for name, source in content["study"]["sources"].items():
        file = results.parent / source["path"]
        assert source["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest(), name
    assert set(content["study"]["sources"]) == {"communes", "flood", "table", "register"}
    for name, digest in content["outputs"].items():
        assert digest == hashlib.sha256((results / name).read_bytes()).hexdigest()
    assert content["counts"]["territories"] == 12
    assert sum(content["counts"]["segments"].values()) == 12
    assert {"smart_territoires", "python", "numpy", "shapely"} <= set(content["versions"])
    assert {"finished", "seconds", "measured"} == set(content["timings"])
    assert str(results.parent) not in (results / "manifest.json").read_text(encoding="utf-8"), "no path of this machine"


def test_given_values_are_named_with_their_hash(tmp_path):
    study = write_small_study(tmp_path)
    table = default_table(12).assign(flood_share=1.0)
    table.loc[5:, "flood_share"] = 9.0
    table.to_csv(tmp_path / "valeurs é.csv", index=False)
    out = tmp_path / "out"
    assert main(["run", str(study), "--out", str(out), "--values", str(tmp_path / "valeurs é.csv")]) == 0
    content = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256((tmp_path / "valeurs é.csv").read_bytes()).hexdigest()
    assert content["study"]["values"] == {"path": "valeurs é.csv", "sha256": digest}


# ── annex


class Page(HTMLParser):
    """Tags of a page, checked to close, and its text."""

    VOID = {"meta", "br", "hr", "img", "link"}

    def __init__(self, content: str):
        super().__init__(convert_charrefs=True)
        self.tags, self.open, self.text = set(), [], []
        self.feed(content)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] != ["style"]:
            self.text.append(data)


def test_the_annex_shows_the_study_as_text(results):
    page = Page((results / "methodology.html").read_text(encoding="utf-8"))
    assert not page.tags & {"u", "i", "em", "b", "script", "a", "img"}
    shown = " ".join(page.text)
    assert "Étude <u>d'essai</u> 🌍" in shown
    assert "Locaux <em>raccordables</em>" in shown
    assert "<i>Personne</i> & Cie" in shown


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_annex_speaks_one_language_and_no_code(tmp_path, lang):
    out = run(tmp_path, write_small_study(tmp_path), lang)
    content = (out / "methodology.html").read_text(encoding="utf-8")
    page = Page(content)
    assert f'<html lang="{lang}">' in content
    shown = " ".join(page.text)
    assert [code for code in CODES_OF_METHODS if re.search(rf"\b{code}\b", shown)] == []
    assert [wrong for wrong in ("nan", "None", "{", "annex.", "inf ") if wrong in shown] == []


# ── scoring.npz


def test_the_state_scores_again_to_the_same(results, territories):
    state = load_state(results / "scoring.npz")
    study = read_study(results.parent / "study.yaml")
    groups = {"epci": np.array([f"2000000{index % 3:02d}" for index in range(12)], dtype=object)}
    again = score(study, state["values"], groups)
    assert state["codes"].tolist() == codes(12)
    stored = layer(results, "territories")
    for name in ("readiness", "score_flood", "score_planning", "axis_data", "axis_partnership"):
        np.testing.assert_allclose(again.columns[name], stored[name].to_numpy(dtype=float), rtol=0, atol=1e-9)
    np.testing.assert_allclose(again.normalised, state["normalised"], rtol=0, atol=1e-9, equal_nan=True)
    np.testing.assert_allclose(again.data_coverage, stored["data_coverage"], rtol=0, atol=1e-9)


def test_the_state_holds_no_pickle(results):
    with np.load(results / "scoring.npz", allow_pickle=False) as arrays:
        assert {"values", "completed", "codes", "weights"} <= set(arrays.files)
        assert all(arrays[name].dtype.kind in "fiUb" for name in arrays.files)
