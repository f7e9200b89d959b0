"""Layers opened and saved in the background: what a dropped file holds, and a copy of what a layer shows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Callable, Optional, Union

from qgis.core import (
    QgsCoordinateTransformContext,
    QgsFeatureRequest,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
)
from qgis.PyQt.QtCore import QObject

from smart_territoires_plugin.bridge.dropped import Dropped, Unopened, look
from smart_territoires_plugin.bridge.layers import LayerFile, write_features
from smart_territoires_plugin.bridge.task import BackgroundTask, start
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.errors import Cancelled


class LookTask(BackgroundTask):
    """Opens what was dropped.

    Parameters
    ----------
    layers : sequence of Dropped or Unopened
    on_end : callable
        Takes what was found, in the order given, in the main thread.
    """

    def __init__(self, layers: Sequence[Union[Dropped, Unopened]], on_end: Callable[[list[Dropped]], None]) -> None:
        super().__init__(translate("SmartTerritoires", "Opening what was dropped"), on_end)
        self._layers, self._found = list(layers), []

    def run(self) -> bool:
        """Open; in a thread of the task manager."""
        for layer in self._layers:
            if self.isCanceled():
                return False
            self._found.append(look(layer))
        return True

    def answer(self) -> tuple:
        """Return what is handed over."""
        return (self._found,)


def look_for(
    layers: Sequence[Union[Dropped, Unopened]], owner: QObject, on_end: Callable[[list[Dropped]], None]
) -> Optional[LookTask]:
    """Open layers in the background; at once where all of them are open. Nobody is told once the owner is gone."""
    if all(isinstance(layer, Dropped) for layer in layers):
        on_end(list(layers))
        return None
    task = LookTask(layers, on_end)
    owner.destroyed.connect(task.forget)
    start(task)
    return task


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


class SaveLayerTask(BackgroundTask):
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
        super().__init__(title, on_end)
        self._source = _Snapshot(layer)
        self._path, self._context = path, transform_context
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

    def answer(self) -> tuple:
        """Return what is handed over."""
        return (self._written, self._said)


def free_path(folder: Path, name: str) -> Path:
    """Return the path of a GeoPackage in a folder that is not there yet."""
    number, path = 1, folder / f"{name}.gpkg"
    while path.exists():
        number += 1
        path = folder / f"{name}_{number}.gpkg"
    return path
