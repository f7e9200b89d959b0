"""Run one method in a process of its own; its wall time and its memory are taken from outside."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bench.peers.answering import ABSENT
from smart_territoires_plugin.core.atlas_child import find_qgis_python
from smart_territoires_plugin.core.errors import EngineError

ROOT = Path(__file__).resolve().parent.parent
_POLL_S = 0.05
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


@dataclass(frozen=True)
class Run:
    """What one run of one method gave.

    Parameters
    ----------
    seconds : float
        From the opening of the files to the numbers; libraries are loaded before.
    read_s : float or None
        The part of it that went into reading, where the method reads apart.
    process_s : float
        Of the whole process, libraries and all.
    peak_mb : float or None
        The most that the process and its children held at once, by the sum of their peaks; None where the system
        does not tell.
    answer : dict
        What the method wrote.
    absent : str
        Why the method could not run, else empty.
    """

    seconds: float = float("nan")
    read_s: float | None = None
    process_s: float = float("nan")
    peak_mb: float | None = None
    answer: dict = field(default_factory=dict)
    absent: str = ""


@cache
def qgis_python() -> str:
    """Return the Python that has QGIS, as the product finds it; a name that is no program where there is none."""
    try:
        return find_qgis_python()
    except EngineError:
        return "the Python of QGIS"


def run(command: Sequence[str]) -> Run:
    """Run a command whose last word will be the file that it writes its answer to.

    One that fails is told as absent, with the last that it said: the others go on.
    """
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "answer.json"
        started = time.perf_counter()
        try:
            code, said, peak_mb = watched([word.replace("{out}", str(out)) for word in command])
        except FileNotFoundError as error:
            return Run(absent=f"{error.filename}: not found")
        process_s = time.perf_counter() - started
        if code == ABSENT:
            return Run(absent=last_line(said))
        if code:
            return Run(absent=f"ended with {code}: {last_line(said)}")
        answer = json.loads(out.read_text(encoding="utf-8"))
    marks = answer["marks"]
    return Run(marks["done"], marks.get("read"), process_s, peak_mb, answer)


def last_line(said: str) -> str:
    """Return the last line of what a program said."""
    lines = [line for line in said.splitlines() if line.strip()]
    return lines[-1].strip() if lines else "it said nothing"


def watched(command: Sequence[str]) -> tuple[int, str, float | None]:
    """Run a command to its end; return its exit code, what it said on stderr, and the peak of its memory in MB."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    # As on most machines, where what Python compiled once is kept.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=said)
        peak_kb = 0
        try:
            while child.poll() is None:
                peak_kb = max(peak_kb, sum(_peak_kb(process) for process in family(child.pid)))
                time.sleep(_POLL_S)
        except BaseException:
            child.terminate()
            child.wait()
            raise
        said.seek(0)
        text = said.read().decode("utf-8", "replace")
    return child.returncode, text, peak_kb * 1024 / 1e6 if peak_kb else None


def family(process: int) -> list[int]:
    """Return a process and all that stem from it, as far as the system tells."""
    found, waiting = [], [process]
    while waiting:
        one = waiting.pop()
        found.append(one)
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                waiting += [int(child) for child in children.read_text().split()]
            except OSError:  # it ended between two looks
                continue
    return found


def _peak_kb(process: int) -> int:
    """Return the peak of a process's resident memory: ``getrusage`` would show its parent's where that was higher."""
    try:
        found = _PEAK.search(Path(f"/proc/{process}/status").read_text())
    except OSError:
        return 0
    return int(found[1]) if found else 0


def warm(*files: Path) -> None:
    """Read files once, so that no method pays for the disk in place of the next."""
    for file in files:
        with file.open("rb") as stream:
            while stream.read(1 << 24):
                continue
