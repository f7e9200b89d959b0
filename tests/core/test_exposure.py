"""Inhabitants exposed, held against closed forms and slow counts; what is not known is missing, never zero."""

from __future__ import annotations

import geopandas
import numpy as np
import pytest
import rasterio
import shapely

EXPOSED = {"kind": "population_exposed", "population": "people"}
SHARE = {"kind": "share_exposed", "population": "people"}
RASTER = {"sources": {"people": {"path": "people.tif"}}}
BUILDINGS = {"sources": {"people": {"path": "people.gpkg"}}}


def both(place, measure_changes=None, **changes):
    more = measure_changes or {}
    return [place.measured({**asked, **more}, {"path": "zones.gpkg"}, **changes) for asked in (EXPOSED, SHARE)]


# ── a raster


def test_even_population_is_exposed_by_area(place):
    """Ten inhabitants on each of 16 pixels of half a kilometre; the zone cuts pixels."""
    place.raster("people.tif", np.full((4, 4), 10.0))
    place.layer("zones.gpkg", [place.square(0.25, 0.25, 1.0)])
    exposed, share = both(place, **RASTER)
    areas_km2 = np.array([0.75 * 0.75, 0.25 * 0.75, 0.25 * 0.75, 0.25 * 0.25])
    assert exposed.values == pytest.approx(40 * areas_km2, rel=1e-6)
    assert share.values == pytest.approx(100 * areas_km2, rel=1e-6)
    assert exposed.coverage == pytest.approx([1] * 4, rel=1e-6)


def test_overlapping_zones_expose_an_inhabitant_once(place):
    place.raster("people.tif", np.arange(16.0).reshape(4, 4))
    place.layer("zones.gpkg", [place.square(0, 0, 2), place.square(0, 0, 1), place.square(0.5, 0.5, 1)])
    exposed, share = both(place, **RASTER)
    assert share.values == pytest.approx([100] * 4)
    assert exposed.values == pytest.approx([8 + 9 + 12 + 13, 10 + 11 + 14 + 15, 0 + 1 + 4 + 5, 2 + 3 + 6 + 7])


def test_raster_that_a_territory_leaves_and_one_that_it_never_meets(place):
    place.raster(
        "people.tif", np.full((2, 1), 5.0), transform=rasterio.transform.from_origin(650_000, 6_862_000, 500, 1000)
    )
    place.layer("zones.gpkg", [place.square(0, 0, 2)])
    exposed, share = both(place, **RASTER)
    assert exposed.values[[0, 2]].tolist() == [5, 5]
    assert exposed.coverage == pytest.approx([0.5, 0, 0.5, 0])
    assert exposed.reasons == share.reasons == ["", "outside_raster", "", "outside_raster"]
    assert exposed.count("partly_covered") == 2


def test_no_inhabitant_is_no_share_and_nobody_exposed(place):
    values = np.zeros((2, 2))
    values[1, 0] = 4
    place.raster("people.tif", values)
    place.layer("zones.gpkg", [place.square(0, 0, 0.5)])
    exposed, share = both(place, **RASTER)
    assert exposed.values.tolist() == [1, 0, 0, 0]
    assert share.values[0] == 25
    assert share.reasons[1:] == ["no_population"] * 3


def test_negative_and_absent_pixels_are_no_inhabitants(place):
    place.raster("people.tif", np.array([[-200.0, -9.0], [6.0, -200.0]]), nodata=-9.0)
    place.layer("zones.gpkg", [place.square(0, 0, 2)])
    exposed, _ = both(place, **RASTER)
    assert exposed.values[0] == 6
    assert exposed.reasons == ["", *["outside_raster"] * 3]


def test_raster_of_another_system_agrees_with_a_fine_count(place):
    """Pixels in degrees; the slow count throws places into each pixel."""
    random = np.random.default_rng(1)
    values = random.uniform(0, 100, (12, 12))
    degrees = geopandas.GeoSeries([place.square(-0.5, -0.5, 3)], crs="EPSG:2154").to_crs("EPSG:4326").total_bounds
    transform = rasterio.transform.from_bounds(*degrees, 12, 12)
    place.raster("people.tif", values, crs="EPSG:4326", transform=transform)
    zone = place.point(1.0, 1.0).buffer(700)
    place.layer("zones.gpkg", [zone])
    exposed, _ = both(place, **RASTER)
    assert exposed.outcome("zones_reprojected") == "R"
    fine = 40
    rows, columns = (np.indices((12 * fine, 12 * fine)) + 0.5) / fine
    x, y = transform * (columns.ravel(), rows.ravel())
    points = geopandas.GeoSeries(shapely.points(x, y), crs="EPSG:4326").to_crs("EPSG:2154").to_numpy()
    people = np.repeat(np.repeat(values, fine, 0), fine, 1).ravel() / fine**2
    inside = shapely.contains(zone, points)
    expected = [people[inside & shapely.contains(cell, points)].sum() for cell in place.squares()]
    assert exposed.values == pytest.approx(expected, rel=5e-3)


def test_rotated_raster_is_read_in_its_own_rows(place):
    transform = rasterio.Affine(500, 0, 650_000, 0, 500, 6_860_000)
    place.raster("people.tif", np.array([[1.0] * 4, [1.0] * 4, [2.0] * 4, [2.0] * 4]), transform=transform)
    place.layer("zones.gpkg", [place.square(0, 0, 2)])
    exposed, _ = both(place, **RASTER)
    assert exposed.values == pytest.approx([4, 4, 8, 8])


# ── points and buildings


