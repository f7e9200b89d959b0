"""One page to draw on: text, boxes, pictures, maps and scale bars at places given in millimetres."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, Optional

from qgis.core import (
    Qgis,
    QgsBasicNumericFormat,
    QgsCoordinateReferenceSystem,
    QgsFillSymbol,
    QgsLayoutItemLabel,
    QgsLayoutItemMap,
    QgsLayoutItemPage,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsLayoutItemShape,
    QgsLayoutMeasurement,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import QRectF, Qt
from qgis.PyQt.QtGui import QColor

from smart_territoires_plugin.atlas import palette, symbology, typography

PAGE_WIDTH_MM = 297.0
MARGIN_MM = 10.0

LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignHCenter
TOP = Qt.AlignmentFlag.AlignTop
MIDDLE = Qt.AlignmentFlag.AlignVCenter


class Box(NamedTuple):
    """A rectangle on the page, in millimetres from its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    def inset(self, across_mm: float, down_mm: Optional[float] = None) -> Box:
        """Return the box without a margin on each side."""
        down_mm = across_mm if down_mm is None else down_mm
        return Box(self.x + across_mm, self.y + down_mm, self.width - 2 * across_mm, self.height - 2 * down_mm)


def new_page(project: QgsProject, name: str) -> QgsPrintLayout:
    """Return an empty layout of one A4 page, landscape."""
    layout = QgsPrintLayout(project)
    layout.setName(name)
    page = QgsLayoutItemPage(layout)
    page.setPageSize("A4", QgsLayoutItemPage.Orientation.Landscape)
    layout.pageCollection().addPage(page)
    return layout


def literal(text: str) -> str:
    """Return a text in which QGIS finds no expression to evaluate: names are printed as they are.

    Examples
    --------
    >>> literal("[% 1 + 1 %]")
    "[%'[%'%] 1 + 1 %]"
    """
    return text.replace("[%", "[%'[%'%]")


def put_fitted(
    layout: QgsPrintLayout,
    fitted: typography.Fitted,
    box: Box,
    colour: str = palette.INK,
    bold: bool = False,
    across: Qt.AlignmentFlag = LEFT,
    down: Qt.AlignmentFlag = TOP,
) -> QgsLayoutItemLabel:
    """Print a text that was fitted to its box."""
    label = QgsLayoutItemLabel(layout)
    label.setMode(QgsLayoutItemLabel.Mode.ModeFont)
    label.setMarginX(0)
    label.setMarginY(0)
    label.setText(literal(fitted.text))
    label.setTextFormat(typography.text_format(fitted.size_pt, colour, bold))
    label.setHAlign(across)
    label.setVAlign(down)
    layout.addLayoutItem(label)
    label.attemptSetSceneRect(QRectF(*box))
    return label


def put_text(
    layout: QgsPrintLayout,
    text: str,
    box: Box,
    size_pt: float,
    colour: str = palette.INK,
    bold: bool = False,
    across: Qt.AlignmentFlag = LEFT,
    down: Qt.AlignmentFlag = TOP,
) -> QgsLayoutItemLabel:
    """Print a text, smaller than asked where it would not fit its box otherwise."""
    fitted = typography.fit_whole(text, box.width, box.height, size_pt, bold)
    return put_fitted(layout, fitted, box, colour, bold, across, down)


def put_symbol(layout: QgsPrintLayout, symbol: QgsFillSymbol, box: Box) -> QgsLayoutItemShape:
    """Draw a rectangle with a fill symbol: panels and legend swatches."""
    shape = QgsLayoutItemShape(layout)
    shape.setShapeType(QgsLayoutItemShape.Shape.Rectangle)
    shape.setSymbol(symbol)
    layout.addLayoutItem(shape)
    shape.attemptSetSceneRect(QRectF(*box))
    return shape


def put_panel(
    layout: QgsPrintLayout, box: Box, fill: str = palette.PANEL, outline: Optional[str] = None
) -> QgsLayoutItemShape:
    """Draw a flat panel."""
    symbol = symbology.plain_fill(fill, outline or fill, "0.2")
    return put_symbol(layout, symbol, box)


def put_rule(layout: QgsPrintLayout, x: float, y: float, width: float, colour: str = palette.RULE) -> None:
    """Draw a thin horizontal line."""
    put_panel(layout, Box(x, y, width, 0.2), colour)


