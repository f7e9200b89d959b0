"""Step *Targets* on a run of the fictitious region, with its study and register: lists, decisions, calls, rules."""

from __future__ import annotations

import csv
import os
import shutil
import sqlite3
import subprocess
import threading
from pathlib import Path

import numpy as np
import pytest
import yaml
from qgis.PyQt.QtCore import QDate, Qt
from qgis.PyQt.QtWidgets import QDialogButtonBox

from smart_territoires_plugin.bridge import register_contacts
from smart_territoires_plugin.bridge.register_contacts import Contact, last_contacts, read_contacts
from smart_territoires_plugin.bridge.run_table import read_run
from smart_territoires_plugin.bridge.task import forget_all
from smart_territoires_plugin.core.study.model import Decision
from smart_territoires_plugin.gui.workbench.lists_view import ALL, CALLS, CHANGES, UNITS
from smart_territoires_plugin.gui.workbench.page import READY, STALE
from smart_territoires_plugin.gui.workbench.session import WorkSession
from smart_territoires_plugin.gui.workbench.target_columns import OF_LIST
from smart_territoires_plugin.gui.workbench.targets_page import TargetsPage

PATIENCE_MS = 60_000
ROOT = Path(__file__).resolve().parents[2]
PYTHON = os.environ.get("ST_ENGINE_PYTHON") or str(ROOT / ".venv" / "bin" / "python")
UNIT_LINES = "targeting: {shortlist: 30, call_units: [{level: EPCI, group: epci}]}"


def engine(*arguments: str) -> str:
    command = [PYTHON, "-m", "smart_territoires_plugin.core", *arguments, "--lang", "fr"]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def region(tmp_path_factory):
    """The fictitious region with its run, made once by the real engine; call units asked for."""
    home = tmp_path_factory.mktemp("region")
    engine("demo", str(home))
    study = home / "study.yaml"
    study.write_text(study.read_text("utf-8").replace("targeting: {shortlist: 30}", UNIT_LINES), "utf-8")
    engine("run", str(study), "--out", str(home / "results"))
    return home


@pytest.fixture(scope="module")
def table(region):
    return read_run(region / "results")


@pytest.fixture
def study(region, tmp_path):
    """A copy of the study and its register, to be written into."""
    for name in ("study.yaml", "register.gpkg"):
        shutil.copy(region / name, tmp_path / name)
    return tmp_path / "study.yaml"


@pytest.fixture
def page(table, study, qgis_app, monkeypatch):
    monkeypatch.setenv("ST_ENGINE_PYTHON", PYTHON)
    session = WorkSession()
    session.open(table)
    page = TargetsPage(session, "fr", lambda: study)
    page.resize(700, 1000)
    yield page
    page.close_page()
    forget_all()
    session.open(None)


def wait_calls(page, qtbot):
    qtbot.waitUntil(lambda: bool(page.actions_at_hand.last), timeout=PATIENCE_MS)


def shown(page):
    """Rows of the run in the order of the table."""
    return page.table.content.order.tolist()


def column(page, name):
    return next(place for place, one in enumerate(page.table.content.columns) if one.name == name)


