"""Every example in a docstring of the core runs and gives what it says."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import numpy as np
import pytest

from smart_territoires_plugin import core


def _modules() -> list[str]:
    names = [module.name for module in pkgutil.walk_packages(core.__path__, f"{core.__name__}.")]
    return sorted(name for name in names if not name.endswith("__main__"))


@pytest.mark.parametrize("name", _modules())
def test_examples_of_a_module_run(name):
    module = importlib.import_module(name)
    with np.printoptions(legacy=False):
        failed, _ = doctest.testmod(module)
    assert failed == 0


def test_the_core_has_examples():
    found = sum(
        len(test.examples)
        for name in _modules()
        for test in doctest.DocTestFinder().find(importlib.import_module(name))
    )
    assert found > 20
