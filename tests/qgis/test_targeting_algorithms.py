"""The algorithms of targeting on the fictitious region, held against its tables: nothing is taken on trust."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml
from qgis.core import (
    NULL,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingUtils,
    QgsProject,
    QgsVectorLayer,
)

from smart_territoires_plugin.algorithms.provider import ALGORITHMS

ROOT = Path(__file__).resolve().parents[2]
PYTHON = os.environ.get("ST_ENGINE_PYTHON") or str(ROOT / ".venv" / "bin" / "python")
UNITS = "{shortlist: 10, call_units: [{level: epci, group: epci}]}"


@pytest.fixture(autouse=True)
def real_engine(monkeypatch, engine_python):
    monkeypatch.setenv("ST_ENGINE_PYTHON", str(engine_python))


class Listener(QgsProcessingFeedback):
    """A feedback that keeps what it is told."""

    def __init__(self):
        super().__init__(False)
        self.errors, self.warnings, self.infos = [], [], []

    def reportError(self, error, fatalError=False):
        self.errors.append(error)

    def pushWarning(self, warning):
        self.warnings.append(warning)

    def pushInfo(self, info):
        self.infos.append(info)


def engine(*arguments):
    command = [PYTHON, "-m", "smart_territoires_plugin.core", *map(str, arguments)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)})


@pytest.fixture(scope="module")
def region(tmp_path_factory):
    """Write the fictitious region once."""
    folder = tmp_path_factory.mktemp("région d'essai")
    engine("demo", folder)
    return folder


@pytest.fixture(scope="module")
def before(region):
    """Run its study once."""
    engine("run", region / "study.yaml", "--out", region / "avant")
    return region / "avant"


@pytest.fixture(scope="module")
def after(region, before):
    """Run it again with other weights, a shorter list and EPCI as call units; what was measured is kept."""
    text = (region / "study.yaml").read_text(encoding="utf-8")
    changed = re.sub(r"(id: (?:fibre_share|open_data)\b.*?weight: )1", r"\g<1>8", text, flags=re.DOTALL)
    changed = changed.replace("targeting: {shortlist: 30}", f"targeting: {UNITS}")
    assert changed.count("weight: 8") == 2
    assert UNITS in changed
    (region / "other.yaml").write_text(changed, encoding="utf-8")
    engine("run", region / "other.yaml", "--out", region / "après")
    return region / "après"


@pytest.fixture
def context(qgis_new_project):
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    return context


def created(name):
    (kind,) = (algorithm for algorithm in ALGORITHMS if name == algorithm.NAME)
    return kind().create()


def run(name, parameters, context=None, listener=None):
    context = context or QgsProcessingContext()
    parameters = {key: str(value) if isinstance(value, Path) else value for key, value in parameters.items()}
    accepted, said = created(name).checkParameterValues(parameters, context)
    assert accepted, said
    found, worked = created(name).run(parameters, context, listener or Listener(), {}, False)
    assert worked
    return found


def refusal(name, parameters):
    parameters = {key: str(value) if isinstance(value, Path) else value for key, value in parameters.items()}
    accepted, said = created(name).checkParameterValues(parameters, QgsProcessingContext())
    assert not accepted
    return said


def read_csv(path):
    with Path(path).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def shortlist(folder):
    rows = [r for r in read_csv(folder / "lists.csv") if r["list"] == "engage" and r["shortlisted"] == "1"]
    return [row["code"] for row in sorted(rows, key=lambda row: int(row["place"]))]


def features(text, context):
    layer = QgsProcessingUtils.mapLayerFromString(text, context)
    assert layer is not None
    return list(layer.getFeatures())


# ── Portfolio


def write_plan(folder, text):
    path = folder / "plan.yaml"
    path.write_text("version: 1\n" + text, encoding="utf-8")
    return path


def test_days_alone_choose_the_first_by_priority_and_draw_them(before, tmp_path, context):
    """With one day each and no condition, the best choice is known: the highest priorities."""
    plan = write_plan(tmp_path, "days: 6\nalternatives: 1\n")
    parameters = {"RESULTS": before, "PLAN": plan, "OUTPUT_FOLDER": tmp_path / "out", "CHOSEN": "memory:"}
    listener = Listener()
    found = run("choose_portfolio", parameters, context, listener)
    rows = read_csv(before / "territories.csv")
    priorities = {row["code"]: float(row["priority"]) for row in rows if row["priority"]}
    listed = [row["code"] for row in read_csv(before / "lists.csv") if row["list"] == "engage"]
    expected = sorted(listed, key=lambda code: -priorities.get(code, 0.0))[:6]
    assert found["CHOSEN_CODES"].split(",") == expected
    assert found["CHOSEN_COUNT"] == 6
    assert found["VALUE"] == pytest.approx(sum(priorities[code] for code in expected))
    assert any(f"6 of {len(listed)}" in line for line in listener.infos), listener.infos
    chosen = features(found["CHOSEN"], context)
    assert [feature["code"] for feature in chosen] == expected
    assert [feature["cost_days"] for feature in chosen] == [1.0] * 6
    assert [feature["value"] for feature in chosen] == pytest.approx([priorities[code] for code in expected])
    names = chosen[0].fields().names()
    assert "segment" in names and "replaceability_pct" in names and "standing" in names
    assert len(names) == len(set(names))
    table = {row["code"]: row for row in rows}
    for feature in chosen:
        row = table[feature["code"]]
        for name in ("name", "segment", "stability", "recommended_theme", "reasons_fr"):
            assert feature[name] == row[name]
        assert (feature["peer_code"] in (None, NULL)) == (row["peer_code"] == "")
    territories = QgsVectorLayer(f"{before / 'results.gpkg'}|layername=territories", "t", "ogr")
    shapes = {feature["code"]: feature.geometry() for feature in territories.getFeatures()}
    assert all(feature.geometry().equals(shapes[feature["code"]]) for feature in chosen)
    candidates = QgsVectorLayer(found["PORTFOLIO"], "candidates", "ogr")
    assert candidates.featureCount() == len(listed)


def test_call_units_are_chosen_and_drawn_too(after, tmp_path, context):
    plan = write_plan(tmp_path, "days: 2\ncandidates: {level: call_units, segments: [engage, showcase, support]}\n"
                      "value: readiness\nalternatives: 0\nunchosen: 0\n")  # fmt: skip
    parameters = {"RESULTS": after, "PLAN": plan, "OUTPUT_FOLDER": tmp_path / "out", "CHOSEN": "memory:"}
    found = run("choose_portfolio", parameters, context)
    rows = [r for r in read_csv(after / "call_units.csv") if r["segment"] in ("engage", "showcase", "support")]
    best = sorted((row for row in rows if row["readiness"]), key=lambda row: -float(row["readiness"]))[:2]
    assert sorted(found["CHOSEN_CODES"].split(",")) == sorted(row["code"] for row in best)
    chosen = features(found["CHOSEN"], context)
    assert {feature["code"] for feature in chosen} == {row["code"] for row in best}
    assert all(feature.geometry().area() > 0 for feature in chosen)


def test_the_layer_of_those_chosen_may_be_left_out(before, tmp_path, context):
    plan = write_plan(tmp_path, "days: 1\nalternatives: 0\nunchosen: 0\n")
    found = run("choose_portfolio", {"RESULTS": before, "PLAN": plan, "OUTPUT_FOLDER": tmp_path / "out"}, context)
    assert "CHOSEN" not in found
    assert found["CHOSEN_COUNT"] == 1


def test_what_blocks_a_choice_is_named(before, tmp_path, context):
    group = read_csv(before / "territories.csv")[0]["group_departement"]
    quota = json.dumps({"group": "departement", "value": group, "min": 3}, ensure_ascii=False)
    plan = write_plan(tmp_path, f"days: 2\nquotas: [{quota}]\n")
    listener = Listener()
    with pytest.raises(QgsProcessingException):
        run("choose_portfolio", {"RESULTS": before, "PLAN": plan, "OUTPUT_FOLDER": tmp_path / "out"}, context, listener)
    said = " ".join(listener.errors)
    assert "2 days" in said and group in said
    assert not (tmp_path / "out").exists()


# ── Themes


MATRIX = """\
version: 1
name: Essai
fictitious: true
themes: [energy, air, flood, green, planning]
considerations:
  - {id: polls, counts: {energy: 50, air: 20, flood: 10, green: 10, planning: 10}}
