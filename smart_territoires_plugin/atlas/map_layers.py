"""Memory layers of the atlas's maps: made once from the rows, without joins, virtual fields or files held open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Optional

from qgis.core import (
    QgsFeature,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsLineSymbol,
    QgsMemoryProviderUtils,
    QgsRectangle,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QMetaType

from smart_territoires_plugin.atlas import palette, symbology, typography
from smart_territoires_plugin.atlas.results import ADDED, Results, Territory

TEXT = QMetaType.Type.QString
REAL = QMetaType.Type.Double
COLUMNS = {"code": TEXT, "name": TEXT, "segment": TEXT, "readiness": REAL, "priority": REAL}
# Widest grouping first: its outlines are drawn.
OUTLINED_GROUPS = ("group_region", "group_departement", "group_ept", "group_epci")
MOST_GROUPS_OUTLINED = 40
SURROUNDINGS_STRENGTH = 0.38
SMALLEST_NAMED_MM = 9.0
TARGET_VARIABLE = "target_code"


@dataclass(frozen=True)
class MapLayers:
    """Layers shared by the pages.

    Parameters
    ----------
    segments, readiness, priority : QgsVectorLayer
        The overview maps.
    surroundings : QgsVectorLayer
        Segments in quiet colours, with place names.
    groups : QgsVectorLayer or None
        Outlines of the groups.
    outlined : str
        The column outlined, empty if none.
    ranks : QgsVectorLayer
        Points with the rank of each target.
    extent : QgsRectangle
        That of all territories.
    """

    segments: QgsVectorLayer
    readiness: QgsVectorLayer
    priority: QgsVectorLayer
    surroundings: QgsVectorLayer
    groups: Optional[QgsVectorLayer]
    outlined: str
    ranks: QgsVectorLayer
    extent: QgsRectangle

    def with_groups(self, *layers: QgsVectorLayer) -> tuple:
        """Return layers for a map, group outlines above the last of them."""
        outlines = (self.groups,) if self.groups is not None else ()
        return (*layers[:-1], *outlines, layers[-1])


def make_map_layers(results: Results, lang: str) -> MapLayers:
    """Return the layers of a results folder."""
    # One layer each rather than clones: a cloned memory layer finds nothing by extent.
    segments, readiness, priority, surroundings = (territory_layer(results, results.territories) for _ in range(4))
    surroundings.setRenderer(symbology.segments_renderer(lang, SURROUNDINGS_STRENGTH))
    # Colours are pale there: a halo is not needed, and would make each letter an outline in the PDF.
    names = typography.text_format(6.5, palette.INK_SOFT)
    # The target's own name is printed by the layer that highlights it; the layout says which one it is.
    expression = f'if("code" = @{TARGET_VARIABLE}, \'\', "name")'
    surroundings.setLabeling(symbology.expression_labels(expression, names, SMALLEST_NAMED_MM))
    surroundings.setLabelsEnabled(True)
    readiness.setRenderer(symbology.readiness_renderer(lang))
    priority.setRenderer(symbology.priority_renderer(lang))
    segments.setRenderer(symbology.segments_renderer(lang))
    outlined = outlined_group(results)
    extent = QgsRectangle()
    for territory in results.territories:
        if not territory.geometry.isEmpty():
            extent.combineExtentWith(territory.geometry.boundingBox())
    return MapLayers(
        segments=segments,
        readiness=readiness,
        priority=priority,
        surroundings=surroundings,
        groups=group_layer(results, outlined) if outlined else None,
        outlined=outlined,
        ranks=rank_layer(results),
        extent=extent,
    )


def territory_layer(results: Results, territories: Iterable[Territory]) -> QgsVectorLayer:
    """Return a polygon layer with the columns that maps need."""
    rows = [(t.geometry, [t.value(column) for column in COLUMNS]) for t in territories]
    return memory_layer(results, QgsWkbTypes.Type.MultiPolygon, COLUMNS, rows)


def outlined_group(results: Results) -> str:
    """Return the widest group column that has few enough members to be drawn, empty if there is none."""
    columns = {column for territory in results.territories[:1] for column in territory.values}
    others = sorted(column for column in columns if column.startswith("group_") and column not in OUTLINED_GROUPS)
    for column in (*OUTLINED_GROUPS, *others):
        members = {t.value(column) for t in results.territories} - {None, ""}
        if 1 < len(members) <= MOST_GROUPS_OUTLINED:
            return column
    return ""


def group_layer(results: Results, column: str) -> QgsVectorLayer:
    """Return the outlines of the groups of a column."""
    members: dict = {}
    for territory in results.territories:
        if territory.value(column) and not territory.geometry.isEmpty():
            members.setdefault(str(territory.value(column)), []).append(territory.geometry)
    rows = []
    for name, geometries in sorted(members.items()):
        outline = union(geometries).convertToType(QgsWkbTypes.GeometryType.LineGeometry, True)
        if not outline.isEmpty():
            rows.append((outline, [name]))
    layer = memory_layer(results, QgsWkbTypes.Type.MultiLineString, {"name": TEXT}, rows)
    symbol = QgsLineSymbol.createSimple(
        {"line_color": palette.GROUP_BOUNDARY, "line_width": "0.3", "joinstyle": "round", "capstyle": "round"}
    )
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    return layer


def union(geometries: list) -> QgsGeometry:
    """Return the union of polygons; where one of them is invalid, that of their repaired copies."""
    joined = QgsGeometry.unaryUnion(geometries)
    return joined if not joined.isEmpty() else QgsGeometry.unaryUnion([shape.makeValid() for shape in geometries])


def rank_layer(results: Results) -> QgsVectorLayer:
    """Return a point on each target, labelled by its rank."""
    rows = [
        (t.geometry.pointOnSurface(), [ADDED if (rank := t.number("target_rank")) is None else f"{rank:.0f}"])
        for t in results.targets
        if not t.geometry.isEmpty()
    ]
    layer = memory_layer(results, QgsWkbTypes.Type.Point, {"rank": TEXT}, rows)
    symbol = symbology.target_marker("core")
    symbol.setOpacity(0)
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    style = typography.text_format(6.5, palette.INK, bold=True, halo=True)
    layer.setLabeling(symbology.field_labels("rank", style, centred=True))
    layer.setLabelsEnabled(True)
    return layer


def highlight_layer(results: Results, target: Territory) -> QgsVectorLayer:
    """Return the target alone: full colour, strong outline, its name."""
    layer = territory_layer(results, (target,))
    layer.setRenderer(QgsSingleSymbolRenderer(symbology.plain_fill(palette.ACCENT, palette.INK, "0.7")))
    name = typography.text_format(8.0, palette.INK, bold=True, halo=True)
    layer.setLabeling(symbology.field_labels("name", name))
    layer.setLabelsEnabled(True)
    return layer


def memory_layer(results: Results, geometry: QgsWkbTypes.Type, columns: dict, rows: list) -> QgsVectorLayer:
    """Return a memory layer of (geometry, values) rows in the study's coordinate reference system."""
    fields = QgsFields()
    for column, kind in columns.items():
        fields.append(QgsField(column, kind))
    layer = QgsMemoryProviderUtils.createMemoryLayer("atlas", fields, geometry, results.crs)
    features = []
    for shape, values in rows:
        feature = QgsFeature(fields)
        feature.setGeometry(shape)
        feature.setAttributes(values)
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    layer.dataProvider().createSpatialIndex()
    layer.updateExtents()
    return layer
