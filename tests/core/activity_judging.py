"""What is said of a simulated region beside its truth: the first thirty, calibration, and the rankings to beat.

Nothing here knows how the product finds what it expects; the test takes few regions and the bench many.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from activity_simulator import FACTORS, Region, made_up_population
from scipy import stats
from sklearn.linear_model import PoissonRegressor

from smart_territoires_plugin.core.models.expected_activity import ExpectedActivity, fit_expected_activity
from smart_territoires_plugin.core.scoring.normalisation import percentile_rank
from smart_territoires_plugin.core.targeting.priority import priority

FIRST = 30
TRUE_DISPERSION = 3.0
SIZE_FLOORS = (5_000, 10_000, 20_000)
BINS = {"all": (0.0, np.inf), "below 1": (0.0, 1.0), "1 to 5": (1.0, 5.0), "above 5": (5.0, np.inf)}
# How much readiness and evidence count: alike, and as docs/activity.md advises.
EXPONENTS = {"alike": (1.0, 1.0), "evidence thrice": (1.0, 3.0)}
COMMUNES = Path(__file__).resolve().parents[3] / "shared" / "data" / "insee" / "donnees_communes.csv"
_DEPARTEMENTS = ("75", "77", "78", "91", "92", "93", "94", "95")


def region_population() -> np.ndarray:
    """Return the populations of Île-de-France, communes and arrondissements; made-up ones where INSEE's are absent."""
    if not COMMUNES.is_file():
        return made_up_population(1285, 1)
    table = pd.read_csv(COMMUNES, sep=";", dtype=str, encoding="utf-8-sig")
    people = table.loc[table["DEP"].isin(_DEPARTEMENTS), "PMUN"]
    return people.str.replace(r"\s", "", regex=True).astype(float).to_numpy()


def fitted(region: Region) -> ExpectedActivity:
    """Return what the product expects, from factors as scores and EPCI as groups."""
    scores = np.column_stack([percentile_rank(column) for column in region.factors.T])
    names = tuple(f"factor {place}" for place in range(FACTORS))
    groups = region.epci.astype(str).astype(object)
    return fit_expected_activity(region.count.astype(float), region.population, scores, names, groups)


def first(score: np.ndarray, eligible: np.ndarray) -> np.ndarray:
    """Return the first thirty of the eligible."""
    ranked = np.argsort(-np.where(eligible, score, -np.inf), kind="stable")[:FIRST]
    return ranked[eligible[ranked]]


def precisions(region: Region, model: ExpectedActivity) -> dict[str, float]:
    """Return the share of planted territories among the first thirty of each ranking."""
    count, people, median = region.count.astype(float), region.population, np.median
    ready = region.readiness > median(region.readiness)
    high = (model.shrunken_rate > median(model.shrunken_rate)) & (count > 0)
    engaged = ready & ~high
    readiness = percentile_rank(region.readiness)
    known = stats.nbinom(TRUE_DISPERSION, TRUE_DISPERSION / (TRUE_DISPERSION + region.expected))
    true_evidence = 100 * known.sf(count)
    found = {}
    for name, exponents in EXPONENTS.items():
        found[f"ours, {name}"] = priority(readiness, model.evidence, exponents=exponents), engaged
        found[f"oracle of true means, {name}"] = priority(readiness, true_evidence, exponents=exponents), engaged
    found["evidence alone"] = model.evidence, engaged
    found["oracle of true means, evidence alone"] = true_evidence, engaged
    found["oracle of who was planted"] = region.gap, ready
    for floor in SIZE_FLOORS:
        found[f"lowest rate from {floor} inhabitants"] = -count / people, ready & (people >= floor)
    overall = people * count.sum() / people.sum()
    excess = ((count - overall) ** 2 - overall).sum() / (overall**2).sum()
    k = 1 / max(excess, 1e-4)
    found["empirical Bayes rate"] = -(overall / people) * (count + k) / (overall + k), ready
    regression = PoissonRegressor(alpha=1e-6, solver="newton-cholesky")
    regression.fit(region.factors, count / people, sample_weight=people / people.mean())
    inside = people * regression.predict(region.factors)
    found["in-sample residual, standardised"] = (inside - count) / np.sqrt(inside), ready
    found["in-sample residual, in projects"] = inside - count, ready
    return {name: float(region.planted[first(*ranking)].mean()) for name, ranking in found.items()}


def calibration(region: Region, model: ExpectedActivity, seed: int) -> dict[str, np.ndarray]:
    """Return, by expected count: how many of the unplanted are in the central 90 % of the randomised PIT, how many in
    the published interval, and how many there are."""
    draw = np.random.default_rng(seed).uniform(size=len(region.count))
    below, upto = 1 - model.at_least / 100, 1 - model.evidence / 100
    place = below + draw * (upto - below)
    central = (place > 0.05) & (place < 0.95)
    inside = (model.gap_low <= 0) & (model.gap_high >= 0)
    rows = {
        name: ~region.planted & (model.expected >= low) & (model.expected <= high) for name, (low, high) in BINS.items()
    }
    return {name: np.array([central[r].sum(), inside[r].sum(), r.sum()]) for name, r in rows.items()}


def small_ones(region: Region, model: ExpectedActivity) -> tuple[float, float]:
    """Return the mean evidence of planted territories of which less than 2 projects are expected, and of their like."""
    small = (region.expected < 2) & (region.readiness > np.median(region.readiness))
    return float(model.evidence[small & region.planted].mean()), float(model.evidence[small & ~region.planted].mean())
