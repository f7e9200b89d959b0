"""Tasks on a Dask cluster: the same functions on the same items as on this machine, so the same results.

Scheduler, workers and this machine need the same versions of Smart Territoires and of its libraries, and see the
sources under the same paths: both are checked before the first task. Dask gives the tasks of a worker that dies to
another one. A thread of this process watches the cluster, so that one that vanishes is an error and no waiting.
"""

from __future__ import annotations

import logging
import queue
import re
import threading
import time
import uuid
import warnings
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future
from typing import Any, Callable

from smart_territoires_plugin.core.agreement import (
    code_there,
    disagreement,
    done_there,
    is_file,
    missing_library,
    reason_of,
    seen_there,
)
from smart_territoires_plugin.core.errors import ClusterError, EngineError, Problem
from smart_territoires_plugin.core.study import Source

CONNECT_S = 10
# How long to wait for a first worker, for another one once all are gone, and for an answer of the scheduler.
WORKERS_S = 30
ANSWER_S = 20
_LOOK_EVERY_S = 1.0
_CLOSE_S = 0.3
# Tasks that are sent ahead, per thread of the workers: more would only fill the scheduler's memory with items.
_AHEAD = 3
_ADDRESS = re.compile(r"(tcp|tls|ws|wss)://[^\s/]+:\d{1,5}/?")
_NOISY = ("asyncio", "dask", "distributed", "tornado")


