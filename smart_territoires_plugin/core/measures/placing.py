"""Features placed in territories: each feature in one at most, and features that are the same once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from smart_territoires_plugin.core.sources.fields import resolve_fields
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.quality import QualityRecord, record
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.sources.vectors import describe, read_vector

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
    """Read a layer, leave out what repeats a feature in place and in every attribute, and place the rest.

    A feature lies in the territory that holds its point; a line or a polygon where its representative point lies. On
    a shared border that is the first territory.
    """
    there = ~shapely.is_missing(territories.geometry)
    bounds = tuple(shapely.total_bounds(territories.geometry[there])) if there.any() else None
    filtered = sources.filtered(source, where)
    layer = read_vector(filtered, sources.crs, columns=describe(filtered)["fields"], bounds=bounds)
    compared = layer.attributes.astype("string").assign(__place__=shapely.to_wkb(layer.geometry))
    repeated = compared.duplicated().to_numpy()
    quality = [*layer.quality, *record(source, "duplicated_features", "R", np.flatnonzero(repeated))]
    geometry = layer.geometry[~repeated]
    owner = holders(territories.geometry, shapely.point_on_surface(geometry))
    if (owner == NOWHERE).all() and not any(item.check == "covers_no_territory" for item in quality):
        quality += record(source, "covers_no_territory", "W", [filtered.path.name])
    attributes = layer.attributes[~repeated].reset_index(drop=True)
    return Placed(geometry, owner, attributes, layer.repaired[~repeated], tuple(quality))


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


def touched_by_repaired(placed: Placed, size: int) -> np.ndarray:
    """Return ``geometry_repaired`` for each territory with a feature whose geometry was repaired, else empty."""
    carried = np.full(size, "", dtype=object)
    carried[placed.owner[placed.repaired & (placed.owner != NOWHERE)]] = "geometry_repaired"
    return carried
