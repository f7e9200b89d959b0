"""The projects of a register: each once, with the territories that it lists or the EPCI that bears it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.register.columns import label
from smart_territoires_plugin.core.register.duplicates import alike_titles, same_project
from smart_territoires_plugin.core.register.layout import AXES, STAGES
from smart_territoires_plugin.core.register.places import NOWHERE, Places
from smart_territoires_plugin.core.sources.codes import normalise
from smart_territoires_plugin.core.sources.quality import QualityRecord, record

ACTIVE_STAGES = ("funded", "running", "done")
# A convention, and descriptive only: what is funded is half done. No model and no list rests on it.
STAGE_WEIGHTS: Mapping[str, float] = {"funded": 0.5, "running": 1.0, "done": 1.0}
HIGHEST_MARK = 3
_CODE_SEPARATORS = r"[\s;,]+"
# A mark of a person rather than of a function: an address, or a telephone's digits.
_PERSONAL = re.compile(r"@|(?:\d[\s./-]*){8,}")
_TEXTS = (
    "theme", "stage", "source", "source_kind", "cofunder", "partners", "data_link", "data_format", "data_licence",
    "data_refresh", "contact_role", "retention_date", "notes",
)  # fmt: skip
_AMOUNTS = ("year", "budget_eur", "cofunding_eur", "cofunding_rate_pct")


@dataclass(frozen=True)
class Project:
    """One project.

    Parameters
    ----------
    label : str
        How a person finds it in the register: number of its row, and title.
    title : str
    rows : tuple of int
        The known territories that it lists, each once, in their order.
    epci : str
        Code of the EPCI that bears it; '' where none does.
    epci_rows : tuple of int
        Territories of that EPCI; empty where the study has no group of that code.
    theme, stage : str
    year : float
        NaN where unknown.
    first, second : tuple of float, one per axis of ``AXES``
        Marks (0–3) of the two coders; NaN where there is none.
    budget_eur, cofunding_eur, cofunding_rate_pct : float
        NaN where unknown.
    contact_role : str
        '' where it looks like a person, or may no longer be kept.
    others : str
        As the register has them; ``retention_date`` as ``YYYY-MM-DD``.
    """

    label: str
    title: str
    rows: tuple[int, ...]
    epci: str
    epci_rows: tuple[int, ...]
    theme: str
    stage: str
    year: float
    first: tuple[float, ...]
    second: tuple[float, ...]
    budget_eur: float
    cofunding_eur: float
    cofunding_rate_pct: float
    source: str
    source_kind: str
    cofunder: str
    partners: str
    data_link: str
    data_format: str
    data_licence: str
    data_refresh: str
    contact_role: str
    retention_date: str
    notes: str

    @property
    def active(self) -> bool:
        """Whether it is funded, running or done: ideas and candidates are no activity."""
        return self.stage in ACTIVE_STAGES

    @property
    def borne(self) -> bool:
        """Whether an EPCI bears it as a whole: it lists no known territory of its own."""
        return not self.rows and bool(self.epci_rows)

    @property
    def marks(self) -> tuple[float, ...]:
        """Mark of each axis: the mean of the two coders, or the one that there is; NaN where there is none."""
        return tuple(_mean(pair) for pair in zip(self.first, self.second, strict=True))

    @property
    def weight(self) -> float:
        """Stage weight × mean mark ÷ 3, between 0 and 1; NaN where nobody coded it. Descriptive only."""
        return STAGE_WEIGHTS.get(self.stage, 0.0) * _mean(self.marks) / HIGHEST_MARK


def _mean(values: Sequence[float]) -> float:
    known = [value for value in values if value == value]
    return sum(known) / len(known) if known else float("nan")


def read_projects(
    frame: pd.DataFrame, places: Places, source: str, today: str = ""
) -> tuple[tuple[Project, ...], list[QualityRecord]]:
    """Return the projects of a register's table, two rows of one project as one.

    Parameters
    ----------
    frame : DataFrame
        Of ``columns.typed``.
    places : Places
    source : str
        Identifier of the source, for what is told.
    today : str
        ``YYYY-MM-DD``: contacts to be kept up to a day before it are left out. '' for none.
    """
    listed, unknown, moved = _listed(frame["codes"], places)
    epci, _ = normalise(frame["epci"], 0)
    quality = record(source, "unknown_code", "W", unknown)
    quality += record(source, "code_carried", "R", moved)
    made, personal, expired = [], [], []
    rows = frame.to_dict("records")
    for number, (index, row) in enumerate(zip(frame.index, rows, strict=True)):
        found = _project(label(index, row["title"]), row, listed[number], epci[number], places)
        if looks_personal(found.contact_role):
            personal.append(found.label)
            found = replace(found, contact_role="")
        elif found.contact_role and found.retention_date and found.retention_date < today:
            expired.append(f"{found.label}: {found.retention_date}")
            found = replace(found, contact_role="")
        made.append(found)
    quality += record(source, "register_personal_contact", "W", personal)
    quality += record(source, "register_contact_expired", "W", expired)
    quality += record(source, "unknown_stage", "W", [found.stage for found in made if found.stage not in STAGES])
    nowhere = [f"{found.label}: {found.epci}" for found in made if found.epci and not found.epci_rows]
    quality += record(source, "register_unknown_epci", "W", nowhere)
    distinct, told = _distinct(made, source)
    return distinct, [*quality, *told]


def looks_personal(contact: str) -> bool:
    """Say whether a contact is a person's address or telephone rather than a role.

    Examples
    --------
    >>> looks_personal("a.person@town.fr"), looks_personal("01 23 45 67 89"), looks_personal("head of IT, 2nd floor")
    (True, True, False)
    """
    return bool(_PERSONAL.search(contact))


def _project(name: str, row: Mapping, rows: tuple[int, ...], epci: str, places: Places) -> Project:
    return Project(
        label=name,
        title=row["title"],
        rows=rows,
        epci=epci,
        epci_rows=places.grouped.get(epci, ()),
        first=tuple(row[axis] for axis in AXES),
        second=tuple(row[f"{axis}_2"] for axis in AXES),
        **{field: row[field] for field in (*_TEXTS, *_AMOUNTS)},
    )


def _listed(codes: pd.Series, places: Places) -> tuple[list[tuple[int, ...]], list[str], list[str]]:
    """Return the known territories of each project, the codes of none, and those that were carried over."""
    parts = codes.astype("string").fillna("").str.split(_CODE_SEPARATORS, regex=True).reset_index(drop=True).explode()
    parts = parts[parts != ""]
    found: list[set[int]] = [set() for _ in range(len(codes))]
    unknown, moved = [], []
    for number, code in zip(parts.index, normalise(parts, places.code_length)[0], strict=True):
        row, now = places.row(code)
        if row == NOWHERE:
            unknown.append(code)
            continue
        found[number].add(row)
        if now != code:
            moved.append(f"{code} → {now}")
    return [tuple(sorted(rows)) for rows in found], unknown, moved


def _distinct(projects: Sequence[Project], source: str) -> tuple[tuple[Project, ...], list[QualityRecord]]:
    titles, places = [item.title for item in projects], [item.rows or item.epci_rows for item in projects]
    first, pairs = same_project(titles, places, [item.year for item in projects])
    members: dict[int, list[Project]] = {}
    for row, item in zip(first, projects, strict=True):
        members.setdefault(int(row), []).append(item)
    quality = record(source, "register_same_project", "W", _named(pairs, projects))
    alike = [pair for pair in alike_titles(titles, places) if first[pair[0]] != first[pair[1]]]
    quality += record(source, "register_alike_titles", "W", _named(alike, projects))
    return tuple(_joined(items) for items in members.values()), quality


def _named(pairs: Sequence[tuple[int, int]], projects: Sequence[Project]) -> list[str]:
    return [f"{projects[one].label} = {projects[other].label}" for one, other in pairs]


def _joined(items: Sequence[Project]) -> Project:
    """Return several rows of one project as one: what is done before what is not, and what one row lacks from another.

    It lies wherever one of its rows says so.
    """
    if len(items) == 1:
        return items[0]
    ordered = sorted(items, key=lambda item: -STAGE_WEIGHTS.get(item.stage, 0.0))
    rows = tuple(sorted({row for item in items for row in item.rows}))
    apart = ("stage", "contact_role", "retention_date")
    said = {
        name: _first_known(getattr(item, name) for item in ordered)
        for name in (*_AMOUNTS, *(name for name in _TEXTS if name not in apart))
    }
    marks = {
        coder: tuple(_first_known(getattr(item, coder)[axis] for item in ordered) for axis in range(len(AXES)))
        for coder in ("first", "second")
    }
    bearer = next((item for item in ordered if item.epci_rows), ordered[0])
    # A role and the day until which it may be kept go together.
    contact = next((item for item in ordered if item.contact_role), ordered[0])
    return replace(
        ordered[0],
        rows=rows,
        epci=bearer.epci,
        epci_rows=bearer.epci_rows,
        contact_role=contact.contact_role,
        retention_date=contact.retention_date,
        **said,
        **marks,
    )


def _first_known(values: Iterable) -> Any:
    """Return the first value that is neither empty nor NaN; the last one where all are."""
    value = ""
    for value in values:
        if value != "" and value == value:
            return value
    return value


@dataclass(frozen=True)
class Counted:
    """Active projects by territory.

    Parameters
    ----------
    total : ndarray, shape (n_territories,)
        Distinct active projects that list the territory.
    shared : ndarray, shape (n_territories,)
        The same, one that lists *n* known territories counted 1/*n* in each.
    borne : ndarray, shape (n_territories,)
        Active projects that an EPCI bears, in equal parts over its territories. Sums of ``shared`` and ``borne`` over
        all territories are the number of distinct active projects with a known place.
    weighted : ndarray, shape (n_territories,)
        Sum of the projects' weights; NaN where none is coded.
    by_theme : mapping of theme to ndarray, shape (n_territories,)
        ``total``, theme by theme.
    """

    total: np.ndarray
    shared: np.ndarray
    borne: np.ndarray
    weighted: np.ndarray
    by_theme: Mapping[str, np.ndarray]


def count_active(projects: Sequence[Project], size: int) -> Counted:
    """Count the active projects of each of ``size`` territories."""
    total, shared, borne, weighted, coded = (np.zeros(size) for _ in range(5))
    by_theme: dict[str, np.ndarray] = {}
    for item in projects:
        if not item.active:
            continue
        rows = list(item.rows)
        if item.borne:
            borne[list(item.epci_rows)] += 1 / len(item.epci_rows)
        elif rows:
            total[rows] += 1
            shared[rows] += 1 / len(rows)
            by_theme.setdefault(item.theme, np.zeros(size))[rows] += 1
            if item.weight == item.weight:
                weighted[rows] += item.weight
                coded[rows] += 1
    return Counted(total, shared, borne, np.where(coded > 0, weighted, np.nan), by_theme)
