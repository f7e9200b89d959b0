"""Folders of results as parameters: declared with their help, and refused with one sentence where they hold none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import Qgis, QgsProcessingContext, QgsProcessingParameterEnum, QgsProcessingParameterFile

from smart_territoires_plugin.algorithms.base import Algorithm
from smart_territoires_plugin.bridge.results import has_results
from smart_territoires_plugin.bridge.translation import translate

RESULTS, LEVEL = "RESULTS", "LEVEL"
TERRITORIES, CALL_UNITS = "territories", "call_units"


def add_results_folder(
    algorithm: Algorithm, name: str = RESULTS, label: str = "", help_text: str = "", optional: bool = False
) -> None:
    """Declare a folder that a run wrote.

    Parameters
    ----------
    algorithm : Algorithm
        Which asks for it.
    name : str
        The parameter's name.
    label, help_text : str
        In the language of the desktop; those of any run where nothing is given.
    optional : bool
        Whether it may be left out.
    """
    algorithm.add(
        QgsProcessingParameterFile(
            name,
            label or translate("SmartTerritoires", "Folder of the results"),
            behavior=Qgis.ProcessingFileParameterBehavior.Folder,
            optional=optional,
        ),
        help_text
        or translate("SmartTerritoires", "Folder that “Run study” wrote, with results.gpkg and manifest.json."),
    )


def add_level(algorithm: Algorithm) -> None:
    """Declare at which level targets are spoken of."""
    algorithm.add(
        QgsProcessingParameterEnum(
            LEVEL,
            translate("SmartTerritoires", "Level of the call"),
            options=[TERRITORIES, CALL_UNITS],
            optional=True,
            usesStaticStrings=True,
        ),
        translate(
            "SmartTerritoires",
            "territories, or call_units: the EPCI, EPT and large communes that the study calls; where nothing is "
            "given, the call units if the study asks for some.",
        ),
    )


def level_of(algorithm: Algorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
    """Return the level that was asked for; empty where it is left to the engine."""
    return algorithm.parameterAsEnumString(parameters, LEVEL, context) if parameters.get(LEVEL) else ""


def usual_level(results: Path) -> str:
    """Return the level that the engine takes where nothing is said."""
    return CALL_UNITS if (results / "call_units.csv").is_file() else TERRITORIES


def refused_folder(algorithm: Algorithm, parameters: dict[str, Any], name: str, context: QgsProcessingContext) -> str:
    """Return why a folder cannot be used; empty if it can, or if it is optional and was left out."""
    folder = algorithm.given_path(parameters, name, context)
    if not folder and algorithm.parameterDefinition(name).flags() & Qgis.ProcessingParameterFlag.Optional:
        return ""
    if not has_results(Path(folder)):
        return translate("SmartTerritoires", "{path} holds no results: give a folder that “Run study” wrote.").format(
            path=folder
        )
    return ""


def refused_file(algorithm: Algorithm, parameters: dict[str, Any], name: str, context: QgsProcessingContext) -> str:
    """Return why a file cannot be used: it is not there; empty if it is, or if it is optional and was left out."""
    path = algorithm.given_path(parameters, name, context)
    if not path and algorithm.parameterDefinition(name).flags() & Qgis.ProcessingParameterFlag.Optional:
        return ""
    if not Path(path).is_file():
        return translate("SmartTerritoires", "The file {path} does not exist.").format(path=path)
    return ""
