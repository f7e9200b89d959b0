"""The methodology annex: ten steps in both languages, for every method, with the numbers of the run and no others."""

import csv
import itertools
import re
import warnings

import numpy as np
import pytest
import yaml
from annex_reader import Annex
from scipy import stats
from small_study import default_table, write_small_study

from smart_territoires_plugin.core.cli import main
from smart_territoires_plugin.core.messages import LANGUAGES, TEXTS
from smart_territoires_plugin.core.results.annex_words import Words
from smart_territoires_plugin.core.scoring.chance import may_be_chance
from smart_territoires_plugin.core.scoring.composite import scored_indicators
from smart_territoires_plugin.core.scoring.state import load_state
from smart_territoires_plugin.core.study import read_study
from smart_territoires_plugin.core.study.methods import (
    AGGREGATIONS,
    DRAWN_WEIGHTS,
    MISSING_RULES,
    NORMALISATIONS,
    OUTLIER_RULES,
    WEIGHTINGS,
)
from smart_territoires_plugin.core.study.model import Method

NOT_SHOWN = (">nan", "None", "annex.", "method.", "{", "inf ")
CODES = [
    name
    for name in (*MISSING_RULES, *OUTLIER_RULES, *NORMALISATIONS, *AGGREGATIONS, *WEIGHTINGS, *DRAWN_WEIGHTS)
    if "_" in name
]


# ── every method has its words, whatever its parameters


def examples(schema):
    """Values that a parameter may have: each one of a list, or one or two of its kind."""
    if "enum" in schema:
        return schema["enum"]
    kind = schema.get("type")
    if kind == "array" and schema["items"].get("type") == "array":
        return [[[0, 0], [2.5, 50], [1000, 100]]]
    found = {"number": [0.5, 1234.5], "integer": [3], "boolean": [True, False], "string": ["epci"], "array": [[1, 2.5]]}
    return found.get(kind, [{}])


def asked_for(name, spec):
    """Every combination of the parameters of a method, given and not given."""
    choices = [
        [(parameter, value) for value in examples(schema)] + ([] if parameter in spec.required else [None])
        for parameter, schema in spec.parameters.items()
    ]
    for chosen in itertools.product(*choices):
        yield Method(name, dict(item for item in chosen if item))


TABLES = {"missing": MISSING_RULES, "outliers": OUTLIER_RULES, "scales": NORMALISATIONS, "aggregations": AGGREGATIONS}
ALL = [(name, spec) for table in TABLES.values() for name, spec in table.items()]


@pytest.mark.parametrize(("name", "spec"), ALL, ids=[name for name, _ in ALL])
def test_every_method_is_worded_with_all_its_parameters(name, spec):
    for asked in asked_for(name, spec):
        french, english = (Words(lang).method(asked) for lang in LANGUAGES)
        assert french != english
        for said in (french, english):
            assert said.strip() and not re.search(r"[{}]|None|\b\w+_\w+\b", said.replace("epci", "")), said
            assert "  " not in said and not said.endswith((",", " "))


def test_the_parameters_of_a_method_are_said():
    words = Words("fr")
    assert "0,5" in words.method(Method("min_max", {"low": 0.5, "high": 10}))
    assert "2,5 → 50" in words.method(Method("curve", {"points": [[0, 0], [2.5, 50]]}))
    assert "7" in words.method(Method("knn", {"k": 7}))
    assert "epci" in words.method(Method("group_mean", {"group": "epci"}))
    capped, not_capped = (words.method(Method("goalposts", {"low_value": 1, "high_value": 2, "cap": cap}))
                          for cap in (True, False))  # fmt: skip
    assert capped != not_capped


def test_weights_and_aggregations_say_what_they_mean():
    for lang in LANGUAGES:
        for name, spec in WEIGHTINGS.items():
            said = Words(lang).weighting(Method(name))
            assert (TEXTS[lang][f"weighting_kind.{spec.nature}"] in said) == (spec.nature != "plain")
        assert all(TEXTS[lang][f"compensation.{name}"] for name in AGGREGATIONS)


@pytest.mark.parametrize("value", [0.0, 1.5, -0.00034567, 123456.789, 3e-9, -2.5e20, float("nan"), 0.1 + 0.2])
def test_a_figure_is_read_back_within_four_digits(value):
    said = Words("en").figure(value)
    if np.isnan(value):
        assert said == "–"
    else:
        assert abs(float(said.replace(",", "")) - value) <= 5e-4 * abs(value)


# ── ready tables


