"""Which territories of a layer of the results an expression is true for."""

from __future__ import annotations

from qgis.core import (
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeatureRequest,
    QgsProcessingException,
    QgsVectorLayer,
)

from smart_territoires_plugin.bridge.translation import translate

CODE = "code"


def codes_matching(layer: QgsVectorLayer, expression: str) -> list[str]:
    """Return their codes, in the order of the layer.

    Parameters
    ----------
    layer : QgsVectorLayer
        Territories or targets, with a column ``code``.
    expression : str
        In QGIS's own language.

    Raises
    ------
    QgsProcessingException
        If the expression cannot be read, or names a column that is not there.
    """
    read = QgsExpression(expression)
    scopes = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    said = read.parserErrorString()
    if not said and read.prepare(scopes):
        names = layer.fields().names()
        strange = sorted(name for name in read.referencedColumns() if name not in (*names, "*", ""))
        if strange:
            said = translate("SmartTerritoires", "no column {names}.").format(names=", ".join(strange))
    if said or read.hasEvalError():
        raise QgsProcessingException(
            translate("SmartTerritoires", "The filter {filter} cannot be used: {reason}").format(
                filter=expression, reason=said or read.evalErrorString()
            )
        )
    request = QgsFeatureRequest().setFilterExpression(expression).setExpressionContext(scopes)
    return [str(feature[CODE]) for feature in layer.getFeatures(request)]
