"""CSV: UTF-8, comma, decimal point, empty where missing; text that a spreadsheet would run as a formula is disarmed."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
# Twelve digits tell any two values apart that a reader could, and hide what differs between processors.
FLOAT_FORMAT = "%.12g"


def disarmed(texts: pd.Series) -> pd.Series:
    """Return texts with an apostrophe before those that a spreadsheet would take for a formula.

    Examples
    --------
    >>> disarmed(pd.Series(["=1+1", "plain", None])).tolist()[:2]
    ["'=1+1", 'plain']
    """
    return pd.Series([_disarmed(item) for item in texts], index=texts.index, dtype=texts.dtype, name=texts.name)


def disarmed_text(written: str) -> str:
    """Return a text with an apostrophe before it where a spreadsheet would take it for a formula.

    Examples
    --------
    >>> disarmed_text("-1+cmd"), disarmed_text("plain")
    ("'-1+cmd", 'plain')
    """
    return f"'{written}" if written.startswith(_DANGEROUS) else written


def _disarmed(item: object) -> object:
    if isinstance(item, str):
        return disarmed_text(item)
    if item is None or item is pd.NA or item != item:
        return item
    written = disarmed_text(str(item))
    return written if written[:1] == "'" else item


def armed(written: str) -> str:
    """Return a text as it was before ``disarmed``.

    Examples
    --------
    >>> armed("'=1+1"), armed("'tis")
    ('=1+1', "'tis")
    """
    return written[1:] if written[:1] == "'" and written[1:2] in _DANGEROUS else written


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a table; columns of numbers stay numbers."""
    safe = frame.copy()
    for name in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[name]):
            texts = disarmed(safe[name].astype(object))
            # A lone carriage return would end the row for many readers, quotes or none.
            safe[name] = texts.map(lambda item: re.sub("\r\n?", "\n", item) if isinstance(item, str) else item)
    safe.to_csv(path, index=False, float_format=FLOAT_FORMAT, lineterminator="\n", encoding="utf-8")
