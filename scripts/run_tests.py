#!/usr/bin/env python3
"""Run every test suite where it belongs, say what was skipped and why, and sum the runs up in one last line.

Only tests that need the shared reference data may be skipped, and only where those data are absent: any other skip
fails the run, and so do a suite that finds no test, a folder of tests that no suite runs, and a crash after the tests.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
ENGINE_PYTHON = str(ROOT / ".venv" / "bin" / "python")
QGIS_PYTHON = str(ROOT / ".venv-qgis" / "bin" / "python")
SCREEN = ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24"]
LONGEST_S = 840
LINES_SHOWN = 400


@dataclass(frozen=True)
class Suite:
    """One run of pytest: its folders, the command before them, and what it adds to the environment."""

    name: str
    folders: tuple[str, ...]
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What one suite came to: numbers of tests, and the reason of each skip."""

    passed: int
    failed: int
    skips: tuple[tuple[str, str], ...]
    seconds: float
    note: str = ""


SUITES = (
    # A file is one process's from its first test to its last: what its tests share is made once.
    Suite(
        "core", ("core", "package"), (ENGINE_PYTHON, "-m", "pytest", "-p", "no:qgis", "-n", "2", "--dist", "loadfile")
    ),
    Suite(
        "qt6",
        ("qt6",),
        (ENGINE_PYTHON, "-m", "pytest", "-p", "no:qgis"),
        {"QT_QPA_PLATFORM": "offscreen"},
    ),
    Suite(
        "qgis",
        ("qgis",),
        (QGIS_PYTHON, "-m", "pytest", "-n", "2", "--dist", "loadfile"),
        {"QT_QPA_PLATFORM": "offscreen"},
    ),
    Suite("desktop", ("desktop",), (*SCREEN, QGIS_PYTHON, "-m", "pytest"), {"QT_QPA_PLATFORM": "xcb"}),
)


def folders_without_suite() -> list[str]:
    """Return the folders of tests that no suite runs."""
    known = {folder for suite in SUITES for folder in suite.folders}
    tests = ROOT / "tests"
    found = {path.relative_to(tests).parts[0] for path in tests.rglob("test_*.py")}
    return sorted(found - known)


def read_report(path: Path) -> tuple[int, int, tuple[tuple[str, str], ...]]:
    """Return the numbers of passed and failed tests and the skips of a JUnit report."""
    passed = failed = 0
    skips = []
    for case in ElementTree.parse(path).getroot().iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
        elif (skip := case.find("skipped")) is not None:
            name = "::".join(part for part in (case.get("classname"), case.get("name")) if part)
            skips.append((name, f"{skip.get('message') or ''} {skip.text or ''}".strip()))
        else:
            passed += 1
    return passed, failed, tuple(skips)


def skip_is_allowed(reason: str) -> bool:
    """Tell whether a skip names shared data that are indeed absent."""
    named = re.findall(r"shared[/\\]([\w-]+)", reason)
    return bool(named) and any(not (SHARED / name).exists() for name in named)


def run_pytest(command: list[str], environment: dict[str, str], log: Path) -> int | None:
    """Run one pytest with its output in ``log``; return its exit code, None if it took too long."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            return process.wait(timeout=LONGEST_S)
        except BaseException as stopped:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            if isinstance(stopped, subprocess.TimeoutExpired):
                return None
            raise


def run_suite(suite: Suite, out: Path, extra: list[str]) -> Outcome:
    """Run one suite and return what it came to; anything but a clean end counts as a failure."""
    report, log = out / f"{suite.name}.xml", out / f"{suite.name}.log"
    report.unlink(missing_ok=True)
    folders = [f"tests/{folder}" for folder in suite.folders if (ROOT / "tests" / folder).is_dir()]
    command = [*suite.command, "-q", "--tb=short", "--color=no", f"--junitxml={report}", *extra, *folders]
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    environment.update({"ST_ENGINE_PYTHON": ENGINE_PYTHON, **suite.environment})
    started = time.monotonic()
    if not folders:
        return Outcome(0, 1, (), 0.0, f"tests/{suite.folders[0]} is missing")
    try:
        code = run_pytest(command, environment, log)
    except FileNotFoundError as error:
        return Outcome(0, 1, (), 0.0, f"{error.filename} is not installed: run make setup setup-qgis")
    seconds = time.monotonic() - started
    if not report.is_file():
        ended = "took too long" if code is None else f"ended with code {code}"
        return Outcome(0, 1, (), seconds, f"pytest {ended} before it could report")
    passed, failed, skips = read_report(report)
    note = ""
    if code is None:
        note = f"stopped after {LONGEST_S} s"
    elif code not in (0, 1):
        note = {5: "found no test", -11: "crashed after its tests"}.get(code, f"pytest ended with code {code}")
    if (note or code == 1) and not failed:
        failed = 1
        note = note or "pytest ended with code 1"
    return Outcome(passed, failed, skips, seconds, note)


def show_failures(log: Path) -> None:
    """Print the part of a suite's output that tells what failed."""
    if not log.is_file():
        return
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    starts = [number for number, line in enumerate(lines) if re.match(r"=+ (FAILURES|ERRORS) =+", line)]
    shown = lines[starts[0] :] if starts else lines
    if len(shown) > LINES_SHOWN:
        print(f"… the last {LINES_SHOWN} of {len(shown)} lines; all of them are in {log}")
    print("\n".join(shown[-LINES_SHOWN:]), flush=True)


def main(argv: list[str] | None = None) -> int:
    """Run the suites asked for (all, if none is named); the exit code is 0 only if nothing failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("suites", nargs="*", help=f"of {', '.join(suite.name for suite in SUITES)}")
    parser.add_argument("--pytest", action="append", default=[], help="an argument handed on to every pytest")
    options = parser.parse_args(argv)
    if unknown := set(options.suites) - {suite.name for suite in SUITES}:
        parser.error(f"no such suite: {', '.join(sorted(unknown))}")
    out = ROOT / "build" / "test"
    out.mkdir(parents=True, exist_ok=True)
    outcomes = {}
    for suite in SUITES:
        if options.suites and suite.name not in options.suites:
            continue
        outcome = outcomes[suite.name] = run_suite(suite, out, options.pytest)
        if outcome.failed:
            show_failures(out / f"{suite.name}.log")
        counts = f"{outcome.passed} passed, {outcome.failed} failed, {len(outcome.skips)} skipped"
        print(f"[{suite.name}] {counts} in {outcome.seconds:.0f} s {outcome.note}".rstrip(), flush=True)

    skips = [(name, test, reason) for name, outcome in outcomes.items() for test, reason in outcome.skips]
    refused = [skip for skip in skips if not skip_is_allowed(skip[2])]
    strays = [] if options.suites else folders_without_suite()
    for name, test, reason in skips:
        mark = "NOT ALLOWED " if (name, test, reason) in refused else ""
        print(f"skipped {mark}[{name}] {test}: {' '.join(reason.split())}")
    for folder in strays:
        print(f"tests/{folder} is run by no suite: name it in scripts/run_tests.py")
    passed = sum(outcome.passed for outcome in outcomes.values())
    failed = sum(outcome.failed for outcome in outcomes.values()) + len(strays)
    print(f"{passed} passed, {failed} failed, {len(skips)} skipped", flush=True)
    return 1 if failed or refused else 0


if __name__ == "__main__":
    sys.exit(main())
