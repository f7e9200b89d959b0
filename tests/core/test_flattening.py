"""Flat pieces, cuts and coverage by levels held against slow unions, on random and on real layers."""

from __future__ import annotations

import pickle
import zipfile

import geopandas
import numpy as np
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as some

from smart_territoires_plugin.core.measures import cutting, flattening
from smart_territoires_plugin.core.measures.cover_blocks import areas_by_level
from smart_territoires_plugin.core.measures.coverage import covered_area
from smart_territoires_plugin.core.measures.cutting import cut_at_grid, subdivided
from smart_territoires_plugin.core.measures.flattening import flattened
from smart_territoires_plugin.core.sources import blocks
from smart_territoires_plugin.core.sources.validity import is_valid

KM2 = 1_000_000.0
AREA = {"kind": "coverage_area"}

# To the micrometre: beside coordinates of 1e-300, GEOS loses whole intersections in the slow reference itself.
coordinate = some.floats(0, 100, allow_nan=False).map(lambda value: round(value, 6))
radius = some.floats(0.5, 30)
disc = some.tuples(coordinate, coordinate, radius).map(lambda d: shapely.Point(d[0], d[1]).buffer(d[2], quad_segs=5))
ring = some.tuples(coordinate, coordinate, radius).map(
    lambda d: shapely.Point(d[0], d[1]).buffer(d[2], 6) - shapely.Point(d[0], d[1]).buffer(d[2] / 2, 6)
)
discs = some.lists(some.one_of(disc, ring), min_size=1, max_size=14)
CELLS = np.array([shapely.box(x, y, x + 50, y + 50) for x in (0, 50) for y in (0, 50)])


@pytest.fixture(autouse=True)
def small_tiles(monkeypatch):
    """Cut even the few polygons of a test."""
    monkeypatch.setattr(flattening, "_TILE_VERTICES", 60)
    monkeypatch.setattr(flattening, "_PIECE_VERTICES", 12)


def slow_levels(territory, polygons, levels, count: int) -> list[list[float]]:
    """Return the area of each territory at each level: one union per level, without those above."""
    found = []
    for one in territory:
        above, areas = shapely.Polygon(), []
        for level in range(count):
            union = shapely.union_all([p for p, own in zip(polygons, levels) if own == level])
            areas.append(((union - above) & one).area)
            above = above | union
        found.append(areas)
    return found


@settings(max_examples=80, deadline=None)
@given(discs, some.data())
def test_pieces_cover_each_place_once_at_its_highest_level(polygons, data):
    levels = data.draw(some.lists(some.integers(0, 2), min_size=len(polygons), max_size=len(polygons)))
    with np.errstate(all="ignore"):
        pieces = flattened(np.array(polygons), np.array(levels))
    found = areas_by_level(CELLS, pieces.geometry, pieces.level, 3)
    assert found == pytest.approx(np.array(slow_levels(CELLS, polygons, levels, 3)), rel=1e-9, abs=1e-9)
    assert shapely.area(pieces.geometry).sum() == pytest.approx(shapely.union_all(polygons).area, rel=1e-9)
    assert shapely.is_valid(pieces.geometry).all()


@settings(max_examples=40, deadline=None)
@given(discs, some.randoms())
def test_order_and_repetition_change_no_bit(polygons, random):
    again = polygons * 2
    random.shuffle(again)
    assert covered_area(CELLS, np.array(again)).tolist() == covered_area(CELLS, np.array(polygons)).tolist()


