"""Where tasks run: the cores of this machine. A task is a function of one item; results keep the items' order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Callable, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def usable_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Engine:
    """Runs the tasks that a measure is cut into: partitions of neighbouring territories, windows of a source.

    Parameters
    ----------
    workers : int, optional
        Tasks that run at a time; by default one per usable core.
    """

    def __init__(self, workers: int | None = None):
        self.workers = workers or usable_cores()

    def map(
        self,
        task: Callable[[Item], Result],
        items: Iterable[Item],
        keep: Callable[[Item, Result], None] = lambda item, result: None,
        holds_lock: bool = False,
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
            Whether the task keeps the interpreter to itself, so that threads gain nothing.

        Returns
        -------
        list
            Results in the order of the items.
        """
        return run_tasks(task, items, self.workers, keep=keep)


def run_tasks(
    task: Callable[[Item], Result],
    items: Iterable[Item],
    workers: int | None = None,
    step: Callable[[float], None] = lambda share: None,
    keep: Callable[[Item, Result], None] = lambda item, result: None,
) -> Sequence[Result]:
    """Run a task on every item, several at a time.

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
