"""Processing algorithm *List changes*: two runs in, who entered and left the lists and why out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Optional

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
)

from smart_territoires_plugin.algorithms import groups
from smart_territoires_plugin.algorithms.base import Algorithm
from smart_territoires_plugin.algorithms.results_folders import add_results_folder, refused_file, refused_folder
from smart_territoires_plugin.bridge.translation import translate

BEFORE = "BEFORE"
AFTER = "AFTER"
REGISTER = "REGISTER"
OUTPUT = "OUTPUT"
SUMMARY = "SUMMARY"
PAIRS = "PAIRS"
ENTERED = "ENTERED"
LEFT = "LEFT"


class ListChanges(Algorithm):
    """From two lists to what changed between them."""

    NAME = "list_changes"
    GROUP = groups.FOLLOW_UP
    TAGS = (
        "changes", "comparison", "entered", "left", "causes", "follow-up", "evaluation", "targets", "list",
        "changements", "comparaison", "entrées", "sorties", "suivi", "évaluation", "cibles", "liste",
    )  # fmt: skip

    def displayName(self) -> str:
        """Return the name on screen."""
        return translate("SmartTerritoires", "List changes")

    def shortHelpString(self) -> str:
        """Return what it does, in a few sentences."""
        return translate(
            "SmartTerritoires",
            "Says who entered and who left the lists between two runs, each with its one cause (its data, weights, "
            "method, outreach and others), its own values and a sentence in French and English.\n\n"
            "With the register, those who were called are set beside alike territories that were not, since low counts "
            "rise by themselves. Where nothing was drawn by lot this is descriptive, and said to be.",
        )

    def shortDescription(self) -> str:
        """Return what it does, on one line."""
        return translate("SmartTerritoires", "Says who entered and left the lists between two runs, and why.")

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
        self.add(
            QgsProcessingParameterFile(
                REGISTER,
                translate("SmartTerritoires", "Register"),
                fileFilter=translate("SmartTerritoires", "GeoPackages (*.gpkg)"),
                optional=True,
            ),
            translate(
                "SmartTerritoires",
                "The register in which calls are noted; without it, only the lists are compared.",
            ),
        )
        self.add_language()
        self.add(
            QgsProcessingParameterFileDestination(
                OUTPUT,
                translate("SmartTerritoires", "Changes"),
                fileFilter=translate("SmartTerritoires", "Tables (*.csv)"),
            ),
            translate(
                "SmartTerritoires",
                "The table to write, a row per territory and list; beside it come a summary as JSON and, with a "
                "register, the pairs. Internal.",
            ),
        )
        self.addOutput(QgsProcessingOutputFile(SUMMARY, translate("SmartTerritoires", "Summary")))
        self.addOutput(QgsProcessingOutputFile(PAIRS, translate("SmartTerritoires", "Those called and their pairs")))
        self.addOutput(
            QgsProcessingOutputNumber(ENTERED, translate("SmartTerritoires", "How many entered the shortlist"))
        )
        self.addOutput(QgsProcessingOutputNumber(LEFT, translate("SmartTerritoires", "How many left the shortlist")))

    def refusal(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return why the parameters cannot be used; empty if they can."""
        return (
            refused_folder(self, parameters, BEFORE, context)
            or refused_folder(self, parameters, AFTER, context)
            or refused_file(self, parameters, REGISTER, context)
        )

    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Let the engine compare, and tell its sentences."""
        before = self.given_path(parameters, BEFORE, context)
        after = self.given_path(parameters, AFTER, context)
        register = self.given_path(parameters, REGISTER, context)
        output = Path(self.output_path(parameters, OUTPUT, context))
        lang = self.language(parameters, context)
        arguments = ["changes", before, after, "--out", str(output)]
        arguments += ["--register", register] if register else []
        files = self.call_engine(arguments, lang, feedback).result["files"]
        summary = json.loads(Path(files["summary"]).read_text(encoding="utf-8"))
        for line in summary["sentences"][lang]:
            feedback.pushInfo(line)
        shortlist = summary["lists"].get("shortlist", {})
        pairs = {PAIRS: files["follow_up"]} if "follow_up" in files else {}
        return {
            OUTPUT: str(output),
            SUMMARY: files["summary"],
            **pairs,
            ENTERED: shortlist.get("entered", 0),
            LEFT: shortlist.get("left", 0),
        }
