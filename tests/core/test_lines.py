"""Lengths of lines held against closed forms, properties and a union per territory, one after the other."""

from __future__ import annotations

import sqlite3
import struct

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as some

from smart_territoires_plugin.core.engine import Engine
from smart_territoires_plugin.core.measures.lines import lengths
from smart_territoires_plugin.core.measures.network import network, subdivided
from smart_territoires_plugin.core.study import read_study

LENGTH = {"kind": "line_length"}
DENSITY = {"kind": "line_density"}
NOWHERE = ["lines", None]


class Bare:
    """What ``lengths`` asks of the sources of a run, without any file."""

    store = None
    engine = Engine(1)

    @staticmethod
    def key_of(*_, **__):
        return None


def line(place, *km):
    return shapely.LineString([shapely.get_coordinates(place.point(x, y))[0] for x, y in km])


# ── closed forms


def test_lines_that_cross_a_border_are_shared_by_length(place):
    place.layer("roads.gpkg", [line(place, (0.25, 0.5), (1.5, 0.5)), line(place, (0.5, -3), (0.5, 5))])
    assert place.measured(LENGTH, {"path": "roads.gpkg"}).values == pytest.approx([1750, 500, 1000, 0])
    assert place.measured(DENSITY, {"path": "roads.gpkg"}).values == pytest.approx([1750, 500, 1000, 0])


def test_density_is_per_square_kilometre(place):
    place.territories_file("territories.gpkg", [place.square(0, 0, 2), place.square(2, 0, 0.5)])
    place.layer("roads.gpkg", [line(place, (0, 0.25), (2.5, 0.25))])
    assert place.measured(DENSITY, {"path": "roads.gpkg"}).values == pytest.approx([2000 / 4, 500 / 0.25])


def test_lines_that_repeat_or_run_on_one_another_count_once(place):
    along = [(0.1, 0.5), (0.7, 0.5)], [(0.7, 0.5), (0.1, 0.5)], [(0.5, 0.5), (0.9, 0.5)], [(0.2, 0.5), (0.3, 0.5)]
    place.layer("roads.gpkg", [line(place, *points) for points in along])
    found = place.measured(LENGTH, {"path": "roads.gpkg"})
    assert found.values == pytest.approx([800, 0, 0, 0])
    assert found.outcome("lines_overlap") == "R"
    assert found.examples("lines_overlap") == f"{600 + 400 + 100 - 200:.1f} m"


def test_a_line_that_comes_back_on_itself_counts_once(place):
    there_and_back = line(place, (0.1, 0.1), (0.9, 0.1), (0.1, 0.1), (0.1, 0.4))
    place.layer("roads.gpkg", [there_and_back])
    assert place.measured(LENGTH, {"path": "roads.gpkg"}).values[0] == pytest.approx(800 + 300)


def test_lines_that_cross_count_whole_and_are_no_overlap(place):
    place.layer("roads.gpkg", [line(place, (0, 0), (1, 1)), line(place, (0, 1), (1, 0))])
    found = place.measured(LENGTH, {"path": "roads.gpkg"})
    assert found.values[0] == pytest.approx(2 * np.sqrt(2) * 1000)
    assert "lines_overlap" not in found.checks


def test_a_road_along_a_border_counts_in_the_first_territory_alone(place):
    place.layer("roads.gpkg", [line(place, (1, 0), (1, 2)), line(place, (0, 1), (0.5, 1), (0.5, 0.5))])
    found = place.measured(LENGTH, {"path": "roads.gpkg"})
    assert found.values == pytest.approx([1000 + 500 + 500, 0, 1000, 0])


def test_a_road_along_the_outer_border_counts(place):
    place.layer("roads.gpkg", [line(place, (0, -1), (0, 3))])
    assert place.measured(LENGTH, {"path": "roads.gpkg"}).values == pytest.approx([1000, 0, 1000, 0])


def test_a_circle_has_its_perimeter(place):
    ring = place.point(1, 1).buffer(400, quad_segs=2000).exterior
    place.layer("roads.gpkg", [shapely.LineString(ring.coords)])
    assert place.measured(LENGTH, {"path": "roads.gpkg"}).values == pytest.approx([100 * 2 * np.pi] * 4, rel=1e-6)


def test_filter_and_other_systems_hold(place):
    roads = [line(place, (0.25, 0.5), (0.75, 0.5)), line(place, (0.25, 0.6), (0.75, 0.6))]
    place.layer("roads.gpkg", roads, kind=["road", "path"])
    found = place.measured({**LENGTH, "where": "kind = 'road'"}, {"path": "roads.gpkg"})
    assert found.values[0] == pytest.approx(500)
    place.layer("degrees.geojson", geometry_in_degrees(roads), crs="EPSG:4326")
    again = place.measured(LENGTH, {"path": "degrees.geojson"})
    assert again.values[0] == pytest.approx(1000, rel=1e-5)
    assert again.outcome("reprojected") == "R"


