"""What goes wrong in archives of tables, in XML layers and beside files: nothing is fetched, nothing written."""

from __future__ import annotations

import http.server
import io
import threading
import zipfile

import geopandas
import numpy as np
import pyogrio.raw
import pytest
import shapely

SHARE = {"kind": "coverage_share"}
FIELD = {"kind": "field", "field": "v"}
ROWS = [("01001", 1), ("01002", 2), ("01003", 3), ("01004", 4)]


def csv_text(rows=ROWS) -> str:
    return "code;v\n" + "".join(f"{code};{value}\n" for code, value in rows)


def spreadsheet(rows=ROWS) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for row in (("code", "v"), *rows):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def dbf(rows=ROWS) -> bytes:
    """Write a dBase III table of a text of five letters and a number of nine digits."""
    fields = b"".join(
        name.ljust(11, b"\0") + kind + bytes(4) + bytes([width, 0]) + bytes(14)
        for name, kind, width in ((b"code", b"C", 5), (b"v", b"N", 9))
    )
    start = 32 + len(fields) + 1
    header = (
        b"\x03\x7e\x01\x01" + len(rows).to_bytes(4, "little") + start.to_bytes(2, "little") + (15).to_bytes(2, "little")
    )
    return header.ljust(32, b"\0") + fields + b"\r" + b"".join(b" %b%9d" % (c.encode(), v) for c, v in rows) + b"\x1a"


JSON = "[" + ",".join(f'{{"code": "{code}", "v": {value}}}' for code, value in ROWS) + "]"
TABLES = {"t.csv": csv_text().encode("utf-16"), "t.xlsx": spreadsheet(), "t.dbf": dbf(), "t.json": JSON.encode()}


def pack(place, name: str, members: dict, **how):
    with zipfile.ZipFile(place.folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content, **how)
    return {"path": name, "key": "code"}


# ── Archives of tables (22)


@pytest.mark.parametrize("file", TABLES)
@pytest.mark.parametrize("packed", [True, False])
def test_table_is_read_from_an_archive_as_from_a_folder(place, file, packed):
    if packed:
        source = pack(
            place, "t.zip", {f"données/{file}": TABLES[file], "lisez-moi.pdf": b"%PDF", "__MACOSX/._t.csv": b"x"}
        )
    else:
        (place.folder / file).write_bytes(TABLES[file])
        source = {"path": file, "key": "code"}
    assert place.measured(FIELD, source).values.tolist() == [1, 2, 3, 4]


def test_archive_with_several_tables_asks_which(place):
    other = csv_text([(code, 10 * value) for code, value in ROWS])
    source = pack(place, "t.zip", {"2023/data.csv": csv_text(), "2024/data2.csv": other, "data.xlsx": spreadsheet()})
    refusal = place.refused(FIELD, source)
    assert refusal.codes == ["source.which_layer"]
    assert "data.csv, data2.csv, data.xlsx" in refusal.fr
    assert place.measured(FIELD, {**source, "layer": "data2"}).values.tolist() == [10, 20, 30, 40]
    assert place.measured(FIELD, {**source, "layer": "data.xlsx"}).values.tolist() == [1, 2, 3, 4]
    assert place.refused(FIELD, {**source, "layer": "data"}).codes == ["source.which_layer"]


def test_layer_and_table_of_one_archive_are_told_apart(place):
    layer = place.layer("zones.geojson", [place.square(0, 0)]).read_bytes()
    source = pack(place, "t.zip", {"zones.geojson": layer, "legend.csv": csv_text()})
    assert place.measured(SHARE, {"path": "t.zip"}).values[0] == pytest.approx(100)
    assert place.measured(FIELD, {**source, "layer": "legend"}).values.tolist() == [1, 2, 3, 4]


@pytest.mark.parametrize("inner", ["inner.zip", "data.7z", "data.tar.gz"])
def test_archive_in_an_archive_is_refused_with_its_name(place, inner):
    refusal = place.refused(FIELD, pack(place, "t.zip", {inner: b"PK", "lisez-moi.pdf": b"%PDF"}))
    assert refusal.codes == ["source.archive_nested"]
    assert inner in refusal.fr


@pytest.mark.parametrize("file", ["data.7z", "data.tar.gz", "data.rar", "data.tgz"])
def test_archive_of_another_kind_is_refused(place, file):
    (place.folder / file).write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(99))
    for measure in (SHARE, FIELD):
        assert place.refused(measure, {"path": file, "key": "code"}).codes == ["source.archive_kind"]


def test_archive_with_a_password_is_refused(place):
    source = pack(place, "t.zip", {"t.csv": csv_text()})
    content = bytearray((place.folder / "t.zip").read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + flags] |= 1
    (place.folder / "t.zip").write_bytes(content)
    assert place.refused(FIELD, source).codes == ["source.archive_locked"]


