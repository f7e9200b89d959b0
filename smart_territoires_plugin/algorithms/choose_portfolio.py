"""Processing algorithm *Choose portfolio*: results and a plan in, who to call first within the means out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingOutputVectorLayer,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
    QgsVectorLayer,
)

from smart_territoires_plugin.algorithms import groups
from smart_territoires_plugin.algorithms.base import Algorithm
from smart_territoires_plugin.algorithms.chosen_features import CODE, chosen_rows, chosen_to_sink
from smart_territoires_plugin.algorithms.copying import open_table
from smart_territoires_plugin.algorithms.results_folders import (
    RESULTS,
    add_results_folder,
    refused_file,
    refused_folder,
)
from smart_territoires_plugin.bridge.translation import translate

PLAN = "PLAN"
OUTPUT_FOLDER = "OUTPUT_FOLDER"
CHOSEN = "CHOSEN"
PORTFOLIO = "PORTFOLIO"
CHOSEN_COUNT = "CHOSEN_COUNT"
CHOSEN_CODES = "CHOSEN_CODES"
VALUE = "VALUE"


class ChoosePortfolio(Algorithm):
    """From a list longer than the means to the choice that is worth most."""

    NAME = "choose_portfolio"
    GROUP = groups.OUTREACH
    TAGS = (
        "portfolio", "budget", "days", "quota", "optimisation", "knapsack", "co-funding", "targets", "who first",
        "portefeuille", "budget en jours", "contingent", "optimum", "sac à dos", "cofinancement", "cibles", "moyens",
    )  # fmt: skip

    def displayName(self) -> str:
        """Return the name on screen."""
        return translate("SmartTerritoires", "Choose portfolio")

    def shortHelpString(self) -> str:
        """Return what it does, in a few sentences."""
        return translate(
            "SmartTerritoires",
            "Chooses who to call first within days or a budget, with quotas by group, theme and size, and territories "
            "that must or must not be there. Of all choices that respect the plan, the one worth most is found and "
            "proven to be the best.\n\n"
            "The folder receives portfolio.csv, with how replaceable each one is, alternatives.csv, with other choices "
            "nearly as good, and portfolio.json. Where no choice is possible, the conditions that block are named.",
        )

    def shortDescription(self) -> str:
        """Return what it does, on one line."""
        return translate("SmartTerritoires", "Chooses who to call first, within days or a budget and quotas.")

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        """Declare parameters and outputs."""
        add_results_folder(self)
        self.add(
            QgsProcessingParameterFile(
                PLAN,
                translate("SmartTerritoires", "Plan"),
                fileFilter=translate("SmartTerritoires", "Plans (*.yaml *.yml)"),
            ),
            translate(
                "SmartTerritoires",
                "The YAML file that says what means there are, what each call costs, and what a choice must respect. "
                "Paths in it are relative to its folder.",
            ),
        )
        self.add_language()
        self.add(
            QgsProcessingParameterFolderDestination(
                OUTPUT_FOLDER, translate("SmartTerritoires", "Folder of the portfolio")
            ),
            translate(
                "SmartTerritoires", "Folder that receives the files of the choice; made if it does not exist. Internal."
            ),
        )
        self.add(
            QgsProcessingParameterFeatureSink(
                CHOSEN,
                translate("SmartTerritoires", "Chosen territories"),
                QgsProcessing.SourceType.TypeVectorPolygon,
                optional=True,
                createByDefault=True,
            ),
            translate(
                "SmartTerritoires",
                "Those chosen, the most valuable first: the columns of the results, then value, costs and how "
                "replaceable each one is.",
            ),
        )
        self.addOutput(
            QgsProcessingOutputVectorLayer(
                PORTFOLIO,
                translate("SmartTerritoires", "Candidates, chosen and not"),
                QgsProcessing.SourceType.TypeVector,
            )
        )
        self.addOutput(QgsProcessingOutputNumber(CHOSEN_COUNT, translate("SmartTerritoires", "Number chosen")))
        self.addOutput(
            QgsProcessingOutputString(CHOSEN_CODES, translate("SmartTerritoires", "Codes of those chosen, by commas"))
        )
        self.addOutput(QgsProcessingOutputNumber(VALUE, translate("SmartTerritoires", "Value of the choice")))

    def refusal(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return why the parameters cannot be used; empty if they can."""
        return refused_folder(self, parameters, RESULTS, context) or refused_file(self, parameters, PLAN, context)

    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Let the engine choose, and draw those chosen."""
        results = Path(self.given_path(parameters, RESULTS, context))
        plan = self.given_path(parameters, PLAN, context)
        folder = Path(self.output_path(parameters, OUTPUT_FOLDER, context))
        arguments = ["portfolio", str(results), "--plan", plan, "--out", str(folder)]
        self.call_engine(arguments, self.language(parameters, context), feedback)
        table = folder / "portfolio.csv"
        summary = json.loads((folder / "portfolio.json").read_text(encoding="utf-8"))
        rows = chosen_rows(table)
        feedback.pushInfo(
            translate("SmartTerritoires", "{count} of {candidates} candidates chosen.").format(
                count=len(rows), candidates=summary["candidates"]
            )
        )
        outputs = {
            OUTPUT_FOLDER: str(folder),
            PORTFOLIO: str(table),
            CHOSEN_COUNT: len(rows),
            CHOSEN_CODES: ",".join(rows),
            VALUE: summary["value"],
        }
        if parameters.get(CHOSEN) is not None:
            columns = list(next(iter(rows.values()), {}))
            layer = _layer_of(results / "results.gpkg", set(rows))
            outputs[CHOSEN] = chosen_to_sink(self, parameters, CHOSEN, context, feedback, layer, rows, columns)
        return outputs


def _layer_of(package: Path, codes: set[str]) -> QgsVectorLayer:
    """Return the layer of the results in which those chosen are: territories, or the call units made of them."""
    territories = open_table(package, "territories")
    if codes <= {str(feature[CODE]) for feature in territories.getFeatures()}:
        return territories
    return open_table(package, "call_units")
