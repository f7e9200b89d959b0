"""The dock: four steps in a row, each usable alone, and the page of the one that is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Optional

from qgis.core import QgsApplication
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import Qt, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices, QKeySequence
from qgis.PyQt.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from smart_territoires_plugin.bridge.qt import QShortcut
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.gui.help import open_help
from smart_territoires_plugin.gui.workbench.page import PROBLEM, READY, STALE, Page, state_word
from smart_territoires_plugin.gui.workbench.session import WorkSession

OBJECT_NAME = "smart_territoires_workbench"
# Said by a sign as well as by words, for those who do not tell colours apart.
_SIGNS = {READY: "✓", STALE: "↻", PROBLEM: "!"}


class Workbench(QgsDockWidget):
    """The workbench as QGIS docks it.

    Parameters
    ----------
    session : WorkSession
    pages : sequence of Page
        The steps, in order.
    """

    closed_by_person = pyqtSignal()
    run_chosen = pyqtSignal(Path)

    def __init__(self, session: WorkSession, pages: Sequence[Page], parent: Optional[QWidget] = None) -> None:
        super().__init__(translate("SmartTerritoires", "Smart Territoires"), parent)
        self.setObjectName(OBJECT_NAME)
        self.session = session
        self.pages = tuple(pages)
        self._buttons: list[QToolButton] = []
        self._group = QButtonGroup(self)
        self._stack = QStackedWidget()
        self.runs = QComboBox()
        self.runs.setObjectName("smart_territoires_runs")
        self.runs.setAccessibleName(translate("SmartTerritoires", "Results at hand"))
        self.runs.setToolTip(translate("SmartTerritoires", "Results at hand: several are on the map"))
        self.runs.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.runs.activated.connect(lambda place: self.run_chosen.emit(Path(self.runs.itemData(place))))
        self.runs.hide()
        steps = QHBoxLayout()
        steps.setSpacing(0)
        for number, page in enumerate(self.pages):
            button = self._step_button(number, page)
            steps.addWidget(button)
            self._buttons.append(button)
            self._stack.addWidget(page)
            page.state_changed.connect(lambda number=number: self._label(number))
            self._label(number)
        self.methodology = _small_button("/mIconInfo.svg", translate("SmartTerritoires", "Methodology of this run"))
        self.methodology.setWhatsThis(
            translate("SmartTerritoires", "How the scores were made, step by step, filled in from this run.")
        )
        self.help = _small_button("/mActionHelpContents.svg", translate("SmartTerritoires", "Help for this step (F1)"))
        self.help.setWhatsThis(translate("SmartTerritoires", "Opens the help at the step that is shown."))
        steps.addWidget(self.methodology)
        steps.addWidget(self.help)
        content = QWidget()
        self._lines = whole = QVBoxLayout(content)
        whole.setContentsMargins(4, 4, 4, 4)
        whole.addWidget(self.runs)
        whole.addLayout(steps)
        whole.addWidget(self._stack, 1)
        self.setWidget(content)
        help_key = QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), self)
        help_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        help_key.activated.connect(lambda: open_help(self.page.HELP))
        self.help.clicked.connect(lambda: open_help(self.page.HELP))
        self.methodology.clicked.connect(self._open_methodology)
        session.run_changed.connect(self._allow)
        self._allow()
        self.show_page(0)

    @property
    def page(self) -> Page:
        """The step that is shown."""
        return self.pages[self._stack.currentIndex()]

    def show_page(self, number: int) -> None:
        """Show a step."""
        self._buttons[number].setChecked(True)
        self._stack.setCurrentIndex(number)

    def show_step(self, name: str) -> None:
        """Show a step by its name."""
        self.show_page(next(number for number, page in enumerate(self.pages) if name == page.NAME))

    def show_above(self, widget: QWidget) -> None:
        """Put a widget above the steps."""
        self._lines.insertWidget(0, widget)

    def show_runs(self, runs: Sequence[tuple[str, Path]], current: Optional[Path]) -> None:
        """Let choose between the results that are on the map, where there are several.

        Parameters
        ----------
        runs : sequence of (str, Path)
            Name and folder of each.
        current : Path, optional
            Folder of the run at hand.
        """
        self.runs.clear()
        for name, folder in runs:
            self.runs.addItem(name, str(folder))
            self.runs.setItemData(self.runs.count() - 1, str(folder), Qt.ItemDataRole.ToolTipRole)
        self.runs.setCurrentIndex(-1 if current is None else self.runs.findData(str(current)))
        self.runs.setVisible(len(runs) > 1)

    def close_workbench(self) -> None:
        """Let go of everything; the dock is taken away afterwards."""
        for page in self.pages:
            page.close_page()
        self.session.open(None)

    def _allow(self) -> None:
        self.methodology.setEnabled(self._methodology() is not None)

    def _methodology(self) -> Optional[Path]:
        table = self.session.table
        path = None if table is None else table.folder / "methodology.html"
        return path if path is not None and path.is_file() else None

    def _open_methodology(self) -> None:
        path = self._methodology()
        if path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _step_button(self, number: int, page: Page) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"smart_territoires_step_{page.NAME}")
        button.setCheckable(True)
        button.setAutoRaise(True)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: self.show_page(number))
        self._group.addButton(button, number)
        return button

    def _label(self, number: int) -> None:
        """Write a step's number, name and state on its button."""
        page, button = self.pages[number], self._buttons[number]
        sign = f" {_SIGNS[page.state]}" if page.state in _SIGNS else ""
        # An ampersand would underline what follows it.
        button.setText(f"{number + 1}  {page.title}{sign}".replace("&", "&&"))
        said = translate("SmartTerritoires", "{step}: {state}").format(step=page.title, state=state_word(page.state))
        button.setToolTip(said)
        button.setAccessibleName(said)


def _small_button(icon: str, said: str) -> QToolButton:
    made = QToolButton()
    made.setAutoRaise(True)
    made.setIcon(QgsApplication.getThemeIcon(icon))
    made.setToolTip(said)
    made.setAccessibleName(said)
    return made
