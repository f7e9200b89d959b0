"""QGIS: a graduated layer by the weighted sum of columns, classified and drawn anew at another weight; QGIS's Python.

https://docs.qgis.org/latest/en/docs/user_manual/working_with_vector/vector_properties.html#graduated-renderer
"""

import sys
import time

from bench.peers.answering import Clock, answer, played
from bench.peers.qgis_session import MOVES, desktop_session, settle

COLUMNS = ("axis_innovation", "axis_partnership", "axis_data", "axis_inclusion")
CLASSES = 5


def weighted_sum(weight: float) -> str:
    """Return the expression of the columns' mean, the first with another weight."""
    return f'({weight} * "{COLUMNS[0]}" + ' + " + ".join(f'"{name}"' for name in COLUMNS[1:]) + f") / {weight + 3}"


def recolour(layer, weight: float) -> None:
    """Classify and colour a layer by the sum at a weight, as its properties do on *Apply*."""
    from qgis.core import QgsStyle

    changed = layer.renderer().clone()
    changed.setClassAttribute(weighted_sum(weight))
    changed.updateClasses(layer, CLASSES)
    changed.updateColorRamp(QgsStyle.defaultStyle().colorRamp("Viridis"))
    layer.setRenderer(changed)
    layer.triggerRepaint()


def play(results: str, out: str) -> None:
    """Answer with the time of each move, in ms."""
    with desktop_session() as (window, canvas):
        from qgis.core import (
            Qgis,
            QgsClassificationQuantile,
            QgsGraduatedSymbolRenderer,
            QgsProject,
            QgsStyle,
            QgsVectorLayer,
        )

        layer = QgsVectorLayer(f"{results}/results.gpkg|layername=territories", "territories")
        renderer = QgsGraduatedSymbolRenderer(weighted_sum(1.0))
        renderer.setClassificationMethod(QgsClassificationQuantile())
        renderer.setSourceColorRamp(QgsStyle.defaultStyle().colorRamp("Viridis"))
        renderer.updateClasses(layer, CLASSES)
        layer.setRenderer(renderer)
        settle(canvas, lambda: (QgsProject.instance().addMapLayer(layer), canvas.zoomToFullExtent()))
        clock, found = Clock(), {}
        for move in range(MOVES):
            started = time.perf_counter()
            settle(canvas, lambda move=move: recolour(layer, 1.1 + 0.1 * move))
            found[f"move_{move}"] = 1000 * (time.perf_counter() - started)
        clock.mark("done")
        QgsProject.instance().clear()
    answer(out, clock, found.keys(), found.values(), {"QGIS": Qgis.version()})


if __name__ == "__main__":
    sys.exit(played(play))
