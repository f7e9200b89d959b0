"""The tables of the region, before anything is spoilt: energy, housing, fibre, capacities."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .territories import FICTITIOUS, Territories
from .traits import Traits

YEAR = 2024


def make_energy(territories: Territories, traits: Traits, rng: np.random.Generator) -> pd.DataFrame:
    """Electricity of dwellings and of services, in MWh a year; dearer in the hills and in old houses."""
    population = territories.population
    per_head_mwh = 2.3 * np.exp(0.16 * rng.standard_normal(len(population)) - 0.12 * traits.comfort)
    services_mwh = population * 1.4 * np.exp(0.5 * rng.standard_normal(len(population)))
    return _keyed(
        territories,
        annee=YEAR,
        conso_residentiel_mwh=(population * per_head_mwh).round(1),
        conso_tertiaire_mwh=services_mwh.round(1),
    )


def make_housing(territories: Territories, traits: Traits, rng: np.random.Generator) -> pd.DataFrame:
    """Dwellings: in all, built before 1975, vacant."""
    population = territories.population
    n = len(population)
    dwellings = np.maximum((population / rng.uniform(1.9, 2.4, n)).round().astype(int), 12)
    old = np.clip(0.48 - 0.12 * traits.comfort + 0.08 * rng.standard_normal(n), 0.08, 0.9)
    vacant = np.clip(0.085 - 0.025 * traits.comfort + 0.02 * rng.standard_normal(n), 0.01, 0.3)
    return _keyed(
        territories,
        logements=dwellings,
        logements_avant_1975=(dwellings * old).round().astype(int),
        logements_vacants=(dwellings * vacant).round().astype(int),
    )


def make_fibre(territories: Territories, traits: Traits, rng: np.random.Generator) -> pd.DataFrame:
    """Share of premises that can have fibre, in %."""
    chance = 0.4 * rng.standard_normal(len(traits.data))
    share_pct = 100 / (1 + np.exp(-(1.1 + 1.3 * traits.data + chance)))
    premises = (territories.population * 0.62).round().astype(int) + 3
    return _keyed(territories, locaux=premises, thd=share_pct.round(1))


def make_capacities(territories: Territories, traits: Traits, rng: np.random.Generator) -> pd.DataFrame:
    """What a survey of town halls would tell: skills, agreements, open data, citizens' part."""
    n = len(territories.communes)
    epci = territories.communes["siren_epci"]
    of_epci = pd.Series(traits.partnership).groupby(epci.to_numpy()).transform("mean").to_numpy()
    return _keyed(
        territories,
        cadres_pct=np.clip(12 + 5 * traits.innovation + 2 * rng.standard_normal(n), 1, 60).round(1),
        ingenieurs_epci_etp=np.clip(6 + 5 * of_epci, 0.5, None).round(1),
        conventions=rng.poisson(np.exp(0.2 + 0.6 * traits.partnership)),
        jeux_ouverts=rng.poisson(np.exp(0.1 + 0.9 * traits.data)),
        participation_pct=np.clip(62 + 8 * traits.inclusion + 3 * rng.standard_normal(n), 25, 95).round(1),
    )


def _keyed(territories: Territories, **columns: object) -> pd.DataFrame:
    """Put the commune's code and name in front, and say at the end that all is invented."""
    communes = territories.communes
    front = {"code_insee": communes["code_insee"].astype(object), "nom_commune": communes["nom"].astype(object)}
    return pd.DataFrame({**front, **columns, "mention": FICTITIOUS})
