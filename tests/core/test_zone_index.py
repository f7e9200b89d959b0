"""The zone index against polygons cut cell by cell, against exactextract, and against itself in pieces."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS

from smart_territoires_plugin.core.engine import Engine
from smart_territoires_plugin.core.measures import zone_index as zone_index_module
from smart_territoires_plugin.core.measures.zone_index import ZoneIndex, zone_index
from smart_territoires_plugin.core.measures.zones_in_system import brought
from smart_territoires_plugin.core.sources.rasters import Grid


def upright(width: int, height: int) -> Grid:
    return Grid(width, height, (1.0, 0.0, 0.0, 0.0, -1.0, float(height)))


def shares(index: ZoneIndex, grid: Grid) -> np.ndarray:
    """The share of every cell in every zone, spread out."""
    made = np.zeros((index.n_zones, grid.height, grid.width))
    for zone, row, first, stop in zip(index.run_zone, index.run_row, index.run_first, index.run_stop):
        made[zone, row, first:stop] += 1
    np.add.at(made, (index.fringe_zone, index.fringe_row, index.fringe_column), index.fringe_share)
    return made


def shares_by_cutting(zones, grid: Grid) -> np.ndarray:
    """The same by cutting every zone with every cell as a polygon."""
    a, b, c, d, e, f = grid.transform
    column, row = np.meshgrid(np.arange(grid.width), np.arange(grid.height))
    corners = [(column + x, row + y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
    rings = np.stack([np.stack([a * x + b * y + c, d * x + e * y + f], axis=-1) for x, y in corners], axis=2)
    cells = shapely.polygons(rings)
    cut = shapely.intersection(cells[None], np.asarray(zones, dtype=object)[:, None, None])
    return np.nan_to_num(shapely.area(cut)) / abs(a * e - b * d)


place = st.floats(-6, 26, allow_nan=False)
discs = st.builds(lambda x, y, r: shapely.Point(x, y).buffer(r, quad_segs=3), place, place, st.floats(0.05, 12))
# Whole numbers and halves put edges on the lines between cells, and level or upright within them.
snapped = st.integers(-8, 40).map(lambda number: number / 2)
boxes = st.builds(lambda x, y, w, h: shapely.box(x, y, x + w, y + h), snapped, snapped, st.just(3.5), st.just(2.0))
zones_drawn = st.lists(
    st.one_of(
        discs,
        boxes,
        st.builds(shapely.difference, discs, boxes),
        st.builds(shapely.union, boxes, discs),
        st.builds(shapely.union, boxes, boxes),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=60, deadline=None)
@given(zones_drawn, st.integers(1, 20), st.integers(1, 20))
def test_shares_are_those_of_cutting_every_cell(zones, width, height):
    grid = upright(width, height)
    zones = np.array([zone for zone in zones if zone.area > 0] or [shapely.box(0, 0, 1, 1)], dtype=object)
    assert shares(zone_index(zones, grid), grid) == pytest.approx(shares_by_cutting(zones, grid), abs=1e-11)


@pytest.mark.parametrize(
    "transform", [(2.0, 0, 1.0, 0, 3.0, -4.0), (-1.0, 0, 20.0, 0, -1.0, 20.0), (0.8, 0.6, -3.0, 0.6, -0.8, 5.0)]
)
def test_grids_that_run_south_to_north_or_are_turned(transform):
    grid = Grid(17, 13, transform)
    zones = np.array([shapely.Point(6, 5).buffer(4.3), shapely.box(2, 1, 9.5, 3.25)], dtype=object)
    found = shares(zone_index(zones, grid), grid)
    assert found == pytest.approx(shares_by_cutting(zones, grid), abs=1e-11)
    assert found.sum() > 10


def test_shares_are_those_of_exactextract():
    import exactextract
    import geopandas

    random = np.random.default_rng(2)
    zones = np.array([shapely.Point(*random.uniform(0, 60, 2)).buffer(random.uniform(1, 15)) for _ in range(20)])
    grid = upright(60, 60)
    wkt = CRS("EPSG:2154").to_wkt()
    source = exactextract.raster.NumPyRasterSource(np.zeros((60, 60)), xmin=0, ymin=0, xmax=60, ymax=60, srs_wkt=wkt)
    frame = geopandas.GeoDataFrame(geometry=list(zones), crs="EPSG:2154")
    found = exactextract.exact_extract(source, frame, ["cell_id", "coverage"], output="pandas")
    spread = np.zeros((20, 3600))
    for zone, (cells, coverage) in enumerate(zip(found["cell_id"], found["coverage"])):
        spread[zone, np.asarray(cells, dtype=int)] = coverage
    # exactextract hands shares out in 32 bits.
    assert shares(zone_index(zones, grid), grid).reshape(20, -1) == pytest.approx(spread, abs=2e-7)


def test_sizes_and_cells_are_areas():
    zones = np.array([shapely.Point(5, 5).buffer(3), shapely.Point(0, 0).buffer(3), None, shapely.Polygon()])
    index = zone_index(zones, Grid(20, 20, (0.5, 0, 0, 0, -0.5, 10.0)))
    area = shapely.Point(5, 5).buffer(3).area / 0.25
    assert index.sizes == pytest.approx([area, area, 0, 0], rel=1e-12)
    assert index.cells == pytest.approx([area, area / 4, 0, 0], rel=1e-12)


def test_far_from_the_origin_nothing_is_lost():
    far = (10.0, 0, 652_381.7, 0, -10.0, 6_862_417.3)
    zone = shapely.transform(shapely.Point(0, 0).buffer(777), lambda xy: xy + [654_000.123, 6_860_000.457])
    index = zone_index(np.array([zone]), Grid(400, 400, far))
    assert index.cells[0] == pytest.approx(zone.area / 100, rel=1e-11)


def test_any_number_of_workers_gives_the_same_bits_and_parts_change_nothing(monkeypatch):
    random = np.random.default_rng(1)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(random.uniform(0, 300, (80, 2)))))
    grid = upright(300, 300)
    whole = zone_index(cells, grid)
    monkeypatch.setattr(zone_index_module, "_PIECES_PER_PART", 900)
    made = []
    for workers in (1, 2, 5):
        with Engine(workers) as engine:
            made.append(zone_index(cells, grid, engine=engine))
    for one in made:
        for name, values in vars(one).items():
            assert np.array_equal(values, getattr(made[0], name)), name
    assert made[0].cells == pytest.approx(whole.cells, rel=1e-13)
    # Zones that tile the plane share every cell out among them.
    assert shares(whole, grid).sum(axis=0) == pytest.approx(1, abs=1e-12)


def test_some_of_the_zones_are_those_zones():
    zones = np.array([shapely.Point(x, 6).buffer(2.2) for x in (2, 6, 9)])
    chosen = np.array([True, False, True])
    grid = upright(12, 12)
    assert np.array_equal(
        shares(zone_index(zones, grid).of(chosen), grid), shares(zone_index(zones[chosen], grid), grid)
    )


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:32631", "EPSG:3035"])
def test_long_edges_follow_their_curve_in_another_system(crs):
    """Against edges of one metre, whose sagitta is a hundred-millionth of that of ten kilometres."""
    square = shapely.box(600_000, 6_800_000, 610_000, 6_810_000)
    fine = brought(np.array([shapely.segmentize(square, 1.0)]), "EPSG:2154", crs)[0]
    found = brought(np.array([square]), "EPSG:2154", crs)[0]
    assert shapely.area(shapely.symmetric_difference(fine, found)) / fine.area < 1.1e-8
    assert found.area == pytest.approx(fine.area, rel=1.1e-8)
    assert shapely.get_num_coordinates(found) < shapely.get_num_coordinates(fine) / 5


def test_neighbours_stay_neighbours_in_another_system():
    west, east = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)
    pair = shapely.transform(np.array([west, east]), lambda xy: xy * 20_000 + [600_000, 6_800_000])
    one, other = brought(pair, "EPSG:2154", "EPSG:4326")
    assert shapely.area(shapely.intersection(one, other)) / one.area < 1e-8
