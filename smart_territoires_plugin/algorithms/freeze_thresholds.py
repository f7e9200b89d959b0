"""Processing algorithm *Freeze thresholds*: a study and its results in, the study with numbers as thresholds out."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFileDestination,
)

from smart_territoires_plugin.algorithms import groups
from smart_territoires_plugin.algorithms.base import STUDY, Algorithm
from smart_territoires_plugin.algorithms.results_folders import RESULTS, add_results_folder, refused_folder
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.study import read_study

OUTPUT = "OUTPUT"
READINESS_THRESHOLD = "READINESS_THRESHOLD"
ACTIVITY_THRESHOLD = "ACTIVITY_THRESHOLD"


class FreezeThresholds(Algorithm):
    """From thresholds that move with the data to thresholds that stay."""

    NAME = "freeze_thresholds"
    GROUP = groups.FOLLOW_UP
    TAGS = (
        "thresholds", "freeze", "segments", "quantile", "natural breaks", "Jenks", "comparison", "study", "readiness",
        "seuils", "figer", "segments figés", "seuils naturels", "comparaison", "étude", "potentiel", "cibles",
    )  # fmt: skip

    def displayName(self) -> str:
        """Return the name on screen."""
        return translate("SmartTerritoires", "Freeze thresholds")

    def shortHelpString(self) -> str:
        """Return what it does, in a few sentences."""
        return translate(
            "SmartTerritoires",
            "Writes the thresholds that a run found, of readiness, of activity and of the activity of each theme, into "
            "its study as numbers. Found anew at each run they move with the data, and a territory may change segment "
            "though nothing changed in it; frozen, they let runs compare.\n\n"
            "Every other character of the study stays. Where no file is given for the outcome, the study itself is "
            "edited.",
        )

    def shortDescription(self) -> str:
        """Return what it does, on one line."""
        return translate("SmartTerritoires", "Writes the thresholds of a run into its study, so that runs compare.")

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        """Declare parameters and outputs."""
        self.add_study()
        add_results_folder(
            self,
            help_text=translate("SmartTerritoires", "Results of this study, whose thresholds are taken."),
        )
        self.add_language()
        self.add(
            QgsProcessingParameterFileDestination(
                OUTPUT,
                translate("SmartTerritoires", "Study with its thresholds"),
                fileFilter=translate("SmartTerritoires", "Studies (*.yaml *.yml)"),
                optional=True,
                createByDefault=False,
            ),
            translate(
                "SmartTerritoires",
                "The file to write; where nothing is given, the study itself is edited. Put it beside the study: paths "
                "in it are relative.",
            ),
        )
        self.addOutput(
            QgsProcessingOutputNumber(READINESS_THRESHOLD, translate("SmartTerritoires", "Threshold of readiness"))
        )
        self.addOutput(
            QgsProcessingOutputNumber(ACTIVITY_THRESHOLD, translate("SmartTerritoires", "Threshold of activity"))
        )

    def refusal(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return why the parameters cannot be used; empty if they can."""
        return super().refusal(parameters, context) or refused_folder(self, parameters, RESULTS, context)

    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Let the engine edit the study, and read back what it says."""
        study = self.given_path(parameters, STUDY, context)
        arguments = ["freeze", study, "--run", self.given_path(parameters, RESULTS, context)]
        written = study
        if parameters.get(OUTPUT) is not None:
            written = self.output_path(parameters, OUTPUT, context)
            arguments += ["--out", written]
        self.call_engine(arguments, self.language(parameters, context), feedback)
        targeting = read_study(written, needs_schema=False).targeting
        found = {READINESS_THRESHOLD: targeting.readiness_threshold, ACTIVITY_THRESHOLD: targeting.activity_threshold}
        # A study without activity has no threshold of activity that a run could have found.
        return {OUTPUT: written, **{name: value for name, value in found.items() if isinstance(value, float)}}
