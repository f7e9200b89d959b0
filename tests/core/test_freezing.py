"""A study edited and its thresholds frozen: one place changes, all other bytes stay, and runs keep their segments."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from small_study import write_small_study

from smart_territoires_plugin.core.cli import main
from smart_territoires_plugin.core.comparing_runs import read_run
from smart_territoires_plugin.core.demo.study import STUDY
from smart_territoires_plugin.core.errors import StudyError
from smart_territoires_plugin.core.study import read_study
from smart_territoires_plugin.core.study.editing import edit_study, edited
from smart_territoires_plugin.core.study.freezing import freeze, frozen_threshold, thresholds_of

IDF = Path(__file__).resolve().parents[1] / "studies" / "idf" / "study.yaml"
READINESS, ACTIVITY = "targeting.thresholds.readiness", "targeting.thresholds.activity"


@pytest.fixture(params=["demo", "idf", "demo with CRLF", "idf with a mark"])
def study(request, tmp_path) -> Path:
    path = tmp_path / "study.yaml"
    content = STUDY.encode() if "demo" in request.param else IDF.read_bytes()
    if "CRLF" in request.param:
        content = content.replace(b"\n", b"\r\n")
    path.write_bytes(b"\xef\xbb\xbf" * ("mark" in request.param) + content)
    return path


def other_lines(before: bytes, after: bytes) -> tuple[list[bytes], list[bytes]]:
    """The lines of either that the other has not in the same place, once those in common at both ends are gone."""
    first, second = before.splitlines(keepends=True), after.splitlines(keepends=True)
    while first and second and first[0] == second[0]:
        del first[0], second[0]
    while first and second and first[-1] == second[-1]:
        del first[-1], second[-1]
    return first, second


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (READINESS, 28.8042547344),
        ("targeting.shortlist", 12),
        ("indicators.turnout.weight", 0.5),
        ("themes.0.weight", 2.5),
        ("date", "2026-07-01"),
        ("name", "Région d'essai : 2"),
        ("robustness", {"draws": 10, "seed": 4}),
        ("scoring.min_availability", 0.5),
    ],
)
def test_only_the_line_that_is_asked_changes(study, key, value):
    before = study.read_bytes()
    edit_study(study, {key: value})
    after = study.read_bytes()
    gone, new = other_lines(before, after)
    assert len(gone) <= 1 and len(new) == 1
    assert new[0].endswith(b"\r\n") == before.splitlines(keepends=True)[0].endswith(b"\r\n")
    held = yaml.load(after.decode("utf-8-sig"), Loader=yaml.BaseLoader)
    for part in key.split("."):
        named = [item for item in held if isinstance(held, list) and item["id"] == part]
        held = named[0] if named else held[int(part)] if isinstance(held, list) else held[part]
    assert held == ({k: str(v) for k, v in value.items()} if isinstance(value, dict) else str(value))
    read_study(study)


def test_a_key_with_all_above_it_is_added_at_the_end_of_its_block(study):
    before = study.read_bytes()
    edit_study(study, {"groups.zone": "zone", READINESS: 10.0, ACTIVITY: 1.0})
    gone, new = other_lines(before, study.read_bytes())
    assert read_study(study).targeting.readiness_threshold == 10.0
    assert read_study(study).groups[-1].name == "zone"
    assert all(line in study.read_bytes() for line in before.splitlines() if b"#" in line)


@pytest.mark.parametrize(
    ("before", "key", "value", "after"),
    [
        ("a:\n  b: 1 # one\n\n# end\n", "a.c", 2, "a:\n  b: 1 # one\n  c: 2\n\n# end\n"),
        ("a:\n  b:\n    q: 0.5  # half\n  c: 1\n", "a.b", 3, "a:\n  b:\n    3  # half\n  c: 1\n"),
        ("a:   # nothing\nb: 1\n", "a.c", 2, "a: {c: 2}   # nothing\nb: 1\n"),
        ("a:\nb: 1\n", "a", 2, "a: 2\nb: 1\n"),
        ("a: {}\n", "a.b", 1, "a: {b: 1}\n"),
        ("a: null\n", "a.b", 1, "a: {b: 1}\n"),
        ("a: {b: 1,}\n", "a.c", 2, "a: {b: 1, c: 2,}\n"),
        ("a: 'x'\nb: \"y\"", "a", "z", "a: 'z'\nb: \"y\""),
        ("a: 1", "b", 2, "a: 1\nb: 2"),
        ("a:\n- {id: x, w: 1}\n- {id: y, w: 1}\n", "a.y.w", 2, "a:\n- {id: x, w: 1}\n- {id: y, w: 2}\n"),
        ("a: |\n  text\n  more\nb: 1\n", "c", 1, "a: |\n  text\n  more\nb: 1\nc: 1\n"),
        ("é: 1  # déjà\nb: 2\n", "b", 3, "é: 1  # déjà\nb: 3\n"),
    ],
)
def test_each_way_to_write_a_value(before, key, value, after):
    assert edited(before, tuple(key.split(".")), value) == after


@given(
    st.dictionaries(st.sampled_from("abcd"), st.dictionaries(st.sampled_from("xyz"), st.integers(0, 9)), min_size=1),
    st.sampled_from([True, False, None]),
    st.tuples(st.sampled_from("abcd"), st.sampled_from("xyz")),
    st.one_of(st.floats(allow_nan=False, allow_infinity=False), st.text("ab: #'\"-é", max_size=6)),
)
def test_an_edit_means_what_it_says(content, flow, keys, value):
    from smart_territoires_plugin.core.study.documents import _Loader

    made = edited(yaml.safe_dump(content, default_flow_style=flow), keys, value)
    assert yaml.load(made, Loader=_Loader) == {**content, keys[0]: {**content.get(keys[0], {}), keys[1]: value}}


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("targeting.shortlist", "many", None),
        ("targeting.nothing", 1, None),
        ("name.of", 1, "outcomes.edit_nowhere"),
        ("indicators.no_such.weight", 1, "outcomes.edit_nowhere"),
    ],
)
def test_a_study_is_left_alone_where_the_edit_is_refused(study, key, value, code):
    before = study.read_bytes()
    with pytest.raises(StudyError) as error:
        edit_study(study, {READINESS: 3.0, key: value})
    assert study.read_bytes() == before
    assert [path.name for path in study.parent.iterdir()] == ["study.yaml"]
    assert code in (None, error.value.problems[0].code)
    assert "edited" not in error.value.problems[0].where


def test_a_value_that_an_alias_shares_is_not_changed():
    with pytest.raises(StudyError) as error:
        edited("a: &x {q: 1}\nb: *x\n", ("b", "q"), 2, "s.yaml")
    assert error.value.problems[0].code == "outcomes.edit_shared"


@given(st.lists(st.floats(0.001, 1e6), min_size=3, max_size=9, unique=True).filter(lambda v: len(v) % 2))
def test_a_frozen_quantile_leaves_each_territory_on_its_side(values):
    """The median of an odd number is a territory's own value: rounded downwards, it would turn that one high."""
    values = np.array(values)
    exact = float(np.median(values))
    others = values[values != exact]
    if (np.abs(others - exact) < 1e-9 * exact).any():
        return
    published = np.array([float(f"{value:.12g}") for value in values])
    number = frozen_threshold(float(f"{exact:.12g}"), published)
    assert ((values > number) == (values > exact)).all()
    assert number == pytest.approx(exact, rel=1e-10)


