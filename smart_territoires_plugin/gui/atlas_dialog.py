"""The dialog *Atlas*: results, PDF file, language."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QDialogButtonBox, QFormLayout, QWidget

from smart_territoires_plugin.bridge.results import has_results
from smart_territoires_plugin.bridge.settings import Settings
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.gui.form import FormDialog, LanguageBox, file_widget


class AtlasDialog(FormDialog):
    """Asks which results become pages.

    Parameters
    ----------
    settings : Settings
        Remembers the last results.
    lang : {"fr", "en"}
        Language chosen at first.
    """

    export_asked = pyqtSignal(Path, Path, str)

    def __init__(self, settings: Settings, lang: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(
            translate("SmartTerritoires", "Atlas"), translate("SmartTerritoires", "Export"), "export_atlas", parent
        )
        self.setWhatsThis(
            translate("SmartTerritoires", "A folder of results in, a PDF out; it is drawn by a process of its own.")
        )
        last = settings.last_results.value()
        self.results = file_widget(QgsFileWidget.StorageMode.GetDirectory, last)
        self.output = file_widget(
            QgsFileWidget.StorageMode.SaveFile, str(Path(last).parent / "atlas.pdf") if last else ""
        )
        self.output.setFilter(translate("SmartTerritoires", "PDF files (*.pdf)"))
        self.language = LanguageBox(lang)
        form = QFormLayout()
        form.addRow(translate("SmartTerritoires", "Folder of the results"), self.results)
        form.addRow(translate("SmartTerritoires", "PDF file"), self.output)
        form.addRow(translate("SmartTerritoires", "Language of the atlas"), self.language)
        self.fill(form)
        self.results.fileChanged.connect(self._update)
        self.output.fileChanged.connect(self._update)
        self._update()

    def confirm(self) -> None:
        """Ask for the export and close."""
        output = Path(self.output.filePath())
        if output.suffix.lower() != ".pdf":
            output = output.with_name(f"{output.name}.pdf")
        self.export_asked.emit(Path(self.results.filePath()), output, self.language.lang)
        self.accept()

    def _update(self) -> None:
        """Allow the export where results are there."""
        folder = self.results.filePath()
        is_there = bool(folder) and has_results(Path(folder))
        if folder and not is_there:
            said = translate("SmartTerritoires", "{path} holds no results: give a folder that “Run study” wrote.")
            self.say(said.format(path=folder))
        else:
            self.say("")
        can_export = is_there and bool(self.output.filePath())
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(can_export)