def records(region, name="lists.csv"):
    with (region / "results" / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


# Lists


@pytest.mark.parametrize("name", OF_LIST)
def test_each_list_has_its_territories_in_its_order_and_its_columns(page, region, table, name):
    page.lists.show_list(name)
    of_file = [record for record in records(region) if record["list"] == name]
    of_file.sort(key=lambda record: int(record["place"]))
    assert [str(table.codes[row]) for row in shown(page)] == [record["code"] for record in of_file]
    assert page.lists.tabs.tabText(page.lists.names.index(name)).endswith(f" {len(of_file)}")
    visible = [c.name for place, c in enumerate(page.table.content.columns) if not page.table.isColumnHidden(place)]
    assert visible == list(OF_LIST[name])
    place = column(page, "share_what" if name == "showcase" else "argument" if name != "engage" else "showcase_name")
    key = {"share_what": "share_what_fr", "argument": "argument_fr", "showcase_name": "showcase_name"}
    wanted = of_file[0][key[page.table.content.columns[place].name]]
    assert page.table.content.index(0, place).data() == wanted


def test_a_selection_stays_from_list_to_list_and_reaches_the_chart(page):
    page.lists.show_list("showcase")
    page.table.selectRow(2)
    (row,) = page.session.selection
    page.lists.show_list(ALL)
    assert page.table.selected_rows() == {row} == set(page.chart._selected)
    assert str(page.session.table.columns["name"][row]) in page.card.page.toPlainText()


def test_tabs_are_reached_by_keyboard(page, qtbot):
    page.show()
    page.lists.tabs.setFocus()
    qtbot.keyClick(page.lists.tabs, Qt.Key.Key_Right)
    assert page.lists.current == "engage"


def test_call_units_select_their_territories(page, table):
    assert page.lists.level.isVisibleTo(page)
    page.lists.level.setCurrentIndex(page.lists.level.findData(UNITS))
    page.lists.level.activated.emit(1)
    assert page.stack.currentWidget() is page.units
    page.units.selectRow(0)
    (unit,) = page.units.selected_rows()
    name = table.lists.units["code"][unit]
    members = set(np.flatnonzero(table.columns["group_epci"] == name).tolist())
    assert members and page.session.selection == members
    assert len(members) == int(table.lists.units["territories"][unit])


def test_a_run_without_units_offers_no_level(page, table):
    from dataclasses import replace

    bare = replace(table)
    bare.__dict__["lists"] = replace(table.lists, units={})
    page.session.open(bare)
    assert not page.lists.level.isVisibleTo(page)


# Decisions


def decide(page, row, action, reason="demandé par l’élue", author="A. B."):
    page.actions_at_hand.ask_decision(row, action)
    dialog = page.actions_at_hand.dialog
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert not ok.isEnabled(), "a reason is required"
    dialog.reason.setText(reason)
    dialog.author.setText("")
    assert not ok.isEnabled(), "an author is required"
    dialog.author.setText(author)
    ok.click()


def test_a_decision_is_shown_at_once_written_into_the_study_and_taken_back(page, study, table, qtbot):
    before = study.read_text("utf-8")
    low = int(np.flatnonzero(table.saved.segment == "raise_awareness")[0])
    page.lists.show_list("engage")
    assert page.state == READY
    decide(page, low, "pin")
    assert shown(page)[0] == low and page.state == STALE
    assert "demandé par" in page.table.content.index(0, column(page, "decision")).data()
    assert page.pending.isVisibleTo(page) and "1" in page.pending_said.text()
    decisions = page.actions_at_hand.decisions
    qtbot.waitUntil(lambda: not decisions.is_writing, timeout=PATIENCE_MS)
    written = yaml.safe_load(study.read_text("utf-8"))["targeting"]["decisions"]
    today = QDate.currentDate().toString("yyyy-MM-dd")
    assert [(str(d["code"]), d["action"], d["author"], str(d["date"])) for d in written] == [
        (str(table.codes[low]), "pin", "A. B.", today)
    ]
    assert "# A study of the fictitious region" in study.read_text("utf-8"), "comments stay"
    page.session.select(frozenset((low,)))
    assert page.card.undo.isEnabled() and "demandé par" in page.card.page.toPlainText()
    page.card.undo.trigger()
    assert shown(page)[0] != low and page.state == READY
    qtbot.waitUntil(lambda: not decisions.is_writing, timeout=PATIENCE_MS)
    assert "decisions" not in yaml.safe_load(study.read_text("utf-8"))["targeting"]
    assert yaml.safe_load(before) == yaml.safe_load(study.read_text("utf-8"))


def test_who_is_excluded_leaves_every_list_and_the_next_is_called(page, table, qtbot):
    first = int(page._now.called[0])
    count = len(page._now.called)
    decide(page, first, "exclude")
    assert first not in page._now.called and len(page._now.called) == count
    assert first not in np.concatenate(list(page._now.rows.values()))
    page.session.select(frozenset((first,)))
    page.card.why.setChecked(True)
    assert "retiré" in page.card.page.toPlainText() or "écart" in page.card.page.toPlainText()


def test_the_lists_with_decisions_are_those_of_the_next_run(page, region, table, study, qtbot, tmp_path):
    """The engine's own lists are the oracle."""
    low = int(np.flatnonzero(table.saved.segment == "raise_awareness")[3])
    show = int(np.flatnonzero(table.saved.segment == "showcase")[0])
    first = int(page._now.called[0])
    for row, action in ((low, "add"), (first, "exclude"), (show, "pin")):
        decide(page, row, action)
    decisions = page.actions_at_hand.decisions
    qtbot.waitUntil(lambda: not decisions.is_writing, timeout=PATIENCE_MS)
    here = region / "decided.yaml"
    shutil.copy(study, here)
    engine("run", str(here), "--out", str(tmp_path / "next"))
    later = read_run(tmp_path / "next")
    assert page._now.rows["engage"].tolist() == later.lists.rows("engage").tolist()
    for name in OF_LIST:
        # A list other than that to engage is put in its new order by the run itself.
        assert set(page._now.rows[name].tolist()) == set(later.lists.rows(name).tolist()), name
    assert page._now.decided.shortlist == np.nansum(later.lists.columns["shortlisted"])


def test_a_decision_that_cannot_be_written_is_told_and_taken_back(page, study, table, qtbot):
    study.write_text("version: 1\nname: [", encoding="utf-8")
    decide(page, int(page._now.called[0]), "exclude")
    qtbot.waitUntil(lambda: page.said.isVisibleTo(page), timeout=PATIENCE_MS)
    assert page.actions_at_hand.decisions.decisions == () and "study.yaml" in page.said.text()


def test_without_its_study_a_decision_says_what_to_do(table, qgis_app):
    session = WorkSession()
    session.open(table)
    page = TargetsPage(session, "fr")
    page.actions_at_hand.ask_decision(0, "pin")
    assert page.actions_at_hand.dialog is None and page.said.text()
    page.close_page()


# Why not


def test_why_not_is_what_the_engine_says(page, region, table):
    for segment in ("raise_awareness", "showcase", "verify", "support", "insufficient_data", "engage"):
        rows = np.flatnonzero(table.saved.segment == segment)
        if not len(rows):
            continue
        row = int(rows[-1])
        said = engine("explain", str(region / "results"), str(table.codes[row])).split("\n")
        for sentence in page.why_not(row):
            assert sentence in said, segment


def test_why_not_from_the_menu_opens_the_card(page, table):
    row = int(np.flatnonzero(table.saved.segment == "raise_awareness")[0])
    page.session.select(frozenset((row,)))
    menu = page.menu_of(row)
    menu.actions()[1].trigger()
    assert page.tabs.currentWidget() is page.card and page.card.why.isChecked()
    assert page.why_not(row)[0].split(":")[0].split("\u00a0")[0] in page.card.page.toPlainText().replace("\u00a0", " ")


# Calls


def test_the_calls_are_those_of_the_register(page, study, table, qtbot):
    wait_calls(page, qtbot)
    page.lists.show_list(CALLS)
    connection = sqlite3.connect(study.parent / "register.gpkg")
    rows = connection.execute("SELECT code, date, caller_role, due FROM contacts_made ORDER BY date").fetchall()
    connection.close()
    last = {code: (role, due) for code, _, role, due in rows}
    known = {code for code in last if code in table.rows}
    called = {str(table.codes[row]) for row in page._now.called}
    assert {str(table.codes[row]) for row in shown(page)} == known | called
    role = page.filters.role.itemData(1)
    page.filters.role.setCurrentIndex(1)
    page.filters.role.activated.emit(1)
    assert {str(table.codes[row]) for row in shown(page)} == {code for code in known if last[code][0] == role}
    page.filters.role.setCurrentIndex(0)
    page.filters.group.setCurrentIndex(1)
    page.filters.group.activated.emit(1)
    group = page.filters.group.itemData(1)
    assert {table.columns["group_departement"][row] for row in shown(page)} == {group}


def test_a_call_is_noted_in_the_register_and_shown(page, study, table, qtbot):
    wait_calls(page, qtbot)
    doing = page.actions_at_hand
    row = next(int(row) for row in page._now.called if str(table.codes[row]) not in doing.last)
    page.session.select(frozenset((row,)))
    page.card.called.click()
    dialog = doing.dialog
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    dialog.role.setEditText("")
    assert not ok.isEnabled()
    dialog.role.setEditText("Chargée de mission")
    dialog.outcome.setCurrentIndex(dialog.outcome.findData("interest_confirmed"))
    dialog.next_action.setText("Fixer une visite")
    dialog.has_due.setChecked(True)
    dialog.due.setDate(dialog.date.date().addDays(-1))
    assert not ok.isEnabled(), "due before the call"
    dialog.due.setDate(dialog.date.date().addDays(7))
    dialog.theme.setCurrentIndex(1)
    ok.click()
    code = str(table.codes[row])
    qtbot.waitUntil(lambda: code in doing.last, timeout=PATIENCE_MS)
    connection = sqlite3.connect(study.parent / "register.gpkg")
    found = connection.execute("SELECT * FROM contacts_made WHERE code = ?", [code]).fetchall()
    names = [one[0] for one in connection.execute("SELECT * FROM contacts_made LIMIT 0").description]
    connection.close()
    assert len(found) == 1
    today = QDate.currentDate()
    held = dict(zip(names, found[0]))
    assert held["caller_role"] == "Chargée de mission" and held["date"] == today.toString("yyyy-MM-dd")
    assert held["due"] == today.addDays(7).toString("yyyy-MM-dd") and held["outcome"] == "interest_confirmed"
    assert held["proposed_theme"] == list(table.themes)[0]
    assert "Fixer une visite" in page.card.page.toPlainText()
    assert "Chargée de mission" in doing.roles


def test_a_locked_register_is_told_and_nothing_is_lost(page, study, table, qtbot):
    wait_calls(page, qtbot)
    before = len(read_contacts(study.parent / "register.gpkg"))
    connection = sqlite3.connect(study.parent / "register.gpkg", isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        page.actions_at_hand.note_call(Contact(str(table.codes[0]), "2026-01-05", "Chargée de mission"))
        qtbot.waitUntil(lambda: page.said.isVisibleTo(page), timeout=PATIENCE_MS)
    finally:
        connection.execute("ROLLBACK")
        connection.close()
    assert "register.gpkg" in page.said.text()
    assert len(read_contacts(study.parent / "register.gpkg")) == before


def test_a_study_without_a_register_says_so(page, study, qtbot):
    (study.parent / "register.gpkg").unlink()
    page.actions_at_hand.follow(study)
    qtbot.waitUntil(lambda: "register.gpkg" in page.filters.said.text(), timeout=PATIENCE_MS)
    page.lists.show_list(CALLS)
    assert page.filters.said.isVisibleTo(page)
    assert len(shown(page)) == len(page._now.called)


def test_an_earlier_reading_does_not_answer_after_a_later_one(page, study, monkeypatch, qtbot):
    """A reading of the register that hangs, and one after the register went: the second is the one that counts."""
    wait_calls(page, qtbot)
    read, was_read, hold = register_contacts.read_contacts, threading.Event(), threading.Event()

    def read_and_hang(path):
        found = read(path)
        was_read.set()
        hold.wait(PATIENCE_MS / 1000)
        return found

    monkeypatch.setattr(register_contacts, "read_contacts", read_and_hang)
    try:
        page.actions_at_hand.follow(study)
        hanging = page.actions_at_hand._reading
        qtbot.waitUntil(was_read.is_set, timeout=PATIENCE_MS)
        monkeypatch.setattr(register_contacts, "read_contacts", read)
        (study.parent / "register.gpkg").unlink()
        page.actions_at_hand.follow(study)
        qtbot.waitUntil(lambda: "register.gpkg" in page.filters.said.text(), timeout=PATIENCE_MS)
        hold.set()
        qtbot.waitUntil(lambda: hanging not in page.actions_at_hand._tasks, timeout=PATIENCE_MS)
        assert "register.gpkg" in page.filters.said.text() and not page.actions_at_hand.last
    finally:
        hold.set()


def test_the_last_outcome_told_holds():
    made = [
        Contact("a", "2026-01-05", "r", "", "", "interest_confirmed"),
        Contact("a", "2026-03-05", "s", "write", "2026-04-01", "unknown"),
        Contact("b", "2026-01-05", "r", "", "2026-02-01", "declined"),
    ]
    last = last_contacts(made)
    assert last["a"].outcome == "interest_confirmed" and last["a"].caller_role == "s"
    assert last["a"].is_overdue("2026-04-02") and not last["a"].is_overdue("2026-04-01")
    assert not last["b"].is_overdue("2026-04-02"), "who declined owes nothing"


# Card


def test_contributions_add_up_to_the_readiness(page, table):
    from smart_territoires_plugin.bridge.territory_profile import contributions, profile

    weights = table.rescoring.state["element_weights"]
    for row in (0, 17, 211):
        parts = contributions(table, row, weights, None, None, "fr")
        assert sum(part.points for part in parts) == pytest.approx(table.number("readiness", row))
        found = profile(table, table.saved, row)
        inside = table.columns["group_departement"] == found.group
        values = np.sort(table.columns["readiness"][inside])
        values = values[~np.isnan(values)]
        middle = (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2
        assert found.lines[0].group == pytest.approx(middle)


def test_two_cards_are_compared_side_by_side(page, table):
    names = table.columns["name"]
    page.session.select(frozenset((3,)))
    assert not page.card.other.isVisibleTo(page.card)
    page.card.compare.click()
    page.session.select(frozenset((9,)))
    assert str(names[3]) in page.card.other.toPlainText() and str(names[9]) in page.card.page.toPlainText()
    page.card.compare.click()
    assert not page.card.other.isVisibleTo(page.card)


def test_a_sheet_is_written_and_opened(page, table, qtbot, monkeypatch):
    opened = []
    from smart_territoires_plugin.gui.workbench import target_actions

    monkeypatch.setattr(target_actions.QDesktopServices, "openUrl", opened.append)
    row = int(page._now.called[0])
    page.session.select(frozenset((row,)))
    page.card.sheet.click()
    qtbot.waitUntil(lambda: bool(opened), timeout=PATIENCE_MS)
    path = Path(opened[0].toLocalFile())
    assert path.is_file() and str(table.codes[row]) in path.name


# Changes and portfolio


def test_changes_since_an_earlier_run(page, region, study, table, qtbot, tmp_path):
    other = region / "earlier.yaml"
    other.write_text(study.read_text("utf-8").replace("shortlist: 30", "shortlist: 28"), encoding="utf-8")
    engine("run", str(other), "--out", str(tmp_path / "earlier"))
    new = int(page._now.called[-1])
    page.lists.show_list(CHANGES)
    page.changes.compare_with(tmp_path / "earlier")
    qtbot.waitUntil(lambda: page.changes._task is None, timeout=PATIENCE_MS)
    assert page.changes.table.rowCount(), page.changes.said.text()
    rows = [
        [page.changes.table.item(row, place).text() for place in range(4)]
        for row in range(page.changes.table.rowCount())
    ]
    assert len(rows) == 2, "two more are called"
    name = str(table.columns["name"][new])
    line = next(place for place, row in enumerate(rows) if row[2] == name)
    assert name in rows[line][3] and len(rows[line][3]) > len(name)
    page.changes.table.selectRow(line)
    assert page.session.selection == {new}


def test_a_folder_that_holds_no_run_is_told(page, tmp_path):
    page.changes.compare_with(tmp_path)
    assert str(tmp_path) in page.changes.said.text()


def test_a_portfolio_is_chosen_within_its_days_and_selected(page, table, qtbot):
    page.actions_at_hand.ask_portfolio()
    dialog = page.actions_at_hand.dialog
    dialog.days.setValue(12)
    dialog.each.setValue(1.5)
    dialog.most.setValue(3)
    dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()
    qtbot.waitUntil(lambda: bool(page.session.selection), timeout=PATIENCE_MS)
    rows = sorted(page.session.selection)
    assert 0 < len(rows) <= 8
    assert set(rows) <= set(page._now.rows["engage"].tolist())
    groups = table.columns[f"group_{table.groups[0]}"][rows].tolist()
    assert max(groups.count(group) for group in groups) <= 3
    assert str(len(rows)) in page.said.text()


def test_running_again_asks_for_the_study_and_the_same_folder(page, study, table):
    asked = []
    page.run_asked.connect(lambda *given: asked.append(given))
    page.robustness.trigger()
    assert asked == [(study, table.folder)]


def test_the_menu_of_columns_shows_what_was_hidden(page):
    menu = page.chosen_columns.menu()
    action = next(one for one in menu.actions() if not one.isChecked())
    place = [one.text() for one in menu.actions()].index(action.text())
    action.trigger()
    assert not page.table.isColumnHidden(place)
    page.lists.show_list("verify")
    page.lists.show_list(ALL)
    assert not page.table.isColumnHidden(place), "what was asked for stays"


def test_a_study_changed_by_another_program_is_followed(page, study, table):
    page.show()
    code = str(table.codes[5])
    line = f'{{code: "{code}", action: pin, reason: x, author: y, date: "2026-01-05"}}'
    study.write_text(
        study.read_text("utf-8").replace(UNIT_LINES, UNIT_LINES[:-1] + f", decisions: [{line}]" + "}"), "utf-8"
    )
    page.hide()
    page.show()
    assert page.actions_at_hand.decisions.decisions == (Decision(code, "pin", "x", "y", "2026-01-05"),)
    assert page._now.rows["engage"][0] == 5
