"""A call that takes milliseconds, timed again and again in one process; one that takes too long is ended."""

from __future__ import annotations

import signal
import statistics
import time
from collections.abc import Callable
from typing import Any

from bench.peers.answering import Clock

LIMIT_S = 300.0
_ENOUGH_S, _MOST_CALLS = 1.0, 50


def repeated(call: Callable[[int], Any]) -> tuple[Any, Clock]:
    """Call until a second has gone, at least once.

    Parameters
    ----------
    call : callable
        Takes the number of the call.

    Returns
    -------
    found : Any
        What the first call gave.
    clock : Clock
        ``first``: seconds of the first call; ``done``: their median.

    Raises
    ------
    TimeoutError
        If five minutes have gone.
    """

    def give_up(*_):
        raise TimeoutError(f"not done within {LIMIT_S:.0f} s")

    signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, LIMIT_S)
    found, seconds = None, []
    while not seconds or (sum(seconds) < _ENOUGH_S and len(seconds) < _MOST_CALLS):
        started = time.perf_counter()
        made = call(len(seconds))
        seconds.append(time.perf_counter() - started)
        found = made if found is None else found
    signal.setitimer(signal.ITIMER_REAL, 0)
    clock = Clock()
    clock.marks = {"first": seconds[0], "done": statistics.median(seconds)}
    return found, clock
