"""Repair of geometries: what is empty is left out, what is invalid is repaired by structure, each counted."""

from __future__ import annotations

from typing import Optional

import numpy as np
import shapely
from shapely import GeometryType

from smart_territoires_plugin.core.errors import Problem, SourceError
from smart_territoires_plugin.core.sources.quality import MAX_EXAMPLES, QualityRecord, record
from smart_territoires_plugin.core.sources.validity import is_valid
from smart_territoires_plugin.core.study import Source

AREA_CHANGE_SHARE = 0.001
_NO_GEOMETRY = -1
_CURVED = ("CURVE", "SURFACE", "CIRCULAR", "TIN", "TRIANGLE")
_POLYGONS = (GeometryType.POLYGON, GeometryType.MULTIPOLYGON)
_LINES = (GeometryType.LINESTRING, GeometryType.LINEARRING, GeometryType.MULTILINESTRING)


def present(geometry: np.ndarray) -> np.ndarray:
    """Say which geometries are there, hold something, and have finite coordinates."""
    there = ~(shapely.is_missing(geometry) | shapely.is_empty(geometry))
    # The length of lines and boundaries is finite where all their coordinates are; only points have none.
    there &= np.isfinite(shapely.length(geometry))
    pointed = np.flatnonzero(there & ~np.isin(shapely.get_type_id(geometry), (*_POLYGONS, *_LINES)))
    coordinates, owner = shapely.get_coordinates(geometry[pointed], return_index=True)
    there[pointed[np.unique(owner[~np.isfinite(coordinates).all(axis=1)])]] = False
    return there


def repaired(
    geometry: np.ndarray, source: str, labels: np.ndarray, told: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray, list[QualityRecord]]:
    """Return valid geometries, which of them were repaired, and the records of what changed.

    Parameters
    ----------
    geometry : ndarray of geometries
        None where there is none.
    labels : ndarray
        How a person finds each feature, for the examples.
    told : ndarray of bool, optional
        Which features are recorded, the others being recorded elsewhere; all of them if not given.

    Notes
    -----
    Repair is by structure: the default ``linework`` repair keeps the exclusive-or of overlapping parts and so loses
    most of the area of a multipolygon whose parts overlap.
    """
    was_invalid = ~is_valid(geometry) & ~shapely.is_missing(geometry)
    invalid = np.flatnonzero(was_invalid)
    if invalid.size == 0:
        return geometry, was_invalid, []
    before_m2 = shapely.area(geometry[invalid])
    made = shapely.make_valid(geometry[invalid], method="structure", keep_collapsed=False)
    after_m2 = shapely.area(made)
    fixed = geometry.copy()
    fixed[invalid] = made
    told = np.ones(len(geometry), dtype=bool) if told is None else told
    records = record(source, "invalid_geometry", "R", labels[was_invalid & told])
    changed = np.abs(after_m2 - before_m2) > AREA_CHANGE_SHARE * np.maximum(before_m2, after_m2)
    return (
        fixed,
        was_invalid,
        records + record(source, "area_changed_by_repair", "W", labels[invalid][changed & told[invalid]]),
    )


def refuse_invalid(geometry: np.ndarray, where: str, labels: np.ndarray) -> None:
    """Refuse geometries that are not valid, where the study wants none repaired.

    Raises
    ------
    SourceError
        Naming how many there are, and a few of them.
    """
    invalid = labels[~is_valid(geometry) & ~shapely.is_missing(geometry)]
    if invalid.size:
        shown = ", ".join(str(label) for label in invalid[:MAX_EXAMPLES])
        values = {"count": int(invalid.size), "examples": shown + (", …" if invalid.size > MAX_EXAMPLES else "")}
        raise SourceError(Problem("source.invalid_geometry", where, values))


def simplified(info: dict, source: str) -> list[QualityRecord]:
    """Return records of what reading makes of a layer's heights, measures, curves and surfaces, by its declared type.

    Parameters
    ----------
    info : dict
        ``geometry_type`` as GDAL names it, with ``declared_type`` where GDAL made another of it; ``features``.
    """
    kind, count = str(info.get("declared_type") or info["geometry_type"]), max(1, int(info["features"]))
    flattened = kind.startswith("2.5D") or kind.split(" ")[-1] in ("Z", "M", "ZM")
    linearised = any(word in kind.upper() for word in _CURVED)
    found = (("geometry_flattened", flattened), ("geometry_linearised", linearised))
    return [QualityRecord(source, check, "R", count, kind) for check, is_so in found if is_so]


