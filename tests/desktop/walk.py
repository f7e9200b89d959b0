"""Runs inside the QGIS desktop (``qgis --code``): a person's walk over the four steps, with clicks and keys.

Told by the environment: ST_PLUGIN_ZIP (what to install), ST_REPORT (the JSON file to write), ST_PICTURES (a folder),
ST_LANG (the language), ST_LOOK (begins the pictures' names), ST_NOTE (the folder that receives the note), and where
there are: ST_RESULTS (to open these instead of making some; then only pictures are taken), ST_HELP_PICTURES (the folder
of the help's pictures).
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import traceback
from pathlib import Path

import numpy as np
import pyplugin_installer
import qgis.utils
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import QObject, QPoint, Qt, QTimer
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QSlider, QToolButton, QWidget
from qgis.utils import iface

PLUGIN = "smart_territoires_plugin"
DOCK = "smart_territoires_workbench"
STEPS = ("study", "weights", "targets", "sharing")
PATIENCE_S = 120
BEAT_MS = 10
LATE_MS = 50
HELP_WIDTH = 720


class Walk(QObject):
    """Goes from step to step; each step returns True when it is over."""

    def __init__(self):
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
        whole = [
            self.resize,
            self.install,
            self.open_workbench,
            self.see_the_empty_steps,
            self.begin_with_the_fictitious_region,
            self.wait_for_the_list,
            self.see_study,
            self.see_weights,
            self.move_a_slider,
            self.wait_for_the_scores,
            self.undo,
            self.see_targets,
            self.select_in_the_table,
            self.see_the_card,
            self.select_in_the_chart,
            self.filter_by_a_chip,
            self.see_sharing,
            self.export_the_note,
            self.wait_for_the_note,
            self.unload,
        ]
        only_pictures = [
            self.resize,
            self.install,
            self.open_workbench,
            self.open_the_results,
            self.wait_for_the_list,
            self.see_study,
            self.see_weights,
            self.see_targets,
            self.select_in_the_table,
            self.see_the_card,
            self.see_sharing,
            self.unload,
        ]
        self.steps = only_pictures if os.environ.get("ST_RESULTS") else whole
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

    def take_help_picture(self, name):
        """Take the dock for the help: small, so that the package stays light."""
        folder = os.environ.get("ST_HELP_PICTURES")
        if not folder:
            return
        self.beat()
        picture = self.dock.grab().toImage()
        picture.setDevicePixelRatio(1.0)
        if picture.width() > HELP_WIDTH:
            picture = picture.scaledToWidth(HELP_WIDTH, Qt.TransformationMode.SmoothTransformation)
        picture = picture.convertToFormat(QImage.Format.Format_RGB32)
        pixels = np.frombuffer(picture.constBits().asstring(picture.sizeInBytes()), dtype=np.uint32)
        colours, counts = np.unique(pixels, return_counts=True)
        # The commonest colours of this very picture: Qt's own table would show others.
        table = [int(colour) for colour in colours[np.argsort(-counts)][:256]]
        few = picture.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.ThresholdDither)
        few.save(os.path.join(folder, f"{os.environ['ST_LANG']}_{name}.png"), "PNG", 0)
        self.last_beat = time.monotonic()

    # ── the steps

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

    def see_the_empty_steps(self):
        clicks = self.report["clicks"]
        for name in STEPS:
            self.show(name)
            self.report["states"][f"{name}_empty"] = self.page(name).state
            QApplication.processEvents()
            self.take_picture(f"empty_{name}", is_whole=name == "study")
        self.show("study")
        # They were looked at for the pictures alone.
        self.report["clicks"] = clicks
        return True

    def begin_with_the_fictitious_region(self):
        self.click(self.page("study").fictitious)
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

    def wait_for_the_list(self):
        page = self.page("targets")
        if page is None or page.state == "empty" or not self.is_calm(8):
            return False
        if not os.environ.get("ST_RESULTS"):
            self.show("targets")
            if page.table.model().rowCount() == 0:
                raise RuntimeError("the list is empty")
            self.report["clicks_to_the_list"] = self.report["clicks"]
        return True

    def see(self, name):
        self.show(name)
        QApplication.processEvents()
        self.report["states"][name] = self.page(name).state
        self.take_picture(name, is_whole=True)
        self.take_help_picture(name)
        return True

    def see_study(self):
        return self.see("study")

    def see_weights(self):
        return self.see("weights")

    def move_a_slider(self):
        """Press a key on the first slider that the eye sees."""
        tree = self.page("weights").tree
        sliders = [one for one in tree.findChildren(QSlider) if one.isVisible() and one.isEnabled()]
        self.slider = min(sliders, key=lambda one: one.mapTo(tree, QPoint()).y())
        before = self.slider.value()
        self.slider.setFocus()
        for _ in range(3):
            QTest.keyClick(self.slider, Qt.Key.Key_PageUp)
        self.report["slider"] = [before, self.slider.value()]
        return True

    def wait_for_the_scores(self):
        if not self.is_calm(10):
            return False
        self.report["states"]["weights_moved"] = self.page("weights").state
        self.report["said_of_the_move"] = self.page("weights").said.text()
        self.take_picture("weights_moved", is_whole=True)
        return True

    def undo(self):
        page = self.page("weights")
        while page.undo.isEnabled():
            self.click(page.undo)
        self.report["states"]["weights_undone"] = page.state
        return True

    def see_targets(self):
        if not self.is_calm():
            return False
        return self.see("targets")

    def select_in_the_table(self):
        table = self.page("targets").table
        index = table.model().index(2, 1)
        table.scrollTo(index)
        self.click(table.viewport(), table.visualRect(index).center())
        self.report["selected_in_table"] = self.selected()
        return True

    def see_the_card(self):
        if not self.is_calm(10):
            return False
        page = self.page("targets")
        page.tabs.setCurrentWidget(page.card)
        QApplication.processEvents()
        self.take_picture("targets_card", is_whole=True)
        return True

    def select_in_the_chart(self):
        page = self.page("targets")
        chart = page.chart
        page.tabs.setCurrentIndex(next(n for n in range(page.tabs.count()) if page.tabs.widget(n).isAncestorOf(chart)))
        QApplication.processEvents()
        row = next(iter(page.session.table.rows.values()))
        self.click(chart, chart.place_of(row).toPoint())
        self.report["selected_in_chart"] = self.selected()
        return True

    def selected(self):
        """How many territories are selected, in the session, and on the map."""
        layers = [
            one for one in QgsProject.instance().mapLayers().values() if one.source().endswith("layername=territories")
        ]
        return [len(self.page("targets").session.selection), layers[0].selectedFeatureCount()]

    def filter_by_a_chip(self):
        page = self.page("targets")
        before = page.table.model().rowCount()
        chips = [one for one in page.chips.findChildren(QToolButton) if one.isVisible() and one.isEnabled()]
        self.click(chips[0])
        QApplication.processEvents()
        self.report["rows"] = [before, page.table.model().rowCount()]
        self.take_picture("targets_filtered")
        self.click(chips[0])
        return True

    def see_sharing(self):
        return self.see("sharing")

    def export_the_note(self):
        page = self.page("sharing")
        page.place.setFilePath(os.environ["ST_NOTE"])
        self.click(page.note.button)
        return True

    def wait_for_the_note(self):
        page = self.page("sharing")
        if not page.note.said.isVisible():
            return False
        self.report["said_of_the_note"] = page.note.said.text()
        self.report["can_open"] = page.note.open.isVisible()
        self.take_picture("sharing_done")
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


# Kept by the application, for the script's own names go with it.
QApplication.instance().smart_territoires_walk = Walk()
