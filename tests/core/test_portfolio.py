"""The choice under means, against all subsets of small instances, a published optimum, and its own conditions."""

from __future__ import annotations

import csv
import importlib.util
import itertools
import json
import os
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_territoires_plugin.core.choosing import choose
from smart_territoires_plugin.core.cli import main
from smart_territoires_plugin.core.errors import SmartTerritoiresError
from smart_territoires_plugin.core.messages import problem_lines
from smart_territoires_plugin.core.results.portfolio_tables import portfolio_frame, portfolio_record
from smart_territoires_plugin.core.targeting.portfolio import Programme, best_choice
from smart_territoires_plugin.core.targeting.portfolio_alternatives import alternatives
from smart_territoires_plugin.core.targeting.portfolio_conditions import Condition
from smart_territoires_plugin.core.targeting.portfolio_conflict import conflict_problems, conflicts
from smart_territoires_plugin.core.targeting.portfolio_plan import read_plan
from smart_territoires_plugin.core.targeting.portfolio_reduction import settled
from smart_territoires_plugin.core.targeting.portfolio_replacement import replacements
from smart_territoires_plugin.core.targeting.quiet_solver import quiet_solver
from tests.core.portfolio_instances import ROSETTA, SYNTHETIC, THEMES, large_region, row, rows_of

ROOT = Path(__file__).resolve().parents[2]
CLOSE = 1e-6


@pytest.fixture
def plan(tmp_path):
    """Return a function that writes a plan and reads it."""

    def made(**content):
        path = tmp_path / "plan.yaml"
        path.write_text(yaml.safe_dump({"version": 1, **content}, sort_keys=False), encoding="utf-8")
        return read_plan(path)

    return made


def chosen_codes(portfolio) -> list[str]:
    return sorted(portfolio.candidates.codes[portfolio.best.chosen])


def refused(act) -> tuple[list[str], str]:
    with pytest.raises(SmartTerritoiresError) as raised:
        act()
    assert raised.value.exit_code == 2
    lines = {lang: problem_lines(raised.value.problems, lang) for lang in ("fr", "en")}
    assert len(lines["fr"]) == len(lines["en"])
    return [problem.code for problem in raised.value.problems], "\n".join(lines["en"])


# ── an independent, slow answer: every subset


def subsets(size: int):
    for members in itertools.product((False, True), repeat=size):
        yield np.array(members, dtype=bool)


def allowed(chosen: np.ndarray, conditions) -> bool:
    for condition in conditions:
        total = sum(float(a) for a, c in zip(condition.amounts, chosen, strict=True) if c)
        if total > condition.high + 1e-9 or total < condition.low - 1e-9:
            return False
    return True


def feasible_sets(programme: Programme, conditions=None) -> list[np.ndarray]:
    conditions = programme.conditions if conditions is None else conditions
    found = (chosen for chosen in subsets(len(programme.values)) if allowed(chosen, conditions))
    return [chosen for chosen in found if np.all(chosen[programme.imposed])]


def total(programme: Programme, chosen: np.ndarray) -> float:
    return float(sum(programme.values[chosen]))


@st.composite
def programmes(draw, largest: int = 9, easy: bool = False):
    """Synthetic instances: two budgets, quotas of three groups from below and above, some imposed."""
    size = draw(st.integers(2, largest))
    numbers = st.lists(st.integers(1, 12), min_size=size, max_size=size)
    values = np.array(draw(numbers), dtype=float)
    days, euros = np.array(draw(numbers)) / 4, np.array(draw(numbers)) * 1_000.0
    groups = np.array(draw(st.lists(st.integers(0, 2), min_size=size, max_size=size)))
    conditions = [
        Condition("days", "plan.yaml:2", days, high=draw(st.integers(1, 40)) / 4, values={"limit": "?"}),
        Condition("eur", "plan.yaml:3", euros, high=draw(st.integers(1, 60)) * 1_000.0, values={"limit": "?"}),
    ]
    for group in range(3):
        said = {"group": "g", "value": group, "remaining": int((groups == group).sum())}
        least, most = draw(st.integers(0, 0 if easy else 3)), draw(st.integers(1, 4))
        members = (groups == group).astype(float)
        if least:
            low = {**said, "number": least}
            conditions.append(Condition("group_min", f"plan.yaml:{5 + group}", members, low=least, values=low))
        high = {**said, "number": most}
        conditions.append(Condition("group_max", f"plan.yaml:{8 + group}", members, high=most, values=high))
    imposed = np.zeros(size, dtype=bool)
    if not easy:
        imposed[draw(st.lists(st.integers(0, size - 1), max_size=1))] = True
    codes = np.array(draw(st.permutations([f"{number:05d}" for number in range(size)])), dtype=object)
    return Programme(codes, values, tuple(conditions), imposed)


