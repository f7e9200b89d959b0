"""An existing table of projects brought into a register: all of it or nothing, and nothing twice."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.errors import Problem, ResultsError, SourceError
from smart_territoires_plugin.core.register.columns import texts, typed
from smart_territoires_plugin.core.register.duplicates import same_project
from smart_territoires_plugin.core.register.import_mapping import Mapped, columns_of, guessed_mapping, translated
from smart_territoires_plugin.core.register.layout import TABLES
from smart_territoires_plugin.core.register.projects import looks_personal
from smart_territoires_plugin.core.register.template import fill_register, write_register
from smart_territoires_plugin.core.sources.codes import normalise
from smart_territoires_plugin.core.sources.files import locate
from smart_territoires_plugin.core.sources.tables import read_table
from smart_territoires_plugin.core.sources.vectors import read_attributes
from smart_territoires_plugin.core.study import Source

_PROJECTS = TABLES["projects"]
_CODE_LENGTH = 5  # of a commune, whose first zero spreadsheets lose


@dataclass(frozen=True)
class Imported:
    """What became of a table.

    Parameters
    ----------
    mapping : Mapped
        The one given, or guessed.
    added : int
        Rows written to the register.
    known : tuple of str
        Rows that the register, or the table above them, has already; not added.
    skipped : tuple of Problem
        Of rows left out because they cannot be read.
    """

    mapping: Mapped
    added: int
    known: tuple[str, ...]
    skipped: tuple[Problem, ...] = ()


def import_projects(
    table: Path,
    register: Path,
    mapping: Mapped | None = None,
    sheet: str | None = None,
    skip_bad: bool = False,
    lang: str = "en",
) -> Imported:
    """Add the projects of a table to a register, which is made if it is not there.

    Parameters
    ----------
    table : Path
        CSV, XLSX, ODS, or what else ``sources.tables`` reads.
    register : Path
    mapping : Mapped, optional
        Guessed from the names of the columns if not given.
    sheet : str, optional
        Of a spreadsheet; its first one if not given.
    skip_bad : bool
        Leave out rows that cannot be read, instead of refusing the table.
    lang : {"fr", "en"}
        Of a register that is made.

    Raises
    ------
    SourceError
        With the problems of every row; nothing is written then.
    ResultsError
        If the register is open elsewhere or cannot be written; it stays as it was.
    """
    table, register = Path(table), Path(register)
    frame = _read(table, sheet)
    mapping = mapping or guessed_mapping(frame.columns)
    rows, problems = _rows(frame, mapping, table.name)
    if problems and not skip_bad:
        raise SourceError(*problems)
    exists = os.path.lexists(register)
    if exists:
        _refuse_open(register)
    before = _known_rows(register) if exists else rows.iloc[:0]
    new, known = _apart(before, rows)
    if len(new) or not exists:
        _write(register, new, exists, lang)
    return Imported(mapping, len(new), tuple(known), tuple(problems))


def mapping_of_table(table: Path, sheet: str | None = None) -> Mapped:
    """Return the mapping that the names of a table's columns suggest."""
    return guessed_mapping(_read(Path(table), sheet).columns)


def _read(table: Path, sheet: str | None) -> pd.DataFrame:
    return read_table(Source(table.name, table, options={"sheet": sheet} if sheet else {})).frame


