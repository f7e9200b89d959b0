"""XLSX: tables as sheets that a spreadsheet or QGIS reads as they are, and a legend of their columns in words."""

from __future__ import annotations

import datetime
import io
import math
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.messages import TEXTS, text
from smart_territoires_plugin.core.results.tables import FLOAT_FORMAT, disarmed, disarmed_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

# The same tables give the same bytes: a spreadsheet has no need of the second at which it was written.
_DAY = datetime.datetime(2000, 1, 1)
_ENTRY = (2000, 1, 1, 0, 0, 0)
_CORE = "docProps/core.xml"
_WIDEST, _NARROWEST = 60, 9
# What XML 1.0 cannot hold, even escaped.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CODED = ("segment", "stability", "activity_status")


def write_workbook(
    path: Path,
    sheets: Mapping[str, pd.DataFrame],
    column_labels: Mapping[str, str],
    lang: str = "en",
    notice: str = "",
) -> None:
    """Write tables as the sheets of a workbook, and a last one that explains their columns.

    Parameters
    ----------
    path : Path
    sheets : mapping of name to DataFrame
        The first row of each is its header, the column names themselves, so that QGIS joins by them as with the CSV.
    column_labels : mapping of column to str
        What each column is, in the language.
    lang : {"fr", "en"}
    notice : str
        What the data are where they are not all observed; on top of the legend, and of every printed page.

    Notes
    -----
    Numbers stay numbers of twelve digits, as in the CSV; texts stay texts, codes with their leading zero; a text that a
    spreadsheet would run as a formula is disarmed. The same tables give the same bytes.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, frame in sheets.items():
        _fill(book.create_sheet(name), frame, notice)
    _legend(book.create_sheet(text("workbook.legend", lang)), sheets, column_labels, lang, notice)
    book.properties.creator = "Smart Territoires"
    book.properties.created = book.properties.modified = _DAY
    held = io.BytesIO()
    book.save(held)
    path.write_bytes(_dateless(held.getvalue(), book.properties))


def column_labels(columns: Iterable[str], themes: Mapping[str, str], lang: str) -> dict[str, str]:
    """Return what columns of the results are, in words; those without a wording are left out.

    Parameters
    ----------
    themes : mapping of identifier to name

    Examples
    --------
    >>> column_labels(["code", "score_flood", "other"], {"flood": "Floods"}, "en")
    {'code': 'Code', 'score_flood': 'Stake: Floods'}
    """
    found = {}
    for column in columns:
        kind, _, rest = column.partition("_")
        if f"column.{column}" in TEXTS[lang]:
            found[column] = text(f"column.{column}", lang)
        elif f"outreach.column.{column}" in TEXTS[lang]:
            found[column] = text(f"outreach.column.{column}", lang)
        elif kind == "score" and rest in themes:
            found[column] = text("column.score", lang, theme=themes[rest])
        elif kind == "axis" and rest:
            found[column] = text("column.axis", lang, axis=rest)
        elif kind == "group" and rest:
            found[column] = text("column.group", lang, group=rest)
    return found


def _fill(sheet: Worksheet, frame: pd.DataFrame, notice: str) -> None:
    from openpyxl.styles import Alignment

    _header(sheet, list(frame.columns))
    columns = [_column(frame[name]) for name in frame.columns]
    wrapped = Alignment(wrap_text=True, vertical="top")
    for place, values in enumerate(columns, start=1):
        for row, value in enumerate(values, start=2):
            if value is None:
                continue
            cell = _put(sheet, row, place, value)
            if isinstance(value, str):
                # A text stays one, when a person edits it too.
                cell.number_format = "@"
                if "\n" in value:
                    cell.alignment = wrapped
    for place, (name, values) in enumerate(zip(frame.columns, columns, strict=True), start=1):
        _set_width(sheet, place, [str(name), *(str(value) for value in values if value is not None)])
    if len(frame.columns):
        sheet.auto_filter.ref = sheet.dimensions
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.print_title_rows = "1:1"
    if notice:
        sheet.oddHeader.center.text = notice.replace("&", "&&")


def _put(sheet: Worksheet, row: int, place: int, value: Any) -> Any:
    cell = sheet.cell(row=row, column=place)
    cell.value = value
    if isinstance(value, str):
        # Neither a formula nor an error, whatever its first letter.
        cell.data_type = "s"
    return cell


def _header(sheet: Worksheet, names: list[str]) -> None:
    from openpyxl.styles import Font, PatternFill

    for place, name in enumerate(names, start=1):
        cell = _put(sheet, 1, place, _safe(str(name)))
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", start_color="EEF3F6")


def _set_width(sheet: Worksheet, place: int, shown: list[str]) -> None:
    from openpyxl.utils import get_column_letter

    longest = max(len(line) for item in shown for line in (item.splitlines() or [""]))
    sheet.column_dimensions[get_column_letter(place)].width = min(max(longest + 2, _NARROWEST), _WIDEST)


def _column(values: pd.Series) -> list:
    """Return the cells of a column: numbers, texts, None where missing."""
    if pd.api.types.is_bool_dtype(values) or not pd.api.types.is_numeric_dtype(values):
        # What XML cannot hold goes first: it could hide the sign that a formula begins with.
        texts = [
            None if item is None or item is pd.NA or item != item else _safe(item) for item in values.astype(object)
        ]
        return [item or None for item in disarmed(pd.Series(texts, dtype=object))]
    return [_number(item) for item in values]


def _number(value: Any) -> float | int | str | None:
    if value is pd.NA or value is None or value != value:
        return None
    if isinstance(value, (int, np.integer)):
        return int(value)
    return float(FLOAT_FORMAT % value) if math.isfinite(value) else str(value)


def _safe(item: Any) -> str:
    return _FORBIDDEN.sub("", re.sub("\r\n?", "\n", str(item)))


def _legend(
    sheet: Worksheet, sheets: Mapping[str, pd.DataFrame], labels: Mapping[str, str], lang: str, notice: str
) -> None:
    """Explain the columns, then the codes that some of them hold."""
    from openpyxl.styles import Font

    shown = [[], [], []]
    for row, cells in enumerate(_legend_rows(sheets, labels, lang, notice), start=1):
        for place, value in enumerate(cells, start=1):
            if value:
                cell = _put(sheet, row, place, disarmed_text(_safe(value)))
                cell.font = Font(bold=len(cells) == 1 or place == 2)
                if len(cells) > 1:
                    shown[place - 1].append(value)
    for place, values in enumerate(shown, start=1):
        if values:
            _set_width(sheet, place, values)


def _legend_rows(
    sheets: Mapping[str, pd.DataFrame], labels: Mapping[str, str], lang: str, notice: str
) -> Iterator[tuple[str, ...]]:
    if notice:
        yield (notice,)
        yield ()
    for code in ("workbook.columns", "workbook.empty"):
        yield (text(code, lang),)
    for name, frame in sheets.items():
        for column in frame.columns:
            yield name, str(column), labels.get(column, "")
    coded = [column for column in _CODED if any(column in frame for frame in sheets.values())]
    if coded:
        yield ()
        yield (text("workbook.codes", lang),)
    for column in coded:
        start = f"{column}."
        for code in (code for code in TEXTS[lang] if code.startswith(start) and code.count(".") == 1):
            meaning = f"{code}.meaning"
            said = text(code, lang)
            if meaning in TEXTS[lang]:
                said = text("workbook.meaning", lang, name=said, meaning=text(meaning, lang))
            yield column, code[len(start) :], said


def _dateless(content: bytes, properties: Any) -> bytes:
    """Return a workbook with the time of writing taken out of it."""
    from openpyxl.xml.functions import tostring

    properties.modified = _DAY
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in given.namelist():
            data = tostring(properties.to_tree()) if name == _CORE else given.read(name)
            entry = zipfile.ZipInfo(name, _ENTRY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(entry, data)
    return made.getvalue()
