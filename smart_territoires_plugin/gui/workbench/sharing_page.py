"""Step *Atlas & sharing*: what leaves the product, for whom, and where it is put."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.PyQt.QtCore import Qt, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QFileDialog, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.gui.form import LanguageBox
from smart_territoires_plugin.gui.workbench.page import EMPTY, READY, STALE, Page
from smart_territoires_plugin.gui.workbench.session import WorkSession


class SharingPage(Page):
    """A row per thing that can be exported: what it is, and a button."""

    NAME = "sharing"
    HELP = "export_atlas"
    atlas_asked = pyqtSignal(Path, Path, str)

    def __init__(self, session: WorkSession, lang: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(session, parent)
        self.language = LanguageBox(lang)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self._add(
            translate("SmartTerritoires", "Language of the pages"),
            "",
            self.language,
        )
        self.atlas = QPushButton(translate("SmartTerritoires", "Atlas…"))
        self._add(
            translate("SmartTerritoires", "Map atlas"),
            translate("SmartTerritoires", "A PDF with a page per target, an overview, and the sources."),
            self.atlas,
        )
        self.annex = QPushButton(translate("SmartTerritoires", "Open"))
        self._add(
            translate("SmartTerritoires", "Methodology"),
            translate("SmartTerritoires", "How the scores were made, step by step, filled in from this run."),
            self.annex,
        )
        self.folder = QPushButton(translate("SmartTerritoires", "Open"))
        self._add(
            translate("SmartTerritoires", "Folder of the results"),
            translate("SmartTerritoires", "Tables and layers of this run, for other programs."),
            self.folder,
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.said)
        whole.addLayout(self._grid)
        whole.addStretch(1)
        self.atlas.clicked.connect(self._ask_for_atlas)
        self.annex.clicked.connect(lambda: self._open("methodology.html"))
        self.folder.clicked.connect(lambda: self._open(""))
        for signal in (session.run_changed, session.choices_changed):
            signal.connect(self._take_run)
        self._take_run()

    @property
    def title(self) -> str:
        """The step's name on screen."""
        return translate("SmartTerritoires", "Atlas & Sharing")

    def _add(self, name: str, about: str, widget: QWidget) -> None:
        row = self._grid.rowCount()
        label = QLabel(f"{name}\n{about}" if about else name)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(widget, row, 1)

    def _take_run(self) -> None:
        table = self.session.table
        for widget in (self.atlas, self.annex, self.folder):
            widget.setEnabled(table is not None)
        if table is None:
            self.said.setText(translate("SmartTerritoires", "Run a study first: what it found is shared from here."))
            self.set_state(EMPTY)
        elif self.session.is_changed:
            self.said.setText(
                translate(
                    "SmartTerritoires",
                    "What is exported is the run. Weights that were changed since are not in it: run the study with "
                    "them first.",
                )
            )
            self.set_state(STALE)
        else:
            self.said.setText("")
            self.set_state(READY)

    def _ask_for_atlas(self) -> None:
        folder = self.session.table.folder
        path, _ = QFileDialog.getSaveFileName(
            self,
            translate("SmartTerritoires", "Atlas"),
            str(folder / "atlas.pdf"),
            translate("SmartTerritoires", "PDF files (*.pdf)"),
        )
        if path:
            self.atlas_asked.emit(folder, Path(path), self.language.lang)

    def _open(self, name: str) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.session.table.folder / name)))
