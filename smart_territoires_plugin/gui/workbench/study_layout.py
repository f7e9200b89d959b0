"""The widgets of step *Study*, what each is for, and where they stand."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.gui.problem_list import ProblemList
from smart_territoires_plugin.gui.workbench.indicator_table import IndicatorTable
from smart_territoires_plugin.gui.workbench.layer_button import LayerButton
from smart_territoires_plugin.gui.workbench.proposal_bar import ProposalBar
from smart_territoires_plugin.gui.workbench.source_table import SourceTable


class StudyLayout:
    """Makes and lays out the widgets; what they do, the page says."""

    def make_widgets(self, lang: str) -> None:
        """Make every widget."""
        self.name, self.said = _words(), _words()
        self.open_button = QPushButton(translate("SmartTerritoires", "Open…"))
        self.new_button = QPushButton(translate("SmartTerritoires", "New…"))
        self.fictitious = QPushButton(translate("SmartTerritoires", "Fictitious Region"))
        self.check_button = QPushButton(translate("SmartTerritoires", "Check"))
        self.run_button = QPushButton(translate("SmartTerritoires", "Run"))
        self.bar = ProposalBar(lang, self.content, lambda: None if self.path is None else self.path.parent)
        self.sources = SourceTable(lang)
        self.add_layer = LayerButton(lambda: None if self.path is None else self.path.parent)
        self.remove_source = QPushButton(translate("SmartTerritoires", "Remove"))
        self.indicators = IndicatorTable(lang)
        self.add_indicator = QPushButton(translate("SmartTerritoires", "Add…"))
        self.edit_indicator = QPushButton(translate("SmartTerritoires", "Edit…"))
        self.remove_indicator = QPushButton(translate("SmartTerritoires", "Remove"))
        self.tabs = QTabWidget()
        self.problems = ProblemList()

    def explain(self) -> None:
        """Say of each control what it is for: beside the mouse, and to *What's this*."""
        for control, said in (
            (self.open_button, translate("SmartTerritoires", "Open a study file")),
            (self.new_button, translate("SmartTerritoires", "Make a study: territories, themes, sources")),
            (
                self.fictitious,
                translate("SmartTerritoires", "A made-up region with all its layers, to see what the plugin does."),
            ),
            (self.check_button, translate("SmartTerritoires", "Looks for every problem of the study at once.")),
            (self.run_button, translate("SmartTerritoires", "Computes in the background, beside the study.")),
            (
                self.add_layer,
                translate("SmartTerritoires", "A layer of the map or a file; it may be dropped here too."),
            ),
            (self.remove_source, translate("SmartTerritoires", "Takes the source out of the study; its file stays.")),
            (self.add_indicator, translate("SmartTerritoires", "A new indicator from a source of the study")),
            (self.edit_indicator, translate("SmartTerritoires", "What the indicator measures, and what it is for")),
            (self.remove_indicator, translate("SmartTerritoires", "Takes the indicator out of the study.")),
        ):
            control.setToolTip(said)
            control.setWhatsThis(said)
        self.sources.setWhatsThis(
            translate("SmartTerritoires", "The files of the study: whether they are there, and what the run found.")
        )
        self.indicators.setWhatsThis(translate("SmartTerritoires", "What is measured; a double click opens it."))

    def lay_out(self) -> None:
        """Put every widget in its place."""
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(_row(self.open_button, self.new_button, self.fictitious))
        whole.addWidget(self.name)
        whole.addWidget(self.bar)
        for title, table, buttons in (
            (translate("SmartTerritoires", "Sources"), self.sources, (self.add_layer, self.remove_source)),
            (
                translate("SmartTerritoires", "Indicators"),
                self.indicators,
                (self.add_indicator, self.edit_indicator, self.remove_indicator),
            ),
        ):
            page = QWidget()
            inside = QVBoxLayout(page)
            inside.addWidget(table, 1)
            inside.addLayout(_row(*buttons))
            self.tabs.addTab(page, title)
        whole.addWidget(self.tabs, 2)
        whole.addWidget(self.problems, 1)
        whole.addWidget(self.said)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(self.check_button)
        last.addWidget(self.run_button)
        whole.addLayout(last)
        # Without the tabs, what there is stands at the top.
        whole.addStretch(0)
        self.problems.hide()


def _words() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _row(*widgets: QWidget) -> QHBoxLayout:
    made = QHBoxLayout()
    for widget in widgets:
        made.addWidget(widget)
    made.addStretch(1)
    return made
