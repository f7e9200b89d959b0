"""Rasters on a web server, a real one: read by parts, tried again where it is busy, refused in one line otherwise."""

from __future__ import annotations

import http.server
import socket
import threading
from dataclasses import dataclass, field
from email.utils import formatdate

import numpy as np
import pytest

MEAN = {"kind": "zonal_mean"}


@dataclass
class Web:
    """A server of one file: what it answers, and what it was asked."""

    content: bytes = b""
    changed_s: float = 1_700_000_000.0
    tag: str = '"one"'
    headers: tuple[str, ...] = ("ETag", "Last-Modified")
    in_parts: bool = True
    faults: list = field(default_factory=list)
    faults_after: int = 0
    asked: list = field(default_factory=list)
    sent_bytes: int = 0
    url: str = ""


def handler(web: Web):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def do_HEAD(self):
            self.answer(False)

        def do_GET(self):
            self.answer(True)

        def answer(self, whole):
            web.asked.append((self.command, self.path, self.headers.get("Range")))
            if web.faults and len(web.asked) > web.faults_after:
                fault = web.faults.pop(0)
                if fault == "cut":
                    self.close_connection = True
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                self.send_response(fault)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            if not self.path.startswith("/data/"):
                self.send_error(404)
                return
            start, end = 0, len(web.content) - 1
            partly = web.in_parts and (self.headers.get("Range") or "").startswith("bytes=")
            if partly:
                first, _, last = self.headers["Range"][6:].partition("-")
                start, end = int(first), min(end, int(last or end))
            body = web.content[start : end + 1]
            self.send_response(206 if partly else 200)
            if partly:
                self.send_header("Content-Range", f"bytes {start}-{end}/{len(web.content)}")
            said = {"ETag": web.tag, "Last-Modified": formatdate(web.changed_s, usegmt=True)}
            for name in web.headers:
                self.send_header(name, said[name])
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if whole:
                web.sent_bytes += len(body)
                self.wfile.write(body)

    return Handler


@pytest.fixture
def web(place, monkeypatch):
    """Serve a GeoTIFF of 1, 2, 3, 4 on the four squares, tiled, its file on no disk that the study could name."""
    from smart_territoires_plugin.core.sources import remote

    monkeypatch.setattr(remote, "PAUSES_S", (0.05, 0.05))
    values = np.kron([[3.0, 4.0], [1.0, 2.0]], np.ones((512, 512)))
    path = place.raster("kept.tif", values, tiled=True, blockxsize=256, blockysize=256, nodata=-1)
    web = Web(path.read_bytes())
    path.unlink()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler(web))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    # A name of its own for each test: GDAL remembers what it has read of an address.
    web.url = f"http://127.0.0.1:{server.server_address[1]}/data/no2 {place.folder.parent.name}.tif".replace(" ", "%20")
    yield web
    server.shutdown()
    server.server_close()
    thread.join()


def test_raster_of_a_server_is_measured_without_listing_its_folder(place, web):
    found = place.measured(MEAN, {"path": web.url})
    assert found.values.tolist() == [1, 2, 3, 4]
    assert {path for _, path, _ in web.asked} == {"/data/" + web.url.rpartition("/")[2]}
    assert all(part for command, _, part in web.asked if command == "GET")


def test_only_the_parts_that_are_needed_travel(place, web):
    territories = {"source": "one", "code": "code"}
    place.territories_file("one.gpkg", [place.square(0.1, 0.1, 0.2)])
    found = place.measured(MEAN, {"path": web.url}, territories=territories, sources={"one": {"path": "one.gpkg"}})
    assert found.values.tolist() == [1]
    # Nothing is declared doubtful by a look at the whole: the no-data value is declared.
    assert web.sent_bytes < len(web.content) / 2


@pytest.mark.parametrize("fault", [429, 503, "cut"])
@pytest.mark.parametrize("after", [0, 1])
def test_server_that_is_busy_for_a_moment_is_asked_again(place, web, fault, after):
    web.faults, web.faults_after = [fault], after
    assert place.measured(MEAN, {"path": web.url}).values.tolist() == [1, 2, 3, 4]
    assert not web.faults


