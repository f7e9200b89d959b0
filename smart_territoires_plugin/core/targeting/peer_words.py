"""Sentences on a peer: how alike it is, by what, by what it differs, and what it did."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from smart_territoires_plugin.core.messages import number, text
from smart_territoires_plugin.core.messages.numbers import with_unit
from smart_territoires_plugin.core.messages.units import text_unit
from smart_territoires_plugin.core.scoring.composite import Scores
from smart_territoires_plugin.core.study.model import Name
from smart_territoires_plugin.core.targeting.peers import Deed, told

CLOSEST = 3
FARTHEST = 2
MOST_ALIKE = 100.0


@dataclass(frozen=True)
class Compared:
    """What territories are compared by.

    Parameters
    ----------
    names : tuple of Name
    units : tuple of str
    values : ndarray, shape (n_territories, n_coordinates)
        In their own units; NaN where unknown or imputed, which is never cited.
    """

    names: tuple[Name, ...]
    units: tuple[str, ...]
    values: np.ndarray


def compared_by(scores: Scores, population: np.ndarray) -> Compared:
    """Return what territories are compared by: the usable indicators and the number of inhabitants."""
    measured = np.where(scores.imputed, np.nan, scores.completed)[:, scores.usable]
    people = np.where(population > 0, population, np.nan)
    shown = [indicator for indicator, usable in zip(scores.indicators, scores.usable, strict=True) if usable]
    names = (*(indicator.name for indicator in shown), Name(text("peers.size", "fr"), text("peers.size", "en")))
    units = (*(indicator.unit for indicator in shown), "")
    return Compared(names, units, np.column_stack([measured, people]))


def shares_less_alike(compared: Compared, row: int, peer: int) -> np.ndarray:
    """Return, coordinate by coordinate, the share of other territories that are less alike than the peer.

    Returns
    -------
    ndarray, shape (n_coordinates,)
        0–1, of the other territories whose value is known; NaN where that of either is not, or no other is. A value
        that most territories have says little, and a long tail does not make all others look alike.
    """
    values = compared.values
    gaps = np.abs(values - values[row])
    others = np.ones(len(values), dtype=bool)
    others[[row, peer]] = False
    known = ~np.isnan(gaps)
    counts = (known & others[:, None]).sum(axis=0)
    less = (np.where(known, gaps, -np.inf) > np.nan_to_num(gaps[peer])[None, :])[others].sum(axis=0)
    shares = np.full(values.shape[1], np.nan)
    np.divide(less, counts, out=shares, where=known[peer] & (counts > 0))
    return shares


def alike_and_different(compared: Compared, row: int, peer: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the coordinates by which two territories are most alike, and those by which they differ most.

    Closest is where most other territories are less alike, seen from both: of two extremes the nearest may be far, and
    what is near to a usual place seldom is near to them. By a value that both have they do not differ, however many
    have it. A coordinate is never in both lists.

    Returns
    -------
    alike, different : ndarray of int
        Columns, the closest first and the farthest first; at most three and two.
    """
    both = np.stack([shares_less_alike(compared, row, peer), shares_less_alike(compared, peer, row)])
    lower, mean = both.min(axis=0), both.mean(axis=0)
    known = np.flatnonzero(~np.isnan(lower))
    order = known[np.lexsort((known, -mean[known], -lower[known]))]
    alike = order[:CLOSEST]
    limit = lower[alike].min(initial=1.0)
    differs = (lower < limit) & (compared.values[row] != compared.values[peer])
    different = [column for column in order[::-1] if differs[column]][:FARTHEST]
    return alike, np.array(different, dtype=int)


def peer_sentences(
    row: int,
    peer: int,
    names: np.ndarray,
    share: float,
    compared: Compared,
    lang: str,
    theme: str = "",
    deeds: Sequence[Deed] = (),
    others: Sequence[Deed] = (),
) -> str:
    """Return what there is to say of a peer, each sentence with the values of both territories.

    Parameters
    ----------
    row, peer : int
        Rows of the two.
    names : ndarray of str, shape (n_territories,)
    share : float
        ``likeness_share``: percent of the other territories that are less alike; NaN to leave it out.
    compared : Compared
    lang : {"fr", "en"}
    theme : str
        Name of the theme to speak about, in the language.
    deeds, others : sequence of Deed
        What the peer did on the theme; without any, what it did on other themes is told instead.

    Returns
    -------
    str
        Sentences separated by line feeds; '' where nothing is known.
    """
    pair = {"name": names[row], "peer": names[peer]}
    join = text("peers.join", lang)
    said = []
    if share >= MOST_ALIKE:
        said.append(text("peers.likeness_most", lang, **pair))
    elif not math.isnan(share):
        # Rounded down, or a peer that is not the most alike would be said to be it.
        said.append(text("peers.likeness", lang, share=number(math.floor(share), lang), **pair))
    alike, different = alike_and_different(compared, row, peer)
    if alike.size:
        said.append(text("peers.alike", lang, details=_details(compared, row, peer, alike, lang), **pair))
    if different.size:
        said.append(text("peers.different", lang, details=_details(compared, row, peer, different, lang), **pair))
    if deeds:
        code = "peers.did_on" if theme else "peers.did"
        said.append(text(code, lang, theme=theme, did=told(deeds, join), **pair))
    elif others:
        said.append(text("peers.did_else", lang, did=told(others, join), **pair))
    return "\n".join(said)


def _details(compared: Compared, row: int, peer: int, columns: np.ndarray, lang: str) -> str:
    shown = []
    for column in columns:
        unit = text_unit(compared.units[column], lang)
        own, other = (with_unit(compared.values[place, column], unit, lang) for place in (row, peer))
        shown.append(text("peers.both", lang, what=compared.names[column][lang], own=own, other=other))
    return text("peers.join", lang).join(shown)
