"""What the tests in the whole desktop share: the packaged plugin, a folder of pictures, a session on its own screen."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.desktop.looks import THEMES, Look, Made

ROOT = Path(__file__).resolve().parents[2]
PYTHON = os.environ.get("ST_ENGINE_PYTHON") or str(ROOT / ".venv" / "bin" / "python")
LONGEST_S = 200


@pytest.fixture(scope="session")
def plugin_zip():
    if os.environ.get("ST_PLUGIN_ZIP"):
        return Path(os.environ["ST_PLUGIN_ZIP"])
    subprocess.run(["make", "zip"], cwd=ROOT, check=True, capture_output=True)
    return ROOT / "dist" / "smart_territoires_plugin.zip"


@pytest.fixture(scope="session")
def pictures():
    folder = Path(os.environ.get("ST_PICTURES") or ROOT / "build" / "pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def make_session(plugin_zip, pictures, tmp_path_factory):
    """Let a script work in QGIS on a screen of its own, from a bare profile: as one who has just installed QGIS."""

    def make(script: str, look: Look, results: Path | None = None) -> Made:
        home = tmp_path_factory.mktemp(script)
        archive = home / plugin_zip.name
        shutil.copy(plugin_zip, archive)
        # Another size of screen than that of the tests.
        left_out = ("PYTHONPATH", "QT_QPA_PLATFORM", "DISPLAY")
        kept = {name: value for name, value in os.environ.items() if name not in left_out}
        environment = {
            **kept, "PYTHONPATH": str(Path(__file__).parent), "ST_ENGINE_PYTHON": PYTHON, "HOME": str(home),
            "ST_PLUGIN_ZIP": str(archive), "ST_REPORT": str(home / "report.json"), "ST_PICTURES": str(pictures),
            "ST_LOOK": f"{script}_{look}", "ST_LANG": look.lang, "ST_NOTE": str(home),
            "QT_SCALE_FACTOR": str(look.percent / 100),
        }  # fmt: skip
        if results is not None:
            environment["ST_RESULTS"] = str(results)
        profile = home / "profiles" / "profiles" / "default" / "QGIS"
        if THEMES[look.theme]:
            profile.mkdir(parents=True)
            (profile / "QGIS3.ini").write_text(f"[UI]\nUITheme={THEMES[look.theme]}\n", encoding="utf-8")
        screen = f"{16 * look.percent}x{10 * look.percent}x24"
        command = [
            "xvfb-run", "-a", "-s", f"-screen 0 {screen}", "qgis", "--noversioncheck", "--nologo", "--lang", look.lang,
            "--profiles-path", str(home / "profiles"), "--code", str(Path(__file__).with_name(f"{script}.py")),
        ]  # fmt: skip
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=LONGEST_S, check=False)
        report = home / "report.json"
        assert report.is_file(), done.stdout + done.stderr
        return Made(json.loads(report.read_text(encoding="utf-8")), done.stderr, home)

    return make
