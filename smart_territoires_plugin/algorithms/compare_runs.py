"""Processing algorithm *Compare runs*: two folders of results in, who moved and why out."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProcessingParameterFileDestination

from smart_territoires_plugin.algorithms import groups
from smart_territoires_plugin.algorithms.base import Algorithm
from smart_territoires_plugin.algorithms.results_folders import add_results_folder, refused_folder
from smart_territoires_plugin.bridge.translation import translate

BEFORE = "BEFORE"
AFTER = "AFTER"
OUTPUT = "OUTPUT"


class CompareRuns(Algorithm):
    """From two runs to what moved each territory."""

    NAME = "compare_runs"
    GROUP = groups.FOLLOW_UP
    TAGS = (
        "comparison", "runs", "scores", "rank", "moves", "weights", "method", "targets", "decomposition",
        "comparaison", "exécutions", "rang", "mouvements", "pondérations", "méthode", "cibles", "décomposition",
    )  # fmt: skip

    def displayName(self) -> str:
        """Return the name on screen."""
        return translate("SmartTerritoires", "Compare runs")

    def shortHelpString(self) -> str:
        """Return what it does, in a few sentences."""
        return translate(
            "SmartTerritoires",
            "Sets the results of two runs side by side: which territories moved in score, segment and rank, and what "
            "of it came from their own values, from the other territories, from the weights and from the method.\n\n"
            "The table holds one row per territory; the summary is told in the log. “List changes” looks at the lists "
            "instead, and gives each entry and exit one cause.",
        )

    def shortDescription(self) -> str:
        """Return what it does, on one line."""
        return translate("SmartTerritoires", "Says who moved between two runs, and what of it came from where.")

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        """Declare parameters and outputs."""
        add_results_folder(
            self,
            BEFORE,
            translate("SmartTerritoires", "Former results"),
            translate("SmartTerritoires", "Folder of the run that is compared with."),
        )
        add_results_folder(
            self,
            AFTER,
            translate("SmartTerritoires", "Later results"),
            translate("SmartTerritoires", "Folder of the run whose changes are told."),
        )
        self.add_language()
        self.add(
            QgsProcessingParameterFileDestination(
                OUTPUT,
                translate("SmartTerritoires", "Comparison"),
                fileFilter=translate("SmartTerritoires", "Tables (*.csv)"),
            ),
            translate("SmartTerritoires", "The table to write, a row per territory. Internal."),
        )

    def refusal(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return why the parameters cannot be used; empty if they can."""
        return refused_folder(self, parameters, BEFORE, context) or refused_folder(self, parameters, AFTER, context)

    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Let the engine compare, and tell its summary."""
        before = self.given_path(parameters, BEFORE, context)
        after = self.given_path(parameters, AFTER, context)
        output = Path(self.output_path(parameters, OUTPUT, context))
        arguments = ["compare", before, after, "--out", str(output)]
        outcome = self.call_engine(arguments, self.language(parameters, context), feedback)
        for line in outcome.result["text"].splitlines():
            feedback.pushInfo(line)
        return {OUTPUT: str(output)}
