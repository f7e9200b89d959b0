"""Which geometries touch a rectangle, and which begin in it: what tells the features of blocks side by side apart."""

from __future__ import annotations

from typing import Optional

import numpy as np
import shapely

# Share of a window's longer side by which it is widened where it was brought from another system.
_MARGIN = 0.01


def widened(window: tuple) -> tuple:
    """Return a window with a margin, for the bounds of a rectangle in another system are found from a few points."""
    west, south, east, north = window
    if not np.isfinite(window).all():
        return window
    margin = _MARGIN * max(east - west, north - south)
    return west - margin, south - margin, east + margin, north + margin


def beginning(geometry: np.ndarray, bounds: Optional[tuple]) -> np.ndarray:
    """Say which geometries have their envelope's south-western corner in bounds; all of them where there are none."""
    if bounds is None:
        return np.ones(len(geometry), dtype=bool)
    west, south = shapely.bounds(geometry)[:, :2].T
    return (bounds[0] <= west) & (west < bounds[2]) & (bounds[1] <= south) & (south < bounds[3])


def touching(geometry: np.ndarray, bounds: Optional[tuple]) -> np.ndarray:
    """Say which geometries have an envelope that touches bounds; all of them where there are none."""
    if bounds is None:
        return np.ones(len(geometry), dtype=bool)
    west, south, east, north = shapely.bounds(geometry).T
    return (west <= bounds[2]) & (east >= bounds[0]) & (south <= bounds[3]) & (north >= bounds[1])
