"""A register read whole: its projects resolved to the territories of a study, its other tables, and what is odd."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.errors import Problem, SourceError
from smart_territoires_plugin.core.register.checks import check_tables, contradicted
from smart_territoires_plugin.core.register.columns import Typed, nothing, typed
from smart_territoires_plugin.core.register.layout import SURVEY_STATUSES, TABLES
from smart_territoires_plugin.core.register.places import NOWHERE, Places, places_of
from smart_territoires_plugin.core.register.projects import Project, read_projects
from smart_territoires_plugin.core.register.snapshot import snapshot
from smart_territoires_plugin.core.sources.codes import Successors
from smart_territoires_plugin.core.sources.files import locate
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.quality import QualityRecord, record
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.sources.vectors import layer_names, read_attributes
from smart_territoires_plugin.core.study import Source

# What registers have had from the first; all that came later may be wanting.
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "projects": ("title", "codes", "theme", "stage", "year"),
    "survey": ("code", "status"),
}


@dataclass(frozen=True)
class Register:
    """What a register holds.

    The frames have every field of their table in ``layout.TABLES``: texts ('' where empty), numbers (NaN where missing
    or not allowed), dates as ``YYYY-MM-DD``. Those with a ``code`` have ``row``, the territory that it means today
    (``NOWHERE`` where it means none of the study). A table that the file lacks has no rows.

    Parameters
    ----------
    projects : tuple of Project
        Each once, however many rows it has.
    calls, applications, contacts, interviews, benchmarks, survey : DataFrame
    quality : tuple of QualityRecord
    """

    projects: tuple[Project, ...]
    calls: pd.DataFrame
    applications: pd.DataFrame
    contacts: pd.DataFrame
    interviews: pd.DataFrame
    benchmarks: pd.DataFrame
    survey: pd.DataFrame
    quality: tuple[QualityRecord, ...] = ()


def read_register(
    source: Source,
    territories: Territories,
    successors: Successors | None = None,
    themes: Sequence[str] = (),
    date: str = "",
) -> Register:
    """Read a register.

    Parameters
    ----------
    source : Source
        Its filter chooses projects. The file is read though QGIS has it open, and never written to.
    territories : Territories
    successors : Successors, optional
        What former communes became: their projects are carried over.
    themes : sequence of str
        Themes of the study; others are told.
    date : str
        The study's date. Later years are told, and contacts that were to be kept up to a day before it left out.

    Raises
    ------
    SourceError
        If the file cannot be read, has no table of projects, or a table lacks what it always had.
    """
    where = f"{source.id} ({source.path.name})"
    with snapshot(source) as copy:
        layers = layer_names(locate(copy), where)
        if "projects" not in layers:
            raise SourceError(Problem("register.no_layer", where, {"layer": "projects", "known": ", ".join(layers)}))
        read = {name: _table(copy, name, layers, where) for name in TABLES}
    places = places_of(territories.codes, territories.groups, territories.code_length, successors)
    tables = {name: _placed(found.frame, places) for name, found in read.items()}
    # A day can be compared only with a whole date.
    today = date if len(date) == 10 else ""
    projects, quality = read_projects(tables["projects"], places, source.id, today)
    quality += check_tables(tables, source.id, themes, date, places.grouped)
    quality += contradicted(tables["survey"], projects, source.id)
    quality = [*(replace(item, source=source.id) for found in read.values() for item in found.quality), *quality]
    wrong = [f"{name} {cell}" for name, found in read.items() for cell in found.wrong]
    quality += record(source.id, "register_wrong_value", "W", wrong)
    # Stages and statuses have records of their own.
    strange = [f"{name} {cell}" for name, found in read.items() for cell in found.unknown if not _told(name, cell)]
    quality += record(source.id, "register_unknown_value", "W", strange)
    survey = tables["survey"]
    odd = ~survey["status"].isin(SURVEY_STATUSES)
    named = [f"{code}: {said}" for code, said in zip(survey["code"][odd], survey["status"][odd], strict=True)]
    quality += record(source.id, "unknown_status", "W", named)
    others = {name: tables[name] for name in ("calls", "applications", "interviews", "benchmarks", "survey")}
    return Register(projects, contacts=tables["contacts_made"], quality=tuple(quality), **others)


def register_of(
    sources: OpenedSources, identifier: str, territories: Territories, where: str | None = None
) -> Register:
    """Read a register as a study's source.

    Parameters
    ----------
    identifier : str
        Of the source.
    where : str, optional
        A measure's own filter on the projects, beside the source's.
    """
    study = sources.study
    themes = tuple(theme.id for theme in study.themes)
    return read_register(sources.filtered(identifier, where), territories, sources.successors, themes, study.date)


def survey_status(register: Register, documented: np.ndarray, exhaustive: bool) -> np.ndarray:
    """Return what is known of each territory's activity: a project of its own speaks louder than the survey.

    Parameters
    ----------
    documented : ndarray of bool, shape (n_territories,)
        Where there is an active project.
    exhaustive : bool
        Whether everybody was searched, but for whom the survey says otherwise.

    Returns
    -------
    ndarray of str, shape (n_territories,)
        ``documented``, ``searched_none_found`` or ``not_searched``.
    """
    status = np.full(len(documented), "searched_none_found" if exhaustive else "not_searched", dtype=object)
    survey = register.survey
    for row, said in zip(survey["row"], survey["status"], strict=True):
        if row != NOWHERE and said in SURVEY_STATUSES:
            status[row] = said
    status[documented] = "documented"
    return status


def _table(source: Source, name: str, layers: Sequence[str], where: str) -> Typed:
    table = TABLES[name]
    if name not in layers:
        return nothing(table)
    condition = source.where if name == "projects" else None
    frame, decoded = read_attributes(replace(source, layer=name, where=condition))
    found = typed(frame, table, REQUIRED.get(name, ()), where)
    return replace(found, quality=(*decoded, *found.quality))


def _placed(frame: pd.DataFrame, places: Places) -> pd.DataFrame:
    """Return a table with the row of each territory, and its code as it should be written."""
    if "code" not in frame:
        return frame
    rows = places.rows(frame["code"])
    return frame.assign(row=rows)


def _told(table: str, cell: str) -> bool:
    return (table, cell.rpartition(": ")[2].partition(" = ")[0]) in (("projects", "stage"), ("survey", "status"))
