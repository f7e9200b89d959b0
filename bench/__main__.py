"""Make the inputs, run every method of every comparison in turn, and write the figures down."""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from bench.comparing import Table
from bench.page import page
from bench.running import ROOT
from smart_territoires_plugin.core.store import code_version

COMPARISONS = ("coverage", "zonal", "big", "cluster", "rerun", "robustness", "scoring", "targeting", "desktop")
LIBRARIES = (
    "numpy",
    "shapely",
    "geopandas",
    "pyogrio",
    "rasterio",
    "exactextract",
    "rasterstats",
    "duckdb",
    "distributed",
    "scipy",
    "scikit-learn",
    "pymcdm",
    "scikit-criteria",
    "pydecision",
)
FIGURES = ROOT / "bench" / "results.json"
PAGE = ROOT / "docs" / "benchmarks.md"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the comparisons that are asked for; only all of them at full size are written into the repository."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", default=",".join(COMPARISONS), help="comparisons, separated by commas")
    parser.add_argument("--scale", choices=("full", "small"), default="full", help="small: a trial of the bench itself")
    options = parser.parse_args(argv)
    chosen = options.only.split(",")
    unknown = [name for name in chosen if name not in COMPARISONS]
    if unknown:
        parser.error(f"--only: {', '.join(unknown)}: known are {', '.join(COMPARISONS)}")
    folder = ROOT / "build" / "bench" / options.scale
    code, tables = code_version.__wrapped__(), []
    target = (folder / "results.json", folder / "benchmarks.md")
    for name in chosen:
        print(f"{name}:", file=sys.stderr, flush=True)
        tables += import_module(f"bench.comparisons.{name}").compare(folder, options.scale == "small")
        write(tables, *target)
    changed = code_version.__wrapped__() != code
    if changed:
        print("bench: the measures' code changed meanwhile: what was kept could not serve; run again", file=sys.stderr)
    elif options.scale == "full" and set(chosen) == set(COMPARISONS):
        target = (FIGURES, PAGE)
        write(tables, *target)
    print(target[1].relative_to(ROOT))
    lost = [row for table in tables for row in table.rows if row.absent and row.calls.startswith("bench/ours")]
    for row in lost:
        print(f"bench: {row.title}: {row.absent}", file=sys.stderr)
    return 1 if lost or changed else 0


def write(tables: Sequence[Table], figures: Path, text: Path) -> None:
    """Write the figures as JSON and as a page."""
    report = {
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {_memory_gb()} GB of memory",
        "date": time.strftime("%Y-%m-%d"),
        "versions": versions(tables),
    }
    met = [{**asdict(table), "marks": [{**asdict(mark), "met": mark.met} for mark in table.marks]} for table in tables]
    figures.write_text(json.dumps({**report, "tables": met}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    text.write_text(page(report, tables), encoding="utf-8")


def _memory_gb() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9)


def versions(tables: Sequence[Table]) -> dict[str, str]:
    """Return the versions of what was timed: of libraries that are installed, and what the peers told of themselves."""
    found = {"Python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    for table in tables:
        for row in table.rows:
            found.update({name: number for name, number in row.versions.items() if name in ("QGIS", "GEOS")})
    return found


if __name__ == "__main__":
    sys.exit(main())
