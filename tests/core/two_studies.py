"""Two studies on the same sources, and what tells whose results a folder holds; for the tests of publication."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyogrio
import pytest
from small_study import write_small_study

from smart_territoires_plugin.core.cli import main

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")
needs_sigterm = pytest.mark.skipif(sys.platform == "win32", reason="on Windows, terminate ends a process as kill does")
FILES = (
    "lists.csv", "manifest.json", "methodology.html", "results.gpkg", "scoring.npz", "targets.csv", "targets.xlsx",
    "territories.csv",
)  # fmt: skip
FORMER, NEW = "former", "new"


def other_weight(content: dict) -> None:
    """A change of the study that changes every file of the results."""
    content["indicators"][2]["weight"] = 9
    content["name"] = "Autre étude"


@pytest.fixture(scope="module")
def studies(tmp_path_factory) -> dict[str, Path]:
    """Two studies on the same sources."""
    folder = tmp_path_factory.mktemp("sources")
    former = write_small_study(folder)
    former.rename(folder / "former.yaml")
    new = write_small_study(folder, change=other_weight)
    new.rename(folder / "new.yaml")
    return {FORMER: folder / "former.yaml", NEW: folder / "new.yaml"}


@pytest.fixture(scope="module")
def readiness(studies, tmp_path_factory) -> dict[str, list[float]]:
    """The readiness of either study, by which every file of its results is known."""
    made = {}
    for name, study in studies.items():
        out = tmp_path_factory.mktemp(name) / "out"
        assert run(study, out) == 0
        made[name] = readiness_of(out / "territories.csv")
    assert made[FORMER] != made[NEW]
    return made


@pytest.fixture
def out(studies, readiness, tmp_path) -> Path:
    """A folder with the former results."""
    folder = tmp_path / "résultats"
    assert run(studies[FORMER], folder) == 0
    return folder


def run(study: Path, folder: Path) -> int:
    return main(["run", str(study), "--out", str(folder), "--lang", "en", "--workers", "1"])


def readiness_of(table: Path) -> list[float]:
    with table.open(encoding="utf-8", newline="") as stream:
        return [round(float(row["readiness"]), 6) for row in csv.DictReader(stream)]


def whose(folder: Path, readiness: dict[str, list[float]]) -> set[str]:
    """Which of the two studies the files of a folder are of; all of them are opened and read."""
    assert sorted(item.name for item in folder.iterdir() if not item.name.startswith(".")) == list(FILES)
    names = {"Petite étude": FORMER, "Autre étude": NEW}
    with sqlite3.connect(f"file:{folder / 'results.gpkg'}?mode=ro", uri=True) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    stored = pyogrio.read_dataframe(folder / "results.gpkg", layer="territories", read_geometry=False)
    run_row = pyogrio.read_dataframe(folder / "results.gpkg", layer="runs")
    with np.load(folder / "scoring.npz", allow_pickle=False) as state:
        weights = state["weights"].tolist()
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    page = (folder / "methodology.html").read_text(encoding="utf-8")
    assert page.rstrip().endswith("</html>")
    by_values = {tuple(values): name for name, values in readiness.items()}
    return {
        by_values[tuple(readiness_of(folder / "territories.csv"))],
        by_values[tuple(stored["readiness"].round(6).tolist())],
        names[run_row["study"].iloc[0]],
        NEW if 9 in weights else FORMER,
        names[manifest["study"]["name"]],
        NEW if "Autre étude" in page else FORMER,
    }


def forked(action: Callable[[], object]) -> int:
    """Do something in a copy of this process; return its process number."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child:
        return child
    code = 99
    try:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        code = int(action() or 0)
    finally:
        os._exit(code)


def exit_code(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
