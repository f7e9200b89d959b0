"""QGIS: overlap analysis, ``native:calculatevectoroverlaps``, through PyQGIS; runs on QGIS's Python.

https://docs.qgis.org/latest/en/docs/user_manual/processing_algs/qgis/vectoranalysis.html#overlap-analysis
"""

import sys

from bench.peers.answering import Clock, answer, played
from bench.peers.qgis_session import processing_session, value_by_code


def overlaps(processing, territories: str, polygons: str) -> dict:
    """Return the covered area of each territory, in m², by its code."""
    from qgis.core import QgsVectorLayer

    zones = QgsVectorLayer(f"{territories}|layername=territories", "zones")
    covering = QgsVectorLayer(f"{polygons}|layername=polygons", "covering")
    asked = {"INPUT": zones, "LAYERS": [covering], "OUTPUT": "TEMPORARY_OUTPUT"}
    found = processing.run("native:calculatevectoroverlaps", asked)["OUTPUT"]
    return value_by_code(found, "covering_area")


def play(territories: str, polygons: str, out: str) -> None:
    """Answer with the covered area of each territory, in m²."""
    with processing_session() as processing:
        from qgis.core import Qgis

        clock = Clock()
        areas_m2 = overlaps(processing, territories, polygons)
        clock.mark("done")
    answer(out, clock, areas_m2.keys(), areas_m2.values(), {"QGIS": Qgis.version()})


if __name__ == "__main__":
    sys.exit(played(play))
