"""Studies at the edge of what can be asked: each ends, keeps every territory, and says what it could not do."""

from __future__ import annotations

import contextlib
import io
import json
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pyogrio
import pytest
from small_study import (
    call,
    codes,
    default_projects,
    default_table,
    without_role,
    write_register,
    write_small_study,
)

from smart_territoires_plugin.core.cli import main
from smart_territoires_plugin.core.results.explanation import explain

SEGMENTS = {"showcase", "engage", "raise_awareness", "support", "verify", "insufficient_data"}


def run(folder: Path, **shape) -> tuple[pd.DataFrame, Path]:
    """Run a study with every warning an error; return its table and its folder."""
    study = write_small_study(folder, **shape)
    return run_file(study)


def run_file(study: Path, workers: str = "1") -> tuple[pd.DataFrame, Path]:
    out = study.parent / "out"
    said = io.StringIO()
    with warnings.catch_warnings(), contextlib.redirect_stderr(said):
        warnings.simplefilter("error")
        code = main(["run", str(study), "--out", str(out), "--lang", "fr", "--workers", workers, "--json"])
    assert code == 0, said.getvalue()
    table = pd.read_csv(out / "territories.csv", dtype={"code": str, "name": str, "peer_code": str})
    sound(table, out)
    return table, out


def sound(table: pd.DataFrame, out: Path) -> None:
    """What holds of every result, whatever was asked."""
    stored = pyogrio.read_dataframe(out / "results.gpkg", layer="territories", read_geometry=False)
    assert table["code"].tolist() == stored["code"].tolist() == codes(len(table))
    assert list(table.columns) == list(stored.columns)
    assert set(table["segment"].dropna()) <= SEGMENTS
    engaged = (table["segment"] == "engage").to_numpy()
    assert (table["target_rank"].notna() == engaged).all()
    assert sorted(table.loc[engaged, "target_rank"]) == list(range(1, engaged.sum() + 1))
    ranked = table[engaged]
    assert (ranked["rank_low"] <= ranked["rank_high"]).all()
    scored = () if "z_score" in (out.parent / "study.yaml").read_text(encoding="utf-8") else ("readiness", "axis_data")
    for name in (*scored, "priority", "evidence"):
        if name in table:
            assert table[name].dropna().between(0, 100).all()
    for name in ("segment_probability", "data_coverage"):
        assert table[name].dropna().between(0, 1).all()
    assert table["reasons_fr"].notna().all() and table["reasons_en"].notna().all()
    assert not table["reasons_fr"].str.contains(r"nan|None|\{|–,").any()
    text = (out / "methodology.html").read_text(encoding="utf-8")
    assert ">nan<" not in text and ">None<" not in text
    json.loads((out / "manifest.json").read_text(encoding="utf-8"), parse_constant=_refuse)
    for lang in ("fr", "en"):
        for code in table["code"][:3]:
            assert code in explain(out, code, lang)


def _refuse(constant: str) -> None:
    raise AssertionError(f"the manifest has {constant}, which is no JSON")


def quality(out: Path) -> set[str]:
    return set(pyogrio.read_dataframe(out / "results.gpkg", layer="quality")["check"])


def test_a_plain_study_warns_of_nothing(tmp_path):
    table, _ = run(tmp_path)
    assert set(table["segment"]) > {"engage"}


def test_without_success_factors_the_columns_that_need_them_are_empty(tmp_path):
    table, out = run(tmp_path, change=without_role("success_factor"))
    for name in ("readiness", "segment", "priority", "target_rank", "stability", "recommended_theme", "peer_code"):
        assert table[name].isna().all(), name
    assert not [name for name in table.columns if name.startswith("axis_")]
    assert table["score_flood"].notna().all() and table["activity_count"].notna().all()
    assert len(pyogrio.read_dataframe(out / "results.gpkg", layer="targets")) == 0
    assert (out / "targets.csv").read_text(encoding="utf-8").count("\n") == 1


def test_without_activity_the_columns_that_need_it_are_empty(tmp_path):
    table, _ = run(tmp_path, change=without_role("activity"))
    for name in ("activity_count", "activity", "activity_status", "expected_activity", "activity_gap", "peer_code"):
        assert table[name].isna().all(), name
    assert table["readiness"].notna().all()
    assert set(table["segment"]) == {"verify", "raise_awareness"}, "unknown is not low"


def test_without_stakes_targets_have_no_theme(tmp_path):
    table, _ = run(tmp_path, change=without_role("stake"))
    assert table["recommended_theme"].isna().all()
    assert table.loc[table["segment"] == "engage", "priority"].notna().all()


@pytest.mark.parametrize("roles", [("stake", "success_factor"), ("success_factor", "activity"), ("stake", "activity")])
def test_one_role_alone_is_enough(tmp_path, roles):
    table, _ = run(tmp_path, change=without_role(*roles))
    assert len(table) == 12


def test_without_population_the_rest_works(tmp_path):
    def change(content):
        del content["territories"]["population"]

    table, out = run(tmp_path, change=change)
    assert "no_population" in quality(out)
    assert table[["population", "activity", "expected_activity", "evidence"]].isna().all(axis=None)
    assert table["readiness"].notna().all() and set(table["segment"]) <= SEGMENTS


