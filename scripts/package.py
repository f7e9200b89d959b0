#!/usr/bin/env python3
"""Build the plugin's zip: the package with metadata.txt, resources, translations and licence in it, nothing else.

The same files give the same bytes, whoever builds them and when.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "smart_territoires_plugin"
ARCHIVE = ROOT / "dist" / f"{PACKAGE}.zip"
FIXED_DATE = (2020, 1, 1, 0, 0, 0)
# A file of another kind stops the build: nothing gets into the zip, and nothing stays out of it, unseen.
SHIPPED_SUFFIXES = frozenset(
    {".py", ".typed", ".json", ".yaml", ".yml", ".csv", ".txt", ".md", ".html", ".css", ".js"}
    | {".qml", ".qpt", ".ui", ".model3", ".svg", ".png", ".woff2"}
)
LEFT_OUT = frozenset({"__pycache__", "tests", ".DS_Store"})
LEFT_OUT_SUFFIXES = frozenset({".pyc", ".pyo", ".qm", ".ts", ".swp"})


class PackageError(Exception):
    """The zip cannot be built; the message says why and what to do."""


def find_lrelease() -> str:
    """Return the compiler of Qt translations."""
    for name in ("lrelease", "lrelease-qt5", "lrelease6", "/usr/lib/qt5/bin/lrelease", "/usr/lib/qt6/bin/lrelease"):
        if path := shutil.which(name):
            return path
    raise PackageError("lrelease is not installed: run make setup-qgis (Debian: qttools5-dev-tools)")


def compile_translations(destination: Path, root: Path = ROOT) -> list[Path]:
    """Compile every ``i18n/*.ts`` into ``destination``; return the files made."""
    sources = sorted((root / "i18n").glob("*.ts"))
    if not sources:
        return []
    lrelease = find_lrelease()
    destination.mkdir(parents=True, exist_ok=True)
    made = []
    for source in sources:
        target = destination / f"{source.stem}.qm"
        done = subprocess.run(
            [lrelease, "-silent", str(source), "-qm", str(target)], capture_output=True, text=True, check=False
        )
        if done.returncode or not target.is_file():
            raise PackageError(f"lrelease refused {source}: {done.stderr.strip() or done.stdout.strip()}")
        made.append(target)
    return made


def shipped_files(folder: Path) -> list[Path]:
    """Return the files below ``folder`` that belong in the zip, sorted; refuse a kind that is not known."""
    found, unknown = [], []
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if not path.is_file() or LEFT_OUT.intersection(parts) or path.suffix in LEFT_OUT_SUFFIXES:
            continue
        if path.is_symlink() or any(part.startswith(".") for part in parts) or path.suffix not in SHIPPED_SUFFIXES:
            unknown.append(path)
        else:
            found.append(path)
    if unknown:
        listed = "\n  ".join(str(path) for path in unknown)
        raise PackageError(f"these files are of no kind that the plugin ships (see SHIPPED_SUFFIXES):\n  {listed}")
    return found


def stage(destination: Path, root: Path = ROOT) -> Path:
    """Lay the plugin's folder out below ``destination`` as it will be unpacked; return that folder."""
    folder = destination / PACKAGE
    for source, target in ((root / PACKAGE, folder), (root / "resources", folder / "resources")):
        if not source.is_dir():
            raise PackageError(f"{source} is missing")
        for path in shipped_files(source):
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
    for name in ("metadata.txt", "LICENSE"):
        if not (root / name).is_file():
            raise PackageError(f"{root / name} is missing")
        shutil.copyfile(root / name, folder / name)
    compile_translations(folder / "i18n", root)
    return folder


def write_zip(folder: Path, archive: Path) -> None:
    """Zip ``folder`` with sorted names, one fixed date and plain permissions; replace ``archive`` in one move."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    partial = archive.with_suffix(".partial")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as zipped:
        for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
            if not path.is_file():
                continue
            entry = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", FIXED_DATE)
            entry.create_system = 3  # Unix, whatever builds it
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            zipped.writestr(entry, path.read_bytes())
    partial.replace(archive)


def build(archive: Path = ARCHIVE, root: Path = ROOT) -> Path:
    """Stage and zip the plugin; return the zip."""
    with tempfile.TemporaryDirectory(prefix="smart-territoires-package-") as folder:
        write_zip(stage(Path(folder), root), archive)
    return archive


def main(argv: list[str] | None = None) -> int:
    """Build the zip, or only compile the translations."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ARCHIVE, help="the zip to write")
    parser.add_argument("--translations", action="store_true", help="only compile i18n/*.ts beside themselves")
    options = parser.parse_args(argv)
    try:
        if options.translations:
            print(f"{len(compile_translations(ROOT / 'i18n'))} translations compiled into i18n")
        else:
            archive = build(options.out)
            print(f"{archive} ({archive.stat().st_size / 1e6:.1f} MB)")
    except PackageError as error:
        print(f"package: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
