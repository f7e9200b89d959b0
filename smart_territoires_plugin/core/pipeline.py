"""The way from a study to its results, in order: sources, measures, scoring, targeting."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Callable, Optional

import numpy as np

from smart_territoires_plugin.core.measurements import Measurements, Place, measure_study
from smart_territoires_plugin.core.models.completions import drawn_completions
from smart_territoires_plugin.core.models.expected_activity import ExpectedActivity, fit_expected_activity
from smart_territoires_plugin.core.models.methods import ENGINE
from smart_territoires_plugin.core.progress import Progress
from smart_territoires_plugin.core.register.reading import Register, register_of
from smart_territoires_plugin.core.scoring import Scores, score
from smart_territoires_plugin.core.scoring.composite import scored_indicators
from smart_territoires_plugin.core.scoring.missing import context_for
from smart_territoires_plugin.core.scoring.preparing import constant
from smart_territoires_plugin.core.scoring.weighting import data_driven
from smart_territoires_plugin.core.sources.borders import neighbour_pairs
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.quality import QualityRecord
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.store import Store
from smart_territoires_plugin.core.study import Study
from smart_territoires_plugin.core.study.windows import factors_older
from smart_territoires_plugin.core.targeting.activity import gather
from smart_territoires_plugin.core.targeting.approach import Approach, approach_of
from smart_territoires_plugin.core.targeting.called import Called, target_units
from smart_territoires_plugin.core.targeting.decisions import apply_decisions
from smart_territoires_plugin.core.targeting.drawn_lists import Listing
from smart_territoires_plugin.core.targeting.grouping import group_values
from smart_territoires_plugin.core.targeting.list_without import Without, list_without_each
from smart_territoires_plugin.core.targeting.stability import listing_of, study_alternatives
from smart_territoires_plugin.core.targeting.target import Targeting, find_targets, unknown_activity

if TYPE_CHECKING:
    from smart_territoires_plugin.core.models.sobol import Indices


@dataclass(frozen=True)
class Outcome:
    """All that a run found, before it is written; ``sensitivity`` only where Sobol' indices were asked for.

    ``without`` tells what the list owes to each indicator and theme; ``called`` holds the call units, where the study
    asks for other ones than its territories; ``approach`` what its register tells beside projects.
    """

    study: Study
    measurements: Measurements
    scores: Scores
    targeting: Targeting
    quality: tuple[QualityRecord, ...]
    timings: Mapping[str, float] = field(default_factory=dict)
    sensitivity: Mapping[str, Indices] = field(default_factory=dict)
    without: tuple[Without, ...] = ()
    called: Optional[Called] = None
    approach: Optional[Approach] = None


def analyse(
    study: Study,
    measurements: Measurements,
    progress: Optional[Progress] = None,
    store: Optional[Store] = None,
    workers: Optional[int] = None,
) -> Outcome:
    """Score and target measured territories; the model of activity is fitted again only where counts changed.

    Raises
    ------
    ScoringError
        If the study's missing rule refuses the gaps.
    """
    progress = progress or Progress()
    started = time.perf_counter()
    progress("scoring")
    territories = measurements.territories
    indicators = scored_indicators(study)
    size = len(territories)
    matrix = (
        np.column_stack([measurements.values[i.id].values for i in indicators]) if indicators else np.empty((size, 0))
    )
    neighbours = neighbour_pairs(territories.geometry) if study.scoring.missing.name == "neighbours" else None
    scores = score(study, matrix, territories.groups, neighbours, ENGINE)
    scored = time.perf_counter()
    progress("targeting")
    activity = gather(study, measurements.values, size)
    register = register_of_study(study, territories)
    approach = None if register is None else approach_of(study, register, size)
    asked = None if approach is None else approach.asked
    fit = _fit(study, territories, scores, store)
    names = tuple(i.id for i, keep in zip(indicators, scores.usable, strict=True) if keep)
    context = context_for(study.scoring.missing, names, territories.groups, neighbours)
    completions = drawn_completions(matrix, scores.completed, scores.usable, study.scoring, study.robustness, context)
    targeting = find_targets(
        study,
        territories,
        scores,
        activity,
        lambda share: progress("targeting", share),
        fit,
        workers,
        completions,
        asked,
    )
    called = None
    if study.targeting.call_units:
        called = target_units(
            study,
            territories,
            scores,
            activity,
            targeting.model,
            workers=workers,
            completions=completions,
            approach=approach,
        )
    quality = [*measurements.quality, *_left_out(study, scores, matrix)]
    if not (territories.population > 0).any():
        quality.append(QualityRecord(study.territories.source, "no_population", "W", size))
    for name in data_driven([study.scoring.weights, *(node.weights for node in study.nodes)]):
        quality.append(QualityRecord("scoring", "data_driven_weights", "W", 1, name))
    quality += _odd_decisions(study, territories, called)
    for name, is_older in factors_older(study).items():
        if not is_older:
            indicator = next(i for i in study.indicators if i.id == name)
            quality.append(QualityRecord(indicator.measure.source, "factor_not_older", "W", 1, name))
    if study.of_role("activity") and unknown_activity(activity):
        quality.append(QualityRecord("activity", "activity_unknown", "W", size))
    timings = {"scoring": scored - started, "targeting": time.perf_counter() - scored}
    listing = _listing(study, measurements, scores, targeting, completions)
    without = list_without_each(study, scores, listing) if listing else ()
    sensitivity = _sensitivity(study, scores, listing, workers)
    return Outcome(
        study, measurements, scores, targeting, tuple(quality), timings, sensitivity, without, called, approach
    )


def register_of_study(study: Study, territories: Territories) -> Optional[Register]:
    """Return the register that a study names, or that its activity is measured by; None where it has none.

    What is odd in it was told by the measure, unless no measure reads it.
    """
    measured = [i.measure.source for i in study.indicators if i.measure.kind == "register_activity"]
    identifier = study.targeting.register or (measured[0] if measured else None)
    return None if identifier is None else register_of(OpenedSources(study), identifier, territories)


def _odd_decisions(study: Study, territories: Territories, called: Optional[Called]) -> list[QualityRecord]:
    """Record a person's decisions that name nobody, or contradict one another."""
    elsewhere = () if called is None else called.territories.codes
    asked = study.targeting
    found = apply_decisions((), asked.decisions, territories.codes, asked.shortlist, elsewhere)
    checks = {"lists.decision_unknown_code": "decision_unknown_code"}
    return [
        QualityRecord("decisions", checks.get(item.code, "decision_contradicted"), "W", 1, str(item.values["code"]))
        for item in found.warnings
    ]