# ── the optimum


def test_the_knapsack_of_rosetta_code(plan, tmp_path):
    lines = ["item;weight", *(f"{name};{weight}" for name, weight, _ in ROSETTA)]
    (tmp_path / "weights.csv").write_text("\n".join(lines), encoding="utf-8")
    asked = plan(days=400, costs={"days": {"table": "weights.csv", "code": "item", "column": "weight"}})
    made, warnings = choose(asked, rows_of(*(row(name, value) for name, _, value in ROSETTA)), ("flood",))
    assert made.best.value == 1030
    assert made.used("days") == 396
    assert made.best.optimal and made.best.gap_pct == 0
    assert warnings == []
    left_out = {name for name, _, _ in ROSETTA} - set(chosen_codes(made))
    assert left_out == {
        "tin", "apple", "cheese", "beer", "camera", "T-shirt", "trousers", "umbrella", "towel", "book",
    }  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(programmes())
def test_no_subset_is_better(programme):
    every = feasible_sets(programme)
    found = best_choice(programme)
    if not every:
        assert found is None
        return
    best = max(total(programme, chosen) for chosen in every)
    assert found.value == pytest.approx(best, abs=CLOSE)
    assert found.optimal
    assert allowed(found.chosen, programme.conditions) and np.all(found.chosen[programme.imposed])


@settings(max_examples=40, deadline=None)
@given(programmes(largest=8), st.integers(0, 60))
def test_no_choice_worth_so_much_lies_outside_what_is_settled(programme, least):
    size = len(programme.values)
    given_lower = programme.imposed.astype(float)
    lower, upper = settled(programme.values, programme.conditions, given_lower, np.ones(size), float(least))
    for chosen in feasible_sets(programme):
        if total(programme, chosen) >= least:
            assert (chosen >= lower).all() and (chosen <= upper).all()


def test_what_the_solver_prints_stays_off_the_standard_output(capfd):
    import ctypes

    library = ctypes.CDLL(None)
    with quiet_solver():
        library.puts(b"printed from C")
        os.write(1, b"written")
    library.fflush(None)
    print("the result")
    assert capfd.readouterr().out == "the result\n"


@settings(max_examples=25, deadline=None)
@given(programmes(easy=True), st.randoms(use_true_random=False))
def test_equal_values_are_settled_by_the_codes_alone(programme, random):
    """The same candidates in any order give the same choice, though many are worth the same."""
    order = list(range(len(programme.codes)))
    random.shuffle(order)
    turned = Programme(
        programme.codes[order],
        programme.values[order],
        tuple(Condition(c.kind, c.where, c.amounts[order], c.low, c.high, c.values) for c in programme.conditions),
        programme.imposed[order],
    )
    first, second = best_choice(programme), best_choice(turned)
    assert set(programme.codes[first.chosen]) == set(turned.codes[second.chosen])


