"""Distances and shares within a distance, held against closed forms and slow independent counts."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio
import shapely
from hypothesis import given, settings
from hypothesis import strategies as some

from smart_territoires_plugin.core.engine import Engine
from smart_territoires_plugin.core.measures.nearest import distances_m
from smart_territoires_plugin.core.measures.parts import parts_inside, parts_within

NEAREST = {"kind": "distance_to_nearest"}
BY_PEOPLE = {**NEAREST, "from": "population", "population": "people"}
WITHIN = {"kind": "share_within", "distance_m": 300}
KM2 = 1e6
# What a disc of 260 sides lacks.
LOST = 1e-4


def data(name="data.gpkg"):
    return {"path": name}


# ── distance from the centroid


@pytest.mark.parametrize("shape", ["point", "line", "polygon"])
def test_distance_is_that_of_the_centroid_as_the_crow_flies(place, shape):
    features = {
        "point": [place.point(3.5, 0.5), place.point(-9, -9)],
        "line": [shapely.LineString([place.point(3.5, -5), place.point(3.5, 5)])],
        "polygon": [place.square(3.5, -5, 10)],
    }[shape]
    place.layer("data.gpkg", features)
    found = place.measured(NEAREST, data())
    north = np.hypot(3000, 1000) if shape == "point" else 3000
    north_east = np.hypot(2000, 1000) if shape == "point" else 2000
    assert found.values == pytest.approx([3000, 2000, north, north_east])
    assert found.outcome("covers_no_territory") == "W"


def test_distance_inside_a_polygon_or_on_a_line_is_zero(place):
    place.layer("data.gpkg", [place.square(0, 0), shapely.LineString([place.point(1, 0.5), place.point(2, 0.5)])])
    assert place.measured(NEAREST, data()).values[:2].tolist() == [0, 0]


def test_distance_in_a_hole_is_that_to_its_edge(place):
    place.layer("data.gpkg", [place.square(-3, -3, 9) - place.square(0.2, 0.3, 0.6)])
    assert place.measured(NEAREST, data()).values == pytest.approx([200, 0, 0, 0])


def test_filter_and_absence_of_features(place):
    place.layer("data.gpkg", [place.point(0.5, 0.5), place.point(1.5, 0.5)], kind=["a", "b"])
    found = place.measured({**NEAREST, "where": "kind = 'b'"}, data())
    assert found.values[:2] == pytest.approx([1000, 0])
    nothing = place.measured({**NEAREST, "where": "kind = 'c'"}, data())
    assert nothing.reasons == ["layer_empty"] * 4


def test_territory_without_geometry_has_no_distance(place):
    place.territories_file("territories.gpkg", [*place.squares()[:3], None])
    place.layer("data.gpkg", [place.point(0.5, 0.5)])
    found = place.measured(NEAREST, data())
    assert found.reasons == ["", "", "", "no_geometry"]
    assert found.values[:3] == pytest.approx([0, 1000, 1000])


def test_a_large_layer_is_read_in_a_window_that_grows_until_it_suffices(place, monkeypatch):
    """Above the number of features that is read whole, the nearest still lies far outside the territories."""
    from smart_territoires_plugin.core.measures import nearest
    from smart_territoires_plugin.core.sources import vectors

    random = np.random.default_rng(0)
    far = [shapely.Point(xy) for xy in random.uniform([750_000, 6_960_000], [790_000, 6_990_000], (300, 2))]
    place.layer("data.gpkg", far)
    whole = place.measured(NEAREST, data()).values
    monkeypatch.setattr(nearest, "MAX_WHOLE_FEATURES", 10)
    monkeypatch.setattr(vectors, "MAX_WHOLE_FEATURES", 10)
    assert place.measured(NEAREST, data()).values.tolist() == whole.tolist()
    assert whole == pytest.approx([min(cell.centroid.distance(p) for p in far) for cell in place.squares()])


# ── distance from where people live


def test_distance_of_a_raster_is_weighted_by_its_inhabitants(place):
    """Two pixels of half a kilometre in 01001 with 30 and 10 inhabitants; the other territories have none."""
    values = np.zeros((4, 4))
    values[3, 0], values[2, 1] = 30, 10
    place.raster("people.tif", values)
    place.layer("data.gpkg", [place.point(0.25, 0.25)])
    found = place.measured(BY_PEOPLE, data(), sources={"people": {"path": "people.tif"}})
    assert found.values[0] == pytest.approx((30 * 0 + 10 * np.hypot(500, 500)) / 40)
    assert found.reasons[1:] == ["no_population"] * 3


def test_distance_of_pixels_that_a_border_cuts_counts_their_share(place):
    """One pixel of two kilometres holds everybody: each territory has a quarter, all at the centre."""
    place.raster("people.tif", np.array([[400.0]]))
    place.layer("data.gpkg", [place.point(1, 5)])
    found = place.measured(BY_PEOPLE, data(), sources={"people": {"path": "people.tif"}})
    assert found.values == pytest.approx([4000] * 4)


def test_distance_of_a_raster_in_its_own_rows_and_in_another_system(place):
    import geopandas

    south_up = rasterio.Affine(500, 0, 650_000, 0, 500, 6_860_000)
    values = np.arange(1.0, 17).reshape(4, 4)
    place.raster("people.tif", values, transform=south_up)
    place.layer("data.gpkg", [place.point(-1, -2)])
    asked = {"sources": {"people": {"path": "people.tif"}}}
    found = place.measured(BY_PEOPLE, data(), **asked)
    rows, columns = np.indices((4, 4))
    distance = np.hypot(250 + 500 * columns + 1000, 250 + 500 * rows + 2000)
    quarter = (slice(0, 2), slice(0, 2))
    assert found.values[0] == pytest.approx((distance * values)[quarter].sum() / values[quarter].sum())
    bounds = geopandas.GeoSeries([place.square(-1, -1, 4)], crs="EPSG:2154").to_crs("EPSG:4326").total_bounds
    place.raster("people.tif", np.ones((80, 80)), "EPSG:4326", rasterio.transform.from_bounds(*bounds, 80, 80))
    even = place.measured(BY_PEOPLE, data(), **asked)
    fine = (np.arange(100) + 0.5) * 10
    mean = np.hypot(*np.meshgrid(fine + 1000, fine + 2000)).mean()
    assert even.values[0] == pytest.approx(mean, rel=2e-3)


def test_distance_of_buildings_is_weighted_by_their_inhabitants(place):
    homes = [place.square(0.2, 0.2, 0.1), place.point(0.25, 0.65), place.point(1.5, 0.5)]
    place.layer("people.gpkg", homes, n=[1.0, 3.0, 0.0])
    place.layer("data.gpkg", [place.point(0.25, 0.25)])
    asked = {**BY_PEOPLE, "inhabitants": "n"}
    found = place.measured(asked, data(), sources={"people": {"path": "people.gpkg"}})
    assert found.values[0] == pytest.approx(3 * 400 / 4, abs=1e-6)
    assert found.reasons[1:] == ["no_population"] * 3


def test_distance_from_people_that_are_not_named_is_refused(place):
    place.layer("data.gpkg", [place.point(0.25, 0.25)])
    refusal = place.refused({**NEAREST, "from": "population"}, data())
    assert refusal.codes == ["measure.needs_population"]


# ── share within a distance


def test_share_around_a_point_is_a_disc(place):
    place.layer("data.gpkg", [place.point(0.5, 0.5), place.point(1, 1)])
    found = place.measured({**WITHIN, "distance_m": 400}, data())
    disc, quarter = np.pi * 0.4**2, np.pi * 0.2**2
    both = disc + quarter - lens(0.4, np.hypot(0.5, 0.5))
    assert found.values[1:] == pytest.approx([100 * quarter] * 3, rel=LOST)
    assert found.values[0] == pytest.approx(100 * both, rel=2 * LOST)


def lens(radius, distance):
    """Area common to two discs of one radius."""
    return 2 * radius**2 * np.arccos(distance / (2 * radius)) - distance / 2 * np.sqrt(4 * radius**2 - distance**2)


def test_share_around_a_line_is_a_stadium(place):
    place.territories_file("territories.gpkg", [place.square(0, 0, 2)])
    place.layer("data.gpkg", [shapely.LineString([place.point(0.6, 1), place.point(1.4, 1)])])
    stadium = 0.8 * 0.6 + np.pi * 0.3**2
    found = place.measured(WITHIN, data()).values[0]
    assert found == pytest.approx(100 * stadium / 4, rel=LOST)


def test_share_around_a_polygon_is_a_rounded_square_and_straight_sides_are_exact(place):
    place.territories_file("territories.gpkg", [place.square(0, 0, 2)])
    place.layer("data.gpkg", [place.square(0.5, 0.5, 1)])
    assert place.measured(WITHIN, data()).values[0] == pytest.approx(100 * (1 + 4 * 0.3 + np.pi * 0.09) / 4, rel=LOST)
    place.layer("data.gpkg", [shapely.LineString([place.point(1, -5), place.point(1, 5)])])
    assert place.measured(WITHIN, data()).values[0] == pytest.approx(100 * 0.6 / 2, rel=1e-12)


def test_features_outside_every_territory_reach_in(place):
    place.layer("data.gpkg", [place.square(-5, -1, 4.9)])
    found = place.measured(WITHIN, data())
    assert found.values == pytest.approx([20, 0, 20, 0])
    assert "covers_no_territory" not in found.checks


def test_share_of_a_population_raster(place):
    """All of 01001 lives in its south-west quarter, a half of which lies within the distance of the western edge."""
    values = np.zeros((4, 4))
    values[3, 0] = 100
    place.raster("people.tif", values)
    place.layer("data.gpkg", [shapely.LineString([place.point(0, -5), place.point(0, 5)])])
    asked = {**WITHIN, "distance_m": 250, "of": {"raster": "people"}}
    found = place.measured(asked, data(), sources={"people": {"path": "people.tif"}})
    assert found.values[0] == pytest.approx(50, rel=1e-6)
    assert found.reasons[1:] == ["no_population"] * 3


def test_share_of_buildings_with_and_without_inhabitants(place):
    homes = [place.square(0.2, 0.1, 0.2), place.point(0.1, 0.9), place.point(0.9, 0.5), place.point(1.5, 0.5)]
    place.layer("people.gpkg", homes, n=[40.0, 30.0, 10.0, 5.0])
    place.layer("data.gpkg", [shapely.LineString([place.point(0, -5), place.point(0, 5)])])
    people = {"sources": {"people": {"path": "people.gpkg"}}}
    counted = place.measured({**WITHIN, "of": {"buildings": "people"}}, data(), **people)
    assert counted.values[:2] == pytest.approx([100 * (0.5 + 1) / 3, 0])
    lived = place.measured({**WITHIN, "of": {"buildings": "people", "inhabitants": "n"}}, data(), **people)
    assert lived.values[:2] == pytest.approx([100 * (20 + 30) / 80, 0])
    assert lived.reasons[2:] == ["no_population"] * 2


def test_share_of_two_things_or_of_nothing_is_refused(place):
    place.layer("data.gpkg", [place.point(0.25, 0.25)])
    for of in ({"raster": "data", "buildings": "data"}, {"inhabitants": "n"}):
        assert place.refused({**WITHIN, "of": of}, data()).codes == ["measure.share_of_what"]


def test_gaps_repairs_and_layers_far_away(place):
    place.territories_file("territories.gpkg", [*place.squares()[:3], None])
    place.layer("data.gpkg", [place.point(50, 50)])
    found = place.measured(WITHIN, data())
    assert found.values[:3].tolist() == [0] * 3
    assert found.reasons[3] == "no_geometry"
    assert found.outcome("covers_no_territory") == "W"
    x, y = 650_000, 6_860_000
    place.layer("data.gpkg", [shapely.Polygon([(x, y), (x + 900, y + 900), (x + 900, y), (x, y + 900)])])
    found = place.measured(WITHIN, data())
    assert found.reasons == ["geometry_repaired"] * 3 + ["no_geometry"]


# ── properties

number = some.integers(0, 60).map(float)
xy = some.tuples(number, number)
feature = some.one_of(
    xy.map(shapely.Point),
    some.tuples(xy, xy).filter(lambda ends: ends[0] != ends[1]).map(shapely.LineString),
    some.tuples(xy, some.integers(1, 9)).map(lambda b: shapely.box(*b[0], b[0][0] + b[1], b[0][1] + b[1])),
)
features = some.lists(feature, min_size=1, max_size=8)
CELLS = np.array([shapely.box(x, y, x + 30, y + 30) for x in (0, 30) for y in (0, 30)])
ENGINE = Engine(1)


@settings(max_examples=60, deadline=None)
@given(features, some.lists(xy, min_size=1, max_size=20))
def test_distances_are_the_least_of_all(shapes, places):
    found = distances_m([np.array(places), np.empty((0, 2))], np.array(shapes), ENGINE)
    assert found[0] == pytest.approx([min(s.distance(shapely.Point(p)) for s in shapes) for p in places], abs=1e-9)
    assert found[1].size == 0


@settings(max_examples=40, deadline=None)
@given(features, some.floats(0.5, 20))
def test_parts_within_are_those_of_the_union_of_buffers(shapes, distance):
    everything = shapely.union_all([shapely.buffer(shape, distance, quad_segs=65) for shape in shapes])
    found = parts_within(CELLS, np.array(shapes), distance, ENGINE)
    assert shapely.area(found) == pytest.approx([(cell & everything).area for cell in CELLS], rel=1e-9, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(features, some.floats(0.5, 20), some.randoms())
def test_order_and_repetition_of_features_change_nothing(shapes, distance, random):
    again = shapes * 2
    random.shuffle(again)
    one, two = (shapely.area(parts_within(CELLS, np.array(some), distance, ENGINE)) for some in (shapes, again))
    assert one == pytest.approx(two, rel=1e-9, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(features, some.floats(1, 20))
def test_a_larger_distance_never_takes_away(shapes, distance):
    near, far = (shapely.area(parts_within(CELLS, np.array(shapes), d, ENGINE)) for d in (distance, 1.5 * distance))
    assert (far >= near - 1e-9).all()


@settings(max_examples=40, deadline=None)
@given(some.lists(some.tuples(xy, some.integers(1, 25)), min_size=1, max_size=8))
def test_parts_inside_are_those_of_the_union(corners):
    squares = np.array([shapely.box(*at, at[0] + side, at[1] + side) for at, side in corners])
    everything = shapely.union_all(squares)
    found = parts_inside(CELLS, squares, ENGINE)
    assert shapely.area(found) == pytest.approx([(cell & everything).area for cell in CELLS], abs=1e-9)


# ── real files


def test_forests_of_burgundy_within_300_m(shared_data, place):
    """A dozen communes against a union of buffers of each forest near, one commune after the other."""
    import geopandas

    folder = shared_data / "cote_dor_green"
    communes = geopandas.read_file(folder / "communes-21-cote-d-or.geojson").to_crs("EPSG:2154")
    forests = geopandas.read_file(folder / "forets-bourgogne.gpkg").to_crs("EPSG:2154")
    forests = forests[forests.intersects(shapely.box(*communes.total_bounds).buffer(300))]
    shapes = shapely.make_valid(forests.geometry.to_numpy(), method="structure", keep_collapsed=False)
    near = communes[communes.intersects(forests.geometry.iloc[len(forests) // 2].buffer(5000))].head(12)
    place.territories_file("territories.gpkg", list(near.geometry))
    source = {"path": str(folder / "forets-bourgogne.gpkg")}
    found = place.measured(WITHIN, source)
    expected = []
    for commune in near.geometry:
        around = shapes[shapely.dwithin(shapes, commune, 300)]
        covered = shapely.union_all(shapely.buffer(around, 300, quad_segs=65)) & commune
        expected.append(100 * covered.area / commune.area)
    assert found.values == pytest.approx(expected, rel=1e-6, abs=1e-6)
    assert max(expected) > 10


def test_france_services_nearest_to_the_communes_of_isere(shared_data, place):
    import geopandas

    communes = geopandas.read_file(shared_data / "isere_flood" / "communes-38-isere.geojson").to_crs("EPSG:2154")
    services = shared_data / "anct_services" / "france_services.geojson"
    points = geopandas.read_file(services).to_crs("EPSG:2154").geometry
    points = points[~points.is_empty & points.notna()]
    place.territories_file("territories.gpkg", list(communes.geometry))
    found = place.measured(NEAREST, {"path": str(services)})
    centroids, xy = communes.centroid, shapely.get_coordinates(points.to_numpy())
    xy = xy[np.isfinite(xy).all(axis=1)]
    expected = [np.hypot(*(xy - shapely.get_coordinates(c)[0]).T).min() for c in centroids]
    assert found.values == pytest.approx(expected, rel=1e-9)
