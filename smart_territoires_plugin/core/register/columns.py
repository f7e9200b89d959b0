"""The tables of a register as they are found in a file, typed as the layout says; what a field may not hold is told."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.register.layout import Field, Table
from smart_territoires_plugin.core.sources.cells import read_numbers
from smart_territoires_plugin.core.sources.fields import find_field, resolve_fields
from smart_territoires_plugin.core.sources.quality import QualityRecord


@dataclass(frozen=True)
class Typed:
    """One table with every field of its layout.

    Parameters
    ----------
    frame : DataFrame
        Texts without surrounding space ('' where empty), numbers as float (NaN where missing or not allowed), dates
        as ``YYYY-MM-DD`` ('' where empty or none). Its index says where a row stands in the file.
    wrong : tuple of str
        Cells out of the bounds of their field or that cannot be read: taken as missing.
    unknown : tuple of str
        Cells that hold none of the values of their field: kept as they are.
    quality : tuple of QualityRecord
        Columns found under another writing.
    """

    frame: pd.DataFrame
    wrong: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    quality: tuple[QualityRecord, ...] = ()


def typed(frame: pd.DataFrame, table: Table, required: tuple[str, ...], where: str) -> Typed:
    """Return a table as its layout has it; a column that is not there is empty.

    Parameters
    ----------
    frame : DataFrame
        As the file has it.
    required : tuple of str
        Columns without which the table cannot be read.

    Raises
    ------
    SourceError
        Naming every required column that is not there.
    """
    optional = [name for name in table.names if name not in required and find_field(name, frame.columns) is not None]
    actual, quality = resolve_fields(where, (*required, *optional), frame.columns)
    taken = [actual[name] for name in actual if name == actual[name] or name in required]
    actual = {
        name: column for name, column in actual.items() if column not in taken or name in required or name == column
    }
    # A column is one field: the one that it is called after.
    made, wrong, unknown = {}, [], []
    for field in table.fields:
        column = (
            frame[actual[field.name]] if field.name in actual else pd.Series([None] * len(frame), index=frame.index)
        )
        values, bad = _READERS[field.kind](column, field)
        made[field.name] = values
        titles = frame[actual["title"]] if "title" in actual else pd.Series([""] * len(frame), index=frame.index)
        wrong += [f"{label(row, title)}: {field.name} = {cell}" for row, title, cell in _cells(bad, titles, column)]
        strange = _strange(made[field.name], field)
        unknown += [
            f"{label(row, title)}: {field.name} = {cell}" for row, title, cell in _cells(strange, titles, column)
        ]
    return Typed(pd.DataFrame(made, index=frame.index), tuple(wrong), tuple(unknown), tuple(quality))


def nothing(table: Table) -> Typed:
    """Return a table without rows.

    Examples
    --------
    >>> from smart_territoires_plugin.core.register.layout import TABLES
    >>> list(nothing(TABLES["survey"]).frame.columns)
    ['code', 'status', 'date', 'source']
    """
    return typed(pd.DataFrame({name: pd.Series([], dtype=object) for name in table.names}), table, (), table.name)


def label(row: object, title: object) -> str:
    """Return how a person finds a row: its number in the file, and its title where it has one.

    Examples
    --------
    >>> label(3, " Sensors "), label(4, None)
    ('3 (Sensors)', '4')
    """
    words = "" if title is None or title is pd.NA or title != title else " ".join(str(title).split())
    return f"{row} ({words})" if words else f"{row}"


def texts(column: pd.Series) -> pd.Series:
    """Return the cells of a column as text without surrounding space, '' where empty."""
    return column.astype("string").fillna("").str.strip().astype(object)


def _text(column: pd.Series, field: Field) -> tuple[np.ndarray, np.ndarray]:
    found = texts(column)
    if field.values and not field.several:
        found = found.str.lower()
    return found.to_numpy(dtype=object), np.zeros(len(column), dtype=bool)


def _number(column: pd.Series, field: Field) -> tuple[np.ndarray, np.ndarray]:
    numeric = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    read = None if numeric else read_numbers(column)
    values = column.to_numpy(dtype=float, na_value=np.nan) if read is None else read.values.astype(float)
    bad = np.zeros(len(column), dtype=bool) if read is None else np.isin(read.reasons, ("not_a_number", "not_finite"))
    known = np.isfinite(values)
    bad |= ~known & ~np.isnan(values)
    if field.kind == "integer":
        bad |= known & (np.where(known, values, 0.0) % 1 != 0)
    if field.minimum is not None:
        bad |= known & (values < field.minimum)
    if field.maximum is not None:
        bad |= known & (values > field.maximum)
    return np.where(bad, np.nan, values), bad


def _date(column: pd.Series, field: Field) -> tuple[np.ndarray, np.ndarray]:
    said = texts(column).str.replace("/", "-").astype(object)
    read = pd.to_datetime(said.where(said != "", None), errors="coerce", format="ISO8601", utc=True)
    found = read.dt.strftime("%Y-%m-%d").astype(object).where(read.notna(), "")
    return found.to_numpy(dtype=object), ((said != "") & read.isna()).to_numpy(dtype=bool)


_READERS = {"text": _text, "integer": _number, "real": _number, "date": _date}


def _strange(values: np.ndarray, field: Field) -> np.ndarray:
    """Return which cells hold something else than the values of their field."""
    if not field.values:
        return np.zeros(len(values), dtype=bool)
    parts = [[part.strip() for part in cell.split(";")] if field.several else [cell] for cell in values]
    return np.array([any(part and part not in field.values for part in cell) for cell in parts], dtype=bool)


def _cells(chosen: np.ndarray, titles: pd.Series, column: pd.Series) -> list[tuple]:
    places = np.flatnonzero(chosen)
    return [(column.index[place], titles.iloc[place], column.iloc[place]) for place in places]