def test_of_many_that_are_worth_the_same_neither_the_order_nor_the_alphabet_decides():
    codes = [f"{number:05d}" for number in range(12)]
    orders = [codes, codes[::-1], codes[6:] + codes[:6], sorted(codes, key=lambda code: code[::-1])]
    found = []
    for order in orders:
        days = Condition("days", "", np.ones(12), high=4.0)
        programme = Programme(np.array(order, dtype=object), np.full(12, 0.1), (days,), np.zeros(12, bool))
        found.append(set(programme.codes[best_choice(programme).chosen]))
    assert all(chosen == found[0] for chosen in found)
    assert found[0] not in (set(codes[:4]), set(codes[-4:]))


def greedy(values, costs, limit):
    """What a spreadsheet would do: the highest value for its cost first, while it fits."""
    chosen, spent = np.zeros(len(values), dtype=bool), 0.0
    for place in sorted(range(len(values)), key=lambda i: (-values[i] / costs[i], i)):
        if spent + costs[place] <= limit:
            chosen[place], spent = True, spent + costs[place]
    return chosen


def test_greedy_by_value_for_cost_is_worse():
    values, costs = np.array([60.0, 100.0, 120.0]), np.array([10.0, 20.0, 30.0])
    days = Condition("days", "", costs, high=50.0)
    found = best_choice(Programme(np.array(["a", "b", "c"]), values, (days,), np.zeros(3, bool)))
    assert values[greedy(values, costs, 50.0)].sum() == 160
    assert found.value == 220


def test_greedy_breaks_the_quotas_that_are_kept(plan):
    rows = rows_of(
        *(row(f"A{n}", 90 - n) for n in range(6)),
        *(row(f"B{n}", 20 + n, group_departement="B", recommended_theme="air") for n in range(3)),
    )
    asked = plan(days=5, quotas=[{"group": "departement", "max": 3}], per_theme={"min": 2})
    made, _ = choose(asked, rows, ("air", "flood"))
    assert chosen_codes(made) == ["A0", "A1", "A2", "B1", "B2"]
    by_hand = greedy(made.candidates.values, made.candidates.costs["days"], 5)
    assert not all(condition.holds(by_hand) for condition in made.conditions)
    assert all(condition.holds(made.best.chosen) for condition in made.conditions)


def test_a_large_region_is_solved_to_the_optimum(tmp_path):
    """1 300 territories, 8 quotas, 5 themes: proven, and below the bound of the linear programme without integers."""
    from scipy.optimize import linprog

    path, rows = large_region(tmp_path)
    asked = read_plan(path)
    from smart_territoires_plugin.core.targeting.portfolio_candidates import candidates_of
    from smart_territoires_plugin.core.targeting.portfolio_conditions import conditions_of

    candidates, _ = candidates_of(asked, rows)
    conditions = conditions_of(asked, candidates, THEMES)
    assert len(candidates) == 1_300
    found = best_choice(Programme(candidates.codes, candidates.values, conditions, candidates.imposed))
    assert found.optimal
    assert allowed(found.chosen, conditions)
    upper = [c for c in conditions if np.isfinite(c.high)]
    lower = [c for c in conditions if np.isfinite(c.low)]
    relaxed = linprog(
        -candidates.values,
        A_ub=np.array([*(c.amounts for c in upper), *(-c.amounts for c in lower)]),
        b_ub=[*(c.high for c in upper), *(-c.low for c in lower)],
        bounds=(0, 1),
    )
    assert -relaxed.fun * 0.995 < found.value <= -relaxed.fun + CLOSE
    spent = greedy(candidates.values, candidates.costs["days"], 60)
    assert not allowed(spent, conditions)


# ── what blocks


