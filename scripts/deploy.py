#!/usr/bin/env python3
"""Install the packaged plugin into a QGIS profile of this user."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

PACKAGE = "smart_territoires_plugin"


def profiles_folder() -> Path:
    """Return where QGIS 3 keeps its profiles on this platform."""
    if custom := os.environ.get("QGIS_CUSTOM_CONFIG_PATH"):
        return Path(custom) / "profiles"
    if sys.platform == "win32":
        return Path(os.environ["APPDATA"]) / "QGIS" / "QGIS3" / "profiles"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "QGIS" / "QGIS3" / "profiles"
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "QGIS" / "QGIS3" / "profiles"


def install(archive: Path, plugins: Path) -> Path:
    """Unpack ``archive`` into the folder ``plugins``, replacing the plugin as a whole; return its folder."""
    plugins.mkdir(parents=True, exist_ok=True)
    target = plugins / PACKAGE
    with tempfile.TemporaryDirectory(prefix=".smart-territoires-", dir=plugins) as staging:
        with zipfile.ZipFile(archive) as zipped:
            zipped.extractall(staging)
        if target.is_symlink():
            target.unlink()
        elif target.exists():
            target.rename(Path(staging) / "former")
        shutil.move(str(Path(staging) / PACKAGE), str(target))
    return target


def main(argv: list[str] | None = None) -> int:
    """Install the zip into one profile and say what is left to do."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("archive", type=Path)
    parser.add_argument("--profile", default="default", help="name of the QGIS profile")
    parser.add_argument("--profiles", type=Path, help="folder of the profiles, where it is not the usual one")
    options = parser.parse_args(argv)
    profile = (options.profiles or profiles_folder()) / options.profile
    try:
        target = install(options.archive, profile / "python" / "plugins")
    except OSError as error:
        print(f"deploy: {error}", file=sys.stderr)
        return 2
    print(target)
    engine = Path(__file__).resolve().parent.parent / ".venv" / "bin" / "python"
    if engine.exists():
        print(f"In QGIS: Settings > Options > Smart Territoires: the engine's Python is {engine}")
    print("In QGIS: Plugins > Manage and Install Plugins > Installed > Smart Territoires (restart QGIS if it is open).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
