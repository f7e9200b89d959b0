"""Inputs are made once: a folder stays as long as its recipe and the code that draws it stay what they were."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

MARK = "recipe.json"


def code_hash(*files: str) -> str:
    """Return a hash of some files of this folder."""
    here = Path(__file__).resolve().parent
    return hashlib.sha256(b"".join((here / file).read_bytes() for file in files)).hexdigest()


def made(folder: Path, recipe: Mapping, make: Callable[[Path], Mapping]) -> dict:
    """Make the files of a folder unless they are there already, made to the same recipe.

    Parameters
    ----------
    folder : Path
        What it held of another recipe is removed first.
    recipe : mapping
        Plain data: all that the files depend on.
    make : callable
        Takes the folder, writes into it, and returns what is worth knowing of it: plain data.

    Returns
    -------
    dict
        What ``make`` returned.
    """
    mark = folder / MARK
    wanted = json.loads(json.dumps(dict(recipe)))
    if mark.exists():
        written = json.loads(mark.read_text(encoding="utf-8"))
        if written["recipe"] == wanted:
            return written["facts"]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    print(f"… making {folder.name}", file=sys.stderr, flush=True)
    started = time.perf_counter()
    facts = dict(make(folder))
    mark.write_text(json.dumps({"recipe": wanted, "facts": facts}, indent=1), encoding="utf-8")
    print(f"  {folder.name}: {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    return facts
