"""Where inhabitants live: a population raster, or points and buildings with a number of inhabitants each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Optional, Union

import numpy as np
import shapely
from shapely import GeometryType

from smart_territoires_plugin.core.errors import EngineError, Problem, SourceError
from smart_territoires_plugin.core.measures.placing import Placed, placed_features
from smart_territoires_plugin.core.sources import geometries
from smart_territoires_plugin.core.sources.files import locate
from smart_territoires_plugin.core.sources.numbers import numbers_of
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.quality import QualityRecord, record
from smart_territoires_plugin.core.sources.rasters import Raster
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.study import Source

_POLYGONS = (GeometryType.POLYGON, GeometryType.MULTIPOLYGON)
_POINTS = (GeometryType.POINT, GeometryType.MULTIPOINT)


@dataclass(frozen=True)
class Dwellings:
    """Points and buildings with the inhabitants of each.

    Parameters
    ----------
    placed : Placed
        A polygon counts by the share of its area, anything else at its representative point.
    inhabitants : ndarray of float, shape (n_features,)
        0 where the number is unknown, which is told.
    quality : tuple of QualityRecord
    """

    placed: Placed
    inhabitants: np.ndarray
    quality: tuple[QualityRecord, ...]


Population = Union[Raster, Dwellings]


def open_population(
    identifier: str,
    field: Optional[str],
    territories: Territories,
    sources: OpenedSources,
    one_each: bool = False,
) -> Population:
    """Open a source of inhabitants.

    Parameters
    ----------
    field : str, optional
        Column of the inhabitants of each point or building.
    one_each : bool
        Whether each counts one where there is no such column, as buildings do; without, it is asked for.

    Raises
    ------
    SourceError
        If it is neither a raster nor a layer of points or polygons with their inhabitants.
    """
    if is_raster(identifier, sources):
        return sources.raster(identifier, None)
    return open_dwellings(identifier, field, territories, sources, one_each)


def is_raster(identifier: str, sources: OpenedSources) -> bool:
    """Say whether a source is a raster.

    Raises
    ------
    EngineError
        If ``rasterio`` is not installed.
    """
    try:
        import rasterio
        from rasterio.errors import RasterioIOError
    except ImportError as error:
        raise EngineError(Problem("library.missing", "rasterio", {"feature": identifier})) from error
    source = sources.source(identifier)
    if source.layer or source.key:
        return False
    try:
        with rasterio.open(locate(source).name):
            return True
    except RasterioIOError:
        return False


def open_dwellings(
    identifier: str, field: Optional[str], territories: Territories, sources: OpenedSources, one_each: bool
) -> Dwellings:
    """Open a layer of points or buildings; see ``open_population``."""
    source = sources.source(identifier)
    if field is None and not one_each:
        raise SourceError(Problem("population.no_inhabitants", f"{identifier} ({source.path.name})"))
    return dwellings_of(placed_features(identifier, None, territories, sources), source, field, one_each)


def dwellings_of(
    placed: Placed, source: Source, field: Optional[str], one_each: bool, told: Optional[np.ndarray] = None
) -> Dwellings:
    """Return features that were placed, with the inhabitants of each.

    Parameters
    ----------
    told : ndarray of bool, shape (n_features,), optional
        Of a part of a layer: which of them to record. A part without points and buildings is no layer without them.

    Raises
    ------
    SourceError
        If it is no layer of points or polygons with their inhabitants.
    """
    identifier, where = source.id, f"{source.id} ({source.path.name})"
    if field is None and not one_each:
        raise SourceError(Problem("population.no_inhabitants", where))
    kinds = shapely.get_type_id(placed.geometry)
    quality = list(placed.quality)
    said = np.ones(len(placed.geometry), dtype=bool) if told is None else told
    usable = np.isin(kinds, (*_POLYGONS, *_POINTS, GeometryType.GEOMETRYCOLLECTION))
    if told is None and placed.geometry.size and not usable.any():
        raise SourceError(Problem("population.lines", where))
    if (kinds == GeometryType.GEOMETRYCOLLECTION).any():
        mixed = np.flatnonzero(kinds == GeometryType.GEOMETRYCOLLECTION)
        kept, records = geometries.polygon_parts(placed.geometry[mixed], source, "population", told=said[mixed])
        geometry = placed.geometry.copy()
        geometry[mixed] = kept
        placed, quality = replace(placed, geometry=geometry), [*quality, *records]
    if field is None:
        return Dwellings(placed, np.ones(len(placed.geometry)), tuple(quality))
    column, renamed = placed.column(where, field)
    if told is not None:
        # Of the layer as a whole.
        renamed = []
    numbers, _ = numbers_of(source, field, column)
    _, records = numbers_of(source, field, column[said])
    unknown, negative = np.isnan(numbers.values), numbers.values < 0
    quality += [*(replace(item, source=identifier) for item in renamed), *(r for r in records if r.outcome != "M")]
    quality += record(identifier, "inhabitants_unknown", "W", np.flatnonzero(unknown & said))
    quality += record(identifier, "negative_population", "W", np.flatnonzero(negative & said))
    return Dwellings(placed, np.where(unknown | negative, 0.0, numbers.values), tuple(quality))


def dwelt_in(dwellings: Dwellings, part: np.ndarray) -> np.ndarray:
    """Return the inhabitants in a part of each territory.

    Parameters
    ----------
    part : ndarray of geometries, shape (n_territories,)
        Of the territories that ``dwellings`` were placed in; empty or None where there is none.

    Returns
    -------
    ndarray of float, shape (n_territories,)
        Uniform within a building: one that lies in the part to a third counts a third.
    """
    geometry, owner = dwellings.placed.geometry, dwellings.placed.owner
    total = np.zeros(len(part))
    areal = np.isin(shapely.get_type_id(geometry), _POLYGONS) & (shapely.area(geometry) > 0)
    at = np.flatnonzero(~areal & (owner >= 0))
    inside = at[shapely.intersects(shapely.point_on_surface(geometry[at]), part[owner[at]])]
    total += np.bincount(owner[inside], dwellings.inhabitants[inside], len(part))
    buildings = np.flatnonzero(areal)
    place, building, shares = shares_of(part, geometry[buildings])
    return total + np.bincount(place, dwellings.inhabitants[buildings][building] * shares, len(part))


def shares_of(part: np.ndarray, polygons: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return which part holds some of which polygon, and the share of the polygon's area that it holds."""
    tree = shapely.STRtree(polygons)
    size = max(1, len(polygons))
    touching = np.sort(np.dot([size, 1], tree.query(part, predicate="intersects")))
    held = np.dot([size, 1], tree.query(part, predicate="covers"))
    place, polygon = np.divmod(touching, size)
    shares = np.ones(len(touching))
    crossing = ~np.isin(touching, held)
    cut = shapely.intersection(polygons[polygon[crossing]], part[place[crossing]])
    shares[crossing] = shapely.area(cut) / shapely.area(polygons[polygon[crossing]])
    return place, polygon, shares
