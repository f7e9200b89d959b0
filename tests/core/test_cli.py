"""The command line: exit codes, one line per problem, the result alone on stdout, and no effect of the surroundings."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pandas as pd
import pyogrio
import pytest
from small_study import call, codes, default_table, write_small_study

from smart_territoires_plugin.core import cli
from smart_territoires_plugin.core.cli import default_language, main
from smart_territoires_plugin.core.errors import Problem, SmartTerritoiresError
from smart_territoires_plugin.core.messages import problem_texts

FILES = {
    "results": "results.gpkg", "territories": "territories.csv", "targets": "targets.csv", "scoring": "scoring.npz",
    "methodology": "methodology.html", "manifest": "manifest.json", "workbook": "targets.xlsx", "lists": "lists.csv",
}  # fmt: skip
STEPS = ["sources", "measures", "scoring", "targeting", "results"]


@pytest.fixture(scope="module")
def study(tmp_path_factory) -> Path:
    return write_small_study(tmp_path_factory.mktemp("study"))


@pytest.fixture(scope="module")
def results(study, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("results") / "out"
    assert main(["run", str(study), "--out", str(folder), "--lang", "fr"]) == 0
    return folder


def bad(content: dict) -> None:
    """Three faults, of three sorts: a key, a measure and an axis that nobody knows."""
    content["colour"] = "blue"
    content["indicators"][0]["measure"]["kind"] = "coverage_shar"
    content["indicators"][2]["axis"] = "fortune"


def missing_sources(content: dict) -> None:
    content["sources"]["flood"]["path"] = "absent.gpkg"
    content["sources"]["register"]["layer"] = "projects"
    content["indicators"][1]["measure"]["field"] = "incomes"


MEASURED = "No measure kept, 5 computed: flood_share, income, fibre, partners, projects.\n"

# ── stdout and stderr


def test_stdout_carries_the_place_of_the_result_alone(study, tmp_path, capsys):
    assert main(["run", str(study), "--out", str(tmp_path / "out"), "--lang", "en"]) == 0
    captured = capsys.readouterr()
    assert captured.out == f"{tmp_path / 'out'}\n"
    assert captured.err == MEASURED, "one line, and no bar where there is no terminal"


def test_json_tells_the_files_and_every_step(study, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["run", str(study), "--out", str(out), "--json", "--lang", "fr"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out) == {"out": str(out), "files": {k: str(out / v) for k, v in FILES.items()}}
    assert captured.out.count("\n") == 1
    events = [json.loads(line) for line in captured.err.splitlines()]
    progress = [event for event in events if event["event"] == "progress"]
    assert all(set(event) == {"event", "done", "step", "label", "remaining_s"} for event in progress)
    assert list(dict.fromkeys(event["step"] for event in progress)) == STEPS
    done = [event["done"] for event in progress]
    assert done == sorted(done) and done[0] >= 0 and done[-1] == 1
    assert {event["label"] for event in progress if event["step"] == "sources"} == {"Lecture des sources"}


def test_measure_writes_one_layer_with_a_column_for_each_indicator(study, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["measure", str(study), "--out", str(out), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["files"] == {"territories": str(out / "territories.gpkg"), "quality": str(out / "quality.csv")}
    assert sorted(p.name for p in out.iterdir() if not p.name.startswith(".")) == ["quality.csv", "territories.gpkg"]
    frame = pyogrio.read_dataframe(out / "territories.gpkg", layer="territories", read_geometry=False)
    assert list(frame.columns) == [
        "code", "name", "population", "group_epci", "flood_share", "income", "fibre", "partners", "projects",
    ]  # fmt: skip
    assert frame["code"].tolist() == codes(12)
    assert frame["fibre"].tolist() == default_table(12)["fibre"].tolist()
    assert list(pd.read_csv(out / "quality.csv").columns) == ["source", "check", "outcome", "count", "examples", "code"]


def test_values_take_the_place_of_measuring(study, results, tmp_path):
    """What was measured, given back as a table, gives the same scores."""
    main(["measure", str(study), "--out", str(tmp_path / "measured")])
    frame = pyogrio.read_dataframe(tmp_path / "measured" / "territories.gpkg", read_geometry=False)
    table = tmp_path / "values.csv"
    frame.drop(columns=["name", "population", "group_epci", "projects"]).sample(frac=1, random_state=1).to_csv(
        table, index=False
    )
    out = tmp_path / "out"
    assert main(["run", str(study), "--out", str(out), "--values", str(table)]) == 0
    assert (out / "territories.csv").read_bytes() == (results / "territories.csv").read_bytes()


def test_values_of_other_territories_and_gaps_are_told(study, tmp_path):
    table = default_table(12).assign(flood_share=range(12)).iloc[1:].astype(object)
    table.loc[5, "fibre"] = "n/d"
    table.loc[6, "fibre"] = "beaucoup"
    extra = pd.DataFrame([{"code": "99999", "fibre": 1, "partners": 1, "income": 1, "flood_share": 1}])
    pd.concat([table, extra]).to_csv(tmp_path / "values.csv", index=False)
    out = tmp_path / "out"
    assert main(["run", str(study), "--out", str(out), "--values", str(tmp_path / "values.csv")]) == 0
    found = pyogrio.read_dataframe(out / "results.gpkg", layer="indicators")
    gaps = found[found["value"].isna()].set_index(["code", "indicator"])["reason"].to_dict()
    assert gaps == {
        **{("77001", name): "not_in_table" for name in ("flood_share", "income", "fibre", "partners")},
        ("77006", "fibre"): "absent",
        ("77007", "fibre"): "not_a_number",
    }
    quality = pyogrio.read_dataframe(out / "results.gpkg", layer="quality")
    quality = quality.fillna("")
    told = {(row.check, row.outcome, row.code or row.examples) for row in quality.itertuples()}
    assert ("rows_without_territory", "W", "99999") in told
    assert ("territory_without_row", "W", "77001") in told
    assert ("not_a_number", "M", "fibre: 77007") in told


def test_values_with_a_code_twice_are_refused(study, tmp_path, capsys):
    table = default_table(12).assign(flood_share=1)
    pd.concat([table, table.iloc[:2]]).to_csv(tmp_path / "values.csv", index=False)
    assert main(["run", str(study), "--out", str(tmp_path / "out"), "--values", str(tmp_path / "values.csv")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("values.csv: ") and "77001, 77002" in line


def test_values_without_a_column_are_refused_all_at_once(study, tmp_path, capsys):
    default_table(12).drop(columns=["fibre", "code"]).to_csv(tmp_path / "values.csv", index=False)
    assert main(["run", str(study), "--out", str(tmp_path / "out"), "--values", str(tmp_path / "values.csv")]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert sorted(line.partition("“")[2].partition("”")[0] for line in lines) == ["code", "fibre", "flood_share"]
    assert not (tmp_path / "out").exists()


# ── problems


def test_check_says_nothing_of_a_sound_study(study, capsys):
    assert main(["check", str(study)]) == 0
    assert capsys.readouterr() == ("", "")
    assert main(["check", str(study), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (bad, ["colour", "coverage_shar", "fortune"]),
        (missing_sources, ["absent.gpkg", "incomes"]),
    ],
)
def test_every_problem_is_one_line_with_where_what_and_what_to_do(tmp_path, capsys, lang, change, words):
    study = write_small_study(tmp_path, change=change)
    assert main(["check", str(study), "--json", "--lang", lang]) == 2
    records = json.loads(capsys.readouterr().out)
    assert all(set(record) == {"severity", "where", "what", "fix"} for record in records)
    assert all(record[key].strip() for record in records for key in record)
    errors = [record for record in records if record["severity"] == "error"]
    assert [word for word in words if not any(word in r["what"] or word in r["where"] for r in errors)] == []
    assert main(["check", str(study), "--lang", lang]) == 2
    lines = capsys.readouterr().out.splitlines()
    colon = "\u00a0: " if lang == "fr" else ": "
    assert lines == [f"{r['where']}{colon}{r['what']} {r['fix']}" for r in records]
    # A run refuses the same, on stderr, and writes nothing.
    assert main(["run", str(study), "--out", str(tmp_path / "out"), "--lang", lang]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines() == [line for line, r in zip(lines, records) if r["severity"] == "error"]
    assert not (tmp_path / "out").exists()


def test_a_fault_of_the_study_has_its_line(tmp_path, capsys):
    study = write_small_study(tmp_path, change=bad)
    main(["check", str(study), "--json"])
    records = json.loads(capsys.readouterr().out)
    content = study.read_text(encoding="utf-8").splitlines()
    for word in ("colour", "coverage_shar", "fortune"):
        (where,) = {record["where"] for record in records if word in record["what"]}
        name, _, line = where.rpartition(":")
        assert name == "study.yaml" and word in content[int(line) - 1]


def test_warnings_alone_let_a_run_go_on(tmp_path, capsys):
    table = default_table(12)
    table["partners"] = 4
    study = write_small_study(tmp_path, table=table)
    assert main(["check", str(study), "--json"]) == 0
    (record,) = json.loads(capsys.readouterr().out)
    assert record["severity"] == "warning" and record["where"] == "table" and "partners" in record["what"]
    assert main(["run", str(study), "--out", str(tmp_path / "out"), "--json"]) == 0
    events = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [event["what"] for event in events if event["event"] == "problem"] == [record["what"]]


@pytest.mark.parametrize(
    "arguments",
    [[], ["fly"], ["run"], ["run", "x.yaml"], ["run", "x.yaml", "--out", "o", "--workers", "0"],
     ["run", "x.yaml", "--out", "o", "--workers", "many"], ["check", "x.yaml", "--lang", "de"]],
)  # fmt: skip
def test_a_command_that_is_none_is_refused(arguments, capsys):
    with pytest.raises(SystemExit) as raised:
        main(arguments)
    assert raised.value.code == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", ["absent.yaml", "folder", "empty.yaml", "binary.yaml"])
def test_what_is_no_study_is_refused(tmp_path, capsys, name):
    path = tmp_path / name
    if name == "folder":
        path.mkdir()
    elif name != "absent.yaml":
        path.write_bytes(b"" if name == "empty.yaml" else bytes(range(256)))
    assert main(["run", str(path), "--out", str(tmp_path / "out")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert name in line.partition(": ")[0]


def test_what_is_no_results_folder_is_refused(tmp_path, capsys):
    for folder in (tmp_path, tmp_path / "absent"):
        assert main(["explain", str(folder), "77001"]) == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert line.startswith(f"{folder}: ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("code", ["77O12", "zzz", "", "=1"])
def test_a_code_that_is_none_names_a_few_others(results, capsys, code):
    assert main(["explain", str(results), code, "--lang", "en"]) == 2
    captured = capsys.readouterr()
    (line,) = captured.err.splitlines()
    named = [known for known in codes(12) if known in line]
    assert captured.out == "" and 1 <= len(named) <= 5
    assert "77012" in named or code != "77O12"


def test_a_defect_of_ours_is_one_line_and_exit_1(study, tmp_path, capsys, monkeypatch):
    def broken(*_):
        raise RuntimeError("first\nsecond")

    monkeypatch.setattr("smart_territoires_plugin.core.pipeline.analyse", broken)
    assert main(["run", str(study), "--out", str(tmp_path / "out"), "--lang", "en"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("run: ") and "first second" in line
    assert list(tmp_path.iterdir()) == []


def test_memory_that_runs_out_is_one_line(study, tmp_path, capsys, monkeypatch):
    def hungry(*_):
        raise MemoryError

    monkeypatch.setattr("smart_territoires_plugin.core.pipeline.analyse", hungry)
    assert main(["run", str(study), "--out", str(tmp_path / "out")]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_what_is_wrong_is_said_in_any_alphabet(capsys, monkeypatch):
    """A console of another alphabet shows a mark where it lacks a letter, and does not break."""

    def action(_):
        raise SmartTerritoiresError(Problem("source.not_found", "مدينة", {"path": "é\u202f🏙️"}))

    monkeypatch.setattr(cli, "_explain", action)
    with open(os.devnull, "w", encoding="ascii") as console:
        monkeypatch.setattr(sys, "stderr", console)
        assert main(["explain", "x", "y"]) == 2


# ── libraries


BLOCKED = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == NAME:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

NAME = sys.argv.pop(1)
sys.meta_path.insert(0, Blocked())
from smart_territoires_plugin.core.cli import main
sys.exit(main())
"""


