"""Tables → text columns: CSV with its French habits, XLSX, JSON arrays, and the attributes of vector files."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import zipfile
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.errors import Problem, SourceError
from smart_territoires_plugin.core.sources.cells import read_numbers
from smart_territoires_plugin.core.sources.files import VECTORS, Located, locate
from smart_territoires_plugin.core.sources.filters import refuse_statements
from smart_territoires_plugin.core.sources.quality import QualityRecord
from smart_territoires_plugin.core.study import Source
from smart_territoires_plugin.core.study.addresses import Address

_SEPARATORS = ";,\t|"
# What UTF-8 looks like when it is read as cp1252: a file of two encodings.
_TWICE = re.compile("[\u00c2\u00c3][\u00a0-\u00bf\u0152-\u2122]")
_SAMPLE_CHARACTERS = 65_536


@dataclass(frozen=True)
class Table:
    """Rows of a table as its file writes them, all columns as text or as the numbers of a spreadsheet."""

    frame: pd.DataFrame
    quality: tuple[QualityRecord, ...]


def read_table(source: Source) -> Table:
    """Read a table.

    Raises
    ------
    SourceError
        If it cannot be read as what its name says.
    """
    located = locate(source)
    where = f"{source.id} ({source.path.name})"
    if located.suffix in (*VECTORS, ".dbf") or isinstance(source.path, Address):
        from smart_territoires_plugin.core.sources.vectors import read_attributes

        frame, quality = read_attributes(source)
        return Table(frame.reset_index(drop=True), tuple(quality))
    if located.suffix == ".json":
        table = _read_json(located, where)
    elif located.suffix in (".xlsx", ".xls", ".ods"):
        table = _read_spreadsheet(source, located, where)
    else:
        table = _read_csv(source, located, where)
    frame = table.frame.rename(columns=lambda name: str(name).strip().lstrip("\ufeff"))
    if source.where:
        frame = _filtered(frame, source.where, where)
    return Table(frame, table.quality)


def _decoded(source: Source, content: bytes, where: str) -> tuple[str, list[QualityRecord]]:
    """Return the text of a file, its encoding found among those of French open data."""
    wanted = source.options.get("encoding")
    if wanted:
        try:
            return content.decode(wanted), []
        except (UnicodeError, LookupError) as error:
            raise SourceError(Problem("table.encoding", where, {"encoding": wanted, "reason": str(error)})) from error
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return content.decode("utf-16"), [QualityRecord(source.id, "encoding", "R", 1, "UTF-16")]
        except UnicodeDecodeError as error:
            raise SourceError(Problem("source.damaged", where, {"reason": f"UTF-16: {error.reason}"})) from error
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        # cp1252 reads every latin-1 text; five bytes stand for nothing in it, and are kept as marks to be seen.
        text = content.decode("cp1252", errors="replace")
        example = content[max(0, error.start - 15) : error.start + 15].decode("cp1252", errors="replace")
        outcome = "W" if "\ufffd" in text or _TWICE.search(text) else "R"
        return text, [QualityRecord(source.id, "encoding", outcome, 1, f"cp1252: {' '.join(example.split())}")]


def _separator(sample: str) -> str:
    try:
        return csv.Sniffer().sniff(sample, _SEPARATORS).delimiter
    except csv.Error:
        first = sample.splitlines()[0] if sample else ""
        return max(_SEPARATORS, key=first.count)


def _read_csv(source: Source, located: Located, where: str) -> Table:
    text, quality = _decoded(source, located.read_bytes(), where)
    skip = source.options.get("skip", 0)
    if "\x00" in text[:_SAMPLE_CHARACTERS]:
        raise SourceError(Problem("source.damaged", where, {"reason": "binary content"}))
    sample = "".join(text.splitlines(keepends=True)[skip:50])[:_SAMPLE_CHARACTERS]
    separator = source.options.get("separator") or _separator(sample)
    names, header_lines = _names(text, separator, skip, where)
    try:
        frame = pd.read_csv(
            io.StringIO(text),
            sep=separator,
            skiprows=header_lines,
            header=None,
            names=names,
            dtype=str,
            keep_default_na=False,
            index_col=False,
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError) as error:
        raise SourceError(Problem("table.unreadable", where, {"reason": str(error).splitlines()[0]})) from error
    return Table(frame, tuple(quality))


def _distinct(names: list[str], cells: int) -> list[str]:
    """Return one name per cell, those that repeat or are wanting made up."""
    filled = [*names, *[""] * (cells - len(names))]
    return [name if name and name not in filled[:i] else f"{name}.{i}" for i, name in enumerate(filled)]


def _names(text: str, separator: str, skip: int, where: str) -> tuple[list[str], int]:
    """Return a name for each cell of the longest row, and how many lines come before the first row.

    Separators at the end of lines make cells without a name, which hold nothing.

    Raises
    ------
    SourceError
        If a row has more filled cells than there are names: every cell after the extra one is misplaced.
    """
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for _ in range(skip):
            next(lines)
        header = next(row for row in lines if row)
        cells, header_lines = len(header), lines.line_num
        for row in lines:
            cells = max(cells, len(row))
            if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
                values = {"line": lines.line_num, "cells": len(row), "names": len(header)}
                raise SourceError(Problem("table.ragged", where, values))
    except (csv.Error, StopIteration) as error:
        raise SourceError(Problem("table.unreadable", where, {"reason": str(error) or "–"})) from error
    return _distinct(header, cells), header_lines


def _read_spreadsheet(source: Source, located: Located, where: str) -> Table:
    reasons = []
    content = located.read_bytes()
    for engine in ("calamine", "openpyxl"):
        try:
            frame = pd.read_excel(
                io.BytesIO(content),
                sheet_name=source.options.get("sheet", 0),
                header=source.options.get("skip", 0),
                dtype=object,
                engine=engine,
                keep_default_na=False,
            )
            return Table(frame, ())
        except ImportError as error:
            reasons.append(str(error))
        except (ValueError, KeyError, OSError, zipfile.BadZipFile, TypeError) as error:
            reasons.append(str(error).splitlines()[0] if str(error) else type(error).__name__)
        except Exception as error:
            reasons.append(str(error).splitlines()[0] if str(error) else type(error).__name__)
    raise SourceError(Problem("table.unreadable", where, {"reason": reasons[0]}))


def _read_json(located: Located, where: str) -> Table:
    try:
        content = json.loads(located.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise SourceError(Problem("table.unreadable", where, {"reason": str(error).splitlines()[0]})) from error
    if isinstance(content, dict) and content.get("type") == "FeatureCollection":
        content = [feature.get("properties") or {} for feature in content.get("features", [])]
    if not isinstance(content, list) or not all(isinstance(row, dict) for row in content):
        raise SourceError(Problem("table.unreadable", where, {"reason": "not an array of objects"}))
    return Table(pd.DataFrame(content, dtype=object), ())


def _comparable(frame: pd.DataFrame, condition: str) -> pd.DataFrame:
    """Return a table whose columns of numbers compare as numbers; those of codes with leading zeros stay text."""
    made = frame.astype("string")
    for name in frame.columns:
        if name.casefold() in condition.casefold():
            numbers = read_numbers(frame[name])
            codes = made[name].str.match(r"\s*0\d").fillna(False)
            if not (numbers.reasons == "not_a_number").any() and not codes.any() and np.isfinite(numbers.values).any():
                made[name] = numbers.values
    return made


def _filtered(frame: pd.DataFrame, condition: str, where: str) -> pd.DataFrame:
    """Return the rows that a condition keeps; the condition is run by SQLite, which may only read."""
    refuse_statements(condition, where)
    connection = sqlite3.connect(":memory:")
    try:
        numbered = _comparable(frame, condition)
        numbered.insert(0, "__row__", range(len(frame)))
        numbered.to_sql("data", connection, index=False)
        reading = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION}
        connection.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in reading else sqlite3.SQLITE_DENY)
        # The condition is the study's own text, as for any layer filter; the authorizer holds it to reading.
        query = f'SELECT "__row__" FROM data WHERE ({condition})'  # nosec B608
        rows = [row[0] for row in connection.execute(query)]
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise SourceError(Problem("source.bad_filter", where, {"filter": condition, "reason": str(error)})) from error
    finally:
        connection.close()
    return frame.iloc[rows].reset_index(drop=True)
