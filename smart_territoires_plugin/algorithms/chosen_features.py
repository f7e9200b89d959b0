"""The territories that a choice names, each with the columns that the choice adds to those of the results."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Optional

from qgis.core import (
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QMetaType

from smart_territoires_plugin.core.errors import Cancelled

CODE = "code"
# What a choice adds that is no number.
TEXTS = ("theme", "standing", "exchanged_for")


def chosen_rows(path: Path) -> dict[str, dict[str, str]]:
    """Return the rows of ``portfolio.csv`` that are chosen, by code, the most valuable first."""
    with path.open(encoding="utf-8", newline="") as stream:
        return {row[CODE]: row for row in csv.DictReader(stream) if row["chosen"] == "1"}


def chosen_to_sink(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    output: str,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    layer: QgsVectorLayer,
    rows: Mapping[str, Mapping[str, str]],
    columns: Sequence[str],
) -> str:
    """Copy the features that are chosen into a sink, with the columns of the choice behind their own.

    Parameters
    ----------
    algorithm, parameters, output, context, feedback
        As Processing gives them; ``output`` is the parameter's name.
    layer : QgsVectorLayer
        Territories or call units of the results.
    rows : mapping of code to row
        Those chosen, in the order in which they come out.
    columns : sequence of str
        Columns of the choice; those that the layer has already are left out.
    """
    key = layer.dataProvider().pkAttributeIndexes()
    own = [index for index in range(layer.fields().count()) if index not in key]
    added = [name for name in columns if layer.fields().indexOf(name) < 0 and name != "chosen"]
    fields = QgsFields()
    for index in own:
        fields.append(layer.fields()[index])
    for name in added:
        fields.append(QgsField(name, QMetaType.Type.QString if name in TEXTS else QMetaType.Type.Double))
    sink, identifier = algorithm.parameterAsSink(
        parameters, output, context, fields, layer.wkbType(), layer.sourceCrs()
    )
    if sink is None:
        raise QgsProcessingException(algorithm.invalidSinkError(parameters, output))
    found = {str(feature[CODE]): feature for feature in layer.getFeatures() if str(feature[CODE]) in rows}
    for code, row in rows.items():
        if feedback.isCanceled():
            raise Cancelled
        feature = found[code]
        copy = QgsFeature(fields)
        copy.setGeometry(feature.geometry())
        values = feature.attributes()
        copy.setAttributes([*(values[index] for index in own), *(_value(row[name], name) for name in added)])
        if not sink.addFeature(copy, QgsFeatureSink.Flag.FastInsert):
            raise QgsProcessingException(algorithm.writeFeatureError(sink, parameters, output))
    return identifier


def _value(written: str, name: str) -> Any:
    """Return a cell as its column takes it; None where it is empty."""
    found: Optional[str] = written or None
    return found if found is None or name in TEXTS else float(found)
