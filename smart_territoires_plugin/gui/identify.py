"""The action *Open in Smart Territoires* of identified features: opens the card of a territory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Optional

from qgis.core import Qgis, QgsFeature, QgsMapLayer, QgsVectorLayer
from qgis.gui import QgsMapLayerAction, QgsMapLayerActionContext
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtGui import QIcon

from smart_territoires_plugin.bridge.preview_targets import PREVIEW_PROPERTY
from smart_territoires_plugin.bridge.results import FOLDER_PROPERTY
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.resources import resource


class OpenCardAction(QgsMapLayerAction):
    """Opens the card of one territory, or selects several.

    Parameters
    ----------
    open_cards : callable
        Takes the codes of the territories and the results folder that the layer shows.
    parent : QObject, optional
    """

    def __init__(self, open_cards: Callable[[list[str], Path], None], parent: Optional[QObject] = None) -> None:
        targets = Qgis.MapLayerActionTarget
        super().__init__(
            translate("SmartTerritoires", "Open in Smart Territoires"),
            parent,
            Qgis.MapLayerActionTargets(targets.SingleFeature) | targets.MultipleFeatures,
            QIcon(str(resource("resources", "icons", "smart_territoires.svg"))),
        )
        self.setObjectName("smart_territoires_open_card")
        self._open_cards = open_cards
        self.triggeredForFeatureV2.connect(lambda layer, feature, _: self._open(layer, [feature]))
        self.triggeredForFeaturesV2.connect(lambda layer, features, _: self._open(layer, features))

    def canRunUsingLayer(self, layer: QgsMapLayer, context: Optional[QgsMapLayerActionContext] = None) -> bool:
        """Whether a layer shows territories of a run."""
        return isinstance(layer, QgsVectorLayer) and _folder(layer) is not None and layer.fields().indexOf("code") >= 0

    def _open(self, layer: QgsVectorLayer, features: list[QgsFeature]) -> None:
        folder = _folder(layer)
        if folder is not None:
            field = layer.fields().indexOf("code")
            self._open_cards([str(feature.attribute(field)) for feature in features], folder)


def _folder(layer: QgsMapLayer) -> Optional[Path]:
    """Return the results folder that a layer shows, itself or under the hand."""
    found = layer.customProperty(FOLDER_PROPERTY) or layer.customProperty(PREVIEW_PROPERTY)
    return Path(found) if found else None
