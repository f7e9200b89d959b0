"""What goes wrong in vector files: each case repaired and counted, warned of, refused in a line, or missing."""

from __future__ import annotations

import sqlite3
import struct
import warnings

import geopandas
import numpy as np
import pytest
import shapely

SHARE = {"kind": "coverage_share"}
AREA = {"kind": "coverage_area"}
KM2 = 1_000_000.0


def corner(place, side_km=0.5):
    """A square in the south-west corner of territory 01001."""
    return place.square(0, 0, side_km)


# ── Geometries (1–8, 13, 14)


def test_overlapping_parts_keep_their_true_area(place):
    """Two parts that overlap by half: the default repair would keep the exclusive-or."""
    parts = shapely.MultiPolygon(
        [place.square(0, 0, 0.5), shapely.transform(place.square(0, 0, 0.5), lambda c: c + [250, 0])]
    )
    assert not parts.is_valid
    place.layer("zones.gpkg", [parts])
    found = place.measured(AREA, {"path": "zones.gpkg"})
    assert found.values[0] == pytest.approx(0.75 * 0.5 * KM2)
    assert found.values[1:].tolist() == [0, 0, 0]
    assert (found.outcome("invalid_geometry"), found.count("invalid_geometry")) == ("R", 1)
    assert (found.outcome("area_changed_by_repair"), found.count("area_changed_by_repair")) == ("W", 1)


def test_bow_tie_is_repaired_and_counted(place):
    x, y = 650_000, 6_860_000
    tie = shapely.Polygon([(x, y), (x + 1000, y + 1000), (x + 1000, y), (x, y + 1000)])
    place.layer("zones.gpkg", [tie, corner(place)])
    found = place.measured(AREA, {"path": "zones.gpkg"})
    tie_m2 = 0.5 * KM2
    corner_in_tie_m2 = 0.125 * KM2
    assert found.values[0] == pytest.approx(tie_m2 + 0.25 * KM2 - corner_in_tie_m2)
    assert found.count("invalid_geometry") == 1


def test_inner_ring_outside_its_polygon_is_repaired(place):
    outer, inner = place.square(0, 0, 0.5), place.square(0.6, 0.6, 0.2)
    place.layer("zones.gpkg", [shapely.Polygon(outer.exterior, [inner.exterior])])
    found = place.measured(AREA, {"path": "zones.gpkg"})
    assert found.count("invalid_geometry") == 1
    assert 0.25 * KM2 <= found.values[0] <= 0.29 * KM2


def test_missing_and_empty_geometries_are_left_out_and_counted(place):
    place.layer("zones.gpkg", [corner(place), None, shapely.Polygon()])
    found = place.measured(AREA, {"path": "zones.gpkg"})
    assert found.values[0] == pytest.approx(0.25 * KM2)
    assert (found.outcome("no_geometry"), found.count("no_geometry")) == ("R", 2)


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
def test_coordinates_that_are_no_numbers_are_left_out_and_counted(place, wrong):
    x, y = 650_000.0, 6_860_000.0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        broken = shapely.Polygon([(x, y), (x + 10, y), (wrong, y + 10), (x, y + 10), (x, y)])
        place.layer("zones.gpkg", [corner(place), broken])
    found = place.measured(AREA, {"path": "zones.gpkg"})
    assert found.values[0] == pytest.approx(0.25 * KM2)
    assert found.count("no_geometry") == 1


def test_territory_without_geometry_keeps_its_row(place):
    place.territories_file("territories.gpkg", [*place.squares()[:3], None])
    place.layer("zones.gpkg", [corner(place)])
    place.table("values.csv", "code;v\n01001;1\n01002;2\n01003;3\n01004;4\n")
    found = place.measured(SHARE, {"path": "zones.gpkg"})
    assert found.territories.codes.tolist() == ["01001", "01002", "01003", "01004"]
    assert np.isnan(found.values[3])
    assert found.reasons[3] == "no_geometry"
    assert found.examples("territory_without_geometry") == "01004"
    assert place.measured({"kind": "field", "field": "v"}, {"path": "values.csv", "key": "code"}).values[3] == 4


def test_repeated_and_overlapping_zones_count_once_and_are_told(place):
    place.layer("zones.gpkg", [corner(place), corner(place), place.square(0.25, 0, 0.5)])
    found = place.measured(AREA, {"path": "zones.gpkg"})
    assert found.values[0] == pytest.approx(0.375 * KM2)
    assert (found.outcome("zones_overlap"), found.examples("zones_overlap")) == ("R", f"× {0.75 / 0.375:.2f}")


def test_overlapping_territories_are_told_with_area_and_worst_pair(place):
    squares = place.squares()
    squares[1] = shapely.transform(squares[1], lambda c: c - [100, 0])
    place.territories_file("territories.gpkg", squares)
    found = place.measured()
    assert found.outcome("territories_overlap") == "W"
    assert found.examples("territories_overlap") == "100000 m²: 01001–01002 100000 m²"


