"""The command line with small blocks and strips, each task of which leaves a mark when it is done, and takes long."""

from __future__ import annotations

import os
import sys
import time
import zlib
from pathlib import Path

from smart_territoires_plugin.core.engine import Engine
from smart_territoires_plugin.core.sources import blocks, windows

FEATURES = 10
MAX_CELLS = 3_200


def marked(given: tuple):
    """Do a task on its item, and leave a mark."""
    task, item, place, seconds, marks = given
    made = task(item)
    time.sleep(seconds)
    Path(marks, f"{place}-{os.getpid()}-{time.monotonic_ns()}-{task.__name__}.part").touch()
    return made


def _number(place: int, item) -> int:
    """Return a number of an item that is the same where others of its kind are left out: of a block, by its bounds."""
    bounds = getattr(item, "bounds", None)
    return place if bounds is None else zlib.crc32(repr(bounds).encode())


def marking(engine, task, items, keep=lambda item, result: None, holds_lock=False, found=0, plain=Engine.map):
    """Run tasks as the engine does; they may run elsewhere, so that all that they need goes with them."""
    from measured_run import marked as importable

    marks, seconds = os.environ["PART_MARKS"], float(os.environ["PART_SECONDS"])
    given = [(task, item, _number(place, item), seconds, marks) for place, item in enumerate(items)]
    return plain(engine, importable, given, lambda given, result: keep(given[1], result), holds_lock, found)


if __name__ == "__main__":
    from smart_territoires_plugin.core.cli import main

    blocks.FEATURES, windows.MAX_CELLS = FEATURES, MAX_CELLS
    Engine.map = marking
    sys.exit(main(sys.argv[1:]))
