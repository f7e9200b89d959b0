"""Results appear whole or not at all: killed, refused or overtaken at any moment."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import two_studies
from small_study import hidden, write_small_study
from two_studies import (
    FILES,
    FORMER,
    NEW,
    exit_code,
    forked,
    needs_fork,
    run,
    whose,
)

from smart_territoires_plugin.core import measurements
from smart_territoires_plugin.core.cli import main
from smart_territoires_plugin.core.errors import ResultsError
from smart_territoires_plugin.core.results import publication
from smart_territoires_plugin.core.results.explanation import explain

studies, readiness, out = two_studies.studies, two_studies.readiness, two_studies.out

ROOT = Path(__file__).resolve().parents[2]


# ── killed


@needs_fork
@pytest.mark.parametrize("moves", range(11))
def test_killed_between_two_moves_the_results_are_rolled_forward(studies, readiness, out, moves, monkeypatch):
    """The process ends after so many files have taken their place; a journal and eight files make nine."""

    def dying() -> int:
        real, done = os.replace, 0

        def replace(source, target):
            nonlocal done
            if Path(target).parent != out:
                return real(source, target)
            if done == moves:
                os._exit(77)
            done += 1
            return real(source, target)

        os.replace = replace
        code = run(studies[NEW], out)
        return 77 if done == moves else code

    code = exit_code(forked(dying))
    assert code == (77 if moves <= 9 else 0)
    # Reading the results is an opening, and rolls an announced move forward.
    assert explain(out, "77001", "en").startswith("Commune 77001 (77001)")
    assert whose(out, readiness) == ({FORMER} if moves == 0 else {NEW})
    assert run(studies[NEW], out) == 0
    assert whose(out, readiness) == {NEW}
    assert hidden(out) == []


@needs_fork
def test_killed_at_any_moment_the_results_are_whole_and_the_next_run_is_clean(studies, readiness, out):
    random.seed(3)
    started = time.perf_counter()
    assert exit_code(forked(lambda: run(studies[NEW], out))) == 0
    whole_s = time.perf_counter() - started
    assert run(studies[FORMER], out) == 0
    moments = [whole_s * (place + random.random()) / 9 for place in range(9)]
    seen = set()
    for moment in moments:
        child = forked(lambda: run(studies[NEW], out))
        time.sleep(moment)
        os.kill(child, signal.SIGKILL)
        code = exit_code(child)
        explain(out, "77001", "en")
        found = whose(out, readiness)
        assert len(found) == 1, f"killed after {moment:.3f} s"
        assert found == {NEW} or code == -signal.SIGKILL
        seen.add(code)
        assert run(studies[FORMER], out) == 0
        assert whose(out, readiness) == {FORMER}
        assert hidden(out) == []
    assert -signal.SIGKILL in seen, "some runs were killed"


@needs_fork
def test_killed_in_a_new_folder_the_next_run_is_clean(studies, readiness, tmp_path):
    folder = tmp_path / "a" / "b"
    child = forked(lambda: run(studies[NEW], folder))
    while not folder.exists():
        time.sleep(0.002)
    time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    exit_code(child)
    with pytest.raises(ResultsError):
        explain(folder, "77001", "en")
    assert run(studies[NEW], folder) == 0
    assert whose(folder, readiness) == {NEW} and hidden(folder) == []


def test_a_journal_that_says_nothing_is_put_aside(studies, readiness, out):
    for content in ("", "{", "[]", '{"staging": "../elsewhere", "files": ["../../x"]}', '{"staging": 1, "files": 2}'):
        (out / ".journal.json").write_text(content, encoding="utf-8")
        explain(out, "77001", "en")
        assert whose(out, readiness) == {FORMER}
        assert hidden(out) == []


# ── refused by the disk or the system


def lines(capsys) -> list[str]:
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err.splitlines()


def test_a_file_in_the_place_of_the_folder(studies, tmp_path, capsys):
    place = tmp_path / "out"
    place.write_text("mine")
    for folder in (place, place / "below"):
        assert run(studies[NEW], folder) == 2
        (line,) = lines(capsys)
        assert line.startswith(f"{folder}: ") and "cannot be written" in line
    assert place.read_text() == "mine"


def test_a_folder_in_which_nobody_may_write(studies, capsys):
    assert run(studies[NEW], Path("/proc/smart territoires")) == 2
    (line,) = lines(capsys)
    assert "/proc/smart territoires" in line


def test_a_read_only_folder(studies, readiness, out):
    """Root may write anywhere but for what takes that power from it; the child then is as any other person."""
    powerless = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    command = [sys.executable, "-m", "smart_territoires_plugin.core", "run", str(studies[NEW]), "--out", str(out)]
    out.chmod(0o555)
    try:
        done = subprocess.run([*powerless, *command], capture_output=True, text=True, cwd=ROOT, check=False)
    finally:
        out.chmod(0o755)
    assert done.returncode == 2, done.stderr
    (line,) = done.stderr.splitlines()
    assert str(out) in line
    assert done.stdout == ""
    assert whose(out, readiness) == {FORMER}


@needs_fork
@pytest.mark.parametrize("limit_kb", [1, 8, 40, 100, 160, 300])
def test_a_disk_that_fills_up(studies, readiness, tmp_path, limit_kb, out):
    """No file may grow beyond a limit: as on a full disk, any write may be the one that fails."""
    import resource

    told = tmp_path / "told.txt"

    def limited() -> int:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit_kb * 1024, limit_kb * 1024))
        with told.open("w", encoding="utf-8") as sys.stderr:
            return run(studies[NEW], out)

    code = exit_code(forked(limited))
    message = told.read_text(encoding="utf-8")
    if code == 0:
        assert max(item.stat().st_size for item in out.iterdir()) <= limit_kb * 1024
        assert whose(out, readiness) == {NEW}
        return
    assert code == 2, message
    assert len(message.splitlines()) == 1 and str(out) in message and "cannot be written" in message
    assert whose(out, readiness) == {FORMER}
    assert hidden(out) == []


def test_no_space_left_in_a_new_folder_leaves_nothing(studies, tmp_path, monkeypatch, capsys):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("smart_territoires_plugin.core.results.publish.save_state", full)
    assert run(studies[NEW], tmp_path / "new" / "out") == 2
    (line,) = lines(capsys)
    assert "No space left" in line
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("held", FILES)
def test_a_file_that_is_open_elsewhere(studies, readiness, out, held, monkeypatch, capsys):
    """Windows refuses to replace a file that another program holds open."""
    before = {name: (out / name).read_bytes() for name in FILES}
    real = os.replace

    def replace(source, target):
        if Path(target) == out / held:
            raise PermissionError(errno.EACCES, "The process cannot access the file", str(source), None, str(target))
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    assert run(studies[NEW], out) == 2
    (line,) = lines(capsys)
    assert held in line and str(out) in line
    assert {name: (out / name).read_bytes() for name in FILES} == before
    assert hidden(out) == []
    monkeypatch.undo()
    assert run(studies[NEW], out) == 0
    assert whose(out, readiness) == {NEW}


def test_a_refused_study_writes_nothing(studies, tmp_path, capsys):
    bad = tmp_path / "bad.yaml"
    bad.write_text(studies[NEW].read_text(encoding="utf-8").replace("flood.gpkg", "absent.gpkg"), encoding="utf-8")
    assert main(["run", str(bad), "--out", str(tmp_path / "new" / "out")]) == 2
    assert [item.name for item in tmp_path.iterdir()] == ["bad.yaml"]


# ── overtaken


def test_a_second_run_on_a_folder_is_refused(studies, readiness, out, capsys):
    with publication.publication(out):
        assert run(studies[NEW], out) == 2
        (line,) = lines(capsys)
        assert line.startswith(str(out)) and "another run" in line.lower()
    assert whose(out, readiness) == {FORMER} or whose(out, readiness) == set()


@needs_fork
def test_two_runs_started_at_once(studies, readiness, out):
    children = [forked(lambda: run(studies[NEW], out)) for _ in range(3)]
    codes = [exit_code(child) for child in children]
    assert 0 in codes and set(codes) <= {0, 2}
    assert whose(out, readiness) == {NEW} and hidden(out) == []


@pytest.fixture
def own(tmp_path) -> Iterator[tuple[Path, Path]]:
    """A study of its own, whose sources may be changed, and results of it."""
    study = write_small_study(tmp_path / "own")
    assert run(study, tmp_path / "own" / "out") == 0
    yield study, tmp_path / "own" / "out"


def during_the_run(monkeypatch, action: Callable[[], None]) -> None:
    real = measurements.measure

    def measure(asked, *arguments):
        found = real(asked, *arguments)
        if asked.kind == "register_activity":
            action()
        return found

    monkeypatch.setattr(measurements, "measure", measure)
    monkeypatch.setattr(measurements.Store, "recall", lambda *_: None)


def same_size_and_time(path: Path) -> None:
    state = path.stat()
    content = path.read_bytes()
    path.write_bytes(content[:-3] + bytes([48 + (content[-3] - 47) % 10]) + content[-2:])
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


@pytest.mark.parametrize("how", ["grows", "same size and time", "goes away"])
def test_a_source_that_changes_during_the_run_is_named(own, how, monkeypatch, capsys):
    study, out = own
    table = study.parent / "table.csv"
    before = {name: (out / name).read_bytes() for name in FILES}
    actions = {
        "grows": lambda: table.write_text(table.read_text() + "77999,1,2,3\n"),
        "same size and time": lambda: same_size_and_time(table),
        "goes away": table.unlink,
    }
    during_the_run(monkeypatch, actions[how])
    capsys.readouterr()
    assert run(study, out) == 2
    (line,) = lines(capsys)
    assert line.startswith("table: ") and "table.csv" in line and "changed" in line
    assert {name: (out / name).read_bytes() for name in FILES} == before
    assert hidden(out) == []


def test_a_source_that_is_only_touched_is_the_same(own, monkeypatch):
    study, out = own
    during_the_run(monkeypatch, lambda: os.utime(study.parent / "table.csv"))
    assert run(study, out) == 0


def test_sources_are_left_as_they_were(own):
    study, _ = own
    before = {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in study.parent.iterdir() if p.is_file()}
    assert run(study, study.parent / "elsewhere") == 0
    assert {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in study.parent.iterdir() if p.is_file()} == before