@pytest.mark.parametrize("population", [0, np.nan, -5])
def test_a_population_that_is_none_is_a_gap(tmp_path, population):
    populations = [1000.0] * 11 + [population]
    table, out = run(tmp_path, populations=populations)
    last = table.iloc[-1]
    assert pd.isna(last["expected_activity"]) or last["expected_activity"] == 0
    assert last["segment"] in SEGMENTS
    assert "no_population" not in quality(out)
    assert ("negative_population" in quality(out)) == (population == -5)


def test_nobody_lives_anywhere(tmp_path):
    table, _ = run(tmp_path, populations=[0] * 12)
    assert table["readiness"].notna().all()


def test_an_empty_register_where_nobody_searched_is_unknown_and_said(tmp_path):
    table, out = run(tmp_path, projects=[], survey={})
    assert set(table["activity_status"]) == {"not_searched"}
    assert table["activity_count"].isna().all(), "nothing recorded is not zero"
    assert set(table["segment"]) == {"verify", "raise_awareness"}
    assert "activity_unknown" in quality(out)


def test_an_empty_register_where_everybody_searched_is_zero(tmp_path):
    table, _ = run(tmp_path, projects=[])
    assert set(table["activity_status"]) == {"searched_none_found"}
    assert (table["activity_count"] == 0).all()
    assert set(table["segment"]) == {"engage", "raise_awareness"}, "high activity is above 0"
    assert table["peer_code"].isna().all()


def test_everybody_active_leaves_targets_by_the_threshold_alone(tmp_path):
    projects = [(code, "flood", "running") for code in codes(12) for _ in range(3)]
    table, _ = run(tmp_path, projects=projects, populations=[2000] * 12)
    assert (table["activity_count"] == 3).all()
    # All the same: nobody is strictly above the median.
    assert set(table["segment"]) == {"engage", "raise_awareness"}
    high, _ = run(tmp_path / "b", projects=projects, populations=[2000] * 12,
                  change=lambda c: c["targeting"].update(thresholds={"activity": 0}))  # fmt: skip
    assert set(high["segment"]) == {"showcase", "support"}
    assert high["target_rank"].isna().all()


@pytest.mark.parametrize("size", [1, 2, 3])
@pytest.mark.parametrize("normalisation", ["min_max", "z_score", "percentile_rank", "rank"])
def test_few_territories(tmp_path, size, normalisation):
    table, _ = run(tmp_path, size=size, change=lambda content: content["scoring"].update(normalisation=normalisation))
    assert len(table) == size
    if size == 1:
        assert table["segment"].tolist() == ["insufficient_data"], "alone, nothing compares"
    else:
        assert table["readiness"].notna().all()


def constant(size: int, **columns) -> pd.DataFrame:
    return default_table(size).assign(**columns)


def test_one_constant_indicator_is_left_out_with_a_warning(tmp_path):
    table, out = run(tmp_path, table=constant(12, partners=3))
    assert "constant_indicator" in quality(out)
    assert table["axis_partnership"].isna().all()
    pd.testing.assert_series_equal(table["readiness"], table["axis_data"], check_names=False)
    found = pyogrio.read_dataframe(out / "results.gpkg", layer="indicators")
    assert set(found.loc[found["indicator"] == "partners", "reason"]) == {"constant"}


@pytest.mark.parametrize("values", [{"fibre": 7, "partners": 3}, {"fibre": 0, "partners": 0}])
def test_no_usable_success_factor_means_insufficient_data_everywhere(tmp_path, values):
    table, out = run(tmp_path, table=constant(12, **values))
    assert set(table["segment"]) == {"insufficient_data"}
    assert {"constant_indicator", "no_usable_indicator"} <= quality(out)
    assert table["readiness"].isna().all()
    assert table["score_planning"].notna().all()


def test_all_indicators_constant(tmp_path):
    table, _ = run(tmp_path, table=constant(12, fibre=1, partners=1, income=1), projects=[])
    assert set(table["segment"]) == {"insufficient_data"}


def test_all_values_missing(tmp_path):
    table, out = run(tmp_path, table=constant(12, fibre="n/d", partners="s", income=""))
    assert set(table["segment"]) == {"insufficient_data"}
    assert {"empty_indicator", "no_usable_indicator"} <= quality(out)
    found = pyogrio.read_dataframe(out / "results.gpkg", layer="indicators")
    gaps = found[found["indicator"].isin(["fibre", "partners", "income"])]
    assert gaps["value"].isna().all()
    assert dict(zip(gaps["indicator"], gaps["reason"])) == {
        "fibre": "absent",
        "partners": "withheld",
        "income": "absent",
    }


def test_too_little_known_of_one_is_insufficient_data_for_it_alone(tmp_path):
    table = default_table(12).astype({"fibre": object})
    table.loc[2, "fibre"] = "n/d"
    found, _ = run(tmp_path, table=table)
    # The weight of what is known is a third, below the 65 % that are asked for.
    assert found["segment"].eq("insufficient_data").tolist() == [index == 2 for index in range(12)]
    assert found.loc[2, "data_coverage"] == pytest.approx(3 / 5)
    assert "33" in found.loc[2, "reasons_fr"] and "Locaux raccordables" in found.loc[2, "reasons_fr"]


