"""Symbols and renderers of the result layers, from the palette: the shipped styles and the atlas draw the same."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsFeatureRenderer,
    QgsFillSymbol,
    QgsLinePatternFillSymbolLayer,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsProperty,
    QgsRendererCategory,
    QgsRuleBasedRenderer,
    QgsSimpleFillSymbolLayer,
    QgsSingleSymbolRenderer,
    QgsSymbolLayer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor, QFont

from smart_territoires_plugin.atlas import palette
from smart_territoires_plugin.core.messages import number, text

BOUNDARY_MM = "0.1"
NOT_CONCERNED = "#ebedef"
# Outlines of targets on the map by how stable their rank is; one that is debatable has that of its neighbours.
STABILITY_OUTLINES_MM = {"core": 0.5, "probable": 0.25}


def plain_fill(colour: str, outline: str = palette.BOUNDARY, width_mm: str = BOUNDARY_MM) -> QgsFillSymbol:
    """Return a flat fill with a thin outline."""
    return QgsFillSymbol.createSimple(
        {"color": colour, "outline_color": outline, "outline_width": width_mm, "joinstyle": "round"}
    )


def hatched_fill(paper: str = palette.PAPER, line: str = palette.HATCH) -> QgsFillSymbol:
    """Return the fill that says “not known”: thin diagonal lines."""
    symbol = QgsFillSymbol()
    ground = QgsSimpleFillSymbolLayer(QColor(paper))
    ground.setStrokeColor(QColor(palette.blend(line, 0.5)))
    ground.setStrokeWidth(float(BOUNDARY_MM))
    lines = QgsLinePatternFillSymbolLayer()
    lines.setLineAngle(45)
    lines.setDistance(1.4)
    lines.setSubSymbol(QgsLineSymbol.createSimple({"line_color": line, "line_width": "0.14"}))
    symbol.changeSymbolLayer(0, ground)
    symbol.appendSymbolLayer(lines)
    return symbol


def segment_symbol(segment: str, strength: float = 1.0) -> QgsFillSymbol:
    """Return the symbol of a segment; ``strength`` below 1 makes it a quiet background."""
    if segment == "insufficient_data":
        return hatched_fill(line=palette.blend(palette.HATCH, max(strength, 0.4)))
    # White boundaries would be lost between pale colours.
    boundary = palette.BOUNDARY if strength > 0.5 else palette.RULE
    return plain_fill(palette.blend(palette.SEGMENT_COLOURS[segment], strength), boundary)


def segment_label(segment: str, lang: str) -> str:
    """Return a legend entry: the segment's name and what it means."""
    return f"{text(f'segment.{segment}', lang)} – {text(f'segment.{segment}.meaning', lang)}"


def segments_renderer(lang: str, strength: float = 1.0) -> QgsFeatureRenderer:
    """Return the renderer of the column ``segment``, in strategic order."""
    categories = [
        QgsRendererCategory(segment, segment_symbol(segment, strength), segment_label(segment, lang))
        for segment in palette.SEGMENT_ORDER
    ]
    # A study without success factors has no segments: its territories are still drawn.
    none = QgsRendererCategory("", segment_symbol("insufficient_data", strength), text("legend.segment_missing", lang))
    return QgsCategorizedSymbolRenderer("segment", [*categories, none])


def with_stability(renderer: QgsCategorizedSymbolRenderer, outline_mm: float = 0.0) -> QgsCategorizedSymbolRenderer:
    """Return a renderer of segments whose targets have the bolder an outline the surer their rank is, as their discs.

    Parameters
    ----------
    renderer : QgsCategorizedSymbolRenderer
        Of the column ``segment``.
    outline_mm : float
        What all outlines of the layer are wider by.
    """
    made = renderer.clone()
    index = made.categoryIndexForValue("engage")
    # Kept: a symbol dies with the list that holds its category.
    categories = made.categories()
    symbol = categories[index].symbol().clone()
    fill = symbol.symbolLayer(0)
    sure = "".join(
        f" WHEN \"stability\" = '{stability}' THEN {width + outline_mm:g}"
        for stability, width in STABILITY_OUTLINES_MM.items()
    )
    listed = ", ".join(f"'{stability}'" for stability in STABILITY_OUTLINES_MM)
    colour = f"CASE WHEN \"stability\" IN ({listed}) THEN '{palette.INK}' ELSE '{fill.strokeColor().name()}' END"
    width = f"CASE{sure} ELSE {fill.strokeWidth():g} END"
    properties = QgsSymbolLayer.Property
    fill.setDataDefinedProperty(properties.StrokeColor, QgsProperty.fromExpression(colour))
    fill.setDataDefinedProperty(properties.StrokeWidth, QgsProperty.fromExpression(width))
    made.updateCategorySymbol(index, symbol)
    return made


