"""What a project remembers of its study, several runs side by side, and cards opened from elsewhere in QGIS."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from qgis.core import Qgis, QgsProject
from qgis.PyQt.QtCore import QCoreApplication, QEvent

from smart_territoires_plugin.bridge.project_memory import Remembered, follow_moved_folders, missing, recall, remember
from smart_territoires_plugin.bridge.results import FOLDER_PROPERTY, load_results
from smart_territoires_plugin.bridge.settings import open_settings
from smart_territoires_plugin.bridge.task import forget_all
from smart_territoires_plugin.gui.runs import Runs
from smart_territoires_plugin.gui.workbench.controller import WorkbenchController

PATIENCE_MS = 20_000


@pytest.fixture
def project(qgis_new_project):
    project = QgsProject.instance()
    yield project
    project.clear()


@pytest.fixture
def controller(project, window_interface):
    settings = open_settings()
    settings.last_study.setValue("")
    controller = WorkbenchController(window_interface, settings, Runs(window_interface, settings))
    yield controller
    controller.close()
    forget_all()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def home(region_results, tmp_path):
    """A folder with a study and its results, that may be moved."""
    folder = tmp_path / "home"
    folder.mkdir()
    shutil.copy(region_results.parent / "study.yaml", folder)
    shutil.copytree(region_results, folder / "results")
    return folder


def wait_for(controller, folder, qtbot):
    """Wait until a run is at hand, and the project remembers it: that is a turn later."""
    qtbot.waitUntil(
        lambda: controller.session.table is not None and controller.session.table.folder == folder, timeout=PATIENCE_MS
    )
    qtbot.waitUntil(lambda: controller._memory.memory.results == folder, timeout=PATIENCE_MS)


def said(interface):
    return [item.text() for item in interface.bar.items()]


# The entries


def test_a_saved_project_remembers_relative_paths(project, home):
    project.write(str(home / "project.qgs"))
    remember(project, Remembered(home / "study.yaml", home / "results"))
    project.write()
    written = (home / "project.qgs").read_text(encoding="utf-8")
    assert ">./study.yaml<" in written and ">./results<" in written
    assert recall(project) == Remembered(home / "study.yaml", home / "results")


def test_absolute_paths_stay_absolute_where_the_project_wants_them(project, home):
    project.setFilePathStorage(Qgis.FilePathType.Absolute)
    project.write(str(home / "project.qgs"))
    remember(project, Remembered(home / "study.yaml", None))
    project.write()
    assert f">{home / 'study.yaml'}<" in (home / "project.qgs").read_text(encoding="utf-8")
    assert recall(project) == Remembered(home / "study.yaml", None)


def test_what_is_known_already_changes_no_project(project, home):
    remember(project, Remembered(home / "study.yaml", home / "results"))
    project.setDirty(False)
    remember(project, Remembered(home / "study.yaml", home / "results"))
    assert not project.isDirty()
    remember(project, Remembered(None, home))
    assert project.isDirty()
    assert recall(project) == Remembered(home / "study.yaml", home)


def test_an_empty_project_remembers_nothing(project):
    assert recall(project) == Remembered()
    assert missing(recall(project)) == []


def test_layers_that_moved_with_their_project_name_their_new_folder(project, home, tmp_path):
    load_results(home / "results", "fr", project)
    project.write(str(home / "project.qgs"))
    project.clear()
    home.rename(tmp_path / "moved")
    project.read(str(tmp_path / "moved" / "project.qgs"))
    follow_moved_folders(project)
    expected = str(tmp_path / "moved" / "results")
    assert {layer.customProperty(FOLDER_PROPERTY) for layer in project.mapLayers().values()} == {expected}
    assert [node.customProperty(FOLDER_PROPERTY) for node in project.layerTreeRoot().children()] == [expected]


# The workbench and its project


def test_a_project_opens_with_the_study_and_the_run_it_was_left_with(controller, project, home, qtbot):
    load_results(home / "results", "fr", project)
    dock = controller.show()
    wait_for(controller, home / "results", qtbot)
    dock.pages[0].open_study(home / "study.yaml")
    project.write(str(home / "project.qgs"))
    project.clear()
    assert controller.session.table is None, "the run goes with its project"
    project.read(str(home / "project.qgs"))
    wait_for(controller, home / "results", qtbot)
    assert dock.pages[0].path == home / "study.yaml"


def test_without_a_dock_the_memory_waits_for_it(controller, project, home, qtbot, window_interface):
    remember(project, Remembered(home / "study.yaml", home / "results"))
    project.write(str(home / "project.qgs"))
    project.clear()
    project.read(str(home / "project.qgs"))
    assert controller.dock is None and said(window_interface) == []
    dock = controller.show()
    wait_for(controller, home / "results", qtbot)
    assert dock.pages[0].path == home / "study.yaml"


def test_a_project_saved_elsewhere_remembers_from_there(controller, project, home, tmp_path):
    remember(project, Remembered(home / "study.yaml", home / "results"))
    project.write(str(home / "project.qgs"))
    project.clear()
    project.read(str(home / "project.qgs"))
    (tmp_path / "other").mkdir()
    project.write(str(tmp_path / "other" / "project.qgs"))
    written = (tmp_path / "other" / "project.qgs").read_text(encoding="utf-8")
    assert ">../home/study.yaml<" in written
    assert recall(project) == Remembered(home / "study.yaml", home / "results")


def test_what_is_gone_is_said_in_one_line_and_the_rest_is_opened(controller, project, home, qtbot, window_interface):
    dock = controller.show()
    remember(project, Remembered(home / "study.yaml", home / "results"))
    project.write(str(home / "project.qgs"))
    project.clear()
    (home / "study.yaml").unlink()
    project.read(str(home / "project.qgs"))
    (line,) = [text for text in said(window_interface) if "study.yaml" in text]
    assert "\n" not in line and "results" not in line.replace(str(home), "")
    wait_for(controller, home / "results", qtbot)
    assert dock.pages[0].path is None


def test_a_new_project_remembers_nothing_of_the_former(controller, project, home, qtbot, tmp_path):
    load_results(home / "results", "fr", project)
    controller.show()
    wait_for(controller, home / "results", qtbot)
    assert recall(project).results == home / "results"
    controller.dock.pages[0].open_study(home / "study.yaml")
    project.clear()
    project.write(str(tmp_path / "new.qgs"))
    assert recall(project) == Remembered()


# Several runs


@pytest.fixture
def two(home, project):
    """Two runs on the map, the second on top."""
    other = home.parent / "second"
    shutil.copytree(home / "results", other)
    load_results(home / "results", "fr", project)
    load_results(other, "fr", project)
    return home / "results", other


def test_one_run_needs_no_choice(controller, project, home, qtbot):
    load_results(home / "results", "fr", project)
    dock = controller.show()
    wait_for(controller, home / "results", qtbot)
    qtbot.waitUntil(lambda: dock.runs.count() == 1)
    assert dock.runs.isHidden()


def test_several_runs_are_chosen_in_the_header(controller, two, qtbot):
    first, second = two
    dock = controller.show()
    wait_for(controller, second, qtbot)
    qtbot.waitUntil(lambda: dock.runs.count() == 2)
    assert not dock.runs.isHidden()
    assert [Path(dock.runs.itemData(place)) for place in range(2)] == [second, first]
    # Runs of one study are told apart by their folder.
    assert [dock.runs.itemText(place).split(" – ")[-1] for place in range(2)] == ["second", "results"]
    assert dock.runs.currentIndex() == 0
    dock.runs.setCurrentIndex(1)
    dock.runs.activated.emit(1)
    wait_for(controller, first, qtbot)
    assert dock.runs.currentIndex() == 1


def test_a_run_that_leaves_the_map_leaves_the_choice(controller, two, project, qtbot):
    dock = controller.show()
    wait_for(controller, two[1], qtbot)
    gone = [
        layer.id() for layer in project.mapLayers().values() if layer.customProperty(FOLDER_PROPERTY) == str(two[0])
    ]
    project.removeMapLayers(gone)
    qtbot.waitUntil(lambda: dock.runs.count() == 1)
    assert dock.runs.isHidden()


def test_of_two_runs_asked_for_at_once_the_last_one_stays(controller, two, qtbot):
    controller.show()
    for folder in (two[1], two[0], two[1], two[0]):
        controller.open_results(folder)
    wait_for(controller, two[0], qtbot)
    qtbot.wait(300)
    assert controller.session.table.folder == two[0]


def test_the_map_shows_the_territories_of_the_run_at_hand(controller, two, qtbot):
    dock = controller.show()
    for folder in two:
        controller.open_results(folder)
        wait_for(controller, folder, qtbot)
        zoomed = []
        canvas = controller._iface.mapCanvas()
        canvas.zoomToFeatureIds = lambda layer, ids, zoomed=zoomed: zoomed.append(layer.customProperty(FOLDER_PROPERTY))
        controller.zoom_to(frozenset((0,)))
        assert zoomed == [str(folder)]
    assert dock is controller.dock


# Cards from elsewhere


def test_a_card_opens_the_dock_the_step_and_the_territory(controller, project, home, qtbot):
    load_results(home / "results", "fr", project)
    code = "00408"
    controller.open_cards([code], home / "results")
    wait_for(controller, home / "results", qtbot)
    dock, table = controller.dock, controller.session.table
    assert dock.page.NAME == "targets"
    assert controller.session.selection == frozenset((table.rows[code],))
    assert dock.page.tabs.currentWidget() is dock.page.card
    assert table.text("name", table.rows[code]) in dock.page.card.page.toPlainText()


def test_a_card_of_another_run_opens_that_run(controller, two, qtbot):
    controller.show()
    wait_for(controller, two[1], qtbot)
    controller.open_cards(["00408", "00310"], two[0])
    wait_for(controller, two[0], qtbot)
    rows = controller.session.table.rows
    assert controller.session.selection == frozenset((rows["00408"], rows["00310"]))


def test_a_code_that_is_not_of_the_run_selects_nothing(controller, project, home, qtbot):
    load_results(home / "results", "fr", project)
    controller.show()
    wait_for(controller, home / "results", qtbot)
    controller.open_cards(["nowhere"])
    assert controller.session.selection == frozenset()


def test_a_run_that_could_not_be_read_is_tried_again(controller, project, home, qtbot, window_interface):
    load_results(home / "results", "fr", project)
    (home / "results" / "scoring.npz").rename(home / "kept.npz")
    controller.open_cards(["00408"], home / "results")
    qtbot.waitUntil(lambda: bool(said(window_interface)), timeout=PATIENCE_MS)
    assert controller.session.table is None
    (home / "kept.npz").rename(home / "results" / "scoring.npz")
    controller.open_cards(["00408"], home / "results")
    wait_for(controller, home / "results", qtbot)
    assert controller.session.selection == frozenset((controller.session.table.rows["00408"],))
