"""A study of a few square communes, small enough to run in a test and shaped by what the test needs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import shapely
import yaml

CHECKOUT = Path(__file__).resolve().parents[2]
CRS = "EPSG:2154"
WEST, SOUTH, SIDE_M = 650_000, 6_860_000, 1_000
ACTIVE = ("funded", "running", "done")


def codes(size: int) -> list[str]:
    """The codes of the communes: ``77001``, ``77002``, …"""
    return [f"{77_001 + index}" for index in range(size)]


def squares(size: int) -> list:
    """One square of 1 km² for each commune, four to a row, side by side."""
    corners = [(WEST + SIDE_M * (i % 4), SOUTH + SIDE_M * (i // 4)) for i in range(size)]
    return [shapely.box(x, y, x + SIDE_M, y + SIDE_M) for x, y in corners]


def default_table(size: int) -> pd.DataFrame:
    """Values of three indicators that no formula ties to one another; drawn with a seed."""
    random = np.random.default_rng(7)
    return pd.DataFrame(
        {
            "code": codes(size),
            "fibre": random.uniform(5, 95, size).round(2),
            "partners": random.integers(0, 9, size),
            "income": random.uniform(15_000, 40_000, size).round(0),
        }
    )


def default_projects(size: int) -> list[tuple[str, str, str]]:
    """Projects as (codes, theme, stage): the third of the communes has one, the second has two."""
    all_codes = codes(size)
    made = [(code, "flood", "running") for code in all_codes[::3]]
    return [*made, *((code, "planning", "done") for code in all_codes[1:2] * 2), (all_codes[-1], "flood", "idea")]


def write_small_study(
    folder: Path,
    size: int = 12,
    *,
    names: Sequence | None = None,
    populations: Sequence | None = None,
    table: pd.DataFrame | None = None,
    projects: Sequence[tuple[str, str, str]] | None = None,
    survey: Mapping[str, str] | None = None,
    change: Callable[[dict], None] = lambda content: None,
) -> Path:
    """Write the layers and the study file; return the study file.

    Parameters
    ----------
    survey
        Status by code; by default every commune was searched.
    change
        Changes the content of the study before it is written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    own = codes(size)
    populations = np.arange(size) * 700 + 900 if populations is None else populations
    communes = geopandas.GeoDataFrame(
        {
            "code": own,
            "nom": [f"Commune {code}" for code in own] if names is None else list(names),
            "population": pd.array(np.asarray(populations, dtype=float)),
            "epci": [f"2000000{index % 3:02d}" for index in range(size)],
        },
        geometry=squares(size),
        crs=CRS,
    )
    communes.to_file(folder / "communes.gpkg", layer="communes")
    # Discs that grow from one commune to the next; the last communes have none.
    discs = [square.centroid.buffer(100 + 25 * index) for index, square in enumerate(squares(size))][: max(size - 2, 1)]
    geopandas.GeoDataFrame({"niveau": "fort"}, index=range(len(discs)), geometry=discs, crs=CRS).to_file(
        folder / "flood.gpkg", layer="zones"
    )
    (default_table(size) if table is None else table).to_csv(folder / "table.csv", index=False)
    write_register(folder / "register.gpkg", default_projects(size) if projects is None else projects,
                   dict.fromkeys(own, "searched_none_found") if survey is None else survey)  # fmt: skip
    content = study_content()
    change(content)
    study = folder / "study.yaml"
    study.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return study


def write_register(path: Path, projects: Sequence[tuple[str, str, str]], survey: Mapping[str, str]) -> None:
    """Write a register of projects (codes, theme, stage) and its survey."""
    titles = [f"Projet {index}" for index in range(len(projects))]
    frame = pd.DataFrame(
        {
            "title": titles,
            "codes": [project[0] for project in projects],
            "theme": [project[1] for project in projects],
            "stage": [project[2] for project in projects],
            "year": 2024,
            **dict.fromkeys(("innovation", "partnership", "data", "inclusion"), 1),
        }
    ).astype({"title": object, "codes": object, "theme": object, "stage": object, "year": int})
    asked = pd.DataFrame({"code": list(survey), "status": list(survey.values()), "date": "2025-01-01"}).astype(object)
    import pyogrio

    pyogrio.write_dataframe(frame, path, layer="projects", driver="GPKG")
    pyogrio.write_dataframe(asked, path, layer="survey", driver="GPKG", append=True)


def study_content() -> dict:
    """The study as its file says it."""

    def indicator(identifier: str, french: str, role: str, measure: dict, **more) -> dict:
        name = {"fr": french, "en": identifier.capitalize()}
        return {"id": identifier, "name": name, "role": role, "measure": measure, **more}

    return {
        "version": 1,
        "name": "Petite étude",
        "date": "2026-01-31",
        "crs": CRS,
        "territories": {"source": "communes", "code": "code", "name": "nom", "population": "population"},
        "groups": {"epci": "epci"},
        "sources": {
            "communes": {"path": "communes.gpkg", "attribution": "Personne"},
            "flood": {"path": "flood.gpkg", "layer": "zones"},
            "table": {"path": "table.csv", "key": "code"},
            "register": {"path": "register.gpkg"},
        },
        "themes": [
            {"id": "flood", "name": {"fr": "Inondations", "en": "Flood resilience"}, "weight": 1},
            {"id": "planning", "name": {"fr": "Aménagement", "en": "Planning"}, "weight": 1},
        ],
        "indicators": [
            indicator("flood_share", "Part inondable", "stake", {"kind": "coverage_share", "source": "flood"},
                      theme="flood"),
            indicator("income", "Revenu médian", "stake", {"kind": "field", "source": "table", "field": "income"},
                      theme="planning", unit="€", direction=-1),
            indicator("fibre", "Locaux raccordables", "success_factor",
                      {"kind": "field", "source": "table", "field": "fibre"}, axis="data", unit="%", weight=2),
            indicator("partners", "Partenaires", "success_factor",
                      {"kind": "field", "source": "table", "field": "partners"}, axis="partnership"),
            indicator("projects", "Projets", "activity", {"kind": "register_activity", "source": "register"}),
        ],
        "scoring": {"missing": "renormalise"},
        "targeting": {"shortlist": 5},
        "robustness": {"draws": 100, "seed": 1},
    }  # fmt: skip


def without_role(*roles: str) -> Callable[[dict], None]:
    """A change of a study that leaves out the indicators of some roles."""

    def change(content: dict) -> None:
        content["indicators"] = [item for item in content["indicators"] if item["role"] not in roles]

    return change


def command(*arguments: object, python: Sequence[str] = ()) -> list[str]:
    """The command line of the product as a child process."""
    return [sys.executable, *python, "-m", "smart_territoires_plugin.core", *map(str, arguments)]


def call(
    *arguments: object, python: Sequence[str] = (), cwd: Path = CHECKOUT, timeout: float = 100, **environment: str
) -> subprocess.CompletedProcess:
    """Run the command line and wait for it; output as text."""
    return subprocess.run(
        command(*arguments, python=python),
        env=child_environment(**environment),
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
    )


def child_environment(**more: str) -> dict[str, str]:
    """The environment of a child: ours, with the package found and English spoken."""
    return {**os.environ, "PYTHONPATH": str(CHECKOUT), "LC_ALL": "C.UTF-8", **more}


def hidden(folder: Path) -> list[str]:
    """What a run leaves behind beside its results."""
    kept = {".lock", ".store"}
    found = [item.name for item in folder.iterdir() if item.name.startswith(".") and item.name not in kept]
    return found + [item.name for item in folder.glob(".store/*.part")]
