"""The engine process: its protocol, its crash, its silence, its cancel, tried on engines of a few lines."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from smart_territoires_plugin.bridge.child import GRACE_S, run_child
from smart_territoires_plugin.bridge.engine import EngineProblem, Progress, engine_command, parse_event, run_engine
from smart_territoires_plugin.bridge.interpreter import Interpreter
from smart_territoires_plugin.bridge.task import remaining

DONE = "print(json.dumps({'out': sys.argv[4], 'files': {}}))"


def call(engine, **options):
    return run_engine(["run", "study.yaml"], engine, "en", **options)


def test_result_progress_and_problems_arrive_in_order(fake_engine):
    engine = fake_engine(
        "say(event='progress', done=0.25, step='sources', label='Sources', remaining_s=None)\n"
        "say(event='problem', severity='warning', where='table.csv', what='Two rows.', fix='Look.')\n"
        "say(event='progress', done=0.5, step='scoring', label='Scoring', remaining_s=12.0)\n"
        "print(json.dumps({'out': 'somewhere', 'files': {'a': 'b'}}))"
    )
    heard = []
    outcome = call(engine, on_progress=heard.append, on_problem=heard.append)
    assert outcome.status == "done"
    assert outcome.result == {"out": "somewhere", "files": {"a": "b"}}
    assert heard == [
        Progress(0.25, "Sources", None),
        EngineProblem("warning", "table.csv", "Two rows.", "Look."),
        Progress(0.5, "Scoring", 12.0),
    ]
    assert outcome.problems == (heard[1],)
    assert outcome.message == ""


def test_callables_are_called_in_the_calling_thread(fake_engine):
    engine = fake_engine("say(event='progress', done=0.1)\n" + DONE)
    threads = []
    call(engine, on_progress=lambda progress: threads.append(threading.current_thread()))
    assert threads == [threading.current_thread()]


def test_arguments_reach_the_engine_as_they_are(fake_engine):
    engine = fake_engine("print(json.dumps(sys.argv[1:]))")
    odd = ["run", "a b/é%/L'Haÿ; rm -rf *.yaml", "--out", "$HOME\n"]
    outcome = run_engine(odd, engine, "fr")
    assert outcome.result == ["-m", "smart_territoires_plugin.core", *odd, "--json", "--lang", "fr"]
    assert engine_command(engine, odd, "fr")[1:] == outcome.result


@pytest.mark.parametrize(
    ("code", "status"), [(1, "defect"), (2, "wrong_input"), (3, "missing"), (130, "cancelled"), (77, "crashed")]
)
def test_exit_codes_are_outcomes(fake_engine, code, status):
    engine = fake_engine(f"sys.exit({code})")
    outcome = call(engine)
    assert outcome.status == status
    assert outcome.message


def test_one_error_is_the_message_and_many_are_counted(fake_engine):
    one = "say(event='problem', severity='error', where='study.yaml:3', what='Unknown key “x”.', fix='Remove it.')\n"
    assert call(fake_engine(one + "sys.exit(2)")).message == "study.yaml:3: Unknown key “x”. Remove it."
    outcome = call(fake_engine(one + one + "sys.exit(2)"))
    assert len(outcome.errors) == 2
    assert "2" in outcome.message


def test_a_problem_is_one_line_whatever_it_says():
    assert "\n" not in EngineProblem("error", "a", "b\nc", "d\ne").line


@pytest.mark.parametrize("end", ["os._exit(9)", "os.kill(os.getpid(), signal.SIGSEGV)", "os.abort()"])
def test_a_crash_is_a_message_with_the_last_words_in_the_log(fake_engine, end, qgis_app):
    logged = []
    qgis_app.messageLog().messageReceived.connect(lambda text, tab, level: logged.append((text, tab)))
    outcome = call(fake_engine(f"print('the last words', file=sys.stderr, flush=True)\n{end}"))
    assert outcome.status == "crashed"
    assert "stopped unexpectedly" in outcome.message
    assert any("the last words" in text and tab == "Smart Territoires" for text, tab in logged)


@pytest.mark.parametrize("answer", ["print('no JSON')", "pass", "sys.stdout.buffer.write(bytes(range(256)))"])
def test_an_answer_that_cannot_be_read_is_no_success(fake_engine, answer):
    outcome = call(fake_engine(answer))
    assert outcome.status == "crashed"
    assert "readable" in outcome.message


def test_garbage_on_stderr_does_no_harm(fake_engine):
    engine = fake_engine(
        "sys.stderr.buffer.write(bytes(range(256)) * 1000 + b'\\n')\n"
        "print('{\"event\": ', file=sys.stderr)\n"
        'print(\'{"event": "progress", "done": "much"}\', file=sys.stderr)\n'
        'print(\'{"event": "song"}\', file=sys.stderr)\n'
        'print(\'{"event": "progress", "done": 7}\', file=sys.stderr, flush=True)\n' + DONE
    )
    heard = []
    assert call(engine, on_progress=heard.append).status == "done"
    assert heard == [Progress(1.0)]


def test_a_lot_on_both_streams_does_not_block(fake_engine):
    engine = fake_engine(
        "for i in range(20000): say(event='progress', done=i / 20000, label='x' * 50)\n"
        "print(json.dumps({'out': 'y' * 3000000}))"
    )
    heard = []
    outcome = call(engine, on_progress=heard.append)
    assert len(outcome.result["out"]) == 3_000_000
    assert len(heard) == 20_000


def is_alive(process_id: int) -> bool:
    """Whether a process is there and not merely waiting to be reaped."""
    try:
        with open(f"/proc/{process_id}/stat", encoding="utf-8") as stream:
            return stream.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize(
    "deafness", ["", "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"], ids=["listens", "hangs and listens to nothing"]
)
def test_cancel_ends_the_engine_and_what_it_started(fake_engine, tmp_path, deafness):
    pids = tmp_path / "pids"
    engine = fake_engine(
        f"{deafness}child = os.fork()\n"
        "if child:\n"
        f"    open({str(pids)!r}, 'w').write(f'{{os.getpid()}} {{child}}')\n"
        "    say(event='progress', done=0.1)\n"
        "while True: time.sleep(0.1)"
    )
    started = []
    outcome = call(engine, on_progress=started.append, is_cancelled=lambda: bool(started) and pids.exists())
    assert outcome.status == "cancelled"
    engine_id, child_id = (int(pid) for pid in pids.read_text().split())
    assert not is_alive(engine_id)
    # The signal was sent before the call returned; the system needs a moment to act on it.
    for _ in range(200):
        if not is_alive(child_id):
            break
        time.sleep(0.05)
    assert not is_alive(child_id)


def test_the_grace_leaves_room_within_a_second():
    from smart_territoires_plugin.bridge.child import POLL_S

    assert GRACE_S + POLL_S < 0.8


def test_an_engine_that_cleans_up_on_the_request_to_end_may_do_so(fake_engine, tmp_path):
    cleaned = tmp_path / "cleaned"
    engine = fake_engine(
        f"def clean(*_):\n    open({str(cleaned)!r}, 'w').close()\n    sys.exit(130)\n"
        "signal.signal(signal.SIGTERM, clean)\n"
        "say(event='progress', done=0.1)\n"
        "while True: time.sleep(0.05)"
    )
    started = []
    assert call(engine, on_progress=started.append, is_cancelled=lambda: bool(started)).status == "cancelled"
    assert cleaned.exists()


def test_an_error_of_the_caller_leaves_no_child_behind(fake_engine, tmp_path):
    pid = tmp_path / "pid"
    engine = fake_engine(
        f"open({str(pid)!r}, 'w').write(str(os.getpid()))\nsay(event='progress', done=0)\ntime.sleep(600)"
    )

    def fail(progress):
        raise RuntimeError("the window is gone")

    with pytest.raises(RuntimeError):
        call(engine, on_progress=fail)
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), signal.SIG_DFL)


def test_a_grandchild_that_holds_the_pipes_does_not_hold_the_answer(fake_engine):
    # The grandchild outlives the engine by far longer than the test may take.
    engine = fake_engine(
        "if os.fork() == 0:\n    time.sleep(30)\n    os._exit(0)\n" + DONE + "\nsys.stdout.flush()\nos._exit(0)"
    )
    before = time.monotonic()
    outcome = call(engine)
    assert outcome.status in ("done", "crashed")
    assert time.monotonic() - before < 25


def test_a_program_that_cannot_be_started_is_a_message(tmp_path):
    outcome = call(Interpreter(tmp_path / "nothing", "options"))
    assert outcome.status == "crashed"
    assert "could not be started" in outcome.message


def test_a_child_sees_only_its_environment():
    child = run_child(["/usr/bin/env"], {"ONE": "1"})
    assert child.stdout.strip() == "ONE=1"


@pytest.mark.parametrize("line", ["", "text", "[1]", "{", '{"event": "other"}', '{"event": "progress"}'])
def test_what_is_no_event_is_none(line):
    assert parse_event(line) is None


def test_an_event_of_a_later_engine_serves_by_its_label(fake_engine):
    engine = fake_engine(
        "say(event='measures', kept=2, computed=[], label='2 measures kept,\\n none computed.')\n"
        "say(event='unheard', of=1)\n" + DONE
    )
    said = []
    outcome = call(engine, on_said=said.append)
    assert (outcome.status, outcome.problems, said) == ("done", (), ["2 measures kept, none computed."])


def test_remaining_time_is_said_in_seconds_then_minutes():
    assert remaining(Progress(0.1)) == ""
    assert "12" in remaining(Progress(0.1, "", 12.3))
    assert "3 min" in remaining(Progress(0.1, "", 181))
