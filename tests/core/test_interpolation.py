"""Interpolation from another zoning: closed forms, conservation of totals, and one slow loop over all pairs."""

from __future__ import annotations

import geopandas
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as some

from smart_territoires_plugin.core.engine import Engine
from smart_territoires_plugin.core.measures.intersections import intersections

TOTAL = {"kind": "interpolate", "field": "v", "nature": "extensive"}
RATE = {"kind": "interpolate", "field": "v", "nature": "intensive"}
SOURCE = {"path": "zones.gpkg"}


class Bare:
    """What ``intersections`` asks of the sources of a run, without any file."""

    store = None
    engine = Engine(1)

    @staticmethod
    def key_of(*_, **__):
        return None


def voronoi(number, seed, low=(650_000, 6_860_000), side=10_000):
    random = np.random.default_rng(seed)
    frame = shapely.box(*low, low[0] + side, low[1] + side)
    centres = shapely.MultiPoint(random.uniform(low, np.add(low, side), size=(number, 2)))
    return [cell & frame for cell in shapely.voronoi_polygons(centres, extend_to=frame).geoms]


# ── closed forms


def test_total_is_shared_by_area_and_a_rate_holds_everywhere(place):
    place.layer("zones.gpkg", [place.square(0, 0, 2)], v=[80.0])
    assert place.measured(TOTAL, SOURCE).values == pytest.approx([20] * 4)
    assert place.measured(RATE, SOURCE).values == pytest.approx([80] * 4)


def test_zones_that_cut_territories(place):
    """Two strips: the western one to x = 0.5 km, the eastern one beyond."""
    west = shapely.box(650_000, 6_860_000, 650_500, 6_862_000)
    east = shapely.box(650_500, 6_860_000, 652_000, 6_862_000)
    place.layer("zones.gpkg", [west, east], v=[10.0, 30.0])
    total = place.measured(TOTAL, SOURCE)
    assert total.values == pytest.approx([5 + 5, 10, 5 + 5, 10])
    assert total.coverage == pytest.approx([1] * 4)
    assert place.measured(RATE, SOURCE).values == pytest.approx([20, 30, 20, 30])
    assert "interpolated_outside" not in total.checks


def test_what_lies_outside_stays_outside_and_is_told(place):
    place.layer("zones.gpkg", [place.square(1, 0, 4), place.square(0, 0)], v=[160.0, 7.0])
    found = place.measured(TOTAL, SOURCE)
    assert found.values[[0, 1, 3]] == pytest.approx([7, 10, 10])
    assert found.reasons[2] == "outside_zones"
    assert found.examples("interpolated_outside") == "140 / 167"
    assert found.outcome("outside_zones") == "M"


def test_territory_covered_in_part_says_so(place):
    place.layer("zones.gpkg", [place.square(0, 0, 0.5)], v=[8.0])
    for asked in (TOTAL, RATE):
        found = place.measured(asked, SOURCE)
        assert found.values[0] == pytest.approx(8)
        assert found.coverage[0] == pytest.approx(0.25)
        assert found.examples("zones_cover_in_part") == "01001 25.0 %"
        assert found.reasons[1:] == ["outside_zones"] * 3


def test_zone_without_a_value_makes_totals_missing_and_leaves_rates_their_share(place):
    halves = [shapely.box(650_000, 6_860_000, 650_500, 6_862_000), shapely.box(650_500, 6_860_000, 652_000, 6_862_000)]
    place.layer("zones.gpkg", halves, v=["s", "30"])
    total = place.measured(TOTAL, SOURCE)
    assert total.reasons == ["withheld", "", "withheld", ""]
    assert total.values[[1, 3]] == pytest.approx([10, 10])
    rate = place.measured(RATE, SOURCE)
    assert rate.values == pytest.approx([30] * 4)
    assert rate.coverage == pytest.approx([0.5, 1, 0.5, 1])
    place.layer("zones.gpkg", [place.square(0, 0), place.square(1, 0)], v=["n/d", "30"])
    assert place.measured(RATE, SOURCE).reasons == ["absent", "", "outside_zones", "outside_zones"]


def test_sliver_of_a_zone_without_a_value_costs_nothing(place):
    """Its border runs a tenth of a millimetre inside the territory."""
    edge = 651_000.0001
    zones = [shapely.box(650_000, 6_860_000, edge, 6_862_000), shapely.box(edge, 6_860_000, 652_000, 6_862_000)]
    place.layer("zones.gpkg", zones, v=["s", "30"])
    found = place.measured(TOTAL, SOURCE)
    assert found.values[[1, 3]] == pytest.approx([15, 15])
    assert found.reasons == ["withheld", "", "withheld", ""]


