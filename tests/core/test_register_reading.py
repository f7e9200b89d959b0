"""A whole register: each project once, parts that add up, oddities told, and a file read that is open elsewhere."""

from __future__ import annotations

import multiprocessing
import sqlite3
from contextlib import closing
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_territoires_plugin.core.register.agreement import coder_agreement, weighted_kappa
from smart_territoires_plugin.core.register.columns import typed
from smart_territoires_plugin.core.register.duplicates import alike_titles, normal_title, same_project
from smart_territoires_plugin.core.register.layout import TABLES
from smart_territoires_plugin.core.register.places import places_of
from smart_territoires_plugin.core.register.projects import count_active, read_projects
from smart_territoires_plugin.core.register.reading import register_of
from smart_territoires_plugin.core.register.template import fill_register, write_register
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.territories import read_territories

ACTIVITY = {"kind": "register_activity"}
GROUPED = {"groups": {"epci": "epci", "ept": "ept"}}
NAN = float("nan")


def projects_frame(rows: list[dict]) -> pd.DataFrame:
    base = {"title": "A project", "codes": "", "theme": "", "stage": "running", "year": 2024}
    return pd.DataFrame([{**base, **row} for row in rows])


def fill(place, loosely: dict | None = None, **tables) -> dict:
    """Write a register of the synthetic territories; ``loosely`` rows go past the constraints of the template."""
    path = write_register(place.folder / "register.gpkg", "en", mention="fictitious data")
    fill_register(path, {name: pd.DataFrame(rows) for name, rows in tables.items()})
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints=1")
        for name, rows in (loosely or {}).items():
            for row in rows:
                marks = ", ".join("?" * len(row))
                connection.execute(f"INSERT INTO {name} ({', '.join(row)}) VALUES ({marks})", list(row.values()))
    return {"path": path.name}


def grouped(place) -> None:
    place.territories_file(epci=["E1", "E1", "E1", "E2"], ept=["", "T1", "", ""])


def read(place, source: dict, **changes):
    sources = OpenedSources(place.study(ACTIVITY, source, **changes))
    before = place.files()
    found = register_of(sources, "data", read_territories(sources))
    assert place.files() == before
    return found


def told(register, check: str) -> str:
    return "; ".join(item.examples for item in register.quality if item.check == check)


# ── each project once


@pytest.mark.parametrize(
    "other", ["éclairage  à la demande", "ECLAIRAGE A LA DEMANDE !", "Éclairage, à la\u00a0demande"]
)
def test_spellings_of_a_title_are_one(other):
    assert normal_title(other) == normal_title("Éclairage à la demande")


def test_two_spellings_of_one_project_count_once_and_are_named(place):
    grouped(place)
    rows = [
        {"title": "Éclairage à la demande", "codes": "01001;01002", "stage": "idea", "year": 2023},
        {"title": "ECLAIRAGE, A LA DEMANDE", "codes": "01002", "stage": "done", "year": 2024},
        {"title": "Éclairage à la demande", "codes": "01003", "stage": "done", "year": 2024},
        {"title": "Éclairage à la demande", "codes": "01001", "stage": "done", "year": 2019},
    ]
    source = fill(place, projects=rows)
    found = place.measured(ACTIVITY, source)
    # The first two are one project in 01001 and 01002; another place and another year are others.
    assert found.values[:3].tolist() == [2, 1, 1]
    assert found.count("register_same_project") == 1
    assert found.examples("register_same_project").strip() == "1 (Éclairage à la demande) = 2 (ECLAIRAGE, A LA DEMANDE)"


def test_near_titles_in_one_territory_are_told_and_counted(place):
    rows = [
        {"title": "Capteurs de crue", "codes": "01001", "stage": "done", "year": 2024},
        {"title": "Capteur de crues", "codes": "01001", "stage": "done", "year": 2024},
        {"title": "Capteurs de crues", "codes": "01002", "stage": "done", "year": 2024},
    ]
    found = place.measured(ACTIVITY, fill(place, projects=rows))
    assert found.values[:2].tolist() == [2, 1]
    assert found.count("register_alike_titles") == 1


def test_numbers_tell_titles_apart():
    assert alike_titles(["Capteurs de crue phase 1", "Capteurs de crue phase 2"], [{1}, {1}]) == []


words = st.text("abcd ", min_size=0, max_size=12)