def table_text(size=24, gaps=(), seed=2):
    random = np.random.default_rng(seed)
    values = random.lognormal(1, 0.7, (size, 5))
    for row, column in gaps:
        values[row, column] = np.nan
    lines = ["code,grp,a,b,c,d,size"]
    for row in range(size):
        cells = ("" if np.isnan(value) else f"{value:.6f}" for value in values[row])
        lines.append(f"k{row:02d},{'xy'[row % 2]},{','.join(cells)}")
    return "\n".join(lines) + "\n", values


def framework(**changes):
    made = {
        "version": 1,
        "key": "code",
        "name": "Indice <u>d'essai</u>",
        "nodes": [
            {"id": "index", "name": {"fr": "Indice", "en": "Index"}},
            {"id": "left", "parent": "index", "name": {"fr": "Gauche <b>", "en": "Left <b>"}},
            {"id": "right", "parent": "index", "name": {"fr": "Droite", "en": "Right"}},
        ],
        "indicators": [
            {"id": "a", "parent": "left", "direction": -1},
            {"id": "b", "parent": "left", "weight": 2},
            {"id": "c", "parent": "left"},
            {"id": "d", "parent": "right", "denominator": "size", "unit": "kg"},
        ],
        "scoring": {"missing": "renormalise"},
        "robustness": {"draws": 40, "seed": 3},
    }
    for name, value in changes.items():
        made[name] = {**made[name], **value} if isinstance(value, dict) else value
    return made


