"""Vector files → valid geometries in the study's reference system, with the columns asked for."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Optional

import numpy as np
import pandas as pd
import pyogrio
import shapely
from geopandas import GeoDataFrame
from pyogrio.errors import DataLayerError, DataSourceError, GeometryError
from pyproj import CRS

from smart_territoires_plugin.core.errors import Problem, SourceError
from smart_territoires_plugin.core.sources import databases, geometries, references, surfaces
from smart_territoires_plugin.core.sources.fields import resolve_fields
from smart_territoires_plugin.core.sources.files import Located, locate
from smart_territoires_plugin.core.sources.filters import refuse_statements
from smart_territoires_plugin.core.sources.quality import QualityRecord, record
from smart_territoires_plugin.core.sources.rectangles import beginning, touching, widened
from smart_territoires_plugin.core.study import Source
from smart_territoires_plugin.core.study.addresses import is_address

# Up to this many features a layer is read whole; above, only what touches the territories.
MAX_WHOLE_FEATURES = 100_000
# Formats that do not fix the encoding of their text, and what is tried where theirs fails.
ENCODED = (".shp", ".dbf", ".tab")
FALLBACK_ENCODING = "CP1252"
# The name of the column of geometries where an attribute has the usual one.
OWN_GEOMETRY = "__geometry__"
# Reading a file never fetches what it refers to.
pyogrio.set_gdal_config_options({"GML_DOWNLOAD_WFS_SCHEMA": "NO", "GML_DOWNLOAD_SCHEMA": "NO"})


@dataclass(frozen=True)
class Vector:
    """Features of a layer.

    Parameters
    ----------
    geometry : ndarray of geometries, shape (n_features,)
        Valid, two-dimensional, in the study's system; None only where the features were kept on purpose.
    attributes : DataFrame, n_features rows
        The columns asked for, under the names asked for.
    repaired : ndarray of bool, shape (n_features,)
        Which geometries were invalid in the file.
    labels : ndarray of object, shape (n_features,)
        How a person finds each feature in the file.
    told : ndarray of bool, shape (n_features,)
        Which features are recorded here: all of them, or of a block those that begin in it.
    quality : tuple of QualityRecord
        What was repaired or left out.
    """

    geometry: np.ndarray
    attributes: pd.DataFrame
    repaired: np.ndarray
    labels: np.ndarray
    told: np.ndarray
    quality: tuple[QualityRecord, ...]


def layer_names(located: Located, where: str) -> list[str]:
    """Return the names of all layers of a file.

    Raises
    ------
    SourceError
        If it is none that GDAL reads.
    """
    if is_address(located.name):
        return databases.table_names(located.name, where)
    return [name for name, _ in _layers(located, where)]


def _layers(located: Located, where: str) -> list[tuple[str, Optional[str]]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return [(str(name), kind) for name, kind in pyogrio.list_layers(located.name)]
    except GeometryError:
        # One layer of surfaces hides the names of all; where they are not to be had otherwise, a file has one layer.
        return list(surfaces.declared_types(located.file).items()) or [(Path(located.name).stem, "Unknown")]
    except (DataSourceError, DataLayerError) as error:
        raise SourceError(Problem("source.damaged", where, {"reason": _first_line(error)})) from error


def layer_of(source: Source, located: Located) -> str:
    """Return the layer to read.

    Raises
    ------
    SourceError
        If the layer is absent, or several are there and none is named.
    """
    where = f"{source.id} ({located.file.name})"
    layers = _layers(located, where)
    names = [name for name, _ in layers]
    spatial = [name for name, kind in layers if kind is not None and name != "layer_styles"]
    if source.layer and source.layer in names:
        return source.layer
    if len(names) == 1 and (not source.layer or located.name.startswith("/vsizip/")):
        return names[0]
    if not source.layer and len(spatial) == 1:
        return spatial[0]
    code = "source.no_layer" if source.layer else "source.which_layer"
    raise SourceError(Problem(code, where, {"layer": source.layer or "–", "known": ", ".join(names)}))


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:300]


def describe(source: Source) -> dict:
    """Return what GDAL says of a layer: ``crs``, ``fields``, ``geometry_type``, ``features``, ``layer``, ``name``."""
    if databases.holds(source):
        return databases.describe(source)
    located = locate(source)
    where = f"{source.id} ({located.file.name})"
    encoding = source.options.get("encoding") if located.suffix in ENCODED else None
    name, declared = located.name, surfaces.declared_types(located.file) if located.suffix == ".gpkg" else {}
    try:
        layer = layer_of(source, located)
        info = _information(located.name, layer, encoding)
    except UnicodeDecodeError:
        encoding = FALLBACK_ENCODING
        info = _information(located.name, layer_of(source, located), encoding)
    except GeometryError:
        name = surfaces.of_any_type(located.name, layer)
        info = _information(name, layer, encoding)
        declared.setdefault(layer, "TIN")
    except (DataSourceError, DataLayerError) as error:
        raise SourceError(Problem("source.damaged", where, {"reason": _first_line(error)})) from error
    fields = [str(name) for name in info["fields"]]
    own = {"layer": layer_of(source, located), "name": name, "fields": fields, "encoding": encoding}
    own["declared_type"] = declared.get(own["layer"])
    return {**info, **own, "suffix": located.suffix, "of_surfaces": name != located.name}


def _information(name: str, layer: str, encoding: Optional[str], **asked) -> dict:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pyogrio.read_info(name, layer=layer, encoding=encoding, **asked)


def source_crs(source: Source, info: dict) -> CRS:
    """Return the system of a layer: the one that the study gives, else the one that the file declares."""
    where = f"{source.id} ({source.path.name})"
    crs = source.crs or info["crs"]
    if not crs:
        bounds = extent(info)
        values = {"likely": references.likely(tuple(bounds)) if bounds is not None else "?"}
        raise SourceError(Problem("crs.missing", where, values))
    return references.parse(crs, where)


def extent(info: dict) -> Optional[tuple]:
    """Return the bounds of a layer in its own system, None where it has none or they are not to be had cheaply."""
    if is_address(info["name"]):
        return None
    try:
        found = _information(info["name"], info["layer"], info["encoding"], force_total_bounds=True)["total_bounds"]
    except (DataSourceError, DataLayerError):
        return None
    return None if found is None or not np.isfinite(found).all() else tuple(float(value) for value in found)


def read_attributes(
    source: Source, columns: Optional[Iterable[str]] = None
) -> tuple[pd.DataFrame, list[QualityRecord]]:
    """Return the attributes of a layer without its geometries, and what was found about their text."""
    info = describe(source)
    frame, quality = _read(source, info, None if columns is None else list(columns), None, geometry=False)
    return pd.DataFrame(frame), quality


def _read(source: Source, info: dict, columns: Optional[list], bounds: Optional[tuple], geometry: bool):
    """Read features; the text of a shapefile in the encoding that it has, whatever its .cpg says."""
    if databases.holds(source):
        return databases.read(source, columns, bounds, geometry), []
    asked = {"columns": columns, "bbox": bounds, "read_geometry": geometry}
    given = source.options.get("encoding")
    try:
        frame = _features(source, info, encoding=info["encoding"], **asked)
    except UnicodeDecodeError as error:
        where = f"{source.id} ({source.path.name})"
        if info["suffix"] not in ENCODED:
            raise SourceError(Problem("source.damaged", where, {"reason": _first_line(error)})) from error
        if given:
            raise SourceError(Problem("table.encoding", where, {"encoding": given, "reason": error.reason})) from error
        frame = _features(source, info, encoding=FALLBACK_ENCODING, **asked)
        return frame, [QualityRecord(source.id, "encoding", "R", 1, FALLBACK_ENCODING)]
    if info["suffix"] in ENCODED and not given and _decoded_wrongly(frame):
        frame = _features(source, info, encoding="UTF-8", **asked)
        return frame, [QualityRecord(source.id, "encoding", "R", 1, "UTF-8")]
    return frame, []


def _frame(name: str, read_geometry: bool, **asked) -> pd.DataFrame:
    return pyogrio.read_dataframe(
        name,
        read_geometry=read_geometry,
        force_2d=True,
        on_invalid="ignore",
        use_arrow=False,
        fid_as_index=True,
        datetime_as_string=True,
        **asked,
    )


def _decoded_wrongly(frame: pd.DataFrame) -> bool:
    """Say whether all accents of a frame read as UTF-8 that was taken for one byte a letter ("Ã©" for "é")."""
    found = False
    for name in frame.columns.drop(["geometry", OWN_GEOMETRY], errors="ignore"):
        if pd.api.types.is_numeric_dtype(frame[name]):
            continue
        for text in frame[name].dropna().unique():
            if isinstance(text, str) and not text.isascii():
                try:
                    text.encode("latin-1" if any("\x80" <= c <= "\x9f" for c in text) else "cp1252").decode("utf-8")
                except UnicodeError:
                    return False
                found = True
    return found


def _features(
    source: Source,
    info: dict,
    encoding: Optional[str],
    columns: Optional[list],
    bbox: Optional[tuple],
    read_geometry: bool,
):
    where = f"{source.id} ({source.path.name})"
    if source.where:
        refuse_statements(source.where, where)
        if columns is not None:
            # Some drivers read the columns asked for alone, and then find the filter true of no feature.
            said = source.where.replace('\\"', '"').replace('""', '"').casefold()
            named = [name for name in info["fields"] if name.casefold() in said]
            columns = list(dict.fromkeys([*columns, *named]))
    asked = {"layer": info["layer"], "columns": columns, "where": source.where, "bbox": bbox, "encoding": encoding}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if info["of_surfaces"]:
                return surfaces.read_surfaces(info["name"], read_geometry, **asked)
            frame = _frame(info["name"], read_geometry, **asked)
            if read_geometry and "geometry" in info["fields"] and "geometry" in (columns or ["geometry"]):
                # The library puts the geometries in the place of an attribute of that name.
                attribute = _frame(info["name"], False, **{**asked, "columns": ["geometry"]})
                frame = frame.rename_geometry(OWN_GEOMETRY).assign(geometry=attribute["geometry"])
            return frame
    except UnicodeDecodeError:
        raise
    except (ValueError, DataLayerError) as error:
        if source.where:
            values = {"filter": source.where, "reason": _first_line(error)}
            raise SourceError(Problem("source.bad_filter", where, values)) from error
        raise SourceError(Problem("source.damaged", where, {"reason": _first_line(error)})) from error
    except DataSourceError as error:
        raise SourceError(Problem("source.damaged", where, {"reason": _first_line(error)})) from error


def read_vector(
    source: Source,
    crs: CRS,
    columns: Iterable[str] = (),
    bounds: Optional[tuple] = None,
    keep_all: bool = False,
    info: Optional[dict] = None,
    begins_in: Optional[tuple] = None,
) -> Vector:
    """Read a layer, repair it and bring it into the study's system.

    Parameters
    ----------
    source : Source
        What the study says of the layer.
    crs : CRS
        The study's system.
    columns : iterable of str
        Columns to read; found also under another case.
    bounds : (west, south, east, north), optional
        In the study's system: only features that touch them are kept.
    keep_all : bool
        Keep features without a usable geometry, as None; territories are never dropped.
    info : dict, optional
        What ``describe`` said of the layer, where it was asked before.
    begins_in : (west, south, east, north), optional
        Record only features whose south-western corner lies there, and nothing of the layer as a whole, which
        ``layer_quality`` gives: the records of blocks side by side add up.

    Raises
    ------
    SourceError
        If the layer, its system, a column or the filter is wrong.
    """
    info = info or describe(source)
    where = f"{source.id} ({source.path.name})"
    if info["geometry_type"] is None:
        raise SourceError(Problem("source.no_geometry", where))
    origin = source_crs(source, info)
    actual, _ = resolve_fields(where, columns, info["fields"])
    quality = layer_quality(source, info, actual) if begins_in is None else []
    window = None if bounds is None else references.transform_bounds(bounds, crs, origin)
    # A spatial filter passes over features without coordinates in silence: what can be is read whole and counted.
    whole = begins_in is None and 0 <= info["features"] <= MAX_WHOLE_FEATURES
    narrowed = window is not None and not whole
    asked = list(dict.fromkeys(actual.values()))
    reading = widened(window) if narrowed and not references.same(origin, crs) else window
    frame, decoded = _read(source, info, asked, reading if narrowed else None, geometry=True)
    quality += decoded
    attributes = pd.DataFrame({name: frame[column].to_numpy() for name, column in actual.items()}, index=frame.index)
    geometry = np.asarray(
        frame.geometry.array if isinstance(frame, GeoDataFrame) else np.empty(len(frame), object), dtype=object
    )
    _check_place(origin, geometry, window, extent(info) if narrowed and not len(frame) else None, where)

    usable = geometries.present(geometry)
    if usable.any() and not references.same(origin, crs):
        geometry = references.reproject(np.where(usable, geometry, None), origin, crs, where)
        # What has no place in the study's system comes out infinite.
        usable = geometries.present(geometry)
        moved = int((usable & beginning(geometry, begins_in)).sum())
        quality.append(QualityRecord(source.id, "reprojected", "R", moved, references.name(origin)))
    labels = np.asarray(frame.index, dtype=object)
    if keep_all:
        geometry = np.where(usable, geometry, None)
    else:
        quality += record(source.id, "no_geometry", "R", labels[~usable])
        kept = usable & touching(geometry, bounds)
        geometry, attributes, labels = geometry[kept], attributes[kept], labels[kept]
    if source.options.get("repair") is False:
        geometries.refuse_invalid(geometry, where, labels)
    told = beginning(geometry, begins_in)
    geometry, repaired, repairs = geometries.repaired(geometry, source.id, labels, told)
    quality += repairs
    if bounds is not None and geometry.size == 0:
        quality.append(QualityRecord(source.id, "covers_no_territory", "W", 1, source.path.name))
    return Vector(geometry, attributes.reset_index(drop=True), repaired, labels, told, tuple(quality))


def layer_quality(source: Source, info: dict, columns: Iterable[str] = ()) -> list[QualityRecord]:
    """Return what is recorded of a layer as a whole: its system, its kind of geometry, columns under another name."""
    _, renamed = resolve_fields(f"{source.id} ({source.path.name})", columns, info["fields"])
    withdrawn = references.withdrawn(source_crs(source, info), source.id)
    return [
        *(replace(item, source=source.id) for item in renamed),
        *withdrawn,
        *geometries.simplified(info, source.id),
    ]


def _check_place(
    origin: CRS, geometry: np.ndarray, window: Optional[tuple], extent: Optional[tuple], where: str
) -> None:
    """Refuse a layer that cannot be where its system puts it; a few features gone astray do not condemn the others."""
    usable = geometries.present(geometry)
    if usable.any():
        extent = tuple(np.median(shapely.bounds(geometry[usable]), axis=0))
    if extent is None:
        return
    references.check_coordinates(origin, np.array(extent), where)
    if window is not None and np.isfinite(window).all():
        references.check_axes(np.array(extent), window, where)
