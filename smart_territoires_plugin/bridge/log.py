"""The log tab "Smart Territoires": what happened, for the person who looks behind a message."""

from __future__ import annotations

from qgis.core import Qgis, QgsMessageLog

TAB = "Smart Territoires"


def log_info(text: str) -> None:
    """Write a line that needs no attention."""
    QgsMessageLog.logMessage(text, TAB, Qgis.MessageLevel.Info, False)


def log_warning(text: str) -> None:
    """Write a line that explains something that went wrong; the tab's icon shows that it is there."""
    QgsMessageLog.logMessage(text, TAB, Qgis.MessageLevel.Warning, True)
