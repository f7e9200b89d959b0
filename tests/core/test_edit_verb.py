"""Studies made and edited by the verb ``edit``: what is asked changes, all else stays, all problems come at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from smart_territoires_plugin.core.cli import main
from smart_territoires_plugin.core.demo.study import STUDY
from smart_territoires_plugin.core.errors import StudyError
from smart_territoires_plugin.core.messages import LANGUAGES
from smart_territoires_plugin.core.study import read_study
from smart_territoires_plugin.core.study.catalogue import read_catalogue
from smart_territoires_plugin.core.study.checks import cross_problems
from smart_territoires_plugin.core.study.differences import differences
from smart_territoires_plugin.core.study.documents import Document, _Loader
from smart_territoires_plugin.core.study.editing import appended, edit_study, laid_out, removed
from smart_territoires_plugin.core.study.indicator_checks import wrong_fields
from smart_territoires_plugin.core.study.new_study import THEMES, FirstStudy, guessed_fields, new_study, relative_path
from smart_territoires_plugin.core.study.schema import schema_problems
from smart_territoires_plugin.core.study.specification import MEASURES

NOISE = {
    "id": "noise",
    "name": {"fr": "Bruit : moyenne", "en": "Noise, mean"},
    "role": "stake",
    "theme": "air",
    "measure": {"kind": "zonal_mean", "source": "no2"},
    "unit": "dB",
    "direction": 1,
    "weight": 1,
}


@pytest.fixture(params=["plain", "CRLF", "block style"])
def study(request, tmp_path) -> Path:
    path = tmp_path / "study.yaml"
    content = STUDY
    if request.param == "block style":
        content = "# head\n" + yaml.safe_dump(yaml.load(STUDY, Loader=_Loader), allow_unicode=True, sort_keys=False)
    path.write_bytes(content.replace("\n", "\r\n" if request.param == "CRLF" else "\n").encode())
    return path


def comments(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip().startswith("#")]


def edit(study: Path, changes: object, *more: str) -> int:
    file = study.parent / "changes.json"
    file.write_text(json.dumps(changes), encoding="utf-8")
    code = main(["edit", str(study), "--changes", str(file), *more, "--lang", "en"])
    file.unlink()
    return code


# Adding and taking away


def test_an_indicator_is_added_and_taken_away_again(study):
    before, said = study.read_bytes(), comments(study)
    assert edit(study, {"indicators.noise": NOISE}) == 0
    assert read_study(study).indicators[-1].id == "noise"
    assert comments(study) == said
    added = [line for line in study.read_bytes().splitlines(True) if line not in before.splitlines(True)]
    assert b"".join(added).count(b"noise") == 1 and max(map(len, added)) < 130
    assert edit(study, {"indicators.noise": None}) == 0
    assert study.read_bytes() == before


def test_each_item_can_be_taken_away_and_its_neighbours_stay(study):
    original = study.read_bytes()
    ids = [indicator.id for indicator in read_study(study).indicators]
    for identifier in (ids[0], ids[4], ids[-1]):
        study.write_bytes(original)
        said = comments(study)
        assert edit(study, {f"indicators.{identifier}": None}) == 0
        assert [one.id for one in read_study(study).indicators] == [one for one in ids if one != identifier]
        assert comments(study) == said
        lines = original.splitlines()
        assert [line for line in study.read_bytes().splitlines() if line not in lines] == []


def test_a_source_and_what_uses_it_go_together_or_not_at_all(study):
    before = study.read_bytes()
    assert edit(study, {"sources.no2": None}) == 2
    assert study.read_bytes() == before
    assert edit(study, {"sources.no2": None, "indicators.no2_mean": None, "themes.air": None}) == 0
    held = read_study(study)
    assert "no2" not in held.sources and "air" not in [theme.id for theme in held.themes]


def test_a_theme_a_source_and_an_indicator_come_at_once(study):
    changes = {
        "themes.noise": {"name": {"fr": "Bruit", "en": "Noise"}},
        "sources.noise_map": {"path": "noise.tif"},
        "indicators.noise": {**NOISE, "theme": "noise", "measure": {"kind": "zonal_mean", "source": "noise_map"}},
    }
    assert edit(study, changes) == 0
    held = read_study(study)
    assert held.themes[-1].id == "noise" and held.sources["noise_map"].path.name == "noise.tif"


def test_options_of_the_command_line(study, capsys):
    arguments = ["--set", "targeting.shortlist=12", "--set", "name=Essai", "--add-source", "more=more.csv"]
    assert main(["edit", str(study), *arguments]) == 0
    held = read_study(study)
    assert (held.targeting.shortlist, held.name, held.sources["more"].path.name) == (12, "Essai", "more.csv")
    out = study.parent / "other.yaml"
    before = study.read_bytes()
    assert main(["edit", str(study), "--set", "targeting.shortlist=3", "--out", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["files"]["study"] == str(out)
    assert study.read_bytes() == before and read_study(out).targeting.shortlist == 3


# What cannot be done


def test_every_problem_at_once_and_nothing_written(study, capsys):
    before = study.read_bytes()
    assert edit(study, {"indicators.none.weight": 1, "sources.none": None, "targeting.shortlist": 3}) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 2
    assert edit(study, {"targeting.shortlist": 0, "indicators.turnout.role": "other", "themes.0.weight": -1}) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 3
    assert study.read_bytes() == before
    assert [path.name for path in study.parent.iterdir()] == ["study.yaml"]


@pytest.mark.parametrize("content", ["", "[", "[1]", "1", '{"a": NaN'])
def test_a_file_of_changes_that_is_none(study, content, capsys):
    file = study.parent / "changes.json"
    file.write_text(content, encoding="utf-8")
    assert main(["edit", str(study), "--changes", str(file), "--set", "no_value"]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 2


def test_without_a_change_it_says_so(study, capsys):
    assert main(["edit", str(study)]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert edit(study, {}) == 2


def test_the_last_indicator_stays(study):
    ids = [indicator.id for indicator in read_study(study).indicators]
    before = study.read_bytes()
    assert edit(study, {f"indicators.{one}": None for one in ids}) == 2
    assert study.read_bytes() == before


# The text


@pytest.mark.parametrize(
    ("before", "keys", "after"),
    [
        ("a:\n- {id: x}\n- {id: y}  # gone\n# stays\n", "a.y", "a:\n- {id: x}\n# stays\n"),
        ("a:\n- {id: x}\nb: 1\n", "a.x", "a:\n []\nb: 1\n"),
        ("a: [{id: x}, {id: y}, {id: z}]\n", "a.y", "a: [{id: x}, {id: z}]\n"),
        ("a: [{id: x}, {id: y}]\n", "a.x", "a: [{id: y}]\n"),
        ("a:\n  - id: x\n    w: 1\n  - id: y\n", "a.x.id", "a:\n  - w: 1\n  - id: y\n"),
        ("a:\n  - id: x\n    w: |\n      t\n  - id: y", "a.y", "a:\n  - id: x\n    w: |\n      t\n"),
        ("a: {b: 1,\n    c: 2}\n", "a.c", "a: {b: 1}\n"),
        ("a: 1\nb:\n  c: 1\n  d: 2\n", "b", "a: 1\n"),
    ],
)
def test_each_way_to_take_away(before, keys, after):
    assert removed(before, tuple(keys.split("."))) == after


names = st.text("abcdefg", min_size=1, max_size=3)
items = st.dictionaries(names, st.one_of(st.integers(), st.text("ab: #'\"-é,{}[]", max_size=6)), max_size=3)


@given(st.lists(names, min_size=2, max_size=5, unique=True), items, st.sampled_from([True, False, None]), st.data())
def test_adding_and_taking_away_mean_what_they_say(ids, more, flow, data):
    content = {"a": [{"id": name, **more} for name in ids], "b": 1}
    text = yaml.safe_dump(content, default_flow_style=flow, allow_unicode=True, sort_keys=False)
    gone = data.draw(st.sampled_from(ids))
    kept = [item for item in content["a"] if item["id"] != gone]
    assert yaml.load(removed(text, ("a", gone)), Loader=_Loader) == {"a": kept, "b": 1}
    new = {"id": "new", **more}
    assert yaml.load(appended(text, ("a",), new), Loader=_Loader) == {"a": [*content["a"], new], "b": 1}


@given(items.filter(bool), st.integers(1, 60))
def test_an_item_in_lines_is_the_item(item, width):
    assert yaml.load("\n".join(laid_out(item, width)), Loader=_Loader) == [item]


nested = st.dictionaries(names, st.one_of(st.integers(0, 3), st.dictionaries(names, st.integers(0, 3), max_size=2)))


@given(nested, nested)
def test_differences_lead_from_one_to_the_other(before, after):
    made = json.loads(json.dumps({"x": before}))
    for dotted, value in differences(before, after, "x").items():
        *above, last = dotted.split(".")
        place = made
        for key in above:
            place = place[key]
        if value is None:
            del place[last]
        else:
            place[last] = value
    assert made == {"x": after}
    assert differences(before, before, "x") == {}


# A first study


def first(**more) -> FirstStudy:
    given = {
        "name": "Essai : un",
        "crs": "EPSG:2154",
        "territories": {"path": "../communes.gpkg", "layer": "communes"},
        "code": "INSEE_COM",
        "name_field": "NOM",
        "population_field": "POPULATION",
        "groups": {"epci": "SIREN"},
        "themes": list(THEMES),
        "sources": {"no2": {"path": "no2.tif"}},
        "indicators": [NOISE],
    }
    return FirstStudy(**{**given, **more})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_first_study_is_a_study(tmp_path, lang):
    path = new_study(tmp_path / "new" / "study.yaml", first(), lang)
    held = read_study(path)
    assert held.name == "Essai : un" and [theme.id for theme in held.themes] == list(THEMES)
    assert held.territories.population.field == "POPULATION" and held.groups[0].name == "epci"
    assert len(comments(path)) >= 8 and max(map(len, path.read_text(encoding="utf-8").splitlines())) <= 120
    edit_study(path, {"targeting.shortlist": 5})


def test_a_first_study_overwrites_nothing_and_needs_an_indicator(tmp_path):
    path = tmp_path / "study.yaml"
    for changed, code in (({"indicators": []}, "editing.no_indicator"), ({"themes": []}, "study.unknown_theme")):
        with pytest.raises(StudyError) as error:
            new_study(path, first(**changed), "en")
        assert [problem.code for problem in error.value.problems] == [code]
        assert list(tmp_path.iterdir()) == []
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(StudyError):
        new_study(path, first(), "en")
    assert path.read_text(encoding="utf-8") == "mine"


def test_fields_of_territories_are_guessed():
    found = guessed_fields(
        ["ID", "NOM_M", "code_insee", "nom_officiel", "Population", "codes_siren_des_epci"], read_catalogue()
    )
    assert (found.code, found.name, found.population) == ("code_insee", "nom_officiel", "Population")
    assert found.groups == {"epci": "codes_siren_des_epci"}
    assert guessed_fields(["geom_id", "value"]).code == ""


def test_a_path_is_written_from_the_study(tmp_path):
    assert relative_path(tmp_path / "a" / "x.gpkg", tmp_path / "b") == "../a/x.gpkg"


# The fields of a form


def problems_of(indicator: dict) -> set[str]:
    """What the engine itself says of the demonstration with this indicator in it."""
    content = yaml.load(STUDY, Loader=_Loader)
    content["indicators"].append(indicator)
    document = Document(Path("study.yaml"), content, {})
    return {problem.code for problem in (*schema_problems(document, "study.schema.json"), *cross_problems(document))}


def test_the_indicators_of_the_region_have_nothing_wrong():
    content = yaml.load(STUDY, Loader=_Loader)
    for indicator in content["indicators"]:
        assert wrong_fields(indicator, content, indicator["id"]) == {}


def changed(**more) -> dict:
    return {**NOISE, **more}


def measured(**measure) -> dict:
    return changed(measure=measure)


@pytest.mark.parametrize(
    ("indicator", "places"),
    [
        (changed(id="à côté"), {"id"}),
        (changed(id="TURNOUT"), {"id"}),
        (changed(id="code"), {"id"}),
        (changed(theme=""), {"theme"}),
        (changed(theme="sea"), {"theme"}),
        (changed(role="success_factor"), {"axis"}),
        (changed(axis="depth"), {"axis"}),
        (changed(weight=-1), {"weight"}),
        (measured(kind="zonal_quantile", source="no2", q=1.5), {"measure.q"}),
        (measured(kind="zonal_quantile", source="no2"), {"measure.q"}),
        (measured(kind="zonal_mean", source="no2", band=0), {"measure.band"}),
        (measured(kind="zonal_mean", source="nowhere"), {"measure.source"}),
        (measured(kind="share_within", source="green", distance_m=0), {"measure.distance_m"}),
        (measured(kind="interpolate", source="green", field="x"), {"measure.nature"}),
        (measured(kind="ratio", source="housing"), {"measure.numerator", "measure.denominator"}),
        (measured(kind="register_activity", source="register"), {"role"}),
        (measured(kind="share_exposed", source="flood", population="nobody"), {"measure.population"}),
        (measured(kind="distance_to_nearest", source="green", **{"from": "population"}), {"measure.population"}),
        (
            measured(kind="coverage_share", source="flood", levels={"field": "n", "order": ["a"], "weights": [1, 2]}),
            {"measure.levels.weights"},
        ),
    ],
)
def test_each_wrong_field_is_marked_and_the_engine_refuses_it_too(indicator, places):
    content = yaml.load(STUDY, Loader=_Loader)
    assert set(wrong_fields(indicator, content)) == places
    assert problems_of(indicator), "what the form refuses, the engine refuses"


def test_a_column_that_the_source_does_not_have():
    content = yaml.load(STUDY, Loader=_Loader)
    indicator = measured(kind="field", source="fibre", field="thx")
    found = wrong_fields(indicator, content, fields=["code", "thd"])
    assert {place: problem.code for place, problem in found.items()} == {"measure.field": "editing.unknown_field"}
    assert wrong_fields(indicator, content) == {}


def test_every_kind_has_its_words():
    from smart_territoires_plugin.core.messages import TEXTS

    for lang in LANGUAGES:
        for kind, spec in MEASURES.items():
            assert TEXTS[lang][f"editing.measure.{kind}"] and TEXTS[lang][f"editing.needs.{spec.source}"]
