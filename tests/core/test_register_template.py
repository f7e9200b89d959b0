"""The register that is written: what it holds, what it refuses, in both languages, whole or not at all."""

from __future__ import annotations

import errno
import os
import sqlite3
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pandas as pd
import pyogrio
import pytest

from smart_territoires_plugin.core.cli import main
from smart_territoires_plugin.core.errors import ResultsError
from smart_territoires_plugin.core.messages import LANGUAGES, TEXTS
from smart_territoires_plugin.core.register import template
from smart_territoires_plugin.core.register.forms import TABS, form_qml
from smart_territoires_plugin.core.register.layout import AXES, TABLES
from smart_territoires_plugin.core.register.schema import table_sql
from smart_territoires_plugin.core.register.template import fill_register, write_register

DOCS = Path(__file__).resolve().parents[2] / "docs" / "register.md"
FIELDS = [(table.name, field.name) for table in TABLES.values() for field in table.fields]


@pytest.fixture(scope="module")
def registers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("registers")
    return {lang: write_register(folder / f"{lang}.gpkg", lang) for lang in LANGUAGES}


@pytest.fixture
def file(registers):
    """An empty register of which nothing is kept."""
    with sqlite3.connect(registers["en"]) as connection:
        yield connection
        connection.rollback()


# ── what it holds


def test_it_holds_every_table_and_field_in_order(registers):
    assert [name for name, _ in pyogrio.list_layers(registers["fr"])] == [*TABLES, "layer_styles"]
    for name, table in TABLES.items():
        information = pyogrio.read_info(registers["fr"], layer=name)
        assert tuple(information["fields"]) == table.names
        assert information["features"] == 0
        kinds = {"text": "OFTString", "integer": "OFTInteger", "real": "OFTReal", "date": "OFTDate"}
        assert list(information["ogr_types"]) == [kinds[field.kind] for field in table.fields]


def test_the_file_is_sound_and_names_its_extension(file):
    assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert file.execute("PRAGMA foreign_key_check").fetchall() == []
    contents = {name for (name,) in file.execute("SELECT table_name FROM gpkg_contents")}
    assert contents == {*TABLES, "layer_styles"}, "nothing is left of what it was made with"
    extensions = file.execute("SELECT table_name, extension_name FROM gpkg_extensions").fetchall()
    assert set(extensions) == {("gpkg_data_columns", "gpkg_schema"), ("gpkg_data_column_constraints", "gpkg_schema")}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_any_reader_finds_titles_and_the_labels_of_values(registers, lang):
    with sqlite3.connect(registers[lang]) as file:
        columns = file.execute(
            "SELECT table_name, column_name, title, constraint_name FROM gpkg_data_columns"
        ).fetchall()
        enums = file.execute(
            "SELECT constraint_name, value, description FROM gpkg_data_column_constraints"
            " WHERE constraint_type = 'enum'"
        ).fetchall()
    assert [(table, field) for table, field, _, _ in columns] == FIELDS
    assert all(title == TEXTS[lang][f"register.field.{table}.{field}"] for table, field, title, _ in columns)
    assert {name for name, _, _ in enums} <= {constraint for *_, constraint in columns}
    shared = [label for name, value, label in enums if name == "projects_data" and value == "3"]
    assert shared == [f"3 – {TEXTS[lang]['register.anchor.data.3']}"]
    stages = [value for name, value, _ in enums if name == "projects_stage"]
    assert stages == ["idea", "candidate", "funded", "running", "done", "stopped"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_table_field_value_and_anchor_is_named(lang):
    known = TEXTS[lang]
    for table in TABLES.values():
        assert known[f"register.table.{table.name}"]
        for field in table.fields:
            assert known[f"register.field.{table.name}.{field.name}"]
            assert known[f"register.hint.{table.name}.{field.name}"].endswith(".")
            assert all(known[f"register.value.{field.name}.{value}"] for value in field.values)
    anchors = [known[f"register.anchor.{axis}.{mark}"] for axis in AXES for mark in range(4)]
    assert all(anchors)
    for axis in AXES:
        assert len({known[f"register.anchor.{axis}.{mark}"] for mark in range(4)}) == 4


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", TABLES)
def test_the_form_is_the_default_style_and_names_each_field(registers, name, lang):
    with sqlite3.connect(registers[lang]) as file:
        ((qml, default),) = file.execute(
            "SELECT styleQML, useAsDefault FROM layer_styles WHERE f_table_name = ?", (name,)
        ).fetchall()
    assert default == 1
    assert qml == form_qml(TABLES[name], lang)
    root = ElementTree.fromstring(qml.split("\n", 1)[1])
    assert [field.get("name") for field in root.iter("field") if field.find("editWidget") is not None] == [
        "fid",
        *TABLES[name].names,
    ]
    assert [alias.get("field") for alias in root.iter("alias")] == list(TABLES[name].names)


def test_the_tabs_hold_each_field_of_a_project_once():
    shown = [name for groups in TABS.values() for names in groups.values() for name in names]
    assert sorted(shown) == sorted(TABLES["projects"].names)


# ── what it refuses

GOOD = {
    "projects": {"title": "a"},
    "calls": {"call_id": "c", "title": "a"},
    "applications": {"call_id": "c", "code": "1"},
    "contacts_made": {"code": "1", "date": "2026-01-31"},
    "interviews": {"code": "1"},
    "benchmarks": {"reference_id": "r", "name": "R", "indicator": "fibre"},
    "survey": {"code": "1"},
}


def insert(file, table, values):
    names = ", ".join(values)
    marks = ", ".join("?" * len(values))
    file.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values()))


