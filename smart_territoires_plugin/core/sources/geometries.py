"""Repair of geometries: what is empty is left out, what is invalid is repaired by structure, each counted."""

from __future__ import annotations

import numpy as np
import shapely
from shapely import GeometryType

from smart_territoires_plugin.core.errors import Problem, SourceError
from smart_territoires_plugin.core.sources.quality import QualityRecord, record

AREA_CHANGE_SHARE = 0.001
_POLYGONS = (GeometryType.POLYGON, GeometryType.MULTIPOLYGON)


def present(geometry: np.ndarray) -> np.ndarray:
    """Say which geometries are there, hold something, and have finite coordinates."""
    there = ~(shapely.is_missing(geometry) | shapely.is_empty(geometry))
    coordinates, owner = shapely.get_coordinates(geometry, return_index=True)
    broken = np.unique(owner[~np.isfinite(coordinates).all(axis=1)])
    there[broken] = False
    return there


def repaired(geometry: np.ndarray, source: str, labels: np.ndarray) -> tuple[np.ndarray, list[QualityRecord]]:
    """Return valid geometries with the records of what changed.

    Parameters
    ----------
    geometry : ndarray of geometries
        None where there is none.
    labels : ndarray
        How a person finds each feature, for the examples.

    Notes
    -----
    Repair is by structure: the default ``linework`` repair keeps the exclusive-or of overlapping parts and so loses
    most of the area of a multipolygon whose parts overlap.
    """
    invalid = np.flatnonzero(~shapely.is_valid(geometry) & ~shapely.is_missing(geometry))
    if invalid.size == 0:
        return geometry, []
    before_m2 = shapely.area(geometry[invalid])
    made = shapely.make_valid(geometry[invalid], method="structure", keep_collapsed=False)
    after_m2 = shapely.area(made)
    fixed = geometry.copy()
    fixed[invalid] = made
    records = record(source, "invalid_geometry", "R", labels[invalid])
    changed = np.abs(after_m2 - before_m2) > AREA_CHANGE_SHARE * np.maximum(before_m2, after_m2)
    return fixed, records + record(source, "area_changed_by_repair", "W", labels[invalid][changed])


def polygon_parts(geometry: np.ndarray, where: str, measure: str) -> np.ndarray:
    """Return geometries with their polygon parts only.

    Raises
    ------
    SourceError
        If no geometry of a non-empty layer has a polygon.
    """
    kinds = shapely.get_type_id(geometry)
    collections = kinds == GeometryType.GEOMETRYCOLLECTION
    if geometry.size and not (np.isin(kinds, _POLYGONS) | collections).any():
        other = "count" if np.isin(kinds, (GeometryType.POINT, GeometryType.MULTIPOINT)).any() else "line_length"
        raise SourceError(Problem("source.not_polygons", where, {"measure": measure, "other": other}))
    if not collections.any() and np.isin(kinds, _POLYGONS).all():
        return geometry
    parts = geometry.copy()
    for index in np.flatnonzero(~np.isin(kinds, _POLYGONS)):
        pieces = shapely.get_parts(geometry[index])
        pieces = pieces[np.isin(shapely.get_type_id(pieces), _POLYGONS)]
        parts[index] = shapely.union_all(pieces) if pieces.size else shapely.Polygon()
    return parts
