"""Sources in PostGIS, on a real server: read, filtered, hashed, never written to, and refused in one line."""

from __future__ import annotations

import builtins
import socket
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import shapely

from tests.core import postgis_server

SHARE = {"kind": "coverage_share"}
FIELD = {"kind": "field", "field": "v"}


@pytest.fixture(scope="module")
def server():
    with postgis_server.running() as started:
        started.execute(
            "CREATE SCHEMA risks",
            'CREATE TABLE risks.zones (id serial PRIMARY KEY, level text, "Order" numeric, day date,'
            " geom geometry(MultiPolygon, 2154))",
            "CREATE INDEX ON risks.zones USING gist (geom)",
            "CREATE TABLE towns (code text PRIMARY KEY, name text, population int, geom geometry(Polygon, 2154))",
            "CREATE TABLE energy (insee text, v numeric(10, 2), year int)",
            "CREATE ROLE locked LOGIN PASSWORD 'word'",
            "CREATE ROLE stranger LOGIN",
            "GRANT USAGE ON SCHEMA risks TO locked",
            "GRANT SELECT ON risks.zones TO locked",
        )
        yield started


@pytest.fixture
def filled(server, place):
    """Fill the tables: the four squares, a zone in the first that covers a quarter of it, and one far away."""
    with server.connected() as connection:
        connection.execute("TRUNCATE risks.zones, towns, energy RESTART IDENTITY")
        for zone, level in ((place.square(0, 0, 0.5), "fort"), (place.square(90, 0, 0.5), "faible")):
            connection.execute(
                "INSERT INTO risks.zones (level, \"Order\", day, geom) VALUES (%s, 1.5, '2026-01-31',"
                " ST_Multi(ST_GeomFromText(%s, 2154)))",
                (level, zone.wkt),
            )
        for number, square in enumerate(place.squares()):
            connection.execute(
                "INSERT INTO towns VALUES (%s, %s, %s, ST_GeomFromText(%s, 2154))",
                (f"0100{number + 1}", f"L'Haÿ % {number}", 1000 * (number + 1), square.wkt),
            )
            connection.execute("INSERT INTO energy VALUES (%s, %s, 2024)", (f"0100{number + 1}", number + 0.25))
    return server


def zones(server, **more) -> dict:
    return {"path": server.url(), "layer": "risks.zones", **more}


def contents(server) -> list:
    """What every table holds, and how many tables, indexes and sequences there are."""
    queries = [f"SELECT * FROM {table} ORDER BY 1" for table in ("risks.zones", "towns", "energy")]
    with server.connected() as connection:
        return [connection.execute(query).fetchall() for query in (*queries, "SELECT count(*) FROM pg_class")]


def test_polygons_are_measured_and_nothing_is_written(filled, place):
    before = contents(filled)
    found = place.measured(SHARE, zones(filled))
    assert found.values.tolist() == pytest.approx([25, 0, 0, 0])
    assert contents(filled) == before


def test_territories_with_names_and_population_come_from_a_table(filled, place):
    territories = {"source": "towns", "code": "code", "name": "name", "population": "population"}
    content = place.content(SHARE, zones(filled), territories=territories)
    content["sources"]["towns"] = {"path": filled.url(), "layer": "towns"}
    from smart_territoires_plugin.core.measurements import measure_study
    from smart_territoires_plugin.core.study import read_study

    found = measure_study(read_study(place.write(content)))
    assert found.territories.codes.tolist() == ["01001", "01002", "01003", "01004"]
    assert found.territories.names.tolist() == [f"L'Haÿ % {number}" for number in range(4)]
    assert found.territories.population.tolist() == [1000, 2000, 3000, 4000]
    assert found.values["one"].values.tolist() == pytest.approx([25, 0, 0, 0])


def test_plain_table_is_read_by_its_key(filled, place):
    found = place.measured(
        FIELD, {"path": filled.url(), "layer": "energy", "key": "code_insee", "where": "year = 2024"}
    )
    assert found.values.tolist() == [0.25, 1.25, 2.25, 3.25]


