"""Sobol' indices: against closed forms, and of what moves ranks and lists."""

import json
from dataclasses import replace

import numpy as np
import pytest
from synthetic import make_study, matrix
from test_robustness import ARITHMETIC, GEOMETRIC, SCORING, drawn_from, some_values, threads, tree
from test_scoring import ORACLES
from test_targeting import make_activity, make_territories

from smart_territoires_plugin.core.models.sobol import evenly, first_of, membership, rank_indices, sobol_indices
from smart_territoires_plugin.core.scoring import score
from smart_territoires_plugin.core.scoring.hierarchy import Composite, Hierarchy
from smart_territoires_plugin.core.study import Method, Robustness, Targeting
from smart_territoires_plugin.core.study.model import Error
from smart_territoires_plugin.core.targeting.choice_indices import target_indices
from smart_territoires_plugin.core.targeting.stability import listing_of
from smart_territoires_plugin.core.targeting.standing import sure


def test_ishigami():
    """The same function that shares out the variance of ranks, on one whose indices are known."""
    file = ORACLES / "sobol" / "ishigami_analytic.json"
    if not file.exists():
        pytest.skip("shared/oracles is absent")
    known = json.loads(file.read_text(encoding="utf-8"))

    def ishigami(uniforms):
        x1, x2, x3 = (2 * uniforms - 1) * np.pi
        return [np.sin(x1) + 7 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1)]

    for size in (4096, 8192):
        found = sobol_indices(ishigami, ("x1", "x2", "x3"), size, seed=1)[0]
        np.testing.assert_allclose(found.first, known["S"], atol=0.02)
        np.testing.assert_allclose(found.total, known["ST"], atol=0.02)
        assert found.variance == pytest.approx(known["variance"], rel=0.02)


def test_an_output_of_several_parts_is_shared_out_by_the_variance_of_its_parts():
    """u₁ and 2 u₂: of the whole variance 1/12 + 4/12, a fifth is of the first; a constant part adds nothing."""
    found = sobol_indices(lambda u: [np.stack([u[0], 2 * u[1], 0 * u[0]]), 0 * u[0]], ("a", "b"), 4096, seed=3)
    np.testing.assert_allclose(found[0].first, [0.2, 0.8], atol=0.01)
    np.testing.assert_allclose(found[0].total, [0.2, 0.8], atol=0.01)
    assert found[0].variance == pytest.approx(5 / 12 / 3, rel=0.01)
    assert (found[1].total == 0).all() and found[1].variance == 0


def test_one_group_takes_all():
    found = sobol_indices(lambda u: [u[0] ** 2], ("a",), 256, seed=3)[0]
    assert found.first == pytest.approx([1], abs=0.02) and found.total == pytest.approx([1], abs=0.02)


def test_the_only_group_drawn_makes_all_of_the_variance():
    values = some_values()
    asked = Robustness(seed=2, error_share=0.3)
    found = rank_indices(tree(), drawn_from(values, asked), np.ones(11), asked, 10, 5, size=512)
    assert set(found) == {"rank", "rank_change", "shortlist"}
    for indices in found.values():
        assert indices.groups == ("weights",)
        assert indices.first == pytest.approx([1], abs=0.05) and indices.total == pytest.approx([1], abs=0.05)
        assert indices.variance > 0


def test_a_group_that_changes_no_rank_has_no_share():
    """Ranks by one indicator are the same under any increasing normalisation and any weight."""
    values = some_values(columns=1)
    asked = Robustness(seed=2, normalisation=(Method("rank"),), aggregation=(GEOMETRIC,))
    hierarchy = Hierarchy(1, (Composite("index", (0,), ARITHMETIC),))
    noisy = drawn_from(values, asked, errors=[Error(share=0.2)])
    found = rank_indices(hierarchy, noisy, np.ones(2), asked, 1, 5, size=64)["rank"]
    shares = dict(zip(found.groups, found.total, strict=True))
    assert shares.pop("error") == pytest.approx(1, abs=0.15)
    assert max(shares.values()) < 1e-12 and set(shares) == {"weights", "normalisation", "aggregation"}
    sure = rank_indices(hierarchy, drawn_from(values, asked), np.ones(2), asked, 1, 5, size=64)
    assert all(indices.variance == 0 and (indices.total == 0).all() for indices in sure.values())


