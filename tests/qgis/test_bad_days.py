"""What goes wrong under the dock: it says what happened and what can be done, and nothing is lost."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
from pathlib import Path

import numpy as np
import pytest
import yaml
from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication, QEvent
from qgis.PyQt.QtWidgets import QPushButton

from smart_territoires_plugin.bridge.results import has_results, load_results
from smart_territoires_plugin.bridge.settings import open_settings
from smart_territoires_plugin.bridge.task import forget_all
from smart_territoires_plugin.gui.runs import Runs
from smart_territoires_plugin.gui.workbench.controller import WorkbenchController
from smart_territoires_plugin.gui.workbench.page import PROBLEM, READY, STALE

PATIENCE_MS = 60_000
ROOT = Path(__file__).resolve().parents[2]
PYTHON = os.environ.get("ST_ENGINE_PYTHON") or str(ROOT / ".venv" / "bin" / "python")
FACTOR = "success_factor"


@pytest.fixture
def region(region_results, tmp_path):
    """A copy of the fictitious region with its run, to be broken."""
    home = Path(shutil.copytree(region_results.parent, tmp_path / "region"))
    # Newer than the study, as after a run.
    os.utime(home / "results" / "manifest.json")
    return home


@pytest.fixture
def windows(window_interface, qgis_new_project):
    return window_interface


@pytest.fixture
def controller(windows, region, monkeypatch):
    monkeypatch.setenv("ST_ENGINE_PYTHON", PYTHON)
    settings = open_settings()
    settings.last_study.setValue(str(region / "study.yaml"))
    controller = WorkbenchController(windows, settings, Runs(windows, settings))
    yield controller
    controller.close()
    forget_all()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def opened(controller, region, qtbot):
    """Open the workbench on the results, and wait for both."""
    load_results(region / "results", "en", QgsProject.instance())
    dock = controller.show()
    qtbot.waitUntil(
        lambda: controller.session.table is not None and dock.pages[0].path is not None, timeout=PATIENCE_MS
    )
    return dock


def said(windows):
    """All that the message bar says."""
    return [item.text() for item in windows.bar.items()]


def content(folder: Path) -> dict[str, str]:
    """The files of a folder by their name, as hashes; not what programs leave beside them while they read."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.is_file()
        and not path.name.startswith(".")
        and path.suffix in {".csv", ".json", ".gpkg", ".html", ".npz"}
    }


def move(controller, qtbot, weight):
    """Give a success factor another weight, and wait for the scores."""
    session = controller.session
    column = int(np.flatnonzero(session.table.rescoring.state["roles"] == FACTOR)[0])
    session.set_weight(column, weight)
    qtbot.waitUntil(lambda: not session._timer.isActive(), timeout=PATIENCE_MS)


def test_layers_taken_off_the_map_can_be_had_back(controller, region, windows, qtbot):
    dock = opened(controller, region, qtbot)
    QgsProject.instance().removeAllMapLayers()
    move(controller, qtbot, 9.0)
    controller.session.select(frozenset((3,)))
    assert dock.pages[2].table.selected_rows() == {3} and dock.pages[1].state == STALE, "the rest goes on"
    controller.zoom_to(frozenset((3,)))
    assert any("not on the map any more" in text for text in said(windows))
    (button,) = (b for item in windows.bar.items() for b in item.findChildren(QPushButton) if "Map" in b.text())
    button.click()
    qtbot.waitUntil(lambda: bool(controller._watched), timeout=PATIENCE_MS)
    (chosen,) = next(iter(controller._watched.values())).selectedFeatures()
    assert chosen["code"] == controller.session.table.codes[3], "what is selected is so on the map again"


def test_a_preview_taken_away_while_it_is_made(controller, region, qtbot):
    opened(controller, region, qtbot)
    move(controller, qtbot, 9.0)
    preview = controller._preview
    qtbot.waitUntil(lambda: preview.preview.layer is not None, timeout=PATIENCE_MS)
    QgsProject.instance().removeMapLayer(preview.preview.layer.id())
    qtbot.waitUntil(lambda: preview.is_built, timeout=PATIENCE_MS)
    move(controller, qtbot, 3.0)
    assert preview.preview.layer is None, "who takes it away does not get it back by moving on"


def test_a_project_in_degrees_shows_the_same_place(controller, region, windows, qtbot):
    QgsProject.instance().setCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    windows.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    opened(controller, region, qtbot)
    controller.zoom_to(frozenset((0,)))
    centre = windows.canvas.extent().center()
    assert -180 < centre.x() < 180 and 40 < centre.y() < 55, (
        "the fictitious region lies in metropolitan France's system"
    )
    move(controller, qtbot, 9.0)
    qtbot.waitUntil(lambda: controller._preview.is_built, timeout=PATIENCE_MS)
    assert controller._preview.preview.layer.crs().authid() == "EPSG:2154"


def test_edits_that_are_not_saved_are_told_before_a_run(controller, region, qtbot):
    dock = opened(controller, region, qtbot)
    layer = QgsVectorLayer(f"{region / 'fictitious_communes.gpkg'}|layername=communes", "Communes", "ogr")
    QgsProject.instance().addMapLayer(layer)
    assert layer.startEditing()
    feature = next(layer.getFeatures())
    assert layer.changeAttributeValue(feature.id(), layer.fields().indexOf("population"), 1)
    page, asked = dock.pages[0], []
    page.run_asked.disconnect()
    page.run_asked.connect(lambda *places: asked.append(places))
    page.run_button.click()
    assert "Communes" in page.said.text() and "Not saved" in page.said.text()
    assert asked == [(region / "study.yaml", region / "results")]
    assert layer.isModified(), "they are still there"
    layer.rollBack()