@settings(max_examples=60, deadline=None)
@given(programmes(largest=8))
def test_what_is_named_blocks_and_nothing_less_does(programme):
    size = len(programme.values)
    obliged = tuple(
        Condition("must_have", "plan.yaml:20", np.eye(size)[place], low=1.0, values={"code": programme.codes[place]})
        for place in np.flatnonzero(programme.imposed)
    )
    found = conflicts(programme, obliged)
    free = Programme(programme.codes, programme.values, (), np.zeros(size, dtype=bool))
    assert bool(found) == (not feasible_sets(programme))
    for conflict in found:
        assert not feasible_sets(free, conflict.conditions)
        for left_out in conflict.conditions:
            rest = [condition for condition in conflict.conditions if condition is not left_out]
            assert feasible_sets(free, rest), "each of them is needed"
        for kind, needed in conflict.needed.items():
            budget = next(condition for condition in conflict.conditions if condition.kind == kind)
            others = feasible_sets(free, [condition for condition in conflict.conditions if condition is not budget])
            assert needed == pytest.approx(min(budget.amounts[chosen].sum() for chosen in others))
            assert needed > budget.high
    blamed = [condition for conflict in found for condition in conflict.conditions]
    rest = [c for c in (*programme.conditions, *obliged) if not any(c is other for other in blamed)]
    assert feasible_sets(free, rest), "without all that is named there is a choice"
    for lang in ("fr", "en"):
        assert all(problem_lines(list(conflict_problems(found, "plan.yaml")), lang))


def test_a_quota_beyond_its_candidates_is_named_with_its_numbers(plan):
    rows = rows_of(
        *(row(f"93{n:03d}", 50 + n, group_departement="93") for n in range(4)),
        *(row(f"75{n:03d}", 50 + n, group_departement="75") for n in range(4)),
    )
    asked = {
        "days": 6,
        "quotas": [{"group": "departement", "value": 93, "min": 3}],
        "per_theme": {"themes": ["air"], "min": 1},
        "must_not": ["93000", "93001"],
    }
    codes, said = refused(lambda: choose(plan(**asked), rows, ("flood", "air")))
    assert codes == ["means.group_blocks", "means.theme_blocks"], "all that blocks by itself is told at once"
    assert "at least 3 in departement 93 cannot be met with the candidates that remain (2)" in said
    assert "plan.yaml:4:" in said
    fewer = {**asked, "quotas": [{"group": "departement", "value": 93, "min": 2}]}
    del fewer["per_theme"]
    assert {"93002", "93003"} <= set(chosen_codes(choose(plan(**fewer), rows, ("flood", "air"))[0]))


def test_means_that_do_not_pay_for_what_is_asked_say_how_much_it_takes(plan):
    rows = rows_of(*(row(f"0000{n}", 50 + n, population=20_000) for n in range(5)))
    sizes = {"by_size": [{"population_from": 0, "cost": 1}, {"population_from": 20_000, "cost": 2.5}]}
    asked = {"days": 6, "costs": {"days": sizes}, "must_have": ["00000", "00001", 2]}
    codes, said = refused(lambda: choose(plan(**asked), rows, ("flood",)))
    assert codes == ["means.conflict", "means.conflict_days", *["means.conflict_must_have"] * 3]
    assert "6 days are given; the other conditions named take at least 7.5" in said
    made, _ = choose(plan(**{**asked, "days": 7.5}), rows, ("flood",))
    assert chosen_codes(made) == ["00000", "00001", "00002"]


def test_means_too_small_for_anyone_are_refused(plan):
    rows = rows_of(row("00001", 50), row("00002", 60))
    asked = plan(days=0.5, budget_eur=100, costs={"days": 1, "eur": 250})
    codes, said = refused(lambda: choose(asked, rows, ("flood",)))
    assert codes == ["means.too_little_days", "means.too_little_eur"]
    assert "0.5 days" in said and "250" in said


# ── alternatives and replaceability


@settings(max_examples=25, deadline=None)
@given(programmes(largest=8, easy=True), st.sampled_from([0.0, 5.0, 20.0, 60.0]))
def test_alternatives_are_near_and_as_different_as_can_be(programme, gap_pct):
    best = best_choice(programme)
    found = alternatives(programme, best, 2, gap_pct)
    near = [
        chosen
        for chosen in feasible_sets(programme)
        if total(programme, chosen) >= best.value * (1 - gap_pct / 100) - 1e-9
    ]
    before = [best.chosen]
    for alternative in (*found, None):
        apart = {}
        for chosen in near:
            overlaps = [int((chosen & other).sum()) for other in before]
            if all(overlap < other.sum() for overlap, other in zip(overlaps, before, strict=True)):
                apart.setdefault(max(overlaps), []).append(total(programme, chosen))
        if alternative is None:
            assert len(found) == 2 or not apart, "as many as there are"
            continue
        chosen = alternative.choice.chosen
        assert allowed(chosen, programme.conditions)
        assert max(int((chosen & other).sum()) for other in before) == min(apart)
        assert alternative.choice.value == pytest.approx(max(apart[min(apart)]), abs=CLOSE)
        assert alternative.kept == (chosen & best.chosen).sum()
        before.append(chosen)


