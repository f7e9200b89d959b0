"""Peers: for each target the most alike territory that is active, on the theme to speak about where that is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

DONE_STAGES = ("funded", "running", "done")
UNSUCCESSFUL = ("rejected", "withdrawn")
LINKS = ("row", "peer_row", "kind", "theme")
_BLOCK_TARGETS = 256


@dataclass(frozen=True)
class Deed:
    """A project that a territory funded, runs or has done; ``year`` is None where nobody wrote it down."""

    title: str
    year: int | None


def likeness(normalised: np.ndarray, population: np.ndarray) -> np.ndarray:
    """Return the coordinates in which territories are compared: standardised scores, and size on a log scale.

    Returns
    -------
    ndarray, shape (n_territories, n_indicators + 1)
        Mean 0 and standard deviation 1 by column; 0, the mean, where a value is missing.
    """
    size = np.log(np.where(population > 0, population, np.nan))
    columns = np.column_stack([normalised, size])
    known = ~np.isnan(columns)
    counts = np.maximum(known.sum(axis=0), 1)
    centred = np.where(known, columns - np.where(known, columns, 0.0).sum(axis=0) / counts, 0.0)
    spread = np.sqrt((centred**2).sum(axis=0) / counts)
    return np.divide(centred, spread, out=np.zeros_like(centred), where=spread > 0)


def find_peers(
    targets: np.ndarray,
    active: np.ndarray,
    theme: np.ndarray,
    projects: Mapping[str, np.ndarray],
    coordinates: np.ndarray,
    group: np.ndarray,
    codes: np.ndarray | None = None,
) -> np.ndarray:
    """Return the peer of each target.

    Parameters
    ----------
    targets : ndarray of int
        Rows of the targets.
    active : ndarray of bool, shape (n_territories,)
    theme : ndarray of str, shape (n_territories,)
        The theme to speak about.
    projects : mapping of theme id to ndarray
        Active projects by theme; where a theme has none anywhere, any active territory may be a peer.
    coordinates : ndarray, shape (n_territories, n_coordinates)
    group : ndarray of str, shape (n_territories,)
        A peer is sought outside the target's own group ('' is no group).
    codes : ndarray of str, shape (n_territories,), optional
        Of two territories that are as alike, the first by code is taken; the first by row where not given.

    Returns
    -------
    ndarray of int, shape (n_targets,)
        Row of the peer; -1 where there is none.

    Notes
    -----
    Every candidate is compared: in twenty dimensions and more a k-d tree visits nearly all of them too, and takes
    twice as long.
    """
    peers = np.full(len(targets), -1, dtype=int)
    labels, numbers = np.unique(group.astype(str), return_inverse=True)
    # Numbers compare faster than texts; one that is no group is never another's.
    numbers = np.where(labels[numbers] == "", -1, numbers)
    for name in np.unique(theme[targets].astype(str)):
        rows = np.flatnonzero(theme[targets] == name)
        candidates = np.flatnonzero(active & (projects.get(name, np.zeros(len(active))) > 0))
        if candidates.size == 0:
            candidates = np.flatnonzero(active)
        if candidates.size == 0:
            continue
        if codes is not None:
            candidates = candidates[np.argsort(codes[candidates].astype(str), kind="stable")]
        for start in range(0, len(rows), _BLOCK_TARGETS):
            block = rows[start : start + _BLOCK_TARGETS]
            peers[block] = _nearest_elsewhere(targets[block], candidates, coordinates, numbers)
    return peers


def _nearest_elsewhere(targets: np.ndarray, candidates: np.ndarray, coordinates: np.ndarray, group: np.ndarray):
    """Return the nearest candidate outside each target's own group, -1 where there is none."""
    from scipy.spatial.distance import cdist

    distances = cdist(coordinates[targets], coordinates[candidates], "sqeuclidean")
    own = (group[targets][:, None] == group[candidates][None, :]) & (group[candidates] >= 0)[None, :]
    distances[own | (targets[:, None] == candidates[None, :])] = np.inf
    nearest = distances.argmin(axis=1)
    found = np.isfinite(distances[np.arange(len(targets)), nearest])
    return np.where(found, candidates[nearest], -1)


def likeness_share(rows: np.ndarray, peers: np.ndarray, coordinates: np.ndarray) -> np.ndarray:
    """Return how alike a peer is: the share of all other territories that are less alike.

    Parameters
    ----------
    rows, peers : ndarray of int, shape (n_links,)
        Rows of the territories and of their peers; -1 for no peer.
    coordinates : ndarray, shape (n_territories, n_coordinates)

    Returns
    -------
    ndarray, shape (n_links,)
        Percent (0–100) of the territories other than these two; NaN without a peer, or where there are only two.

    Examples
    --------
    >>> places = np.array([[0.0], [1.0], [3.0], [9.0]])
    >>> likeness_share(np.array([0, 0]), np.array([1, 2]), places).tolist()
    [100.0, 50.0]
    """
    from scipy.spatial.distance import cdist

    shares = np.full(len(rows), np.nan)
    others = len(coordinates) - 2
    linked = np.flatnonzero(np.asarray(peers) >= 0)
    if others < 1:
        return shares
    for start in range(0, len(linked), _BLOCK_TARGETS):
        block = linked[start : start + _BLOCK_TARGETS]
        distances = cdist(coordinates[rows[block]], coordinates, "sqeuclidean")
        to_peer = distances[np.arange(len(block)), peers[block]]
        shares[block] = 100 * (distances > to_peer[:, None]).sum(axis=1) / others
    return shares


