"""What was repaired or carried over is flagged on every value that rests on it."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
from shapely.geometry import Polygon, box

from smart_territoires_plugin.core.measures import measure
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.territories import read_territories
from smart_territoires_plugin.core.study import read_study


def test_values_that_rest_on_a_repaired_polygon_or_a_carried_population_are_flagged(tmp_path):
    """Two squares: the bow-tie in the first is repaired, the second has none."""
    west, north = 650_000, 6_860_000
    squares = [box(west, north, west + 1000, north + 1000), box(west + 1000, north, west + 2000, north + 1000)]
    cells = {"code": ["10001", "10002"], "people": [10, 20]}
    gpd.GeoDataFrame(cells, geometry=squares, crs="EPSG:2154").to_file(tmp_path / "squares.gpkg")
    tie = Polygon([(west + x, north + y) for x, y in [(100, 100), (300, 300), (300, 100), (100, 300)]])
    plain = box(west + 1200, north + 200, west + 1400, north + 400)
    gpd.GeoDataFrame({"id": [1, 2]}, geometry=[tie, plain], crs="EPSG:2154").to_file(tmp_path / "zones.gpkg")
    (tmp_path / "study.yaml").write_text(
        "version: 1\nname: Two\ncrs: EPSG:2154\n"
        "territories: {source: squares, code: code, population: people}\n"
        "sources: {squares: {path: squares.gpkg}, zones: {path: zones.gpkg}}\n"
        "themes: [{id: flood}]\n"
        "indicators:\n"
        "  - {id: share, role: stake, theme: flood, measure: {kind: coverage_share, source: zones}}\n"
        "  - {id: each, role: stake, theme: flood, measure: {kind: coverage_per_capita, source: zones}}\n"
        "scoring: {missing: renormalise}\n",
        encoding="utf-8",
    )
    study = read_study(tmp_path / "study.yaml")
    sources = OpenedSources(study)
    territories = read_territories(sources)
    share, each = (i.measure for i in study.indicators)
    found = measure(share, territories, sources)
    assert found.flags.tolist() == ["repaired", ""]
    assert found.reasons.tolist() == ["geometry_repaired", ""]
    carried = replace(territories, population_flags=np.array(["repaired", "repaired"], dtype=object))
    assert measure(share, carried, sources).flags.tolist() == ["repaired", ""]
    assert measure(each, carried, sources).reasons.tolist() == ["geometry_repaired", "population_carried"]


def test_treated_capped_and_imputed_values_are_flagged_in_the_tables_and_on_the_card(tmp_path):
    """Twelve communes: one income far above, one beyond the goalposts of fibre, one gap."""
    import pandas as pd
    import pyogrio
    from small_study import codes, default_table, write_small_study

    from smart_territoires_plugin.core.cli import main

    table = default_table(12)
    table.loc[3, "income"] = 900_000
    table.loc[4, "fibre"] = 99
    table["partners"] = table["partners"].astype(object)
    table.loc[5, "partners"] = None

    def change(content):
        content["scoring"] = {"missing": {"method": "knn", "k": 3}, "outliers": "coinr"}
        for indicator in content["indicators"]:
            if indicator["id"] == "fibre":
                indicator["normalisation"] = {"method": "goalposts", "low_value": 0, "high_value": 96, "low": 1}

    study = write_small_study(tmp_path / "study", table=table, change=change)
    assert main(["run", str(study), "--out", str(tmp_path / "out"), "--lang", "en"]) == 0
    values = pyogrio.read_dataframe(tmp_path / "out" / "results.gpkg", layer="indicators", read_geometry=False)
    values = values.set_index(["indicator", "code"])
    names = codes(12)
    for indicator, place, flag, reason in (
        ("income", 3, "treated", "winsorised"),
        ("fibre", 4, "treated", "capped"),
        ("partners", 5, "imputed", "absent"),
    ):
        row = values.loc[indicator, names[place]]
        assert (row["flag"], row["reason"]) == (flag, reason)
        assert values.loc[indicator]["flag"].fillna("").ne("").sum() == 1, indicator
    drawn_in = values.loc["income", names[3]]
    others = values.loc["income"]["value"].drop(names[3])
    assert (drawn_in["value"], drawn_in["value_treated"]) == (900_000, others.max())
    assert values.loc["fibre", names[4]]["normalised"] == 100
    rows = pd.read_csv(tmp_path / "out" / "territories.csv", dtype=str).set_index("code")
    assert "drawn in, transformed or capped" in rows.loc[names[3], "reasons_en"]
    assert "plafonnées" in rows.loc[names[4], "reasons_fr"]
    assert "Imputed values" in rows.loc[names[5], "reasons_en"]
    assert "drawn in" not in rows.loc[names[0], "reasons_en"]
