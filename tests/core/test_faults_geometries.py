"""What goes wrong in geometries beyond the usual: other dimensions, surfaces, no repair wanted, very large ones."""

from __future__ import annotations

import sqlite3
import struct
import subprocess
import sys

import geopandas
import numpy as np
import pytest
import shapely

AREA = {"kind": "coverage_area"}
SHARE = {"kind": "coverage_share"}
X, Y = 650_000.0, 6_860_000.0
POLYGON, COLLECTION, CURVEPOLYGON, MULTISURFACE, SURFACE, TIN, TRIANGLE = 3, 7, 10, 12, 15, 16, 17


def ring(*points) -> bytes:
    return struct.pack("<I", len(points)) + np.array(points, dtype="<f8").tobytes()


def head(kind: int, count: int, thousands: int = 0) -> bytes:
    return struct.pack("<BII", 1, kind + 1000 * thousands, count)


def triangle(*corners, kind: int = TRIANGLE) -> bytes:
    """One triangle with heights; corners in kilometres from the south-west, heights in metres."""
    points = [(X + 1000 * x, Y + 1000 * y, z) for x, y, z in (*corners, corners[0])]
    return head(kind, 1, 1) + ring(*points)


HALF = triangle((0, 0, 0), (1, 0, 5), (0, 1, 9))
OTHER = triangle((1, 0, 5), (1, 1, 5), (0, 1, 9))
UPRIGHT = triangle((0, 0, 0), (1, 0, 0), (1, 0, 9))
SHAPES = {
    "TIN": (head(TIN, 3, 1) + HALF + OTHER + UPRIGHT, 1.0),
    "TRIANGLE": (HALF, 0.5),
    "POLYHEDRALSURFACE": (head(SURFACE, 1, 1) + triangle((0, 0, 0), (1, 0, 5), (0, 1, 9), kind=POLYGON), 0.5),
}


def written(place, kind: str, binary: bytes, file: str = "zones.gpkg", z: int = 1, m: int = 0):
    """Write a GeoPackage of one feature as its binary says, which no library here would write."""
    path = place.layer(file, [place.square(0, 0)], writing={"SPATIAL_INDEX": "NO"})
    with sqlite3.connect(path) as database:
        database.execute("UPDATE zones SET geom = ?", (b"GP\x00\x01" + struct.pack("<i", 2154) + binary,))
        database.execute("UPDATE gpkg_geometry_columns SET geometry_type_name = ?, z = ?, m = ?", (kind, z, m))
    database.close()
    return path


@pytest.mark.parametrize("kind", SHAPES)
def test_surfaces_are_measured_by_their_ground_plan_and_counted(place, kind):
    binary, share = SHAPES[kind]
    written(place, kind, binary)
    found = place.measured(SHARE, {"path": "zones.gpkg"})
    assert found.values.tolist() == pytest.approx([100 * share, 0, 0, 0])
    assert (found.outcome("geometry_linearised"), found.examples("geometry_linearised")) == ("R", f"{kind} Z")
    assert found.outcome("geometry_flattened") == "R"


def test_surfaces_beside_another_layer_are_left_alone(place):
    written(place, "TIN", SHAPES["TIN"][0])
    place.layer("zones.gpkg", [place.square(1, 0)], writing={"layer": "other"})
    assert place.measured(SHARE, {"path": "zones.gpkg", "layer": "other"}).values.tolist() == [0, 100, 0, 0]
    refusal = place.refused(SHARE, {"path": "zones.gpkg"})
    assert refusal.codes == ["source.which_layer"]
    assert "other" in refusal.fr


def test_filter_on_surfaces_is_executed(place):
    written(place, "TIN", SHAPES["TIN"][0])
    assert place.measured({**SHARE, "where": "number = 0"}, {"path": "zones.gpkg"}).values[0] == pytest.approx(100)
    assert place.measured({**SHARE, "where": "number = 1"}, {"path": "zones.gpkg"}).values[0] == 0
    assert place.refused({**SHARE, "where": "absent = 1"}, {"path": "zones.gpkg"}).codes == ["source.bad_filter"]


