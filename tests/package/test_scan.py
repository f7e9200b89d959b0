"""The plugin repository's scan: nothing found in the plugin, and something found where a fault was put."""

import zipfile

import pytest

PACKAGE = "smart_territoires_plugin"


def zip_of(folder, files):
    archive = folder / "plugin.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        for name, text in files.items():
            zipped.writestr(f"{PACKAGE}/{name}", text)
    return archive


def test_the_plugin_has_no_hit_in_any_scan(checking, archive):
    assert checking.missing_tools() == []
    assert checking.scan(archive) == {"bandit": [], "detect_secrets": [], "flake8": []}


@pytest.mark.parametrize(
    ("scanner", "text"),
    [
        ("bandit", "import pickle\n\n\ndef read(path):\n    return pickle.load(open(path, 'rb'))\n"),
        ("bandit", "def check(value):\n    assert value > 0\n"),
        ("flake8", "try:\n    x = 1\nexcept:\n    x = 2\n"),
        ("detect_secrets", 'AWS = "' + "AKIA" + "IOSFODNN7" + 'EXAMPLQ"\n'),
    ],
)
def test_a_fault_is_found(checking, tmp_path, scanner, text):
    assert checking.scan(zip_of(tmp_path, {"module.py": text}))[scanner]


def test_a_percent_sign_in_metadata_is_a_problem(checking, tmp_path):
    archive = zip_of(tmp_path, {"metadata.txt": "[general]\nname=A\nabout=90 % of it\n"})
    assert "metadata.txt: '%' must be followed by" in checking.metadata_problems(archive)[0]


def test_missing_fields_and_a_missing_icon_are_named(checking, tmp_path):
    archive = zip_of(tmp_path, {"metadata.txt": "[general]\nname=A\nicon=resources/icon.svg\nqgisMaximumVersion=4.0\n"})
    problems = "\n".join(checking.metadata_problems(archive))
    assert "about[fr] is missing" in problems
    assert "icon resources/icon.svg is not in the zip" in problems
    assert "qgisMaximumVersion = '4.0'" in problems


def test_structure_names_what_must_not_be_there(checking, tmp_path):
    files = {"__init__.py": "", "metadata.txt": "", "tests/test_a.py": "", "core/lib.so": "", ".hidden": ""}
    problems = checking.structure_problems(zip_of(tmp_path, files))
    assert problems == [
        f"{PACKAGE}/LICENSE is missing",
        f"{PACKAGE}/tests/test_a.py must not be in the zip",
        f"{PACKAGE}/core/lib.so must not be in the zip",
        f"{PACKAGE}/.hidden must not be in the zip",
    ]
