"""A made-up region with its study: territories, a table of stakes, success factors and projects; and its results."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import shapely
import yaml

from bench.inputs.making import code_hash, made
from bench.inputs.territories import CRS, draw_territories, write_territories

_CODE = ("region.py", "territories.py", "fractals.py")
_STAKES, _FACTORS, _THEMES = 15, 15, 5
_AXES = ("innovation", "partnership", "data", "inclusion")
# Outlines as detailed as those of communes on a map for screens.
_TOLERANCE_M = 20.0
_AREA_KM2 = 9.5


@dataclass(frozen=True)
class RegionRecipe:
    """All that a region depends on."""

    territories: int
    seed: int = 1


def write_region(folder: Path, recipe: RegionRecipe, version: str) -> Path:
    """Write a region and have the engine run its study; return the folder of results.

    Parameters
    ----------
    version : str
        Of the engine: another one runs again.
    """

    def make(into: Path) -> dict:
        _write(into, recipe)
        command = [sys.executable, "-m", "smart_territoires_plugin.core", "run", str(into / "study.yaml")]
        subprocess.run([*command, "--out", str(into / "results"), "--lang", "en"], check=True, capture_output=True)
        return {}

    made(folder, {**asdict(recipe), "code": code_hash(*_CODE), "version": version}, make)
    return folder / "results"


def _write(into: Path, recipe: RegionRecipe) -> None:
    rng = np.random.default_rng([recipe.seed, 7])
    size = recipe.territories
    drawn = draw_territories(size, _AREA_KM2 * size, recipe.seed)
    write_territories(shapely.coverage_simplify(drawn, _TOLERANCE_M), into / "territories.gpkg", "T", recipe.seed)
    common = rng.normal(size=(size, 1))
    columns = [f"stake_{place}" for place in range(_STAKES)] + [f"factor_{place}" for place in range(_FACTORS)]
    table = pd.DataFrame((common + rng.normal(size=(size, len(columns)))).round(4), columns=columns)
    table.insert(0, "code", [f"{number:05d}" for number in range(1, size + 1)])
    table.to_csv(into / "table.csv", index=False)
    projects = rng.poisson(0.5 * np.exp(0.3 * common[:, 0]))
    pd.DataFrame({"code": table["code"], "projects": projects}).to_csv(into / "projects.csv", index=False)
    indicators = [_indicator(name, place) for place, name in enumerate(columns)]
    measure = {"kind": "field", "source": "projects", "field": "projects"}
    indicators.append(
        {**_named("projects"), "role": "activity", "measure": measure, "direction": 1, "unit": "projects"}
    )
    study = {
        "version": 1,
        "name": "Bench",
        "fictitious": True,
        "crs": CRS,
        "territories": {"source": "territories", "code": "code", "name": "name", "population": "population"},
        "sources": {
            "territories": {"path": "territories.gpkg"},
            "table": {"path": "table.csv", "key": "code"},
            "projects": {"path": "projects.csv", "key": "code", "survey": "exhaustive"},
        },
        "themes": [{"id": f"t{place}", "name": {"fr": f"T{place}", "en": f"T{place}"}} for place in range(_THEMES)],
        "indicators": indicators,
        "scoring": {"missing": "renormalise"},
    }
    (into / "study.yaml").write_text(yaml.safe_dump(study, sort_keys=False), encoding="utf-8")


def _indicator(name: str, place: int) -> dict:
    stake = {"role": "stake", "theme": f"t{place % _THEMES}"}
    factor = {"role": "success_factor", "axis": _AXES[place % len(_AXES)]}
    part = stake if name.startswith("stake") else factor
    measure = {"kind": "field", "source": "table", "field": name}
    return {**_named(name), **part, "measure": measure, "direction": 1, "unit": "points"}


def _named(name: str) -> dict:
    return {"id": name, "name": {"fr": name, "en": name}}
