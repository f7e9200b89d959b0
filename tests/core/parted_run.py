"""The command line with one measure that is cut into slow parts, each of which leaves a mark when it is computed."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import numpy as np

from smart_territoires_plugin.core import measures
from smart_territoires_plugin.core.measures.measured import measured
from smart_territoires_plugin.core.measures.partitions import run_partitions


def slow_part(item: tuple) -> dict[str, np.ndarray]:
    """Return a number whose last bits depend on how it was summed, and leave a mark."""
    place, area_m2, seconds, marks = item
    began = time.monotonic()
    value = np.sqrt(np.arange(1, 5000) * area_m2).sum() / 1e6 + place
    time.sleep(max(0.0, seconds - (time.monotonic() - began)))
    Path(marks, f"{place}-{os.getpid()}-{time.monotonic_ns()}.part").touch()
    return {"value": np.array([value])}


def parted(asked, territories, sources):
    """Measure each territory as a part of its own."""
    marks, seconds = os.environ["PART_MARKS"], float(os.environ.get("PART_SECONDS", "0"))
    items = [(place, float(area), seconds, marks) for place, area in enumerate(territories.areas_m2)]
    keys = [sources.key_of(["parted", *item[:2]], asked.source) for item in items]
    found = run_partitions(sources, slow_part, items, keys, holds_lock="PART_HOLDS_LOCK" in os.environ)
    return measured(np.concatenate([part["value"] for part in found]))


if __name__ == "__main__":
    from parted_run import parted as importable

    from smart_territoires_plugin.core.cli import main

    measures.MEASURES["coverage_share"] = importable
    sys.exit(main(sys.argv[1:]))
