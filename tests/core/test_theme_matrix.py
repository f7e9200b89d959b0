"""The theme matrix, by hand and by properties; the weights in a study's text; every problem of a file at once."""

from __future__ import annotations

import csv
import importlib.util
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from smart_territoires_plugin.core.cli import main
from smart_territoires_plugin.core.errors import SmartTerritoiresError
from smart_territoires_plugin.core.messages import problem_lines
from smart_territoires_plugin.core.targeting.theme_demand import demand_of
from smart_territoires_plugin.core.targeting.theme_matrix import matrix_robustness, turning_points, weigh_themes
from smart_territoires_plugin.core.targeting.theme_matrix_reading import read_matrix
from smart_territoires_plugin.core.targeting.theme_weights_in_study import with_theme_weights
from smart_territoires_plugin.core.weighing_themes import weigh

ROOT = Path(__file__).resolve().parents[2]
CLOSE = 1e-10


def refused(act) -> tuple[list[str], str]:
    with pytest.raises(SmartTerritoiresError) as raised:
        act()
    assert raised.value.exit_code == 2
    for lang in ("fr", "en"):
        assert all(problem_lines(raised.value.problems, lang))
    return [problem.code for problem in raised.value.problems], "\n".join(problem_lines(raised.value.problems, "en"))


@pytest.fixture
def matrix(tmp_path):
    """Return a function that writes a matrix of two themes and reads it."""

    def made(*considerations, themes=("flood", "air"), **content):
        path = tmp_path / "matrix.yaml"
        whole = {"version": 1, "themes": list(themes), "considerations": list(considerations), **content}
        path.write_text(yaml.safe_dump(whole, sort_keys=False), encoding="utf-8")
        return read_matrix(path)

    return made


@st.composite
def matrices(draw, themes: int | None = None):
    """Synthetic marks from 0 to 10 of some themes on some considerations, and weights."""
    n_themes, n_considerations = themes or draw(st.integers(2, 5)), draw(st.integers(1, 4))
    rows = st.lists(st.integers(0, 10), min_size=n_considerations, max_size=n_considerations)
    marks = np.array(draw(st.lists(rows, min_size=n_themes, max_size=n_themes)), dtype=float)
    assume((marks.sum(axis=0) > 0).all())
    numbers = st.lists(st.integers(0, 9), min_size=n_considerations, max_size=n_considerations)
    weights = draw(numbers.filter(any))
    return [f"t{n}" for n in range(n_themes)], [f"c{n}" for n in range(n_considerations)], weights, marks


# ── by hand


def test_marks_counts_and_comparisons_by_hand(matrix):
    """Shares 6/8, 100/400 and 1/4 for flood; weights 2/4, 1/4, 1/4: 0.375 + 0.0625 + 0.0625 = 0.5."""
    made, warnings = weigh(
        matrix(
            {"id": "stakes", "weight": 2, "marks": {"flood": 6, "air": 2}},
            {"id": "polls", "counts": {"flood": 100, "air": 300}},
            {"id": "news", "comparisons": [["air", "flood", 3]]},
        )
    )
    assert warnings == []
    assert made.matrix.scores == pytest.approx([0.5, 0.5])
    assert made.matrix.ranks.tolist() == [1, 1]
    assert made.theme_weights == pytest.approx({"flood": 1, "air": 1})
    assert made.turning_points == ()
    assert made.consistency == {"news": 0}


def test_weights_of_considerations_may_be_compared(matrix):
    """“stakes” four times as important: 0.8 · 0.75 + 0.2 · 0.25 = 0.65, so the themes weigh 1.3 and 0.7."""
    made, _ = weigh(
        matrix(
            {"id": "stakes", "marks": {"flood": 6, "air": 2}},
            {"id": "polls", "counts": {"flood": 100, "air": 300}},
            weights={"comparisons": [["stakes", "polls", 4]]},
        )
    )
    assert made.theme_weights == pytest.approx({"flood": 1.3, "air": 0.7})
    # The lead goes where 0.75 w + 0.25 (1 − w) = 0.5.
    assert [(p.consideration, p.theme) for p in made.turning_points] == [("stakes", "air"), ("polls", "air")]
    assert [p.weight for p in made.turning_points] == pytest.approx([0.5, 0.5])


