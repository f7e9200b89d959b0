"""Progress of a run as a callable that is passed down: one share of the whole per step, and the time that remains."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, Callable, Optional

# Where each step of a run begins and ends, as shares of the whole; measured on the Île-de-France study.
STEPS = {
    "sources": (0.0, 0.25),
    "measures": (0.25, 0.7),
    "scoring": (0.7, 0.75),
    "targeting": (0.75, 0.88),
    "results": (0.88, 1.0),
}
# The same for a ready table, which has nothing to measure.
TABLE_STEPS = {"sources": (0.0, 0.1), "scoring": (0.1, 0.2), "robustness": (0.2, 0.9), "results": (0.9, 1.0)}

Report = Callable[[float, str, Optional[float]], None]
Tell = Callable[[str, Mapping[str, Any]], None]


def silent(done: float, step: str, remaining_s: float | None) -> None:
    """Report nothing."""


def untold(event: str, values: Mapping[str, Any]) -> None:
    """Tell nothing."""


class Progress:
    """Tell a report how far a run is, and what it has to say on the way.

    Parameters
    ----------
    report : callable
        Takes the share done (0–1), the step's code and the remaining seconds (or None); raises ``Cancelled`` to stop.
    tell : callable
        Takes the code of what there is to say (``resume``) and its values.
    steps : mapping of step to (float, float)
        Where each step begins and ends, as shares of the whole.
    """

    def __init__(self, report: Report = silent, tell: Tell = untold, steps: Mapping[str, tuple[float, float]] = STEPS):
        self._report = report
        self._steps = steps
        self._tell = tell
        self._step = ""
        self._started = self._step_started = time.monotonic()

    def __call__(self, step: str, share: float = 0.0) -> None:
        """Say that ``share`` (0–1) of ``step`` is done."""
        now = time.monotonic()
        if step != self._step:
            self._step, self._step_started = step, now
        low, high = self._steps[step]
        done = low + (high - low) * share
        self._report(done, step, self._remaining_s(share, done, now))

    def _remaining_s(self, share: float, done: float, now: float) -> float | None:
        """Return the seconds that remain: of this step at its own pace, of those to come at the pace before it."""
        low, high = self._steps[self._step]
        elapsed_s, in_step_s = now - self._started, now - self._step_started
        if done <= 0.05 or elapsed_s <= 1:
            return None
        if low == 0 or share == 0:
            return elapsed_s * (1 - done) / done
        return in_step_s * (1 - share) / share + (elapsed_s - in_step_s) * (1 - high) / low

    def tell(self, event: str, **values: Any) -> None:
        """Say something that is no measure of time: what there is to go on from."""
        self._tell(event, values)
