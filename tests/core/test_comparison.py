"""Two runs side by side: the split of a change against a slow one, closed forms, the verb on the fictitious region."""

from __future__ import annotations

import csv
import json
import shutil
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_study import default_table, write_small_study

from smart_territoires_plugin.core.cli import main
from smart_territoires_plugin.core.messages import TEXTS
from smart_territoires_plugin.core.scoring.aggregation import AGGREGATIONS
from smart_territoires_plugin.core.scoring.comparison import (
    CAUSES,
    Reckoning,
    Standing,
    moves,
    split_change,
)
from smart_territoires_plugin.core.scoring.normalisation import NORMALISATIONS

# The split against a slow one of our own


def world(seed, size=9, gaps=0.15):
    """Two runs that differ in everything: values, gaps, imputation, territories, weights, scale and aggregation."""
    generator = np.random.default_rng(seed)
    values = generator.uniform(1, 50, (size, 3)).round(1)
    values[generator.uniform(size=values.shape) < gaps] = np.nan
    after = np.where(
        generator.uniform(size=values.shape) < 0.5, values, generator.uniform(1, 70, values.shape).round(1)
    )
    after[generator.uniform(size=values.shape) < gaps / 2] = np.nan
    codes = np.array([f"t{row}" for row in range(size)])
    fill = [np.where(np.isnan(v), np.nanmean(v) + shift, v) for v, shift in ((values, 0), (after, 3))]
    order = generator.permutation(size)[:-1]  # the second run lacks one territory, and has another order
    aggregations = generator.choice(["arithmetic_mean", "geometric_mean"], 2)
    scales = [{"low": 1.0, "high": 100.0}, {"low": 10.0, "high": float(generator.choice([60, 100]))}]
    weights, other_weights = generator.uniform(0.5, 3, (2, 3))
    rule = str(generator.choice(["a", "b"]))
    before = (codes, values, fill[0], weights, scales[0], aggregations[0], "a")
    return before, (codes[order], after[order], fill[1][order], other_weights, scales[1], aggregations[1], rule)


def reckoning(run):
    codes, values, completed, weights, scale, aggregation, rule = run

    def normalise(column, found):
        return NORMALISATIONS["min_max"](found, 1, **scale)

    return Reckoning(codes, ("x", "y", "z"), values, completed, weights, rule, normalise, AGGREGATIONS[aggregation])


def slow_score(runs, code, own, others, weights, method):
    """The score of one territory, its own values of one run among the other territories of another."""
    rows = {name: list(run[0]).index(code) for name, run in enumerate(runs) if code in run[0]}
    scores = []
    for column in range(3):
        seen = {}
        for place, name in enumerate(runs[others][0]):
            mine = others if name != code else own
            seen[name] = slow_value(runs, name, column, mine, others, method, place)
        low, high = min(seen.values()), max(seen.values())
        scale = runs[method][4]
        scores.append(scale["low"] + (scale["high"] - scale["low"]) * (seen[code] - low) / (high - low))
    assert rows
    shares = runs[weights][3] / runs[weights][3].sum()
    if runs[method][5] == "arithmetic_mean":
        return sum(share * found for share, found in zip(shares, scores))
    return np.prod([found**share for share, found in zip(shares, scores)])


def slow_value(runs, name, column, mine, others, method, place):
    """One value: what is filled in where neither run has one follows the rule, or else the other territories."""
    if all(name in run[0] for run in runs):
        rows = [list(run[0]).index(name) for run in runs]
        if all(np.isnan(run[1][row, column]) for run, row in zip(runs, rows)):
            chosen = method if runs[0][6] != runs[1][6] else others
            return runs[chosen][2][rows[chosen], column]
        return runs[mine][2][rows[mine], column]
    return runs[others][2][place, column]


@given(st.integers(0, 100_000))
@settings(max_examples=10, deadline=None)
def test_the_split_agrees_with_every_order_of_replacing(seed):
    runs = world(seed)
    found = split_change(*map(reckoning, runs))
    for row, code in enumerate(found.codes):
        expected = dict.fromkeys(CAUSES, 0.0)
        for order in permutations(range(4)):
            state = [0, 0, 0, 0]
            for cause in order:
                without = slow_score(runs, code, *state)
                state[cause] = 1
                expected[CAUSES[cause]] += (slow_score(runs, code, *state) - without) / 24
        for cause in CAUSES:
            assert found.parts[cause][row] == pytest.approx(expected[cause], abs=1e-9), cause