@given(st.lists(st.tuples(words, st.sets(st.integers(0, 2), max_size=2)), max_size=8))
@settings(max_examples=60, deadline=None)
def test_alike_titles_are_those_of_every_pair_compared(items):
    from difflib import SequenceMatcher

    names = [" ".join(title.split()) for title, _ in items]
    expected = [
        (one, other)
        for one in range(len(items))
        for other in range(one + 1, len(items))
        if items[one][1] & items[other][1]
        and names[one] != names[other]
        and SequenceMatcher(None, names[one], names[other], autojunk=False).ratio() >= 0.9
    ]
    assert alike_titles([title for title, _ in items], [rows for _, rows in items]) == expected


listed = st.tuples(
    st.sampled_from(["Air", "air!", "Eau", ""]), st.sets(st.integers(0, 3), max_size=2),
    st.sampled_from([NAN, 2019.0, 2020.0, 2021.0, 2024.0]),
)  # fmt: skip


@given(st.lists(listed, max_size=8), st.randoms())
@settings(max_examples=60, deadline=None)
def test_which_rows_are_one_project_does_not_hang_on_their_order(items, random):
    def partition(rows):
        titles, places, years = (zip(*(items[row] for row in rows), strict=True)) if rows else ((), (), ())
        first, _ = same_project(titles, places, years)
        groups: dict = {}
        for at, row in zip(first, rows, strict=True):
            groups.setdefault(at, set()).add(row)
        return {frozenset(group) for group in groups.values()}

    order = list(range(len(items)))
    shuffled = random.sample(order, len(order))
    assert partition(order) == partition(shuffled)


# ── parts that add up


codes = st.sampled_from(["01001", "01002", "01003", "01004", "99999"])
project = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["Air", "AIR", "Eau", "Bruit", "Arbres"]),
        "codes": st.lists(codes, max_size=4).map(";".join),
        "epci": st.sampled_from(["", "E1", "E2", "T1", "E9"]),
        "stage": st.sampled_from(["idea", "candidate", "funded", "running", "done", "stopped"]),
        "year": st.sampled_from([2020, 2022, None]),
    }
)
PLACES = places_of(
    np.array(["01001", "01002", "01003", "01004"], dtype=object),
    {"epci": np.array(["E1", "E1", "E1", "E2"], dtype=object), "ept": np.array(["", "T1", "", ""], dtype=object)},
    5,
)


@given(st.lists(project, min_size=1, max_size=10))
@settings(max_examples=30, deadline=None)
def test_parts_of_projects_add_up_to_the_projects_with_a_known_place(rows):
    frame = typed(projects_frame(rows), TABLES["projects"], ("title",), "here").frame
    found, _ = read_projects(frame, PLACES, "register")
    counted = count_active(found, 4)
    known = [item for item in found if item.active and (item.rows or item.epci_rows)]
    assert np.isclose(counted.shared.sum() + counted.borne.sum(), len(known), rtol=0, atol=1e-12)
    # Rows apart, without merging: each place listed is there, and no row is counted that is not active.
    assert (counted.total >= counted.shared - 1e-12).all()
    active = {(row["title"].lower(), code) for row in rows if row["stage"] in ("funded", "running", "done")
              for code in row["codes"].split(";")}  # fmt: skip
    for row, code in enumerate(("01001", "01002", "01003", "01004")):
        assert (counted.total[row] > 0) >= any(place == code for _, place in active)


def test_what_an_epci_bears_is_spread_over_it_and_counts_in_no_commune(place):
    grouped(place)
    rows = [
        {"title": "Of the EPCI", "epci": "E1", "stage": "running", "year": 2024},
        {"title": "Of the EPT", "epci": "T1", "stage": "done", "year": 2024},
        {"title": "Of nobody known", "epci": "E9", "stage": "done", "year": 2024},
        {"title": "Of communes", "codes": "01001;01004;99999", "stage": "done", "year": 2024},
    ]
    found = place.measured(ACTIVITY, fill(place, projects=rows), **GROUPED)
    assert found.details["borne"].tolist() == pytest.approx([1 / 3, 1 / 3 + 1, 1 / 3, 0])
    # n counts the codes that are known.
    assert found.details["shared"].tolist() == [0.5, 0, 0, 0.5]
    assert found.values[[0, 3]].tolist() == [1, 1] and np.isnan(found.values[1:3]).all()
    assert found.examples("register_unknown_epci").strip() == "3 (Of nobody known): E9"


