"""The assistant that makes a study: territories, then themes, then sources by drag and drop."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsProject
from qgis.gui import QgsFileWidget, QgsMapLayerComboBox, QgsProjectionSelectionWidget
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
    QWizard,
    QWizardPage,
)

from smart_territoires_plugin.bridge.dropped import Dropped, dropped_file, dropped_layer
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.errors import SmartTerritoiresError
from smart_territoires_plugin.core.messages import problem_lines
from smart_territoires_plugin.core.study.catalogue import read_catalogue
from smart_territoires_plugin.core.study.new_study import (
    SOURCE,
    THEMES,
    FirstStudy,
    guessed_fields,
    new_study,
    relative_path,
)
from smart_territoires_plugin.core.study.proposals import Proposal
from smart_territoires_plugin.core.study.written import name_of
from smart_territoires_plugin.gui.form import file_widget
from smart_territoires_plugin.gui.workbench.indicator_form import IndicatorForm
from smart_territoires_plugin.gui.workbench.layer_button import LayerButton
from smart_territoires_plugin.gui.workbench.proposal_bar import ProposalBar
from smart_territoires_plugin.gui.workbench.source_table import TakesLayers, as_table

# Projected reference system of metropolitan France, for layers in longitude and latitude.
_FRANCE = "EPSG:2154"


class StudyAssistant(QWizard):
    """Asks for what a first study needs; not modal, so that layers can be dragged into it.

    Parameters
    ----------
    lang : {"fr", "en"}
    folder : Path
        Where a study is proposed to be.
    """

    made = pyqtSignal(Path)

    def __init__(self, lang: str, folder: Path, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.lang = lang
        self.setWindowTitle(translate("SmartTerritoires", "New Study"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWizardStyle(QWizard.WizardStyle.ModernStyle)
        self.setOption(QWizard.WizardOption.NoBackButtonOnStartPage)
        buttons = QWizard.WizardButton
        for button, said in (
            (buttons.BackButton, translate("SmartTerritoires", "Back")),
            (buttons.NextButton, translate("SmartTerritoires", "Next")),
            (buttons.FinishButton, translate("SmartTerritoires", "Make the Study")),
            (buttons.CancelButton, translate("SmartTerritoires", "Cancel")),
        ):
            self.setButtonText(button, said)
        self.territories = TerritoriesPage(folder)
        self.themes = ThemesPage(lang)
        self.sources = SourcesPage(self)
        for page in (self.territories, self.themes, self.sources):
            self.addPage(page)
        metrics = self.fontMetrics()
        self.resize(95 * metrics.averageCharWidth(), 32 * metrics.height())

    @property
    def path(self) -> Path:
        """The file that will be made."""
        path = Path(self.territories.file.filePath())
        return path if path.suffix in (".yaml", ".yml") else path.with_name(f"{path.name}.yaml")

    def content(self) -> dict[str, Any]:
        """Return the study as chosen so far, as far as forms and proposals need it."""
        themes = [{"id": theme, "name": _both(theme)} for theme in self.themes.chosen]
        return {
            "sources": {SOURCE: {"path": ""}, **self.sources.added},
            "themes": themes,
            "indicators": self.sources.indicators,
        }

    def accept(self) -> None:
        """Write the study; what is wrong is said and the assistant stays."""
        territories = self.territories
        layer = territories.layer
        entry: dict[str, Any] = {"path": relative_path(layer.file.path, self.path.parent)}
        for key in ("layer", "where"):
            if getattr(layer.file, key):
                entry[key] = getattr(layer.file, key)
        first = FirstStudy(
            name=territories.name.text().strip(),
            crs=territories.crs.crs().authid(),
            territories=entry,
            code=territories.code.currentText(),
            name_field=territories.named.currentText(),
            population_field=territories.population.currentText(),
            groups=guessed_fields(layer.fields, read_catalogue()).groups,
            themes=self.themes.chosen,
            sources=self.sources.added,
            population=self.sources.population,
            indicators=self.sources.indicators,
        )
        try:
            path = new_study(self.path, first, self.lang)
        except SmartTerritoiresError as error:
            self.sources.say("\n".join(problem_lines(error.problems, self.lang)))
            return
        super().accept()
        self.made.emit(path)

    def done(self, result: int) -> None:
        """Let go of what is being saved."""
        self.sources.bar.close_bar()
        super().done(result)


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
        from qgis.PyQt.QtWidgets import QFileDialog

        path, _ = QFileDialog.getOpenFileName(self, translate("SmartTerritoires", "Layer of the Territories"))
        if path:
            self.layers.setLayer(None)
            found = dropped_file(Path(path))
            self.take(found)

    def _tell(self) -> None:
        said = self.problem()
        if not said and self.layer is not None:
            said = translate("SmartTerritoires", "Territories: “{name}”.").format(name=self.layer.name)
        self.said.setText(said)
        self.completeChanged.emit()


class ThemesPage(QWizardPage):
    """Which of the five priority themes the study has; others are added to its file."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.setTitle(translate("SmartTerritoires", "Themes"))
        self.setSubTitle(translate("SmartTerritoires", "What the call is about; each gets a score of its own."))
        self.boxes = {theme: QCheckBox(name[lang].replace("&", "&&")) for theme, name in THEMES.items()}
        layout = QVBoxLayout(self)
        for box in self.boxes.values():
            box.setChecked(True)
            layout.addWidget(box)
        layout.addStretch(1)

    @property
    def chosen(self) -> list[str]:
        """The themes that are ticked."""
        return [theme for theme, box in self.boxes.items() if box.isChecked()]

    def add(self, theme: str) -> None:
        """Tick a theme that a source brings."""
        if theme in self.boxes:
            self.boxes[theme].setChecked(True)


