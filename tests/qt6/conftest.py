"""A stand-in for ``qgis.PyQt`` on PyQt6, so that widgets which need no class of QGIS run on Qt 6 where no QGIS 4 is."""

from __future__ import annotations

import importlib
import os
import sys
import types

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def _stand_in() -> None:
    """Let ``qgis.PyQt`` be PyQt6, and ``qgis.core`` know the application alone."""
    from PyQt6 import sip
    from PyQt6.QtWidgets import QApplication

    qgis, pyqt, core = (types.ModuleType(name) for name in ("qgis", "qgis.PyQt", "qgis.core"))
    qgis.__path__ = pyqt.__path__ = []
    # What asks more of QGIS than this cannot be tried here, and says so as it is imported.
    core.QgsApplication = QApplication
    modules = {"qgis": qgis, "qgis.PyQt": pyqt, "qgis.core": core, "qgis.PyQt.sip": sip}
    for name in ("QtCore", "QtGui", "QtWidgets", "QtTest", "QtNetwork", "QtXml"):
        modules[f"qgis.PyQt.{name}"] = importlib.import_module(f"PyQt6.{name}")
        setattr(pyqt, name, modules[f"qgis.PyQt.{name}"])
    qgis.PyQt, qgis.core, pyqt.sip = pyqt, core, sip
    sys.modules.update(modules)


_stand_in()


@pytest.fixture(scope="session")
def application():
    from PyQt6.QtWidgets import QApplication

    yield QApplication.instance() or QApplication([])


@pytest.fixture(autouse=True)
def no_error_in_a_slot(application, monkeypatch):
    """Let an error within a slot or an event fail the test that it happens in."""
    seen = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, value, trace: seen.append(value))
    yield
    assert seen == []
