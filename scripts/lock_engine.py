#!/usr/bin/env python3
"""Pin what the managed environment installs: every library of the engine with its hashes, for every system and Python.

Needs the network once, to fetch uv into a folder of its own; writes ``resources/engine/requirements.txt``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "resources" / "engine" / "requirements.txt"
HEAD = """# What the plugin installs into its managed environment, made by scripts/lock_engine.py from pyproject.toml.
# Pinned with hashes: pip takes these files and no others.
"""


def main() -> None:
    """Write the list anew."""
    import tomllib

    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        venv.create(home / "uv", with_pip=True)
        programs = home / "uv" / ("Scripts" if sys.platform == "win32" else "bin")
        subprocess.run([str(programs / "python"), "-m", "pip", "install", "--quiet", "uv>=0.5,<1"], check=True)
        asked, made = home / "asked.txt", home / "made.txt"
        asked.write_text("\n".join(wanted) + "\n", encoding="utf-8")
        options = ["--universal", "--generate-hashes", "--python-version", "3.10", "--no-header", "--no-annotate"]
        subprocess.run(
            [str(programs / "uv"), "pip", "compile", str(asked), *options, "--quiet", "--output-file", str(made)],
            check=True,
        )
        TARGET.parent.mkdir(parents=True, exist_ok=True)
        TARGET.write_text(HEAD + made.read_text(encoding="utf-8"), encoding="utf-8")
    print(TARGET)


if __name__ == "__main__":
    main()
