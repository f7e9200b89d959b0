"""The atlas from the command line: one line where it is refused, progress for programs, and an end when asked."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.qgis.atlas_reading import SMALL, contents, pages, run, write_results_of_synthesis
from tests.qgis.synthetic_results import write_results

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("results")
    return folder, write_results(folder, SMALL)


def test_command_line_writes_one_file(results, tmp_path):
    done = run(results[0], "--out", tmp_path / "atlas.pdf", "--lang", "en")
    assert (done.returncode, done.stdout) == (0, f"{tmp_path / 'atlas.pdf'}\n")
    assert len(pages(tmp_path / "atlas.pdf")) == 5 + len(results[1])
    assert len(done.stderr.splitlines()) < 20
    assert not [line for line in done.stderr.splitlines() if not re.match(r" *\d+ % \w", line)]


def test_command_line_speaks_json(results, tmp_path):
    done = run(results[0], "--out", tmp_path / "atlas", "--json")
    assert done.returncode == 0
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert {event["event"] for event in events} == {"progress"}
    assert all(set(event) == {"event", "done", "step", "label", "remaining_s"} for event in events)
    result = json.loads(done.stdout)
    assert result["out"] == str(tmp_path / "atlas")
    assert {Path(path) for path in result["files"].values()} == set((tmp_path / "atlas").iterdir())


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_command_line_refuses_in_one_line(tmp_path, options):
    done = run(tmp_path, "--out", tmp_path / "atlas.pdf", *options)
    assert (done.returncode, done.stdout, contents(tmp_path)) == (2, "", {})
    (line,) = done.stderr.splitlines()
    assert "results.gpkg" in line and str(tmp_path) in line
    if options:
        assert json.loads(line)["event"] == "problem"


def test_command_line_stops_when_asked(tmp_path):
    write_results_of_synthesis(tmp_path / "results")
    output = tmp_path / "out" / "atlas.pdf"
    output.parent.mkdir()
    output.write_bytes(b"former")
    command = [sys.executable, "-m", "smart_territoires_plugin.atlas", tmp_path / "results", "--out", output, "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    child = subprocess.Popen(list(map(str, command)), env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    for line in child.stderr:
        if json.loads(line)["done"] > 0.1:
            child.send_signal(signal.SIGTERM)
            break
    said, _ = child.communicate(timeout=30)[::-1]
    assert child.returncode == 130
    assert json.loads(said.splitlines()[-1])["event"] == "problem"
    assert contents(output.parent) == {"atlas.pdf": b"former"}


def test_command_line_without_qgis_says_so(tmp_path):
    # An interpreter that shuts PyQGIS out stands for one that has none.
    (tmp_path / "qgis.py").write_text("raise ImportError('no qgis')\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
    command = [sys.executable, "-m", "smart_territoires_plugin.atlas", str(tmp_path), "--out", str(tmp_path / "a.pdf")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 3
    assert "PyQGIS" in done.stderr and len(done.stderr.splitlines()) == 1
