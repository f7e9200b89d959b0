"""Runs inside the QGIS desktop (``qgis --code``): what a person does with the plugin, step by step, and a report of it.

Told by the environment: ST_PLUGIN_ZIP (what to install), ST_REPORT (the JSON file to write), ST_PICTURES (a folder).
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback

import pyplugin_installer
import qgis.utils
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import QObject, QTimer
from qgis.PyQt.QtWidgets import QAction, QApplication, QDialog
from qgis.utils import iface

PLUGIN = "smart_territoires_plugin"
PATIENCE_S = 150
BEAT_MS = 20


class Session(QObject):
    """Goes from step to step; each step returns True when it is over."""

    def __init__(self):
        super().__init__()
        self.report = {"log": [], "errors": [], "steps": [], "dialogs": []}
        QgsApplication.messageLog().messageReceived.connect(self.hear)
        sys.excepthook = self.fail
        qgis.utils.showException = lambda kind, value, trace, *_, **__: self.fail(kind, value, trace)
        self.steps = [
            self.resize,
            self.install,
            self.trigger,
            self.wait_for_layers,
            self.wait_for_map,
            self.take_picture,
            self.open_run_dialog,
            self.wait_for_check,
            self.unload,
            self.look_for_leftovers,
        ]
        self.deadline = time.monotonic() + PATIENCE_S
        self.last_beat = None
        self.quiet = 0
        self.idle = 0
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.step)
        self.timer.start(200)
        self.heart = QTimer(self)
        self.heart.timeout.connect(self.beat)

    def hear(self, text, tab, level):
        self.report["log"].append([tab, int(level), text])

    def fail(self, kind, value, trace):
        self.report["errors"].append("".join(traceback.format_exception(kind, value, trace)))

    def beat(self):
        """Measure how long the main thread was away."""
        now = time.monotonic()
        if self.last_beat is not None:
            self.report["longest_pause_ms"] = max(
                self.report.get("longest_pause_ms", 0), round(1000 * (now - self.last_beat)) - BEAT_MS
            )
        self.last_beat = now

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
            self.report["errors"].append(traceback.format_exc())
            self.end()
            return
        if is_over:
            self.report["steps"].append(self.steps.pop(0).__name__)
            if not self.steps:
                self.end()

    def resize(self):
        iface.mainWindow().showNormal()
        iface.mainWindow().setGeometry(0, 0, 1600, 1000)
        return True

    def install(self):
        """Install the zip as *Plugins ► Install from ZIP* does."""
        pyplugin_installer.instance().installFromZipFile(os.environ["ST_PLUGIN_ZIP"])
        self.report["active"] = PLUGIN in qgis.utils.active_plugins
        self.report["provider"] = [
            algorithm.id()
            for provider in [QgsApplication.processingRegistry().providerById("smart_territoires")]
            if provider is not None
            for algorithm in provider.algorithms()
        ]
        return True

    def trigger(self):
        (action,) = iface.mainWindow().findChildren(QAction, "smart_territoires_open_fictitious_region")
        self.report["label"] = action.text()
        self.heart.start(BEAT_MS)
        action.trigger()
        return True

    def wait_for_layers(self):
        if not QgsProject.instance().mapLayers():
            if QgsApplication.taskManager().countActiveTasks() == 0:
                self.idle += 1
            if self.idle > 10:
                raise RuntimeError("the run ended without layers: see the log")
            return False
        if not any("sur la carte" in text for _, _, text in self.report["log"]):
            return False
        self.heart.stop()
        root = QgsProject.instance().layerTreeRoot()
        self.report["groups"] = [group.name() for group in root.children()]
        self.report["layers"] = [
            [node.layer().name(), node.layer().isValid(), node.layer().featureCount()] for node in root.findLayers()
        ]
        return True

    def wait_for_map(self):
        if not iface.mapCanvas().isDrawing():
            self.quiet += 1
        return self.quiet > 10

    def take_picture(self):
        folder = os.environ["ST_PICTURES"]
        iface.mainWindow().grab().save(os.path.join(folder, "desktop.png"))
        iface.mapCanvas().grab().save(os.path.join(folder, "desktop_map.png"))
        return True

    def open_run_dialog(self):
        (action,) = iface.mainWindow().findChildren(QAction, "smart_territoires_run_study")
        action.trigger()
        return True

    def wait_for_check(self):
        (dialog,) = (child for child in iface.mainWindow().findChildren(QDialog) if type(child).__name__ == "RunDialog")
        if dialog._checked is None:
            return False
        self.report["check"] = dialog.sentence.text()
        if self.quiet < 15:  # the list is laid out once its problems are known
            self.quiet += 1
            return False
        dialog.grab().save(os.path.join(os.environ["ST_PICTURES"], "desktop_run_dialog.png"))
        dialog.reject()
        return True

    def unload(self):
        self.report["unloaded"] = qgis.utils.unloadPlugin(PLUGIN)
        return True

    def look_for_leftovers(self):
        self.report["left"] = [
            action.objectName()
            for action in iface.mainWindow().findChildren(QAction)
            if action.objectName().startswith("smart_territoires")
        ]
        return True

    def end(self):
        with open(os.environ["ST_REPORT"], "w", encoding="utf-8") as stream:
            json.dump(self.report, stream, ensure_ascii=False, indent=1)
        # From here on a step only closes what asks a question on the way out.
        self.deadline = float("inf")
        self.steps = [lambda: False]
        iface.newProject(False)
        QTimer.singleShot(0, iface.actionExit().trigger)


# Kept by the application, for the script's own names go with it.
QApplication.instance().smart_territoires_session = Session()