robustness: {draws: 10, seed: 1}
"""
# One consideration: the shares are those of the counts, brought to a mean of 1.
WEIGHTS = {"energy": 2.5, "air": 1.0, "flood": 0.5, "green": 0.5, "planning": 0.5}


def test_themes_are_ranked_and_their_weights_written_into_a_copy_of_the_study(region, before, tmp_path):
    matrix = tmp_path / "matrix.yaml"
    matrix.write_text(MATRIX, encoding="utf-8")
    original = (region / "study.yaml").read_bytes()
    copy = region / "weighed.yaml"
    listener = Listener()
    parameters = {"MATRIX": matrix, "RESULTS": before, "STUDY": region / "study.yaml", "OUTPUT_STUDY": copy}
    found = run("weigh_themes", {**parameters, "OUTPUT_FOLDER": tmp_path / "out", "LANGUAGE": "fr"}, listener=listener)
    assert (region / "study.yaml").read_bytes() == original
    themes = yaml.safe_load(copy.read_text(encoding="utf-8"))["themes"]
    assert {theme["id"]: theme["weight"] for theme in themes} == pytest.approx(WEIGHTS)
    ranking = read_csv(found["RANKING"])
    assert [row["theme"] for row in ranking[:2]] == ["energy", "air"]
    assert found["OUTPUT_STUDY"] == str(copy)
    assert listener.warnings == []
    copy.unlink()


def test_a_copy_in_another_folder_is_warned_of(region, tmp_path):
    matrix = tmp_path / "matrix.yaml"
    matrix.write_text(MATRIX, encoding="utf-8")
    listener = Listener()
    parameters = {"MATRIX": matrix, "STUDY": region / "study.yaml", "OUTPUT_STUDY": tmp_path / "copy.yaml"}
    run("weigh_themes", {**parameters, "OUTPUT_FOLDER": tmp_path / "out"}, listener=listener)
    (said,) = listener.warnings
    assert "copy.yaml" in said


def test_study_and_copy_go_together(region, tmp_path):
    matrix = tmp_path / "matrix.yaml"
    matrix.write_text(MATRIX, encoding="utf-8")
    given = {"MATRIX": matrix, "OUTPUT_FOLDER": tmp_path / "out"}
    assert "both" in refusal("weigh_themes", {**given, "STUDY": region / "study.yaml"})
    assert "both" in refusal("weigh_themes", {**given, "OUTPUT_STUDY": tmp_path / "copy.yaml"})
    assert str(tmp_path / "no.yaml") in refusal("weigh_themes", {**given, "MATRIX": tmp_path / "no.yaml"})
    assert str(tmp_path) in refusal("weigh_themes", {**given, "RESULTS": tmp_path})


# ── Sheets and note


def test_sheets_are_those_of_the_first_of_the_shortlist(before, tmp_path):
    found = run("outreach_sheets", {"RESULTS": before, "FIRST": 2, "OUTPUT_FOLDER": tmp_path, "LANGUAGE": "fr"})
    expected = shortlist(before)[:2]
    assert found["SHEET_COUNT"] == 2
    assert [row["code"] for row in read_csv(found["MAIL_MERGE"])] == expected
    pages = [tmp_path / row["page"] for row in read_csv(found["MAIL_MERGE"])]
    for page, code in zip(pages, expected):
        assert code in page.read_text(encoding="utf-8")
    assert 'lang="fr"' in Path(found["INDEX"]).read_text(encoding="utf-8")


def test_sheets_follow_a_filter_written_as_qgis_writes_it(before, tmp_path):
    groups = {row["code"]: row["group_departement"] for row in read_csv(before / "territories.csv")}
    listed = shortlist(before)
    group = next(groups[code] for code in listed if "'" in groups[code])
    quoted = group.replace("'", "''")
    parameters = {"RESULTS": before, "FILTER": f"\"group_departement\" = '{quoted}'", "OUTPUT_FOLDER": tmp_path}
    found = run("outreach_sheets", parameters)
    expected = [code for code in listed if groups[code] == group]
    assert {row["code"] for row in read_csv(found["MAIL_MERGE"])} == set(expected)
    assert found["SHEET_COUNT"] == len(expected) > 0


def test_sheets_of_named_territories_and_a_filter_on_them(before, tmp_path):
    rows = read_csv(before / "territories.csv")
    outside = [row for row in rows if row["segment"] == "showcase"][:3]
    codes = ", ".join(row["code"] for row in outside)
    parameters = {"RESULTS": before, "CODES": codes, "AUDIENCE": "public", "OUTPUT_FOLDER": tmp_path, "LANGUAGE": "en"}
    found = run("outreach_sheets", parameters)
    table = read_csv(found["MAIL_MERGE"])
    assert {row["code"] for row in table} == {row["code"] for row in outside}
    assert not {"target_rank", "segment", "contact_role"} & set(table[0])
    largest = max(outside, key=lambda row: float(row["population"]))
    parameters["FILTER"] = f'"population" >= {largest["population"]}'
    found = run("outreach_sheets", parameters)
    assert [row["code"] for row in read_csv(found["MAIL_MERGE"])] == [largest["code"]]


@pytest.mark.parametrize(
    ("expression", "said"),
    [("population >", "population >"), ('"departement" = 1', "departement"), ("population < 0", "population < 0")],
)
def test_a_filter_that_cannot_be_used_is_said_and_nothing_written(before, tmp_path, expression, said):
    out = tmp_path / "sheets"
    context = QgsProcessingContext()
    parameters = {"RESULTS": str(before), "FILTER": expression, "OUTPUT_FOLDER": str(out)}
    with pytest.raises(QgsProcessingException, match=re.escape(said)):
        created("outreach_sheets").run(parameters, context, Listener(), {}, False)
    assert not (out / "index.html").exists()


def test_the_note_names_the_first_ten(before, tmp_path):
    found = run("director_note", {"RESULTS": before, "OUTPUT": tmp_path / "note.html", "LANGUAGE": "fr"})
    page = Path(found["OUTPUT"]).read_text(encoding="utf-8")
    names = {row["code"]: row["name"] for row in read_csv(before / "territories.csv")}
    listed = shortlist(before)
    text = page.replace("&#x27;", "'").replace("’", "'")
    assert all(names[code].replace("’", "'") in text for code in listed[:10])
    assert "fictive" in page


# ── Follow-up


def test_changes_are_those_of_the_two_shortlists(before, after, region, tmp_path):
    listener = Listener()
    parameters = {"BEFORE": before, "AFTER": after, "REGISTER": region / "register.gpkg", "LANGUAGE": "en"}
    found = run("list_changes", {**parameters, "OUTPUT": tmp_path / "changes.csv"}, listener=listener)
    former, later = set(shortlist(before)), set(shortlist(after))
    assert former != later
    rows = [row for row in read_csv(found["OUTPUT"]) if row["list"] == "shortlist"]
    moved = {move: {row["code"] for row in rows if row["move"] == move} for move in ("entered", "left", "stayed")}
    assert moved == {"entered": later - former, "left": former - later, "stayed": former & later}
    assert found["ENTERED"] == len(later - former)
    assert found["LEFT"] == len(former - later)
    sentences = {row["sentence_en"] for row in rows if row["move"] == "left"}
    assert sentences <= {line.strip() for line in listener.infos}
    assert json.loads(Path(found["SUMMARY"]).read_text(encoding="utf-8"))["lists"]["shortlist"]["left"] == found["LEFT"]
    assert Path(found["PAIRS"]).is_file()


def test_without_a_register_only_lists_are_compared(before, after, tmp_path):
    found = run("list_changes", {"BEFORE": after, "AFTER": before, "OUTPUT": tmp_path / "changes.csv"})
    assert "PAIRS" not in found
    assert found["ENTERED"] == len(set(shortlist(before)) - set(shortlist(after)))


def test_two_runs_side_by_side(before, after, tmp_path):
    listener = Listener()
    parameters = {"BEFORE": before, "AFTER": after, "OUTPUT": tmp_path / "comparison.csv", "LANGUAGE": "en"}
    found = run("compare_runs", parameters, listener=listener)
    rows = read_csv(found["OUTPUT"])
    assert len(rows) == len(read_csv(before / "territories.csv"))
    assert any("method" in line or "weights" in line for line in listener.infos), listener.infos


@pytest.mark.parametrize("name", ["list_changes", "compare_runs"])
def test_a_folder_without_results_is_refused(before, tmp_path, name):
    given = {"BEFORE": before, "AFTER": tmp_path, "OUTPUT": tmp_path / "x.csv"}
    assert str(tmp_path) in refusal(name, given)


def test_thresholds_are_frozen_beside_the_study_or_in_it(region, before, tmp_path):
    original = (region / "study.yaml").read_bytes()
    frozen = region / "frozen.yaml"
    found = run("freeze_thresholds", {"STUDY": region / "study.yaml", "RESULTS": before, "OUTPUT": frozen})
    assert (region / "study.yaml").read_bytes() == original
    written = yaml.safe_load(frozen.read_text(encoding="utf-8"))["targeting"]["thresholds"]
    assert found["READINESS_THRESHOLD"] == written["readiness"]
    assert found["ACTIVITY_THRESHOLD"] == written["activity"]
    # High means strictly above: the segments of the run say on which side of them each territory is.
    for row in read_csv(before / "territories.csv"):
        if row["segment"] in ("showcase", "engage", "verify"):
            assert float(row["readiness"]) > written["readiness"]
        elif row["segment"] in ("raise_awareness", "support"):
            assert float(row["readiness"]) <= written["readiness"]
    copy = region / "copy.yaml"
    copy.write_bytes(original)
    found = run("freeze_thresholds", {"STUDY": copy, "RESULTS": before})
    assert found["OUTPUT"] == str(copy)
    assert copy.read_bytes() == frozen.read_bytes()
    frozen.unlink()
    copy.unlink()


# ── Register


TABLE = """\
Intitulé;Étape;Année
Capteurs de crue (projet fictif);en cours;2025
Atelier carte (projet fictif);réalisé;2024
"""


def test_projects_are_imported_once_and_bad_rows_are_named(tmp_path):
    register = tmp_path / "registre.gpkg"
    run("make_register", {"OUTPUT": register, "LANGUAGE": "fr"})
    table, mapping = tmp_path / "projets.csv", tmp_path / "mapping.yaml"
    table.write_text(TABLE, encoding="utf-8")
    mapping.write_text(
        "columns: {title: Intitulé, stage: Étape, year: Année}\n"
        "values: {stage: {en cours: running, réalisé: done}}\ndefaults: {codes: '00101', source: Tableur}\n",
        encoding="utf-8",
    )
    parameters = {"REGISTER": register, "TABLE": table, "MAPPING": mapping}
    found = run("import_projects", parameters)
    assert found["IMPORTED_COUNT"] == 2
    projects = QgsVectorLayer(found["PROJECTS"], "projects", "ogr")
    assert {(f["title"], f["stage"], f["year"]) for f in projects.getFeatures()} == {
        ("Capteurs de crue (projet fictif)", "running", 2025),
        ("Atelier carte (projet fictif)", "done", 2024),
    }
    # A layer that is open would keep the register from the engine.
    del projects
    assert run("import_projects", parameters)["IMPORTED_COUNT"] == 0
    table.write_text(TABLE + "Sans étape (projet fictif);en rêve;2025\n", encoding="utf-8")
    listener = Listener()
    with pytest.raises(QgsProcessingException):
        run("import_projects", parameters, listener=listener)
    assert any("en rêve" in line or "4" in line for line in listener.errors), listener.errors
    found = run("import_projects", {**parameters, "SKIP_BAD": True}, listener=listener)
    assert found["IMPORTED_COUNT"] == 0
    assert listener.warnings


def test_a_register_that_is_not_there_is_refused(tmp_path):
    table = tmp_path / "t.csv"
    table.write_text(TABLE, encoding="utf-8")
    assert str(tmp_path / "no.gpkg") in refusal("import_projects", {"REGISTER": tmp_path / "no.gpkg", "TABLE": table})
