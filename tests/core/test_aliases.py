"""Columns under the names of other vintages: found, told, refused where it is unclear which; the list is sound."""

from __future__ import annotations

import pytest

from smart_territoires_plugin.core.errors import StudyError
from smart_territoires_plugin.core.resources import resource
from smart_territoires_plugin.core.sources.aliases import alias_of, read_groups
from smart_territoires_plugin.core.sources.fields import find_field
from smart_territoires_plugin.core.study.documents import read_document

SQUARES = ["01001", "01002", "01003", "01004"]


@pytest.mark.parametrize("present", ["INSEE_COM", "insee_com", "CODGEO", "Code Commune", "code-insee"])
def test_code_of_another_vintage_is_found_and_told(place, present):
    place.territories_file("towns.gpkg", None, **{present: SQUARES})
    found = place.measured(
        sources={"territories": {"path": "towns.gpkg"}}, territories={"source": "territories", "code": "code_insee"}
    )
    assert found.territories.codes.tolist() == SQUARES
    assert (found.outcome("field_renamed"), found.count("field_renamed")) == ("R", 1)
    assert f"code_insee → {present}" in found.examples("field_renamed")


def test_key_and_columns_of_a_table_are_found_under_other_names(place):
    place.table("t.csv", "Code Commune;Conso totale (MWh)\n" + "".join(f"{c};{v}\n" for v, c in enumerate(SQUARES)))
    measure = {"kind": "field", "field": "consototale"}
    found = place.measured(measure, {"path": "t.csv", "key": "code_insee"})
    assert found.values.tolist() == [0, 1, 2, 3]
    assert "consototale → Conso totale (MWh)" in found.examples("field_renamed")


def test_two_columns_that_could_be_meant_are_refused_with_their_names(place):
    place.table("t.csv", "insee_com;codgeo;v\n" + "".join(f"{c};{c};1\n" for c in SQUARES))
    refusal = place.refused({"kind": "field", "field": "v"}, {"path": "t.csv", "key": "code_insee"})
    assert refusal.codes == ["source.no_field"] * len(refusal.codes)
    assert "insee_com" in refusal.fr
    assert "codgeo" in refusal.fr


def test_column_of_its_own_name_comes_before_any_alias():
    assert find_field("code_insee", ["insee_com", "Code_INSEE"]) == "Code_INSEE"
    assert find_field("pmun", ["population", "PMUN"]) == "PMUN"
    assert find_field("whatever", ["insee_com"]) is None


def test_names_of_the_list_are_each_in_one_group_and_find_each_other():
    document = read_document(resource("resources", "field_aliases.yaml"))
    groups = read_groups(document)
    assert len(groups) > 40
    for names in document.content["aliases"].values():
        assert len(names) == len(set(names)) > 1
        for name in names:
            assert alias_of(names[0], [name.upper(), "unrelated"]) == [name.upper()]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("version: 1\naliases: {a: [x, y], b: [Y, z]}\n", "aliases.twice", 2),
        ("version: 1\naliases:\n  a: x\n", "aliases.wrong", 3),
        ("version: 1\naliases: [x]\n", "aliases.wrong", 2),
    ],
)
def test_list_that_is_wrong_is_told_with_its_line(tmp_path, text, code, line):
    path = tmp_path / "field_aliases.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StudyError) as raised:
        read_groups(read_document(path))
    assert [problem.code for problem in raised.value.problems] == [code]
    assert raised.value.problems[0].where == f"field_aliases.yaml:{line}"


def test_values_kept_from_before_the_list_was_edited_are_not_taken(monkeypatch, tmp_path):
    from smart_territoires_plugin.core import store

    store.code_version.cache_clear()
    before = store.key_of(["same"])
    edited = tmp_path / "field_aliases.yaml"
    edited.write_bytes(resource("resources", "field_aliases.yaml").read_bytes() + b"  level: [niveau, classe]\n")
    monkeypatch.setattr(store, "resource", lambda *_: edited)
    store.code_version.cache_clear()
    assert store.key_of(["same"]) != before
    monkeypatch.undo()
    store.code_version.cache_clear()
    assert store.key_of(["same"]) == before
