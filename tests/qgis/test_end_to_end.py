"""The real engine through Processing, ``qgis_process`` and the menu, on the fictitious region."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from qgis.core import (
    NULL,
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingUtils,
    QgsProject,
    QgsVectorLayer,
)

from smart_territoires_plugin.algorithms.provider import ALGORITHMS, Provider
from smart_territoires_plugin.bridge.settings import open_settings
from smart_territoires_plugin.bridge.task import forget_all
from smart_territoires_plugin.core.study import read_study
from smart_territoires_plugin.gui.runs import Runs

ROOT = Path(__file__).resolve().parents[2]
SEGMENTS = {"showcase", "engage", "raise_awareness", "support", "verify", "insufficient_data"}
PATIENCE_MS = 120_000


@pytest.fixture(autouse=True)
def real_engine(monkeypatch, engine_python):
    monkeypatch.setenv("ST_ENGINE_PYTHON", str(engine_python))


@pytest.fixture(scope="module")
def region(tmp_path_factory):
    """Write the fictitious region once."""
    folder = tmp_path_factory.mktemp("région d'essai")
    python = os.environ.get("ST_ENGINE_PYTHON") or str(ROOT / ".venv" / "bin" / "python")
    command = [python, "-m", "smart_territoires_plugin.core", "demo", str(folder)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    return folder / "study.yaml"


@pytest.fixture(scope="module")
def results(region, tmp_path_factory):
    """Run its study once, through the algorithm."""
    folder = tmp_path_factory.mktemp("résultats")
    python = os.environ.get("ST_ENGINE_PYTHON") or str(ROOT / ".venv" / "bin" / "python")
    patch = pytest.MonkeyPatch()
    patch.setenv("ST_ENGINE_PYTHON", python)
    found = run("run_study", {"STUDY": str(region), "OUTPUT_FOLDER": str(folder), "LANGUAGE": "fr"})
    patch.undo()
    return folder, found


def run(name, parameters, context=None):
    (kind,) = (algorithm for algorithm in ALGORITHMS if name == algorithm.NAME)
    context = context or QgsProcessingContext()
    found, worked = kind().create().run(parameters, context, QgsProcessingFeedback(False), {}, False)
    assert worked
    return found


def rows_of(text, context):
    layer = QgsProcessingUtils.mapLayerFromString(text, context)
    assert layer is not None
    names = layer.fields().names()
    return [{name: feature[name] for name in names} for feature in layer.getFeatures()]


def read_csv(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_run_study_writes_everything(results, region):
    folder, found = results
    for name in ("results.gpkg", "territories.csv", "targets.csv", "manifest.json", "methodology.html", "scoring.npz"):
        assert (folder / name).is_file(), name
    territories = QgsVectorLayer(found["TERRITORIES"], "t", "ogr")
    targets = QgsVectorLayer(found["TARGETS"], "t", "ogr")
    assert territories.featureCount() == len(read_csv(folder / "territories.csv"))
    assert targets.featureCount() == len(read_csv(folder / "targets.csv"))
    assert {feature["segment"] for feature in territories.getFeatures()} <= SEGMENTS
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["notices"][0] == "fictitious"


def test_indicators_then_targets_is_the_same_as_a_run(results, region):
    folder, _ = results
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    study = read_study(region)
    measured = run("compute_indicators", {"STUDY": str(region), "OUTPUT": "memory:"}, context)["OUTPUT"]
    rows = rows_of(measured, context)
    assert {indicator.id for indicator in study.indicators} <= set(rows[0])
    expected = {row["code"]: row for row in read_csv(folder / "territories.csv")}
    assert sorted(row["code"] for row in rows) == sorted(expected)
    parameters = {"STUDY": str(region), "INPUT": measured, "OUTPUT": "memory:", "TARGETS": "memory:"}
    found = run("find_targets", parameters, context)
    for row in rows_of(found["OUTPUT"], context):
        assert row["segment"] == expected[row["code"]]["segment"], row["code"]
        rank = "" if row["target_rank"] == NULL else str(row["target_rank"])
        assert rank == expected[row["code"]]["target_rank"], row["code"]
    targets = rows_of(found["TARGETS"], context)
    assert len(targets) == found["TARGET_COUNT"] > 0
    assert {row["code"] for row in targets} == {row["code"] for row in read_csv(folder / "targets.csv")}
    assert {row["segment"] for row in targets} == {"engage"}
    assert all(row["reasons_fr"] and row["reasons_en"] for row in targets)


def test_scores_in_qgis_are_those_of_the_engine(results, region):
    folder, _ = results
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    measured = run("compute_indicators", {"STUDY": str(region), "OUTPUT": "memory:"}, context)["OUTPUT"]
    parameters = {"INPUT": measured, "CODE_FIELD": "code", "STUDY": str(region), "OUTPUT": "memory:"}
    scored = {row["code"]: row for row in rows_of(run("score_territories", parameters, context)["OUTPUT"], context)}
    engine = {row["code"]: row for row in read_csv(folder / "territories.csv")}
    names = [name for name in engine["00101"] if name.startswith(("score_", "axis_"))] + ["readiness", "data_coverage"]
    assert len(names) > 5
    for code, row in engine.items():
        for name in names:
            if row[name] == "":
                assert scored[code][name] == NULL, (code, name)
            else:
                assert scored[code][name] == pytest.approx(float(row[name]), abs=1e-9), (code, name)


def test_find_targets_measures_where_no_layer_is_given(results, region):
    folder, _ = results
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    found = run("find_targets", {"STUDY": str(region), "OUTPUT": "memory:"}, context)
    assert "TARGETS" not in found
    assert len(rows_of(found["OUTPUT"], context)) == len(read_csv(folder / "territories.csv"))


def test_the_algorithms_work_in_a_model(region, qgis_app):
    provider = Provider()
    QgsApplication.processingRegistry().addProvider(provider)
    try:
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        model = QgsProcessingModelAlgorithm("chain")
        source = QgsProcessingModelChildParameterSource
        measure = QgsProcessingModelChildAlgorithm("smart_territoires:compute_indicators")
        measure.setChildId("measure")
        measure.addParameterSources("STUDY", [source.fromStaticValue(str(region))])
        score = QgsProcessingModelChildAlgorithm("smart_territoires:score_territories")
        score.setChildId("score")
        score.addParameterSources("INPUT", [source.fromChildOutput("measure", "OUTPUT")])
        score.addParameterSources("CODE_FIELD", [source.fromStaticValue("code")])
        score.addParameterSources("STUDY", [source.fromStaticValue(str(region))])
        output = QgsProcessingModelOutput("scores", "scores")
        output.setChildId("score")
        output.setChildOutputName("OUTPUT")
        score.setModelOutputs({"scores": output})
        model.addChildAlgorithm(measure)
        model.addChildAlgorithm(score)
        valid, said = model.validate()
        assert valid, said
        model.initAlgorithm()
        (name,) = (definition.name() for definition in model.parameterDefinitions())
        found, worked = model.create().run({name: "memory:"}, context, QgsProcessingFeedback(False), {}, False)
        assert worked
        rows = rows_of(found[name], context)
        assert any(row["readiness"] not in (None, NULL) for row in rows)
    finally:
        QgsApplication.processingRegistry().removeProvider("smart_territoires")


@pytest.fixture
def profile(tmp_path):
    """Lay out an empty profile with the plugin in it, as it is deployed."""
    plugins = tmp_path / "profiles" / "default" / "python" / "plugins"
    package = plugins / "smart_territoires_plugin"
    shutil.copytree(ROOT / "smart_territoires_plugin", package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "resources", package / "resources")
    shutil.copy(ROOT / "metadata.txt", package)
    return {"QGIS_CUSTOM_CONFIG_PATH": str(tmp_path), "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}


def qgis_process(profile, *arguments):
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "QGIS_PREFIX_PATH")}
    return subprocess.run(
        ["qgis_process", *arguments], capture_output=True, text=True, env={**environment, **profile}, check=False
    )


def test_qgis_process_runs_a_study(profile, region, tmp_path):
    enabled = qgis_process(profile, "plugins", "enable", "smart_territoires_plugin")
    assert enabled.returncode == 0, enabled.stdout + enabled.stderr
    listed = qgis_process(profile, "--json", "list")
    found = json.loads(listed.stdout)["providers"]["smart_territoires"]["algorithms"]
    assert {f"smart_territoires:{algorithm.NAME}" for algorithm in ALGORITHMS} == set(found)
    out = tmp_path / "out"
    done = qgis_process(
        profile, "--json", "run", "smart_territoires:run_study", "--", f"STUDY={region}", f"OUTPUT_FOLDER={out}",
        "LANGUAGE=en",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["results"]["OUTPUT_FOLDER"] == str(out)
    assert (out / "results.gpkg").is_file()
    assert "Traceback" not in done.stderr


def test_qgis_process_says_what_is_wrong_with_a_study(profile, tmp_path):
    assert qgis_process(profile, "plugins", "enable", "smart_territoires_plugin").returncode == 0
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("version: 1\nname: x\nsurprise: 1\n", encoding="utf-8")
    done = qgis_process(
        profile, "run", "smart_territoires:run_study", "--", f"STUDY={wrong}", f"OUTPUT_FOLDER={tmp_path / 'out'}"
    )
    assert done.returncode != 0
    assert "surprise" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not (tmp_path / "out").exists()


def test_the_fictitious_region_opens_from_the_menu(window_interface, qgis_new_project, qtbot, monkeypatch, tmp_path):
    monkeypatch.setattr(QgsApplication, "qgisSettingsDirPath", lambda: f"{tmp_path}/")
    runs = Runs(window_interface, open_settings())
    project = QgsProject.instance()
    runs.open_fictitious_region()
    try:
        done = "the results are on the map"
        said = window_interface.bar.items
        qtbot.waitUntil(lambda: any(done in item.text() for item in said()), timeout=PATIENCE_MS)
        (group,) = project.layerTreeRoot().children()
        assert "Hypothésie" in group.name()
        assert len(group.children()) >= 6
        layers = [node.layer() for node in group.findLayers()]
        assert all(layer.isValid() for layer in layers)
        assert window_interface.active.featureCount() > 200
        assert all("Fictitious" in layer.metadata().abstract() for layer in layers)
    finally:
        forget_all()
        project.clear()


def test_the_atlas_is_exported_by_the_algorithm(results, tmp_path):
    folder, _ = results
    found = run("export_atlas", {"RESULTS": str(folder), "OUTPUT": str(tmp_path / "atlas.pdf"), "LANGUAGE": "en"})
    assert found["OUTPUT"] == str(tmp_path / "atlas.pdf")
    assert (tmp_path / "atlas.pdf").read_bytes().startswith(b"%PDF")


def test_the_atlas_is_exported_from_the_menu_in_a_process_of_its_own(results, window_interface, qtbot, tmp_path):
    folder, _ = results
    runs = Runs(window_interface, open_settings())
    runs.export_atlas(folder, tmp_path / "atlas.pdf", "fr")
    said = window_interface.bar.items
    qtbot.waitUntil(lambda: any("in the background" not in item.text() for item in said()), timeout=PATIENCE_MS)
    assert any("is ready" in item.text() for item in said()), [item.text() for item in said()]
    assert (tmp_path / "atlas.pdf").read_bytes().startswith(b"%PDF")
    forget_all()