def test_comparisons_that_contradict_each_other_warn_with_their_line(matrix):
    """a = 9 b, b = 9 c, c = 9 a: of the three there is no order at all."""
    circle = [["a", "b", 9], ["b", "c", 9], ["c", "a", 9]]
    made, warnings = weigh(matrix({"id": "x", "comparisons": circle}, themes=("a", "b", "c")))
    assert made.matrix.scores == pytest.approx([1 / 3] * 3)
    assert [(problem.code, problem.where) for problem in warnings] == [("weights.inconsistent", "matrix.yaml:8")]


def test_wishes_of_a_register_are_counted_by_hand():
    """Active projects alone, applications whatever came of them, proposals; other themes apart."""
    tables = {
        "projects": pd.DataFrame(
            {
                "theme": ["flood", "flood", "air", "air", "noise", None],
                "stage": ["done", "idea", "funded", "stopped", "Running", "done"],
            }
        ),
        "applications": pd.DataFrame({"theme": ["air", "air", "flood", ""]}),
        "contacts_made": pd.DataFrame({"proposed_theme": [" flood ", None, "trees"]}),
    }
    found = demand_of(tables, ("air", "flood", "energy"))
    assert found.counts.tolist() == [3, 3, 0]
    assert found.elsewhere == {"noise": 1, "trees": 1}
    assert demand_of({"projects": tables["projects"]}, ("air", "flood")).counts.tolist() == [1, 1]


# ── properties


@settings(max_examples=60, deadline=None)
@given(matrices())
def test_contributions_add_up_and_weights_have_the_mean_of_one(given_matrix):
    made = weigh_themes(*given_matrix)
    marks, weights = given_matrix[3], np.array(given_matrix[2], dtype=float)
    slow = [
        sum(w / weights.sum() * marks[t, c] / marks[:, c].sum() for c, w in enumerate(weights))
        for t in range(len(marks))
    ]
    assert made.scores == pytest.approx(slow, abs=CLOSE)
    assert made.scores.sum() == pytest.approx(1)
    assert made.theme_weights.mean() == pytest.approx(1)
    assert made.contributions.sum(axis=1) == pytest.approx(made.scores, abs=CLOSE)


@settings(max_examples=40, deadline=None)
@given(matrices(), st.randoms(use_true_random=False))
def test_the_order_of_themes_and_considerations_changes_nothing(given_matrix, random):
    themes, considerations, weights, marks = given_matrix
    rows, columns = list(range(len(themes))), list(range(len(considerations)))
    random.shuffle(rows)
    random.shuffle(columns)
    made = weigh_themes(*given_matrix)
    turned = weigh_themes(
        [themes[r] for r in rows], [considerations[c] for c in columns], [weights[c] for c in columns],
        marks[rows][:, columns],
    )  # fmt: skip
    assert turned.scores == pytest.approx(made.scores[rows], abs=CLOSE)
    assert turned.ranks.tolist() == made.ranks[rows].tolist()


@settings(max_examples=40, deadline=None)
@given(matrices(), st.floats(0.01, 100), st.floats(0.01, 100))
def test_units_of_weights_and_marks_change_nothing(given_matrix, of_weights, of_marks):
    themes, considerations, weights, marks = given_matrix
    made = weigh_themes(*given_matrix)
    scaled = marks.copy()
    scaled[:, 0] *= of_marks
    other = weigh_themes(themes, considerations, [weight * of_weights for weight in weights], scaled)
    assert other.scores == pytest.approx(made.scores, abs=CLOSE)
    assert other.ranks.tolist() == made.ranks.tolist()


@settings(max_examples=40, deadline=None)
@given(matrices(themes=3), st.integers(0, 3))
def test_a_dominated_theme_never_outranks(given_matrix, more):
    """The first theme is marked as high as the second everywhere, and higher by ``more`` on one consideration."""
    themes, considerations, weights, marks = given_matrix
    marks = marks.copy()
    marks[0] = np.maximum(marks[0], marks[1])
    marks[0, 0] += more
    made = weigh_themes(themes, considerations, weights, marks)
    assert made.ranks[0] <= made.ranks[1]
    drawn = matrix_robustness(made, 50, 1, 0.9)
    assert drawn.rank_high[0] <= drawn.rank_high[1] and drawn.rank_low[0] <= drawn.rank_low[1]
    assert drawn.share_first[0] >= drawn.share_first[1]


