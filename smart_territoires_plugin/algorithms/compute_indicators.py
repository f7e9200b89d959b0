"""Processing algorithm *Compute indicators*: a study file in, its territories with one column per indicator out."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
)

from smart_territoires_plugin.algorithms import groups
from smart_territoires_plugin.algorithms.base import STUDY, Algorithm, scratch_folder
from smart_territoires_plugin.algorithms.copying import copy_to_sink, open_table
from smart_territoires_plugin.bridge.translation import translate

OUTPUT = "OUTPUT"


class ComputeIndicators(Algorithm):
    """From sources to indicators, no further."""

    NAME = "compute_indicators"
    GROUP = groups.STUDY
    TAGS = (
        "indicators", "measures", "zonal statistics", "overlay", "coverage", "share", "count", "territories",
        "indicateurs", "mesures", "statistiques zonales", "recouvrement", "part", "comptage", "territoires",
    )  # fmt: skip

    def displayName(self) -> str:
        """Return the name on screen."""
        return translate("SmartTerritoires", "Compute indicators")

    def shortHelpString(self) -> str:
        """Return what it does, in a few sentences."""
        return translate(
            "SmartTerritoires",
            "Measures every indicator of a study on its sources: shares covered, zonal statistics, counts, fields, "
            "ratios, recorded projects.\n\n"
            "The output holds every territory of the study, with one column per indicator, named by its id and in its "
            "own unit; a missing value is empty, never zero. What was repaired or is doubtful is told in the log.\n\n"
            "Feed the output to “Score territories” or “Find targets”.",
        )

    def shortDescription(self) -> str:
        """Return what it does, on one line."""
        return translate("SmartTerritoires", "Measures the indicators of a study: one column per indicator.")

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        """Declare parameters and outputs."""
        self.add_study()
        self.add(
            QgsProcessingParameterFeatureSink(
                OUTPUT,
                translate("SmartTerritoires", "Indicators"),
                QgsProcessing.SourceType.TypeVectorPolygon,
            ),
            translate(
                "SmartTerritoires", "The territories with code, name, population, groups and one column per indicator."
            ),
        )
        self.add_scheduler()

    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Have the engine measure, then copy what it wrote into the output."""
        study = self.given_path(parameters, STUDY, context)
        with scratch_folder() as folder:
            arguments = ["measure", study, "--out", str(folder), *self.scheduler(parameters, context)]
            self.call_engine(arguments, self.language(parameters, context), feedback)
            measured = open_table(folder / "territories.gpkg", "territories")
            return {OUTPUT: copy_to_sink(self, parameters, OUTPUT, context, feedback, measured)}
