"""Lines of a large layer, block by block: what the whole gives, and what a slow union of each territory gives."""

from __future__ import annotations

import geopandas
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as some
from pyproj import CRS

from smart_territoires_plugin.core.measures import line_blocks
from smart_territoires_plugin.core.sources import blocks, vectors

LENGTH = {"kind": "line_length"}
DENSITY = {"kind": "line_density"}
DATA = {"path": "data.gpkg"}


def messy_lines(place, seed=3, size=90):
    """Synthetic roads: they repeat, turned round too, run on one another, cross blocks and borders; some are odd."""
    rng = np.random.default_rng(seed)
    roads = []
    for x, y in rng.uniform(-0.2, 2.2, (size, 2)):
        steps = np.cumsum(rng.normal(0, 0.12, (6, 2)), axis=0)
        roads.append(np.vstack([[x, y], [x, y] + steps]))
    along = [np.array([[x, 0.05], [x, 1.95]]) for x in (0.5, 1.0, 1.5)] + [np.array([[0.1, 1.0], [1.9, 1.0]])]
    stretches = [np.array([[1.0, 0.4], [1.0, 0.9]]), np.array([[1.0, 1.2], [1.0, 0.7]])]
    every = (*roads, *along, *stretches)
    made = [shapely.LineString(shapely.get_coordinates([place.point(*km) for km in one])) for one in every]
    made += [made[3], made[7].reverse(), shapely.MultiLineString([made[1], made[2]])]
    odd = [place.point(0.3, 0.3), place.square(0.2, 0.2, 0.1), None]
    odd.append(shapely.GeometryCollection([place.point(0.4, 0.4), made[5]]))
    return made + odd


def write(place, lines, crs="EPSG:2154"):
    frame = geopandas.GeoDataFrame({"n": range(len(lines))}, geometry=lines, crs="EPSG:2154").to_crs(crs)
    frame.to_file(place.folder / "data.gpkg")


def told(found):
    """What was recorded, but for examples of which the whole names others; what is moved is told per block."""
    return {
        (item.check, item.outcome, item.count)
        for items in found.checks.values()
        for item in items
        if item.check != "reprojected"
    }


@pytest.fixture
def in_blocks(monkeypatch):
    """Let a layer of a few dozen features be a large one; counts the blocks that are made."""
    ran = []
    plain = line_blocks.lines_in_block

    def begin(features=8):
        monkeypatch.setattr(blocks, "FEATURES", features)
        monkeypatch.setattr(line_blocks, "lines_in_block", lambda block: ran.append(block) or plain(block))
        return ran

    return begin


@pytest.mark.parametrize("crs", ["EPSG:2154", "EPSG:4326"])
@pytest.mark.parametrize("asked", [LENGTH, DENSITY], ids=lambda asked: asked["kind"])
def test_blocks_of_a_large_layer_give_what_the_whole_gives(place, in_blocks, crs, asked):
    write(place, messy_lines(place), crs)
    whole = place.measured(asked, DATA)
    ran = in_blocks()
    found = place.measured(asked, DATA)
    assert len(ran) > 5
    assert found.values == pytest.approx(whole.values, rel=1e-9)
    assert (found.flags, found.reasons) == (whole.flags, whole.reasons)
    assert told(found) == told(whole)
    assert {"lines_overlap", "no_line", "line_parts_kept", "no_geometry"} <= set(found.checks)
    # Blocks tell of what lies around the territories; a small layer is read whole.
    here, everywhere = (float(one.examples("lines_overlap").split()[0]) for one in (found, whole))
    assert 1000 < here <= everywhere + 0.1


