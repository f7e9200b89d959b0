"""The first half of a run: the territories of a study, and every indicator measured on them or kept from before."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Optional

from smart_territoires_plugin.core.engine import Engine, run_tasks
from smart_territoires_plugin.core.errors import Problem, ResultsError, SmartTerritoiresError
from smart_territoires_plugin.core.measures import Measured, measure
from smart_territoires_plugin.core.progress import Progress
from smart_territoires_plugin.core.register.snapshot import snapshot
from smart_territoires_plugin.core.sources.contents import content_hash, look, state
from smart_territoires_plugin.core.sources.files import locate
from smart_territoires_plugin.core.sources.opened import OpenedSources, attempt, reading, source_inputs
from smart_territoires_plugin.core.sources.quality import QualityRecord
from smart_territoires_plugin.core.sources.territories import Territories, read_territories
from smart_territoires_plugin.core.store import Store, key_of
from smart_territoires_plugin.core.study import Indicator, Source, Study
from smart_territoires_plugin.core.study.addresses import Address

# A run that ended so goes on where it stopped: what it measured is kept.
_RESUMABLE = ("cluster.lost", "cluster.no_workers")


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
    parts_kept, parts_computed : int
        Of those that were computed, the parts that an earlier run had kept, and the others.
    """

    territories: Territories
    values: Mapping[str, Measured]
    hashes: Mapping[str, str]
    computed: tuple[str, ...]
    quality: tuple[QualityRecord, ...]
    given: Mapping[str, str] = field(default_factory=dict)
    parts_kept: int = 0
    parts_computed: int = 0

    @property
    def effort(self) -> dict[str, Any]:
        """What was kept from earlier runs and what was computed, as ``event_text`` tells it."""
        return {
            "kept": len(self.values) - len(self.computed),
            "computed": list(self.computed),
            "parts_kept": self.parts_kept,
            "parts_computed": self.parts_computed,
        }


@dataclass(frozen=True)
class Place:
    """Where and how a run measures.

    Parameters
    ----------
    workers : int, optional
        Tasks that run at a time on this machine; by default one per usable core.
    scheduler : str, optional
        Address of a Dask cluster that runs the parts of measures in place of this machine's cores.
    resume : bool
        Whether to say what an interrupted run has left to go on from.
    """

    workers: Optional[int] = None
    scheduler: Optional[str] = None
    resume: bool = False


def measure_study(
    study: Study,
    store: Optional[Store] = None,
    progress: Optional[Progress] = None,
    workers: Optional[int] = None,
    place: Optional[Place] = None,
) -> Measurements:
    """Read the territories of a study and measure every indicator.

    Parameters
    ----------
    workers : int, optional
        As in ``place``, where nothing else of it is asked.

    Raises
    ------
    SmartTerritoiresError
        With every problem of every source at once.
    """
    progress, place = progress or Progress(), place or Place(workers)
    progress("sources")
    problems: list[Problem] = []
    used = _used_sources(study)
    before = {name: _told(problems, study.sources[name], _state, study, name) for name in used}
    hashes = {name: state[0] for name, state in before.items() if state}
    with Engine(place.workers) as engine:
        try:
            sources = OpenedSources(study, engine, store, hashes)
            progress("sources", 0.5)
            key = None if problems else key_of(["territories", study.crs, _territory_inputs(study, hashes)])
            territories = _territories(study, store, key, sources, problems)
            progress("sources", 1.0)
            keys = _keys(study, hashes, key) if store and key else {}
            kept = {name: found for name, found in _recalled(store, keys).items() if found is not None}
            left = [indicator for indicator in study.indicators if indicator.id not in kept]
            if place.resume:
                progress.tell("resume", kept=len(kept), left=[indicator.id for indicator in left])
            if left and place.scheduler:
                engine.use_cluster(place.scheduler, _read_by_parts(study, left))
            made = _measured(left, len(kept), keys, territories, sources, progress, problems)
        except BaseException:
            if store:
                store.close()
            raise
    _refuse_changed(study, before)
    values = {indicator.id: kept.get(indicator.id) or made[indicator.id] for indicator in study.indicators}
    computed = tuple(indicator.id for indicator in left)
    quality = [*territories.quality, *(item for found in values.values() for item in found.quality)]
    told = tuple(dict.fromkeys(quality))
    return Measurements(territories, values, hashes, computed, told, {}, engine.parts_kept, engine.parts_computed)


