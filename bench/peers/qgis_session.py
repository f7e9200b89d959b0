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


MAP_SIZE = (1100, 900)
MOVES = 15
_PATIENCE_S = 300


@contextmanager
def desktop_session():
    """Yield a window with a map that follows the project's layers, as QGIS has it."""
    import tempfile

    with tempfile.TemporaryDirectory() as profile:
        os.environ["QGIS_CUSTOM_CONFIG_PATH"] = profile
        from qgis.core import QgsApplication, QgsProject
        from qgis.gui import QgsLayerTreeMapCanvasBridge, QgsMapCanvas
        from qgis.PyQt.QtWidgets import QMainWindow

        application = QgsApplication([], True)
        application.initQgis()
        window = QMainWindow()
        canvas = QgsMapCanvas(window)
        canvas.setMinimumSize(*MAP_SIZE)
        window.setCentralWidget(canvas)
        bridge = QgsLayerTreeMapCanvasBridge(QgsProject.instance().layerTreeRoot(), canvas)
        window.show()
        try:
            yield window, canvas
        finally:
            QgsProject.instance().clear()
            bridge.deleteLater()
            window.close()
            application.processEvents()
            application.exitQgis()


def wait_for(is_over) -> None:
    """Let the windows live until something is so."""
    import time

    from qgis.PyQt.QtCore import QCoreApplication, QEventLoop

    end = time.monotonic() + _PATIENCE_S
    while not is_over():
        if time.monotonic() > end:
            raise TimeoutError("it did not come to an end")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents | QEventLoop.ProcessEventsFlag.AllEvents, 5)


def settle(canvas) -> None:
    """Wait until what was changed is painted: the map was drawn, and nothing is left to do."""
    from qgis.PyQt.QtCore import QCoreApplication

    QCoreApplication.processEvents()
    wait_for(lambda: not canvas.isDrawing())
    QCoreApplication.processEvents()
