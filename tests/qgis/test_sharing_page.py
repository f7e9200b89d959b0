"""The step *Atlas & sharing*: each export as a task with progress, cancel and an end that can be opened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtTest import QTest

from smart_territoires_plugin.bridge.engine import ATLAS, Outcome
from smart_territoires_plugin.bridge.run_table import read_run
from smart_territoires_plugin.bridge.settings import open_settings
from smart_territoires_plugin.bridge.task import forget_all
from smart_territoires_plugin.gui.runs import Runs
from smart_territoires_plugin.gui.workbench.page import EMPTY, READY, STALE
from smart_territoires_plugin.gui.workbench.session import WorkSession
from smart_territoires_plugin.gui.workbench.sharing_page import SharingPage

ROOT = Path(__file__).resolve().parents[2]
PYTHON = os.environ.get("ST_ENGINE_PYTHON") or str(ROOT / ".venv" / "bin" / "python")
PATIENCE_MS = 30_000


@pytest.fixture
def folder(region_results):
    """Results of the fictitious region."""
    return region_results


class Asked:
    """Stands for the runs: keeps what was asked, and lets a test end it."""

    def __init__(self):
        self.exports = []

    def __call__(self, export, on_end):
        self.exports.append((export, on_end))
        return None


@pytest.fixture
def asked():
    return Asked()


@pytest.fixture
def session(folder, qgis_app):
    session = WorkSession()
    session.open(read_run(folder))
    yield session
    session.open(None)


@pytest.fixture
def page(session, asked, tmp_path, qtbot):
    page = SharingPage(session, "fr", asked)
    qtbot.addWidget(page)
    page.place.setFilePath(str(tmp_path))
    page.show()
    return page


@pytest.fixture
def runs(qgis_iface, qgis_app, monkeypatch):
    monkeypatch.setenv("ST_ENGINE_PYTHON", PYTHON)
    runs = Runs(qgis_iface, open_settings())
    yield runs
    forget_all()
    runs.close()


@pytest.fixture
def real_page(session, runs, tmp_path, qtbot):
    page = SharingPage(session, "fr", runs.export)
    qtbot.addWidget(page)
    page.place.setFilePath(str(tmp_path))
    page.show()
    return page


def click(row):
    QTest.mouseClick(row.button, Qt.MouseButton.LeftButton)


def test_without_a_run_nothing_can_be_exported(qgis_app, asked, qtbot):
    page = SharingPage(WorkSession(), "fr", asked)
    qtbot.addWidget(page)
    assert page.state == EMPTY and page.said.text()
    assert not any(row.button.isEnabled() for row in page.rows)


def test_the_page_follows_the_run(page, session, qtbot):
    assert page.state == READY and all(row.button.isEnabled() for row in page.rows)
    session.set_weight(0, 7.0)
    assert page.state == STALE and page.said.text()
    session.reset()
    assert page.state == READY and not page.said.text()
    session.open(None)
    assert page.state == EMPTY and not page.note.button.isEnabled()


def test_where_to_is_the_folder_of_the_run_until_another_is_chosen(session, folder, asked, tmp_path, qtbot):
    page = SharingPage(session, "fr", asked)
    qtbot.addWidget(page)
    assert page.place.filePath() == str(folder)
    page.place.setFilePath(str(tmp_path))
    table = session.table
    session.open(None)
    session.open(table)
    assert page.place.filePath() == str(tmp_path)


def test_a_place_that_was_emptied_is_that_of_the_run(page, folder, asked):
    page.place.setFilePath("")
    click(page.note)
    assert asked.exports[0][0].output.parent == folder


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_sheets_are_for_whom_was_chosen(page, folder, asked, tmp_path, audience):
    page.sheets.choice.setCurrentIndex(page.sheets.choice.findData(audience))
    page.language.setCurrentIndex(page.language.findData("en"))
    click(page.sheets)
    ((export, _),) = asked.exports
    verb, results, *rest = export.step.arguments
    assert (verb, results, export.lang) == ("sheets", str(folder), "en")
    assert rest[rest.index("--audience") + 1] == audience
    assert export.output.parent == tmp_path and export.opens.name == "index.html"


def test_public_and_internal_sheets_never_share_a_folder(page, asked):
    for key in ("internal", "public"):
        page.sheets.choice.setCurrentIndex(page.sheets.choice.findData(key))
        click(page.sheets)
    first, second = (export.output for export, _ in asked.exports)
    assert first != second


@pytest.mark.parametrize(("way", "name"), [("file", "atlas.pdf"), ("folder", "atlas")])
def test_the_atlas_is_one_file_or_many(page, asked, tmp_path, way, name):
    page.atlas.choice.setCurrentIndex(page.atlas.choice.findData(way))
    click(page.atlas)
    ((export, _),) = asked.exports
    assert export.step.module == ATLAS
    assert export.step.arguments[-1] == str(tmp_path / name) == str(export.opens)


def test_pages_are_of_the_targets_or_of_what_is_selected(page, session, asked):
    choice = page.pages
    assert not choice.model().item(1).isEnabled()
    rows = frozenset((4, 2))
    session.select(rows)
    assert choice.model().item(1).isEnabled() and "2" in choice.itemText(1)
    choice.setCurrentIndex(1)
    for row in (page.atlas, page.sheets):
        click(row)
        arguments = asked.exports[-1][0].step.arguments
        place = arguments.index("--codes")
        assert arguments[place + 1 :] == tuple(str(session.table.codes[row]) for row in sorted(rows))
    session.select(frozenset())
    assert choice.currentIndex() == 0
    click(page.atlas)
    assert "--codes" not in asked.exports[-1][0].step.arguments


def test_the_end_is_told_and_can_be_opened(page, asked, monkeypatch, tmp_path):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", staticmethod(lambda url: opened.append(url.toLocalFile())))
    click(page.note)
    ((export, on_end),) = asked.exports
    assert not page.note.open.isVisible()
    on_end(Outcome("done"))
    assert page.note.open.isVisible() and str(export.opens) in page.note.said.text()
    QTest.mouseClick(page.note.open, Qt.MouseButton.LeftButton)
    assert opened == [str(export.opens)]


def test_a_failure_is_told_and_there_is_nothing_to_open(page, asked):
    click(page.note)
    asked.exports[0][1](Outcome("wrong_input", message="The disk is full."))
    assert page.note.said.text() == "The disk is full."
    assert not page.note.open.isVisible() and page.note.button.isEnabled()


def test_an_end_after_the_page_has_gone_is_heard_by_nobody(page, asked):
    click(page.note)
    page.close_page()
    asked.exports[0][1](Outcome("done"))
    assert not page.note.open.isVisible()


def test_the_note_is_written_by_the_engine(real_page, tmp_path, qtbot, folder):
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    click(real_page.note)
    assert real_page.note.progress.isVisible() and real_page.note.cancel.isVisible()
    assert not real_page.note.button.isEnabled()
    qtbot.waitUntil(real_page.note.said.isVisible, timeout=PATIENCE_MS)
    assert real_page.note.open.isVisible(), real_page.note.said.text()
    written = (tmp_path / "director_note.html").read_text(encoding="utf-8")
    assert '<html lang="fr"' in written
    assert not real_page.note.progress.isVisible() and real_page.note.button.isEnabled()
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_what_was_cancelled_leaves_nothing(real_page, tmp_path, qtbot):
    click(real_page.sheets)
    QTest.mouseClick(real_page.sheets.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: real_page.sheets.button.isEnabled(), timeout=PATIENCE_MS)
    assert not real_page.sheets.open.isVisible() and real_page.sheets.said.text()
    assert list(tmp_path.iterdir()) == []


def test_one_place_is_written_by_one_export_at_a_time(real_page, runs, qtbot):
    click(real_page.note)
    assert runs.export(_export_of(real_page), None) is None
    qtbot.waitUntil(real_page.note.said.isVisible, timeout=PATIENCE_MS)
    assert real_page.note.open.isVisible(), real_page.note.said.text()


def _export_of(page):
    """What the page's note would be, once more."""
    seen = Asked()
    page._start_export, former = seen, page._start_export
    page._export_note()
    page._start_export = former
    return seen.exports[0][0]


