"""Every name of Qt that the plugin uses is there in PyQt6: modules, classes, and enums down to their values."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "smart_territoires_plugin"
LOADED = sorted(
    path
    for folder in ("bridge", "algorithms", "atlas", "gui")
    for path in (PACKAGE / folder).rglob("*.py")
    if "qgis.PyQt" in path.read_text(encoding="utf-8")
)


def names_missing(source: str) -> list[str]:
    """Say which names of Qt are not there."""
    tree = ast.parse(source)
    classes, missing = {}, []
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("qgis.PyQt."):
            continue
        module = importlib.import_module(node.module)
        for one in node.names:
            if hasattr(module, one.name):
                classes[one.asname or one.name] = getattr(module, one.name)
            else:
                missing.append(f"{node.module}.{one.name}")
    for node in (one for one in ast.walk(tree) if isinstance(one, ast.Attribute)):
        holder, inner = node.value, getattr(node.value, "value", None)
        if isinstance(holder, ast.Name) and holder.id in classes and not hasattr(classes[holder.id], node.attr):
            missing.append(f"{holder.id}.{node.attr}")
        if isinstance(inner, ast.Name) and inner.id in classes:
            enum = getattr(classes[inner.id], holder.attr, None)
            if isinstance(enum, type) and not hasattr(enum, node.attr):
                missing.append(f"{inner.id}.{holder.attr}.{node.attr}")
    return missing


@pytest.mark.parametrize("path", LOADED, ids=[str(path.relative_to(PACKAGE)) for path in LOADED])
def test_every_name_is_there(path):
    assert names_missing(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("from qgis.PyQt.QtCore import Qt\nside = Qt.AlignRight", "Qt.AlignRight"),
        ("from qgis.PyQt.QtCore import Qt\nside = Qt.AlignmentFlag.AlignDown", "Qt.AlignmentFlag.AlignDown"),
        ("from qgis.PyQt.QtWidgets import QShortcut", "qgis.PyQt.QtWidgets.QShortcut"),
    ],
)
def test_a_name_that_is_not_there_is_found(line, name):
    assert names_missing(line) == [name]