def class_label(low: float, high: float, lang: str) -> str:
    """Return the legend entry of a class.

    Examples
    --------
    >>> class_label(20.0, 40.0, "fr")
    '20–40'
    """
    return f"{number(low, lang, 0)}–{number(high, lang, 0)}"


def classes_renderer(column: str, colours: tuple, missing: QgsFillSymbol, lang: str) -> QgsFeatureRenderer:
    """Return five classes of equal width on a column of scale 0–100, dark first, and a last entry for NULL.

    Rules rather than graduated ranges: those would leave territories without a value invisible.
    """
    root = QgsRuleBasedRenderer.Rule(None)
    breaks = palette.CLASS_BREAKS
    for low, high, colour in reversed(list(zip(breaks[:-1], breaks[1:], colours))):
        # The outer classes are open: methods of other ranges (z-scores) may pass 0 or 100.
        above = [] if low == breaks[0] else [f'"{column}" >= {low:g}']
        below = [] if high == breaks[-1] else [f'"{column}" < {high:g}']
        condition = " AND ".join([f'"{column}" IS NOT NULL', *above, *below])
        root.appendChild(_rule(plain_fill(colour), condition, class_label(low, high, lang)))
    root.appendChild(_rule(missing, f'"{column}" IS NULL', text(f"legend.{column}_missing", lang)))
    return QgsRuleBasedRenderer(root)


def _rule(symbol, condition: str, label: str):
    rule = QgsRuleBasedRenderer.Rule(symbol)
    rule.setFilterExpression(condition)
    rule.setLabel(label)
    return rule


def readiness_renderer(lang: str) -> QgsFeatureRenderer:
    """Return the classes of ``readiness``; hatched where it could not be computed."""
    return classes_renderer("readiness", palette.READINESS_COLOURS, hatched_fill(), lang)


def priority_renderer(lang: str) -> QgsFeatureRenderer:
    """Return the classes of ``priority``; pale grey where the territory is not a target."""
    grey = plain_fill(NOT_CONCERNED)
    return classes_renderer("priority", palette.PRIORITY_COLOURS, grey, lang)


def ranks_renderer(lang: str) -> QgsFeatureRenderer:
    """Return the point symbols of ``targets``: larger for a better rank, fuller for a more stable one."""
    categories = [
        QgsRendererCategory(stability, _sized_by_rank(target_marker(stability)), text(f"stability.{stability}", lang))
        for stability in palette.STABILITY_ORDER
    ]
    other = target_marker("debatable")
    categories.append(QgsRendererCategory(None, other, text("legend.other", lang)))
    return QgsCategorizedSymbolRenderer("stability", categories)


def ranks_at_hand_renderer() -> QgsFeatureRenderer:
    """Return the point symbol of targets whose stability is not known, as while weights are tried."""
    return QgsSingleSymbolRenderer(_sized_by_rank(target_marker("debatable")))


def _sized_by_rank(symbol: QgsMarkerSymbol) -> QgsMarkerSymbol:
    symbol.setDataDefinedSize(QgsProperty.fromExpression('coalesce(scale_linear("target_rank", 1, 50, 7, 3.6), 5)'))
    return symbol


def target_marker(stability: str) -> QgsMarkerSymbol:
    """Return the disc of a target, pale on its segment’s colour: the surer its rank, the bolder its ring."""
    return QgsMarkerSymbol.createSimple(
        {
            "name": "circle",
            "size": "5",
            "color": palette.STABILITY_FILLS[stability],
            "outline_color": palette.INK,
            "outline_width": {"core": "0.7", "probable": "0.35", "debatable": "0.35"}[stability],
            "outline_style": "dot" if stability == "debatable" else "solid",
        }
    )


