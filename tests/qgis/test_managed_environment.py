"""The plugin's own environment: made from pinned files alone, put in place whole, found broken and made again."""

from __future__ import annotations

import base64
import hashlib
import os
import zipfile
from pathlib import Path

import pytest
from qgis.PyQt.QtNetwork import QNetworkProxy

from smart_territoires_plugin.bridge import managed_environment
from smart_territoires_plugin.bridge.install_task import proxy_address
from smart_territoires_plugin.bridge.interpreter import Interpreter, managed_python
from smart_territoires_plugin.bridge.managed_environment import Network, base_pythons, install, pip_command, state
from smart_territoires_plugin.gui.environment_dialog import EnvironmentDialog, about, failure

BASE = Path("/usr/bin/python3")


def write_wheel(folder: Path, version: str = "1.0") -> str:
    """Write a wheel of a few lines by hand, and return its pinned line."""
    folder.mkdir(exist_ok=True)
    info = f"tiny_fictitious-{version}.dist-info"
    files = {
        "tiny_fictitious.py": f"VERSION = {version!r}\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: tiny-fictitious\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = []
    for name, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        record.append(f"{name},sha256={digest},{len(text)}")
    files[f"{info}/RECORD"] = "\n".join([*record, f"{info}/RECORD,,", ""])
    path = folder / f"tiny_fictitious-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in files.items():
            wheel.writestr(name, text)
    return f"tiny-fictitious=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


@pytest.fixture
def tiny(tmp_path, monkeypatch):
    """Let the engine need one library of a few lines, which a folder of wheels holds."""
    wheels = tmp_path / "wheels"
    pinned = tmp_path / "requirements.txt"
    pinned.write_text(write_wheel(wheels), encoding="utf-8")
    monkeypatch.setattr(managed_environment, "requirements", lambda: pinned)

    def lacking(interpreter: Interpreter):
        from smart_territoires_plugin.bridge.child import run_child

        child = run_child([str(interpreter.path), "-c", "import tiny_fictitious"], {"PATH": os.environ["PATH"]})
        if child.exit_code is None:
            return None
        return () if child.exit_code == 0 else ("tiny-fictitious",)

    monkeypatch.setattr(managed_environment, "missing_libraries", lacking)
    return Network(wheels), pinned, lacking


def test_the_environment_is_made_kept_where_a_new_one_fails_found_broken_and_repaired(tiny, tmp_path):
    network, pinned, lacking = tiny
    profile = tmp_path / "profile é"
    home = profile / "smart_territoires"
    assert state(profile, lacking).code == "absent"
    shares, lines = [], []
    done = install(BASE, profile, network, lines.append, shares.append)
    assert done.is_done, done
    assert shares == sorted(shares) and shares[-1] == 1.0
    assert any("tiny" in line for line in lines)
    found = state(profile, lacking)
    assert found.code == "ready" and found.python == managed_python(profile)

    # A file with another hash is refused, and what was there stays.
    pinned.write_text(f"tiny-fictitious==1.0 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    done = install(BASE, profile, network)
    assert not done.is_done and done.code == "no_packages" and done.reason
    assert lacking(Interpreter(managed_python(profile), "managed")) == ()
    assert state(profile, lacking).code == "outdated"
    done = install(BASE, profile, network, is_cancelled=lambda: True)
    assert done.is_cancelled and not done.is_done
    assert [path.name for path in home.iterdir()] == ["engine"]

    # The Python that it was made from is gone, as after an upgrade of QGIS.
    python = managed_python(profile)
    python.unlink()
    python.symlink_to(tmp_path / "gone")
    assert state(profile, lacking).code == "broken"
    pinned.write_text(write_wheel(network.wheelhouse, "2.0"), encoding="utf-8")
    assert install(BASE, profile, network).is_done
    assert state(profile, lacking).code == "ready"
    assert [path.name for path in home.iterdir()] == ["engine"]


def test_what_is_no_python_or_too_old_is_told(tmp_path, fake_engine, monkeypatch):
    assert install(tmp_path / "nothing", tmp_path / "p", Network()).code == "no_python"
    old = tmp_path / "old"
    old.write_text("#!/bin/sh\necho '[[3, 8], \"/usr\"]'\n", encoding="utf-8")
    old.chmod(0o755)
    done = install(old, tmp_path / "p", Network())
    assert (done.code, done.reason) == ("too_old", "3.8")
    for code in ("no_python", "too_old", "no_venv", "no_packages", "no_import", "in_use"):
        assert "{" not in failure(managed_environment.Installed(False, code=code, reason="why"))


def test_pip_takes_pinned_files_alone_and_no_secret_as_an_argument():
    network = Network(proxy="http://me:hidden@proxy:3128", certificates="PEM")
    command = pip_command(Path("python"), network)
    assert {"--require-hashes", "--only-binary", "--no-input"} <= set(command)
    assert not any("hidden" in argument for argument in command)
    assert "hidden" not in repr(network)
    environment = managed_environment._environment(network, Path(os.environ.get("TMPDIR", "/tmp")), False)
    assert environment["HTTPS_PROXY"] == "http://me:hidden@proxy:3128"
    Path(environment["PIP_CERT"]).unlink()
    assert "PYTHONPATH" not in environment
    offline = pip_command(Path("python"), Network(Path("/wheels")))
    assert offline[offline.index("--find-links") + 1] == "/wheels" and "--no-index" in offline


def test_the_proxy_of_qgis_is_written_as_an_address():
    kinds = QNetworkProxy.ProxyType
    assert proxy_address(QNetworkProxy(kinds.NoProxy)) == ""
    assert proxy_address(QNetworkProxy(kinds.HttpProxy, "proxy.example", 3128)) == "http://proxy.example:3128"
    asked = QNetworkProxy(kinds.HttpProxy, "proxy.example", 3128, "me", "a/b@c")
    assert proxy_address(asked) == "http://me:a%2Fb%40c@proxy.example:3128"


def test_a_chosen_python_is_tried_first(tmp_path):
    chosen = tmp_path / "python"
    chosen.touch()
    assert base_pythons(BASE, {"PATH": ""}, chosen) == (chosen, BASE)
    assert base_pythons(None, {"PATH": ""}) == ()


def test_the_list_that_is_shipped_pins_every_library_of_the_engine_with_hashes():
    from smart_territoires_plugin.bridge.interpreter import NEEDED

    text = managed_environment.requirements().read_text(encoding="utf-8")
    pinned = {line.partition("==")[0].strip().lower() for line in text.splitlines() if "==" in line}
    assert {name.lower() for name in NEEDED.values()} <= pinned
    assert text.count("--hash=sha256:") > len(pinned)
    assert "http" not in text.lower()


# The dialog


@pytest.fixture
def dialog(qtbot, qgis_app, monkeypatch, tmp_path):
    from smart_territoires_plugin.bridge.settings import open_settings
    from smart_territoires_plugin.gui import environment_dialog

    monkeypatch.setattr("smart_territoires_plugin.bridge.install_task.profile_folder", lambda: tmp_path / "profile")
    monkeypatch.setattr(environment_dialog, "find_interpreter", lambda: environment_dialog.Search(None))
    settings = open_settings()
    settings.engine_python.setValue("")
    dialog = EnvironmentDialog(settings)
    dialog.show()
    yield dialog
    from qgis.PyQt import sip

    if not sip.isdeleted(dialog):
        dialog.close()


def test_the_dialog_installs_and_says_so(dialog, tiny, qtbot):
    network, _, _ = tiny
    qtbot.waitUntil(lambda: dialog._task is None, timeout=30_000)
    assert "Install" in dialog.said.text()
    dialog.wheelhouse.setFilePath(str(network.wheelhouse))
    with qtbot.waitSignal(dialog.ready, timeout=60_000):
        dialog.install.click()
    assert "works" in dialog.said.text()
    assert not dialog.progress.isVisible() and dialog.install.isEnabled()
    assert "tiny" in dialog.log.toPlainText()


def test_another_python_is_taken_only_if_it_can_run_the_engine(dialog, fake_engine, qtbot):
    qtbot.waitUntil(lambda: dialog._task is None, timeout=30_000)
    dialog.take_python(fake_engine("", name="lacking", lacks=("scipy",)).path)
    qtbot.waitUntil(lambda: dialog._task is None, timeout=30_000)
    assert "scipy" in dialog.said.text()
    assert dialog._settings.engine_python.value() == ""
    good = fake_engine("", name="good").path
    with qtbot.waitSignal(dialog.ready, timeout=30_000):
        dialog.take_python(good)
    assert dialog._settings.engine_python.value() == str(good)
    dialog._settings.engine_python.setValue("")


def test_every_origin_is_named(tmp_path):
    for origin in ("options", "managed", "qgis"):
        assert str(tmp_path) in about(Interpreter(tmp_path, origin))


def test_a_closed_dialog_cancels_and_hears_nothing(dialog, tiny, qtbot):
    qtbot.waitUntil(lambda: dialog._task is None, timeout=30_000)
    dialog.wheelhouse.setFilePath(str(tiny[0].wheelhouse))
    dialog.install.click()
    task = dialog._task
    dialog.close()
    assert task.isCanceled() and task._on_end is None
