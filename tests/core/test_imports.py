"""The architecture held against the syntax trees: which part imports which, and what QGIS can load at all."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "smart_territoires_plugin"
MODULES = sorted((ROOT / PACKAGE).rglob("*.py"))

# Each layer with those that it may import beside itself; ``plugin`` and the package's own __init__ wire all of them.
LAYERS = {
    "core": set(),
    "bridge": {"core"},
    "algorithms": {"atlas", "bridge", "core"},  # beside one another: exporting the atlas is an algorithm too
    "atlas": {"bridge", "core"},
    "gui": {"atlas", "algorithms", "bridge", "core"},
}
QGIS_LIBRARIES = {"qgis", "osgeo", "PyQt5", "PyQt6", "processing", "pytest", "sip"}
OWN_GDAL = {"geopandas", "rasterio", "pyogrio", "pyproj", "shapely", "sklearn", "exactextract", "fiona"}
ENGINE_LIBRARIES = OWN_GDAL | {"pandas", "psycopg", "scipy"}
# Inside ``core``, the steps in the order in which data passes; a step imports none that comes after it.
CORE_STEPS = (
    "messages", "study", "sources", "register", "measures", "scoring", "models", "targeting", "results", "verbs",
)  # fmt: skip
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__"}
FORBIDDEN_MODULES = {"pickle", "cPickle", "shelve", "marshal", "dill", "joblib"}
TYPES = {"None", "str", "int", "float", "bool", "list", "dict", "tuple", "set", "bytes", "object", "Path", "ndarray"}


def module_name(path: Path) -> str:
    """``smart_territoires_plugin.core.study`` for its ``__init__.py``."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def loaded_by_qgis(name: str) -> bool:
    """Whether QGIS loads a module."""
    parts = name.split(".")[1:]
    if parts[:1] != ["core"]:
        return True
    live = (
        *("targeting.decisions", "targeting.natural_breaks", "targeting.priority", "targeting.rescoring"),
        *("targeting.segments", "targeting.theme_matrix", "targeting.why_not"),
    )
    return (
        len(parts) == 1
        or parts[1] in ("study", "scoring", "messages", "errors", "resources")
        or ".".join(parts[1:]) in live
    )


def imports(tree: ast.AST, name: str, package: bool, late: bool = True) -> Iterator[tuple[str, int]]:
    """Full names of what a module imports, with their lines; without ``late`` those at its top level alone.

    What stands below ``if TYPE_CHECKING`` is never imported.
    """
    todo = list(getattr(tree, "body", []))
    while todo:
        node = todo.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            todo.extend(node.orelse)
            continue
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)) and not late:
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = node.module or ""
            if node.level:
                base = name.split(".")[: None if package and node.level == 1 else -(node.level - package)]
                origin = ".".join([*base, *([node.module] if node.module else [])])
            yield origin, node.lineno
            yield from ((f"{origin}.{alias.name}", node.lineno) for alias in node.names)
        todo.extend(ast.iter_child_nodes(node))


def top(name: str) -> str:
    """The first part of a dotted name."""
    return name.partition(".")[0]


def layer(name: str) -> str:
    """The layer of a module of ours: ``core``, ``bridge``, …; its own name for ``plugin``."""
    return (name.split(".") + [""])[1]


def one_way(tree: ast.AST, name: str, package: bool) -> list[str]:
    """Imports that run back: from a layer to one above it, or from a step of the core to a later one."""
    own = layer(name)
    if own not in LAYERS:
        return []
    wrong = []
    parts = name.split(".")
    for wanted, line in imports(tree, name, package):
        if top(wanted) != PACKAGE:
            continue
        if layer(wanted) != own and layer(wanted) not in LAYERS[own]:
            wrong.append(f"{name}:{line} imports {wanted}")
        step = wanted.split(".")
        inside = own == "core" == layer(wanted) and len(parts) > 2 and len(step) > 2
        steps = [CORE_STEPS.index(item[2]) for item in (parts, step) if inside and item[2] in CORE_STEPS]
        if len(steps) == 2 and steps[1] > steps[0]:
            wrong.append(f"{name}:{line} imports {wanted}, a later step")
    return wrong


def forbidden_libraries(tree: ast.AST, name: str, package: bool) -> list[str]:
    """Libraries that a module must never import, even inside a function."""
    forbidden = QGIS_LIBRARIES if layer(name) == "core" else set()
    if loaded_by_qgis(name):
        forbidden = forbidden | ENGINE_LIBRARIES
    forbidden = forbidden | FORBIDDEN_MODULES
    found = [(wanted, line) for wanted, line in imports(tree, name, package) if top(wanted) in forbidden]
    return [f"{name}:{line} imports {wanted}" for wanted, line in found]


