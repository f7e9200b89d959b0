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