def test_weighted_activity_is_stage_times_marks_of_both_coders(place):
    marks = {"innovation": 3, "innovation_2": 1, "data": 0}
    rows = [
        {"title": "Funded", "codes": "01001", "stage": "funded", "year": 2024, **marks},
        {"title": "Done", "codes": "01001", "stage": "done", "year": 2024, "partnership": 3},
        {"title": "Not coded", "codes": "01002", "stage": "done", "year": 2024},
    ]
    found = place.measured(ACTIVITY, fill(place, projects=rows))
    # Axes of the first: (3 + 1) / 2 = 2 and 0, so 1 on the mean, and half of 1/3.
    assert found.details["weighted"][0] == pytest.approx(0.5 * 1 / 3 + 1)
    assert np.isnan(found.details["weighted"][1])


# ── what is odd is told


def test_everything_odd_is_told_with_its_row(place):
    grouped(place)
    odd = {"title": "Odd", "codes": "01001", "theme": "magic", "stage": "done", "year": 2031, "innovation": 4,
           "budget_eur": -5.0}  # fmt: skip
    rich = {"title": "Rich", "codes": "01002", "theme": "flood", "stage": "done", "budget_eur": 10.0,
            "cofunding_eur": 20.0, "contact_role": "a.person@town.fr"}  # fmt: skip
    old = {"title": "Old", "codes": "01001", "theme": "flood", "stage": "done", "year": 2020,
           "contact_role": "project officer", "retention_date": "2025-12-31"}  # fmt: skip
    loosely = {
        "projects": [odd, rich, old],
        "calls": [{"call_id": "a", "title": "Call", "opening": "2026-05-01", "closing": "2026-04-01",
                   "eligible": "planet"}],
        "applications": [{"call_id": "b", "code": "01001", "outcome": "pending"}],
        "interviews": [{"code": "01001", "motivation": 6}, {"code": "77777", "motivation": 3}],
        "survey": [{"code": "01001", "status": "searched_none_found"}, {"code": "01003", "status": "maybe"}],
    }  # fmt: skip
    source = fill(place, loosely)
    register = read(place, source, themes=[{"id": "flood"}], date="2026-06-01", **GROUPED)
    wrong = told(register, "register_wrong_value")
    for cell in ("innovation = 4", "budget_eur = -5", "motivation = 6"):
        assert cell in wrong, cell
    assert told(register, "register_future_year") == "1 (Odd): 2031"
    assert told(register, "register_no_year") == "2 (Rich)"
    assert told(register, "register_unknown_theme") == "projects 1 (Odd): magic"
    assert told(register, "register_cofunding_above_budget") == "2 (Rich)"
    assert told(register, "register_personal_contact") == "2 (Rich)"
    assert told(register, "register_contact_expired") == "3 (Old): 2025-12-31"
    assert told(register, "register_call_dates") == "1 (Call)"
    assert told(register, "register_no_call") == "1: b"
    assert told(register, "register_unknown_place") == "interviews 2: 77777"
    assert told(register, "register_searched_but_documented") == "01001"
    assert told(register, "unknown_status") == "01003: maybe"
    assert "eligible = planet" in told(register, "register_unknown_value")
    # Neither a person nor an expired role is handed on.
    assert {item.contact_role for item in register.projects} == {""}
    assert np.isnan(register.projects[0].marks[0]) and np.isnan(register.interviews["motivation"][1])


def test_mark_that_is_not_whole_is_no_mark():
    found = typed(projects_frame([{"data": 1.5}, {"data": 2}]), TABLES["projects"], ("title",), "here")
    assert found.wrong == ("0 (A project): data = 1.5",)
    assert found.frame["data"].tolist()[1] == 2 and np.isnan(found.frame["data"][0])


def test_without_a_date_no_year_is_late_and_no_contact_expired(place):
    rows = [{"title": "Later", "codes": "01001", "stage": "done", "year": 2199, "contact_role": "officer",
             "retention_date": "2001-01-01"}]  # fmt: skip
    register = read(place, fill(place, projects=rows))
    assert told(register, "register_future_year") == told(register, "register_contact_expired") == ""
    assert register.projects[0].contact_role == "officer"


