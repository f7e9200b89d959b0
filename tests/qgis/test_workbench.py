"""The workbench on a run of the fictitious region: one state, and all that shows it."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from osgeo import ogr
from qgis.core import Qgis, QgsProject
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRectF, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDialogButtonBox

from smart_territoires_plugin.bridge.preview_layer import PreviewLayer
from smart_territoires_plugin.bridge.project_memory import ProjectMemory, Remembered
from smart_territoires_plugin.bridge.results import load_results
from smart_territoires_plugin.bridge.run_table import read_run
from smart_territoires_plugin.bridge.settings import open_settings
from smart_territoires_plugin.bridge.task import forget_all
from smart_territoires_plugin.core.errors import ResultsError
from smart_territoires_plugin.core.study.model import Method
from smart_territoires_plugin.core.study.reading import read_study
from smart_territoires_plugin.gui.runs import Runs
from smart_territoires_plugin.gui.workbench.controller import WorkbenchController
from smart_territoires_plugin.gui.workbench.dock import OBJECT_NAME
from smart_territoires_plugin.gui.workbench.page import EMPTY, PROBLEM, READY, STALE
from smart_territoires_plugin.gui.workbench.pairwise_dialog import PairwiseDialog
from smart_territoires_plugin.gui.workbench.quadrant_chart import Points, QuadrantChart
from smart_territoires_plugin.gui.workbench.session import WorkSession
from smart_territoires_plugin.gui.workbench.study_page import StudyPage
from smart_territoires_plugin.gui.workbench.targets_page import TargetsPage
from smart_territoires_plugin.gui.workbench.themes_dialog import ThemesDialog
from smart_territoires_plugin.gui.workbench.weights_page import WeightsPage

PATIENCE_MS = 20_000
ROOT = Path(__file__).resolve().parents[2]
PYTHON = os.environ.get("ST_ENGINE_PYTHON") or str(ROOT / ".venv" / "bin" / "python")


@pytest.fixture(scope="module")
def folder(tmp_path_factory, request):
    """Results of the fictitious region, made once by the real engine."""
    home = tmp_path_factory.mktemp("region")
    command = [PYTHON, "-m", "smart_territoires_plugin.core"]
    for arguments in (["demo", str(home)], ["run", str(home / "study.yaml"), "--out", str(home / "results")]):
        subprocess.run([*command, *arguments, "--lang", "fr"], cwd=ROOT, check=True, capture_output=True)
    return home / "results"


@pytest.fixture(scope="module")
def table(folder):
    return read_run(folder)


@pytest.fixture
def session(table, qgis_app):
    session = WorkSession()
    session.open(table)
    yield session
    session.open(None)


def settle(session, qtbot):
    """Wait for the scores that the last move asked for."""
    qtbot.waitUntil(lambda: not session._timer.isActive(), timeout=PATIENCE_MS)


def factor(table):
    """The column of a success factor."""
    return int(np.flatnonzero(table.rescoring.state["roles"] == "success_factor")[0])


# The run in memory


def test_the_table_is_what_the_layer_holds(table, folder):
    source = ogr.Open(str(folder / "results.gpkg"))
    layer = source.GetLayerByName("territories")
    assert layer.GetFeatureCount() == len(table)
    for row, feature in enumerate(layer):
        assert feature["code"] == table.text("code", row)
        assert (feature["segment"] or "") == table.text("segment", row)
        for column in ("population", "readiness", "target_rank", "expected_activity"):
            value = feature[column]
            shown = table.number(column, row)
            assert np.isnan(shown) if value is None else shown == pytest.approx(value)


def test_the_saved_weights_give_the_run(table):
    np.testing.assert_array_equal(table.saved.segment, table.columns["segment"])
    np.testing.assert_array_equal(table.saved.target_rank, table.columns["target_rank"])


def test_a_folder_without_results_is_told(tmp_path):
    with pytest.raises(ResultsError):
        read_run(tmp_path)


# Weights under the hand


def test_moves_of_one_slider_are_one_step_back(session, qtbot):
    column = factor(session.table)
    before = session.choices.weights[column]
    heard = []
    session.rescored.connect(lambda: heard.append(1))
    for value in (1.5, 2.5, 4.0):
        session.set_weight(column, value)
    settle(session, qtbot)
    assert len(heard) == 1, "moves that come together are scored once"
    assert session.choices.weights[column] == 4.0 and session.is_changed
    assert session.undo_stack.count() == 1
    session.undo_stack.undo()
    assert session.choices.weights[column] == before and not session.is_changed
    session.undo_stack.redo()
    assert session.choices.weights[column] == 4.0


def test_the_live_scores_are_those_of_these_weights(session, qtbot):
    column = factor(session.table)
    session.set_weight(column, 7.0)
    settle(session, qtbot)
    weights = session.saved_choices.weights
    weights[column] = 7.0
    slow = session.table.rescoring.rescore(weights)
    np.testing.assert_array_equal(session.live.segment, slow.segment)
    np.testing.assert_allclose(session.live.columns["readiness"], slow.columns["readiness"])
    assert (session.live.segment != session.table.saved.segment).any()


def test_a_method_that_cannot_serve_is_told_and_the_scores_stay(session, qtbot):
    page = WeightsPage(session, "en")
    before = session.live
    from dataclasses import replace

    session.set_choices(replace(session.choices, aggregation=Method("geometric_mean"), normalisation=Method("z_score")))
    settle(session, qtbot)
    assert session.live is before
    assert page.said.text() != "As in the run." and "\n" not in page.said.text().strip()


def test_sliders_numbers_and_shares_go_together(session, qtbot):
    page = WeightsPage(session, "fr")
    column = factor(session.table)
    slider = page.tree.slider(("weight", column))
    assert slider.value() == round(100 * session.choices.weights[column] / page.tree._ceiling)
    slider.setFocus()
    slider.triggerAction(slider.SliderAction.SliderToMaximum)
    settle(session, qtbot)
    assert session.choices.weights[column] == pytest.approx(page.tree._ceiling)
    weights = session.choices.weights
    members = np.flatnonzero(session.table.rescoring.state["roles"] == "success_factor")
    share = weights[column] / weights[members].sum()
    shown = page.tree._items[("weight", column)].text(3).rstrip(" %").replace(",", ".")
    assert float(shown) == pytest.approx(100 * share, abs=0.051)
    assert page.state == STALE
    page.reset.click()
    assert page.state == READY


def test_a_shared_whole_keeps_its_sum_and_what_is_locked(session, qtbot):
    page = WeightsPage(session, "en")
    page.keep_sum.setChecked(True)
    members = np.flatnonzero(session.table.rescoring.state["roles"] == "success_factor")
    moved, locked = int(members[0]), int(members[1])
    page.tree._items[("weight", locked)].setCheckState(0, Qt.CheckState.Checked)
    before = session.choices.weights.copy()
    page.tree.slider(("weight", moved)).setValue(40)
    after = session.choices.weights
    assert after[members].sum() == pytest.approx(before[members].sum())
    assert after[locked] == before[locked]
    assert after[moved] == pytest.approx(page.tree._ceiling * 0.4)


def test_comparisons_become_weights(session, qtbot):
    dialog = PairwiseDialog(["a", "b", "c"], "en")
    dialog.answer(0, 1, 3)
    dialog.answer(0, 2, 9)
    dialog.answer(1, 2, 3)
    with qtbot.waitSignal(dialog.weights_chosen) as told:
        dialog._accept()
    np.testing.assert_allclose(told.args[0], np.array([9, 3, 1]) / 13, rtol=1e-6)


def test_contradicting_comparisons_are_told(qgis_app):
    dialog = PairwiseDialog(["a", "b", "c"], "en")
    dialog.answer(0, 1, 9)
    dialog.answer(1, 2, 9)
    dialog.answer(0, 2, 1 / 9)
    assert "contradict" in dialog.said.text()
    dialog.reject()


def test_what_really_counts_is_shown_and_follows_the_hand(session, qtbot):
    """Shares of squared correlations with the readiness, held against numpy's own; bold where weights mislead."""
    page = WeightsPage(session, "en")
    state = session.table.rescoring.state
    members = np.flatnonzero((state["roles"] == "success_factor") & state["usable"])

    def wanted():
        readiness = session.live.columns["readiness"]
        found = []
        for column in members:
            values = session.table.rescoring.normalised()[:, column]
            known = ~np.isnan(values) & ~np.isnan(readiness)
            found.append(np.corrcoef(values[known], readiness[known])[0, 1] ** 2)
        return 100 * np.array(found) / sum(found)

    def shown():
        return np.array([float(page.tree._items[("weight", c)].text(4).rstrip(" %")) for c in members.tolist()])

    first = wanted()
    np.testing.assert_allclose(shown(), first, atol=0.051)
    session.set_weight(int(members[0]), 9.0)
    settle(session, qtbot)
    np.testing.assert_allclose(shown(), wanted(), atol=0.051)
    assert abs(wanted() - first).max() > 1
    weights = session.choices.weights[members]
    ratio = wanted() / (100 * weights / weights.sum())
    bold = [page.tree._items[("weight", c)].font(4).bold() for c in members.tolist()]
    odd = ((ratio >= 2) | (ratio <= 0.5)).tolist()
    assert bold == odd and any(odd)