@settings(max_examples=25, deadline=None)
@given(programmes(largest=8))
def test_losses_are_those_of_the_best_subset_without_or_with_each(programme):
    every = feasible_sets(programme)
    if not every:
        return
    best = best_choice(programme)
    found = {replacement.row: replacement for replacement in replacements(programme, best, 3)}
    inside = set(np.flatnonzero(best.chosen & ~programme.imposed))
    outside = sorted(np.flatnonzero(~best.chosen), key=lambda i: (-programme.values[i], programme.codes[i]))
    assert set(found) == inside | set(outside[:3])
    for place, replacement in found.items():
        others = [total(programme, chosen) for chosen in every if chosen[place] != best.chosen[place]]
        expected = best.value - max(others) if others else np.inf
        assert replacement.loss == pytest.approx(expected, abs=CLOSE)
        assert replacement.loss >= 0


def test_replaceability_by_hand(plan):
    """Two days; 00003 can be exchanged for 00004 at no loss, 00001 for 00004 at a loss of 60 of its 100."""
    rows = rows_of(row("00001", 100), row("00003", 40.5), row("00004", 40), row("00005", 1))
    made, _ = choose(plan(days=2, unchosen=1), rows, ("flood",))
    frame = portfolio_frame(made).set_index("code")
    assert frame.loc["00001", "loss_without"] == pytest.approx(60)
    assert frame.loc["00001", "replaceability_pct"] == pytest.approx(40)
    assert frame.loc["00003", "loss_without"] == pytest.approx(0.5)
    assert frame.loc["00003", "exchanged_for"] == "00004"
    assert frame.loc["00004", "loss_imposed"] == pytest.approx(0.5)
    assert frame.loc["00004", "exchanged_for"] == "00003"
    assert np.isnan(frame.loc["00005", "loss_imposed"])
    assert frame["chosen"].tolist() == [1, 1, 0, 0]


def test_one_that_a_quota_needs_is_irreplaceable(plan):
    rows = rows_of(row("00001", 90), row("00002", 20, group_departement="B"))
    made, _ = choose(plan(days=2, quotas=[{"group": "departement", "value": "B", "min": 1}]), rows, ("flood",))
    frame = portfolio_frame(made).set_index("code")
    assert frame.loc["00002", "standing"] == "irreplaceable"
    assert frame.loc["00002", "replaceability_pct"] == 0


# ── means, costs, obligations


def test_cofunding_lowers_what_is_paid_and_its_leverage_is_told(plan, tmp_path):
    """Own euros 200 + 500 of a budget of 700; others bring 800: 8/7 of a euro for each."""
    (tmp_path / "costs.csv").write_text("code;cost;rate\n1;1000;80\n00002;500;0\n00003;900;10\n", encoding="utf-8")
    rows = rows_of(row("00001", 10), row("00002", 10), row("00003", 15))
    table = {"table": "costs.csv", "column": "cost", "cofunding_rate_pct": "rate"}
    made, _ = choose(plan(budget_eur=700, costs={"eur": table}), rows, ("flood",))
    assert chosen_codes(made) == ["00001", "00002"]
    assert (made.own_eur, made.cofunding_eur) == (700, 800)
    assert made.leverage == pytest.approx(8 / 7)
    assert portfolio_record(made)["means"] == {"eur": {"used": 700.0, "limit": 700.0}}
    amounts = {"table": "costs.csv", "column": "cost", "cofunding_eur": "rate"}
    made, _ = choose(plan(budget_eur=1420, costs={"eur": amounts}), rows, ("flood",))
    assert made.own_eur == pytest.approx(890 + 500), "the two that are worth 25"


