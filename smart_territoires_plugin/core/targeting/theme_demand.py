"""What territories ask for themselves: the register's projects, applications and proposals, counted by theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.errors import Problem, SourceError
from smart_territoires_plugin.core.measures.register import ACTIVE_STAGES
from smart_territoires_plugin.core.register.snapshot import snapshot
from smart_territoires_plugin.core.sources.fields import find_field
from smart_territoires_plugin.core.sources.files import locate
from smart_territoires_plugin.core.sources.quality import MAX_EXAMPLES
from smart_territoires_plugin.core.study import Source

# Table and column of each way in which a territory makes its wish for a theme known.
_WISHES = {"projects": "theme", "applications": "theme", "contacts_made": "proposed_theme"}


@dataclass(frozen=True)
class Demand:
    """Wishes by theme.

    Parameters
    ----------
    counts : ndarray of int, shape (n_themes,)
        Active projects, applications whatever their outcome, and themes proposed when a territory was called.
    elsewhere : dict of theme to int
        Wishes for themes that are not weighed here.
    """

    counts: np.ndarray
    elsewhere: dict[str, int]


def demand_of(tables: dict[str, pd.DataFrame], themes: Sequence[str]) -> Demand:
    """Count the wishes of a register's tables.

    Parameters
    ----------
    tables : mapping of table to DataFrame
        ``projects`` (``theme``, ``stage``), ``applications`` (``theme``), ``contacts_made`` (``proposed_theme``); any
        may be absent.
    themes : sequence of str

    Returns
    -------
    Demand

    Examples
    --------
    >>> projects = pd.DataFrame({"theme": ["flood", "air", "flood"], "stage": ["done", "idea", "funded"]})
    >>> demand_of({"projects": projects, "applications": pd.DataFrame({"theme": ["air"]})}, ("flood", "air")).counts
    array([2, 1])
    """
    wishes: list[str] = []
    for table, column in _WISHES.items():
        frame = tables.get(table)
        if frame is None or column not in frame:
            continue
        kept = frame
        if table == "projects":
            stage = frame["stage"].astype("string").fillna("").str.strip().str.lower()
            kept = frame[stage.isin(ACTIVE_STAGES).to_numpy(dtype=bool)]
        said = kept[column].astype("string").fillna("").str.strip()
        wishes += said[said != ""].tolist()
    counted = pd.Series(wishes, dtype=object).value_counts()
    elsewhere = {str(theme): int(count) for theme, count in counted.items() if theme not in themes}
    return Demand(np.array([int(counted.get(theme, 0)) for theme in themes]), dict(sorted(elsewhere.items())))


def register_demand(path: Path, themes: Sequence[str], where: str) -> tuple[Demand, list[Problem]]:
    """Count the wishes of a register file.

    Returns
    -------
    Demand, list of Problem
        The second: a warning where themes of the register are not weighed here.

    Raises
    ------
    SourceError
        If it cannot be read, has no table ``projects``, or asks for none of the themes.
    """
    # QGIS may have it open: a copy is read then.
    with snapshot(Source(path.name, path)) as copy:
        tables = _wishes_in(copy, where)
    made = demand_of(tables, themes)
    if not made.counts.any():
        raise SourceError(Problem("matrix.no_demand", where, {"register": path.name}))
    warnings = []
    if made.elsewhere:
        examples = ", ".join(f"{theme} ({count})" for theme, count in list(made.elsewhere.items())[:MAX_EXAMPLES])
        values = {"count": sum(made.elsewhere.values()), "examples": examples}
        warnings.append(Problem("matrix.demand_elsewhere", where, values, "warning"))
    return made, warnings


def _wishes_in(source: Source, where: str) -> dict[str, pd.DataFrame]:
    """Return the columns that tell wishes, of the tables that a register has."""
    from smart_territoires_plugin.core.sources.vectors import layer_names, read_attributes

    layers = layer_names(locate(source), where)
    if "projects" not in layers:
        raise SourceError(Problem("register.no_layer", where, {"layer": "projects", "known": ", ".join(layers)}))
    tables = {}
    for table, column in _WISHES.items():
        if table not in layers:
            continue
        frame, _ = read_attributes(replace(source, layer=table))
        wanted = (column, "stage") if table == "projects" else (column,)
        found = {name: find_field(name, frame.columns) for name in wanted}
        if any(actual is None for actual in found.values()):
            absent = ", ".join(name for name, actual in found.items() if actual is None)
            raise SourceError(Problem("source.no_field", where, {"field": absent, "known": ", ".join(frame.columns)}))
        tables[table] = pd.DataFrame({name: frame[actual] for name, actual in found.items()})
    return tables
