"""QGIS: zonal statistics, ``native:zonalstatisticsfb``, through PyQGIS; runs on QGIS's Python.

https://docs.qgis.org/latest/en/docs/user_manual/processing_algs/qgis/rasteranalysis.html#zonal-statistics
"""

import sys

from bench.peers.answering import Clock, answer, played

MEAN = 2


def play(territories: str, raster: str, out: str) -> None:
    """Answer with the mean of the raster over each territory."""
    from qgis.core import Qgis, QgsApplication, QgsRasterLayer, QgsVectorLayer

    application = QgsApplication([], False)
    application.initQgis()
    try:
        from bench.peers.qgis_session import processing_ready, value_by_code

        processing = processing_ready()
        clock = Clock()
        asked = {
            "INPUT": QgsVectorLayer(f"{territories}|layername=territories", "zones"),
            "INPUT_RASTER": QgsRasterLayer(raster, "field"),
            "RASTER_BAND": 1,
            "COLUMN_PREFIX": "field_",
            "STATISTICS": [MEAN],
            "OUTPUT": "TEMPORARY_OUTPUT",
        }
        found = processing.run("native:zonalstatisticsfb", asked)["OUTPUT"]
        means = value_by_code(found, "field_mean")
        clock.mark("done")
        answer(out, clock, means.keys(), means.values(), {"QGIS": Qgis.version()})
    finally:
        application.exitQgis()


if __name__ == "__main__":
    sys.exit(played(play))
