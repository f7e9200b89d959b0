"""The installation of the managed environment as a task of QGIS, with the proxy and certificates of QGIS."""

from __future__ import annotations

import os
import traceback
from pathlib import Path
from typing import Callable, Optional
from urllib.parse import quote

from qgis.core import QgsApplication, QgsNetworkAccessManager
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtNetwork import QNetworkProxy

from smart_territoires_plugin.bridge.interpreter import managed_python, qgis_python
from smart_territoires_plugin.bridge.log import log_info, log_warning
from smart_territoires_plugin.bridge.managed_environment import (
    Installed,
    Network,
    State,
    base_pythons,
    install,
    state,
)
from smart_territoires_plugin.bridge.task import BackgroundTask
from smart_territoires_plugin.bridge.translation import translate


def profile_folder() -> Path:
    """Return the folder of the QGIS profile."""
    return Path(QgsApplication.qgisSettingsDirPath())


def qgis_network(wheelhouse: Optional[Path] = None) -> Network:
    """Return the proxy and the certificates that QGIS uses; asked on the main thread."""
    certificates = ""
    manager = QgsApplication.authManager()
    if manager is not None and not manager.isDisabled():
        certificates = bytes(manager.trustedCaCertsPemText()).decode("ascii", "ignore")
    return Network(wheelhouse, proxy_address(QgsNetworkAccessManager.instance().fallbackProxy()), certificates)


def proxy_address(proxy: QNetworkProxy) -> str:
    """Return a proxy as programs beside QGIS take it; empty where there is none."""
    kinds = {QNetworkProxy.ProxyType.HttpProxy: "http", QNetworkProxy.ProxyType.Socks5Proxy: "socks5"}
    scheme = kinds.get(proxy.type())
    if scheme is None or not proxy.hostName():
        return ""
    user = quote(proxy.user(), safe="")
    secret = quote(proxy.password(), safe="")
    who = f"{user}:{secret}@" if secret else f"{user}@" if user else ""
    return f"{scheme}://{who}{proxy.hostName()}:{proxy.port()}"


class InstallTask(BackgroundTask):
    """Makes the environment in the background.

    Parameters
    ----------
    chosen : Path, optional
        The Python that it is made from; QGIS's own where none was chosen.
    network : Network
    on_end : callable
        Takes what came of it, in the main thread.
    """

    said = pyqtSignal(str)

    def __init__(self, chosen: Optional[Path], network: Network, on_end: Callable[[Installed], None]) -> None:
        super().__init__(translate("SmartTerritoires", "Smart Territoires: installing the engine"), on_end)
        self._bases = base_pythons(qgis_python(), os.environ, chosen)
        self._profile = profile_folder()
        self._network = network
        self.outcome = Installed(False, code="no_python")

    def run(self) -> bool:
        """Install; in a thread of the task manager. The next Python is tried where one cannot make an environment."""
        try:
            for base in self._bases:
                self.outcome = install(
                    base,
                    self._profile,
                    self._network,
                    self._hear,
                    lambda share: self.setProgress(100 * share),
                    self.isCanceled,
                )
                if self.outcome.code not in ("no_python", "too_old", "no_venv"):
                    break
        except Exception as error:
            log_warning(traceback.format_exc())
            self.outcome = Installed(False, code="no_packages", reason=f"{type(error).__name__}: {error}")
        return self.outcome.is_done

    def answer(self) -> tuple:
        """Return what is handed over."""
        return (self.outcome,)

    def _hear(self, line: str) -> None:
        log_info(line)
        self.said.emit(line)


class StateTask(BackgroundTask):
    """Looks at the environment in the background; ``on_end`` takes its state in the main thread."""

    def __init__(self, on_end: Callable[[State], None]) -> None:
        said = translate("SmartTerritoires", "Smart Territoires: looking at the engine")
        super().__init__(said, on_end, is_hidden=True)
        self._profile = profile_folder()
        self._found = State("absent", managed_python(self._profile))

    def run(self) -> bool:
        """Look; in a thread of the task manager."""
        self._found = state(self._profile)
        return True

    def answer(self) -> tuple:
        """Return what is handed over."""
        return (self._found,)
