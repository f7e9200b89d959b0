"""Time every method in a process of its own, compare what they answer, and write the figures down."""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import re
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from bench.methods import LAYERS, METHODS, TITLES, UNITS
from bench.region import load, prepare

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ROOT / "bench" / "results.json"
PAGE = ROOT / "docs" / "benchmarks.md"
LIBRARIES = ("numpy", "shapely", "geopandas", "rasterio", "exactextract", "rasterstats")
REPEATS = 5


def peak_mb() -> float | None:
    """Return the most memory that this process has held, in MB; None where the system does not tell.

    Not by ``getrusage``: on Linux a child starts from its parent's peak there, and shows that instead of its own.
    """
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) * 1024 / 1e6 if found else None


def time_one(comparison: str, method: str) -> dict:
    """Run one method ``REPEATS`` times after a first, unmeasured call; return its times and its peak memory."""
    region = load(LAYERS[comparison])
    run = METHODS[comparison][method]
    values = run(region)
    seconds = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        values = run(region)
        seconds.append(time.perf_counter() - started)
    return {
        "best_s": min(seconds),
        "median_s": float(np.median(seconds)),
        "peak_mb": peak_mb(),
        "territories": len(region.territories),
        "polygons": len(region.polygons),
        "values": [None if np.isnan(value) else float(value) for value in values],
    }


def in_a_child(comparison: str, method: str) -> dict | None:
    """Time one method in a fresh process; None if it needs a library that is not installed."""
    command = [sys.executable, "-m", "bench", "--one", comparison, method]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 3:
        return None
    if done.returncode:
        raise SystemExit(f"bench: {comparison}, {method}:\n{done.stderr}")
    return json.loads(done.stdout)


def compare(comparison: str) -> dict:
    """Return the figures of every method of one comparison, and how far each is from ours."""
    figures, ours = {}, None
    for method in METHODS[comparison]:
        print(f"… {comparison}: {method}", file=sys.stderr, flush=True)
        found = in_a_child(comparison, method)
        if found is None:
            figures[method] = {"missing": True}
            continue
        values = np.array([np.nan if value is None else value for value in found.pop("values")])
        ours = values if ours is None else ours
        difference = np.abs(values - ours)
        found["largest_difference"] = float(np.nanmax(difference))
        found["answers_missing"] = int(np.isnan(values).sum())
        figures[method] = found
    base = figures["ours"]["median_s"]
    for found in figures.values():
        if "median_s" in found:
            found["times_ours"] = found["median_s"] / base
    return figures


def versions() -> dict[str, str]:
    """Return the versions of what was timed; a library that is missing is left out."""
    found = {"python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def page(report: dict) -> str:
    """Return the figures as a page in Markdown."""
    lines = [
        "# Benchmarks",
        "",
        "Written by `make bench`; the figures are in `bench/results.json`. Every method runs in a process of its own,",
        "on the same layers of the fictitious region, read and repaired beforehand; the time is the median of "
        f"{REPEATS} calls",
        "after a first one, the peak that of the whole process with its libraries and layers. The region is small: the",
        "ratios say something about overhead, little about size. Trust ratios above 1.5.",
        "",
        f"{report['machine']}; " + ", ".join(f"{name} {number}" for name, number in report["versions"].items()) + ".",
    ]
    for comparison, figures in report["comparisons"].items():
        unit = UNITS[comparison]
        ours = figures["ours"]
        size = f"{ours['territories']} territories"
        if comparison.startswith("coverage"):
            size += f", {ours['polygons']} polygons"
        lines += ["", f"## {TITLES[comparison]}", "", f"{size}.", ""]
        lines += [
            f"| method | ms | times ours | peak, MB | largest difference from ours, {unit} |",
            "|---|---|---|---|---|",
        ]
        for method, found in figures.items():
            if found.get("missing"):
                lines.append(f"| {method} | not installed | | | |")
                continue
            peak = "" if found["peak_mb"] is None else f"{found['peak_mb']:.0f}"
            lines.append(
                f"| {method} | {1000 * found['median_s']:.0f} | {found['times_ours']:.2f} | {peak} "
                f"| {found['largest_difference']:.2g} |"
            )
    lines += [
        "",
        "Overlay and dissolve aims at the same exact area: beyond rounding, a difference is a fault of one.",
        "rasterstats gives a cell to the zone that holds its centre: its difference is its error at the edges.",
        "",
    ]
    return "\n".join(lines)


def main(argv: list[str] | None = None) -> int:
    """Time everything and write the figures and the page."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--one", nargs=2, metavar=("COMPARISON", "METHOD"), help="time one method, print its figures")
    options = parser.parse_args(argv)
    if options.one:
        try:
            print(json.dumps(time_one(*options.one)))
        except ImportError as error:
            print(error, file=sys.stderr)
            return 3
        return 0
    prepare()
    report = {
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "versions": versions(),
        "comparisons": {comparison: compare(comparison) for comparison in METHODS},
    }
    FIGURES.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    PAGE.write_text(page(report), encoding="utf-8")
    print(PAGE.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