@pytest.mark.parametrize(
    ("where", "share"),
    [("level = 'fort'", 25), ("level LIKE 'f%t'", 25), ("level = 'L''Haÿ % {}'", 0), ('"Order" > 1 AND id < 2', 25)],
)
def test_filter_of_the_study_chooses_rows(filled, place, where, share):
    assert place.measured({**SHARE, "where": where}, zones(filled)).values[0] == pytest.approx(share)


@pytest.mark.parametrize(
    "where",
    [
        "absent = 1",
        "level = ",
        "1=1; DROP TABLE risks.zones",
        "1=1) UNION SELECT (1",
        "id IN (SELECT id FROM towns)",
        r"level = E'\''; COMMIT; DROP TABLE risks.zones; --' OR true",
        "level = $$'$$; COMMIT; DROP TABLE risks.zones; --'",
        "nextval('risks.zones_id_seq') > 0",
        "set_config('transaction_read_only', 'off', true) = 'off'",
    ],
)
def test_filter_that_is_wrong_or_more_than_a_filter_is_refused(filled, place, where):
    before = contents(filled)
    assert place.refused({**SHARE, "where": where}, zones(filled)).codes == ["source.bad_filter"]
    assert contents(filled) == before


def test_driver_sends_no_second_statement_even_where_the_filter_lets_it_through(filled, place, monkeypatch):
    """The transaction is the second wall: what ends it must not get a statement of its own after it."""
    import re

    from smart_territoires_plugin.core.sources import databases

    monkeypatch.setattr(databases, "_OWN_STRINGS", re.compile("(?!)"))
    before = contents(filled)
    where = r"level = E'\''; COMMIT; DELETE FROM risks.zones; --' OR true"
    assert place.refused({**SHARE, "where": where}, zones(filled)).codes == ["source.bad_filter"]
    assert contents(filled) == before


def test_only_what_meets_the_bounds_is_read_through_the_index(filled, place):
    from smart_territoires_plugin.core.sources import databases

    study = place.study(SHARE, zones(filled))
    bounds = tuple(place.square(0, 0, 2).bounds)
    near = databases.read(study.sources["data"], ["level"], bounds, True)
    assert near["level"].tolist() == ["fort"]
    assert len(databases.read(study.sources["data"], ["level"], None, True)) == 2


def test_many_rows_come_in_blocks_in_the_order_of_the_key(filled, place):
    from smart_territoires_plugin.core.sources import databases

    filled.execute(
        "INSERT INTO risks.zones (id, level, geom) SELECT 100000 - i, i::text,"
        " ST_Multi(ST_MakeEnvelope(650000, 6860000, 650001, 6860001, 2154)) FROM generate_series(1, 25000) AS i"
    )
    read = databases.read(place.study(SHARE, zones(filled)).sources["data"], ["level", "id"], None, True)
    assert len(read) == 25_002
    assert (np.diff(read["id"]) > 0).all()
    assert shapely.area(read.geometry.array[2:]).tolist() == [1.0] * 25_000


def test_rows_without_a_key_come_in_an_order_of_their_content(filled, place):
    from smart_territoires_plugin.core.sources import databases

    source = place.study(FIELD, {"path": filled.url(), "layer": "energy", "key": "insee"}).sources["data"]
    first = databases.read(source, None, None, False)["insee"].tolist()
    filled.execute("CREATE TABLE kept AS SELECT * FROM energy ORDER BY v DESC", "TRUNCATE energy")
    filled.execute("INSERT INTO energy SELECT * FROM kept", "DROP TABLE kept")
    assert databases.read(source, None, None, False)["insee"].tolist() == first


