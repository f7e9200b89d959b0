"""Processing algorithm *Run study*: a study file in, a folder of results out."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputVectorLayer,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFolderDestination,
    QgsProject,
)

from smart_territoires_plugin.algorithms import groups
from smart_territoires_plugin.algorithms.base import STUDY, Algorithm
from smart_territoires_plugin.bridge.main_thread import call_on_main_thread, is_main_thread
from smart_territoires_plugin.bridge.results import has_results, load_results, release_results
from smart_territoires_plugin.bridge.translation import translate

OUTPUT_FOLDER = "OUTPUT_FOLDER"
LOAD_RESULTS = "LOAD_RESULTS"
TERRITORIES = "TERRITORIES"
TARGETS = "TARGETS"


class RunStudy(Algorithm):
    """From sources to targets, as the study says."""

    NAME = "run_study"
    GROUP = groups.STUDY
    TAGS = (
        "study", "territories", "score", "targets", "shortlist", "composite indicator", "readiness", "segment",
        "étude", "territoires", "cibles", "indicateur composite", "potentiel", "enjeux", "AMI", "appel à manifestation",
    )  # fmt: skip

    def displayName(self) -> str:
        """Return the name on screen."""
        return translate("SmartTerritoires", "Run study")

    def shortHelpString(self) -> str:
        """Return what it does, in a few sentences."""
        return translate(
            "SmartTerritoires",
            "Runs a study from its sources to its targets: measures the indicators, scores stakes and readiness, "
            "places each territory in a segment, and ranks those to call first, with the reasons.\n\n"
            "The folder receives results.gpkg, territories.csv, targets.csv, manifest.json and the methodology. No "
            "territory is ever left out: where a score cannot be had, the reason is said. Former results stay whole "
            "until the new ones are complete.\n\n"
            "The computation runs in a process of its own; QGIS stays usable and the run may be cancelled at "
            "any moment.",
        )

    def shortDescription(self) -> str:
        """Return what it does, on one line."""
        return translate("SmartTerritoires", "From a study file to scored, segmented and ranked territories.")

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        """Declare parameters and outputs."""
        self.add_study()
        self.add(
            QgsProcessingParameterFolderDestination(
                OUTPUT_FOLDER, translate("SmartTerritoires", "Folder of the results")
            ),
            translate("SmartTerritoires", "Folder that receives the results; made if it does not exist."),
        )
        self.add_language()
        self.add(
            QgsProcessingParameterBoolean(
                LOAD_RESULTS,
                translate("SmartTerritoires", "Add the results to the map"),
                defaultValue=True,
                optional=True,
            ),
            translate(
                "SmartTerritoires",
                "Adds the styled layers in one group once the run has ended; no effect without a map.",
            ),
            is_advanced=True,
        )
        self.add_scheduler()
        vector = QgsProcessing.SourceType.TypeVectorPolygon
        self.addOutput(
            QgsProcessingOutputVectorLayer(TERRITORIES, translate("SmartTerritoires", "Territories"), vector)
        )
        self.addOutput(QgsProcessingOutputVectorLayer(TARGETS, translate("SmartTerritoires", "Targets"), vector))

    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Run the engine on the study."""
        study = self.given_path(parameters, STUDY, context)
        folder = Path(self.output_path(parameters, OUTPUT_FOLDER, context))
        lang = self.language(parameters, context)
        try:
            arguments = ["run", study, "--out", str(folder), *self.scheduler(parameters, context)]
            self.call_engine(arguments, lang, feedback)
        except BaseException:
            # The former results are still whole: their layers come back.
            if self._released and has_results(folder):
                call_on_main_thread(partial(load_results, folder, lang, QgsProject.instance()))
            raise
        self._folder, self._lang = folder, lang
        path = folder / "results.gpkg"
        return {
            OUTPUT_FOLDER: str(folder),
            TERRITORIES: f"{path}|layername=territories",
            TARGETS: f"{path}|layername=targets",
        }

    def prepareAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Let go of the layers of the folder, which the run will replace."""
        folder = self.output_path(parameters, OUTPUT_FOLDER, context)
        self._folder: Optional[Path] = None
        self._lang = ""
        self._load = self.parameterAsBool(parameters, LOAD_RESULTS, context) and has_map()
        self._released = is_main_thread() and release_results(Path(folder), QgsProject.instance()) is not None
        return True

    def postProcessAlgorithm(self, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Add the layers to the map, where there is one."""
        if self._folder is not None and (self._load or self._released) and is_main_thread():
            load_results(self._folder, self._lang, QgsProject.instance())
        return {}


def has_map() -> bool:
    """Whether a person sits in front of a map: QGIS runs with its windows."""
    from qgis.utils import iface

    return iface is not None
