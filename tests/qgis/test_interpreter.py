"""Which Python runs the engine, and with which environment."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from smart_territoires_plugin.bridge.environment import PACKAGE_PARENT, child_environment
from smart_territoires_plugin.bridge.interpreter import (
    Interpreter,
    Search,
    candidates,
    managed_python,
    missing_libraries,
    qgis_pythons,
    search,
)
from smart_territoires_plugin.bridge.no_engine import missing_message

OF_QGIS = {
    "PYTHONHOME": "C:/OSGeo4W/apps/Python312",
    "PYTHONPATH": "C:/OSGeo4W/apps/qgis/python",
    "PROJ_DATA": "C:/OSGeo4W/share/proj",
    "PROJ_LIB": "C:/OSGeo4W/share/proj",
    "GDAL_DATA": "C:/OSGeo4W/share/gdal",
    "GDAL_DRIVER_PATH": "C:/OSGeo4W/bin/gdalplugins",
    "LD_LIBRARY_PATH": "/opt/qgis/lib",
}


def test_the_environment_is_cleaned_of_what_qgis_set():
    before = {**OF_QGIS, "HOME": "/home/x", "https_proxy": "http://proxy:3128"}
    after = child_environment(before, is_qgis_python=False)
    assert after["PYTHONPATH"] == str(PACKAGE_PARENT)
    assert not (set(OF_QGIS) - {"PYTHONPATH"}) & set(after)
    assert after["HOME"] == "/home/x"
    assert after["https_proxy"] == "http://proxy:3128"
    assert before["PROJ_DATA"] == OF_QGIS["PROJ_DATA"]


def test_the_python_of_qgis_keeps_what_it_needs():
    after = child_environment(OF_QGIS, is_qgis_python=True)
    assert {name: after[name] for name in OF_QGIS if name != "PYTHONPATH"} == {
        name: value for name, value in OF_QGIS.items() if name != "PYTHONPATH"
    }
    assert after["PYTHONPATH"].startswith(str(PACKAGE_PARENT))
    assert after["PYTHONPATH"].endswith(OF_QGIS["PYTHONPATH"])


def test_the_folder_on_the_path_holds_the_package():
    assert (PACKAGE_PARENT / "smart_territoires_plugin" / "core" / "__main__.py").is_file()


@pytest.fixture
def profile(tmp_path):
    managed = managed_python(tmp_path, "posix")
    managed.parent.mkdir(parents=True)
    managed.touch()
    return tmp_path


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "qgis" / "bin" / "python3"
    path.parent.mkdir(parents=True)
    path.touch()
    return path


def test_the_order_is_variable_option_managed_qgis(profile, own):
    variable = {"ST_ENGINE_PYTHON": "/a/python"}
    assert candidates("/b/python", profile, variable, "posix", [own]) == (Interpreter(Path("/a/python"), "options"),)
    assert candidates("/b/python", profile, {}, "posix", [own]) == (Interpreter(Path("/b/python"), "options"),)
    assert candidates("", profile, {}, "posix", [own]) == (
        Interpreter(managed_python(profile, "posix"), "managed"),
        Interpreter(own, "qgis"),
    )
    assert candidates(" ", profile / "empty", {}, "posix", [own]) == (Interpreter(own, "qgis"),)
    assert candidates("", profile / "empty", {}, "posix", []) == ()


def test_the_first_that_lacks_nothing_is_taken_and_the_others_are_told():
    first, second, third = (Interpreter(Path(name), "managed") for name in "abc")
    verdicts = {first: None, second: ("rasterio",), third: ()}
    found = search((first, second, third), verdicts.get)
    assert found == Search(third, ((first, ()), (second, ("rasterio",))))
    assert search((first, second), verdicts.get).interpreter is None


def test_inside_qgis_on_windows_the_program_is_qgis_and_python_stands_beside_it():
    paths = qgis_pythons("C:/OSGeo4W/bin/qgis-ltr-bin.exe", ["C:/OSGeo4W/apps/Python312"], "nt")
    assert Path("C:/OSGeo4W/bin/qgis-ltr-bin.exe") not in paths
    assert paths[0] == Path("C:/OSGeo4W/bin/python.exe")
    assert Path("C:/OSGeo4W/apps/Python312/python.exe") in paths


def test_inside_qgis_on_macos_likewise():
    paths = qgis_pythons("/Applications/QGIS.app/Contents/MacOS/QGIS", [], "posix")
    assert Path("/Applications/QGIS.app/Contents/MacOS/QGIS") not in paths
    assert Path("/Applications/QGIS.app/Contents/MacOS/bin/python3") in paths


def test_on_linux_the_program_is_python():
    assert qgis_pythons("/usr/bin/python3.11", ["/usr"], "posix")[0] == Path("/usr/bin/python3.11")


def test_the_check_imports_for_real(engine_python, fake_engine, tmp_path):
    assert missing_libraries(Interpreter(engine_python, "options")) == ()
    assert missing_libraries(fake_engine("", lacks=("yaml", "rasterio"))) == ("PyYAML", "rasterio")
    assert missing_libraries(Interpreter(tmp_path / "nothing", "options")) is None
    assert missing_libraries(Interpreter(Path("/bin/true"), "options")) is None


def test_a_broken_library_is_a_missing_one(tmp_path, monkeypatch):
    # Found, but its import fails: as a wheel built for another numpy does.
    package = tmp_path / "rasterio"
    package.mkdir()
    (package / "__init__.py").write_text("raise ImportError('numpy.core.multiarray failed to import')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert "rasterio" in missing_libraries(Interpreter(Path(sys.executable), "qgis"))


def test_the_message_names_what_is_missing_and_the_way_out(tmp_path):
    there = tmp_path / "python"
    there.touch()
    said = missing_message(Search(None, ((Interpreter(there, "qgis"), ("rasterio", "exactextract")),)))
    assert "rasterio, exactextract" in said
    assert "Options" in said
    assert "ST_ENGINE_PYTHON" in said
    assert "does not exist" in missing_message(Search(None, ((Interpreter(tmp_path / "gone", "options"), ()),)))
    # Where nothing was found that could lack something, all that is needed is named.
    assert "ST_ENGINE_PYTHON" in missing_message(Search(None))
    assert "exactextract" in missing_message(Search(None))
