"""Counts, sums and means over a layer in blocks: what the whole gives, each feature once, resumed where it ended."""

from __future__ import annotations

import pickle
import warnings

import geopandas
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as some
from pyproj import CRS

from smart_territoires_plugin.core.errors import Cancelled
from smart_territoires_plugin.core.measures import held
from smart_territoires_plugin.core.pipeline import measure_study
from smart_territoires_plugin.core.sources import blocks, vectors
from smart_territoires_plugin.core.store import Store

SUM = {"kind": "sum", "field": "n"}
KINDS = ({"kind": "count"}, {"kind": "count_per_1000"}, SUM, {"kind": "mean", "field": "n"})
DATA = {"path": "data.gpkg"}


def tie(x_m: float, y_m: float, side_m: float) -> shapely.Polygon:
    """A polygon that crosses itself."""
    return shapely.Polygon(np.array([(0, 0), (1, 1), (1, 0), (0, 1)]) * side_m + [x_m, y_m])


def messy_features(random, count: int, low_m: float = -400, high_m: float = 2400) -> list:
    """Points, lines and polygons, some of which reach far, cross themselves, or are not there."""
    corner = np.array([650_000.0, 6_860_000.0])
    made = []
    for kind in random.integers(0, 4, count):
        x, y = random.uniform(low_m, high_m, 2) + corner
        reach_m = random.choice([20, 200, 1500])
        if kind == 0:
            made.append(shapely.Point(x, y))
        elif kind == 1:
            made.append(shapely.LineString(random.uniform(0, reach_m, (4, 2)) + [x, y]))
        else:
            made.append(tie(x, y, reach_m) if kind == 2 else shapely.Point(x, y).buffer(reach_m / 2, 3))
    return [*made, None, shapely.Point()]


def write_messy(place, crs: str = "EPSG:2154", count: int = 300) -> None:
    """Write messy features, of which a few stand twice and some have no value."""
    random = np.random.default_rng(5)
    shapes = messy_features(random, count)
    values = random.lognormal(3, 2, len(shapes))
    values[random.random(len(shapes)) < 0.02] = np.nan
    names = [f"thing {number % 7}" for number in range(len(shapes))]
    for copy, of in ((10, 11), (20, 200), (21, 200), (30, 31)):
        shapes[copy] = shapes[of]
        if copy != 30:
            values[copy], names[copy] = values[of], names[of]
    frame = geopandas.GeoDataFrame({"n": values, "name": names}, geometry=shapes, crs="EPSG:2154").to_crs(crs)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame.to_file(place.folder / "data.gpkg")


def told(found) -> set[tuple]:
    """What was recorded, but for the examples, of which the whole names others, and what is moved far from all."""
    return {
        (item.source, item.check, item.outcome, item.count, item.code)
        for items in found.checks.values()
        for item in items
        if item.check != "reprojected"
    }


@pytest.mark.parametrize("crs", ["EPSG:2154", "EPSG:4326"])
@pytest.mark.parametrize("asked", KINDS, ids=lambda asked: asked["kind"])
def test_blocks_of_a_large_layer_give_what_the_whole_gives(place, monkeypatch, crs, asked):
    write_messy(place, crs)
    whole = place.measured(asked, DATA)
    ran = []
    monkeypatch.setattr(blocks, "FEATURES", 8)
    monkeypatch.setattr(
        held, "held_in_block", lambda block, plain=held.held_in_block: ran.append(block) or plain(block)
    )
    found = place.measured(asked, DATA)
    assert len(ran) > 9
    if "count" in asked["kind"]:
        assert found.values.tolist() == whole.values.tolist()
        assert found.values.sum() > 100 or asked["kind"] != "count"
    else:
        assert found.values == pytest.approx(whole.values, rel=1e-12, nan_ok=True)
        assert np.isfinite(found.values).any()
    assert (found.flags, found.reasons) == (whole.flags, whole.reasons)
    assert found.coverage == pytest.approx(whole.coverage)
    assert told(found) == told(whole)
    assert ("reprojected" in found.checks) == (crs == "EPSG:4326")
    assert {"duplicated_features", "invalid_geometry", "no_geometry"} <= set(found.checks)


