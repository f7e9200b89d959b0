"""Missing values: each rule against loops and closed forms, what draws of imputed values are, screening, borders."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from small_study import default_table, write_small_study
from synthetic import make_study, matrix

from smart_territoires_plugin.core.cli import main
from smart_territoires_plugin.core.errors import ScoringError
from smart_territoires_plugin.core.models.imputation import ENGINE_RULES, complete, imputation_draws, residuals
from smart_territoires_plugin.core.scoring import score
from smart_territoires_plugin.core.scoring.hierarchy import Composite, Hierarchy, leaf_weights
from smart_territoires_plugin.core.scoring.imputation_draws import LEFT_OUT
from smart_territoires_plugin.core.scoring.missing import (
    MISSING_RULES,
    Context,
    context_for,
    imputed_values,
    missing_rule,
)
from smart_territoires_plugin.core.scoring.screening import availability, available_share, sufficient
from smart_territoires_plugin.core.sources.borders import neighbour_pairs
from smart_territoires_plugin.core.study import Method, Scoring

ROOT = Path(__file__).resolve().parents[2]
ORACLES = ROOT.parent / "shared" / "oracles"
RULES = {
    "group_mean": Method("group_mean", {"group": "g"}),
    "group_median": Method("group_median", {"group": "g"}),
    "neighbours": Method("neighbours"),
    "knn": Method("knn", {"k": 4}),
    "regression": Method("regression"),
}
MATRICES = arrays(float, (14, 3), elements=st.one_of(st.floats(-1e3, 1e3).map(lambda v: round(v, 2)), st.just(np.nan)))


def structured(size=240, seed=0, gaps=0.12):
    """Values that two hidden causes drive, so that the indicators tell of one another; and the truth behind gaps."""
    generator = np.random.default_rng(seed)
    hidden = generator.normal(size=(size, 2))
    truth = hidden @ generator.normal(size=(2, 6)) + 0.15 * generator.normal(size=(size, 6))
    truth = truth * [1, 10, 1000, 0.01, 5, 2] + [0, 50, 3000, 1, -20, 7]
    values = truth.copy()
    values[generator.uniform(size=values.shape) < gaps] = np.nan
    return values, truth


def surroundings(size):
    """A context with seven groups, one of them unknown, and territories along a ring."""
    rows = np.arange(size)
    ring = np.concatenate([rows, rows]), np.concatenate([(rows + 1) % size, (rows - 1) % size])
    groups = np.array(["", "a", "b", "c", "d", "e", "f"])[rows % 7]
    return groups, ring


def filled(values, name):
    groups, ring = surroundings(len(values))
    context = context_for(RULES[name], tuple(f"x{c}" for c in range(values.shape[1])), {"g": groups}, ring)
    return complete(values, context, RULES[name]), context


# Rules by group and by neighbours


@given(MATRICES)
def test_rules_by_group_and_neighbours_agree_with_loops(values):
    groups, ring = surroundings(len(values))
    for name, statistic in (("group_mean", np.mean), ("group_median", np.median)):
        found, _ = filled(values, name)
        for row, column in zip(*np.nonzero(np.isnan(values))):
            own = [values[r, column] for r in range(len(values)) if groups[r] == groups[row] != ""]
            known = [value for value in own if not np.isnan(value)]
            expected = statistic(known) if known else np.nan
            np.testing.assert_allclose(found[row, column], expected, atol=1e-9)
    found, _ = filled(values, "neighbours")
    for row, column in zip(*np.nonzero(np.isnan(values))):
        around = [values[right, column] for left, right in zip(*ring) if left == row]
        known = [value for value in around if not np.isnan(value)]
        np.testing.assert_allclose(found[row, column], np.mean(known) if known else np.nan, atol=1e-9)


def test_a_gap_among_gaps_stays():
    line = (np.array([0, 1, 1, 2, 2, 3]), np.array([1, 0, 2, 1, 3, 2]))
    values = np.array([[4.0], [np.nan], [np.nan], [np.nan]])
    found = MISSING_RULES["neighbours"](values, Context(("x",), neighbours=line))
    assert found[:2, 0].tolist() == [4.0, 4.0] and np.isnan(found[2:, 0]).all()


# Rules of the engine


def nearest_by_loops(values, k):
    """Mean of the k nearest territories in standardised values, over what both have; NaN where nobody can be told."""
    standard = (values - np.nanmean(values, axis=0)) / np.nanstd(values, axis=0)
    found = values.copy()
    for row, column in zip(*np.nonzero(np.isnan(values))):
        distances = []
        for other in range(len(values)):
            both = ~np.isnan(standard[row]) & ~np.isnan(standard[other])
            if not np.isnan(values[other, column]) and both.any():
                distances.append((np.mean((standard[row, both] - standard[other, both]) ** 2), other))
        if distances:
            found[row, column] = np.mean([values[other, column] for _, other in sorted(distances)[:k]])
    return found


def test_knn_agrees_with_loops():
    values, _ = structured(80, seed=3, gaps=0.3)
    values[5] = np.nan
    found, _ = filled(values, "knn")
    np.testing.assert_allclose(found, nearest_by_loops(values, 4), rtol=1e-9)
    assert np.isnan(found[5]).all()


def test_regression_finds_a_plane():
    """Where one indicator is an exact plane over the others, the closed form is the plane itself."""
    generator = np.random.default_rng(4)
    known = generator.normal(size=(200, 2))
    plane = 7 + 3 * known[:, 0] - 2 * known[:, 1]
    values = np.column_stack([known, plane])
    inside = (plane > np.quantile(plane, 0.1)) & (plane < np.quantile(plane, 0.9))
    rows = np.flatnonzero(inside)[:20]
    values[rows, 2] = np.nan
    found, _ = filled(values, "regression")
    np.testing.assert_allclose(found[rows, 2], plane[rows], atol=0.01)


def test_regression_agrees_with_chained_ridge_regressions_of_our_own():
    """An independent slow one: the same equations solved by the normal equations, its penalty by the evidence."""
    values, _ = structured(150, seed=8, gaps=0.1)
    centre, spread = np.nanmean(values, axis=0), np.nanstd(values, axis=0)
    standard = (values - centre) / spread
    gap = np.isnan(standard)
    current = np.where(gap, 0.0, standard)
    low, high = np.nanmin(standard, axis=0), np.nanmax(standard, axis=0)
    for _ in range(30):
        for column in range(values.shape[1]):
            fit, told = ~gap[:, column], gap[:, column]
            others = np.delete(current, column, axis=1)
            x, y = others[fit], standard[fit, column]
            x_mean, y_mean = x.mean(axis=0), y.mean()
            x, y = x - x_mean, y - y_mean
            alpha, lam = 1 / y.var(), 1.0
            for _ in range(60):
                gram = alpha * x.T @ x + lam * np.eye(x.shape[1])
                slope = np.linalg.solve(gram, alpha * x.T @ y)
                free = x.shape[1] - lam * np.trace(np.linalg.inv(gram))
                alpha, lam = (len(y) - free) / ((y - x @ slope) ** 2).sum(), free / (slope @ slope)
            told_values = (others[told] - x_mean) @ slope + y_mean
            current[told, column] = np.clip(told_values, low[column], high[column])
    found, _ = filled(values, "regression")
    np.testing.assert_allclose((found - centre) / spread, current, atol=0.02)


def test_regression_beats_the_group_and_knn_the_mean_where_indicators_tell_of_one_another():
    values, truth = structured()
    gap = np.isnan(values)
    miss = {}
    for name in ("group_mean", "knn", "regression"):
        found, _ = filled(values, name)
        there = gap & ~np.isnan(filled(values, "group_mean")[0])
        miss[name] = np.sqrt(np.mean(((found - truth) / truth.std(axis=0))[there] ** 2))
    assert miss["regression"] < 0.6 * miss["group_mean"]
    assert miss["knn"] < 0.7 * miss["group_mean"]


@pytest.mark.parametrize("name", ENGINE_RULES)
def test_what_nobody_can_tell_stays_missing(name, recwarn):
    values, _ = structured(40)
    values[:, 2] = 3.0
    values[7] = np.nan  # nothing is known of it
    values[9, 2] = np.nan  # the indicator is the same everywhere
    values[:, 5] = np.nan  # the indicator is empty
    values[:20, 3], values[20:, :2], values[20:, 4] = np.nan, np.nan, np.nan  # no territory has both of them
    found, _ = filled(values, name)
    assert np.isnan(found[7]).all() and np.isnan(found[9, 2]) and np.isnan(found[:, 5]).all()
    assert np.isnan(found[:20, 3]).all() and not np.isnan(found[[0, 1, 2], :2]).any()
    for alone in (values[:, :1], values[:, [2, 5]], values[:0], values[:1], np.full((4, 3), np.nan)):
        np.testing.assert_array_equal(filled(alone, name)[0], alone)
    assert not recwarn.list


# Properties of all


@pytest.mark.parametrize("name", RULES)
def test_known_values_are_untouched_and_nothing_is_changed_in_place(name):
    values, _ = structured(60)
    before = values.copy()
    found, _ = filled(values, name)
    known = ~np.isnan(before)
    np.testing.assert_array_equal(values, before)
    np.testing.assert_array_equal(found[known], before[known])
    assert (np.isnan(found).sum(), np.isnan(before).sum()) == (np.isnan(found[~known]).sum(), (~known).sum())
    assert np.isnan(found).sum() < np.isnan(before).sum()


@pytest.mark.parametrize("name", RULES)
def test_the_order_of_territories_changes_nothing(name):
    values, _ = structured(60, seed=5)
    order = np.random.default_rng(1).permutation(60)
    groups, (left, right) = surroundings(60)
    place = np.argsort(order)
    here = context_for(RULES[name], tuple("abcdef"), {"g": groups}, (left, right))
    there = context_for(RULES[name], tuple("abcdef"), {"g": groups[order]}, (place[left], place[right]))
    np.testing.assert_allclose(
        complete(values[order], there, RULES[name]), complete(values, here, RULES[name])[order], rtol=1e-12
    )


@pytest.mark.parametrize("name", RULES)
def test_units_change_nothing(name):
    values, _ = structured(60, seed=6)
    factor, shift = np.array([1e-6, 1e6, 3.0, 250.0, 0.5, 40.0]), np.array([5.0, -2.0, 0.0, 1e3, 1.0, 0.0])
    here, there = filled(values, name)[0], filled(values * factor + shift, name)[0]
    spread = np.nanstd(values, axis=0)
    np.testing.assert_allclose((there - shift) / factor / spread, here / spread, atol=1e-7)


@given(st.integers(0, 1000))
@settings(max_examples=5, deadline=None)
def test_imputed_values_lie_within_the_known_ones(seed):
    values, _ = structured(50, seed=seed, gaps=0.2)
    for name in RULES:
        found, _ = filled(values, name)
        assert (np.nanmax(found, axis=0) == np.nanmax(values, axis=0)).all()
        assert (np.nanmin(found, axis=0) == np.nanmin(values, axis=0)).all()


def test_each_imputed_value_is_told():
    values, _ = structured(60)
    found, _ = filled(values, "group_mean")
    told = imputed_values(values, found, "group_mean")
    assert len(told) == int((np.isnan(values) & ~np.isnan(found)).sum()) > 0
    again = values.copy()
    for item in told:
        assert item.method == "group_mean" and np.isnan(values[item.row, item.column])
        again[item.row, item.column] = item.value
    np.testing.assert_array_equal(again, found)


# What a rule lacks


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("knn", "scoring.rule_in_engine"),
        ("regression", "scoring.rule_in_engine"),
        ("neighbours", "scoring.no_neighbours"),
        ("group_mean", "scoring.no_groups"),
        ("group_median", "scoring.no_groups"),
    ],
)
def test_a_rule_that_lacks_something_says_so(name, code):
    with pytest.raises(ScoringError) as refused:
        missing_rule(name)(np.array([[1.0], [np.nan]]), Context(("x",)))
    assert [problem.code for problem in refused.value.problems] == [code]


def test_scoring_without_the_engine_refuses_its_rules():
    values = matrix(columns=5, gaps=0.1)
    with pytest.raises(ScoringError):
        score(make_study(scoring=Scoring(Method("knn"))), values)


@pytest.mark.parametrize("name", RULES)
def test_a_run_tells_what_it_filled_in(name, tmp_path):
    import pyogrio

    def ask(content):
        rule = RULES[name]
        given = {"group": "epci"} if name.startswith("group") else rule.parameters
        content["scoring"] = {"missing": {"method": name, **given}, "min_availability": 0.2}

    table = default_table(12).astype({"fibre": object})
    table.loc[4, "fibre"] = ""
    study = write_small_study(tmp_path, table=table, change=ask)
    assert main(["run", str(study), "--out", str(tmp_path / "out"), "--lang", "en", "--workers", "1"]) == 0
    stored = pyogrio.read_dataframe(tmp_path / "out" / "results.gpkg", layer="indicators", read_geometry=False)
    told = stored[stored["flag"] == "imputed"]
    assert list(zip(told["code"], told["indicator"])) == [("77005", "fibre")]
    filled_in = float(told["normalised"].iloc[0])
    assert 1 < filled_in < 100
    with np.load(tmp_path / "out" / "scoring.npz", allow_pickle=False) as state:
        place = list(state["indicators"]).index("fibre")
        assert np.isnan(state["values"][4, place]) and np.isfinite(state["completed"][4, place])


# Draws


def left_out_by_loops(values, name):
    """What a rule says of each known value once that value is taken away."""
    estimates = np.full(values.shape, np.nan)
    for row, column in zip(*np.nonzero(~np.isnan(values))):
        without = values.copy()
        without[row, column] = np.nan
        estimates[row, column] = filled(without, name)[0][row, column]
    return estimates


@pytest.mark.parametrize("name", LEFT_OUT)
@given(values=MATRICES)
@settings(max_examples=25, deadline=None)
def test_left_out_estimates_agree_with_leaving_out(name, values):
    groups, ring = surroundings(len(values))
    context = context_for(RULES[name], ("x", "y", "z"), {"g": groups}, ring)
    known = ~np.isnan(values)
    found = LEFT_OUT[name](values, context)
    np.testing.assert_allclose(found[known], left_out_by_loops(values, name)[known], atol=1e-8)


@pytest.mark.parametrize("name", RULES)
def test_draws_repeat_and_leave_known_values_alone(name):
    values, _ = structured(40)
    completed, context = filled(values, name)
    first, again = (list(imputation_draws(values, completed, RULES[name], context, 6, seed=3)) for _ in range(2))
    known, there = ~np.isnan(values), ~np.isnan(completed)
    assert len(first) == 6
    for one, other in zip(first, again):
        np.testing.assert_array_equal(one, other)
        np.testing.assert_array_equal(one[known], values[known])
        np.testing.assert_array_equal(~np.isnan(one), there)
        assert (np.nanmin(one, axis=0) == np.nanmin(values, axis=0)).all()
        assert (np.nanmax(one, axis=0) == np.nanmax(values, axis=0)).all()
    # The first draws of many are those of few: how many are asked for changes none of them.
    more = list(imputation_draws(values, completed, RULES[name], context, 9, seed=3))[:6]
    np.testing.assert_array_equal(np.stack(more), np.stack(first))
    drawn = np.stack(first)[:, ~known & there]
    assert (np.ptp(drawn, axis=0) > 0).mean() > 0.8
    assert not np.array_equal(first[0], first[1], equal_nan=True)


def test_draws_of_a_group_are_its_own():
    values = np.array([[1.0], [3.0], [np.nan], [100.0], [300.0], [np.nan], [np.nan]])
    groups = np.array(["a", "a", "a", "b", "b", "b", "c"])
    context = Context(("x",), groups=groups)
    completed = complete(values, context, RULES["group_mean"])
    drawn = np.stack(list(imputation_draws(values, completed, RULES["group_mean"], context, 200, seed=1)))[:, :, 0]
    # Left out in turn, each of two values misses the other by their distance; the known range holds the draws.
    assert set(drawn[:, 2]) == {1.0, 4.0} and set(drawn[:, 5]) == {1.0, 300.0}
    assert np.isnan(drawn[:, 6]).all()


@pytest.mark.parametrize("name", RULES)
def test_draws_spread_as_the_rule_errs(name):
    """On data whose truth is known, the middle 90 % of the draws hold it about so often."""
    held = []
    for seed in range(2):
        values, truth = structured(300, seed=seed, gaps=0.08)
        completed, context = filled(values, name)
        gap = np.isnan(values) & ~np.isnan(completed)
        drawn = np.stack([found[gap] for found in imputation_draws(values, completed, RULES[name], context, 200, seed)])
        low, high = np.quantile(drawn, [0.05, 0.95], axis=0)
        held.append(((truth[gap] >= low) & (truth[gap] <= high)).mean())
    assert 0.84 <= np.mean(held) <= 0.97


@pytest.mark.parametrize("name", ["error", "renormalise"])
def test_rules_that_fill_nothing_draw_nothing(name):
    values, _ = structured(20, gaps=0.1 if name == "renormalise" else 0)
    drawn = list(imputation_draws(values, values, Method(name), Context(tuple("abcdef")), 3, seed=1))
    assert len(drawn) == 3
    for found in drawn:
        np.testing.assert_array_equal(found, values)


def test_cross_validated_residuals_are_as_large_as_the_true_errors():
    values, truth = structured(300, seed=2)
    completed, context = filled(values, "regression")
    gap = np.isnan(values)
    seen = np.nanstd(residuals(values, RULES["regression"], context), axis=0)
    true = np.array([np.std((completed - truth)[gap[:, c], c]) for c in range(6)])
    assert (seen / true > 0.6).all() and (seen / true < 1.8).all()


_BITS = """
import hashlib, sys
sys.path[:0] = sys.argv[1:]
import numpy as np
from test_missing import RULES, filled, imputation_draws, structured
values, _ = structured(300)
found = hashlib.sha256()
for name in ("knn", "regression"):
    completed, context = filled(values, name)
    found.update(completed.tobytes())
    for drawn in imputation_draws(values, completed, RULES[name], context, 2, 1):
        found.update(drawn.tobytes())
