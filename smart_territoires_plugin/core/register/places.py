"""Which territories the codes of a register mean today, whatever their writing and vintage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.sources.codes import ARRONDISSEMENTS, Successors, normalise

NOWHERE = -1


@dataclass(frozen=True)
class Places:
    """The territories of a study by code, and those of each group by the group's code.

    Parameters
    ----------
    position : mapping of code to int
        Row of each territory.
    grouped : mapping of code to tuple of int
        Rows of the territories of each EPCI, EPT, or group of any other kind that the study names.
    code_length : int
        Usual length of a territory's code.
    successors : Successors
        What former communes became.
    """

    position: Mapping[str, int]
    grouped: Mapping[str, tuple[int, ...]]
    code_length: int
    successors: Successors

    def row(self, code: str) -> tuple[int, str]:
        """Return the row of the territory that a code means today, and its code now; `NOWHERE` if there is none.

        Examples
        --------
        >>> Places({"75056": 0}, {}, 5, Successors({})).row("75112")
        (0, '75056')
        """
        steps = (code, ARRONDISSEMENTS.get(code, code), self.successors.first_in(code, self.position)[0])
        return next(((self.position[now], now) for now in steps if now in self.position), (NOWHERE, code))

    def rows(self, column: pd.Series) -> np.ndarray:
        """Return the row of the territory of each cell of a column of codes; `NOWHERE` where there is none."""
        codes, _ = normalise(column, self.code_length)
        return np.array([self.row(code)[0] for code in codes], dtype=int)


def places_of(
    codes: np.ndarray, groups: Mapping[str, np.ndarray], code_length: int, successors: Successors | None = None
) -> Places:
    """Return the places of a study.

    Parameters
    ----------
    codes : ndarray of str, shape (n_territories,)
    groups : mapping of name to ndarray of str, shape (n_territories,)
        A code that two kinds of group share stands for the territories of both.
    code_length : int
    successors : Successors, optional

    Examples
    --------
    >>> places_of(np.array(["01001", "01002"]), {"epci": np.array(["E", "E"])}, 5).grouped
    {'E': (0, 1)}
    """
    members: dict[str, set[int]] = {}
    for values in groups.values():
        for row, code in enumerate(normalise(pd.Series(values, dtype=object), 0)[0]):
            if code:
                members.setdefault(code, set()).add(row)
    position = {code: row for row, code in enumerate(codes)}
    grouped = {code: tuple(sorted(rows)) for code, rows in members.items()}
    return Places(position, grouped, code_length, successors or Successors({}))
