"""The small map of the region: rendered once as a picture; each page lays its own drawing over it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from qgis.core import QgsGeometry, QgsMapRendererCustomPainterJob, QgsMapSettings, QgsPointXY, QgsRectangle
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage, QPainter

from smart_territoires_plugin.atlas import palette
from smart_territoires_plugin.atlas.map_layers import MapLayers
from smart_territoires_plugin.atlas.results import Results, Territory

DOTS_PER_MM = 9.0
SMALLEST_MARK_MM = 1.6


@dataclass(frozen=True)
class Locator:
    """The region as a picture.

    Parameters
    ----------
    path : Path
        The picture.
    extent : QgsRectangle
        What it shows.
    width_mm, height_mm : float
        Its size on the page.
    """

    path: Path
    extent: QgsRectangle
    width_mm: float
    height_mm: float

    def place(self, point: QgsPointXY) -> tuple:
        """Return where a point is on the picture, in millimetres from its upper left corner."""
        return (
            (point.x() - self.extent.xMinimum()) / self.extent.width() * self.width_mm,
            (self.extent.yMaximum() - point.y()) / self.extent.height() * self.height_mm,
        )


def make_locator(results: Results, layers: MapLayers, folder: Path, width_mm: float, height_mm: float) -> Locator:
    """Render the region in quiet colours into ``folder``."""
    image = QImage(QSize(round(width_mm * DOTS_PER_MM), round(height_mm * DOTS_PER_MM)), QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(int(DOTS_PER_MM * 1000))
    image.setDotsPerMeterY(int(DOTS_PER_MM * 1000))
    image.fill(QColor(palette.PAPER))
    settings = QgsMapSettings()
    settings.setDestinationCrs(results.crs)
    settings.setOutputSize(image.size())
    settings.setOutputDpi(DOTS_PER_MM * 25.4)
    settings.setBackgroundColor(QColor(palette.PAPER))
    settings.setFlag(QgsMapSettings.Flag.DrawLabeling, False)
    settings.setLayers(list(layers.with_groups(layers.surroundings)))
    extent = QgsRectangle(layers.extent)
    extent.scale(1.04)
    settings.setExtent(extent)
    painter = QPainter(image)
    job = QgsMapRendererCustomPainterJob(settings, painter)
    job.renderSynchronously()
    painter.end()
    path = folder / "region.png"
    image.save(str(path), "PNG")
    return Locator(path, settings.visibleExtent(), width_mm, height_mm)


def overlay_svg(locator: Locator, target: Territory, peer: Optional[Territory], shown: QgsRectangle) -> str:
    """Return the drawing over the picture: the map's extent, the target, its peer and the line between them."""
    left, top = locator.place(QgsPointXY(shown.xMinimum(), shown.yMaximum()))
    right, bottom = locator.place(QgsPointXY(shown.xMaximum(), shown.yMinimum()))
    left, right = _inside(left, locator.width_mm), _inside(right, locator.width_mm)
    top, bottom = _inside(top, locator.height_mm), _inside(bottom, locator.height_mm)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{locator.width_mm:g}mm" height="{locator.height_mm:g}mm" '
        f'viewBox="0 0 {locator.width_mm:g} {locator.height_mm:g}">',
        f'<rect x="{left:.2f}" y="{top:.2f}" width="{right - left:.2f}" height="{bottom - top:.2f}" '
        f'fill="none" stroke="{palette.INK}" stroke-width="0.3"/>',
    ]
    here = locator.place(target.geometry.pointOnSurface().asPoint())
    if peer is not None and not peer.geometry.isEmpty():
        there = locator.place(peer.geometry.pointOnSurface().asPoint())
        parts.append(
            f'<line x1="{here[0]:.2f}" y1="{here[1]:.2f}" x2="{there[0]:.2f}" y2="{there[1]:.2f}" '
            f'stroke="{palette.PEER}" stroke-width="0.35"/>'
        )
        parts.append(_dot(there, palette.PEER))
    parts.append(_shape(locator, target.geometry))
    box = target.geometry.boundingBox()
    if box.width() / locator.extent.width() * locator.width_mm < SMALLEST_MARK_MM:
        parts.append(_dot(here, palette.ACCENT))
    parts.append("</svg>")
    return "\n".join(parts)


def _inside(place_mm: float, length_mm: float) -> float:
    return min(max(place_mm, 0.15), length_mm - 0.15)


def _dot(place: tuple, colour: str) -> str:
    return (
        f'<circle cx="{place[0]:.2f}" cy="{place[1]:.2f}" r="{SMALLEST_MARK_MM / 2:.2f}" fill="{colour}" '
        f'stroke="{palette.PAPER}" stroke-width="0.2"/>'
    )


def _shape(locator: Locator, geometry: QgsGeometry) -> str:
    tolerance = locator.extent.width() / locator.width_mm * 0.05
    simple = geometry.simplify(tolerance)
    simple = geometry if simple.isEmpty() else simple
    rings = []
    for polygon in simple.asGeometryCollection():
        for ring in polygon.asPolygon():
            points = (locator.place(point) for point in ring)
            rings.append("M" + " L".join(f"{x:.2f},{y:.2f}" for x, y in points) + " Z")
    return f'<path d="{" ".join(rings)}" fill="{palette.ACCENT}" fill-rule="evenodd"/>'