def test_repeated_zones_count_once_and_overlapping_ones_are_told(place):
    place.layer("zones.gpkg", [place.square(0, 0, 2)] * 2, v=[80.0, 80.0], name=["a", "b"])
    found = place.measured(TOTAL, SOURCE)
    assert found.values == pytest.approx([20] * 4)
    assert (found.outcome("duplicated_features"), found.count("duplicated_features")) == ("R", 1)
    place.layer("zones.gpkg", [place.square(0, 0, 2), place.square(0, 0)], v=[80.0, 8.0])
    both = place.measured(TOTAL, SOURCE)
    assert both.values == pytest.approx([28, 20, 20, 20])
    assert both.outcome("source_zones_overlap") == "W"
    assert both.examples("source_zones_overlap") == "01001 1000000 m²"


# ── on a raster


def test_total_on_a_raster_follows_what_it_holds(place):
    """Of the zone's raster, 01001 has 6 of 10, 01002 has 4, and the rest nothing."""
    place.raster("people.tif", np.array([[0.0, 0.0], [6.0, 4.0]]))
    place.layer("zones.gpkg", [place.square(0, 0, 2)], v=[50.0])
    people = {"sources": {"people": {"path": "people.tif"}}}
    found = place.measured({**TOTAL, "on": "people"}, SOURCE, **people)
    assert found.values == pytest.approx([30, 20, 0, 0], rel=1e-6)


def test_total_on_a_raster_leaves_outside_what_the_raster_holds_there(place):
    place.raster("people.tif", np.array([[1.0, 1.0], [2.0, 6.0]]))
    place.territories_file("territories.gpkg", place.squares()[:1])
    place.layer("zones.gpkg", [place.square(0, 0, 2)], v=[50.0])
    found = place.measured({**TOTAL, "on": "people"}, SOURCE, sources={"people": {"path": "people.tif"}})
    assert found.values == pytest.approx([10], rel=1e-6)
    assert found.examples("interpolated_outside") == "40 / 50"


def test_zone_and_territory_without_anything_in_the_raster_go_by_area(place):
    place.raster("people.tif", np.array([[0.0, 0.0], [3.0, 0.0]]))
    people = {"sources": {"people": {"path": "people.tif"}}}
    place.layer("zones.gpkg", [place.square(1, 0), place.square(0, 0)], v=[50.0, 7.0])
    total = place.measured({**TOTAL, "on": "people"}, SOURCE, **people)
    assert total.values[:2] == pytest.approx([7, 50])
    assert total.outcome("area_instead_of_raster") == "W"
    rate = place.measured({**RATE, "on": "people"}, SOURCE, **people)
    assert rate.values[:2] == pytest.approx([7, 50])
    assert rate.examples("area_instead_of_raster") == "01002"


def test_rate_on_a_raster_is_weighted_by_what_it_holds(place):
    place.raster("people.tif", np.array([[1.0, 1.0, 1.0, 1.0]] * 2 + [[9.0, 1.0, 1.0, 1.0]] * 2))
    halves = [shapely.box(650_000, 6_860_000, 650_500, 6_862_000), shapely.box(650_500, 6_860_000, 652_000, 6_862_000)]
    place.layer("zones.gpkg", halves, v=[10.0, 30.0])
    found = place.measured({**RATE, "on": "people"}, SOURCE, sources={"people": {"path": "people.tif"}})
    assert found.values == pytest.approx([12, 30, 20, 30], rel=1e-6)


# ── what goes wrong


def test_wrong_layers_and_fields_are_refused(place):
    place.layer("zones.gpkg", [place.point(0.5, 0.5)], v=[1.0])
    assert place.refused(TOTAL, SOURCE).codes == ["source.not_polygons"]
    place.layer("zones.gpkg", [place.square(0, 0)], valeur=[1.0])
    refusal = place.refused({**TOTAL, "field": "valuer"}, SOURCE)
    assert refusal.codes == ["source.no_field"]
    assert "valeur" in refusal.en


def test_gaps_repairs_and_layers_far_away(place):
    place.territories_file("territories.gpkg", [*place.squares()[:3], None])
    place.layer("zones.gpkg", [place.square(50, 50)], v=[1.0])
    found = place.measured(TOTAL, SOURCE)
    assert found.reasons == ["outside_zones"] * 3 + ["no_geometry"]
    assert found.outcome("covers_no_territory") == "W"
    x, y = 650_000, 6_860_000
    tie = shapely.Polygon([(x, y), (x + 1000, y + 1000), (x + 1000, y), (x, y + 1000)])
    place.layer("zones.gpkg", [tie], v=[6.0])
    found = place.measured(TOTAL, SOURCE)
    assert (found.values[0], found.reasons[0]) == (pytest.approx(6), "geometry_repaired")


# ── conservation and an independent slow computation


