"""Call units in the hand of who calls: explained by their territories, in lists, sheets and the note, approached."""

from __future__ import annotations

import csv
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pyogrio
import pytest
from small_study import write_small_study
from test_call_units import called_of

from smart_territoires_plugin.core.cli import main
from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.register.checks import check_tables
from smart_territoires_plugin.core.register.layout import TABLES
from smart_territoires_plugin.core.register.reading import Register
from smart_territoires_plugin.core.results.evidence import members_of, read_territories, read_units
from smart_territoires_plugin.core.results.explained_unit import member_parts
from smart_territoires_plugin.core.study import CallUnits
from smart_territoires_plugin.core.targeting.approach import Approach
from smart_territoires_plugin.core.targeting.unit_approach import approach_of_units, unit_kinds

ASKED = {"call_units": [{"group": "epci"}, {"level": "large commune", "population_from": 12_000}], "shortlist": 3}


def run(folder, **targeting):
    def change(content):
        content.update(targeting={**ASKED, **targeting})

    path = write_small_study(folder, 24, change=change)
    assert main(["run", str(path), "--out", str(folder / "out"), "--lang", "en"]) == 0
    return folder / "out"


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    return run(tmp_path_factory.mktemp("units"))


@pytest.fixture(scope="module")
def units(results):
    return pd.read_csv(results / "call_units.csv", dtype={"code": str, "members": str}).set_index("code")


@pytest.fixture(scope="module")
def communes(results):
    return pd.read_csv(results / "territories.csv", dtype={"code": str, "group_epci": str}).set_index("code")


def lists_of(results):
    frame = pyogrio.read_dataframe(results / "results.gpkg", layer="call_unit_lists", read_geometry=False)
    return frame.set_index("code")


def engaged(units):
    ranked = units[units["target_rank"].notna()].sort_values("target_rank")
    return ranked.index.tolist()


def numbers(said):
    return [float(found.replace(",", "")) for found in re.findall(r"-?\d[\d,]*(?:\.\d+)?", said)]


# ── who they are


def test_members_are_those_of_the_group(units, communes):
    for code, unit in units[units["level"] == "epci"].iterrows():
        assert unit["members"].split(";") == communes.index[communes["group_epci"] == code].tolist()
        assert unit["territories"] == len(unit["members"].split(";"))
    alone = units[units["level"] == "large commune"]
    assert (
        alone["members"].tolist() == alone.index.tolist() == communes.index[communes["population"] >= 12_000].tolist()
    )


def test_what_territories_add_makes_the_readiness_of_their_unit(results, units, communes):
    rows = read_territories(results)
    for code, unit in read_units(results).items():
        parts = member_parts(rows, unit)
        people = communes.loc[members_of(unit), "population"]
        for member, points in parts.items():
            assert points == pytest.approx(communes.loc[member, "readiness"] * people[member] / people.sum())
        assert sum(parts.values()) == pytest.approx(units.loc[code, "readiness"])
        assert list(parts.values()) == sorted(parts.values(), reverse=True)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_unit_is_explained_by_its_territories(results, units, communes, lang, capsys):
    code = units.index[units["level"] == "epci"][0]
    assert main(["explain", str(results), code, "--lang", lang]) == 0
    said = capsys.readouterr().out
    for sentence in units.loc[code, f"reasons_{lang}"].split("\n"):
        assert sentence in said
    for member in units.loc[code, "members"].split(";"):
        (line,) = [line for line in said.splitlines() if f"({member})" in line]
        readiness = communes.loc[member, "readiness"]
        assert f"{readiness:.1f}".replace(".", "," if lang == "fr" else ".") in line


