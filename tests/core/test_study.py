"""The study file: every problem at once with its line, and nothing that could harm is followed."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest
import yaml

from smart_territoires_plugin.core.cli import main
from smart_territoires_plugin.core.errors import StudyError
from smart_territoires_plugin.core.messages import problem_lines
from smart_territoires_plugin.core.study import read_study

ROOT = Path(__file__).resolve().parent.parent.parent

GOOD = """\
version: 1
name: A study
crs: EPSG:2154
territories: {source: communes, code: code, population: population}
groups: {epci: siren}
sources:
  communes: {path: communes.gpkg}
  flood: {path: flood.gpkg}
  fibre: {path: fibre.csv, key: code}
  register: {path: register.gpkg}
themes:
  - {id: flood}
indicators:
  - id: flood_share
    role: stake
    theme: flood
    measure: {kind: coverage_share, source: flood}
  - id: fibre
    role: success_factor
    axis: data
    measure: {kind: field, source: fibre, field: thd}
  - id: projects
    role: activity
    measure: {kind: register_activity, source: register}
scoring: {missing: renormalise}
"""

# The example of the documentation, word for word where this version measures it; `flood` has its filter.
DOCUMENTED = """\
version: 1
name: Île-de-France 2026
crs: EPSG:2154                       # projected; areas and distances are computed here
territories: {source: communes, code: code, name: name, population: population}
groups: {departement: dep, epci: siren_epci}       # columns; come out as group_<name>
sources:
  communes: {path: communes.geojson}
  flood:    {path: ppri.gpkg, layer: zones, where: "niveau IN ('fort','moyen')"}
  no2:      {path: no2_2024.tif, band: 1}
  energy:   {path: conso.csv, key: code_insee, decimal: ","}
  fibre:    {path: fibre.csv, key: code_insee}
  register: {path: register.gpkg}
themes:
  - {id: flood, name: {fr: Inondations, en: Flood resilience}, weight: 1}
indicators:
  - {id: flood_share, name: {fr: Part en zone inondable, en: Share in flood zones}, role: stake, theme: flood,
     measure: {kind: coverage_share, source: flood}, unit: "%", direction: 1, weight: 1}
  - {id: fibre, name: {fr: Locaux raccordables, en: Premises with fibre}, role: success_factor, axis: data,
     measure: {kind: field, source: fibre, field: thd}, unit: "%", direction: 1, weight: 1}
  - {id: projects, name: {fr: Projets, en: Projects}, role: activity,
     measure: {kind: register_activity, source: register}}
