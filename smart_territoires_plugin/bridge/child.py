"""Run a child process and follow it line by line: never longer than a second after a cancel, never left behind."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import tempfile
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Callable, Optional

POLL_S = 0.05
GRACE_S = 0.7
LINE_LIMIT = 1 << 20
STDOUT_LIMIT = 1 << 26
TAIL_LINES = 60

Line = Callable[[str], None]
IsCancelled = Callable[[], bool]


@dataclass(frozen=True)
class ChildResult:
    """How a child ended.

    Parameters
    ----------
    exit_code : int or None
        As the system gives it (negative: the signal that ended it); None if it could not be started.
    stdout : str
        All it printed there.
    stderr_tail : str
        Its last lines there.
    cancelled : bool
        Whether it ended because the person asked.
    """

    exit_code: Optional[int]
    stdout: str
    stderr_tail: str
    cancelled: bool = False


def run_child(
    command: Sequence[str],
    environment: Mapping[str, str],
    on_line: Line = lambda line: None,
    is_cancelled: IsCancelled = lambda: False,
    grace_s: float = GRACE_S,
) -> ChildResult:
    """Start a child, hand over each line of its stderr, and wait for its end or for a cancel.

    Parameters
    ----------
    command : sequence of str
        Program and arguments.
    environment : mapping
        All that the child sees of the environment.
    on_line : callable
        Takes each line of stderr, in the calling thread.
    is_cancelled : callable
        Asked about twenty times a second.
    grace_s : float
        Seconds between the request to end and the forced end.
    """
    try:
        process = _start(command, environment)
    except OSError as error:
        return ChildResult(None, "", str(error))
    lines: queue.Queue[str] = queue.Queue()
    answer: list[bytes] = []
    readers = (
        threading.Thread(target=_read_lines, args=(process.stderr, lines), daemon=True),
        threading.Thread(target=_read_all, args=(process.stdout, answer), daemon=True),
    )
    for reader in readers:
        reader.start()
    tail: deque[str] = deque(maxlen=TAIL_LINES)
    cancelled = False
    try:
        while process.poll() is None:
            if is_cancelled():
                cancelled = True
                break
            _hand_over(lines, tail, on_line, wait_s=POLL_S)
    finally:
        # Also where a callable of the caller raised: a child is never left behind.
        if process.poll() is None:
            _end(process, grace_s)
        elif cancelled:
            _kill_family(process)
    for reader in readers:
        # A grandchild may hold the pipe open; what it would still say is not waited for.
        reader.join(timeout=0 if cancelled else 1)
    while not lines.empty():
        _hand_over(lines, tail, on_line, wait_s=0)
    stdout = b"".join(answer).decode("utf-8", "replace")
    return ChildResult(process.returncode, stdout, "\n".join(tail), cancelled)


def _start(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen:
    """Start the child in a process group of its own, so that its workers end with it."""
    if os.name == "nt":
        options = {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}
    else:
        options = {"start_new_session": True}
    return subprocess.Popen(  # nosec B603 - a list of arguments, no shell; the program is the Python that was chosen
        list(command),
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tempfile.gettempdir(),
        **options,
    )


def _read_lines(stream: IO[bytes], lines: queue.Queue[str]) -> None:
    """Put each line of a stream into the queue; ends with the stream."""
    with stream:
        while True:
            line = stream.readline(LINE_LIMIT)
            if not line:
                return
            lines.put(line.decode("utf-8", "replace").rstrip("\r\n"))


def _read_all(stream: IO[bytes], answer: list[bytes]) -> None:
    """Keep all that a stream says, up to a bound; what comes after is read and forgotten."""
    kept = 0
    with stream:
        while True:
            block = stream.read1(LINE_LIMIT)
            if not block:
                return
            if kept < STDOUT_LIMIT:
                answer.append(block)
                kept += len(block)


def _hand_over(lines: queue.Queue[str], tail: deque[str], on_line: Line, wait_s: float) -> None:
    """Give the lines that are there to the caller; wait a moment where there is none."""
    try:
        line = lines.get(timeout=wait_s) if wait_s else lines.get_nowait()
    except queue.Empty:
        return
    tail.append(line)
    on_line(line)


def _end(process: subprocess.Popen, grace_s: float) -> None:
    """Ask the child to end, then make it."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=grace_s)
    _kill_family(process)
    process.wait()


def _kill_family(process: subprocess.Popen) -> None:
    """End the child, if it is still there, and what it started."""
    if os.name == "nt":
        taskkill = os.path.join(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "taskkill.exe")
        if os.path.exists(taskkill):
            subprocess.run(  # nosec B603 - a list of arguments, no shell; a program of the system by its full path
                [taskkill, "/T", "/F", "/PID", str(process.pid)], check=False, capture_output=True
            )
        if process.poll() is None:
            process.kill()
        return
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
