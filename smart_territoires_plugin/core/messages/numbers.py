"""Numbers as a reader of the language expects them: ``12 463 067`` in French, ``12,463,067`` in English."""

from __future__ import annotations

import math

_NARROW_NO_BREAK_SPACE = "\u202f"
_NO_BREAK_SPACE = "\u00a0"


def number(value: float, lang: str, digits: int | None = None) -> str:
    """Write a number.

    Parameters
    ----------
    value : float
        Any unit; not-a-number is written as an en dash.
    lang : {"fr", "en"}
        Language of the reader.
    digits : int, optional
        Decimals; by default two below 1, one below 100, none above, none for whole numbers.

    Examples
    --------
    >>> number(12463067, "en"), number(3.44, "fr"), number(0.087, "fr"), number(float("nan"), "en")
    ('12,463,067', '3,4', '0,09', '–')
    """
    if value is None or math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    if digits is None:
        whole = abs(value) >= 100 or float(value).is_integer()
        digits = 0 if whole else 1 if abs(value) >= 1 else 2
    written = f"{value:,.{digits}f}"
    if float(written.replace(",", "")) == 0:
        written = written.lstrip("-")
    if lang == "fr":
        return written.replace(",", _NARROW_NO_BREAK_SPACE).replace(".", ",")
    return written


def with_unit(value: float, unit: str, lang: str, digits: int | None = None) -> str:
    """Write a number with its unit, kept on one line.

    Examples
    --------
    >>> with_unit(23.45, "%", "fr") == "23,4\\u00a0%" or with_unit(23.45, "%", "fr") == "23,5\\u00a0%"
    True
    >>> with_unit(23.5, "%", "en")
    '23.5%'
    """
    written = number(value, lang, digits)
    if not unit:
        return written
    if unit == "%" and lang == "en":
        return f"{written}%"
    return f"{written}{_NO_BREAK_SPACE}{unit}"