def test_obligations_bind_whatever_the_list(plan):
    rows = rows_of(
        row("00001", 90), row("00002", 80), row("00003", "", segment="raise_awareness", target_rank=""),
    )  # fmt: skip
    made, warnings = choose(plan(days=2, must_have=[3], must_not=["00001"]), rows, ("flood",))
    assert chosen_codes(made) == ["00002", "00003"]
    assert warnings == []
    frame = portfolio_frame(made).set_index("code")
    assert frame.loc["00003", "standing"] == "imposed"
    assert np.isnan(frame.loc["00003", "value"]), "a value that is not known is not made up"
    assert made.best.value == 80


def test_segments_weights_sizes_and_lists(plan):
    rows = rows_of(
        row("00001", "", segment="verify", target_rank="", readiness=90, score_flood=10, population=500),
        row("00002", "", segment="verify", target_rank="", readiness=50, score_flood=80, population=5_000),
        row("00003", "", segment="verify", target_rank="", readiness=60, score_flood=60, population=5_000),
        row("00004", 99, segment="engage", readiness=100, score_flood=100),
    )
    value = {"readiness": 1, "score_flood": 3}
    made, _ = choose(plan(days=1, candidates={"segments": ["verify"]}, value=value), rows, ("flood",))
    assert chosen_codes(made) == ["00002"]
    assert made.best.value == pytest.approx((50 + 3 * 80) / 4)
    sizes = [{"population_from": 5_000, "max": 0}, {"population_to": 5_000, "min": 1}]
    made, _ = choose(plan(days=2, candidates={"segments": ["verify"]}, value=value, size_mix=sizes), rows, ("flood",))
    assert chosen_codes(made) == ["00001"]
    listed = plan(days=1, candidates={"list": "verify"}, value="readiness")
    made, _ = choose(listed, rows, ("flood",), {"verify": ["00002", "00003"]})
    assert chosen_codes(made) == ["00003"]
    codes, _ = refused(lambda: choose(listed, rows, ("flood",)))
    assert codes == ["means.no_list"]


def test_candidates_without_a_value_are_left_out_and_told(plan):
    rows = rows_of(row("00001", 10), row("00002", ""))
    made, warnings = choose(plan(days=5), rows, ("flood",))
    assert chosen_codes(made) == ["00001"]
    assert [(problem.code, problem.severity) for problem in warnings] == [("means.without_value", "warning")]


# ── wrong input, all of it at once


