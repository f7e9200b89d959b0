"""What tests of the atlas share: its pages as text, what a folder holds, the command line in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.qgis.synthetic_results import Region, write_results

ROOT = Path(__file__).resolve().parents[2]
SMALL = Region(columns=8, rows=6, shortlist=4)


def pages(pdf: Path) -> list:
    """The text of each page in the order in which it was printed, spaces of all kinds made one."""
    written = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], check=True, capture_output=True).stdout.decode()
    return [" ".join(page.split()) for page in written.split("\f")[:-1]]


def run(*arguments, **options):
    # The screen of the tests is not passed on: the atlas has to find its way without one.
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    environment["PYTHONPATH"] = str(ROOT)
    command = [sys.executable, "-m", "smart_territoires_plugin.atlas", *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, **options)


def contents(folder: Path) -> dict:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def write_results_of_synthesis(folder: Path) -> list:
    return write_results(folder, SMALL)