scoring:    {missing: renormalise}
targeting:  {shortlist: 50}
robustness: {draws: 1000, seed: 1}
"""


def problems_of(path):
    """Return the problems of a study file, none if it can be read."""
    try:
        read_study(path)
    except StudyError as error:
        return error.problems
    return ()


@pytest.fixture
def problems(tmp_path):
    """Return a function that writes a study and tells its problems as (code, line)."""

    def found(text: str | bytes) -> list[tuple[str, int]]:
        path = tmp_path / "study.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        raised = problems_of(path)
        for lang in ("fr", "en"):
            lines = problem_lines(raised, lang)
            assert len(lines) == len(raised)
            assert all(line and "\n" not in line and len(line) < 600 for line in lines)
        tails = [problem.where.rpartition(":")[2] for problem in raised]
        return [(problem.code, int(t) if t.isdigit() else 0) for problem, t in zip(raised, tails)]

    return found


def line_of(text: str, beginning: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if beginning in line)


def changed(*pairs: tuple[str, str]) -> str:
    text = GOOD
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def test_good_study_has_no_problem(problems):
    assert problems(GOOD) == []


def test_documented_example_is_read_with_its_defaults(tmp_path):
    path = tmp_path / "study.yaml"
    path.write_text(DOCUMENTED, encoding="utf-8")
    study = read_study(path)
    assert study.sources["flood"].path == tmp_path / "ppri.gpkg"
    assert (study.sources["flood"].layer, study.sources["flood"].where) == ("zones", "niveau IN ('fort','moyen')")
    assert [(group.name, group.field) for group in study.groups] == [("departement", "dep"), ("epci", "siren_epci")]
    assert (study.indicators[0].name["fr"], study.indicators[0].name["en"]) == (
        "Part en zone inondable",
        "Share in flood zones",
    )
    assert study.scoring.missing.name == "renormalise"
    assert (study.scoring.outliers.name, study.scoring.aggregation.name) == ("none", "arithmetic_mean")
    assert study.scoring.normalisation.name == "min_max"
    assert dict(study.scoring.normalisation.parameters) == {"low": 1, "high": 100}
    assert study.scoring.min_availability == 0.65
    assert (study.robustness.draws, study.robustness.seed, study.targeting.shortlist) == (1000, 1, 50)


@pytest.mark.parametrize(
    "measure",
    [
        {"kind": "coverage_share"},
        {"kind": "coverage_area", "where": "niveau = 'fort'"},
        {"kind": "coverage_per_capita"},
        {"kind": "zonal_mean", "band": 2},
        {"kind": "count"},
        {"kind": "count_per_1000", "where": "kind = 'x'"},
        {"kind": "field", "field": "f"},
        {"kind": "field", "field": "f", "nature": "extensive"},
        {"kind": "ratio", "numerator": "a", "denominator": "b"},
        {"kind": "per_capita", "field": "f"},
        {"kind": "register_activity", "themes": ["flood"], "since": 2020},
        {"kind": "coverage_area", "levels": {"field": "n", "order": ["high", "low"], "weights": [1, 0.5]}},
        {"kind": "line_length"},
        {"kind": "line_density"},
        {"kind": "sum", "field": "f"},
        {"kind": "mean", "field": "f"},
        {"kind": "distance_to_nearest"},
        {"kind": "distance_to_nearest", "from": "population", "population": "communes"},
        {"kind": "share_within", "distance_m": 300},
        {"kind": "share_within", "distance_m": 300, "of": "area"},
        {"kind": "share_within", "distance_m": 300, "of": {"raster": "communes"}},
        {"kind": "share_within", "distance_m": 300, "of": {"buildings": "communes", "inhabitants": "n"}},
        {"kind": "zonal_sum", "weights": "communes"},
        {"kind": "zonal_min"},
        {"kind": "zonal_max"},
        {"kind": "zonal_std"},
        {"kind": "zonal_quantile", "q": 0.9},
        {"kind": "share_above", "threshold": 10},
        {"kind": "majority"},
        {"kind": "population_exposed", "population": "communes"},
        {"kind": "share_exposed", "population": "communes", "inhabitants": "n"},
        {"kind": "interpolate", "field": "f", "nature": "extensive", "on": "communes"},
        {"kind": "change", "field_from": "a", "field_to": "b"},
    ],
)
def test_every_documented_measure_is_accepted(problems, measure):
    content = yaml.safe_load(GOOD)
    content["indicators"][2]["measure"] = {"source": "register", **measure}
    assert problems(yaml.safe_dump(content)) == []


@pytest.mark.parametrize(
    "scoring",
    [
        {"missing": "error"},
        {"missing": {"method": "renormalise"}, "outliers": "none", "normalisation": "z_score"},
        {"missing": {"method": "group_mean", "group": "epci"}, "min_availability": 0.5},
        {"missing": {"method": "group_median", "group": "epci"}},
        {"missing": "error", "normalisation": {"method": "min_max", "low": 0, "high": 100}},
        {"missing": "error", "normalisation": {"method": "percentile_rank", "ties": "max"}},
        {"missing": "error", "normalisation": "rank", "aggregation": "geometric_mean"},
        {"missing": "error", "aggregation": {"method": "geometric_mean"}},
    ],
)
def test_every_documented_way_of_scoring_is_accepted(problems, scoring):
    content = yaml.safe_load(GOOD)
    content["scoring"] = scoring
    assert problems(yaml.safe_dump(content)) == []


def test_every_problem_is_told_at_once_with_its_line(problems):
    text = changed(
        ("crs: EPSG:2154", "crs: EPSG:2154\ncouleur: bleu"),
        ("kind: coverage_share", "kind: coverage_part"),
        ("    theme: flood\n", "    theme: noise\n"),
        ("axis: data\n", "axis: data\n    weight: -1\n"),
        ("source: register}\nscoring", "source: registre}\nscoring"),
        ("scoring: {missing: renormalise}", "scoring: {missing: forget}"),
    )
    assert sorted(problems(text)) == sorted(
        [
            ("study.unknown_key", line_of(text, "couleur")),
            ("study.unknown_value", line_of(text, "coverage_part")),
            ("study.unknown_theme", line_of(text, "theme: noise")),
            ("study.out_of_range", line_of(text, "weight: -1")),
            ("study.unknown_source", line_of(text, "registre")),
            ("study.unknown_value", line_of(text, "missing: forget")),
        ]
    )


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("name: A study\n", "", "study.missing_key", "version"),
        ("version: 1", "version: 2", "study.unknown_value", "version"),
        ("{missing: renormalise}", "{aggregation: arithmetic_mean}", "study.missing_key", "scoring"),
        ("field: thd", "field: thd, colonne: x", "study.unknown_key", "colonne"),
        ("axis: data", "axis: finance", "study.unknown_value", "finance"),
        ("    axis: data\n", "", "study.factor_without_axis", "- id: fibre"),
        ("    theme: flood\n", "", "study.stake_without_theme", "- id: flood_share"),
        ("source: communes,", "source: comunes,", "study.unknown_source", "comunes"),
        ("- id: fibre", "- id: flood_share", "study.duplicated_id", "fibre, field"),
        ("- id: fibre", "- id: Flood_Share", "study.duplicated_id", "Flood_Share"),
        ("- id: fibre", "- id: code", "study.reserved_id", "- id: code"),
        ("- id: fibre", "- id: débit", "study.bad_identifier", "débit"),
        ("axis: data", "axis: data\n    weight: lourd", "study.wrong_type", "lourd"),
        ("axis: data", "axis: data\n    weight: 0", "study.weights_all_zero", "indicators"),
        ("- {id: flood}", "- {id: flood}\n  - {id: flood}", "study.duplicated_id", "  - {id: flood}\n  - {id"),
        (
            "{kind: coverage_share, source: flood}",
            "{kind: coverage_share, source: flood, levels: {field: n, order: [a, b], weights: [1]}}",
            "study.levels_and_weights",
            "- id: flood_share",
        ),
        (
            "{kind: coverage_share, source: flood}",
            "{kind: share_exposed, source: flood, population: nowhere}",
            "study.unknown_source",
            "nowhere",
        ),
        (
            "{kind: coverage_share, source: flood}",
            "\n      kind: share_within\n      source: flood\n      distance_m: 9\n      of:\n        raster: nowhere",
            "study.unknown_source",
            "raster: nowhere",
        ),
        (
            "{kind: coverage_share, source: flood}",
            "\n      kind: distance_to_nearest\n      source: flood\n      from: population",
            "measure.needs_population",
            "from: population",
        ),
        (
            "{kind: coverage_share, source: flood}",
            "\n      kind: share_within\n      source: flood\n      distance_m: 9\n      of: {inhabitants: n}",
            "measure.share_of_what",
            "of: {inhabitants",
        ),
        (
            "{kind: coverage_share, source: flood}",
            "\n      kind: share_within\n      distance_m: 9\n      source: flood\n"
            "      of: {raster: fibre, buildings: communes}",
            "measure.share_of_what",
            "of: {raster",
        ),
        ("{missing: renormalise}", "{missing: {method: group_mean, group: pays}}", "study.unknown_group", "pays"),
        ("{missing: renormalise}", "{missing: group_median}", "study.unknown_group", "group_median"),
    ],
)
def test_wrong_study_is_refused_where_it_is_wrong(problems, old, new, code, at):
    text = changed((old, new))
    found = problems(text)
    assert [name for name, _ in found] == [code]
    if code != "study.duplicated_id":
        assert found[0][1] == line_of(text, at)


def test_inhabitants_that_are_not_named_are_told_beside_everything_else_by_check_and_run(tmp_path, capsys):
    """In either language, with the line of each, before any source is looked for."""
    path = tmp_path / "study.yaml"
    text = changed(
        ("{kind: coverage_share, source: flood}", "{kind: distance_to_nearest, source: flood, from: population}"),
        (
            "{kind: field, source: fibre, field: thd}",
            "{kind: share_within, source: nothing, distance_m: 9, of: {inhabitants: n}}",
        ),
    )
    path.write_text(text, encoding="utf-8")
    lines = [line_of(text, "distance_to_nearest"), line_of(text, "share_within")]
    words = {"fr": ("«\u00a0population\u00a0»", "«\u00a0of\u00a0»"), "en": ("“population”", "“of”")}
    for lang, (population, of) in words.items():
        for verb in (["check", str(path)], ["run", str(path), "--out", str(tmp_path / "out")]):
            assert main([*verb, "--lang", lang]) == 2
            said = "".join(capsys.readouterr()).splitlines()
            assert any(line.startswith(f"study.yaml:{lines[0]}") and population in line for line in said)
            assert any(line.startswith(f"study.yaml:{lines[1]}") and of in line for line in said)
            assert any(line.startswith(f"study.yaml:{lines[1]}") and "nothing" in line for line in said)
            assert len(said) == 3
    assert not (tmp_path / "out").exists()


def test_register_that_feeds_a_success_factor_is_refused(problems):
    text = changed(("{kind: field, source: fibre, field: thd}", "{kind: count, source: register}"))
    assert problems(text) == [("study.factor_feeds_activity", line_of(text, "  register: {path"))]
    text = changed(("{kind: field, source: fibre, field: thd}", "{kind: register_activity, source: register}"))
    assert "study.register_not_activity" in [code for code, _ in problems(text)]


@pytest.mark.parametrize("low", [0, -1])
def test_geometric_mean_is_refused_on_a_scale_that_reaches_zero(problems, low, tmp_path):
    scoring = (
        f"scoring: {{missing: error, aggregation: geometric_mean, normalisation: {{method: min_max, low: {low}}}}}"
    )
    text = changed(("scoring: {missing: renormalise}", scoring))
    assert problems(text) == [("study.geometric_reaches_zero", line_of(text, "geometric_mean"))]
    (spoken,) = problem_lines(problems_of(tmp_path / "study.yaml"), "en")
    assert "low: 1" in spoken, "the remedy is told"


def test_per_inhabitant_measures_of_a_study_without_population_are_accepted(problems):
    text = changed((", population: population", ""), ("kind: coverage_share", "kind: coverage_per_capita"))
    assert problems(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("name: !!python/object/apply:os.system ['true']\n", "document.tag"),
        ("name: !custom x\n", "document.tag"),
        ("name: .nan\n", "document.not_finite"),
        ("name: .inf\n", "document.not_finite"),
        ("name: 1" + "0" * 400 + "\n", "document.not_finite"),
        ("name: 1" + "0" * 5000 + "\n", "document.not_finite"),
        ("name: 0x_\n", "document.not_finite"),
        ("name: a\nname: b\n", "document.duplicated_key"),
        ("1: a\n", "document.key_not_text"),
        ("[a, b]: c\n", "document.key_not_text"),
        ("base: &a {x: 1}\nname: {<<: *a}\n", "document.key_not_text"),
        ("name: &a [*a]\n", "document.alias_loop"),
        ("name: *nothing\n", "document.not_yaml"),
        ("name: [unclosed\n", "document.not_yaml"),
        ("name: a\n---\nname: b\n", "document.not_yaml"),
        ("name: \x07\n", "document.not_yaml"),
        ("", "document.no_mapping"),
        ("- a\n- b\n", "document.no_mapping"),
        ("just text", "document.no_mapping"),
        ("name: " + "[" * 20_000 + "]" * 20_000, "document.too_deep"),
        ("name: '" + "x" * 10_000_000 + "'", "document.too_large"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else value,
)
def test_document_that_could_harm_is_refused(problems, text, code):
    assert [name for name, _ in problems(text)] == [code]


def test_alias_bomb_is_refused_without_being_unfolded(problems):
    layers = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    assert problems("a0: &a0 [x, x]\n" + "\n".join(layers)) == [("document.too_large", 0)]


def test_text_that_is_no_utf8_is_refused(problems):
    assert problems("name: Évry\n".encode("latin-1")) == [("document.not_utf8", 0)]


def test_byte_order_mark_and_windows_lines_are_read(problems):
    assert problems(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()) == []


def test_date_stays_the_text_that_it_is(tmp_path):
    path = tmp_path / "study.yaml"
    path.write_text(GOOD + "date: 2026-01-31\n", encoding="utf-8")
    assert read_study(path).date == "2026-01-31"


@pytest.mark.parametrize(("name", "code"), [("absent.yaml", "document.not_found"), (".", "document.unreadable")])
def test_file_that_cannot_be_read_is_named(tmp_path, name, code):
    with pytest.raises(StudyError) as raised:
        read_study(tmp_path / name)
    assert [problem.code for problem in raised.value.problems] == [code]


def test_form_that_is_all_wrong_is_told_and_nothing_else_happens(problems):
    """Whatever type stands where another is wanted, the answer is a list of problems, never a traceback."""
    content = yaml.safe_load(GOOD)
    for key in content:
        for wrong in (None, 3, "text", [], {}, [[1]], {"a": {"b": None}}, [None], [{"id": []}], {"x": []}):
            right = (key, wrong) in (("name", "text"), ("crs", "text"), ("groups", {}))
            assert bool(problems(yaml.safe_dump({**content, key: wrong}))) != right, (key, wrong)


def test_shipped_schema_is_the_one_that_the_specification_makes():
    spec = importlib.util.spec_from_file_location("make_schema", ROOT / "scripts" / "make_schema.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name, made in {"study": module.study(), "framework": module.framework()}.items():
        shipped = (ROOT / "resources" / f"{name}.schema.json").read_text(encoding="utf-8")
        assert json.loads(shipped) == json.loads(json.dumps(made)), name


@pytest.mark.parametrize(
    "study", sorted((ROOT / "tests" / "studies").glob("*/study.yaml")), ids=lambda p: p.parent.name
)
def test_studies_of_the_repository_are_accepted(study):
    assert problems_of(study) == ()


def test_an_item_of_a_list_is_named_by_its_id(tmp_path):
    path = tmp_path / "study.yaml"
    path.write_text(
        "version: 1\nname: n\ncrs: EPSG:2154\nterritories: {source: t, code: c}\nsources: {t: {path: t.gpkg}}\n"
        "indicators:\n"
        "  - {id: fibre, role: success_factor, axis: data, measure: {kind: cuont, source: t}}\n"
        "  - {role: success_factor, axis: nothing, measure: {kind: count, source: t}}\n"
        "scoring: {missing: error}\n",
        encoding="utf-8",
    )
    with pytest.raises(StudyError) as refused:
        read_study(path)
    places = {problem.values.get("place") for problem in refused.value.problems}
    assert {"indicators.fibre.measure.kind", "indicators.2", "indicators.2.axis"} <= places
