"""Runs inside the QGIS desktop (``qgis --code``): a person's walk over the four steps, with clicks and keys.

Told by the environment, beside what ``hands`` is told: ST_LANG (the language), ST_NOTE (the folder that receives the
note), and where there are: ST_RESULTS (to open these instead of making some; then only pictures are taken),
ST_HELP_PICTURES (the folder of the help's pictures).
"""

from __future__ import annotations

import os
import time

import numpy as np
from hands import Session
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QSlider, QToolButton

STEPS = ("study", "weights", "targets", "sharing")
HELP_WIDTH = 720


class Walk(Session):
    """The four steps, and what a person does in each."""

    def __init__(self):
        whole = [
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
        ]
        only_pictures = [
            self.open_workbench,
            self.see_the_empty_steps,
            self.open_the_results,
            self.wait_for_the_list,
            self.see_study,
            self.see_weights,
            self.see_targets,
            self.select_in_the_table,
            self.see_the_card,
            self.see_sharing,
        ]
        super().__init__(only_pictures if os.environ.get("ST_RESULTS") else whole)

    def take_help_picture(self, name):
        """Take the dock for the help: small, so that the package stays light."""
        folder = os.environ.get("ST_HELP_PICTURES")
        if not folder or not self.look.endswith("_light_100"):
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


# Kept by the application, for the script's own names go with it.
QApplication.instance().smart_territoires_session = Walk()
