"""The quadrant chart: readiness across, activity (or the gap) up, a disc per territory; a rectangle drawn selects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np
from qgis.PyQt.QtCore import QLineF, QPointF, QRectF, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QPixmap
from qgis.PyQt.QtWidgets import QRubberBand, QSizePolicy, QToolTip, QWidget

from smart_territoires_plugin.atlas.palette import SEGMENT_COLOURS
from smart_territoires_plugin.bridge.qt import event_position
from smart_territoires_plugin.core.messages import number
from smart_territoires_plugin.gui.workbench.discs import Discs

_MARGIN_EMS = (3.2, 0.8, 1.0, 2.4)  # left, top, right, bottom, in heights of a line
_TICKS = 5
_NEAR_PX = 6.0


@dataclass(frozen=True)
class Points:
    """What is drawn: one disc per territory.

    Parameters
    ----------
    x, y : ndarray, shape (n,)
        NaN where a territory has none: it is not drawn.
    size : ndarray, shape (n,)
        Inhabitants; areas of discs go with them.
    segment : ndarray of str, shape (n,)
    names : ndarray of str, shape (n,)
    x_limit, y_limit : float
        Where high begins; NaN for no line.
    x_label, y_label : str
    """

    x: np.ndarray
    y: np.ndarray
    size: np.ndarray
    segment: np.ndarray
    names: np.ndarray
    x_limit: float
    y_limit: float
    x_label: str
    y_label: str


class QuadrantChart(QWidget):
    """Draws the points; what is selected stands out, and a rectangle selects."""

    brushed = pyqtSignal(object)
    activated = pyqtSignal(int)

    def __init__(self, lang: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._lang = lang
        self.setObjectName("smart_territoires_chart")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._points: Optional[Points] = None
        self._ghost: Optional[np.ndarray] = None
        self._shown = np.zeros(0, dtype=bool)
        self._selected: frozenset[int] = frozenset()
        self._scale = (0.0, 100.0, 0.0, 1.0)
        self._cache: Optional[QPixmap] = None
        self._band = QRubberBand(QRubberBand.Shape.Rectangle, self)
        self._pressed: Optional[QPointF] = None

    def sizeHint(self) -> QSize:
        """Return a size at which quadrants can be read."""
        em = self.fontMetrics().height()
        return QSize(20 * em, 16 * em)

    def minimumSizeHint(self) -> QSize:
        """Return the least size."""
        em = self.fontMetrics().height()
        return QSize(12 * em, 9 * em)

    def set_points(self, points: Optional[Points], ghost: Optional[np.ndarray] = None) -> None:
        """Draw other points.

        Parameters
        ----------
        ghost : ndarray, shape (n,), optional
            Where each territory was across, with the saved weights.
        """
        self._points, self._ghost = points, ghost
        if points is not None and len(self._shown) != len(points.x):
            self._shown = np.ones(len(points.x), dtype=bool)
        self._scale = _scale_of(points)
        self._redraw()

    def set_shown(self, shown: np.ndarray) -> None:
        """Draw some territories only."""
        self._shown = shown
        self._redraw()

    def set_selected(self, rows: frozenset[int]) -> None:
        """Let some territories stand out."""
        self._selected = rows
        self._redraw()

    def place_of(self, row: int) -> QPointF:
        """Return where a territory is drawn, in the widget's own pixels."""
        return self._place(self._points.x[row], self._points.y[row])

    def radius_of(self, size: np.ndarray) -> np.ndarray:
        """Return radii whose areas go with inhabitants, between what can be seen and what hides others."""
        em = self.fontMetrics().height()
        most = np.nanmax(size, initial=1.0)
        share = np.sqrt(np.nan_to_num(size, nan=0.0) / max(most, 1.0))
        return em * (0.14 + 0.75 * share)

    # ── painting

    def resizeEvent(self, event) -> None:
        """Draw anew at the new size."""
        self._redraw()

    def changeEvent(self, event) -> None:
        """Draw anew in another palette or font."""
        super().changeEvent(event)
        self._redraw()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show what was drawn; it is drawn when something changed."""
        if self._cache is None:
            self._cache = self._draw()
        QPainter(self).drawPixmap(0, 0, self._cache)

    def _redraw(self) -> None:
        self._cache = None
        self.update()

    def _draw(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(max(1, int(self.width() * ratio)), max(1, int(self.height() * ratio)))
        picture.setDevicePixelRatio(ratio)
        picture.fill(self.palette().color(QPalette.ColorRole.Base))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_frame(painter)
        if self._points is not None:
            self._draw_points(painter)
        painter.end()
        return picture

    def _area(self) -> QRectF:
        em = self.fontMetrics().height()
        left, top, right, bottom = (em * part for part in _MARGIN_EMS)
        return QRectF(left, top, max(1.0, self.width() - left - right), max(1.0, self.height() - top - bottom))

    def _place(self, x: float, y: float) -> QPointF:
        area, (x0, x1, y0, y1) = self._area(), self._scale
        return QPointF(
            area.left() + area.width() * (x - x0) / (x1 - x0), area.bottom() - area.height() * (y - y0) / (y1 - y0)
        )

    def _draw_frame(self, painter: QPainter) -> None:
        area, points = self._area(), self._points
        ink = self.palette().color(QPalette.ColorRole.Text)
        soft = QColor(ink)
        soft.setAlphaF(0.35)
        painter.setPen(QPen(soft, 1))
        painter.drawRect(area)
        if points is None:
            return
        metrics = self.fontMetrics()
        painter.setPen(ink)
        x0, x1, y0, y1 = self._scale
        for value, text in _ticks(x0, x1, self._lang):
            place = self._place(value, y0)
            left = place.x() - metrics.horizontalAdvance(text) / 2
            painter.drawText(QPointF(left, place.y() + metrics.height()), text)
        for value, text in _ticks(y0, y1, self._lang):
            place = self._place(x0, value)
            left = place.x() - metrics.horizontalAdvance(text) - 4
            painter.drawText(QPointF(left, place.y() + metrics.ascent() / 2), text)
        below = QRectF(area.left(), area.bottom() + metrics.height() * 1.1, area.width(), metrics.height() * 1.3)
        self._write(painter, below, points.x_label)
        painter.save()
        painter.translate(metrics.ascent(), area.bottom())
        painter.rotate(-90)
        self._write(painter, QRectF(0, -2, area.height(), metrics.height() * 1.3), points.y_label)
        painter.restore()
        painter.setPen(QPen(soft, 1, Qt.PenStyle.DashLine))
        if x0 < points.x_limit < x1:
            painter.drawLine(self._place(points.x_limit, y0), self._place(points.x_limit, y1))
        if y0 < points.y_limit < y1:
            painter.drawLine(self._place(x0, points.y_limit), self._place(x1, points.y_limit))

    def _write(self, painter: QPainter, room: QRectF, label: str) -> None:
        """Write an axis's label at its far end, cut where there is no room for all of it."""
        cut = self.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight, cut)

    def _draw_points(self, painter: QPainter) -> None:
        points = self._points
        x, y = self._centres()
        radius = self.radius_of(points.size)
        known = ~np.isnan(points.x) & ~np.isnan(points.y)
        # Small discs above large ones, and what is selected above all.
        order = np.argsort(-radius, kind="stable")
        order = order[(self._shown & known)[order]]
        selected = np.array(sorted(self._selected), dtype=np.int64)
        selected = selected[(self._shown & known)[selected]]
        # Of the ink, and thin: the palest and the darkest disc stand out on a light and on a dark page.
        outline = QColor(self.palette().color(QPalette.ColorRole.Text))
        strong = self.palette().color(QPalette.ColorRole.Text)
        dim = 0.25 if self._selected else 0.85
        outline.setAlphaF(0.6 * dim)
        painter.setClipRect(self._area())
        ratio = self.devicePixelRatioF()
        of_segments = (points.segment, SEGMENT_COLOURS)
        Discs(*of_segments, QPen(outline, 0.6), dim, ratio).draw(painter, x, y, radius, order)
        if self._ghost is not None and selected.size:
            before = self._centres(self._ghost)[0]
            moved = selected[~np.isnan(self._ghost[selected])]
            painter.setPen(QPen(strong, 2))
            painter.drawLines([QLineF(before[row], y[row], x[row], y[row]) for row in moved])
        Discs(*of_segments, QPen(strong, 2), 1.0, ratio).draw(painter, x, y, radius, selected)
        painter.setClipping(False)

    # ── the hand

    def rows_in(self, rectangle: QRectF) -> frozenset[int]:
        """Return the territories whose centres lie in a rectangle of the widget."""
        if self._points is None:
            return frozenset()
        x, y = self._centres()
        inside = (x >= rectangle.left()) & (x <= rectangle.right()) & (y >= rectangle.top()) & (y <= rectangle.bottom())
        return frozenset(np.flatnonzero(inside & self._shown).tolist())

    def row_at(self, place: QPointF) -> int:
        """Return the territory under a place, the smallest where several are; -1 where there is none."""
        if self._points is None:
            return -1
        x, y = self._centres()
        radius = np.maximum(self.radius_of(self._points.size), _NEAR_PX)
        hit = (np.hypot(x - place.x(), y - place.y()) <= radius) & self._shown
        rows = np.flatnonzero(hit)
        return int(rows[np.argmin(radius[rows])]) if rows.size else -1

    def _centres(self, across: Optional[np.ndarray] = None) -> tuple[np.ndarray, np.ndarray]:
        area, (x0, x1, y0, y1) = self._area(), self._scale
        x = area.left() + area.width() * ((self._points.x if across is None else across) - x0) / (x1 - x0)
        y = area.bottom() - area.height() * (self._points.y - y0) / (y1 - y0)
        return np.nan_to_num(x, nan=-1e9), np.nan_to_num(y, nan=-1e9)

    def mousePressEvent(self, event) -> None:
        """Begin a rectangle."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event_position(event)

    def mouseMoveEvent(self, event) -> None:
        """Stretch the rectangle, or name what is under the pointer."""
        place = event_position(event)
        if self._pressed is not None:
            self._band.setGeometry(QRectF(self._pressed, place).normalized().toRect())
            self._band.show()
            return
        row = self.row_at(place)
        if row >= 0:
            QToolTip.showText(self.mapToGlobal(place.toPoint()), str(self._points.names[row]), self)
        else:
            QToolTip.hideText()

    def mouseReleaseEvent(self, event) -> None:
        """Select what the rectangle holds, or what was clicked."""
        if self._pressed is None:
            return
        start, self._pressed = self._pressed, None
        self._band.hide()
        rectangle = QRectF(start, event_position(event)).normalized()
        if rectangle.width() < 4 and rectangle.height() < 4:
            row = self.row_at(event_position(event))
            rows = frozenset() if row < 0 else frozenset((row,))
        else:
            rows = self.rows_in(rectangle)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            rows = self._selected ^ rows
        self.brushed.emit(rows)

    def mouseDoubleClickEvent(self, event) -> None:
        """Open the card of what is under the pointer."""
        row = self.row_at(event_position(event))
        if row >= 0:
            self.activated.emit(row)


def _scale_of(points: Optional[Points]) -> tuple[float, float, float, float]:
    """Return the ends of both axes, with room for the discs on them."""
    if points is None:
        return 0.0, 100.0, 0.0, 1.0
    ends: list[float] = []
    for values in (points.x, points.y):
        known = values[~np.isnan(values)]
        low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
        room = 0.05 * (high - low) or 1.0
        ends += [low - room, high + room]
    return ends[0], ends[1], ends[2], ends[3]


def _ticks(low: float, high: float, lang: str) -> list[tuple[float, str]]:
    """Return round values between two ends, as numbers and as they are read."""
    step = 10 ** np.floor(np.log10((high - low) / _TICKS))
    step *= next((m for m in (1, 2, 5, 10) if (high - low) / (m * step) <= _TICKS), 10)
    digits = max(0, -int(np.floor(np.log10(step))))
    first = np.ceil(low / step)
    places = [float(step * (first + k)) for k in range(int((high - low) / step) + 1)]
    return [(place, number(place, lang, digits)) for place in places if place <= high]
