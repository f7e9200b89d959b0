"""QGIS in a program of its own, as the PyQGIS cookbook starts it.

https://docs.qgis.org/latest/en/docs/pyqgis_developer_cookbook/intro.html
"""

import os
import sys
from contextlib import contextmanager


@contextmanager
def processing_session():
    """Yield the module ``processing``, ready to run; layers must be let go of before the session ends."""
    from qgis.core import QgsApplication, QgsProject

    application = QgsApplication([], False)
    application.initQgis()
    try:
        sys.path.append(os.path.join(QgsApplication.pkgDataPath(), "python", "plugins"))
        import processing
        from processing.core.Processing import Processing

        Processing.initialize()
        QgsProject.instance().setEllipsoid("NONE")  # areas of the plane, as everyone else's
        yield processing
    finally:
        application.exitQgis()


def value_by_code(layer, field: str) -> dict:
    """Return one attribute of every feature, by its code."""
    return {feature["code"]: feature[field] for feature in layer.getFeatures()}