def test_every_problem_of_a_plan_is_told_with_its_line(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text(
        "version: 1\nbudget_eur: 5\ncandidates: {list: engage, segments: [verify]}\n"
        "costs: {days: {by_size: [{population_from: 5, cost: 1}]}}\n"
        "quotas:\n- {group: departement}\n- {group: departement, min: 4, max: 2}\n"
        "size_mix:\n- {population_from: 9, population_to: 3, max: 1}\n"
        "must_have: ['00001']\nmust_not: ['00001']\nvalue: {priority: 0}\n",
        encoding="utf-8",
    )
    codes, said = refused(lambda: read_plan(path))
    assert sorted(codes) == sorted(
        [
            "means.no_cost_eur", "means.list_or_segments", "means.sizes_not_ascending", "means.quota_without_number",
            "means.quota_upside_down", "means.size_upside_down", "means.both_must", "means.no_weight",
        ]
    )  # fmt: skip
    for line in (2, 3, 4, 6, 7, 9, 11, 12):
        assert f"plan.yaml:{line}:" in said


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("version: 1\n", "means.no_limit"),
        ("version: 1\ndays: 0\n", "study.out_of_range"),
        ("version: 1\ndays: -3\n", "study.out_of_range"),
        ("version: 1\ndays: .nan\n", "document.not_finite"),
        ("version: 1\ndays: many\n", "study.wrong_type"),
        ("version: 1\ndays: 3\ncosts: {days: 0}\n", "study.out_of_range"),
        ("version: 1\ndays: 3\nbudgets: 4\n", "study.unknown_key"),
        ("version: 1\ndays: 3\nquotas: [{min: 2}]\n", "study.missing_key"),
        ("version: 1\ndays: 3\nquotas: [{group: epci, min: -1}]\n", "study.out_of_range"),
        ("version: 1\ndays: 3\nquotas: [{group: epci, min: 1.5}]\n", "study.wrong_type"),
        ("version: 1\ndays: 3\ncandidates: {segments: [ready]}\n", "study.unknown_value"),
        ("version: 1\ndays: 3\ncosts: {days: {column: cost}}\n", "study.missing_key"),
        ("- 1\n", "document.no_mapping"),
        ("version: 1\ndays: 3\ndays: 4\n", "document.duplicated_key"),
        (
            "version: 1\nbudget_eur: 3\ncosts: {eur: {table: a.csv, column: c, cofunding_eur: d, "
            "cofunding_rate_pct: e}}\n",
            "means.cofunding_twice",
        ),
    ],
)
def test_a_plan_that_is_wrong_is_refused(tmp_path, written, code):
    path = tmp_path / "plan.yaml"
    path.write_text(written, encoding="utf-8")
    codes, said = refused(lambda: read_plan(path))
    assert codes == [code]
    assert "plan.yaml" in said


def test_what_the_results_do_not_have_is_told_at_once(plan, tmp_path):
    (tmp_path / "costs.csv").write_text(
        "code,cost,rate\n00001,0,10\n00002,,10\n00002,5,10\n00003,-4,10\n00004,many,10\n00005,50,120\n99999,5,0\n",
        encoding="utf-8",
    )
    table = {"table": "costs.csv", "column": "cost", "cofunding_rate_pct": "rate"}
    rows = rows_of(*(row(f"0000{n}", 50) for n in range(1, 7)))
    asked = plan(budget_eur=100, costs={"eur": table}, must_have=["77777"], must_not=["88888"], value="target_rank")
    codes, said = refused(lambda: choose(asked, rows, ("flood",)))
    assert sorted(codes) == sorted(
        [
            *["means.unknown_code"] * 2, "means.unknown_value", "means.costs_twice", "means.not_numbers",
            "means.cost_missing", "means.cost_not_positive", "means.cofunding_range",
        ]
    )  # fmt: skip
    assert "00001, 00003" in said and "77777" in said and "88888" in said
    quotas = [{"group": "region", "min": 1}, {"group": "departement", "value": "Z", "min": 1}]
    asked = plan(days=3, quotas=quotas, per_theme={"themes": ["noise"], "min": 1})
    codes, said = refused(lambda: choose(asked, rows, ("flood",)))
    assert codes == ["means.unknown_group", "means.unknown_group_value", "means.unknown_theme"]
    assert "departement" in said and "plan.yaml:4:" in said


def test_costs_of_codes_elsewhere_warn_and_otherwise_fills_gaps(plan, tmp_path):
    (tmp_path / "costs.csv").write_text("code,cost\n00001,3\n99999,5\n", encoding="utf-8")
    table = {"table": "costs.csv", "column": "cost", "otherwise": 4}
    made, warnings = choose(plan(days=4, costs={"days": table}), rows_of(row("00001", 5), row("00002", 6)), ())
    assert made.candidates.costs["days"].tolist() == [3, 4]
    assert chosen_codes(made) == ["00002"]
    assert [problem.code for problem in warnings] == ["means.costs_elsewhere"]


@pytest.mark.parametrize(("table", "code"), [("absent.csv", "source.not_found"), ("costs.csv", "source.no_field")])
def test_a_table_of_costs_that_cannot_be_read_is_told(plan, tmp_path, table, code):
    (tmp_path / "costs.csv").write_text("code,price\n00001,3\n", encoding="utf-8")
    asked = plan(days=4, costs={"days": {"table": table, "column": "cost"}}, must_have=["4"])
    codes, _ = refused(lambda: choose(asked, rows_of(row("00001", 5)), ()))
    assert codes == ["means.unknown_code", code]


