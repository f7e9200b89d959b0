"""Which Python runs the engine: the one set, the managed one, or QGIS's own; checked once, by a child."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Optional

from qgis.core import QgsApplication

from smart_territoires_plugin.bridge.child import run_child
from smart_territoires_plugin.bridge.environment import child_environment
from smart_territoires_plugin.bridge.settings import open_settings

VARIABLE = "ST_ENGINE_PYTHON"

# Modules that a run imports, by the name a person installs them under.
NEEDED = {
    "numpy": "numpy",
    "pandas": "pandas",
    "shapely": "shapely",
    "pyproj": "pyproj",
    "pyogrio": "pyogrio",
    "geopandas": "geopandas",
    "rasterio": "rasterio",
    "exactextract": "exactextract",
    "scipy": "scipy",
    "yaml": "PyYAML",
    "jsonschema": "jsonschema",
    "filelock": "filelock",
    "tqdm": "tqdm",
}

_CHECK = """
import importlib, json, sys
missing = []
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except Exception:
        missing.append(name)
print(json.dumps(missing))
"""


@dataclass(frozen=True)
class Interpreter:
    """A Python that may run the engine.

    Parameters
    ----------
    path : Path
        The program.
    origin : {"options", "managed", "qgis"}
        Where it was found.
    """

    path: Path
    origin: str

    @property
    def is_qgis_python(self) -> bool:
        """Whether it needs the environment that QGIS set for its own Python."""
        return self.origin == "qgis"


@dataclass(frozen=True)
class Search:
    """What was found: an interpreter that works, or what each candidate lacks.

    Parameters
    ----------
    interpreter : Interpreter or None
        The first that can import what is needed.
    lacking : tuple of (Interpreter, tuple of str)
        The candidates that were turned down, each with the libraries that it lacks; none named: it does not start.
    """

    interpreter: Optional[Interpreter]
    lacking: tuple[tuple[Interpreter, tuple[str, ...]], ...] = ()


Check = Callable[[Interpreter], "Optional[tuple[str, ...]]"]


def candidates(
    set_path: str, profile: Path, environ: Mapping[str, str], platform: str = os.name, qgis: Iterable[Path] = ()
) -> tuple[Interpreter, ...]:
    """Return the interpreters to try, in order.

    One that a person set is decisive: another one in its place would run other versions unseen.

    Parameters
    ----------
    set_path : str
        From the options page; empty if none is set.
    profile : Path
        Folder of the QGIS profile.
    environ : mapping
        Environment variables; ``ST_ENGINE_PYTHON`` goes before the options page.
    platform : {"posix", "nt"}
        As ``os.name``.
    qgis : iterable of Path
        Where QGIS's own Python may be; the first that exists is taken.
    """
    chosen = environ.get(VARIABLE, "").strip() or set_path.strip()
    if chosen:
        return (Interpreter(Path(chosen), "options"),)
    found = []
    managed = managed_python(profile, platform)
    if managed.exists():
        found.append(Interpreter(managed, "managed"))
    own = next((path for path in qgis if path.is_file()), None)
    if own is not None:
        found.append(Interpreter(own, "qgis"))
    return tuple(found)


def managed_python(profile: Path, platform: str = os.name) -> Path:
    """Return where the plugin's managed environment has its Python, whether it is there or not."""
    engine = profile / "smart_territoires" / "engine"
    return engine / "Scripts" / "python.exe" if platform == "nt" else engine / "bin" / "python"


def qgis_pythons(executable: str, prefixes: Iterable[str], platform: str = os.name) -> tuple[Path, ...]:
    """Return where QGIS's own Python may be, likeliest first.

    Inside QGIS ``sys.executable`` is QGIS itself on Windows and macOS; started as a Python it would open a second QGIS.

    Examples
    --------
    >>> [p.name for p in qgis_pythons("/usr/bin/python3", ["/usr"], "posix")][0]
    'python3'
    """
    program = Path(executable) if executable else None
    folders = [program.parent] if program else []
    if platform == "nt":
        names = ("python.exe", "python3.exe")
        folders += [Path(prefix) for prefix in prefixes]
    else:
        names = ("python3", "python")
        folders += [folder / "bin" for folder in list(folders)]
        folders += [Path(prefix) / "bin" for prefix in prefixes]
    itself = [program] if program and program.stem.lower().startswith("python") else []
    paths = itself + [folder / name for folder in folders for name in names]
    return tuple(dict.fromkeys(paths))


def missing_libraries(interpreter: Interpreter) -> Optional[tuple[str, ...]]:
    """Start an interpreter and let it import what a run needs.

    Returns
    -------
    tuple of str or None
        Names of the libraries that it lacks, empty if none; None if it does not start or dies on the way.
    """
    command = [str(interpreter.path), "-c", _CHECK, *NEEDED]
    child = run_child(command, child_environment(os.environ, interpreter.is_qgis_python))
    if child.exit_code != 0:
        return None
    try:
        return tuple(NEEDED[name] for name in json.loads(child.stdout))
    except (KeyError, TypeError, ValueError):
        return None


def search(tried: Iterable[Interpreter], check: Check) -> Search:
    """Return the first interpreter that lacks nothing, else what each one lacks."""
    lacking = []
    for interpreter in tried:
        missing = check(interpreter)
        if missing == ():
            return Search(interpreter, tuple(lacking))
        lacking.append((interpreter, missing or ()))
    return Search(None, tuple(lacking))


# An interpreter is checked once for as long as its program stays the same; only good news is kept, so that a library
# installed a moment ago is seen at the next try.
_CHECKED: dict[tuple[Interpreter, float], tuple[str, ...]] = {}


def _cached_check(interpreter: Interpreter) -> Optional[tuple[str, ...]]:
    """Return the answer of the check, from memory where it is known."""
    try:
        key = (interpreter, interpreter.path.stat().st_mtime)
    except OSError:
        return None
    if key in _CHECKED:
        return _CHECKED[key]
    missing = missing_libraries(interpreter)
    if missing == ():
        _CHECKED[key] = missing
    return missing


def current_candidates() -> tuple[Interpreter, ...]:
    """Return the candidates of this QGIS, in order; starts nothing, so it may be asked on the main thread."""
    own = qgis_pythons(sys.executable, (sys.exec_prefix, sys.base_exec_prefix))
    profile = Path(QgsApplication.qgisSettingsDirPath())
    return candidates(open_settings().engine_python.value(), profile, os.environ, os.name, own)


def quick_search() -> Search:
    """Look for the Python that runs the engine without starting anything: what is plainly missing is seen at once."""
    return search(current_candidates(), _plainly_missing)


def _plainly_missing(interpreter: Interpreter) -> Optional[tuple[str, ...]]:
    """Return what is seen to be missing from here; another Python's libraries are not."""
    if not interpreter.path.is_file():
        return None
    if not interpreter.is_qgis_python:
        return ()
    return tuple(library for name, library in NEEDED.items() if importlib.util.find_spec(name) is None)


def find_interpreter() -> Search:
    """Find the Python that runs the engine; starts children, so it is called off the main thread."""
    return search(current_candidates(), _cached_check)


def qgis_python() -> Optional[Path]:
    """Return QGIS's own Python, which has ``qgis`` but maybe not what the engine needs."""
    own = qgis_pythons(sys.executable, (sys.exec_prefix, sys.base_exec_prefix))
    return next((path for path in own if path.is_file()), None)