def test_empty_register_tells_nothing_and_knows_nothing(place):
    source = fill(place)
    register = read(place, source)
    assert register.projects == () and register.quality == ()
    found = place.measured(ACTIVITY, source)
    assert np.isnan(found.values).all() and set(found.details["status"]) == {"not_searched"}


def test_register_without_a_survey_is_read(place):
    import pyogrio

    frame = pd.DataFrame([("A", "01001", "air", "done", 2024)], columns=["title", "codes", "theme", "stage", "year"])
    pyogrio.write_dataframe(frame, place.folder / "old.gpkg", layer="projects", driver="GPKG")
    found = place.measured(ACTIVITY, {"path": "old.gpkg"})
    assert found.values[0] == 1 and np.isnan(found.values[1:]).all()


# ── a register that is open elsewhere


def _hold(path, journal: str, ready, leave) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA journal_mode={journal}")
    connection.execute("INSERT INTO survey (code, status) VALUES ('01002', 'searched_none_found')")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO survey (code, status) VALUES ('01003', 'searched_none_found')")
    ready.set()
    leave.wait(30)
    connection.rollback()
    connection.close()


@pytest.mark.parametrize("journal", ["WAL", "DELETE"])
def test_register_that_somebody_is_writing_to_is_read_as_it_was_saved(place, journal):
    rows = [{"title": "A", "codes": "01001", "stage": "done", "year": 2024}]
    source = fill(place, projects=rows)
    study = place.study(ACTIVITY, source)
    spawning = multiprocessing.get_context("spawn")
    ready, leave = spawning.Event(), spawning.Event()
    other = spawning.Process(target=_hold, args=(place.folder / "register.gpkg", journal, ready, leave))
    other.start()
    try:
        assert ready.wait(30)
        before = place.files()
        if journal == "WAL":
            assert before["register.gpkg-wal"]
        from smart_territoires_plugin.core.pipeline import measure_study

        found = measure_study(study, workers=1).values["one"]
        assert place.files() == before
    finally:
        leave.set()
        other.join(30)
    assert list(found.details["status"]) == ["documented", "searched_none_found", "not_searched", "not_searched"]


# ── agreement of two coders


def by_hand(first, second, levels, power) -> Fraction:
    """Cohen (1968): 1 − Σ v·p_observed ÷ Σ v·p_expected, in whole numbers."""
    n = len(first)
    observed = sum(Fraction(abs(a - b) ** power, n) for a, b in zip(first, second, strict=True))
    expected = sum(Fraction(abs(a - b) ** power, n * n) for a in first for b in second)
    return 1 - observed / expected


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=12))
@settings(max_examples=25, deadline=None)
def test_kappa_is_cohens(pairs):
    first, second = zip(*pairs, strict=True)
    for weights, power in (("linear", 1), ("quadratic", 2)):
        found = weighted_kappa(first, second, weights=weights)
        if len({*first, *second}) == 1:
            assert np.isnan(found)
        else:
            assert found == pytest.approx(float(by_hand(first, second, 4, power)), abs=1e-12)


def test_kappa_of_agreement_and_chance():
    assert weighted_kappa([0, 1, 2, 3], [0, 1, 2, 3]) == 1
    # Every pair of marks once: independent.
    assert weighted_kappa([0, 0, 1, 1], [0, 1, 0, 1], levels=2) == pytest.approx(0)
    assert np.isnan(weighted_kappa([], [])) and np.isnan(weighted_kappa([2, NAN], [2, 1]))
    with pytest.raises(ValueError):
        weighted_kappa([0, 4], [0, 1])


def test_agreement_of_a_register_by_axis(place):
    marks = [(0, 0), (1, 1), (2, 3), (3, 3)]
    rows = [
        {"title": f"Project {letter}", "codes": "01001", "stage": "done", "year": 2024, "data": one, "data_2": other}
        for letter, (one, other) in zip("abcd", marks, strict=True)
    ]
    found = {item.axis: item for item in coder_agreement(read(place, fill(place, projects=rows)))}
    assert found["data"].n == 4
    assert found["data"].kappa == pytest.approx(float(by_hand((0, 1, 2, 3), (0, 1, 3, 3), 4, 2)))
    assert found["inclusion"].n == 0 and np.isnan(found["inclusion"].kappa)
