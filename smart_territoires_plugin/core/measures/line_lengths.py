"""Lengths of pieces of line in territories, and what along a shared border an earlier territory has already."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

# Repeated or shared lengths below this are the rounding of coordinates.
NOTHING_M = 1e-6


def lengths_of(territory: np.ndarray, pieces: np.ndarray) -> dict[str, np.ndarray]:
    """Return the length of pieces of line in each territory, and which piece crosses the border of which territory.

    Parameters
    ----------
    territory : ndarray of geometries, shape (n_territories,)
    pieces : ndarray of LineString
        Without a stretch in common.

    Returns
    -------
    dict
        ``lengths_m``, shape (n_territories,); ``owner`` and ``piece``, the pairs of a territory and a piece of which it
        has some without holding all of it in its interior.
    """
    tree = shapely.STRtree(pieces)
    touching = _numbers(tree.query(territory, predicate="intersects"), len(pieces))
    within = _numbers(tree.query(territory, predicate="contains_properly"), len(pieces))
    crossing = np.setdiff1d(touching, within)
    owner, piece = np.divmod(crossing, max(1, len(pieces)))
    clipped_m = shapely.length(shapely.intersection(pieces[piece], territory[owner]))
    inside_owner, inside_piece = np.divmod(within, max(1, len(pieces)))
    size = len(territory)
    lengths_m = np.bincount(inside_owner, shapely.length(pieces[inside_piece]), size)
    lengths_m = lengths_m + np.bincount(owner, clipped_m, size)
    positive = clipped_m > 0
    return {"lengths_m": lengths_m, "owner": owner[positive], "piece": piece[positive]}


def _numbers(pairs: np.ndarray, size: int) -> np.ndarray:
    """Return pairs of an owner and a piece as one number each, in ascending order."""
    return np.sort(pairs[0] * size + pairs[1])


def along_borders(territory: np.ndarray, pieces: np.ndarray, pairs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return what territories count of a shared border that an earlier one counts already.

    Parameters
    ----------
    pairs : ndarray of int, shape (n_pairs, 2)
        A piece and a territory that has some of it without holding all of it in its interior.

    Returns
    -------
    place : ndarray of int
    twice_m : ndarray of float
        To be taken from each territory.
    """
    frame = pd.DataFrame(pairs, columns=["piece", "place"]).sort_values(["piece", "place"])
    frame = frame[frame["piece"].duplicated(keep=False)].reset_index(drop=True)
    inside = shapely.intersection(pieces[frame["piece"]], territory[frame["place"]])
    rows = frame.reset_index(names="row")
    both = rows.merge(rows, on="piece", suffixes=("", "_later"))
    both = both[both["row"] < both["row_later"]]
    shared = shapely.intersection(inside[both["row"]], inside[both["row_later"]])
    real = shapely.length(shared) > NOTHING_M
    both, shared = both[real], shared[real]
    if both.empty:
        return np.empty(0, dtype=int), np.empty(0)
    shared = shapely.intersection(shared, shapely.boundary(territory[both["place_later"]]))
    # Where three territories meet along a stretch, the third must not give it up twice.
    united = pd.Series(shared).groupby(both["row_later"].to_numpy()).agg(lambda some: shapely.union_all(list(some)))
    return frame["place"].to_numpy()[united.index.to_numpy(dtype=int)], shapely.length(united.to_numpy(dtype=object))
