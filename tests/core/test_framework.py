"""Frameworks: what is wrong with a tree or a method is told with its line, all at once, in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smart_territoires_plugin.core.errors import StudyError
from smart_territoires_plugin.core.messages import problem_lines
from smart_territoires_plugin.core.scoring.framework_scores import framework_hierarchy
from smart_territoires_plugin.core.study import methods
from smart_territoires_plugin.core.study.framework_reading import read_framework

GOOD = """\
version: 1
key: code
nodes:
  - {id: index, name: {fr: Indice, en: Index}}
  - {id: physical, parent: index, weight: 2}
  - {id: social, parent: index, aggregation: geometric_mean}
indicators:
  - {id: goods, parent: physical, unit: "%", denominator: gdp}
  - {id: rail, parent: physical, direction: -1}
  - {id: school, parent: social, weight: 3}
scoring: {missing: renormalise}
"""


@pytest.fixture
def problems(tmp_path):
    """Return a function that writes a framework and tells its problems as (code, line)."""

    def found(text):
        path = tmp_path / "framework.yaml"
        path.write_text(text, encoding="utf-8")
        try:
            read_framework(path)
        except StudyError as error:
            for lang in ("fr", "en"):
                lines = problem_lines(error.problems, lang)
                assert len(lines) == len(error.problems)
                assert all(line and "\n" not in line for line in lines)
            return [(problem.code, int(problem.where.rpartition(":")[2])) for problem in error.problems]
        return []

    return found


def changed(*pairs):
    text = GOOD
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def test_good_framework_is_read_with_its_defaults(tmp_path, problems):
    assert problems(GOOD) == []
    framework = read_framework(tmp_path / "framework.yaml")
    assert framework.key == "code"
    assert framework.root.id == "index"
    assert framework.scoring.normalisation.parameters == {"low": 1.0, "high": 100.0}
    assert framework.scoring.min_availability == 0.65
    assert [indicator.weight for indicator in framework.indicators] == [1, 1, 3]
    assert framework.indicators[0].denominator == "gdp"


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("parent: social, weight: 3", "parent: socail")],
         [("framework.empty_node", 6), ("framework.unknown_parent", 10)]),
        ([("{id: physical, parent: index,", "{id: physical, parent: physical,")], [("framework.loop", 5)]),
        ([("  - {id: index, name: {fr: Indice, en: Index}}", "  - {id: index, parent: social}")],
         [("framework.loop", 4), ("framework.no_root", 3)]),
        ([("{id: physical, parent: index,", "{id: physical,")], [("framework.several_roots", 5)]),
        ([("{id: rail, parent: physical", "{id: goods, parent: social")], [("framework.two_parents", 9)]),
        ([("{id: rail,", "{id: goods,")], [("study.duplicated_id", 9)]),
        ([("{id: school, parent: social", "{id: school, parent: physical")], [("framework.empty_node", 6)]),
        ([("weight: 3", "weight: 0")], [("framework.weights_all_zero", 6)]),
        ([("weight: 3", "weight: -1")], [("study.out_of_range", 10)]),
        ([("direction: -1", "direction: 2")], [("study.unknown_value", 9)]),
        ([("denominator: gdp", "denominator: goods")], [("framework.own_denominator", 8)]),
        ([("missing: renormalise", "missing: neighbours")], [("framework.no_neighbours", 11)]),
        ([("{missing: renormalise}", "{aggregation: copeland}")], [("study.missing_key", 11)]),
        ([("{id: social, parent: index,", "{id: rank, parent: index,"), ("parent: social", "parent: rank")],
         [("study.reserved_id", 6)]),
        ([("missing: renormalise", "missing: renormalise, normalisation: z_score")],
         [("study.geometric_reaches_zero", 6)]),
        ([("missing: renormalise", "missing: renormalise, normalisation: goalposts")],
         [("study.geometric_reaches_zero", 6), ("study.missing_key", 11), ("study.missing_key", 11)]),
        ([("weight: 3", "normalisation: {method: goalposts, low_value: 9, high_value: 2, low: 1}")],
         [("method.goalposts_reversed", 10)]),
        ([("weight: 3", "normalisation: {method: goalposts, low_value: 0, high_value: 2, log: true, low: 1}")],
         [("method.log_of_zero", 10)]),
        ([("weight: 3", "normalisation: {method: curve, points: [[2, 1], [1, 9]]}")],
         [("method.curve_not_rising", 10)]),
        ([("aggregation: geometric_mean", "aggregation: {method: topsis, v: 1}")], [("study.unknown_key", 6)]),
        ([("scoring:", "robustness: {aggregation: [geometric_mean], normalisation: [z_score]}\nscoring:")],
         [("study.geometric_reaches_zero", 11)] * 2),
        ([("scoring:", "robustness: {normalisation: [scaled]}\nscoring:")],
         [("study.geometric_reaches_zero", 11), ("study.missing_key", 11), ("study.missing_key", 11)]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(problems, pairs, expected):
    assert sorted(problems(changed(*pairs))) == sorted(expected)


def test_all_problems_at_once(problems):
    text = changed(
        ("denominator: gdp", "denominator: goods"),
        ("direction: -1", "direction: 0"),
        ("parent: social, weight: 3", "parent: nobody, weight: -3"),
    )
    assert {code for code, _ in problems(text)} == {
        "framework.own_denominator",
        "study.unknown_value",
        "study.out_of_range",
        "framework.unknown_parent",
        "framework.empty_node",
    }


def test_a_relative_composite_below_a_geometric_mean_is_refused(problems):
    text = changed(
        ("{id: index, name: {fr: Indice, en: Index}}", "{id: index, aggregation: geometric_mean}"),
        ("weight: 2}", "aggregation: topsis}"),
    )
    assert problems(text) == [("study.geometric_reaches_zero", 4)]


@pytest.mark.parametrize("wrong", [None, 3, "text", [], {}, [[1]], [None], [{"id": []}], {"x": []}])
@pytest.mark.parametrize("key", ["version", "key", "nodes", "indicators", "scoring", "robustness", "strata", "table"])
def test_whatever_stands_there_the_answer_is_a_list_of_problems(problems, key, wrong):
    import yaml

    content = {**yaml.safe_load(GOOD), key: wrong}
    right = (key == "key" and wrong == "text") or (key in ("robustness", "table") and wrong == {})
    right = right or (key == "strata" and wrong == [])
    assert bool(problems(yaml.safe_dump(content))) != right


@pytest.mark.parametrize("family", ["MISSING_RULES", "NORMALISATIONS", "AGGREGATIONS", "WEIGHTINGS"])
def test_every_method_of_the_tables_exists(family):
    from smart_territoires_plugin.core.models.imputation import ENGINE_RULES
    from smart_territoires_plugin.core.models.methods import ENGINE
    from smart_territoires_plugin.core.scoring.aggregation import AGGREGATIONS
    from smart_territoires_plugin.core.scoring.missing import MISSING_RULES
    from smart_territoires_plugin.core.scoring.normalisation import NORMALISATIONS

    there = {
        "MISSING_RULES": {**MISSING_RULES, **ENGINE_RULES},
        "NORMALISATIONS": NORMALISATIONS,
        "AGGREGATIONS": AGGREGATIONS,
        "WEIGHTINGS": {"declared": None, **ENGINE.weightings},
    }[family]
    assert set(getattr(methods, family)) == set(there)


@given(st.permutations(range(6)))
def test_the_order_of_nodes_in_the_file_does_not_matter_to_what_they_are_made_of(tmp_path_factory, order):
    parents = {"index": None, "a": "index", "b": "index", "a1": "a", "a2": "a", "b1": "b"}
    lines = [f"  - {{id: {name}{f', parent: {parent}' if parent else ''}}}" for name, parent in parents.items()]
    leaves = [f"  - {{id: x{n}, parent: {name}}}" for n, name in enumerate(("a1", "a2", "b1"))]
    path = tmp_path_factory.mktemp("framework") / "framework.yaml"
    shuffled = [lines[place] for place in order]
    path.write_text(
        "\n".join(
            ["version: 1", "key: code", "nodes:", *shuffled, "indicators:", *leaves, "scoring: {missing: error}"]
        ),
        encoding="utf-8",
    )
    hierarchy, nodes = framework_hierarchy(read_framework(path))
    names = [*("x0", "x1", "x2"), *(node.id for node in nodes)]
    assert nodes[-1].id == "index"
    for composite in hierarchy.composites:
        assert all(member < names.index(composite.id) for member in composite.members), "parts come first"
        below = {names[member] for member in composite.members}
        expected = {name for name, parent in parents.items() if parent == composite.id}
        expected |= {f"x{n}" for n, name in enumerate(("a1", "a2", "b1")) if name == composite.id}
        assert below == expected
