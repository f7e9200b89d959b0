"""The lists of a run as the workbench shows them: who is in which, in what place, and its call units."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Optional

import numpy as np

from smart_territoires_plugin.core.errors import Problem, ResultsError

LISTS = ("engage", "raise_awareness", "showcase", "verify")
# Columns of numbers; every other one is of texts.
_NUMBERS = (
    "place", "shortlisted", "population", "target_rank", "priority", "inhabitants_concerned", "distance_km",
)  # fmt: skip
_UNIT_TEXTS = (
    "code", "name", "level", "activity_status", "segment", "stability", "recommended_theme", "peer_code",
    "reasons_fr", "reasons_en", "notice",
)  # fmt: skip
_ARMED = ("'=", "'+", "'-", "'@")


@dataclass(frozen=True)
class RunLists:
    """``lists.csv`` beside the territories of a run.

    Parameters
    ----------
    columns : mapping of str to ndarray, shape (n_territories,)
        In the order of the run's territories; NaN and '' where a list does not show a column.
    units : mapping of str to ndarray, shape (n_units,)
        ``call_units.csv``; empty where the study asks for none.
    """

    columns: Mapping[str, np.ndarray]
    units: Mapping[str, np.ndarray]

    def rows(self, name: str) -> np.ndarray:
        """Return the territories of a list, in its order."""
        inside = np.flatnonzero(self.columns["list"] == name)
        return inside[np.argsort(self.columns["place"][inside], kind="stable")]

    @cached_property
    def showcase_of(self) -> Mapping[int, str]:
        """Code of the showcase proposed to each territory that has one."""
        found = self.columns["showcase_code"]
        return {int(row): str(found[row]) for row in np.flatnonzero(found != "")}

    @property
    def has_units(self) -> bool:
        """Whether the run knows call units."""
        return bool(len(self.units.get("code", ())))


def read_lists(folder: Path, rows: Mapping[str, int]) -> Optional[RunLists]:
    """Read the lists of a results folder; None where a former version wrote none.

    Parameters
    ----------
    folder : Path
    rows : mapping of code to row
        The territories of the run.

    Raises
    ------
    ResultsError
        If the tables are there and cannot be read.
    """
    path = Path(folder) / "lists.csv"
    if not path.is_file():
        return None
    names, records = _read(path)
    places = np.array([rows.get(record[names.index("code")], -1) for record in records], dtype=int)
    known = places >= 0
    columns = {}
    for column, name in enumerate(names):
        cells = [record[column] for record in records]
        values = numbers(cells) if name in _NUMBERS else texts(cells)
        made = np.full(len(rows), np.nan) if name in _NUMBERS else np.full(len(rows), "", dtype=object)
        made[places[known]] = values[known]
        columns[name] = made
    return RunLists(columns, _units(Path(folder) / "call_units.csv"))


def _units(path: Path) -> dict[str, np.ndarray]:
    if not path.is_file():
        return {}
    names, records = _read(path)
    cells = list(zip(*records)) or [()] * len(names)
    is_text = [name in _UNIT_TEXTS or name.startswith("group_") for name in names]
    return {name: texts(found) if plain else numbers(found) for name, found, plain in zip(names, cells, is_text)}


def _read(path: Path) -> tuple[list[str], list[list[str]]]:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.reader(stream)
            return next(reader), list(reader)
    except (OSError, ValueError, csv.Error, StopIteration) as error:
        raise ResultsError(Problem("atlas.no_results", str(path.parent), {"missing": path.name})) from error


def texts(cells) -> np.ndarray:
    """Return texts as they were before spreadsheets were guarded against."""
    return np.array([cell[1:] if cell.startswith(_ARMED) else cell for cell in cells], dtype=object)


def numbers(cells) -> np.ndarray:
    """Return numbers, NaN where a cell is empty or holds none."""
    made = np.full(len(cells), np.nan)
    for place, cell in enumerate(cells):
        try:
            made[place] = float(cell or "nan")
        except ValueError:
            continue
    return made
