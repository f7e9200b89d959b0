"""The widgets that need no class of QGIS, under PyQt6: shown, painted, and moved by mouse and keys."""

from __future__ import annotations

import numpy as np
import pytest
from PyQt6.QtCore import PYQT_VERSION_STR, QPoint, Qt
from PyQt6.QtGui import QAction, QKeySequence, QShortcut, QUndoStack
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QToolButton

from smart_territoires_plugin.atlas.palette import SEGMENT_ORDER
from smart_territoires_plugin.bridge import qt
from smart_territoires_plugin.gui.workbench.pairwise_dialog import PairwiseDialog
from smart_territoires_plugin.gui.workbench.quadrant_chart import Points, QuadrantChart
from smart_territoires_plugin.gui.workbench.segment_chips import SegmentChips
from smart_territoires_plugin.gui.workbench.session import Choices, WorkSession
from smart_territoires_plugin.gui.workbench.territory_model import Column
from smart_territoires_plugin.gui.workbench.territory_table import TerritoryTable
from smart_territoires_plugin.gui.workbench.weight_tree import Weighed, WeightTree

LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
ENGAGE, SHOWCASE = SEGMENT_ORDER[0], SEGMENT_ORDER[2]


@pytest.fixture
def show(application):
    """Show a widget for as long as the test lasts."""
    shown = []

    def show(widget, width=600, height=500):
        widget.resize(width, height)
        widget.show()
        application.processEvents()
        shown.append(widget)
        return widget

    yield show
    for widget in shown:
        widget.close()


def colours(widget):
    image = widget.grab().toImage()
    return {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}


def test_it_is_qt_6():
    assert PYQT_VERSION_STR.startswith("6.")
    assert (qt.QAction, qt.QShortcut, qt.QUndoStack) == (QAction, QShortcut, QUndoStack)


def points():
    """Three made-up territories, far from one another."""
    return Points(
        x=np.array([20.0, 50.0, 80.0]),
        y=np.array([1.0, 5.0, 3.0]),
        size=np.array([100.0, 1000.0, 10000.0]),
        segment=np.array([ENGAGE, SHOWCASE, ENGAGE], dtype=object),
        names=np.array(["A", "B", "C"], dtype=object),
        x_limit=40.0,
        y_limit=2.0,
        x_label="x",
        y_label="y",
    )


def test_the_chart_is_painted_and_a_click_selects(show):
    chart = QuadrantChart("fr")
    chart.set_points(points())
    show(chart)
    assert len(colours(chart)) > 5
    heard = []
    chart.brushed.connect(heard.append)
    QTest.mouseClick(chart, LEFT, NO_KEY, chart.place_of(1).toPoint())
    assert heard == [frozenset({1})]


def test_a_frame_on_the_chart_selects_what_it_holds(show):
    chart = QuadrantChart("en")
    chart.set_points(points())
    show(chart)
    heard = []
    chart.brushed.connect(heard.append)
    QTest.mousePress(chart, LEFT, NO_KEY, QPoint(chart.rect().left() + 1, chart.rect().top() + 1))
    corner = QPoint(chart.rect().right() - 1, chart.rect().bottom() - 1)
    QTest.mouseMove(chart, corner)
    QTest.mouseRelease(chart, LEFT, NO_KEY, corner)
    assert heard == [frozenset({0, 1, 2})]


def test_a_double_click_on_the_chart_asks_for_the_card(show):
    chart = QuadrantChart("en")
    chart.set_points(points())
    show(chart)
    heard = []
    chart.activated.connect(heard.append)
    QTest.mouseDClick(chart, LEFT, NO_KEY, chart.place_of(2).toPoint())
    assert heard == [2]