def geometry_in_degrees(lines):
    import geopandas

    return list(geopandas.GeoSeries(lines, crs="EPSG:2154").to_crs("EPSG:4326"))


# ── what goes wrong in files


@pytest.mark.parametrize(("shape", "other"), [("square", "coverage_area"), ("point", "count")])
@pytest.mark.parametrize("asked", [LENGTH, DENSITY])
def test_layer_without_lines_is_refused_naming_the_measure_that_suits(place, asked, shape, other):
    geometry = place.square(0, 0) if shape == "square" else place.point(0.5, 0.5)
    place.layer("wrong.gpkg", [geometry])
    refusal = place.refused(asked, {"path": "wrong.gpkg"})
    assert refusal.codes == ["source.not_lines"]
    assert asked["kind"] in refusal.fr and other in refusal.fr and other in refusal.en


def test_lines_of_collections_are_kept_and_counted(place):
    road = line(place, (0.25, 0.5), (0.75, 0.5))
    mixed = shapely.GeometryCollection([road, place.point(0.1, 0.1), shapely.MultiLineString([])])
    place.layer("roads.geojson", [mixed, place.point(0.5, 0.5), shapely.MultiLineString([line(place, (0, 0), (1, 0))])])
    found = place.measured(LENGTH, {"path": "roads.geojson", "crs": "EPSG:2154"})
    assert found.values[0] == pytest.approx(500 + 1000)
    assert (found.outcome("line_parts_kept"), found.count("line_parts_kept")) == ("R", 1)
    assert (found.outcome("no_line"), found.count("no_line")) == ("W", 1)


def test_layer_far_away_is_warned_of(place):
    place.layer("roads.gpkg", [line(place, (50, 50), (51, 50))])
    found = place.measured(LENGTH, {"path": "roads.gpkg"})
    assert found.values.tolist() == [0] * 4
    assert found.outcome("covers_no_territory") == "W"


def test_layer_between_territories_without_touching_one_is_warned_of(place):
    place.territories_file("territories.gpkg", [place.square(0, 0, 0.4), place.square(1, 1, 0.4)])
    place.layer("roads.gpkg", [line(place, (0.6, 0.6), (0.7, 0.7))])
    assert place.measured(LENGTH, {"path": "roads.gpkg"}).outcome("covers_no_territory") == "W"


def test_territory_without_geometry_is_missing_with_the_reason(place):
    place.territories_file("territories.gpkg", [*place.squares()[:3], None])
    place.layer("roads.gpkg", [line(place, (0, 0.5), (1, 0.5))])
    for asked in (LENGTH, DENSITY):
        found = place.measured(asked, {"path": "roads.gpkg"})
        assert found.reasons == ["", "", "", "no_geometry"]
        assert found.values[:3] == pytest.approx([1000, 0, 0])


def test_curves_are_made_of_short_lines(place):
    """A circle as a circular string of two arcs, in the binary form of the standard."""
    arcs = np.array([(650_100, 6_860_500), (650_500, 6_860_900), (650_900, 6_860_500), (650_500, 6_860_100)])
    arcs = np.vstack([arcs, arcs[:1]])
    curve = struct.pack("<BII", 1, 8, len(arcs)) + arcs.astype("<f8").tobytes()
    path = place.layer("roads.gpkg", [line(place, (0, 0), (1, 1))], writing={"SPATIAL_INDEX": "NO"})
    with sqlite3.connect(path) as database:
        database.execute("UPDATE roads SET geom = ?", (b"GP\x00\x01" + struct.pack("<i", 2154) + curve,))
        database.execute("UPDATE gpkg_geometry_columns SET geometry_type_name = 'CIRCULARSTRING'")
    database.close()
    found = place.measured(LENGTH, {"path": "roads.gpkg"})
    assert found.values[0] == pytest.approx(2 * np.pi * 400, rel=0.001)


# ── properties

number = some.integers(0, 60).map(float)
segment = (
    some.tuples(number, number, number, number)
    .filter(lambda s: s[:2] != s[2:])
    .map(lambda s: shapely.LineString([s[:2], s[2:]]))
)
upright = some.tuples(number, number, some.integers(1, 30), some.booleans()).map(
    lambda s: shapely.LineString([s[:2], (s[0] + s[2] * s[3], s[1] + s[2] * (not s[3]))])
)
CELLS = np.array([shapely.box(x, y, x + 30, y + 30) for x in (0, 30) for y in (0, 30)])


def measured_m(cells, lines):
    return lengths(np.asarray(cells), network(np.array(lines))[0], Bare, NOWHERE)


