"""Territory codes: their writing repaired, arrondissements, and codes of another vintage carried over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
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
_QUOTES = "'\"\u2019\u201c\u201d\u00ab\u00bb"
_CARRYING = {"30", "31", "32", "33", "41", "50"}


# Communes (5) and IRIS (9) whose département has a code that begins with 0 are most often written one digit short.
_SHORTENED = (4, 8)


def usual_length(codes: Iterable[str], as_numbers: bool = False) -> int:
    """Return the length that codes should have: the most frequent one, or one more where that one lost its zero.

    Parameters
    ----------
    as_numbers : bool
        Whether the file holds numbers, which never begin with 0.

    Examples
    --------
    >>> usual_length(["01001", "01002", "2A004"]), usual_length(["1001", "1002", "10003"])
    (5, 5)
    """
    lengths = Counter(len(code) for code in codes)
    usual = lengths.most_common(1)[0][0]
    shortened = usual in _SHORTENED and (usual + 1 in lengths or as_numbers)
    return usual + 1 if shortened else usual


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
    >>> normalise(pd.Series(["1004", " 2a004", "75056.0", "'01002'", "75 056"]), 5)[0].tolist()
    ['01004', '2A004', '75056', '01002', '75056']
    """
    raw = codes.astype("string").fillna("")
    made = raw.str.replace(r"[\s\ufeff]+", "", regex=True).str.strip(_QUOTES).str.upper()
    made = made.str.replace(r"(?<=\d)(?:\.0+)+$", "", regex=True)
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

    def following(self, code: str) -> list[tuple[str, str]]:
        """Return the codes that a territory came to lie in, one after the other, each with its date of effect.

        Examples
        --------
        >>> Successors({"A": ("B", "2016-01-01"), "B": ("C", "2019-01-01")}).following("A")
        [('B', '2016-01-01'), ('C', '2019-01-01')]
        """
        steps: list[tuple[str, str]] = []
        seen = {code}
        while code in self.next_code and self.next_code[code][0] not in seen:
            code, date = self.next_code[code]
            steps.append((code, date))
            seen.add(code)
        return steps

    def first_in(self, code: str, known: Container[str]) -> tuple[str, str]:
        """Return the first code after a former one that is known, with its date; the last one if none is.

        Both sides may be of any vintage: a commune merged twice lies in the first of its successors that is there.
        """
        steps = self.following(code)
        return next((step for step in steps if step[0] in known), steps[-1] if steps else (code, ""))

    def final(self, code: str) -> tuple[str, str]:
        """Return the last code that a territory came to lie in, with the date of the last change ('' if none)."""
        return self.first_in(code, ())


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