@pytest.mark.parametrize(("thousands", "values"), [(1, [7.0]), (2, [3.0]), (3, [7.0, 3.0])])
def test_heights_and_measures_are_dropped_and_counted(place, thousands, values):
    corners = [(X, Y), (X + 500, Y), (X + 500, Y + 500), (X, Y + 500), (X, Y)]
    binary = head(POLYGON, 1, thousands) + ring(*((*corner, *values) for corner in corners))
    written(place, "POLYGON", binary, z=int(thousands != 2), m=int(thousands != 1))
    found = place.measured(AREA, {"path": "zones.gpkg"})
    assert found.values[0] == pytest.approx(250_000)
    assert (found.outcome("geometry_flattened"), found.count("geometry_flattened")) == ("R", 1)


def test_surfaces_of_curves_are_made_of_short_lines_and_counted(place):
    arcs = [(X + 100, Y + 500), (X + 500, Y + 900), (X + 900, Y + 500), (X + 500, Y + 100), (X + 100, Y + 500)]
    string = struct.pack("<BI", 1, 8) + ring(*arcs)
    written(place, "MULTISURFACE", head(MULTISURFACE, 1) + head(CURVEPOLYGON, 1) + string, z=0)
    found = place.measured(AREA, {"path": "zones.gpkg"})
    assert found.values[0] == pytest.approx(np.pi * 400**2, rel=2e-3)
    assert (found.outcome("geometry_linearised"), found.examples("geometry_linearised")) == ("R", "MULTISURFACE")
    assert "geometry_flattened" not in found.checks


def test_plain_polygons_are_told_nothing_of(place):
    place.layer("zones.gpkg", [place.square(0, 0)])
    checks = place.measured(AREA, {"path": "zones.gpkg"}).checks
    assert not {"geometry_flattened", "geometry_linearised", "crs_deprecated"} & set(checks)


# ── Repair that is not wanted (1)


def bow_tie(place):
    return shapely.Polygon([(X, Y), (X + 1000, Y + 1000), (X + 1000, Y), (X, Y + 1000)])


def test_invalid_geometries_are_refused_where_the_study_repairs_none(place):
    place.layer("zones.gpkg", [place.square(0, 0), *[bow_tie(place)] * 7])
    refusal = place.refused(SHARE, {"path": "zones.gpkg", "repair": False})
    assert refusal.codes == ["source.invalid_geometry"]
    assert "7" in refusal.fr
    assert "2, 3, 4, 5, 6, …" in refusal.en
    assert place.measured(SHARE, {"path": "zones.gpkg", "repair": True}).count("invalid_geometry") == 7


def test_invalid_territories_are_refused_where_the_study_repairs_none(place):
    place.territories_file("territories.gpkg", [bow_tie(place), *place.squares()[1:]])
    sources = {"territories": {"path": "territories.gpkg", "repair": False}}
    assert place.refused(sources=sources).codes == ["source.invalid_geometry"]


def test_valid_geometries_pass_where_the_study_repairs_none(place):
    place.layer("zones.gpkg", [place.square(0, 0), None])
    found = place.measured(SHARE, {"path": "zones.gpkg", "repair": False})
    assert found.values[0] == pytest.approx(100)


# ── Reference systems (11)


@pytest.mark.parametrize("crs", ["EPSG:27582", "EPSG:27592"])
def test_withdrawn_system_is_used_and_told(place, crs):
    zone = geopandas.GeoSeries([place.square(0.2, 0.2, 0.5)], crs="EPSG:2154").segmentize(10).to_crs(crs)
    place.layer("zones.shp", zone.to_list(), crs=None)
    found = place.measured(SHARE, {"path": "zones.shp", "crs": crs})
    assert found.values[0] == pytest.approx(25, rel=1e-3)
    assert (found.outcome("crs_deprecated"), found.examples("crs_deprecated")) == ("R", crs)


