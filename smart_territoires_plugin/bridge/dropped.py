"""Layers that a person drops or names: path, layer and filter for a study, or why no file holds what they show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Optional, Union

from qgis.core import (
    Qgis,
    QgsMapLayer,
    QgsMimeDataUtils,
    QgsProject,
    QgsProviderRegistry,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QMimeData, QUrl

from smart_territoires_plugin.bridge.layers import LayerFile, plain_file

MEMORY, EDITED, JOINED, SERVER, UNREADABLE = "memory", "edited", "joined", "server", "unreadable"
_GEOMETRIES = {
    Qgis.GeometryType.Polygon: "polygons",
    Qgis.GeometryType.Line: "lines",
    Qgis.GeometryType.Point: "points",
}
_OPENED = (("vector", "ogr"), ("vector", "delimitedtext"), ("raster", "gdal"))
_SERVERS = (
    "WFS",
    "OAPIF",
    "postgres",
    "mssql",
    "oracle",
    "arcgisfeatureserver",
    "wms",
    "wcs",
    "postgresraster",
    "hana",
)


@dataclass(frozen=True)
class Dropped:
    """A layer as a study may read it.

    Parameters
    ----------
    name : str
    file : LayerFile, optional
        None where no plain file holds what the layer shows.
    geometry : {"polygons", "lines", "points", "raster", "table"}
    fields : tuple of str
    crs : str
        As ``EPSG:2154``; empty where it is not known.
    is_projected : bool
    reason : str
        Why there is no file: ``memory``, ``edited``, ``joined``, ``server`` or ``unreadable``; empty where one does.
    layer_id : str
        Of the layer in the project, where it is there.
    """

    name: str
    file: Optional[LayerFile]
    geometry: str
    fields: tuple[str, ...] = ()
    crs: str = ""
    is_projected: bool = False
    reason: str = ""
    layer_id: str = ""


@dataclass(frozen=True)
class Unopened:
    """A layer that was dropped and is not open: its address, and the provider of QGIS for it; none for a file."""

    uri: str
    name: str = ""
    provider: str = ""


def dropped_layer(layer: QgsMapLayer) -> Dropped:
    """Return what a study may read of a layer."""
    crs = layer.crs()
    known = {"crs": crs.authid(), "is_projected": crs.isValid() and not crs.isGeographic(), "layer_id": layer.id()}
    if not layer.isValid():
        return Dropped(layer.name(), None, "table", reason=UNREADABLE, layer_id=layer.id())
    if isinstance(layer, QgsRasterLayer):
        path = _raster_path(layer)
        reason = "" if path is not None else SERVER
        return Dropped(layer.name(), None if path is None else LayerFile(path), "raster", reason=reason, **known)
    if not isinstance(layer, QgsVectorLayer):
        return Dropped(layer.name(), None, "table", reason=UNREADABLE, layer_id=layer.id())
    file = plain_file(layer) or _delimited_text(layer)
    geometry = _GEOMETRIES.get(layer.geometryType(), "table")
    fields = tuple(field.name() for field in layer.fields())
    return Dropped(layer.name(), file, geometry, fields, reason="" if file is not None else _reason(layer), **known)


def dropped_file(path: Path) -> Dropped:
    """Return what a study may read of a file; it is opened, which takes moments for a file on this machine."""
    vector = QgsVectorLayer(str(path), path.stem, "ogr")
    if vector.isValid():
        return _unlisted(dropped_layer(vector))
    raster = QgsRasterLayer(str(path), path.stem, "gdal")
    if raster.isValid():
        return _unlisted(dropped_layer(raster))
    return Dropped(path.name, None, "table", reason=UNREADABLE)


def holds_layers(data: QMimeData) -> bool:
    """Say whether something dragged holds layers or files."""
    return QgsMimeDataUtils.isUriList(data) or any(url.isLocalFile() for url in data.urls())


def dropped(data: QMimeData) -> list[Union[Dropped, Unopened]]:
    """Return the layers of something dropped: from the layer tree, the browser, or a window of files."""
    if QgsMimeDataUtils.isUriList(data):
        return list(_of_uris(QgsMimeDataUtils.decodeUriList(data)))
    return [Unopened(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def look(found: Union[Dropped, Unopened]) -> Dropped:
    """Open what is not open yet; in a thread, for a large file takes its time."""
    if isinstance(found, Dropped):
        return found
    if not found.provider:
        return dropped_file(Path(found.uri))
    kind = QgsRasterLayer if found.provider == "gdal" else QgsVectorLayer
    return _unlisted(dropped_layer(kind(found.uri, found.name, found.provider)))


def _of_uris(uris: list) -> Iterator[Union[Dropped, Unopened]]:
    project = QgsProject.instance()
    for uri in uris:
        layer = project.mapLayer(uri.layerId) if uri.layerId else None
        if layer is not None:
            yield dropped_layer(layer)
        elif (uri.layerType, uri.providerKey) in _OPENED:
            yield Unopened(uri.uri, uri.name, uri.providerKey)
        elif uri.filePath and Path(uri.filePath).is_file():
            yield Unopened(uri.filePath)
        else:
            # What is on a server is not opened: that may take long, and it must be saved in any case.
            yield Dropped(uri.name, None, "raster" if uri.layerType == "raster" else "table", reason=SERVER)


def _unlisted(found: Dropped) -> Dropped:
    """Return the same without the layer that was opened only to look at it."""
    return Dropped(found.name, found.file, found.geometry, found.fields, found.crs, found.is_projected, found.reason)


def _raster_path(layer: QgsRasterLayer) -> Optional[Path]:
    if layer.providerType() != "gdal":
        return None
    parts = QgsProviderRegistry.instance().decodeUri("gdal", layer.source())
    path = Path(parts.get("path") or "")
    return path if path.is_file() and not parts.get("vsiPrefix") else None


def _delimited_text(layer: QgsVectorLayer) -> Optional[LayerFile]:
    """Return the file of a table that was opened as delimited text."""
    if layer.providerType() != "delimitedtext" or layer.subsetString() or layer.vectorJoins():
        return None
    path = Path(QUrl(layer.source()).toLocalFile())
    return LayerFile(path) if path.is_file() else None


def _reason(layer: QgsVectorLayer) -> str:
    if layer.isModified():
        return EDITED
    if layer.providerType() == "memory":
        return MEMORY
    return SERVER if layer.providerType() in _SERVERS else JOINED
