"""How a peer gives its answer: one JSON file with its values, its times and its versions."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

ABSENT = 3


class Clock:
    """Seconds since it was made, and marks on the way."""

    def __init__(self):
        self._started = time.perf_counter()
        self.marks: dict[str, float] = {}

    def mark(self, name: str) -> None:
        """Note how many seconds have gone."""
        self.marks[name] = time.perf_counter() - self._started


def answer(out: str, clock: Clock, codes: Iterable, values: Iterable, versions: Mapping[str, str]) -> None:
    """Write the answer; ``clock`` bears the marks ``read`` (inputs are in memory), where there is one, and ``done``."""
    numbers = {
        str(code): None if value is None or value != value else float(value)
        for code, value in zip(codes, values, strict=True)
    }
    content = {"values": numbers, "marks": clock.marks, "versions": dict(versions)}
    Path(out).write_text(json.dumps(content), encoding="utf-8")


def played(play) -> int:
    """Call a peer with the words of the command line; a library that is not there is told, not raised."""
    try:
        play(*sys.argv[1:])
    except ImportError as error:
        print(error, file=sys.stderr)
        return ABSENT
    return 0
