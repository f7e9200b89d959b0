"""The plugin as QGIS sees it: builds, wires and unregisters; computes nothing."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsApplication, QgsExpressionFunction
from qgis.gui import QgisInterface, QgsGui

from smart_territoires_plugin.algorithms.provider import Provider
from smart_territoires_plugin.bridge import expression_functions
from smart_territoires_plugin.bridge.run_at_hand import RunAtHand
from smart_territoires_plugin.bridge.settings import close_settings, open_settings
from smart_territoires_plugin.bridge.task import forget_all
from smart_territoires_plugin.bridge.translation import desktop_language, install_translator, remove_translator
from smart_territoires_plugin.gui.identify import OpenCardAction
from smart_territoires_plugin.gui.locator import TerritoryFilter
from smart_territoires_plugin.gui.menu import Menu
from smart_territoires_plugin.gui.options import OptionsFactory
from smart_territoires_plugin.gui.runs import Runs
from smart_territoires_plugin.gui.workbench.controller import WorkbenchController


class SmartTerritoiresPlugin:
    """Smart Territoires in QGIS.

    Parameters
    ----------
    iface : QgisInterface
        The windows of QGIS; None under ``qgis_process``.
    """

    def __init__(self, iface: Optional[QgisInterface]) -> None:
        self._iface = iface
        self._translator = install_translator(desktop_language())
        self._provider: Optional[Provider] = None
        self._runs: Optional[Runs] = None
        self._menu: Optional[Menu] = None
        self._workbench: Optional[WorkbenchController] = None
        self._options: Optional[OptionsFactory] = None
        self._at_hand: Optional[RunAtHand] = None
        self._functions: list[QgsExpressionFunction] = []
        self._locator: Optional[TerritoryFilter] = None
        self._open_card: Optional[OpenCardAction] = None

    def initProcessing(self) -> None:
        """Register the algorithms; ``qgis_process`` calls nothing else."""
        self._provider = Provider()
        QgsApplication.processingRegistry().addProvider(self._provider)

    def initGui(self) -> None:
        """Add menu, button and options page."""
        self.initProcessing()
        settings = open_settings()
        self._runs = Runs(self._iface, settings)
        self._at_hand = RunAtHand(lambda: self._runs.language)
        self._workbench = WorkbenchController(self._iface, settings, self._runs, self._at_hand)
        self._menu = Menu(self._iface, settings, self._runs, self._workbench.show)
        self._options = OptionsFactory(settings)
        self._iface.registerOptionsWidgetFactory(self._options)
        self._join_qgis()

    def _join_qgis(self) -> None:
        """Serve expressions, the search bar and identified features."""
        self._functions = expression_functions.register(self._at_hand)
        self._locator = TerritoryFilter(
            self._at_hand, lambda code: self._workbench.open_cards([code], is_zoom_wanted=True)
        )
        self._iface.registerLocatorFilter(self._locator)
        self._open_card = OpenCardAction(self._workbench.open_cards)
        QgsGui.mapLayerActionRegistry().addMapLayerAction(self._open_card)

    def _leave_qgis(self) -> None:
        if self._open_card is not None:
            QgsGui.mapLayerActionRegistry().removeMapLayerAction(self._open_card)
            self._open_card = None
        if self._locator is not None:
            # QGIS deletes it.
            self._iface.deregisterLocatorFilter(self._locator)
            self._locator.forget()
            self._locator = None
        expression_functions.unregister(self._functions)
        self._functions = []

    def unload(self) -> None:
        """Take everything away again; what runs is cancelled."""
        forget_all()
        self._leave_qgis()
        if self._options is not None:
            self._iface.unregisterOptionsWidgetFactory(self._options)
            self._options = None
        if self._menu is not None:
            self._menu.close()
            self._menu = None
        if self._workbench is not None:
            self._workbench.close()
            self._workbench = None
        if self._at_hand is not None:
            self._at_hand.close()
            self._at_hand = None
        if self._runs is not None:
            self._runs.close()
            self._runs = None
        close_settings()
        if self._provider is not None:
            QgsApplication.processingRegistry().removeProvider(self._provider)
            self._provider = None
        remove_translator(self._translator)
        self._translator = None
