"""A large layer in blocks: rectangles side by side that can each be read on its own, through the layer's index."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Optional

import numpy as np
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj import CRS

from smart_territoires_plugin.core.sources import references
from smart_territoires_plugin.core.sources.quality import QualityRecord, record
from smart_territoires_plugin.core.sources.vectors import extent, source_crs
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
        What no block can tell: features without a place.
    """

    bounds: np.ndarray
    quality: tuple[QualityRecord, ...]


def blocks(source: Source, info: dict[str, Any], crs: CRS) -> Optional[Blocks]:
    """Return the blocks of a layer; None where it is small, or has no index of places, and is best read whole.

    Parameters
    ----------
    source : Source
    info : dict
        What ``vectors.describe`` says of it.
    crs : CRS
        The study's system.
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
    columns = max(1, round(math.sqrt(count * (east - west) / (north - south))))
    rows = math.ceil(count / columns)
    x, y = np.linspace(west, east, columns + 1), np.linspace(south, north, rows + 1)
    low_y, low_x = np.meshgrid(y[:-1], x[:-1], indexing="ij")
    high_y, high_x = np.meshgrid(y[1:], x[1:], indexing="ij")
    bounds = np.column_stack([low_x.ravel(), low_y.ravel(), high_x.ravel(), high_y.ravel()])
    return Blocks(bounds, tuple(record(source.id, "no_geometry", "R", placeless)))


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