@pytest.mark.parametrize("library", ["pyogrio", "jsonschema", "shapely"])
def test_a_missing_library_is_named(study, tmp_path, library):
    import subprocess

    from small_study import CHECKOUT, child_environment

    done = subprocess.run(
        [sys.executable, "-c", BLOCKED, library, "run", str(study), "--out", str(tmp_path / "out"), "--lang", "fr"],
        env=child_environment(), cwd=CHECKOUT, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (3, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"{library}\u00a0: ") and "pip install" in line
    assert list(tmp_path.iterdir()) == []


def test_scoring_again_needs_no_rasters(study, tmp_path):
    """Libraries are imported where they are used: the study has no raster, and rasterio may be absent."""
    import subprocess

    from small_study import CHECKOUT, child_environment

    arguments = ["run", str(study), "--out", str(tmp_path / "out"), "--lang", "en"]
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED, "rasterio", *arguments], env=child_environment(), cwd=CHECKOUT,
        capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, MEASURED)


# ── surroundings


def test_the_surroundings_change_nothing(results, tmp_path):
    """Rubbish of another installation, a locale with a decimal comma, another folder, a path of every sort of sign."""
    place = tmp_path / "Études & essais, 100% é à 'x' #1"
    study = write_small_study(place / "src")
    out = place / "résultats %20"
    done = call(
        "run", study, "--out", out, "--lang", "fr", cwd=tmp_path,
        PROJ_DATA="/nowhere", PROJ_LIB="/nowhere", GDAL_DATA="/nowhere", GDAL_DRIVER_PATH="/nowhere",
        LC_ALL="fr_FR.UTF-8", LC_NUMERIC="fr_FR.UTF-8", LANG="fr_FR.UTF-8", PYTHONHASHSEED="123",
        OMP_NUM_THREADS="1", TZ="Pacific/Auckland",
    )  # fmt: skip
    assert (done.returncode, done.stderr.count("\n")) == (0, 1)
    assert done.stdout == f"{out}\n"
    for name in ("territories.csv", "targets.csv"):
        assert (out / name).read_bytes() == (results / name).read_bytes()


