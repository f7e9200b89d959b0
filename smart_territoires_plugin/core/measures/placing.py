"""Features placed in territories: each feature in one at most, and features that are the same once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import shapely
from pyproj import CRS

from smart_territoires_plugin.core.sources.fields import resolve_fields
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.quality import QualityRecord, record
from smart_territoires_plugin.core.sources.rectangles import beginning
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.sources.vectors import describe, read_vector
from smart_territoires_plugin.core.study import Source

NOWHERE = -1


@dataclass(frozen=True)
class Placed:
    """The distinct features of a layer that may touch the territories.

    Parameters
    ----------
    geometry : ndarray of geometries, shape (n_features,)
    owner : ndarray of int, shape (n_features,)
        The territory that each lies in, ``NOWHERE`` where it lies in none.
    attributes : DataFrame, n_features rows
        Every column of the layer, under its own name.
    repaired : ndarray of bool, shape (n_features,)
    quality : tuple of QualityRecord
    """

    geometry: np.ndarray
    owner: np.ndarray
    attributes: pd.DataFrame
    repaired: np.ndarray
    quality: tuple[QualityRecord, ...]

    def column(self, source: str, field: str) -> tuple[pd.Series, list[QualityRecord]]:
        """Return a column, found also under another case, and a record of that."""
        actual, quality = resolve_fields(source, [field], self.attributes.columns)
        return self.attributes[actual[field]], quality


def placed_features(source: str, where: str | None, territories: Territories, sources: OpenedSources) -> Placed:
    """Read a whole layer where it may touch the territories, and place its features; see ``placed``."""
    there = ~shapely.is_missing(territories.geometry)
    bounds = tuple(shapely.total_bounds(territories.geometry[there])) if there.any() else None
    filtered = sources.filtered(source, where)
    found = placed(filtered, describe(filtered), sources.crs, territories.geometry, bounds)
    if (found.owner == NOWHERE).all() and not any(item.check == "covers_no_territory" for item in found.quality):
        told = record(source, "covers_no_territory", "W", [filtered.path.name])
        return replace(found, quality=(*found.quality, *told))
    return found


def placed(
    source: Source,
    info: dict[str, Any],
    crs: CRS,
    territory: np.ndarray,
    bounds: tuple | None,
    reach: tuple | None = None,
    is_all_placed: bool = False,
) -> Placed:
    """Read features, leave out what repeats one in place and in every attribute, and place the rest.

    A feature lies in the territory that holds its point; a line or a polygon where its representative point lies. On
    a shared border that is the first territory.

    Parameters
    ----------
    source : Source
        With the measure's own filter.
    info : dict
        What ``vectors.describe`` says of the layer.
    territory : ndarray of geometries, shape (n_territories,)
    bounds : (west, south, east, north), optional
        What to read, in the study's system.
    reach : (west, south, east, north), optional
        Of a block: place only features whose representative point lies there, and record only those that begin there.
        What repeats a feature begins where it does, and so is read with it.
    is_all_placed : bool
        Place what is read, wherever it lies: ``reach`` then says what to record alone.
    """
    layer = read_vector(source, crs, columns=info["fields"], bounds=bounds, info=info, begins_in=reach)
    compared = layer.attributes.astype("string").assign(__place__=shapely.to_wkb(layer.geometry))
    repeated = compared.duplicated().to_numpy()
    quality = [*layer.quality, *record(source.id, "duplicated_features", "R", layer.labels[repeated & layer.told])]
    points = shapely.point_on_surface(layer.geometry)
    kept = ~repeated & (beginning(points, reach) if reach and not is_all_placed else True)
    owner = holders(territory, points[kept])
    attributes = layer.attributes[kept].reset_index(drop=True)
    return Placed(layer.geometry[kept], owner, attributes, layer.repaired[kept], tuple(quality))


def holders(territory: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Return for each point the first territory that holds it, its border included; ``NOWHERE`` if none does.

    Examples
    --------
    >>> cells = np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])
    >>> holders(cells, shapely.points([[0.5, 0.5], [1.0, 0.5], [3.0, 0.5]])).tolist()
    [0, 0, -1]
    """
    nobody = len(territory)
    found = np.full(len(points), nobody)
    owner, point = shapely.STRtree(points).query(territory, predicate="intersects")
    np.minimum.at(found, point, owner)
    return np.where(found == nobody, NOWHERE, found)
