"""Studies whose measures run in slow parts, run as a child process; for the tests of resuming and of clusters."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
from small_study import CHECKOUT, CRS, SOUTH, WEST, child_environment, write_small_study

PARTS = 12


class PartedStudy:
    """The study, and what its parts have left behind.

    Parameters
    ----------
    script : str
        What runs it: ``parted_run.py`` has one measure made up of as many parts as there are territories.
    change : callable, optional
        Changes the content of the study before it is written.
    """

    def __init__(self, folder: Path, script: str = "parted_run.py", change=lambda content: None):
        self.folder, self.script = folder, CHECKOUT / "tests" / "core" / script
        self.study = write_small_study(folder / "study", size=PARTS, change=change)

    def start(self, out: Path, marks: str, *more: str, seconds: float = 0.0, **environment: str) -> subprocess.Popen:
        """Begin a run; ``marks`` names the folder of its marks."""
        (self.folder / marks).mkdir(exist_ok=True)
        own = child_environment(PART_MARKS=str(self.folder / marks), PART_SECONDS=str(seconds), **environment)
        own["PYTHONPATH"] = os.pathsep.join([str(CHECKOUT), str(self.script.parent)])
        arguments = ["run", str(self.study), "--out", str(out), "--workers", "2", *more]
        return subprocess.Popen(
            [sys.executable, str(self.script), *arguments], env=own, cwd=self.folder,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip

    def run(self, out: Path, marks: str, *more: str, **how) -> tuple[int, str]:
        """Run to the end; return the exit code and what was said."""
        child = self.start(out, marks, *more, **how)
        _, said = child.communicate(timeout=100)
        return child.returncode, said

    def places(self, marks: str, task: str = "") -> list[int]:
        """Return which parts were computed, in order; those of one task where there are several."""
        return sorted(int(mark.name.partition("-")[0]) for mark in (self.folder / marks).glob(f"*{task}.part"))

    def processes(self, marks: str, task: str = "") -> set[int]:
        """Return which processes computed parts."""
        return {int(mark.name.split("-")[1]) for mark in (self.folder / marks).glob(f"*{task}.part")}

    def kept(self, out: Path) -> int:
        """Return how many entries the store holds."""
        return len(list((out / ".store").glob("*.values")))


def measured_study(folder: Path) -> PartedStudy:
    """Return a study of a layer in blocks and a raster in strips, whose tasks are those of the product."""

    def change(content: dict) -> None:
        content["sources"].update({"zones": {"path": "zones.gpkg"}, "heat": {"path": "heat.tif"}})
        asked = [
            {"kind": "coverage_share", "source": "zones"},
            {"kind": "zonal_mean", "source": "heat"},
            {"kind": "sum", "source": "zones", "field": "homes"},
        ]
        for indicator, measure in zip(content["indicators"], asked):
            indicator["measure"] = measure
        content["indicators"][2]["unit"] = "homes"

    made = PartedStudy(folder, "measured_run.py", change)
    write_layers(folder / "study")
    return made


def write_layers(folder: Path) -> None:
    """Write 160 rough discs that overlap, and a raster, both over the communes and a little beyond."""
    import geopandas
    import rasterio
    import shapely

    random = np.random.default_rng(3)
    discs = []
    for x, y in random.uniform((-200, -200), (4_200, 3_200), (160, 2)):
        angles = np.sort(random.uniform(0, 2 * np.pi, 20))
        radii = random.uniform(40, 300, 20)
        discs.append(shapely.Polygon(np.column_stack([x + radii * np.cos(angles), y + radii * np.sin(angles)])))
    shapes = shapely.transform(np.array(discs), lambda xy: xy + [WEST, SOUTH])
    geopandas.GeoDataFrame({"homes": random.lognormal(2, 1, 160)}, geometry=shapes, crs=CRS).to_file(
        folder / "zones.gpkg"
    )
    grid = rasterio.transform.from_origin(WEST, SOUTH + 3_000, 20, 20)
    tiles = {"tiled": True, "blockxsize": 16, "blockysize": 16}
    with rasterio.open(
        folder / "heat.tif", "w", "GTiff", 200, 150, 1, CRS, grid, dtype="float64", **tiles
    ) as raster:  # fmt: skip
        raster.write(random.lognormal(3, 1, (150, 200)), 1)


def bits(out: Path) -> dict[str, bytes]:
    """Return what must be the same byte for byte: tables, scoring state, and the manifest apart from its timings."""
    content = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    content.pop("timings")
    with np.load(out / "scoring.npz") as state:
        arrays = {name: state[name].tobytes() for name in state.files}
    tables = {name: (out / name).read_bytes() for name in ("territories.csv", "targets.csv")}
    return {**tables, "manifest": json.dumps(content).encode(), **arrays}
