"""Lists of two runs: one thing is changed between them, and is what each move is put down to, with its own values."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pandas as pd
import pytest
from small_study import codes, default_projects, default_table, write_small_study

from smart_territoires_plugin.core.cli import main
from smart_territoires_plugin.core.comparing_runs import compare_runs
from smart_territoires_plugin.core.outcomes.contacts import contacts_frame
from smart_territoires_plugin.core.outcomes.list_changes import list_changes
from smart_territoires_plugin.core.outcomes.report import find_outcomes, sentences

SIZE, SHORTLIST = 16, 3
NOBODY = contacts_frame(pd.DataFrame({"code": [], "date": []}))


def run(folder: Path, table=None, projects=None, shortlist=SHORTLIST, weights=None, targeting=None, date="2026-01-31"):
    def change(content):
        content["targeting"] = {
            "shortlist": shortlist,
            "thresholds": {"readiness": 40, "activity": 1},
            **(targeting or {}),
        }
        content["robustness"]["draws"] = 10
        content["date"] = date
        for item in content["indicators"]:
            item["weight"] = (weights or {}).get(item["id"], 1)

    folder.mkdir(parents=True, exist_ok=True)
    study = write_small_study(folder, SIZE, table=table, projects=projects, change=change)
    assert main(["run", str(study), "--out", str(folder / "out"), "--lang", "fr"]) == 0
    return folder / "out"


def territories(folder: Path) -> dict[str, dict]:
    with (folder / "territories.csv").open(encoding="utf-8", newline="") as stream:
        return {row["code"]: row for row in csv.DictReader(stream)}


def listed(folder: Path, count: int = SHORTLIST) -> set[str]:
    return {
        code for code, row in territories(folder).items() if row["target_rank"] and int(row["target_rank"]) <= count
    }


@pytest.fixture(scope="module")
def former(tmp_path_factory):
    return run(tmp_path_factory.mktemp("former"))


@pytest.fixture(scope="module")
def first(former) -> str:
    """The territory at the top of the former list."""
    return next(code for code, row in territories(former).items() if row["target_rank"] == "1")


def changes(before, after, contacts=NOBODY):
    found = list_changes(compare_runs(before, after), contacts).set_index("code")
    return found[found["list"] == "shortlist"]


@pytest.fixture(scope="module")
def fallen(former, first, tmp_path_factory):
    """The first of the list lost its fibre and its partners."""
    table = default_table(SIZE)
    table.loc[table["code"] == first, ["fibre", "partners"]] = [5.25, 0]
    return run(tmp_path_factory.mktemp("fallen"), table=table, date="2026-06-30")


@pytest.fixture(scope="module")
def busy(former, first, tmp_path_factory):
    """The first of the list has projects now."""
    projects = [*default_projects(SIZE), *[(first, "flood", "running")] * 9]
    return run(tmp_path_factory.mktemp("busy"), projects=projects, date="2026-06-30")


def test_nothing_changed_nobody_moves(former):
    found = changes(former, former)
    assert set(found["move"]) == {"stayed"} and set(found["cause"]) == {""}
    assert set(found.index) == listed(former)


def test_moves_are_those_of_the_tables(former, fallen):
    found = changes(former, fallen)
    was, now = listed(former), listed(fallen)
    assert set(found.index[found["move"] == "entered"]) == now - was
    assert set(found.index[found["move"] == "left"]) == was - now
    assert set(found.index[found["move"] == "stayed"]) == was & now


def test_data_are_the_cause_for_the_one_and_others_for_the_rest(former, fallen, first):
    found = changes(former, fallen)
    assert found.loc[first, ["move", "cause"]].tolist() == ["left", "data"]
    assert set(found.loc[found["move"] == "entered", "cause"]) == {"relative"}
    table = default_table(SIZE).set_index("code")
    column = found.loc[first, "indicator"]
    now = {"fibre": 5.25, "partners": 0}[column]
    assert found.loc[first, ["value_before", "value_after"]].tolist() == [table.loc[first, column], now]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_sentence_cites_the_territory_s_own_values(former, fallen, first, lang):
    found = changes(former, fallen)
    said = found.loc[first, f"sentence_{lang}"]
    numbers = [float(item.replace(",", ".")) for item in re.findall(r"\d+(?:[.,]\d+)?", said.replace("Commune", ""))]
    before, after = territories(former)[first], territories(fallen)[first]
    name = before["name"]
    in_name = [float(item) for item in re.findall(r"\d+", name)]
    cited = numbers[len(in_name) :]
    row = found.loc[first]
    wanted = [row["value_before"], row["value_after"], float(before["readiness"]), float(after["readiness"])]
    assert cited == pytest.approx(wanted, abs=0.06)
    assert name in said


def test_projects_are_the_cause_and_outreach_where_a_call_is_noted(former, busy, first):
    assert changes(former, busy).loc[first, "cause"] == "activity"
    called = contacts_frame(pd.DataFrame({"code": [first], "date": ["2026-03-01"], "outcome": ["interest_confirmed"]}))
    found = changes(former, busy, called).loc[first]
    assert found[["move", "cause", "last_contact", "outcome"]].tolist() == [
        "left",
        "outreach",
        "2026-03-01",
        "interest_confirmed",
    ]
    assert found["called_before"] and "2026-03-01" in found["sentence_fr"]
    count = int(territories(busy)[first]["activity_count"])
    assert re.search(rf"\b{count}\b", found["sentence_en"])


def test_weights_length_and_a_person_are_told_apart(former, first, tmp_path):
    heavy = changes(former, run(tmp_path / "heavy", weights={"fibre": 40, "income": 30}))
    assert set(heavy.loc[heavy["move"] != "stayed", "cause"]) == {"weights"}
    short = changes(former, run(tmp_path / "short", shortlist=1))
    assert set(short.loc[short["move"] == "left", "cause"]) == {"method"}
    decision = {"code": first, "action": "exclude", "reason": "déjà en projet", "author": "Anne Durand"}
    away = run(tmp_path / "away", shortlist=1, targeting={"decisions": [{**decision, "date": "2026-05-01"}]})
    # Whatever a list does with decisions, the one who is decided on and moves is put down to the person.
    table = compare_runs(former, away)
    from smart_territoires_plugin.core.outcomes.change_causes import Sides, cause_of
    from smart_territoires_plugin.core.outcomes.change_sentences import change_sentence

    sides = Sides(table, frozenset())
    cause = cause_of(sides, first, False, True)
    assert cause.name == "decision"
    said = change_sentence(sides, "shortlist", "left", first, cause, [], None, "fr")
    assert "déjà en projet" in said and "Durand" not in said


def test_the_command_writes_the_lists_the_pairs_and_a_summary(former, busy, first, tmp_path, capsys):
    import pyogrio

    register = tmp_path / "register.gpkg"
    contacts = pd.DataFrame({"code": [first, "99999"], "date": "2026-03-01", "caller_role": "cheffe de projet"})
    pyogrio.write_dataframe(contacts, register, layer="contacts_made")
    out = tmp_path / "changes.csv"
    arguments = ["changes", str(former), str(busy), "--register", str(register), "--out", str(out), "--lang", "fr"]
    assert main(arguments) == 0
    said = capsys.readouterr()
    assert "99999" in said.err and "descriptive" in said.out
    assert {path.name for path in tmp_path.iterdir()} == {
        "register.gpkg",
        "changes.csv",
        "changes.json",
        "changes_follow_up.csv",
    }
    record = json.loads((tmp_path / "changes.json").read_text(encoding="utf-8"))
    rows = pd.read_csv(out, dtype={"code": str})
    counts = rows[rows["list"] == "shortlist"]["move"].value_counts().to_dict()
    assert {k: v for k, v in record["lists"]["shortlist"].items() if k != "causes" and v} == counts
    assert record["follow_up"]["counts"]["called"] == 1 and record["follow_up"]["kind"] == "descriptive"
    assert main([*arguments[:-2], "--lang", "en"]) == 0 and main(["changes", str(tmp_path), str(busy)]) == 2


def test_without_a_register_nothing_is_said_of_calls(former, busy):
    found = find_outcomes(former, busy)
    assert found.followed is None and not found.changes["called_before"].any()
    for lang in ("fr", "en"):
        assert not re.search("ppelé|alled", " ".join(sentences(found, lang)))


def test_further_lists_are_compared_where_runs_have_them(former, busy, first, tmp_path):
    import shutil

    pair = []
    for name, source, rows in (("a", former, []), ("b", busy, [("showcase", first), ("verify", "U1")])):
        folder = tmp_path / name
        shutil.copytree(source, folder)
        text = "list,place,code,name\n" + "".join(f"{listing},1,{code},x\n" for listing, code in rows)
        (folder / "lists.csv").write_text(text, encoding="utf-8")
        pair.append(folder)
    found = list_changes(compare_runs(*pair), NOBODY).set_index(["list", "code"])
    assert found.loc[("showcase", first), ["move", "cause"]].tolist() == ["entered", "activity"]
    assert found.loc[("verify", "U1"), ["move", "cause"]].tolist() == ["entered", "units"]
    assert set(codes(SIZE)) >= {code for listing, code in found.index if listing == "shortlist"}


def test_a_territory_is_untouched_only_where_none_of_its_own_figures_moved(former, fallen, busy, first):
    from smart_territoires_plugin.core.outcomes.change_causes import Sides, untouched

    for after in (fallen, busy):
        sides = Sides(compare_runs(former, after), frozenset())
        assert [code for code in codes(SIZE) if not untouched(sides, code)] == [first]