def _territories(
    study: Study, store: Optional[Store], key: Optional[str], sources: OpenedSources, problems: list[Problem]
) -> Territories:
    """Return the territories, kept or read; what is wrong with them or their sources ends the run."""
    found = store.recall_territories(key) if store and key else None
    if found is None:
        found = _told(problems, study.sources[study.territories.source], read_territories, sources)
        if store and key and found is not None:
            store.keep_territories(key, found)
    if found is None:
        raise _all(problems)
    return found


def _keys(study: Study, hashes: Mapping[str, str], territories_key: str) -> dict[str, str]:
    """Return the key of each indicator's values: all that they depend on."""
    made = {}
    for indicator in study.indicators:
        inputs = source_inputs(study, indicator.measure)
        if all(name in hashes for name in inputs):
            readings = [[hashes[name], reading(study.sources[name])] for name in inputs]
            # What is told of a register is told against the study's themes and date.
            told = [study.date, [t.id for t in study.themes]] if indicator.measure.spec.source == "register" else []
            made[indicator.id] = key_of([territories_key, readings, vars(indicator.measure), told])
    return made


def _recalled(store: Optional[Store], keys: Mapping[str, str]) -> dict[str, Optional[Measured]]:
    return {name: store.recall(key) for name, key in keys.items()} if store else {}


def _measured(
    indicators: Sequence[Indicator],
    kept: int,
    keys: Mapping[str, str],
    territories: Territories,
    sources: OpenedSources,
    progress: Progress,
    problems: list[Problem],
) -> dict[str, Measured]:
    """Measure indicators beside one another, and keep each as soon as it is there.

    Raises
    ------
    SmartTerritoiresError
        With the problems of all of them, after those already given.
    """
    shares = _Shares(progress, kept, len(indicators))
    engine, store = sources.engine, sources.store

    def one(indicator: Indicator) -> _Found:
        found_problems: list[Problem] = []
        source = sources.source(indicator.measure.source)
        if isinstance(source.path, Address) and source.id not in sources.hashes:
            return _Found(None, [])  # told already; a server that does not answer is not waited for again
        with engine.reporting(lambda share: shares(indicator.id, share)):
            found = _told(found_problems, source, measure, indicator.measure, territories, sources)
        return _Found(found, found_problems)

    def keep(indicator: Indicator, found: _Found) -> None:
        if indicator.id in keys and found.measured is not None:
            store.keep(keys[indicator.id], found.measured)
        shares(indicator.id, 1.0)

    results = run_tasks(one, indicators, engine.workers, keep=keep)
    for found in results:
        problems.extend(problem for problem in found.problems if problem not in problems)
    if problems:
        raise _all(problems)
    return {indicator.id: found.measured for indicator, found in zip(indicators, results, strict=True)}


class _Shares:
    """How far all measures are together, while several of them say how far they are."""

    def __init__(self, progress: Progress, done: int, left: int):
        self._progress = progress
        self._done, self._left = done, left
        self._shares: dict[str, float] = {}
        self._lock = threading.Lock()
        if done or not left:
            progress("measures", done / max(1, done + left))

    def __call__(self, name: str, share: float) -> None:
        with self._lock:
            self._shares[name] = share
            self._progress("measures", (self._done + sum(self._shares.values())) / (self._done + self._left))


@dataclass(frozen=True)
class _Found:
    """What one task found: a measure, or its problems."""

    measured: Optional[Measured]
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
        content, looked = before[name]
        try:
            return look(source) != looked and content_hash(source) != content
        except (OSError, SmartTerritoiresError):
            return True

    problems = [
        Problem("results.source_changed", name, {"path": str(study.sources[name].path)})
        for name in before
        if changed(name)
    ]
    if problems:
        raise ResultsError(*problems)


def _all(problems: list[Problem]) -> SmartTerritoiresError:
    missing = [problem for problem in problems if problem.code.startswith("library.")]
    error = SmartTerritoiresError(*problems)
    error.exit_code = 3 if len(missing) == len(problems) else 2
    error.resumable = any(problem.code in _RESUMABLE for problem in problems)
    return error


def _state(study: Study, name: str) -> tuple[str, tuple]:
    source = study.sources[name]
    # A register is read as it stands while somebody fills it in.
    if any(i.measure.spec.source == "register" and i.measure.source == name for i in study.indicators):
        with snapshot(source) as copy:
            locate(copy)
    else:
        locate(source)
    return state(source)


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


def _read_by_parts(study: Study, indicators: Sequence[Indicator]) -> list[Source]:
    """Return the sources that the parts of measures may read where they run; tables are read here."""
    here = ("table", "register")
    names = {
        name for indicator in indicators if indicator.measure.spec.source not in here
        for name in indicator.measure.sources
    }  # fmt: skip
    return [study.sources[name] for name in study.sources if name in names]
