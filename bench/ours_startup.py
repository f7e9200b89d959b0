"""What the plugin costs QGIS as it starts: time and memory, no study open; on QGIS's Python."""

import os
import sys
import time
from pathlib import Path

from bench.peers.answering import Clock, answer, played
from bench.peers.qgis_session import desktop_session, windows_of


def resident_mb() -> float:
    """Return the memory that this process holds, in MB; NaN where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1])
    except OSError:
        return float("nan")
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def play(out: str) -> None:
    """Answer with ms and MB."""
    with desktop_session() as (window, canvas):
        from qgis.core import Qgis, QgsApplication

        # QGIS itself starts these before any plugin of ours.
        sys.path.append(os.path.join(QgsApplication.pkgDataPath(), "python", "plugins"))
        from processing.core.Processing import Processing

        Processing.initialize()
        interface = windows_of(window, canvas)
        before, clock = resident_mb(), Clock()
        started = time.perf_counter()
        import smart_territoires_plugin

        plugin = smart_territoires_plugin.classFactory(interface)
        plugin.initGui()
        found = {"startup_ms": 1000 * (time.perf_counter() - started), "memory_mb": resident_mb() - before}
        clock.mark("done")
        plugin.unload()
        del interface
    answer(out, clock, found.keys(), found.values(), {"QGIS": Qgis.version()})


if __name__ == "__main__":
    sys.exit(played(play))