class SourcesPage(TakesLayers, QWizardPage):
    """The layers and tables, recognised as they come."""

    layers_dropped = pyqtSignal(list)

    def __init__(self, assistant: StudyAssistant) -> None:
        super().__init__()
        self._assistant = assistant
        self.added: dict[str, Any] = {}
        self.indicators: list[dict[str, Any]] = []
        self.population: dict[str, str] = {}
        self.setAcceptDrops(True)
        self.setTitle(translate("SmartTerritoires", "Sources"))
        self.setSubTitle(
            translate("SmartTerritoires", "Drag layers here from the layer tree, the browser or a window of files.")
        )
        self.bar = ProposalBar(assistant.lang, assistant.content, lambda: assistant.path.parent)
        self.add_button = LayerButton(lambda: assistant.path.parent)
        self.table = QTableWidget(0, 2)
        labels = [translate("SmartTerritoires", "Source"), translate("SmartTerritoires", "Indicator")]
        as_table(self.table, labels, stretched=1)
        self.table.setAccessibleName(translate("SmartTerritoires", "Sources of the study"))
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.addLayout(row)
        whole.addWidget(self.bar)
        whole.addWidget(self.table, 1)
        whole.addWidget(self.said)
        self.layers_dropped.connect(self.bar.ask)
        self.add_button.chosen.connect(self.bar.ask)
        self.bar.wanted.connect(self.take)
        self.bar.form_wanted.connect(self._open_form)
        self._tell()

    def isComplete(self) -> bool:
        """Say whether there is an indicator."""
        return bool(self.indicators)

    def say(self, said: str) -> None:
        """Show a sentence below the table."""
        self.said.setText(said)

    def take(self, changes: dict[str, Any]) -> None:
        """Add what was accepted."""
        for place, value in changes.items():
            block, _, identifier = place.partition(".")
            if block == "sources":
                self.added[identifier] = value
            elif block == "indicators":
                self.indicators.append(value)
            elif block == "themes":
                self._assistant.themes.add(identifier)
            elif place == "territories.population":
                self.population = value
        self.table.setRowCount(len(self.added))
        for row, source in enumerate(self.added):
            named = [
                name_of(item.get("name"), item["id"])[self._assistant.lang]
                for item in self.indicators
                if item["measure"].get("source") == source
            ]
            if self.population.get("source") == source:
                named.append(translate("SmartTerritoires", "population"))
            for column, text in enumerate((source, ", ".join(named))):
                self.table.setItem(row, column, QTableWidgetItem(text))
        self._tell()

    def _open_form(self, proposed: Proposal, indicator: dict[str, Any]) -> None:
        form = IndicatorForm(self._assistant.content(), indicator, self._assistant.lang, proposal=proposed, parent=self)
        layer = self.bar.layer
        form.show_columns(proposed.source_id, layer.fields, is_certain=False)

        def save(changes: dict[str, Any]) -> None:
            self.take(changes)
            form.accept()
            self.bar.next()

        form.saving.connect(save)
        form.open()

    def _tell(self) -> None:
        self.say(
            translate("SmartTerritoires", "Indicators: {count}. More can be added to the study later.").format(
                count=len(self.indicators)
            )
            if self.indicators
            else translate(
                "SmartTerritoires", "A study needs an indicator at least: add a layer and say what it measures."
            )
        )
        self.completeChanged.emit()


def _both(theme: str) -> dict[str, str]:
    return {"fr": THEMES[theme].fr, "en": THEMES[theme].en}


def first_folder(former: Optional[Path]) -> Path:
    """Return where a study is proposed to be: by the project, else by the former study, else at home."""
    home = QgsProject.instance().homePath()
    if home:
        return Path(home)
    return former.parent if former is not None and former.parent.is_dir() else Path.home()
