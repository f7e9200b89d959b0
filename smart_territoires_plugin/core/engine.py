"""Where tasks run: the cores of this machine. A task is a function of one item; results keep the items' order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
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
    results = []
    with ThreadPoolExecutor(max_workers=min(workers or usable_cores(), len(items))) as pool:
        pending = [pool.submit(task, item) for item in items]
        try:
            for done, future in enumerate(pending, start=1):
                results.append(future.result())
                step(done / len(items))
        finally:
            for future in pending:
                future.cancel()
    return results
