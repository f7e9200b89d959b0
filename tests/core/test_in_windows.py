"""Exposure and proximity window by window over large layers: what the whole gives, and what is told of it."""

from __future__ import annotations

import warnings

import geopandas
import numpy as np
import pytest
import shapely

from smart_territoires_plugin.core.measures import interpolation, people_in_parts
from smart_territoires_plugin.core.sources import blocks
from tests.core.test_held import messy_features, told

ZONES = {"path": "zones.gpkg"}
RASTER = {"sources": {"people": {"path": "people.tif"}}}
BUILDINGS = {"sources": {"people": {"path": "people.gpkg"}}}
EXPOSED, NEAR = {"population": "people"}, {"kind": "share_within", "distance_m": 60}
KINDS = {
    "exposed_raster": ({"kind": "population_exposed", **EXPOSED}, RASTER),
    "exposed_buildings": ({"kind": "population_exposed", **EXPOSED, "inhabitants": "n"}, BUILDINGS),
    "share_exposed": ({"kind": "share_exposed", **EXPOSED, "inhabitants": "n"}, BUILDINGS),
    "near_area": (NEAR, {}),
    "near_raster": ({**NEAR, "of": {"raster": "people"}}, RASTER),
    "near_inhabitants": ({**NEAR, "of": {"buildings": "people", "inhabitants": "n"}}, BUILDINGS),
    "near_buildings": ({**NEAR, "of": {"buildings": "people"}}, BUILDINGS),
}


def write(place, name, shapes, **columns):
    frame = geopandas.GeoDataFrame(columns, geometry=shapes, crs="EPSG:2154")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame.to_file(place.folder / name)


@pytest.fixture
def messy(place):
    """Synthetic zones that overlap, repeat, cross themselves or are none; people on a raster and in buildings.

    Buildings stand across borders, points on them; some repeat, some have no number or a negative one.
    """
    random = np.random.default_rng(11)
    zones = [one for one in messy_features(random, 160) if one is None or "Polygon" in one.geom_type or one.is_empty]
    zones = [*zones, zones[3], shapely.GeometryCollection([place.point(0.2, 0.2), place.square(0.1, 0.1, 0.2)])]
    write(place, "zones.gpkg", zones, number=range(len(zones)))
    place.raster("people.tif", random.integers(0, 50, (20, 20)).astype(float))
    corners = random.uniform(-0.1, 2.0, (120, 2))
    homes = [place.square(x, y, 0.06) for x, y in corners]
    homes += [place.square(0.97, y, 0.06) for y in (0.2, 0.97, 1.4)]
    homes += [place.point(1.0, y) for y in np.linspace(0.05, 1.95, 20)] + [place.point(x, 1.0) for x in (0.3, 1.0, 1.7)]
    homes += [homes[5], None]
    numbers = random.integers(0, 30, len(homes)).astype(float)
    numbers[-2] = numbers[5]
    numbers[[7, 60]], numbers[9] = np.nan, -4
    write(place, "people.gpkg", homes, n=numbers)
    return place


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("features", [8, 40])
def test_windows_over_large_layers_give_what_the_whole_gives(messy, monkeypatch, kind, features):
    asked, more = KINDS[kind]
    whole = messy.measured(asked, ZONES, **more)
    monkeypatch.setattr(blocks, "FEATURES", features)
    seen, plain = [], people_in_parts.windows_over
    monkeypatch.setattr(
        people_in_parts, "windows_over", lambda *given: (seen.append(one) or one for one in plain(*given))
    )
    found = messy.measured(asked, ZONES, **more)
    assert len(seen) > 1 and sorted(row for window in seen for row in window.own) == [0, 1, 2, 3]
    assert found.values == pytest.approx(whole.values, rel=1e-9, nan_ok=True)
    assert found.coverage == pytest.approx(whole.coverage, rel=1e-9)
    assert (found.flags, found.reasons) == (whole.flags, whole.reasons)
    assert told(found) == told(whole)
    assert {"invalid_geometry", "no_geometry", "polygon_parts_kept"} <= set(found.checks) or "near" in kind


@pytest.mark.parametrize("large", ["zones", "people"])
def test_one_large_layer_beside_a_small_one(messy, monkeypatch, large):
    asked, more = KINDS["exposed_buildings"]
    other = {"zones": "people.gpkg", "people": "zones.gpkg"}[large]
    frame = geopandas.read_file(messy.folder / other)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame[~frame.geometry.isna()].to_file(messy.folder / f"{other[:-5]}.geojson", driver="GeoJSON")
    zones = {"path": "zones.geojson"} if large == "people" else ZONES
    people = {"sources": {"people": {"path": "people.geojson"}}} if large == "zones" else more
    whole = messy.measured(asked, zones, **people)
    monkeypatch.setattr(blocks, "FEATURES", 8)
    found = messy.measured(asked, zones, **people)
    assert found.values == pytest.approx(whole.values, rel=1e-9)
    assert told(found) == told(whole)