def _rows(frame: pd.DataFrame, mapping: Mapped, where: str) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the rows that can be read, as the register's table has them, and what is wrong with the others."""
    columns = columns_of(mapping, frame.columns, where)
    # The first line of a table holds the names.
    frame = frame.set_axis([str(name) for name in frame.columns], axis=1).set_axis(range(2, len(frame) + 2), axis=0)
    filled = [row for row, cells in zip(frame.index, frame.itertuples(index=False), strict=True) if _filled(cells)]
    made = pd.DataFrame(index=filled)
    for name in _PROJECTS.names:
        cells = (
            texts(frame.loc[filled, columns[name]]) if name in columns else pd.Series("", index=filled, dtype=object)
        )
        default = mapping.defaults.get(name, _PROJECTS.field(name).default)
        empty = "" if default is None else str(default)
        made[name] = [translated(name, cell or empty, mapping) for cell in cells]
    found = typed(made.astype("string"), _PROJECTS, ("title",), where)
    problems = []
    for cell in (*found.wrong, *found.unknown):
        row, _, said = cell.partition(" (") if " (" in cell.partition(": ")[0] else cell.partition(": ")
        problems.append(Problem("registers.cell", where, {"row": row, "cell": said.rpartition("): ")[2]}))
    for row, item in found.frame.iterrows():
        if not item["title"]:
            problems.append(Problem("registers.row_no_title", where, {"row": row}))
        if not item["codes"] and not item["epci"]:
            problems.append(Problem("registers.row_no_place", where, {"row": row}))
        if looks_personal(item["contact_role"]):
            problems.append(Problem("registers.row_person", where, {"row": row}))
        elif item["contact_role"] and not item["retention_date"]:
            problems.append(Problem("registers.row_no_retention", where, {"row": row}))
    wrong = {str(problem.values["row"]) for problem in problems}
    return found.frame[[str(row) not in wrong for row in found.frame.index]], problems


def _filled(cells: Sequence) -> bool:
    return any(str(cell).strip() not in ("", "nan", "None", "<NA>", "NaT") for cell in cells)


def _known_rows(register: Path) -> pd.DataFrame:
    source = Source(register.name, register, layer="projects")
    locate(source)
    frame, _ = read_attributes(source)
    return typed(frame, _PROJECTS, ("title", "codes", "year"), register.name).frame


def _apart(before: pd.DataFrame, rows: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Return the rows that are projects of their own, and how the others are called."""
    both = pd.concat([before, rows], ignore_index=True)
    listed = both["codes"].astype("string").str.split(r"[\s;,]+", regex=True)
    bearers, _ = normalise(both["epci"], 0)
    places = [
        {code for code in normalise(pd.Series(codes, dtype=object), _CODE_LENGTH)[0] if code} or {bearer} - {""}
        for codes, bearer in zip(listed, bearers, strict=True)
    ]
    first, _ = same_project(list(both["title"]), places, list(both["year"]))
    own = np.array([first[row] == row for row in range(len(before), len(both))], dtype=bool)
    known = [f"{row} ({title})" for row, title in zip(rows.index[~own], rows["title"][~own], strict=True)]
    return rows[own], known


def _refuse_open(register: Path) -> None:
    """Refuse a register that somebody else has open: what they save next would be lost."""
    # QGIS keeps these beside a file for as long as it shows it.
    beside = [register.with_name(register.name + ending) for ending in ("-wal", "-shm", "-journal")]
    if any(part.exists() for part in beside):
        raise ResultsError(Problem("registers.locked", str(register)))
    locate(Source(register.name, register))
    try:
        with closing(sqlite3.connect(register, timeout=0, isolation_level=None)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        raise ResultsError(Problem("registers.locked", str(register))) from error


def _write(register: Path, rows: pd.DataFrame, exists: bool, lang: str) -> None:
    """Write rows to a copy, which then takes the register's place."""
    try:
        with tempfile.TemporaryDirectory(
            prefix=".register-", dir=register.parent, ignore_cleanup_errors=True
        ) as folder:
            copy = Path(folder) / register.name
            if exists:
                before = register.stat()
                shutil.copy2(register, copy)
            else:
                write_register(copy, lang)
            fill_register(copy, {"projects": _cells(rows)})
            if exists:
                _refuse_open(register)
                now = register.stat()
                if (now.st_size, now.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
                    raise ResultsError(Problem("registers.locked", str(register)))
            os.replace(copy, register)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ResultsError(Problem("register.not_writable", str(register), {"reason": reason})) from error


def _cells(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with nothing where a cell is empty, and without columns that are empty throughout."""
    kinds = {field.name: field.kind for field in _PROJECTS.fields}
    made = rows.reset_index(drop=True)
    for name in made.columns:
        if kinds[name] in ("text", "date"):
            made[name] = made[name].where(made[name] != "", None)
        elif kinds[name] == "integer":
            made[name] = made[name].astype("Int64")
    return made.dropna(axis=1, how="all")