def test_who_comes_first_stands_beside_the_weights(session, qtbot):
    page = WeightsPage(session, "en")
    first, table = session.table.manifest["study"]["shortlist"], page.outcome.table

    def shown():
        return set(table.content.order.tolist())

    before = set(np.flatnonzero(session.live.target_rank <= first).tolist())
    assert shown() == before and [table.content.index(0, place).data() for place in (0, 1)] == ["1", "1"]
    session.set_weight(factor(session.table), 9.0)
    settle(session, qtbot)
    now = set(np.flatnonzero(session.live.target_rank <= first).tolist())
    assert now != before and shown() == now | before, "who left is there too"
    ranks = {int(row): table.content.index(line, 1).data() for line, row in enumerate(table.content.order)}
    for row, rank in ranks.items():
        saved = session.table.saved.target_rank[row]
        assert rank == ("" if np.isnan(saved) else str(int(saved)))
    table.selectRow(0)
    assert session.selection == {int(table.content.order[0])} == page.outcome.chart._selected
    session.open(None)
    assert table.content.rowCount() == 0


def test_a_theme_matrix_weighs_the_themes(session, qtbot):
    page = WeightsPage(session, "en")
    page.weigh_themes.click()
    dialog = page.findChild(ThemesDialog)
    count = len(session.choices.theme_weights)
    assert [dialog.ranking.item(row, 0).text() for row in range(count)] == ["1.00"] * count
    for consideration in range(3):
        dialog.set_mark(1, consideration, 10)
    # Each consideration gives 10 of 10 + 5 for each of the others.
    share = 10 / (10 + 5 * (count - 1))
    assert dialog.ranking.item(1, 0).text() == f"{share * count:.2f}"
    assert dialog.ranking.item(1, 1).text() == "1" and dialog.ranking.item(1, 2).text().startswith("100")
    dialog._accept()
    weights = session.choices.theme_weights
    assert weights[1] == pytest.approx(share * count) and weights.sum() == pytest.approx(count)
    session.undo_stack.undo()
    assert not session.is_changed


