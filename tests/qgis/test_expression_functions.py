"""The functions of expressions: the values of the run at hand, NULL for what is not known, gone with the plugin."""

from __future__ import annotations

import csv
import os
import shutil
import threading
from dataclasses import replace

import pytest
from qgis.core import NULL, QgsExpression, QgsExpressionContext, QgsExpressionContextUtils, QgsProject, QgsVectorLayer

from smart_territoires_plugin.bridge import run_at_hand as run_at_hand_module
from smart_territoires_plugin.bridge.expression_functions import GROUP, register, unregister
from smart_territoires_plugin.bridge.results import load_results
from smart_territoires_plugin.bridge.run_at_hand import RunAtHand
from smart_territoires_plugin.bridge.run_table import read_run

NAMES = ["st_reasons", "st_score", "st_segment"]


@pytest.fixture
def at_hand(qgis_new_project, monkeypatch):
    monkeypatch.setattr(run_at_hand_module, "_LOOKED_AT_S", 0.0)
    at_hand = RunAtHand(lambda: "fr")
    functions = register(at_hand)
    yield at_hand
    unregister(functions)
    at_hand.close()
    QgsProject.instance().clear()


@pytest.fixture(scope="module")
def lines(region_results):
    """The rows of the results as another reader has them."""
    with (region_results / "territories.csv").open(encoding="utf-8", newline="") as stream:
        return {line["code"]: line for line in csv.DictReader(stream)}


def value(expression: str):
    parsed = QgsExpression(expression)
    assert not parsed.hasParserError(), parsed.parserErrorString()
    found = parsed.evaluate()
    assert not parsed.hasEvalError(), parsed.evalErrorString()
    return None if found == NULL else found


def test_the_functions_are_in_their_group_with_help(at_hand):
    found = {f.name(): f for f in QgsExpression.Functions() if f.group() == GROUP}
    assert sorted(found) == NAMES
    for name, function in found.items():
        assert f"{name}(code" in function.helpText()
        assert "<script" not in function.helpText()


def test_values_are_those_of_the_results_on_the_map(at_hand, region_results, lines):
    load_results(region_results, "fr", QgsProject.instance())
    for code, line in list(lines.items())[::37]:
        for what, column in (
            ("readiness", "readiness"),
            ("priority", "priority"),
            ("target_rank", "target_rank"),
            ("population", "population"),
            ("flood", "score_flood"),
            ("innovation", "axis_innovation"),
        ):
            expected = float(line[column]) if line[column] else None
            assert value(f"st_score('{code}', '{what}')") == (None if expected is None else pytest.approx(expected))
        assert value(f"st_score('{code}')") == value(f"st_score('{code}', 'readiness')")
        assert value(f"st_segment('{code}')") == line["segment"]
        assert value(f"st_reasons('{code}')") == line["reasons_fr"]
        assert value(f"st_reasons('{code}', 'en')") == line["reasons_en"]


def test_a_layer_can_be_asked_feature_by_feature(at_hand, region_results, lines):
    _, layer, *_ = (one for one in load_results(region_results, "fr", QgsProject.instance()) if one.isSpatial())
    layer = next(
        one for one in QgsProject.instance().mapLayers().values() if one.source().endswith("layername=territories")
    )
    expression = QgsExpression("st_score(\"code\", 'readiness')")
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    expression.prepare(context)
    for feature in layer.getFeatures():
        context.setFeature(feature)
        found = expression.evaluate(context)
        assert not expression.hasEvalError()
        held = feature["readiness"]
        assert (found == NULL or found is None) if held == NULL else found == pytest.approx(held)


@pytest.mark.parametrize(
    "expression",
    [
        "st_score('nowhere')",
        "st_score(NULL)",
        "st_score('{code}', NULL)",
        "st_score('{code}', 'no such thing')",
        "st_score('{code}', 'segment')",
        "st_score('{code}', '')",
        "st_score(make_date(2020,1,1), 3.5)",
        "st_score(array(1,2), map('a', 1))",
        "st_segment(NULL)",
        "st_segment('')",
        "st_segment(-1)",
        "st_reasons('{code}', 'de')",
        "st_reasons('{code}', NULL)",
        "st_reasons(NULL, 'fr')",
    ],
)
def test_what_is_not_known_is_null_and_never_an_error(at_hand, region_results, lines, expression):
    load_results(region_results, "fr", QgsProject.instance())
    assert value(expression.format(code=next(iter(lines)))) is None


def test_without_results_everything_is_null(at_hand):
    for expression in ("st_score('1')", "st_segment('1')", "st_reasons('1')"):
        assert value(expression) is None


