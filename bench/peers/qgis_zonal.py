"""QGIS: zonal statistics, ``native:zonalstatisticsfb``, through PyQGIS; runs on QGIS's Python.

https://docs.qgis.org/latest/en/docs/user_manual/processing_algs/qgis/rasteranalysis.html#zonal-statistics
"""

import sys

from bench.peers.answering import Clock, answer, played
from bench.peers.qgis_session import processing_session, value_by_code

MEAN = 2


def means_of(processing, territories: str, raster: str) -> dict:
    """Return the mean of the raster over each territory, by its code."""
    from qgis.core import QgsRasterLayer, QgsVectorLayer

    asked = {
        "INPUT": QgsVectorLayer(f"{territories}|layername=territories", "zones"),
        "INPUT_RASTER": QgsRasterLayer(raster, "field"),
        "RASTER_BAND": 1,
        "COLUMN_PREFIX": "field_",
        "STATISTICS": [MEAN],
        "OUTPUT": "TEMPORARY_OUTPUT",
    }
    found = processing.run("native:zonalstatisticsfb", asked)["OUTPUT"]
    return value_by_code(found, "field_mean")


def play(territories: str, raster: str, out: str) -> None:
    """Answer with the mean of the raster over each territory."""
    with processing_session() as processing:
        from qgis.core import Qgis

        clock = Clock()
        means = means_of(processing, territories, raster)
        clock.mark("done")
    answer(out, clock, means.keys(), means.values(), {"QGIS": Qgis.version()})


if __name__ == "__main__":
    sys.exit(played(play))