def test_the_lines_of_a_unit_add_up_to_its_readiness(results, units, capsys):
    code = units.index[units["level"] == "epci"][0]
    assert main(["explain", str(results), code, "--lang", "en"]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  ")]
    assert sum(numbers(line)[0] for line in lines) == pytest.approx(
        units.loc[code, "readiness"], abs=0.005 * len(lines)
    )


def test_a_territory_is_told_through_whom_it_is_called(results, units, communes, capsys):
    large = communes.index[communes["population"] >= 12_000][0]
    assert main(["explain", str(results), large, "--lang", "en"]) == 0
    said = capsys.readouterr().out
    epci = communes.loc[large, "group_epci"]
    standing = text(f"segment.{units.loc[epci, 'segment']}", "en")
    assert text("explain.called_through", "en", name=epci, code=epci, level="epci", standing=standing) in said
    assert "A call unit of its own (large commune)" in said


# ── lists


def test_every_unit_is_in_one_list_in_the_order_of_its_rank(results, units):
    lists = lists_of(results)
    assert sorted(lists.index) == sorted(units.index)
    listed = lists[lists["list"] == "engage"].sort_values("place")
    assert listed.index.tolist() == engaged(units) != []
    assert listed["shortlisted"].sum() == min(3, len(listed))


def test_a_showcase_is_shown_to_none_that_holds_a_part_of_it(results, units):
    lists = lists_of(results)
    shown = lists[lists["showcase_code"].fillna("") != ""]
    assert len(shown)
    for code, line in shown.iterrows():
        own, other = (set(units.loc[one, "members"].split(";")) for one in (code, line["showcase_code"]))
        assert not own & other


def test_a_pinned_epci_comes_first(tmp_path, units):
    code = next(code for code in units.index[units["level"] == "epci"] if units.loc[code, "segment"] != "engage")
    decision = {"code": code, "action": "pin", "reason": "Met at the fair", "author": "Region", "date": "2026-01-05"}
    lists = lists_of(run(tmp_path, decisions=[decision]))
    assert lists.loc[code, ["list", "place", "shortlisted"]].tolist() == ["engage", 1, 1]
    assert "Met at the fair" in lists.loc[code, "note_en"]


# ── sheets and note


def merged(folder):
    with (folder / "mail_merge.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_sheets_are_of_call_units_where_the_study_asks_for_some(results, units, tmp_path):
    assert main(["sheets", str(results), "--out", str(tmp_path), "--lang", "en"]) == 0
    lines = merged(tmp_path)
    assert [line["code"] for line in lines] == engaged(units)[:3]
    for line in lines:
        unit = units.loc[line["code"]]
        assert float(line["population"]) == unit["population"]
        assert [float(line[name]) for name in ("target_rank", "rank_low", "rank_high")] == [
            unit["target_rank"], unit["rank_low"], unit["rank_high"],
        ]  # fmt: skip
        assert float(line["stake"]) == pytest.approx(unit[f"score_{unit['recommended_theme']}"])


def test_the_level_can_be_chosen(results, tmp_path):
    targets = pd.read_csv(results / "targets.csv", dtype={"code": str})["code"].tolist()
    assert main(["sheets", str(results), "--out", str(tmp_path), "--level", "territories", "--lang", "en"]) == 0
    assert [line["code"] for line in merged(tmp_path)] == targets
    # A code that is no call unit's says it by itself.
    small = next(code for code in read_territories(results) if code not in read_units(results))
    assert main(["sheets", str(results), "--out", str(tmp_path), "--codes", small, "--lang", "en"]) == 0
    assert [line["code"] for line in merged(tmp_path)] == [small]


def test_a_sheet_names_the_territories_of_a_unit_those_to_speak_with_first(results, units, communes, tmp_path):
    code = units.index[units["level"] == "epci"][1]
    assert main(["sheets", str(results), "--out", str(tmp_path), "--codes", code, "--lang", "en"]) == 0
    page = (tmp_path / f"sheet_{code}.html").read_text(encoding="utf-8")
    held = communes.loc[units.loc[code, "members"].split(";")]
    order = held.assign(last=held["target_rank"].fillna(np.inf)).sort_values(
        ["last", "readiness"], ascending=[True, False]
    )
    places = [page.index(f"({member})") for member in order.index[:8]]
    assert places == sorted(places)
    assert (
        main(["sheets", str(results), "--out", str(tmp_path), "--codes", code, "--audience", "public", "--lang", "en"])
        == 0
    )
    page = (tmp_path / f"sheet_{code}.html").read_text(encoding="utf-8")
    assert all(name in page for name in held["name"])
    assert not any(text(f"segment.{segment}", "en") in page for segment in ("engage", "raise_awareness", "showcase"))


def test_the_note_is_about_call_units(results, units, tmp_path):
    assert main(["note", str(results), "--out", str(tmp_path / "note.html"), "--lang", "en"]) == 0
    page = (tmp_path / "note.html").read_text(encoding="utf-8")
    assert f"{len(units)} call units (epci, large commune)" in page
    named = re.findall(r"<strong>\d+\. [^<]*\(([^)]+)\)</strong>", page)
    assert named == engaged(units)[:3]


def test_call_units_that_nobody_asked_for_are_refused(tmp_path, capfd):
    path = write_small_study(tmp_path, 12)
    assert main(["run", str(path), "--out", str(tmp_path / "out"), "--lang", "en"]) == 0
    capfd.readouterr()
    arguments = ["note", str(tmp_path / "out"), "--out", str(tmp_path / "note.html"), "--level", "call_units"]
    assert main([*arguments, "--lang", "en"]) == 2
    assert "call units" in capfd.readouterr().err
    assert not (tmp_path / "note.html").exists()


# ── what the register tells of them


def frame(table, *rows):
    made = pd.DataFrame([{**dict.fromkeys(TABLES[table].names, ""), **row} for row in rows])
    return made.reindex(columns=[*TABLES[table].names, *(["row"] if "code" in TABLES[table].names else [])])


def test_a_line_of_the_register_is_on_each_unit_that_holds_its_territory_or_bears_its_code():
    *_, called = called_of()
    units = called.units
    epci = next(unit for unit in range(len(units)) if units.levels[unit] == "epci")
    large = next(unit for unit in range(len(units)) if units.levels[unit] == "large")
    row = int(units.rows(large)[0])
    around = [unit for unit in range(len(units)) if row in units.rows(unit)]
    assert len(around) == 2
    contacts = frame(
        "contacts_made",
        {"code": "anything", "row": row, "proposed_theme": "air"},
        {"code": units.codes[epci], "row": -1, "proposed_theme": "flood"},
        {"code": "elsewhere", "row": -1, "proposed_theme": "flood"},
    )
    nothing = {name: frame(name).iloc[:0] for name in ("applications", "interviews", "benchmarks", "survey", "calls")}
    told = Approach(Register((), contacts=contacts, **nothing), np.zeros((60, 2), dtype=bool), None, None)
    found = approach_of_units(told, units, ["flood", "air"])
    assert found.register.contacts["row"].tolist() == [*around, epci]
    expected = np.zeros((len(units), 2), dtype=bool)
    expected[around, 1] = expected[epci, 0] = True
    np.testing.assert_array_equal(found.asked, expected)


def test_units_are_of_the_kind_of_their_group():
    *_, called = called_of()
    units, groups = called.units, {"epci": np.array([f"e{i % 20:02d}" for i in range(60)], dtype=object)}
    kinds = unit_kinds(units, (CallUnits("epci", "epci"), CallUnits("large", None, 3_000.0)), groups)
    assert kinds.tolist() == ["epci" if level == "epci" else "commune" for level in units.levels]
    # Where two groups make one level, each unit is of that of its code.
    renamed = replace(units, levels=np.where(units.levels == "epci", "mixed", units.levels))
    other = {"ept": np.where(groups["epci"] == "e03", "e03", ""), **groups}
    kinds = unit_kinds(renamed, (CallUnits("mixed", "ept, epci"), CallUnits("large", None, 3_000.0)), other)
    assert set(kinds[units.codes == "e03"]) == {"ept"} and set(kinds[units.codes == "e04"]) == {"epci"}


def test_a_contact_with_an_epci_is_no_unknown_place():
    tables = {name: frame(name).iloc[:0] for name in TABLES}
    tables["projects"] = tables["projects"].assign(year=tables["projects"]["year"].astype(float))
    lines = [{"code": "200000001", "row": -1}, {"code": "nowhere", "row": -1}]
    tables["contacts_made"] = frame("contacts_made", *lines)
    found = check_tables(tables, "register", (), "2026-01-01", {"200000001": (0, 1)})
    (told,) = [item for item in found if item.check == "register_unknown_place"]
    assert told.count == 1 and "nowhere" in told.examples
