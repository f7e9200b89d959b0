"""Runs inside the QGIS desktop (``qgis --code``): a person writes a project into a register through its form.

Told by the environment: ST_REGISTER (the register), ST_REPORT (the JSON file to write), ST_PICTURE (the picture).
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback

import qgis.utils
from qgis.core import QgsProject, QgsVectorLayer
from qgis.gui import QgsAttributeForm
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QDate, QEvent, QObject, Qt, QTimer
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QApplication,
    QComboBox,
    QDateTimeEdit,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTabWidget,
    QTextEdit,
    QWidget,
)
from qgis.utils import iface

PATIENCE_S = 60
TEXTS = {
    "title": "Capteurs de crue partagés (projet fictif)",
    "codes": "00101; 00102",
    "theme": "flood",
    "source": "Entretien fictif",
    "budget_eur": "120000",
    "cofunding_eur": "60000",
    "cofunding_rate_pct": "50",
    "cofunder": "Région imaginaire",
    "data_format": "CSV",
    "contact_role": "Chargée de mission numérique",
}
CHOICES = {"stage": 3, "source_kind": 1, "innovation": 3, "partnership": 4, "data": 4, "inclusion": 2, "data_2": 3}


def _is_form(widget):
    return widget.metaObject().className() == "QgsAttributeForm"


class Session(QObject):
    """Goes from step to step; each step returns True when it is over."""

    def __init__(self):
        super().__init__()
        self.report = {"errors": [], "steps": [], "said": {}, "can_save": {}}
        sys.excepthook = self.fail
        qgis.utils.showException = lambda kind, value, trace, *_, **__: self.fail(kind, value, trace)
        self.steps = [
            self.open_table,
            self.begin_to_edit,
            self.add_record,
            self.look_at_the_empty_form,
            self.try_what_is_wrong,
            self.fill_in,
            self.look,
            self.take_picture,
            self.accept,
            self.save,
        ]
        self.deadline = time.monotonic() + PATIENCE_S
        self.seen = 0
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.step)
        self.timer.start(200)

    def fail(self, kind, value, trace):
        self.report["errors"].append("".join(traceback.format_exception(kind, value, trace)))

    def step(self):
        if time.monotonic() > self.deadline:
            self.report["errors"].append(f"{self.steps[0].__name__} took too long")
            self.end()
            return
        modal = QApplication.activeModalWidget()
        if modal is not None and not any(_is_form(child) for child in modal.findChildren(QWidget)):
            self.report.setdefault("dialogs", []).append([type(modal).__name__, modal.windowTitle()])
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

    def open_table(self):
        iface.mainWindow().setGeometry(0, 0, 1600, 1000)
        self.layer = QgsVectorLayer(f"{os.environ['ST_REGISTER']}|layername=projects", "projects", "ogr")
        QgsProject.instance().addMapLayer(self.layer)
        iface.setActiveLayer(self.layer)
        self.report["valid"] = self.layer.isValid()
        return True

    def begin_to_edit(self):
        iface.actionToggleEditing().trigger()
        return True

    def add_record(self):
        """Add a record as the button of the toolbar does."""
        iface.actionAddFeature().trigger()
        return True

    def look_at_the_empty_form(self):
        forms = [widget for widget in QApplication.allWidgets() if _is_form(widget) and widget.isVisible()]
        if not forms:
            return False
        # Made by QGIS itself, it comes to Python as a plain widget.
        self.form = sip.cast(forms[0], QgsAttributeForm)
        self.dialog = self.form.window()
        self.dialog.resize(720, 640)
        self.report["tabs"] = [
            tabs.tabText(i) for tabs in self.form.findChildren(QTabWidget) for i in range(tabs.count())
        ]
        self.report["defaults"] = {"stage": self.widget("stage").currentText()}
        self.report["labels"] = [label.text() for label in self.form.findChildren(QLabel)]
        self.report["choices"] = {
            name: [self.widget(name).itemText(i) for i in range(self.widget(name).count())]
            for name in ("stage", "innovation", "partnership", "data", "inclusion", "data_2")
        }
        self.note("empty")
        return True

    def try_what_is_wrong(self):
        self.write("title", "Un titre")
        self.note("no_place")
        self.write("codes", "00101")
        self.note("title_and_place")
        self.form.changeAttribute("innovation", 7)
        self.note("axis_7")
        self.choose("innovation", 3)
        self.note("axis_2")
        self.write("title", "")
        self.note("no_title")
        self.write("title", "Un titre")
        self.write("budget_eur", "-5")
        self.note("budget_below_0")
        self.write("budget_eur", "")
        self.write("cofunding_rate_pct", "120")
        self.note("rate_120")
        self.write("cofunding_rate_pct", "")
        self.write("contact_role", "Élue au numérique")
        self.note("contact_without_date")
        self.write("contact_role", "")
        self.note("mended")
        return True

    def fill_in(self):
        for name, written in TEXTS.items():
            self.write(name, written)
        for name, index in CHOICES.items():
            self.choose(name, index)
        self.widget("year").setValue(2025)
        (day,) = self.form.findChildren(QDateTimeEdit)
        day.setDate(QDate(2028, 12, 31))
        self.note("filled_in")
        return True

    def look(self):
        (tabs,) = self.form.findChildren(QTabWidget)
        tabs.setCurrentIndex(1)
        self.seen += 1
        return self.seen > 5

    def take_picture(self):
        self.dialog.grab().save(os.environ["ST_PICTURE"])
        return True

    def accept(self):
        QTest.mouseClick(self.button(), Qt.MouseButton.LeftButton)
        return True

    def save(self):
        self.report["closed"] = sip.isdeleted(self.dialog)
        iface.actionSaveActiveLayerEdits().trigger()
        self.report["uncommitted"] = self.layer.isModified()
        self.report["commit_errors"] = self.layer.commitErrors()
        iface.actionToggleEditing().trigger()
        return True

    def widget(self, name):
        """The widget of a field, as a person sees it."""
        kinds = (QComboBox, QLineEdit, QTextEdit, QPlainTextEdit, QSpinBox)
        found = [widget for kind in kinds for widget in self.form.findChildren(kind, name)]
        return found[0]

    def write(self, name, written):
        """Type into the widget of a field in place of what is there."""
        widget = self.widget(name)
        widget.selectAll()
        QTest.keyClick(widget, Qt.Key.Key_Delete)
        for letter in written:
            # keyClicks knows no accents.
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))

    def choose(self, name, index):
        self.widget(name).setCurrentIndex(index)

    def button(self):
        return next(
            box.button(QDialogButtonBox.StandardButton.Ok)
            for box in self.dialog.findChildren(QDialogButtonBox)
            if box.button(QDialogButtonBox.StandardButton.Ok) is not None
        )

    def note(self, moment):
        """Write down whether the form can be saved, and what it says about the fields that it refuses."""
        QApplication.processEvents()
        self.report["can_save"][moment] = self.button().isEnabled()
        self.report["said"][moment] = [
            label.toolTip() for label in self.form.findChildren(QLabel) if "✘" in label.text()
        ]

    def end(self):
        with open(os.environ["ST_REPORT"], "w", encoding="utf-8") as stream:
            json.dump(self.report, stream, ensure_ascii=False, indent=1)
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, QDialog):
                dialog.close()
        # From here on a step only closes what asks a question on the way out.
        self.deadline = float("inf")
        self.steps = [lambda: False]
        iface.newProject(False)
        QTimer.singleShot(0, iface.actionExit().trigger)


# Kept by the application, for the script's own names go with it.
QApplication.instance().smart_territoires_session = Session()
