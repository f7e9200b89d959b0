"""Progress of a run as a callable that is passed down: one share of the whole per step, and the time that remains."""

from __future__ import annotations

import time
from typing import Callable, Optional

# Where each step of a run begins and ends, as shares of the whole; measured on the Île-de-France study.
STEPS = {
    "sources": (0.0, 0.25),
    "measures": (0.25, 0.7),
    "scoring": (0.7, 0.75),
    "targeting": (0.75, 0.88),
    "results": (0.88, 1.0),
}

Report = Callable[[float, str, Optional[float]], None]


def silent(done: float, step: str, remaining_s: float | None) -> None:
    """Report nothing."""


class Progress:
    """Tell a report how far a run is.

    Parameters
    ----------
    report : callable
        Takes the share done (0–1), the step's code and the remaining seconds (or None); raises ``Cancelled`` to stop.
    """

    def __init__(self, report: Report = silent):
        self._report = report
        self._started = time.monotonic()

    def __call__(self, step: str, share: float = 0.0) -> None:
        """Say that ``share`` (0–1) of ``step`` is done."""
        low, high = STEPS[step]
        done = low + (high - low) * share
        elapsed_s = time.monotonic() - self._started
        remaining_s = elapsed_s * (1 - done) / done if done > 0.05 and elapsed_s > 1 else None
        self._report(done, step, remaining_s)
