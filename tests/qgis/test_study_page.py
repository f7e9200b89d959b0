"""The step *Study* with real widgets and the real engine: sources, dropped layers, form, assistant, file."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest
from osgeo import ogr, osr
from qgis.core import QgsFeature, QgsGeometry, QgsLayerTreeModel, QgsMimeDataUtils, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from qgis.PyQt.QtGui import QDragEnterEvent, QDropEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QDialogButtonBox, QToolButton

from smart_territoires_plugin.bridge.dropped import EDITED, MEMORY, SERVER, UNREADABLE, dropped, dropped_layer, look
from smart_territoires_plugin.bridge.run_table import read_run
from smart_territoires_plugin.bridge.settings import open_settings
from smart_territoires_plugin.bridge.source_states import finding_counts, findings
from smart_territoires_plugin.core.study import read_study
from smart_territoires_plugin.core.study.specification import MEASURES
from smart_territoires_plugin.gui.workbench.indicator_form import IndicatorForm
from smart_territoires_plugin.gui.workbench.measure_fields import measure_fields
from smart_territoires_plugin.gui.workbench.page import PROBLEM, READY, STALE
from smart_territoires_plugin.gui.workbench.session import WorkSession
from smart_territoires_plugin.gui.workbench.study_page import StudyPage

PATIENCE_MS = 30_000
KINDS = sorted(MEASURES)


@pytest.fixture
def region(region_results, tmp_path):
    """A study of its own: the fictitious region without its results."""
    home = tmp_path / "région"
    shutil.copytree(region_results.parent, home, ignore=shutil.ignore_patterns("results*"))
    return home / "study.yaml"


@pytest.fixture
def page(qgis_app, qtbot, engine_python, monkeypatch):
    monkeypatch.setenv("ST_ENGINE_PYTHON", str(engine_python))
    made = StudyPage(WorkSession(), open_settings(), "en")
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close_page()
    QgsProject.instance().clear()


def write_zones(path: Path, columns: dict, layer: str = "zones") -> Path:
    """A flood prevention plan of one polygon, or another layer of polygons."""
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(2154)
    package = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    made = package.CreateLayer(layer, crs, ogr.wkbPolygon)
    for name in columns:
        made.CreateField(ogr.FieldDefn(name, ogr.OFTString))
    feature = ogr.Feature(made.GetLayerDefn())
    feature.SetGeometry(
        ogr.CreateGeometryFromWkt("POLYGON((650000 6860000,651000 6860000,651000 6861000,650000 6860000))")
    )
    for name, value in columns.items():
        feature.SetField(name, value)
    made.CreateFeature(feature)
    package = None
    return path


PLAN = {"ID_ZONE": "1", "ID_GASPAR": "2", "TYPEREG": "01"}


def drop(widget, data: QMimeData) -> None:
    """Drop something on a widget, as Qt hands it over."""
    ways = (data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, *ways)
    QApplication.sendEvent(widget, enter)
    assert enter.isAccepted()
    taken = []
    widget.layers_dropped.connect(taken.append)
    QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, *ways))
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while not taken and time.monotonic() < deadline:
        QTest.qWait(5)
    assert taken, "what is no layer of the map is opened in the background"
    widget.layers_dropped.disconnect(taken.append)


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def from_tree(*layers) -> QMimeData:
    """What the layer tree hands over."""
    root = QgsProject.instance().layerTreeRoot()
    model = QgsLayerTreeModel(root)
    return model.mimeData([model.node2index(root.findLayer(layer.id())) for layer in layers])


def memory_layer(name: str = "Brouillon") -> QgsVectorLayer:
    layer = QgsVectorLayer(
        "Polygon?crs=EPSG:2154&field=id_zone:string&field=id_gaspar:string&field=typereg:string", name, "memory"
    )
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry.fromWkt("POLYGON((650000 6860000,651000 6860000,651000 6861000,650000 6860000))"))
    feature.setAttributes(["1", "2", "01"])
    layer.dataProvider().addFeatures([feature])
    QgsProject.instance().addMapLayer(layer)
    return layer


def states(page) -> dict:
    table = page.sources
    return {table.item(row, 0).text(): table.item(row, 2).text() for row in range(table.rowCount())}


def click(button) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def wait_saved(page, qtbot) -> None:
    qtbot.waitUntil(lambda: not page.editing.is_saving, timeout=PATIENCE_MS)


# Sources and their states


def test_nothing_open_offers_what_can_be_done(page):
    assert not page.tabs.isVisible() and not page.run_button.isEnabled()
    assert page.open_button.isEnabled() and page.new_button.isEnabled() and page.fictitious.isEnabled()
    assert page.said.text()


def test_sources_and_indicators_are_those_of_the_file(page, region):
    page.open_study(region)
    held = read_study(region)
    assert list(states(page)) == list(held.sources)
    assert set(states(page).values()) == {"found"}
    assert page.indicators.rowCount() == len(held.indicators)
    shown = [page.indicators.item(row, 0).text() for row in range(page.indicators.rowCount())]
    assert shown == [one.name.en for one in held.indicators]


def test_a_source_that_went_or_changed_is_told(page, region, region_results):
    results = region.parent / "results"
    shutil.copytree(region_results, results)
    os.utime(results / "manifest.json", (time.time() + 50, time.time() + 50))
    page.session.open(read_run(results))
    page.open_study(region)
    assert page.state == READY and "not found" not in states(page).values()
    sources = read_study(region).sources
    gone, new = (one for one in list(sources)[1:] if sources[one].path.is_file()), None
    gone, new = next(gone), next(gone)
    sources[gone].path.unlink()
    os.utime(sources[new].path, (time.time() + 100, time.time() + 100))
    page.open_study(region)
    alike = [one for one in sources if sources[one].path == sources[gone].path]
    assert {states(page)[one] for one in alike} == {"not found"}
    assert states(page)[new].startswith("changed since the run")
    assert page.state == READY and page.run_button.isEnabled()


def test_the_quality_report_is_one_click_away_and_in_words(page, region, region_results, qtbot):
    page.session.open(read_run(region_results))
    page.open_study(region)
    counts = finding_counts(region_results)
    source = next(iter(counts))
    row = list(states(page)).index(source)
    button = page.sources.cellWidget(row, 3)
    assert isinstance(button, QToolButton) and str(counts[source]) in button.text()
    dialog = page.show_quality(source)
    qtbot.addWidget(dialog)
    found = findings(region_results, source)
    assert dialog.table.rowCount() == len(found) == counts[source]
    for number, item in enumerate(found):
        assert dialog.table.item(number, 0).text() != item.check, "a sentence, not a code"
    source = ogr.Open(str(region_results / "results.gpkg")).ExecuteSQL("SELECT SUM(count) FROM quality")
    total = source.GetNextFeature().GetField(0)
    assert sum(item.count for one in counts for item in findings(region_results, one)) == total
    dialog.reject()


def test_without_a_run_the_report_says_what_to_do(page, region):
    page.open_study(region)
    dialog = page.show_quality("flood")
    assert not dialog.table.isVisible() and "run" in dialog.said.text()
    dialog.reject()


# Layers dropped


def test_a_plan_from_a_window_of_files_is_recognised_and_used(page, region, tmp_path, qtbot):
    page.open_study(region)
    before = region.read_text(encoding="utf-8")
    drop(page, files(write_zones(tmp_path / "ppri.gpkg", PLAN)))
    assert page.bar.isVisible() and "prevention plan" in page.bar.said.text()
    assert "Flood resilience" in page.bar.said.text() and page.bar.warning.isVisible()
    click(page.bar.use_button)
    wait_saved(page, qtbot)
    held = read_study(region)
    added = held.indicators[-1]
    assert added.measure.kind == "coverage_share" and added.theme == "flood"
    assert held.sources[added.measure.source].path.resolve() == (tmp_path / "ppri.gpkg").resolve()
    assert not page.bar.isVisible() and page.indicators.rowCount() == len(held.indicators)
    after = region.read_text(encoding="utf-8")
    assert [line for line in before.splitlines() if line not in after.splitlines()] == [], "nothing else changed"


def test_a_layer_of_the_tree_comes_with_its_layer_name_and_filter(page, region, tmp_path):
    page.open_study(region)
    layer = QgsVectorLayer(f"{write_zones(tmp_path / 'p.gpkg', PLAN, 'plan')}|layername=plan", "Le plan", "ogr")
    layer.setSubsetString("\"TYPEREG\" = '01'")
    QgsProject.instance().addMapLayer(layer)
    drop(page, from_tree(layer))
    source = page.bar.proposal.source
    assert source["layer"] == "plan" and source["where"] == "\"TYPEREG\" = '01'" and "Le plan" in page.bar.said.text()
    click(page.bar.ignore_button)
    assert not page.bar.isVisible()


def test_several_layers_are_asked_about_one_after_the_other(page, region, tmp_path):
    page.open_study(region)
    one, two = write_zones(tmp_path / "one.gpkg", PLAN), write_zones(tmp_path / "two.gpkg", {"x": "1"})
    drop(page, files(one, two))
    assert "“zones”" in page.bar.said.text() or "“one”" in page.bar.said.text()
    click(page.bar.ignore_button)
    assert not page.bar.use_button.isVisible() and page.bar.change_button.isVisible()
    assert "catalogue" in page.bar.said.text()
    click(page.bar.ignore_button)
    assert not page.bar.isVisible()


def test_an_unknown_layer_can_be_a_source_alone(page, region, tmp_path, qtbot):
    page.open_study(region)
    drop(page, files(write_zones(tmp_path / "two.gpkg", {"x": "1"})))
    click(page.bar.source_button)
    wait_saved(page, qtbot)
    assert read_study(region).sources["two"].path.name == "two.gpkg"


def test_what_is_no_file_is_told_with_what_will_happen_and_saved_beside_the_study(page, region, qtbot):
    page.open_study(region)
    layer = memory_layer()
    assert dropped_layer(layer).reason == MEMORY
    drop(page, from_tree(layer))
    assert "temporary" in page.bar.said.text() and page.bar.save_button.isVisible()
    assert not page.bar.use_button.isVisible()
    click(page.bar.save_button)
    qtbot.waitUntil(lambda: page.bar.layer is not None and page.bar.layer.file is not None, timeout=PATIENCE_MS)
    saved = region.parent / "brouillon.gpkg"
    assert saved.is_file() and page.bar.proposal.source["path"] == "brouillon.gpkg"
    assert page.bar.use_button.isVisible(), "it is recognised as what it is"
    again = QgsVectorLayer(f"{saved}|layername={page.bar.layer.file.layer}", "", "ogr")
    assert again.featureCount() == 1 and layer.isValid() and layer.providerType() == "memory"


def test_a_layer_removed_while_it_is_asked_about(page, region):
    page.open_study(region)
    layer = memory_layer()
    drop(page, from_tree(layer))
    QgsProject.instance().removeMapLayer(layer)
    click(page.bar.save_button)
    assert not page.bar.save_button.isVisible() and page.bar.ignore_button.isVisible()


def test_why_a_layer_is_no_file(qgis_app, tmp_path):
    layer = QgsVectorLayer(str(write_zones(tmp_path / "e.gpkg", PLAN)), "e", "ogr")
    assert dropped_layer(layer).reason == "" and dropped_layer(layer).is_projected
    layer.startEditing()
    layer.changeAttributeValue(1, 1, "other")
    assert dropped_layer(layer).reason == EDITED
    layer.rollBack()
    uri = QgsMimeDataUtils.Uri()
    uri.layerType, uri.providerKey, uri.name, uri.uri = (
        "vector",
        "WFS",
        "Vélos",
        "url='https://example.org' typename='x'",
    )
    found = dropped(QgsMimeDataUtils.encodeUriList([uri]))
    assert [one.reason for one in found] == [SERVER], "it is not opened: that could take long"
    (tmp_path / "text.docx").write_text("no layer", encoding="utf-8")
    assert [look(one).reason for one in dropped(files(tmp_path / "text.docx"))] == [UNREADABLE]


def test_the_button_lists_the_layers_of_the_map(page, region):
    page.open_study(region)
    layer = memory_layer("Zones & plans")
    page.add_layer.fill()
    names = [action.text() for action in page.add_layer.menu().actions()]
    assert "Zones && plans" in names
    page.add_layer.menu().actions()[names.index("Zones && plans")].trigger()
    assert page.bar.layer.layer_id == layer.id()


# Indicators


def form_for(page, identifier) -> IndicatorForm:
    form = page.editing.open_indicator(identifier)
    assert form is not None
    return form


def test_every_indicator_of_the_file_comes_back_as_it_was(page, region):
    page.open_study(region)
    for item in page.content()["indicators"]:
        form = form_for(page, item["id"])
        assert form.indicator() == item and form.changes() == {} and form.wrong() == {}
        form.reject()


@pytest.mark.parametrize("kind", KINDS)
def test_every_parameter_of_every_kind_has_a_field(qgis_app, kind):
    spec = MEASURES[kind]
    places = [field.place.split(".")[1] for field in measure_fields(kind, ["a"], {"t": "T"})]
    assert set(places) == {*spec.columns, *spec.parameters}


def test_a_weight_and_a_filter_are_saved_and_nothing_else(page, region, qtbot):
    page.open_study(region)
    before = region.read_bytes()
    form = form_for(page, "no2_mean")
    form.field("weight").editor.setText("2,5")
    form.field("measure.band").editor.setText("1")
    form.confirm()
    wait_saved(page, qtbot)
    held = {one.id: one for one in read_study(region).indicators}["no2_mean"]
    assert held.weight == 2.5 and held.measure.parameters["band"] == 1
    old, new = before.splitlines(), region.read_bytes().splitlines()
    assert len(old) == len(new) and sum(one != other for one, other in zip(old, new)) <= 3
    assert page.state == STALE and page.editing.form is None


def test_every_wrong_field_is_marked_at_once_and_unmarked_when_mended(page, region):
    page.open_study(region)
    before = region.read_bytes()
    form = form_for(page, "no2_mean")
    form.field("id").editor.setText("à côté")
    form.field("theme").write(None)
    form.field("weight").editor.setText("many")
    form.field("measure.kind").write("zonal_quantile")
    form.field("measure.kind").changed.emit()
    form.field("measure.q").editor.setText("1,5")
    form.confirm()
    wrong = {field.place for field in form.fields if field.is_wrong}
    assert wrong == {"id", "theme", "weight", "measure.q"}
    assert all(form.field(place).problem.text() for place in wrong) and "4" in form.sentence.text()
    assert "border" in form.field("id")._frame.styleSheet()
    QTest.keyClick(form.field("measure.q").editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(form.field("measure.q").editor, "0,9")
    assert not form.field("measure.q").is_wrong and form.field("id").is_wrong
    assert region.read_bytes() == before
    form.reject()


def test_a_new_indicator_offers_the_fields_of_its_source(page, region, qtbot):
    page.open_study(region)
    count = page.indicators.rowCount()
    click(page.add_indicator) if page.add_indicator.isVisible() else page.editing.open_indicator(None)
    form = page.editing.form
    form.field("id").editor.setText("fibre_again")
    form.field("name.fr").editor.setText("Fibre : bis")
    form.field("role").write("success_factor")
    form.field("role").changed.emit()
    form.field("axis").write("data")
    form.field("measure.kind").write("field")
    form.field("measure.kind").changed.emit()
    form.field("measure.source").write("fibre")
    form.field("measure.source").changed.emit()
    box = form.field("measure.field").editor
    qtbot.waitUntil(lambda: box.findText("thd") >= 0, timeout=PATIENCE_MS)
    box.setEditText("thx")
    form.confirm()
    assert form.field("measure.field").is_wrong
    box.setEditText("thd")
    click(form.buttons.button(QDialogButtonBox.StandardButton.Ok))
    wait_saved(page, qtbot)
    assert page.indicators.rowCount() == count + 1
    made = read_study(region).indicators[-1]
    assert (made.id, made.name.fr, made.axis, made.measure.parameters) == (
        "fibre_again",
        "Fibre : bis",
        "data",
        {"field": "thd"},
    )


def test_what_the_engine_refuses_is_shown_in_the_form_and_nothing_is_written(page, region, qtbot):
    page.open_study(region)
    before = region.read_bytes()
    form = form_for(page, "projects")
    form.field("role").write("activity")
    form.field("measure.kind").write("count")
    form.field("measure.kind").changed.emit()
    form.field("measure.source").write("fibre")
    form.confirm()
    qtbot.waitUntil(lambda: form.problems.rowCount() > 0, timeout=PATIENCE_MS)
    assert form.isVisible() and region.read_bytes() == before
    assert form.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
    form.reject()


def test_an_indicator_is_taken_away(page, region, qtbot):
    page.open_study(region)
    page.tabs.setCurrentIndex(1)
    assert not page.remove_indicator.isEnabled()
    page.indicators.selectRow(0)
    first = page.indicators.chosen
    click(page.remove_indicator)
    wait_saved(page, qtbot)
    assert first not in [one.id for one in read_study(region).indicators]


def test_a_source_in_use_is_not_taken_away_and_why_is_said(page, region, qtbot):
    page.open_study(region)
    before = region.read_bytes()
    page.sources.selectRow(list(states(page)).index("no2"))
    click(page.remove_source)
    wait_saved(page, qtbot)
    assert region.read_bytes() == before and page.problems.rowCount() >= 1


# The file under the dock


def test_another_program_changes_and_removes_the_file(page, region, qtbot):
    page.open_study(region)
    text = region.read_text(encoding="utf-8")
    other = region.with_suffix(".new")
    other.write_text(text.replace("shortlist: 30", "shortlist: 31"), encoding="utf-8")
    os.replace(other, region)
    qtbot.waitUntil(lambda: page.study.targeting.shortlist == 31, timeout=PATIENCE_MS)
    assert "another program" in page.said.text()
    region.unlink()
    qtbot.waitUntil(lambda: page.state == PROBLEM, timeout=PATIENCE_MS)
    assert page.sources.rowCount() and not page.run_button.isEnabled()
    region.write_text(text, encoding="utf-8")
    qtbot.waitUntil(lambda: page.state != PROBLEM, timeout=PATIENCE_MS)
    assert page.run_button.isEnabled() and page.study.targeting.shortlist == 30
    region.write_text("version: [", encoding="utf-8")
    qtbot.waitUntil(lambda: page.state == PROBLEM, timeout=PATIENCE_MS)
    assert page.said.text().startswith("study.yaml:")


# The assistant


def test_the_assistant_makes_a_study_of_what_is_dropped(page, tmp_path, qtbot):
    territories = write_zones(
        tmp_path / "communes.gpkg", {"code_insee": "75001", "nom_officiel": "Ici", "population": "9"}
    )
    layer = QgsVectorLayer(str(territories), "Communes", "ogr")
    QgsProject.instance().addMapLayer(layer)
    click(page.new_button)
    assistant = page.assistant
    first = assistant.territories
    assert first.code.currentText() == "code_insee" and first.named.currentText() == "nom_officiel"
    assert first.population.currentText() == "population" and first.crs.crs().authid() == "EPSG:2154"
    first.name.setText("Essai")
    first.file.setFilePath(str(tmp_path / "study"))
    assert first.isComplete(), first.said.text()
    assistant.next()
    assistant.themes.boxes["planning"].setChecked(False)
    assistant.themes.boxes["flood"].setChecked(False)
    assistant.next()
    assert not assistant.sources.isComplete()
    drop(assistant.sources, files(write_zones(tmp_path / "ppri.gpkg", PLAN)))
    click(assistant.sources.bar.use_button)
    assert assistant.sources.isComplete() and assistant.themes.boxes["flood"].isChecked()
    assistant.accept()
    assert page.path == tmp_path / "study.yaml" and page.assistant is None
    held = read_study(page.path)
    assert [theme.id for theme in held.themes] == ["energy", "air", "flood", "green"]
    assert held.indicators[0].theme == "flood" and held.territories.code == "code_insee"
    assert held.sources["territories"].path.resolve() == territories.resolve()
    assert page.state == STALE and page.run_button.isEnabled()


def test_the_assistant_says_what_is_missing_and_overwrites_nothing(page, tmp_path, qtbot):
    taken = tmp_path / "study.yaml"
    taken.write_text("mine", encoding="utf-8")
    assistant = page.open_assistant()
    first = assistant.territories
    assert not first.isComplete() and first.said.text()
    first.layers.setLayer(memory_layer())
    assert not first.isComplete() and "plain file" in first.said.text()
    layer = QgsVectorLayer(str(write_zones(tmp_path / "c.gpkg", {"x": "1"})), "c", "ogr")
    first.take(dropped_layer(layer))
    assert not first.isComplete(), "no field of codes is guessed"
    first.code.setCurrentText("x")
    first.file.setFilePath(str(taken))
    assert not first.isComplete() and "of that name" in first.said.text()
    first.file.setFilePath(str(tmp_path / "other.yaml"))
    assert first.isComplete()
    assistant.reject()
    assert page.assistant is None and taken.read_text(encoding="utf-8") == "mine"


def test_closing_leaves_nothing_behind(page, region, qtbot):
    page.open_study(region)
    page.open_assistant()
    page.editing.open_indicator("no2_mean")
    page.close_page()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert page.assistant is None and page.editing.form is None
    assert not page.file._watcher.files() and not page.file._watcher.directories()
