"""The one list of dependencies: it names what the code imports, all of it and nothing else, with ranges and reasons."""

import ast
import re
import sys

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PACKAGE = "smart_territoires_plugin"
# Distribution → name to import, where they differ.
IMPORT_NAMES = {"PyYAML": "yaml", "python-calamine": "python_calamine", "scikit-learn": "sklearn"}
# pandas imports these by name, as engines that read and write workbooks.
REACHED_THROUGH_PANDAS = {"openpyxl", "python_calamine"}
FROM_QGIS = {"qgis", "osgeo"}


def imported_modules(root):
    """Return the top-level names that the package imports from outside itself and the standard library."""
    found = set()
    for path in (root / PACKAGE).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found.update(alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - {PACKAGE}


@pytest.fixture(scope="module")
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def names_of(requirements):
    return [re.match(r"[A-Za-z0-9_.-]+", requirement).group() for requirement in requirements]


def test_the_list_names_what_is_imported_and_nothing_else(project, root):
    extras = project["optional-dependencies"]
    required = {IMPORT_NAMES.get(name, name) for name in names_of(project["dependencies"])}
    optional = {
        IMPORT_NAMES.get(name, name).lower() for extra in ("dask", "postgis") for name in names_of(extras[extra])
    }
    imported = imported_modules(root) - FROM_QGIS
    assert required - imported <= REACHED_THROUGH_PANDAS
    assert imported - required <= optional


def test_every_dependency_has_a_lowest_and_a_first_untried_version(project):
    for requirement in project["dependencies"]:
        assert re.search(r">=\d", requirement), requirement
        assert re.search(r"<\d", requirement), requirement


def test_every_dependency_is_explained(project, root):
    page = (root / "docs" / "dependencies.md").read_text(encoding="utf-8")
    explained = {line.split("|")[1].split("(")[0].strip() for line in page.splitlines() if line.startswith("| ")}
    assert set(names_of(project["dependencies"])) <= explained