def late_only(tree: ast.AST, name: str, package: bool) -> list[str]:
    """``jsonschema`` at the top of a module that QGIS loads: QGIS does not bring it on every system."""
    if not loaded_by_qgis(name):
        return []
    found = [(wanted, line) for wanted, line in imports(tree, name, package, late=False) if top(wanted) == "jsonschema"]
    return [f"{name}:{line} imports {wanted} at its top" for wanted, line in found]


def dangerous(tree: ast.AST, name: str, package: bool) -> list[str]:
    """Code run from text, bare excepts, excepts that say nothing, asserts, and subprocesses through a shell."""
    wrong = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else ""
            if called in FORBIDDEN_CALLS:
                wrong.append(f"{name}:{node.lineno} calls {called}")
            if any(word.arg == "shell" and not _is(word.value, False) for word in node.keywords):
                wrong.append(f"{name}:{node.lineno} runs a shell")
            if any(word.arg == "allow_pickle" and not _is(word.value, False) for word in node.keywords):
                wrong.append(f"{name}:{node.lineno} allows pickle")
        if isinstance(node, ast.ExceptHandler) and node.type is None:
            wrong.append(f"{name}:{node.lineno} has a bare except")
        if isinstance(node, ast.ExceptHandler) and len(node.body) == 1 and isinstance(node.body[0], ast.Pass):
            wrong.append(f"{name}:{node.lineno} passes over an error in silence")
        if isinstance(node, ast.Assert):
            wrong.append(f"{name}:{node.lineno} asserts")
    return wrong


def _is(node: ast.AST, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


def _annotations(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.arg, ast.AnnAssign)) and node.annotation is not None:
            yield node.annotation
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.returns is not None:
            yield node.returns


def too_new(tree: ast.AST, name: str, package: bool) -> list[str]:
    """What Python 3.9 does not run: unions of types outside annotations, annotations evaluated, ``zip(strict=…)``."""
    if not loaded_by_qgis(name):
        return []
    wrong = []
    annotations = list(_annotations(tree))
    inside = {id(part) for annotation in annotations for part in ast.walk(annotation)}
    futures = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
    if annotations and "annotations" not in [alias.name for node in futures for alias in node.names]:
        wrong.append(f"{name} has annotations without the __future__ import")
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr) and id(node) not in inside:
            sides = {ast.unparse(side).partition("[")[0].rpartition(".")[2] for side in (node.left, node.right)}
            if sides & TYPES:
                wrong.append(f"{name}:{node.lineno} joins types at run time")
        called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        words = {word.arg for word in node.keywords} if called else set()
        if called == "zip" and "strict" in words:
            wrong.append(f"{name}:{node.lineno} calls zip with strict")
        if called in ("isinstance", "issubclass") and any(isinstance(p, ast.BinOp) for p in ast.walk(node.args[1])):
            wrong.append(f"{name}:{node.lineno} asks {called} of a union")
        if called == "dataclass" and words & {"slots", "kw_only"}:
            wrong.append(f"{name}:{node.lineno} asks dataclass for what came later")
    return wrong


RULES = {rule.__name__: rule for rule in (one_way, forbidden_libraries, late_only, dangerous, too_new)}


def is_package(path: Path) -> bool:
    return path.name == "__init__.py"


@pytest.fixture(scope="module")
def trees() -> dict[str, tuple[ast.Module, bool]]:
    return {module_name(p): (ast.parse(p.read_text(encoding="utf-8"), str(p)), is_package(p)) for p in MODULES}


@pytest.mark.parametrize("rule", RULES)
def test_every_module_keeps_the_rule(rule, trees):
    wrong = [line for name, (tree, package) in trees.items() for line in RULES[rule](tree, name, package)]
    assert not wrong, "\n".join(wrong)


def test_all_parts_are_there(trees):
    present = {layer(name) for name in trees}
    assert set(LAYERS) | {"plugin"} <= present
    assert {name.split(".")[2] for name in trees if name.count(".") > 1 and layer(name) == "core"} >= set(CORE_STEPS)


@pytest.mark.parametrize("path", [p for p in MODULES if loaded_by_qgis(module_name(p))], ids=module_name)
def test_what_qgis_loads_parses_as_python_3_9(path):
    ast.parse(path.read_text(encoding="utf-8"), str(path), feature_version=(3, 9))


