"""The first page of the assistant: which territories, by which fields, and where the study goes."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

from qgis.core import Qgis, QgsCoordinateReferenceSystem
from qgis.gui import QgsFileWidget, QgsMapLayerComboBox, QgsProjectionSelectionWidget
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWizardPage,
)

from smart_territoires_plugin.bridge.dropped import Dropped, Unopened, dropped_layer
from smart_territoires_plugin.bridge.layer_tasks import look_for
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.study.catalogue import read_catalogue
from smart_territoires_plugin.core.study.new_study import guessed_fields
from smart_territoires_plugin.gui.form import file_widget

# Projected reference system of metropolitan France, for layers in longitude and latitude.
_FRANCE = "EPSG:2154"


class TerritoriesPage(QWizardPage):
    """Which territories, by which fields, and where the study goes."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.setTitle(translate("SmartTerritoires", "Territories"))
        self.setSubTitle(
            translate("SmartTerritoires", "One polygon per territory, with the code that tables have too.")
        )
        self.layer: Optional[Dropped] = None
        self.name = QLineEdit(translate("SmartTerritoires", "My study"))
        self.file = file_widget(QgsFileWidget.StorageMode.SaveFile, str(folder / "study.yaml"))
        self.file.setFilter(translate("SmartTerritoires", "Studies (*.yaml *.yml)"))
        self.file.setConfirmOverwrite(False)
        self.layers = QgsMapLayerComboBox()
        self.layers.setFilters(Qgis.LayerFilter.PolygonLayer)
        self.layers.setAllowEmptyLayer(True)
        self.layers.setCurrentIndex(min(1, self.layers.count() - 1))
        self.layers.setAccessibleName(translate("SmartTerritoires", "Layer of the territories"))
        self.from_file = QPushButton(translate("SmartTerritoires", "From a File…"))
        self.code, self.named, self.population = QComboBox(), QComboBox(), QComboBox()
        self.crs = QgsProjectionSelectionWidget()
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        chooser = QHBoxLayout()
        chooser.addWidget(self.layers, 1)
        chooser.addWidget(self.from_file)
        form = QFormLayout(self)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(translate("SmartTerritoires", "Name of the study"), self.name)
        form.addRow(translate("SmartTerritoires", "Study file"), self.file)
        form.addRow(translate("SmartTerritoires", "Layer of the territories"), chooser)
        form.addRow(translate("SmartTerritoires", "Field of the codes"), self.code)
        form.addRow(translate("SmartTerritoires", "Field of the names"), self.named)
        form.addRow(translate("SmartTerritoires", "Field of the population"), self.population)
        form.addRow(translate("SmartTerritoires", "Reference system"), self.crs)
        form.addRow(self.said)
        self.layers.layerChanged.connect(self._take_layer)
        self.from_file.clicked.connect(self._ask_file)
        for signal in (
            self.name.textChanged,
            self.file.fileChanged,
            self.crs.crsChanged,
            self.code.currentIndexChanged,
        ):
            signal.connect(lambda *_: self._tell())
        self._take_layer(self.layers.currentLayer())

    def take(self, layer: Dropped) -> None:
        """Take a layer, and guess its fields."""
        self.layer = layer
        if not layer.layer_id:
            # A file stands in no list of layers.
            self.layers.blockSignals(True)
            self.layers.setLayer(None)
            self.layers.blockSignals(False)
        guessed = guessed_fields(layer.fields, read_catalogue())
        for box, found, is_needed in (
            (self.code, guessed.code, True),
            (self.named, guessed.name, False),
            (self.population, guessed.population, False),
        ):
            box.clear()
            box.addItems([*([] if is_needed else [""]), *layer.fields])
            box.setCurrentIndex(box.findText(found))
            if not found and not is_needed:
                box.setCurrentIndex(0)
        self.crs.setCrs(QgsCoordinateReferenceSystem(layer.crs if layer.is_projected else _FRANCE))
        self._tell()

    def isComplete(self) -> bool:
        """Say whether all that is needed is there."""
        return not self.problem()

    def problem(self) -> str:
        """Return what is missing, in words."""
        layer = self.layer
        if layer is None:
            return translate("SmartTerritoires", "Choose the layer of the territories: one of the map, or a file.")
        if layer.file is None:
            return translate(
                "SmartTerritoires", "“{name}” is no plain file: save it in one first (Export in the layer’s menu)."
            ).format(name=layer.name)
        if layer.geometry != "polygons":
            return translate("SmartTerritoires", "“{name}” has no polygons.").format(name=layer.name)
        if not self.code.currentText():
            return translate("SmartTerritoires", "Choose the field of the codes.")
        if not self.name.text().strip():
            return translate("SmartTerritoires", "Give the study a name.")
        if not self.crs.crs().isValid() or self.crs.crs().isGeographic() or not self.crs.crs().authid():
            return translate("SmartTerritoires", "Choose a projected reference system: areas are computed in it.")
        if not self.file.filePath():
            return translate("SmartTerritoires", "Say where the study file goes.")
        if self.wizard() is not None and self.wizard().path.exists():
            return translate("SmartTerritoires", "There is a file of that name: choose another one.")
        return ""

    def _take_layer(self, layer: Any) -> None:
        if layer is not None:
            self.take(dropped_layer(layer))
        else:
            self._tell()

    def _ask_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, translate("SmartTerritoires", "Layer of the Territories"))
        if path:
            look_for([Unopened(path)], self, lambda found: self.take(found[0]))

    def _tell(self) -> None:
        said = self.problem()
        if not said and self.layer is not None:
            said = translate("SmartTerritoires", "Territories: “{name}”.").format(name=self.layer.name)
        self.said.setText(said)
        self.completeChanged.emit()