@settings(max_examples=40, deadline=None)
@given(discs)
def test_flat_pieces_made_flat_again_cover_the_same(polygons):
    once = flattened(np.array(polygons)).geometry
    assert covered_area(CELLS, once) == pytest.approx(covered_area(CELLS, np.array(polygons)), rel=1e-9, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(discs, some.floats(3.0, 40.0), some.tuples(some.floats(-9, 9), some.floats(-9, 9)))
def test_parts_lie_in_their_cells_and_add_up(polygons, side_m, origin):
    parts, owner, cell = cut_at_grid(np.array(polygons), side_m, origin)
    sums = np.bincount(owner, weights=shapely.area(parts), minlength=len(polygons))
    assert sums == pytest.approx(shapely.area(np.array(polygons)), rel=1e-10)
    low = np.array(origin) + cell * side_m
    bounds = shapely.bounds(parts)
    assert (bounds[:, :2] >= low - 1e-9).all()
    assert (bounds[:, 2:] <= low + side_m + 1e-9).all()


def test_clip_that_fails_or_lies_is_done_again_by_intersection(monkeypatch):
    polygons = np.array([shapely.Point(0, 0).buffer(10), shapely.Point(30, 3).buffer(10)])
    expected = shapely.area(cut_at_grid(polygons, 7)[0])
    answers = iter([None, shapely.box(0, 0, 1, 1), shapely.Polygon([(0, 0), (9, 9), (9, 0), (0, 9)])] * 1000)
    monkeypatch.setattr(cutting, "_clipped", lambda polygon, *box: next(answers))
    assert shapely.area(cut_at_grid(polygons, 7)[0]) == pytest.approx(expected, rel=1e-12)


def test_polygon_of_many_vertices_and_holes_is_cut_exactly():
    angles = np.linspace(0, 2 * np.pi, 40_000, endpoint=False)
    radii = 5_000 * (1 + 0.2 * np.sin(9 * angles) + 0.01 * np.sin(4_001 * angles))
    shell = np.column_stack([radii * np.cos(angles), radii * np.sin(angles)])
    centres = np.arange(-2_400, 2_401, 160)
    holes = [shapely.Point(x, y).buffer(60).exterior for x in centres for y in centres]
    polygon = shapely.Polygon(shell, holes)
    assert is_valid(np.array([polygon])).tolist() == [True]
    parts, owner = subdivided(np.array([polygon]), 500)
    assert shapely.get_num_coordinates(parts).max() <= 500
    assert (owner == 0).all()
    assert shapely.area(parts).sum() == pytest.approx(polygon.area, rel=1e-12)


@settings(max_examples=60, deadline=None)
@given(some.lists(some.tuples(some.integers(1, 38), some.integers(1, 38), some.integers(1, 6)), max_size=9))
def test_validity_is_that_of_the_usual_test(holes):
    rings = [shapely.box(x, y, x + side, y + side).exterior for x, y, side in holes]
    polygon = shapely.Polygon(shapely.box(0, 0, 40, 40).exterior, rings)
    from smart_territoires_plugin.core.sources import validity

    before, validity._MANY_HOLES = validity._MANY_HOLES, 0
    try:
        assert is_valid(np.array([polygon, None])).tolist() == [shapely.is_valid(polygon), False]
    finally:
        validity._MANY_HOLES = before


# ── Coverage of a study


def levels_layer(place):
    place.layer(
        "zones.gpkg", [place.square(0, 0), place.square(0.5, 0), place.square(0, 0, 0.1)], n=["Low", "High", "?"]
    )
    return {"path": "zones.gpkg"}


def test_levels_weigh_each_place_once(place):
    levels = {"field": "n", "order": ["high", "low"], "weights": [1, 0.25]}
    found = place.measured({"kind": "coverage_share", "levels": levels}, levels_layer(place))
    assert found.values.tolist() == pytest.approx([100 * (0.5 + 0.25 * 0.5), 50, 0, 0])
    assert (found.outcome("unknown_level"), found.count("unknown_level")) == ("W", 1)
    assert found.examples("unknown_level") == "?"


def test_levels_of_one_weight_cover_what_their_union_covers(place):
    levels = {"field": "n", "order": ["low", "high"]}
    found = place.measured({**AREA, "levels": levels}, levels_layer(place))
    assert found.values.tolist() == pytest.approx([KM2, 0.5 * KM2, 0, 0])


def test_levels_in_a_column_that_is_not_there_are_refused(place):
    source = levels_layer(place)
    refused = place.refused({**AREA, "levels": {"field": "niveau", "order": ["a"]}}, source)
    assert refused.codes == ["source.no_field"]


def messy(random, count: int, x_m: float, y_m: float, side_m: float, radius_m: float) -> np.ndarray:
    """Return rough discs that overlap, some of them crossing themselves, some made of parts that overlap."""
    made = []
    for _ in range(count):
        size = random.integers(8, 40)
        angles = np.sort(random.uniform(0, 2 * np.pi, size))
        radii = radius_m * random.uniform(0.2, 1.8, size)
        centre = random.uniform(0, side_m, 2) + [x_m, y_m]
        made.append(shapely.Polygon(centre + np.column_stack([radii * np.cos(angles), radii * np.sin(angles)])))
    made[0] = shapely.MultiPolygon([shapely.Point(x_m + 500 + d, y_m + 500).buffer(200) for d in (0, 150)])
    made[1] = shapely.Polygon(np.array([(0, 0), (300, 300), (300, 0), (0, 300)]) + [x_m + 800, y_m + 900])
    return np.array(made)


def by_structure(polygons: np.ndarray) -> np.ndarray:
    return shapely.make_valid(polygons, method="structure", keep_collapsed=False)


def slow_areas(territory, polygons) -> list[float]:
    """Return the area of each territory in the union of what meets it: one territory after the other."""
    return [shapely.union_all([p & one for p in polygons if p.intersects(one)]).area for one in territory]


@pytest.mark.parametrize("crs", ["EPSG:2154", "EPSG:4326"])
def test_blocks_of_a_large_layer_give_what_the_whole_gives(place, monkeypatch, crs):
    random = np.random.default_rng(8)
    zones = np.append(messy(random, 240, 650_000, 6_860_000, 2_000, 90), [None, place.square(-3, -3, 8)])
    zones[5] = zones[6]
    frame = geopandas.GeoDataFrame({"n": range(len(zones))}, geometry=zones, crs="EPSG:2154")
    frame.to_crs(crs).to_file(place.folder / "zones.gpkg")
    whole = place.measured(AREA, {"path": "zones.gpkg"})
    monkeypatch.setattr(blocks, "FEATURES", 20)
    found = place.measured(AREA, {"path": "zones.gpkg"})
    again = by_structure(frame.to_crs(crs).to_crs(2154).geometry.dropna().to_numpy())
    assert found.values == pytest.approx(slow_areas(place.squares(), again), rel=1e-9)
    assert whole.values == pytest.approx(found.values, rel=1e-12)
    for check in ("invalid_geometry", "no_geometry", "area_changed_by_repair"):
        assert (found.count(check), found.outcome(check)) == (whole.count(check), whole.outcome(check))
    assert found.flags == whole.flags


def test_block_reads_no_more_than_meets_the_territories(place, monkeypatch):
    from smart_territoires_plugin.core.sources import vectors

    zones = [place.square(x, y, 0.5) for x in range(0, 40, 2) for y in range(0, 40, 2)]
    place.layer("zones.gpkg", zones)
    read = []
    plain = vectors.pyogrio.read_dataframe

    def reading(*arguments, **asked):
        frame = plain(*arguments, **asked)
        read.append(len(frame) if asked.get("bbox") is not None else 0)
        return frame

    monkeypatch.setattr(blocks, "FEATURES", 20)
    monkeypatch.setattr(vectors.pyogrio, "read_dataframe", reading)
    assert place.measured(AREA, {"path": "zones.gpkg"}).values.tolist() == pytest.approx([0.25 * KM2, 0, 0, 0])
    assert 0 < sum(read) <= 60


def shared_layer(file, layer: str) -> np.ndarray:
    frame = pyogrio.read_dataframe(file, layer=layer, force_2d=True)
    return np.array([item for item in frame.to_crs(2154).geometry if item is not None])


@pytest.mark.parametrize(
    ("folder", "communes", "file", "layer"),
    [
        ("cote_dor_green", "communes-21-cote-d-or.geojson", "forets-bourgogne.gpkg", "export"),
        *(
            ("isere_flood", "communes-38-isere.geojson", "pprm_38ddt20180002.gpkg", f"pprm_38ddt20180002_{layer}")
            for layer in ("zonereglementaireurba_s", "zonealeareference_33_s", "zonealeareference_312_s")
        ),
        *(
            ("isere_flood", "communes-38-isere.geojson", f"38DDT{year}.zip", f"N_ZONE_{kind}_PPRN_{year}_S_038")
            for year in ("20130013", "20200002")
            for kind in ("ALEA", "REG")
        ),
    ],
)
def test_real_layers_cover_what_a_slow_union_says(shared_data, place, folder, communes, file, layer):
    path = shared_data / folder / file
    if path.suffix == ".zip":
        member = next(name for name in zipfile.ZipFile(path).namelist() if name.endswith(f"{layer}.shp"))
        raw = shared_layer(f"/vsizip/{path}/{member}", layer)
    else:
        raw = shared_layer(path, layer)
    territories = shared_data / folder / communes
    found = place.measured(
        {"kind": "coverage_area"},
        {"path": str(path), "layer": layer},
        sources={"territories": {"path": str(territories)}},
        territories={"source": "territories", "code": "code", "name": "nom"},
    )
    zones = by_structure(raw)
    communes_m = geopandas.read_file(territories).to_crs(2154).geometry.to_numpy()
    communes_m = by_structure(communes_m)
    tree = shapely.STRtree(zones)
    expected = np.zeros(len(communes_m))
    for row, commune in enumerate(communes_m):
        near = zones[np.sort(tree.query(commune))]
        expected[row] = shapely.union_all(shapely.intersection(near, commune)).area if len(near) else 0.0
    assert expected.sum() > 0
    assert found.values == pytest.approx(expected, rel=1e-9, abs=1e-3)


def test_a_block_that_travels_gives_the_same_bits(place, monkeypatch):
    """As it goes to a worker and back: the item by its bytes, the store as its folder."""
    from smart_territoires_plugin.core.measures import coverage
    from smart_territoires_plugin.core.pipeline import measure_study
    from smart_territoires_plugin.core.store import Store

    place.layer("zones.gpkg", messy(np.random.default_rng(8), 120, 650_000, 6_860_000, 2_000, 90))
    monkeypatch.setattr(blocks, "FEATURES", 20)
    study = place.study(AREA, {"path": "zones.gpkg"})
    here = measure_study(study, Store(place.folder / "here")).values["one"].values
    plain = coverage.cover_block
    monkeypatch.setattr(coverage, "cover_block", lambda item: plain(pickle.loads(pickle.dumps(item))))
    there = measure_study(study, Store(place.folder / "there")).values["one"].values
    assert there.tolist() == here.tolist()
    assert {path.name for path in (place.folder / "there").glob("*.values")} == {
        path.name for path in (place.folder / "here").glob("*.values")
    }
