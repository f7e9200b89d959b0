"""What the plugin remembers, as typed entries below ``plugins/smart_territoires`` of the QGIS settings."""

from __future__ import annotations

from qgis.core import QgsSettingsEntryBool, QgsSettingsEntryString, QgsSettingsTree

PLUGIN = "smart_territoires"


class Settings:
    """The entries; QGIS allows each of them once, so ``open_settings`` makes them."""

    def __init__(self) -> None:
        node = QgsSettingsTree.createPluginTreeNode(PLUGIN)
        self.engine_python = QgsSettingsEntryString(
            "engine-python", node, "", "Python interpreter that runs the engine; empty: found by the plugin"
        )
        self.last_study = QgsSettingsEntryString("last-study", node, "", "Study file of the last run")
        self.last_results = QgsSettingsEntryString("last-results", node, "", "Results folder of the last run")
        self.scheduler = QgsSettingsEntryString(
            "scheduler", node, "", "Address of a Dask scheduler for runs; empty: this machine's cores"
        )
        self.result_language = QgsSettingsEntryString("result-language", node, "", "fr, en or empty: as QGIS")
        self.first_steps_hidden = QgsSettingsEntryBool(
            "first-steps-hidden", node, False, "Whether the panel of the first start was sent away"
        )


_OPEN: list[Settings] = []


def open_settings() -> Settings:
    """Return the entries; made at the first call."""
    if not _OPEN:
        _OPEN.append(Settings())
    return _OPEN[0]


def close_settings() -> None:
    """Take the entries out of the tree; what they hold stays stored."""
    if _OPEN:
        _OPEN.clear()
        QgsSettingsTree.unregisterPluginTreeNode(PLUGIN)
