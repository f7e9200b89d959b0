"""The priority in three dimensions: heights from the priority, colours of the map, one line where there is no 3D."""

from __future__ import annotations

import sys

import pytest
from qgis.core import (
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsProject,
    QgsReadWriteContext,
)
from qgis.PyQt.QtXml import QDomDocument

from smart_territoires_plugin.atlas import palette
from smart_territoires_plugin.bridge.results import load_results
from smart_territoires_plugin.gui.priority_3d import (
    extrude_priority,
    height_expression,
    priority_layer,
    show_priority_in_3d,
)

qgis_3d = pytest.importorskip("qgis._3d")


@pytest.fixture
def project(qgis_new_project):
    project = QgsProject.instance()
    yield project
    project.clear()


@pytest.fixture
def priority(project, write_results, tmp_path):
    load_results(write_results(tmp_path / "results"), "en", project)
    return priority_layer(project)


class Window3D:
    """The windows of the other tests, and a 3D view that cannot be drawn without a screen card."""

    def __init__(self, windows, canvas=None):
        self._windows, self._canvas = windows, canvas
        self.opened = []

    def __getattr__(self, name):
        return getattr(self._windows, name)

    def mapCanvases3D(self):
        return self.opened

    def createNewMapCanvas3D(self, name):
        self.opened.append(name)
        return self._canvas


def said(interface):
    return [item.text() for item in interface.bar.items()]


def evaluated(expression, layer, priority):
    feature = QgsFeature(layer.fields())
    feature["priority"] = priority
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFeature(feature)
    parsed = QgsExpression(expression)
    found = parsed.evaluate(context)
    assert not parsed.hasEvalError()
    return found


def test_the_layer_is_that_of_the_priorities(priority):
    assert priority.name() == "Priority"


def test_heights_are_in_proportion_to_the_priority(priority):
    expression = height_expression(priority)
    heights = [evaluated(expression, priority, value) for value in (100, 50, 10, None)]
    assert heights[0] == pytest.approx(2 * heights[1]) == pytest.approx(10 * heights[2])
    # What is no target is a plate.
    assert 0 < heights[3] < heights[2]
    # Seen, and hiding little: between a twentieth and a fifth of the region.
    extent = max(priority.extent().width(), priority.extent().height())
    assert 0.05 < heights[0] / extent < 0.2


def test_the_renderer_reads_the_priority_and_has_the_colours_of_the_map(priority):
    assert extrude_priority(priority)
    renderer = priority.renderer3D()
    rules = renderer.rootRule().children()
    colours = [rule.symbol().materialSettings().diffuse().name() for rule in rules]
    assert colours[1:] == list(palette.PRIORITY_COLOURS) and colours[0] not in palette.PRIORITY_COLOURS
    for value in (None, 0.0, 19.99, 20.0, 55.0, 80.0, 100.0, 130.0, -4.0):
        met = [place for place, rule in enumerate(rules) if evaluated(rule.filterExpression(), priority, value)]
        expected = 0 if value is None else 1 + min(4, max(0, int(value // 20)))
        assert met == [expected], "each territory is drawn once, in its class"
    for rule in rules:
        heights = rule.symbol().dataDefinedProperties().property(rule.symbol().PropertyExtrusionHeight)
        assert heights.isActive() and heights.expressionString() == height_expression(priority)


def test_the_renderer_is_saved_with_the_project(priority, project, tmp_path):
    # The desktop does so when it starts.
    qgis_3d.Qgs3D.initialize()
    extrude_priority(priority)
    project.write(str(tmp_path / "project.qgs"))
    project.clear()
    project.read(str(tmp_path / "project.qgs"))
    layer = priority_layer(project)
    assert layer.renderer3D().type() == "rulebased"
    document = QDomDocument()
    element = document.createElement("renderer")
    layer.renderer3D().writeXml(element, QgsReadWriteContext())
    symbols = element.elementsByTagName("symbol")
    assert symbols.count() == 6


def test_a_view_is_opened_on_the_layer(priority, project, window_interface):
    interface = Window3D(window_interface)
    show_priority_in_3d(interface)
    assert len(interface.opened) == 1
    # The map, and with it the view, shows this reading of the territories and no other.
    shown = {node.layer().name(): node.isVisible() for node in project.layerTreeRoot().findLayers()}
    assert shown["Priority"] and shown["Targets"] and not shown["Segments"] and not shown["Readiness"]
    # This one could not be opened, and that is said.
    assert said(window_interface) == ["QGIS could not open a 3D view."]


def test_without_results_one_line_says_so(project, window_interface):
    interface = Window3D(window_interface)
    show_priority_in_3d(interface)
    assert interface.opened == []
    assert said(window_interface) == ["No results are on the map: run a study first."]


def test_without_3d_one_line_says_so(priority, window_interface, monkeypatch):
    monkeypatch.setitem(sys.modules, "qgis._3d", None)
    interface = Window3D(window_interface)
    show_priority_in_3d(interface)
    assert interface.opened == [] and priority.renderer3D() is None
    assert said(window_interface) == ["This QGIS was built without 3D views."]