def score(folder, lang="en", text=None, **changes):
    """Score a table with every warning an error; return the annex and the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "table.csv").write_text(table_text()[0] if text is None else text, encoding="utf-8")
    (folder / "framework.yaml").write_text(yaml.safe_dump(framework(**changes)), encoding="utf-8")
    asked = ["score", folder / "table.csv", "--framework", folder / "framework.yaml", "--out", folder / "out"]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert main([*map(str, asked), "--lang", lang]) == 0
    return read(folder / "out", lang), folder / "out"


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def read(out, lang):
    content = (out / "methodology.html").read_text(encoding="utf-8")
    page = Annex(content)
    assert f'<html lang="{lang}">' in content
    assert not page.tags & {"script", "link", "img", "a", "u", "b", "i", "em", "svg", "iframe"}
    assert not re.search(r"https?:|url\(|@import", content), "it stands alone"
    assert len(page.steps) == 10 and [step.split(".")[0] for step in page.steps] == [str(n) for n in range(1, 11)]
    assert [wrong for wrong in NOT_SHOWN if wrong in page.shown] == []
    assert [code for code in CODES if re.search(rf"\b{code}\b", page.shown)] == []
    return page


AHP = {"method": "ahp", "comparisons": [["a", "b", "1/3"], ["b", "c", 5], ["a", "c", 2]]}
POINTS = {"method": "budget_allocation", "points": {"left": [60, 40], "right": [40, 60]}}
ASKED = [
    *({"missing": name} for name in ("renormalise", "knn", "regression")),
    *({"missing": {"method": name, "group": "grp"}} for name in ("group_mean", "group_median")),
    *({"outliers": asked} for asked in ("coinr", {"low": 2, "high": 6}, {"high": 6})),
    *({"normalisation": name} for name in NORMALISATIONS if not NORMALISATIONS[name].required),
    {"normalisation": {"method": "goalposts", "low_value": 0.1, "high_value": 9, "log": True}},
    {"normalisation": {"method": "thresholds", "cuts": [1, 2, 4]}},
    {"normalisation": {"method": "curve", "points": [[0, 1], [4, 100], [9, 20]]}},
    *({"aggregation": name} for name in AGGREGATIONS if name not in ("generalised_mean", "mazziotta_pareto",
                                                                     "adjusted_mazziotta_pareto")),
    {"aggregation": {"method": "generalised_mean", "power": -1}},
    {"aggregation": "mazziotta_pareto", "normalisation": {"method": "min_max", "low": 90, "high": 110}},
    *({"weights": name} for name in WEIGHTINGS if not WEIGHTINGS[name].required and name != "matched_importance"),
    {"weights": {"method": "matched_importance", "nearest": True}},
    {"weights": AHP},
    {"weights": POINTS},
]  # fmt: skip


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_whatever_a_framework_asks_for_both_annexes_are_whole(asked, tmp_path):
    text, _ = table_text(gaps=[(3, 1), (8, 2), (8, 3)])
    pages = [score(tmp_path / lang, lang, text, scoring=asked)[0] for lang in LANGUAGES]
    assert pages[0].steps != pages[1].steps
    assert len(pages[0].tables) == len(pages[1].tables), "both say the same"


def test_every_text_is_shown_as_text(tmp_path):
    page, _ = score(tmp_path)
    assert any("Indice <u>d'essai</u>" in said for said in page.sentences)
    assert "Left <b>" in page.shown


def test_imputed_values_are_all_listed(tmp_path):
    gaps = [(3, 1), (8, 2), (9, 2)]
    text, values = table_text(gaps=gaps)
    page, out = score(tmp_path, text=text, scoring={"missing": {"method": "group_mean", "group": "grp"}})
    rows = page.table("Territory", "Indicator", "Imputed value")
    assert [row[:2] for row in rows] == [["k03", "b"], ["k08", "c"], ["k09", "c"]]
    for (row, column), said in zip(gaps, rows, strict=True):
        others = [values[r, column] for r in range(24) if r % 2 == row % 2 and not np.isnan(values[r, column])]
        assert float(said[2]) == pytest.approx(sum(others) / len(others), rel=1e-3)
    counts = page.table("Indicator", "Missing")
    assert [[row[0], row[1], row[3], row[4]] for row in counts] == [["b", "1", "1", "0"], ["c", "2", "2", "0"]]
    assert "imputed values, from the errors" in page.shown


def test_a_long_list_is_cut_and_says_where_the_rest_is(tmp_path):
    gaps = [(row, column) for row in range(0, 240, 4) for column in (1, 2)]
    page, _ = score(
        tmp_path, text=table_text(240, gaps)[0], scoring={"missing": {"method": "group_mean", "group": "grp"}}
    )
    assert len(page.table("Territory", "Indicator", "Imputed value")) == 100
    assert any(said.startswith("and 20 more") and "imputed.csv" in said for said in page.sentences)


def test_treated_values_are_listed_before_and_after(tmp_path):
    text, values = table_text()
    page, out = score(tmp_path, text=text, scoring={"outliers": {"low": 2, "high": 6}})
    rows = page.table("Territory", "Indicator", "Before", "After")
    expected = []
    for column, name in enumerate("abcd"):
        divided = values[:, column] / (values[:, 4] if name == "d" else 1)
        expected += [(f"k{row:02d}", name, v, 2 if v < 2 else 6) for row, v in enumerate(divided) if not 2 <= v <= 6]
    assert [(row[0], row[1]) for row in rows] == [item[:2] for item in expected]
    for said, (_, _, before, after) in zip(rows, expected, strict=True):
        assert float(said[2]) == pytest.approx(before, rel=1e-3) and float(said[3]) == after
    assert {row[4] for row in rows if row[1] == "d"} == {"kg / size"}
    assert not any("No treatment of outliers" in said for said in page.sentences)


def test_what_was_not_done_is_said_as_not_done(tmp_path):
    page, _ = score(tmp_path)
    undone = ("No treatment of outliers was asked", "Sobol' indices were not asked", "Nothing else was compared")
    for said in (*undone, "nothing was imputed"):
        assert any(said in sentence for sentence in page.sentences), said
    (still,) = [sentence for sentence in page.sentences if sentence.startswith("Not varied")]
    assert "normalisation" in still and "weights" not in still


def test_what_was_drawn_is_said(tmp_path):
    drawn = {
        "weights": {"method": "range", "share": {"indicators": 0.1, "nodes": 0.3}},
        "normalisation": ["rank"],
        "outliers": ["coinr"],
        "sobol": 128,
    }
    page, out = score(tmp_path, robustness={**framework()["robustness"], **drawn})
    shown = "\n".join(page.sentences)
    assert "made 40 times over" in shown and "seed 3" in shown
    assert "indicators 10%, composite scores 30%" in shown
    assert "rank from the worst" in shown and "winsorise" in shown
    assert "were not asked for" not in shown and "confidence" not in shown.lower()
    found = rows_of(out / "sensitivity.csv")
    first = [row for rows in page.tables if rows[0][0] == "Group of choices" for row in rows[1:]]
    assert [float(row[1]) for row in first] == [round(float(item["first_order"]), 2) for item in found]


def test_weights_are_told_as_declared_and_as_used(tmp_path):
    page, _ = score(tmp_path)
    rows = page.table("Element", "Declared", "Used within the composite")
    told = {row[0]: row[1:4] for row in rows if len(row) > 1}
    assert told["b"] == ["2", "50.0%", "25.0%"]
    assert told["a"] == told["c"] == ["1", "25.0%", "12.5%"]
    assert told["d"] == ["1", "100.0%", "50.0%"]


def test_an_inconsistent_judgement_is_told_with_its_worst_answers(tmp_path):
    page, _ = score(tmp_path, scoring={"weights": AHP})
    # Of three elements: λ = 1 + t + 1/t, t being the cube root of what closes the circle (here 1/3 · 5 / 2).
    t = (1 / 3 * 5 / 2) ** (1 / 3)
    index = (1 + t + 1 / t - 3) / 2
    assert any(said.startswith(f"Consistency ratio {index / 0.58:.2f},") for said in page.sentences)
    assert any("a to c: said 2" in said for said in page.sentences)
    assert any("contradict each other" in said for said in page.sentences) == (index / 0.58 > 0.1)
    worse, _ = score(
        tmp_path, scoring={"weights": {**AHP, "comparisons": [["a", "b", 3], ["b", "c", 3], ["c", "a", 3]]}}
    )
    assert any("contradict each other" in said for said in worse.sentences)


def test_points_of_experts_are_told_with_their_disagreement(tmp_path):
    page, _ = score(tmp_path, scoring={"weights": POINTS})
    assert page.table("Element", "Mean share") == [
        ["Left <b>", "50.0%", "40.0%", "60.0%"],
        ["Right", "50.0%", "40.0%", "60.0%"],
    ]
    assert any("Experts: 2." in said and "10%" in said for said in page.sentences)


def test_the_stamps_are_those_of_the_table(tmp_path):
    page, out = score(tmp_path)
    stamps = [row["stability"] for row in rows_of(out / "robustness.csv")]
    told = {row[0]: int(row[2]) for row in page.table("Stability")}
    assert told == {name: stamps.count(name) for name in ("core", "probable", "debatable")}


def test_grey_is_what_may_be_chance(tmp_path):
    """Of 24 territories, a correlation beyond 0.404 is told from chance (table of Pearson's r, 22 degrees, 5%)."""
    random = np.random.default_rng(4)
    a = random.normal(size=24)
    columns = [a, a + 2 * random.normal(size=24), random.normal(size=24), random.normal(size=24), np.ones(24)]
    lines = [f"k{row:02d},x,{','.join(f'{column[row]:.6f}' for column in columns)}" for row in range(24)]
    _, out = score(tmp_path, text="\n".join(["code,grp,a,b,c,d,size", *lines]) + "\n")
    content = (out / "methodology.html").read_text(encoding="utf-8").split("Correlations within")[1]
    cells = re.findall(r'<td class="n( faint| strong| against)?">(-?\d\.\d\d)</td>', content.split("</table>")[0])
    expected = [-np.corrcoef(a, columns[1])[0, 1], -np.corrcoef(a, columns[2])[0, 1], np.corrcoef(*columns[1:3])[0, 1]]
    assert [float(value) for _, value in cells] == pytest.approx(expected, abs=0.006)
    assert [kind == " faint" for kind, _ in cells] == [abs(value) <= 0.404 for value in expected]
    assert {kind == " faint" for kind, _ in cells} == {True, False}


@pytest.mark.parametrize("size", [3, 4, 7, 12, 13, 30, 400, 35_000])
def test_the_limit_of_chance_is_that_of_the_p_values(size):
    limit = stats.t.ppf(0.975, size - 2) / np.sqrt(size - 2 + stats.t.ppf(0.975, size - 2) ** 2)
    values = np.array([limit * (1 - 1e-4), limit + (1 - limit) * 1e-4, -limit * 0.99, np.nan, 1.0])
    found = may_be_chance(values, np.full(5, size)).tolist()
    assert found == [True, False, True, True, False]
    assert may_be_chance(np.array([0.9, 1.0]), np.array([2, 0])).all()


# ── studies


def without(role):
    return lambda content: content.update(indicators=[i for i in content["indicators"] if i["role"] != role])


def with_scoring(**scoring):
    return lambda content: content["scoring"].update(scoring)


def nothing_known(size):
    table = default_table(size)
    table[table.columns[1:]] = np.nan
    return table


STUDIES = {
    "plain": {},
    "no success factor": {"change": without("success_factor")},
    "no stake": {"change": without("stake")},
    "no activity": {"change": without("activity")},
    "one territory": {"size": 1},
    "nothing known": {"table": nothing_known(12)},
    "by pairs": {"change": with_scoring(aggregation="copeland")},
    "data-driven": {"change": with_scoring(weights="critic", outliers="coinr", missing="knn")},
    "Sobol": {"change": lambda content: content["robustness"].update(sobol=128, thresholds=0.05)},
}


def run(folder, lang, **kind):
    study = write_small_study(folder / "study", **kind)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert main(["run", str(study), "--out", str(folder / "out"), "--lang", lang]) == 0
    return read(folder / "out", lang), folder / "out"


@pytest.mark.parametrize("kind", STUDIES)
def test_whatever_a_study_lacks_both_annexes_are_whole(kind, tmp_path):
    pages = {lang: run(tmp_path / lang, lang, **STUDIES[kind])[0] for lang in LANGUAGES}
    assert len(pages["fr"].tables) == len(pages["en"].tables)
    shown = pages["en"].shown
    assert ("no success factors" in shown) == (kind == "no success factor")
    assert ("records no activity" in shown) == (kind == "no activity")
    assert ("has no stakes" in shown) == (kind == "no stake")
    assert ("dispersion is not importance" in shown) == (kind == "data-driven")
    assert ("Sobol' indices were not asked for" in shown) == (kind not in ("Sobol", "no success factor"))


def test_segments_and_stamps_of_a_study_are_those_of_its_table(tmp_path):
    page, out = run(tmp_path, "en")
    rows = rows_of(out / "territories.csv")
    for head, column, family in (("Segment", "segment", "segment"), ("Stability", "stability", "stability")):
        told = {row[0]: int(row[2]) for row in page.table(head, "What it says")}
        found = [TEXTS["en"][f"{family}.{row[column]}"] for row in rows if row[column]]
        assert told == {name: found.count(name) for name in told} and sum(told.values()) == len(found)


def test_the_first_targets_are_taken_apart(tmp_path):
    page, out = run(tmp_path, "en")
    targets = rows_of(out / "targets.csv")
    rows = page.table("Rank", "Interval", "Territory")
    assert [row[2] for row in rows] == [f"{row['name']} ({row['code']})" for row in targets[:5]]
    for told, row in zip(rows, targets, strict=False):
        points = [float(value) for value in re.findall(r"\((-?[\d.]+)\)", told[4])]
        assert sum(points) == pytest.approx(float(row["readiness"]), abs=0.05 * len(points) + 1e-9)
        assert told[1] == f"{int(float(row['rank_low']))}–{int(float(row['rank_high']))}"


def test_what_ranks_owe_to_an_indicator_and_to_an_axis(tmp_path):
    def change(content):
        fibre = next(i for i in content["indicators"] if i["id"] == "fibre")
        measure = {"kind": "field", "source": "table", "field": "income"}
        content["indicators"].append({**fibre, "id": "wealth", "name": "Wealth", "weight": 1, "measure": measure})

    page, out = run(tmp_path, "en", change=change)
    state = load_state(out / "scoring.npz")
    weights = {"fibre": 2, "partners": 1, "wealth": 1}
    order = [i.id for i in scored_indicators(read_study(tmp_path / "study" / "study.yaml"))]
    scores = {name: state["normalised"][:, order.index(name)] for name in weights}

    def ranks(kept):
        whole = [sum(weights[n] * scores[n][row] for n in kept) / sum(weights[n] for n in kept) for row in range(12)]
        return [1 + sum(other > value + 1e-9 for other in whole) for value in whole]

    told = {row[0]: row[1] for row in page.table("Element", "Mean change of rank")}
    names = {"Fibre": ["partners", "wealth"], "Axis: data": ["partners"], "Wealth": ["partners", "fibre"]}
    for name, kept in names.items():
        moved = [abs(a - b) for a, b in zip(ranks(kept), ranks(list(weights)), strict=True)]
        assert float(told[name]) == pytest.approx(sum(moved) / 12, abs=0.051), name
    assert "Axis: partnership" not in told, "an axis of one indicator says the same as the indicator"


def test_sources_are_told_with_status_date_and_licence(tmp_path):
    def change(content):
        content["sources"]["table"].update(
            status="synthetic", date="2025-03-31", licence="ODbL 1.0", attribution="<i>Nous</i>"
        )

    page, _ = run(tmp_path, "fr", change=change)
    rows = {row[0]: row for row in page.table("Source", "Fichier")}
    assert rows["table"][1:] == ["table.csv", TEXTS["fr"]["status.synthetic"], "<i>Nous</i> · ODbL 1.0", "2025-03-31"]


def test_territories_below_the_minimum_are_named(tmp_path):
    table = default_table(12)
    table.loc[4, ["fibre", "partners"]] = np.nan
    page, out = run(tmp_path, "en", table=table)
    rows = rows_of(out / "territories.csv")
    absent = [row["code"] for row in rows if row["readiness"] == ""]
    (told,) = [said for said in page.sentences if said.startswith("Readiness: no score")]
    assert absent and re.findall(r"\((\d{5})\)", told) == absent