@settings(max_examples=25, deadline=None)
@given(matrices(), st.integers(0, 5))
def test_robustness_holds_what_no_draw_can_leave(given_matrix, seed):
    made = weigh_themes(*given_matrix)
    still = matrix_robustness(made, 20, seed, 0.0)
    assert still.rank_low.tolist() == still.rank_high.tolist() == made.ranks.tolist()
    assert still.share_first.tolist() == (made.ranks == 1).tolist()
    assert still.weight_low == pytest.approx(made.theme_weights, abs=1e-9)
    drawn = matrix_robustness(made, 100, seed, 0.25)
    again = matrix_robustness(made, 100, seed, 0.25)
    assert all(np.array_equal(vars(drawn)[name], vars(again)[name]) for name in vars(drawn))
    assert (drawn.rank_low <= drawn.rank_median).all() and (drawn.rank_median <= drawn.rank_high).all()
    # A weighted mean lies between the least and the greatest of its shares.
    assert (drawn.weight_low >= len(made.themes) * made.shares.min(axis=1) - 1e-9).all()
    assert (drawn.weight_high <= len(made.themes) * made.shares.max(axis=1) + 1e-9).all()


def test_draws_of_two_weights_follow_the_closed_form():
    """Weights u, v uniform in 0.5–1.5, all for one theme each: the first leads where u > v, half of the time."""
    made = weigh_themes(("a", "b"), ("x", "y"), (1, 1), np.eye(2))
    drawn = matrix_robustness(made, 20_000, 3, 0.5)
    assert drawn.share_first[0] == pytest.approx(0.5, abs=4 * 0.5 / np.sqrt(20_000))
    # P(u/(u+v) ≤ q) = 0.05 where the triangle v ≥ u (1 − q)/q in the square has the area 0.05: its legs are
    # h and h·r, with r = q/(1 − q) the slope seen from the corner (0.5, 1.5).
    q = drawn.weight_low[0] / 2
    r = q / (1 - q)
    height = 1.5 * r - 0.5
    assert height * height / r / 2 == pytest.approx(0.05, abs=0.006)


@settings(max_examples=60, deadline=None)
@given(matrices())
def test_the_lead_changes_at_a_turning_point_and_not_before(given_matrix):
    themes, considerations, weights, marks = given_matrix
    made = weigh_themes(*given_matrix)
    leader = int(np.argmin(made.ranks))
    for point in turning_points(made):
        column = considerations.index(point.consideration)

        def scores(weight, column=column):
            others = np.delete(made.weights, column)
            others = others / others.sum() * (1 - weight)
            return made.shares @ np.insert(others, column, weight)

        at = scores(point.weight)
        assert at[themes.index(point.theme)] == pytest.approx(at[leader], abs=1e-9)
        for share in (0.25, 0.5, 0.9):
            between = made.weights[column] + share * (point.weight - made.weights[column])
            assert (scores(between)[leader] >= scores(between) - 1e-9).all()


# ── the text of a study


