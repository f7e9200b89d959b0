"""What goes wrong in the files and archives that hold layers: columns, filters, parts, damage, paths."""

from __future__ import annotations

import io
import sqlite3
import stat
import zipfile

import pytest

SHARE = {"kind": "coverage_share"}


def corner(place, side_km=0.5):
    """A square in the south-west corner of territory 01001."""
    return place.square(0, 0, side_km)


# ── Columns, filters, layers (16–18)


def test_column_under_another_writing_is_found_and_said(place):
    place.territories_file(**{"Région": ["a", "a", "b", "b"]})
    found = place.measured(groups={"region": "REGION"})
    assert found.territories.groups["region"].tolist() == ["a", "a", "b", "b"]
    assert "REGION → Région" in found.examples("field_renamed")


def test_absent_column_is_refused_with_the_nearest(place):
    place.territories_file(code_insee=["1", "2", "3", "4"])
    refusal = place.refused(territories={"source": "territories", "code": "code_inse"})
    assert refusal.codes == ["source.no_field"]
    assert "code_insee" in refusal.fr


def test_filter_with_accents_and_apostrophes_is_executed(place):
    place.layer("zones.gpkg", [corner(place), place.square(1, 0)], nom=["L'Haÿ-les-Roses", "Saint-Ouen"])
    for where in ("nom = 'L''Haÿ-les-Roses'", "nom LIKE 'L''Ha%'"):
        found = place.measured({**SHARE, "where": where}, {"path": "zones.gpkg"})
        assert found.values.tolist() == pytest.approx([25, 0, 0, 0])


@pytest.mark.parametrize(
    "where",
    [
        "niveau = fort et moyen",
        "absent = 1",
        "nom = 'L'Haÿ-les-Roses'",
        "1=1); DELETE FROM zones; --",
        "1=1; DROP TABLE zones",
        "fid IN (SELECT fid FROM zones)",
        "1=1) UNION SELECT * FROM (zones",
        "load_extension('x')",
        "1 IN (WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c)",
    ],
)
@pytest.mark.parametrize("file", ["zones.gpkg", "zones.geojson", "zones.shp"])
def test_filter_that_is_wrong_or_more_than_a_filter_is_refused(place, where, file):
    place.layer(file, [corner(place)], nom=["a"])
    refusal = place.refused({**SHARE, "where": where}, {"path": file})
    assert refusal.codes == ["source.bad_filter"]


def test_absent_layer_is_refused_with_those_there(place):
    place.layer("zones.gpkg", [corner(place)], writing={"layer": "alea"})
    place.layer("zones.gpkg", [corner(place)], writing={"layer": "perimetre"})
    for layer, code in (({"layer": "zonage"}, "source.no_layer"), ({}, "source.which_layer")):
        refusal = place.refused(SHARE, {"path": "zones.gpkg", **layer})
        assert refusal.codes == [code]
        assert "alea, perimetre" in refusal.fr
    assert place.measured(SHARE, {"path": "zones.gpkg", "layer": "alea"}).values[0] == pytest.approx(25)


# ── Containers (19–22, 67)


@pytest.mark.parametrize("part", [".dbf", ".shx"])
@pytest.mark.parametrize("zipped", [False, True])
def test_shapefile_without_a_part_is_refused(place, part, zipped):
    path = place.layer("zones.shp", [corner(place)])
    path.with_suffix(part).unlink()
    if zipped:
        path = zip_of(place, "zones.zip", "zones.*")
    refusal = place.refused(SHARE, {"path": path.name})
    assert refusal.codes == ["source.shapefile_incomplete"]
    assert part in refusal.en


@pytest.mark.parametrize(
    ("written", "declared"),
    [("UTF-8", "UTF-8"), ("UTF-8", "1252"), ("UTF-8", None), ("CP1252", "UTF-8"), ("CP1252", None), ("CP1252", "1252")],
)
def test_text_of_a_shapefile_is_read_whatever_its_cpg_says(place, written, declared):
    path = place.territories_file(
        "territories.shp", name=["Évry", "L'Haÿ-les-Roses", "Île", "a"], writing={"encoding": written}
    )
    cpg = path.with_suffix(".cpg")
    cpg.unlink(missing_ok=True)
    if declared:
        cpg.write_text(declared)
    found = place.measured(sources={"territories": {"path": "territories.shp"}})
    assert found.territories.names.tolist() == ["Évry", "L'Haÿ-les-Roses", "Île", "a"]