def peer_line_renderer() -> QgsFeatureRenderer:
    """Return the thin line from a target to its peer, with a pale edge that parts it from any colour below."""
    symbol = QgsLineSymbol.createSimple({"line_color": palette.PAPER, "line_width": "0.7", "capstyle": "round"})
    line = QgsLineSymbol.createSimple({"line_color": palette.INK, "line_width": "0.3", "capstyle": "round"})
    symbol.appendSymbolLayer(line.symbolLayer(0).clone())
    return QgsSingleSymbolRenderer(symbol)


def links_renderer(lang: str) -> QgsFeatureRenderer:
    """Return the lines of the network by kind: to the peer, to a showcase besides, from an unsuccessful applicant."""
    categories = []
    for kind, (colour, dashes) in palette.LINKS.items():
        symbol = QgsLineSymbol.createSimple({"line_color": palette.PAPER, "line_width": "0.8", "capstyle": "round"})
        line = QgsLineSymbol.createSimple(
            {"line_color": colour, "line_width": "0.35", "capstyle": "round", "line_style": dashes}
        )
        symbol.appendSymbolLayer(line.symbolLayer(0).clone())
        categories.append(QgsRendererCategory(kind, symbol, text(f"legend.kind_{kind}", lang)))
    # Kept: a symbol dies with its renderer.
    plain = peer_line_renderer()
    categories.append(QgsRendererCategory("", plain.symbol().clone(), text("legend.other", lang)))
    return QgsCategorizedSymbolRenderer("kind", categories)


def text_format(
    family: str,
    size_pt: float,
    colour: str = palette.INK,
    bold: bool = False,
    halo: bool = False,
    spacing_pt: float = 0.0,
) -> QgsTextFormat:
    """Return a text format; ``halo`` keeps map labels readable on any colour, ``spacing_pt`` parts the letters."""
    style = QgsTextFormat()
    font = QFont(family)
    font.setBold(bold)
    if spacing_pt:
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing_pt)
    style.setFont(font)
    style.setSize(size_pt)
    style.setSizeUnit(Qgis.RenderUnit.Points)
    style.setColor(QColor(colour))
    if halo:
        buffer = QgsTextBufferSettings()
        buffer.setEnabled(True)
        buffer.setSize(0.5)
        buffer.setColor(QColor(palette.PAPER))
        style.setBuffer(buffer)
    return style


def field_labels(
    column: str, style: QgsTextFormat, smallest_scale: float = 0.0, centred: bool = False
) -> QgsVectorLayerSimpleLabeling:
    """Return labels that print a column; hidden at scales smaller than 1:``smallest_scale`` unless that is 0."""
    settings = _label_settings(style)
    settings.fieldName = column
    settings.placement = Qgis.LabelPlacement.OverPoint if centred else Qgis.LabelPlacement.Horizontal
    if smallest_scale:
        settings.scaleVisibility = True
        settings.minimumScale = smallest_scale
        settings.maximumScale = 1.0
    return QgsVectorLayerSimpleLabeling(settings)


def expression_labels(expression: str, style: QgsTextFormat, smallest_mm: float = 0.0) -> QgsVectorLayerSimpleLabeling:
    """Return labels that print an expression, on features that take at least ``smallest_mm`` on the page."""
    settings = _label_settings(style)
    thinning = settings.thinningSettings()
    thinning.setMinimumFeatureSize(smallest_mm)
    settings.setThinningSettings(thinning)
    settings.fieldName = expression
    settings.isExpression = True
    settings.placement = Qgis.LabelPlacement.Horizontal
    return QgsVectorLayerSimpleLabeling(settings)


def _label_settings(style: QgsTextFormat) -> QgsPalLayerSettings:
    settings = QgsPalLayerSettings()
    settings.setFormat(style)
    settings.quadOffset = Qgis.LabelQuadrantPosition.Over
    settings.centroidInside = True
    return settings


__all__ = [
    "NOT_CONCERNED",
    "class_label",
    "expression_labels",
    "field_labels",
    "hatched_fill",
    "links_renderer",
    "peer_line_renderer",
    "plain_fill",
    "priority_renderer",
    "ranks_renderer",
    "readiness_renderer",
    "segment_label",
    "segment_symbol",
    "segments_renderer",
    "target_marker",
    "text_format",
    "with_stability",
]
