"""What is worth a second look in a register though it can be read: dates, amounts, themes, and rows that disagree."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.register.columns import label
from smart_territoires_plugin.core.register.places import NOWHERE
from smart_territoires_plugin.core.register.projects import Project
from smart_territoires_plugin.core.sources.quality import QualityRecord, record

_THEMES = {
    "projects": "theme", "calls": "themes", "applications": "theme", "contacts_made": "proposed_theme",
    "interviews": "theme",
}  # fmt: skip
# One speaks with EPCI and other groups too, and they apply to calls.
_OF_GROUPS = ("applications", "contacts_made", "interviews")


def year_of(date: str) -> float:
    """Return the year that a date of any writing names, NaN where it names none.

    Examples
    --------
    >>> year_of("2026-03-01"), year_of("march 2025"), year_of("")
    (2026.0, 2025.0, nan)
    """
    found = re.search(r"(?<!\d)(?:19|20|21)\d\d(?!\d)", date)
    return float(found.group()) if found else float("nan")


def check_tables(
    tables: Mapping[str, pd.DataFrame],
    source: str,
    themes: Sequence[str] = (),
    date: str = "",
    grouped: Collection[str] = (),
) -> list[QualityRecord]:
    """Return what is odd in the tables of a register.

    Parameters
    ----------
    tables : mapping of name to DataFrame
        Of ``columns.typed``, with ``row`` where they have a code.
    themes : sequence of str
        Those of the study; none to check no theme.
    date : str
        The study's; a later year is told. Without it no year is, for a run must not depend on the day that it is made.
    grouped : collection of str
        Codes of EPCI and other groups, with which one may have spoken, or which may have applied.
    """
    projects, calls = tables["projects"], tables["calls"]
    quality = record(source, "register_no_year", "W", _labels(projects, projects["year"].isna()))
    last = year_of(date)
    late = projects["year"] > last
    quality += record(
        source, "register_future_year", "W", _labels(projects, late, projects["year"].map("{:.0f}".format))
    )
    above = projects["cofunding_eur"] > projects["budget_eur"]
    quality += record(source, "register_cofunding_above_budget", "W", _labels(projects, above))
    reversed_dates = (calls["closing"] != "") & (calls["opening"] != "") & (calls["closing"] < calls["opening"])
    quality += record(source, "register_call_dates", "W", _labels(calls, reversed_dates))
    applied = tables["applications"]
    orphan = ~applied["call_id"].isin(calls["call_id"])
    quality += record(source, "register_no_call", "W", _labels(applied, orphan, applied["call_id"]))
    quality += record(source, "register_unknown_theme", "W", _unknown_themes(tables, themes))
    places = [
        f"{name} {text}"
        for name, frame in tables.items()
        if "row" in frame
        for text in _labels(frame, _unknown_places(frame, grouped if name in _OF_GROUPS else ()), frame["code"])
    ]
    return [*quality, *record(source, "register_unknown_place", "W", places)]


def _unknown_places(frame: pd.DataFrame, grouped: Collection[str]) -> pd.Series:
    return (frame["row"] == NOWHERE) & (frame["code"] != "") & ~frame["code"].isin(list(grouped))


def contradicted(survey: pd.DataFrame, projects: Sequence[Project], source: str) -> list[QualityRecord]:
    """Return where a survey found nothing though a project is documented, which counts.

    A repair and no warning: a project that came up after the survey is how things go.
    """
    documented = {row for item in projects if item.active for row in item.rows}
    wrong = survey["status"].eq("searched_none_found") & survey["row"].isin(documented)
    return record(source, "register_searched_but_documented", "R", survey["code"][wrong])


def _labels(frame: pd.DataFrame, chosen: pd.Series, said: pd.Series | None = None) -> list[str]:
    rows = np.flatnonzero(chosen.to_numpy(dtype=bool))
    titles = frame["title"] if "title" in frame else pd.Series([""] * len(frame), index=frame.index)
    names = [label(frame.index[row], titles.iloc[row]) for row in rows]
    return names if said is None else [f"{name}: {said.iloc[row]}" for name, row in zip(names, rows, strict=True)]


def _unknown_themes(tables: Mapping[str, pd.DataFrame], themes: Sequence[str]) -> list[str]:
    if not themes:
        return []
    found = []
    for name, column in _THEMES.items():
        cells = tables[name][column]
        strange = cells.map(lambda cell: any(part.strip() not in ("", *themes) for part in cell.split(";")))
        found += [f"{name} {text}" for text in _labels(tables[name], strange.astype(bool), cells)]
    return found
