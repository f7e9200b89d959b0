"""The workbench in PyQGIS: a slider is moved, and the map, the table and the chart have followed; on QGIS's Python."""

import sys
import time

from bench.peers.answering import Clock, answer, played
from bench.peers.qgis_session import MAP_SIZE, MOVES, desktop_session, settle, wait_for


class Interface:
    """The windows of QGIS as far as the workbench asks for them."""

    def __init__(self, window, canvas):
        from qgis.gui import QgsMessageBar

        self._window, self._canvas, self._bar = window, canvas, QgsMessageBar(window)

    def mainWindow(self):
        """Return the window."""
        return self._window

    def mapCanvas(self):
        """Return the map."""
        return self._canvas

    def messageBar(self):
        """Return the bar."""
        return self._bar

    def setActiveLayer(self, layer):
        """Nobody looks at the layer tree here."""

    def addDockWidget(self, area, dock):
        """Dock a panel."""
        self._window.addDockWidget(area, dock)

    def removeDockWidget(self, dock):
        """Take a panel away."""
        self._window.removeDockWidget(dock)


class Watch:
    """The longest time that the event loop was away, in ms."""

    def __init__(self):
        from qgis.PyQt.QtCore import Qt, QTimer

        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(1)
        self.reset()

    def reset(self):
        """Begin anew."""
        self._last, self.longest_ms = time.perf_counter(), 0.0

    def _beat(self):
        now = time.perf_counter()
        self.longest_ms = max(self.longest_ms, 1000 * (now - self._last))
        self._last = now


def play(results: str, out: str) -> None:
    """Answer with the times of moves of a slider, in ms."""
    with desktop_session() as (window, canvas):
        from pathlib import Path

        from qgis.core import Qgis, QgsProject

        from smart_territoires_plugin.bridge.results import load_results
        from smart_territoires_plugin.bridge.settings import open_settings
        from smart_territoires_plugin.gui.runs import Runs
        from smart_territoires_plugin.gui.workbench.controller import WorkbenchController

        interface, settings = Interface(window, canvas), open_settings()
        layers = load_results(Path(results), "en", QgsProject.instance())
        canvas.zoomToFullExtent()
        clock, watch = Clock(), Watch()
        controller = WorkbenchController(interface, settings, Runs(interface, settings))
        dock = controller.show()
        # It opens with the results that are on the map.
        wait_for(lambda: controller.session.table is not None)
        settle(canvas)
        found = {"opening": watch.longest_ms}
        targets = dock.pages[2]
        # Beside the weights, so that all three are painted at every move.
        targets.setParent(None)
        targets.resize(700, 900)
        targets.show()
        targets.tabs.setCurrentIndex(1)
        dock.show_step("weights")
        settle(canvas)
        slider = dock.pages[1].tree.slider(("weight", 20))
        for move in range(-1, MOVES):
            watch.reset()
            started = time.perf_counter()
            slider.setValue(slider.value() + 3)
            wait_for(lambda: not controller.session._timer.isActive() and controller._preview.is_built)
            settle(canvas)
            name = "first" if move < 0 else f"move_{move}"
            found[name] = 1000 * (time.perf_counter() - started)
            found[f"held_{name}"] = watch.longest_ms
            chosen = controller.session.choices
            started = time.perf_counter()
            controller.session.table.rescoring.rescore(chosen.weights, chosen.theme_weights, None, None)
            found[f"scoring_{name}"] = 1000 * (time.perf_counter() - started)
        clock.mark("done")
        controller.close()
        del layers
    answer(out, clock, found.keys(), found.values(), {"QGIS": Qgis.version()})


if __name__ == "__main__":
    sys.exit(played(play))
