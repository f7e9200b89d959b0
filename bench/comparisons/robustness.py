"""Ten thousand draws of weights, methods and thresholds, and which of them moves the results."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.comparing import Mark, Method, Table, in_turn, median_row

_PROGRAM = "bench/ours_robustness.py"
# What is asked, territories, the most seconds and the most memory that it may take.
_CASES = {
    "1 276 territories, list": ("targets", 1276, 2.0, 300.0),
    "1 276 territories, ranks of an index": ("ranks", 1276, 2.0, 300.0),
    "35 000 territories, list": ("targets", 35_000, 20.0, 1000.0),
    "35 000 territories, ranks of an index": ("ranks", 35_000, 20.0, 1000.0),
    "35 000 territories, Sobol' indices of the list": ("target_indices", 35_000, 30.0, None),
    "35 000 territories, Sobol' indices of the ranks": ("rank_indices", 35_000, 30.0, None),
}


def compare(folder: Path, small: bool) -> list[Table]:
    """Run every case with two threads, and once with one: the bits must be the same."""
    draws = 500 if small else 10_000
    methods = {}
    for title, (what, size, _, _) in _CASES.items():
        for workers in (2, 1):
            command = [
                sys.executable,
                "-m",
                "bench.ours_robustness",
                what,
                str(size),
                str(draws),
                str(workers),
                "{out}",
            ]
            named = f"**ours**, {title}, {workers} thread{'s' * (workers > 1)}"
            methods[title, workers] = Method(named, command, _PROGRAM, 3 if workers == 2 else 1)
    found = in_turn(methods)
    rows, marks = [], []
    for title, (_, _, most_s, most_mb) in _CASES.items():
        made = [median_row(methods[title, workers], found[title, workers], None, None) for workers in (2, 1)]
        rows += made
        bits = {one.answer["versions"]["bits"] for workers in (2, 1) for one in found[title, workers] if not one.absent}
        marks.append(Mark(title, made[0].seconds, most=most_s, unit="s"))
        if most_mb:
            marks.append(Mark(f"{title}: memory", made[0].peak_mb, most=most_mb, unit="MB"))
        marks.append(Mark(f"{title}: different answers on one thread and two", float(len(bits) - 1), most=0))
    remarks = [
        f"30 indicators each, {draws} draws of weights (± 25 %), normalisation (min-max or rank), aggregation "
        "(arithmetic or geometric mean) and, for the list, of the threshold of readiness (± 5 points of its quantile). "
        "The list: six composites, the percentiles of all of them within every draw, segments, ranks and shortlist; "
        "the index: six nodes of five indicators. Time from scores in memory to intervals and probabilities; memory of "
        "the whole process. Sobol' indices from 1 024 points of each sample. Up to 4 096 territories percentiles are "
        "exact, above within 0.1 of a point; ranks of an index are exact."
    ]
    return [Table("Robustness", remarks, rows, marks=marks)]
