"""Processing algorithm *Find targets*: who to call first, as layers of a model."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
)

from smart_territoires_plugin.algorithms import groups
from smart_territoires_plugin.algorithms.base import STUDY, Algorithm, scratch_folder
from smart_territoires_plugin.algorithms.copying import copy_to_sink, open_table
from smart_territoires_plugin.bridge.layers import write_values
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.study import read_study

INPUT = "INPUT"
OUTPUT = "OUTPUT"
TARGETS = "TARGETS"
TARGET_COUNT = "TARGET_COUNT"
CODE = "code"


class FindTargets(Algorithm):
    """From indicators, measured or given, to segments, priority and targets."""

    NAME = "find_targets"
    GROUP = groups.STUDY
    TAGS = (
        "targets", "segments", "priority", "shortlist", "outreach", "rank", "reasons", "peers",
        "cibles", "priorité", "liste courte", "rang", "raisons", "pairs", "à entraîner", "sensibiliser",
    )  # fmt: skip

    def displayName(self) -> str:
        """Return the name on screen."""
        return translate("SmartTerritoires", "Find targets")

    def shortHelpString(self) -> str:
        """Return what it does, in a few sentences."""
        return translate(
            "SmartTerritoires",
            "Places each territory of a study in a segment and ranks those to call first: the ones with what it takes "
            "that do less than territories alike. Each comes with the theme to speak of, a peer to bring along, the "
            "reasons, and how stable its rank is.\n\n"
            "Without an input layer the indicators are measured on the sources of the study; with one, its columns are "
            "taken instead, as “Compute indicators” writes them, so that a model may change them on the way.",
        )

    def shortDescription(self) -> str:
        """Return what it does, on one line."""
        return translate("SmartTerritoires", "Segments the territories and ranks those to call first.")

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        """Declare parameters and outputs."""
        self.add_study()
        polygon = QgsProcessing.SourceType.TypeVectorPolygon
        self.add(
            QgsProcessingParameterFeatureSource(
                INPUT,
                translate("SmartTerritoires", "Indicators"),
                [QgsProcessing.SourceType.TypeVector],
                optional=True,
            ),
            translate(
                "SmartTerritoires",
                "Territories with a column “code” and columns named by the ids of the indicators; where nothing is "
                "chosen, the indicators are measured.",
            ),
        )
        self.add_language()
        self.add(
            QgsProcessingParameterFeatureSink(OUTPUT, translate("SmartTerritoires", "Territories"), polygon),
            translate(
                "SmartTerritoires",
                "Every territory with its scores, segment, priority, rank and reasons in French and English.",
            ),
        )
        self.add(
            QgsProcessingParameterFeatureSink(
                TARGETS, translate("SmartTerritoires", "Targets"), polygon, optional=True, createByDefault=True
            ),
            translate("SmartTerritoires", "The territories to call only: the shortlist of the study."),
        )
        self.addOutput(QgsProcessingOutputNumber(TARGET_COUNT, translate("SmartTerritoires", "Number of targets")))

    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Run the engine, on the given values if there are any, and copy its territories into the outputs."""
        study = self.given_path(parameters, STUDY, context)
        with scratch_folder() as folder:
            results = folder / "results"
            arguments = ["run", study, "--out", str(results)]
            values = self._values(parameters, context, feedback, study, folder / "values.csv")
            if values is not None:
                arguments += ["--values", str(values)]
            self.call_engine(arguments, self.language(parameters, context), feedback)
            layer = open_table(results / "results.gpkg", "territories")
            shortlist = {feature[CODE] for feature in open_table(results / "results.gpkg", "targets").getFeatures()}
            outputs = {OUTPUT: copy_to_sink(self, parameters, OUTPUT, context, feedback, layer)}
            if parameters.get(TARGETS) is not None:
                outputs[TARGETS] = copy_to_sink(
                    self, parameters, TARGETS, context, feedback, layer, lambda feature: feature[CODE] in shortlist
                )
            outputs[TARGET_COUNT] = len(shortlist)
            return outputs

    def _values(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        study: str,
        path: Path,
    ) -> Optional[Path]:
        """Write the values of the input layer for the engine; None if there is no input layer."""
        source = self.parameterAsSource(parameters, INPUT, context)
        if source is None:
            return None
        present = source.fields().names()
        if CODE not in present:
            raise QgsProcessingException(
                translate(
                    "SmartTerritoires",
                    "The input layer has no column “code”. Give the output of “Compute indicators”, or rename "
                    "the column.",
                )
            )
        columns = [
            indicator.id for indicator in read_study(study, needs_schema=False).indicators if indicator.id in present
        ]
        return write_values(source, CODE, columns, path, feedback.isCanceled)
