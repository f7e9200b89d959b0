"""The forms of a register as QGIS reads them: every field, its widget, its rules; and the algorithm that makes one."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
from pathlib import Path

import pytest
from qgis.core import (
    Qgis,
    QgsExpression,
    QgsExpressionContext,
    QgsFeatureRequest,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
    QgsVectorLayerUtils,
)

from smart_territoires_plugin.core.messages import TEXTS
from smart_territoires_plugin.core.register.layout import AXES, TABLES

LANGS = ("fr", "en")


@pytest.fixture(scope="module")
def registers(engine_python_path, tmp_path_factory):
    folder = tmp_path_factory.mktemp("registers")
    for lang in LANGS:
        command = [engine_python_path, "-m", "smart_territoires_plugin.core", "register", folder / f"{lang}.gpkg"]
        subprocess.run([*map(str, command), "--lang", lang], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def engine_python_path():
    return Path(os.environ.get("ST_ENGINE_PYTHON") or Path(__file__).resolve().parents[2] / ".venv/bin/python")


@pytest.fixture
def table(registers, qgis_app):
    def open_table(name, lang="fr"):
        layer = QgsVectorLayer(f"{registers / lang}.gpkg|layername={name}", name, "ogr")
        assert layer.isValid()
        return layer

    return open_table


def accepts(layer, **values) -> list:
    """Fields of a row that the layer's rules refuse; those that are not given hold their defaults."""
    feature = QgsVectorLayerUtils.createFeature(layer)
    for name, value in values.items():
        feature.setAttribute(name, value)
    return [
        field.name()
        for index, field in enumerate(layer.fields())
        if not QgsVectorLayerUtils.validateAttribute(layer, feature, index)[0]
    ]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", TABLES)
def test_the_form_comes_with_the_file_and_names_every_field(table, name, lang):
    layer = table(name, lang)
    assert [field.name() for field in layer.fields()] == ["fid", *TABLES[name].names]
    for field in TABLES[name].names:
        assert layer.attributeAlias(layer.fields().indexOf(field)) == TEXTS[lang][f"register.field.{name}.{field}"]
    assert layer.fields().field("fid").editorWidgetSetup().type() == "Hidden"


@pytest.mark.parametrize("name", TABLES)
def test_every_rule_is_an_expression_over_the_fields_of_its_table(table, name):
    layer = table(name)
    for field in layer.fields():
        rule = field.constraints().constraintExpression()
        if not rule:
            continue
        expression = QgsExpression(rule)
        assert not expression.hasParserError(), (field.name(), expression.parserErrorString())
        assert expression.referencedColumns() - {QgsFeatureRequest.ALL_ATTRIBUTES} <= {
            other.name() for other in layer.fields()
        }
        assert field.constraints().constraintDescription()


def test_the_form_of_projects_shows_each_field_once(table):
    layer = table("projects")  # its elements live as long as it does
    root = layer.editFormConfig().invisibleRootContainer()
    shown = [element.name() for element in root.findElements(Qgis.AttributeEditorType.Field)]
    assert sorted(shown) == sorted(TABLES["projects"].names)


@pytest.mark.parametrize("lang", LANGS)
def test_axes_are_chosen_by_their_written_anchors(table, lang):
    layer = table("projects", lang)
    for field in (*AXES, *(f"{axis}_2" for axis in AXES)):
        setup = layer.fields().field(field).editorWidgetSetup()
        assert setup.type() == "ValueMap"
        pairs = [next(iter(pair.items())) for pair in setup.config()["map"]]
        assert [code for _, code in pairs[1:]] == ["0", "1", "2", "3"]
        anchors = [TEXTS[lang][f"register.anchor.{field.removesuffix('_2')}.{mark}"] for mark in range(4)]
        assert [label for label, _ in pairs[1:]] == [f"{mark} – {anchor}" for mark, anchor in enumerate(anchors)]


GOOD = {"title": "Essai", "codes": "75056"}


