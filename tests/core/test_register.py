"""The register of projects: what is activity, what nobody looked for, and codes of another vintage."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyogrio

MOVEMENTS = """MOD,DATE_EFF,TYPECOM_AV,COM_AV,TYPECOM_AP,COM_AP
32,2019-01-01,COM,01001,COM,01002
32,2019-01-01,COM,01002,COM,01002
"""
VINTAGES = {
    "sources": {"moves": {"path": "moves.csv"}},
    "territories": {"source": "territories", "code": "code", "changes": "moves"},
}


def register(place, projects, survey=(), name: str = "register.gpkg") -> dict:
    """Write a register: projects are (codes, theme, stage, year), the survey (code, status)."""
    path = place.folder / name
    columns = ("title", "codes", "theme", "stage", "year")
    rows = [(f"Project {number}", *project) for number, project in enumerate(projects, 1)]
    frames = {
        "projects": pd.DataFrame(rows, columns=columns),
        "survey": pd.DataFrame(survey, columns=("code", "status")),
    }
    for layer, frame in frames.items():
        plain = frame.astype({"year": "Int32"} if "year" in frame else {})
        pyogrio.write_dataframe(plain, path, layer=layer, driver="GPKG", append=path.exists())
    return {"path": name}


ACTIVITY = {"kind": "register_activity"}


def test_funded_running_and_done_projects_are_activity_and_others_are_not(place):
    stages = ("idea", "candidate", "funded", "running", "done", "stopped")
    source = register(place, [("01001", "flood", stage, 2024) for stage in stages])
    found = place.measured(ACTIVITY, source)
    assert found.values[0] == 3
    assert found.details["status"][0] == "documented"


def test_idea_alone_tells_neither_activity_nor_its_absence(place):
    source = register(place, [("01001 01002", "flood", "idea", 2024)], [("01002", "searched_none_found")])
    found = place.measured(ACTIVITY, source)
    assert np.isnan(found.values[0])
    assert found.reasons[0] == "not_searched"
    assert found.values[1] == 0


def test_nothing_recorded_is_missing_and_zero_only_where_it_was_looked_for(place):
    source = register(
        place,
        [("01001", "flood", "done", 2024)],
        [("01002", "searched_none_found"), ("01003", "not_searched"), ("01001", "not_searched")],
    )
    found = place.measured(ACTIVITY, source)
    assert found.values[:2].tolist() == [1, 0]
    assert np.isnan(found.values[2:]).all()
    assert found.reasons[2:] == ["not_searched", "not_searched"]
    statuses = ["documented", "searched_none_found", "not_searched", "not_searched"]
    assert list(found.details["status"]) == statuses


def test_survey_of_everybody_makes_absence_a_zero(place):
    source = register(place, [("01001", "flood", "done", 2024)])
    found = place.measured(ACTIVITY, {**source, "survey": "exhaustive"})
    assert found.values.tolist() == [1, 0, 0, 0]


def test_empty_register_is_missing_everywhere(place):
    assert np.isnan(place.measured(ACTIVITY, register(place, [])).values).all()


def test_project_of_several_territories_counts_once_in_each(place):
    source = register(place, [("01001 1002;01002, 01001", "flood", "done", 2024)])
    assert place.measured(ACTIVITY, source).values[:2].tolist() == [1, 1]


def test_themes_and_years_choose_projects(place):
    projects = [("01001", "flood", "done", 2019), ("01001", "air", "done", 2024), ("01001", "flood", "done", None)]
    source = register(place, projects)
    themes = [{"id": "flood"}, {"id": "air"}]
    one = place.measured({**ACTIVITY, "themes": ["flood"]}, source, themes=themes)
    assert one.values[0] == 2
    late = place.measured({**ACTIVITY, "since": 2020}, source, themes=themes)
    assert late.values[0] == 1
    assert late.details["theme:air"].tolist() == [1, 0, 0, 0]
    assert (late.outcome("no_year"), late.examples("no_year")) == ("W", "Project 3")


def test_unknown_codes_stages_and_statuses_are_listed(place):
    source = register(place, [("99999", "flood", "done", 2024), ("01001", "flood", "rêvé", 2024)], [("01002", "maybe")])
    found = place.measured(ACTIVITY, source)
    assert found.examples("unknown_code") == "99999"
    assert found.examples("unknown_stage") == "rêvé"
    assert found.examples("unknown_status") == "01002: maybe"


def test_projects_of_former_communes_and_arrondissements_are_carried(place):
    place.territories_file(code=["75056", "01002", "01003", "01004"])
    place.table("moves.csv", MOVEMENTS)
    source = register(place, [("75112", "flood", "done", 2024), ("01001", "flood", "done", 2024)])
    found = place.measured(ACTIVITY, source, **VINTAGES)
    assert found.values[:2].tolist() == [1, 1]
    assert "75112 → 75056" in found.examples("code_carried")
    assert "01001 → 01002" in found.examples("code_carried")


def test_register_without_its_layers_is_refused(place):
    place.layer("register.gpkg", [place.point(0, 0)], writing={"layer": "projects"})
    refusal = place.refused(ACTIVITY, {"path": "register.gpkg"})
    assert refusal.codes == ["source.no_field"] * 5
    place.layer("other.gpkg", [place.point(0, 0)])
    assert place.refused(ACTIVITY, {"path": "other.gpkg"}).codes == ["register.no_layer"]
    (place.folder / "none.gpkg").write_bytes(b"SQLite format 3\x00" + bytes(200))
    assert place.refused(ACTIVITY, {"path": "none.gpkg"}).codes == ["source.damaged"]


def test_filter_of_the_register_chooses_projects(place):
    source = register(place, [("01001", "flood", "done", 2024), ("01001", "air", "done", 2024)])
    assert place.measured({**ACTIVITY, "where": "theme = 'air'"}, source).values[0] == 1
    assert place.measured(ACTIVITY, {**source, "where": "theme = 'air'"}).values[0] == 1
