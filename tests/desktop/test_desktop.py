"""The whole QGIS desktop, the packaged plugin in an empty profile: the fictitious region from the menu to the map."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from qgis.PyQt.QtGui import QImage

ROOT = Path(__file__).resolve().parents[2]
LONGEST_S = 300


@pytest.fixture(scope="module")
def session(plugin_zip, pictures, tmp_path_factory):
    """Let a person's steps be made in QGIS, in French, and return the report and what QGIS said on its way."""
    folder = tmp_path_factory.mktemp("desktop")
    # A zip of another version lies beside ours in no profile: this one is empty.
    archive = folder / "smart_territoires_plugin.zip"
    shutil.copy(plugin_zip, archive)
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "QT_QPA_PLATFORM")}
    environment.setdefault("ST_ENGINE_PYTHON", str(ROOT / ".venv" / "bin" / "python"))
    environment.update(
        ST_PLUGIN_ZIP=str(archive), ST_REPORT=str(folder / "report.json"), ST_PICTURES=str(pictures), HOME=str(folder)
    )
    script = Path(__file__).with_name("session.py")
    command = ["qgis", "--noversioncheck", "--nologo", "--lang", "fr", "--profiles-path", str(folder / "profiles")]
    screen = [] if os.environ.get("DISPLAY") else ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24"]
    done = subprocess.run(
        [*screen, *command, "--code", str(script)], env=environment, capture_output=True, text=True,
        timeout=LONGEST_S, check=False,
    )  # fmt: skip
    report = folder / "report.json"
    assert report.is_file(), done.stdout + done.stderr
    return json.loads(report.read_text(encoding="utf-8")), done


def test_no_python_error(session):
    report, done = session
    assert report["errors"] == [], report["log"]
    assert "Traceback" not in done.stderr
    said = [line for line in report["log"] if "Traceback" in line[2] or line[0].startswith("Python")]
    assert said == []


def test_every_step_was_made(session):
    report, _ = session
    assert report["steps"][-1] == "look_for_leftovers"
    assert [dialog for dialog in report["dialogs"] if "Smart" in dialog[1]] == []


def test_the_zip_installs_and_registers(session):
    report, _ = session
    assert report["active"]
    assert sorted(report["provider"]) == [
        "smart_territoires:choose_portfolio",
        "smart_territoires:compare_runs",
        "smart_territoires:compute_indicators",
        "smart_territoires:director_note",
        "smart_territoires:export_atlas",
        "smart_territoires:find_targets",
        "smart_territoires:freeze_thresholds",
        "smart_territoires:import_projects",
        "smart_territoires:list_changes",
        "smart_territoires:make_register",
        "smart_territoires:outreach_sheets",
        "smart_territoires:run_study",
        "smart_territoires:score_territories",
        "smart_territoires:weigh_themes",
    ]


def test_the_desktop_speaks_french(session):
    report, _ = session
    assert report["label"] == "Ouvrir la région fictive"
    assert report["check"].startswith("L’étude peut être exécutée")


def test_the_layers_arrive_in_one_group_and_say_fictitious(session):
    report, _ = session
    (group,) = report["groups"]
    assert "fictive" in group
    assert all(valid for _, valid, _ in report["layers"])
    counts = {name: count for name, _, count in report["layers"]}
    assert counts["Segments"] == counts["Potentiel"] == counts["Priorité"] > 200
    assert counts["Cibles"] > 0


def test_the_map_is_drawn(session, pictures):
    image = QImage(str(pictures / "desktop_map.png"))
    assert image.width() > 600
    assert image.height() > 400
    colours = {}
    for x in range(0, image.width(), 3):
        for y in range(0, image.height(), 3):
            colour = image.pixel(x, y)
            colours[colour] = colours.get(colour, 0) + 1
    whole = sum(colours.values())
    assert len(colours) > 50
    # Several fills, each of a good part of the map: segments, not one flat colour.
    assert sum(count > whole / 200 for count in colours.values()) >= 4
    assert max(colours.values()) < 0.8 * whole


def test_the_plugin_leaves_without_trace(session):
    report, done = session
    assert report["unloaded"]
    assert report["left"] == []
    assert done.returncode == 0, done.stderr
