"""A large layer in blocks: rectangles side by side that can each be read on its own, through the layer's index."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Optional

import numpy as np
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj import CRS

from smart_territoires_plugin.core.sources import references
from smart_territoires_plugin.core.sources.quality import QualityRecord, record
from smart_territoires_plugin.core.sources.vectors import extent, layer_quality, source_crs
from smart_territoires_plugin.core.study import Source

# A layer of up to twice as many features is read whole.
FEATURES = 25_000
_INDEXED = (".gpkg",)
_MARGIN_M = 1.0


@dataclass(frozen=True)
class Blocks:
    """The blocks of a layer.

    Parameters
    ----------
    bounds : ndarray, shape (n_blocks, 4)
        West, south, east, north in the study's system, row by row from the south-west: they depend on the layer alone.
    quality : tuple of QualityRecord
        What no block can tell: features without a place, and what is so of the layer as a whole.
    """

    bounds: np.ndarray
    quality: tuple[QualityRecord, ...]


def blocks(source: Source, info: dict[str, Any], crs: CRS, columns: Iterable[str] = ()) -> Optional[Blocks]:
    """Return the blocks of a layer; None where it is small, or has no index of places, and is best read whole.

    Parameters
    ----------
    source : Source
    info : dict
        What ``vectors.describe`` says of it.
    crs : CRS
        The study's system.
    columns : iterable of str
        What will be read of it.
    """
    if info.get("suffix") not in _INDEXED or info["features"] <= 2 * FEATURES:
        return None
    whole = extent(info)
    placeless = _without_place(source, info)
    if whole is None or placeless is None:
        return None
    west, south, east, north = references.transform_bounds(whole, source_crs(source, info), crs)
    if not np.isfinite([west, south, east, north]).all():
        return None
    west, south, east, north = west - _MARGIN_M, south - _MARGIN_M, east + _MARGIN_M, north + _MARGIN_M
    count = math.ceil(info["features"] / FEATURES)
    across = max(1, round(math.sqrt(count * (east - west) / (north - south))))
    x, y = np.linspace(west, east, across + 1), np.linspace(south, north, math.ceil(count / across) + 1)
    low_y, low_x = np.meshgrid(y[:-1], x[:-1], indexing="ij")
    high_y, high_x = np.meshgrid(y[1:], x[1:], indexing="ij")
    bounds = np.column_stack([low_x.ravel(), low_y.ravel(), high_x.ravel(), high_y.ravel()])
    quality = [*layer_quality(source, info, columns), *record(source.id, "no_geometry", "R", placeless)]
    return Blocks(bounds, tuple(quality))


def is_of_numbers(info: dict[str, Any], column: str) -> bool:
    """Say whether a column of a layer is of numbers by its type, so that each cell reads alike in any block."""
    types = info.get("dtypes")
    return types is not None and str(types[info["fields"].index(column)]).startswith(("int", "uint", "float"))


def reaching(bounds: np.ndarray, window: tuple[float, float, float, float]) -> tuple[np.ndarray, np.ndarray]:
    """Return the part of the plane that falls to each block that a window meets, and what to read of it.

    Parameters
    ----------
    bounds : ndarray, shape (n_blocks, 4)
        Of all blocks of a layer.
    window : (west, south, east, north)

    Returns
    -------
    reach : ndarray, shape (n_met, 4)
        Without end where no further block follows in the window: every place falls to one block, west and south
        included, east and north not. What touches the window and begins in a reach touches what is read of it.
    read : ndarray, shape (n_met, 4)
        The part of each reach that lies in the window.

    Examples
    --------
    >>> reach, read = reaching(np.array([[0, 0, 5, 9], [5, 0, 9, 9]]), (2, 2, 8, 8))
    >>> reach.tolist()
    [[-inf, -inf, 5.0, inf], [5.0, -inf, inf, inf]]
    >>> read.tolist()
    [[2.0, 2.0, 5.0, 8.0], [5.0, 2.0, 8.0, 8.0]]
    """
    west, south, east, north = window
    reach = _endless(bounds.astype(float))
    reach = reach[(reach[:, 0] <= east) & (reach[:, 2] > west) & (reach[:, 1] <= north) & (reach[:, 3] > south)]
    reach = _endless(reach)
    return reach, np.column_stack([np.maximum(reach[:, :2], (west, south)), np.minimum(reach[:, 2:], (east, north))])


def parts_of(bounds: np.ndarray, territory: np.ndarray) -> list[tuple[tuple, tuple, np.ndarray]]:
    """Return the blocks that territories meet: the reach of each, what to read of it, and the territories it meets.

    Parameters
    ----------
    bounds : ndarray, shape (n_blocks, 4)
        Of all blocks of a layer.
    territory : ndarray of geometries
        None of them missing or empty.
    """
    tree = shapely.STRtree(territory)
    window = tuple(shapely.total_bounds(territory).tolist())
    both = zip(*(side.tolist() for side in reaching(bounds, window)), strict=True)
    return [(tuple(reach), tuple(read), np.sort(tree.query(shapely.box(*read)))) for reach, read in both]


def _endless(bounds: np.ndarray) -> np.ndarray:
    """Return rectangles side by side with the outer sides of all of them moved away without end."""
    west, south, east, north = bounds.T
    return np.column_stack(
        [
            np.where(west == west.min(), -np.inf, west),
            np.where(south == south.min(), -np.inf, south),
            np.where(east == east.max(), np.inf, east),
            np.where(north == north.max(), np.inf, north),
        ]
    )


def _without_place(source: Source, info: dict[str, Any]) -> Optional[np.ndarray]:
    """Return the features that the index of places does not know; None where there is no index."""
    layer, column = info["layer"], info["geometry_name"]
    table, index, key = (_quoted(name) for name in (layer, f"rtree_{layer}_{column}", info["fid_column"]))
    condition = f"({source.where}) AND " if source.where else ""
    # Identifiers are quoted; the condition is the study's own filter, refused where it is more than one.
    query = f"SELECT {key} + 0 AS place FROM {table} WHERE {condition}{key} NOT IN (SELECT id FROM {index})"  # nosec B608
    try:
        found = pyogrio.read_dataframe(info["name"], sql=query, read_geometry=False, use_arrow=False)
    except (DataSourceError, DataLayerError, ValueError):
        return None
    return found["place"].to_numpy() if len(found) else np.empty(0)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
