"""A cancel ends a run within a second, at any moment, and leaves the former results and nothing else."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import two_studies
from small_study import CHECKOUT, child_environment, command, hidden
from two_studies import (
    FORMER,
    NEW,
    exit_code,
    forked,
    needs_fork,
    needs_sigterm,
    run,
    whose,
)

from smart_territoires_plugin.core import cancellation

studies, readiness, out = two_studies.studies, two_studies.readiness, two_studies.out

# What is promised is a second; a machine with other work may be slow to give the process its turn.
WITHIN_S = 5.0


def test_what_is_promised_of_a_cancel_is_less_than_a_second():
    assert cancellation.GRACE_S < 1


SLOW = """
import hashlib, sys, time
from smart_territoires_plugin.core import cli, measurements, pipeline

def asleep(*_):
    time.sleep(60)

def busy(*_):
    # Nothing interrupts this one: no step of Python is taken before it ends.
    hashlib.pbkdf2_hmac("sha256", b"x", b"y", 200_000_000)

where, how = sys.argv[1:3]
setattr(pipeline if hasattr(pipeline, where) else measurements, where, {"asleep": asleep, "busy": busy}[how])
sys.exit(cli.main(sys.argv[3:]))
"""


def cancelled_after(child: subprocess.Popen, signal_number: int = signal.SIGTERM) -> tuple[int, float, str]:
    """Send a signal; return the exit code, how long it took, and what was said."""
    started = time.monotonic()
    child.send_signal(signal_number)
    try:
        _, said = child.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        child.kill()
        raise
    return child.returncode, time.monotonic() - started, said


def start(arguments: list[str]) -> subprocess.Popen:
    return subprocess.Popen(
        arguments,
        env=child_environment(),
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def until_step(child: subprocess.Popen, step: str) -> None:
    """Read progress until a step is reached."""
    for line in child.stderr:
        if json.loads(line).get("step") == step:
            return
    raise AssertionError(f"the run ended before {step}")


@needs_sigterm
@pytest.mark.parametrize("step", ["sources", "measures", "scoring", "targeting", "results"])
def test_sigterm_cancels_within_a_second(studies, readiness, out, step):
    child = start(command("run", studies[NEW], "--out", out, "--json"))
    until_step(child, step)
    code, took_s, said = cancelled_after(child)
    assert took_s < WITHIN_S
    found = whose(out, readiness)
    assert (code, found) in ((130, {FORMER}), (0, {NEW}))
    assert hidden(out) == []
    if code == 130:
        (event,) = [json.loads(line) for line in said.splitlines() if '"problem"' in line]
        assert event["severity"] == "warning" and "cancelled" in event["what"]
    assert "Traceback" not in said


@needs_sigterm
@pytest.mark.parametrize("how", ["asleep", "busy"])
@pytest.mark.parametrize("where", ["measure", "read_territories", "find_targets"])
def test_sigterm_ends_a_step_that_takes_long(studies, tmp_path, where, how):
    folder = tmp_path / "new" / "out"
    step = {"measure": "measures", "read_territories": "sources", "find_targets": "targeting"}[where]
    child = start([sys.executable, "-c", SLOW, where, how, "run", str(studies[NEW]), "--out", str(folder), "--json"])
    until_step(child, "sources" if where == "measure" else step)
    time.sleep(0.5)
    code, took_s, said = cancelled_after(child)
    assert (code, "Traceback" in said) == (130, False)
    assert took_s < WITHIN_S
    left = [str(item) for item in tmp_path.rglob("*") if ".staging" in item.name or item.suffix == ".part"]
    assert left == []
    if how == "asleep":
        # What was measured, or read of the territories, stays to go on from; where nothing was, nothing does.
        kept = list((folder / ".store").glob("*.values"))
        assert len(kept) >= {"read_territories": 0, "measure": 1, "find_targets": 6}[where]
        assert kept or list(tmp_path.iterdir()) == []


@needs_sigterm
def test_an_interrupt_from_the_keyboard_cancels_too(studies, tmp_path):
    child = start([sys.executable, "-c", SLOW, "measure", "asleep", "run", str(studies[NEW]), "--out",
                   str(tmp_path / "out"), "--json"])  # fmt: skip
    until_step(child, "sources")
    time.sleep(0.5)
    code, took_s, said = cancelled_after(child, signal.SIGINT)
    assert code == 130 and took_s < WITHIN_S and "Traceback" not in said
    assert sorted(item.name for item in (tmp_path / "out").iterdir()) == [".lock", ".store"]


@needs_fork
@needs_sigterm
@pytest.mark.parametrize("moves", [1, 4, 6])
def test_a_cancel_during_the_moves_lets_them_end(studies, readiness, out, moves):
    """Once the first file has taken its place, the run is done rather than cut in two."""

    def cancelled() -> int:
        real, done = os.replace, 0

        def replace(source, target):
            nonlocal done
            real(source, target)
            done += Path(target).parent == out
            if done == moves and Path(target).parent == out:
                os.kill(os.getpid(), signal.SIGTERM)

        os.replace = replace
        return run(studies[NEW], out)

    assert exit_code(forked(cancelled)) == 0
    assert whose(out, readiness) == {NEW}
    assert hidden(out) == []


@needs_fork
@needs_sigterm
def test_sigterm_at_any_moment_leaves_nothing(studies, readiness, out):
    random.seed(5)
    for place in range(7):
        child = forked(lambda: run(studies[NEW], out))
        time.sleep(0.04 * (place + random.random()))
        os.kill(child, signal.SIGTERM)
        code = exit_code(child)
        # Before the command line listens, a signal ends the process as the system does.
        found = whose(out, readiness)
        assert (code, found) in ((130, {FORMER}), (-15, {FORMER}), (0, {NEW})), place
        assert hidden(out) == [] or code == -15
        assert run(studies[FORMER], out) == 0
