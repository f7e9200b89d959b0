"""Territories a few at a time, each with what of a large layer may concern it: no layer is ever held whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from smart_territoires_plugin.core.sources.blocks import Blocks, parts_of
from smart_territoires_plugin.core.sources.rectangles import beginning


@dataclass(frozen=True)
class Window:
    """Some territories, and where to look for what concerns them.

    Parameters
    ----------
    own : ndarray of int
        Rows of the territories that are measured here; each is in one window.
    near : ndarray of int
        Rows of those that touch them, themselves included, in ascending order: they say to whom a border belongs.
    inside : (west, south, east, north)
        What to read of what lies in the territories.
    around : (west, south, east, north)
        What to read of what concerns them from beyond.
    reach : (west, south, east, north)
        What to record: features that begin there. The reaches of all windows share the plane out.
    """

    own: np.ndarray
    near: np.ndarray
    inside: tuple[float, float, float, float]
    around: tuple[float, float, float, float]
    reach: tuple[float, float, float, float]


def windows_of(territory: np.ndarray, cut: Blocks, margin_m: float = 0.0) -> Iterator[Window]:
    """Yield the windows of territories over a layer.

    Parameters
    ----------
    territory : ndarray of geometries, shape (n_territories,)
        None where there is none: in no window.
    cut : Blocks
        Of the layer.
    margin_m : float
        How far beyond a territory something may concern it.
    """
    rows = np.flatnonzero(~(shapely.is_missing(territory) | shapely.is_empty(territory)))
    if rows.size == 0:
        return
    some = territory[rows]
    points, tree = shapely.point_on_surface(some), shapely.STRtree(some)
    for reach, read, met in parts_of(cut.bounds, some):
        own = met[beginning(points[met], reach)]
        corners = np.array([read, *shapely.bounds(some[own])])
        low, high = corners[:, :2].min(axis=0), corners[:, 2:].max(axis=0)
        inside, around = ((*(low - margin).tolist(), *(high + margin).tolist()) for margin in (0.0, margin_m))
        near = np.unique(tree.query(some[own], predicate="intersects")[1]) if own.size else own
        yield Window(rows[own], rows[near], inside, around, reach)
