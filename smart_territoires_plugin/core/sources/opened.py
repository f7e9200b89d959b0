"""The sources of one run, each opened once, when it is first needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from pyproj import CRS

from smart_territoires_plugin.core.engine import Engine
from smart_territoires_plugin.core.errors import Problem, SmartTerritoiresError, SourceError
from smart_territoires_plugin.core.sources import references
from smart_territoires_plugin.core.sources.cells import Numbers
from smart_territoires_plugin.core.sources.codes import Successors, normalise, successors
from smart_territoires_plugin.core.sources.fields import resolve_fields
from smart_territoires_plugin.core.sources.keyed import Correspondence, match
from smart_territoires_plugin.core.sources.numbers import numbers_of
from smart_territoires_plugin.core.sources.quality import QualityRecord, record
from smart_territoires_plugin.core.sources.rasters import Raster, open_raster
from smart_territoires_plugin.core.sources.tables import Table, read_table
from smart_territoires_plugin.core.sources.vectors import Vector, read_vector
from smart_territoires_plugin.core.study import Measure, Source, Study

_MOVEMENT_COLUMNS = ("MOD", "DATE_EFF", "TYPECOM_AV", "COM_AV", "TYPECOM_AP", "COM_AP")


class OpenedSources:
    """Opens the sources of a study and remembers them for one run.

    Parameters
    ----------
    study : Study
        What is asked.
    engine : Engine, optional
        Where the tasks of a measure run; this machine's cores if not given.
    store : Store, optional
        Where values are kept from one run to the next; nothing is kept if not given.
    hashes : mapping of source id to str, optional
        SHA-256 of the content of each source; what stems from another source is not kept.
    """

    def __init__(
        self, study: Study, engine: Engine | None = None, store: Any = None, hashes: Mapping[str, str] | None = None
    ):
        self.study = study
        self.engine = engine or Engine()
        self.store = store
        self.hashes = hashes or {}
        self._tables: dict[str, Table] = {}
        self._matches: dict[tuple, Correspondence] = {}

    @cached_property
    def crs(self) -> CRS:
        """The study's reference system."""
        return references.parse(self.study.crs, self.study.path.name)

    def source(self, identifier: str) -> Source:
        """Return what the study says of a source."""
        return self.study.sources[identifier]

    def key_of(self, content: Any, *identifiers: str, where: str | None = None) -> str | None:
        """Return the key under which what stems from sources is kept; None where nothing can be.

        Parameters
        ----------
        content : anything that can be written as JSON
            What it depends on besides the sources: the kind of thing, parameters, the territories.
        *identifiers : str
            The sources that it stems from.
        where : str, optional
            A measure's own filter on the first of them.
        """
        if self.store is None or not all(name in self.hashes for name in identifiers):
            return None
        readings = [[self.hashes[name], reading(self.source(name))] for name in identifiers]
        return self.store.key_of([content, readings, where])

    def vector(self, identifier: str, where: str | None = None, **reading) -> Vector:
        """Read a vector source; ``where`` is a measure's own filter, beside the source's."""
        return read_vector(self.filtered(identifier, where), self.crs, **reading)

    def raster(self, identifier: str, band: int | None) -> Raster:
        """Look at a raster source."""
        source = self.source(identifier)
        return open_raster(source, band or source.band)

    def filtered(self, identifier: str, where: str | None) -> Source:
        """Return a source with a measure's own filter added."""
        source = self.source(identifier)
        if not where:
            return source
        both = f"({source.where}) AND ({where})" if source.where else where
        return replace(source, where=both)

    def table(self, identifier: str, where: str | None = None) -> Table:
        """Read a table source."""
        key = f"{identifier}|{where or ''}"
        if key not in self._tables:
            self._tables[key] = read_table(self.filtered(identifier, where))
        return self._tables[key]

    def columns(self, identifier: str, wanted: Iterable[str], where: str | None = None) -> dict[str, pd.Series]:
        """Return columns of a table, found also under another case."""
        frame = self.table(identifier, where).frame
        label = f"{identifier} ({self.source(identifier).path.name})"
        actual, _ = resolve_fields(label, wanted, frame.columns)
        return {name: frame[column] for name, column in actual.items()}

    def renamed(self, identifier: str, wanted: Iterable[str], where: str | None = None) -> list[QualityRecord]:
        """Return a record of the columns of a table that are there under another writing."""
        return resolve_fields(identifier, wanted, self.table(identifier, where).frame.columns)[1]

    @cached_property
    def successors(self) -> Successors:
        """Former communes and what they became; nothing if the study names no file of changes."""
        identifier = self.study.territories.changes
        if identifier is None:
            return Successors({})
        columns = self.columns(identifier, _MOVEMENT_COLUMNS)
        return successors(pd.DataFrame(columns).astype("string").fillna("").astype(object))

    def matched(
        self, identifier: str, where: str | None, codes: np.ndarray, areas_m2: np.ndarray, length: int
    ) -> tuple[Correspondence, list[QualityRecord]]:
        """Match a keyed table to the territories.

        Raises
        ------
        SourceError
            If the table has no key, or a key twice and no rule to combine its rows.
        """
        source = self.source(identifier)
        label = f"{identifier} ({source.path.name})"
        if not source.key:
            raise SourceError(Problem("table.no_key", label))
        raw = self.columns(identifier, [source.key], where)[source.key]
        keys, changed = normalise(raw, length)
        quality = self.renamed(identifier, [source.key], where)
        quality += record(identifier, "code_rewritten", "R", raw.to_numpy(dtype=object)[changed])
        quality += self.table(identifier, where).quality
        cached = (identifier, where)
        if cached not in self._matches:
            self._matches[cached] = match(identifier, codes, areas_m2, keys, self.successors)
        found = self._matches[cached]
        return found, [*quality, *found.quality]

    def refuse_duplicates(self, identifier: str, where: str | None, length: int) -> None:
        """Refuse a key that stands twice, where the source does not say how to combine."""
        source = self.source(identifier)
        if source.combine or not source.key:
            return
        keys, _ = normalise(self.columns(identifier, [source.key], where)[source.key], length)
        filled = pd.Series(keys)[keys != ""]
        doubled = filled[filled.duplicated()].unique()
        if len(doubled):
            values = {"key": source.key, "count": len(doubled), "examples": ", ".join(doubled[:5])}
            raise SourceError(Problem("table.duplicated_key", f"{identifier} ({source.path.name})", values))

    def numbers(self, identifier: str, field: str, where: str | None = None) -> tuple[Numbers, list[QualityRecord]]:
        """Return a column of a table as numbers, with what was rewritten or is none.

        Raises
        ------
        SourceError
            If most of its filled cells are no numbers.
        """
        column = self.columns(identifier, [field], where)[field]
        found, quality = numbers_of(self.source(identifier), field, column)
        return found, [*self.renamed(identifier, [field], where), *quality]


def attempt(problems: list[Problem], action, *arguments, **named):
    """Run an action, and collect its problems instead of stopping at the first; None where it failed."""
    try:
        return action(*arguments, **named)
    except SmartTerritoiresError as error:
        problems.extend(problem for problem in error.problems if problem not in problems)
        return None


def reading(source: Source) -> dict:
    """Return what the study says of how to read a source, without what is only printed of it."""
    printed = {"attribution", "licence", "date", "status"}
    said = {name: value for name, value in vars(source).items() if name not in printed}
    return {**said, "path": source.path.name, "options": dict(source.options)}


def source_inputs(study: Study, measure: Measure) -> tuple[str, ...]:
    """Return the identifiers of the sources that a measure's values depend on."""
    inputs = list(measure.sources)
    if measure.spec.source in ("table", "features", "register") and study.territories.changes:
        inputs.append(study.territories.changes)
    return tuple(inputs)
