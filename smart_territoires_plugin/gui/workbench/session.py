"""What the steps of the workbench share: the run at hand, its weights under the hand, and what is selected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Optional

import numpy as np
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from smart_territoires_plugin.bridge.qt import QUndoCommand, QUndoStack
from smart_territoires_plugin.bridge.run_table import RunTable
from smart_territoires_plugin.core.errors import ScoringError
from smart_territoires_plugin.core.study.model import Method
from smart_territoires_plugin.core.targeting.rescoring import Rescored

# Moves of a slider that come closer together than this are one.
_COALESCED_MS = 15


@dataclass(frozen=True)
class Choices:
    """What the hand may change: weights of indicators and nodes, of themes, and two methods.

    Parameters
    ----------
    weights : ndarray, shape (n_columns,)
        Of the indicators, then of the composites of the hierarchy.
    theme_weights : ndarray, shape (n_themes,)
    normalisation, aggregation : Method, optional
        None for that of the run.
    """

    weights: np.ndarray
    theme_weights: np.ndarray
    normalisation: Optional[Method] = None
    aggregation: Optional[Method] = None

    def is_same(self, other: Choices) -> bool:
        """Whether two choices give the same scores."""
        return (
            np.array_equal(self.weights, other.weights)
            and np.array_equal(self.theme_weights, other.theme_weights)
            and self.normalisation == other.normalisation
            and self.aggregation == other.aggregation
        )


class WorkSession(QObject):
    """The state of the workbench; steps listen to it and never to one another."""

    run_changed = pyqtSignal()
    choices_changed = pyqtSignal()
    rescored = pyqtSignal()
    refused = pyqtSignal(object)
    selection_changed = pyqtSignal()
    shown_changed = pyqtSignal()

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self.table: Optional[RunTable] = None
        self.choices: Optional[Choices] = None
        self.live: Optional[Rescored] = None
        self.selection: frozenset[int] = frozenset()
        self.segments_shown: frozenset[str] = frozenset()
        self.undo_stack = QUndoStack(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_COALESCED_MS)
        self._timer.timeout.connect(self._rescore)

    @property
    def saved_choices(self) -> Choices:
        """Those of the run."""
        state = self.table.rescoring.state
        return Choices(state["element_weights"].copy(), state["theme_weights"].copy())

    @property
    def is_changed(self) -> bool:
        """Whether anything under the hand differs from the run."""
        return self.choices is not None and not self.choices.is_same(self.saved_choices)

    def open(self, table: Optional[RunTable]) -> None:
        """Take a run, or none."""
        self._timer.stop()
        self.table = table
        self.undo_stack.clear()
        self.selection = frozenset()
        self.choices = None if table is None else self.saved_choices
        self.live = None if table is None else table.saved
        self.run_changed.emit()

    def set_weight(self, column: int, value: float) -> None:
        """Give an indicator or a node another weight; while a slider moves, one step back undoes the whole move."""
        weights = self.choices.weights.copy()
        weights[column] = max(0.0, value)
        self._push(replace(self.choices, weights=weights), ("weight", column))

    def set_weights(self, weights: np.ndarray, column: int) -> None:
        """Give all indicators and nodes other weights, as the move of one slider."""
        self._push(replace(self.choices, weights=weights), ("weight", column))

    def set_theme_weight(self, place: int, value: float) -> None:
        """Give a theme another weight."""
        weights = self.choices.theme_weights.copy()
        weights[place] = max(0.0, value)
        self._push(replace(self.choices, theme_weights=weights), ("theme", place))

    def set_choices(self, choices: Choices) -> None:
        """Take other choices as one step: a preset, weights from comparisons, another method."""
        self._push(choices, None)

    def reset(self) -> None:
        """Go back to what the run has, as one step that can be undone."""
        if self.is_changed:
            self._push(self.saved_choices, None)

    def select(self, rows: frozenset[int]) -> None:
        """Select territories, everywhere."""
        if rows != self.selection:
            self.selection = rows
            self.selection_changed.emit()

    def show_segments(self, segments: frozenset[str]) -> None:
        """Show some segments only; all of them where none is named."""
        if segments != self.segments_shown:
            self.segments_shown = segments
            self.shown_changed.emit()

    def apply(self, choices: Choices) -> None:
        """Take choices without a step to undo: for the steps themselves."""
        self.choices = choices
        self.choices_changed.emit()
        self._timer.start()

    def _push(self, choices: Choices, place: Optional[tuple[str, int]]) -> None:
        if not choices.is_same(self.choices):
            self.undo_stack.push(_Step(self, self.choices, choices, place))

    def _rescore(self) -> None:
        if self.table is None:
            return
        chosen = self.choices
        try:
            self.live = self.table.rescoring.rescore(
                chosen.weights, chosen.theme_weights, chosen.normalisation, chosen.aggregation
            )
        except ScoringError as error:
            self.refused.emit(error)
            return
        self.rescored.emit()


class _Step(QUndoCommand):
    """From some choices to others; moves of one slider become one step."""

    def __init__(self, session: WorkSession, before: Choices, after: Choices, place: Optional[tuple[str, int]]) -> None:
        super().__init__()
        self._session, self._before, self._after, self._place = session, before, after, place

    def id(self) -> int:
        """Return one number per slider, -1 for what is never merged."""
        if self._place is None:
            return -1
        kind, number = self._place
        return 2 * number + (kind == "theme")

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take the next move of the same slider into this one."""
        self._after = other._after
        return True

    def redo(self) -> None:
        """Make the step."""
        self._session.apply(self._after)

    def undo(self) -> None:
        """Take it back."""
        self._session.apply(self._before)
