"""Two rows for one project: the same title in two spellings, and titles so near that a person should look."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from difflib import SequenceMatcher

import numpy as np

from smart_territoires_plugin.core.sources.writing import plain

YEARS_APART = 1
ALIKE = 0.9  # of difflib's ratio, from which two titles are near enough to be looked at


def normal_title(title: str) -> str:
    """Return a title without accents, case, punctuation and surplus space.

    Examples
    --------
    >>> normal_title("  L’Éclairage, à la   demande ! ") == normal_title("l'eclairage a la demande")
    True
    """
    return " ".join(re.sub(r"[^0-9a-z]+", " ", plain(title)).split())


def same_project(
    titles: Sequence[str], places: Sequence[Collection], years: Sequence[float]
) -> tuple[np.ndarray, list[tuple[int, int]]]:
    """Find rows that are one project: the same title in any spelling, a place in common, years at most one apart.

    Parameters
    ----------
    titles : sequence of str, length n_rows
        A row without a title is a project of its own.
    places : sequence of collections, length n_rows
        Territories of each; a row without any has no place in common with another.
    years : sequence of float, length n_rows
        NaN where unknown; two unknown years are not apart, one alone may be.

    Returns
    -------
    first : ndarray of int, shape (n_rows,)
        First row of the project that each row belongs to. Rows that are each one with a third are one with one another,
        so that their order does not matter.
    pairs : list of (first row, later row)

    Examples
    --------
    >>> same_project(["Éclairage", "ECLAIRAGE.", "Éclairage"], [{1, 2}, {2}, {3}], [2023, 2024, 2024])[0].tolist()
    [0, 0, 2]
    """
    by_title: dict[str, list[int]] = defaultdict(list)
    for row, title in enumerate(titles):
        name = normal_title(title)
        if name:
            by_title[name].append(row)
    first = np.arange(len(titles))
    for rows in by_title.values():
        for later, row in enumerate(rows):
            for other in rows[:later]:
                if _one(row, other, places, years):
                    low, high = sorted((first[row], first[other]))
                    first[first == high] = low
    return first, [(int(first[row]), row) for row in range(len(titles)) if first[row] != row]


def _one(row: int, other: int, places: Sequence[Collection], years: Sequence[float]) -> bool:
    if not set(places[row]) & set(places[other]):
        return False
    known = [year == year for year in (years[row], years[other])]
    return abs(years[row] - years[other]) <= YEARS_APART if all(known) else not any(known)


def alike_titles(titles: Sequence[str], places: Sequence[Collection]) -> list[tuple[int, int]]:
    """Find rows in one territory whose titles are nearly the same, though not quite.

    Numbers tell projects apart: "phase 1" and "phase 2" are not alike.

    Returns
    -------
    list of (row, later row), in order
        Those of which difflib's ratio is `ALIKE` or more.

    Examples
    --------
    >>> alike_titles(["Capteurs de crue", "Capteur de crues", "Capteurs 2"], [{1}, {1}, {1}])
    [(0, 1)]
    """
    names = [normal_title(title) for title in titles]
    by_place: dict[object, list[int]] = defaultdict(list)
    for row, rows in enumerate(places):
        for place in rows:
            by_place[place, tuple(re.findall(r"\d+", names[row]))].append(row)
    found: set[tuple[int, int]] = set()
    for rows in by_place.values():
        found.update(_alike(rows, names))
    return sorted(found)


def _alike(rows: list[int], names: list[str]) -> list[tuple[int, int]]:
    """Return the pairs that are alike; how often each letter stands in both already rules most of them out."""
    letters = sorted(set("".join(names[row] for row in rows)))
    counted = [Counter(names[row]) for row in rows]
    counts = np.array([[count[letter] for letter in letters] for count in counted], dtype=np.int32)
    lengths = np.array([len(names[row]) for row in rows])
    found = []
    for place, row in enumerate(rows[:-1]):
        shared = np.minimum(counts[place], counts[place + 1 :]).sum(axis=1)
        near = 2 * shared >= ALIKE * (lengths[place] + lengths[place + 1 :])
        for other in (rows[place + 1 + step] for step in np.flatnonzero(near)):
            same = names[row] == names[other]
            if not same and SequenceMatcher(None, names[row], names[other], autojunk=False).ratio() >= ALIKE:
                found.append((row, other))
    return found
