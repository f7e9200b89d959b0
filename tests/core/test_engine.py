"""Where tasks run makes no difference to what they give; no task outlives the run that asked for it."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import engine_tasks
import numpy as np
import pytest
from small_study import CHECKOUT, child_environment

from smart_territoires_plugin.core.engine import Engine
from smart_territoires_plugin.core.errors import (
    Cancelled,
    EngineError,
    MeasureError,
    Problem,
    SmartTerritoiresError,
    SourceError,
)
from smart_territoires_plugin.core.messages import problem_lines

posix = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
WITHIN_S = 10.0


@pytest.fixture(scope="module")
def engine():
    with Engine(workers=2) as made:
        yield made


@pytest.mark.parametrize("holds_lock", [False, True])
def test_results_keep_the_order_of_the_items(engine, holds_lock):
    items = [(place, 5) for place in range(5)]
    kept = []
    found = engine.map(engine_tasks.late_first, items, lambda item, result: kept.append((item, result)), holds_lock)
    assert found == [0, 1, 2, 3, 4]
    assert sorted(kept) == [(item, item[0]) for item in items]
    assert engine.map(engine_tasks.late_first, [], holds_lock=holds_lock) == []


def test_processes_serve_what_holds_the_lock_and_are_used_again(engine):
    first = set(engine.map(engine_tasks.process_of, range(8), holds_lock=True))
    second = set(engine.map(engine_tasks.process_of, range(8), holds_lock=True))
    assert os.getpid() not in first | second
    assert len(first | second) == 2
    assert set(engine.map(engine_tasks.process_of, range(4))) == {os.getpid()}


def test_one_item_or_one_worker_needs_no_other_process(engine):
    assert engine.map(engine_tasks.process_of, [0], holds_lock=True) == [os.getpid()]
    with Engine(workers=1) as alone:
        assert set(alone.map(engine_tasks.process_of, range(3), holds_lock=True)) == {os.getpid()}


def test_processes_and_threads_and_any_number_of_them_give_the_same_bits(engine):
    def bits(engine, holds_lock):
        return [found["sum"].tobytes() + found["cumulated"].tobytes() for found in
                engine.map(engine_tasks.seeded_sums, range(6), holds_lock=holds_lock)]  # fmt: skip

    expected = [item["sum"].tobytes() + item["cumulated"].tobytes() for item in map(engine_tasks.seeded_sums, range(6))]
    assert bits(engine, True) == bits(engine, False) == expected
    with Engine(workers=3) as three:
        assert bits(three, False) == expected


@pytest.mark.parametrize("holds_lock", [False, True])
def test_measures_that_run_beside_one_another_share_the_workers(engine, tmp_path, holds_lock):
    """More measures at a time than workers, each cut in parts: all end, and no part runs beyond the workers."""
    found, folder = {}, str(tmp_path)

    def measure(number: int) -> None:
        items = [(100 * number + place, folder) for place in range(6)]
        found[number] = engine.map(engine_tasks.marked, items, holds_lock=holds_lock and number % 2 == 0)

    threads = [threading.Thread(target=measure, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(found) == [0, 1, 2, 3, 4]
    assert max(max(running) for running in found.values()) <= 2


# ── errors


@pytest.mark.parametrize("holds_lock", [False, True])
def test_the_error_of_a_part_carries_its_problems(engine, holds_lock):
    with pytest.raises(SourceError) as raised:
        engine.map(engine_tasks.refusing, range(6), holds_lock=holds_lock)
    assert raised.value.exit_code == 2
    assert raised.value.problems == (Problem("source.damaged", "flood (zones.gpkg)", {"reason": "part 3"}),)
    # And the engine serves again.
    assert engine.map(engine_tasks.squared, [2, 3], holds_lock=holds_lock) == [4, 9]


@pytest.mark.parametrize("holds_lock", [False, True])
def test_a_library_that_a_part_lacks_is_named(engine, holds_lock):
    with pytest.raises(ImportError) as raised:
        engine.map(engine_tasks.missing_library, range(3), holds_lock=holds_lock)
    assert raised.value.name == "no_such_library_at_all"


@pytest.mark.parametrize("kind", [SmartTerritoiresError, SourceError, MeasureError, EngineError])
def test_errors_survive_the_way_between_processes(kind):
    problems = (Problem("cancelled", "here", {"n": 1}), Problem("defect", "there", {"reason": "é"}, "warning"))
    error = kind(*problems)
    error.exit_code = 77
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is kind
    assert (back.problems, back.exit_code, str(back)) == (problems, 77, str(error))


def test_what_cannot_be_sent_is_an_error_and_no_hang(engine):
    with pytest.raises(TypeError, match="lambda"):
        engine.map(engine_tasks.without_answer, range(2), holds_lock=True)
    with pytest.raises(Exception, match="lambda|pickle"):
        engine.map(lambda item: item, range(2), holds_lock=True)
    assert engine.map(engine_tasks.squared, [2, 3], holds_lock=True) == [4, 9]


@posix
def test_a_part_whose_process_was_killed_is_done_again(engine, tmp_path):
    items = [(place, str(tmp_path / "killed")) for place in range(5)]
    assert engine.map(engine_tasks.killed_the_first_time, items, holds_lock=True) == [0, 1, 2, 3, 4]
    assert (tmp_path / "killed").exists()


@posix
def test_a_part_that_always_ends_its_process_is_one_clear_line(engine):
    with pytest.raises(EngineError) as raised:
        engine.map(engine_tasks.always_killed, range(2), holds_lock=True)
    for lang, word in (("fr", "mémoire"), ("en", "memory")):
        (line,) = problem_lines(raised.value.problems, lang)
        assert word in line and "\n" not in line


# ── progress and counts


def test_parts_move_the_bar_within_a_measure_and_never_back(engine):
    told = []
    with engine.reporting(told.append):
        engine.map(engine_tasks.squared, range(4))
        engine.map(engine_tasks.squared, range(2), found=2)
    engine.map(engine_tasks.squared, range(4))
    assert len(told) == 4 + 3, "each part of both, what was found, and nothing once the measure has ended"
    assert told == sorted(told)
    assert 0 < told[0] < told[-1] < 1


def test_measures_beside_one_another_tell_their_own_progress(engine):
    told = {0: [], 1: []}

    def measure(number: int) -> None:
        with engine.reporting(told[number].append):
            engine.map(engine_tasks.squared, range(3 + number))

    threads = [threading.Thread(target=measure, args=(number,)) for number in told]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(told[number]) for number in (0, 1)] == [3, 4]


def test_parts_kept_and_computed_are_counted():
    with Engine(workers=2) as counted:
        counted.map(engine_tasks.squared, range(4), found=3)
        counted.map(engine_tasks.squared, [], found=2)
    assert (counted.parts_kept, counted.parts_computed) == (5, 4)


@pytest.mark.parametrize("holds_lock", [False, True])
def test_a_cancel_is_heard_between_parts(engine, holds_lock):
    def cancel(share: float) -> None:
        raise Cancelled

    done = []
    with pytest.raises(Cancelled), engine.reporting(cancel):
        engine.map(engine_tasks.process_of, range(100), lambda item, result: done.append(item), holds_lock)
    assert len(done) == 1


@pytest.mark.parametrize("holds_lock", [False, True])
def test_an_engine_that_is_closed_ends_whoever_waits_for_it(tmp_path, holds_lock):
    engine, ended = Engine(workers=2), []

    def measure() -> None:
        try:
            engine.map(engine_tasks.holding_the_lock, [(0.3, str(tmp_path))] * 200, holds_lock=holds_lock)
        except Cancelled:
            ended.append("cancelled")

    threads = [threading.Thread(target=measure) for _ in range(3)]
    for thread in threads:
        thread.start()
    until(lambda: list(tmp_path.glob("*.pid")))
    engine.close()
    for thread in threads:
        thread.join(timeout=WITHIN_S)
    assert ended == ["cancelled"] * 3
    with pytest.raises(Cancelled):
        engine.map(engine_tasks.squared, [1, 2])


# ── nothing outlives the run

PARENT = """
import sys
sys.path[:0] = {paths!r}
import engine_tasks
from smart_territoires_plugin.core.cancellation import cancelled_by_signals
from smart_territoires_plugin.core.engine import Engine
from smart_territoires_plugin.core.errors import Cancelled

