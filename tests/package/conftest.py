"""What the tests of the packaged plugin share: the scripts that build and check it, and the zip, built once."""

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def load_script(name):
    """Import one file of ``scripts/``, which is no package."""
    spec = importlib.util.spec_from_file_location(f"scripts_{name}", ROOT / "scripts" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def root():
    """Return the root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def script():
    """Return the function that imports a file of ``scripts/``."""
    return load_script


@pytest.fixture(scope="session")
def packaging(script):
    """Return ``scripts/package.py`` as a module."""
    return script("package")


@pytest.fixture(scope="session")
def checking(script):
    """Return ``scripts/check_package.py`` as a module."""
    return script("check_package")


@pytest.fixture(scope="session")
def archive(packaging, tmp_path_factory):
    """Return the plugin's zip, built from the checkout."""
    return packaging.build(tmp_path_factory.mktemp("package") / "plugin.zip")
