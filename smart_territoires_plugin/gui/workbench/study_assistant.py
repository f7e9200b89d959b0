"""The assistant that makes a study: territories, then themes, then sources by drag and drop."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
    QWizard,
    QWizardPage,
)

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
from smart_territoires_plugin.gui.workbench.indicator_form import IndicatorForm
from smart_territoires_plugin.gui.workbench.layer_button import LayerButton
from smart_territoires_plugin.gui.workbench.proposal_bar import ProposalBar
from smart_territoires_plugin.gui.workbench.source_table import TakesLayers, as_table
from smart_territoires_plugin.gui.workbench.territories_page import TerritoriesPage


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
        self.setWhatsThis(
            translate(
                "SmartTerritoires",
                "Territories first, then themes, then sources: layers may be dragged here from the layer tree, "
                "the browser or a window of files.",
            )
        )
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
        as_table(self.table, labels, stretched=(0, 1))
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
