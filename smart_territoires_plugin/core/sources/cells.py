"""Numbers written as text, the French way too: decimal commas, thousands spaces, per cents, statistical secrecy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

WITHHELD = ("s", "nc", "n.c.", "***", "ns", "secret")
ABSENT = ("", "n/d", "nd", "n.d.", "-", "–", "—", "n/a", "na", "nan", "none", "null", "…", "...")
_SPACES = str.maketrans("", "", " \u00a0\u202f\u2009\t'\u2019")
_SIGNS = str.maketrans({"%": None, "€": None, "\u2212": "-"})


@dataclass(frozen=True)
class Numbers:
    """A column read as numbers.

    Parameters
    ----------
    values : ndarray of float, shape (n_rows,)
        NaN where there is no number.
    reasons : ndarray of str, shape (n_rows,)
        ``withheld``, ``absent``, ``not_a_number`` or ``not_finite`` where there is none; else empty.
    rewritten : int
        Cells whose writing was changed: decimal comma, thousands spaces, signs.
    """

    values: np.ndarray
    reasons: np.ndarray
    rewritten: int


def decimal_mark(texts: pd.Series) -> str:
    """Return the decimal mark of a column of texts: the mark that comes last where both are used.

    Examples
    --------
    >>> decimal_mark(pd.Series(["1,5", "2,25"])), decimal_mark(pd.Series(["1,234.5"])), decimal_mark(pd.Series(["7"]))
    (',', '.', '.')
    """
    commas, dots = texts.str.rfind(","), texts.str.rfind(".")
    both = (commas >= 0) & (dots >= 0)
    if both.any():
        return "," if (commas[both] > dots[both]).mean() > 0.5 else "."
    return "," if (commas >= 0).any() else "."


def _plain_numbers(texts: pd.Series, mark: str, other: str, found: bool) -> pd.Series:
    """Return texts with a decimal point and without thousands marks; what is neither number nor thousands is left out.

    A cell that uses the other mark where no thousands mark can stand is read with that mark if the column's was
    found, not given: ``1.5`` among ``2,5`` is no fifteen.
    """
    thousands = texts.str.fullmatch(rf"[+-]?[1-9]\d{{0,2}}(?:\{other}\d{{3}})+(?:\{mark}\d*)?")
    strange = (texts.str.contains(other, regex=False) & ~thousands).fillna(False).to_numpy(dtype=bool)
    made = texts.str.replace(other, "", regex=False).str.replace(mark, ".", regex=False)
    turned = texts.str.replace(other, ".", regex=False).where(texts.str.fullmatch(rf"[+-]?\d*\{other}\d*") & found)
    return made.where(~strange, turned.astype(made.dtype))


def read_numbers(column: pd.Series, decimal: str | None = None, missing: tuple = ()) -> Numbers:
    """Read a column of texts or numbers as numbers.

    Parameters
    ----------
    column : Series
        Texts, numbers or None.
    decimal : {",", "."}, optional
        The decimal mark; found from the column if not given.
    missing : tuple of str
        Further texts that stand for no value.

    Examples
    --------
    >>> read_numbers(pd.Series(["1 234,5", "n/d", "s"])).values.tolist()
    [1234.5, nan, nan]
    """
    size = len(column)
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        values = column.to_numpy(dtype=float, na_value=np.nan)
        reasons = np.where(np.isnan(values), "absent", np.where(np.isinf(values), "not_finite", "")).astype(object)
        return Numbers(np.where(np.isfinite(values), values, np.nan), reasons, 0)
    if decimal in (None, ".") and not missing:
        # Most columns are plain numbers throughout, and need none of what follows.
        plain = pd.to_numeric(column, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
        boolean = column.dtype == object and any(isinstance(cell, bool) for cell in column)
        if np.isfinite(plain).all() and not boolean:
            return Numbers(plain, np.full(size, "", dtype=object), 0)
    # A spreadsheet's cell that is a number already has no decimal mark to be found.
    numeric = np.array([isinstance(cell, (int, float)) and not isinstance(cell, bool) for cell in column], dtype=bool)
    texts = column.astype("string").fillna("").str.strip()
    lowered = texts.str.lower()
    withheld = lowered.isin(WITHHELD).to_numpy(dtype=bool)
    absent = lowered.isin((*ABSENT, *(item.lower() for item in missing))).to_numpy(dtype=bool)
    bare = texts.str.translate(_SPACES).str.translate(_SIGNS)
    mark = decimal or decimal_mark(bare[~(withheld | absent | numeric)])
    bare = _plain_numbers(bare, mark, "," if mark == "." else ".", decimal is None).where(~numeric, texts)
    values = pd.to_numeric(bare.where(~(withheld | absent)), errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    reasons = np.full(size, "", dtype=object)
    reasons[np.isnan(values)] = "not_a_number"
    reasons[np.isinf(values)] = "not_finite"
    reasons[absent], reasons[withheld] = "absent", "withheld"
    changed = (bare != texts).to_numpy(dtype=bool, na_value=False) & np.isfinite(values)
    return Numbers(np.where(np.isfinite(values), values, np.nan), reasons, int(changed.sum()))
