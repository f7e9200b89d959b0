"""Layers in: a plain file goes to the engine by path, layer name and filter; any other is written to a GeoPackage."""

from __future__ import annotations

import csv
import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Optional

from qgis.core import (
    NULL,
    QgsCoordinateTransformContext,
    QgsFeatureSink,
    QgsFeatureSource,
    QgsField,
    QgsFields,
    QgsProject,
    QgsProviderRegistry,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

from smart_territoires_plugin.core.errors import Cancelled


@dataclass(frozen=True)
class LayerFile:
    """Where the engine finds the features of a layer.

    Parameters
    ----------
    path : Path
        The file.
    layer : str or None
        Name within the file, where it holds several.
    where : str or None
        Filter, in the words of the file's own database.
    """

    path: Path
    layer: Optional[str] = None
    where: Optional[str] = None

    @property
    def text(self) -> str:
        """The three on one line, as ``path|layername=…|subset=…``."""
        named = f"|layername={self.layer}" if self.layer else ""
        filtered = f"|subset={self.where}" if self.where else ""
        return f"{self.path}{named}{filtered}"


def plain_file(layer: QgsVectorLayer) -> Optional[LayerFile]:
    """Return the file of a layer that shows just that file, else None.

    A layer with unsaved edits, joins or expression fields shows more than its file holds.
    """
    if layer.providerType() != "ogr" or layer.isModified() or layer.vectorJoins():
        return None
    fields = layer.fields()
    if any(fields.fieldOrigin(i) == fields.FieldOrigin.OriginExpression for i in range(fields.count())):
        return None
    parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
    path = Path(parts.get("path") or "")
    if not path.is_file() or parts.get("vsiPrefix") or parts.get("authcfg"):
        return None
    return LayerFile(path, parts.get("layerName") or None, layer.subsetString() or None)


def unsaved_layers(paths: Collection[object]) -> list[str]:
    """Return the names of the layers of the project whose file is among some, and whose edits are not saved.

    Parameters
    ----------
    paths : collection of Path
        What is no path of a file is passed over.
    """
    files = {os.path.realpath(path) for path in paths if isinstance(path, Path)}
    found = []
    for layer in QgsProject.instance().mapLayers().values():
        if isinstance(layer, QgsVectorLayer) and layer.isModified():
            parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
            if os.path.realpath(parts.get("path") or "") in files:
                found.append(layer.name())
    return sorted(found)


def layer_file(
    layer: QgsVectorLayer,
    folder: Path,
    transform_context: QgsCoordinateTransformContext,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> LayerFile:
    """Return where the engine finds what a layer shows; writes it into ``folder`` where no plain file holds it.

    Parameters
    ----------
    layer : QgsVectorLayer
        Of the calling thread.
    folder : Path
        A temporary folder that the caller removes.
    transform_context : QgsCoordinateTransformContext
        Of the project.
    is_cancelled : callable
        Asked at each feature.
    """
    return plain_file(layer) or write_features(layer, folder / "layer.gpkg", transform_context, is_cancelled)


def write_features(
    source: QgsFeatureSource,
    path: Path,
    transform_context: QgsCoordinateTransformContext,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> LayerFile:
    """Write all features of a source to a new GeoPackage.

    Raises
    ------
    OSError
        If the file cannot be written.
    Cancelled
        If the person asked to stop.
    """
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    options.layerName = "features"
    # A column named like GeoPackage's own key would otherwise be taken for it, and repeated values be lost.
    options.layerOptions = ["FID=st_fid"]
    writer = QgsVectorFileWriter.create(
        str(path), _without_widths(source.fields()), source.wkbType(), source.sourceCrs(), transform_context, options
    )
    if writer.hasError() != QgsVectorFileWriter.WriterError.NoError:
        raise OSError(writer.errorMessage())
    for feature in source.getFeatures():
        if is_cancelled():
            raise Cancelled
        if not writer.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
            raise OSError(writer.errorMessage())
    del writer
    return LayerFile(path, "features")


def _without_widths(fields: QgsFields) -> QgsFields:
    """Return the same fields with no width or precision: a writer would round the values to them."""
    unbound = QgsFields()
    for field in fields:
        copy = QgsField(field)
        copy.setLength(0)
        copy.setPrecision(0)
        unbound.append(copy)
    return unbound


def write_values(
    source: QgsFeatureSource,
    code_field: str,
    columns: Sequence[str],
    path: Path,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Path:
    """Write the codes and the named columns of a source as the CSV that ``run --values`` reads.

    Parameters
    ----------
    source : QgsFeatureSource
        One feature per territory.
    code_field : str
        Its column with the codes.
    columns : sequence of str
        Columns to write, by name; all exist.
    path : Path
        The file to write.
    is_cancelled : callable
        Asked at each feature.
    """
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["code", *columns])
        for feature in source.getFeatures():
            if is_cancelled():
                raise Cancelled
            writer.writerow(_cells(feature[name] for name in (code_field, *columns)))
    return path


def _cells(values: Iterable[object]) -> list[str]:
    """Write values as cells: numbers with all their digits and a decimal point, nothing where there is nothing."""
    return ["" if value is None or value == NULL else str(value) for value in values]