@pytest.mark.parametrize("fault", [429, 503, "cut", 404, 403])
def test_server_that_stays_so_is_told_in_one_line(place, web, fault):
    web.faults = [fault] * 200
    refusal = place.refused(MEAN, {"path": web.url})
    assert refusal.codes == ["remote.unreachable"]
    if isinstance(fault, int):
        assert str(fault) in refusal.fr
    assert len(web.asked) == (3 if fault in (429, 503, "cut") else 1), "no more attempts than are worth it"


def test_server_that_is_not_there_is_told(place, web):
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        path = f"http://127.0.0.1:{held.getsockname()[1]}/x.tif"
        assert place.refused(MEAN, {"path": path}).codes == ["remote.unreachable"]


def test_server_that_says_nothing_is_given_up(place, web, monkeypatch):
    from smart_territoires_plugin.core.sources import remote

    monkeypatch.setattr(remote, "TIMEOUT_S", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        path = f"http://127.0.0.1:{silent.getsockname()[1]}/x.tif"
        assert place.refused(MEAN, {"path": path}).codes == ["remote.unreachable"]


def test_error_page_with_status_200_is_no_raster(place, web):
    web.content = b"<?xml version='1.0'?><ServiceExceptionReport/>"
    refusal = place.refused(MEAN, {"path": web.url})
    assert refusal.codes == ["remote.not_geotiff"]
    assert "<?xml" in refusal.fr


def test_server_without_parts_or_without_a_version_is_refused(place, web):
    web.in_parts = False
    assert place.refused(MEAN, {"path": web.url}).codes == ["remote.not_in_parts"]
    web.in_parts, web.headers = True, ()
    assert place.refused(MEAN, {"path": web.url}).codes == ["remote.no_version"]


def test_only_geotiff_is_read_from_a_server(place, web):
    refusal = place.refused({"kind": "coverage_share"}, {"path": web.url.replace(".tif", ".gpkg")})
    assert refusal.codes == ["remote.not_raster"]
    assert place.refused(MEAN, {"path": "ftp://127.0.0.1/x.tif"}).codes == ["source.unknown_address"]


@pytest.mark.parametrize(
    "change", [{"tag": '"two"'}, {"changed_s": 1_700_000_001.0}, {"content": b"II*\x00" + bytes(99)}]
)
def test_hash_changes_with_what_the_server_says(place, web, change):
    from smart_territoires_plugin.core.sources.contents import content_hash

    source = place.study(MEAN, {"path": web.url}).sources["data"]
    first = content_hash(source)
    assert content_hash(source) == first
    for name, value in change.items():
        setattr(web, name, value)
    assert content_hash(source) != first


def test_file_that_is_replaced_during_the_run_ends_it(place, web, monkeypatch):
    from smart_territoires_plugin.core import measurements

    def measure_and_change(*arguments):
        web.tag = '"two"'
        return original(*arguments)

    original = measurements.measure
    monkeypatch.setattr(measurements, "measure", measure_and_change)
    assert place.refused(MEAN, {"path": web.url}).codes == ["results.source_changed"]


@pytest.mark.parametrize("after", [1, 3])
def test_server_that_goes_away_while_it_is_read_leaves_no_wrong_value(place, web, after):
    from smart_territoires_plugin.core.errors import SmartTerritoiresError
    from smart_territoires_plugin.core.measurements import measure_study

    web.faults, web.faults_after = [503] * 500, after
    study = place.study(MEAN, {"path": web.url})
    try:
        values = measure_study(study).values["one"].values
    except SmartTerritoiresError as error:
        assert len(error.problems) == 1
        assert error.exit_code == 2
    else:
        assert np.isnan(values).any()
        assert all(np.isnan(value) or value == wanted for value, wanted in zip(values, (1, 2, 3, 4)))