@given(st.integers(0, 100_000), st.sampled_from(sorted(AGGREGATIONS)), st.sampled_from(["min_max", "z_score", "rank"]))
@settings(max_examples=60, deadline=None)
def test_parts_add_up_whatever_the_aggregation(seed, aggregation, scale):
    generator = np.random.default_rng(seed)
    values = [generator.uniform(1, 9, (7, 3)) for _ in range(2)]
    codes = np.array(list("abcdefg"))
    parameters = {"generalised_mean": {"power": 2.0}, "owa": {"exponent": 2.0}}.get(aggregation, {})

    def run(number, found):
        low = {"low": 1.0 + number, "high": 100.0} if scale == "min_max" else {}
        low = {"mean": 100.0, "deviation": 10.0} if scale == "z_score" else low
        return Reckoning(
            codes, ("x", "y", "z"), found, found, generator.uniform(1, 2, 3), "",
            lambda column, v: NORMALISATIONS[scale](v, 1, **low),
            lambda scores, weights: AGGREGATIONS[aggregation](scores, weights, **parameters),
        )  # fmt: skip

    pair = [run(number, found) for number, found in enumerate(values)]
    there, back = split_change(*pair), split_change(*pair[::-1])
    np.testing.assert_allclose(sum(there.parts.values()), there.after - there.before, atol=1e-9)
    for cause in CAUSES:  # the way back is the way there
        np.testing.assert_allclose(back.parts[cause], -there.parts[cause], atol=1e-9)


def test_of_very_many_territories_the_others_are_counted_with_the_own_values(monkeypatch):
    runs = [reckoning(run) for run in world(11)]
    apart = split_change(*runs)
    monkeypatch.setattr("smart_territoires_plugin.core.scoring.comparison.MAX_VALUES_RESCALED", 0)
    together = split_change(*runs)
    assert apart.others_apart and not together.others_apart
    assert not together.parts["others"].any()
    np.testing.assert_allclose(sum(together.parts.values()), sum(apart.parts.values()), atol=1e-12)


@given(st.integers(0, 100_000))
@settings(max_examples=20, deadline=None)
def test_the_order_of_territories_changes_nothing(seed):
    before, after = world(seed)
    order = np.random.default_rng(seed).permutation(len(before[0]))
    shuffled = tuple(part[order] for part in before[:3]) + before[3:]
    here, there = (split_change(reckoning(run), reckoning(after)) for run in (before, shuffled))
    for cause in CAUSES:
        np.testing.assert_allclose(there.parts[cause], here.parts[cause], atol=1e-10)


# Closed forms


def plain(values, weights, codes="abc", **scale):
    values = np.array(values, dtype=float)
    scale = {"low": 0.0, "high": 100.0, **scale}
    return Reckoning(
        np.array(list(codes)), ("x", "y")[: values.shape[1]], values, values, np.array(weights, dtype=float), "",
        lambda column, found: NORMALISATIONS["min_max"](found, 1, **scale), AGGREGATIONS["arithmetic_mean"],
    )  # fmt: skip


def parts(before, after):
    found = split_change(before, after)
    return {cause: part.round(9).tolist() for cause, part in found.parts.items()}


def test_a_weight_alone():
    values = [[0, 10], [5, 0], [10, 5]]
    found = parts(plain(values, [1, 1]), plain(values, [3, 1]))
    # Scores 50, 25, 75; with three quarters on the first indicator 25, 37.5, 87.5.
    assert found == {"values": [0, 0, 0], "others": [0, 0, 0], "weights": [-25, 12.5, 12.5], "method": [0, 0, 0]}


def test_the_end_of_the_scale_moved_for_the_others():
    found = parts(plain([[0], [5], [10]], [1]), plain([[0], [5], [20]], [1]))
    # The middle one falls from 50 to 25 though its own value is the same; the best one is at 100 either way.
    assert found["others"] == [0, -25, 0] and found["values"] == [0, 0, 0]


def test_an_own_value_within_the_scale():
    found = parts(plain([[0], [5], [10]], [1]), plain([[0], [8], [10]], [1]))
    assert found["values"] == [0, 30, 0] and found["others"] == [0, 0, 0]


def test_a_method_alone():
    found = parts(plain([[0], [5], [10]], [1]), plain([[0], [5], [10]], [1], low=20))
    assert found["method"] == [20, 10, 0]