def test_a_theme_matrix_marks_what_cannot_be_weighed(qgis_app):
    dialog = ThemesDialog(["a", "b"], "fr")
    accept = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert accept.isEnabled()
    dialog.grid.item(2, 0).setText("beaucoup")
    assert not accept.isEnabled() and dialog.grid.item(2, 0).background().style() != Qt.BrushStyle.NoBrush
    dialog.grid.item(2, 0).setText("2,5")
    assert accept.isEnabled() and dialog.matrix().shares[0, 0] == pytest.approx(2.5 / 7.5)
    for row in (2, 3):
        dialog.grid.item(row, 1).setText("0")
    assert not accept.isEnabled(), "a consideration without a mark says nothing"
    dialog.reject()


def test_weights_are_kept_in_the_study_and_nothing_else_changes(session, folder, tmp_path, monkeypatch, qtbot):
    monkeypatch.setenv("ST_ENGINE_PYTHON", PYTHON)
    study = Path(shutil.copytree(folder.parent, tmp_path / "study", ignore=shutil.ignore_patterns("results")))
    study /= "study.yaml"
    before = study.read_text(encoding="utf-8")
    page = WeightsPage(session, "en", lambda: study)
    assert not page.keep.isEnabled()
    column = factor(session.table)
    name = str(session.table.rescoring.state["indicators"][column])
    session.set_weight(column, 2.25)
    settle(session, qtbot)
    with qtbot.waitSignal(page.study_written, timeout=PATIENCE_MS):
        page.keep.click()
    after = read_study(study)
    assert next(one for one in after.indicators if one.id == name).weight == 2.25
    changed = [
        pair for pair in zip(before.splitlines(), study.read_text(encoding="utf-8").splitlines()) if len(set(pair)) > 1
    ]
    assert len(changed) == 1 and "study.yaml" in page.said.text()
    with qtbot.waitSignal(page.run_asked) as told:
        page.run_again.click()
    assert told.args == [study, session.table.folder]
    page.close_page()


