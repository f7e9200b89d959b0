"""A study whose indicators stand below nodes: between them and their theme or axis, at any depth."""

import csv

import numpy as np
import pytest
import yaml
from small_study import write_small_study

from smart_territoires_plugin.core.cli import main
from smart_territoires_plugin.core.errors import StudyError
from smart_territoires_plugin.core.messages import problem_lines
from smart_territoires_plugin.core.scoring import score
from smart_territoires_plugin.core.scoring.composite import scored_indicators
from smart_territoires_plugin.core.scoring.explanation import contributions, effective_weights
from smart_territoires_plugin.core.study import read_study
from smart_territoires_plugin.core.targeting.rescoring import Rescoring


def with_nodes(content, aggregation="arithmetic_mean"):
    """Four factors more: two below ``nets``, which stands below ``means`` of the axis of data, beside one of them."""
    table = {"source": "table", "kind": "field"}
    names = [f["id"] for f in content["indicators"] if f["role"] == "success_factor"]
    content["nodes"] = [
        {"id": "nets", "parent": "means", "weight": 3, "aggregation": aggregation},
        {"id": "means", "parent": "data", "weight": 0.5},
    ]
    for number, (field, parent) in enumerate([("fibre", "nets"), ("income", "nets"), ("partners", "means")]):
        content["indicators"].insert(
            2,
            {
                "id": f"more_{number}", "role": "success_factor", "axis": "data", "weight": number + 1,
                "parent": parent, "measure": {**table, "field": field},
            },
        )  # fmt: skip
    assert names


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nodes")
    study = write_small_study(folder, 40, change=with_nodes)
    assert main(["run", str(study), "--out", str(folder / "out"), "--lang", "en"]) == 0
    with (folder / "out" / "territories.csv").open(encoding="utf-8", newline="") as stream:
        return read_study(study), folder / "out", list(csv.DictReader(stream))


def by_hand(study, normalised, row):
    """Readiness and axis of data of one territory, by definition."""
    place = {indicator.id: column for column, indicator in enumerate(scored_indicators(study))}
    value = lambda name: normalised[row, place[name]]  # noqa: E731
    nets = (1 * value("more_0") + 2 * value("more_1")) / 3
    means = (3 * value("more_2") + 3 * nets) / 6
    flat = [i for i in study.of_role("success_factor") if i.parent is None]
    data = [i for i in flat if i.axis == "data"]
    mean = lambda some: (sum(i.weight * value(i.id) for i in some) + 0.5 * means) / (sum(i.weight for i in some) + 0.5)  # noqa: E731
    return mean(flat), mean(data)


def test_scores_by_hand(own):
    study, out, rows = own
    rescoring = Rescoring.read(out / "scoring.npz")
    for row in range(len(rows)):
        readiness, data = by_hand(study, rescoring.state["normalised"], row)
        assert float(rows[row]["readiness"]) == pytest.approx(readiness, rel=1e-10)
        assert float(rows[row]["axis_data"]) == pytest.approx(data, rel=1e-10)


def test_contributions_add_up_through_nodes(own):
    study, out, _ = own
    state = Rescoring.read(out / "scoring.npz").state
    values = state["values"].copy()
    values[3, 1] = values[5, 3] = np.nan
    made = score(study, values)
    for name in made.composites:
        parts = contributions(made, name)
        known = ~np.isnan(made.columns[name])
        np.testing.assert_allclose(parts.sum(axis=1)[known], made.columns[name][known], rtol=0, atol=1e-11)
        np.testing.assert_allclose(effective_weights(made, name).sum(axis=1)[known], 1, atol=1e-12)


def test_what_the_dock_shows_is_the_run(own):
    _, out, rows = own
    rescoring = Rescoring.read(out / "scoring.npz")
    made = rescoring.rescore()
    assert made.segment.tolist() == [row["segment"] for row in rows]
    np.testing.assert_allclose(made.columns["readiness"], [float(row["readiness"]) for row in rows], rtol=1e-11)
    weights = rescoring.state["element_weights"].copy()
    weights[rescoring.hierarchy().column_of("means")] = 0
    without = rescoring.rescore(weights).columns["readiness"]
    assert np.abs(without - made.columns["readiness"]).max() > 0.1