def test_heights_curves_and_surfaces_are_read_as_flat_polygons(filled, place):
    circle = (
        "CURVEPOLYGON(CIRCULARSTRING(650100 6860500, 650500 6860900, 650900 6860500, 650500 6860100, 650100 6860500))"
    )
    tin = "TIN Z (((651000 6860000 5, 652000 6860000 5, 651000 6861000 5, 651000 6860000 5)))"
    raised = "POLYGON ZM ((650000 6861000 1 2, 651000 6861000 1 2, 651000 6862000 1 2, 650000 6861000 1 2))"
    filled.execute("DROP TABLE IF EXISTS odd", "CREATE TABLE odd (id int PRIMARY KEY, geom geometry)")
    for number, text in enumerate((circle, tin, raised)):
        filled.execute(f"INSERT INTO odd VALUES ({number}, ST_SetSRID('{text}'::geometry, 2154))")
    found = place.measured({"kind": "coverage_area"}, {"path": filled.url(), "layer": "public.odd"})
    assert found.values.tolist() == pytest.approx([np.pi * 400**2, 500_000, 500_000, 0], rel=2e-3)


def test_table_in_another_system_is_brought_over(filled, place):
    filled.execute(
        "DROP TABLE IF EXISTS degrees",
        "CREATE TABLE degrees AS SELECT id, ST_Transform(geom, 4326) AS geom FROM risks.zones WHERE level = 'fort'",
    )
    found = place.measured(SHARE, {"path": filled.url(), "layer": "degrees"})
    assert found.values[0] == pytest.approx(25, rel=1e-4)
    assert found.examples("reprojected") == "EPSG:4326"


def test_table_with_two_systems_or_two_geometries_is_asked_about(filled, place):
    filled.execute(
        "DROP TABLE IF EXISTS mixed, pair",
        "CREATE TABLE mixed AS SELECT geom::geometry FROM risks.zones",
        "INSERT INTO mixed SELECT ST_Transform(geom, 4326) FROM towns",
        "CREATE TABLE pair AS SELECT geom, ST_Centroid(geom) AS middle FROM risks.zones",
    )
    refusal = place.refused(SHARE, {"path": filled.url(), "layer": "mixed"})
    assert refusal.codes == ["database.several_systems"]
    assert "2154" in refusal.fr
    refusal = place.refused(SHARE, {"path": filled.url(), "layer": "pair"})
    assert refusal.codes == ["source.which_layer"]
    assert "public.pair.geom" in refusal.fr
    found = place.measured(SHARE, {"path": filled.url(), "layer": "public.pair.geom"})
    assert found.values[0] == pytest.approx(25)


# ── What the store and the manifest know


def test_hash_changes_with_rows_and_not_with_their_order(filled, place):
    from smart_territoires_plugin.core.sources.contents import content_hash

    source = place.study(SHARE, zones(filled)).sources["data"]
    first = content_hash(source)
    filled.execute("UPDATE risks.zones SET level = level")
    assert content_hash(source) == first
    seen = [first]
    for statement in (
        "UPDATE risks.zones SET level = 'moyen' WHERE id = 1",
        "UPDATE risks.zones SET geom = ST_Translate(geom, 1e-9, 0)",
        "INSERT INTO risks.zones (level) VALUES ('a'), ('a')",
        "DELETE FROM risks.zones WHERE id = 4",
        "ALTER TABLE risks.zones RENAME COLUMN day TO jour",
    ):
        filled.execute(statement)
        seen.append(content_hash(source))
    filled.execute("ALTER TABLE risks.zones RENAME COLUMN jour TO day")
    assert len(set(seen)) == len(seen)


def test_table_that_changes_during_the_run_ends_it(filled, place, monkeypatch):
    from smart_territoires_plugin.core import measurements

    def measure_and_change(*arguments):
        filled.execute("UPDATE risks.zones SET level = level || 'x'")
        return original(*arguments)

    original = measurements.measure
    monkeypatch.setattr(measurements, "measure", measure_and_change)
    refusal = place.refused(SHARE, zones(filled))
    assert refusal.codes == ["results.source_changed"]


# ── What is refused


@pytest.mark.parametrize(("layer", "code"), [("absent", "source.no_layer"), (None, "source.which_layer")])
def test_absent_table_is_refused_with_those_there(filled, place, layer, code):
    refusal = place.refused(SHARE, {"path": filled.url(), **({"layer": layer} if layer else {})})
    assert refusal.codes == [code]
    assert "risks.zones" in refusal.en
    assert "spatial_ref_sys" not in refusal.en