@pytest.mark.parametrize("table", TABLES)
def test_what_is_required_is_enough_and_needed(file, table):
    insert(file, table, GOOD[table])
    for name in GOOD[table]:
        without = {field: value for field, value in GOOD[table].items() if field != name}
        if without:
            with pytest.raises(sqlite3.IntegrityError, match="NOT NULL"):
                insert(file, table, without)


def test_defaults(file):
    insert(file, "projects", GOOD["projects"])
    insert(file, "survey", GOOD["survey"])
    insert(file, "applications", GOOD["applications"])
    insert(file, "contacts_made", GOOD["contacts_made"])
    assert file.execute("SELECT stage, year, data FROM projects").fetchall() == [("idea", None, None)]
    assert file.execute("SELECT status, date FROM survey").fetchall() == [("not_searched", None)]
    assert file.execute("SELECT outcome FROM applications").fetchall() == [("pending",)]
    assert file.execute("SELECT outcome FROM contacts_made").fetchall() == [("unknown",)]


@pytest.mark.parametrize(
    ("table", "field", "good", "bad"),
    [
        ("projects", "title", ["x"], ["", "  "]),
        ("projects", "stage", ["done"], ["Done", "", "finished"]),
        ("projects", "year", [1900, 2200, None], [1899, 2201, "soon", 2020.5]),
        *[("projects", axis, [0, 3, None], [-1, 4, 7, "high", 1.5]) for axis in (*AXES, "inclusion_2")],
        ("projects", "budget_eur", [0, 1e9, 0.5, None], [-0.01, "much"]),
        ("projects", "cofunding_rate_pct", [0, 100, 33.3], [-1, 100.1, "half"]),
        ("projects", "source_kind", ["interview", None], ["gossip"]),
        ("projects", "retention_date", ["2028-12-31", None], ["31/12/2028", "2028", 2028]),
        ("interviews", "motivation", [1, 5, None], [0, 6]),
        ("applications", "outcome", ["selected"], ["won", ""]),
        ("contacts_made", "outcome", ["declined"], ["pending"]),
        ("survey", "status", ["searched_none_found"], ["none"]),
        ("benchmarks", "year", [2024], [3024]),
    ],
)
def test_the_file_itself_refuses_what_cannot_be(file, table, field, good, bad):
    for value in good:
        insert(file, table, {**GOOD[table], field: value})
        file.rollback()
    for value in bad:
        with pytest.raises(sqlite3.IntegrityError):
            insert(file, table, {**GOOD[table], field: value})


@pytest.mark.parametrize(("table", "free"), [("survey", "code"), ("calls", "call_id"), ("benchmarks", "indicator")])
def test_what_may_be_there_once_is_refused_twice(file, table, free):
    insert(file, table, GOOD[table])
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        insert(file, table, GOOD[table])
    insert(file, table, {**GOOD[table], free: "another"})


def test_dates_follow_one_another(file):
    insert(file, "calls", {**GOOD["calls"], "opening": "2026-01-01", "closing": "2026-01-01"})
    with pytest.raises(sqlite3.IntegrityError):
        insert(file, "calls", {"call_id": "d", "title": "a", "opening": "2026-01-02", "closing": "2026-01-01"})
    with pytest.raises(sqlite3.IntegrityError):
        insert(file, "contacts_made", {**GOOD["contacts_made"], "due": "2026-01-30"})


# ── rows added


def test_rows_come_back_whatever_the_order_of_their_columns(tmp_path):
    path = write_register(tmp_path / "r.gpkg", "fr", mention="Données d'essai")
    full = pd.DataFrame(
        {"source": ["s"], "mention": ["m"], "status": ["documented"], "date": ["2026-01-31"], "code": ["01001"]}
    )
    part = pd.DataFrame({"notes": ["n", None], "title": ["été", "hiver"], "data": [2, None]})
    fill_register(path, {"survey": full, "projects": part, "calls": pd.DataFrame({"call_id": []})})
    survey = pyogrio.read_dataframe(path, layer="survey").iloc[0]
    assert survey[["code", "status", "source", "mention"]].tolist() == ["01001", "documented", "s", "m"]
    assert survey["date"] == pd.Timestamp("2026-01-31")
    projects = pyogrio.read_dataframe(path, layer="projects")
    assert projects["title"].tolist() == ["été", "hiver"] and projects["stage"].tolist() == ["idea", "idea"]
    assert projects["data"].tolist()[0] == 2 and pd.isna(projects["data"].iloc[1])
    assert set(projects["mention"]) == {"Données d'essai"}


