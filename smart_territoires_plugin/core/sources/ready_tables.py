"""A ready table: one row per territory with its key, and columns of numbers, every problem told at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.errors import Problem, SourceError
from smart_territoires_plugin.core.sources.cells import Numbers, read_numbers
from smart_territoires_plugin.core.sources.contents import content_hash
from smart_territoires_plugin.core.sources.fields import find_field
from smart_territoires_plugin.core.sources.quality import MAX_EXAMPLES
from smart_territoires_plugin.core.sources.tables import read_table
from smart_territoires_plugin.core.study import Source
from smart_territoires_plugin.core.study.framework import Framework
from smart_territoires_plugin.core.study.schema import nearest


@dataclass(frozen=True)
class ReadyTable:
    """What a framework needs of a table.

    Parameters
    ----------
    keys : ndarray of str, shape (n_territories,)
        As the table writes them.
    values : ndarray, shape (n_territories, n_indicators)
        In the order of the framework's indicators; NaN where missing.
    denominators : mapping of column to ndarray, shape (n_territories,)
    texts : mapping of column to ndarray of str, shape (n_territories,)
        Groups and strata; '' where empty.
    sha256 : str
        Of the file.
    """

    keys: np.ndarray
    values: np.ndarray
    denominators: Mapping[str, np.ndarray]
    texts: Mapping[str, np.ndarray]
    sha256: str


def read_ready_table(path: Path, framework: Framework) -> ReadyTable:
    """Read the columns of a table that a framework names.

    Raises
    ------
    SourceError
        With every problem: columns that are not there, keys that are empty or twice, cells that are no numbers.
    """
    path = Path(path)
    source = Source(path.name, path, options=dict(framework.table))
    frame = read_table(source).frame
    where = path.name
    if frame.empty:
        raise SourceError(Problem("framework.empty_table", where))
    group = framework.scoring.missing.parameters.get("group")
    texts = tuple(dict.fromkeys([*framework.strata, *([group] if group else [])]))
    wanted = {framework.key: "key"}
    wanted.update({indicator.id: indicator.id for indicator in framework.indicators})
    wanted.update({i.denominator: i.id for i in framework.indicators if i.denominator})
    wanted.update(dict.fromkeys(texts, "strata, missing"))
    columns = {name: find_field(name, frame.columns) for name in wanted}
    absent = [name for name, found in columns.items() if found is None]
    if absent:
        known = [str(name) for name in frame.columns[:200]]
        raise SourceError(
            *(
                Problem(
                    "framework.no_column",
                    where,
                    {"column": name, "place": wanted[name], "known": nearest(name, known)},
                )
                for name in absent
            )
        )
    keys, problems = _keys(frame[columns[framework.key]], framework.key, where)
    numbers = {}
    for name in dict.fromkeys([*(i.id for i in framework.indicators), *_denominators(framework)]):
        decimal, missing = framework.table.get("decimal"), tuple(framework.table.get("missing", ()))
        numbers[name] = read_numbers(frame[columns[name]], decimal, missing)
        problems += _unreadable(numbers[name], frame[columns[name]], name, where)
    if problems:
        raise SourceError(*problems)
    return ReadyTable(
        keys,
        np.column_stack([numbers[indicator.id].values for indicator in framework.indicators]),
        {name: numbers[name].values for name in _denominators(framework)},
        {name: _texts(frame[columns[name]]) for name in texts},
        content_hash(source),
    )


def _denominators(framework: Framework) -> list[str]:
    return list(dict.fromkeys(i.denominator for i in framework.indicators if i.denominator))


def _texts(column: pd.Series) -> np.ndarray:
    return column.astype("string").fillna("").str.strip().to_numpy(dtype=object)


def _keys(column: pd.Series, key: str, where: str) -> tuple[np.ndarray, list[Problem]]:
    keys = _texts(column)
    problems = []
    empty = np.flatnonzero(keys == "")
    if empty.size:
        # The first line of a table holds the names.
        examples = ", ".join(str(row + 2) for row in empty[:MAX_EXAMPLES])
        problems.append(Problem("framework.empty_key", where, {"count": empty.size, "key": key, "examples": examples}))
    doubled = [name for name, count in Counter(keys[keys != ""]).items() if count > 1]
    if doubled:
        examples = ", ".join(map(str, doubled[:MAX_EXAMPLES]))
        problems.append(Problem("framework.duplicated_key", where, {"key": key, "examples": examples}))
    return keys, problems


def _unreadable(numbers: Numbers, column: pd.Series, name: str, where: str) -> list[Problem]:
    """Return the cells that hold something else than a number, which nobody meant as missing."""
    found = []
    for reason, code in (("not_a_number", "framework.not_numbers"), ("not_finite", "framework.not_finite")):
        rows = np.flatnonzero(numbers.reasons == reason)
        if rows.size:
            examples = ", ".join(f"{column.iloc[row]}" for row in rows[:MAX_EXAMPLES])
            found.append(Problem(code, where, {"column": name, "count": rows.size, "examples": examples}))
    return found
