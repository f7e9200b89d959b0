"""The shipped help page, opened in the browser of the system."""

from __future__ import annotations

from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices

from smart_territoires_plugin.bridge.translation import desktop_language
from smart_territoires_plugin.core.resources import resource


def help_url(section: str = "") -> QUrl:
    """Return the place of the help in the language of QGIS.

    Parameters
    ----------
    section : str
        Anchor in the page; empty for its top.
    """
    url = QUrl.fromLocalFile(str(resource("resources", "help", desktop_language(), "index.html")))
    if section:
        url.setFragment(section)
    return url


def open_help(section: str = "") -> None:
    """Show the help."""
    QDesktopServices.openUrl(help_url(section))