print(found.hexdigest())
"""


def test_the_bits_do_not_depend_on_the_number_of_cores():
    def bits(threads):
        variables = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
        paths = [str(ROOT), str(Path(__file__).parent)]
        environment = {**os.environ, **dict.fromkeys(variables, threads)}
        call = [sys.executable, "-c", _BITS, *paths]
        return subprocess.run(call, env=environment, capture_output=True, text=True, check=True, timeout=120).stdout

    assert bits("1") == bits("2") != ""


# Screening


def test_availability_agrees_with_coinr():
    """Equal leaf weights within each of the 11 composites: the availability that COINr gives, by group and by unit."""
    folder = ORACLES / "coinr_asem"
    if not folder.exists():
        pytest.skip("shared/oracles is absent")

    def table(name):
        with (folder / name).open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    meta = table("02_iMeta_input.csv")
    indicators = [row for row in meta if row["Type"] == "Indicator"]
    parents = {row["iCode"]: row["Parent"] for row in meta}
    raw, by_group, by_unit = table("10_dset_Raw.csv"), table("35_avail_groups.csv"), table("34_avail_units.csv")
    known = np.array([[row[i["iCode"]] not in ("", "NA") for i in indicators] for row in raw])
    groups = [name for name in by_group[0] if name != "uCode"]
    leaves = np.zeros((len(groups), len(indicators)))
    for column, indicator in enumerate(indicators):
        above = indicator["Parent"]
        while above in groups:
            leaves[groups.index(above), column] = 1
            above = parents.get(above)
    expected = {row["uCode"]: [float(row[name]) for name in groups] for row in by_group}
    found = availability(known, leaves)
    assert not known.all()
    for row, shares in zip(raw, found):
        np.testing.assert_allclose(shares, expected[row["uCode"]], atol=1e-9)
    whole = {row["uCode"]: float(row["Dat_Avail"]) for row in by_unit}
    shares = available_share(known, np.ones(len(indicators)))
    np.testing.assert_allclose(shares, [whole[row["uCode"]] for row in raw], atol=1e-9)


@given(st.integers(0, 500))
def test_availability_agrees_with_loops(seed):
    generator = np.random.default_rng(seed)
    mean = Method("arithmetic_mean")
    tree = Hierarchy(5, (Composite("p", (0, 1, 2), mean), Composite("q", (3, 4), mean), Composite("all", (5, 6), mean)))
    weights = generator.integers(0, 4, 8).astype(float)
    known = generator.uniform(size=(9, 5)) < 0.6
    leaves = leaf_weights(tree, weights)
    found = availability(known, leaves)
    for row in range(9):
        for place in range(3):
            whole = sum(leaves[place])
            there = sum(leaves[place, c] for c in range(5) if known[row, c])
            assert found[row, place] == pytest.approx(there / whole if whole else 0.0)


def test_a_share_that_equals_the_minimum_suffices():
    weights = np.full(10, 0.1)
    known = np.arange(10) < np.arange(11)[:, None]
    for count in range(11):
        assert sufficient(available_share(known, weights), count / 10).tolist() == [n >= count for n in range(11)]


# Borders


def test_neighbours_share_a_border_not_a_corner():
    cells = [shapely.box(x, y, x + 1, y + 1) for y in range(3) for x in range(4)]
    geometry = np.array([*cells, None, shapely.box(50, 50, 51, 51), shapely.box(3.9, 0, 5, 1.2)], dtype=object)
    found = set(zip(*(rows.tolist() for rows in neighbour_pairs(geometry))))
    expected = {
        (a, b)
        for a in range(12)
        for b in range(12)
        if abs(a % 4 - b % 4) + abs(a // 4 - b // 4) == 1
    }  # fmt: skip
    assert found == expected | {(3, 14), (14, 3), (7, 14), (14, 7)}  # what has no shape or stands apart has none


def test_nobody_has_neighbours_where_there_are_none():
    for geometry in (np.array([], dtype=object), np.array([None, None], dtype=object)):
        assert [len(rows) for rows in neighbour_pairs(geometry)] == [0, 0]


def test_a_territory_is_filled_from_those_around_it():
    geometry = np.array([shapely.box(x, y, x + 1, y + 1) for y in range(3) for x in range(3)], dtype=object)
    values = np.arange(9.0)[:, None]
    values[4] = np.nan
    found = complete(values, Context(("x",), neighbours=neighbour_pairs(geometry)), Method("neighbours"))
    assert found[4, 0] == (1 + 3 + 5 + 7) / 4
