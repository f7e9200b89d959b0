"""Instances of a portfolio: rows as results have them, the knapsack of Rosetta Code, a large region made up."""

from __future__ import annotations

import numpy as np
import yaml

# Name, weight, value: rosettacode.org, “Knapsack problem/0-1”; limit 400.
ROSETTA = (
    ("map", 9, 150),
    ("compass", 13, 35),
    ("water", 153, 200),
    ("sandwich", 50, 160),
    ("glucose", 15, 60),
    ("tin", 68, 45),
    ("banana", 27, 60),
    ("apple", 39, 40),
    ("cheese", 23, 30),
    ("beer", 52, 10),
    ("suntan cream", 11, 70),
    ("camera", 32, 30),
    ("T-shirt", 24, 15),
    ("trousers", 48, 10),
    ("umbrella", 73, 40),
    ("waterproof trousers", 42, 70),
    ("waterproof overclothes", 43, 75),
    ("note-case", 22, 80),
    ("sunglasses", 7, 20),
    ("towel", 18, 12),
    ("socks", 4, 50),
    ("book", 30, 10),
)


def row(code: str, priority: float | str, **changes: object) -> dict[str, str]:
    """Return a row of ``territories.csv`` as far as a portfolio reads it; synthetic."""
    made = {
        "code": code,
        "name": f"Commune {code}",
        "population": "1000",
        "group_departement": "A",
        "score_flood": "50",
        "score_air": "50",
        "readiness": "60",
        "segment": "engage",
        "priority": priority,
        "target_rank": "1",
        "recommended_theme": "flood",
        "notice": SYNTHETIC,
        **changes,
    }
    return {name: str(value) for name, value in made.items()}


def rows_of(*rows: dict[str, str]) -> dict[str, dict[str, str]]:
    """Return rows by code."""
    return {row["code"]: row for row in rows}


def large_region(folder, seed: int = 1, size: int = 1_300):
    """Write the plan and costs of a made-up region with 8 départements and 5 themes; return the plan's path and rows.

    ``choose(read_plan(path), rows, THEMES)`` is the whole of it; ``best_choice`` alone is what must take 5 s at most.
    """
    rng = np.random.default_rng(seed)
    people = np.exp(rng.normal(7.5, 1.5, size)).astype(int) + 50
    themes = rng.choice(THEMES, size, p=[0.6, 0.2, 0.1, 0.07, 0.03])
    priorities = rng.uniform(30, 100, size)
    groups = rng.choice([f"D{number}" for number in range(8)], size)
    codes = [f"{number:05d}" for number in range(1, size + 1)]
    rows = rows_of(
        *(
            row(
                code, f"{value:.12g}", population=who, group_departement=group, recommended_theme=theme,
                **{f"score_{name}": "50" for name in THEMES},
            )
            for code, value, who, group, theme in zip(codes, priorities, people, groups, themes, strict=True)
        )
    )  # fmt: skip
    lines = ["code,cost,rate"]
    lines += [f"{code},{rng.integers(500, 20_000)},{rng.choice([0, 30, 50, 80])}" for code in codes]
    (folder / "costs.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    content = {
        "version": 1,
        "days": 60,
        "budget_eur": 400_000,
        "costs": {
            "days": {"by_size": [{"population_from": 0, "cost": 0.75}, {"population_from": 2_000, "cost": 1.25},
                                 {"population_from": 10_000, "cost": 2.5}]},
            "eur": {"table": "costs.csv", "column": "cost", "cofunding_rate_pct": "rate"},
        },
        "quotas": [{"group": "departement", "value": f"D{number}", "min": 3, "max": 10} for number in range(8)],
        "per_theme": {"min": 2},
        "size_mix": [{"population_to": 2_000, "min": 10}],
    }  # fmt: skip
    path = folder / "plan.yaml"
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    return path, rows


SYNTHETIC = "Synthetic layers: some of the data are generated, not observed"
THEMES = ("energy", "air", "flood", "green", "planning")
