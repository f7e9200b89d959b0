"""Screening: how much of each composite of each territory is known, before anything is filled in."""

from __future__ import annotations

import numpy as np

# Shares are sums of fractions: a share that is meant to equal the minimum must not fall below it by rounding.
_ROUNDING = 1e-12


def available_share(known: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the weighted share of known values of each territory.

    Parameters
    ----------
    known : ndarray of bool, shape (n_territories, n_indicators)
        Before imputation.
    weights : ndarray, shape (n_indicators,)

    Returns
    -------
    ndarray, shape (n_territories,)
        0–1; 0 where no weight is left.

    Examples
    --------
    >>> available_share(np.array([[True, False], [True, True]]), np.array([3.0, 1.0])).tolist()
    [0.75, 1.0]
    """
    return availability(known, np.asarray(weights, dtype=float)[None, :])[:, 0]


def availability(known: np.ndarray, leaf_weights: np.ndarray) -> np.ndarray:
    """Return the weighted share of known values of each territory within each composite.

    Parameters
    ----------
    known : ndarray of bool, shape (n_territories, n_indicators)
        Before imputation.
    leaf_weights : ndarray, shape (n_composites, n_indicators)
        What each indicator weighs in each composite (``hierarchy.leaf_weights``); rows need not sum to 1.

    Returns
    -------
    ndarray, shape (n_territories, n_composites)
        0–1; 0 where a composite has no weight at all.

    Notes
    -----
    With equal weights this is the data availability of COINr (Becker et al., 2022).

    Examples
    --------
    >>> leaves = np.array([[0.5, 0.5, 0.0], [0.25, 0.25, 0.5]])
    >>> availability(np.array([[True, False, True]]), leaves).tolist()
    [[0.5, 0.75]]
    """
    leaf_weights = np.asarray(leaf_weights, dtype=float)
    whole = leaf_weights.sum(axis=1)
    shares = np.zeros((len(known), len(whole)))
    # Not a matrix product: its bits depend on how many cores the library behind it uses.
    found = np.einsum("ti,ci->tc", np.asarray(known, dtype=float), leaf_weights)
    return np.divide(found, whole, out=shares, where=np.broadcast_to(whole > 0, shares.shape))


def sufficient(shares: np.ndarray, minimum: float) -> np.ndarray:
    """Say where enough is known for a score.

    Parameters
    ----------
    shares : ndarray
        Of ``available_share`` or ``availability``, 0–1.
    minimum : float
        The study's ``min_availability``, 0–1.

    Returns
    -------
    ndarray of bool
        Of the same shape; where False the territory has no such score (``insufficient_data``).

    Examples
    --------
    >>> sufficient(np.array([0.1 + 0.2, 0.29]), 0.3).tolist()
    [True, False]
    """
    return np.asarray(shares) >= minimum - _ROUNDING
