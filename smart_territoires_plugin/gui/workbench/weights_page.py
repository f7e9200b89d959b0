"""Step *Weights*: what each theme, axis and indicator counts; map, table and chart follow the hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Callable, Optional

import numpy as np
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.messages import TEXTS, number, problem_lines, text
from smart_territoires_plugin.core.scoring.weight_diagnostics import effective_weights
from smart_territoires_plugin.core.scoring.weight_sharing import share_out
from smart_territoires_plugin.core.study.methods import AGGREGATIONS, NORMALISATIONS
from smart_territoires_plugin.core.study.model import Method
from smart_territoires_plugin.gui.workbench.page import EMPTY, READY, STALE, Page
from smart_territoires_plugin.gui.workbench.pairwise_dialog import PairwiseDialog
from smart_territoires_plugin.gui.workbench.session import Choices, WorkSession
from smart_territoires_plugin.gui.workbench.themes_dialog import ThemesDialog
from smart_territoires_plugin.gui.workbench.weight_tree import Weighed, WeightTree
from smart_territoires_plugin.gui.workbench.weights_help import explain
from smart_territoires_plugin.gui.workbench.weights_keeping import WeightsKeeping
from smart_territoires_plugin.gui.workbench.weights_outcome import WeightsOutcome

# Methods that anybody can follow come first; the rest are there for those who know them.
_PLAIN_NORMALISATIONS = ("min_max", "percentile_rank", "z_score", "rank")
_PLAIN_AGGREGATIONS = ("arithmetic_mean", "geometric_mean")


class WeightsPage(Page):
    """The weights of the run under the hand; nothing is written until a person says so."""

    NAME = "weights"
    HELP = "weights"
    run_asked = pyqtSignal(Path, Path)
    study_written = pyqtSignal(Path)

    def __init__(
        self,
        session: WorkSession,
        lang: str,
        study: Callable[[], Optional[Path]] = lambda: None,
        parent: Optional[QWidget] = None,
    ) -> None:
        super().__init__(session, parent)
        self._lang = lang
        self._study = study
        self.keeping = WeightsKeeping(session, lang, study, self)
        self.tree = WeightTree(lang)
        self.outcome = WeightsOutcome(session, lang)
        self.keep_sum = QCheckBox(translate("SmartTerritoires", "Share a whole"))
        self.keep_sum.setToolTip(
            translate(
                "SmartTerritoires", "What one weight gains, the others of its group give; locked ones stay as they are."
            )
        )
        self.preset = QComboBox()
        self.normalisation = _combo("smart_territoires_normalisation")
        self.aggregation = _combo("smart_territoires_aggregation")
        self.compare = QPushButton(translate("SmartTerritoires", "Compare in Pairs…"))
        self.weigh_themes = QPushButton(translate("SmartTerritoires", "Weigh Themes…"))
        self.keep = QPushButton(translate("SmartTerritoires", "Keep in the Study"))
        self.run_again = QPushButton(translate("SmartTerritoires", "Run Again"))
        self.undo = QPushButton(translate("SmartTerritoires", "Undo"))
        self.redo = QPushButton(translate("SmartTerritoires", "Redo"))
        self.reset = QPushButton(translate("SmartTerritoires", "Back to the Run"))
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        explain(self)
        self._lay_out()
        self._fill_methods()
        self._connect()
        self._take_run()

    @property
    def title(self) -> str:
        """The step's name on screen."""
        return translate("SmartTerritoires", "Weights")

    # ── building

    def _lay_out(self) -> None:
        methods = QFormLayout()
        methods.addRow(translate("SmartTerritoires", "Preset"), self.preset)
        methods.addRow(translate("SmartTerritoires", "Scale"), self.normalisation)
        methods.addRow(translate("SmartTerritoires", "Mean"), self.aggregation)
        ways, steps = QHBoxLayout(), QHBoxLayout()
        for row, first, rest in (
            (ways, (self.keep_sum,), (self.weigh_themes, self.compare)),
            (steps, (self.undo, self.redo, self.reset), (self.keep, self.run_again)),
        ):
            for widget in first:
                row.addWidget(widget)
            row.addStretch(1)
            for widget in rest:
                row.addWidget(widget)
        self._controls = QWidget()
        lines = QVBoxLayout(self._controls)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addLayout(methods)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        for place, (part, stretch) in enumerate(((self.tree, 3), (self.outcome, 1))):
            split.addWidget(part)
            split.setStretchFactor(place, stretch)
        lines.addWidget(split, 1)
        lines.addLayout(ways)
        lines.addLayout(steps)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._controls, 1)
        whole.addWidget(self.said)

    def _fill_methods(self) -> None:
        for combo, names, plain in (
            (self.normalisation, NORMALISATIONS, _PLAIN_NORMALISATIONS),
            (self.aggregation, AGGREGATIONS, _PLAIN_AGGREGATIONS),
        ):
            combo.addItem(translate("SmartTerritoires", "As in the run"), None)
            rest = [name for name, spec in names.items() if name not in plain and not spec.required]
            for part in (plain, rest):
                combo.insertSeparator(combo.count())
                for name in part:
                    combo.addItem(method_label(name, self._lang), name)
        self.preset.addItem(translate("SmartTerritoires", "Weights of the run"), "run")
        self.preset.addItem(translate("SmartTerritoires", "All alike"), "equal")

    def _connect(self) -> None:
        session = self.session
        session.run_changed.connect(self._take_run)
        session.choices_changed.connect(self._show_choices)
        session.rescored.connect(self._tell)
        session.refused.connect(self._refuse)
        self.tree.moved.connect(self._move)
        self.keep_sum.toggled.connect(self.tree.set_locks_shown)
        self.preset.activated.connect(self._take_preset)
        self.normalisation.activated.connect(self._take_methods)
        self.aggregation.activated.connect(self._take_methods)
        self.compare.clicked.connect(self._compare)
        self.weigh_themes.clicked.connect(self._weigh_themes)
        self.keep.clicked.connect(self._keep)
        self.keeping.said.connect(self._say_kept)
        self.keeping.kept.connect(self._offer_run)
        self.keeping.kept.connect(self.study_written)
        self.run_again.clicked.connect(self._run_again)
        self.undo.clicked.connect(session.undo_stack.undo)
        self.redo.clicked.connect(session.undo_stack.redo)
        self.reset.clicked.connect(session.reset)
        session.undo_stack.canUndoChanged.connect(self.undo.setEnabled)
        session.undo_stack.canRedoChanged.connect(self.redo.setEnabled)

    # ── the run and its rows

    def _take_run(self) -> None:
        table = self.session.table
        self._controls.setVisible(table is not None)
        # Alone on the page, the sentence stands in its middle.
        centre, left = Qt.AlignmentFlag.AlignCenter, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.said.setAlignment(centre if table is None else left)
        self.undo.setEnabled(False)
        self.redo.setEnabled(False)
        self.run_again.hide()
        self.outcome.take_run()
        if table is None:
            self.tree.set_rows((), 1.0)
            self.said.setText(translate("SmartTerritoires", "Run a study first: its weights then are here."))
            self.set_state(EMPTY)
            return
        highest = max(float(self.session.choices.weights.max(initial=1.0)), 1.0)
        self.tree.set_rows(tuple(self._rows()), max(5.0, 2 * highest))
        self._show_choices()
        self._tell()

    def _rows(self) -> Iterator[Weighed]:
        table = self.session.table
        state, study = table.rescoring.state, table.manifest["study"]
        described = {item["id"]: item for item in study["indicators"]}
        leaves = [
            Weighed(
                ("weight", column),
                f"{described[str(name)]['name'][self._lang]} {'↑' if described[str(name)]['direction'] > 0 else '↓'}",
                self._about(described[str(name)]),
            )
            for column, name in enumerate(state["indicators"])
        ]
        for place, theme in enumerate(study["themes"]):
            own = [leaf for leaf, id_ in zip(leaves, state["themes"]) if id_ == theme["id"]]
            own = [leaf for leaf in own if state["roles"][leaf.key[1]] == "stake"]
            about = translate("SmartTerritoires", "Weight of the theme when one is chosen to speak about.")
            yield Weighed(("theme", place), theme["name"][self._lang], about, tuple(own))
        for axis in study["axes"]:
            own = [leaf for leaf, id_ in zip(leaves, state["axes"]) if id_ == axis]
            own = [leaf for leaf in own if state["roles"][leaf.key[1]] == "success_factor"]
            label = TEXTS[self._lang].get(f"column.axis_{axis}") or text("column.axis", self._lang, axis=axis)
            yield Weighed(None, label, "", tuple(own))

    def _about(self, described: dict) -> str:
        more = described["direction"] > 0
        way = (
            translate("SmartTerritoires", "The higher the value, the higher the score.")
            if more
            else translate("SmartTerritoires", "The lower the value, the higher the score.")
        )
        unit = f" ({described['unit']})" if described["unit"] else ""
        return f"{described['name'][self._lang]}{unit}\n{way}"

    # ── the hand

    def _move(self, kind: str, place: int, value: float) -> None:
        if kind == "theme":
            self.session.set_theme_weight(place, value)
            return
        if not self.keep_sum.isChecked():
            self.session.set_weight(place, value)
            return
        group = self._siblings(place)
        weights = self.session.choices.weights.copy()
        locked = np.array([("weight", column) in self.tree.locked() for column in group])
        weights[group] = share_out(weights[group], int(np.flatnonzero(group == place)[0]), value, locked)
        self.session.set_weights(weights, place)

    def _siblings(self, column: int) -> np.ndarray:
        """Return the columns that share a whole with one: of its theme, or all success factors."""
        hierarchy = self.session.table.rescoring.hierarchy()
        for composite in reversed(hierarchy.composites):
            if column in composite.members:
                return np.array([member for member in composite.members if member < hierarchy.n_indicators])
        return np.array([column])

    def _take_preset(self, index: int) -> None:
        name = self.preset.itemData(index)
        saved = self.session.saved_choices
        if name == "equal":
            count = self.session.table.rescoring.hierarchy().n_indicators
            weights = saved.weights.copy()
            weights[:count] = np.where(saved.weights[:count] > 0, 1.0, 0.0)
            saved = replace(saved, weights=weights, theme_weights=np.ones_like(saved.theme_weights))
        current = self.session.choices
        self.session.set_choices(replace(saved, normalisation=current.normalisation, aggregation=current.aggregation))

    def _take_methods(self) -> None:
        chosen = [combo.currentData() for combo in (self.normalisation, self.aggregation)]
        normalisation, aggregation = (None if name is None else Method(name) for name in chosen)
        self.session.set_choices(replace(self.session.choices, normalisation=normalisation, aggregation=aggregation))

    def _compare(self) -> None:
        table = self.session.table
        columns = [c for c, role in enumerate(table.rescoring.state["roles"]) if role == "success_factor"]
        described = {item["id"]: item["name"][self._lang] for item in table.manifest["study"]["indicators"]}
        names = [described[str(table.rescoring.state["indicators"][column])] for column in columns]
        dialog = PairwiseDialog(names, self._lang, self)
        dialog.weights_chosen.connect(lambda found: self._take_compared(columns, found))
        dialog.open()

    def _take_compared(self, columns: list[int], found: np.ndarray) -> None:
        weights = self.session.choices.weights.copy()
        # Their mean stays 1, so that they stand beside others as declared weights do.
        weights[columns] = found * len(columns)
        self.session.set_choices(replace(self.session.choices, weights=weights))

    def _weigh_themes(self) -> None:
        names = [theme["name"][self._lang] for theme in self.session.table.manifest["study"]["themes"]]
        dialog = ThemesDialog(names, self._lang, self)
        dialog.weights_chosen.connect(
            lambda found: self.session.set_choices(replace(self.session.choices, theme_weights=np.array(found)))
        )
        dialog.open()

    # ── the study

    def _keep(self) -> None:
        self.keeping.keep()
        self.keep.setEnabled(self.session.is_changed and not self.keeping.is_writing)

    def _say_kept(self, said: str) -> None:
        self.said.setText(said)
        self.keep.setEnabled(self.session.is_changed)

    def _offer_run(self) -> None:
        self.run_again.show()
        self.keep.setEnabled(False)

    def _run_again(self) -> None:
        study = self._study()
        if study is not None:
            self.run_asked.emit(study, self.session.table.folder)

    def close_page(self) -> None:
        """Let go of what runs in the background."""
        self.keeping.close()

    # ── what is shown

    def _show_choices(self) -> None:
        choices = self.session.choices
        if choices is None:
            return
        weights = {("weight", column): float(value) for column, value in enumerate(choices.weights)}
        weights.update({("theme", place): float(value) for place, value in enumerate(choices.theme_weights)})
        self.tree.show_weights(weights, self._shares(choices))
        for combo, method in ((self.normalisation, choices.normalisation), (self.aggregation, choices.aggregation)):
            combo.setCurrentIndex(max(0, combo.findData(None if method is None else method.name)))
        self.reset.setEnabled(self.session.is_changed)
        self.keep.setEnabled(self.session.is_changed)
        self.run_again.hide()
        self.set_state(STALE if self.session.is_changed else READY)

    def _shares(self, choices: Choices) -> dict[tuple[str, int], float]:
        hierarchy = self.session.table.rescoring.hierarchy()
        shares = effective_weights(hierarchy, choices.weights)[:, : hierarchy.n_indicators]
        made = {}
        for composite, row in zip(hierarchy.composites, shares):
            if composite.id == "readiness" or composite.id.startswith("score_"):
                made.update({("weight", int(column)): float(row[column]) for column in np.flatnonzero(row)})
        whole = choices.theme_weights.sum()
        if whole > 0:
            made.update({("theme", place): float(w / whole) for place, w in enumerate(choices.theme_weights)})
        return made

    def _tell(self) -> None:
        table, live = self.session.table, self.session.live
        if table is None or live is None:
            return
        self._show_what_counts()
        if not self.session.is_changed:
            self.said.setText(translate("SmartTerritoires", "As in the run."))
            return
        moved = int((live.segment != table.saved.segment).sum())
        first = table.manifest["study"]["shortlist"]
        entered = int(((live.target_rank <= first) & ~(table.saved.target_rank <= first)).sum())
        said = translate(
            "SmartTerritoires", "Beside the run: changes of segment: {moved}; new among the first {first}: {entered}."
        )
        stable = translate("SmartTerritoires", "How stable these ranks are is known once the study is run.")
        moved, entered = (number(count, self._lang) for count in (moved, entered))
        self.said.setText(f"{said.format(moved=moved, first=first, entered=entered)} {stable}")

    def _show_what_counts(self) -> None:
        """Write what each indicator really counts for in its score, correlations included."""
        choices = self.session.choices
        found = self.session.table.rescoring.what_counts(self.session.live, choices.weights, choices.normalisation)
        counts: dict[tuple[str, int], tuple[float, str]] = {}
        for one in found.values():
            for leaf, share, is_more, is_less, is_against in zip(
                one.leaves.tolist(), one.importance, one.more, one.less, one.against
            ):
                said = _mismatch(bool(is_more), bool(is_less), bool(is_against))
                counts[("weight", leaf)] = (float(share), said)
        self.tree.show_what_counts(counts)

    def _refuse(self, error: Exception) -> None:
        self.said.setText("\n".join(problem_lines(error.problems, self._lang)))


def _combo(name: str) -> QComboBox:
    made = QComboBox()
    made.setObjectName(name)
    return made


def _mismatch(is_more: bool, is_less: bool, is_against: bool) -> str:
    """Say how an indicator counts otherwise than its weight says; '' where it does not."""
    if is_against:
        return translate("SmartTerritoires", "The score falls where this indicator rises: others outweigh it.")
    if is_more:
        return translate("SmartTerritoires", "Counts for at least twice what its weight says.")
    return translate("SmartTerritoires", "Counts for at most half of what its weight says.") if is_less else ""


def method_label(name: str, lang: str) -> str:
    """Return what a method is called, without what its parameters fill in."""
    wording = TEXTS[lang][f"method.{name}"]
    return wording.partition(",")[0].partition(" {")[0]
