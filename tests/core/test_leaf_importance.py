"""What indicators really count for: closed forms, an independent computation, the annex and ``weights.csv``."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from annex_reader import Annex
from hypothesis import given
from hypothesis import strategies as st
from small_study import write_small_study

from smart_territoires_plugin.core.cli import main
from smart_territoires_plugin.core.scoring.correlation import correlations, correlations_with
from smart_territoires_plugin.core.scoring.hierarchy import Composite, Hierarchy, composite_scores
from smart_territoires_plugin.core.scoring.leaf_importance import leaf_importance
from smart_territoires_plugin.core.scoring.weight_diagnostics import weight_diagnostics
from smart_territoires_plugin.core.study.model import Method
from smart_territoires_plugin.core.targeting.rescoring import Rescoring

ROOT = Path(__file__).resolve().parents[2]
MEAN = Method("arithmetic_mean")


def by_definition(columns, scores):
    """Squared correlations by numpy, over the rows where both are known, brought to a sum of 1."""
    found = []
    for column in columns.T:
        known = ~np.isnan(column) & ~np.isnan(scores)
        found.append(np.corrcoef(column[known], scores[known])[0, 1] ** 2)
    return np.array(found) / sum(found)


def test_independent_indicators_count_by_their_variance_and_squared_weight():
    """r² of each is w²·variance over that of the whole: weights 2 and 1, deviations 1 and 3 give 4 to 9."""
    one, other = np.array([1.0, -1.0, 1.0, -1.0]), np.array([3.0, 3.0, -3.0, -3.0])
    hierarchy = Hierarchy(2, (Composite("index", (0, 1), MEAN),))
    normalised = np.column_stack([one, other])
    weights = np.array([2.0, 1.0, 1.0])
    scores = composite_scores(hierarchy, normalised, weights)[:, 0]
    found = leaf_importance(hierarchy, "index", normalised, scores, weights)
    assert found.declared == pytest.approx([2 / 3, 1 / 3])
    assert found.importance == pytest.approx([4 / 13, 9 / 13])
    assert found.less.tolist() == [True, False] and found.more.tolist() == [False, True]
    assert not found.against.any()


def test_an_indicator_that_others_outweigh_goes_against_the_score():
    values = np.array([[0.0, 9.0], [1.0, 6.0], [2.0, 3.0], [3.0, 0.0]])
    hierarchy = Hierarchy(2, (Composite("index", (0, 1), MEAN),))
    scores = composite_scores(hierarchy, values, np.ones(3))[:, 0]
    found = leaf_importance(hierarchy, "index", values, scores, np.ones(3))
    assert found.against.tolist() == [True, False]
    assert found.importance == pytest.approx([0.5, 0.5])


def test_what_weighs_nothing_or_never_varies():
    values = np.array([[1.0, 5.0, 2.0], [2.0, 5.0, 1.0], [3.0, 5.0, 7.0]])
    hierarchy = Hierarchy(3, (Composite("index", (0, 1, 2), MEAN),))
    weights = np.array([1.0, 1.0, 0.0, 1.0])
    scores = composite_scores(hierarchy, values, weights)[:, 0]
    found = leaf_importance(hierarchy, "index", values, scores, weights)
    assert found.leaves.tolist() == [0, 1], "what weighs nothing is not told of"
    assert found.importance == pytest.approx([1, 0]) and np.isnan(found.correlations[1])
    nothing = leaf_importance(hierarchy, "index", values[:1], scores[:1], weights)
    assert np.isnan(nothing.importance).all() and not nothing.more.any() and not nothing.less.any()


@given(st.integers(0, 2**32 - 1))
def test_it_is_what_the_diagnostics_say_of_indicators_alone(seed):
    source = np.random.default_rng(seed)
    normalised = source.normal(size=(30, 4)) @ source.normal(size=(4, 4)) * 10.0 ** source.integers(-6, 7)
    normalised[source.random(normalised.shape) < 0.1] = np.nan
    hierarchy = Hierarchy(4, (Composite("index", (0, 1, 2, 3), MEAN),))
    weights = np.append(source.uniform(0.1, 5, 4), 1.0)
    scores = composite_scores(hierarchy, normalised, weights)
    (expected,) = weight_diagnostics(hierarchy, np.hstack([normalised, scores]), weights, ("a", "b", "c", "d", "index"))
    found = leaf_importance(hierarchy, "index", normalised, scores[:, 0], weights)
    np.testing.assert_allclose(found.importance, expected.importance, rtol=1e-7, atol=1e-12)
    np.testing.assert_allclose(found.declared, expected.declared)
    np.testing.assert_allclose(found.importance, by_definition(normalised, scores[:, 0]), rtol=1e-7, atol=1e-12)
    whole = correlations(np.hstack([normalised, scores]))
    np.testing.assert_allclose(correlations_with(normalised, scores[:, 0]), whole[:-1, -1], rtol=1e-7, atol=1e-12)


def test_leaves_below_nodes_are_held_against_the_whole():
    source = np.random.default_rng(4)
    normalised = source.normal(size=(50, 3))
    hierarchy = Hierarchy(3, (Composite("part", (0, 1), MEAN), Composite("index", (3, 2), MEAN)))
    weights = np.array([1.0, 3.0, 1.0, 1.0, 1.0])
    scores = composite_scores(hierarchy, normalised, weights)
    found = leaf_importance(hierarchy, "index", normalised, scores[:, 1], weights)
    assert found.declared == pytest.approx([0.125, 0.375, 0.5])
    assert found.importance == pytest.approx(by_definition(normalised, scores[:, 1]))


# The files of a run


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("counts")
    study = write_small_study(folder, 40)
    assert main(["run", str(study), "--out", str(folder / "out"), "--lang", "en"]) == 0
    return folder / "out"


def percent(shown):
    return float(shown.rstrip("\u00a0 %").replace(",", ".")) / 100


def test_it_is_what_the_annex_of_the_run_tells(run):
    rescoring = Rescoring.read(run / "scoring.npz")
    counted = rescoring.what_counts(rescoring.rescore(), rescoring.state["element_weights"])
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    names = {item["id"]: item["name"]["en"] for item in manifest["study"]["indicators"]}
    annex = Annex((run / "methodology.html").read_text(encoding="utf-8"))
    # The readiness comes first: its rows are those from its head to the next.
    table = annex.table("Element", "Declared")
    told = {}
    for row in table[1:]:
        if len(row) == 1:
            break
        told[row[0]] = (percent(row[2]), percent(row[4]))
    found = counted["readiness"]
    assert len(told) == len(found.leaves) > 1
    for leaf, declared, importance in zip(found.leaves, found.declared, found.importance, strict=True):
        expected = told[names[str(rescoring.state["indicators"][leaf])]]
        assert (declared, importance) == pytest.approx(expected, abs=0.00051)


def test_weights_csv_tells_what_the_hand_sees_at_the_weights_of_the_run(run, tmp_path):
    """The readiness of a run scored as a ready table, by another process: the same declared and real shares."""
    rescoring = Rescoring.read(run / "scoring.npz")
    state = rescoring.state
    found = rescoring.what_counts(rescoring.rescore(), state["element_weights"])["readiness"]
    names = [str(state["indicators"][leaf]) for leaf in found.leaves]
    lines = [",".join(["code", *names])]
    for code, row in zip(state["codes"], state["treated"][:, found.leaves], strict=True):
        lines.append(",".join([str(code), *("" if np.isnan(value) else repr(float(value)) for value in row)]))
    table = tmp_path / "table.csv"
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    framework = {
        "version": 1, "key": "code", "nodes": [{"id": "whole", "aggregation": rescoring.methods["aggregation"]}],
        "indicators": [
            {"id": name, "parent": "whole", "direction": int(state["directions"][leaf]),
             "weight": float(state["element_weights"][leaf])}
            for name, leaf in zip(names, found.leaves, strict=True)
        ],
        "scoring": {"missing": "renormalise", "normalisation": rescoring.methods["normalisation"],
                    "min_availability": rescoring.methods["min_availability"]},
    }  # fmt: skip
    file = tmp_path / "framework.yaml"
    file.write_text(json.dumps(framework), encoding="utf-8")
    command = ["score", str(table), "--framework", str(file), "--out", str(tmp_path / "out")]
    subprocess.run([sys.executable, "-m", "smart_territoires_plugin.core", *command], cwd=ROOT, check=True)
    with (tmp_path / "out" / "weights.csv").open(encoding="utf-8", newline="") as stream:
        written = {row["element"]: row for row in csv.DictReader(stream)}
    assert written["whole"]["importance"] == ""
    for name, declared, importance in zip(names, found.declared, found.importance, strict=True):
        assert float(written[name]["effective"]) == pytest.approx(declared, rel=1e-11)
        assert float(written[name]["importance"]) == pytest.approx(importance, rel=1e-9)
    assert sum(float(written[name]["importance"]) for name in names) == pytest.approx(1)


def test_moved_weights_move_what_counts(run):
    rescoring = Rescoring.read(run / "scoring.npz")
    weights = rescoring.state["element_weights"].copy()
    column = int(np.flatnonzero(rescoring.state["roles"] == "success_factor")[0])
    weights[column] *= 5
    made = rescoring.rescore(weights, normalisation=Method("percentile_rank"))
    found = rescoring.what_counts(made, weights, Method("percentile_rank"))["readiness"]
    normalised = rescoring.normalised(Method("percentile_rank"))[:, found.leaves]
    assert found.importance == pytest.approx(by_definition(normalised, made.columns["readiness"]))
