"""The page of Smart Territoires in the options of QGIS: engine, language of the outputs, cluster and store."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Optional

from qgis.gui import QgsFileWidget, QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from smart_territoires_plugin.bridge.interpreter import Interpreter, Search, find_interpreter, missing_libraries, search
from smart_territoires_plugin.bridge.no_engine import missing_message
from smart_territoires_plugin.bridge.settings import Settings
from smart_territoires_plugin.bridge.task import SearchTask, start
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.resources import resource
from smart_territoires_plugin.gui.environment_dialog import EnvironmentDialog
from smart_territoires_plugin.gui.form import file_widget
from smart_territoires_plugin.gui.store_box import StoreBox

# As the engine reads it; it says so in its own words where a run is given another.
_ADDRESS = re.compile(r"(tcp|tls|ws|wss)://[^\s/]+:\d{1,5}/?")


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
        self.environment_button = QPushButton(translate("SmartTerritoires", "Engine…"))
        self.environment_button.setToolTip(translate("SmartTerritoires", "What the engine runs on, and how to have it"))
        self.environment_button.clicked.connect(self.show_environment)
        self.language = QComboBox()
        self.language.addItem(translate("SmartTerritoires", "As QGIS"), "")
        self.language.addItem(translate("SmartTerritoires", "French"), "fr")
        self.language.addItem(translate("SmartTerritoires", "English"), "en")
        self.language.setCurrentIndex(max(0, self.language.findData(settings.result_language.value())))
        self.scheduler = QLineEdit(settings.scheduler.value())
        self.scheduler.setPlaceholderText(translate("SmartTerritoires", "This machine’s cores"))
        self.scheduler.setToolTip(
            translate(
                "SmartTerritoires",
                "Runs that are started here compute on this Dask cluster. Example: tcp://192.168.1.10:8786",
            )
        )
        self.scheduler.textChanged.connect(self._check_address)
        self.address_said = QLabel()
        self.address_said.setWordWrap(True)
        results = settings.last_results.value()
        self.store = StoreBox(Path(results) if results else None)
        layout = QVBoxLayout(self)
        layout.addWidget(self._engine_box())
        layout.addWidget(self._outputs_box())
        layout.addWidget(self.store)
        layout.addStretch(1)
        self._check_address()
        self.destroyed.connect(self._forget)

    def _engine_box(self) -> QGroupBox:
        group = QGroupBox(translate("SmartTerritoires", "Engine"))
        form = QFormLayout(group)
        form.addRow(translate("SmartTerritoires", "Python interpreter"), self.python)
        buttons = QHBoxLayout()
        buttons.addWidget(self.check_button)
        buttons.addWidget(self.environment_button)
        buttons.addStretch(1)
        form.addRow("", buttons)
        form.addRow("", self.verdict)
        form.addRow(translate("SmartTerritoires", "Dask scheduler"), self.scheduler)
        form.addRow("", self.address_said)
        return group

    def _outputs_box(self) -> QGroupBox:
        group = QGroupBox(translate("SmartTerritoires", "Outputs"))
        form = QFormLayout(group)
        form.addRow(translate("SmartTerritoires", "Language"), self.language)
        return group

    def show_environment(self) -> None:
        """Show what the engine runs on; the interpreter that is chosen there is shown here."""
        dialog = EnvironmentDialog(self._settings, self)
        dialog.finished.connect(lambda: self.python.setFilePath(self._settings.engine_python.value()))
        dialog.show()

    def _check_address(self) -> None:
        """Say at once that an address cannot be one."""
        address = self.scheduler.text().strip()
        is_wrong = bool(address) and not _ADDRESS.fullmatch(address)
        said = translate("SmartTerritoires", "An address has a protocol and a port, as in tcp://192.168.1.10:8786.")
        self.address_said.setText(said if is_wrong else "")
        self.address_said.setVisible(is_wrong)

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
        self._settings.result_language.setValue(self.language.currentData())
        # What cannot be an address would fail every run.
        address = self.scheduler.text().strip()
        if not address or _ADDRESS.fullmatch(address):
            self._settings.scheduler.setValue(address)

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
