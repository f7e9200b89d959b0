"""A button that names a layer for a study: one of the map, or a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Callable, Optional

from qgis.core import QgsIconUtils, QgsProject
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from smart_territoires_plugin.bridge.dropped import Unopened, dropped_layer
from smart_territoires_plugin.bridge.layer_tasks import look_for
from smart_territoires_plugin.bridge.preview_targets import PREVIEW_PROPERTY
from smart_territoires_plugin.bridge.results import FOLDER_PROPERTY
from smart_territoires_plugin.bridge.translation import translate


class LayerButton(QPushButton):
    """Opens a menu of the layers on the map, and of a file.

    Parameters
    ----------
    folder : callable
        Returns the folder in which a file is looked for first, None where there is none.
    """

    chosen = pyqtSignal(list)

    def __init__(self, folder: Callable[[], Optional[Path]], parent: Optional[QWidget] = None) -> None:
        super().__init__(translate("SmartTerritoires", "Add a Layer"), parent)
        self._folder = folder
        menu = QMenu(self)
        menu.aboutToShow.connect(self.fill)
        self.setMenu(menu)

    def fill(self) -> None:
        """List the layers as they are on the map now; what a run drew is no source."""
        menu = self.menu()
        menu.clear()
        menu.addAction(translate("SmartTerritoires", "From a File…"), self._ask_file)
        menu.addSeparator()
        layers = sorted(QgsProject.instance().mapLayers().values(), key=lambda layer: layer.name().casefold())
        for layer in layers:
            if layer.customProperty(FOLDER_PROPERTY) or layer.customProperty(PREVIEW_PROPERTY):
                continue
            action = menu.addAction(QgsIconUtils.iconForLayer(layer), layer.name().replace("&", "&&"))
            action.triggered.connect(partial(self._choose, layer.id()))

    def _choose(self, identifier: str, _is_checked: bool = False) -> None:
        layer = QgsProject.instance().mapLayer(identifier)
        if layer is not None:
            self.chosen.emit([dropped_layer(layer)])

    def _ask_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, translate("SmartTerritoires", "Choose a Layer or a Table"), str(self._folder() or "")
        )
        if path:
            look_for([Unopened(path)], self, self.chosen.emit)