def test_output_goes_through_a_console_of_another_alphabet(results):
    done = call("explain", results, "77001", "--lang", "fr", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0 and "Commune 77001" in done.stdout and done.stderr == ""
    done = call("check", "absent é.yaml", "--json", "--lang", "fr", PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert done.returncode == 2 and "absent é.yaml" in json.loads(done.stdout)[0]["where"]


def test_a_relative_path_is_the_callers(study, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    relative = os.path.relpath(study, tmp_path)
    assert main(["run", relative, "--out", "out"]) == 0
    assert capsys.readouterr().out == "out\n" and (tmp_path / "out" / "manifest.json").exists()


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LC_ALL": "fr_FR.UTF-8"}, "fr"),
        ({"LC_ALL": "", "LC_MESSAGES": "fr_CA", "LANG": "de_DE"}, "fr"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
    ],
)
def test_the_language_is_the_machines(variables, language, monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert default_language() == language


def test_the_version_is_that_of_the_metadata(capsys):
    with pytest.raises(SystemExit) as raised:
        main(["--version"])
    metadata = (Path(cli.__file__).parents[2] / "metadata.txt").read_text(encoding="utf-8")
    assert raised.value.code == 0
    assert f"version={capsys.readouterr().out.strip()}" in metadata.replace(" = ", "=")


def test_the_words_of_a_cancel_are_there():
    assert problem_texts(Problem("cancelled", "run"), "fr")[0] == "annulé."