def test_nobody_to_choose_is_refused(plan):
    codes, _ = refused(lambda: choose(plan(days=4), rows_of(row("00001", "", target_rank="", segment="support")), ()))
    assert codes == ["means.nobody"]


# ── the verb


@pytest.fixture
def results(tmp_path):
    """A results folder of six synthetic territories, as far as a portfolio reads it."""
    folder = tmp_path / "results"
    folder.mkdir()
    rows = [row(f"0000{n}", 40 + n, recommended_theme="air" if n % 2 else "flood") for n in range(1, 7)]
    rows[0]["name"] = "'=1+1"
    with (folder / "territories.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    themes = [{"id": name, "name": {"fr": name, "en": name}, "weight": 1} for name in ("air", "flood", "noise")]
    (folder / "manifest.json").write_text(json.dumps({"study": {"themes": themes}}), encoding="utf-8")
    (tmp_path / "plan.yaml").write_text("version: 1\ndays: 3\nper_theme: {min: 1}\n", encoding="utf-8")
    return folder


def test_the_verb_writes_all_files_and_stdout_holds_the_result_alone(results, tmp_path, capfd):
    before = {path.name: path.read_bytes() for path in results.iterdir()}
    out = tmp_path / "out"
    asked = ["portfolio", str(results), "--plan", str(tmp_path / "plan.yaml"), "--out", str(out)]
    assert main([*asked, "--json", "--lang", "fr"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert set(told["files"]) == {"portfolio", "alternatives", "summary"}
    first = {name: Path(path).read_bytes() for name, path in told["files"].items()}
    assert main([*asked, "--lang", "en"]) == 0
    said = capfd.readouterr().out
    assert "proven to be the best choice" in said and said.rstrip().endswith(str(out))
    assert {name: Path(path).read_bytes() for name, path in told["files"].items()} == first
    with (out / "portfolio.csv").open(encoding="utf-8", newline="") as stream:
        table = list(csv.DictReader(stream))
    assert [line["code"] for line in table if line["chosen"] == "1"] == ["00006", "00005", "00004"]
    assert {line["notice"] for line in table} == {SYNTHETIC} and SYNTHETIC in said
    assert next(line for line in table if line["code"] == "00001")["name"] == "'=1+1"
    record = json.loads((out / "portfolio.json").read_text(encoding="utf-8"))
    assert record["audience"] == "internal" and record["status"] == "optimal"
    assert record["bound"] >= record["value"] == 46 + 45 + 44
    assert {path.name: path.read_bytes() for path in results.iterdir()} == before


def test_a_refusal_exits_with_2_and_leaves_nothing(results, tmp_path, capfd):
    (tmp_path / "plan.yaml").write_text(
        "version: 1\ndays: 3\nquotas: [{group: departement, min: 9}]\n", encoding="utf-8"
    )
    out = tmp_path / "out"
    asked = ["portfolio", str(results), "--plan", str(tmp_path / "plan.yaml"), "--out", str(out), "--lang", "en"]
    assert main(asked) == 2
    told = capfd.readouterr()
    assert told.out == ""
    assert "at least 9 in departement A cannot be met" in told.err
    assert not out.exists()
    (tmp_path / "plan.yaml").write_text("version: 1\ndays: 3\ncandidates: {level: call_units}\n", encoding="utf-8")
    assert main(asked) == 2
    assert "call_units.csv" in capfd.readouterr().err


def test_the_shipped_schemas_are_those_that_the_script_makes():
    spec = importlib.util.spec_from_file_location("make_means_schemas", ROOT / "scripts" / "make_means_schemas.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert json.loads((ROOT / "resources" / "portfolio.schema.json").read_text(encoding="utf-8")) == module.plan()
