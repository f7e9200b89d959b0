"""The atlas from the command line, on a Python that has QGIS.

``python -m smart_territoires_plugin.atlas RESULTS_DIR --out FILE_OR_DIR [--lang fr|en] [--codes CODE …] [--json]``
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import Optional

from smart_territoires_plugin.atlas.problems import problem_line
from smart_territoires_plugin.core.errors import Cancelled, Problem, SmartTerritoiresError
from smart_territoires_plugin.core.messages import LANGUAGES, text

DONE, DEFECT, WRONG_INPUT, MISSING, CANCELLED = 0, 1, 2, 3, 130


class Reporter:
    """Tell on stderr how far the atlas is, and stop it when asked to.

    Parameters
    ----------
    as_json : bool
        One JSON object a line; else one short line per stage.
    """

    def __init__(self, as_json: bool):
        self._as_json = as_json
        self._started = time.monotonic()
        self._said = ""
        self.cancelled = False

    def cancel(self, *_signal: object) -> None:
        """Ask for the end at the next page."""
        self.cancelled = True

    def __call__(self, done: float, label: str) -> None:
        """Report a share of 0–1 and what is being done."""
        if self.cancelled:
            raise Cancelled
        if self._as_json:
            elapsed_s = time.monotonic() - self._started
            remaining_s = round(elapsed_s * (1 - done) / done, 1) if done > 0.05 and elapsed_s > 1 else None
            event = {
                "event": "progress",
                "done": round(done, 4),
                "step": "atlas",
                "label": label,
                "remaining_s": remaining_s,
            }
            _say(json.dumps(event, ensure_ascii=False))
        elif label != self._said:
            self._said = label
            _say(f"{100 * done:3.0f} % {' '.join(label.split())}")


def main(arguments: Optional[list] = None) -> int:
    """Export an atlas; return the exit code."""
    asked = _parser().parse_args(arguments)
    reporter = Reporter(asked.json)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, reporter.cancel)
    try:
        return _export(asked, reporter)
    except Cancelled:
        _tell(asked, "warning", "atlas", text("atlas.error.cancelled", asked.lang))
        return CANCELLED
    except SmartTerritoiresError as error:
        if asked.json:
            for problem in error.problems:
                _say(json.dumps({"event": "problem", **_record(problem, asked.lang)}, ensure_ascii=False))
        else:
            _say(str(error))
        return error.exit_code
    except Exception as error:  # a defect of ours: said as such, its traceback for the report
        detail = f"{type(error).__name__}: {error}"
        _tell(asked, "error", "atlas", text("atlas.error.defect", asked.lang, detail=detail))
        _say(traceback.format_exc())
        return DEFECT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="smart-territoires atlas", description="Export the map atlas of a results folder to PDF."
    )
    parser.add_argument("results", metavar="RESULTS_DIR", type=Path, help="folder written by smart-territoires run")
    parser.add_argument(
        "--out", metavar="FILE_OR_DIR", type=Path, required=True, help="a .pdf file, or a folder: one file per target"
    )
    parser.add_argument("--lang", choices=LANGUAGES, default="fr", help="language of the pages (fr)")
    parser.add_argument(
        "--codes", nargs="+", default=[], metavar="CODE", help="only the pages of these targets (default: all)"
    )
    parser.add_argument("--json", action="store_true", help="progress as JSON lines on stderr, result as JSON")
    return parser


def _export(asked: argparse.Namespace, reporter: Reporter) -> int:
    # Without a screen Qt would end the process; with one, the offscreen platform does no harm and opens no window.
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from osgeo import gdal
        from qgis.core import QgsApplication
        from qgis.PyQt.QtCore import qInstallMessageHandler
    except ImportError:
        problem = Problem("atlas.no_qgis", sys.executable)
        _tell(asked, "error", problem.where, problem_line(problem, asked.lang))
        return MISSING
    from smart_territoires_plugin.atlas.export import write_atlas

    # stderr carries progress alone: Qt's remarks on fonts and sockets are not for the person who waits.
    qInstallMessageHandler(lambda *_: None)
    # The atlas reads what GDAL returns; from GDAL 3.7 on a warning follows where nobody chose.
    gdal.DontUseExceptions()
    application = QgsApplication([], True)
    application.initQgis()
    try:
        files = write_atlas(asked.results, asked.out, asked.lang, reporter, asked.codes)
    finally:
        application.exitQgis()
    if asked.json:
        names = {path.stem if path.name != asked.out.name else "atlas": str(path) for path in files}
        print(json.dumps({"out": str(asked.out), "files": names}, ensure_ascii=False))
    else:
        print(asked.out)
    return DONE


def _record(problem: Problem, lang: str) -> dict:
    line = problem_line(problem, lang)
    return {"severity": problem.severity, "where": problem.where, "what": line, "fix": ""}


def _tell(asked: argparse.Namespace, severity: str, where: str, line: str) -> None:
    if asked.json:
        record = {"event": "problem", "severity": severity, "where": where, "what": line, "fix": ""}
        _say(json.dumps(record, ensure_ascii=False))
    else:
        _say(line)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