def test_features_of_a_large_layer_count_where_a_slow_reading_says(place, monkeypatch):
    write_messy(place)
    monkeypatch.setattr(blocks, "FEATURES", 8)
    found = place.measured({"kind": "count"}, DATA)
    frame = geopandas.read_file(place.folder / "data.gpkg")
    distinct = {
        (shape.wkb, str(n), name)
        for shape, n, name in zip(frame.geometry, frame["n"], frame["name"])
        if shape is not None and not shape.is_empty
    }
    expected = np.zeros(4)
    for wkb, _, _ in distinct:
        shape = shapely.make_valid(shapely.from_wkb(wkb), method="structure", keep_collapsed=False)
        point = shapely.point_on_surface(shape)
        holders = [place_of for place_of, square in enumerate(place.squares()) if square.intersects(point)]
        if holders:
            expected[holders[0]] += 1
    assert found.values.tolist() == expected.tolist()


def test_territories_in_a_part_of_the_layer_and_beyond_it(place, monkeypatch):
    write_messy(place)
    place.territories_file(
        "territories.gpkg", [place.square(0.3, 0.4, 0.8), place.square(1.7, 1.9, 4), None, place.square(9, 9)]
    )
    whole = place.measured({"kind": "count"}, DATA)
    monkeypatch.setattr(blocks, "FEATURES", 8)
    found = place.measured({"kind": "count"}, DATA)
    assert found.values.tolist()[:2] == whole.values.tolist()[:2]
    assert found.values[1] > 0
    assert (found.reasons, found.flags) == (whole.reasons, whole.flags)
    assert (found.reasons[2], found.values[3]) == ("no_geometry", 0)


def test_points_along_the_edge_of_a_block_in_degrees_are_read(place, monkeypatch):
    """A parallel is no straight line in Lambert-93: between the points of an edge that are looked at, it bulges."""
    corners = [(x, y) for x in (340_000, 1_000_000) for y in (6_200_000, 7_000_000)]
    monkeypatch.setattr(blocks, "FEATURES", 20)

    def write(ordinate) -> None:
        abscissa = np.linspace(640_000, 760_000, 100)
        points = shapely.points([*corners, *np.column_stack([abscissa, np.broadcast_to(ordinate, 100)])])
        frame = geopandas.GeoDataFrame({"n": range(104)}, geometry=points, crs="EPSG:2154").to_crs("EPSG:4326")
        frame.to_file(place.folder / "data.gpkg")

    write(6_600_000)
    place.territories_file("territories.gpkg", [shapely.box(340_000, 6_200_000, 1_000_000, 7_000_000)])
    source = place.study({"kind": "count"}, DATA).sources["data"]
    cut = blocks.blocks(source, vectors.describe(source), CRS.from_epsg(2154))
    edge = np.unique(cut.bounds[:, 1])[1]
    write(edge - np.tile([0.2, 0.5, 1, 2], 25))
    # The corners are themselves on the border of the territory, and may come to lie beyond it.
    assert place.measured({"kind": "count"}, DATA).values[0] >= 100


def test_layer_far_away_is_told_once(place, monkeypatch):
    place.layer("data.gpkg", [place.point(40 + x, 50) for x in range(50)], n=range(50))
    monkeypatch.setattr(blocks, "FEATURES", 10)
    found = place.measured(SUM, DATA)
    assert found.values.tolist() == [0] * 4
    assert (found.outcome("covers_no_territory"), found.count("covers_no_territory")) == ("W", 1)


def test_what_is_so_of_the_layer_is_told_once(place, monkeypatch):
    """Heights that are left out, a column under another writing, and no block more than once."""
    points = [shapely.Point(650_000 + 40 * x, 6_860_000 + 30 * x, 5) for x in range(50)]
    place.layer("data.gpkg", points, Places=range(50))
    whole = place.measured({**SUM, "field": "places"}, DATA)
    monkeypatch.setattr(blocks, "FEATURES", 10)
    found = place.measured({**SUM, "field": "places"}, DATA)
    assert told(found) == told(whole)
    assert (found.count("geometry_flattened"), found.count("field_renamed")) == (50, 1)
    for check in ("geometry_flattened", "field_renamed"):
        assert found.examples(check) == whole.examples(check)


