"""The change of a column between two years: a difference, missing where either year is, carried over as its nature."""

from __future__ import annotations

import pytest

CHANGE = {"kind": "change", "field_from": "y2015", "field_to": "y2020"}
CHANGES_HEADER = "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TYPECOM_AP,COM_AP\n"


def test_change_is_the_later_less_the_earlier(place):
    place.table("t.csv", "insee;y2015;y2020\n01001;10;12,5\n01002;8;3\n01003;7;7\n01004;-1;1\n")
    found = place.measured(CHANGE, {"path": "t.csv", "key": "insee"})
    assert found.values.tolist() == [2.5, -5, 0, 2]
    assert found.flags == [""] * 4


def test_change_is_missing_where_either_year_is(place):
    place.table("t.csv", "insee;y2015;y2020\n01001;s;12\n01002;8;n/d\n01003;7;9\n")
    found = place.measured(CHANGE, {"path": "t.csv", "key": "insee"})
    assert found.values[2] == 2
    assert found.reasons == ["withheld", "absent", "", "not_in_table"]


@pytest.mark.parametrize(("nature", "expected"), [("extensive", 5 + 2), ("intensive", None)])
def test_change_of_communes_merged_since_is_carried_by_its_nature(place, nature, expected):
    """01001 was 01001 and 01099: totals add up, while rates would need weights."""
    place.table("moves.csv", CHANGES_HEADER + "32,2019-01-01,COM,01099,COM,01001\n32,2019-01-01,COM,01001,COM,01001\n")
    place.table("t.csv", "insee;y2015;y2020\n01001;10;15\n01099;4;6\n01002;1;1\n01003;1;1\n01004;1;1\n")
    content = place.content({**CHANGE, "nature": nature}, {"path": "t.csv", "key": "insee"})
    territories = {**content["territories"], "changes": "moves"}
    found = place.measured(
        {**CHANGE, "nature": nature},
        {"path": "t.csv", "key": "insee"},
        territories=territories,
        sources={"moves": {"path": "moves.csv"}},
    )
    if expected is None:
        assert found.reasons[0] == "mean_needs_weights"
    else:
        assert (found.values[0], found.reasons[0]) == (expected, "merged")
    assert found.values[1:].tolist() == [0, 0, 0]


def test_a_year_that_the_table_lacks_is_refused_with_the_nearest(place):
    place.table("t.csv", "insee;y2015;y2021\n01001;1;2\n")
    refusal = place.refused(CHANGE, {"path": "t.csv", "key": "insee"})
    assert refusal.codes == ["source.no_field"]
    assert "y2020" in refusal.en and "y2021" in refusal.en
