"""The map under the hand: a simplified layer in memory whose segments and classes follow the weights."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Optional

import numpy as np
from qgis.core import (
    QgsFeature,
    QgsField,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QMetaType

from smart_territoires_plugin.bridge.results import FOLDER_PROPERTY, style_layer
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.targeting.rescoring import Rescored

PREVIEW_PROPERTY = "smart_territoires/preview"
_FIELDS = (
    ("code", QMetaType.Type.QString),
    ("name", QMetaType.Type.QString),
    ("segment", QMetaType.Type.QString),
    ("readiness", QMetaType.Type.Double),
    ("priority", QMetaType.Type.Double),
    ("target_rank", QMetaType.Type.Int),
    ("segment_probability", QMetaType.Type.Double),
)
# Detail that no screen shows: the region's width in pixels of a large screen.
_PIXELS = 4000
_BLOCK = 500


class PreviewLayer:
    """A layer that shows the scores of the moment; in the project only while it is shown.

    Parameters
    ----------
    folder : Path
        Results folder whose territories it shows.
    codes : ndarray of str
        In the order of the scores.
    """

    def __init__(self, folder: Path, codes: np.ndarray) -> None:
        self._folder = folder
        self._codes = codes
        self._ids: dict[str, int] = {}
        self._shown: Optional[tuple[np.ndarray, ...]] = None
        self._layer_id = ""

    @property
    def layer(self) -> Optional[QgsVectorLayer]:
        """The layer, None where it is not in the project (any more: a person may remove it)."""
        return QgsProject.instance().mapLayer(self._layer_id) if self._layer_id else None

    def build(self, lang: str) -> Iterator[int]:
        """Make the layer block by block and put it above the results; yields the number of territories done."""
        source = QgsVectorLayer(f"{self._folder / 'results.gpkg'}|layername=territories", "territories", "ogr")
        layer = QgsVectorLayer(
            f"MultiPolygon?crs={source.crs().authid()}", translate("SmartTerritoires", "Weights at hand"), "memory"
        )
        provider = layer.dataProvider()
        provider.addAttributes([QgsField(name, kind) for name, kind in _FIELDS])
        layer.updateFields()
        extent = source.extent()
        tolerance = max(extent.width(), extent.height()) / _PIXELS
        made: list[QgsFeature] = []
        done = 0
        for feature in source.getFeatures():
            moved = QgsFeature(layer.fields())
            shape = feature.geometry().simplify(tolerance)
            moved.setGeometry(feature.geometry() if shape.isEmpty() else shape)
            moved["code"], moved["name"] = feature["code"], feature["name"]
            made.append(moved)
            if len(made) == _BLOCK:
                done += self._take(provider, made)
                made = []
                yield done
        done += self._take(provider, made)
        layer.updateExtents()
        layer.setCustomProperty(PREVIEW_PROPERTY, str(self._folder))
        # What QGIS asks about temporary layers when it closes is no question here: nothing in it is a person's work.
        layer.setCustomProperty("skipMemoryLayersCheck", 1)
        layer.setReadOnly(True)
        style_layer(layer, "territories_segments", lang)
        self._place(layer)
        yield done

    def _take(self, provider, made: list[QgsFeature]) -> int:
        _, added = provider.addFeatures(made)
        self._ids.update({str(feature["code"]): feature.id() for feature in added})
        return len(added)

    def _place(self, layer: QgsVectorLayer) -> None:
        project = QgsProject.instance()
        project.addMapLayer(layer, False)
        self._layer_id = layer.id()
        root = project.layerTreeRoot()
        home = next((n for n in root.children() if n.customProperty(FOLDER_PROPERTY) == str(self._folder)), root)
        # Below the targets and the lines to peers, above the segments that it stands in for.
        names = [node.name() for node in home.children()]
        place = next((i for i, node in enumerate(home.children()) if _is_areas(node)), len(names))
        home.insertLayer(place, layer)

    def show(self, found: Rescored) -> int:
        """Give the layer the scores of the moment; only what changed is written. Returns how many territories did."""
        layer = self.layer
        if layer is None:
            return 0
        readiness = found.columns.get("readiness", np.full(len(self._codes), np.nan))
        # A hundredth of a point changes no colour.
        now = (found.segment.astype(str), readiness.round(2), found.priority.round(2), found.target_rank)
        changed = np.ones(len(self._codes), dtype=bool)
        if self._shown is not None:
            pairs = zip(now, self._shown)
            changed = np.logical_or.reduce([~((a == b) | _both_missing(a, b)) for a, b in pairs])
        self._shown = now
        wanted = {}
        for row in np.flatnonzero(changed):
            feature = self._ids.get(str(self._codes[row]))
            if feature is not None:
                segment, ready, priority, rank = (part[row] for part in now)
                wanted[feature] = {
                    2: str(segment),
                    3: None if np.isnan(ready) else float(ready),
                    4: None if np.isnan(priority) else float(priority),
                    5: None if np.isnan(rank) else int(rank),
                    6: 1.0,
                }
        if wanted:
            layer.dataProvider().changeAttributeValues(wanted)
            layer.triggerRepaint()
        return len(wanted)

    def remove(self) -> None:
        """Take the layer out of the project, where it is in it."""
        if self.layer is not None:
            QgsProject.instance().removeMapLayer(self._layer_id)
        self._layer_id = ""
        self._shown = None


def _is_areas(node) -> bool:
    layer = node.layer() if hasattr(node, "layer") else None
    return layer is not None and layer.source().endswith("layername=territories")


def _both_missing(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    if a.dtype.kind != "f":
        return np.zeros(len(a), dtype=bool)
    return np.isnan(a) & np.isnan(b)
