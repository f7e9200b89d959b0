"""Scoring again under the hand: what the dock shows is what the engine gives with the same weights and methods."""

import csv
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from small_study import write_small_study

from smart_territoires_plugin.core.cli import main
from smart_territoires_plugin.core.study.model import Method
from smart_territoires_plugin.core.targeting.rescoring import Rescoring

ROOT = Path(__file__).resolve().parents[2]


def run(folder, change=lambda content: None):
    study = write_small_study(folder, 40, change=change)
    assert main(["run", str(study), "--out", str(folder / "out"), "--lang", "en"]) == 0
    with (folder / "out" / "territories.csv").open(encoding="utf-8", newline="") as stream:
        return Rescoring.read(folder / "out" / "scoring.npz"), list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    return run(tmp_path_factory.mktemp("own"))


def same(made, rows):
    """Hold a rescoring against ``territories.csv``, which has twelve digits."""
    for name, column in made.columns.items():
        written = np.array([float(row[name]) if row[name] else np.nan for row in rows])
        np.testing.assert_allclose(column, written, rtol=1e-11, atol=1e-9, err_msg=name)
    assert made.segment.tolist() == [row["segment"] for row in rows]
    assert made.recommended_theme.tolist() == [row["recommended_theme"] for row in rows]
    for name, column in (("priority", made.priority), ("target_rank", made.target_rank)):
        written = np.array([float(row[name]) if row[name] else np.nan for row in rows])
        np.testing.assert_allclose(column, written, rtol=1e-9, err_msg=name)


def test_untouched_it_is_the_run(own):
    rescoring, rows = own
    same(rescoring.rescore(), rows)
    assert len({row["segment"] for row in rows}) > 2, "a run that tells little tests little"


def weigh(content):
    for indicator, weight in zip(content["indicators"], (2, 0.5, 3, 0.25), strict=False):
        indicator["weight"] = weight
    content["themes"][0]["weight"] = 4


@pytest.mark.parametrize(
    ("scoring", "asked"),
    [
        ({}, {}),
        ({"normalisation": "percentile_rank"}, {"normalisation": Method("percentile_rank", {})}),
        ({"aggregation": "geometric_mean"}, {"aggregation": Method("geometric_mean", {})}),
        ({"aggregation": "topsis"}, {"aggregation": Method("topsis", {})}),
        (
            {"normalisation": {"method": "z_score", "mean": 100, "deviation": 10}, "aggregation": "mazziotta_pareto"},
            {
                "normalisation": Method("z_score", {"mean": 100, "deviation": 10}),
                "aggregation": Method("mazziotta_pareto", {}),
            },
        ),
    ],
)
def test_weights_and_methods_at_hand_are_those_of_a_run_of_the_engine(own, tmp_path, scoring, asked):
    def change(content):
        weigh(content)
        content["scoring"] = {**content["scoring"], **scoring}

    engine, rows = run(tmp_path, change)
    rescoring, _ = own
    weights, themes = engine.state["weights"], engine.state["theme_weights"]
    assert not np.array_equal(weights, rescoring.state["weights"])
    same(rescoring.rescore(weights, themes, **asked), rows)


def test_a_weight_of_zero_leaves_an_indicator_out(own, tmp_path):
    def change(content):
        next(i for i in content["indicators"] if i["role"] == "success_factor")["weight"] = 0

    _, rows = run(tmp_path, change)
    rescoring, _ = own
    weights = rescoring.state["weights"].copy()
    weights[np.flatnonzero(rescoring.state["roles"] == "success_factor")[0]] = 0
    same(rescoring.rescore(weights), rows)


def test_a_threshold_given_as_a_score(own, tmp_path):
    def change(content):
        content["targeting"] = {**content.get("targeting", {}), "thresholds": {"readiness": 60}}

    _, rows = run(tmp_path, change)
    same(own[0].rescore(readiness_threshold=60.0), rows)


def test_results_of_another_version_are_told_apart(own, tmp_path, capsys):
    study = write_small_study(tmp_path)
    assert main(["run", str(study), "--out", str(tmp_path / "out"), "--lang", "en"]) == 0
    state = tmp_path / "out" / "scoring.npz"
    with np.load(state) as arrays:
        older = {name: arrays[name] for name in arrays.files if name != "methods"}
    np.savez(state, **older)
    capsys.readouterr()
    assert main(["explain", str(tmp_path / "out"), "77001", "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert "another version" in said and len(said.strip().splitlines()) == 1


def test_numpy_alone_is_loaded(own, tmp_path):
    run(tmp_path / "again")
    check = (
        "import sys; from pathlib import Path; "
        "from smart_territoires_plugin.core.targeting.rescoring import Rescoring; "
        f"Rescoring.read(Path({str(tmp_path / 'again' / 'out' / 'scoring.npz')!r})).rescore(); "
        "print(sorted({'pandas', 'scipy', 'shapely', 'geopandas', 'sklearn', 'pyogrio'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_study_may_ask_which_choices_move_its_list(tmp_path):
    import json

    def change(content):
        content["robustness"] = {"draws": 50, "sobol": 64, "thresholds": 0.1, "normalisation": ["percentile_rank"]}

    run(tmp_path, change)
    found = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["sensitivity"]
    assert set(found) == {"segment", "rank", "shortlist"}
    assert set(found["segment"]) == {"weights", "normalisation", "thresholds"}
    assert found["segment"]["thresholds"]["total"] > 0.05