@pytest.mark.parametrize("position", [40, 60, 100])
def test_damaged_member_is_refused(place, position):
    rows = [(f"{1000 + i:05d}", (i * 7919) % 1009) for i in range(500)]
    source = pack(place, "t.zip", {"t.csv": csv_text(rows)})
    content = bytearray((place.folder / "t.zip").read_bytes())
    content[position] ^= 0xFF
    (place.folder / "t.zip").write_bytes(content)
    assert place.refused(FIELD, source).codes == ["source.damaged"]


# ── XML layers (21, 23)


@pytest.fixture
def listener():
    """A server that notes what it is asked for, and gives nothing."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_GET

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    server.shutdown()
    server.server_close()
    thread.join()


def gml(place, features: int = 1, schema: str = "zones.xsd", before: str = "", kind: str = "a") -> str:
    ring = " ".join(f"{x:.0f} {y:.0f}" for x, y in shapely.get_coordinates(place.square(0, 0, 0.5)))
    feature = (
        f"<gml:featureMember><ogr:zones><ogr:geometryProperty><gml:Polygon srsName='EPSG:2154'><gml:exterior>"
        f"<gml:LinearRing><gml:posList>{ring}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>"
        f"</ogr:geometryProperty><ogr:kind>{kind}</ogr:kind></ogr:zones></gml:featureMember>"
    )
    return (
        f"<?xml version='1.0' encoding='utf-8'?>{before}<wfs:FeatureCollection xmlns:wfs='http://www.opengis.net/wfs' "
        "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xmlns:ogr='http://ogr.maptools.org/' "
        f"xmlns:gml='http://www.opengis.net/gml' xsi:schemaLocation='http://ogr.maptools.org/ {schema}'>"
        f"{feature * features}</wfs:FeatureCollection>"
    )


def test_gml_is_read_without_its_schema_being_fetched_or_anything_written(place, listener):
    address, asked = listener
    schema = f"{address}/wfs?SERVICE=WFS&amp;VERSION=1.1.0&amp;REQUEST=DescribeFeatureType&amp;TYPENAME=ogr:zones"
    (place.folder / "zones.gml").write_text(gml(place, 3, schema), encoding="utf-8")
    found = place.measured({**SHARE, "where": "kind = 'a'"}, {"path": "zones.gml"})
    assert found.values[0] == pytest.approx(25)
    assert asked == []


@pytest.mark.parametrize("reached", ["file:///etc/hostname", "{address}/entity"])
@pytest.mark.parametrize("file", ["zones.gml", "zones.kml"])
def test_entities_are_refused_and_never_fetched(place, listener, reached, file):
    address, asked = listener
    before = f"<!DOCTYPE x [<!ENTITY e SYSTEM '{reached.format(address=address)}'>]>"
    (place.folder / file).write_text(gml(place, before=before, kind="&e;"), encoding="utf-8")
    assert place.refused(SHARE, {"path": file}).codes == ["source.entities"]
    assert asked == []


def test_entities_that_multiply_are_refused(place):
    levels = "".join(f"<!ENTITY e{i} '{f'&e{i - 1};' * 10}'>" for i in range(1, 10))
    before = f"<!DOCTYPE x [<!ENTITY e0 '{'x' * 99}'>{levels}]>"
    (place.folder / "zones.gml").write_text(gml(place, before=before, kind="&e9;"), encoding="utf-8")
    assert place.refused(SHARE, {"path": "zones.gml"}).codes == ["source.entities"]


@pytest.mark.parametrize("share", [0.3, 0.5, 0.99])
def test_gml_that_is_cut_is_refused_not_read_in_part(place, share):
    text = gml(place, 200)
    (place.folder / "zones.gml").write_text(text[: int(len(text) * share)], encoding="utf-8")
    assert place.refused(SHARE, {"path": "zones.gml"}).codes == ["source.damaged"]


# ── Nothing beside a source (19–21)


def test_nothing_is_written_beside_any_kind_of_source(place):
    """``Place.measured`` compares the folder before and after."""
    zone = place.square(0, 0, 0.5)
    for file in ("zones.shp", "zones.gpkg", "zones.geojson", "zones.fgb", "zones.tab", "zones.sqlite"):
        place.layer(file, [zone], writing={"driver": "SQLite"} if file.endswith("sqlite") else None)
    degrees = geopandas.GeoSeries([zone], crs=2154).to_crs(4326)[0]
    ring = " ".join(f"{x:.8f},{y:.8f}" for x, y in shapely.get_coordinates(degrees))
    (place.folder / "zones.kml").write_text(
        "<kml xmlns='http://www.opengis.net/kml/2.2'><Document><Placemark><name>a</name><Polygon><outerBoundaryIs>"
        f"<LinearRing><coordinates>{ring}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Document></kml>",
        encoding="utf-8",
    )
    for path in sorted(place.folder.glob("zones.*")):
        if path.suffix in (".shp", ".gpkg", ".geojson", ".fgb", ".tab", ".sqlite", ".kml"):
            assert place.measured(SHARE, {"path": path.name}).values[0] == pytest.approx(25, rel=1e-3), path.name
    place.raster("no2.tif", [[3, 4], [1, 2]])
    assert place.measured({"kind": "zonal_mean"}, {"path": "no2.tif"}).values.tolist() == [1, 2, 3, 4]


@pytest.mark.parametrize("file", ["zones.gpkg", "zones.geojson", "zones.shp", "zones.fgb", "zones.gml"])
def test_flipped_bits_end_in_a_value_or_one_line(place, file):
    """Whatever byte is wrong, a run ends with values or with a refusal: no traceback, nothing endless."""
    from smart_territoires_plugin.core.errors import SmartTerritoiresError
    from smart_territoires_plugin.core.measurements import measure_study

    if file.endswith(".gml"):
        path = place.folder / file
        path.write_text(gml(place, 20), encoding="utf-8")
    else:
        path = place.layer(file, [place.square(0, 0, 0.5)] * 20)
    content = path.read_bytes()
    study = place.study(SHARE, {"path": file})
    random = np.random.default_rng(7)
    for position in random.integers(0, len(content), 40):
        broken = bytearray(content)
        broken[position] ^= 1 << int(random.integers(8))
        path.write_bytes(broken)
        try:
            measure_study(study, workers=1)
        except SmartTerritoiresError as error:
            assert error.exit_code == 2


@pytest.mark.parametrize("file", ["zones.gpkg", "zones.geojson", "zones.shp", "zones.fgb", "zones.tab", "zones.sqlite"])
def test_filter_on_a_column_that_is_not_measured_is_executed(place, file):
    """FlatGeobuf's driver reads the columns asked for alone, and would answer that no feature fits."""
    how = {"driver": "SQLite"} if file.endswith("sqlite") else None
    zones = [place.square(0, 0, 0.5), place.square(1, 0)]
    place.layer(file, zones, level=["fort", "faible"], other=[1, 2], writing=how)
    for where, values in (("level = 'fort'", [25, 0, 0, 0]), ("LEVEL = 'faible' AND other > 1", [0, 100, 0, 0])):
        assert place.measured({**SHARE, "where": where}, {"path": file}).values.tolist() == pytest.approx(
            values, rel=1e-3
        )


