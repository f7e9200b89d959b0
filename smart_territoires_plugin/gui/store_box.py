"""The part of the options about the store: where it is, how much it takes, and emptying it after a question."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.PyQt import sip
from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtWidgets import QGroupBox, QLabel, QMessageBox, QPushButton, QVBoxLayout, QWidget

from smart_territoires_plugin.bridge.store_folder import StoreTask, empty_store, store_of, store_size
from smart_territoires_plugin.bridge.task import start
from smart_territoires_plugin.bridge.translation import desktop_language, translate


class StoreBox(QGroupBox):
    """Shows the store of a results folder.

    Parameters
    ----------
    results : Path, optional
        The last results; None where there are none yet.
    """

    def __init__(self, results: Optional[Path], parent: Optional[QWidget] = None) -> None:
        super().__init__(translate("SmartTerritoires", "Store"), parent)
        self._results = results
        self._task: Optional[StoreTask] = None
        self._size = 0
        said = QLabel(
            translate(
                "SmartTerritoires",
                "What a run has measured is kept in its results folder, so that the next one computes only what "
                "changed. Emptying it loses nothing but time.",
            )
        )
        said.setWordWrap(True)
        self.state = QLabel()
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        self.state.setWordWrap(True)
        self.state.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.empty_button = QPushButton(translate("SmartTerritoires", "Empty the Store…"))
        self.empty_button.clicked.connect(self.empty)
        layout = QVBoxLayout(self)
        layout.addWidget(said)
        layout.addWidget(self.state)
        layout.addWidget(self.empty_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.destroyed.connect(self._forget)
        self.look()

    def look(self) -> None:
        """Find out how much the store takes, in the background."""
        self.empty_button.setEnabled(False)
        if self._results is None or not store_of(self._results).is_dir():
            self.state.setText(translate("SmartTerritoires", "No store yet: no study has been run."))
            return
        self.state.setText(str(store_of(self._results)))
        self._start(store_size, self._show_size)

    def empty(self) -> None:
        """Ask, then empty the store in the background."""
        if self.is_wanted():
            self.empty_button.setEnabled(False)
            self._start(empty_store, self._show_emptied)

    def is_wanted(self) -> bool:
        """Ask whether the store shall be emptied."""
        question = translate("SmartTerritoires", "Empty the store in {folder} ({size})? The next run takes longer.")
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self,
            translate("SmartTerritoires", "Empty the Store"),
            question.format(folder=self._results, size=_written(self._size)),
            buttons.Yes | buttons.No,
            buttons.No,
        )
        return answer == buttons.Yes

    def _start(self, work, on_end) -> None:
        self._forget()
        self._task = StoreTask(work, self._results, on_end)
        start(self._task)

    def _show_size(self, size: Optional[int]) -> None:
        self._task = None
        if sip.isdeleted(self):
            return
        self._size = size or 0
        said = translate("SmartTerritoires", "{folder}: {size}")
        self.state.setText(said.format(folder=store_of(self._results), size=_written(self._size)))
        self.empty_button.setEnabled(self._size > 0)

    def _show_emptied(self, freed: Optional[int]) -> None:
        self._task = None
        if sip.isdeleted(self):
            return
        self.look()
        if freed is None:
            self.state.setText(
                translate(
                    "SmartTerritoires", "The store could not be emptied. The log tab “Smart Territoires” says why."
                )
            )

    def _forget(self) -> None:
        if self._task is not None:
            self._task.forget()
            self._task = None


def _written(size: int) -> str:
    return QLocale(desktop_language()).formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