class Cluster:
    """A connection to a Dask cluster, checked to be of use.

    Parameters
    ----------
    address : str
        Of the scheduler, for example ``tcp://192.168.1.10:8786``; for ``tls://``, Dask's own configuration names the
        certificates.
    sources : iterable of Source
        What tasks will read.

    Raises
    ------
    ClusterError
        If it cannot be reached, has no worker, or would not give the same results.
    EngineError
        If ``distributed`` is not installed.
    """

    def __init__(self, address: str, sources: Iterable[Source] = ()):
        self.address = address
        if not _ADDRESS.fullmatch(address):
            raise ClusterError(Problem("cluster.address", "--scheduler", {"address": address}))
        distributed = _distributed()
        self._lock = threading.RLock()
        self._ready: queue.SimpleQueue = queue.SimpleQueue()
        self._waiting: deque[_Part] = deque()
        self._running: dict[str, _Part] = {}
        self._lost: ClusterError | None = None
        try:
            # A name that is resolved nowhere, a port where nothing listens, a server that is no scheduler.
            self._client = distributed.Client(address, timeout=CONNECT_S, set_as_default=False)
        except (OSError, ValueError, RuntimeError, TypeError) as error:
            raise self._error("cluster.unreachable", reason=reason_of(error)) from error
        try:
            self._threads = self._checked(list(sources))
        except BaseException:
            self._client.close(timeout=_CLOSE_S)
            raise
        self._seen_s = time.monotonic()
        threading.Thread(target=self._watch, daemon=True, name="cluster").start()

    def submit(self, task: Callable[[Any], Any], item: Any) -> Future:
        """Run a task on the cluster; the future gives its result or its error."""
        part = _Part(task, item)
        part.future.add_done_callback(lambda future: self._forget(part) if future.cancelled() else None)
        with self._lock:
            if self._lost:
                raise self._lost
            self._waiting.append(part)
            self._send()
        return part.future

    def close(self) -> None:
        """Leave the cluster; what it still does for us it gives up."""
        with self._lock:
            parts = [*self._running.values(), *self._waiting]
            self._waiting.clear()
        for part in parts:
            part.future.cancel()
        self._ready.put(None)
        leaving = threading.Thread(target=self._leave, daemon=True)
        leaving.start()
        leaving.join(2 * _CLOSE_S)

    def _leave(self) -> None:
        # One that is gone already cannot be told; there is nothing to do about it.
        try:
            self._client.close(timeout=_CLOSE_S)
        except (OSError, RuntimeError, TimeoutError) as error:
            logging.getLogger(__name__).debug("leaving the cluster: %s", error)

    # ── before the first task

    def _checked(self, sources: list[Source]) -> int:
        """Refuse a cluster that would not compute alike; return the number of threads of its workers."""
        try:
            self._client.wait_for_workers(1, timeout=WORKERS_S)
        except (OSError, TimeoutError) as error:
            raise self._error("cluster.no_workers", seconds=WORKERS_S) from error
        files = [(source.id, str(source.path), source.path.stat().st_size) for source in sources if is_file(source)]
        try:
            there = self._client.run(seen_there, [path for _, path, _ in files], on_error="return")
            self._client.run_on_scheduler(code_there)
        except Exception as error:
            library = missing_library(error)
            if library:
                raise self._error("cluster.no_package", worker=self.address, library=library) from error
            raise self._error("cluster.worker_fails", worker=self.address, reason=reason_of(error)) from error
        problems: dict[tuple, Problem] = {}
        for worker, found in sorted(there.items()):
            for problem in disagreement(self.address, worker, found, files):
                # One worker stands for all that have the same fault.
                values = {name: value for name, value in problem.values.items() if name != "worker"}
                problems.setdefault((problem.code, *map(str, values.values())), problem)
        if problems:
            raise ClusterError(*problems.values())
        return sum(self._threads_there().values())

    def _threads_there(self) -> dict[str, int]:
        return self._client.sync(self._client.scheduler.ncores, workers=None, callback_timeout=ANSWER_S)

    # ── tasks on their way

    def _send(self) -> None:
        """Send what waits, as far as the cluster can take it; the lock is held."""
        while self._waiting and len(self._running) < max(2, _AHEAD * self._threads):
            part = self._waiting.popleft()
            if part.future.cancelled():
                continue
            self._running[part.key] = part
            try:
                part.there = self._client.submit(
                    done_there, code_there()["code"], part.task, part.item, key=part.key, pure=False
                )
            except (OSError, RuntimeError):
                self._fail("cluster.lost")
                return
            part.there.add_done_callback(lambda _, part=part: self._ready.put(part))

    def _forget(self, part: _Part) -> None:
        """Let the cluster give up a task that nobody waits for any more."""
        with self._lock:
            self._running.pop(part.key, None)
            if part.there is not None:
                part.there.release()
                part.there = None

    def _watch(self) -> None:
        """Hand results over as they come, and look whether the cluster is still there while none does."""
        looked_s = time.monotonic()
        while True:
            try:
                part = self._ready.get(timeout=_LOOK_EVERY_S)
            except queue.Empty:
                part = None
            else:
                if part is None:
                    return
                self._take(part)
            if self._running and time.monotonic() - looked_s > _LOOK_EVERY_S:
                self._look()
                looked_s = time.monotonic()

    def _take(self, part: _Part) -> None:
        """Hand over what became of a task."""
        from distributed import KilledWorker

        there = part.there
        if there is None or part.key not in self._running:
            return
        if there.status == "cancelled":
            self._fail("cluster.lost")
            return
        if there.status not in ("finished", "error"):
            self._take_later(part)
            return
        result, error = None, None
        try:
            result = there.result(timeout=ANSWER_S)
        except KilledWorker:
            error = self._error("cluster.part_fatal")
        except Exception as raised:
            if there.status != "error":
                self._take_later(part)
                return
            error = raised
        with self._lock:
            if self._running.pop(part.key, None) is None:
                return  # given up meanwhile
            part.there = None
            there.release()
            if not self._lost:
                self._send()
        if part.future.set_running_or_notify_cancel():
            if error is None:
                part.future.set_result(result)
            else:
                part.future.set_exception(error)

    def _take_later(self, part: _Part) -> None:
        """Wait for a result anew: the worker that held it is gone, and another one does the task again."""
        self._look()
        if part.key in self._running:
            threading.Timer(_LOOK_EVERY_S, self._ready.put, [part]).start()

    def _look(self) -> None:
        """See whether scheduler and workers are there; give up where they are not."""
        try:
            threads = sum(self._threads_there().values())
        except Exception:
            self._fail("cluster.lost")
            return
        if threads:
            self._threads, self._seen_s = threads, time.monotonic()
        elif time.monotonic() - self._seen_s > WORKERS_S:
            self._fail("cluster.no_workers", seconds=WORKERS_S)

    def _fail(self, code: str, **values: Any) -> None:
        """Tell whoever waits that the cluster will not answer any more."""
        with self._lock:
            if self._lost:
                return
            self._lost = self._error(code, **values)
            parts = [*self._running.values(), *self._waiting]
            self._running.clear()
            self._waiting.clear()
        for part in parts:
            if part.future.set_running_or_notify_cancel():
                part.future.set_exception(self._lost)

    def _error(self, code: str, **values: Any) -> ClusterError:
        return ClusterError(Problem(code, self.address, values))


class _Part:
    """One task on its way: what it is, what Dask calls it, and who waits for it."""

    def __init__(self, task: Callable[[Any], Any], item: Any):
        self.task, self.item = task, item
        self.key = f"smart-territoires-{uuid.uuid4().hex}"
        self.future: Future = Future()
        self.there: Any = None


def _distributed():
    """Import ``distributed``, and keep its log and warnings from the lines that are ours."""
    try:
        import distributed
    except ImportError as error:
        library = f"{error.name or 'distributed'} (pip install 'smart-territoires[dask]')"
        raise EngineError(Problem("library.missing", library, {"feature": "--scheduler"})) from error
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in _NOISY:
            logger = logging.getLogger(name)
            logger.handlers[:] = [logging.NullHandler()]
            logger.propagate = False
    for module in _NOISY:
        warnings.filterwarnings("ignore", module=module)
    return distributed