STUDY = """\
# A study; its comments stay.
name: "{region}"
themes:   # in order
  - {id: flood, name: {fr: Inondations, en: Floods}, weight: 1}   # wet
  - id: air      # "id: air" is said once
    name: {fr: L'air, en: Air}
  - {name: Trees, id: trees}
  -   weight: 2.50 # heavy
      id: noise
other: [1, 2]
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_weights_come_into_a_study_and_nothing_else_changes(newline):
    text = STUDY.replace("\n", newline)
    weights = {"flood": 1.23456, "air": 0.5, "trees": 3.0, "noise": 1e-9}
    made = with_theme_weights(text, weights, "study.yaml")
    expected = (
        STUDY.replace("weight: 1}", "weight: 1.2346}")
        .replace('said once\n', 'said once\n    weight: 0.5\n')
        .replace("id: trees}", "id: trees, weight: 3}")
        .replace("weight: 2.50 #", "weight: 0 #")
        .replace("\n", newline)
    )  # fmt: skip
    assert made == expected
    assert with_theme_weights(made, weights, "study.yaml") == made


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.sampled_from(["flood", "air", "trees", "noise"]), st.floats(0, 9), min_size=1))
def test_a_study_reads_back_with_its_weights(weights):
    before, after = yaml.safe_load(STUDY), yaml.safe_load(with_theme_weights(STUDY, weights, "study.yaml"))
    for theme in before["themes"]:
        if theme["id"] in weights:
            theme["weight"] = pytest.approx(weights[theme["id"]], abs=5.1e-5)
    assert after == before


@pytest.mark.parametrize("ending", ["", "\n", "   # the end"])
def test_a_theme_on_the_last_line_gets_its_weight(ending):
    made = with_theme_weights(f"themes:\n- id: air{ending}", {"air": 2}, "study.yaml")
    assert yaml.safe_load(made) == {"themes": [{"id": "air", "weight": 2}]}


def test_what_cannot_be_edited_is_refused():
    codes, said = refused(lambda: with_theme_weights(STUDY, {"flod": 1, "sun": 2}, "study.yaml"))
    assert codes == ["matrix.theme_not_in_study"] * 2 and "flood" in said
    shared = "base: &one {id: air}\nthemes:\n- *one\n"
    codes, _ = refused(lambda: with_theme_weights(shared, {"air": 2}, "study.yaml"))
    assert codes == ["matrix.study_not_editable"]


def test_a_name_that_is_an_alias_stays_one():
    text = "themes:\n- {id: air, name: &n A}\n- {id: sea, name: *n}\n"
    made = with_theme_weights(text, {"sea": 2}, "study.yaml")
    assert made == text.replace("id: sea", "id: sea, weight: 2")


# ── wrong input


def test_every_problem_of_a_matrix_is_told_with_its_line(tmp_path):
    path = tmp_path / "matrix.yaml"
    path.write_text(
        "version: 1\nthemes: [air, flood, air]\nconsiderations:\n"
        "- {id: a, weight: 0, marks: {air: 3}}\n"
        "- {id: b, weight: 0, marks: {air: 3, flood: 4, sun: 5}, counts: {air: 0, flood: 0}}\n"
        "- {id: b, weight: 0}\n",
        encoding="utf-8",
    )
    codes, said = refused(lambda: read_matrix(path))
    assert sorted(codes) == sorted(
        [
            "matrix.theme_twice", "matrix.consideration_twice", "weights.absent_elements", "weights.unknown_element",
            "matrix.one_way", "matrix.one_way", "matrix.all_zero", "matrix.no_weight",
        ]
    )  # fmt: skip
    for line in (2, 4, 5, 6):
        assert f"matrix.yaml:{line}:" in said


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"marks": {"flood": 11, "air": 2}}, "study.out_of_range"),
        ({"marks": {"flood": -1, "air": 2}}, "study.out_of_range"),
        ({"marks": {"flood": "high", "air": 2}}, "study.wrong_type"),
        ({"marks": {"flood": None, "air": 2}}, "study.wrong_type"),
        ({"counts": {"flood": float("inf"), "air": 2}}, "document.not_finite"),
        ({"weight": -1, "marks": {"flood": 1, "air": 2}}, "study.out_of_range"),
        ({"mark": {"flood": 1, "air": 2}}, "study.unknown_key"),
        ({"marks": {"flood": 0, "air": 0}}, "matrix.all_zero"),
        ({}, "matrix.one_way"),
    ],
)
def test_a_consideration_that_is_wrong_is_refused(matrix, changes, code):
    codes, said = refused(lambda: matrix({"id": "x", **changes}))
    assert codes == [code]
    assert "matrix.yaml" in said


def test_wrong_comparisons_and_registers_are_told_together(matrix, tmp_path):
    file = matrix(
        {"id": "x", "comparisons": [["flood", "air", 0], ["flood", "sun", 2]]},
        {"id": "y", "register": "absent.gpkg"},
        weights={"comparisons": [["x", "z", 2]]},
    )
    codes, said = refused(lambda: weigh(file))
    assert {"weights.not_a_ratio", "weights.unknown_element", "source.not_found", "weights.not_tied"} <= set(codes)
    assert said.count("matrix.yaml:") == len(codes)
    refusal = refused(
        lambda: matrix(
            {"id": "x", "weight": 2, "marks": {"flood": 1, "air": 1}}, weights={"comparisons": [["x", "x", 1]]}
        )
    )
    assert refusal[0] == ["matrix.weight_twice"]


# ── the verb, with a register of the fictitious kind


@pytest.fixture
def register(tmp_path):
    """A register of three synthetic projects and one proposal."""
    import pyogrio

    path = tmp_path / "register.gpkg"
    projects = pd.DataFrame({"title": ["A", "B", "C"], "theme": ["flood", "flood", "air"], "stage": ["done"] * 3})
    pyogrio.write_dataframe(projects, path, layer="projects", driver="GPKG")
    calls = pd.DataFrame({"code": ["1", "2"], "proposed_theme": ["flood", "trees"]})
    pyogrio.write_dataframe(calls, path, layer="contacts_made", driver="GPKG", append=True)
    return path


def test_the_verb_writes_ranking_weights_and_a_copy_of_the_study(register, place, tmp_path, capfd):
    study = place.write(place.content(themes=[{"id": "air"}, {"id": "flood", "weight": 4}, {"id": "sun"}]))
    study.write_text("# kept\n" + study.read_text(encoding="utf-8"), encoding="utf-8")
    file = tmp_path / "matrix.yaml"
    file.write_text(
        "version: 1\nfictitious: true\nthemes: [air, {id: flood, name: '=Flood'}]\nconsiderations:\n"
        "- {id: demand, register: register.gpkg}\n- {id: stakes, marks: {air: 5, flood: 5}}\n",
        encoding="utf-8",
    )
    before, copy = study.read_bytes(), study.parent / "copy.yaml"
    asked = ["themes", str(file), "--out", str(tmp_path / "out"), "--write-study", str(study), str(copy)]
    assert main([*asked, "--json", "--lang", "en"]) == 0
    told = capfd.readouterr()
    files = json.loads(told.out)["files"]
    assert set(files) == {"ranking", "weights", "summary", "study"}
    assert "trees (1)" in told.err
    # Wishes 3 to 1, marks alike: flood has (0.75 + 0.5)/2.
    with Path(files["ranking"]).open(encoding="utf-8", newline="") as stream:
        table = list(csv.DictReader(stream))
    assert [(line["theme"], float(line["weight"]), line["rank"]) for line in table] == [
        ("flood", 1.25, "1"), ("air", 0.75, "2"),
    ]  # fmt: skip
    assert table[0]["name"] == "'=Flood" and "Fictitious" in table[0]["notice"]
    assert yaml.safe_load(Path(files["weights"]).read_text(encoding="utf-8"))["themes"] == [
        {"id": "air", "weight": 0.75}, {"id": "flood", "weight": 1.25},
    ]  # fmt: skip
    assert study.read_bytes() == before
    assert copy.read_text(encoding="utf-8").startswith("# kept\n")
    themes = {theme["id"]: theme.get("weight") for theme in yaml.safe_load(copy.read_text(encoding="utf-8"))["themes"]}
    assert themes == {"air": 0.75, "flood": 1.25, "sun": None}
    first = {name: Path(path).read_bytes() for name, path in files.items()}
    assert main([*asked, "--lang", "en"]) == 0
    assert "flood" in capfd.readouterr().out.lower()
    assert {name: Path(path).read_bytes() for name, path in files.items()} == first
    assert json.loads(first["summary"])["considerations"][0]["wishes"] == {"air": 1.0, "flood": 3.0}


def test_a_study_is_never_overwritten_and_a_refusal_leaves_nothing(register, place, tmp_path, capfd):
    study = place.write(place.content(themes=[{"id": "air"}]))
    file = tmp_path / "matrix.yaml"
    file.write_text(
        "version: 1\nthemes: [air, flood]\nconsiderations: [{id: demand, register: register.gpkg}]\n", encoding="utf-8"
    )
    before, out = study.read_bytes(), tmp_path / "out"
    for target, said in ((study, "take the place of the study"), (tmp_path / "copy.yaml", "no theme “flood”")):
        asked = ["themes", str(file), "--out", str(out), "--write-study", str(study), str(target), "--lang", "en"]
        assert main(asked) == 2
        assert said in capfd.readouterr().err
    assert study.read_bytes() == before
    assert not out.exists() and not (tmp_path / "copy.yaml").exists()


def test_results_name_the_themes(tmp_path, capfd):
    results = tmp_path / "results"
    results.mkdir()
    themes = [{"id": name, "name": {"fr": f"{name} fr", "en": f"{name} en"}} for name in ("air", "flood")]
    (results / "manifest.json").write_text(json.dumps({"study": {"themes": themes}}), encoding="utf-8")
    file = tmp_path / "matrix.yaml"
    file.write_text(
        "version: 1\nthemes: [air, flood]\nconsiderations: [{id: x, marks: {air: 1, flood: 2}}]\n", encoding="utf-8"
    )
    asked = ["themes", str(file), "--out", str(tmp_path / "out"), "--results", str(results), "--lang", "fr"]
    assert main(asked) == 0
    assert "1. flood fr" in capfd.readouterr().out
    file.write_text(file.read_text(encoding="utf-8").replace("flood", "noise"), encoding="utf-8")
    assert main(asked) == 2
    assert "noise" in capfd.readouterr().err


def test_the_shipped_schema_is_the_one_that_the_script_makes():
    spec = importlib.util.spec_from_file_location("make_means_schemas", ROOT / "scripts" / "make_means_schemas.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    shipped = (ROOT / "resources" / "theme_matrix.schema.json").read_text(encoding="utf-8")
    assert json.loads(shipped) == module.theme_matrix()