@pytest.mark.parametrize("names", [[None] * 12, [""] * 12, [None, *["x"] * 11], ["même"] * 12])
def test_names_that_are_missing_or_the_same(tmp_path, names):
    table, out = run(tmp_path, names=names)
    assert [name if isinstance(name, str) else "" for name in table["name"]] == [name or "" for name in names]
    assert "nan" not in explain(out, "77001", "fr")


def test_without_a_name_the_code_stands_for_it(tmp_path):
    table, _ = run(tmp_path, change=lambda content: content["territories"].pop("name"))
    assert table["name"].tolist() == codes(12)


def test_a_territory_without_geometry_keeps_its_row(tmp_path):
    import geopandas

    study = write_small_study(tmp_path)
    layer = geopandas.read_file(tmp_path / "communes.gpkg")
    layer.loc[5, "geometry"] = None
    (tmp_path / "communes.gpkg").unlink()
    layer.to_file(tmp_path / "communes.gpkg", layer="communes")
    table, out = run_file(study)
    assert len(table) == 12 and table["readiness"].notna().all()
    found = pyogrio.read_dataframe(out / "results.gpkg", layer="indicators").set_index(["code", "indicator"])
    assert found.loc[("77006", "flood_share"), "reason"] == "no_geometry"
    assert "territory_without_geometry" in quality(out)


def test_projects_of_unknown_places_are_told(tmp_path):
    table, out = run(tmp_path, projects=[("99999", "flood", "running"), ("77001;77002", "flood", "funded")])
    assert table["activity_count"].tolist() == [1, 1] + [0] * 10
    assert "unknown_code" in quality(out)


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content["targeting"].update(shortlist=1),
        lambda content: content["targeting"].update(shortlist=10_000),
        lambda content: content["targeting"].update(thresholds={"readiness": {"quantile": 0.999}}),
        lambda content: content["targeting"].update(thresholds={"readiness": {"quantile": 0.001}, "activity": 1e9}),
        lambda content: content["robustness"].update(draws=1),
        lambda content: content["robustness"].update(error_share=0),
        lambda content: content.update(groups={}),
        lambda content: [theme.update(weight=0) for theme in content["themes"]],
        lambda content: content["indicators"][3].update(weight=0),
        lambda content: content["scoring"].update(min_availability=0),
        lambda content: content["scoring"].update(min_availability=1),
        lambda content: content["scoring"].update(aggregation="geometric_mean"),
        lambda content: content["scoring"].update(missing={"method": "group_mean", "group": "epci"}),
    ],
)
def test_settings_at_their_ends(tmp_path, change):
    table, _ = run(tmp_path, change=change)
    assert len(table) == 12


def test_draws_that_move_no_weight_leave_every_rank_where_it_is(tmp_path):
    table, _ = run(tmp_path, change=lambda content: content["robustness"].update(error_share=0))
    # Activity is drawn too where there is a project: without one it is low for sure.
    sure = ~(table["activity_count"] > 0)
    assert (table["segment_probability"][sure] == 1).all() and sure.any()
    assert (table["segment_probability"][~sure].between(0, 1, inclusive="neither")).all()
    ranked = table.dropna(subset="target_rank")
    assert (ranked["rank_low"] == ranked["target_rank"]).all() and (ranked["rank_high"] == ranked["target_rank"]).all()


def test_imputed_values_are_flagged_wherever_they_stand(tmp_path):
    values = default_table(12).astype({"fibre": object})
    values.loc[3, "fibre"] = "n/d"
    table, out = run(tmp_path, table=values,
                     change=lambda c: c["scoring"].update(missing={"method": "group_mean", "group": "epci"},
                                                          min_availability=0.2))  # fmt: skip
    found = pyogrio.read_dataframe(out / "results.gpkg", layer="indicators").set_index(["code", "indicator"])
    row = found.loc[("77004", "fibre")]
    mates = default_table(12).loc[[0, 6, 9], "fibre"]
    assert row["flag"] == "imputed" and pd.isna(row["value"])
    assert row["value_treated"] == pytest.approx(mates.mean())
    assert "imputées" in table.loc[3, "reasons_fr"] and "Imputed" in table.loc[3, "reasons_en"]


def test_a_child_with_warnings_as_errors_says_nothing(tmp_path):
    """The whole process, imports and two workers included; a third party's own deprecations apart."""
    write_small_study(tmp_path, size=3, table=constant(3, fibre=1))
    write_register(tmp_path / "register2.gpkg", default_projects(3), {})
    ignored = ("-W", "ignore::DeprecationWarning", "-W", "ignore::PendingDeprecationWarning")
    done = call("run", tmp_path / "study.yaml", "--out", tmp_path / "out", python=("-W", "error", *ignored))
    assert done.returncode == 0, done.stderr
    # What was computed, and the constant indicator: two lines, none of them from a library.
    assert "Warning" not in done.stderr and len(done.stderr.splitlines()) == 2