def test_a_folder_that_cannot_be_read_is_null_and_tried_once(at_hand, write_results, tmp_path, monkeypatch):
    tried = []
    monkeypatch.setattr(run_at_hand_module, "read_run", lambda folder: tried.append(folder) or read_run(folder))
    load_results(write_results(tmp_path / "results"), "en", QgsProject.instance())
    for _ in range(3):
        assert value("st_segment('75001')") is None
    assert tried == [tmp_path / "results"]


def test_a_code_that_a_table_holds_as_a_number_is_found(at_hand, region_results, lines):
    load_results(region_results, "fr", QgsProject.instance())
    table = read_run(region_results)
    codes = table.columns["code"].copy()
    codes[0], codes[1] = "93066", "02003"
    at_hand.take(replace(table, columns={**table.columns, "code": codes}))
    assert value("st_segment(93066)") == value("st_segment('93066')") == table.text("segment", 0)
    assert value("st_segment(93066.0)") == table.text("segment", 0)
    # A leading zero that a number lost is not guessed.
    assert value("st_segment(2003)") is None


def test_the_run_of_the_workbench_goes_first(at_hand, region_results, lines):
    load_results(region_results, "fr", QgsProject.instance())
    code = next(iter(lines))
    table = read_run(region_results)
    changed = table.columns["readiness"].copy()
    changed[0] = 12.25
    at_hand.take(replace(table, columns={**table.columns, "readiness": changed}))
    assert value(f"st_score('{code}')") == 12.25
    at_hand.take(None)
    assert value(f"st_score('{code}')") == pytest.approx(float(lines[code]["readiness"]))


def test_a_new_run_in_the_same_folder_is_read_again(at_hand, region_results, lines, tmp_path):
    folder = tmp_path / "results"
    shutil.copytree(region_results, folder)
    load_results(folder, "fr", QgsProject.instance())
    code, line = next(iter(lines.items()))
    assert value(f"st_segment('{code}')") == line["segment"]
    path = folder / "territories.csv"
    written = path.read_text(encoding="utf-8").replace(f",{line['segment']},", ",support,")
    path.write_text(written, encoding="utf-8")
    os.utime(folder / "manifest.json", ns=(1, 1))
    assert value(f"st_segment('{code}')") == "support"


def test_the_topmost_results_are_those_at_hand(at_hand, region_results, lines, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(region_results, other)
    text = (other / "territories.csv").read_text(encoding="utf-8")
    code, line = next(iter(lines.items()))
    (other / "territories.csv").write_text(text.replace(f",{line['segment']},", ",support,"), encoding="utf-8")
    project = QgsProject.instance()
    load_results(region_results, "fr", project)
    load_results(other, "fr", project)
    assert value(f"st_segment('{code}')") == "support"
    root = project.layerTreeRoot()
    first, second = root.children()
    root.insertChildNode(0, second.clone())
    root.removeChildNode(second)
    assert value(f"st_segment('{code}')") == line["segment"]
    project.removeAllMapLayers()
    assert value(f"st_segment('{code}')") is None


def test_many_threads_get_the_same_values(at_hand, region_results, lines):
    load_results(region_results, "fr", QgsProject.instance())
    codes = list(lines)[:40]
    found = [[] for _ in range(4)]

    def ask(place: int) -> None:
        for code in codes:
            found[place].append(value(f"st_segment('{code}')"))

    threads = [threading.Thread(target=ask, args=(place,)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[lines[code]["segment"] for code in codes]] * 4


def test_a_constant_is_not_kept_from_one_run_to_the_next(at_hand, region_results, lines):
    """A prepared expression asks again: the plugin's answer is no constant of the expression."""
    code = next(iter(lines))
    expression = QgsExpression(f"st_segment('{code}')")
    context = QgsExpressionContext()
    expression.prepare(context)
    assert expression.evaluate(context) in (None, NULL)
    load_results(region_results, "fr", QgsProject.instance())
    assert expression.evaluate(context) == lines[code]["segment"]


def test_they_go_with_the_plugin(qgis_new_project):
    at_hand = RunAtHand(lambda: "fr")
    functions = register(at_hand)
    assert QgsExpression.isFunctionName("st_score")
    unregister(functions)
    at_hand.close()
    assert not [name for name in NAMES if QgsExpression.isFunctionName(name)]
    assert QgsExpression("st_score('1')").hasParserError()


def test_a_layer_without_results_is_not_looked_at(at_hand):
    plain_layer = QgsVectorLayer("Point?field=code:string", "plain", "memory")
    QgsProject.instance().addMapLayer(plain_layer)
    assert at_hand.table() is None
