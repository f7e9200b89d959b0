"""Peers: for each target the most alike territory that is active, on the theme to speak about where that is known."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

_BLOCK_TARGETS = 512


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

    Returns
    -------
    ndarray of int, shape (n_targets,)
        Row of the peer; -1 where there is none.
    """
    peers = np.full(len(targets), -1, dtype=int)
    for name in np.unique(theme[targets].astype(str)):
        rows = np.flatnonzero(theme[targets] == name)
        candidates = np.flatnonzero(active & (projects.get(name, np.zeros(len(active))) > 0))
        if candidates.size == 0:
            candidates = np.flatnonzero(active)
        if candidates.size == 0:
            continue
        for start in range(0, len(rows), _BLOCK_TARGETS):
            block = rows[start : start + _BLOCK_TARGETS]
            peers[block] = _nearest_elsewhere(targets[block], candidates, coordinates, group)
    return peers


def _nearest_elsewhere(targets: np.ndarray, candidates: np.ndarray, coordinates: np.ndarray, group: np.ndarray):
    """Return the nearest candidate outside each target's own group, -1 where there is none."""
    gaps = coordinates[targets][:, None, :] - coordinates[candidates][None, :, :]
    distances = np.einsum("tcd,tcd->tc", gaps, gaps)
    own = (group[targets][:, None] == group[candidates][None, :]) & (group[candidates] != "")[None, :]
    distances[own | (targets[:, None] == candidates[None, :])] = np.inf
    nearest = distances.argmin(axis=1)
    found = np.isfinite(distances[np.arange(len(targets)), nearest])
    return np.where(found, candidates[nearest], -1)
