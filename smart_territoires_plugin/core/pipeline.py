"""The way from a study to its results, in order: sources, measures, scoring, targeting."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Optional

import numpy as np

from smart_territoires_plugin.core.engine import Engine, run_tasks
from smart_territoires_plugin.core.errors import Problem, ResultsError, SmartTerritoiresError
from smart_territoires_plugin.core.measures import Measured, measure
from smart_territoires_plugin.core.models.expected_activity import fit_null_model
from smart_territoires_plugin.core.progress import Progress
from smart_territoires_plugin.core.scoring import Scores, score
from smart_territoires_plugin.core.scoring.composite import constant, scored_indicators
from smart_territoires_plugin.core.sources.files import content_hash, fingerprint, locate, parts
from smart_territoires_plugin.core.sources.opened import OpenedSources, attempt, reading, source_inputs
from smart_territoires_plugin.core.sources.quality import QualityRecord
from smart_territoires_plugin.core.sources.territories import Territories, read_territories
from smart_territoires_plugin.core.store import Store, key_of
from smart_territoires_plugin.core.study import Indicator, Source, Study
from smart_territoires_plugin.core.targeting.activity import gather
from smart_territoires_plugin.core.targeting.target import Targeting, find_targets, unknown_activity


@dataclass(frozen=True)
class Measurements:
    """The territories and every indicator measured on them.

    Parameters
    ----------
    values : mapping of indicator id to Measured
    hashes : mapping of source id to str
        SHA-256 of the content of each source.
    computed : tuple of str
        Identifiers of the indicators that were measured now, the others having been kept from an earlier run.
    given : mapping
        ``path`` and ``sha256`` of the table that the values were read from, where they were not measured.
    """

    territories: Territories
    values: Mapping[str, Measured]
    hashes: Mapping[str, str]
    computed: tuple[str, ...]
    quality: tuple[QualityRecord, ...]
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """All that a run found, before it is written."""

    study: Study
    measurements: Measurements
    scores: Scores
    targeting: Targeting
    quality: tuple[QualityRecord, ...]
    timings: Mapping[str, float] = field(default_factory=dict)


def measure_study(
    study: Study, store: Optional[Store] = None, progress: Optional[Progress] = None, workers: Optional[int] = None
) -> Measurements:
    """Read the territories of a study and measure every indicator.

    Raises
    ------
    SmartTerritoiresError
        With every problem of every source at once.
    """
    progress = progress or Progress()
    progress("sources")
    problems: list[Problem] = []
    used = _used_sources(study)
    before = {name: _told(problems, study.sources[name], _state, study.sources[name]) for name in used}
    hashes = {name: state[0] for name, state in before.items() if state}
    sources = OpenedSources(study, Engine(workers), store, hashes)
    progress("sources", 0.5)
    territories_key = None
    if not problems:
        territories_key = key_of(["territories", study.crs, _territory_inputs(study, hashes)])
    territories = store.recall_territories(territories_key) if store and territories_key else None
    if territories is None:
        territories = _told(problems, study.sources[study.territories.source], read_territories, sources)
        if store and territories_key and territories is not None:
            store.keep_territories(territories_key, territories)
    progress("sources", 1.0)
    if territories is None:
        raise _all(problems)

    def one(indicator: Indicator) -> _Found:
        inputs = source_inputs(study, indicator.measure)
        key = ""
        if store and territories_key and all(name in hashes for name in inputs):
            readings = [[hashes[name], reading(study.sources[name])] for name in inputs]
            key = key_of([territories_key, readings, vars(indicator.measure)])
            kept = store.recall(key)
            if kept is not None:
                return _Found(kept, key, False, [])
        found_problems: list[Problem] = []
        source = study.sources[indicator.measure.source]
        found = _told(found_problems, source, measure, indicator.measure, territories, sources)
        return _Found(found, key, True, found_problems)

    def keep(_: Indicator, found: _Found) -> None:
        if store and found.key and found.now and found.measured is not None:
            store.keep(found.key, found.measured)

    results = run_tasks(one, study.indicators, workers, lambda share: progress("measures", share), keep)
    for found in results:
        problems.extend(problem for problem in found.problems if problem not in problems)
    if problems:
        raise _all(problems)
    _refuse_changed(study, before)
    values = {indicator.id: found.measured for indicator, found in zip(study.indicators, results, strict=True)}
    computed = tuple(indicator.id for indicator, found in zip(study.indicators, results, strict=True) if found.now)
    quality = [*territories.quality, *(item for found in values.values() for item in found.quality)]
    return Measurements(territories, values, hashes, computed, tuple(dict.fromkeys(quality)))


@dataclass(frozen=True)
class _Found:
    """What one task found: a measure with the key to keep it under, whether it was made now, or its problems."""

    measured: Optional[Measured]
    key: str
    now: bool
    problems: list[Problem]


def _told(problems: list[Problem], source: Source, action, *arguments):
    """Run an action on a source, and collect its problems; a source that went away meanwhile is one of them."""
    try:
        return attempt(problems, action, *arguments)
    except OSError as error:
        reason = error.strerror or next(iter(str(error).splitlines()), type(error).__name__)
        problems.append(Problem("source.unreadable", f"{source.id} ({source.path.name})", {"reason": reason}))
        return None


def _refuse_changed(study: Study, before: Mapping[str, tuple[str, tuple]]) -> None:
    """Refuse sources whose content is not what it was when the run began."""

    def changed(name: str) -> bool:
        source = study.sources[name]
        content, look = before[name]
        try:
            return _look(source) != look and content_hash(source.path) != content
        except OSError:
            return True

    problems = [
        Problem("results.source_changed", name, {"path": str(study.sources[name].path)})
        for name in before
        if changed(name)
    ]
    if problems:
        raise ResultsError(*problems)


def _all(problems: list[Problem]) -> SmartTerritoiresError:
    missing = [problem for problem in problems if problem.code == "library.missing"]
    error = SmartTerritoiresError(*problems)
    error.exit_code = 3 if len(missing) == len(problems) else 2
    return error


def _state(source: Source) -> tuple[str, tuple]:
    locate(source)
    look = _look(source)
    return content_hash(source.path), look


def _look(source: Source) -> tuple:
    """Return what changes whenever a source's files are written: cheap to have, and no proof that they changed."""
    return fingerprint(source.path), tuple(part.stat().st_ctime_ns for part in parts(source.path))


