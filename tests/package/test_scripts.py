"""The scripts behind make: what a test run may skip, how it is summed up, and where the plugin is installed."""

import sys
import zipfile

import pytest

PACKAGE = "smart_territoires_plugin"
REPORT = """<?xml version="1.0"?><testsuites><testsuite>
<testcase classname="a" name="passes"/>
<testcase classname="a" name="fails"><failure message="no"/></testcase>
<testcase classname="a" name="breaks"><error message="teardown"/></testcase>
<testcase classname="a" name="skips"><skipped type="pytest.skip" message="../shared/data is absent">f.py:1</skipped>
</testcase></testsuite></testsuites>"""


@pytest.fixture
def running(script):
    return script("run_tests")


@pytest.fixture
def deploying(script):
    return script("deploy")


def test_report_counts_errors_as_failures_and_keeps_the_reasons_of_skips(running, tmp_path):
    path = tmp_path / "report.xml"
    path.write_text(REPORT, encoding="utf-8")
    passed, failed, skips = running.read_report(path)
    assert (passed, failed) == (1, 2)
    assert [(name, "shared/data" in reason) for name, reason in skips] == [("a::skips", True)]


def test_only_absent_shared_data_may_skip(running, tmp_path, monkeypatch):
    monkeypatch.setattr(running, "SHARED", tmp_path)
    assert running.skip_is_allowed("../shared/data is absent")
    assert not running.skip_is_allowed("no QGIS here")
    (tmp_path / "data").mkdir()
    assert not running.skip_is_allowed("../shared/data is absent")


def suite_of(running, folder, text, monkeypatch):
    """Run one file of tests as a suite of its own."""
    (folder / "tests" / "one").mkdir(parents=True)
    (folder / "tests" / "one" / "test_one.py").write_text(text, encoding="utf-8")
    monkeypatch.setattr(running, "ROOT", folder)
    suite = running.Suite("one", ("one",), (sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:qgis"))
    return running.run_suite(suite, folder, [])


def test_a_suite_reports_what_its_tests_did(running, tmp_path, monkeypatch):
    skipped = "import pytest\n@pytest.mark.skip(reason='why')\ndef test_c(): pass\n"
    text = skipped + "def test_a(): pass\ndef test_b(): assert 0\n"
    outcome = suite_of(running, tmp_path, text, monkeypatch)
    assert (outcome.passed, outcome.failed, len(outcome.skips)) == (1, 1, 1)
    assert "why" in outcome.skips[0][1]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("", "found no test"),
        ("import os\ndef test_a(): os._exit(7)\n", "ended with code 7 before it could report"),
        ("import atexit, os\ndef test_a(): atexit.register(os._exit, 9)\n", "pytest ended with code 9"),
    ],
)
def test_a_suite_that_finds_nothing_or_dies_has_failed(running, tmp_path, monkeypatch, text, note):
    outcome = suite_of(running, tmp_path, text, monkeypatch)
    assert outcome.failed == 1
    assert note in outcome.note


def test_a_folder_that_no_suite_runs_is_named(running, tmp_path, monkeypatch):
    for folder in ("core", "stray"):
        (tmp_path / "tests" / folder).mkdir(parents=True)
        (tmp_path / "tests" / folder / "test_a.py").write_text("", encoding="utf-8")
    monkeypatch.setattr(running, "ROOT", tmp_path)
    assert running.folders_without_suite() == ["stray"]


def test_deploy_replaces_the_former_plugin_as_a_whole(deploying, tmp_path):
    archive = tmp_path / "plugin.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr(f"{PACKAGE}/__init__.py", "NEW = 1\n")
    plugins = tmp_path / "profiles" / "default" / "python" / "plugins"
    former = plugins / PACKAGE
    former.mkdir(parents=True)
    (former / "gone.py").write_text("", encoding="utf-8")
    assert deploying.main([str(archive), "--profiles", str(tmp_path / "profiles")]) == 0
    assert [path.name for path in plugins.iterdir()] == [PACKAGE]
    assert [path.name for path in former.iterdir()] == ["__init__.py"]
    assert (former / "__init__.py").read_text(encoding="utf-8") == "NEW = 1\n"


def test_deploy_never_writes_through_a_link_to_a_checkout(deploying, tmp_path):
    archive = tmp_path / "plugin.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr(f"{PACKAGE}/__init__.py", "NEW = 1\n")
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    (checkout / "__init__.py").write_text("MINE = 1\n", encoding="utf-8")
    plugins = tmp_path / "plugins"
    plugins.mkdir()
    (plugins / PACKAGE).symlink_to(checkout)
    deploying.install(archive, plugins)
    assert (checkout / "__init__.py").read_text(encoding="utf-8") == "MINE = 1\n"
    assert not (plugins / PACKAGE).is_symlink()
