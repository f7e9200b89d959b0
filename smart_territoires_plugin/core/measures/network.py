"""Lines as a network: no stretch twice, however often lines repeat or run on one another."""

from __future__ import annotations

import numpy as np
import shapely

from smart_territoires_plugin.core.engine import Engine

MAX_VERTICES = 256
_PAIRS = 20_000
# The interiors of two lines have a stretch in common.
_RUN_TOGETHER = "1********"


def network(lines: np.ndarray, engine: Engine | None = None) -> tuple[np.ndarray, float]:
    """Return pieces of line that have no stretch in common, and the length that was there more than once.

    Parameters
    ----------
    lines : ndarray of LineString
        In any order; they may repeat, in either direction, and run on one another or on themselves.
    engine : Engine, optional
        Where the lines are compared.

    Returns
    -------
    pieces : ndarray of LineString
        Of at most ``MAX_VERTICES`` vertices, in an order that does not depend on that of the lines.
    repeated_m : float
        Length of the lines less length of the pieces.

    Notes
    -----
    Only lines that do run together are united (which costs a noding); crossing or touching adds no length.

    Examples
    --------
    >>> along = shapely.linestrings([[[0, 0], [9, 0]], [[4, 0], [0, 0]], [[6, 0], [12, 0]], [[5, -1], [5, 1]]])
    >>> pieces, repeated_m = network(along)
    >>> float(shapely.length(pieces).sum()), repeated_m
    (14.0, 7.0)
    """
    engine = engine or Engine(1)
    whole_m = shapely.length(lines)
    lines = lines[whole_m > 0]
    if lines.size == 0:
        return lines, 0.0
    distinct = shapely.from_wkb(np.unique(shapely.to_wkb(shapely.normalize(lines))))
    pieces = subdivided(distinct)
    doubtful = np.flatnonzero(~shapely.is_simple(pieces))
    left, right = _together(pieces, engine)
    doubtful = np.unique(np.concatenate([doubtful, left, right]))
    if doubtful.size:
        united = _united(pieces, doubtful, left, right)
        pieces = np.concatenate([np.delete(pieces, doubtful), subdivided(united)])
    repeated_m = float(whole_m.sum() - shapely.length(pieces).sum())
    return pieces, max(0.0, repeated_m)


def _together(pieces: np.ndarray, engine: Engine) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs of pieces that have a stretch in common."""
    left, right = shapely.STRtree(pieces).query(pieces)
    once = left < right
    left, right = left[once], right[once]
    parts = [slice(start, start + _PAIRS) for start in range(0, len(left), _PAIRS)]
    found = engine.map(_runs_together, [(pieces[left[part]], pieces[right[part]]) for part in parts])
    together = np.concatenate([np.zeros(0, dtype=bool), *found])
    return left[together], right[together]


def _runs_together(pair: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    return shapely.relate_pattern(pair[0], pair[1], _RUN_TOGETHER)


def _united(pieces: np.ndarray, doubtful: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the union of the pieces that hang together, group by group."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    place = np.full(len(pieces), -1)
    place[doubtful] = np.arange(len(doubtful))
    links = coo_array((np.ones(len(left)), (place[left], place[right])), shape=(len(doubtful), len(doubtful)))
    _, group = connected_components(links, directed=False)
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    members = np.split(doubtful[order], starts[1:])
    return shapely.get_parts([_union(pieces[rows]) for rows in members])


def _union(lines: np.ndarray) -> shapely.Geometry:
    """Return the union of lines; on a fixed grid of a millimetre where floating point fails."""
    try:
        return shapely.unary_union(lines)
    except shapely.errors.GEOSException:
        return shapely.union_all(lines, grid_size=1e-3)


def subdivided(lines: np.ndarray, most: int = MAX_VERTICES) -> np.ndarray:
    """Return lines cut at their own vertices, so that none has more than ``most`` of them.

    Examples
    --------
    >>> line = shapely.linestrings([[x, 0] for x in range(6)])
    >>> shapely.get_num_coordinates(subdivided(np.array([line]), most=3)).tolist()
    [3, 3, 2]
    """
    many = np.flatnonzero(shapely.get_num_coordinates(lines) > most)
    if many.size == 0:
        return lines
    cut = [_cut(shapely.get_coordinates(lines[index]), most) for index in many]
    return np.concatenate([np.delete(lines, many), *cut])


def _cut(coordinates: np.ndarray, most: int) -> np.ndarray:
    starts = range(0, len(coordinates) - 1, most - 1)
    return np.array([shapely.LineString(coordinates[start : start + most]) for start in starts], dtype=object)