def test_the_study_changed_elsewhere_is_read_again_and_out_of_date(controller, region, qtbot):
    dock = opened(controller, region, qtbot)
    study = region / "study.yaml"
    qtbot.waitUntil(lambda: dock.pages[0].state == READY, timeout=PATIENCE_MS)
    text = study.read_text(encoding="utf-8")
    study.write_text(text.replace("Région fictive d'Hypothésie", "Autre nom"), encoding="utf-8")
    later = (region / "results" / "manifest.json").stat().st_mtime + 5
    os.utime(study, (later, later))
    qtbot.waitUntil(lambda: "another program" in dock.pages[0].said.text(), timeout=PATIENCE_MS)
    assert dock.pages[0].state == STALE and dock.pages[0].study.name == "Autre nom"
    study.write_text("version: 1\nname: [", encoding="utf-8")
    qtbot.waitUntil(lambda: dock.pages[0].state == PROBLEM, timeout=PATIENCE_MS)
    assert dock.pages[0].said.text().count("study.yaml:") and controller.session.table is not None


def test_without_population_the_dock_opens_and_says_nothing_untrue(controller, region, qtbot):
    study = region / "study.yaml"
    content_ = yaml.safe_load(study.read_text(encoding="utf-8"))
    del content_["territories"]["population"]
    kept = [
        one
        for one in content_["indicators"]
        if one["measure"]["kind"] in {"field", "ratio", "coverage_share", "zonal_mean"}
    ]
    content_["indicators"] = kept
    (region / "poor.yaml").write_text(yaml.safe_dump(content_, allow_unicode=True), encoding="utf-8")
    command = [
        PYTHON,
        "-m",
        "smart_territoires_plugin.core",
        "run",
        str(region / "poor.yaml"),
        "--out",
        str(region / "poor"),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    load_results(region / "poor", "en", QgsProject.instance())
    dock = controller.show()
    qtbot.waitUntil(lambda: controller.session.table is not None, timeout=PATIENCE_MS)
    page = dock.pages[2]
    assert len(page.table.content.order) == len(controller.session.table) > 0
    controller.session.select(frozenset((0,)))
    text = page.card.page.toPlainText()
    assert str(controller.session.table.columns["name"][0]) in text and "nan" not in text.lower()
    page.chart.grab()
    move(controller, qtbot, 4.0)
    assert dock.pages[1].state == STALE


def test_a_source_that_went_is_told_and_the_former_run_stays(controller, region, windows, qtbot):
    before = content(region / "results")
    (region / "fictitious_energy.csv").unlink()
    dock = opened(controller, region, qtbot)
    states = {dock.pages[0].sources.item(row, 0).text(): dock.pages[0].sources.item(row, 2).text() for row in range(11)}
    assert states["energy"] == "not found" and states["housing"] == "found"
    dock.pages[0].run_button.click()
    qtbot.waitUntil(lambda: any("fictitious_energy.csv" in text for text in said(windows)), timeout=PATIENCE_MS)
    assert content(region / "results") == before
    qtbot.waitUntil(lambda: controller.session.table is not None, timeout=PATIENCE_MS)


def of(region: Path) -> list[int]:
    """The processes of the engine that run this study."""
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                command = (process / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if b"run" in command and str(region / "study.yaml").encode() in command:
                found.append(int(process.name))
    return found


def test_an_engine_that_is_killed_leaves_the_former_run(controller, region, windows, qtbot):
    before = content(region / "results")
    dock = opened(controller, region, qtbot)
    dock.pages[0].run_button.click()
    qtbot.waitUntil(lambda: bool(of(region)), timeout=PATIENCE_MS)
    for process in of(region):
        os.kill(process, signal.SIGKILL)
    qtbot.waitUntil(lambda: any("unexpectedly" in text for text in said(windows)), timeout=PATIENCE_MS)
    assert content(region / "results") == before
    qtbot.waitUntil(lambda: controller.session.table is not None, timeout=PATIENCE_MS)
    assert len(QgsProject.instance().mapLayers()) > 0, "they are back on the map"


def test_qgis_closed_in_the_middle_of_a_run_loses_nothing(windows, region, monkeypatch, qtbot):
    """What QGIS does on its way out: the plugin is unloaded while the engine works."""
    import smart_territoires_plugin

    monkeypatch.setenv("ST_ENGINE_PYTHON", PYTHON)
    before, study = content(region / "results"), (region / "study.yaml").read_bytes()
    plugin = smart_territoires_plugin.classFactory(windows)
    plugin.initGui()
    load_results(region / "results", "en", QgsProject.instance())
    plugin._workbench.show()
    plugin._runs.run_study(region / "study.yaml", region / "results", "en")
    qtbot.waitUntil(lambda: bool(of(region)), timeout=PATIENCE_MS)
    plugin.unload()
    qtbot.waitUntil(lambda: not of(region), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: QgsApplication.taskManager().count() == 0, timeout=PATIENCE_MS)
    assert has_results(region / "results") and content(region / "results") == before
    assert (region / "study.yaml").read_bytes() == study
    left = [path.name for path in region.iterdir() if path.name.startswith((".results", "results."))]
    assert left == [], "nothing half-written lies about"
