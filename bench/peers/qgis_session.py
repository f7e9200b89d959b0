"""QGIS in a program of its own, as the PyQGIS cookbook starts it.

https://docs.qgis.org/latest/en/docs/pyqgis_developer_cookbook/intro.html
"""

import os
import sys
import tempfile
import time
from contextlib import contextmanager

MAP_SIZE = (1100, 900)
MOVES = 15
_PATIENCE_S = 300


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


@contextmanager
def desktop_session():
    """Yield a window and its map, which follows the layers of the project as that of QGIS does."""
    with tempfile.TemporaryDirectory() as profile:
        os.environ["QGIS_CUSTOM_CONFIG_PATH"] = profile
        from qgis.core import QgsApplication, QgsProject
        from qgis.gui import QgsLayerTreeMapCanvasBridge, QgsMapCanvas
        from qgis.PyQt import sip
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
            # What Python let go of after the application has ended would crash.
            sip.delete(bridge)
            sip.delete(window)
            application.exitQgis()


def windows_of(window, canvas):
    """Return what stands in for the windows of QGIS before a plugin: a real window and map, and a yes to the rest."""
    from unittest.mock import MagicMock

    from qgis.gui import QgsMessageBar

    interface = MagicMock()
    interface.mainWindow.return_value = window
    interface.mapCanvas.return_value = canvas
    interface.messageBar.return_value = QgsMessageBar(window)
    interface.addDockWidget.side_effect = window.addDockWidget
    interface.removeDockWidget.side_effect = window.removeDockWidget
    return interface


def wait_for(is_over) -> None:
    """Let the windows live until something is so."""
    from qgis.PyQt.QtCore import QCoreApplication, QEventLoop

    end = time.monotonic() + _PATIENCE_S
    while not is_over():
        if time.monotonic() > end:
            raise TimeoutError("it did not come to an end")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)


def settle(canvas, change, is_over=bool) -> None:
    """Change something and wait until it is over; ``is_over`` is told whether the map was drawn anew."""
    from qgis.PyQt.QtCore import QCoreApplication

    drawn = []
    canvas.mapCanvasRefreshed.connect(lambda: drawn.append(True))
    try:
        change()
        wait_for(lambda: is_over(bool(drawn)) and not canvas.isDrawing())
    finally:
        canvas.mapCanvasRefreshed.disconnect()
    QCoreApplication.processEvents()
