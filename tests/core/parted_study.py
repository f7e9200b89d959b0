"""A study whose one overlay runs in slow parts, run as a child process; for the tests of resuming and of clusters."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
from small_study import CHECKOUT, child_environment, write_small_study

PARTS = 12
SCRIPT = CHECKOUT / "tests" / "core" / "parted_run.py"


class PartedStudy:
    """The study, and what its parts have left behind."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.study = write_small_study(folder / "study", size=PARTS)

    def start(self, out: Path, marks: str, *more: str, seconds: float = 0.0, **environment: str) -> subprocess.Popen:
        """Begin a run; ``marks`` names the folder of its marks."""
        (self.folder / marks).mkdir(exist_ok=True)
        own = child_environment(PART_MARKS=str(self.folder / marks), PART_SECONDS=str(seconds), **environment)
        own["PYTHONPATH"] = os.pathsep.join([str(CHECKOUT), str(SCRIPT.parent)])
        arguments = ["run", str(self.study), "--out", str(out), "--workers", "2", *more]
        return subprocess.Popen(
            [sys.executable, str(SCRIPT), *arguments], env=own, cwd=self.folder,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip

    def run(self, out: Path, marks: str, *more: str, **how) -> tuple[int, str]:
        """Run to the end; return the exit code and what was said."""
        child = self.start(out, marks, *more, **how)
        _, said = child.communicate(timeout=100)
        return child.returncode, said

    def places(self, marks: str) -> list[int]:
        """Return which parts were computed, in order."""
        return sorted(int(mark.name.partition("-")[0]) for mark in (self.folder / marks).glob("*.part"))

    def processes(self, marks: str) -> set[int]:
        """Return which processes computed parts."""
        return {int(mark.name.split("-")[1]) for mark in (self.folder / marks).glob("*.part")}

    def kept(self, out: Path) -> int:
        """Return how many entries the store holds."""
        return len(list((out / ".store").glob("*.values")))


def bits(out: Path) -> dict[str, bytes]:
    """Return what must be the same byte for byte: tables, scoring state, and the manifest apart from its timings."""
    content = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    content.pop("timings")
    with np.load(out / "scoring.npz") as state:
        arrays = {name: state[name].tobytes() for name in state.files}
    tables = {name: (out / name).read_bytes() for name in ("territories.csv", "targets.csv")}
    return {**tables, "manifest": json.dumps(content).encode(), **arrays}