def test_what_was_a_number_stays_that_number_and_themes_are_frozen_too():
    manifest = {
        "study": {"content": {"targeting": {"thresholds": {"activity": 2}}}},
        "method": {
            "readiness_threshold": None,
            "activity_threshold": 2.0,
            "theme_thresholds": {"flood": 0.0, "air": 1},
        },
    }
    assert thresholds_of(manifest, {}) == {
        ACTIVITY: 2.0,
        "targeting.thresholds.themes.flood": 0.0,
        "targeting.thresholds.themes.air": 1.00000000001,
    }
    empty = {"study": {"content": {}}, "method": {"readiness_threshold": None, "activity_threshold": None}}
    assert thresholds_of(empty, {}) == {}


@pytest.fixture(scope="module")
def former(tmp_path_factory):
    """A study of 13 communes, and its results."""

    def few_draws(content):
        content["robustness"]["draws"] = 20

    folder = tmp_path_factory.mktemp("former")
    study = write_small_study(folder, 13, change=few_draws)
    assert main(["run", str(study), "--out", str(folder / "out"), "--lang", "en"]) == 0
    return study, folder / "out"


def segments(folder: Path) -> list[tuple[str, str]]:
    with (folder / "territories.csv").open(encoding="utf-8", newline="") as stream:
        return [(row["code"], row["segment"]) for row in csv.DictReader(stream)]


def test_the_frozen_study_finds_the_same_segments(former):
    study, out = former
    run = read_run(out)
    values = {name: run.numbers(name) for name in ("readiness", "activity")}
    found = freeze(study, run.manifest, values, study.parent / "frozen.yaml")
    themes = {f"targeting.thresholds.themes.{theme}" for theme in ("flood", "planning")}
    assert not found.warnings and set(found.thresholds) == {READINESS, ACTIVITY, *themes}
    frozen = read_study(found.path).targeting
    assert isinstance(frozen.readiness_threshold, float) and isinstance(frozen.activity_threshold, float)
    assert main(["run", str(found.path), "--out", str(study.parent / "again"), "--lang", "en"]) == 0
    assert segments(study.parent / "again") == segments(out)
    again = read_run(study.parent / "again")
    second = freeze(found.path, again.manifest, values)
    assert all(before == after for before, after in second.thresholds.values())


def test_the_verb_says_what_it_wrote_and_warns_of_another_study(former, tmp_path, capsys):
    study, out = former
    path = tmp_path / "study.yaml"
    path.write_text(study.read_text(encoding="utf-8").replace("weight: 2", "weight: 3"), encoding="utf-8")
    assert main(["freeze", str(path), "--run", str(out), "--lang", "fr"]) == 0
    said = capsys.readouterr()
    assert READINESS in said.out and "par défaut" in said.out and str(path) in said.out
    assert "indicators" in said.err and len(said.err.splitlines()) == 1
    assert main(["freeze", str(path), "--run", str(tmp_path)]) == 2
