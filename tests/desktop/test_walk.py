"""The four steps walked with clicks and keys in the whole desktop: in French, and as others see them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from qgis.PyQt.QtGui import QImage

ROOT = Path(__file__).resolve().parents[2]
PYTHON = os.environ.get("ST_ENGINE_PYTHON") or str(ROOT / ".venv" / "bin" / "python")
LONGEST_S = 200
# A bare profile: what a person meets who has just installed QGIS.
FRENCH = {"lang": "fr", "screen": "1600x1000x24"}
DARK = {"lang": "en", "screen": "3200x2000x24", "theme": "Night Mapping", "scale": "2"}


@pytest.fixture(scope="module")
def plugin_zip():
    if os.environ.get("ST_PLUGIN_ZIP"):
        return Path(os.environ["ST_PLUGIN_ZIP"])
    subprocess.run(["make", "zip"], cwd=ROOT, check=True, capture_output=True)
    return ROOT / "dist" / "smart_territoires_plugin.zip"


@pytest.fixture(scope="module")
def pictures():
    folder = Path(os.environ.get("ST_PICTURES") or ROOT / "build" / "pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def walk(folder, plugin_zip, pictures, look, lang, screen, theme="", scale="", results=None):
    """Let the walk be made on a screen of its own; return its report and what QGIS said."""
    archive = folder / "smart_territoires_plugin.zip"
    shutil.copy(plugin_zip, archive)
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "QT_QPA_PLATFORM")}
    # Another size of screen than that of the tests.
    kept.pop("DISPLAY", None)
    environment = {
        **kept, "ST_ENGINE_PYTHON": PYTHON, "ST_PLUGIN_ZIP": str(archive), "ST_REPORT": str(folder / "report.json"),
        "ST_PICTURES": str(pictures), "ST_LOOK": look, "ST_LANG": lang, "ST_NOTE": str(folder), "HOME": str(folder),
    }  # fmt: skip
    if scale:
        environment["QT_SCALE_FACTOR"] = scale
    if results is not None:
        environment["ST_RESULTS"] = str(results)
    profile = folder / "profiles" / "profiles" / "default" / "QGIS"
    if theme:
        profile.mkdir(parents=True)
        (profile / "QGIS3.ini").write_text(f"[UI]\nUITheme={theme}\n", encoding="utf-8")
    command = [
        "xvfb-run", "-a", "-s", f"-screen 0 {screen}", "qgis", "--noversioncheck", "--nologo", "--lang", lang,
        "--profiles-path", str(folder / "profiles"), "--code", str(Path(__file__).with_name("walk.py")),
    ]  # fmt: skip
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=LONGEST_S, check=False)
    report = folder / "report.json"
    assert report.is_file(), done.stdout + done.stderr
    return json.loads(report.read_text(encoding="utf-8")), done


@pytest.fixture(scope="module")
def french(plugin_zip, pictures, tmp_path_factory):
    folder = tmp_path_factory.mktemp("walk")
    report, done = walk(folder, plugin_zip, pictures, "walk_fr", **FRENCH)
    return report, done, folder


@pytest.fixture(scope="module")
def dark(french, plugin_zip, pictures, tmp_path_factory):
    """The results that the first walk made, on a dark screen at twice the size."""
    (results,) = french[2].rglob("fictitious_region/results")
    return walk(tmp_path_factory.mktemp("dark"), plugin_zip, pictures, "walk_en_dark", results=results, **DARK)


def test_every_step_is_made_without_an_error(french):
    report, done, _ = french
    assert report["errors"] == []
    assert "Traceback" not in done.stderr
    assert report["steps"][-1] == "unload" and report["unloaded"] and not report["dock_left"]
    assert [dialog for dialog in report["dialogs"] if "Smart" in dialog[1]] == []


def test_the_first_list_is_at_most_six_clicks_away(french):
    assert french[0]["clicks_to_the_list"] <= 6


def test_steps_say_their_state(french):
    states = french[0]["states"]
    assert {states[f"{name}_empty"] for name in ("study", "weights", "targets", "sharing")} == {"empty"}
    assert {states[name] for name in ("study", "weights", "targets", "sharing")} == {"ready"}
    assert states["weights_moved"] == "stale" and states["weights_undone"] == "ready"


def test_a_key_moves_the_weight_and_the_scores(french):
    before, after = french[0]["slider"]
    assert after > before
    assert "Par rapport à" in french[0]["said_of_the_move"] or "changent de segment" in french[0]["said_of_the_move"]


def test_table_chart_and_map_share_one_selection(french):
    assert french[0]["selected_in_table"] == [1, 1]
    assert french[0]["selected_in_chart"] == [1, 1]


def test_a_chip_filters_the_table(french):
    before, after = french[0]["rows"]
    assert 0 < after < before


def test_the_note_arrives_where_it_was_asked_for(french):
    report, _, folder = french
    assert report["can_open"], report["said_of_the_note"]
    assert (folder / "director_note.html").is_file()


def test_the_longest_pauses_are_known(french):
    """No figure is asserted: machines differ, and QGIS itself pauses longer than we do."""
    report = french[0]
    for title, found in (("by step", report["pauses_ms"]), ("within our code", report["held_ms"])):
        print(f"longest pauses {title}, ms:", dict(sorted(found.items(), key=lambda item: -item[1])))
    assert {"move_a_slider", "wait_for_the_scores", "select_in_the_table", "export_the_note"} <= set(
        report["pauses_ms"]
    )


def test_a_dark_screen_at_twice_the_size_shows_the_same(dark):
    report, done = dark
    assert report["errors"] == []
    assert "Traceback" not in done.stderr
    assert report["theme"] == "Night Mapping" and report["ratio"] >= 2.0
    assert {report["states"][name] for name in ("study", "weights", "targets", "sharing")} == {"ready"}


@pytest.mark.parametrize("name", ["study", "weights", "targets", "targets_card", "sharing"])
def test_every_step_is_in_a_picture(french, dark, pictures, name):
    light_picture = QImage(str(pictures / f"walk_fr_{name}.png"))
    dark_picture = QImage(str(pictures / f"walk_en_dark_{name}.png"))
    assert light_picture.width() >= 1500 and dark_picture.width() >= 3000
    assert brightness(light_picture) > 128 > brightness(dark_picture)


def brightness(image):
    """How bright the right border of the window is, where the workbench is: 0–255, the median."""
    x = image.width() * 3 // 4
    values = sorted(
        image.pixelColor(x + step, y).lightness()
        for y in range(image.height() // 5, image.height() * 4 // 5, 7)
        for step in range(0, image.width() // 5, 11)
    )
    return values[len(values) // 2]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_pictures_of_the_help_are_there_and_light(lang):
    folder = ROOT / "resources" / "help"
    shown = re.findall(r'<img src="([^"]+)" alt="[^"]+"', (folder / lang / "index.html").read_text(encoding="utf-8"))
    assert len(shown) == 4
    for place in shown:
        picture = folder / lang / place
        assert picture.stat().st_size < 150_000
        assert QImage(str(picture)).width() >= 600
