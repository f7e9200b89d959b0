"""The atlas as a child: which Python is found, with which environment, and how its end is told."""

from __future__ import annotations

import contextlib
import json
import os
import stat
import sys
import time
from pathlib import Path

import pytest
from small_study import write_small_study

from smart_territoires_plugin.core import atlas_child
from smart_territoires_plugin.core.cancellation import held
from smart_territoires_plugin.core.cli import main
from smart_territoires_plugin.core.errors import Cancelled, EngineError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for Python is a shell script")
OWN = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "PROJ_DATA", "PROJ_LIB", "GDAL_DATA", "GDAL_DRIVER_PATH")


@pytest.fixture(scope="module")
def results(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    study = write_small_study(folder)
    assert main(["run", str(study), "--out", str(folder / "out é"), "--lang", "en"]) == 0
    return folder / "out é"


def stand_in(folder: Path, body: str, probe: int = 0) -> Path:
    """A program in the place of a Python with QGIS: answers the probe, then does as it is told."""
    script = folder / "python 3"
    script.write_text(f'#!/bin/sh\nif [ "$1" = "-c" ]; then exit {probe}; fi\n{body}\n')
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return script


def test_the_named_python_gets_the_call_and_a_clean_environment(results, tmp_path, monkeypatch):
    told = tmp_path / "told"
    body = f'printf "%s\\n" "$@" > "{told}"; env > "{told}.env"'
    monkeypatch.setenv("ST_QGIS_PYTHON", str(stand_in(tmp_path, body)))
    for name in OWN:
        monkeypatch.setenv(name, "/rubbish")
    target = tmp_path / "atlas.pdf"
    assert main(["atlas", str(results), "--out", str(target), "--lang", "fr", "--json"]) == 0
    assert told.read_text().splitlines() == [
        "-m", "smart_territoires_plugin.atlas", str(results), "--out", str(target), "--lang", "fr", "--json",
    ]  # fmt: skip
    environment = dict(line.partition("=")[::2] for line in Path(f"{told}.env").read_text().splitlines())
    assert "/rubbish" not in environment.values()
    assert (Path(environment["PYTHONPATH"]) / "smart_territoires_plugin" / "atlas").is_dir()


@pytest.mark.parametrize("code", [0, 1, 2, 3, 130])
def test_the_exit_code_is_the_atlas_own(results, tmp_path, monkeypatch, code):
    monkeypatch.setenv("ST_QGIS_PYTHON", str(stand_in(tmp_path, f"exit {code}")))
    assert main(["atlas", str(results), "--out", str(tmp_path / "a.pdf")]) == code


def test_a_crash_of_the_child_is_a_message(results, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("ST_QGIS_PYTHON", str(stand_in(tmp_path, "kill -SEGV $$")))
    assert main(["atlas", str(results), "--out", str(tmp_path / "a.pdf"), "--json", "--lang", "en"]) == 1
    (event,) = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert event["event"] == "problem" and event["severity"] == "error" and "11" in event["what"]


@pytest.mark.parametrize("named", ["/nowhere/python3", "without qgis"])
def test_a_python_without_qgis_is_named_with_exit_3(results, tmp_path, monkeypatch, capsys, named):
    path = str(stand_in(tmp_path, "exit 0", probe=1)) if named == "without qgis" else named
    monkeypatch.setenv("ST_QGIS_PYTHON", path)
    assert main(["atlas", str(results), "--out", str(tmp_path / "a.pdf"), "--lang", "fr"]) == 3
    captured = capsys.readouterr()
    (line,) = captured.err.splitlines()
    assert line.startswith(f"{path}\u00a0: ") and "ST_QGIS_PYTHON" in line and captured.out == ""


def test_what_is_named_is_not_passed_over_for_another(monkeypatch):
    monkeypatch.setenv("ST_QGIS_PYTHON", "/nowhere/python3")
    monkeypatch.setattr(atlas_child, "_CANDIDATES", (sys.executable,))
    monkeypatch.setattr(atlas_child, "_PROBE", "")
    with pytest.raises(EngineError):
        atlas_child.find_qgis_python()
    monkeypatch.delenv("ST_QGIS_PYTHON")
    assert atlas_child.find_qgis_python() == sys.executable


def test_without_results_no_child_is_started(tmp_path, monkeypatch, capsys):
    told = tmp_path / "told"
    monkeypatch.setenv("ST_QGIS_PYTHON", str(stand_in(tmp_path, f'touch "{told}"')))
    assert main(["atlas", str(tmp_path), "--out", str(tmp_path / "a.pdf")]) == 2
    assert not told.exists() and len(capsys.readouterr().err.splitlines()) == 1


def test_a_cancel_ends_the_child(results, tmp_path, monkeypatch):
    """The child is asked to end; one that does not listen is ended."""
    number = tmp_path / "number"
    body = f"trap '' TERM\necho $$ > \"{number}\"\nwhile true; do sleep 0.1; done"
    monkeypatch.setenv("ST_QGIS_PYTHON", str(stand_in(tmp_path, body)))
    real = atlas_child.subprocess.Popen.wait

    def wait(child, timeout=None):
        if timeout is not None or child.args[1] == "-c":
            return real(child, timeout)
        while not number.exists() or not number.read_text().strip():
            time.sleep(0.01)
        raise Cancelled

    monkeypatch.setattr(atlas_child.subprocess.Popen, "wait", wait)
    with held():
        assert main(["atlas", str(results), "--out", str(tmp_path / "a.pdf")]) == 130
    deadline = time.monotonic() + 5
    while _runs(int(number.read_text())) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _runs(int(number.read_text()))


def _runs(process: int) -> bool:
    with contextlib.suppress(ChildProcessError):
        os.waitpid(process, os.WNOHANG)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
