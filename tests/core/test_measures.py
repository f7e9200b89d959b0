"""Measures held against closed forms, slow independent computations and properties."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio
import shapely
from hypothesis import given, settings
from hypothesis import strategies as some

from smart_territoires_plugin.core.measures.coverage import covered_area

KM2 = 1_000_000.0

# ── Coverage

number = some.integers(0, 60).map(float)
box = some.tuples(number, number, some.integers(1, 30), some.integers(1, 30)).map(
    lambda b: shapely.box(b[0], b[1], b[0] + b[2], b[1] + b[3])
)
boxes = some.lists(box, min_size=1, max_size=8)
CELLS = np.array([shapely.box(x, y, x + 30, y + 30) for x in (0, 30) for y in (0, 30)])


def counted(cells: np.ndarray, polygons: list) -> list[float]:
    """Count unit squares whose centre lies in a polygon: exact for boxes with whole coordinates, and slow."""
    x, y = np.meshgrid(np.arange(90) + 0.5, np.arange(90) + 0.5)
    inside = np.zeros(x.shape, dtype=bool)
    for polygon in polygons:
        west, south, east, north = polygon.bounds
        inside |= (x > west) & (x < east) & (y > south) & (y < north)
    areas = []
    for cell in cells:
        west, south, east, north = cell.bounds
        areas.append(float((inside & (x > west) & (x < east) & (y > south) & (y < north)).sum()))
    return areas


@settings(max_examples=60, deadline=None)
@given(boxes)
def test_coverage_is_the_count_of_unit_squares(polygons):
    assert covered_area(CELLS, np.array(polygons)).tolist() == pytest.approx(counted(CELLS, polygons))


@settings(max_examples=60, deadline=None)
@given(boxes, some.randoms())
def test_order_and_repetition_of_zones_change_nothing(polygons, random):
    again = polygons * 2
    random.shuffle(again)
    assert covered_area(CELLS, np.array(again)) == pytest.approx(covered_area(CELLS, np.array(polygons)))


@settings(max_examples=60, deadline=None)
@given(boxes, some.integers(1, 59))
def test_zones_cut_in_pieces_cover_the_same(polygons, x):
    halves = shapely.box(0, 0, x, 200), shapely.box(x, 0, 200, 200)
    pieces = [part for polygon in polygons for half in halves if (part := polygon & half).area > 0]
    assert covered_area(CELLS, np.array(pieces)) == pytest.approx(covered_area(CELLS, np.array(polygons)))


@settings(max_examples=60, deadline=None)
@given(boxes)
def test_covers_of_pieces_of_a_territory_add_up(polygons):
    whole = covered_area(np.array([shapely.box(0, 0, 60, 60)]), np.array(polygons))
    assert covered_area(CELLS, np.array(polygons)).sum() == pytest.approx(whole[0])


@settings(max_examples=60, deadline=None)
@given(boxes, some.integers(-1000, 1000), some.integers(-1000, 1000))
def test_coverage_moves_with_what_is_moved(polygons, dx, dy):
    def move(geometry):
        return shapely.transform(np.array(geometry), lambda xy: xy + [dx, dy])

    assert covered_area(move(CELLS), move(polygons)) == pytest.approx(covered_area(CELLS, np.array(polygons)))


@settings(max_examples=60, deadline=None)
@given(boxes, box)
def test_a_further_zone_never_takes_cover_away(polygons, further):
    before = covered_area(CELLS, np.array(polygons))
    after = covered_area(CELLS, np.array([*polygons, further]))
    assert (after >= before - 1e-9).all()
    assert (after <= shapely.area(CELLS) + 1e-9).all()


def lens(radius: float, distance: float) -> float:
    """Area common to two discs of one radius, in closed form."""
    return 2 * radius**2 * np.arccos(distance / (2 * radius)) - distance / 2 * np.sqrt(4 * radius**2 - distance**2)


@pytest.mark.parametrize("as_one", [False, True])
def test_two_discs_that_overlap_cover_their_union(place, as_one):
    """As two features, or as the overlapping parts of one, which the usual repair would empty of their lens."""
    radius, distance = 300.0, 250.0
    discs = [
        place.point(0.4, 0.5).buffer(radius, quad_segs=512),
        place.point(0.4 + distance / 1000, 0.5).buffer(radius, 512),
    ]
    geometry = [shapely.MultiPolygon(discs)] if as_one else discs
    place.layer("zones.gpkg", geometry)
    found = place.measured({"kind": "coverage_area"}, {"path": "zones.gpkg"})
    inside = 2 * np.pi * radius**2 - lens(radius, distance)
    assert found.values[0] == pytest.approx(inside, rel=1e-5)
    assert found.values[1:].tolist() == [0, 0, 0]


def test_coverage_of_real_looking_territories_is_that_of_each_territory_s_own_union(place):
    """Cells of random points against random discs: a union and an intersection per territory, one after the other."""
    random = np.random.default_rng(5)
    centres = shapely.MultiPoint(random.uniform([650_000, 6_860_000], [660_000, 6_870_000], size=(40, 2)))
    frame = shapely.box(650_000, 6_860_000, 660_000, 6_870_000)
    cells = [cell & frame for cell in shapely.voronoi_polygons(centres, extend_to=frame).geoms]
    places = random.uniform([650_000, 6_860_000], [660_000, 6_870_000], size=(60, 2))
    discs = [shapely.Point(xy).buffer(radius) for xy, radius in zip(places, random.uniform(100, 1500, 60))]
    place.territories_file("territories.gpkg", cells)
    place.layer("zones.gpkg", discs)
    found = place.measured({"kind": "coverage_share"}, {"path": "zones.gpkg"})
    everything = shapely.union_all(discs)
    expected = [100 * (cell & everything).area / cell.area for cell in cells]
    assert found.values == pytest.approx(expected, abs=1e-9)


def test_share_area_and_area_per_inhabitant_of_one_square(place):
    place.layer("zones.gpkg", [place.square(0.5, 0.5)])
    for kind, expected in (
        ("coverage_share", [25] * 4),
        ("coverage_area", [0.25 * KM2] * 4),
        ("coverage_per_capita", [250, 125, 250 / 3, 62.5]),
    ):
        found = place.measured({"kind": kind}, {"path": "zones.gpkg"})
        assert found.values.tolist() == pytest.approx(expected)


def test_territory_wholly_covered_is_a_hundred_and_never_more(place):
    place.layer("zones.gpkg", [place.square(-1, -1, 4)] * 3)
    assert place.measured({"kind": "coverage_share"}, {"path": "zones.gpkg"}).values.tolist() == [100] * 4


def test_filter_of_source_and_of_measure_hold_together(place):
    squares = [place.square(0, 0, 0.5), place.square(1, 0, 0.5), place.square(0, 1, 0.5)]
    place.layer("zones.gpkg", squares, a=[1, 1, 2], b=[1, 2, 1])
    found = place.measured(
        {"kind": "coverage_share", "where": "b = 1 OR b = 3"}, {"path": "zones.gpkg", "where": "a = 1"}
    )
    assert found.values.tolist() == pytest.approx([25, 0, 0, 0])


# ── Zonal mean


def test_square_of_the_exactextract_authors(place, oracles):
    values = np.loadtxt(oracles / "zonal" / "raster_3x3.csv", delimiter=",")
    weights = np.loadtxt(oracles / "zonal" / "coverage_3x3.csv", delimiter=",")
    text = (oracles / "zonal" / "exactextract_square.csv").read_text(encoding="utf-8").split()
    expected = dict(line.split(",") for line in text[1:])
    x, y = 650_000.0, 6_860_000.0
    place.territories_file("territories.gpkg", [shapely.box(x + 50, y + 50, x + 250, y + 250)])
    place.raster("r.tif", values, transform=rasterio.transform.from_origin(x, y + 300, 100, 100))
    found = place.measured({"kind": "zonal_mean"}, {"path": "r.tif"})
    assert found.values[0] == pytest.approx(float(expected["mean"]), abs=1e-12)
    assert found.values[0] == pytest.approx((values * weights).sum() / weights.sum(), abs=1e-12)
    assert weights.sum() == float(expected["count"])
    assert found.coverage[0] == pytest.approx(1)


def test_zonal_mean_is_that_of_a_raster_twenty_times_finer(place):
    random = np.random.default_rng(3)
    values = random.normal(50, 20, size=(20, 20))
    values[random.uniform(size=values.shape) < 0.15] = np.nan
    shapes = [place.point(*random.uniform(0.4, 1.6, 2)).buffer(random.uniform(100, 380)) for _ in range(12)]
    place.territories_file("territories.gpkg", shapes)
    place.raster("r.tif", values)
    found = place.measured({"kind": "zonal_mean"}, {"path": "r.tif"})
    fine = np.kron(values, np.ones((20, 20)))
    size_m = 5.0
    x = 650_000 + (np.arange(400) + 0.5) * size_m
    y = 6_862_000 - (np.arange(400) + 0.5) * size_m
    columns, rows = np.meshgrid(x, y)
    for shape, value, coverage in zip(shapes, found.values, found.coverage):
        inside = shapely.contains_xy(shape, columns, rows)
        assert value == pytest.approx(np.nanmean(fine[inside]), abs=0.25)
        assert coverage == pytest.approx(np.isfinite(fine[inside]).mean(), abs=0.01)


def test_mean_of_a_plane_over_a_square_is_its_value_at_the_centre(place):
    columns, rows = np.meshgrid(np.arange(40) + 0.5, np.arange(40) + 0.5)
    place.territories_file("territories.gpkg", [place.square(0.313, 0.271, 1.1), place.square(0.9, 0.1, 0.37)])
    place.raster("r.tif", 3 * columns - 2 * rows)
    found = place.measured({"kind": "zonal_mean"}, {"path": "r.tif"})

    def plane(x_km, y_km):
        return 3 * x_km * 20 - 2 * (2 - y_km) * 20

    # A raster is flat within a pixel: on a square cut across pixels the mean strays by less than a pixel's step.
    assert found.values == pytest.approx([plane(0.863, 0.821), plane(1.085, 0.285)], abs=0.2)


# ── Counts


def test_points_are_counted_where_they_lie_and_once(place):
    points = [place.point(0.5, 0.5)] * 2 + [place.point(0.2, 0.2), place.point(1.5, 1.5), place.point(9, 9)]
    place.layer("points.gpkg", points, title=["a", "a", "b", "c", "d"])
    found = place.measured({"kind": "count"}, {"path": "points.gpkg"})
    assert found.values.tolist() == [2, 0, 0, 1]
    assert (found.outcome("duplicated_features"), found.count("duplicated_features")) == ("R", 1)


def test_features_of_one_place_that_differ_count_each(place):
    place.layer("points.gpkg", [place.point(0.5, 0.5)] * 2, title=["a", "b"])
    assert place.measured({"kind": "count"}, {"path": "points.gpkg"}).values.tolist() == [2, 0, 0, 0]


def test_point_on_a_border_or_a_corner_counts_once(place):
    place.layer("points.gpkg", [place.point(1, 0.5), place.point(1, 1), place.point(0.3, 1)])
    found = place.measured({"kind": "count"}, {"path": "points.gpkg"})
    assert found.values.sum() == 3
    assert found.values.tolist() == [3, 0, 0, 0]


def test_lines_and_polygons_count_in_one_territory(place):
    line = shapely.LineString([(650_100, 6_860_500), (651_900, 6_860_500)])
    place.layer("features.gpkg", [line, place.square(0.2, 0.2, 1.5)], writing={"geometry_type": "Unknown"})
    assert place.measured({"kind": "count"}, {"path": "features.gpkg"}).values.sum() == 2


def test_count_per_thousand_inhabitants(place):
    place.layer("points.gpkg", [place.point(1.5, 0.5), place.point(1.6, 0.5), place.point(0.5, 1.5)])
    found = place.measured({"kind": "count_per_1000"}, {"path": "points.gpkg"})
    assert found.values.tolist() == pytest.approx([0, 1, 1 / 3, 0])


def test_rows_of_a_keyed_table_are_counted_and_none_is_zero(place):
    place.table("t.csv", "code;v\n1001;a\n01001;b\n01003;c\n99999;d\n")
    found = place.measured({"kind": "count"}, {"path": "t.csv", "key": "code"})
    assert found.values.tolist() == [2, 0, 1, 0]
    assert "territory_without_row" not in found.checks
    assert found.examples("rows_without_territory") == "99999"


# ── Fields across vintages

MOVEMENTS = """MOD,DATE_EFF,TYPECOM_AV,COM_AV,TYPECOM_AP,COM_AP
32,2019-01-01,COM,01001,COM,01002
32,2019-01-01,COM,01002,COM,01002
32,2017-01-01,COM,01009,COM,01003
32,2017-01-01,COM,01003,COM,01003
"""
VINTAGES = {
    "sources": {"moves": {"path": "moves.csv"}},
    "territories": {"source": "territories", "code": "code", "population": "population", "changes": "moves"},
}
# 01001 was merged into 01002 since; 01009 had been merged into 01003 before the territories were drawn.
ROWS = "code;v;w\n01002;30;3\n01003;5;1\n01009;7;2\n01004;4;4\n"


def across(place, measure, **source):
    place.table("moves.csv", MOVEMENTS)
    place.table("t.csv", ROWS)
    return place.measured(measure, {"path": "t.csv", "key": "code", **source}, **VINTAGES)


def test_extensive_value_adds_up_over_parts_and_is_shared_by_area(place):
    found = across(place, {"kind": "field", "field": "v", "nature": "extensive"})
    assert found.values.tolist() == pytest.approx([15, 15, 12, 4])
    assert found.values.sum() == pytest.approx(30 + 5 + 7 + 4)
    assert found.flags == ["repaired", "repaired", "repaired", ""]
    assert found.reasons == ["split", "split", "merged", ""]
    assert found.examples("carried_split") == "01001 01002 2019-01-01; 01002 01002"
    assert found.examples("carried_merged") == "01003 01009"


def test_intensive_value_holds_for_every_part_and_a_mean_of_parts_needs_weights(place):
    found = across(place, {"kind": "field", "field": "v"})
    assert found.values[:2].tolist() == [30, 30]
    assert np.isnan(found.values[2])
    assert (found.flags[2], found.reasons[2]) == ("missing", "mean_needs_weights")
    assert across(place, {"kind": "field", "field": "v"}, combine="mean").values[2] == 6


def test_ratio_is_that_of_the_summed_parts(place):
    found = across(place, {"kind": "ratio", "numerator": "v", "denominator": "w"})
    assert found.values.tolist() == pytest.approx([10, 10, 12 / 3, 1])


def test_value_per_inhabitant_divides_what_was_carried(place):
    found = across(place, {"kind": "per_capita", "field": "v"})
    assert found.values.tolist() == pytest.approx([15 / 1000, 15 / 2000, 12 / 3000, 4 / 4000])


def test_count_that_covers_several_territories_is_missing_not_guessed(place):
    found = across(place, {"kind": "count"})
    assert np.isnan(found.values[:2]).all()
    assert found.reasons[:2] == ["not_divisible"] * 2
    assert found.values[2:].tolist() == [2, 1]


def test_arrondissements_of_a_table_are_gathered(place):
    place.territories_file(code=["75056", "69123", "13055", "01004"])
    rows = [(f"751{n:02d}", 1) for n in range(1, 21)] + [(f"6938{n}", 2) for n in range(1, 10)]
    rows += [(f"132{n:02d}", 3) for n in range(1, 17)] + [("01004", 4)]
    place.table("t.csv", "code;v\n" + "".join(f"{code};{v}\n" for code, v in rows))
    found = place.measured({"kind": "field", "field": "v", "nature": "extensive"}, {"path": "t.csv", "key": "code"})
    assert found.values.tolist() == [20, 18, 48, 4]
    assert found.reasons == ["arrondissements"] * 3 + [""]


def test_whole_city_of_a_table_is_spread_over_arrondissements(place):
    place.territories_file(code=["75101", "75102", "69381", "01004"])
    place.table("t.csv", "code;v\n75056;10\n69123;6\n01004;4\n")
    source = {"path": "t.csv", "key": "code"}
    extensive = place.measured({"kind": "field", "field": "v", "nature": "extensive"}, source)
    assert extensive.values.tolist() == pytest.approx([5, 5, 6, 4])
    assert place.measured({"kind": "field", "field": "v"}, source).values.tolist() == [10, 10, 6, 4]
