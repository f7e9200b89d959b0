"""What else the fictitious register holds: means, second coders, calls, contacts, interviews, references elsewhere."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .register import AXES, Register
from .territories import FICTITIOUS, Territories

FUNDERS = ("Région imaginaire", "Agence fictive de l'eau", "Fonds inventé pour la transition", "Banque imaginaire")
PARTNERS = (
    "Syndicat d'énergie fictif",
    "Université imaginaire",
    "Start-up inventée",
    "Association fictive des riverains",
)
ROLES = ("Chargée de mission numérique", "Directeur général des services", "Élue au climat", "Technicien rivière")
OBSTACLES = ("Pas d'ingénierie", "Pas de budget avant 2027", "Données dispersées", "Agents déjà très pris")
NEEDS = ("Un appui technique", "Un exemple voisin à visiter", "Un cofinancement", "Une formation des agents")
ACTORS = ("local_authority", "association", "company", "citizens", "state")
# Ids of the study's indicators, with a value that a good territory elsewhere might have.
REFERENCES = {
    "lyre": ("Lyre-sur-Fiction", "Fictionie", {"fibre_share": 96.0, "turnout": 68.0, "open_data": 14.0}),
    "brume": ("Brumeville", "Pays imaginaire", {"fibre_share": 88.0, "turnout": 74.0, "open_data": 6.0}),
}


def fill_in(register: Register, territories: Territories, rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    """Return the rows of every table of the register.

    Projects and survey stay as they were drawn: what is added here changes neither count nor place of any project.
    """
    codes = territories.communes["code_insee"].to_numpy(dtype=object)
    large = codes[np.argsort(-territories.population, kind="stable")]
    projects = _projects(register.projects, territories, rng)
    called = rng.choice(large[10:120], 30, replace=False)
    tables = {
        "projects": projects,
        "calls": _calls(),
        "applications": _applications(rng.choice(large[:150], 40, replace=False), rng),
        "contacts_made": _contacts(called, rng),
        "interviews": _interviews(rng.choice(large[:200], 25, replace=False), rng),
        "benchmarks": _benchmarks(),
        "survey": register.survey.assign(source="Recensement fictif"),
    }
    return {name: table.assign(mention=FICTITIOUS) for name, table in tables.items()}


def _projects(drawn: pd.DataFrame, territories: Territories, rng: np.random.Generator) -> pd.DataFrame:
    size = len(drawn)
    epci = territories.communes.set_index("code_insee")["nom_epci"].to_dict()  # as the groups of the study name them
    first = [listed.split(";")[0] for listed in drawn["codes"]]
    shared = drawn["codes"].str.contains(";").to_numpy()
    borne = shared & (rng.random(size) < 0.4)
    budget = np.round(np.exp(rng.normal(11.2, 0.9, size)), -3)
    funded = drawn["stage"].isin(["funded", "running", "done"]).to_numpy() & (rng.random(size) < 0.6)
    rate = np.where(funded, rng.choice([20.0, 30.0, 50.0, 70.0, 80.0], size), np.nan)
    opened = (drawn["data"] == 3).to_numpy()
    contacted = rng.random(size) < 0.3
    twice = rng.random(size) < 0.4
    second = {}
    for axis in AXES:
        moved = drawn[axis].to_numpy() + rng.choice([-1, 0, 0, 0, 1], size)
        second[f"{axis}_2"] = np.where(twice, np.clip(moved, 0, 3), np.nan)

    def where(chosen: np.ndarray, values: object) -> np.ndarray:
        return np.where(chosen, np.broadcast_to(np.asarray(values, dtype=object), size), None)

    return drawn.assign(
        epci=where(borne, [epci[code] for code in first]),
        **second,
        source="Entretien fictif",
        source_kind=rng.choice(["interview", "call", "website", "press"], size),
        budget_eur=budget,
        cofunding_eur=np.round(budget * rate / 100, 0),
        cofunder=where(funded, rng.choice(FUNDERS, size)),
        cofunding_rate_pct=rate,
        partners=where(drawn["partnership"].to_numpy() > 1, rng.choice(PARTNERS, size)),
        data_link=where(opened, "https://example.org/fictif"),
        data_format=where(opened, "CSV"),
        data_licence=where(opened, "Licence Ouverte 2.0"),
        data_refresh=where(opened, rng.choice(["en continu", "chaque jour", "chaque mois"], size)),
        contact_role=where(contacted, rng.choice(ROLES, size)),
        retention_date=where(contacted, "2028-12-31"),
    )


def _calls() -> pd.DataFrame:
    return pd.DataFrame(
        [
            ("fictif-2023", "Appel fictif Territoires économes", "2023-02-01", "2023-06-30", "energy", "", 2_000_000.0),
            ("fictif-2026", "Appel fictif Eau et nature", "2026-01-05", "2030-12-31", "flood;green", "", 5_000_000.0),
        ],
        columns=["call_id", "title", "opening", "closing", "themes", "eligible", "budget_eur"],
    ).replace({"eligible": {"": None}})


def _applications(codes: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    size = len(codes)
    is_open = np.arange(size) < 12
    outcome = np.where(is_open, "pending", rng.choice(["selected", "rejected", "rejected", "withdrawn"], size))
    return pd.DataFrame(
        {
            "call_id": np.where(is_open, "fictif-2026", "fictif-2023"),
            "code": codes,
            "title": [f"Candidature fictive {number}" for number in range(1, size + 1)],
            "theme": np.where(is_open, rng.choice(["flood", "green"], size), "energy"),
            "outcome": outcome,
            "date": np.where(is_open, "2026-02-15", "2023-10-02"),
        }
    )


def _contacts(codes: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    size = len(codes)
    outcome = rng.choice(["interest_confirmed", "interest_confirmed", "declined", "unknown"], size)
    confirmed = outcome == "interest_confirmed"
    return pd.DataFrame(
        {
            "code": codes,
            "date": [f"2025-{month:02d}-15" for month in rng.integers(1, 12, size)],
            "caller_role": "Chargée de mission de la région imaginaire",
            "next_action": np.where(confirmed, "Fixer une visite", None),
            "due": np.where(confirmed, "2026-03-31", None),
            "outcome": outcome,
            "proposed_theme": np.where(
                confirmed, rng.choice(["energy", "air", "flood", "green", "planning"], size), None
            ),
        }
    )


def _interviews(codes: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    size = len(codes)
    return pd.DataFrame(
        {
            "code": codes,
            "actor_kind": rng.choice(ACTORS, size),
            "date": [f"2025-{month:02d}-20" for month in rng.integers(1, 13, size)],
            "theme": rng.choice(["energy", "air", "flood", "green", "planning"], size),
            "motivation": rng.integers(1, 6, size),
            "obstacles": rng.choice(OBSTACLES, size),
            "needs": rng.choice(NEEDS, size),
        }
    )


def _benchmarks() -> pd.DataFrame:
    rows = [
        (reference, name, country, indicator, value, 2024, "Rapport fictif")
        for reference, (name, country, values) in REFERENCES.items()
        for indicator, value in values.items()
    ]
    return pd.DataFrame(rows, columns=["reference_id", "name", "country", "indicator", "value", "year", "source"])
