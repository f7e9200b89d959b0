"""The atlas as a child process on a Python that has QGIS; nothing of it is imported here."""

from __future__ import annotations

import os
import subprocess  # nosec B404 - starts the Python of QGIS, with a list of arguments
import sys
from collections.abc import Sequence
from pathlib import Path

from smart_territoires_plugin.core.errors import EngineError, Problem
from smart_territoires_plugin.core.results.publication import settle

_CANDIDATES = (
    "/usr/bin/python3",
    "/Applications/QGIS.app/Contents/MacOS/bin/python3",
    "/Applications/QGIS-LTR.app/Contents/MacOS/bin/python3",
)
_WINDOWS = "C:/Program Files/QGIS*/bin/python-qgis*.bat"
# What belongs to the environment that the engine runs in, and would break the Python of QGIS.
_OWN = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "PROJ_DATA", "PROJ_LIB", "GDAL_DATA", "GDAL_DRIVER_PATH")
_PROBE = "from qgis.core import Qgis; import sys; sys.exit(Qgis.versionInt() < 34000)"


def find_qgis_python() -> str:
    """Return a Python that has QGIS 3.40 or later: the one that ``ST_QGIS_PYTHON`` names, else one that is found.

    Raises
    ------
    EngineError
        If there is none.
    """
    named = os.environ.get("ST_QGIS_PYTHON")
    if named:
        candidates = [named]
    elif sys.platform == "win32":
        candidates = [str(path) for path in sorted(Path("C:/").glob(_WINDOWS.partition("C:/")[2]), reverse=True)]
    else:
        candidates = [path for path in _CANDIDATES if Path(path).exists()]
    for candidate in candidates:
        try:
            # The interpreter is the user's own choice or a fixed place; no shell is involved.
            done = subprocess.run(  # nosec B603
                [candidate, "-c", _PROBE], env=_environment(), capture_output=True, timeout=60, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            continue
        if done.returncode == 0:
            return candidate
    raise EngineError(Problem("program.missing", named or "QGIS", {"feature": "atlas"}))


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _OWN}


def export_atlas(folder: Path, output: Path, lang: str, json_output: bool, codes: Sequence[str] = ()) -> int:
    """Export the atlas of a results folder; with the pages of some targets only, where codes are given.

    Returns
    -------
    int
        The exit code of the atlas.

    Raises
    ------
    ResultsError
        If the folder holds no results.
    EngineError
        If no Python with QGIS is found, or it crashed.
    """
    settle(folder)
    python = find_qgis_python()
    environment = _environment()
    environment["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
    command = [python, "-m", "smart_territoires_plugin.atlas", str(folder), "--out", str(output), "--lang", lang]
    child = subprocess.Popen(  # nosec B603 - as above
        [*command, *(["--codes", *codes] if codes else []), *(["--json"] if json_output else [])], env=environment
    )
    try:
        code = child.wait()
    finally:
        if child.poll() is None:
            child.terminate()
            try:
                child.wait(timeout=0.4)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait(timeout=0.2)
    if code < 0 or code > 255:
        # Ended by the system: on POSIX the number of a signal, on Windows an exception's own code.
        failed = EngineError(Problem("program.failed", python, {"code": code, "feature": "atlas"}))
        failed.exit_code = 1
        raise failed
    return code