def test_weights_of_another_study_are_not_kept(session, study_file, qtbot):
    page = WeightsPage(session, "en", lambda: study_file)
    session.set_weight(factor(session.table), 2.25)
    settle(session, qtbot)
    before = study_file.read_bytes()
    page.keep.click()
    assert "Open the study" in page.said.text() and study_file.read_bytes() == before


# The targets


@pytest.fixture
def targets(session):
    page = TargetsPage(session, "fr")
    page.resize(700, 900)
    return page


def test_the_table_shows_every_territory_and_sorts_by_rank(targets, session):
    order = targets.table.content.order
    assert sorted(order) == list(range(len(session.table)))
    ranks = session.live.target_rank[order]
    known = ranks[~np.isnan(ranks)]
    assert known[0] == 1 and (np.diff(known) > 0).all() and np.isnan(ranks[len(known) :]).all()


def test_chips_count_and_filter_table_and_chart(targets, session):
    chip = targets.chips._chips["engage"]
    count = int((session.live.segment == "engage").sum())
    assert chip.text().endswith(str(count))
    chip.click()
    assert targets.table.content.rowCount() == count
    assert targets.chart._shown.sum() == count
    chip.click()
    assert targets.table.content.rowCount() == len(session.table)


def test_search_finds_names_and_codes(targets, session):
    code = str(session.table.codes[7])
    targets.search.setText(code)
    rows = targets.table.content.order.tolist()
    assert 7 in rows and len(rows) < 5
    targets.search.setText("zzzz")
    assert targets.table.content.rowCount() == 0


def test_chart_and_table_share_one_selection(targets, session):
    rows = frozenset(np.flatnonzero(session.live.segment == "engage")[:3].tolist())
    targets.chart.brushed.emit(rows)
    assert session.selection == rows == targets.table.selected_rows()
    view = targets.table
    view.selectRow(0)
    chosen = int(view.content.order[0])
    assert session.selection == frozenset((chosen,)) == targets.chart._selected
    assert str(session.table.columns["name"][chosen]) in targets.card.page.toPlainText()


def test_what_is_missing_comes_last_in_either_order(targets, session):
    content = targets.table.content
    place = next(at for at, column in enumerate(content.columns) if column.name == "target_rank")
    for way, sign in ((Qt.SortOrder.AscendingOrder, 1), (Qt.SortOrder.DescendingOrder, -1)):
        targets.table.sortByColumn(place, way)
        ranks = session.live.target_rank[content.order]
        known = ranks[~np.isnan(ranks)]
        assert len(known) and (sign * np.diff(known) > 0).all() and np.isnan(ranks[len(known) :]).all()


def test_the_selection_stays_while_lines_move_and_go(targets, session, qtbot):
    """Weights under the hand, another order, a filter: what was selected is, and is shown as soon as it can be."""
    rows = frozenset(np.flatnonzero(session.live.segment == "engage")[:3].tolist())
    session.select(rows)
    session.set_weight(factor(session.table), 9.0)
    settle(session, qtbot)
    targets.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)

    def marked():
        found = targets.table.selectionModel().selectedRows()
        return {int(targets.table.content.order[index.row()]) for index in found}

    assert session.selection == rows == marked()
    targets.search.setText("zzzz")
    assert session.selection == rows and not marked()
    targets.search.setText("")
    assert session.selection == rows == marked()