# ── Attributes (24)


RESERVED = [
    "select",
    "ORDER",
    "group",
    "where",
    "geometry",
    "geom",
    "index",
    "OGC_FID",
    "level_0",
    "rowid",
    'name"d',
    "a'b",
]


@pytest.mark.parametrize("file", ["zones.gpkg", "zones.geojson", "zones.fgb"])
def test_many_attributes_with_long_and_reserved_names_are_read(place, file):
    names = [*RESERVED, *(f"x{number}_" + "é" * 70 for number in range(500))]
    if file.endswith("gpkg"):
        names.remove("geom")
    geometry = shapely.to_wkb(np.array([*place.squares()[:2], place.square(0, 1)], dtype=object))
    columns = [np.array([f"{column} {row}" for row in range(3)], dtype=object) for column in range(len(names))]
    pyogrio.raw.write(
        place.folder / file, geometry, columns, names, geometry_type="Polygon", crs="EPSG:2154", layer="order"
    )
    assert place.measured({"kind": "count"}, {"path": file}).values.tolist() == [1, 1, 1, 0]
    for column, name in [*enumerate(names[:12]), (len(names) - 1, names[-1])]:
        # Filters of GeoPackages are SQLite's, those of other formats GDAL's own, which has other escapes.
        quoted = name.replace('"', '""' if file.endswith("gpkg") else '\\"')
        where = f"\"{quoted}\" = '{column} 1'"
        assert place.measured({**SHARE, "where": where}, {"path": file}).values.tolist() == [0, 100, 0, 0], name


@pytest.mark.parametrize("name", ["geometry", "select", "index", "x" * 80])
def test_code_may_stand_in_a_column_of_any_name(place, name):
    geometry = shapely.to_wkb(np.array(place.squares(), dtype=object))
    codes = np.array(["01001", "01002", "01003", "01004"], dtype=object)
    pyogrio.raw.write(place.folder / "t.gpkg", geometry, [codes], [name], geometry_type="Polygon", crs="EPSG:2154")
    found = place.measured(
        sources={"territories": {"path": "t.gpkg"}}, territories={"source": "territories", "code": name}
    )
    assert found.territories.codes.tolist() == codes.tolist()
    assert found.territories.areas_m2.tolist() == [1e6] * 4
