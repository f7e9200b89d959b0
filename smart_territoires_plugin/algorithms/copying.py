"""From a table that the engine wrote to an output of an algorithm: all features and columns but the file's own key."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable

from qgis.core import (
    QgsFeature,
    QgsFeatureSink,
    QgsFields,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsVectorLayer,
)

from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.errors import Cancelled


def open_table(path: Path, table: str) -> QgsVectorLayer:
    """Open a layer that the engine wrote.

    Raises
    ------
    QgsProcessingException
        If it is not there.
    """
    layer = QgsVectorLayer(f"{path}|layername={table}", table, "ogr")
    if not layer.isValid():
        raise QgsProcessingException(
            translate("SmartTerritoires", "The engine did not write the layer {table}.").format(table=table)
        )
    return layer


def copy_to_sink(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    output: str,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    layer: QgsVectorLayer,
    keep: Callable[[QgsFeature], bool] = lambda feature: True,
) -> str:
    """Copy the features of a layer into a sink and return the sink's id.

    Parameters
    ----------
    algorithm, parameters, output, context, feedback
        As Processing gives them; ``output`` is the parameter's name.
    layer : QgsVectorLayer
        What the engine wrote.
    keep : callable
        Whether a feature goes into the output.
    """
    key = layer.dataProvider().pkAttributeIndexes()
    indexes = [index for index in range(layer.fields().count()) if index not in key]
    fields = QgsFields()
    for index in indexes:
        fields.append(layer.fields()[index])
    sink, identifier = algorithm.parameterAsSink(
        parameters, output, context, fields, layer.wkbType(), layer.sourceCrs()
    )
    if sink is None:
        raise QgsProcessingException(algorithm.invalidSinkError(parameters, output))
    for feature in layer.getFeatures():
        if feedback.isCanceled():
            raise Cancelled
        if not keep(feature):
            continue
        copy = QgsFeature(fields)
        copy.setGeometry(feature.geometry())
        values = feature.attributes()
        copy.setAttributes([values[index] for index in indexes])
        if not sink.addFeature(copy, QgsFeatureSink.Flag.FastInsert):
            raise QgsProcessingException(algorithm.writeFeatureError(sink, parameters, output))
    return identifier