def put_picture(layout: QgsPrintLayout, path: Path, box: Box) -> QgsLayoutItemPicture:
    """Place a picture or an SVG drawing that has the proportions of the box."""
    picture = QgsLayoutItemPicture(layout)
    picture.setResizeMode(QgsLayoutItemPicture.ResizeMode.Stretch)
    svg = path.suffix == ".svg"
    picture.setMode(QgsLayoutItemPicture.Format.FormatSVG if svg else QgsLayoutItemPicture.Format.FormatRaster)
    picture.setPicturePath(str(path), picture.mode())
    layout.addLayoutItem(picture)
    picture.attemptSetSceneRect(QRectF(*box))
    return picture


def put_map(
    layout: QgsPrintLayout,
    layers: tuple,
    extent: QgsRectangle,
    crs: QgsCoordinateReferenceSystem,
    box: Box,
    background: str = palette.PAPER,
) -> QgsLayoutItemMap:
    """Place a map that shows at least an extent; ``layers`` are drawn first on top."""
    item = QgsLayoutItemMap(layout)
    item.attemptSetSceneRect(QRectF(*box))
    item.setLayers(list(layers))
    item.setKeepLayerSet(True)
    item.setCrs(crs)
    item.zoomToExtent(extent)
    item.setBackgroundColor(QColor(background))
    item.setFrameEnabled(True)
    item.setFrameStrokeColor(QColor(palette.RULE))
    item.setFrameStrokeWidth(QgsLayoutMeasurement(0.2, Qgis.LayoutUnit.Millimeters))
    layout.addLayoutItem(item)
    item.attemptResize(QgsLayoutSize(box.width, box.height, Qgis.LayoutUnit.Millimeters))
    return item


def put_scale_bar(layout: QgsPrintLayout, item: QgsLayoutItemMap, x: float, bottom: float, longest_mm: float) -> None:
    """Draw a scale bar of a round length, in kilometres or metres, its lower left corner at ``x``, ``bottom``."""
    metres_per_mm = item.extent().width() / item.sizeWithUnits().width()
    metres_per_mm *= QgsUnitTypes.fromUnitToUnitFactor(item.crs().mapUnits(), Qgis.DistanceUnit.Meters)
    length_m = round_length(longest_mm * metres_per_mm)
    in_km = length_m >= 1000
    bar = QgsLayoutItemScaleBar(layout)
    bar.setLinkedMap(item)
    bar.setStyle("Line Ticks Up")
    bar.setUnits(Qgis.DistanceUnit.Kilometers if in_km else Qgis.DistanceUnit.Meters)
    bar.setUnitLabel("km" if in_km else "m")
    bar.setMapUnitsPerScaleBarUnit(1)
    bar.setNumberOfSegmentsLeft(0)
    bar.setNumberOfSegments(1)
    bar.setUnitsPerSegment(length_m / 1000 if in_km else length_m)
    bar.setNumericFormat(QgsBasicNumericFormat())
    bar.setTextFormat(typography.text_format(6.5, palette.INK, halo=True))
    bar.setHeight(1.6)
    bar.setLabelBarSpace(0.8)
    bar.setBoxContentSpace(1)
    bar.setBackgroundEnabled(True)
    bar.setBackgroundColor(QColor(palette.PAPER))
    layout.addLayoutItem(bar)
    # As small as its content: QGIS clamps to the least size.
    bar.attemptResize(QgsLayoutSize(1, 1, Qgis.LayoutUnit.Millimeters))
    height = bar.sizeWithUnits().height()
    bar.attemptMove(QgsLayoutPoint(x, bottom - height, Qgis.LayoutUnit.Millimeters))


def round_length(longest: float) -> float:
    """Return the longest of 1, 2, 5, 10, 20, 50 … that is no longer than a length.

    Examples
    --------
    >>> round_length(7300), round_length(1999)
    (5000.0, 1000.0)
    """
    if not longest > 0:
        return 1.0
    exponent = len(str(int(longest))) - 1 if longest >= 1 else 0
    return max((step * 10.0**exponent for step in (1, 2, 5) if step * 10.0**exponent <= longest), default=1.0)