@pytest.mark.parametrize(
    ("name", "values", "refused"),
    [
        ("projects", GOOD, []),
        ("projects", {"codes": "75056"}, ["title"]),
        ("projects", {"title": "  ", "codes": "75056"}, ["title"]),
        ("projects", {"title": "Essai"}, ["codes"]),
        ("projects", {"title": "Essai", "epci": "200054781"}, []),
        ("projects", {"title": "Essai", "codes": "75056; 93066;2A004"}, []),
        ("projects", {"title": "Essai", "codes": "Paris (75)"}, ["codes"]),
        *[("projects", {**GOOD, axis: 7}, [axis]) for axis in (*AXES, "data_2")],
        ("projects", {**GOOD, "data": -1}, ["data"]),
        ("projects", {**GOOD, "stage": "rêvé"}, ["stage"]),
        ("projects", {**GOOD, "year": 1899}, ["year"]),
        ("projects", {**GOOD, "year": 2200}, []),
        ("projects", {**GOOD, "budget_eur": -0.01}, ["budget_eur"]),
        ("projects", {**GOOD, "cofunding_rate_pct": 100.5}, ["cofunding_rate_pct"]),
        ("projects", {**GOOD, "contact_role": "Élue"}, ["retention_date"]),
        ("projects", {**GOOD, "contact_role": "Élue", "retention_date": "2028-01-01"}, []),
        ("calls", {"call_id": "a", "title": "A"}, []),
        ("calls", {"call_id": "a"}, ["title"]),
        ("calls", {"call_id": "a", "title": "A", "eligible": "epci; large_commune;"}, []),
        ("calls", {"call_id": "a", "title": "A", "eligible": "epci;canton"}, ["eligible"]),
        ("calls", {"call_id": "a", "title": "A", "opening": "2026-02-01", "closing": "2026-01-31"}, ["closing"]),
        ("calls", {"call_id": "a", "title": "A", "opening": "2026-02-01", "closing": "2026-02-01"}, []),
        ("applications", {"call_id": "a", "code": "1", "outcome": "lost"}, ["outcome"]),
        ("contacts_made", {"code": "75056"}, []),
        ("contacts_made", {"code": "75056", "date": "2026-01-02", "due": "2026-01-01"}, ["due"]),
        ("interviews", {"code": "75056", "motivation": 6}, ["motivation"]),
        ("interviews", {"code": "75056", "actor_kind": "Monsieur X"}, ["actor_kind"]),
        ("benchmarks", {"reference_id": "a", "name": "A"}, ["indicator"]),
        ("survey", {"code": "75056"}, []),
        ("survey", {"code": "75056", "status": "maybe"}, ["status"]),
    ],
)
def test_the_form_accepts_and_refuses(table, name, values, refused):
    assert accepts(table(name), **values) == refused


def test_new_rows_begin_with_their_defaults(table):
    assert QgsVectorLayerUtils.createFeature(table("projects")).attribute("stage") == "idea"
    assert QgsVectorLayerUtils.createFeature(table("survey")).attribute("status") == "not_searched"
    contact = QgsVectorLayerUtils.createFeature(table("contacts_made"))
    assert contact.attribute("outcome") == "unknown"
    today = QgsExpression("to_date(now())").evaluate(QgsExpressionContext())
    assert contact.attribute("date") == today


def test_a_second_row_for_a_territory_is_refused_by_the_form(table):
    layer = table("survey")
    layer.startEditing()
    first = QgsVectorLayerUtils.createFeature(layer)
    first.setAttribute("code", "75056")
    assert layer.addFeature(first)
    assert accepts(layer, code="75056") == ["code"]
    assert accepts(layer, code="75057") == []
    layer.rollBack()


def test_what_the_form_let_pass_would_still_be_refused_by_the_file(registers):
    with sqlite3.connect(registers / "en.gpkg") as file:
        with pytest.raises(sqlite3.IntegrityError):
            file.execute("INSERT INTO projects (title, data) VALUES ('a', 7)")
        file.rollback()


class Listener(QgsProcessingFeedback):
    def __init__(self):
        super().__init__(False)
        self.errors = []

    def reportError(self, error, fatalError=False):
        self.errors.append(error)


def made(output, lang):
    from smart_territoires_plugin.algorithms.make_register import MakeRegister

    parameters = {"OUTPUT": str(output), "LANGUAGE": lang}
    return MakeRegister().create().run(parameters, QgsProcessingContext(), Listener(), catchExceptions=False)


@pytest.mark.parametrize(("lang", "label"), [("fr", "Intitulé"), ("en", "Title")])
def test_the_algorithm_makes_a_register_and_adds_nothing_to_the_map(
    qgis_app, tmp_path, engine_python, monkeypatch, lang, label
):
    monkeypatch.setenv("ST_ENGINE_PYTHON", str(engine_python))
    output = tmp_path / "Registre d'essai.gpkg"
    results, worked = made(output, lang)
    assert worked and results["OUTPUT"] == str(output)
    layer = QgsVectorLayer(f"{output}|layername=projects", "projects", "ogr")
    assert layer.attributeAlias(layer.fields().indexOf("title")) == label
    assert not QgsProject.instance().mapLayers()


def test_the_algorithm_leaves_a_file_that_is_there_alone(qgis_app, tmp_path, engine_python, monkeypatch):
    monkeypatch.setenv("ST_ENGINE_PYTHON", str(engine_python))
    output = tmp_path / "r.gpkg"
    output.write_bytes(b"mine")
    with pytest.raises(QgsProcessingException, match=re.escape(str(output))):
        made(output, "fr")
    assert output.read_bytes() == b"mine"
