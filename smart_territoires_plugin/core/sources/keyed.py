"""A keyed table brought onto the territories: matched, carried over between vintages, and every gap explained."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.sources.codes import ARRONDISSEMENTS, Successors
from smart_territoires_plugin.core.sources.quality import QualityRecord, record

COMBINATIONS = {"sum": np.sum, "mean": np.mean, "max": np.max, "first": lambda values: values[0]}


@dataclass(frozen=True)
class Correspondence:
    """Which rows of a table speak of which territory.

    Parameters
    ----------
    rows : list of ndarray, one per territory
        Row numbers of the table that the territory is made of; empty where none speaks of it.
    shares : ndarray, shape (n_territories,)
        Share of its rows' totals that belongs to the territory: below 1 where a row covers several territories.
    carried : ndarray of str, shape (n_territories,)
        How the match was had where it is not direct (``arrondissements``, ``merged``, ``split``), else empty.
    keys : ndarray of str, shape (n_rows,)
        Code of each row, as it should be written.
    quality : tuple of QualityRecord
        What was carried over, what matches nothing.
    """

    rows: list
    shares: np.ndarray
    carried: np.ndarray
    keys: np.ndarray
    quality: tuple[QualityRecord, ...] = field(default=())


def match(
    source: str, codes: np.ndarray, areas_m2: np.ndarray, keys: np.ndarray, successors: Successors
) -> Correspondence:
    """Match the rows of a table to territories by code.

    Parameters
    ----------
    source : str
        Identifier of the source, for the records.
    codes : ndarray of str, shape (n_territories,)
        Codes of the territories.
    areas_m2 : ndarray, shape (n_territories,)
        A row that covers several territories is shared among them by area.
    keys : ndarray of str, shape (n_rows,)
        Codes of the rows, already normalised.
    successors : Successors
        Former communes and what they became.
    """
    by_key: dict[str, list[int]] = defaultdict(list)
    for row, key in enumerate(keys):
        by_key[key].append(row)
    known = set(codes)
    rows: list = [list(by_key.get(code, ())) for code in codes]
    shares = np.ones(len(codes))
    carried = np.full(len(codes), "", dtype=object)
    quality: list[QualityRecord] = []
    position = {code: index for index, code in enumerate(codes)}
    used = {code for code in codes if code in by_key}

    # Rows of parts that belong to one territory: arrondissements, communes merged since the table was made.
    gathered: dict[int, list[str]] = defaultdict(list)
    for key in by_key:
        if key not in known:
            whole = ARRONDISSEMENTS.get(key) or successors.first_in(key, position)[0]
            if whole in position and (key in ARRONDISSEMENTS) <= (not rows[position[whole]]):
                gathered[position[whole]].append(key)
    for index, parts in gathered.items():
        how = "arrondissements" if parts[0] in ARRONDISSEMENTS else "merged"
        rows[index] = rows[index] + [row for part in parts for row in by_key[part]]
        carried[index] = how
        used.update(parts)
        quality.append(_carried(source, how, codes[index], ", ".join(sorted(parts))))

    # One row that covers several territories: a commune merged since the territories were drawn, or Paris as a whole.
    spread: dict[str, list[int]] = defaultdict(list)
    dates: dict[str, str] = {}
    for index, code in enumerate(codes):
        if not rows[index]:
            later = (ARRONDISSEMENTS[code], "") if code in ARRONDISSEMENTS else successors.first_in(code, by_key)
            whole, dates[code] = later
            if whole in by_key and whole != code:
                spread[whole].append(index)
    for whole, indices in spread.items():
        members = indices + ([position[whole]] if whole in position else [])
        # Where the extent of a member is unknown, so is everybody's share.
        total_m2 = areas_m2[members].sum() if (areas_m2[members] > 0).all() else 0.0
        for index in members:
            rows[index] = list(by_key[whole])
            shares[index] = areas_m2[index] / total_m2 if total_m2 > 0 else np.nan
            carried[index] = "split"
            date = dates.get(codes[index], "")
            quality.append(_carried(source, "split", codes[index], f"{whole} {date}".strip()))
        used.add(whole)

    unmatched = [_likely(key, successors) for key in by_key if key and key not in used]
    quality += record(source, "rows_without_territory", "W", unmatched)
    quality += record(source, "rows_without_code", "W", [f"{row + 1}" for row in by_key.get("", ())])
    for index in np.flatnonzero([not found for found in rows]):
        whole, date = successors.final(codes[index])
        reason = f"→ {whole} {date}" if whole != codes[index] else ""
        quality.append(QualityRecord(source, "territory_without_row", "W", 1, reason, codes[index]))
    return Correspondence([np.array(found, dtype=int) for found in rows], shares, carried, keys, tuple(quality))


def _carried(source: str, how: str, code: str, example: str) -> QualityRecord:
    return QualityRecord(source, f"carried_{how}", "R", 1, example, code)


def _likely(key: str, successors: Successors) -> str:
    """Return an unmatched code with the likeliest reason: that its commune became another one."""
    now, date = successors.final(key)
    return key if now == key else f"{key} → {now} {date}"


def total(correspondence: Correspondence, values: np.ndarray, combine: str | None = None) -> np.ndarray:
    """Return the total of a column over each territory's rows; NaN where one is missing or there is no row.

    Parameters
    ----------
    values : ndarray, shape (n_rows,)
        An extensive quantity: parts add up, a row that covers several territories is shared by area.
    combine : {"sum", "mean", "max", "first"}, optional
        What several rows of one code give; parts with codes of their own add up in any case.
    """
    sums = [_sum(values, found, correspondence.keys, combine) for found in correspondence.rows]
    return np.array(sums, dtype=float) * correspondence.shares


def _sum(values: np.ndarray, rows: np.ndarray, keys: np.ndarray, combine: str | None) -> float:
    if rows.size == 0:
        return np.nan
    if combine in (None, "sum") or rows.size == 1:
        return float(values[rows].sum())
    by_key: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        by_key[keys[row]].append(values[row])
    return float(sum(COMBINATIONS[combine](np.array(found)) for found in by_key.values()))


def counts(correspondence: Correspondence) -> np.ndarray:
    """Return the number of rows of each territory; 0 where the table has none."""
    return np.array([found.size for found in correspondence.rows], dtype=float)


def first_text(correspondence: Correspondence, values: pd.Series) -> np.ndarray:
    """Return a text column's value for each territory; '' where the table has no row or none that all rows share."""
    texts = values.astype("string").fillna("").str.strip().to_numpy(dtype=object)
    found = []
    for rows in correspondence.rows:
        distinct = set(texts[rows])
        found.append(distinct.pop() if len(distinct) == 1 else "")
    return np.array(found, dtype=object)