@pytest.fixture
def table(show):
    table = TerritoryTable("fr")
    segments = np.array([ENGAGE, SHOWCASE, ENGAGE], dtype=object)
    columns = [
        Column("name", "Nom", np.array(["B", "A", "C"], dtype=object)),
        Column("readiness", "Potentiel", np.array([30.5, np.nan, 12.25])),
    ]
    table.content.set_columns(columns, segments)
    return show(table)


def test_the_table_shows_sorts_and_filters(table):
    assert table.model().rowCount() == 3 and len(colours(table)) > 2
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert [table.model().index(row, 0).data() for row in range(3)] == ["A", "B", "C"]
    table.content.set_passed(np.array([True, False, True]))
    assert [table.model().index(row, 0).data() for row in range(2)] == ["B", "C"]


def test_a_click_on_a_row_selects_and_copies(table, application):
    heard = []
    table.rows_selected.connect(heard.append)
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    QTest.mouseClick(table.viewport(), LEFT, NO_KEY, table.visualRect(table.model().index(1, 0)).center())
    assert heard[-1] == table.selected_rows() == frozenset({0})
    QTest.keySequence(table, QKeySequence(QKeySequence.StandardKey.Copy))
    assert application.clipboard().text().splitlines()[-1].startswith("B\t30,5")


def test_chips_count_and_filter(show):
    chips = SegmentChips("fr")
    chips.set_segments(np.array([ENGAGE, SHOWCASE, ENGAGE], dtype=object))
    show(chips)
    heard = []
    chips.chosen.connect(heard.append)
    chip = next(one for one in chips.findChildren(QToolButton) if "2" in one.text())
    QTest.mouseClick(chip, LEFT)
    assert heard == [frozenset({ENGAGE})]


def test_a_key_on_a_slider_moves_its_weight(show):
    tree = WeightTree("fr")
    tree.set_rows((Weighed(("theme", 0), "Thème", "", (Weighed(("weight", 0), "Indicateur"),)),), 5.0)
    tree.show_weights({("theme", 0): 1.0, ("weight", 0): 2.0}, {("weight", 0): 0.25})
    show(tree)
    heard = []
    tree.moved.connect(lambda *moved: heard.append(moved))
    slider = tree.slider(("weight", 0))
    assert slider.value() == 40
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert heard == [("weight", 0, pytest.approx(2.05))]
    tree.set_locks_shown(True)
    assert tree.locked() == frozenset()


def test_pairs_are_compared(show):
    dialog = PairwiseDialog(["a", "b", "c"], "fr")
    # The test closes it, not Qt.
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    show(dialog)
    dialog.answer(0, 1, 3.0)
    dialog.answer(1, 2, 3.0)
    dialog.answer(0, 2, 9.0)
    judged = dialog.judgement()
    # Answers that agree: 9 to 3 to 1, in closed form.
    assert judged.weights == pytest.approx(np.array([9, 3, 1]) / 13)
    assert judged.consistency_ratio == pytest.approx(0.0, abs=1e-9)
    heard = []
    dialog.weights_chosen.connect(heard.append)
    QTest.mouseClick(dialog.buttons.button(dialog.buttons.StandardButton.Ok), LEFT)
    assert heard[0] == pytest.approx(judged.weights)


class _Rescoring:
    """Scores that are the weights themselves."""

    state = {"element_weights": np.ones(3), "theme_weights": np.ones(2)}

    def rescore(self, weights, theme_weights, normalisation, aggregation):
        return Choices(weights, theme_weights)


class _Table:
    rescoring = _Rescoring()
    saved = "saved"


def test_the_session_undoes_a_whole_move(application):
    session = WorkSession()
    session.open(_Table())
    heard = []
    session.rescored.connect(lambda: heard.append(session.live))
    for value in (2.0, 3.0, 4.0):
        session.set_weight(1, value)
    QTest.qWait(100)
    assert len(heard) == 1 and heard[0].weights[1] == 4.0
    assert session.is_changed and session.undo_stack.count() == 1
    session.undo_stack.undo()
    assert not session.is_changed
    session.open(None)
