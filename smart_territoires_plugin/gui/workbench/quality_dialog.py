"""The quality report of one source: what the last run repaired, kept with a warning, or found missing, in words."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from smart_territoires_plugin.bridge.source_states import findings
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.errors import ResultsError
from smart_territoires_plugin.core.messages import TEXTS, number, problem_lines
from smart_territoires_plugin.gui.workbench.source_table import as_table

_ICONS = {"M": "/mIconWarning.svg", "W": "/mIconWarning.svg", "R": "/mIconInfo.svg"}


class QualityDialog(QDialog):
    """What a run found in a source.

    Parameters
    ----------
    source : str
        Identifier of the source.
    folder : Path, optional
        Results of the run; None where there is none of this study.
    lang : {"fr", "en"}
    """

    def __init__(self, source: str, folder: Optional[Path], lang: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("SmartTerritoires", "Quality of “{name}”").format(name=source))
        self.setWhatsThis(
            translate(
                "SmartTerritoires",
                "What the last run repaired, doubted or missed in this source, and where.",
            )
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setSizeGripEnabled(True)
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.table = QTableWidget(0, 4)
        self.table.setAccessibleName(self.windowTitle())
        as_table(
            self.table,
            [
                translate("SmartTerritoires", "What was found"),
                translate("SmartTerritoires", "What was done"),
                translate("SmartTerritoires", "Count"),
                translate("SmartTerritoires", "Examples"),
            ],
            stretched=(0, 3),
        )
        self.table.setWordWrap(True)
        self.table.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(translate("SmartTerritoires", "Close"))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.said)
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)
        metrics = self.fontMetrics()
        self.resize(100 * metrics.averageCharWidth(), 20 * metrics.height())
        self._show(source, folder, lang)

    def _show(self, source: str, folder: Optional[Path], lang: str) -> None:
        if folder is None:
            self.said.setText(translate("SmartTerritoires", "Sources are looked at by a run: run the study first."))
            self.table.hide()
            return
        try:
            found = findings(folder, source)
        except ResultsError as error:
            self.said.setText("\n".join(problem_lines(error.problems, lang)))
            self.table.hide()
            return
        if not found:
            self.said.setText(translate("SmartTerritoires", "The last run found nothing to say about this source."))
            self.table.hide()
            return
        self.said.setText(translate("SmartTerritoires", "What the last run found in this source, the gravest first."))
        self.table.setRowCount(len(found))
        for row, item in enumerate(found):
            words = TEXTS[lang].get(f"quality.{item.check}", item.check)
            done = TEXTS[lang].get(f"outcome.{item.outcome}", item.outcome)
            for column, text in enumerate((words, done, number(item.count, lang, 0), item.examples)):
                cell = QTableWidgetItem(text)
                cell.setToolTip(text)
                self.table.setItem(row, column, cell)
            self.table.item(row, 1).setIcon(QgsApplication.getThemeIcon(_ICONS.get(item.outcome, _ICONS["R"])))
