"""The language of the desktop: which one QGIS speaks, and the translator that follows it."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from smart_territoires_plugin.core.resources import resource

# Called as translate("SmartTerritoires", "…"): the literal context is what pylupdate collects.
translate = QCoreApplication.translate

LANGUAGES = ("fr", "en")


def desktop_language() -> str:
    """Return ``"fr"`` where QGIS speaks French, else ``"en"``."""
    application = QgsApplication.instance()
    # ``qgis --lang`` goes before the settings, which ``locale`` tells; it is empty under ``qgis_process``.
    spoken = application.translation() if isinstance(application, QgsApplication) else ""
    return "fr" if (spoken or QgsApplication.locale()).lower().startswith("fr") else "en"


def install_translator(lang: str) -> Optional[QTranslator]:
    """Make Qt translate the plugin's texts; returns None for English, the language of the sources.

    Parameters
    ----------
    lang : {"fr", "en"}
        Language of the desktop.
    """
    if lang == "en":
        return None
    try:
        path = resource("i18n", f"smart_territoires_{lang}.qm")
    except FileNotFoundError:
        return None
    translator = QTranslator()
    if not translator.load(str(path)):
        return None
    QCoreApplication.installTranslator(translator)
    return translator


def remove_translator(translator: Optional[QTranslator]) -> None:
    """Take the translator away again."""
    if translator is not None:
        QCoreApplication.removeTranslator(translator)
