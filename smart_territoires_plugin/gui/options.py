"""The page of Smart Territoires in the options of QGIS: which Python runs the engine, and whether it can."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.gui import QgsFileWidget, QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QFormLayout, QGroupBox, QLabel, QPushButton, QVBoxLayout, QWidget

from smart_territoires_plugin.bridge.interpreter import Interpreter, Search, find_interpreter, missing_libraries, search
from smart_territoires_plugin.bridge.no_engine import missing_message
from smart_territoires_plugin.bridge.settings import Settings
from smart_territoires_plugin.bridge.task import SearchTask, start
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.resources import resource
from smart_territoires_plugin.gui.form import file_widget


class OptionsFactory(QgsOptionsWidgetFactory):
    """Makes the page each time the options are opened.

    Parameters
    ----------
    settings : Settings
        What the page shows and changes.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.setTitle("Smart Territoires")
        self.setIcon(QIcon(str(resource("resources", "icons", "smart_territoires.svg"))))

    def createWidget(self, parent: Optional[QWidget] = None) -> QgsOptionsPageWidget:
        """Return a new page."""
        return OptionsPage(self._settings, parent)


class OptionsPage(QgsOptionsPageWidget):
    """The page."""

    def __init__(self, settings: Settings, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._task: Optional[SearchTask] = None
        self.python = file_widget(QgsFileWidget.StorageMode.GetFile, settings.engine_python.value())
        self.python.lineEdit().setPlaceholderText(translate("SmartTerritoires", "Found by the plugin"))
        self.check_button = QPushButton(translate("SmartTerritoires", "Check"))
        self.check_button.clicked.connect(self.check)
        self.verdict = QLabel()
        self.verdict.setTextFormat(Qt.TextFormat.PlainText)
        self.verdict.setWordWrap(True)
        group = QGroupBox(translate("SmartTerritoires", "Engine"))
        form = QFormLayout(group)
        form.addRow(translate("SmartTerritoires", "Python interpreter"), self.python)
        form.addRow(self.check_button, self.verdict)
        layout = QVBoxLayout(self)
        layout.addWidget(group)
        layout.addStretch(1)
        self.destroyed.connect(self._forget)

    def check(self) -> None:
        """Have the interpreter import what is needed, in the background."""
        self._forget()
        path = self.python.filePath().strip()
        self.verdict.setText(translate("SmartTerritoires", "Being checked…"))

        def look() -> Search:
            return search((Interpreter(Path(path), "options"),), missing_libraries) if path else find_interpreter()

        self._task = SearchTask(look, self._show)
        start(self._task)

    def apply(self) -> None:
        """Keep what was filled in; QGIS calls it."""
        self._settings.engine_python.setValue(self.python.filePath().strip())

    def _show(self, found: Search) -> None:
        """Say what the check found."""
        self._task = None
        if sip.isdeleted(self):
            return
        if found.interpreter is None:
            self.verdict.setText(missing_message(found))
        else:
            said = translate("SmartTerritoires", "{path} can run the engine.")
            self.verdict.setText(said.format(path=found.interpreter.path))

    def _forget(self) -> None:
        if self._task is not None:
            self._task.forget()
            self._task = None
