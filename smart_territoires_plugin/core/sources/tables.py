"""Tables → text columns: CSV with its French habits, XLSX, JSON arrays, and the attributes of vector files."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from dataclasses import dataclass

import pandas as pd

from smart_territoires_plugin.core.errors import Problem, SourceError
from smart_territoires_plugin.core.sources.files import VECTORS, Located, locate
from smart_territoires_plugin.core.sources.quality import QualityRecord
from smart_territoires_plugin.core.study import Source

_SEPARATORS = ";,\t|"
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
    if located.suffix in VECTORS or located.suffix == ".dbf":
        from smart_territoires_plugin.core.sources.vectors import read_attributes

        return Table(read_attributes(source).reset_index(drop=True), ())
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
        except (UnicodeDecodeError, LookupError) as error:
            raise SourceError(Problem("table.encoding", where, {"encoding": wanted, "reason": str(error)})) from error
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16"), [QualityRecord(source.id, "encoding", "R", 1, "UTF-16")]
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        # cp1252 reads every latin-1 text; five bytes stand for nothing in it, and are kept as marks to be seen.
        text = content.decode("cp1252", errors="replace")
        example = content[max(0, error.start - 15) : error.start + 15].decode("cp1252", errors="replace")
        outcome = "W" if "\ufffd" in text else "R"
        return text, [QualityRecord(source.id, "encoding", outcome, 1, f"cp1252: {' '.join(example.split())}")]


def _separator(sample: str) -> str:
    try:
        return csv.Sniffer().sniff(sample, _SEPARATORS).delimiter
    except csv.Error:
        first = sample.splitlines()[0] if sample else ""
        return max(_SEPARATORS, key=first.count)


def _read_csv(source: Source, located: Located, where: str) -> Table:
    text, quality = _decoded(source, located.file.read_bytes(), where)
    skip = source.options.get("skip", 0)
    if "\x00" in text[:_SAMPLE_CHARACTERS]:
        raise SourceError(Problem("source.damaged", where, {"reason": "binary content"}))
    sample = "".join(text.splitlines(keepends=True)[skip:50])[:_SAMPLE_CHARACTERS]
    separator = source.options.get("separator") or _separator(sample)
    try:
        frame = pd.read_csv(
            io.StringIO(text), sep=separator, skiprows=skip, dtype=str, keep_default_na=False, index_col=False
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError) as error:
        raise SourceError(Problem("table.unreadable", where, {"reason": str(error).splitlines()[0]})) from error
    return Table(frame, tuple(quality))


def _read_spreadsheet(source: Source, located: Located, where: str) -> Table:
    reasons = []
    for engine in ("calamine", "openpyxl"):
        try:
            frame = pd.read_excel(
                located.file,
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
        content = json.loads(located.file.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise SourceError(Problem("table.unreadable", where, {"reason": str(error).splitlines()[0]})) from error
    if isinstance(content, dict) and content.get("type") == "FeatureCollection":
        content = [feature.get("properties") or {} for feature in content.get("features", [])]
    if not isinstance(content, list) or not all(isinstance(row, dict) for row in content):
        raise SourceError(Problem("table.unreadable", where, {"reason": "not an array of objects"}))
    return Table(pd.DataFrame(content, dtype=object), ())


def _filtered(frame: pd.DataFrame, condition: str, where: str) -> pd.DataFrame:
    """Return the rows that a condition keeps; the condition is run by SQLite, which may only read."""
    connection = sqlite3.connect(":memory:")
    try:
        numbered = frame.astype("string")
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