def test_table_without_rights_is_refused(filled, place):
    refusal = place.refused(SHARE, {"path": filled.url("stranger"), "layer": "risks.zones"})
    assert refusal.codes == ["database.no_rights"]
    assert "permission denied" in refusal.fr


def test_password_comes_from_the_environment_and_a_service_file(filled, place, monkeypatch, tmp_path):
    source = {"path": filled.url("locked"), "layer": "risks.zones"}
    monkeypatch.delenv("PGPASSWORD", raising=False)
    assert place.refused(SHARE, source).codes == ["database.unreachable"]
    monkeypatch.setenv("PGPASSWORD", "word")
    assert place.measured(SHARE, source).values[0] == pytest.approx(25)
    monkeypatch.delenv("PGPASSWORD")
    service = tmp_path / "services.conf"
    service.write_text(
        f"[region]\nhost=127.0.0.1\nport={filled.port}\ndbname=region\nuser=locked\npassword=word\n", encoding="utf-8"
    )
    monkeypatch.setenv("PGSERVICEFILE", str(service))
    by_service = {"path": "postgresql:///?service=region", "layer": "risks.zones"}
    assert place.measured(SHARE, by_service).values[0] == pytest.approx(25)


@pytest.mark.parametrize(
    "path", ["postgresql://a:s3cret@h/d", "postgresql://a@h/d?password=s3cret", "https://a:s3cret@h/x.tif"]
)
def test_password_in_the_study_is_refused_and_never_repeated(place, path):
    refusal = place.refused_file(place.write(place.content(SHARE, {"path": path, "layer": "x"})))
    assert refusal.codes == ["source.password_in_path"]
    assert "s3cret" not in refusal.fr + refusal.en
    assert "study.yaml:" in refusal.fr


def test_server_that_is_not_there_is_told_in_one_line(place):
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
        refusal = place.refused(SHARE, {"path": f"postgresql://reader@127.0.0.1:{port}/region", "layer": "x"})
    assert refusal.codes == ["database.unreachable"]


def test_server_that_says_nothing_is_given_up(place, monkeypatch):
    from smart_territoires_plugin.core.sources import database_connection

    monkeypatch.setattr(database_connection, "CONNECT_TIMEOUT_S", 2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        path = f"postgresql://reader@127.0.0.1:{silent.getsockname()[1]}/region"
        assert place.refused(SHARE, {"path": path, "layer": "x"}).codes == ["database.unreachable"]


def test_connection_that_is_cut_is_told_in_one_line(filled, place, monkeypatch):
    from smart_territoires_plugin.core.sources import databases

    original = databases._relation

    def cut(connection, source):
        found = original(connection, source)
        with filled.connected() as other:
            other.execute("SELECT pg_terminate_backend(%s)", (connection.info.backend_pid,))
        return found

    monkeypatch.setattr(databases, "_relation", cut)
    assert place.refused(SHARE, zones(filled)).codes == ["database.failed"]


def test_missing_library_is_named_with_its_extra(place, monkeypatch):
    from smart_territoires_plugin.core.errors import SmartTerritoiresError
    from smart_territoires_plugin.core.measurements import measure_study
    from smart_territoires_plugin.core.messages import problem_lines

    original = builtins.__import__

    def without(name, *arguments, **named):
        if name.partition(".")[0] == "psycopg":
            raise ImportError(name)
        return original(name, *arguments, **named)

    study = place.study(SHARE, {"path": "postgresql://reader@127.0.0.1:1/region", "layer": "x"})
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(SmartTerritoiresError) as raised:
        measure_study(study)
    assert raised.value.exit_code == 3
    assert "smart-territoires[postgis]" in "".join(problem_lines(raised.value.problems, "fr"))


def test_several_readings_at_once_have_a_connection_each(filled, place):
    from smart_territoires_plugin.core.sources import databases

    source = place.study(SHARE, zones(filled)).sources["data"]
    with ThreadPoolExecutor(8) as threads:
        read = list(threads.map(lambda _: len(databases.read(source, None, None, True)), range(8)))
    assert read == [2] * 8