def unit_edges(lines, cells):
    """Length of the unit edges of the grid that some line holds, each in the first cell that it touches."""
    found = [0.0] * len(cells)
    edges = {
        (x, y, flat)
        for item in lines
        for (x0, y0, x1, y1) in [item.bounds]
        for flat in [y0 == y1]
        for x, y in ([(x, y0) for x in range(int(x0), int(x1))] if flat else [(x0, y) for y in range(int(y0), int(y1))])
    }
    for x, y, flat in edges:
        middle = shapely.Point(x + 0.5 * flat, y + 0.5 * (not flat))
        holders = [index for index, cell in enumerate(cells) if cell.intersects(middle)]
        if holders:
            found[holders[0]] += 1
    return found


@settings(max_examples=60, deadline=None)
@given(some.lists(upright, min_size=1, max_size=12))
def test_lengths_are_the_count_of_unit_edges(lines):
    """Lines on a grid of whole numbers run on one another and along borders all the time."""
    assert measured_m(CELLS, lines) == pytest.approx(unit_edges(lines, CELLS), abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(some.lists(segment, min_size=1, max_size=8), some.randoms())
def test_order_repetition_and_direction_change_nothing(lines, random):
    again = [*lines, *(shapely.reverse(item) for item in lines)]
    random.shuffle(again)
    assert measured_m(CELLS, again) == pytest.approx(measured_m(CELLS, lines), abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(some.lists(segment, min_size=1, max_size=8))
def test_lengths_of_parts_add_up_to_that_of_the_whole(lines):
    whole = measured_m([shapely.box(0, 0, 60, 60)], lines)[0]
    assert measured_m(CELLS, lines).sum() == pytest.approx(whole, rel=1e-9)
    assert whole == pytest.approx(shapely.unary_union(lines).length, rel=1e-9)


@settings(max_examples=40, deadline=None)
@given(some.lists(segment, min_size=1, max_size=8))
def test_lines_cut_at_borders_have_the_same_lengths(lines):
    pieces = [part for item in lines for cell in CELLS for part in shapely.get_parts(item & cell) if part.length > 0]
    assert measured_m(CELLS, pieces) == pytest.approx(measured_m(CELLS, lines), abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(some.lists(segment, min_size=1, max_size=8), some.integers(-1000, 1000), some.integers(-1000, 1000))
def test_lengths_move_with_what_is_moved(lines, dx, dy):
    def move(geometry):
        return shapely.transform(np.array(geometry), lambda xy: xy + [dx, dy])

    assert measured_m(move(CELLS), move(lines)) == pytest.approx(measured_m(CELLS, lines), abs=1e-9)


def test_subdivision_keeps_the_length_and_bounds_the_vertices():
    random = np.random.default_rng(3)
    long = shapely.LineString(random.uniform(0, 100, size=(5001, 2)))
    pieces = subdivided(np.array([long, shapely.LineString([(0, 0), (1, 1)])], dtype=object), most=100)
    assert shapely.get_num_coordinates(pieces).max() <= 100
    assert shapely.length(pieces).sum() == pytest.approx(long.length + np.sqrt(2), rel=1e-12)


# ── an independent slow computation


def test_lengths_of_a_messy_layer_are_those_of_each_territory_s_own_union(place):
    random = np.random.default_rng(11)
    low, high = [650_000, 6_860_000], [660_000, 6_870_000]
    frame = shapely.box(*low, *high)
    centres = shapely.MultiPoint(random.uniform(low, high, size=(150, 2)))
    cells = [cell & frame for cell in shapely.voronoi_polygons(centres, extend_to=frame).geoms]
    starts = random.uniform(low, high, size=(300, 2))
    lines = [shapely.LineString(start + np.cumsum(random.normal(0, 150, (40, 2)), axis=0)) for start in starts]
    on_others = [shapely.LineString(item.coords[5:25]) for item in lines[:80]]
    lines = [*lines, *on_others, *(shapely.reverse(item) for item in lines[100:150])]
    place.territories_file("territories.gpkg", cells)
    place.layer("roads.gpkg", lines)
    found = place.measured(LENGTH, {"path": "roads.gpkg"})
    everything = shapely.unary_union(lines)
    expected = [(everything & cell).length for cell in cells]
    assert found.values == pytest.approx(expected, rel=1e-9, abs=1e-6)


def test_any_number_of_workers_gives_the_same_bits(place):
    from smart_territoires_plugin.core.pipeline import measure_study

    random = np.random.default_rng(2)
    starts = random.uniform([650_000, 6_860_000], [652_000, 6_862_000], size=(200, 2))
    place.layer("roads.gpkg", [shapely.LineString(s + np.cumsum(random.normal(0, 50, (20, 2)), 0)) for s in starts])
    study = read_study(place.write(place.content(LENGTH, {"path": "roads.gpkg"})))
    one, three = (measure_study(study, workers=workers).values["one"].values for workers in (1, 3))
    assert one.tobytes() == three.tobytes()