def _fit(
    study: Study, territories: Territories, scores: Scores, store: Optional[Store]
) -> Callable[[np.ndarray, np.ndarray], ExpectedActivity]:
    """Return the fit of expected activity: on the success factors that were there before the projects were.

    It is remembered by all that goes into it, so that other weights fit nothing again.
    """
    fit = store.remembered_fit(fit_expected_activity) if store else fit_expected_activity
    older = factors_older(study)
    columns = [
        column
        for column, indicator in enumerate(scores.indicators)
        if indicator.role == "success_factor" and scores.usable[column] and older.get(indicator.id, True)
    ]
    names = tuple(scores.indicators[column].id for column in columns)
    groups = group_values(territories.groups, study.targeting.elsewhere, len(territories)).astype(str)
    factors = scores.normalised[:, columns]

    def fitted(counts: np.ndarray, population: np.ndarray) -> ExpectedActivity:
        return fit(counts, population, factors, names, groups, seed=study.robustness.seed)

    return fitted


def _listing(
    study: Study,
    measurements: Measurements,
    scores: Scores,
    targeting: Targeting,
    completions: Sequence[np.ndarray],
) -> Optional[Listing]:
    """Return what the list is made of again and again; None where there is no readiness to make one by."""
    if "readiness" not in scores.columns:
        return None
    drawn = study_alternatives(study, scores, completions)
    return listing_of(study, scores, targeting.standing, measurements.territories.codes, drawn)[0]