if __name__ == "__main__":
    with cancelled_by_signals(lambda: print("last word", file=sys.stderr)):
        try:
            with Engine(workers=2) as engine:
                engine.map(engine_tasks.holding_the_lock, [({seconds}, {folder!r})] * 4, holds_lock=True)
        except Cancelled:
            print("cancelled", file=sys.stderr)
            sys.exit(130)
"""


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")


def until(condition) -> None:
    limit = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.01)


@posix
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_process_is_left_when_the_run_is_killed_or_cancelled(tmp_path, number):
    paths = [str(CHECKOUT), str(CHECKOUT / "tests" / "core")]
    script = tmp_path / "parent.py"
    script.write_text(PARENT.format(paths=paths, folder=str(tmp_path), seconds=120), encoding="utf-8")
    parent = subprocess.Popen(
        [sys.executable, str(script)],
        env=child_environment(),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    until(lambda: len(list(tmp_path.glob("*.pid"))) == 2)
    workers = [int(file.stem) for file in tmp_path.glob("*.pid")]
    # An interrupt from the keyboard reaches every process of the terminal.
    (os.killpg if number == signal.SIGINT else os.kill)(parent.pid, number)
    _, said = parent.communicate(timeout=WITHIN_S)
    until(lambda: not any(alive(worker) for worker in workers))
    assert "Traceback" not in said
    assert parent.returncode == {signal.SIGKILL: -signal.SIGKILL}.get(number, 130)
    assert said.split() == ([] if number == signal.SIGKILL else ["cancelled"])


def test_results_do_not_mix_with_what_a_part_prints(tmp_path):
    """Standard output carries the result of the run alone."""
    script = tmp_path / "parent.py"
    script.write_text(
        "from smart_territoires_plugin.core.engine import Engine\n"
        "if __name__ == '__main__':\n"
        "    with Engine(workers=2) as engine:\n"
        "        engine.map(print, ['from a part'] * 2, holds_lock=True)\n"
        "    print('the result')\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(script)], env=child_environment(), capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.splitlines() == ["the result"]
    assert np.unique(done.stderr.split("\n")).tolist() == ["", "from a part"]
