"""Dialogs and runs from the menu, on engines of a few lines."""

from __future__ import annotations

import pytest
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt import sip
from qgis.PyQt.QtWidgets import QDialogButtonBox, QPushButton

from smart_territoires_plugin.bridge.engine import EngineProblem, Outcome
from smart_territoires_plugin.bridge.results import load_results
from smart_territoires_plugin.bridge.settings import open_settings
from smart_territoires_plugin.bridge.task import forget_all
from smart_territoires_plugin.gui.atlas_dialog import AtlasDialog
from smart_territoires_plugin.gui.details import DetailsDialog
from smart_territoires_plugin.gui.problem_list import ProblemList
from smart_territoires_plugin.gui.run_dialog import RunDialog
from smart_territoires_plugin.gui.runs import Runs

OK = QDialogButtonBox.StandardButton.Ok
PATIENCE_MS = 20_000


@pytest.fixture
def use_engine(monkeypatch, fake_engine):
    def use(body):
        monkeypatch.setenv("ST_ENGINE_PYTHON", str(fake_engine(body).path))

    yield use
    forget_all()


@pytest.fixture
def settings():
    settings = open_settings()
    for entry in (settings.last_study, settings.last_results, settings.result_language):
        entry.setValue("")
    return settings


@pytest.fixture
def dialog(qtbot, settings, qgis_app):
    dialog = RunDialog(settings, "fr")
    yield dialog
    # A dialog deletes itself when it closes.
    if not sip.isdeleted(dialog):
        sip.delete(dialog)


PROBLEMS = (
    "print(json.dumps([{'severity': 'warning', 'where': 'a.csv', 'what': 'Doubtful.', 'fix': ''},"
    " {'severity': 'error', 'where': 'study.yaml:3', 'what': '<b>Unknown</b> key.', 'fix': 'Remove it.'}]))\n"
    "sys.exit(2)"
)


def test_every_problem_is_shown_in_place_errors_first(dialog, use_engine, study_file, tmp_path, qtbot):
    use_engine(PROBLEMS)
    asked = []
    dialog.run_asked.connect(lambda *arguments: asked.append(arguments))
    dialog.study.setFilePath(str(study_file))
    dialog.results.setFilePath(str(tmp_path / "results"))
    assert dialog.buttons.button(OK).isEnabled()
    dialog.confirm()
    qtbot.waitUntil(lambda: dialog.problems.rowCount() == 2, timeout=PATIENCE_MS)
    assert dialog.problems.texts() == [
        ["study.yaml:3", "<b>Unknown</b> key.", "Remove it."],
        ["a.csv", "Doubtful.", ""],
    ]
    assert "1" in dialog.sentence.text()
    assert asked == []


def test_a_good_study_runs_once_it_was_checked(dialog, use_engine, study_file, tmp_path, qtbot):
    use_engine("print('[]')")
    dialog.study.setFilePath(str(study_file))
    dialog.results.setFilePath(str(tmp_path / "results"))
    with qtbot.waitSignal(dialog.run_asked, timeout=PATIENCE_MS) as asked:
        dialog.confirm()
    assert asked.args == [study_file, tmp_path / "results", "fr"]


def test_a_check_starts_by_itself_when_a_study_is_chosen(dialog, use_engine, study_file, qtbot):
    use_engine("print('[]')")
    dialog.study.setFilePath(str(study_file))
    qtbot.waitUntil(lambda: "no problem" in dialog.sentence.text(), timeout=PATIENCE_MS)


def test_without_an_engine_the_dialog_says_how_to_get_one(dialog, monkeypatch, study_file, tmp_path, qtbot):
    monkeypatch.setenv("ST_ENGINE_PYTHON", str(tmp_path / "nothing"))
    dialog.study.setFilePath(str(study_file))
    qtbot.waitUntil(lambda: "Options" in dialog.sentence.text(), timeout=PATIENCE_MS)
    assert str(tmp_path / "nothing") in dialog.sentence.text()


