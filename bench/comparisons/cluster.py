"""The same study on a Dask cluster of one and of two workers: the time, and that the bits are the same."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import geopandas
import numpy as np

from bench.comparing import Mark, Row, Table
from bench.comparisons.coverage import study
from bench.inputs import coverage
from bench.running import ROOT, Run, watched

LEAST = 1.7
REPEATS = 2
CALLS = "bench/comparisons/cluster.py"


@contextmanager
def cluster(workers: int, folder: Path) -> Iterator[str]:
    """Start a scheduler and workers on loopback, each with one thread in a process of its own; yield its address."""
    from distributed import Client

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    told = folder / "scheduler.json"
    dask = [sys.executable, "-m", "dask"]
    quiet = {"cwd": ROOT, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = []
    try:
        words = ["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(told)]
        started.append(subprocess.Popen([*dask, *words], **quiet))
        _wait_for(told)
        words = ["worker", "--scheduler-file", str(told), "--nthreads", "1", "--no-dashboard", "--memory-limit", "0"]
        for number in range(workers):
            place = ["--local-directory", str(folder / f"worker_{number}")]
            started.append(subprocess.Popen([*dask, *words, *place], **quiet))
        with Client(scheduler_file=str(told), timeout=60) as client:
            client.wait_for_workers(workers, timeout=60)
            address = client.scheduler.address
        yield address
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait(30)


def _wait_for(file: Path, most_s: float = 60.0) -> None:
    until = time.monotonic() + most_s
    while not file.exists():
        if time.monotonic() > until:
            raise SystemExit("bench: the Dask scheduler did not start")
        time.sleep(0.1)


def measured(asked: Path, out: Path, *more: str) -> tuple[Run, np.ndarray]:
    """Run ``smart-territoires measure`` into an empty folder; return the run and the values."""
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "smart_territoires_plugin.core", "measure", str(asked), "--out", str(out), *more]
    started = time.perf_counter()
    code, said, peak_mb = watched(command)
    seconds = time.perf_counter() - started
    if code:
        raise SystemExit(f"bench: {' '.join(command)}: ended with {code}\n{said}")
    values = geopandas.read_file(out / "territories.gpkg", ignore_geometry=True)
    return Run(seconds, None, seconds, peak_mb), values["measure_1"].to_numpy(dtype=float)


def compare(folder: Path, small: bool) -> list[Table]:
    """Run the coverage study here, and on one and on two workers in turn; return the table."""
    coverage.write_layers(folder / "coverage", coverage.SMALL if small else coverage.FULL)
    asked, out = study(folder, "territories"), folder / "stores" / "cluster"
    title = "Two Dask workers against one"
    code, said, _ = watched([sys.executable, "-m", "smart_territoires_plugin.core", "measure", "--scheduler", "", "-h"])
    if code:
        absent = said.strip().splitlines()[-1]
        return [Table(title, [], [Row("**ours**, two workers", CALLS, absent=absent)])]
    _, here = measured(asked, out, "--workers", "2")
    runs: dict[int, list[Run]] = {1: [], 2: []}
    same = True
    for _ in range(REPEATS):
        for workers in runs:
            with cluster(workers, folder / "stores" / "dask") as address:
                one, values = measured(asked, out, "--scheduler", address)
            runs[workers].append(one)
            same = same and values.tobytes() == here.tobytes()
            print(f"… Dask, {workers} worker(s): {one.seconds:.1f} s", file=sys.stderr, flush=True)
    seconds = {workers: statistics.median(one.seconds for one in found) for workers, found in runs.items()}
    rows = [
        Row(
            "**ours**, 2 Dask workers" if workers == 2 else "ours, 1 Dask worker",
            CALLS,
            seconds[workers],
            seconds[workers],
            peak_mb=max(one.peak_mb or 0 for one in found),
            ratio=seconds[workers] / seconds[2],
            runs_s=tuple(one.seconds for one in found),
        )
        for workers, found in runs.items()
    ]
    marks = [
        Mark("two workers against one", seconds[1] / seconds[2], LEAST, unit="×"),
        Mark("runs whose bits differ from this machine's own threads'", 0.0 if same else 1.0, most=0),
    ]
    remarks = [
        "`smart-territoires measure STUDY --out DIR --scheduler ADDRESS` on the first comparison's layers, nothing "
        "kept; scheduler and workers on this machine, one thread each. The time is that of the whole client process, "
        "the memory that of the client alone.",
    ]
    return [Table(title, remarks, rows, marks=marks)]
