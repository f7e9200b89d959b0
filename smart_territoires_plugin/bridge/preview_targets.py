"""The first targets of the moment on the map, in place of those of the run, while a person tries other weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from qgis.core import (
    Qgis,
    QgsFeature,
    QgsFeatureRequest,
    QgsField,
    QgsGeometry,
    QgsLayerTreeGroup,
    QgsLayerTreeLayer,
    QgsPointXY,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QMetaType

from smart_territoires_plugin.bridge.results import FOLDER_PROPERTY, style_layer
from smart_territoires_plugin.bridge.translation import translate

PREVIEW_PROPERTY = "smart_territoires/preview"
# On the layer of the run's targets while it is hidden for these.
_HIDDEN_PROPERTY = "smart_territoires/hidden_for_preview"
_FIELDS = (
    ("code", QMetaType.Type.QString),
    ("name", QMetaType.Type.QString),
    ("target_rank", QMetaType.Type.Int),
)
# Further down a list nobody reads ranks off a map; the style's discs shrink as far.
_SHOWN_RANKS = 50


class PreviewTargets:
    """A layer of points for the first targets of the moment; in the project only while it is shown.

    Parameters
    ----------
    folder : Path
        Results folder whose targets it stands in for.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._layer_id = ""
        self._ranked: list[tuple[int, int]] = []
        self._places: dict[int, tuple[str, str, QgsPointXY]] = {}

    def place(self, crs: str, lang: str, home: QgsLayerTreeGroup, position: int) -> None:
        """Put the layer into a group, and hide the targets of the run there.

        Parameters
        ----------
        crs : str
            Of the territories, for example ``"EPSG:2154"``.
        lang : {"fr", "en"}
            Language of the legend.
        home : QgsLayerTreeGroup
            The group of the results.
        position : int
            Place in the group.
        """
        layer = QgsVectorLayer(f"Point?crs={crs}", translate("SmartTerritoires", "First targets at hand"), "memory")
        layer.dataProvider().addAttributes([QgsField(name, kind) for name, kind in _FIELDS])
        layer.updateFields()
        as_preview(layer, self._folder)
        style_layer(layer, "targets_at_hand", lang)
        QgsProject.instance().addMapLayer(layer, False)
        self._layer_id = layer.id()
        home.insertLayer(position, layer).setItemVisibilityChecked(_hide_targets(home, self._folder))

    def show(self, target_rank: np.ndarray, areas: QgsVectorLayer, ids: np.ndarray) -> None:
        """Show the first targets.

        Parameters
        ----------
        target_rank : ndarray, shape (n_territories,)
            NaN for who is no target.
        areas : QgsVectorLayer
            The territories under them.
        ids : ndarray of int, shape (n_territories,)
            Their features in it; negative where there is none.
        """
        layer = QgsProject.instance().mapLayer(self._layer_id) if self._layer_id else None
        if layer is None:
            return
        rows = np.flatnonzero((target_rank <= _SHOWN_RANKS) & (ids >= 0))
        ranked = list(zip(rows.tolist(), target_rank[rows].astype(int).tolist()))
        if ranked == self._ranked:
            return
        self._ranked = ranked
        self._find(rows, areas, ids)
        made = []
        for row, rank in ranked:
            code, name, place = self._places[row]
            feature = QgsFeature(layer.fields())
            feature.setGeometry(QgsGeometry.fromPointXY(place))
            feature.setAttributes([code, name, rank])
            made.append(feature)
        provider = layer.dataProvider()
        provider.truncate()
        provider.addFeatures(made)
        layer.updateExtents()
        layer.triggerRepaint()

    def _find(self, rows: np.ndarray, areas: QgsVectorLayer, ids: np.ndarray) -> None:
        """Learn where the targets are that were not shown before."""
        asked = {int(ids[row]): int(row) for row in rows.tolist() if row not in self._places}
        if not asked:
            return
        for feature in areas.getFeatures(QgsFeatureRequest().setFilterFids(list(asked))):
            place = feature.geometry().pointOnSurface().asPoint()
            self._places[asked[feature.id()]] = (feature["code"], feature["name"], place)

    def remove(self) -> None:
        """Take the layer out of the project, and show the targets of the run again."""
        project = QgsProject.instance()
        if self._layer_id and project.mapLayer(self._layer_id) is not None:
            project.removeMapLayer(self._layer_id)
        self._layer_id = ""
        _show_hidden(project)


def as_preview(layer: QgsVectorLayer, folder: Path) -> None:
    """Mark a temporary layer as ours: nothing in it is a person's work."""
    layer.setCustomProperty(PREVIEW_PROPERTY, str(folder))
    # What QGIS asks about temporary layers when it closes is no question here.
    layer.setCustomProperty("skipMemoryLayersCheck", 1)
    layer.setReadOnly(True)


def shows_areas(layer: QgsVectorLayer) -> bool:
    """Whether a layer of a preview holds the territories themselves."""
    return bool(layer.customProperty(PREVIEW_PROPERTY)) and layer.geometryType() == Qgis.GeometryType.Polygon


def sweep(project: QgsProject) -> None:
    """Take away what a project was saved with while weights were tried: empty layers, and targets that were hidden."""
    left = [layer.id() for layer in project.mapLayers().values() if layer.customProperty(PREVIEW_PROPERTY)]
    if left:
        project.removeMapLayers(left)
    _show_hidden(project)


def _hide_targets(home: QgsLayerTreeGroup, folder: Path) -> bool:
    """Hide the targets of the run; False where a person had hidden them."""
    nodes = [node for node in home.findLayers() if _is_targets(node, folder)]
    shown = [node for node in nodes if node.itemVisibilityChecked()]
    for node in shown:
        node.setItemVisibilityChecked(False)
        node.setCustomProperty(_HIDDEN_PROPERTY, True)
    return bool(shown) or not nodes


def _show_hidden(project: QgsProject) -> None:
    for node in project.layerTreeRoot().findLayers():
        if node.customProperty(_HIDDEN_PROPERTY):
            node.removeCustomProperty(_HIDDEN_PROPERTY)
            node.setItemVisibilityChecked(True)


def _is_targets(node: QgsLayerTreeLayer, folder: Path) -> bool:
    layer = node.layer()
    if layer is None or layer.customProperty(FOLDER_PROPERTY) != str(folder):
        return False
    return layer.source().endswith("layername=targets")