def test_a_territory_that_came_moves_the_scale_of_the_others():
    found = split_change(plain([[0], [10]], [1], "ab"), plain([[20], [0], [10]], [1], "cab"))
    assert found.codes.tolist() == ["a", "b"]
    assert found.parts["others"].round(9).tolist() == [0, -50] and found.parts["values"].tolist() == [0, 0]


def test_a_score_that_one_run_lacks_is_not_taken_apart():
    found = split_change(plain([[0], [np.nan], [10]], [1]), plain([[0], [5], [10]], [1]))
    assert np.isnan(found.before[1]) and all(np.isnan(part[1]) for part in found.parts.values())
    assert found.parts["values"][[0, 2]].tolist() == [0, 0]


def test_who_moved():
    former = Standing(np.array(list("abcd")), np.array(["engage", "engage", "verify", "showcase"]),
                      np.array([1, 2, np.nan, np.nan]), 1)  # fmt: skip
    latter = Standing(np.array(list("ebac")), np.array(["engage", "engage", "engage", "verify"]),
                      np.array([3, 1, 2, np.nan]), 1)  # fmt: skip
    found = moves(former, latter)
    assert found.codes.tolist() == ["e", "b", "a", "c", "d"]
    assert (found.before.tolist(), found.after.tolist()) == ([-1, 1, 0, 2, 3], [0, 1, 2, 3, -1])
    np.testing.assert_array_equal(found.rank_change, [np.nan, 1, -1, np.nan, np.nan])
    assert found.shortlist.tolist() == ["", "entered", "left", "", ""]
    assert found.segment_changed.tolist() == [False, False, False, False, False]


# The verb on the fictitious region


@pytest.fixture(scope="module")
def region(tmp_path_factory) -> Path:
    """The fictitious region with its results in ``out``; few draws, for stability is not looked at."""
    folder = tmp_path_factory.mktemp("region")
    assert main(["demo", str(folder)]) == 0
    study = folder / "study.yaml"
    study.write_text(study.read_text(encoding="utf-8").replace("draws: 1000", "draws: 20"), encoding="utf-8")
    assert main(["run", str(study), "--out", str(folder / "out"), "--lang", "en"]) == 0
    return folder


