"""The faults of real tables, put in on purpose: lost zeros, secrets, an empty cell, a missing row."""

from __future__ import annotations

import numpy as np
import pandas as pd


def lose_zeros(table: pd.DataFrame, rng: np.random.Generator, share: float) -> pd.DataFrame:
    """Return the table with a share (0–1) of its codes as a spreadsheet leaves them: 00101 → 101."""
    lost = rng.random(len(table)) < share
    lost[0] = True
    codes = table["code_insee"]
    return table.assign(code_insee=codes.where(~lost, codes.str.lstrip("0")))


def keep_secret(table: pd.DataFrame, column: str, population: np.ndarray, words: tuple[str, ...]) -> pd.DataFrame:
    """Return the table with the values of the smallest communes replaced by the words of statistical secrecy."""
    smallest = np.argsort(population, kind="stable")[: 2 * len(words)]
    values = table[column].astype(object).copy()
    for place, row in enumerate(smallest):
        values.iloc[row] = words[place % len(words)]
    return table.assign(**{column: values})


def leave_empty(table: pd.DataFrame, column: str, row: int) -> pd.DataFrame:
    """Return the table with one cell empty."""
    values = table[column].astype(object).copy()
    values.iloc[row] = None
    return table.assign(**{column: values})


def drop_row(table: pd.DataFrame, row: int) -> pd.DataFrame:
    """Return the table without one of its rows."""
    return table.drop(index=table.index[row])
