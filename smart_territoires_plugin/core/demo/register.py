"""The register: projects coded on the four axes, and where somebody looked for some."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .territories import FICTITIOUS, Territories
from .traits import Traits

AXES = ("innovation", "partnership", "data", "inclusion")
STAGES = ("idea", "candidate", "funded", "running", "done", "stopped")
STAGE_SHARES = (0.12, 0.10, 0.18, 0.32, 0.22, 0.06)
N_IDLE = 14  # territories with much in them, of some size, that do nothing yet
TITLES = {
    "energy": ("Suivi des fluides des bâtiments", "Cadastre solaire partagé", "Éclairage public à la demande"),
    "air": ("Capteurs citoyens de la qualité de l'air", "Covoiturage en direct", "Rues aux écoles apaisées"),
    "flood": ("Alerte de crue par capteurs", "Jumeau numérique de la vallée", "Exercice de crise partagé"),
    "green": ("Inventaire participatif des arbres", "Carte des îlots de fraîcheur", "Trame verte ouverte"),
    "planning": ("Plan local en données ouvertes", "Observatoire du foncier", "Concertation sur maquette 3D"),
}


@dataclass(frozen=True)
class Register:
    """The two layers of the register, neither with geometry."""

    projects: pd.DataFrame
    survey: pd.DataFrame


def make_register(territories: Territories, traits: Traits, rng: np.random.Generator) -> Register:
    """Draw projects where size, promise and luck meet, and the survey that looked for them.

    Activity follows the population and, less closely, the promise of a commune; `N_IDLE` communes among the
    most promising of some size are left without any project, though somebody asked.
    """
    codes = territories.communes["code_insee"].to_numpy(dtype=object)
    population = territories.population
    idle = _idle(population, traits)
    projects = _projects(territories, traits, {codes[row] for row in idle}, rng)
    busy = {code for listed in projects["codes"] for code in listed.split(";")}

    unseen = 1 / (1 + np.exp(0.9 + 0.9 * (np.log(population) - np.log(population).mean())))
    rows = []
    for row, code in enumerate(codes):
        day = f"2025-{rng.integers(1, 13):02d}-{rng.integers(1, 29):02d}"
        overlooked = rng.random() < unseen[row]
        forgotten = rng.random() < 0.2
        if code in busy:
            rows.append((code, "documented", day))
        elif row in idle or not overlooked:
            rows.append((code, "searched_none_found", day))
        elif not forgotten:  # the others are in neither layer, which means the same
            rows.append((code, "not_searched", None))
    survey = pd.DataFrame(rows, columns=["code", "status", "date"])
    return Register(projects.assign(mention=FICTITIOUS), survey.assign(mention=FICTITIOUS))


def _idle(population: np.ndarray, traits: Traits) -> set[int]:
    """Rows of promising communes of some size that will do nothing."""
    of_some_size = (population > 700) & (population < 30_000)
    ranked = np.argsort(-np.where(of_some_size, traits.promise, -np.inf), kind="stable")
    return {int(row) for row in ranked[: 2 * N_IDLE : 2]}


def _projects(territories: Territories, traits: Traits, idle_codes: set[str], rng: np.random.Generator) -> pd.DataFrame:
    """One row per project; a project of several communes lists their codes with semicolons between."""
    communes = territories.communes
    codes = communes["code_insee"].to_numpy(dtype=object)
    expected = 0.36 * (territories.population / 1_000) ** 0.95 * np.exp(0.4 * traits.promise)
    rows = []
    for row, count in enumerate(rng.poisson(np.clip(expected, 0, 9))):
        if codes[row] in idle_codes:
            continue
        for _ in range(count):
            theme = str(rng.choice(list(TITLES)))
            listed = [codes[row]]
            if rng.random() < 0.15:
                epci = communes["siren_epci"].iloc[row]
                around = [codes[j] for j in territories.neighbours[row] if communes["siren_epci"].iloc[j] == epci]
                listed += [code for code in around if code not in idle_codes][:2]
            axes = {
                axis: int(np.clip(round(1.4 + 0.6 * getattr(traits, axis)[row] + 0.8 * rng.standard_normal()), 0, 3))
                for axis in AXES
            }
            title = f"{rng.choice(TITLES[theme])} (projet fictif {len(rows) + 1})"
            stage = str(rng.choice(STAGES, p=STAGE_SHARES))
            year = int(rng.integers(2017, 2026))
            project = {"title": title, "codes": ";".join(listed), "theme": theme, "stage": stage, "year": year}
            rows.append(project | axes)
    return pd.DataFrame(rows)
