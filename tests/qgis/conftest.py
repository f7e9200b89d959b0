"""What the tests inside PyQGIS share: engines made of a few lines, a small folder of results, a study."""

from __future__ import annotations

import gc
import json
import os
import stat
import sys
import tempfile
from pathlib import Path

import pytest
from osgeo import gdal, ogr, osr

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
# Children of the tests have no screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The settings of whoever runs the tests are neither read nor written.
_PROFILE = tempfile.TemporaryDirectory(prefix="smart-territoires-tests-")
os.environ["QGIS_CUSTOM_CONFIG_PATH"] = _PROFILE.name

SQUARES = (("75001", "Ici-le-Faux", 1000), ("75002", "Là-bas <b>gras</b>", 2500), ("02003", "L'Haÿ-fictif", 40))


@pytest.fixture(scope="session", autouse=True)
def nothing_outlives_qgis(qgis_app):
    """Take away the windows and layers that tests left: what Python lets go of once QGIS has ended, it crashes on."""
    yield
    from qgis.core import QgsMapLayer
    from qgis.PyQt import sip
    from qgis.PyQt.QtWidgets import QApplication

    gc.collect()
    ours = [
        one for one in QApplication.topLevelWidgets() if type(one).__module__.startswith("smart_territoires_plugin")
    ]
    layers = [one for one in gc.get_objects() if isinstance(one, QgsMapLayer)]
    for left in [*ours, *layers]:
        if not sip.isdeleted(left) and (left in ours or sip.ispyowned(left)):
            print("left at the end:", left)
            sip.delete(left)


@pytest.fixture
def fake_engine(tmp_path):
    """Make an interpreter that runs a few lines of Python in place of the engine.

    It answers the check of its libraries as if nothing was missing.
    """
    from smart_territoires_plugin.bridge.interpreter import Interpreter

    def make(body: str, name: str = "engine", lacks: tuple = ()) -> Interpreter:
        path = tmp_path / name
        path.write_text(
            f"#!{sys.executable}\n"
            "import json, os, signal, sys, time\n"
            "if sys.argv[1] == '-c':\n"
            f"    print(json.dumps({list(lacks)!r}))\n"
            "    sys.exit()\n"
            "def say(**event):\n"
            "    print(json.dumps(event), file=sys.stderr, flush=True)\n"
            f"{body}\n",
            encoding="utf-8",
        )
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return Interpreter(path, "options")

    return make


def _write_table(package, name, features, columns, geometry_type):
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(2154)
    layer = package.CreateLayer(name, crs if geometry_type != ogr.wkbNone else None, geometry_type)
    for column, kind in columns.items():
        layer.CreateField(ogr.FieldDefn(column, kind))
    for geometry, values in features:
        feature = ogr.Feature(layer.GetLayerDefn())
        if geometry is not None:
            feature.SetGeometry(ogr.CreateGeometryFromWkt(geometry))
        for column, value in values.items():
            feature.SetField(column, value)
        layer.CreateFeature(feature)


def square(number: int) -> str:
    """Return a square of 1 km, the n-th to the east."""
    west, south = 650_000 + 1000 * number, 6_860_000
    east, north = west + 1000, south + 1000
    return f"MULTIPOLYGON((({west} {south},{east} {south},{east} {north},{west} {north},{west} {south})))"


