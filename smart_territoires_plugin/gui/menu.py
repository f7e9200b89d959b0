"""The menu "Smart Territoires" and its toolbar button."""

from __future__ import annotations

from typing import Callable, Optional

from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QDialog, QMenu, QToolButton

from smart_territoires_plugin.bridge.qt import QAction
from smart_territoires_plugin.bridge.settings import Settings
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.resources import resource
from smart_territoires_plugin.gui.atlas_dialog import AtlasDialog
from smart_territoires_plugin.gui.environment_dialog import EnvironmentDialog
from smart_territoires_plugin.gui.help import open_help
from smart_territoires_plugin.gui.priority_3d import show_priority_in_3d
from smart_territoires_plugin.gui.run_dialog import RunDialog
from smart_territoires_plugin.gui.runs import Runs
from smart_territoires_plugin.gui.workbench.controller import load_pages

MENU = "Smart Territoires"


class Menu(QObject):
    """Adds the actions to QGIS and takes them away again.

    Parameters
    ----------
    iface : QgisInterface
        The windows of QGIS.
    settings : Settings
        What the dialogs remember.
    runs : Runs
        What the actions start.
    show_workbench : callable
    """

    def __init__(
        self, iface: QgisInterface, settings: Settings, runs: Runs, show_workbench: Callable[[], object]
    ) -> None:
        super().__init__()
        self._iface = iface
        self._settings = settings
        self._runs = runs
        self._dialog: Optional[QDialog] = None
        window = iface.mainWindow()
        icon = QIcon(str(resource("resources", "icons", "smart_territoires.svg")))
        self.actions = [
            _action(
                "smart_territoires_workbench",
                translate("SmartTerritoires", "Workbench"),
                show_workbench,
                window,
                icon,
            ),
            _action(
                "smart_territoires_open_fictitious_region",
                translate("SmartTerritoires", "Open the Fictitious Region"),
                runs.open_fictitious_region,
                window,
                icon,
            ),
            _action(
                "smart_territoires_run_study",
                translate("SmartTerritoires", "Run a Study…"),
                self.show_run_dialog,
                window,
            ),
            _action("smart_territoires_atlas", translate("SmartTerritoires", "Atlas…"), self.show_atlas_dialog, window),
            _action(
                "smart_territoires_priority_3d",
                translate("SmartTerritoires", "Show Priority in 3D"),
                lambda: show_priority_in_3d(iface),
                window,
            ),
            _action("smart_territoires_engine", translate("SmartTerritoires", "Engine…"), self.show_engine, window),
            _action("smart_territoires_help", translate("SmartTerritoires", "Help"), open_help, window),
        ]
        runs.engine_asked.connect(self.show_engine)
        for action in self.actions:
            iface.addPluginToMenu(MENU, action)
        self._button_menu = QMenu(window)
        self._button_menu.addActions(self.actions)
        # While the eye looks for its line, what the workbench needs is loaded.
        self._button_menu.aboutToShow.connect(load_pages)
        self._button = QToolButton(window)
        self._button.setObjectName("smart_territoires_button")
        self._button.setIcon(icon)
        self._button.setToolTip(MENU)
        self._button.setMenu(self._button_menu)
        self._button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._button_action = iface.addToolBarWidget(self._button)

    def show_run_dialog(self) -> None:
        """Ask for a study and a folder."""
        dialog = RunDialog(self._settings, self._runs.language, self._iface.mainWindow())
        dialog.run_asked.connect(self._runs.run_study)
        self._show(dialog)

    def show_engine(self) -> None:
        """Show what the computation runs on, and the way to have it."""
        self._show(EnvironmentDialog(self._settings, self._iface.mainWindow()))

    def show_atlas_dialog(self) -> None:
        """Ask for results and a PDF file."""
        dialog = AtlasDialog(self._settings, self._runs.language, self._iface.mainWindow())
        dialog.export_asked.connect(self._runs.export_atlas)
        self._show(dialog)

    def close(self) -> None:
        """Take menu, button and open dialog away."""
        if self._dialog is not None:
            self._dialog.close()
            self._dialog = None
        for action in self.actions:
            self._iface.removePluginMenu(MENU, action)
            action.deleteLater()
        self.actions = []
        if self._button_action is not None:
            self._iface.removeToolBarIcon(self._button_action)
            self._button_action.deleteLater()
        self._button.deleteLater()
        self._button_menu.deleteLater()

    def _show(self, dialog: QDialog) -> None:
        """Show a dialog that leaves QGIS usable."""
        if self._dialog is not None:
            self._dialog.close()
        self._dialog = dialog
        dialog.finished.connect(self._forget_dialog)
        dialog.show()

    def _forget_dialog(self) -> None:
        if self.sender() is self._dialog:
            self._dialog = None


def _action(name: str, label: str, call: Callable[[], None], parent: QObject, icon: Optional[QIcon] = None) -> QAction:
    """Return an action that calls a function without arguments."""
    action = QAction(icon or QIcon(), label, parent)
    action.setObjectName(name)
    action.triggered.connect(lambda _checked=False: call())
    return action
