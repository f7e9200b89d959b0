"""The priority in three dimensions: territories that rise with it, in a 3D view of QGIS."""

from __future__ import annotations

from typing import Optional

from qgis.core import Qgis, QgsMapLayer, QgsProject, QgsProperty, QgsPropertyCollection, QgsVector3D, QgsVectorLayer
from qgis.gui import QgisInterface
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QApplication, QWidget

from smart_territoires_plugin.atlas import palette
from smart_territoires_plugin.bridge.results import STYLE_PROPERTY
from smart_territoires_plugin.bridge.translation import translate

TITLE = "Smart Territoires"
_STYLE = "territories_priority"
# The highest territory rises by this share of the region's width: seen, and hiding little of what is behind.
_RISE = 0.12
_HIGHEST = 100.0
# What is no target is a plate, so that the region keeps its shape.
_FLOOR = 1.0
_TILT_DEGREES = 50.0
_DISTANCE = 1.3
# Darker than the page that it stands on.
_NO_TARGET = "#9aa3ad"
_EXTRUSION_HEIGHT = 1
_AMBIENT, _DIFFUSE = 0.35, 0.6
_EDGE_PIXELS = 0.6


def priority_layer(project: QgsProject) -> Optional[QgsVectorLayer]:
    """Return the layer of priorities of the topmost results on the map; None where there is none."""
    for node in project.layerTreeRoot().findLayers():
        layer = node.layer()
        if layer is not None and layer.customProperty(STYLE_PROPERTY) == _STYLE:
            return layer
    return None


def height_expression(layer: QgsMapLayer) -> str:
    """Return the height of a territory, in the units of its map: in proportion to its priority."""
    extent = layer.extent()
    step = _RISE * max(extent.width(), extent.height()) / _HIGHEST
    return f'{step:.10g} * max({_FLOOR:g}, coalesce("priority", 0))'


def extrude_priority(layer: QgsVectorLayer) -> bool:
    """Give a layer the ready 3D view of its priorities, in the colours of the map; False where this QGIS has no 3D."""
    try:
        from qgis._3d import QgsPhongMaterialSettings, QgsPolygon3DSymbol, QgsRuleBased3DRenderer
    except ImportError:
        return False
    # A collection numbers its properties; the enumeration has other names in later versions.
    heights = QgsPropertyCollection()
    heights.setProperty(_EXTRUSION_HEIGHT, QgsProperty.fromExpression(height_expression(layer)))
    root = QgsRuleBased3DRenderer.Rule(None)
    for condition, colour in _classes():
        material = QgsPhongMaterialSettings()
        material.setDiffuse(QColor(colour))
        material.setAmbient(QColor(colour))
        # Together below one, and no gloss: what is blown out or shines would look like another class.
        material.setAmbientCoefficient(_AMBIENT)
        material.setDiffuseCoefficient(_DIFFUSE)
        material.setSpecular(QColor(0, 0, 0))
        symbol = QgsPolygon3DSymbol()
        symbol.setEdgesEnabled(True)
        symbol.setEdgeWidth(_EDGE_PIXELS)
        symbol.setEdgeColor(QColor(palette.GROUP_BOUNDARY))
        symbol.setAltitudeClamping(Qgis.AltitudeClamping.Absolute)
        symbol.setMaterialSettings(material)
        symbol.setDataDefinedProperties(heights)
        root.appendChild(QgsRuleBased3DRenderer.Rule(symbol, condition))
    renderer = QgsRuleBased3DRenderer(root)
    renderer.setLayer(layer)
    layer.setRenderer3D(renderer)
    return True


def _classes() -> list[tuple[str, str]]:
    """Return the condition and the colour of each class, as the map has them; the outer ones are open."""
    breaks = palette.CLASS_BREAKS
    made = [('"priority" IS NULL', _NO_TARGET)]
    for low, high, colour in zip(breaks[:-1], breaks[1:], palette.PRIORITY_COLOURS):
        above = [] if low == breaks[0] else [f'"priority" >= {low:g}']
        below = [] if high == breaks[-1] else [f'"priority" < {high:g}']
        made.append((" AND ".join(['"priority" IS NOT NULL', *above, *below]), colour))
    return made


def show_priority_in_3d(iface: QgisInterface) -> None:
    """Open a 3D view of the priorities on the map, or say in one line why there is none."""
    layer = priority_layer(QgsProject.instance())
    if layer is None:
        _say(iface, translate("SmartTerritoires", "No results are on the map: run a study first."))
        return
    if not extrude_priority(layer):
        _say(iface, translate("SmartTerritoires", "This QGIS was built without 3D views."))
        return
    _show_alone(layer)
    canvas = iface.createNewMapCanvas3D(_free_name(iface))
    if canvas is None:
        _say(iface, translate("SmartTerritoires", "QGIS could not open a 3D view."))
        return
    extent = iface.mapCanvas().mapSettings().layerExtentToOutputExtent(layer, layer.extent())
    controller, scene = canvas.cameraController(), canvas.mapSettings()
    if controller is not None and scene is not None:
        centre = scene.mapToWorldCoordinates(QgsVector3D(extent.center().x(), extent.center().y(), 0))
        controller.setLookingAtPoint(centre, _DISTANCE * max(extent.width(), extent.height()), _TILT_DEGREES, 0)


def _show_alone(layer: QgsVectorLayer) -> None:
    """Have the map show a layer in place of the other readings of its territories: a 3D view has what the map has."""
    root = QgsProject.instance().layerTreeRoot()
    root.findLayer(layer.id()).setItemVisibilityCheckedParentRecursive(True)
    for node in root.findLayer(layer.id()).parent().findLayers():
        other = node.layer()
        style = other.customProperty(STYLE_PROPERTY, "") if other is not None else ""
        if style.startswith("territories_") and other.id() != layer.id():
            node.setItemVisibilityChecked(False)


def _free_name(iface: QgisInterface) -> str:
    """Return a name that no 3D view has: QGIS opens each name once."""
    name = translate("SmartTerritoires", "Priority in 3D")
    titles = {widget.windowTitle() for widget in iface.mainWindow().findChildren(QWidget)}
    titles.update(widget.windowTitle() for widget in QApplication.topLevelWidgets())
    number = next(n for n in range(1, len(titles) + 2) if (name if n == 1 else f"{name} {n}") not in titles)
    return name if number == 1 else f"{name} {number}"


def _say(iface: QgisInterface, said: str) -> None:
    iface.messageBar().pushMessage(TITLE, said, Qgis.MessageLevel.Info)
