"""The map under the hand: a simplified layer in memory whose segments follow the weights, and the first targets."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Optional

import numpy as np
from qgis.core import (
    QgsFeature,
    QgsFeatureRequest,
    QgsField,
    QgsFields,
    QgsProject,
    QgsRenderContext,
    QgsVectorDataProvider,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QMetaType

from smart_territoires_plugin.bridge.preview_targets import PreviewTargets, as_preview
from smart_territoires_plugin.bridge.results import FOLDER_PROPERTY, style_layer
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.targeting.rescoring import Rescored

_FIELDS = (
    ("code", QMetaType.Type.QString),
    ("name", QMetaType.Type.QString),
    ("segment", QMetaType.Type.QString),
    ("readiness", QMetaType.Type.Double),
    ("priority", QMetaType.Type.Double),
    ("target_rank", QMetaType.Type.Int),
    ("segment_probability", QMetaType.Type.Double),
)
_FIRST = 2
# What follows the hand.
_SHOWN = tuple(name for name, _ in _FIELDS[_FIRST:-1])
_SEGMENT_PROBABILITY = 1.0
# Detail that no screen shows: the region's width in pixels of a large screen.
_PIXELS = 4000
# After so long the windows have their turn.
_TURN_S = 0.01
_BLOCK = 1000


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
        self._rows = {str(code): row for row, code in enumerate(codes)}
        self._ids = np.full(len(codes), -1, dtype=np.int64)
        self._written: dict[str, np.ndarray] = {}
        self._wanted: dict[str, np.ndarray] = {}
        self._layer_id = ""
        self._targets = PreviewTargets(folder)

    @property
    def layer(self) -> Optional[QgsVectorLayer]:
        """The layer, None where it is not in the project (any more: a person may remove it)."""
        return QgsProject.instance().mapLayer(self._layer_id) if self._layer_id else None

    def build(self, found: Rescored, lang: str) -> Iterator[int]:
        """Make the layer in short turns and put it above the results; yields the number of territories done."""
        source = QgsVectorLayer(f"{self._folder / 'results.gpkg'}|layername=territories", "territories", "ogr")
        layer = QgsVectorLayer(
            f"MultiPolygon?crs={source.crs().authid()}", translate("SmartTerritoires", "Weights at hand"), "memory"
        )
        provider = layer.dataProvider()
        provider.addAttributes([QgsField(name, kind) for name, kind in _FIELDS])
        layer.updateFields()
        self._written = _values(found)
        extent = source.extent()
        tolerance = max(extent.width(), extent.height()) / _PIXELS
        made: list[QgsFeature] = []
        done, begun = 0, time.perf_counter()
        asked = QgsFeatureRequest().setSubsetOfAttributes(["code", "name"], source.fields())
        for feature in source.getFeatures(asked):
            made.append(self._simplified(feature, layer.fields(), tolerance))
            if time.perf_counter() - begun > _TURN_S:
                done += self._take(provider, made)
                made = []
                yield done
                begun = time.perf_counter()
        done += self._take(provider, made)
        yield done
        layer.updateExtents()
        as_preview(layer, self._folder)
        style_layer(layer, "territories_segments", lang)
        yield done
        QgsProject.instance().addMapLayer(layer, False)
        self._layer_id = layer.id()
        yield done
        self._place(layer, lang)
        yield done
        self._targets.show(found.target_rank, layer, self._ids)

    def _simplified(self, feature: QgsFeature, fields: QgsFields, tolerance: float) -> QgsFeature:
        made = QgsFeature(fields)
        shape = feature.geometry().simplify(tolerance)
        made.setGeometry(feature.geometry() if shape.isEmpty() else shape)
        row = self._rows.get(str(feature["code"]))
        values = [None] * len(_SHOWN) if row is None else [_cell(self._written[name][row]) for name in _SHOWN]
        made.setAttributes([feature["code"], feature["name"], *values, _SEGMENT_PROBABILITY])
        return made

    def _take(self, provider: QgsVectorDataProvider, made: list[QgsFeature]) -> int:
        _, added = provider.addFeatures(made)
        for feature in added:
            row = self._rows.get(str(feature["code"]))
            if row is not None:
                self._ids[row] = feature.id()
        return len(added)

    def _place(self, layer: QgsVectorLayer, lang: str) -> None:
        root = QgsProject.instance().layerTreeRoot()
        home = next((n for n in root.children() if n.customProperty(FOLDER_PROPERTY) == str(self._folder)), root)
        # Below the targets and the lines to peers, above the segments that it stands in for.
        names = [node.name() for node in home.children()]
        place = next((i for i, node in enumerate(home.children()) if _is_areas(node)), len(names))
        home.insertLayer(place, layer)
        self._targets.place(layer.crs().authid(), lang, home, place)

    def show(self, found: Rescored) -> int:
        """Let the map draw the scores of the moment; returns how many territories changed.

        What the map does not draw waits for ``write_rest``.
        """
        layer = self.layer
        if layer is None:
            # A person took it away; what belongs to it goes with it.
            self._targets.remove()
            return 0
        self._targets.show(found.target_rank, layer, self._ids)
        self._wanted = _values(found)
        drawn = _drawn(layer)
        changed = self._changed([name for name in _SHOWN if name in drawn])
        count = self._write(layer, changed)
        if count:
            layer.triggerRepaint()
        return count

    def write_rest(self) -> Iterator[int]:
        """Give the layer what the map does not draw, in short turns; yields how many territories changed."""
        changed = self._changed(_SHOWN)
        count = 0
        for name, rows in changed.items():
            for start in range(0, len(rows), _BLOCK):
                layer = self.layer
                if layer is None:
                    return
                count += self._write(layer, {name: rows[start : start + _BLOCK]})
                yield count

    def _changed(self, names: Sequence[str]) -> dict[str, np.ndarray]:
        """Return the territories whose values of some fields are not yet written."""
        made = {}
        for name in names:
            now, before = self._wanted[name], self._written[name]
            made[name] = np.flatnonzero(~((now == before) | _both_missing(now, before)))
        return made

    def _write(self, layer: QgsVectorLayer, changed: Mapping[str, np.ndarray]) -> int:
        wanted: dict[int, dict[int, object]] = {}
        for name, rows in changed.items():
            field = _FIRST + _SHOWN.index(name)
            rows = rows[self._ids[rows] >= 0]
            for identifier, value in zip(self._ids[rows].tolist(), self._wanted[name][rows].tolist()):
                wanted.setdefault(identifier, {})[field] = _cell(value)
            self._written[name][rows] = self._wanted[name][rows]
        if wanted:
            layer.dataProvider().changeAttributeValues(wanted)
        return len(wanted)

    def remove(self) -> None:
        """Take the layers out of the project, where they are in it."""
        self._targets.remove()
        if self.layer is not None:
            QgsProject.instance().removeMapLayer(self._layer_id)
        self._layer_id = ""


def _values(found: Rescored) -> dict[str, np.ndarray]:
    """Return the values of the fields that follow the hand."""
    readiness = found.columns.get("readiness", np.full(len(found.segment), np.nan))
    # A hundredth of a point changes no colour.
    return {
        "segment": found.segment.astype(object),
        "readiness": readiness.round(2),
        "priority": found.priority.round(2),
        "target_rank": found.target_rank.copy(),
    }


def _drawn(layer: QgsVectorLayer) -> set[str]:
    """Return the fields that the map needs of a layer: those of its colours and its labels."""
    context = QgsRenderContext()
    found = set(layer.renderer().usedAttributes(context))
    if layer.labelsEnabled():
        labels = layer.labeling()
        for provider in labels.subProviders():
            found |= labels.settings(provider).referencedFields(context)
    return found


def _cell(value: object) -> object:
    """Return a value as a field takes it: nothing where it is missing."""
    if isinstance(value, str):
        return value
    return None if np.isnan(value) else float(value)


def _is_areas(node) -> bool:
    layer = node.layer() if hasattr(node, "layer") else None
    return layer is not None and layer.source().endswith("layername=territories")


def _both_missing(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    if a.dtype.kind != "f":
        return np.zeros(len(a), dtype=bool)
    return np.isnan(a) & np.isnan(b)
