"""Expected activity in simulated regions: precision of the first thirty, calibration, and when the model is used."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from bench.comparing import Mark, Row, Table
from bench.running import ROOT

sys.path.append(str(ROOT / "tests" / "core"))

from activity_judging import BINS, COMMUNES, calibration, fitted, precisions, region_population, small_ones
from activity_simulator import simulate_region

PROJECTS = (1_000, 3_000)
OURS = "ours, evidence thrice"
ORACLE = "oracle of true means, evidence thrice"
TO_BEAT = (
    "lowest rate from 5000 inhabitants",
    "lowest rate from 10000 inhabitants",
    "lowest rate from 20000 inhabitants",
    "empirical Bayes rate",
    "in-sample residual, standardised",
)
_JUDGE = "tests/core/activity_judging.py"
_FIRST_SEED = 10_000


def compare(folder: Path, small: bool) -> list[Table]:
    """Draw regions, and judge what is said of them by what they are."""
    regions = 4 if small else 100
    tables = []
    with ProcessPoolExecutor(2) as pool:
        for projects in PROJECTS:
            asked = [(projects, _FIRST_SEED + seed, 0.5, 0.05) for seed in range(regions)]
            silent = [(projects, _FIRST_SEED + seed, 0.0, 0.0) for seed in range(regions)]
            few = [(projects, _FIRST_SEED + seed) for seed in range(max(2, regions // 5))]
            found = (list(pool.map(judged, asked)), list(pool.map(used, silent)), list(pool.map(judged_small, few)))
            tables.append(_table(projects, *found))
    return tables


def _populations() -> str:
    if COMMUNES.is_file():
        return "the populations of Île-de-France"
    return "made-up populations (INSEE's are not there: ../shared/data)"


def judged(asked: tuple[int, int, float, float]) -> dict[str, object]:
    """Judge one region."""
    projects, seed, signal, planted = asked
    region = simulate_region(region_population(), projects, seed, signal=signal, planted_share=planted)
    begun = time.perf_counter()
    model = fitted(region)
    seconds = time.perf_counter() - begun
    bins = calibration(region, model, seed)
    return {"precision": precisions(region, model), "bins": bins, "used": model.verdict.used, "seconds": seconds}


def judged_small(asked: tuple[int, int]) -> tuple[float, float]:
    """Return the evidence of small planted territories and of their like, in a region that plants of any size."""
    projects, seed = asked
    region = simulate_region(region_population(), projects, seed, least_expected=0.0)
    return small_ones(region, fitted(region))


def used(asked: tuple[int, int, float, float]) -> bool:
    """Say whether the model is used in one region."""
    projects, seed, signal, planted = asked
    return fitted(
        simulate_region(region_population(), projects, seed, signal=signal, planted_share=planted)
    ).verdict.used


def _table(projects: int, found: Sequence[Mapping], silent: Sequence[bool], few: Sequence[tuple]) -> Table:
    names = list(found[0]["precision"])
    precision = {name: np.array([one["precision"][name] for one in found]) for name in names}
    mean = {name: float(values.mean()) for name, values in precision.items()}
    marks = [Mark("precision in the first 30, relative to the oracle", mean[OURS] / mean[ORACLE], least=0.9)]
    for name in TO_BEAT:
        better = precision[OURS] - precision[name]
        error = better.std(ddof=1) / np.sqrt(len(better))
        marks.append(Mark(f"precision less that of: {name} (± {error:.3f})", float(better.mean()), least=0.0))
    for name in BINS:
        central, inside, size = np.sum([one["bins"][name] for one in found], axis=0)
        marks.append(Mark(f"central 90 % of the PIT, expected {name}", float(100 * central / size), 87.0, 93.0, "%"))
        marks.append(Mark(f"published interval, expected {name}", float(100 * inside / size), least=88.0, unit="%"))
    accepted = 100 * float(np.mean([one["used"] for one in found]))
    marks.append(Mark("model used where there is a signal", accepted, least=80.0, unit="%"))
    marks.append(Mark("model used where there is none", 100 * float(np.mean(silent)), most=5.0, unit="%"))
    listed = "; ".join(f"{name} {value:.3f}" for name, value in sorted(mean.items(), key=lambda one: -one[1]))
    remarks = [
        f"{len(found)} **simulated** regions on {_populations()}, {projects} projects, dispersion "
        "3, a signal of 0.5, up to one territory in twenty planted: ready, and doing a fifth of what is expected.",
        f"Share of planted ones among the first thirty: {listed}.",
        "Where there is no signal, nothing is planted either.",
        "Planted ones of which less than 2 projects are expected, in regions that plant of any size: mean evidence "
        f"{np.mean(few, axis=0)[0]:.0f}, of those like them {np.mean(few, axis=0)[1]:.0f}: no promise is made of them.",
    ]
    seconds = tuple(float(one["seconds"]) for one in found)
    row = Row("**ours**, one fit", _JUDGE, float(np.median(seconds)), runs_s=seconds)
    return Table(f"Expected activity, {projects} projects", remarks, [row], marks=marks)
