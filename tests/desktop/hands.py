"""A session inside the QGIS desktop: goes from step to step with clicks and keys, takes pictures, and reports.

Told by the environment: ST_PLUGIN_ZIP (what to install), ST_REPORT (the JSON file to write), ST_PICTURES (a folder),
ST_LOOK (begins the pictures' names).
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import traceback
from pathlib import Path

import pyplugin_installer
import qgis.utils
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import QObject, QPoint, Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QToolButton, QWidget
from qgis.utils import iface

PLUGIN = "smart_territoires_plugin"
DOCK = "smart_territoires_workbench"
PATIENCE_S = 120
BEAT_MS = 10
LATE_MS = 50


class Session(QObject):
    """Goes from step to step; each step returns True when it is over."""

    def __init__(self, steps):
        super().__init__()
        self.look = os.environ["ST_LOOK"]
        self.report = {
            "errors": [],
            "steps": [],
            "dialogs": [],
            "clicks": 0,
            "pauses_ms": {},
            "held_ms": {},
            "states": {},
        }
        sys.excepthook = self.fail
        qgis.utils.showException = lambda kind, value, trace, *_, **__: self.fail(kind, value, trace)
        self.steps = [self.resize, self.install, *steps, self.unload]
        self.deadline = time.monotonic() + PATIENCE_S
        self.quiet = 0
        self.last_beat = None
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.step)
        self.timer.start(100)
        self.heart = QTimer(self)
        self.heart.setTimerType(Qt.TimerType.PreciseTimer)
        self.heart.timeout.connect(self.beat)
        self.heart.start(BEAT_MS)
        self.main_thread = threading.get_ident()
        threading.Thread(target=self.watch, daemon=True).start()

    def fail(self, kind, value, trace):
        self.report["errors"].append("".join(traceback.format_exception(kind, value, trace)))

    def beat(self):
        """Write down the longest time that the main thread was away during each step."""
        now = time.monotonic()
        if self.last_beat is not None and self.steps:
            name, pauses = self.steps[0].__name__, self.report["pauses_ms"]
            pauses[name] = max(pauses.get(name, 0), round(1000 * (now - self.last_beat)) - BEAT_MS)
        self.last_beat = now

    def watch(self):
        """Look, from a thread of its own, in which function of the plugin the main thread is whenever it is late."""
        while self.last_beat is not None or self.steps:
            time.sleep(BEAT_MS / 2000)
            beat = self.last_beat
            late_ms = 0 if beat is None else round(1000 * (time.monotonic() - beat)) - BEAT_MS
            if late_ms < LATE_MS:
                continue
            frame = sys._current_frames().get(self.main_thread)
            while frame is not None and f"{PLUGIN}{os.sep}" not in frame.f_code.co_filename:
                frame = frame.f_back
            if frame is not None:
                place = f"{Path(frame.f_code.co_filename).name}: {frame.f_code.co_name}"
                self.report["held_ms"][place] = max(self.report["held_ms"].get(place, 0), late_ms)

    def step(self):
        if time.monotonic() > self.deadline:
            self.report["errors"].append(f"{self.steps[0].__name__} took too long")
            self.end()
            return
        modal = QApplication.activeModalWidget()
        if modal is not None:
            # Nothing of ours opens one; one of QGIS is written down and closed.
            self.report["dialogs"].append([type(modal).__name__, modal.windowTitle()])
            modal.close()
            return
        try:
            is_over = self.steps[0]()
        except Exception:
            self.report["errors"].append(f"{self.steps[0].__name__}: {traceback.format_exc()}")
            self.end()
            return
        if is_over:
            # What the step did at once held the thread, too.
            self.beat()
            self.report["steps"].append(self.steps.pop(0).__name__)
            self.quiet = 0
            if not self.steps:
                self.end()

    # ── hand and eye

    @property
    def dock(self):
        return iface.mainWindow().findChild(QDockWidget, DOCK)

    def page(self, name):
        return self.dock.findChild(QWidget, f"smart_territoires_page_{name}")

    def click(self, widget, place=None):
        """Click as a person does, and count it."""
        if not widget.isVisible() or not widget.isEnabled():
            raise RuntimeError(f"{widget.objectName() or type(widget).__name__} cannot be clicked")
        self.report["clicks"] += 1
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place or QPoint())

    def show(self, name):
        self.click(self.dock.findChild(QToolButton, f"smart_territoires_step_{name}"))

    def is_calm(self, beats=4):
        """Whether the map has been drawn and nothing has moved for a while."""
        self.quiet = 0 if iface.mapCanvas().isDrawing() else self.quiet + 1
        return self.quiet > beats

    def take_picture(self, name, is_whole=False):
        """Take a picture; the time that takes is nobody's pause."""
        self.beat()
        shown = iface.mainWindow() if is_whole else self.dock
        shown.grab().save(os.path.join(os.environ["ST_PICTURES"], f"{self.look}_{name}.png"))
        self.last_beat = time.monotonic()

    # ── what every session does

    def resize(self):
        iface.mainWindow().showNormal()
        iface.mainWindow().setGeometry(QApplication.primaryScreen().geometry())
        self.report["ratio"] = iface.mainWindow().devicePixelRatioF()
        self.report["theme"] = QgsApplication.themeName()
        return True

    def install(self):
        """Install the zip as *Plugins ► Install from ZIP* does."""
        pyplugin_installer.instance().installFromZipFile(os.environ["ST_PLUGIN_ZIP"])
        self.report["active"] = PLUGIN in qgis.utils.active_plugins
        return True

    def open_workbench(self):
        """Two clicks: the button of the toolbar, and the first line of its menu."""
        button = iface.mainWindow().findChild(QToolButton, "smart_territoires_button")
        menu = button.menu()
        (action,) = (one for one in menu.actions() if one.objectName() == "smart_territoires_workbench")
        self.report["clicks"] += 1
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
        QApplication.processEvents()
        self.click(menu, menu.actionGeometry(action).center())
        menu.close()
        iface.mainWindow().resizeDocks([self.dock], [iface.mainWindow().width() * 2 // 5], Qt.Orientation.Horizontal)
        return True

    def open_the_results(self):
        results = Path(os.environ["ST_RESULTS"])
        # Asked for by name: the package was installed only now.
        from smart_territoires_plugin.bridge.results import load_results

        load_results(results, self.page("sharing").language.lang, QgsProject.instance())
        plugin = qgis.utils.plugins[PLUGIN]
        self.page("study").open_study(results.parent / "study.yaml")
        plugin._workbench.open_results(results)
        iface.mapCanvas().zoomToFullExtent()
        return True

    def unload(self):
        self.report["unloaded"] = qgis.utils.unloadPlugin(PLUGIN)
        self.report["dock_left"] = self.dock is not None and self.dock.isVisible()
        return True

    def end(self):
        self.heart.stop()
        self.last_beat = None
        with open(os.environ["ST_REPORT"], "w", encoding="utf-8") as stream:
            json.dump(self.report, stream, ensure_ascii=False, indent=1)
        # From here on a step only closes what asks a question on the way out.
        self.deadline = float("inf")
        self.steps = [lambda: False]
        iface.newProject(False)
        QTimer.singleShot(0, iface.actionExit().trigger)
