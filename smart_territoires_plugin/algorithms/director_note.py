"""Processing algorithm *Director's note*: results in, one page for the director out."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProcessingParameterFileDestination

from smart_territoires_plugin.algorithms import groups
from smart_territoires_plugin.algorithms.base import Algorithm
from smart_territoires_plugin.algorithms.results_folders import (
    RESULTS,
    add_level,
    add_results_folder,
    level_of,
    refused_folder,
)
from smart_territoires_plugin.bridge.translation import translate

OUTPUT = "OUTPUT"


class DirectorNote(Algorithm):
    """From targets to one page."""

    NAME = "director_note"
    GROUP = groups.OUTREACH
    TAGS = (
        "note", "director", "one page", "briefing", "decision", "summary", "targets", "reasons",
        "note de synthèse", "directeur", "directrice", "une page", "décision", "synthèse", "cibles", "raisons",
    )  # fmt: skip

    def displayName(self) -> str:
        """Return the name on screen."""
        return translate("SmartTerritoires", "Director’s note")

    def shortHelpString(self) -> str:
        """Return what it does, in a few sentences."""
        return translate(
            "SmartTerritoires",
            "Writes one page for whoever decides: the first ten targets with three reasons each, how sure the list is, "
            "what calls for caution, and the next steps.\n\n"
            "It is read from the results of a run; nothing is computed anew. The page stands alone, follows a light or "
            "dark screen and prints on one sheet. It is internal: it names ranks.",
        )

    def shortDescription(self) -> str:
        """Return what it does, on one line."""
        return translate("SmartTerritoires", "Writes the one-page note to the director.")

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        """Declare parameters and outputs."""
        add_results_folder(self)
        add_level(self)
        self.add_language()
        self.add(
            QgsProcessingParameterFileDestination(
                OUTPUT,
                translate("SmartTerritoires", "Note"),
                fileFilter=translate("SmartTerritoires", "Pages (*.html)"),
            ),
            translate("SmartTerritoires", "The HTML file to write."),
        )

    def refusal(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return why the folder cannot be used; empty if it can."""
        return refused_folder(self, parameters, RESULTS, context)

    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Let the engine write the page."""
        results = self.given_path(parameters, RESULTS, context)
        output = Path(self.output_path(parameters, OUTPUT, context))
        level = level_of(self, parameters, context)
        arguments = ["note", results, "--out", str(output), *(["--level", level] if level else [])]
        self.call_engine(arguments, self.language(parameters, context), feedback)
        return {OUTPUT: str(output)}