def test_shares_follow_the_closed_form_of_a_choice_between_two_methods():
    """Two rows change places with the normalisation alone, or with the weights alone: both are shared out as known.

    Row a leads under the own method for any weight drawn, and row b under the other: all variance is of that choice.
    """
    asked = Robustness(seed=5, error_share=0.05, normalisation=(Method("rank"),))
    values = np.array([[10.0, 1.0], [4.0, 3.0], [3.0, 2.9], [1.0, 2.8]])
    hierarchy = Hierarchy(2, (Composite("index", (0, 1), ARITHMETIC),))
    found = rank_indices(hierarchy, drawn_from(values, asked), np.array([2.0, 1.0, 1.0]), asked, 2, 1, size=512)
    shares = dict(zip(found["rank"].groups, found["rank"].first, strict=True))
    assert sum(shares.values()) <= 1.05 and min(shares.values()) >= -0.05
    for indices in found.values():
        assert (indices.total >= indices.first - 0.05).all()


def test_indices_repeat_on_any_number_of_workers():
    values = some_values(100)
    asked = Robustness(seed=2, normalisation=(Method("rank"),))
    drawn = drawn_from(values, asked)
    one, two = (
        rank_indices(tree(), drawn, np.ones(11), asked, 10, 5, size=128, run=threads(count)) for count in (1, 2)
    )
    for name, indices in one.items():
        np.testing.assert_array_equal(indices.total, two[name].total)
        np.testing.assert_array_equal(indices.first, two[name].first)


def test_nothing_drawn_nothing_shared_out():
    asked = Robustness(error_share=0.0)
    assert rank_indices(tree(), drawn_from(some_values(), asked), np.ones(11), asked, 10, 5) == {}


def of_targets(asked, size=256, seed=1):
    territories = make_territories(120)
    activity = make_activity(territories)
    study = replace(make_study(), robustness=asked, targeting=Targeting(shortlist=10), scoring=SCORING)
    scores = score(study, matrix(120, seed=seed))
    unknown = np.isnan(activity.count)
    high = np.nan_to_num(activity.count) > 1
    evidence = np.random.default_rng(seed).uniform(0, 100, 120)
    standing = sure(high, unknown, evidence, activity.by_theme["t"][:, None])
    listing, _ = listing_of(study, scores, standing, territories.codes)
    return target_indices(study, scores, listing, size)


def test_thresholds_move_segments_and_nothing_else_does_where_weights_are_fixed():
    found = of_targets(Robustness(seed=1, error_share=0.0, thresholds=0.2))
    assert set(found) == {"segment", "rank", "shortlist"}
    assert found["segment"].groups == ("thresholds",)
    assert found["segment"].first == pytest.approx([1], abs=0.05) and found["segment"].variance > 0


def test_weights_and_thresholds_share_out_what_moves_targets():
    found = of_targets(Robustness(seed=1, thresholds=0.1))
    for indices in found.values():
        assert indices.groups == ("weights", "thresholds")
        assert (indices.total >= indices.first - 0.1).all()
        assert 0.8 < indices.first.sum() + 0.5 * (indices.total - indices.first).sum() < 1.2
    # The threshold decides who is called at all; whoever leads the list is ready in any case.
    share = {name: indices.total[1] / indices.total.sum() for name, indices in found.items()}
    assert share["segment"] > share["shortlist"]


def test_places_are_followed_evenly_and_lists_become_memberships():
    assert evenly(np.arange(1, 11), 5).tolist() == [0, 2, 4, 6, 8]
    assert sorted(evenly(np.array([2, 3, 1]), 9).tolist()) == [0, 1, 2]
    listed = first_of(np.array([[1, 3, 2], [3, 1, 1], [4, 4, 4]]), 2)
    assert listed.tolist() == [[0, 2], [1, 2], [-1, -1]]
    assert membership(listed, 3).tolist() == [[1, 0, 0], [0, 1, 0], [1, 1, 0]]
    assert membership(np.full((2, 2), -1), 3).tolist() == [[0, 0]]
