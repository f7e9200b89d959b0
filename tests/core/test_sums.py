"""Sum and mean of a field over the features of a territory, or over the rows of a table."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as some

from smart_territoires_plugin.core.measures.placing import NOWHERE, holders

SUM = {"kind": "sum", "field": "places"}
MEAN = {"kind": "mean", "field": "places"}


def shops(place, **columns):
    """Four shops: two in 01001, one in 01002, one outside."""
    points = [place.point(0.2, 0.2), place.point(0.4, 0.4), place.point(1.5, 0.5), place.point(5, 5)]
    return place.layer("shops.gpkg", points, **(columns or {"places": [10.0, 30.0, 7.0, 1000.0]}))


def test_sum_and_mean_over_points(place):
    shops(place)
    assert place.measured(SUM, {"path": "shops.gpkg"}).values.tolist() == [40, 7, 0, 0]
    found = place.measured(MEAN, {"path": "shops.gpkg"})
    assert found.values[:2].tolist() == [20, 7]
    assert found.reasons[2:] == ["no_feature"] * 2
    assert found.flags[2:] == ["missing"] * 2


def test_a_missing_value_makes_the_sum_missing_and_leaves_the_mean_its_share(place):
    shops(place, places=["10", "s", "7", "n/d"])
    total = place.measured(SUM, {"path": "shops.gpkg"})
    assert np.isnan(total.values[0]) and total.reasons[0] == "withheld"
    assert total.values[1:].tolist() == [7, 0, 0]
    mean = place.measured(MEAN, {"path": "shops.gpkg"})
    assert (mean.values[0], mean.coverage[0]) == (10, 0.5)
    assert mean.outcome("values_partly_known") == "W"
    assert mean.examples("values_partly_known") == "01001 50.0 %"


def test_mean_of_nothing_known_is_missing_with_its_reason(place):
    shops(place, places=["s", "s", "7", "8"])
    found = place.measured(MEAN, {"path": "shops.gpkg"})
    assert found.reasons == ["withheld", "", "no_feature", "no_feature"]


def test_features_that_are_the_same_count_once_and_those_that_differ_each(place):
    points = [place.point(0.5, 0.5)] * 3
    place.layer("shops.gpkg", points, places=[5, 5, 5], name=["a", "a", "b"])
    found = place.measured(SUM, {"path": "shops.gpkg"})
    assert found.values[0] == 10
    assert found.count("duplicated_features") == 1


def test_lines_and_polygons_count_where_their_representative_point_lies(place):
    across = shapely.LineString([place.point(0.9, 0.5), place.point(1.5, 0.5), place.point(1.9, 0.5)])
    place.layer("things.gpkg", [place.square(0.2, 0.2, 0.3), across], places=[1, 2])
    assert place.measured(SUM, {"path": "things.gpkg"}).values.tolist() == [1, 2, 0, 0]


def test_point_on_a_shared_border_counts_once(place):
    place.layer("shops.gpkg", [place.point(1, 0.5), place.point(1, 1)], places=[1, 2])
    assert place.measured(SUM, {"path": "shops.gpkg"}).values.tolist() == [3, 0, 0, 0]


def test_rows_of_a_table_are_summed_and_averaged_by_code(place):
    place.table("t.csv", "insee;places\n01001;10\n01001;30\n1002;7\n01003;s\n01003;4\n")
    source = {"path": "t.csv", "key": "insee"}
    total = place.measured(SUM, source)
    assert total.values[[0, 1, 3]].tolist() == [40, 7, 0]
    assert total.reasons[2] == "withheld"
    mean = place.measured(MEAN, source)
    assert mean.values[:3].tolist() == [20, 7, 4]
    assert (mean.coverage[2], mean.reasons[3]) == (0.5, "no_feature")


@pytest.mark.parametrize(
    ("combine", "total", "mean"), [("max", 30, 30), ("first", 10, 10), ("sum", 40, 40), ("mean", 20, 20)]
)
def test_rows_of_one_code_are_combined_as_the_source_says(place, combine, total, mean):
    place.table("t.csv", "insee;places\n01001;10\n01001;30\n01002;7\n")
    source = {"path": "t.csv", "key": "insee", "combine": combine}
    assert place.measured(SUM, source).values[:2].tolist() == [total, 7]
    assert place.measured(MEAN, source).values[:2].tolist() == [mean, 7]


def test_totals_of_merged_communes_are_carried(place):
    place.table("moves.csv", "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TYPECOM_AP,COM_AP\n32,2019-01-01,COM,01099,COM,01001\n")
    place.table("t.csv", "insee;places\n01001;10\n01099;4\n")
    territories = {"source": "territories", "code": "code", "population": "population", "changes": "moves"}
    asked = {"territories": territories, "sources": {"moves": {"path": "moves.csv"}}}
    found = place.measured(SUM, {"path": "t.csv", "key": "insee"}, **asked)
    assert (found.values[0], found.reasons[0], found.flags[0]) == (14, "merged", "repaired")


def test_field_that_the_layer_lacks_is_refused_with_the_nearest(place):
    shops(place, place_count=[1, 2, 3, 4])
    refusal = place.refused({**SUM, "field": "place_cout"}, {"path": "shops.gpkg"})
    assert refusal.codes == ["source.no_field"]
    assert "place_count" in refusal.en


def test_field_of_texts_is_refused(place):
    shops(place, places=["many", "few", "some", "none at all"])
    assert place.refused(SUM, {"path": "shops.gpkg"}).codes == ["table.not_numbers"]


def test_repaired_polygon_flags_its_territory(place):
    x, y = 650_000, 6_860_000
    tie = shapely.Polygon([(x + 100, y + 100), (x + 900, y + 900), (x + 900, y + 100), (x + 100, y + 900)])
    place.layer("things.gpkg", [tie], places=[3])
    found = place.measured(SUM, {"path": "things.gpkg"})
    assert (found.values[0], found.reasons[0]) == (3, "geometry_repaired")


def test_territory_without_geometry_and_layer_far_away(place):
    place.territories_file("territories.gpkg", [*place.squares()[:3], None])
    place.layer("shops.gpkg", [place.point(50, 50)], places=[3])
    for asked in (SUM, MEAN, {"kind": "count"}):
        found = place.measured(asked, {"path": "shops.gpkg"})
        assert found.reasons[3] == "no_geometry"
        assert found.outcome("covers_no_territory") == "W"


# ── properties

coordinate = some.integers(-5, 45).map(float)
points = some.lists(some.tuples(coordinate, coordinate), min_size=1, max_size=40)
CELLS = np.array([shapely.box(x, y, x + 20, y + 20) for x in (0, 20) for y in (0, 20)])


@settings(max_examples=60, deadline=None)
@given(points)
def test_each_point_is_placed_in_the_first_cell_that_holds_it(places):
    expected = [
        next((i for i, cell in enumerate(CELLS) if cell.intersects(shapely.Point(xy))), NOWHERE) for xy in places
    ]
    assert holders(CELLS, shapely.points(places)).tolist() == expected


@settings(max_examples=30, deadline=None)
@given(points, some.randoms())
def test_order_of_points_changes_no_place(places, random):
    shuffled = list(places)
    random.shuffle(shuffled)
    by_place = dict(zip(shuffled, holders(CELLS, shapely.points(shuffled)).tolist()))
    assert holders(CELLS, shapely.points(places)).tolist() == [by_place[xy] for xy in places]
