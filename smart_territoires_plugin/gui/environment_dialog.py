"""The dialog *Engine*: what the computation runs on, what is missing and why, and the way to have it."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.gui import QgsCollapsibleGroupBox, QgsFileWidget
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QFontDatabase
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from smart_territoires_plugin.bridge.install_task import InstallTask, StateTask, qgis_network
from smart_territoires_plugin.bridge.interpreter import Interpreter, Search, find_interpreter, missing_libraries, search
from smart_territoires_plugin.bridge.managed_environment import Installed, State
from smart_territoires_plugin.bridge.no_engine import missing_message
from smart_territoires_plugin.bridge.settings import Settings
from smart_territoires_plugin.bridge.task import SearchTask, start
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.gui.form import file_widget
from smart_territoires_plugin.gui.help import open_help

_LOG_LINES = 2000


class EnvironmentDialog(QDialog):
    """Says what the engine runs on; installs the plugin's own environment, or takes a Python that is there.

    Nothing is ever installed into QGIS's own Python.
    """

    ready = pyqtSignal()

    def __init__(self, settings: Settings, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("smart_territoires_environment")
        self.setWindowTitle(translate("SmartTerritoires", "Engine of Smart Territoires"))
        self.setWhatsThis(
            translate(
                "SmartTerritoires",
                "The computation runs on a Python of its own: here it is found, installed or mended. Nothing is "
                "installed into QGIS.",
            )
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._settings = settings
        self._task: Optional[object] = None
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.install = QPushButton(translate("SmartTerritoires", "Install"))
        self.other = QPushButton(translate("SmartTerritoires", "Use Another Python…"))
        self.cancel = QPushButton(translate("SmartTerritoires", "Cancel"))
        self.progress = QProgressBar()
        self.wheelhouse = file_widget(QgsFileWidget.StorageMode.GetDirectory, "")
        self.wheelhouse.setToolTip(
            translate("SmartTerritoires", "A folder with the packages as wheels, for a computer without the network.")
        )
        self.log = QPlainTextEdit()
        self.log.setReadOnly(True)
        self.log.setMaximumBlockCount(_LOG_LINES)
        self.log.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._lay_out()
        self.install.clicked.connect(self.start_installation)
        self.other.clicked.connect(self._ask_for_python)
        self.cancel.clicked.connect(self._cancel)
        self.finished.connect(self._forget)
        self.destroyed.connect(self._forget)
        self._work(False)
        self.look()

    def _lay_out(self) -> None:
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Close | kinds.Help)
        buttons.button(kinds.Close).setText(translate("SmartTerritoires", "Close"))
        buttons.button(kinds.Help).setText(translate("SmartTerritoires", "Help"))
        buttons.rejected.connect(self.reject)
        buttons.helpRequested.connect(lambda: open_help("engine"))
        row = QHBoxLayout()
        row.addWidget(self.install)
        row.addWidget(self.other)
        row.addStretch(1)
        working = QHBoxLayout()
        working.addWidget(self.progress, 1)
        working.addWidget(self.cancel)
        more = QgsCollapsibleGroupBox(translate("SmartTerritoires", "Details"))
        more.setCollapsed(True)
        form = QFormLayout(more)
        form.addRow(translate("SmartTerritoires", "Folder of packages (offline)"), self.wheelhouse)
        form.addRow(self.log)
        whole = QVBoxLayout(self)
        whole.addWidget(self.said)
        whole.addLayout(row)
        whole.addLayout(working)
        whole.addWidget(more, 1)
        whole.addWidget(buttons)
        self.resize(90 * self.fontMetrics().averageCharWidth(), self.sizeHint().height())

    # ── what there is

    def look(self) -> None:
        """Look, in the background, what the engine would run on now."""
        self._forget()
        self.said.setText(translate("SmartTerritoires", "Being checked…"))
        self._start(SearchTask(find_interpreter, self._show_search))

    def _show_search(self, found: Search) -> None:
        if sip.isdeleted(self):
            return
        self._task = None
        if found.interpreter is not None:
            self.said.setText(about(found.interpreter))
            if found.interpreter.origin == "managed":
                self._start(StateTask(self._show_state))
            return
        self._start(StateTask(lambda there: self._show_missing(found, there)))

    def _show_state(self, there: State) -> None:
        if sip.isdeleted(self):
            return
        self._task = None
        if there.code == "outdated":
            self.install.setText(translate("SmartTerritoires", "Update"))
            self.said.setText(
                translate(
                    "SmartTerritoires",
                    "The engine runs in the plugin’s own environment, which was made for another version of the "
                    "plugin. Update it to have the libraries that this version was tested with.",
                )
            )

    def _show_missing(self, found: Search, there: State) -> None:
        if sip.isdeleted(self):
            return
        self._task = None
        if there.code == "broken":
            self.install.setText(translate("SmartTerritoires", "Repair"))
            self.said.setText(
                translate(
                    "SmartTerritoires",
                    "The plugin’s own environment no longer works: the Python that it was made from is gone or was "
                    "changed, as after an upgrade of QGIS. “Repair” makes it anew; it takes a few minutes.",
                )
            )
            return
        self.said.setText(
            translate(
                "SmartTerritoires",
                "{missing}\n\n“Install” makes an environment of the plugin’s own and fetches these libraries into it "
                "(about 700 MB, a few minutes). QGIS’s own Python stays as it is.",
            ).format(missing=missing_message(found))
        )

    # ── installing

    def start_installation(self, chosen: Optional[Path] = None) -> None:
        """Make the environment in the background."""
        self._forget()
        folder = self.wheelhouse.filePath().strip()
        task = InstallTask(chosen or None, qgis_network(Path(folder) if folder else None), self._show_installed)
        task.said.connect(self.log.appendPlainText)
        task.progressChanged.connect(lambda share: self.progress.setValue(round(share)))
        self.log.clear()
        self.said.setText(translate("SmartTerritoires", "The engine is being installed; QGIS can be used meanwhile."))
        self._work(True)
        self._start(task)

    def _show_installed(self, outcome: Installed) -> None:
        if sip.isdeleted(self):
            return
        self._task = None
        self._work(False)
        if outcome.is_done:
            self.install.setText(translate("SmartTerritoires", "Install Again"))
            self.said.setText(translate("SmartTerritoires", "The engine is installed and works."))
            self.ready.emit()
        elif outcome.is_cancelled:
            self.said.setText(translate("SmartTerritoires", "Cancelled: nothing was changed."))
        else:
            self.said.setText(failure(outcome))

    def _ask_for_python(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, translate("SmartTerritoires", "Python Interpreter"))
        if path:
            self.take_python(Path(path))

    def take_python(self, path: Path) -> None:
        """Check another Python in the background, and take it if it can run the engine."""
        self._forget()
        self.said.setText(translate("SmartTerritoires", "Being checked…"))

        def show(found: Search) -> None:
            if sip.isdeleted(self):
                return
            self._task = None
            if found.interpreter is None:
                self.said.setText(missing_message(found))
                return
            self._settings.engine_python.setValue(str(path))
            self.said.setText(about(found.interpreter))
            self.ready.emit()

        self._start(SearchTask(lambda: search((Interpreter(path, "options"),), missing_libraries), show))

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _work(self, is_working: bool) -> None:
        self.progress.setVisible(is_working)
        self.progress.setValue(0)
        self.cancel.setVisible(is_working)
        for button in (self.install, self.other):
            button.setEnabled(not is_working)

    def _start(self, task) -> None:
        self._task = task
        start(task)

    def _forget(self, *_: object) -> None:
        if self._task is not None:
            self._task.forget()
            self._task = None


def about(interpreter: Interpreter) -> str:
    """Say what the engine runs on."""
    said = {
        "options": translate("SmartTerritoires", "The engine runs on the Python that you chose: {path}."),
        "managed": translate("SmartTerritoires", "The engine runs in the plugin’s own environment: {path}."),
        "qgis": translate("SmartTerritoires", "The engine runs on the Python of QGIS, which has all it needs: {path}."),
    }
    return said[interpreter.origin].format(path=interpreter.path)


def failure(outcome: Installed) -> str:
    """Say why an installation failed, and what can be done."""
    said = {
        "no_python": translate(
            "SmartTerritoires",
            "No Python was found to make the environment from ({reason}). Choose one with “Use Another Python…”.",
        ),
        "too_old": translate(
            "SmartTerritoires",
            "The Python found is {reason}; the engine needs 3.10 or later. Choose another with “Use Another Python…”.",
        ),
        "no_venv": translate(
            "SmartTerritoires",
            "This Python cannot make an environment ({reason}). On Debian and Ubuntu, install python3-venv.",
        ),
        "no_packages": translate(
            "SmartTerritoires",
            "The libraries could not be fetched ({reason}). Check the network and the proxy of QGIS, or give a folder "
            "of packages under “Details”.",
        ),
        "no_import": translate(
            "SmartTerritoires", "The libraries were installed but do not start ({reason}). The details say more."
        ),
        "in_use": translate(
            "SmartTerritoires",
            "The former environment is in use ({reason}). Wait until no run is going on, then repair.",
        ),
    }
    return said[outcome.code].format(reason=outcome.reason or "–")