def _used_sources(study: Study) -> list[str]:
    """Return the sources that the results depend on, in the order of the file."""
    spec = study.territories
    used = {spec.source, spec.changes}
    used |= {group.source for group in (*study.groups, *([spec.population] if spec.population else []))}
    used |= {name for indicator in study.indicators for name in indicator.measure.sources}
    return [name for name in study.sources if name in used]


def _territory_inputs(study: Study, hashes: Mapping[str, str]) -> list:
    spec = study.territories
    names = [spec.source, spec.changes, *(group.source for group in study.groups)]
    names += [spec.population.source] if spec.population else []
    wanted = [name for name in dict.fromkeys(names) if name]
    readings = [[hashes[name], reading(study.sources[name])] for name in wanted]
    return [vars(spec), [vars(group) for group in study.groups], readings]


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
    scores = score(study, matrix, territories.groups)
    scored = time.perf_counter()
    progress("targeting")
    activity = gather(study, measurements.values, size)
    fit = store.remembered_fit(fit_null_model) if store else fit_null_model
    targeting = find_targets(
        study, territories, scores, activity, lambda share: progress("targeting", share), fit, workers
    )
    quality = [*measurements.quality, *_left_out(study, scores, matrix)]
    if not (territories.population > 0).any():
        quality.append(QualityRecord(study.territories.source, "no_population", "W", size))
    if study.of_role("activity") and unknown_activity(activity):
        quality.append(QualityRecord("activity", "activity_unknown", "W", size))
    timings = {"scoring": scored - started, "targeting": time.perf_counter() - scored}
    return Outcome(study, measurements, scores, targeting, tuple(quality), timings)


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
        A value that the missing rule filled is ``imputed``.
    """
    columns = {indicator.id: column for column, indicator in enumerate(outcome.scores.indicators)}
    made = {}
    for indicator in outcome.study.indicators:
        found = outcome.measurements.values[indicator.id]
        flags, reasons = found.flags, found.reasons
        if indicator.id in columns:
            imputed = outcome.scores.imputed[:, columns[indicator.id]]
            flags = np.where(imputed, "imputed", flags).astype(object)
        made[indicator.id] = (flags, reasons)
    return made


def run(
    study: Study,
    folder: Path,
    lang: str,
    progress: Optional[Progress] = None,
    workers: Optional[int] = None,
    values: Optional[Path] = None,
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
    """
    from smart_territoires_plugin.core.given import given_measurements
    from smart_territoires_plugin.core.results import publish

    progress = progress or Progress()
    with publish.publication(folder) as staging:
        started = time.perf_counter()
        store = Store(folder / ".store")
        store.sweep()
        if values is None:
            measurements = measure_study(study, store, progress, workers)
        else:
            measurements = given_measurements(study, values, store, progress, workers)
        measured = time.perf_counter() - started
        outcome = analyse(study, measurements, progress, store, workers)
        progress("results")
        publish.write_all(outcome, staging, lang, {"measuring": measured, **outcome.timings}, progress)
    return outcome
