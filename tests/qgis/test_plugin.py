"""The plugin in QGIS: what it adds, and that nothing of it stays behind."""

from __future__ import annotations

import pytest
from qgis.core import QgsApplication, QgsExpression, QgsProject, QgsSettingsTree, QgsVectorLayer
from qgis.gui import QgsGui
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QTranslator
from qgis.PyQt.QtWidgets import QAction, QDockWidget, QMenu, QToolButton

import smart_territoires_plugin
from smart_territoires_plugin.bridge.results import FOLDER_PROPERTY, load_results
from smart_territoires_plugin.plugin import SmartTerritoiresPlugin


def swept():
    """Have Qt delete what was given to it for deletion."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


def results_layer():
    """Return a layer that says it is of results."""
    layer = QgsVectorLayer("Point?field=code:string", "results", "memory")
    layer.setCustomProperty(FOLDER_PROPERTY, "/nowhere")
    return layer


def state(interface):
    """Count all that a plugin may leave behind."""
    results = results_layer()
    window = interface.window
    return {
        "menus": dict(interface.menus),
        "factories": list(interface.factories),
        "toolbar": [action.objectName() for action in interface.toolbar.actions()],
        "actions": sorted(action.objectName() for action in window.findChildren(QAction)),
        "buttons": len(window.findChildren(QToolButton, "smart_territoires_button")),
        "docks": [dock.objectName() for dock in window.findChildren(QDockWidget)],
        "popups": len(window.findChildren(QMenu)),
        "provider": QgsApplication.processingRegistry().providerById("smart_territoires") is not None,
        "settings": [node.key() for node in QgsSettingsTree.node("plugins").childrenNodes()],
        "translators": len(QCoreApplication.instance().findChildren(QTranslator)),
        "tasks": QgsApplication.taskManager().count(),
        "functions": sorted(f.name() for f in QgsExpression.Functions() if f.group() == "Smart Territoires"),
        "searches": [found.name() for found in interface.locator_filters],
        "layer actions": [
            action.objectName()
            for action in QgsGui.mapLayerActionRegistry().mapLayerActions(results)
            if action.objectName().startswith("smart_territoires")
        ],
        "listeners": {
            name: QgsProject.instance().receivers(getattr(QgsProject.instance(), name))
            for name in ("readProject", "writeProject", "cleared", "layersAdded", "layersRemoved")
        },
    }


@pytest.fixture
def plugin(window_interface):
    plugin = smart_territoires_plugin.classFactory(window_interface)
    plugin.initGui()
    yield plugin
    plugin.unload()
    swept()


@pytest.fixture
def no_task(qtbot):
    """Wait until what other tests left in the task manager is gone."""
    qtbot.waitUntil(lambda: QgsApplication.taskManager().count() == 0, timeout=20_000)


def test_the_class_factory_returns_the_plugin(window_interface):
    assert isinstance(smart_territoires_plugin.classFactory(window_interface), SmartTerritoiresPlugin)


def test_menu_and_button_have_the_actions(plugin, window_interface):
    labels = [action.text() for action in window_interface.menus["Smart Territoires"]]
    assert labels == [
        "Workbench",
        "Open the Fictitious Region",
        "Run a Study…",
        "Atlas…",
        "Show Priority in 3D",
        "Engine…",
        "Help",
    ]
    (button,) = window_interface.window.findChildren(QToolButton, "smart_territoires_button")
    assert button.menu().actions() == window_interface.menus["Smart Territoires"]
    assert not button.icon().isNull()
    assert [factory.title() for factory in window_interface.factories] == ["Smart Territoires"]


def test_five_loadings_leave_nothing_behind(window_interface, no_task):
    before = state(window_interface)
    for _ in range(5):
        plugin = smart_territoires_plugin.classFactory(window_interface)
        plugin.initGui()
        loaded = state(window_interface)
        assert loaded["provider"]
        assert all(loaded["listeners"][name] > count for name, count in before["listeners"].items())
        assert loaded["functions"] == ["st_reasons", "st_score", "st_segment"]
        assert loaded["searches"] == ["smart_territoires"]
        assert loaded["layer actions"] == ["smart_territoires_open_card"]
        plugin.unload()
        swept()
        assert state(window_interface) == before


def test_an_open_dialog_goes_with_the_plugin(window_interface, no_task):
    before = state(window_interface)
    plugin = smart_territoires_plugin.classFactory(window_interface)
    plugin.initGui()
    window_interface.menus["Smart Territoires"][2].trigger()
    assert [child.objectName() for child in window_interface.window.children() if child.isWidgetType()]
    plugin.unload()
    swept()
    assert state(window_interface) == before


def test_a_workbench_at_work_goes_with_the_plugin(window_interface, no_task, region_results, qgis_new_project, qtbot):
    before = state(window_interface)
    for _ in range(20):
        plugin = smart_territoires_plugin.classFactory(window_interface)
        plugin.initGui()
        load_results(region_results, "en", QgsProject.instance())
        window_interface.menus["Smart Territoires"][0].trigger()
        session = plugin._workbench.session
        qtbot.waitUntil(lambda session=session: session.table is not None, timeout=20_000)
        code = str(session.table.codes[0])
        assert QgsExpression(f"st_segment('{code}')").evaluate() == session.table.text("segment", 0)
        column = int((session.table.rescoring.state["roles"] == "success_factor").nonzero()[0][0])
        session.set_weight(column, 9.0)
        qtbot.waitUntil(lambda plugin=plugin: plugin._workbench._preview.is_built, timeout=20_000)
        count = len(QgsProject.instance().mapLayers())
        plugin.unload()
        swept()
        # What a person put on the map stays; the preview is ours.
        assert len(QgsProject.instance().mapLayers()) <= count - 1
        assert not [one for one in QgsProject.instance().mapLayers().values() if one.providerType() == "memory"]
        QgsProject.instance().clear()
        qtbot.waitUntil(lambda: QgsApplication.taskManager().count() == 0, timeout=20_000)
        assert state(window_interface) == before


def test_without_windows_only_the_provider_is_registered(qgis_app):
    plugin = smart_territoires_plugin.classFactory(None)
    plugin.initProcessing()
    assert QgsApplication.processingRegistry().providerById("smart_territoires") is not None
    plugin.unload()
    assert QgsApplication.processingRegistry().providerById("smart_territoires") is None


def test_the_options_page_keeps_what_is_filled_in(plugin, window_interface, qtbot):
    from smart_territoires_plugin.bridge.settings import open_settings

    setting = open_settings().engine_python
    before = setting.value()
    page = window_interface.factories[0].createWidget(None)
    qtbot.addWidget(page)
    page.python.setFilePath("/opt/engine/bin/python")
    page.apply()
    assert setting.value() == "/opt/engine/bin/python"
    setting.setValue(before)


def test_the_options_page_says_what_is_missing(plugin, window_interface, qtbot, fake_engine):
    page = window_interface.factories[0].createWidget(None)
    qtbot.addWidget(page)
    page.python.setFilePath(str(fake_engine("", lacks=("exactextract",)).path))
    page.check()
    qtbot.waitUntil(lambda: "exactextract" in page.verdict.text(), timeout=20_000)
    page.python.setFilePath(str(fake_engine("", name="good").path))
    page.check()
    qtbot.waitUntil(lambda: "can run the engine" in page.verdict.text(), timeout=20_000)