def compared(region, folder, capsys, change=lambda text: text, lang="en", edit=lambda folder: None):
    """The table and the summary beside a run of the changed study, which uses again what was measured."""
    shutil.copytree(region, folder, dirs_exist_ok=True)
    edit(folder)
    study = folder / "study.yaml"
    study.write_text(change(study.read_text(encoding="utf-8")), encoding="utf-8")
    assert main(["run", str(study), "--out", str(folder / "out"), "--lang", "en"]) == 0
    capsys.readouterr()
    command = ["compare", str(region / "out"), str(folder / "out"), "--lang", lang, "--out", str(folder / "moves.csv")]
    assert main(command) == 0
    said = capsys.readouterr()
    assert said.err == ""
    with (folder / "moves.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream)), said.out


def points(rows, composite, cause):
    return np.array([float(row[f"{composite}_from_{cause}"] or "nan") for row in rows])


def of_one_cause(rows, composite, cause):
    """Whether a score changed, and by one cause alone."""
    others = [np.nan_to_num(points(rows, composite, other)) for other in CAUSES if other != cause]
    return np.nanmax(np.abs(points(rows, composite, cause))) > 1 and np.abs(others).max() < 1e-9


def test_a_changed_weight(region, tmp_path, capsys):
    def change(text):
        start = text.index("- {id: fibre_share")
        return text[:start] + text[start:].replace("weight: 1", "weight: 3", 1)

    rows, said = compared(region, tmp_path, capsys, change)
    assert len(rows) == 300 and {row["presence"] for row in rows} == {"both"}
    assert of_one_cause(rows, "readiness", "weights") and of_one_cause(rows, "axis_data", "weights")
    assert not np.nan_to_num(points(rows, "score_energy", "weights")).any()
    assert "Premises that can have fibre: 1 → 3" in said and "100% from weights" in said
    for row in rows:
        changed = sum(float(row[f"readiness_from_{cause}"] or "nan") for cause in CAUSES)
        if row["readiness_change"]:
            assert changed == pytest.approx(float(row["readiness_change"]), abs=1e-9)
        assert (row["segment_cause"] != "") == (row["segment_before"] != row["segment_after"])
        if row["segment_cause"]:
            assert row["segment_cause"] in ("weights", "threshold")
    tables = [shortlist_of(folder / "out") for folder in (region, tmp_path)]
    assert {row["code"] for row in rows if row["shortlist"] == "left"} == tables[0] - tables[1] != set()
    assert {row["code"] for row in rows if row["shortlist"] == "entered"} == tables[1] - tables[0]


def shortlist_of(folder):
    with (folder / "targets.csv").open(encoding="utf-8", newline="") as stream:
        return {row["code"] for row in csv.DictReader(stream)}


def test_a_changed_method(region, tmp_path, capsys):
    rows, said = compared(
        region, tmp_path, capsys, lambda text: text.replace("renormalise}", "renormalise, normalisation: rank}"), "fr"
    )
    assert of_one_cause(rows, "readiness", "method") and of_one_cause(rows, "score_flood", "method")
    assert "normalisation" in said and "100\u00a0% par méthode" in said


def test_a_changed_source(region, tmp_path, capsys):
    """One commune's fibre falls, within the range of the others: its own value, and nobody else's score."""

    def edit(folder):
        table = folder / "fictitious_fibre.csv"
        text = table.read_text(encoding="utf-8")
        line = next(line for line in text.split("\n") if line.startswith("00101;"))
        assert line.count(";65,8;") == 1
        table.write_text(text.replace(line, line.replace(";65,8;", ";20,5;")), encoding="utf-8")

    rows, said = compared(region, tmp_path, capsys, edit=edit)
    assert of_one_cause(rows, "readiness", "values")
    assert {row["code"] for row in rows if row["main_cause"]} == {"00101"}
    assert points(rows, "axis_data", "values")[[row["code"] for row in rows].index("00101")] < -10
    assert "source fibre: other content" in said and "values of Premises that can have fibre, territories: 1" in said


def test_a_source_that_moves_the_end_of_the_scale(region, tmp_path, capsys):
    """The commune with most open data sets opens three times as many: the others are held against more."""

    def edit(folder):
        import openpyxl

        book = openpyxl.load_workbook(folder / "fictitious_capacities.xlsx")
        sheet = book["communes"]
        heads = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=5)]
        head = next(row for row in heads if "jeux_ouverts" in row)
        column = head.index("jeux_ouverts") + 1
        cells = [sheet.cell(row, column) for row in range(2, sheet.max_row + 1)]
        best = max((cell for cell in cells if isinstance(cell.value, (int, float))), key=lambda cell: cell.value)
        best.value *= 3
        book.save(folder / "fictitious_capacities.xlsx")

    rows, _ = compared(region, tmp_path, capsys, edit=edit)
    others, own = (np.nan_to_num(points(rows, "axis_data", cause)) for cause in ("others", "values"))
    assert (others <= 1e-9).all() and (others < -0.1).sum() > 100
    assert np.abs(own).max() < 1e-9  # the best is the best either way


def test_the_same_run_twice(region, tmp_path, capsys):
    rows, said = compared(region, tmp_path, capsys)
    assert TEXTS["en"]["compare.nothing_differs"] in said
    assert not any(row["main_cause"] or row["segment_cause"] for row in rows)
    assert {row["shortlist"] for row in rows} == {"", "stayed"}


# The verb on other studies


def small(folder, **shape):
    study = write_small_study(folder, **shape)
    assert main(["run", str(study), "--out", str(folder / "out"), "--lang", "en", "--workers", "1"]) == 0
    return folder / "out"


