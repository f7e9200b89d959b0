"""What docs/processing.md says: its table is that of the algorithms, its recipes run as they stand; the models too."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsProcessingModelAlgorithm,
    QgsVectorLayer,
)

from smart_territoires_plugin.algorithms.provider import ALGORITHMS, Provider
from smart_territoires_plugin.core.verbs import verbs

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "processing.md"
MODELS = ROOT / "resources" / "models"
NAMES = ("prepare_and_find_targets", "study_to_sheets")
LONGEST_S = 600


def recipes():
    return re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)


def table():
    rows = re.findall(r"^\| `(\w+)` \| (.*) \| (.*) \|$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {name: (parameters, verb) for name, parameters, verb in rows}


def test_the_table_names_every_algorithm_with_its_parameters_and_outputs():
    assert set(table()) == {kind.NAME for kind in ALGORITHMS}
    for kind in ALGORITHMS:
        algorithm = kind().create()
        written, _ = table()[kind.NAME]
        optional = Qgis.ProcessingParameterFlag.Optional
        definitions = algorithm.parameterDefinitions()
        outputs = {output.name() for output in algorithm.outputDefinitions()}
        assert set(re.findall(r"\w+", written.replace("also gives", "").replace("gives", ""))) == {
            *(definition.name() for definition in definitions),
            *outputs,
        }, kind.NAME
        assert set(re.findall(r"\*`(\w+)`\*", written)) == outputs, kind.NAME
        bracketed = " ".join(re.findall(r"\[(.*?)\]", written))
        left_out = {definition.name() for definition in definitions if definition.flags() & optional}
        assert set(re.findall(r"\w+", bracketed)) == left_out, kind.NAME


def test_every_verb_that_the_table_names_is_there():
    source = (ROOT / "smart_territoires_plugin" / "core" / "cli.py").read_text(encoding="utf-8")
    known = {*(verb.name for verb in verbs()), *re.findall(r'= verb\("(\w+)"', source)}
    named = {re.match(r"`(\w+)", verb).group(1) for _, verb in table().values() if verb.startswith("`")}
    assert named <= known
    # Editing a study is for the panels of QGIS: a model changes no study's indicators.
    assert {verb.name for verb in verbs()} - {"edit"} <= named


@pytest.fixture(scope="module")
def tried(tmp_path_factory, request):
    """Run every recipe of the page, in its order, in one folder, with the plugin in a profile of its own."""
    folder = tmp_path_factory.mktemp("recettes d'essai")
    home = tmp_path_factory.mktemp("profil")
    package = home / "profiles" / "default" / "python" / "plugins" / "smart_territoires_plugin"
    shutil.copytree(ROOT / "smart_territoires_plugin", package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "resources", package / "resources")
    shutil.copy(ROOT / "metadata.txt", package)
    python = Path(os.environ.get("ST_ENGINE_PYTHON") or ROOT / ".venv" / "bin" / "python")
    commands = tmp_path_factory.mktemp("commandes")
    command = commands / "smart-territoires"
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{python}" -m smart_territoires_plugin.core "$@"\n')
    command.chmod(0o755)
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "QGIS_PREFIX_PATH")}
    environment.update(
        QGIS_CUSTOM_CONFIG_PATH=str(home), HOME=str(home), QT_QPA_PLATFORM="offscreen", ST_ENGINE_PYTHON=str(python),
        PATH=f"{commands}:{os.environ['PATH']}", MODELS=str(package / "resources" / "models" / "en"), LC_ALL="C.UTF-8",
    )  # fmt: skip
    # A folder of layers as folders are: one of them cannot be read, and the batch goes on.
    (folder / "states").mkdir()
    (folder / "states" / "2025.gpkg").write_text("no layer", encoding="utf-8")
    said = []
    for recipe in recipes():
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", recipe], cwd=folder, env=environment, capture_output=True, text=True,
            timeout=LONGEST_S, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{recipe}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr, f"{recipe}\n{done.stderr}"
        said.append(done.stdout)
    return folder, said


def read_csv(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def count(path):
    layer = QgsVectorLayer(str(path), path.stem, "ogr")
    assert layer.isValid(), path
    return layer.featureCount()


def test_every_recipe_runs_and_writes_what_it_says(tried):
    folder, _ = tried
    chosen = {row["code"] for row in read_csv(folder / "portfolio" / "portfolio.csv") if row["chosen"] == "1"}
    assert count(folder / "chosen.gpkg") == len(chosen) == 10
    assert len(list((folder / "sheets" / "first").glob("sheet_*.html"))) == 3
    assert 'lang="fr"' in (folder / "note.html").read_text(encoding="utf-8")
    assert count(Path(f"{folder / 'register.gpkg'}|layername=projects")) == 2
    for name in ("changes.csv", "comparison.csv"):
        assert read_csv(folder / name), name


def test_copies_of_the_study_carry_thresholds_and_weights(tried):
    folder, _ = tried
    frozen = yaml.safe_load((folder / "region" / "frozen.yaml").read_text(encoding="utf-8"))
    weighed = yaml.safe_load((folder / "region" / "weighed.yaml").read_text(encoding="utf-8"))
    assert weighed["targeting"] == frozen["targeting"]
    assert isinstance(frozen["targeting"]["thresholds"]["readiness"], float)
    weights = {theme["id"]: theme["weight"] for theme in weighed["themes"]}
    # Two thirds of the marks' shares and one third of the counts' shares, times five themes.
    marks = {"energy": 8, "air": 5, "flood": 7, "green": 4, "planning": 2}
    counts = {"energy": 41, "air": 38, "flood": 15, "green": 60, "planning": 8}
    expected = {name: 5 * (2 * marks[name] / 26 + counts[name] / 162) / 3 for name in marks}
    assert weights == pytest.approx(expected, abs=0.01)


def test_the_first_model_gives_sheets_of_those_chosen_alone(tried):
    folder, _ = tried
    chosen = {r["code"] for r in read_csv(folder / "portfolio_later" / "portfolio.csv") if r["chosen"] == "1"}
    sheets = {row["code"] for row in read_csv(folder / "sheets" / "chosen" / "mail_merge.csv")}
    assert sheets == chosen
    assert count(folder / "chosen_later.gpkg") == len(chosen)


def test_the_second_model_prepares_the_layer_that_the_study_reads(tried):
    folder, _ = tried
    raw = QgsVectorLayer(f"{folder / 'region' / 'fictitious_green.gpkg'}|layername=green_spaces", "raw", "ogr")
    kinds = {(feature["nature"], feature["ouvert"]) for feature in raw.getFeatures()}
    assert count(folder / "region" / "green_prepared.gpkg") == len(kinds) < raw.featureCount()
    territories = QgsVectorLayer(str(folder / "prepared_territories.gpkg"), "territories", "ogr")
    expected = {row["code"]: row for row in read_csv(folder / "results" / "territories.csv")}
    assert territories.featureCount() == len(expected)
    # Overlaps never count twice, prepared or not: the stake of green spaces is the same.
    for feature in territories.getFeatures():
        written = expected[feature["code"]]["score_green"]
        assert (feature["score_green"] or 0) == pytest.approx(float(written or 0), abs=1e-3)


def test_batches_leave_one_line_for_each(tried):
    folder, _ = tried
    lines = (folder / "departements.log").read_text(encoding="utf-8").splitlines()
    groups = {row["code"]: row["group_departement"] for row in read_csv(folder / "results" / "territories.csv")}
    rows = [row for row in read_csv(folder / "results" / "lists.csv") if row["list"] == "engage"]
    listed = [row["code"] for row in rows if row["shortlisted"] == "1"]
    for line, departement in zip(lines, ("Haute-Hypothésie", "Val-d'Hypothésie")):
        own = {code for code in listed if groups[code] == departement}
        assert line == f"{departement}: {len(own)} sheets"
        assert {row["code"] for row in read_csv(folder / "sheets" / departement / "mail_merge.csv")} == own
    assert len(lines) == 2
    assert (folder / "states.log").read_text(encoding="utf-8").splitlines() == [
        "states/2025.gpkg: failed, see scores/2025.log",
        "states/2026.gpkg: scored",
        "states/2027.gpkg: scored",
    ]
    assert "INPUT" in (folder / "scores" / "2025.log").read_text(encoding="utf-8")
    assert [count(folder / "scores" / f"{year}.gpkg") for year in (2026, 2027)] == [len(groups)] * 2


@pytest.fixture
def provider(qgis_app):
    provider = Provider()
    QgsApplication.processingRegistry().addProvider(provider)
    yield provider
    QgsApplication.processingRegistry().removeProvider("smart_territoires")


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_model_opens_whole(provider, qgis_processing, lang, name):
    model = QgsProcessingModelAlgorithm()
    assert model.fromFile(str(MODELS / lang / f"{name}.model3"))
    valid, said = model.validate()
    assert valid, said
    chained = [child.algorithmId() for child in model.childAlgorithms().values()]
    assert all(child.algorithm() is not None for child in model.childAlgorithms().values())
    assert any(identifier.startswith("smart_territoires:") for identifier in chained)
    assert len(model.shortHelpString()) > 50
    boxes = [child.position() for child in model.childAlgorithms().values()]
    assert len({(box.x(), box.y()) for box in boxes}) == len(boxes)


def test_models_are_those_that_their_script_writes(tmp_path):
    """Before a model is changed by hand, its script is; the version of QGIS may differ, what they chain may not."""
    environment = {name: value for name, value in os.environ.items() if name != "QGIS_PREFIX_PATH"}
    script = [sys.executable, str(ROOT / "scripts" / "make_models.py"), str(tmp_path)]
    subprocess.run(script, check=True, capture_output=True, env={**environment, "HOME": str(tmp_path)})
    written = sorted(path.relative_to(tmp_path) for path in tmp_path.glob("*/*.model3"))
    assert written == sorted(path.relative_to(MODELS) for path in MODELS.glob("*/*.model3"))
    for path in written:
        assert summary_of(tmp_path / path) == summary_of(MODELS / path), path


def summary_of(path):
    model = QgsProcessingModelAlgorithm()
    assert model.fromFile(str(path))
    found = model.toVariant()
    kept = {key: found[key] for key in ("children", "parameterDefinitions", "model_name", "help")}
    return json.dumps(kept, sort_keys=True, default=str)
