"""Worker processes for tasks that keep the interpreter to themselves: started when first needed, then used again.

They are spawned, never forked: a fork beside the threads of GDAL and GEOS may hang. A worker ends with its parent,
however that ended, and at once when the parent closes the pool.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import connection, resource_tracker
from typing import Any, Callable

from smart_territoires_plugin.core.errors import Cancelled, EngineError, Problem

# A part whose process was killed (by the system, for want of memory) is tried once more in a fresh one.
_ATTEMPTS = 2


class Processes:
    """Worker processes; as many as tasks are run at a time."""

    def __init__(self) -> None:
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._lock = threading.Lock()
        self._closed = False

    def run(self, task: Callable[[Any], Any], item: Any) -> Any:
        """Run a task in a process that is idle, or in a new one, and wait for it.

        Raises
        ------
        Exception
            What the task raised.
        EngineError
            If its process was ended from outside, twice.
        Cancelled
            If the pool was closed meanwhile.
        """
        for _ in range(_ATTEMPTS):
            worker = self._take()
            try:
                succeeded, answer = worker.ask(task, item)
            except (EOFError, OSError):
                # The process is gone, and with it what it was doing.
                self._drop(worker)
                continue
            except BaseException:
                # What cannot be sent or read leaves the process as it was.
                self._give_back(worker)
                raise
            self._give_back(worker)
            if succeeded:
                return answer
            raise answer
        error = EngineError(Problem("engine.process_killed", task.__name__))
        error.exit_code = 1
        raise error

    def close(self) -> None:
        """End every process at once, whatever it does."""
        with self._lock:
            self._closed = True
            workers, self._all, self._idle = self._all, set(), []
        for worker in workers:
            worker.kill()

    def _take(self) -> _Worker:
        with self._lock:
            if self._closed:
                raise Cancelled
            if self._idle:
                return self._idle.pop()
            worker = _Worker()
            self._all.add(worker)
            return worker

    def _give_back(self, worker: _Worker) -> None:
        with self._lock:
            if worker in self._all:
                self._idle.append(worker)

    def _drop(self, worker: _Worker) -> None:
        with self._lock:
            self._all.discard(worker)
        worker.kill()


class _Worker:
    """One process and this end of the pipe to it."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, other_end = context.Pipe()
        self._process = context.Process(target=serve, args=(other_end,), daemon=True, name="smart-territoires part")
        with _deaf_to_interrupts():
            self._process.start()
        # Only the process holds its end now, so that this one sees when it is gone.
        other_end.close()

    def ask(self, task: Callable[[Any], Any], item: Any) -> tuple[bool, Any]:
        """Send a task, and return whether it succeeded with its result or its error."""
        self._pipe.send((task, item))
        return self._pipe.recv()

    def kill(self) -> None:
        """End the process; whoever waits for its answer gets ``EOFError``."""
        self._process.kill()


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Start processes that do not hear a terminal's Ctrl+C: it goes to them too, but the parent decides."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # What tracks the resources of processes changes the same mask when it starts, so it starts before.
    resource_tracker.ensure_running()
    former = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, former)


def serve(pipe: connection.Connection) -> None:
    """Do in a worker process, one after the other, the tasks that come through a pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # Standard output carries the result of the run alone.
    os.dup2(2, 1)
    # What a part says must not wait in a buffer: the process may be ended at any moment.
    sys.stdout.reconfigure(line_buffering=True)
    while True:
        try:
            task, item = pipe.recv()
            answer = (True, task(item))
        except EOFError:
            return
        except Exception as error:
            answer = (False, error)
        try:
            pipe.send(answer)
        except OSError:
            return
        except Exception as error:
            said = f"{type(error).__name__}: {error} ({type(answer[1]).__name__}: {answer[1]})"
            pipe.send((False, TypeError(said)))


def _end_with_parent() -> None:
    """End this process when the one that started it is gone, even if that was killed."""
    connection.wait([multiprocessing.parent_process().sentinel])
    os._exit(1)