def test_territories_and_indicators_that_one_run_lacks(tmp_path, capsys):
    def more(content):
        extra = {**content["indicators"][2], "id": "fibre_again", "axis": "inclusion"}
        content["indicators"] = [*content["indicators"][:3], extra, *content["indicators"][4:]]

    one, other = small(tmp_path / "a"), small(tmp_path / "b", size=10, table=default_table(12)[:10], change=more)
    capsys.readouterr()
    assert main(["compare", str(one), str(other), "--lang", "en", "--out", str(tmp_path / "moves.csv")]) == 0
    said = capsys.readouterr().out
    assert "in both: 10; in the first run only: 2; in the second run only: 0" in said and "77011, 77012" in said
    assert "indicator only in the first run: Partners" in said and "indicator only in the second run: " in said
    with (tmp_path / "moves.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["code"] for row in rows if row["presence"] == "before"] == ["77011", "77012"]
    for row in rows[:10]:
        made = sum(float(row[f"readiness_from_{cause}"]) for cause in CAUSES)
        assert made == pytest.approx(float(row["readiness_change"]), abs=1e-8)


@pytest.mark.parametrize("aggregation", ["arithmetic_mean", "geometric_mean"])
def test_imputed_values_go_to_the_rule(aggregation, tmp_path, capsys):
    """Neither run has the value; one fills it in by group, the other does not."""
    table = default_table(12).astype({"fibre": object})
    table.loc[4, "fibre"] = ""

    def ask(rule):
        def change(content):
            content["scoring"] = {"missing": rule, "min_availability": 0.2, "aggregation": aggregation}

        return change

    one = small(tmp_path / "a", table=table, change=ask("renormalise"))
    other = small(tmp_path / "b", table=table, change=ask({"method": "group_mean", "group": "epci"}))
    assert main(["compare", str(one), str(other), "--lang", "en", "--out", str(tmp_path / "moves.csv")]) == 0
    with (tmp_path / "moves.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert of_one_cause(rows, "readiness", "method")
    assert rows[4]["main_cause"] == "method"


def test_an_indicator_that_becomes_the_same_everywhere_is_a_change_of_values(tmp_path, capsys):
    one, other = small(tmp_path / "a"), small(tmp_path / "b", table=default_table(12).assign(partners=3))
    capsys.readouterr()
    assert main(["compare", str(one), str(other), "--lang", "en", "--out", str(tmp_path / "moves.csv")]) == 0
    said = capsys.readouterr().out
    assert "weight of" not in said
    with (tmp_path / "moves.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert not np.nan_to_num(points(rows, "readiness", "weights")).any()
    made = sum(np.nan_to_num(points(rows, "readiness", cause)) for cause in ("values", "others"))
    np.testing.assert_allclose(made, [float(row["readiness_change"]) for row in rows], atol=1e-8)


def test_weights_found_by_a_method_are_those_that_count(tmp_path, capsys):
    def ask(content):
        content["scoring"]["weights"] = "entropy"

    one, other = small(tmp_path / "a"), small(tmp_path / "b", change=ask)
    capsys.readouterr()
    assert main(["compare", str(one), str(other), "--lang", "en", "--out", str(tmp_path / "moves.csv")]) == 0
    with (tmp_path / "moves.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert of_one_cause(rows, "readiness", "weights")


def test_what_cannot_be_taken_apart_is_told(tmp_path, capsys):
    """The values of the first run have no fraction of their maximum, by which the second is scored."""

    def ask(content):
        content["indicators"][3]["normalisation"] = "fraction_of_maximum"

    low = default_table(12).assign(partners=-1.0 - np.arange(12))
    one, other = small(tmp_path / "a", table=low), small(tmp_path / "b", change=ask)
    capsys.readouterr()
    assert main(["compare", str(one), str(other), "--lang", "en", "--out", str(tmp_path / "moves.csv")]) == 0
    said = capsys.readouterr()
    assert "Readiness: its change cannot be taken apart" in said.out and said.err == ""
    with (tmp_path / "moves.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert all(row["readiness_change"] and not row["readiness_from_method"] for row in rows)
    assert any(row["axis_data_from_method"] for row in rows)


def test_what_is_no_results_folder_is_told_at_once(tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert main(["compare", str(tmp_path / "empty"), str(tmp_path / "absent"), "--lang", "en"]) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 2 and "empty" in lines[0] and "absent" in lines[1]


@pytest.mark.parametrize("file", ["scoring.npz", "manifest.json", "territories.csv"])
@pytest.mark.parametrize("damage", ["cut", "gone", "other"])
def test_a_damaged_folder_is_refused_in_one_line(file, damage, small_results, tmp_path, capsys):
    folder = tmp_path / "out"
    shutil.copytree(small_results, folder)
    if damage == "gone":
        (folder / file).unlink()
    elif damage == "cut":
        (folder / file).write_bytes((folder / file).read_bytes()[:200])
    else:
        (folder / file).write_text(json.dumps({"study": {}}), encoding="utf-8")
    assert main(["compare", str(small_results), str(folder), "--lang", "en"]) == 2
    said = capsys.readouterr()
    assert len(said.err.strip().splitlines()) == 1 and said.out == "" and "Traceback" not in said.err


@pytest.fixture(scope="module")
def small_results(tmp_path_factory) -> Path:
    return small(tmp_path_factory.mktemp("small"))


def test_a_table_that_cannot_be_written_is_told(small_results, tmp_path, capsys):
    asked = tmp_path / "absent" / "moves.csv"
    assert main(["compare", str(small_results), str(small_results), "--lang", "fr", "--out", str(asked)]) == 2
    assert "moves.csv" in capsys.readouterr().err
