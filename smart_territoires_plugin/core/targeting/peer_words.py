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


@dataclass(frozen=True)
class Compared:
    """What territories are compared by.

    Parameters
    ----------
    names : tuple of Name
    units : tuple of str
    values : ndarray, shape (n_territories, n_coordinates)
        In their own units; NaN where unknown or imputed, which is never cited.
    coordinates : ndarray, shape (n_territories, n_coordinates)
        As ``peers.likeness`` has them.
    """

    names: tuple[Name, ...]
    units: tuple[str, ...]
    values: np.ndarray
    coordinates: np.ndarray


def compared_by(scores: Scores, population: np.ndarray, coordinates: np.ndarray) -> Compared:
    """Return what territories are compared by: the usable indicators and the number of inhabitants.

    Parameters
    ----------
    coordinates : ndarray, shape (n_territories, n_usable + 1)
        ``likeness(scores.normalised[:, scores.usable], population)``.
    """
    measured = np.where(scores.imputed, np.nan, scores.completed)[:, scores.usable]
    people = np.where(population > 0, population, np.nan)
    shown = [indicator for indicator, usable in zip(scores.indicators, scores.usable, strict=True) if usable]
    names = (*(indicator.name for indicator in shown), Name(text("peers.size", "fr"), text("peers.size", "en")))
    units = (*(indicator.unit for indicator in shown), "")
    return Compared(names, units, np.column_stack([measured, people]), coordinates)


def alike_and_different(compared: Compared, row: int, peer: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the coordinates by which two territories are most alike, and those by which they differ most.

    Only what is known of both counts; a coordinate is never in both lists, and one by which they differ is farther
    apart than any by which they are alike.

    Returns
    -------
    alike, different : ndarray of int
        Columns, the closest first and the farthest first; at most three and two.
    """
    known = np.flatnonzero(~np.isnan(compared.values[row]) & ~np.isnan(compared.values[peer]))
    gaps = np.abs(compared.coordinates[row, known] - compared.coordinates[peer, known])
    order = np.argsort(gaps, kind="stable")
    alike = order[:CLOSEST]
    limit = gaps[alike].max(initial=0.0)
    different = [column for column in order[::-1] if gaps[column] > limit][:FARTHEST]
    return known[alike], known[np.array(different, dtype=int)]


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
    if not math.isnan(share):
        # Rounded down: "than 100 % of the others" would be said of a peer that is not the most alike.
        said.append(text("peers.likeness", lang, share=number(math.floor(share + 1e-9), lang), **pair))
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
    return ", ".join(shown)
