"""Weights from comparisons in pairs, with how far they contradict each other, while they are made."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.messages import number
from smart_territoires_plugin.core.scoring.pairwise import ACCEPTABLE_RATIO, PairwiseJudgement, pairwise_judgement

# Saaty's scale in words: how many times as important the first is as the second.
_ANSWERS = (9.0, 7.0, 5.0, 3.0, 1.0, 1 / 3, 1 / 5, 1 / 7, 1 / 9)


class PairwiseDialog(QDialog):
    """Asks about each pair, shows the weights that follow, and hands them over."""

    weights_chosen = pyqtSignal(object)

    def __init__(self, names: Sequence[str], lang: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("smart_territoires_pairwise")
        self.setWindowTitle(translate("SmartTerritoires", "Compare Success Factors in Pairs"))
        self.setWhatsThis(
            translate(
                "SmartTerritoires",
                "Each answer says which of two counts more; the weights follow from all of them, and a ratio "
                "above 0.1 says that they contradict each other.",
            )
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._names, self._lang = tuple(names), lang
        self._boxes: dict[tuple[int, int], QComboBox] = {}
        grid_home = QWidget()
        grid = QGridLayout(grid_home)
        for line, (first, second) in enumerate(combinations(range(len(names)), 2)):
            box = QComboBox()
            for answer in _ANSWERS:
                box.addItem(_answer(answer), answer)
            box.setCurrentIndex(_ANSWERS.index(1.0))
            box.currentIndexChanged.connect(self._judge)
            box.setAccessibleName(f"{names[first]} – {names[second]}")
            self._boxes[(first, second)] = box
            for column, widget in enumerate((_name(names[first]), box, _name(names[second]))):
                grid.addWidget(widget, line, column)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)
        area = QScrollArea()
        area.setWidget(grid_home)
        area.setWidgetResizable(True)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        # QGIS is not always shipped with the translation of Qt's own buttons.
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(translate("SmartTerritoires", "Cancel"))
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.addWidget(QLabel(translate("SmartTerritoires", "Which of the two matters more, and by how much?")))
        whole.addWidget(area, 1)
        whole.addWidget(self.said)
        whole.addWidget(self.buttons)
        em = self.fontMetrics().height()
        self.resize(48 * em, 30 * em)
        self._judge()

    def answer(self, first: int, second: int, times: float) -> None:
        """Answer one pair: the first is so many times as important as the second."""
        box = self._boxes[(first, second)]
        box.setCurrentIndex(min(range(len(_ANSWERS)), key=lambda place: abs(_ANSWERS[place] - times)))

    def judgement(self) -> PairwiseJudgement:
        """Return the weights and how consistent the answers are."""
        ids = [str(place) for place in range(len(self._names))]
        answers = [[ids[a], ids[b], box.currentData()] for (a, b), box in self._boxes.items()]
        return pairwise_judgement(ids, answers)

    def _judge(self) -> None:
        found = self.judgement()
        order = sorted(range(len(self._names)), key=lambda place: -found.weights[place])
        shown = ", ".join(
            f"{self._names[place]} {number(100 * found.weights[place], self._lang, 0)} %" for place in order
        )
        ratio = number(found.consistency_ratio, self._lang, 2)
        if found.consistency_ratio <= ACCEPTABLE_RATIO:
            said = translate("SmartTerritoires", "Consistency ratio {ratio}: the answers agree.").format(ratio=ratio)
        else:
            worst = found.comparisons[0]
            said = translate(
                "SmartTerritoires",
                "Consistency ratio {ratio}, above 0.1: the answers contradict each other, first of all “{first}” "
                "beside “{second}”.",
            ).format(ratio=ratio, first=self._names[int(worst.first)], second=self._names[int(worst.second)])
        self.said.setText(f"{shown}\n{said}")

    def _accept(self) -> None:
        self.weights_chosen.emit(self.judgement().weights)
        self.accept()


def _name(text: str) -> QLabel:
    made = QLabel(text)
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def _answer(times: float) -> str:
    """Return an answer in words."""
    words = {
        9: translate("SmartTerritoires", "matters extremely more than"),
        7: translate("SmartTerritoires", "matters very much more than"),
        5: translate("SmartTerritoires", "matters much more than"),
        3: translate("SmartTerritoires", "matters somewhat more than"),
        1: translate("SmartTerritoires", "matters as much as"),
    }
    if times >= 1:
        return words[round(times)]
    less = {
        3: translate("SmartTerritoires", "matters somewhat less than"),
        5: translate("SmartTerritoires", "matters much less than"),
        7: translate("SmartTerritoires", "matters very much less than"),
        9: translate("SmartTerritoires", "matters extremely less than"),
    }
    return less[round(1 / times)]
