"""Methods run in turn, again and again, and what is told of each: medians, memory, error, ratio."""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.running import ROOT, Run, run, warm


@dataclass(frozen=True)
class Method:
    """One way to the answer.

    Parameters
    ----------
    title : str
        As the table says it.
    command : sequence of str
        The program; ``{out}`` stands for the file that it writes its answer to.
    calls : str
        The file of the repository in which its calls can be read.
    repeats : int
    before : callable
        What is made ready before every run, outside its time.
    """

    title: str
    command: Sequence[str]
    calls: str
    repeats: int = 3
    before: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Mark:
    """A figure that was aimed at: what it is, its value, and the least or the most that it may be."""

    text: str
    value: float | None
    least: float | None = None
    most: float | None = None
    unit: str = ""

    @property
    def met(self) -> bool | None:
        """Whether it was reached; None if it could not be had."""
        if self.value is None or self.value != self.value:
            return None
        return (self.least is None or self.value >= self.least) and (self.most is None or self.value <= self.most)


@dataclass(frozen=True)
class Row:
    """One line of a table: medians of one method."""

    title: str
    calls: str
    seconds: float | None = None
    process_s: float | None = None
    read_s: float | None = None
    peak_mb: float | None = None
    error: float | None = None
    ratio: float | None = None
    runs_s: tuple[float, ...] = ()
    command: str = ""
    absent: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A comparison as it is told.

    Parameters
    ----------
    remarks : sequence of str
        What was equal and what was not, one sentence or more each.
    error : str
        What the column of errors says.
    """

    title: str
    remarks: Sequence[str]
    rows: Sequence[Row]
    error: str = "largest relative error"
    marks: Sequence[Mark] = ()


def in_turn(methods: Mapping[str, Method], files: Sequence[Path] = ()) -> dict[str, list[Run]]:
    """Run every method, then every one again, until each was run as often as it asks.

    Parameters
    ----------
    files : sequence of Path
        What they read; read once beforehand.
    """
    found: dict[str, list[Run]] = {name: [] for name in methods}
    for place in range(max(method.repeats for method in methods.values())):
        for name, method in methods.items():
            absent = any(one.absent for one in found[name])
            if place >= method.repeats or absent:
                continue
            method.before()
            warm(*files)
            one = run(method.command)
            found[name].append(one)
            figures = one.absent or f"{one.seconds:.1f} s, {one.peak_mb or float('nan'):.0f} MB"
            print(f"… {method.title} ({place + 1}/{method.repeats}): {figures}", file=sys.stderr, flush=True)
    return found


def median_row(method: Method, runs: Sequence[Run], error: float | None, ours_s: float | None) -> Row:
    """Return the line of one method; ``ours_s`` is what its time is compared with."""
    absent = next((one.absent for one in runs if one.absent), "")
    if absent:
        return Row(method.title, method.calls, command=told(method.command), absent=absent)
    seconds = statistics.median(one.seconds for one in runs)
    reads = [one.read_s for one in runs if one.read_s is not None]
    peaks = [one.peak_mb for one in runs if one.peak_mb is not None]
    return Row(
        method.title,
        method.calls,
        seconds,
        statistics.median(one.process_s for one in runs),
        statistics.median(reads) if reads else None,
        max(peaks) if peaks else None,
        error,
        seconds / ours_s if ours_s else None,
        tuple(one.seconds for one in runs),
        told(method.command),
        versions=runs[0].answer["versions"],
    )


def told(command: Sequence[str]) -> str:
    """Return a command as it would be typed in the repository: no place of this machine is in it."""
    words = [Path(command[0]).name, *(word.replace(f"{ROOT}{os.sep}", "") for word in command[1:])]
    return " ".join(words)


def median_s(runs: Sequence[Run]) -> float | None:
    """Return the median time of runs, None where the method is absent."""
    return None if any(one.absent for one in runs) else statistics.median(one.seconds for one in runs)


def relative_error(values: Mapping[str, float | None], exact: Mapping[str, float]) -> float:
    """Return the largest difference from the exact values, relative to them; infinite where an answer is missing.

    Examples
    --------
    >>> relative_error({"a": 2.0, "b": 3.0}, {"a": 2.0, "b": 4.0})
    0.25
    """
    return max(
        float("inf") if values.get(code) is None else abs(values[code] - value) / (abs(value) or 1.0)
        for code, value in exact.items()
    )


def ratio(theirs: float | None, ours: float | None) -> float | None:
    """Return how many times longer theirs took than ours; None where either is unknown."""
    return theirs / ours if theirs and ours else None