def test_what_qgis_loads_pulls_nothing_of_the_engine_in(trees):
    """Modules of ours that come in at import time, one after the other, and what those import in turn."""
    wrong = []
    for start in (name for name in trees if loaded_by_qgis(name)):
        reached, todo = {start}, [start]
        while todo:
            name = todo.pop()
            tree, package = trees[name]
            for wanted, line in imports(tree, name, package, late=False):
                if top(wanted) in ENGINE_LIBRARIES:
                    wrong.append(f"{start} reaches {wanted} through {name}:{line}")
                # Importing a.b.c runs a and a.b as well.
                parents = [".".join(wanted.split(".")[:end]) for end in range(1, wanted.count(".") + 2)]
                for module in parents:
                    if module in trees and module not in reached:
                        reached.add(module)
                        todo.append(module)
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_what_qgis_loads_is_known(trees):
    """The rules for what QGIS loads hold for every module of the core that a part inside QGIS imports, even late."""
    unknown = []
    todo = [name for name in trees if layer(name) != "core" and name != PACKAGE]
    reached = set(todo)
    while todo:
        name = todo.pop()
        tree, package = trees[name]
        for wanted, line in imports(tree, name, package):
            if wanted in trees and wanted not in reached:
                reached.add(wanted)
                todo.append(wanted)
                # A package without code of its own is what its modules are.
                if not loaded_by_qgis(wanted) and trees[wanted][0].body[1:]:
                    unknown.append(f"{name}:{line} imports {wanted}")
    assert not unknown, "\n".join(unknown)


NAMES = {
    "core": f"{PACKAGE}.core.measures.bad",
    "study": f"{PACKAGE}.core.study.bad",
    "bridge": f"{PACKAGE}.bridge.bad",
    "atlas": f"{PACKAGE}.atlas.bad",
    "gui": f"{PACKAGE}.gui.bad",
}


@pytest.mark.parametrize(
    ("rule", "where", "source"),
    [
        ("one_way", "core", "from smart_territoires_plugin.bridge import engine"),
        ("one_way", "core", "def late():\n    from smart_territoires_plugin import gui"),
        ("one_way", "core", "from ..targeting import target"),
        ("one_way", "study", "import smart_territoires_plugin.core.results.publish"),
        ("one_way", "bridge", "import smart_territoires_plugin.atlas.export"),
        ("one_way", "atlas", "from ..algorithms import base"),
        ("forbidden_libraries", "core", "from qgis.core import Qgis"),
        ("forbidden_libraries", "core", "def late():\n    import osgeo.gdal"),
        ("forbidden_libraries", "core", "import pickle"),
        ("forbidden_libraries", "bridge", "def late():\n    import geopandas"),
        ("forbidden_libraries", "study", "import pandas as pd"),
        ("forbidden_libraries", "gui", "from scipy import stats"),
        ("late_only", "study", "import jsonschema"),
        ("dangerous", "core", "eval('1')"),
        ("dangerous", "core", "try:\n    x = 1\nexcept:\n    x = 2"),
        ("dangerous", "core", "try:\n    x = 1\nexcept OSError:\n    pass"),
        ("dangerous", "core", "import subprocess\nsubprocess.run('ls', shell=True)"),
        ("dangerous", "core", "import numpy\nnumpy.load('x', allow_pickle=True)"),
        ("dangerous", "core", "assert 1"),
        ("too_new", "study", "def f(x: int) -> int:\n    return x"),
        ("too_new", "study", "from __future__ import annotations\nEither = int | None"),
        (
            "too_new",
            "study",
            "from __future__ import annotations\nfor a, b in zip('a', 'b', strict=True):\n    print(a)",
        ),
        ("too_new", "bridge", "from __future__ import annotations\nprint(isinstance(1, int | str))"),
        ("too_new", "gui", "from dataclasses import dataclass\n@dataclass(slots=True)\nclass A:\n    pass"),
    ],
)
def test_the_rules_can_fail(rule, where, source):
    assert RULES[rule](ast.parse(source), NAMES[where], False)


@pytest.mark.parametrize(
    ("rule", "where", "source"),
    [
        ("one_way", "gui", "from smart_territoires_plugin.atlas import export"),
        ("one_way", "core", "from smart_territoires_plugin.core.sources import files"),
        (
            "one_way",
            "core",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import smart_territoires_plugin.gui",
        ),
        ("late_only", "study", "def late():\n    import jsonschema"),
        ("forbidden_libraries", "core", "import geopandas"),
        ("too_new", "study", "from __future__ import annotations\nflags = 1 | 2\ndef f(x: int | None): ..."),
        ("too_new", "core", "Either = int | None"),
    ],
)
def test_the_rules_let_the_rest_pass(rule, where, source):
    assert not RULES[rule](ast.parse(source), NAMES[where], False)