@pytest.fixture
def write_results():
    """Write a folder of results as the engine leaves it, with three territories."""

    def write(folder: Path, readiness: float = 60.0) -> Path:
        gdal.UseExceptions()
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "results.gpkg"
        path.unlink(missing_ok=True)
        text, whole, real = ogr.OFTString, ogr.OFTInteger64, ogr.OFTReal
        columns = {
            **dict.fromkeys(("code", "name", "segment", "stability", "recommended_theme", "reasons_fr"), text),
            **dict.fromkeys(("population", "target_rank"), whole),
            **dict.fromkeys(("score_flood", "readiness", "priority"), real),
        }
        rows = []
        for number, (code, name, population) in enumerate(SQUARES):
            values = {"code": code, "name": name, "population": population, "score_flood": 10.0 * number}
            values.update(readiness=readiness, segment="engage" if number == 0 else "verify")
            if number == 0:
                values.update(target_rank=1, priority=100.0, stability="core", recommended_theme="flood")
            rows.append((square(number), values))
        package = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
        _write_table(package, "territories", rows, columns, ogr.wkbMultiPolygon)
        _write_table(package, "targets", [("POINT(650500 6860500)", rows[0][1])], columns, ogr.wkbPoint)
        _write_table(
            package,
            "quality",
            [(None, {"source": "flood", "check": "geometry"})],
            {"source": text, "check": text},
            ogr.wkbNone,
        )
        package = None
        manifest = {
            "study": {
                "name": "Essai",
                "date": "2026-01-31",
                "themes": [{"id": "flood", "name": {"fr": "Inondations", "en": "Flood resilience"}}],
                "sources": {
                    "flood": {"attribution": "Institut imaginaire", "licence": "LO 2.0", "status": "proxy"},
                    "communes": {"attribution": "Cadastre imaginaire", "licence": "LO 2.0", "date": "2025"},
                },
            },
            "notices": ["fictitious", "proxy"],
        }
        (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        return folder

    return write


STUDY = """\
version: 1
name: Essai
crs: EPSG:2154
territories: {source: communes, code: code, name: name, population: population}
sources:
  communes: {path: communes.gpkg}
  table: {path: table.csv, key: code}
themes:
  - {id: flood, name: {fr: Inondations, en: Flood resilience}}
indicators:
  - {id: flood_share, name: {fr: Part, en: Share}, role: stake, theme: flood,
     measure: {kind: coverage_share, source: communes}, unit: "%", direction: 1}
  - {id: fibre, name: {fr: Fibre, en: Fibre}, role: success_factor, axis: data,
     measure: {kind: field, source: table, field: fibre}, unit: "%", direction: 1, weight: 3}
  - {id: income, name: {fr: Revenu, en: Income}, role: success_factor, axis: data,
     measure: {kind: field, source: table, field: income}, unit: "€", direction: -1, weight: 1}
scoring: {missing: renormalise, normalisation: {method: min_max, low: 0, high: 100}, min_availability: 0.5}
"""


@pytest.fixture
def study_file(tmp_path):
    """Write a study whose sources are named but not there."""
    path = tmp_path / "study.yaml"
    path.write_text(STUDY, encoding="utf-8")
    return path


@pytest.fixture
def engine_python():
    """Return the interpreter of the engine's own environment, as make sets it."""
    path = Path(os.environ.get("ST_ENGINE_PYTHON") or ROOT / ".venv" / "bin" / "python")
    assert path.is_file(), "make setup makes the engine's environment"
    return path


class WindowInterface:
    """The windows of QGIS as far as the plugin uses them, with real widgets and a record of what is registered."""

    def __init__(self):
        from qgis.gui import QgsMapCanvas, QgsMessageBar
        from qgis.PyQt.QtWidgets import QMainWindow, QToolBar

        self.window = QMainWindow()
        self.bar = QgsMessageBar(self.window)
        self.canvas = QgsMapCanvas(self.window)
        self.toolbar = QToolBar(self.window)
        self.menus = {}
        self.factories = []
        self.locator_filters = []
        self.active = None

    def mainWindow(self):
        return self.window

    def messageBar(self):
        return self.bar

    def mapCanvas(self):
        return self.canvas

    def setActiveLayer(self, layer):
        self.active = layer

    def addPluginToMenu(self, name, action):
        self.menus.setdefault(name, []).append(action)

    def removePluginMenu(self, name, action):
        self.menus[name].remove(action)
        if not self.menus[name]:
            del self.menus[name]

    def addToolBarWidget(self, widget):
        return self.toolbar.addWidget(widget)

    def removeToolBarIcon(self, action):
        self.toolbar.removeAction(action)

    def registerOptionsWidgetFactory(self, factory):
        self.factories.append(factory)

    def unregisterOptionsWidgetFactory(self, factory):
        self.factories.remove(factory)

    def addDockWidget(self, area, dock):
        self.window.addDockWidget(area, dock)

    def removeDockWidget(self, dock):
        self.window.removeDockWidget(dock)

    def registerLocatorFilter(self, found):
        self.locator_filters.append(found)

    def deregisterLocatorFilter(self, found):
        self.locator_filters.remove(found)


@pytest.fixture
def window_interface(qgis_app):
    from qgis.PyQt import sip

    interface = WindowInterface()
    yield interface
    sip.delete(interface.window)


@pytest.fixture(autouse=True)
def closed_settings():
    """Leave no entry of the settings tree behind: QGIS allows each of them once."""
    yield
    from smart_territoires_plugin.bridge.settings import close_settings

    close_settings()


@pytest.fixture(scope="session")
def region_results(tmp_path_factory):
    """Write the results of the fictitious region, made once by the real engine; nobody changes them."""
    import subprocess

    python = os.environ.get("ST_ENGINE_PYTHON") or str(ROOT / ".venv" / "bin" / "python")
    home = tmp_path_factory.mktemp("fictitious_region")
    command = [python, "-m", "smart_territoires_plugin.core"]
    for arguments in (["demo", str(home)], ["run", str(home / "study.yaml"), "--out", str(home / "results")]):
        subprocess.run([*command, *arguments, "--lang", "fr"], cwd=ROOT, check=True, capture_output=True, timeout=300)
    return home / "results"
