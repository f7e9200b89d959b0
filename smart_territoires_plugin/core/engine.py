"""Where tasks run: on the cores of this machine or a Dask cluster; a task is a function of one item."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from queue import SimpleQueue
from typing import Callable, TypeVar

from smart_territoires_plugin.core.errors import Cancelled
from smart_territoires_plugin.core.study import Source

Item = TypeVar("Item")
Result = TypeVar("Result")
# A measure may run in parts several times, and cannot say how often: each time takes this share of what is left.
_SHARE_OF_REST = 0.8


def usable_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Engine:
    """Runs the tasks that a measure is cut into: partitions of neighbouring territories, windows of a source.

    Several measures may call ``map`` at the same time, each in a thread of its own: they share the workers.

    Parameters
    ----------
    workers : int, optional
        Tasks that run at a time; by default one per usable core.

    Attributes
    ----------
    parts_kept, parts_computed : int
        Items whose results were there already, and items whose task was run.
    """

    def __init__(self, workers: int | None = None):
        self.workers = workers or usable_cores()
        self.parts_kept = self.parts_computed = 0
        self._lock = threading.Lock()
        self._threads: ThreadPoolExecutor | None = None
        self._processes = None
        self._cluster = None
        self._closed = False
        self._caller = threading.local()

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def use_cluster(self, address: str, sources: Iterable[Source]) -> None:
        """Run tasks on a Dask cluster from now on, once it is known to see what it must and to compute alike.

        Parameters
        ----------
        address : str
            Of the scheduler, for example ``tcp://192.168.1.10:8786``.
        sources : iterable of Source
            What tasks will read there.

        Raises
        ------
        ClusterError
            If it cannot be reached, or would not give the same results.
        EngineError
            If ``distributed`` is not installed.
        """
        from smart_territoires_plugin.core.cluster import Cluster

        self._cluster = Cluster(address, sources)

    def map(
        self,
        task: Callable[[Item], Result],
        items: Iterable[Item],
        keep: Callable[[Item, Result], None] = lambda item, result: None,
        holds_lock: bool = False,
        found: int = 0,
    ) -> Sequence[Result]:
        """Run a task on every item, several at a time.

        Parameters
        ----------
        task : callable
            A function at the top of its module that depends on its item alone, for it may run in another process
            or on another machine.
        items : iterable
            Plain data: numbers, texts, arrays, frozen dataclasses.
        keep : callable
            Takes an item and its result as soon as it is there, in the calling thread.
        holds_lock : bool
            Whether the task keeps the interpreter to itself, so that threads gain nothing and processes serve.
        found : int
            How many items of the same work were left out because their results were kept before.

        Returns
        -------
        list
            Results in the order of the items.

        Raises
        ------
        Exception
            What the first task that failed raised, as it raised it.
        Cancelled
            If the engine was closed meanwhile.

        Examples
        --------
        >>> with Engine(workers=2) as engine:
        ...     engine.map(abs, [-1, 2, -3])
        [1, 2, 3]
        """
        items = list(items)
        step = getattr(self._caller, "step", None) or (lambda share: None)
        with self._lock:
            self.parts_kept += found
        if not items:
            return []
        results: dict[int, Result] = {}
        pending: dict[Future, int] = {}
        done: SimpleQueue[Future] = SimpleQueue()
        if found:
            step(found / (found + len(items)))
        try:
            for place, item in enumerate(items):
                pending[self._submit(task, item, holds_lock and len(items) > 1)] = place
            for future in pending:
                # Unlike ``as_completed``, which does not hear of tasks that ``close`` cancels.
                future.add_done_callback(done.put)
            while len(results) < len(items):
                future = done.get()
                place = pending[future]
                results[place] = future.result()
                with self._lock:
                    self.parts_computed += 1
                keep(items[place], results[place])
                step((found + len(results)) / (found + len(items)))
        except CancelledError as error:
            raise Cancelled from error
        finally:
            for future in pending:
                future.cancel()
        return [results[place] for place in range(len(items))]

    @contextmanager
    def reporting(self, step: Callable[[float], None]) -> Iterator[None]:
        """Tell ``step`` how far the work of this thread is (0–1) as the parts of its ``map`` calls are done.

        Parameters
        ----------
        step : callable
            Raises ``Cancelled`` to stop. The share never falls, and stays below 1 for a measure may go on.
        """
        before = 0.0

        def within(share: float) -> None:
            nonlocal before
            reached = before + (1 - before) * _SHARE_OF_REST * share
            step(reached)
            if share == 1:
                before = reached

        former = getattr(self._caller, "step", None)
        self._caller.step = within
        try:
            yield
        finally:
            self._caller.step = former

    def close(self) -> None:
        """End what runs; tasks that wait are not begun, and whoever waits for them gets ``Cancelled``."""
        with self._lock:
            self._closed = True
            threads, processes = self._threads, self._processes
        if threads:
            threads.shutdown(wait=False, cancel_futures=True)
        if processes:
            processes.close()
        if self._cluster:
            self._cluster.close()

    def _submit(self, task, item, holds_lock: bool) -> Future:
        with self._lock:
            if self._closed:
                raise Cancelled
            if self._cluster:
                return self._cluster.submit(task, item)
            if self._threads is None:
                self._threads = ThreadPoolExecutor(self.workers, thread_name_prefix="part")
            if not holds_lock or self.workers == 1:
                return self._threads.submit(task, item)
            if self._processes is None:
                from smart_territoires_plugin.core.processes import Processes

                self._processes = Processes()
            # A thread waits for its process, so that no more than ``workers`` tasks of both sorts run at a time.
            return self._threads.submit(self._processes.run, task, item)


def run_tasks(
    task: Callable[[Item], Result],
    items: Iterable[Item],
    workers: int | None = None,
    step: Callable[[float], None] = lambda share: None,
    keep: Callable[[Item, Result], None] = lambda item, result: None,
) -> Sequence[Result]:
    """Run a task on every item in threads of this process, several at a time.

    Parameters
    ----------
    task : callable
        Must not depend on other tasks; GEOS and GDAL give the interpreter free, so threads serve.
    workers : int, optional
        Threads; by default one per usable core.
    step : callable
        Takes the share (0–1) of items done; raises ``Cancelled`` to stop.
    keep : callable
        Takes an item and its result as soon as it is there, in the calling thread: what must not go on once the
        caller has stopped.

    Returns
    -------
    list
        Results in the order of the items, whatever the order in which they were done.

    Examples
    --------
    >>> run_tasks(abs, [-1, 2, -3], workers=2)
    [1, 2, 3]
    """
    items = list(items)
    if not items:
        return []
    results: dict[int, Result] = {}
    pool = ThreadPoolExecutor(max_workers=min(workers or usable_cores(), len(items)))
    try:
        pending = {pool.submit(task, item): place for place, item in enumerate(items)}
        for future in as_completed(pending):
            place = pending[future]
            results[place] = future.result()
            keep(items[place], results[place])
            step(len(results) / len(items))
    except BaseException:
        # Whoever cancels does not wait for tasks that are in the middle of a measure.
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()
    return [results[place] for place in range(len(items))]
