"""Vector files → valid geometries in the study's reference system, with the columns asked for."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Optional

import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj import CRS

from smart_territoires_plugin.core.errors import Problem, SourceError
from smart_territoires_plugin.core.sources import geometries, references
from smart_territoires_plugin.core.sources.fields import resolve_fields
from smart_territoires_plugin.core.sources.files import Located, locate
from smart_territoires_plugin.core.sources.quality import QualityRecord, record
from smart_territoires_plugin.core.study import Source


@dataclass(frozen=True)
class Vector:
    """Features of a layer.

    Parameters
    ----------
    geometry : ndarray of geometries, shape (n_features,)
        Valid, two-dimensional, in the study's system; None only where the features were kept on purpose.
    attributes : DataFrame, n_features rows
        The columns asked for, under the names asked for.
    quality : tuple of QualityRecord
        What was repaired or left out.
    """

    geometry: np.ndarray
    attributes: pd.DataFrame
    quality: tuple[QualityRecord, ...]


def layer_of(source: Source, located: Located) -> str:
    """Return the layer to read.

    Raises
    ------
    SourceError
        If the layer is absent, or several are there and none is named.
    """
    where = f"{source.id} ({located.file.name})"
    try:
        layers = pyogrio.list_layers(located.name)
    except (DataSourceError, DataLayerError) as error:
        raise SourceError(Problem("source.damaged", where, {"reason": _first_line(error)})) from error
    names = [str(name) for name in layers[:, 0]]
    spatial = [str(name) for name, kind in layers if kind is not None and name != "layer_styles"]
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
    located = locate(source)
    layer = layer_of(source, located)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            info = pyogrio.read_info(located.name, layer=layer)
    except (DataSourceError, DataLayerError) as error:
        where = f"{source.id} ({located.file.name})"
        raise SourceError(Problem("source.damaged", where, {"reason": _first_line(error)})) from error
    return {**info, "layer": layer, "name": located.name, "fields": [str(name) for name in info["fields"]]}


def source_crs(source: Source, info: dict) -> CRS:
    """Return the system of a layer: the one that the study gives, else the one that the file declares."""
    where = f"{source.id} ({source.path.name})"
    crs = source.crs or info["crs"]
    if not crs:
        bounds = info.get("total_bounds")
        values = {"likely": references.likely(tuple(bounds)) if bounds is not None else "?"}
        raise SourceError(Problem("crs.missing", where, values))
    return references.parse(crs, where)


def read_attributes(source: Source, columns: Optional[Iterable[str]] = None) -> pd.DataFrame:
    """Return the attributes of a layer as text, without its geometries."""
    info = describe(source)
    frame = _read(source, info, None if columns is None else list(columns), None, geometry=False)
    return pd.DataFrame(frame)


def _read(source: Source, info: dict, columns: Optional[list], bounds: Optional[tuple], geometry: bool):
    where = f"{source.id} ({source.path.name})"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return pyogrio.read_dataframe(
                info["name"],
                layer=info["layer"],
                columns=columns,
                where=source.where,
                bbox=bounds,
                force_2d=True,
                read_geometry=geometry,
                on_invalid="ignore",
                use_arrow=False,
                fid_as_index=True,
                datetime_as_string=True,
            )
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
        In the study's system: only features that touch them are read.
    keep_all : bool
        Keep features without a usable geometry, as None; territories are never dropped.

    Raises
    ------
    SourceError
        If the layer, its system, a column or the filter is wrong.
    """
    info = describe(source)
    where = f"{source.id} ({source.path.name})"
    if info["geometry_type"] is None:
        raise SourceError(Problem("source.no_geometry", where))
    origin = source_crs(source, info)
    actual, quality = resolve_fields(where, columns, info["fields"])
    quality = [QualityRecord(source.id, r.check, r.outcome, r.count, r.examples) for r in quality]
    window = None if bounds is None else references.transform_bounds(bounds, crs, origin)
    frame = _read(source, info, list(dict.fromkeys(actual.values())), window, geometry=True)
    attributes = pd.DataFrame({name: frame[column].to_numpy() for name, column in actual.items()}, index=frame.index)
    geometry = np.asarray(frame.geometry.array if "geometry" in frame else np.empty(len(frame), object), dtype=object)
    labels = np.asarray(frame.index, dtype=object)

    usable = geometries.present(geometry)
    if not keep_all:
        quality += record(source.id, "no_geometry", "R", labels[~usable])
        geometry, attributes, labels = geometry[usable], attributes[usable], labels[usable]
    else:
        geometry = np.where(usable, geometry, None)
    if geometry.size and usable.any():
        references.check_coordinates(origin, shapely.total_bounds(geometry), where)
    if origin != crs:
        geometry = references.reproject(geometry, origin, crs, where)
        quality.append(QualityRecord(source.id, "reprojected", "R", len(geometry), references.name(origin)))
    geometry, repairs = geometries.repaired(geometry, source.id, labels)
    quality += repairs
    if bounds is not None and geometry.size == 0 and info["features"] != 0:
        quality.append(QualityRecord(source.id, "covers_no_territory", "W", 1, source.path.name))
    return Vector(geometry, attributes.reset_index(drop=True), tuple(quality))