def test_encoding_of_a_shapefile_can_be_given(place):
    path = place.territories_file("territories.shp", name=["Évry", "b", "c", "d"], writing={"encoding": "CP1252"})
    path.with_suffix(".cpg").unlink()
    found = place.measured(sources={"territories": {"path": "territories.shp", "encoding": "CP1252"}})
    assert found.territories.names[0] == "Évry"


def test_geopackage_in_write_ahead_mode_is_read_and_left_alone(place):
    path = place.territories_file()
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA journal_mode=WAL").fetchone() == ("wal",)
    database.close()
    assert len(place.measured().territories) == 4


def test_geopackage_with_changes_not_yet_written_is_refused(place):
    path = place.territories_file()
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA user_version=7")
    database.commit()
    waiting = path.with_name(path.name + "-wal")
    assert waiting.stat().st_size
    content = waiting.read_bytes()
    database.close()
    waiting.write_bytes(content)
    refusal = place.refused()
    assert refusal.codes == ["source.in_use"]


def test_locked_geopackage_is_read_without_waiting(place):
    path = place.territories_file()
    database = sqlite3.connect(path)
    database.execute("BEGIN EXCLUSIVE")
    try:
        assert len(place.measured().territories) == 4
    finally:
        database.close()


def test_read_only_geopackage_with_triggers_is_read(place):
    path = place.territories_file()
    with sqlite3.connect(path) as database:
        database.execute("CREATE TRIGGER boom AFTER UPDATE ON territories BEGIN DELETE FROM territories; END")
    database.close()
    path.chmod(stat.S_IREAD)
    assert len(place.measured().territories) == 4


def test_geopackage_with_a_damaged_page_is_refused(place):
    path = place.layer("zones.gpkg", [corner(place)] * 3000)
    content = bytearray(path.read_bytes())
    page = 4096
    damaged = len(content) // page // 2 * page
    content[damaged : damaged + page] = bytes(page)
    path.write_bytes(content)
    refusal = place.refused(SHARE, {"path": "zones.gpkg"})
    assert refusal.codes == ["source.damaged"]


@pytest.mark.parametrize("file", ["zones.gpkg", "zones.geojson", "zones.shp", "zones.fgb", "zones.zip"])
def test_shortened_file_is_refused(place, file):
    if file == "zones.zip":
        place.layer("inside.geojson", [corner(place)] * 500)
        path = zip_of(place, file, "inside.geojson")
    else:
        path = place.layer(file, [corner(place)] * 500)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    refusal = place.refused(SHARE, {"path": file})
    assert refusal.codes == ["source.damaged"]


@pytest.mark.parametrize("file", ["zones.gpkg", "zones.geojson", "zones.zip", "zones.fgb"])
@pytest.mark.parametrize("content", [b"", b"code;name\n1;a\n", bytes(range(256)) * 40, b"<ServiceException/>"])
def test_file_that_is_not_what_its_name_says_is_refused(place, file, content):
    (place.folder / file).write_bytes(content)
    refusal = place.refused(SHARE, {"path": file})
    assert refusal.codes == ["source.damaged" if content else "source.empty_file"]


def test_absent_file_and_folder_are_refused(place):
    assert place.refused(SHARE, {"path": "absent.gpkg"}).codes == ["source.not_found"]
    assert place.refused(SHARE, {"path": "."}).codes == ["source.is_folder"]


def test_every_source_that_is_wrong_is_told_at_once(place):
    (place.folder / "empty.gpkg").write_bytes(b"")
    place.layer("points.gpkg", [place.point(0, 0)])
    sources = {"a": {"path": "absent.gpkg"}, "b": {"path": "empty.gpkg"}, "c": {"path": "points.gpkg"}}
    indicators = [{"id": key, "role": "activity", "measure": {**SHARE, "source": key}} for key in sources]
    refusal = place.refused(sources=sources, indicators=indicators)
    assert sorted(refusal.codes) == ["source.empty_file", "source.not_found", "source.not_polygons"]