def test_points_count_where_they_lie_and_buildings_by_their_share(place):
    geometry = [place.point(0.2, 0.2), place.point(0.8, 0.8), place.square(0.4, 0.4, 0.2), place.square(0.9, 0.1, 0.2)]
    place.layer("people.gpkg", geometry, n=[10.0, 20.0, 40.0, 100.0])
    place.layer("zones.gpkg", [place.square(0, 0, 0.5), place.square(0.95, 0.1, 0.1)])
    exposed, share = both(place, {"inhabitants": "n"}, **BUILDINGS)
    assert exposed.values == pytest.approx([10 + 40 / 4 + 12.5, 12.5, 0, 0])
    assert share.values[:2] == pytest.approx([100 * 32.5 / (10 + 20 + 40 + 50), 100 * 12.5 / 50])
    assert share.reasons[2:] == ["no_population"] * 2


def test_point_on_a_shared_border_is_counted_once(place):
    place.layer("people.gpkg", [place.point(1, 0.5)], n=[8])
    place.layer("zones.gpkg", [place.square(0, 0, 2)])
    exposed, share = both(place, {"inhabitants": "n"}, **BUILDINGS)
    assert exposed.values.tolist() == [8, 0, 0, 0]
    assert share.values[0] == 100


def test_unknown_and_negative_inhabitants_are_left_out_and_told(place):
    points = [place.point(0.2, 0.2), place.point(0.3, 0.3), place.point(0.4, 0.4)]
    place.layer("people.gpkg", points, n=[10.0, None, -3.0])
    place.layer("zones.gpkg", [place.square(0, 0, 0.25)])
    exposed, share = both(place, {"inhabitants": "n"}, **BUILDINGS)
    assert (exposed.values[0], share.values[0]) == (10, 100)
    assert (exposed.outcome("inhabitants_unknown"), exposed.count("inhabitants_unknown")) == ("W", 1)
    assert exposed.count("negative_population") == 1


def test_repeated_buildings_count_once(place):
    place.layer("people.gpkg", [place.square(0.1, 0.1, 0.1)] * 3, n=[5, 5, 5])
    place.layer("zones.gpkg", [place.square(0, 0, 1)])
    exposed, _ = both(place, {"inhabitants": "n"}, **BUILDINGS)
    assert exposed.values[0] == 5
    assert exposed.count("duplicated_features") == 2


def test_exposed_buildings_agree_with_a_slow_count(place):
    random = np.random.default_rng(4)
    low, high = [649_800, 6_859_800], [652_200, 6_862_200]
    discs = [
        shapely.Point(xy).buffer(r) for xy, r in zip(random.uniform(low, high, (25, 2)), random.uniform(50, 400, 25))
    ]
    corners = random.uniform(low, high, (150, 2))
    houses = [shapely.affinity.rotate(shapely.box(x, y, x + 60, y + 30), a) for (x, y), a in zip(corners, range(150))]
    people = random.integers(0, 50, 150)
    place.layer("people.gpkg", houses, n=people)
    place.layer("zones.gpkg", discs)
    exposed, share = both(place, {"inhabitants": "n"}, **BUILDINGS)
    everything = shapely.union_all(discs)
    expected, whole = (
        np.array([sum(n * (h & part).area / h.area for h, n in zip(houses, people)) for part in parts])
        for parts in ([cell & everything for cell in place.squares()], place.squares())
    )
    assert exposed.values == pytest.approx(expected, rel=1e-9)
    assert share.values == pytest.approx(100 * expected / whole, rel=1e-9)


# ── what goes wrong


def test_population_that_serves_nothing_is_refused(place):
    place.layer("zones.gpkg", [place.square(0, 0)])
    place.layer("people.gpkg", [place.point(0.5, 0.5)], n=[1])
    assert place.refused(EXPOSED, {"path": "zones.gpkg"}, **BUILDINGS).codes == ["population.no_inhabitants"]
    asked = {**EXPOSED, "inhabitants": "m"}
    assert place.refused(asked, {"path": "zones.gpkg"}, **BUILDINGS).codes == ["source.no_field"]
    place.layer("people.gpkg", [shapely.LineString([place.point(0, 0), place.point(1, 1)])], n=[1])
    refusal = place.refused({**EXPOSED, "inhabitants": "n"}, {"path": "zones.gpkg"}, **BUILDINGS)
    assert refusal.codes == ["population.lines"]


def test_zones_that_are_no_polygons_are_refused(place):
    place.raster("people.tif", np.ones((2, 2)))
    place.layer("zones.gpkg", [place.point(0.5, 0.5)])
    assert place.refused(EXPOSED, {"path": "zones.gpkg"}, **RASTER).codes == ["source.not_polygons"]


def test_gaps_repairs_and_layers_far_away(place):
    place.territories_file("territories.gpkg", [*place.squares()[:3], None])
    place.raster("people.tif", np.ones((2, 2)))
    place.layer("zones.gpkg", [place.square(50, 50)])
    for found in both(place, **RASTER):
        assert found.reasons == ["", "", "", "no_geometry"]
        assert found.values[:3].tolist() == [0] * 3
        assert found.outcome("covers_no_territory") == "W"
    x, y = 650_000, 6_860_000
    place.layer("zones.gpkg", [shapely.Polygon([(x, y), (x + 1000, y + 1000), (x + 1000, y), (x, y + 1000)])])
    exposed, _ = both(place, **RASTER)
    assert (exposed.reasons[0], exposed.flags[0]) == ("geometry_repaired", "repaired")
    assert exposed.values[0] == pytest.approx(0.5, rel=1e-6)