def test_the_card_says_the_reasons_and_what_the_hand_changes(targets, session, qtbot):
    row = int(np.flatnonzero(session.live.target_rank == 1)[0])
    session.select(frozenset((row,)))
    said = " ".join(targets.card.page.toPlainText().split())
    for reason in session.table.text("reasons_fr", row).split("\n"):
        # A text that is copied from Qt has other spaces.
        assert " ".join(reason.split()) in said
    session.set_weight(factor(session.table), 9.0)
    settle(session, qtbot)
    readiness = f"{session.live.columns['readiness'][row]:.1f}"
    assert readiness in targets.card.page.toPlainText().replace(",", ".")
    peer = session.table.rows.get(session.table.text("peer_code", row))
    if peer is not None:
        targets.card.peer.click()
        assert session.selection == frozenset((peer,))


def test_export_and_copy_hold_what_is_shown(targets, session, tmp_path):
    targets.search.setText("")
    path = tmp_path / "table.csv"
    targets.write(path)
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    assert len(rows) == len(session.table) + 1
    assert rows[1][0] == "1"
    targets.table.selectRow(0)
    assert targets.table.copied().splitlines()[1].split("\t") == rows[1]


def test_texts_that_a_spreadsheet_would_run_are_disarmed(targets, session, tmp_path):
    from smart_territoires_plugin.gui.workbench.territory_model import Column

    bad = Column("name", "name", np.array(["=1+1"] * len(session.table), dtype=object))
    assert targets._cell(bad, 0) == "'=1+1"
    assert targets._cell(Column("gap", "gap", np.array([-3.0])), 0).startswith(("-", "\u2212"))


# The chart


@pytest.fixture
def chart(qgis_app):
    generator = np.random.default_rng(1)
    size = 200
    values = generator.uniform(0, 100, (2, size))
    values[0, :5] = np.nan
    names = np.array([f"t{i}" for i in range(size)], dtype=object)
    segment = np.array(["engage"] * size, dtype=object)
    chart = QuadrantChart("fr")
    chart.resize(500, 400)
    chart.set_points(Points(*values, np.full(size, 10.0), segment, names, 50.0, 50.0, "x", "y"))
    chart.show()
    return chart


def test_a_rectangle_selects_what_it_holds(chart):
    a, b = chart._place(20, 80), chart._place(60, 30)
    found = chart.rows_in(QRectF(a, b))
    points = chart._points
    slow = {i for i in range(200) if 20 <= points.x[i] <= 60 and 30 <= points.y[i] <= 80}
    assert found == slow


def test_the_mouse_draws_the_rectangle_and_a_click_takes_one(chart, qtbot):
    told = []
    chart.brushed.connect(told.append)
    a, b = chart._place(10, 90).toPoint(), chart._place(90, 10).toPoint()
    QTest.mousePress(chart, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, a)
    QTest.mouseMove(chart, b)
    QTest.mouseRelease(chart, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, b)
    assert len(told[0]) > 100
    place = chart.place_of(17).toPoint()
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    (row,) = told[1]
    assert np.hypot(*(np.array([chart.place_of(row).x(), chart.place_of(row).y()]) - [place.x(), place.y()])) < 15
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(1, 1))
    assert told[2] == frozenset()


def test_what_has_no_value_is_never_under_the_pointer(chart):
    assert all(row >= 5 for row in chart.rows_in(QRectF(QPointF(0, 0), QPointF(500, 400))))


# The map


def test_the_preview_holds_the_scores_of_the_moment(session, folder, qtbot):
    preview = PreviewLayer(folder, session.table.codes)
    *_, done = preview.build(session.live, "fr")
    assert done == len(session.table)
    assert preview.show(session.live) == 0, "it was made with these"
    before = session.live
    session.set_weight(factor(session.table), 8.0)
    settle(session, qtbot)
    changed = int((session.live.segment != before.segment).sum())
    assert preview.show(session.live) == changed > 0, "the map draws segments"
    layer, rows = preview.layer, session.table.rows
    assert {f["code"]: f["segment"] for f in layer.getFeatures()} == dict(zip(rows, session.live.segment))
    assert sum(preview.write_rest()) > 0
    for feature in layer.getFeatures():
        row = rows[feature["code"]]
        for name, now in (("readiness", session.live.columns["readiness"]), ("priority", session.live.priority),
                          ("target_rank", session.live.target_rank)):  # fmt: skip
            if np.isnan(now[row]):
                assert not feature[name], name
            else:
                assert feature[name] == pytest.approx(now[row], abs=0.0051), name
    assert preview.show(session.live) == 0 and sum(preview.write_rest()) == 0, "only what changed is written"
    preview.remove()
    assert preview.layer is None


