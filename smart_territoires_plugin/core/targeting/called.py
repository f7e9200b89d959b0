"""Targeting of call units: what their territories score, do and are expected to do, together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Callable

import numpy as np

from smart_territoires_plugin.core.models.expected_activity import PER_INHABITANTS, ExpectedActivity
from smart_territoires_plugin.core.scoring.composite import Scores
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.study import Study
from smart_territoires_plugin.core.targeting.activity import DOCUMENTED, NOT_SEARCHED, SEARCHED, Activity
from smart_territoires_plugin.core.targeting.approach import Approach
from smart_territoires_plugin.core.targeting.target import RolledUp, Targeting, find_targets
from smart_territoires_plugin.core.targeting.unit_approach import approach_of_units
from smart_territoires_plugin.core.targeting.units import Units, call_units

_SURE = 1e9


@dataclass(frozen=True)
class Called:
    """The call units of a study and what was found of them; arrays as those of territories, one row per unit."""

    units: Units
    territories: Territories
    scores: Scores
    activity: Activity
    targeting: Targeting
    approach: Approach | None = None


def target_units(
    study: Study,
    territories: Territories,
    scores: Scores,
    activity: Activity,
    model: ExpectedActivity,
    step: Callable[[float], None] = lambda share: None,
    workers: int | None = None,
    completions: Sequence[np.ndarray] = (),
    approach: Approach | None = None,
) -> Called:
    """Find the targets among the call units that a study asks for.

    Scores are means over the people of a unit, and projects and expectations are sums, those that an EPCI bears itself
    included; thresholds are found among the units by the study's own rules, once frozen the study gives them.

    Parameters
    ----------
    model : ExpectedActivity
        Of the territories.
    approach : Approach, optional
        What the register tells of the territories.
    """
    asked_of = study.targeting
    study = replace(
        study,
        targeting=replace(
            asked_of,
            readiness_threshold=asked_of.unit_thresholds.get("readiness", asked_of.readiness_threshold),
            activity_threshold=asked_of.unit_thresholds.get("activity", asked_of.activity_threshold),
        ),
    )
    units = call_units(asked_of.call_units, territories, study.scoring.min_availability)
    rolled = unit_territories(units, territories)
    own = np.isin(units.levels, [level.level for level in study.targeting.call_units if level.group is None])
    done = unit_activity(units, activity, own)
    expected = unit_expectation(units, territories, activity, model, done, own)
    told = approach and approach_of_units(approach, units, [theme.id for theme in study.scored_themes])
    found = find_targets(
        study,
        rolled,
        unit_scores(units, scores),
        done,
        step,
        lambda counts, population: expected,
        workers,
        completions,
        told.asked if told else None,
        RolledUp(units, scores),
    )
    return Called(units, rolled, unit_scores(units, scores), done, found, told)


def unit_territories(units: Units, territories: Territories) -> Territories:
    """Return the units as territories: their inhabitants, and the groups that all their territories share."""
    people = units.total(np.where(territories.population > 0, territories.population, np.nan))
    groups = {name: units.shared(values) for name, values in territories.groups.items()}
    nothing = np.full(len(units), None, dtype=object)
    return Territories(units.codes, units.names, people, groups, nothing, np.full(len(units), "", dtype=object), ())


def unit_scores(units: Units, scores: Scores) -> Scores:
    """Return the scores of units: means over their people, of composites and of indicators.

    A value in its own unit is the sum of its territories' where parts add up, else their mean; imputed ones are left
    out, and a unit of which too little was measured has none.
    """
    columns = {name: units.mean(values) for name, values in scores.columns.items()}
    measured = np.where(scores.imputed, np.nan, scores.completed)
    values = units.mean(measured)
    for column, indicator in enumerate(scores.indicators):
        if indicator.measure.nature == "extensive":
            values[:, column] = np.where(np.isnan(values[:, column]), np.nan, units.total(measured[:, column]))
    shape = values.shape
    return replace(
        scores,
        completed=values,
        normalised=units.mean(scores.normalised),
        imputed=np.isnan(values),
        columns=columns,
        data_coverage=units.mean(scores.data_coverage),
        treated=values,
        capped=np.zeros(shape, dtype=bool),
    )


def unit_activity(units: Units, activity: Activity, own: np.ndarray) -> Activity:
    """Return the projects of units.

    Parameters
    ----------
    own : ndarray of bool, shape (n_units,)
        Units that are one territory: a project of several territories counts whole in them, and what its EPCI bears
        does not.
    """
    documented = units.any(activity.status == DOCUMENTED)
    searched = units.every(activity.status != NOT_SEARCHED)
    known = documented | searched
    shared = np.nan_to_num(units.total(activity.adding_up))
    borne = np.zeros(len(units)) if activity.borne is None else units.total(activity.borne)
    # What an EPCI bears is searched for where its territories are.
    together = shared + borne
    count = np.where(own, np.nan_to_num(units.total(activity.count)), together)
    some = known | (~own & (borne > 0))
    empty = ~(activity.status != "").any()
    status = np.where(documented | (~own & (borne > 0)), DOCUMENTED, np.where(searched, SEARCHED, NOT_SEARCHED))
    status = np.full(len(units), "", dtype=object) if empty else status.astype(object)
    by_theme = {name: units.total(projects) for name, projects in activity.by_theme.items()}
    return Activity(np.where(some & ~empty, count, np.nan), status, by_theme, shared, borne)


def unit_expectation(
    units: Units,
    territories: Territories,
    activity: Activity,
    model: ExpectedActivity,
    done: Activity,
    own: np.ndarray,
) -> ExpectedActivity:
    """Return what is to be expected of units: the sum of what their territories are, and what an EPCI bears itself.

    The latter follows population: as many projects per inhabitant as all EPCI bear together.

    Notes
    -----
    The sum of negative binomial counts is taken for one with the same mean and variance.
    """
    people = np.where(territories.population > 0, territories.population, 0.0)
    mean = np.nan_to_num(model.expected)
    borne = 0.0 if activity.borne is None else float(activity.borne.sum())
    rate = borne / people.sum() if people.sum() > 0 else 0.0
    extra = np.where(own, 0.0, rate * (units.members @ people))
    expected = units.members @ mean + extra
    usual = units.members @ np.nan_to_num(model.null_expected) + extra
    k = np.broadcast_to(model.dispersion, len(mean)).astype(float)
    with_k = np.where(np.isfinite(k), k, np.inf)
    beyond = units.members @ (mean**2 / with_k) + extra**2 / with_k.min(initial=np.inf)
    dispersion = np.divide(expected**2, beyond, out=np.full(len(units), np.inf), where=beyond > 0)
    inhabitants = units.members @ people
    none = ~(inhabitants > 0) | np.isnan(expected)
    rate_here = PER_INHABITANTS * np.divide(usual, inhabitants, out=np.zeros(len(units)), where=inhabitants > 0)
    counts = np.where(none, np.nan, done.count)
    # Where nothing tells one rate from another, no count moves what is expected by much.
    bounded = np.minimum(dispersion, _SURE)
    shape, scale = counts + bounded, rate_here / (usual + bounded)
    scale = np.where(np.isnan(counts), np.nan, scale)
    return replace(
        model,
        expected=np.where(none, np.nan, expected),
        null_expected=np.where(none, np.nan, usual),
        shape=shape,
        rate_scale=scale,
        shrunken_rate=shape * scale,
        **predicted(counts, np.where(none, np.nan, expected), dispersion),
        dispersion=dispersion,
    )


def predicted(counts: np.ndarray, expected: np.ndarray, k: np.ndarray) -> dict[str, np.ndarray]:
    """Return ``gap_low``, ``gap_high`` and ``evidence`` of counts around their expectation, each with its own k."""
    found = {name: np.full(len(counts), np.nan) for name in ("gap_low", "gap_high", "evidence")}
    for rows, law in ((np.isfinite(k), _negative_binomial), (~np.isfinite(k), _poisson)):
        some = rows & ~np.isnan(counts) & (expected > 0)
        if not some.any():
            continue
        above = law(expected[some], k[some])
        seen = counts[some]
        found["gap_low"][some] = _quantile(0.05, above, expected[some]) - seen
        found["gap_high"][some] = _quantile(0.95, above, expected[some]) - seen
        # A share of a project is not yet a project more.
        found["evidence"][some] = 100 * above(np.floor(seen + 1e-9))
    return found


# P(Y > y) from the special functions that it is: scipy.stats has the laws too, and takes half a second to load.


def _negative_binomial(mean: np.ndarray, k: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    from scipy.special import betainc

    return lambda y: betainc(y + 1, k, mean / (k + mean))


def _poisson(mean: np.ndarray, _: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    from scipy.special import gammainc

    return lambda y: gammainc(y + 1, mean)


def _quantile(q: float, above: Callable[[np.ndarray], np.ndarray], mean: np.ndarray) -> np.ndarray:
    """Return the smallest whole number that at least a share q of counts do not exceed."""
    high = np.ceil(mean)
    while (short := above(high) > 1 - q).any():
        high = np.where(short, 2 * high + 1, high)
    low = np.full(high.shape, -1.0)
    while (apart := high - low > 1).any():
        middle = np.floor((low + high) / 2)
        reached = above(np.maximum(middle, 0.0)) <= 1 - q
        high, low = np.where(apart & reached, middle, high), np.where(apart & ~reached, middle, low)
    return high
