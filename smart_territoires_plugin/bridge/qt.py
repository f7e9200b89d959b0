"""What Qt 5 and Qt 6 have in different places: classes that moved between modules, and where a mouse event is."""

from __future__ import annotations

from qgis.PyQt import QtGui, QtWidgets
from qgis.PyQt.QtCore import QPointF
from qgis.PyQt.QtGui import QMouseEvent


def _found(name: str) -> type:
    return getattr(QtGui, name, None) or getattr(QtWidgets, name)


QAction = _found("QAction")
QShortcut = _found("QShortcut")
QUndoCommand = _found("QUndoCommand")
QUndoStack = _found("QUndoStack")


def event_position(event: QMouseEvent) -> QPointF:
    """Return where in its widget a mouse event is, in the widget's pixels."""
    # Qt 5 calls it localPos(); there, the method of Qt 6 is missing.
    where = getattr(event, "position", None) or event.localPos
    return where()