def test_a_preview_that_a_person_removes_stays_away(session, folder):
    preview = PreviewLayer(folder, session.table.codes)
    list(preview.build(session.live, "fr"))
    QgsProject.instance().removeMapLayer(preview.layer.id())
    assert preview.layer is None
    assert preview.show(session.live) == 0
    assert not temporary_layers(), "its targets go with it"
    preview.remove()


def temporary_layers():
    return [one for one in QgsProject.instance().mapLayers().values() if one.dataProvider().name() == "memory"]


def targets_node():
    (node,) = [
        node
        for node in QgsProject.instance().layerTreeRoot().findLayers()
        if node.layer().source().endswith("layername=targets")
    ]
    return node


def ranks_on_map():
    (points,) = [one for one in temporary_layers() if one.geometryType() == Qgis.GeometryType.Point]
    return {feature["code"]: feature["target_rank"] for feature in points.getFeatures()}, points


def test_the_first_targets_of_the_moment_take_the_place_of_those_of_the_run(session, folder, qgis_new_project, qtbot):
    load_results(folder, "fr", QgsProject.instance())
    preview = PreviewLayer(folder, session.table.codes)
    list(preview.build(session.live, "fr"))
    assert not targets_node().itemVisibilityChecked()
    session.set_weight(factor(session.table), 8.0)
    settle(session, qtbot)
    preview.show(session.live)
    found, points = ranks_on_map()
    ranks = session.live.target_rank
    first = {str(session.table.codes[row]): int(ranks[row]) for row in np.flatnonzero(ranks <= 50)}
    assert found == first and len(found) > 2
    assert points.labelsEnabled()
    areas = {feature["code"]: feature.geometry() for feature in preview.layer.getFeatures()}
    for feature in points.getFeatures():
        assert areas[feature["code"]].contains(feature.geometry())
    preview.remove()
    assert targets_node().itemVisibilityChecked() and not temporary_layers()


def test_targets_that_a_person_had_hidden_stay_hidden(session, folder, qgis_new_project):
    load_results(folder, "fr", QgsProject.instance())
    targets_node().setItemVisibilityChecked(False)
    preview = PreviewLayer(folder, session.table.codes)
    list(preview.build(session.live, "fr"))
    root = QgsProject.instance().layerTreeRoot()
    assert not root.findLayer(ranks_on_map()[1]).itemVisibilityChecked()
    preview.remove()
    assert not targets_node().itemVisibilityChecked()


def test_a_project_saved_under_the_hand_opens_with_the_run(session, folder, qgis_new_project, tmp_path):
    project = QgsProject.instance()
    load_results(folder, "fr", project)
    preview = PreviewLayer(folder, session.table.codes)
    list(preview.build(session.live, "fr"))
    assert project.write(str(tmp_path / "saved.qgz"))
    preview.remove()
    memory = ProjectMemory(Remembered)
    try:
        assert project.read(str(tmp_path / "saved.qgz"))
        assert not temporary_layers()
        assert targets_node().itemVisibilityChecked()
    finally:
        memory.close()


# The whole


class Interface:
    """What the controller needs beside the windows of the other tests."""

    def __init__(self, windows):
        self._windows = windows
        self.docks = []

    def __getattr__(self, name):
        return getattr(self._windows, name)

    def addDockWidget(self, area, dock):
        self._windows.window.addDockWidget(area, dock)
        self.docks.append(dock)

    def removeDockWidget(self, dock):
        self._windows.window.removeDockWidget(dock)
        self.docks.remove(dock)


@pytest.fixture
def controller(window_interface, qgis_new_project):
    interface = Interface(window_interface)
    settings = open_settings()
    settings.last_study.setValue("")
    controller = WorkbenchController(interface, settings, Runs(interface, settings))
    yield controller
    controller.close()
    forget_all()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_no_dock_is_made_before_it_is_asked_for(controller):
    assert controller.dock is None
    dock = controller.show()
    assert dock.objectName() == OBJECT_NAME
    assert [page.state for page in dock.pages] == [EMPTY] * 4
    assert controller.show() is dock


