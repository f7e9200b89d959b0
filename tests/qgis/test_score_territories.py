"""Score territories, against scores worked out by hand."""

from __future__ import annotations

import pytest
from qgis.core import (
    NULL,
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingUtils,
    QgsProject,
    QgsVectorLayer,
)

from smart_territoires_plugin.algorithms.score_territories import ScoreTerritories

COLUMNS = "field=code:string&field=flood_share:double&field=fibre:double&field=income:double&field=note:string"


@pytest.fixture
def score(study_file, qgis_new_project):
    def run(rows, columns=COLUMNS, **parameters):
        layer = QgsVectorLayer(f"Polygon?crs=EPSG:2154&{columns}", "indicators", "memory")
        for row in rows:
            feature = QgsFeature(layer.fields())
            feature.setAttributes(list(row))
            feature.setGeometry(QgsGeometry.fromWkt("POLYGON((0 0,1 0,1 1,0 1,0 0))"))
            layer.dataProvider().addFeatures([feature])
        QgsProject.instance().addMapLayer(layer)
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        given = {"INPUT": layer.id(), "CODE_FIELD": "code", "STUDY": str(study_file), "OUTPUT": "memory:", **parameters}
        results, worked = ScoreTerritories().create().run(given, context, QgsProcessingFeedback(), {}, False)
        assert worked
        output = QgsProcessingUtils.mapLayerFromString(results["OUTPUT"], context)
        # The context owns the layer: what is asked of it is taken out before it goes.
        return list(output.getFeatures()), (output.crs().authid(), output.fields().names())

    yield run
    QgsProject.instance().clear()


def test_scores_are_those_worked_out_by_hand(score):
    # min-max onto 0–100; readiness = data axis = (3 × fibre + 1 × income reversed) / 4.
    features, (crs, _) = score(
        [("01001", 0.0, 20.0, 30000.0, "a"), ("01002", 10.0, 60.0, 20000.0, "b"), ("2A004", 40.0, 100.0, 25000.0, "c")]
    )
    assert [f["code"] for f in features] == ["01001", "01002", "2A004"]
    assert [f["note"] for f in features] == ["a", "b", "c"]
    assert [f["score_flood"] for f in features] == pytest.approx([0, 25, 100])
    readiness = [(3 * 0 + 1 * 0) / 4, (3 * 50 + 1 * 100) / 4, (3 * 100 + 1 * 50) / 4]
    assert [f["readiness"] for f in features] == pytest.approx(readiness)
    assert [f["axis_data"] for f in features] == pytest.approx(readiness)
    assert [f["data_coverage"] for f in features] == [1, 1, 1]
    assert crs == "EPSG:2154"
    assert all(f.geometry().area() == 1 for f in features)


def test_a_missing_value_is_left_out_and_never_zero(score):
    features, _ = score([("a", 0.0, 20.0, NULL, ""), ("b", NULL, NULL, 20000.0, ""), ("c", 40.0, 100.0, 30000.0, "")])
    # a: income is missing, a quarter of the weight: fibre alone. b: three quarters are missing: no readiness.
    assert features[0]["readiness"] == pytest.approx(0)
    assert features[1]["readiness"] == NULL
    assert features[1]["score_flood"] == NULL
    assert features[2]["readiness"] == pytest.approx((3 * 100 + 1 * 0) / 4)
    assert features[0]["data_coverage"] == pytest.approx(1 - 1 / 5)
    assert features[1]["data_coverage"] == pytest.approx(1 / 5)


def test_scores_in_the_input_are_replaced(score):
    rows = [("a", 0.0, 1.0, 2.0, 77.0), ("b", 1.0, 2.0, 1.0, 77.0)]
    features, (_, names) = score(rows, COLUMNS.replace("note:string", "readiness:double"))
    assert names.count("readiness") == 1
    assert [f["readiness"] for f in features] == pytest.approx([0, 100])


def test_columns_that_are_missing_are_all_named(score):
    with pytest.raises(QgsProcessingException, match="fibre, income"):
        score([("a", 1.0)], "field=code:string&field=flood_share:double")


def test_a_code_for_two_territories_is_refused(score):
    with pytest.raises(QgsProcessingException, match="01001"):
        score([("01001", 0.0, 1.0, 1.0, ""), ("01001", 1.0, 2.0, 2.0, "")])


def test_text_that_is_no_number_is_refused_with_its_column(score):
    columns = COLUMNS.replace("fibre:double", "fibre:string")
    with pytest.raises(QgsProcessingException, match="fibre.*n/d"):
        score([("a", 0.0, "n/d", 1.0, ""), ("b", 1.0, "2", 2.0, "")], columns)


def test_a_wrong_study_is_refused_line_by_line(score, tmp_path):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("version: 1\nname: x\nsurprise: 1\n", encoding="utf-8")
    with pytest.raises(QgsProcessingException, match="wrong.yaml"):
        score([("a", 0.0, 1.0, 1.0, "")], STUDY=str(wrong))
