"""What Qt 6 and PyQt6 dropped is not used by what QGIS loads: found in the syntax trees, without a Qt at hand."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "smart_territoires_plugin"
LOADED = sorted(
    [path for folder in ("bridge", "algorithms", "atlas", "gui") for path in (PACKAGE / folder).rglob("*.py")]
    + [PACKAGE / "plugin.py", PACKAGE / "__init__.py"]
)
# The one file that may look for a class in either place.
MOVED_HOME = "smart_territoires_plugin.bridge.qt"
MOVED = {"QAction", "QActionGroup", "QFileSystemModel", "QShortcut", "QUndoCommand", "QUndoGroup", "QUndoStack"}
GONE = {
    "QDesktopWidget", "QDirModel", "QGLWidget", "QMatrix", "QRegExp", "QRegExpValidator", "QSignalMapper", "QSound",
    "QStringRef", "QTextCodec", "QVariant", "QWebView", "QXmlInputSource", "QXmlSimpleReader", "qApp",
}  # fmt: skip
BINDINGS = {"PyQt4", "PyQt5", "PyQt6", "PySide2", "PySide6", "sip"}
DROPPED = {
    "desktop": "screen()",
    "exec_": "exec()",
    "globalPos": "globalPosition()",
    "print_": "print()",
    "screenPos": "globalPosition()",
    "setTabStopWidth": "setTabStopDistance()",
    "setTime_t": "setSecsSinceEpoch()",
    "tabStopWidth": "tabStopDistance()",
    "toTime_t": "toSecsSinceEpoch()",
    "windowPos": "scenePosition()",
}
OF_EVENTS = {"globalX", "globalY", "localPos", "pos", "posF", "x", "y"}
# Enums that are named on their own, as a type or to read several values from; whoever needs another adds it here.
ENUMS = {
    *(("Qt", name) for name in ("AlignmentFlag", "ItemDataRole", "Orientation", "SortOrder")),
    *(("Qgis", name) for name in ("MapLayerActionTarget", "MessageLevel", "ProcessingAlgorithmFlag")),
    ("QAbstractItemView", "EditTrigger"),
    ("QDialogButtonBox", "StandardButton"),
    ("QHeaderView", "ResizeMode"),
    ("QMessageBox", "StandardButton"),
    ("QMetaType", "Type"),
    ("QSizePolicy", "Policy"),
    ("QWizard", "WizardButton"),
    ("QgsFileWidget", "StorageMode"),
    ("QgsSymbolLayer", "Property"),
    ("QgsWkbTypes", "Type"),
}


def dropped_in(source: str, module: str = "") -> list[str]:
    """Say, line by line, what Qt 6 does not know any more."""
    tree = ast.parse(source)
    of_qt = {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("qgis.")
        for name in node.names
    }
    # The class and its enum in front of a value, and a class within a class that is made: both are scoped.
    scopes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    scopes |= {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    found = {
        (node.lineno, said)
        for node in ast.walk(tree)
        for said in (*_of_import(node, module), *_of_enum(node, of_qt, scopes), *_of_call(node, module))
    }
    return [f"line {line}: {said}" for line, said in sorted(found)]


def _of_import(node: ast.AST, module: str) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (f"{one.name}: use qgis.PyQt" for one in node.names if one.name.split(".")[0] in BINDINGS)
    if not isinstance(node, ast.ImportFrom):
        return
    origin = node.module or ""
    if origin.split(".")[0] in BINDINGS:
        yield f"{origin}: use qgis.PyQt"
    if not origin.startswith("qgis.PyQt"):
        return
    for one in node.names:
        if one.name in GONE:
            yield f"{one.name} is gone"
        elif one.name in MOVED and module != MOVED_HOME:
            yield f"{one.name} is in another module of Qt 6: import it from bridge.qt"


def _of_enum(node: ast.AST, of_qt: set[str], scopes: set[int]) -> Iterator[str]:
    if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name) or id(node) in scopes:
        return
    holder, value = node.value.id, node.attr
    is_constant = value[:1].isupper() and not value.isupper()
    if holder in of_qt and holder[:1] == "Q" and is_constant and (holder, value) not in ENUMS:
        yield f"{holder}.{value} is unscoped: name its enum, as in Qt.AlignmentFlag.AlignLeft"


def _of_call(node: ast.AST, module: str) -> Iterator[str]:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return
    name, receiver = node.func.attr, node.func.value
    if name in DROPPED:
        yield f"{name}() is gone: use {DROPPED[name]}"
    if module != MOVED_HOME and name in OF_EVENTS and isinstance(receiver, ast.Name) and receiver.id.endswith("event"):
        yield f"{receiver.id}.{name}() is gone: use bridge.qt.event_position()"
    is_metrics = isinstance(receiver, ast.Call) and getattr(receiver.func, "attr", "") == "fontMetrics"
    if name == "width" and is_metrics:
        yield "QFontMetrics.width() is gone: use horizontalAdvance()"


@pytest.mark.parametrize("path", LOADED, ids=[str(path.relative_to(PACKAGE)) for path in LOADED])
def test_nothing_that_qt_6_dropped_is_used(path):
    module = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    assert dropped_in(path.read_text(encoding="utf-8"), module) == []


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("from PyQt5.QtCore import Qt", "qgis.PyQt"),
        ("import sip", "qgis.PyQt"),
        ("from qgis.PyQt.QtCore import QRegExp", "gone"),
        ("from qgis.PyQt.QtCore import QVariant", "gone"),
        ("from qgis.PyQt.QtWidgets import QAction", "bridge.qt"),
        ("from qgis.PyQt.QtWidgets import QShortcut", "bridge.qt"),
        ("from qgis.PyQt.QtCore import Qt\nside = Qt.AlignRight", "unscoped"),
        ("from qgis.PyQt.QtGui import QFont\nheavy = QFont.Bold", "unscoped"),
        ("from qgis.core import QgsTask\nflag = QgsTask.CanCancel", "unscoped"),
        ("dialog.exec_()", "exec()"),
        ("def move(event):\n    return event.pos()", "event_position"),
        ("def move(event):\n    return event.x()", "event_position"),
        ("def move(e):\n    return e.globalPos()", "globalPosition"),
        ("room = self.fontMetrics().width('x')", "horizontalAdvance"),
    ],
)
def test_what_was_dropped_is_found(line, word):
    (said,) = dropped_in(line)
    assert word in said


@pytest.mark.parametrize(
    "line",
    [
        "from qgis.PyQt.QtCore import Qt\nside = Qt.AlignmentFlag.AlignRight",
        "from qgis.PyQt.QtGui import QFont\nheavy = QFont.Weight.Bold",
        "dialog.exec()",
        "place = widget.pos()",
        "x = point.x()",
    ],
)
def test_what_is_there_is_not_complained_about(line):
    assert dropped_in(line) == []
