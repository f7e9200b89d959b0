"""An existing table brought into a register: all of it or nothing, nothing twice, and never into an open file."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing

import pandas as pd
import pyogrio
import pytest

from smart_territoires_plugin.core.cli import main
from smart_territoires_plugin.core.errors import SmartTerritoiresError
from smart_territoires_plugin.core.register.import_mapping import guessed_mapping, read_mapping
from smart_territoires_plugin.core.register.importing import import_projects
from smart_territoires_plugin.core.register.template import write_register
from smart_territoires_plugin.core.study import read_study
from smart_territoires_plugin.core.study.windows import factors_older

# Fictitious projects, as a service would list them.
TABLE = """Intitulé du projet;INSEE;Avancement;Année;Budget
Capteurs de crue;1001;en cours;2024;12 500,50
Éclairage à la demande;01002;Done;2023;
ECLAIRAGE A LA DEMANDE;1002;terminé;2023;
"""
MAPPING = """columns: {title: Intitulé du projet, codes: INSEE, stage: Avancement, year: Année, budget_eur: Budget}
values: {stage: {En cours: running, terminé: done}}
defaults: {source: list of 2025}
"""


def rows(register) -> pd.DataFrame:
    return pyogrio.read_dataframe(register, layer="projects", read_geometry=False)


def digest(path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def files(tmp_path):
    table, mapping = tmp_path / "list.csv", tmp_path / "map.yaml"
    table.write_text(TABLE, encoding="utf-8")
    mapping.write_text(MAPPING, encoding="utf-8")
    return table, tmp_path / "register.gpkg", mapping


def test_table_is_brought_in_once_however_often(files):
    table, register, mapping = files
    found = import_projects(table, register, read_mapping(mapping))
    assert found.added == 2 and found.known == ("4 (ECLAIRAGE A LA DEMANDE)",)
    made = rows(register)
    assert made["title"].tolist() == ["Capteurs de crue", "Éclairage à la demande"]
    assert made["stage"].tolist() == ["running", "done"]
    assert made["budget_eur"][0] == 12500.5 and made["source"].tolist() == ["list of 2025"] * 2
    before = digest(register)
    again = import_projects(table, register, read_mapping(mapping))
    assert again.added == 0 and len(again.known) == 3
    assert digest(register) == before
    assert sorted(path.name for path in register.parent.iterdir()) == ["list.csv", "map.yaml", "register.gpkg"]


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_spreadsheets_are_read_and_columns_guessed_by_their_labels(tmp_path, suffix):
    frame = pd.DataFrame({"Titre": ["Air"], "Code INSEE": ["01001"], "stage": ["Running"], "Année": [2024]})
    table = tmp_path / f"list.{suffix}"
    try:
        with pd.ExcelWriter(table) as writer:
            pd.DataFrame({"nothing": [1]}).to_excel(writer, sheet_name="first", index=False)
            frame.to_excel(writer, sheet_name="projects", index=False)
    except ImportError:
        pytest.skip(f"no writer of {suffix} here")
    register = tmp_path / "register.gpkg"
    found = import_projects(table, register, sheet="projects")
    assert found.added == 1
    assert rows(register).loc[0, ["title", "codes", "stage", "year"]].tolist() == ["Air", "01001", "running", 2024]


def test_guess_knows_both_languages_and_the_names_of_codes():
    for names in (["Title", "INSEE_COM", "Stage", "Year"], ["Titre", "code_insee", "Étape", "ANNEE"]):
        assert {"title", "codes", "year"} <= set(guessed_mapping(names).columns)


BAD = """title;codes;stage;year;innovation;contact_role;retention_date
;01001;done;2024;;;
No place;;done;2024;;;
Stage;01001;dreamt;2024;;;
Mark;01001;done;2024;4;;
Person;01001;done;2024;;a.person@town.fr;2030-01-01
Role;01001;done;2024;;officer;
Good;01001;done;2024;2;officer;2030-01-01
"""


def test_every_bad_row_is_told_and_nothing_written(files):
    table, register, _ = files
    table.write_text(BAD, encoding="utf-8")
    with pytest.raises(SmartTerritoiresError) as raised:
        import_projects(table, register)
    told = {(problem.code, str(problem.values["row"])) for problem in raised.value.problems}
    assert told == {
        ("registers.row_no_title", "2"), ("registers.row_no_place", "3"), ("registers.cell", "4"),
        ("registers.cell", "5"), ("registers.row_person", "6"), ("registers.row_no_retention", "7"),
    }  # fmt: skip
    assert not register.exists()
    found = import_projects(table, register, skip_bad=True)
    assert found.added == 1 and len(found.skipped) == 6
    assert rows(register)["title"].tolist() == ["Good"]


def test_mapping_of_what_is_not_there_is_refused_all_at_once(files):
    table, register, mapping = files
    mapping.write_text("columns: {titel: A, stage: B}\nvalues: {stage: done}\nextra: {}\n", encoding="utf-8")
    with pytest.raises(SmartTerritoiresError) as raised:
        read_mapping(mapping)
    assert sorted(problem.code for problem in raised.value.problems) == [
        "registers.mapping_form", "registers.mapping_name", "registers.mapping_name",
    ]  # fmt: skip
    mapping.write_text("columns: {title: Absent, stage: Missing}\n", encoding="utf-8")
    with pytest.raises(SmartTerritoiresError) as raised:
        import_projects(table, register, read_mapping(mapping))
    assert [problem.code for problem in raised.value.problems] == ["source.no_field"] * 2


@pytest.mark.parametrize("journal", ["WAL", "DELETE"])
def test_register_open_elsewhere_is_left_alone(files, journal):
    table, register, mapping = files
    write_register(register, "en")
    with closing(sqlite3.connect(register, isolation_level=None)) as other:
        other.execute(f"PRAGMA journal_mode={journal}")
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO survey (code, status) VALUES ('01001', 'not_searched')")
        before = digest(register)
        with pytest.raises(SmartTerritoiresError) as raised:
            import_projects(table, register, read_mapping(mapping))
        assert [problem.code for problem in raised.value.problems] == ["registers.locked"]
        assert digest(register) == before
        other.execute("ROLLBACK")


def test_verb_says_what_it_guessed_and_what_it_left_out(files, capsys):
    table, register, mapping = files
    arguments = ["register", str(register), "--import", str(table), "--mapping", str(mapping), "--lang", "en"]
    assert main(arguments) == 0
    told = capsys.readouterr()
    assert told.out.strip() == str(register) and "ECLAIRAGE" in told.err
    table.write_text(BAD, encoding="utf-8")
    assert main(["register", str(register), "--import", str(table), "--lang", "fr"]) == 2
    assert "title: title" in capsys.readouterr().err
    assert main(["register", str(register), "--import", str(table), "--lang", "fr", "--skip-bad"]) == 0
    assert len(rows(register)) == 3


# ── what may explain activity

FACTOR = {"id": "factor", "role": "success_factor", "axis": "data", "measure": {"kind": "field", "source": "a",
          "field": "x", "nature": "intensive"}}  # fmt: skip
ACTIVE = {"id": "active", "role": "activity", "measure": {"kind": "field", "source": "b", "field": "y",
          "nature": "extensive"}}  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "refused"),
    [
        ({"path": "t.csv", "key": "code"}, {"path": "./t.csv", "key": "code"}, True),
        ({"path": "t.gpkg", "layer": "l", "key": "code"}, {"path": "t.gpkg", "key": "code"}, True),
        ({"path": "t.gpkg", "layer": "l", "key": "code"}, {"path": "t.gpkg", "layer": "m", "key": "code"}, False),
        ({"path": "t.csv", "key": "code"}, {"path": "u.csv", "key": "code"}, False),
    ],
)
def test_one_file_under_two_names_feeds_no_factor_and_activity(place, one, other, refused):
    path = place.write(place.content(sources={"a": one, "b": other}, indicators=[FACTOR, ACTIVE]))
    codes = []
    try:
        read_study(path)
    except SmartTerritoiresError as error:
        codes = [problem.code for problem in error.problems]
    assert codes == (["study.factor_feeds_activity"] if refused else [])


@pytest.mark.parametrize(("date", "older"), [("2019", True), ("2020-01-01", False), ("2024", False), ("", True)])
def test_factors_are_older_than_the_window_of_activity(place, date, older):
    counted = {**ACTIVE, "measure": {"kind": "register_activity", "source": "b", "since": 2020}}
    sources = {"a": {"path": "t.csv", "key": "code", **({"date": date} if date else {})}, "b": {"path": "r.gpkg"}}
    study = read_study(place.write(place.content(sources=sources, indicators=[FACTOR, counted])))
    assert factors_older(study) == {"factor": older}