def test_texts_are_read_with_the_mark_of_all_of_them(place, monkeypatch):
    """A block of "1.500" alone would be taken for one and a half."""
    points = [place.point(0.02 + 0.0396 * x, 0.5) for x in range(50)]
    place.layer("data.gpkg", points, n=["1.500"] * 40 + ["2.500,5"] * 10)
    monkeypatch.setattr(blocks, "FEATURES", 10)
    assert place.measured(SUM, DATA).values.tolist() == [25 * 1500, 15 * 1500 + 10 * 2500.5, 0, 0]


def test_column_that_is_not_there_is_refused_before_anything_is_read(place, monkeypatch):
    place.layer("data.gpkg", [place.point(0.5, 0.01 * y) for y in range(50)], n=range(50))
    monkeypatch.setattr(blocks, "FEATURES", 10)
    monkeypatch.setattr(held, "run_partitions", lambda *_: pytest.fail("read"))
    assert place.refused({**SUM, "field": "m"}, DATA).codes == ["source.no_field"]


def test_block_is_all_that_is_held(place, monkeypatch):
    place.layer("data.gpkg", [place.point(0.05 * x, 0.05 * y) for x in range(40) for y in range(40)])
    read, plain = [], vectors.pyogrio.read_dataframe

    def reading(*arguments, **asked):
        frame = plain(*arguments, **asked)
        read.append(len(frame))
        return frame

    monkeypatch.setattr(blocks, "FEATURES", 100)
    monkeypatch.setattr(vectors.pyogrio, "read_dataframe", reading)
    assert place.measured({"kind": "count"}, DATA).values.sum() == 40 * 40
    assert len(read) >= 16 and max(read) <= 150


def test_a_run_that_is_cut_short_goes_on_where_it_stopped(place, monkeypatch):
    write_messy(place)
    monkeypatch.setattr(blocks, "FEATURES", 8)
    study, plain, ran = place.study(SUM, DATA), held.held_in_block, []
    whole = measure_study(study, workers=1).values["one"]

    def ending(block):
        if len(ran) == 5:
            raise Cancelled
        ran.append(block)
        return plain(block)

    store = place.folder / "store"
    monkeypatch.setattr(held, "held_in_block", ending)
    with pytest.raises(Cancelled):
        measure_study(study, Store(store), workers=1)
    # As it goes to a worker and back: the item by its bytes.
    again = []
    monkeypatch.setattr(
        held, "held_in_block", lambda block: again.append(block) or plain(pickle.loads(pickle.dumps(block)))
    )
    found = measure_study(study, Store(store), workers=2).values["one"]
    assert found.values.tobytes() == whole.values.tobytes()
    assert (found.reasons.tolist(), found.quality) == (whole.reasons.tolist(), whole.quality)
    places = {block.bounds for block in (*ran, *again)}
    assert len(ran) == 5 and len(again) == len(places) - 5


sides = some.floats(-30, 60)
rectangle = some.tuples(sides, sides, some.floats(0, 40), some.floats(0, 40)).map(
    lambda side: (side[0], side[1], side[0] + side[2], side[1] + side[3])
)


@settings(max_examples=60, deadline=None)
@given(rectangle, rectangle, some.integers(1, 4), some.integers(1, 4))
def test_every_feature_begins_in_one_block_which_reads_it(window, feature, columns, rows):
    x, y = np.linspace(0, 30, columns + 1), np.linspace(0, 30, rows + 1)
    grid = np.array([(x[i], y[j], x[i + 1], y[j + 1]) for j in range(rows) for i in range(columns)])
    reach, read = blocks.reaching(grid, window)
    shape = np.array([shapely.box(*feature)])
    own = [n for n, box in enumerate(reach) if vectors.beginning(shape, tuple(box))[0]]
    within = feature[0] <= window[2] and feature[1] <= window[3] and feature[2] >= window[0] and feature[3] >= window[1]
    if within:
        assert len(own) == 1
        assert vectors.touching(shape, tuple(read[own[0]]))[0]
    assert len(own) <= 1
