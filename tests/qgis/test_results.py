"""Results on the map: one group, labelled and described, let go of and taken again around a run."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from qgis.core import QgsFillSymbol, QgsProject, QgsSingleSymbolRenderer, QgsVectorLayer

from smart_territoires_plugin.bridge.labels import column_label
from smart_territoires_plugin.bridge.manifest import read_description
from smart_territoires_plugin.bridge.results import has_results, load_results, release_results
from smart_territoires_plugin.core.errors import ResultsError


@pytest.fixture
def project(qgis_new_project):
    project = QgsProject.instance()
    yield project
    project.clear()


def aliases(layer):
    return {field.name(): layer.attributeAlias(i) for i, field in enumerate(layer.fields())}


def test_results_arrive_in_one_group(project, write_results, tmp_path):
    layers = load_results(write_results(tmp_path / "results"), "en", project)
    (group,) = project.layerTreeRoot().children()
    assert [node.layer() for node in group.children()] == layers
    assert [layer.name() for layer in layers] == [
        "Targets",
        "Segments",
        "Readiness",
        "Priority",
        "Quality of the sources",
    ]
    assert [node.itemVisibilityChecked() for node in group.children()] == [True, True, False, False, False]
    assert "Essai" in group.name()


def test_the_three_readings_of_the_territories_are_styled_each_its_way(project, write_results, tmp_path):
    layers = load_results(write_results(tmp_path / "results"), "fr", project)
    segments, readiness, priority = (layer for layer in layers if layer.source().endswith("=territories"))
    assert segments.renderer().type() == "categorizedSymbol"
    assert segments.renderer().classAttribute().strip('"') == "segment"
    dumps = {layer.renderer().dump() for layer in (segments, readiness, priority)}
    assert len(dumps) == 3


def test_the_styles_stored_in_the_file_do_not_take_the_place_of_the_shipped_ones(project, write_results, tmp_path):
    folder = write_results(tmp_path / "results")
    stored = QgsVectorLayer(f"{folder}/results.gpkg|layername=territories", "", "ogr")
    stored.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple({})))
    assert not stored.saveStyleToDatabase("stored", "", True, "")
    del stored
    layers = load_results(folder, "fr", project)
    segments, readiness, priority = (layer for layer in layers if layer.source().endswith("=territories"))
    assert segments.renderer().type() == "categorizedSymbol"
    for layer, column in ((readiness, "readiness"), (priority, "priority")):
        assert column in layer.renderer().dump()


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("fr", {"code": "Code", "name": "Nom", "readiness": "Potentiel", "score_flood": "Enjeu\u00a0: Inondations"}),
        ("en", {"code": "Code", "name": "Name", "readiness": "Readiness", "score_flood": "Stake: Flood resilience"}),
    ],
)
def test_columns_have_aliases_in_the_language(project, write_results, tmp_path, lang, expected):
    layers = load_results(write_results(tmp_path / "results"), lang, project)
    for layer in layers[:2]:
        found = aliases(layer)
        assert {name: found[name] for name in expected} == expected
        assert all(alias for name, alias in found.items() if name != "fid")


def test_metadata_say_where_it_comes_from_and_what_must_be_known(project, write_results, tmp_path):
    layers = load_results(write_results(tmp_path / "results"), "en", project)
    for layer in layers:
        metadata = layer.metadata()
        assert "Essai" in metadata.title()
        assert metadata.abstract().startswith("Fictitious region: no real place\nProxy, not smart activity\n")
        assert "Institut imaginaire" in metadata.abstract()
        assert metadata.licenses() == ["LO 2.0"]
        assert metadata.rights() == ["Institut imaginaire", "Cadastre imaginaire"]
        assert metadata.language() == "ENG"
        attribution = layer.serverProperties().attribution()
        assert "Fictitious" in attribution
        assert "Cadastre imaginaire" in attribution


def test_a_second_run_replaces_the_layers_where_they_were(project, write_results, tmp_path):
    folder = write_results(tmp_path / "results", readiness=60)
    other = write_results(tmp_path / "other")
    load_results(folder, "en", project)
    load_results(other, "en", project)
    names = [child.customProperty("smart_territoires/results_folder") for child in project.layerTreeRoot().children()]
    position = release_results(folder, project)
    assert names[position] == str(folder)
    assert not [layer for layer in project.mapLayers().values() if str(folder) in layer.source()]
    write_results(folder, readiness=80)
    layers = load_results(folder, "en", project, position)
    assert project.layerTreeRoot().children()[position].findLayer(layers[0]) is not None
    assert {feature["readiness"] for feature in layers[1].getFeatures()} == {80}
    assert len(project.layerTreeRoot().children()) == 2


def test_loading_twice_leaves_one_group(project, write_results, tmp_path):
    folder = write_results(tmp_path / "results")
    load_results(folder, "en", project)
    before = len(project.mapLayers())
    load_results(folder, "en", project)
    assert len(project.layerTreeRoot().children()) == 1
    assert len(project.mapLayers()) == before


def test_what_a_person_put_into_the_group_stays(project, write_results, tmp_path):
    folder = write_results(tmp_path / "results")
    load_results(folder, "en", project)
    (group,) = project.layerTreeRoot().children()
    own_layer = QgsVectorLayer("Point?crs=EPSG:2154", "own", "memory")
    project.addMapLayer(own_layer, False)
    group.addLayer(own_layer)
    release_results(folder, project)
    assert list(project.mapLayers().values()) == [own_layer]
    assert [node.name() for node in project.layerTreeRoot().findLayers()] == ["own"]


def test_nothing_is_released_where_nothing_is_loaded(project, tmp_path):
    assert release_results(tmp_path, project) is None


def test_a_folder_without_results_is_refused(project, write_results, tmp_path):
    assert not has_results(tmp_path)
    with pytest.raises(ResultsError):
        load_results(tmp_path, "en", project)
    folder = write_results(tmp_path / "results")
    (folder / "results.gpkg").unlink()
    with pytest.raises(ResultsError):
        load_results(folder, "en", project)
    assert not project.mapLayers()
    assert not project.layerTreeRoot().children()


@pytest.mark.parametrize("content", ["", "{", "[]", "null", "3"])
def test_a_broken_manifest_is_refused(write_results, tmp_path, content):
    folder = write_results(tmp_path / "results")
    (folder / "manifest.json").write_text(content)
    with pytest.raises(ResultsError):
        read_description(folder)


def test_results_are_read_only_on_the_map(project, write_results, tmp_path):
    layers = load_results(write_results(tmp_path / "results"), "en", project)
    assert all(layer.readOnly() for layer in layers)


def test_a_column_of_the_study_is_called_by_its_name():
    themes = {"flood": {"fr": "Inondations", "en": "Flood resilience"}}
    assert column_label("score_flood", "en", themes) == "Stake: Flood resilience"
    assert column_label("score_other", "en", themes) == "Stake: other"
    assert column_label("group_pays", "fr", themes) == "Groupe\u00a0: pays"
    assert column_label("anything", "fr", themes) == "anything"


@pytest.mark.parametrize(("lang", "said"), [("fr", "Résultats de l’étude"), ("en", "Results of the study")])
def test_the_abstract_speaks_the_language_of_the_results_whatever_the_desktop(
    project, write_results, tmp_path, lang, said
):
    layers = load_results(write_results(tmp_path / "results"), lang, project)
    assert all(said in layer.metadata().abstract() for layer in layers)


# A real run, with all that it leaves


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_layer_of_a_run_is_opened_and_every_column_has_a_label(project, region_results, lang):
    with closing(sqlite3.connect(region_results / "results.gpkg")) as connection:
        held = {name for (name,) in connection.execute("SELECT table_name FROM gpkg_contents")}
    layers = load_results(region_results, lang, project)
    opened = {layer.source().rsplit("layername=", 1)[1] for layer in layers}
    # Runs are a log, and QGIS reads its styles itself.
    assert opened == held - {"runs", "layer_styles"}
    for layer in layers:
        for name, alias in aliases(layer).items():
            assert name == "fid" or (alias and "{" not in alias), f"{layer.name()}: {name}"
            assert column_label(name, lang, {}) == alias or name.startswith("score_") or name == "fid"


def test_only_what_is_asked_for_often_is_shown_at_first(project, region_results):
    load_results(region_results, "en", project)
    (group,) = project.layerTreeRoot().children()
    shown = [node.layer().name() for node in group.findLayers() if node.itemVisibilityChecked()]
    assert shown == ["Targets", "Segments"]


def test_themes_are_shown_by_their_names(project, region_results):
    layers = load_results(region_results, "fr", project)
    layer = next(layer for layer in layers if layer.source().endswith("=targets"))
    field = layer.fields().indexOf("recommended_theme")
    words = {code: name for pair in layer.editorWidgetSetup(field).config()["map"] for name, code in pair.items()}
    themes = read_description(region_results).themes
    assert words == {theme: names["fr"] for theme, names in themes.items()}


def test_layers_say_in_which_style_they_are(project, write_results, tmp_path):
    from smart_territoires_plugin.bridge.results import STYLE_PROPERTY

    layers = load_results(write_results(tmp_path / "results"), "en", project)
    assert [layer.customProperty(STYLE_PROPERTY) for layer in layers] == [
        *("targets", "territories_segments", "territories_readiness", "territories_priority", "")
    ]
    assert all(layer.mapTipTemplate() for layer in layers[:4])
