"""*Open in Smart Territoires* on identified features: offered on our layers only, opens the cards."""

from __future__ import annotations

import pytest
from qgis.core import Qgis, QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.gui import QgsGui, QgsMapLayerActionContext

from smart_territoires_plugin.bridge.results import load_results
from smart_territoires_plugin.gui.identify import OpenCardAction

ONE, MANY = Qgis.MapLayerActionTarget.SingleFeature, Qgis.MapLayerActionTarget.MultipleFeatures


@pytest.fixture
def opened():
    return []


@pytest.fixture
def action(qgis_new_project, opened):
    action = OpenCardAction(lambda codes, folder: opened.append((codes, folder)))
    registry = QgsGui.mapLayerActionRegistry()
    registry.addMapLayerAction(action)
    yield action
    registry.removeMapLayerAction(action)
    QgsProject.instance().clear()


def offered(layer, target=ONE):
    registry = QgsGui.mapLayerActionRegistry()
    return [one.objectName() for one in registry.mapLayerActions(layer, target, QgsMapLayerActionContext())]


def test_it_is_offered_on_layers_of_territories_alone(action, write_results, tmp_path):
    layers = load_results(write_results(tmp_path / "results"), "en", QgsProject.instance())
    for layer in layers:
        expected = ["smart_territoires_open_card"] if layer.fields().indexOf("code") >= 0 else []
        assert offered(layer) == offered(layer, MANY) == expected, layer.name()
    assert offered(QgsVectorLayer("Point?field=code:string", "own", "memory")) == []
    assert offered(QgsRasterLayer("nowhere.tif", "raster")) == []


def test_one_feature_opens_its_card(action, opened, write_results, tmp_path):
    folder = write_results(tmp_path / "results")
    layer = load_results(folder, "en", QgsProject.instance())[1]
    features = list(layer.getFeatures())
    action.triggerForFeature(layer, features[1], QgsMapLayerActionContext())
    assert opened == [([features[1]["code"]], folder)]


def test_several_features_are_opened_together(action, opened, write_results, tmp_path):
    folder = write_results(tmp_path / "results")
    layer = load_results(folder, "en", QgsProject.instance())[1]
    action.triggerForFeatures(layer, list(layer.getFeatures()), QgsMapLayerActionContext())
    assert opened == [(["75001", "75002", "02003"], folder)]


def test_it_goes_with_the_plugin(action, write_results, tmp_path):
    layer = load_results(write_results(tmp_path / "results"), "en", QgsProject.instance())[1]
    QgsGui.mapLayerActionRegistry().removeMapLayerAction(action)
    assert offered(layer) == []