@pytest.mark.parametrize("seed", range(3))
def test_totals_between_two_random_zonings_are_conserved(place, seed):
    values = np.random.default_rng(seed).uniform(0, 1000, 60)
    place.territories_file("territories.gpkg", voronoi(90, 10 + seed))
    place.layer("zones.gpkg", voronoi(60, 20 + seed), v=values)
    found = place.measured(TOTAL, SOURCE)
    assert found.values.sum() == pytest.approx(values.sum(), rel=1e-9)
    assert "interpolated_outside" not in found.checks


def test_totals_on_a_raster_are_conserved(place):
    from rasterio.transform import from_origin

    random = np.random.default_rng(8)
    values = random.uniform(0, 1000, 30)
    pixels = random.uniform(0, 50, (70, 70))
    place.raster("people.tif", pixels, transform=from_origin(649_900, 6_870_100, 150, 150))
    place.territories_file("territories.gpkg", voronoi(50, 1))
    place.layer("zones.gpkg", voronoi(30, 2), v=values)
    found = place.measured({**TOTAL, "on": "people"}, SOURCE, sources={"people": {"path": "people.tif"}})
    assert found.values.sum() == pytest.approx(values.sum(), rel=1e-9)


@pytest.mark.parametrize("asked", [TOTAL, RATE])
def test_values_are_those_of_a_loop_over_all_pairs(place, asked):
    """Zones that reach beyond the territories, and territories that zones leave."""
    territories, zones = voronoi(40, 3), voronoi(30, 4, low=(652_000, 6_858_000))
    values = np.random.default_rng(5).uniform(0, 100, 30)
    place.territories_file("territories.gpkg", territories)
    place.layer("zones.gpkg", zones, v=values)
    found = place.measured(asked, SOURCE)
    for index, cell in enumerate(territories):
        shared = np.array([(cell & zone).area for zone in zones])
        if shared.sum() <= 1e-6 * cell.area:
            assert found.reasons[index] == "outside_zones"
            continue
        whole = np.array([zone.area for zone in zones])
        expected = (values * shared / whole).sum() if asked is TOTAL else (values * shared).sum() / shared.sum()
        assert found.values[index] == pytest.approx(expected, rel=1e-9)
        assert found.coverage[index] == pytest.approx(min(1, shared.sum() / cell.area), abs=1e-9)


number = some.integers(0, 50).map(float)
squares = some.lists(some.tuples(number, number, some.integers(1, 20)), min_size=1, max_size=8).map(
    lambda found: np.array([shapely.box(x, y, x + side, y + side) for x, y, side in found])
)
CELLS = np.array([shapely.box(x, y, x + 30, y + 30) for x in (0, 30) for y in (0, 30)])


@settings(max_examples=60, deadline=None)
@given(squares)
def test_pairs_are_those_of_a_loop_and_say_what_is_counted_twice(zones):
    found = intersections(CELLS, zones, Bare, "zones", None)
    expected = {(t, z): (a & b).area for t, a in enumerate(CELLS) for z, b in enumerate(zones) if (a & b).area > 0}
    assert list(zip(found.territory.tolist(), found.zone.tolist())) == sorted(expected)
    assert found.areas_m2.tolist() == pytest.approx([expected[pair] for pair in sorted(expected)])
    united = shapely.area(shapely.intersection(CELLS, shapely.union_all(zones)))
    sums = np.bincount(found.territory, found.areas_m2, len(CELLS))
    assert found.doubled_m2 == pytest.approx(sums - united, abs=1e-9)


# ── real files


def test_consumption_of_the_epci_of_idf_goes_to_the_communes_and_none_is_lost(shared_data, place):
    """Communes of another drawing than the EPCI: what the communes get and what stays outside make the total."""
    table = pd.read_csv(shared_data / "idf_energy" / "airparif_consommation_epci.csv", dtype={"epci": str})
    table = table[table["annee"] == table["annee"].max()].groupby("epci")["consommation"].sum()
    epci = geopandas.read_file(shared_data / "idf_energy" / "EPCI-ile-de-france.geojson").to_crs("EPSG:2154")
    epci = epci[epci["code"].isin(table.index)]
    assert len(epci) > 40
    place.layer("zones.gpkg", list(epci.geometry), v=table[epci["code"]].to_numpy())
    communes = geopandas.read_file(shared_data / "idf_communes" / "communes-ile-de-france.geojson").to_crs("EPSG:2154")
    place.territories_file("territories.gpkg", list(communes.geometry))
    found = place.measured(TOTAL, SOURCE)
    everything = shapely.union_all(shapely.make_valid(communes.geometry.to_numpy(), method="structure"))
    valid = shapely.make_valid(epci.geometry.to_numpy(), method="structure")
    inside = np.array([(zone & everything).area / zone.area for zone in valid])
    expected = (table[epci["code"]].to_numpy() * inside).sum()
    assert np.nansum(found.values) == pytest.approx(expected, rel=1e-5)
    assert expected > 0.99 * table[epci["code"]].sum()
