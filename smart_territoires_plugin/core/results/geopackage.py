"""``results.gpkg``: the layers of the results, with the styles that QGIS applies by itself."""

from __future__ import annotations

import errno
import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.resources import resource

# Styles by layer, with the code of their label; the first is the one that QGIS applies by itself.
STYLES = {
    "territories": {
        "territories_segments": "style.segments",
        "territories_readiness": "style.readiness",
        "territories_priority": "style.priority",
    },
    "targets": {"targets": "style.ranks"},
    "peers": {"peers": "style.lines"},
    # Where a run has none, the style waits for a layer of that name.
    "call_units": {"call_units": "layer.call_units"},
}
# The version that the GDAL of every QGIS since 3.40 reads without a warning.
_DATASET = {"VERSION": "1.3"}
_TABLE = """CREATE TABLE IF NOT EXISTS layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT, f_table_schema TEXT, f_table_name TEXT,
    f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
    owner TEXT, ui TEXT, update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))"""
_REGISTER = """INSERT OR IGNORE INTO gpkg_contents (table_name, data_type, identifier, description, last_change)
    VALUES ('layer_styles', 'attributes', 'layer_styles', '', strftime('%Y-%m-%dT%H:%M:%fZ','now'))"""
_INSERT = """INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName,
    styleQML, styleSLD, useAsDefault, description, owner) VALUES ('', '', ?, 'geom', ?, ?, '', ?, '', '')"""


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Tell what GDAL or SQLite could not write, as the error of a file: a disk is full in the midst of a layer."""
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError

    try:
        yield
    except (DataSourceError, DataLayerError, FeatureError, sqlite3.Error) as error:
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise OSError(errno.EIO, reason, str(path)) from error


def write_layer(
    path: Path, layer: str, frame: pd.DataFrame, geometry: np.ndarray | None = None, kind: str = "", crs: str = ""
) -> None:
    """Add a layer to a GeoPackage.

    Parameters
    ----------
    geometry : ndarray of geometries, optional
        Without it the layer is a table.
    kind : {"MultiPolygon", "Point", "LineString"}

    Raises
    ------
    OSError
        If the file cannot be written, or not to its end.
    """
    import pyogrio

    # Each layer need not reach the disk by itself: the file is in a staging folder, and publication sees to that.
    pyogrio.set_gdal_config_options({"OGR_SQLITE_SYNCHRONOUS": "OFF"})
    plain = frame.copy()
    for name in plain.columns:
        if not pd.api.types.is_numeric_dtype(plain[name]):
            texts = plain[name].astype(object)
            plain[name] = texts.where(texts != "", None)
    with warnings.catch_warnings(), _writing(path):
        warnings.simplefilter("ignore")
        if geometry is None:
            pyogrio.write_dataframe(
                plain, path, layer=layer, driver="GPKG", append=path.exists(), dataset_options=_DATASET
            )
            return
        import geopandas

        placed = geopandas.GeoDataFrame(plain, geometry=geometry, crs=crs)
        pyogrio.write_dataframe(
            placed,
            path,
            layer=layer,
            driver="GPKG",
            geometry_type=kind,
            promote_to_multi=kind.startswith("Multi"),
            append=path.exists(),
            layer_options={"GEOMETRY_NAME": "geom"},
            dataset_options=_DATASET,
        )


def write_styles(path: Path, lang: str) -> None:
    """Store the styles of a language in a GeoPackage, where QGIS looks for them."""
    with _writing(path):
        _write_styles(path, lang)


def _write_styles(path: Path, lang: str) -> None:
    connection = sqlite3.connect(path)
    try:
        connection.execute(_TABLE)
        connection.execute(_REGISTER)
        for layer, names in STYLES.items():
            for index, (name, label) in enumerate(names.items()):
                qml = resource("resources", "styles", lang, f"{name}.qml").read_text(encoding="utf-8")
                connection.execute(_INSERT, (layer, text(label, lang), qml, index == 0))
        connection.commit()
    finally:
        connection.close()