@pytest.mark.parametrize("name", ["targets.xlsx", "targets.csv", "lists.csv", "territories.csv"])
def test_a_table_is_copied_as_it_is(real_page, folder, tmp_path, qtbot, name):
    choice = real_page.tables.choice
    choice.setCurrentIndex(choice.findData(name))
    click(real_page.tables)
    qtbot.waitUntil(real_page.tables.open.isVisible, timeout=PATIENCE_MS)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


def test_a_table_copied_onto_itself_stays(real_page, folder, qtbot):
    real_page.place.setFilePath(str(folder))
    before = (folder / "targets.xlsx").read_bytes()
    click(real_page.tables)
    qtbot.waitUntil(real_page.tables.open.isVisible, timeout=PATIENCE_MS)
    assert (folder / "targets.xlsx").read_bytes() == before


def test_a_folder_that_cannot_be_written_is_told(real_page, tmp_path, qtbot):
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    real_page.place.setFilePath(str(in_the_way))
    click(real_page.tables)
    qtbot.waitUntil(lambda: bool(real_page.tables.said.text()), timeout=PATIENCE_MS)
    assert str(in_the_way) in real_page.tables.said.text()
    assert not real_page.tables.open.isVisible()


def test_methodology_and_folder_open(page, folder, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", staticmethod(lambda url: opened.append(Path(url.toLocalFile()))))
    click(page.annex)
    click(page.folder)
    assert opened == [folder / "methodology.html", folder]


def test_every_control_says_what_it_is(page):
    for row in page.rows:
        assert row.button.accessibleName() and row.button.whatsThis()
        assert row.choice.whatsThis() or row.choice.count() == 0
    assert page.language.whatsThis() and page.place.whatsThis()


def test_the_tables_offered_are_those_of_a_run(page, folder):

    choice = page.tables.choice
    assert all((folder / choice.itemData(place)).is_file() for place in range(choice.count()))