def test_two_codes_on_one_ground_are_told(place):
    squares = place.squares()
    place.territories_file("territories.gpkg", [*squares, squares[0], place.square(1.2, 1.2, 0.5)])
    examples = place.measured().examples("territories_overlap")
    assert "01001–01005 1000000 m²" in examples
    assert "01004–01006 250000 m²" in examples


def test_hole_between_territories_is_told_with_its_area(place):
    ring = [place.square(x, y) for x in range(3) for y in range(3) if (x, y) != (1, 1)]
    place.territories_file("territories.gpkg", ring)
    found = place.measured()
    assert found.outcome("territories_gap") == "W"
    assert found.examples("territories_gap").startswith("1000000 m²: 1000000 m²")


def test_neighbours_that_touch_are_neither_overlap_nor_hole(place):
    checks = place.measured().checks
    assert not {"territories_overlap", "territories_gap"} & set(checks)


def test_one_code_twice_is_refused_with_the_code(place):
    place.territories_file(code=["01001", "01002", "01002", "01004"])
    refusal = place.refused()
    assert refusal.codes == ["territories.duplicated_code"]
    assert "01002" in refusal.fr
    assert "dissolve" in refusal.en


def test_one_code_twice_is_merged_where_the_study_says_so(place):
    place.territories_file(code=["01001", "01002", "01002", "01004"])
    territories = {"source": "territories", "code": "code", "dissolve": True}
    found = place.measured(territories=territories)
    assert found.territories.codes.tolist() == ["01001", "01002", "01004"]
    assert found.territories.areas_m2.tolist() == [KM2, 2 * KM2, KM2]
    assert (found.outcome("dissolved"), found.examples("dissolved")) == ("R", "01002")


def test_heights_are_flattened(place):
    raised = shapely.force_3d(corner(place), 37.0)
    place.layer("zones.gpkg", [raised])
    assert place.measured(AREA, {"path": "zones.gpkg"}).values[0] == pytest.approx(0.25 * KM2)


def test_collections_keep_their_polygons_and_are_counted(place):
    nested = shapely.GeometryCollection([shapely.GeometryCollection([corner(place), place.point(0.1, 0.1)])])
    line = shapely.LineString([(650_000, 6_860_000), (651_000, 6_861_000)])
    place.layer("zones.gpkg", [nested, line], writing={"geometry_type": "Unknown"})
    found = place.measured(AREA, {"path": "zones.gpkg"})
    assert found.values[0] == pytest.approx(0.25 * KM2)
    assert (found.outcome("polygon_parts_kept"), found.count("polygon_parts_kept")) == ("R", 1)
    assert (found.outcome("no_polygon"), found.count("no_polygon")) == ("W", 1)


def test_curves_are_made_of_short_lines(place):
    """A circle as a circular string of two arcs, in the binary form of the standard."""
    arcs = np.array(
        [(650_100, 6_860_500), (650_500, 6_860_900), (650_900, 6_860_500), (650_500, 6_860_100)]
        + [(650_100, 6_860_500)]
    )
    ring = struct.pack("<BII", 1, 8, len(arcs)) + arcs.astype("<f8").tobytes()
    curve = b"GP\x00\x01" + struct.pack("<i", 2154) + struct.pack("<BII", 1, 10, 1) + ring
    path = place.layer("zones.gpkg", [corner(place)], writing={"SPATIAL_INDEX": "NO"})
    with sqlite3.connect(path) as database:
        database.execute("UPDATE zones SET geom = ?", (curve,))
        database.execute("UPDATE gpkg_geometry_columns SET geometry_type_name = 'CURVEPOLYGON'")
    database.close()
    found = place.measured(AREA, {"path": "zones.gpkg"})
    assert found.values[0] == pytest.approx(np.pi * 400**2, rel=0.002)


@pytest.mark.parametrize(("kind", "other"), [("points", "count"), ("lines", "line_length")])
def test_layer_without_polygons_is_refused_with_the_measure_that_suits(place, kind, other):
    point = place.point(0.5, 0.5)
    geometry = point if kind == "points" else shapely.LineString([(650_000, 6_860_000), (651_000, 6_861_000)])
    place.layer("zones.gpkg", [geometry])
    refusal = place.refused(SHARE, {"path": "zones.gpkg"})
    assert refusal.codes == ["source.not_polygons"]
    assert other in refusal.en


# ── Reference systems (9–12, 15)


@pytest.mark.parametrize("what", ["source", "territories"])
def test_layer_without_reference_system_is_refused_with_the_likely_one(place, what):
    if what == "territories":
        place.territories_file("territories.shp", crs=None)
        sources = {"territories": {"path": "territories.shp"}}
        refusal = place.refused(sources=sources)
    else:
        place.layer("zones.shp", [corner(place)], crs=None)
        refusal = place.refused(SHARE, {"path": "zones.shp"})
    assert refusal.codes == ["crs.missing"]
    assert "EPSG:2154" in refusal.fr


def test_system_given_by_the_study_is_taken(place):
    place.layer("zones.shp", [corner(place)], crs=None)
    found = place.measured(SHARE, {"path": "zones.shp", "crs": "EPSG:2154"})
    assert found.values[0] == pytest.approx(25)