def test_a_point_on_a_border_counts_in_the_first_territory_in_any_window(place, monkeypatch):
    """Four inhabitants on the common corner of all territories, two on a border; zones everywhere."""
    write(
        place, "people.gpkg", [place.point(1, 1), place.point(1, 0.5), *[place.point(0.2, 1.7)] * 1], n=[4.0, 2.0, 1.0]
    )
    write(place, "zones.gpkg", [place.square(x / 4, y / 4, 0.5) for x in range(8) for y in range(8)], number=range(64))
    monkeypatch.setattr(blocks, "FEATURES", 8)
    found = place.measured({"kind": "population_exposed", **EXPOSED, "inhabitants": "n"}, ZONES, **BUILDINGS)
    assert found.values.tolist() == [6, 0, 1, 0]


def test_lines_are_no_population_in_any_window(place, monkeypatch):
    lines = [shapely.LineString([place.point(x / 40, 0), place.point(x / 40, 1)]) for x in range(40)]
    write(place, "people.gpkg", lines, n=[1.0] * 40)
    write(place, "zones.gpkg", [place.square(0, 0, 2)], number=[1])
    monkeypatch.setattr(blocks, "FEATURES", 8)
    refused = place.refused({"kind": "population_exposed", **EXPOSED, "inhabitants": "n"}, ZONES, **BUILDINGS)
    assert refused.codes == ["population.lines"]


@pytest.fixture
def zoning(place):
    """Synthetic zones with values: a grid that reaches beyond the territories, odd ones over it, some without value."""
    random = np.random.default_rng(4)
    grid = [place.square(x, y, 0.3) for x in np.arange(-0.4, 2.2, 0.3) for y in np.arange(-0.4, 1.6, 0.3)]
    odd = [one for one in messy_features(random, 20) if one is not None and "Polygon" in one.geom_type]
    zones = [*grid, *odd, grid[30], None, place.point(0.5, 0.5)]
    values = random.lognormal(3, 1, len(zones))
    values[len(grid) + len(odd)] = values[30]
    values[[44, 45]] = np.nan
    write(place, "zones.gpkg", zones, v=values)
    people = random.integers(0, 9, (20, 20)).astype(float)
    people[:5, :5] = 0
    place.raster("people.tif", people)
    return place


@pytest.mark.parametrize("on", [{}, {"on": "people"}], ids=["area", "dasymetric"])
@pytest.mark.parametrize("nature", ["extensive", "intensive"])
@pytest.mark.parametrize("features", [6, 30])
def test_zones_of_a_large_zoning_give_what_the_whole_gives(zoning, monkeypatch, nature, on, features):
    asked = {"kind": "interpolate", "field": "v", "nature": nature, **on}
    whole = zoning.measured(asked, ZONES, **RASTER)
    monkeypatch.setattr(blocks, "FEATURES", features)
    seen, plain = [], interpolation.windows_of
    monkeypatch.setattr(interpolation, "windows_of", lambda *given: (seen.append(one) or one for one in plain(*given)))
    found = zoning.measured(asked, ZONES, **RASTER)
    assert len(seen) > 1
    assert found.values == pytest.approx(whole.values, rel=1e-9, nan_ok=True)
    assert found.coverage == pytest.approx(whole.coverage, rel=1e-9)
    assert (found.flags, found.reasons) == (whole.flags, whole.reasons)
    assert told(found) == told(whole)
    if nature == "extensive" and not on:
        lost = [[float(part) for part in one.examples("interpolated_outside").split(" / ")] for one in (found, whole)]
        assert lost[0] == pytest.approx(lost[1], rel=1e-5)
    assert {"source_zones_overlap", "duplicated_features", "no_polygon"} <= set(found.checks)


@pytest.mark.parametrize("way", [{}, {"from": "population", "population": "people"}], ids=["centroid", "population"])
@pytest.mark.parametrize("features", [6, 30])
def test_the_nearest_of_a_large_layer_is_the_nearest_of_the_whole(messy, monkeypatch, way, features):
    """Features near and far, and a large empty part of the plane in which the nearest lies beyond the window."""
    asked = {"kind": "distance_to_nearest", **way}
    frame = geopandas.read_file(messy.folder / "zones.gpkg")
    shapes = [one for one in frame.geometry if one is not None and not one.intersects(messy.square(-0.5, 0.4, 2.2))]
    write(messy, "zones.gpkg", [*shapes, None, messy.point(40, 40)], number=range(len(shapes) + 2))
    whole = messy.measured(asked, ZONES, **(RASTER if way else {}))
    monkeypatch.setattr(blocks, "FEATURES", features)
    found = messy.measured(asked, ZONES, **(RASTER if way else {}))
    assert found.values == pytest.approx(whole.values, rel=1e-12) and max(found.values) > 100
    assert (found.flags, found.reasons) == (whole.flags, whole.reasons)
    assert {"no_geometry"} <= set(found.checks)