@pytest.mark.parametrize("wrong", [{"retention_date": ["soon"]}, {"colour": ["red"]}])
def test_rows_that_would_lose_something_are_refused(tmp_path, wrong):
    path = write_register(tmp_path / "r.gpkg", "fr")
    with pytest.raises(ValueError):
        fill_register(path, {"projects": pd.DataFrame({"title": ["a"], **wrong})})
    with pytest.raises(OSError, match="CHECK"):
        fill_register(path, {"projects": pd.DataFrame({"title": ["a", "b"], "data": [1, 7]})})
    assert pyogrio.read_info(path, layer="projects")["features"] == 0


def test_a_mention_may_hold_any_sign(tmp_path):
    path = write_register(tmp_path / "r.gpkg", "en", mention='<l\'eau> & "feu"')
    fill_register(path, {"survey": pd.DataFrame({"code": ["1"]})})
    assert pyogrio.read_dataframe(path, layer="survey")["mention"].tolist() == ['<l\'eau> & "feu"']
    assert "mention" in table_sql(TABLES["survey"], "x") and "mention" not in table_sql(TABLES["survey"])


# ── whole or not at all


def said(capsys, *arguments):
    code = main(["register", *map(str, arguments)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_verb_says_where_the_register_is(tmp_path, capsys, lang):
    path = tmp_path / "dossier d'essai (é).gpkg"
    assert said(capsys, path, "--lang", lang) == (0, f"{path}\n", "")
    assert os.listdir(tmp_path) == [path.name]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_that_is_there_stays_as_it_is(tmp_path, capsys, lang):
    path = tmp_path / "r.gpkg"
    path.write_bytes(b"mine")
    code, out, err = said(capsys, path, "--lang", lang)
    assert (code, out) == (2, "") and len(err.splitlines()) == 1 and str(path) in err
    assert path.read_bytes() == b"mine" and os.listdir(tmp_path) == ["r.gpkg"]


@pytest.mark.parametrize(
    ("place", "code"),
    [("r.xlsx", "register.not_gpkg"), ("r", "register.not_gpkg"), ("no/r.gpkg", "register.no_folder")],
)
def test_a_place_that_cannot_be_is_refused(tmp_path, place, code):
    with pytest.raises(ResultsError) as caught:
        write_register(tmp_path / place, "fr")
    assert [problem.code for problem in caught.value.problems] == [code]
    assert os.listdir(tmp_path) == []


def test_a_link_that_leads_nowhere_is_a_file_that_is_there(tmp_path):
    (tmp_path / "r.gpkg").symlink_to(tmp_path / "elsewhere.gpkg")
    with pytest.raises(ResultsError) as caught:
        write_register(tmp_path / "r.gpkg", "fr")
    assert caught.value.problems[0].code == "register.exists"


def test_a_full_disk_leaves_nothing(tmp_path, monkeypatch, capsys):
    def full(connection, lang, mention):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(template, "create_tables", full)
    code, out, err = said(capsys, tmp_path / "r.gpkg", "--lang", "en")
    assert (code, out) == (2, "") and "disk is full" in err and len(err.splitlines()) == 1
    assert os.listdir(tmp_path) == []


def test_a_file_that_appears_meanwhile_is_not_overwritten(tmp_path, monkeypatch):
    path = tmp_path / "r.gpkg"
    link = os.link

    def late(source, target):
        path.write_bytes(b"theirs")
        link(source, target)

    monkeypatch.setattr(os, "link", late)
    with pytest.raises(ResultsError) as caught:
        write_register(path, "fr")
    assert caught.value.problems[0].code == "register.exists"
    assert path.read_bytes() == b"theirs" and os.listdir(tmp_path) == ["r.gpkg"]


def test_a_disk_without_second_names_gets_its_register_all_the_same(tmp_path, monkeypatch):
    def refused(source, target):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    path = write_register(tmp_path / "r.gpkg", "fr")
    assert pyogrio.read_info(path, layer="survey")["features"] == 0
    assert os.listdir(tmp_path) == ["r.gpkg"]


@pytest.mark.parametrize("name", [*TABLES, *sorted({field for _, field in FIELDS})])
def test_the_page_explains_every_table_and_field(name):
    assert f"`{name}`" in DOCS.read_text(encoding="utf-8") or name.removesuffix("_2") in AXES


def test_the_page_gives_the_written_anchors():
    page = DOCS.read_text(encoding="utf-8")
    for axis in AXES:
        for mark in range(4):
            assert TEXTS["en"][f"register.anchor.{axis}.{mark}"] in page