@pytest.mark.parametrize("aggregation", ["geometric_mean", "topsis", "copeland"])
def test_a_node_may_have_its_own_aggregation_and_is_explained(tmp_path, capsys, aggregation):
    study = write_small_study(tmp_path, 20, change=lambda content: with_nodes(content, aggregation))
    assert main(["run", str(study), "--out", str(tmp_path / "out"), "--lang", "fr"]) == 0
    capsys.readouterr()
    assert main(["explain", str(tmp_path / "out"), "77003", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "more_0" in said and "more_2" in said
    assert (tmp_path / "out" / "methodology.html").read_text(encoding="utf-8").count("nets")


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        (lambda c: c["nodes"][1].pop("parent"), ["framework.node_without_parent"]),
        (lambda c: c["nodes"][1].update(parent="dat"), ["framework.unknown_parent"]),
        (lambda c: c["nodes"][1].update(parent="partnership"), ["framework.other_branch"] * 3),
        (lambda c: c["nodes"].append({"id": "alone", "parent": "data"}), ["framework.empty_node"]),
        (lambda c: c["nodes"][0].update(aggregation="harmonic_mean"), []),
        (lambda c: c["nodes"][0].update(id="readiness"), ["framework.unknown_parent"] * 2 + ["study.reserved_id"]),
        (lambda c: c["indicators"][0].update(parent="means"), ["framework.mixed_roles", "framework.other_branch"]),
    ],
)
def test_what_is_wrong_with_nodes_is_told(tmp_path, change, codes):
    path = write_small_study(tmp_path, change=with_nodes)
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True), encoding="utf-8")
    found = []
    try:
        read_study(path)
    except StudyError as error:
        found = [problem.code for problem in error.problems]
        for lang in ("fr", "en"):
            assert len(problem_lines(error.problems, lang)) == len(found)
    assert [
        code for code in sorted(found) if code != "framework.empty_node" or "framework.empty_node" in codes
    ] == codes


def test_pairwise_comparisons_of_the_factors_weigh_the_axes_too(tmp_path):
    """Two factors on two axes, one thrice the other; a third that is the same everywhere is left out."""

    def change(content):
        content["indicators"].append(
            {
                "id": "flat", "role": "success_factor", "axis": "data",
                "measure": {"kind": "ratio", "source": "table", "numerator": "fibre", "denominator": "fibre"},
            }
        )  # fmt: skip
        names = [i["id"] for i in content["indicators"] if i["role"] == "success_factor"]
        pairs = [[names[0], names[1], 3], [names[0], "flat", 2], [names[1], "flat", 1]]
        content["scoring"]["weights"] = {"method": "ahp", "comparisons": pairs}

    study = write_small_study(tmp_path, 12, change=change)
    assert main(["run", str(study), "--out", str(tmp_path / "out"), "--lang", "fr"]) == 0
    state = Rescoring.read(tmp_path / "out" / "scoring.npz").state
    factors = state["roles"] == "success_factor"
    np.testing.assert_allclose(state["weights"][factors], [0.75, 0.25, 0], atol=1e-12)


@pytest.mark.parametrize(("changed", "cause"), [("indicators", "weights"), ("nodes", "method")])
def test_two_runs_are_compared_through_nodes(tmp_path, changed, cause):
    from smart_territoires_plugin.core.comparing_runs import compare_runs

    def other(content):
        with_nodes(content)
        items = {item["id"]: item for item in content[changed]}
        items["more_0" if changed == "indicators" else "nets"]["weight"] = 9

    for name, change in (("a", with_nodes), ("b", other)):
        study = write_small_study(tmp_path / name, 20, change=change)
        assert main(["run", str(study), "--out", str(tmp_path / name / "out"), "--lang", "en"]) == 0
    found = compare_runs(tmp_path / "a" / "out", tmp_path / "b" / "out").changes["readiness"]
    moved = found.after - found.before
    assert np.abs(moved).max() > 0.1
    np.testing.assert_allclose(found.parts[cause], moved, atol=1e-9)


@pytest.mark.parametrize(("weights", "warned"), [("entropy", True), ("equal", False)])
def test_weights_from_the_data_come_with_their_warning(tmp_path, capsys, weights, warned):
    study = write_small_study(tmp_path, change=lambda content: content["scoring"].update(weights=weights))
    assert main(["run", str(study), "--out", str(tmp_path / "out"), "--lang", "en"]) == 0
    assert ("dispersion is not importance" in capsys.readouterr().err) == warned
