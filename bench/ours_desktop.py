"""The workbench in PyQGIS: a slider is moved, and the map, the table and the chart have followed; on QGIS's Python."""

import sys
import time

from bench.peers.answering import Clock, answer, played
from bench.peers.qgis_session import MOVES, desktop_session, settle, wait_for, windows_of

# A success factor of the made-up region.
_FACTOR = 20


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
        from smart_territoires_plugin.gui.workbench.controller import WorkbenchController, load_pages

        interface, settings = windows_of(window, canvas), open_settings()
        layers = load_results(Path(results), "en", QgsProject.instance())
        settle(canvas, canvas.zoomToFullExtent)
        # As the menu does when it opens; nobody chooses a line of it within half a second.
        load_pages()
        begun = time.perf_counter()
        wait_for(lambda: time.perf_counter() > begun + 0.5)
        clock, watch = Clock(), Watch()
        controller = WorkbenchController(interface, settings, Runs(interface, settings))
        dock = controller.show()
        # It opens with the results that are on the map.
        session = controller.session
        wait_for(lambda: session.table is not None)
        settle(canvas, canvas.refresh)
        found = {"held_opening": watch.longest_ms}
        targets = dock.pages[2]
        # Beside the weights, so that all three are painted at every move.
        targets.setParent(None)
        targets.resize(700, 900)
        targets.tabs.setCurrentIndex(1)
        targets.show()
        dock.show_step("weights")
        settle(canvas, canvas.refresh)
        slider = dock.pages[1].tree.slider(("weight", _FACTOR))
        for move in range(-1, MOVES):
            name = "first" if move < 0 else f"move_{move}"
            before = session.live.segment

            def is_over(is_drawn: bool, before=before) -> bool:
                if session._timer.isActive() or not controller._preview.is_built:
                    return False
                # Where no segment changed, the map stays as it is.
                return is_drawn or bool((session.live.segment == before).all())

            watch.reset()
            started = time.perf_counter()
            settle(canvas, lambda: slider.setValue(slider.value() + 3), is_over)
            found[name] = 1000 * (time.perf_counter() - started)
            found[f"held_{name}"] = watch.longest_ms
            started = time.perf_counter()
            session.table.rescoring.rescore(session.choices.weights, session.choices.theme_weights, None, None)
            found[f"scoring_{name}"] = 1000 * (time.perf_counter() - started)
        clock.mark("done")
        targets.setParent(dock)
        controller.close()
        del interface, layers
    answer(out, clock, found.keys(), found.values(), {"QGIS": Qgis.version()})


if __name__ == "__main__":
    sys.exit(played(play))
