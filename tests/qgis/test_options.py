"""The options page: language of the outputs, cluster, and the store that is emptied after a question."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtWidgets import QMessageBox

from smart_territoires_plugin.bridge.settings import open_settings
from smart_territoires_plugin.bridge.store_folder import empty_store, store_size
from smart_territoires_plugin.bridge.task import forget_all
from smart_territoires_plugin.gui.options import OptionsPage
from smart_territoires_plugin.gui.runs import Runs

PATIENCE_MS = 20_000


@pytest.fixture
def settings(qgis_app):
    settings = open_settings()
    entries = (settings.scheduler, settings.result_language, settings.last_results, settings.last_study)
    before = [entry.value() for entry in entries]
    for entry in entries:
        entry.setValue("")
    yield settings
    for entry, value in zip(entries, before):
        entry.setValue(value)
    forget_all()


@pytest.fixture
def results(tmp_path):
    """A results folder whose store holds 3 000 bytes in two files, and a file of the results beside it."""
    store = tmp_path / "results" / ".store"
    (store / "below").mkdir(parents=True)
    (store / "a.values").write_bytes(b"x" * 1000)
    (store / "below" / "b.values").write_bytes(b"x" * 2000)
    (tmp_path / "results" / "manifest.json").write_text("{}")
    return tmp_path / "results"


@pytest.fixture
def page(settings, qtbot):
    page = OptionsPage(settings)
    qtbot.addWidget(page)
    return page


def test_the_language_of_the_outputs_is_kept(page, settings, window_interface):
    assert page.language.currentData() == ""
    page.language.setCurrentIndex(page.language.findData("fr"))
    page.apply()
    assert settings.result_language.value() == "fr"
    assert Runs(window_interface, settings).language == "fr"


def test_an_address_goes_to_the_runs(
    page, settings, window_interface, use_engine_arguments, study_file, tmp_path, qtbot
):
    page.scheduler.setText(" tcp://192.0.2.1:8786 ")
    page.apply()
    runs = Runs(window_interface, settings)
    runs.run_study(study_file, tmp_path / "results", "fr")
    arguments = use_engine_arguments(qtbot)
    place = arguments.index("--scheduler")
    assert arguments[place + 1] == "tcp://192.0.2.1:8786"
    assert arguments[arguments.index("run") :][:4] == ["run", str(study_file), "--out", str(tmp_path / "results")]


def test_without_an_address_runs_are_on_this_machine(
    settings, window_interface, use_engine_arguments, study_file, tmp_path, qtbot
):
    Runs(window_interface, settings).run_study(study_file, tmp_path / "results", "fr")
    assert "--scheduler" not in use_engine_arguments(qtbot)


@pytest.fixture
def use_engine_arguments(fake_engine, monkeypatch, tmp_path):
    """An engine that writes down what it was called with; returns what reads it."""
    import json

    written = tmp_path / "arguments.json"
    body = f"open({str(written)!r}, 'w').write(json.dumps(sys.argv))\nsys.exit(2)"
    monkeypatch.setenv("ST_ENGINE_PYTHON", str(fake_engine(body).path))

    def read(qtbot):
        qtbot.waitUntil(lambda: written.is_file() and written.stat().st_size > 0, timeout=PATIENCE_MS)
        return json.loads(written.read_text(encoding="utf-8"))

    return read


@pytest.mark.parametrize("address", ["192.0.2.1", "tcp://host", "http://host:80", "tcp://a b:1"])
def test_what_cannot_be_an_address_is_said_at_once_and_not_kept(page, settings, address):
    settings.scheduler.setValue("tcp://kept:1")
    page.scheduler.setText(address)
    assert not page.address_said.isHidden() and "tcp://" in page.address_said.text()
    page.apply()
    assert settings.scheduler.value() == "tcp://kept:1"
    page.scheduler.setText("")
    assert page.address_said.isHidden()
    page.apply()
    assert settings.scheduler.value() == ""


# The store


def test_the_size_is_that_of_all_files(results):
    assert store_size(results) == 3000
    assert store_size(results / "nowhere") == 0


def test_emptying_takes_the_values_and_nothing_else(results):
    outside = results.parent / "outside.txt"
    outside.write_text("kept")
    (results / ".store" / "link").symlink_to(outside)
    assert empty_store(results) >= 3000
    assert store_size(results) == 0
    assert outside.read_text() == "kept" and (results / "manifest.json").is_file()


def test_without_a_run_there_is_no_store(page):
    assert not page.store.empty_button.isEnabled()
    assert page.store.state.text() == "No store yet: no study has been run."


@pytest.mark.parametrize(("answer", "left"), [("No", 3000), ("Yes", 0)])
def test_the_store_is_emptied_after_a_question_alone(settings, results, qtbot, monkeypatch, answer, left):
    settings.last_results.setValue(str(results))
    page = OptionsPage(settings)
    qtbot.addWidget(page)
    qtbot.waitUntil(page.store.empty_button.isEnabled, timeout=PATIENCE_MS)
    assert str(results) in page.store.state.text() and "3.0 kB" in page.store.state.text()
    asked = []

    def question(parent, title, text, buttons, default):
        asked.append((text, default))
        return getattr(QMessageBox.StandardButton, answer)

    monkeypatch.setattr(QMessageBox, "question", question)
    page.store.empty_button.click()
    ((text, default),) = asked
    assert str(results) in text and default == QMessageBox.StandardButton.No
    qtbot.waitUntil(lambda: page.store._task is None, timeout=PATIENCE_MS)
    assert store_size(results) == left


def test_a_page_that_closes_while_it_looks_takes_no_harm(settings, results, qtbot):
    from qgis.PyQt import sip

    settings.last_results.setValue(str(results))
    page = OptionsPage(settings)
    sip.delete(page)
    qtbot.wait(200)
