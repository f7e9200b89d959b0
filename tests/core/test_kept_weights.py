"""Weights tried under the hand and kept in the study: a run of the edited study gives what the hand saw."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from smart_territoires_plugin.core.cli import main
from smart_territoires_plugin.core.scoring.hierarchy import Hierarchy
from smart_territoires_plugin.core.study.editing import edit_study
from smart_territoires_plugin.core.study.kept_weights import weight_changes
from smart_territoires_plugin.core.study.model import Method
from smart_territoires_plugin.core.study.reading import read_study
from smart_territoires_plugin.core.targeting.rescoring import Rescoring


@pytest.fixture(scope="module")
def region(tmp_path_factory):
    """The fictitious region (synthetic) and its run."""
    home = tmp_path_factory.mktemp("region")
    assert main(["demo", str(home)]) == 0
    assert main(["run", str(home / "study.yaml"), "--out", str(home / "results")]) == 0
    return home


def names_of(hierarchy: Hierarchy, state) -> list[str]:
    return [*(str(name) for name in state["indicators"]), *(made.id for made in hierarchy.composites)]


@pytest.mark.parametrize(("written", "method"), [("declared", None), ("equal", "percentile_rank")])
def test_the_next_run_gives_what_the_hand_saw(region, tmp_path, written, method):
    text = (region / "study.yaml").read_text("utf-8")
    study = region / f"study_{written}_{method}.yaml"
    study.write_text(text, "utf-8")
    edit_study(study, {"scoring.weights": written})
    before, after = tmp_path / "before", tmp_path / "after"
    assert main(["run", str(study), "--out", str(before)]) == 0
    run = Rescoring.read(before / "scoring.npz")
    saved, themes = run.state["element_weights"], run.state["theme_weights"]
    chosen, chosen_themes = saved.copy(), themes.copy()
    factors = np.flatnonzero(run.state["roles"] == "success_factor")
    chosen[factors[0]], chosen[factors[1]], chosen_themes[0] = 3.25 * saved[factors[0]], 0.0, 2.5
    normalisation = None if method is None else Method(method)
    seen = run.rescore(chosen, chosen_themes, normalisation)
    names = names_of(run.hierarchy(), run.state)
    content = read_study(study).content
    changes = weight_changes(
        content, names, saved, chosen, [str(n) for n in run.state["theme_ids"]], themes, chosen_themes, normalisation
    )
    edit_study(study, changes)
    assert main(["run", str(study), "--out", str(after)]) == 0
    made = Rescoring.read(after / "scoring.npz").rescore()
    for name, values in seen.columns.items():
        np.testing.assert_allclose(made.columns[name], values, rtol=0, atol=1e-4, err_msg=name)
    if written == "declared":
        # Beside what was changed, and the line that this test wrote, not a line differs.
        lines = list(zip(text.splitlines(), study.read_text("utf-8").splitlines()))
        assert len(changes) == 3 and sum(a != b for a, b in lines) <= 4


weights = some.lists(some.sampled_from([0.0, 0.5, 1.0, 2.0]), min_size=4, max_size=4)


@given(weights, weights)
def test_only_what_moved_is_written(saved, chosen):
    content = {"indicators": [{"id": "a"}, {"id": "b"}], "nodes": [{"id": "n"}], "themes": [], "scoring": {}}
    found = weight_changes(content, ("a", "b", "n", "readiness"), np.array(saved), np.array(chosen), (), (), ())
    wanted = {
        f"{kind}.{name}.weight": after
        for kind, name, before, after in zip(("indicators", "indicators", "nodes"), "abn", saved, chosen)
        if before != after
    }
    assert found == wanted


def test_a_method_that_found_the_weights_gives_way_to_declared_ones():
    content = {"indicators": [{"id": "a"}, {"id": "b"}, {"id": "c"}], "scoring": {"weights": {"method": "critic"}}}
    saved, chosen = np.array([0.7, 0.3, 0.0]), np.array([0.7, 0.6, 0.0])
    found = weight_changes(content, ("a", "b", "c"), saved, chosen, (), (), ())
    assert found == {"scoring.weights": "declared", "indicators.a.weight": 0.7, "indicators.b.weight": 0.6}
    assert weight_changes(content, ("a", "b", "c"), saved, saved, (), (), ()) == {}
