"""QGIS: overlap analysis, ``native:calculatevectoroverlaps``, through PyQGIS; runs on QGIS's Python.

https://docs.qgis.org/latest/en/docs/user_manual/processing_algs/qgis/vectoranalysis.html#overlap-analysis
"""

import sys

from bench.peers.answering import Clock, answer, played


def play(territories: str, polygons: str, out: str) -> None:
    """Answer with the covered area of each territory, in m² of the plane."""
    from qgis.core import Qgis, QgsApplication, QgsProject, QgsVectorLayer

    application = QgsApplication([], False)
    application.initQgis()
    try:
        from bench.peers.qgis_session import processing_ready, value_by_code

        processing = processing_ready()
        QgsProject.instance().setEllipsoid("NONE")  # areas of the plane, as everyone else's
        clock = Clock()
        zones = QgsVectorLayer(f"{territories}|layername=territories", "zones")
        covering = QgsVectorLayer(f"{polygons}|layername=polygons", "covering")
        asked = {"INPUT": zones, "LAYERS": [covering], "OUTPUT": "TEMPORARY_OUTPUT"}
        found = processing.run("native:calculatevectoroverlaps", asked)["OUTPUT"]
        areas_m2 = value_by_code(found, "covering_area")
        clock.mark("done")
        answer(out, clock, areas_m2.keys(), areas_m2.values(), {"QGIS": Qgis.version()})
    finally:
        application.exitQgis()


if __name__ == "__main__":
    sys.exit(played(play))