def what_it_did(projects: pd.DataFrame, row: int, theme: str = "", most: int = 3) -> tuple[Deed, ...]:
    """Return the latest projects of a territory on a theme that are funded, running or done.

    Parameters
    ----------
    projects : DataFrame
        One line per project and territory: ``row`` (-1 unknown), ``title``, ``theme``, ``stage``, ``year``.
    row : int
        The territory.
    theme : str
        '' for any theme.
    most : int
        How many at most.

    Returns
    -------
    tuple of Deed
        Latest first, then by title; one without a year comes last; a title is told once.

    Examples
    --------
    >>> told = {"row": [0, 0], "title": ["A", "B"], "theme": "t", "stage": ["done", "idea"], "year": [2023, 2024]}
    >>> what_it_did(pd.DataFrame(told), 0, "t")
    (Deed(title='A', year=2023),)
    """
    own = projects[(projects["row"] == row) & projects["stage"].isin(DONE_STAGES)]
    if theme:
        own = own[own["theme"] == theme]
    years = pd.to_numeric(own["year"], errors="coerce").astype(float).replace([np.inf, -np.inf], np.nan)
    latest: dict[str, float] = {}
    for title, year in zip(own["title"].fillna("").astype(str).str.strip(), years, strict=True):
        if title:
            latest[title] = np.fmax(latest.get(title, np.nan), year)
    ordered = sorted(latest.items(), key=lambda item: (-np.nan_to_num(item[1], nan=-np.inf), item[0]))
    return tuple(Deed(title, None if np.isnan(year) else int(year)) for title, year in ordered[:most])


def told(deeds: Sequence[Deed], separator: str = "; ") -> str:
    """Return projects in one line, each with its year where that is known.

    Examples
    --------
    >>> told([Deed("Capteurs de crue", 2024), Deed("Jumeau numérique", None)])
    'Capteurs de crue (2024); Jumeau numérique'
    """
    return separator.join(deed.title if deed.year is None else f"{deed.title} ({deed.year})" for deed in deeds)


def peer_links(targets: np.ndarray, peers: np.ndarray, theme: np.ndarray, kind: str = "peer") -> pd.DataFrame:
    """Return one line per target with a peer, as the network has them: ``row``, ``peer_row``, ``kind``, ``theme``.

    Parameters
    ----------
    targets, peers : ndarray of int, shape (n_targets,)
        Rows; -1 for no peer.
    theme : ndarray of str, shape (n_territories,)
    kind : {"peer", "showcase", "applicant"}
    """
    there = np.asarray(peers) >= 0
    rows = np.asarray(targets)[there]
    found = {"row": rows, "peer_row": np.asarray(peers)[there], "kind": kind, "theme": theme[rows]}
    return pd.DataFrame(found, columns=list(LINKS))


def applicant_links(
    applications: pd.DataFrame,
    active: np.ndarray,
    projects: Mapping[str, np.ndarray],
    coordinates: np.ndarray,
    group: np.ndarray,
    codes: np.ndarray | None = None,
) -> pd.DataFrame:
    """Return one line per unsuccessful applicant and theme, to the most alike active territory on that theme.

    Parameters
    ----------
    applications : DataFrame
        ``row`` (-1 unknown), ``theme``, ``outcome``; rejected and withdrawn ones count, however old.

    Other parameters are those of ``find_peers``; the result is that of ``peer_links``.
    """
    lost = applications[applications["outcome"].isin(UNSUCCESSFUL) & (applications["row"] >= 0)]
    themes = lost["theme"].fillna("").astype(str)
    found = [peer_links(np.empty(0, dtype=int), np.empty(0, dtype=int), np.empty(0, dtype=object), "applicant")]
    for theme in sorted(themes.unique()):
        rows = np.unique(lost.loc[themes == theme, "row"].to_numpy(dtype=int))
        if codes is not None:
            rows = rows[np.argsort(codes[rows].astype(str), kind="stable")]
        everywhere = np.full(len(active), theme, dtype=object)
        peers = find_peers(rows, active, everywhere, projects, coordinates, group, codes)
        found.append(peer_links(rows, peers, everywhere, "applicant"))
    return pd.concat([part for part in found[1:] if len(part)] or found[:1], ignore_index=True)


def described_links(links: pd.DataFrame, coordinates: np.ndarray, projects: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the links of the network with how alike the two are and what the peer did on the theme.

    Parameters
    ----------
    links : DataFrame
        As ``peer_links`` makes them; several may be put under one another.
    coordinates : ndarray, shape (n_territories, n_coordinates)
    projects : DataFrame, optional
        As in ``what_it_did``; without them nothing is told.

    Returns
    -------
    DataFrame
        With ``likeness_pct`` (0–100) and ``did`` ('' where nothing is recorded on the theme).
    """
    rows, peers = (links[name].to_numpy(dtype=int) for name in ("row", "peer_row"))
    pairs = dict.fromkeys(zip(peers.tolist(), links["theme"], strict=True))
    if projects is not None:
        # Only the projects of peers are looked through, pair by pair.
        own = projects[projects["row"].isin(np.unique(peers))]
        pairs = {(peer, theme): told(what_it_did(own, peer, theme)) for peer, theme in pairs}
    did = [pairs[peer, theme] or "" for peer, theme in zip(peers.tolist(), links["theme"], strict=True)]
    return links.assign(likeness_pct=likeness_share(rows, peers, coordinates), did=np.array(did, dtype=object))
