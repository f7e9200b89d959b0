"""The zip for the plugin repository: what is in it, what is not, and that the same files give the same bytes."""

import ast
import configparser
import hashlib
import os
import shutil
import zipfile

import pytest

PACKAGE = "smart_territoires_plugin"


def names(archive):
    with zipfile.ZipFile(archive) as zipped:
        return zipped.namelist()


def content(archive, name):
    with zipfile.ZipFile(archive) as zipped:
        return zipped.read(f"{PACKAGE}/{name}")


def small_checkout(folder):
    """Write a checkout of a few files, as the packaging script expects one."""
    for name, text in {
        f"{PACKAGE}/__init__.py": '"""A plugin."""\n',
        f"{PACKAGE}/core/a.py": "A = 1\n",
        "resources/schema.json": "{}\n",
        "metadata.txt": "[general]\nname=Small\n",
        "LICENSE": "GPL\n",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_zip_holds_one_folder_with_what_qgis_and_the_repository_ask_for(archive):
    listed = names(archive)
    assert {name.split("/")[0] for name in listed} == {PACKAGE}
    assert PACKAGE.isidentifier()
    for name in ("__init__.py", "metadata.txt", "LICENSE", "plugin.py", "core/cli.py", "resources/study.schema.json"):
        assert f"{PACKAGE}/{name}" in listed
    assert archive.stat().st_size <= 25_000_000


def test_zip_holds_no_tests_caches_binaries_or_hidden_files(archive):
    for name in names(archive):
        parts = name.split("/")
        assert not {"tests", "test", "__pycache__"}.intersection(parts), name
        assert not any(part.startswith(".") for part in parts), name
        assert not name.endswith((".pyc", ".so", ".dll", ".pyd", ".pkl", ".ts")), name


def test_every_module_of_the_package_is_shipped_unchanged(archive, root):
    expected = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in (root / PACKAGE).rglob("*.py")
        if "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(archive) as zipped:
        shipped = {name: zipped.read(name) for name in zipped.namelist() if name.endswith(".py")}
    assert shipped == expected


def test_every_translation_is_compiled(archive, root):
    sources = sorted(path.stem for path in (root / "i18n").glob("*.ts"))
    assert sources, "i18n holds no .ts file"
    listed = names(archive)
    for stem in sources:
        assert f"{PACKAGE}/i18n/{stem}.qm" in listed
        # Qt writes this mark at the head of a compiled translation.
        assert content(archive, f"i18n/{stem}.qm").startswith(bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd"))


def test_licence_is_the_whole_gpl_2(archive):
    text = content(archive, "LICENSE").decode("utf-8")
    assert "GNU GENERAL PUBLIC LICENSE" in text
    assert "Version 2, June 1991" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_metadata_parses_with_interpolation_and_says_what_the_repository_asks(archive, checking):
    parser = configparser.ConfigParser()
    parser.read_string(content(archive, "metadata.txt").decode("utf-8"))
    general = dict(parser.items("general"))  # fails on a bare %
    assert general["qgismaximumversion"] == "4.99"
    assert general["hasprocessingprovider"] == "yes"
    assert checking.metadata_problems(archive) == []
    assert checking.structure_problems(archive) == []


def test_icon_is_an_image(archive):
    parser = configparser.ConfigParser()
    parser.read_string(content(archive, "metadata.txt").decode("utf-8"))
    icon = parser["general"]["icon"]
    data = content(archive, icon)
    assert data.startswith(b"\x89PNG") if icon.endswith(".png") else b"<svg" in data


def test_class_factory_is_all_that_the_entry_file_defines(archive):
    tree = ast.parse(content(archive, "__init__.py"))
    defined = [node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    assert defined == ["classFactory"]


def test_same_files_give_the_same_bytes(packaging, archive, tmp_path):
    again = packaging.build(tmp_path / "again.zip")
    assert hashlib.sha256(again.read_bytes()).digest() == hashlib.sha256(archive.read_bytes()).digest()


def test_dates_and_permissions_of_the_checkout_do_not_reach_the_zip(packaging, tmp_path):
    one = small_checkout(tmp_path / "one")
    other = tmp_path / "other"
    shutil.copytree(one, other)
    for number, path in enumerate(sorted(other.rglob("*"))):
        os.utime(path, (1_000_000_000 + number, 1_000_000_000 + number))
        if path.is_file():
            path.chmod(0o755)
    first, second = (packaging.build(tmp_path / f"{root.name}.zip", root) for root in (one, other))
    assert first.read_bytes() == second.read_bytes()


def test_a_file_of_an_unknown_kind_stops_the_build(packaging, tmp_path):
    root = small_checkout(tmp_path)
    (root / PACKAGE / "model.pkl").write_bytes(b"\x80")
    with pytest.raises(packaging.PackageError, match=r"model\.pkl"):
        packaging.build(tmp_path / "plugin.zip", root)
    assert not (tmp_path / "plugin.zip").exists()


def test_caches_tests_and_translation_sources_stay_out(packaging, tmp_path):
    root = small_checkout(tmp_path)
    for name in ("__pycache__/a.cpython-311.pyc", "tests/test_a.py", "core/tests/test_b.py", "core/a.pyc"):
        path = root / PACKAGE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    assert sorted(names(packaging.build(tmp_path / "plugin.zip", root))) == [
        f"{PACKAGE}/LICENSE",
        f"{PACKAGE}/__init__.py",
        f"{PACKAGE}/core/a.py",
        f"{PACKAGE}/metadata.txt",
        f"{PACKAGE}/resources/schema.json",
    ]
