"""The environment that the plugin makes for its engine: built beside its place, checked, then put there in one move."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable, Optional

from smart_territoires_plugin.bridge.child import ChildResult, run_child
from smart_territoires_plugin.bridge.environment import child_environment
from smart_territoires_plugin.bridge.interpreter import Interpreter, managed_python, missing_libraries
from smart_territoires_plugin.core.resources import resource

OLDEST = (3, 10)
NOTE = "smart_territoires.json"
_BUILDING = "engine.new"
_FORMER = "engine.old"
# pip says what it does on stdout; a child is followed on stderr.
_PIP = "import runpy, sys; sys.stdout = sys.stderr; sys.argv[0] = 'pip'; runpy.run_module('pip', run_name='__main__')"
_VERSION = "import json, sys; print(json.dumps([list(sys.version_info[:2]), sys.prefix]))"
# Shares of the work, measured: making the environment, fetching, installing, importing all of it once.
_MADE, _FETCHED, _INSTALLED = 0.05, 0.6, 0.95


@dataclass(frozen=True)
class State:
    """What there is of the managed environment.

    Parameters
    ----------
    code : {"absent", "ready", "outdated", "broken"}
        ``outdated``: made for another version of the plugin; ``broken``: its Python does not start or lacks something,
        as after an upgrade of QGIS that took away the Python it was made from.
    python : Path
    lacking : tuple of str
    """

    code: str
    python: Path
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True)
class Network:
    """How pip reaches its packages.

    Parameters
    ----------
    wheelhouse : Path, optional
        A folder of wheels; with it nothing is fetched.
    proxy : str
        Scheme, user, password, host and port as one address; goes by a variable, never as an argument.
    certificates : str
        PEM texts of what QGIS trusts; empty: what pip brings.
    """

    wheelhouse: Optional[Path] = None
    proxy: str = field(default="", repr=False)
    certificates: str = ""


@dataclass(frozen=True)
class Installed:
    """How an installation ended: done, cancelled, or why not, in the words of what failed."""

    is_done: bool
    is_cancelled: bool = False
    code: str = ""
    reason: str = ""


def requirements() -> Path:
    """Return the pinned list of what is installed."""
    return resource("resources", "engine", "requirements.txt")


def fingerprint() -> str:
    """Return what tells one list from another."""
    return hashlib.sha256(requirements().read_bytes()).hexdigest()[:16]


def state(profile: Path, check: Callable[[Interpreter], Optional[tuple[str, ...]]] = missing_libraries) -> State:
    """Return what there is; starts the environment's Python, so it is called off the main thread."""
    python = managed_python(profile)
    if not python.parent.parent.exists():
        return State("absent", python)
    lacking = check(Interpreter(python, "managed")) if python.exists() else None
    if lacking is None:
        return State("broken", python)
    if lacking:
        return State("broken", python, lacking)
    try:
        noted = json.loads((python.parent.parent / NOTE).read_text(encoding="utf-8")).get("requirements")
    except (OSError, ValueError):
        noted = None
    return State("ready" if noted == fingerprint() else "outdated", python)


def install(
    base: Path,
    profile: Path,
    network: Network,
    on_line: Callable[[str], None] = lambda line: None,
    on_progress: Callable[[float], None] = lambda share: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Installed:
    """Make the environment anew, and put it in its place once everything in it was imported.

    What was there goes on working until then, and stays where the installation does not end well.

    Parameters
    ----------
    base : Path
        The Python that it is made from: QGIS's own, or one that a person chose. Nothing is installed into it.
    profile : Path
        Folder of the QGIS profile.
    """
    home = profile / "smart_territoires"
    building = home / _BUILDING
    shutil.rmtree(building, ignore_errors=True)
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="smart_territoires_") as scratch:
        environment = _environment(network, Path(scratch), is_qgis_python=True)
        answered = run_child([str(base), "-c", _VERSION], environment)
        version = _version(answered)
        if version is None:
            return Installed(False, code="no_python", reason="".join(answered.stderr_tail.splitlines()[-1:]))
        if version < OLDEST:
            return Installed(False, code="too_old", reason=".".join(map(str, version)))
        made = run_child([str(base), "-m", "venv", str(building)], environment, on_line, is_cancelled)
        if made.exit_code != 0:
            return _ended(made, building, "no_venv")
        on_progress(_MADE)
        python = _python_in(building)
        # From here on the new Python runs alone, without what QGIS sets for its own.
        environment = _environment(network, Path(scratch), is_qgis_python=False)
        progress = _PipProgress(_count(requirements()), on_line, on_progress)
        fetched = run_child(pip_command(python, network), environment, progress, is_cancelled)
        if fetched.exit_code != 0:
            return _ended(fetched, building, "no_packages")
    on_progress(_INSTALLED)
    lacking = missing_libraries(Interpreter(python, "managed"))
    if lacking is None or lacking:
        shutil.rmtree(building, ignore_errors=True)
        return Installed(False, code="no_import", reason=", ".join(lacking or ()))
    note = {"requirements": fingerprint(), "python": ".".join(map(str, version)), "made_from": str(base)}
    (building / NOTE).write_text(json.dumps(note, indent=1) + "\n", encoding="utf-8")
    try:
        _put_in_place(building, home / "engine", home / _FORMER)
    except OSError as error:
        shutil.rmtree(building, ignore_errors=True)
        return Installed(False, code="in_use", reason=error.strerror or str(error))
    on_progress(1.0)
    return Installed(True)


