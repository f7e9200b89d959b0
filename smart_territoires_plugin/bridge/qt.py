"""Classes that moved between the modules of Qt 5 and Qt 6, wherever they are."""

from __future__ import annotations

from qgis.PyQt import QtGui, QtWidgets


def _found(name: str) -> type:
    return getattr(QtGui, name, None) or getattr(QtWidgets, name)


QShortcut = _found("QShortcut")
QUndoCommand = _found("QUndoCommand")
QUndoStack = _found("QUndoStack")