def _sensitivity(
    study: Study, scores: Scores, listing: Optional[Listing], workers: Optional[int]
) -> Mapping[str, Indices]:
    """Return which group of choices moves segments and ranks, where the study asks for it."""
    if not study.robustness.sobol or listing is None:
        return {}
    from smart_territoires_plugin.core.targeting.choice_indices import target_indices

    return target_indices(study, scores, listing, study.robustness.sobol, workers=workers)


def _left_out(study: Study, scores: Scores, matrix: np.ndarray) -> list[QualityRecord]:
    """Record the indicators that cannot tell territories apart."""
    found = []
    for column, indicator in enumerate(scores.indicators):
        if not scores.usable[column] and constant(matrix[:, column]):
            known = matrix[~np.isnan(matrix[:, column]), column]
            check = "constant_indicator" if known.size else "empty_indicator"
            example = f"{indicator.id} = {known[0]:g}" if known.size else indicator.id
            found.append(QualityRecord(indicator.measure.source, check, "W", 1, example))
    factors = [column for column, i in enumerate(scores.indicators) if i.role == "success_factor"]
    if factors and not scores.usable[factors].any():
        found.append(QualityRecord("scoring", "no_usable_indicator", "W", len(matrix)))
    return found


def flags_of(outcome: Outcome) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return the flag and the reason of each indicator's values.

    Returns
    -------
    dict of indicator id to (flags, reasons), ndarray of str, shape (n_territories,)
        A value that the missing rule filled is ``imputed``; one that was drawn in, transformed or capped before it
        was scored is ``treated``, unless it was imputed too.
    """
    columns = {indicator.id: column for column, indicator in enumerate(outcome.scores.indicators)}
    made = {}
    for indicator in outcome.study.indicators:
        found = outcome.measurements.values[indicator.id]
        flags, reasons = found.flags, found.reasons
        if indicator.id in columns:
            column = columns[indicator.id]
            treatment, capped = outcome.scores.treatments[column], outcome.scores.capped[:, column]
            flags = np.where(treatment.changed | capped, "treated", flags).astype(object)
            how = np.where(treatment.changed, treatment.how, np.where(capped, "capped", "")).astype(object)
            reasons = np.where((reasons == "") & (how != ""), how, reasons).astype(object)
            flags = np.where(outcome.scores.imputed[:, column], "imputed", flags).astype(object)
        made[indicator.id] = (flags, reasons)
    return made


def run(
    study: Study,
    folder: Path,
    lang: str,
    progress: Optional[Progress] = None,
    workers: Optional[int] = None,
    values: Optional[Path] = None,
    place: Optional[Place] = None,
) -> Outcome:
    """Run a study and publish its results in a folder.

    Parameters
    ----------
    folder : Path
        Made if it is not there; a run that does not end leaves what it held as it was.
    lang : {"fr", "en"}
        Language of the annex and of the layers' labels.
    values : Path, optional
        A table with the measured values (``code`` and one column per indicator), instead of measuring.
    place : Place, optional
        Where and how measures run, where more is asked than a number of workers.
    """
    from smart_territoires_plugin.core.given import given_measurements
    from smart_territoires_plugin.core.results import publish

    progress, place = progress or Progress(), place or Place(workers)
    with publish.publication(folder, publish.OPTIONAL) as staging:
        started = time.perf_counter()
        store = Store(folder / publish.STORE)
        store.begin()
        if values is None:
            measurements = measure_study(study, store, progress, place=place)
        else:
            measurements = given_measurements(study, values, store, progress, place)
        measured = time.perf_counter() - started
        outcome = analyse(study, measurements, progress, store, place.workers)
        progress("results")
        publish.write_all(outcome, staging, lang, {"measuring": measured, **outcome.timings}, progress, store)
        store.end(computed=bool(measurements.computed))
    return outcome
