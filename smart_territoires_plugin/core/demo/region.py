"""The fictitious region, from relief to study file, in the order in which one thing follows from another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from .faults import drop_row, keep_secret, leave_empty, lose_zeros
from .hazards import make_flood_zones
from .nature import make_green_spaces
from .networks import make_roads
from .planning import make_planning_documents
from .rasters import NO2_NODATA, POPULATION_NODATA, make_no2, make_population
from .register import make_register
from .register_details import fill_in
from .services import make_services
from .study import STUDY
from .tables import make_capacities, make_energy, make_fibre, make_housing
from .terrain import make_terrain
from .territories import make_territories
from .traits import make_traits
from .writing import write_filled_register, write_french_csv, write_layers, write_raster, write_workbook

RASTER_REFINEMENT = 2  # 400 m of relief, 200 m squares as in the national grid of residents


def _silent(share: float) -> None:
    """Report nothing."""


def write_region(folder: Path, seed: int = 1, progress: Callable[[float], None] = _silent) -> Path:
    """Write the layers of the fictitious region and the study about them.

    Parameters
    ----------
    folder : Path
        Made if missing; files of the same names in it are replaced, others are left alone.
    seed : int, ≥ 0
        The same seed gives the same values.
    progress : callable
        Takes the share done, 0–1; may raise to stop.

    Returns
    -------
    Path of the study file.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)

    def chance(part: int) -> np.random.Generator:
        # Each part draws from its own stream: a change in one leaves the others as they were.
        return np.random.default_rng([seed, part])

    terrain = make_terrain(chance(1))
    progress(0.2)
    territories = make_territories(terrain, chance(2))
    traits = make_traits(terrain, territories, chance(3))
    progress(0.4)
    roads = make_roads(territories, chance(4))
    write_layers(folder / "fictitious_communes.gpkg", {"communes": territories.communes})
    write_layers(folder / "fictitious_networks.gpkg", {"rivers": terrain.rivers, "roads": roads})
    progress(0.5)
    write_layers(folder / "fictitious_flood.gpkg", {"flood_zones": make_flood_zones(terrain, chance(5))})
    progress(0.6)
    green = make_green_spaces(terrain, territories, chance(6))
    write_layers(folder / "fictitious_green.gpkg", {"green_spaces": green})
    services = make_services(territories, traits, chance(7))
    write_layers(folder / "fictitious_services.gpkg", {"services": services})
    documents = make_planning_documents(territories, traits, chance(8))
    write_layers(folder / "fictitious_planning.gpkg", {"documents": documents})
    progress(0.75)

    grid = terrain.grid.refined(RASTER_REFINEMENT)
    residents = make_population(grid, territories, chance(9))
    write_raster(folder / "fictitious_population.tif", residents, grid, POPULATION_NODATA, "inhabitants")
    no2, _ = make_no2(grid, terrain, territories, roads, residents, chance(10))
    write_raster(folder / "fictitious_no2.tif", no2, grid, NO2_NODATA, "µg/m³")
    progress(0.9)

    spoil = chance(11)
    population = territories.population
    energy = make_energy(territories, traits, chance(12))
    energy = keep_secret(energy, "conso_residentiel_mwh", population, ("s", "n/d"))
    write_french_csv(folder / "fictitious_energy.csv", lose_zeros(energy, spoil, 0.12), "cp1252")
    housing = make_housing(territories, traits, chance(13))
    write_french_csv(folder / "fictitious_housing.csv", drop_row(housing, 40), "utf-8")
    fibre = leave_empty(make_fibre(territories, traits, chance(14)), "thd", 25)
    write_french_csv(folder / "fictitious_fibre.csv", fibre, "utf-8-sig")
    capacities = make_capacities(territories, traits, chance(15))
    write_workbook(folder / "fictitious_capacities.xlsx", "communes", capacities)

    register = make_register(territories, traits, chance(16))
    write_filled_register(folder / "register.gpkg", fill_in(register, territories, chance(17)))

    study = folder / "study.yaml"
    study.write_text(STUDY, encoding="utf-8", newline="\n")
    progress(1.0)
    return study