def test_metres_without_system_in_geojson_are_refused_not_lost(place):
    """GeoJSON without a system means degrees; Lambert-93 metres then lie outside every window."""
    place.layer("zones.geojson", [corner(place)], crs=None)
    refusal = place.refused(SHARE, {"path": "zones.geojson"})
    assert refusal.codes == ["crs.impossible"]
    assert "EPSG:2154" in refusal.en


def test_degrees_declared_as_metres_are_refused(place):
    place.layer("zones.gpkg", [shapely.box(2.31, 48.8, 2.32, 48.81)], crs="EPSG:2154")
    refusal = place.refused(SHARE, {"path": "zones.gpkg"})
    assert refusal.codes == ["crs.impossible"]
    assert "EPSG:4326" in refusal.fr


def swap(geometry):
    return shapely.transform(geometry, lambda xy: xy[:, ::-1])


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:2154"])
@pytest.mark.parametrize("what", ["source", "territories"])
def test_exchanged_axes_are_refused(place, crs, what):
    def exchanged(geometry):
        return [swap(one) for one in geopandas.GeoSeries(geometry, crs="EPSG:2154").to_crs(crs)]

    if what == "territories":
        place.territories_file("territories.gpkg", exchanged(place.squares()), crs=crs)
        refusal = place.refused()
    else:
        place.layer("zones.gpkg", exchanged([corner(place)]), crs=crs)
        refusal = place.refused(SHARE, {"path": "zones.gpkg"})
    assert refusal.codes == ["crs.swapped"]


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:3857", "EPSG:27572", "EPSG:32631"])
def test_layer_in_another_system_is_brought_over_and_said(place, crs):
    zone = geopandas.GeoSeries([place.square(0.2, 0.2, 0.5)], crs="EPSG:2154").segmentize(10).to_crs(crs)
    place.layer("zones.gpkg", zone.to_list(), crs=crs)
    found = place.measured(SHARE, {"path": "zones.gpkg"})
    assert found.values[0] == pytest.approx(25, rel=1e-4)
    assert (found.outcome("reprojected"), found.examples("reprojected")) == ("R", crs)


def test_same_system_of_another_authority_gives_the_same_areas(place):
    place.layer("zones.gpkg", [corner(place)], crs="IGNF:LAMB93")
    found = place.measured(SHARE, {"path": "zones.gpkg"})
    assert found.values[0] == pytest.approx(25, rel=1e-6)


@pytest.mark.parametrize(
    ("crs", "code"),
    [
        ("EPSG:4326", "crs.not_for_areas"),
        ("EPSG:3857", "crs.not_for_areas"),
        ("EPSG:2263", "crs.not_for_areas"),
        ("EPSG:2975", "crs.elsewhere"),
        ("EPSG:999999", "crs.unknown"),
        ("Lambert", "crs.unknown"),
    ],
)
def test_study_system_that_cannot_measure_here_is_refused_with_the_fitting_one(place, crs, code):
    refusal = place.refused(crs=crs)
    assert refusal.codes == [code]
    if code != "crs.unknown":
        assert "EPSG:2154" in refusal.fr


@pytest.mark.parametrize(
    ("longitude", "latitude", "fitting"),
    [
        (-61.5, 16.2, "EPSG:5490"),
        (-61.0, 14.6, "EPSG:5490"),
        (-53.0, 4.0, "EPSG:2972"),
        (55.5, -21.1, "EPSG:2975"),
        (45.1, -12.8, "EPSG:4471"),
    ],
)
def test_overseas_territories_in_lambert_93_are_refused_with_their_own_system(place, longitude, latitude, fitting):
    boxes = [shapely.box(longitude + i / 100, latitude, longitude + (i + 1) / 100, latitude + 0.01) for i in range(2)]
    place.territories_file("territories.gpkg", boxes, crs="EPSG:4326")
    refusal = place.refused()
    assert refusal.codes == ["crs.elsewhere"]
    assert fitting in refusal.en
    found = place.measured(crs=fitting)
    assert (found.territories.areas_m2 > KM2).all()


@pytest.mark.parametrize("case", ["far away", "beside", "empty", "filtered"])
def test_layer_that_covers_no_territory_is_zero_with_a_warning(place, case):
    hole = shapely.difference(place.square(-1, -1, 4), place.square(0, 0, 2))
    geometry = {"far away": [place.square(300, 0)], "beside": [hole], "empty": [], "filtered": [corner(place)]}[case]
    place.layer("zones.gpkg", geometry, kind=["x"] * len(geometry), writing={"geometry_type": "Unknown"})
    where = {"where": "kind = 'y'"} if case == "filtered" else {}
    found = place.measured(SHARE, {"path": "zones.gpkg", **where})
    assert found.values.tolist() == [0, 0, 0, 0]
    assert found.coverage.tolist() == [1, 1, 1, 1]
    assert (found.outcome("covers_no_territory"), found.count("covers_no_territory")) == ("W", 1)