def open_with_results(controller, folder, qtbot):
    load_results(folder, "fr", QgsProject.instance())
    dock = controller.show()
    qtbot.waitUntil(lambda: controller.session.table is not None, timeout=PATIENCE_MS)
    return dock


def test_what_is_on_the_map_is_opened(controller, folder, qtbot):
    dock = open_with_results(controller, folder, qtbot)
    assert [page.state for page in dock.pages[1:]] == [READY] * 3


def test_map_and_workbench_share_one_selection(controller, folder, qtbot):
    open_with_results(controller, folder, qtbot)
    layer = next(one for one in controller._watched.values())
    rows = controller.session.table.rows
    feature = next(layer.getFeatures())
    layer.selectByIds([feature.id()])
    assert controller.session.selection == frozenset((rows[feature["code"]],))
    other = (rows[feature["code"]] + 3) % len(rows)
    controller.session.select(frozenset((other,)))
    for watched in controller._watched.values():
        (chosen,) = watched.selectedFeatures()
        assert rows[chosen["code"]] == other


def test_the_map_follows_the_hand_and_goes_back(controller, folder, qtbot):
    open_with_results(controller, folder, qtbot)
    session = controller.session
    session.set_weight(factor(session.table), 9.0)
    qtbot.waitUntil(lambda: controller._preview.is_built, timeout=PATIENCE_MS)
    layer = controller._preview.preview.layer
    shown = {feature["code"]: feature["segment"] for feature in layer.getFeatures()}
    live = dict(zip(session.table.codes, session.live.segment))
    assert shown == live
    session.reset()
    qtbot.waitUntil(lambda: controller._preview.preview is None, timeout=PATIENCE_MS)
    assert not [one for one in QgsProject.instance().mapLayers().values() if one.dataProvider().name() == "memory"]


def test_layers_that_go_under_the_dock_leave_it_working(controller, folder, qtbot):
    open_with_results(controller, folder, qtbot)
    QgsProject.instance().removeAllMapLayers()
    assert controller._watched == {}
    controller.session.select(frozenset((1,)))
    controller.zoom_to(frozenset((1,)))
    assert controller.session.table is not None


def test_closing_takes_dock_preview_and_connections_away(controller, folder, qtbot, window_interface):
    open_with_results(controller, folder, qtbot)
    controller.session.set_weight(factor(controller.session.table), 9.0)
    qtbot.waitUntil(lambda: controller._preview.is_built, timeout=PATIENCE_MS)
    controller.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert controller.dock is None
    assert not window_interface.window.findChildren(object, OBJECT_NAME)
    assert not [one for one in QgsProject.instance().mapLayers().values() if one.dataProvider().name() == "memory"]


# The study


def test_a_study_is_opened_with_its_sources_and_their_state(qgis_app, study_file):
    session = WorkSession()
    page = StudyPage(session, open_settings(), "en")
    assert page.state == EMPTY and not page.run_button.isEnabled()
    page.open_study(study_file)
    assert page.state == STALE and page.run_button.isEnabled()
    texts = [[page.sources.item(row, column).text() for column in (0, 2)] for row in range(page.sources.rowCount())]
    assert texts == [["communes", "not found"], ["table", "not found"]]


def test_a_study_that_is_wrong_says_where(qgis_app, tmp_path):
    path = tmp_path / "study.yaml"
    path.write_text("version: 1\nname: [", encoding="utf-8")
    page = StudyPage(WorkSession(), open_settings(), "en")
    page.open_study(path)
    assert page.state == PROBLEM
    assert page.said.text().startswith("study.yaml:")


def test_a_check_shows_every_problem(qgis_app, study_file, fake_engine, monkeypatch, qtbot):
    body = (
        "print(json.dumps([{'severity': 'error', 'where': 'a', 'what': 'b.', 'fix': 'c.'},"
        " {'severity': 'warning', 'where': 'd', 'what': 'e.', 'fix': 'f.'}]))\nsys.exit(2)"
    )
    monkeypatch.setenv("ST_ENGINE_PYTHON", str(fake_engine(body).path))
    page = StudyPage(WorkSession(), open_settings(), "en")
    page.open_study(study_file)
    page.check_button.click()
    qtbot.waitUntil(lambda: page.problems.rowCount() == 2, timeout=PATIENCE_MS)
    assert page.state == PROBLEM
    page.close_page()