def test_same_system_of_another_authority_is_brought_over_and_told(place):
    place.layer("zones.shp", [place.square(0, 0, 0.5)], crs=None)
    found = place.measured(SHARE, {"path": "zones.shp", "crs": "IGNF:LAMB93"})
    assert found.values[0] == pytest.approx(25, rel=1e-6)
    assert (found.outcome("reprojected"), found.examples("reprojected")) == ("R", "IGNF:LAMB93")


def test_long_straight_edges_are_curves_in_another_system(place):
    """A parallel of 4° bulges by kilometres in Lambert-93; its two ends alone would make a straight line of it."""
    from pyproj import CRS

    from smart_territoires_plugin.core.sources import references

    degrees, metres = CRS.from_epsg(4326), CRS.from_epsg(2154)
    box = shapely.box(1, 47, 5, 48)
    made = references.reproject(np.array([box, None, shapely.Point(3, 47)]), degrees, metres, "zones")
    fine = geopandas.GeoSeries([shapely.segmentize(box, 0.001)], crs=4326).to_crs(2154)[0]
    assert shapely.area(made[0]) == pytest.approx(shapely.area(fine), rel=1e-5)
    assert shapely.hausdorff_distance(made[0], fine) < 3
    assert made[1] is None
    corners = geopandas.GeoSeries([box], crs=4326).to_crs(2154)[0]
    assert shapely.hausdorff_distance(corners, fine) > 1000


def test_short_edges_keep_their_vertices_in_another_system():
    from pyproj import CRS

    from smart_territoires_plugin.core.sources import references

    zone = np.array([shapely.box(X, Y, X + 5000, Y + 5000)])
    made = references.reproject(zone, CRS.from_epsg(2154), CRS.from_epsg(4326), "zones")
    assert shapely.get_num_coordinates(made).tolist() == [5]


# ── Very large (13, 24)

LARGE = """
import resource, sys
from pathlib import Path
from smart_territoires_plugin.core.measurements import measure_study
from smart_territoires_plugin.core.study import read_study

def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

found = measure_study(read_study(Path(sys.argv[1])))
print(*found.values["one"].values.tolist(), peak_mb())
"""


def test_very_large_polygons_are_measured_in_bounded_memory(place):
    """A circle of a million vertices, a multipolygon of 10⁵ parts, a square with 10⁴ holes: each in its territory."""
    angles = np.linspace(0, 2 * np.pi, 1_000_000, endpoint=False)
    circle = shapely.Polygon(np.column_stack([X + 500 + 400 * np.cos(angles), Y + 500 + 400 * np.sin(angles)]))
    column, row = np.divmod(np.arange(100_000), 400)
    parts = shapely.MultiPolygon(
        list(shapely.box(X + 1001 + 2 * column, Y + 2 * row, X + 1002 + 2 * column, Y + 1 + 2 * row))
    )
    column, row = np.divmod(np.arange(10_000), 100)
    holes = shapely.box(X + 10 * column + 3, Y + 1003 + 10 * row, X + 10 * column + 4, Y + 1004 + 10 * row)
    rings = [shapely.get_exterior_ring(hole) for hole in holes]
    pierced = shapely.Polygon(place.square(0, 1).exterior, rings)
    place.layer("zones.gpkg", [circle, parts, pierced], writing={"geometry_type": "Unknown"})
    study = place.write(place.content(AREA, {"path": "zones.gpkg"}))
    done = subprocess.run([sys.executable, "-c", LARGE, str(study)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    *values, peak_mb = (float(value) for value in done.stdout.split())
    assert values == pytest.approx([np.pi * 400**2, 100_000, 990_000, 0], rel=1e-6)
    # The libraries alone take about 250 MB; the layer has 1.5 million vertices of 16 bytes.
    assert peak_mb < 1000


def test_many_features_are_counted(place):
    column, row = np.divmod(np.arange(50_000), 250)
    place.layer("points.gpkg", list(shapely.points(X + 5 + 10.0 * column, Y + 4 + 8.0 * row)))
    found = place.measured({"kind": "count"}, {"path": "points.gpkg"})
    assert found.values.sum() == 50_000
    assert found.values.tolist() == [100 * 125] * 4
