"""One chip per segment, with its count: pressed, only its territories are shown."""

from __future__ import annotations

from collections import Counter
from typing import Optional

import numpy as np
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtGui import QColor, QIcon, QPixmap
from qgis.PyQt.QtWidgets import QGridLayout, QToolButton, QWidget

from smart_territoires_plugin.atlas.palette import SEGMENT_COLOURS, SEGMENT_ORDER
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.messages import number, text

_COLUMNS = 3


class SegmentChips(QWidget):
    """The chips; none pressed shows all segments."""

    chosen = pyqtSignal(object)

    def __init__(self, lang: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._lang = lang
        self._chips: dict[str, QToolButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(2)
        for place, segment in enumerate(SEGMENT_ORDER):
            chip = QToolButton()
            chip.setObjectName(f"smart_territoires_chip_{segment}")
            chip.setCheckable(True)
            chip.setIcon(self._icon(SEGMENT_COLOURS[segment]))
            chip.setToolButtonStyle(_beside())
            chip.setToolTip(text(f"segment.{segment}.meaning", lang))
            chip.setWhatsThis(
                translate(
                    "SmartTerritoires", "Shows this segment alone in the table and the chart; several may be pressed."
                )
            )
            chip.setSizePolicy(chip.sizePolicy().Policy.Expanding, chip.sizePolicy().Policy.Fixed)
            chip.toggled.connect(self._tell)
            grid.addWidget(chip, place // _COLUMNS, place % _COLUMNS)
            self._chips[segment] = chip
        self.set_segments(np.zeros(0, dtype=str))

    def set_segments(self, segments: np.ndarray) -> None:
        """Count other segments."""
        counts = Counter(str(segment) for segment in segments)
        for segment, chip in self._chips.items():
            chip.setText(f"{text(f'segment.{segment}', self._lang)} {number(counts[segment], self._lang)}")
            chip.setEnabled(bool(counts[segment]) or chip.isChecked())

    def pressed(self) -> frozenset[str]:
        """Return the segments whose chips are pressed."""
        return frozenset(segment for segment, chip in self._chips.items() if chip.isChecked())

    def _tell(self) -> None:
        self.chosen.emit(self.pressed())

    def _icon(self, colour: str) -> QIcon:
        side = self.fontMetrics().ascent()
        square = QPixmap(side, side)
        square.fill(QColor(colour))
        return QIcon(square)


def _beside():
    from qgis.PyQt.QtCore import Qt

    return Qt.ToolButtonStyle.ToolButtonTextBesideIcon
