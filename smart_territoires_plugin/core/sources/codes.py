"""Territory codes: their writing repaired, arrondissements, and codes of another vintage carried over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

ARRONDISSEMENTS = {
    **{f"751{number:02d}": "75056" for number in range(1, 21)},
    **{f"6938{number}": "69123" for number in range(1, 10)},
    **{f"132{number:02d}": "13055" for number in range(1, 17)},
}
# Kinds of event after which a commune's territory lives on under another code (INSEE, file of movements, field MOD):
# suppression, merger, new commune, associated merger, change of département, transfer of the chef-lieu.
_CARRYING = {"30", "31", "32", "33", "41", "50"}


def usual_length(codes: Iterable[str]) -> int:
    """Return the most frequent length of codes."""
    return Counter(len(code) for code in codes).most_common(1)[0][0]


def normalise(codes: pd.Series, length: int) -> tuple[np.ndarray, np.ndarray]:
    """Return codes as they should be written, and which ones were changed.

    Parameters
    ----------
    codes : Series
        Codes as a file writes them: text, or numbers of a spreadsheet.
    length : int
        Usual length; a shorter all-digit code has lost its zeros.

    Examples
    --------
    >>> normalise(pd.Series(["1004", " 2a004", "75056.0", "'01002'"]), 5)[0].tolist()
    ['01004', '2A004', '75056', '01002']
    """
    raw = codes.astype("string").fillna("")
    made = raw.str.strip().str.strip("'\"").str.strip().str.upper().str.replace(r"\.0+$", "", regex=True)
    short = made.str.fullmatch(r"\d+").to_numpy(dtype=bool, na_value=False) & (made.str.len() < length).to_numpy(
        dtype=bool
    )
    made = made.where(~short, made.str.zfill(length))
    written = raw.to_numpy(dtype=object)
    result = made.to_numpy(dtype=object)
    return result, result != written


@dataclass(frozen=True)
class Successors:
    """Which commune holds the territory of a former one.

    Parameters
    ----------
    next_code : mapping
        Former code → (code that followed, date of effect).
    """

    next_code: Mapping[str, tuple[str, str]]

    def final(self, code: str) -> tuple[str, str]:
        """Return the last code that a territory came to lie in, with the date of the last change ('' if none)."""
        date = ""
        seen = {code}
        while code in self.next_code:
            code, date = self.next_code[code]
            if code in seen:
                break
            seen.add(code)
        return code, date


def successors(movements: pd.DataFrame, until: str = "9999-12-31") -> Successors:
    """Return the successors of former communes, from INSEE's file of movements.

    Parameters
    ----------
    movements : DataFrame
        Columns ``MOD``, ``DATE_EFF``, ``TYPECOM_AV``, ``COM_AV``, ``TYPECOM_AP``, ``COM_AP``, as text.
    until : str
        Last date of effect to heed, for a table of an older vintage.

    Notes
    -----
    A commune that was split off again later is its own once more: the event that restored it ends the succession.
    """
    rows = movements[(movements["DATE_EFF"] <= until) & (movements["TYPECOM_AP"] == "COM")]
    rows = rows.sort_values("DATE_EFF", kind="stable")
    following: dict[str, tuple[str, str]] = {}
    columns = ("MOD", "DATE_EFF", "TYPECOM_AV", "COM_AV", "COM_AP")
    for kind, date, type_before, before, after in zip(*(rows[column] for column in columns), strict=True):
        if kind in ("20", "21"):
            following.pop(after, None)
        elif kind in _CARRYING and type_before == "COM" and before != after:
            following[before] = (after, date)
    return Successors(following)
