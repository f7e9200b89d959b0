"""Step *Atlas & sharing*: what leaves the product, for whom, in which language, and where it is put."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Callable, Optional

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QComboBox, QFormLayout, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from smart_territoires_plugin.bridge.copy_task import CopyTask
from smart_territoires_plugin.bridge.engine import ATLAS, Outcome
from smart_territoires_plugin.bridge.task import EngineStep, EngineTask, start
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.messages import number
from smart_territoires_plugin.gui.form import LanguageBox, file_widget
from smart_territoires_plugin.gui.runs import Export
from smart_territoires_plugin.gui.workbench.export_row import ExportRow
from smart_territoires_plugin.gui.workbench.page import EMPTY, READY, STALE, Page
from smart_territoires_plugin.gui.workbench.session import WorkSession

_METHODOLOGY = "methodology.html"
TARGETS, SELECTED = "targets", "selected"


class SharingPage(Page):
    """A row per thing that can be exported.

    Parameters
    ----------
    session : WorkSession
    lang : {"fr", "en"}
        Chosen at first.
    start_export : callable
        Takes an ``Export`` and who is told of its end; returns the task, None where that place is being written.
    """

    NAME = "sharing"
    HELP = "sharing"

    def __init__(
        self,
        session: WorkSession,
        lang: str,
        start_export: Callable[[Export, Callable[[Outcome], None]], Optional[EngineTask]],
        parent: Optional[QWidget] = None,
    ) -> None:
        super().__init__(session, parent)
        self._start_export = start_export
        self._folder: Optional[Path] = None
        self._is_closed = False
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.language = LanguageBox(lang)
        self.language.setWhatsThis(
            translate("SmartTerritoires", "The language of what is exported. Tables keep the language of the run.")
        )
        self._lang = lang
        self.pages = QComboBox()
        self.pages.setObjectName("smart_territoires_pages")
        self.pages.addItem(translate("SmartTerritoires", "All targets"), TARGETS)
        self.pages.addItem("", SELECTED)
        self.pages.setWhatsThis(
            translate(
                "SmartTerritoires",
                "Who has a page in the atlas and among the sheets: the targets, or what is selected on the map, in the "
                "table or in the chart.",
            )
        )
        self.place = file_widget(QgsFileWidget.StorageMode.GetDirectory, "")
        self.place.setWhatsThis(
            translate(
                "SmartTerritoires",
                "The folder that receives what is exported; a former export of the same name is replaced.",
            )
        )
        self._make_rows()
        self.rows = (self.atlas, self.sheets, self.note, self.tables, self.annex, self.folder)
        self._lay_out()
        self._connect()
        self._take_run()

    @property
    def title(self) -> str:
        """The step's name on screen."""
        return translate("SmartTerritoires", "Atlas & Sharing")

    # ── building

    def _make_rows(self) -> None:
        export, show = translate("SmartTerritoires", "Export"), translate("SmartTerritoires", "Open")
        self.atlas = ExportRow(
            "atlas",
            translate("SmartTerritoires", "Map atlas"),
            translate("SmartTerritoires", "A page per target with its map, overview pages, and the sources."),
            export,
            (
                (translate("SmartTerritoires", "One PDF file"), "file"),
                (translate("SmartTerritoires", "A PDF file per territory"), "folder"),
            ),
            translate("SmartTerritoires", "One file for all pages, or one for each territory"),
        )
        self.sheets = ExportRow(
            "sheets",
            translate("SmartTerritoires", "Outreach sheets"),
            translate(
                "SmartTerritoires", "A page per target: what to say, to whom, with which peer; and a mail merge."
            ),
            export,
            (
                (translate("SmartTerritoires", "Internal: for those who call"), "internal"),
                (translate("SmartTerritoires", "Public: no rank, segment, contact or note"), "public"),
            ),
            translate("SmartTerritoires", "Who the sheets are for"),
        )
        self.note = ExportRow(
            "note",
            translate("SmartTerritoires", "Note to the director"),
            translate("SmartTerritoires", "One page: the first targets, why, and how sure the list is. Internal."),
            export,
        )
        self.tables = ExportRow(
            "tables",
            translate("SmartTerritoires", "Tables"),
            translate(
                "SmartTerritoires", "A copy of a table of this run, for a spreadsheet. Internal: they hold ranks."
            ),
            export,
            (
                (translate("SmartTerritoires", "Targets (XLSX)"), "targets.xlsx"),
                (translate("SmartTerritoires", "Targets (CSV)"), "targets.csv"),
                (translate("SmartTerritoires", "All lists (CSV)"), "lists.csv"),
                (translate("SmartTerritoires", "All territories (CSV)"), "territories.csv"),
            ),
            translate("SmartTerritoires", "Which table, in which format"),
        )
        self.annex = ExportRow(
            "annex",
            translate("SmartTerritoires", "Methodology"),
            translate("SmartTerritoires", "How the scores were made, step by step, filled in from this run."),
            show,
        )
        self.folder = ExportRow(
            "folder",
            translate("SmartTerritoires", "Folder of the results"),
            translate("SmartTerritoires", "Tables and layers of this run, for other programs."),
            show,
        )

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(translate("SmartTerritoires", "Language of the pages"), self.language)
        form.addRow(translate("SmartTerritoires", "Pages of"), self.pages)
        form.addRow(translate("SmartTerritoires", "Where to"), self.place)
        content = QWidget()
        lines = QVBoxLayout(content)
        lines.setContentsMargins(0, 0, self.fontMetrics().averageCharWidth(), 0)
        for row in self.rows:
            lines.addWidget(row)
        lines.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.said)
        whole.addLayout(form)
        whole.addWidget(scroll, 1)

    def _connect(self) -> None:
        self.atlas.asked.connect(self._export_atlas)
        self.sheets.asked.connect(self._export_sheets)
        self.note.asked.connect(self._export_note)
        self.tables.asked.connect(self._copy_table)
        self.annex.asked.connect(lambda: self._show(_METHODOLOGY))
        self.folder.asked.connect(lambda: self._show(""))
        self.session.run_changed.connect(self._take_run)
        self.session.choices_changed.connect(self._show_state)
        self.session.selection_changed.connect(self._show_selection)

    # ── the run

    def _take_run(self) -> None:
        table = self.session.table
        folder = None if table is None else table.folder
        if folder != self._folder and folder is not None:
            # Where to put things follows the run, until a person says otherwise.
            if self._folder is None or self.place.filePath() in ("", str(self._folder)):
                self.place.setFilePath(str(folder))
            for row in self.rows:
                row.clear()
            self._folder = folder
        self._show_selection()
        for widget in (self.language, self.pages, self.place):
            widget.setEnabled(table is not None)
        for row in self.rows:
            row.allow(table is not None)
        if table is not None and not (table.folder / _METHODOLOGY).is_file():
            self.annex.allow(False)
        self._show_state()

    def _show_state(self) -> None:
        if self.session.table is None:
            said = translate("SmartTerritoires", "Run a study first: what it found is shared from here.")
            self.set_state(EMPTY)
        elif self.session.is_changed:
            said = translate(
                "SmartTerritoires",
                "What is exported is the run. Weights that were changed since are not in it: run the study with "
                "them first.",
            )
            self.set_state(STALE)
        else:
            said = ""
            self.set_state(READY)
        self.said.setText(said)
        self.said.setVisible(bool(said))

    # ── the exports

    def _export_atlas(self) -> None:
        output = self._place() / ("atlas.pdf" if self.atlas.chosen == "file" else "atlas")
        step = EngineStep((str(self.session.table.folder), "--out", str(output), *self._codes()), module=ATLAS)
        self._export(self.atlas, translate("SmartTerritoires", "Atlas “{name}”"), step, output, output)

    def _export_sheets(self) -> None:
        audience = self.sheets.chosen
        # Side by side, so that nobody sends the internal ones by mistake.
        output = self._place() / ("sheets" if audience == "internal" else "sheets_public")
        folder = str(self.session.table.folder)
        step = EngineStep(("sheets", folder, "--out", str(output), "--audience", audience, *self._codes()))
        title = translate("SmartTerritoires", "Outreach sheets “{name}”")
        self._export(self.sheets, title, step, output, output / "index.html")

    def _export_note(self) -> None:
        output = self._place() / "director_note.html"
        step = EngineStep(("note", str(self.session.table.folder), "--out", str(output)))
        self._export(self.note, translate("SmartTerritoires", "Note “{name}”"), step, output, output)

    def _export(self, row: ExportRow, title: str, step: EngineStep, output: Path, opens: Path) -> None:
        export = Export(title.format(name=output.name), step, self.language.lang, output, opens)
        task = self._start_export(export, partial(self._end, row, opens))
        if task is not None:
            row.follow(task)

    def _codes(self) -> tuple[str, ...]:
        """Return the arguments that ask for the pages of what is selected; none for all targets."""
        if self.pages.currentData() != SELECTED:
            return ()
        return ("--codes", *(str(self.session.table.codes[row]) for row in sorted(self.session.selection)))

    def _show_selection(self) -> None:
        """Offer the pages of what is selected, where something is."""
        count = len(self.session.selection)
        place = self.pages.findData(SELECTED)
        said = translate("SmartTerritoires", "What is selected ({count})").format(count=number(count, self._lang))
        self.pages.setItemText(place, said)
        self.pages.model().item(place).setEnabled(count > 0)
        if count == 0:
            self.pages.setCurrentIndex(0)

    def _copy_table(self) -> None:
        source = self.session.table.folder / self.tables.chosen
        output = self._place() / source.name
        title = translate("SmartTerritoires", "Table “{name}”").format(name=source.name)
        task = CopyTask(title, source, output, partial(self._end, self.tables, output))
        self.tables.follow(task)
        start(task)

    def _end(self, row: ExportRow, opens: Path, outcome: Outcome) -> None:
        if not self._is_closed:
            row.end(outcome, opens)

    def _place(self) -> Path:
        """Return the folder that was chosen, else that of the run."""
        return Path(self.place.filePath().strip() or self.session.table.folder)

    def _show(self, name: str) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.session.table.folder / name)))

    def close_page(self) -> None:
        """Be told of no end any more; the message bar still is."""
        self._is_closed = True