def test_nothing_can_be_run_before_both_are_filled_in(dialog, tmp_path):
    assert not dialog.buttons.button(OK).isEnabled()
    dialog.study.setFilePath(str(tmp_path / "no.yaml"))
    dialog.results.setFilePath(str(tmp_path))
    assert not dialog.buttons.button(OK).isEnabled()
    assert str(tmp_path / "no.yaml") in dialog.sentence.text()


def test_closing_the_dialog_ends_its_check(dialog, use_engine, study_file, qtbot, tmp_path):
    begun = tmp_path / "begun"
    use_engine(f"open({str(begun)!r}, 'w').close()\nwhile True: time.sleep(0.1)")
    dialog.study.setFilePath(str(study_file))
    qtbot.waitUntil(begun.exists, timeout=PATIENCE_MS)
    dialog.reject()
    qtbot.waitUntil(lambda: QgsApplication.taskManager().countActiveTasks() == 0, timeout=PATIENCE_MS)


def test_the_atlas_dialog_asks_for_results(qtbot, settings, write_results, tmp_path):
    dialog = AtlasDialog(settings, "en")
    dialog.output.setFilePath(str(tmp_path / "atlas"))
    dialog.results.setFilePath(str(tmp_path))
    assert not dialog.buttons.button(OK).isEnabled()
    folder = write_results(tmp_path / "results")
    dialog.results.setFilePath(str(folder))
    assert dialog.buttons.button(OK).isEnabled()
    with qtbot.waitSignal(dialog.export_asked, timeout=PATIENCE_MS) as asked:
        dialog.confirm()
    assert asked.args == [folder, tmp_path / "atlas.pdf", "en"]


@pytest.fixture
def runs(window_interface, settings, qgis_new_project):
    runs = Runs(window_interface, settings)
    yield runs
    forget_all()
    QgsProject.instance().clear()


def texts(interface):
    return [item.text() for item in interface.bar.items()]


def test_a_run_that_fails_brings_the_former_results_back(
    runs, window_interface, use_engine, write_results, study_file, tmp_path, qtbot
):
    folder = write_results(tmp_path / "results")
    load_results(folder, "en", QgsProject.instance())
    count = len(QgsProject.instance().mapLayers())
    use_engine("time.sleep(0.3)\nos._exit(9)")
    runs.run_study(study_file, folder, "en")
    assert not QgsProject.instance().mapLayers(), "released while the run may replace the files"
    qtbot.waitUntil(lambda: len(QgsProject.instance().mapLayers()) == count, timeout=PATIENCE_MS)
    # The last layer is there a moment before the message.
    qtbot.waitUntil(lambda: any("unexpectedly" in text for text in texts(window_interface)), timeout=PATIENCE_MS)
    (said,) = (text for text in texts(window_interface) if "unexpectedly" in text)
    assert "study" in said
    buttons = [button.text() for item in window_interface.bar.items() for button in item.findChildren(QPushButton)]
    assert "Details" in buttons


def test_a_second_run_into_the_same_folder_waits(runs, window_interface, use_engine, study_file, tmp_path, qtbot):
    use_engine("while True: time.sleep(0.1)")
    runs.run_study(study_file, tmp_path / "results", "en")
    runs.run_study(study_file, tmp_path / "results", "en")
    assert sum("already" in text for text in texts(window_interface)) == 1
    forget_all()


def test_the_name_of_a_study_is_text_and_no_markup(runs, window_interface, use_engine, tmp_path, qtbot):
    use_engine("sys.exit(2)")
    study = tmp_path / "<img src=x>.yaml"
    study.write_text("", encoding="utf-8")
    runs.run_study(study, tmp_path / "results", "en")
    assert all("<img" not in text for text in texts(window_interface))
    assert any("&lt;img src=x&gt;" in text for text in texts(window_interface))
    forget_all()


def test_details_show_all_that_was_said(qtbot):
    problems = tuple(EngineProblem("warning", f"source {i}", "What.", "Fix.") for i in range(3))
    dialog = DetailsDialog(Outcome("done", {}, problems), "Title")
    qtbot.addWidget(dialog)
    assert dialog.findChild(ProblemList).texts() == [[f"source {i}", "What.", "Fix."] for i in range(3)]