def pip_command(python: Path, network: Network) -> list[str]:
    """Return the call of pip: pinned files with their hashes, built by nobody here, from nowhere else."""
    offline = ["--no-index", "--find-links", str(network.wheelhouse)] if network.wheelhouse else []
    return [
        str(python), "-c", _PIP, "install", "--no-input", "--disable-pip-version-check", "--progress-bar", "off",
        "--require-hashes", "--only-binary", ":all:", *offline, "--requirement", str(requirements()),
    ]  # fmt: skip


def _environment(network: Network, scratch: Path, is_qgis_python: bool) -> dict[str, str]:
    made = child_environment(os.environ, is_qgis_python)
    if not is_qgis_python:
        # The package itself is no part of what is installed.
        made.pop("PYTHONPATH", None)
    if network.proxy:
        made["HTTP_PROXY"] = made["HTTPS_PROXY"] = network.proxy
    if network.certificates:
        bundle = scratch / "certificates.pem"
        bundle.write_text(network.certificates, encoding="ascii", errors="ignore")
        made["PIP_CERT"] = str(bundle)
    return made


def _version(answered: ChildResult) -> Optional[tuple[int, int]]:
    try:
        (major, minor), _ = json.loads(answered.stdout)
    except (TypeError, ValueError):
        return None
    return int(major), int(minor)


def _python_in(folder: Path) -> Path:
    return folder / "Scripts" / "python.exe" if os.name == "nt" else folder / "bin" / "python"


def _ended(child: ChildResult, building: Path, code: str) -> Installed:
    """Tell why a step did not end well, in its last words, and leave nothing of it."""
    shutil.rmtree(building, ignore_errors=True)
    if child.cancelled:
        return Installed(False, is_cancelled=True)
    lines = [line for line in child.stderr_tail.splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().lstrip().startswith("error")]
    return Installed(False, code=code, reason=(errors or lines or [""])[-1])


def _put_in_place(building: Path, engine: Path, former: Path) -> None:
    """Put the new environment where the old one is, which comes back if that fails."""
    shutil.rmtree(former, ignore_errors=True)
    if engine.exists():
        os.replace(engine, former)
    try:
        os.replace(building, engine)
    except OSError:
        if former.exists():
            os.replace(former, engine)
        raise
    shutil.rmtree(former, ignore_errors=True)


def _count(path: Path) -> int:
    """Return how many packages a list names, a little too many: some are for other systems."""
    return sum("==" in line for line in path.read_text(encoding="utf-8").splitlines())


class _PipProgress:
    """Turns what pip says into a share of the work."""

    def __init__(self, count: int, on_line: Callable[[str], None], on_progress: Callable[[float], None]) -> None:
        self._count, self._seen = max(count, 1), 0
        self._on_line, self._on_progress = on_line, on_progress

    def __call__(self, line: str) -> None:
        self._on_line(line)
        if line.startswith(("Collecting", "Processing")):
            self._seen += 1
            self._on_progress(_MADE + (_FETCHED - _MADE) * min(1.0, self._seen / self._count))
        elif line.startswith("Installing collected"):
            self._on_progress(_FETCHED)


def base_pythons(qgis: Optional[Path], environ: Mapping[str, str], chosen: Optional[Path] = None) -> Sequence[Path]:
    """Return the Pythons that an environment may be made from: a chosen one, QGIS's own, those of the system."""
    found = [chosen] if chosen else []
    if qgis is not None:
        found.append(qgis)
    if os.name != "nt" and sys.platform != "darwin":
        found += [Path(folder) / "python3" for folder in environ.get("PATH", "").split(os.pathsep) if folder]
    return tuple(dict.fromkeys(path for path in found if path.is_file()))