def zip_of(place, name: str, *patterns: str):
    path = place.folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for pattern in patterns:
            for member in sorted(place.folder.glob(pattern)):
                if member != path:
                    archive.write(member, f"livraison/{member.name}")
    return path


def test_zipped_shapefile_is_read_beside_the_traces_of_its_packing(place):
    place.layer("zones.shp", [corner(place)])
    path = zip_of(place, "zones.zip", "zones.*")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("__MACOSX/livraison/._zones.shp", b"x")
        archive.writestr("lisez-moi.txt", "à lire")
    assert place.measured(SHARE, {"path": "zones.zip"}).values[0] == pytest.approx(25)


def test_archive_with_several_layers_asks_which(place):
    place.layer("a.geojson", [corner(place)])
    place.layer("b.geojson", [corner(place, 1.0)])
    zip_of(place, "zones.zip", "*.geojson")
    refusal = place.refused(SHARE, {"path": "zones.zip"})
    assert refusal.codes == ["source.which_layer"]
    assert "a, b" in refusal.fr
    assert place.measured(SHARE, {"path": "zones.zip", "layer": "b"}).values[0] == pytest.approx(100)


def test_archive_in_an_archive_is_refused(place):
    place.layer("a.geojson", [corner(place)])
    zip_of(place, "inner.zip", "a.geojson")
    zip_of(place, "outer.zip", "inner.zip")
    refusal = place.refused(SHARE, {"path": "outer.zip"})
    assert refusal.codes == ["source.archive_nested"]
    assert "livraison/inner.zip" in refusal.fr


@pytest.mark.parametrize("member", ["../evil.geojson", "/etc/evil.geojson", "a/../../evil.geojson", "..\\evil.geojson"])
def test_archive_that_reaches_outside_is_refused(place, member):
    with zipfile.ZipFile(place.folder / "zones.zip", "w") as archive:
        archive.writestr(member, "{}")
    assert place.refused(SHARE, {"path": "zones.zip"}).codes == ["source.archive_escape"]


def test_archive_with_a_link_is_refused(place):
    link = zipfile.ZipInfo("zones.geojson")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(place.folder / "zones.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert place.refused(SHARE, {"path": "zones.zip"}).codes == ["source.archive_escape"]


def test_archive_that_unpacks_to_very_much_is_refused_unread(place):
    with (
        zipfile.ZipFile(place.folder / "zones.zip", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("zones.geojson", "w") as member,
    ):
        block = bytes(1 << 20)
        for _ in range(250):
            member.write(block)
    assert place.refused(SHARE, {"path": "zones.zip"}).codes == ["source.archive_too_large"]


def test_archive_of_very_many_files_is_refused(place):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(10_001):
            archive.writestr(str(number), b"")
    (place.folder / "zones.zip").write_bytes(packed.getvalue())
    assert place.refused(SHARE, {"path": "zones.zip"}).codes == ["source.archive_too_large"]


@pytest.mark.parametrize("folder", ["with space", "à côté d'Évry", "100% {x}", "a&b;c", "#1?x=2"])
@pytest.mark.parametrize("file", ["zones été 5%.gpkg", "zones été 5%.shp", "zones.geojson", "zones été 5%.zip"])
def test_paths_with_spaces_accents_and_signs_are_read(place_in, folder, file):
    place = place_in(folder)
    if file.endswith(".zip"):
        place.layer("zone é.shp", [corner(place)])
        zip_of(place, file, "zone é.*")
    else:
        place.layer(file, [corner(place)])
    assert place.measured(SHARE, {"path": file}).values[0] == pytest.approx(25)


NAMES = ['L\'Haÿ "les" Roses / \\ %s', "<b>gras</b><script>x</script>", "مدينة 🏙", "x" * 200]


def test_names_with_quotes_markup_and_other_scripts_come_through(place):
    place.territories_file(name=NAMES)
    assert place.measured().territories.names.tolist() == NAMES
