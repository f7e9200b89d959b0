"""Thousands of discs in one call of the painter: each kind is drawn once, on a sheet, and taken from there."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPen, QPixmap

# Radii are rounded to so many steps of a pixel of the screen.
_STEPS_PER_PX = 2


class Discs:
    """Discs of one kind each: a colour by its name, and a radius.

    Parameters
    ----------
    names : ndarray of str, shape (n,)
        Of the colour of each disc.
    colours : mapping of name to colour
    pen : QPen
        Of the outlines.
    opacity : float
        Of the fillings, 0–1.
    ratio : float
        Pixels of the screen per pixel of the painter.
    """

    def __init__(self, names: np.ndarray, colours: Mapping[str, str], pen: QPen, opacity: float, ratio: float) -> None:
        self._colours = [QColor(colour) for colour in colours.values()]
        for colour in self._colours:
            colour.setAlphaF(opacity)
        self._kinds = np.zeros(len(names), dtype=np.int64)
        for place, name in enumerate(colours):
            self._kinds[names == name] = place
        self._pen, self._ratio = pen, ratio

    def draw(self, painter: QPainter, x: np.ndarray, y: np.ndarray, radius: np.ndarray, order: np.ndarray) -> None:
        """Draw discs, the later above the earlier.

        Parameters
        ----------
        x, y, radius : ndarray, shape (n,)
            In pixels of the painter.
        order : ndarray of int
            Which discs, in this order.
        """
        if not order.size:
            return
        scale = _STEPS_PER_PX * self._ratio
        steps, size = np.unique(np.maximum(1, np.round(radius[order] * scale)).astype(np.int64), return_inverse=True)
        # A cell holds the largest disc with its outline.
        cell = int(np.ceil(2 * (steps[-1] / _STEPS_PER_PX + self._ratio * self._pen.widthF()) + 2))
        sheet = self._sheet(steps / _STEPS_PER_PX, cell)
        rooms = [[QRectF(c * cell, r * cell, cell, cell) for c in range(len(steps))] for r in range(len(self._colours))]
        # Cells begin at whole pixels of the screen: nothing is blurred.
        left, top = (np.round(values[order] * self._ratio - cell / 2) + cell / 2 for values in (x, y))
        create, shrink = QPainter.PixmapFragment.create, 1 / self._ratio
        places = zip((left * shrink).tolist(), (top * shrink).tolist(), self._kinds[order].tolist(), size.tolist())
        made = [create(QPointF(a, b), rooms[kind][step], shrink, shrink) for a, b, kind, step in places]
        painter.drawPixmapFragments(made, sheet)

    def _sheet(self, radii: np.ndarray, cell: int) -> QPixmap:
        """Return the sheet: a row per colour, a column per radius, in pixels of the screen."""
        sheet = QPixmap(cell * len(radii), cell * len(self._colours))
        sheet.fill(Qt.GlobalColor.transparent)
        painter = QPainter(sheet)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._pen)
        pen.setWidthF(self._pen.widthF() * self._ratio)
        painter.setPen(pen)
        for row, colour in enumerate(self._colours):
            painter.setBrush(colour)
            for column, radius in enumerate(radii):
                painter.drawEllipse(QPointF(cell * (column + 0.5), cell * (row + 0.5)), radius, radius)
        painter.end()
        return sheet