def polygon_parts(
    geometry: np.ndarray, source: Source, measure: str, told: Optional[np.ndarray] = None
) -> tuple[np.ndarray, list[QualityRecord]]:
    """Return geometries with their polygon parts only, and the records of what was left out.

    A territory without geometry stays without.

    Parameters
    ----------
    told : ndarray of bool, shape (n_geometries,), optional
        Of a block of a layer: which of them to record. A block without a polygon is no layer without one.

    Raises
    ------
    SourceError
        If no geometry of a non-empty layer has a polygon.
    """
    kinds = shapely.get_type_id(geometry)
    collections = kinds == GeometryType.GEOMETRYCOLLECTION
    if told is None and geometry.size and not (np.isin(kinds, _POLYGONS) | collections).any():
        lines = not np.isin(kinds, (GeometryType.POINT, GeometryType.MULTIPOINT)).any()
        other = "line_length" if lines else "count"
        where = f"{source.id} ({source.path.name})"
        raise SourceError(Problem("source.not_polygons", where, {"measure": measure, "other": other}))
    mixed = np.flatnonzero(~np.isin(kinds, _POLYGONS) & (kinds != _NO_GEOMETRY))
    if mixed.size == 0:
        return geometry, []
    parts = geometry.copy()
    for index in mixed:
        pieces = _flat(geometry[index])
        pieces = pieces[np.isin(shapely.get_type_id(pieces), _POLYGONS)]
        parts[index] = shapely.union_all(pieces) if pieces.size else shapely.Polygon()
    without = shapely.is_empty(parts[mixed])
    said = np.ones(len(mixed), dtype=bool) if told is None else told[mixed]
    return parts, [
        *record(source.id, "polygon_parts_kept", "R", mixed[~without & said]),
        *record(source.id, "no_polygon", "W", mixed[without & said]),
    ]


def line_parts(
    geometry: np.ndarray, source: Source, measure: str, told: Optional[np.ndarray] = None
) -> tuple[np.ndarray, np.ndarray, list[QualityRecord]]:
    """Return the single lines of geometries, the feature that each stems from, and the records of what was left out.

    Parameters
    ----------
    told : ndarray of bool, shape (n_geometries,), optional
        Of a block of a layer: which of them to record. A block without a line is no layer without one.

    Raises
    ------
    SourceError
        If no geometry of a non-empty layer has a line.
    """
    parts, owner = _all_parts(geometry)
    lines = np.isin(shapely.get_type_id(parts), _LINES)
    if told is None and parts.size and not lines.any():
        polygons = np.isin(shapely.get_type_id(parts), _POLYGONS).any()
        where = f"{source.id} ({source.path.name})"
        values = {"measure": measure, "other": "coverage_area" if polygons else "count"}
        raise SourceError(Problem("source.not_lines", where, values))
    with_lines = np.unique(owner[lines])
    others = np.unique(owner[~lines])
    if told is not None:
        others = others[told[others]]
    return (
        parts[lines],
        owner[lines],
        [
            *record(source.id, "line_parts_kept", "R", np.intersect1d(others, with_lines)),
            *record(source.id, "no_line", "W", np.setdiff1d(others, with_lines)),
        ],
    )


def _all_parts(geometry: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the single parts of geometries, whatever they are nested in, and the geometry of each."""
    parts, owner = shapely.get_parts(geometry, return_index=True)
    while (shapely.get_type_id(parts) >= GeometryType.MULTIPOINT).any():
        parts, inner = shapely.get_parts(parts, return_index=True)
        owner = owner[inner]
    return parts, owner


def _flat(geometry: shapely.Geometry) -> np.ndarray:
    """Return the single parts of a collection, whatever it is nested in."""
    parts = np.array([geometry], dtype=object)
    while (shapely.get_type_id(parts) == GeometryType.GEOMETRYCOLLECTION).any():
        parts = shapely.get_parts(parts)
    return parts