def test_lengths_are_those_of_a_slow_union_of_each_territory(place, in_blocks):
    lines = [one for one in messy_lines(place, 5) if one is not None and "Line" in one.geom_type]
    write(place, lines)
    in_blocks()
    found = place.measured(LENGTH, DATA)
    united = shapely.unary_union(lines)
    squares = place.squares()
    counted, expected = shapely.LineString(), []
    for square in squares:
        own = shapely.intersection(united, square)
        # A border belongs to the first that has it.
        expected.append(shapely.length(shapely.difference(own, counted)))
        counted = shapely.unary_union([counted, shapely.intersection(own, shapely.boundary(square))])
    assert found.values == pytest.approx(expected, rel=1e-9)


def test_a_stretch_along_the_border_of_blocks_counts_once(place, in_blocks):
    """Roads on every line between two blocks, from end to end of the layer."""
    corners = [place.point(x, y) for x in (-0.5, 2.5) for y in (-0.5, 2.5)]
    short = [shapely.LineString([one, shapely.transform(one, lambda xy: xy + 1)]) for one in corners * 10]
    write(place, short)
    in_blocks()
    source = place.study(LENGTH, DATA).sources["data"]
    bounds = blocks.blocks(source, vectors.describe(source), CRS.from_epsg(2154)).bounds
    (west, south), (east, north) = (shapely.get_coordinates(corner)[0] for corner in (corners[0], corners[-1]))
    xs, ys = (np.unique(bounds[:, place_])[1:] for place_ in (0, 1))
    roads = [shapely.LineString([(x, south), (x, north)]) for x in xs]
    roads += [shapely.LineString([(west, y), (east, y)]) for y in ys]
    assert len(roads) >= 3
    write(place, [*short, *roads])
    again = blocks.blocks(source, vectors.describe(source), CRS.from_epsg(2154)).bounds
    assert np.intersect1d(np.unique(again[:, 0])[1:], xs).size or np.intersect1d(np.unique(again[:, 1])[1:], ys).size
    found = place.measured(LENGTH, DATA)
    expected = [sum(shapely.length(shapely.intersection(road, square)) for road in roads) for square in place.squares()]
    assert found.values == pytest.approx(expected, rel=1e-9)


def test_a_line_of_many_blocks_counts_whole(place, in_blocks):
    turns = np.linspace(0, 60 * np.pi, 40_000)
    radius = np.linspace(50, 950, turns.size)
    centre = shapely.get_coordinates(place.point(1, 1))[0]
    spiral = shapely.LineString(centre + np.column_stack([radius * np.cos(turns), radius * np.sin(turns)]))
    write(
        place, [spiral, *(shapely.LineString([place.point(x / 40, 3), place.point(x / 40, 3.01)]) for x in range(80))]
    )
    ran = in_blocks()
    found = place.measured(LENGTH, DATA)
    assert len(ran) > 2 and found.values.sum() == pytest.approx(spiral.length, rel=1e-9)


def test_a_large_layer_without_lines_is_refused_as_a_small_one_is(place, in_blocks):
    write(place, [place.point(x / 20, x / 20) for x in range(40)])
    in_blocks()
    assert place.refused(LENGTH, DATA).codes == ["source.not_lines"]


coordinates = some.floats(-50, 150).map(lambda value: round(value, 1))
paths = some.lists(some.tuples(coordinates, coordinates), min_size=2, max_size=5, unique=True)
paths = paths.map(shapely.LineString).filter(lambda one: one.is_simple)
edges = some.integers(0, 100).map(float)


@settings(max_examples=60, deadline=None)
@given(some.lists(paths, min_size=1, max_size=6), edges, edges)
def test_blocks_side_by_side_hold_every_stretch_once(lines, x, y):
    pieces = np.array(lines, dtype=object)
    endless = np.inf
    parts = [
        ((-100, -100, x, y), (-endless, -endless, x, y)),
        ((x, -100, 200, y), (x, -endless, endless, y)),
        ((-100, y, x, 200), (-endless, y, x, endless)),
        ((x, y, 200, 200), (x, y, endless, endless)),
    ]
    lengths = [shapely.length(line_blocks.inside(pieces, *part)).sum() for part in parts]
    assert sum(lengths) == pytest.approx(shapely.length(pieces).sum(), rel=1e-9)
