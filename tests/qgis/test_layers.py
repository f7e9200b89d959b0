"""Layers in: what goes by its path, what is written first, and that nothing is lost on the way."""

from __future__ import annotations

import csv

import pytest
from qgis.core import (
    NULL,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsGeometry,
    QgsVectorLayer,
    QgsVectorLayerJoinInfo,
)

from smart_territoires_plugin.bridge.layers import LayerFile, layer_file, plain_file, write_values
from smart_territoires_plugin.core.errors import Cancelled


def memory_layer(values, geometry="Polygon"):
    layer = QgsVectorLayer(
        f"{geometry}?crs=EPSG:2154&field=code:string&field=fid:integer&field=value:double", "memory", "memory"
    )
    features = []
    for code, fid, value in values:
        feature = QgsFeature(layer.fields())
        feature.setAttributes([code, fid, value])
        feature.setGeometry(QgsGeometry.fromWkt("POLYGON((0 0,1 0,1 1,0 1,0 0))"))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


@pytest.fixture
def file_layer(write_results, tmp_path):
    path = write_results(tmp_path / "results") / "results.gpkg"
    return QgsVectorLayer(f"{path}|layername=territories", "territories", "ogr")


def test_a_plain_file_goes_by_path_layer_and_filter(file_layer, tmp_path):
    path = tmp_path / "results" / "results.gpkg"
    assert plain_file(file_layer) == LayerFile(path, "territories", None)
    file_layer.setSubsetString("\"name\" = 'L''Haÿ-fictif'")
    assert plain_file(file_layer) == LayerFile(path, "territories", "\"name\" = 'L''Haÿ-fictif'")
    assert plain_file(file_layer).text.startswith(f"{path}|layername=territories|subset=")


def test_unsaved_edits_joins_and_expressions_are_more_than_the_file(file_layer):
    from qgis.core import QgsField
    from qgis.PyQt.QtCore import QMetaType

    index = file_layer.addExpressionField("1 + 1", QgsField("two", QMetaType.Type.Int))
    assert plain_file(file_layer) is None
    file_layer.removeExpressionField(index)
    assert plain_file(file_layer) is not None
    file_layer.startEditing()
    file_layer.deleteFeature(1)
    assert plain_file(file_layer) is None
    file_layer.rollBack()
    joined_layer = memory_layer([("75001", 1, 2.0)])
    join = QgsVectorLayerJoinInfo()
    join.setJoinLayer(joined_layer)
    join.setJoinFieldName("code")
    join.setTargetFieldName("code")
    file_layer.addJoin(join)
    assert plain_file(file_layer) is None


def test_any_other_layer_is_written_whole(tmp_path):
    # A column called fid with a value twice: GeoPackage would take it for its key.
    layer = memory_layer([("01001", 1, 0.1), ("01002", 1, None), ("2A004", 2, 1 / 3)])
    written = layer_file(layer, tmp_path, QgsCoordinateTransformContext())
    assert written.path.parent == tmp_path
    copy = QgsVectorLayer(f"{written.path}|layername={written.layer}", "copy", "ogr")
    assert copy.crs() == layer.crs()
    found = [(f["code"], f["fid"], f["value"]) for f in copy.getFeatures()]
    assert found == [("01001", 1, 0.1), ("01002", 1, NULL), ("2A004", 2, 1 / 3)]


def test_values_keep_their_digits_zeros_and_gaps(tmp_path):
    layer = memory_layer([("01001", 1, 0.1), ("2A004", 2, 1 / 3), ("x", 3, None)])
    path = write_values(layer, "code", ["value"], tmp_path / "values.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0] == ["code", "value"]
    assert [row[0] for row in rows[1:]] == ["01001", "2A004", "x"]
    assert [float(row[1]) for row in rows[1:3]] == [0.1, 1 / 3]
    assert rows[3][1] == ""


def test_cancel_is_heard_at_each_feature(tmp_path):
    layer = memory_layer([("a", 1, 1.0)])
    with pytest.raises(Cancelled):
        layer_file(layer, tmp_path, QgsCoordinateTransformContext(), lambda: True)
    with pytest.raises(Cancelled):
        write_values(layer, "code", ["value"], tmp_path / "values.csv", lambda: True)
