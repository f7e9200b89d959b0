"""Tasks that other processes can import, for the tests of where tasks run."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import numpy as np

from smart_territoires_plugin.core.errors import Problem, SourceError


def squared(number: float) -> float:
    return number * number


def late_first(item: tuple[int, int]) -> int:
    """Take the longer the earlier the item stands, so that the last is done first."""
    place, of = item
    time.sleep(0.02 * (of - place))
    return place


def process_of(_: int) -> int:
    time.sleep(0.05)
    return os.getpid()


def seeded_sums(seed: int) -> dict[str, np.ndarray]:
    """Something whose last bits would tell another order of summing."""
    drawn = np.random.default_rng(seed).lognormal(size=20_000)
    return {"sum": np.array(drawn.sum()), "cumulated": np.cumsum(drawn)[::100]}


def refusing(item: int) -> int:
    if item == 3:
        raise SourceError(Problem("source.damaged", "flood (zones.gpkg)", {"reason": f"part {item}"}))
    return item


def missing_library(_: int) -> int:
    import no_such_library_at_all  # noqa: F401

    return 0


def without_answer(_: int):
    """Return what cannot be sent to another process."""
    return lambda: None


def killed_the_first_time(item: tuple[int, str]) -> int:
    """End its own process, as a system short of memory does, unless a file says that this happened."""
    place, marker = item
    if place == 2 and not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return place


def always_killed(_: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def holding_the_lock(item: tuple[float, str]) -> int:
    """Keep this process busy for a while, after having said which it is."""
    seconds, folder = item
    Path(folder, f"{os.getpid()}.pid").touch()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        sum(range(10_000))
    return os.getpid()


def marked(item: tuple[int, str]) -> int:
    """Leave a file while it runs, so that what runs at a time can be counted."""
    place, folder = item
    mark = Path(folder, f"{place}.running")
    mark.touch()
    running = len(list(Path(folder).glob("*.running")))
    time.sleep(0.03)
    mark.unlink()
    return running


def slow(item: tuple[int, float]) -> int:
    place, seconds = item
    time.sleep(seconds)
    return place
