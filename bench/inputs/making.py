"""Inputs are made once: a folder stays as long as its recipe and the code that draws it stay what they were."""

from __future__ import annotations

import ast
import hashlib
import json
import shutil
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

MARK = "recipe.json"


def code_hash(*files: str) -> str:
    """Return a hash of what some files of this folder do, whatever their layout, comments and docstrings."""
    here = Path(__file__).resolve().parent
    digest = hashlib.sha256()
    for file in files:
        tree = ast.parse((here / file).read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            body = getattr(node, "body", None)
            if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
                node.body = body[1:] if isinstance(body[0].value, ast.Constant) else body
        digest.update(ast.dump(tree).encode())
    return digest.hexdigest()


def recipe_of(folder: Path) -> dict:
    """Return the recipe of a folder that was made; empty where files lie there that nobody made."""
    mark = folder / MARK
    return json.loads(mark.read_text(encoding="utf-8"))["recipe"] if mark.exists() else {}


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
