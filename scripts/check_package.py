#!/usr/bin/env python3
"""Check the plugin's zip as the plugin repository does: structure, metadata, size, and its three scans at zero hits.

Needs the ``lint`` extra of pyproject.toml (bandit, detect-secrets, flake8) in the Python that runs it.
"""

from __future__ import annotations

import argparse
import configparser
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parent
PACKAGE = "smart_territoires_plugin"
MOST_BYTES = 25_000_000
FIELDS = (
    *("name", "description", "version", "qgisMinimumVersion", "qgisMaximumVersion", "author", "email", "about"),
    *("tracker", "repository", "homepage", "hasProcessingProvider", "category", "tags", "icon", "changelog"),
    *("about[fr]", "description[fr]"),
)
FORBIDDEN_SUFFIXES = frozenset(
    {".pyc", ".pyo", ".so", ".dll", ".dylib", ".pyd", ".exe", ".bin", ".pkl", ".pickle", ".ts", ".zip", ".whl"}
)
FORBIDDEN_PARTS = frozenset({"__pycache__", "tests", "test", ".git", "__MACOSX"})


def structure_problems(archive: Path) -> list[str]:
    """Return what is wrong with the names, kinds and size of what the zip holds."""
    problems = []
    if archive.stat().st_size > MOST_BYTES:
        problems.append(f"{archive.stat().st_size} bytes; {MOST_BYTES} at most")
    with zipfile.ZipFile(archive) as zipped:
        names = zipped.namelist()
    folders = {name.split("/")[0] for name in names}
    if folders != {PACKAGE}:
        problems.append(f"one folder {PACKAGE} is asked for, found {sorted(folders)}")
    problems.extend(
        f"{PACKAGE}/{name} is missing"
        for name in ("__init__.py", "metadata.txt", "LICENSE")
        if f"{PACKAGE}/{name}" not in names
    )
    for name in names:
        parts = Path(name).parts
        hidden = any(part.startswith(".") for part in parts)
        if hidden or ".." in parts or FORBIDDEN_PARTS.intersection(parts) or Path(name).suffix in FORBIDDEN_SUFFIXES:
            problems.append(f"{name} must not be in the zip")
    if len(names) != len(set(names)):
        problems.append("a name occurs twice")
    return problems


def metadata_problems(archive: Path) -> list[str]:
    """Return what is wrong with metadata.txt, read with interpolation as the repository reads it."""
    with zipfile.ZipFile(archive) as zipped:
        names = set(zipped.namelist())
        text = zipped.read(f"{PACKAGE}/metadata.txt").decode("utf-8")
    parser = configparser.ConfigParser()
    parser.optionxform = str
    try:
        parser.read_string(text)
        fields = dict(parser.items("general"))
    except configparser.Error as error:
        return [f"metadata.txt: {error}"]
    problems = [f"metadata.txt: {name} is missing or empty" for name in FIELDS if not fields.get(name, "").strip()]
    expected = {"qgisMaximumVersion": r"4\.99", "qgisMinimumVersion": r"3\.\d+", "version": r"\d+\.\d+\.\d+.*"}
    expected |= {"hasProcessingProvider": "yes", "email": r"[^@\s]+@[^@\s]+"}
    expected |= dict.fromkeys(("tracker", "repository", "homepage"), r"https?://\S+")
    for name, pattern in expected.items():
        if name in fields and not re.fullmatch(pattern, fields[name].strip()):
            problems.append(f"metadata.txt: {name} = {fields[name]!r}, expected {pattern}")
    if "supportsQt6" in fields:
        problems.append("metadata.txt: supportsQt6 is no longer recognised")
    if fields.get("icon") and f"{PACKAGE}/{fields['icon'].strip()}" not in names:
        problems.append(f"metadata.txt: icon {fields['icon']} is not in the zip")
    return problems


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def bandit_hits(folder: Path) -> list[str]:
    """Return bandit's findings under the repository's rules, whatever their severity."""
    rules = (SCRIPTS / "plugin_repository_bandit.txt").read_text(encoding="utf-8").strip()
    done = _run([sys.executable, "-m", "bandit", "-q", "-r", ".", "-t", rules, "-f", "json"], folder)
    try:
        report = json.loads(done.stdout[done.stdout.index("{") :])
    except ValueError:
        return [f"bandit did not run: {done.stderr.strip()[-400:]}"]
    found = report["results"]
    hits = [f"{hit['filename']}:{hit['line_number']}: {hit['test_id']} {hit['issue_text']}" for hit in found]
    return hits + [f"{error['filename']}: {error['reason']}" for error in report["errors"]]


def secret_hits(folder: Path) -> list[str]:
    """Return what looks like a secret in any file."""
    done = _run([sys.executable, "-m", "detect_secrets", "scan", "--all-files", "."], folder)
    if done.returncode:
        return [f"detect-secrets did not run: {done.stderr.strip()[-400:]}"]
    found = json.loads(done.stdout)["results"]
    return [f"{name}:{hit['line_number']}: {hit['type']}" for name, hits in found.items() for hit in hits]


def flake8_hits(folder: Path) -> list[str]:
    """Return flake8's findings under the repository's rules."""
    rules = (SCRIPTS / "plugin_repository_flake8.txt").read_text(encoding="utf-8").strip()
    command = [sys.executable, "-m", "flake8", "--isolated", "--max-line-length", "120", "--select", rules, "."]
    done = _run(command, folder)
    hits = done.stdout.splitlines()
    return hits if hits or not done.returncode else [f"flake8 did not run: {done.stderr.strip()[-400:]}"]


SCANS = {"bandit": bandit_hits, "detect_secrets": secret_hits, "flake8": flake8_hits}


def missing_tools() -> list[str]:
    """Return the scanners that this Python lacks."""
    return [name for name in SCANS if importlib.util.find_spec(name) is None]


def scan(archive: Path) -> dict[str, list[str]]:
    """Unpack the zip and return the hits of each scanner."""
    with tempfile.TemporaryDirectory(prefix="smart-territoires-scan-") as folder:
        with zipfile.ZipFile(archive) as zipped:
            zipped.extractall(folder)
        return {name: hits(Path(folder) / PACKAGE) for name, hits in SCANS.items()}


def main(argv: list[str] | None = None) -> int:
    """Check one zip; print one line per check, and every problem."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("archive", type=Path)
    archive = parser.parse_args(argv).archive
    if missing := missing_tools():
        print(f"package: {', '.join(missing)} not installed: run make setup", file=sys.stderr)
        return 3
    problems = {"structure": structure_problems(archive)}
    if not problems["structure"]:
        problems["metadata"] = metadata_problems(archive)
        problems.update(scan(archive))
    for name, found in problems.items():
        print(f"{name}: {len(found)} hits")
        for line in found:
            print(f"  {line}", file=sys.stderr)
    return 1 if any(problems.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
