"""Layers that a person drops or names: path, layer and filter for a study, or why no file holds what they show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Optional

from qgis.core import (
    Qgis,
    QgsCoordinateTransformContext,
    QgsFeatureRequest,
    QgsMapLayer,
    QgsMimeDataUtils,
    QgsProject,
    QgsProviderRegistry,
    QgsRasterLayer,
    QgsTask,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
)
from qgis.PyQt.QtCore import QMimeData, QUrl

from smart_territoires_plugin.bridge.layers import LayerFile, plain_file, write_features
from smart_territoires_plugin.core.errors import Cancelled

MEMORY, EDITED, JOINED, SERVER, UNREADABLE = "memory", "edited", "joined", "server", "unreadable"
_GEOMETRIES = {
    Qgis.GeometryType.Polygon: "polygons",
    Qgis.GeometryType.Line: "lines",
    Qgis.GeometryType.Point: "points",
}
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


def dropped(data: QMimeData) -> list[Dropped]:
    """Return the layers of something dropped: from the layer tree, the browser, or a window of files."""
    if QgsMimeDataUtils.isUriList(data):
        return list(_of_uris(QgsMimeDataUtils.decodeUriList(data)))
    return [dropped_file(Path(url.toLocalFile())) for url in data.urls() if url.isLocalFile()]


def _of_uris(uris: list) -> Iterator[Dropped]:
    project = QgsProject.instance()
    for uri in uris:
        layer = project.mapLayer(uri.layerId) if uri.layerId else None
        if layer is not None:
            yield dropped_layer(layer)
        elif uri.layerType == "vector" and uri.providerKey in ("ogr", "delimitedtext", "memory"):
            yield _unlisted(dropped_layer(QgsVectorLayer(uri.uri, uri.name, uri.providerKey)))
        elif uri.layerType == "raster" and uri.providerKey == "gdal":
            yield _unlisted(dropped_layer(QgsRasterLayer(uri.uri, uri.name, uri.providerKey)))
        elif uri.filePath and Path(uri.filePath).is_file():
            yield dropped_file(Path(uri.filePath))
        else:
            # What is on a server is not opened here: that may take long, and it must be saved in any case.
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


class _Snapshot:
    """What a layer holds now, unsaved edits included; it can be read in another thread."""

    def __init__(self, layer: QgsVectorLayer) -> None:
        self._features = QgsVectorLayerFeatureSource(layer)
        self._fields, self._kind, self._crs = layer.fields(), layer.wkbType(), layer.crs()

    def fields(self):
        """Return the fields."""
        return self._fields

    def wkbType(self):
        """Return the kind of geometry."""
        return self._kind

    def sourceCrs(self):
        """Return the reference system."""
        return self._crs

    def getFeatures(self):
        """Return the features, one by one."""
        return self._features.getFeatures(QgsFeatureRequest())


class SaveLayerTask(QgsTask):
    """Writes what a layer shows into a GeoPackage, in the background; the file appears whole, or not at all.

    Parameters
    ----------
    title : str
        What the task manager shows.
    layer : QgsVectorLayer
    path : Path
    transform_context : QgsCoordinateTransformContext
    on_end : callable
        Takes the file, or None with a sentence, in the main thread.
    """

    def __init__(
        self,
        title: str,
        layer: QgsVectorLayer,
        path: Path,
        transform_context: QgsCoordinateTransformContext,
        on_end: Callable[[Optional[LayerFile], str], None],
    ) -> None:
        super().__init__(title, QgsTask.Flag.CanCancel)
        self._source = _Snapshot(layer)
        self._path, self._context = path, transform_context
        self._on_end: Optional[Callable[[Optional[LayerFile], str], None]] = on_end
        self._written: Optional[LayerFile] = None
        self._said = ""

    def run(self) -> bool:
        """Write; in a thread of the task manager."""
        draft = self._path.with_name(f".{self._path.stem}.part.gpkg")
        try:
            draft.unlink(missing_ok=True)
            found = write_features(self._source, draft, self._context, self.isCanceled)
            draft.replace(self._path)
            self._written = LayerFile(self._path, found.layer)
        except Cancelled:
            return False
        except OSError as error:
            self._said = error.strerror or str(error)
            return False
        finally:
            draft.unlink(missing_ok=True)
        return True

    def finished(self, result: bool) -> None:
        """Hand the file over; QGIS calls it in the main thread."""
        if self._on_end is not None:
            self._on_end(self._written, self._said)

    def forget(self) -> None:
        """Cancel, and tell nobody."""
        self._on_end = None
        self.cancel()


def free_path(folder: Path, name: str) -> Path:
    """Return the path of a GeoPackage in a folder that is not there yet."""
    number, path = 1, folder / f"{name}.gpkg"
    while path.exists():
        number += 1
        path = folder / f"{name}_{number}.gpkg"
    return path
