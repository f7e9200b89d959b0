"""Processing algorithm *Weigh themes*: a theme matrix in, a ranking of the themes and weights for a study out."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputVectorLayer,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
)

from smart_territoires_plugin.algorithms import groups
from smart_territoires_plugin.algorithms.base import STUDY, Algorithm
from smart_territoires_plugin.algorithms.results_folders import (
    RESULTS,
    add_results_folder,
    refused_file,
    refused_folder,
)
from smart_territoires_plugin.bridge.translation import translate

MATRIX = "MATRIX"
OUTPUT_FOLDER = "OUTPUT_FOLDER"
OUTPUT_STUDY = "OUTPUT_STUDY"
RANKING = "RANKING"


class WeighThemes(Algorithm):
    """From considerations to the weights of the themes."""

    NAME = "weigh_themes"
    GROUP = groups.OUTREACH
    TAGS = (
        "themes", "weights", "matrix", "ranking", "pairwise comparison", "AHP", "stakes", "polls", "multi-criteria",
        "thématiques", "pondérations", "matrice", "classement", "comparaison par paires", "enjeux", "sondages",
        "multicritère",
    )  # fmt: skip

    def displayName(self) -> str:
        """Return the name on screen."""
        return translate("SmartTerritoires", "Weigh themes")

    def shortHelpString(self) -> str:
        """Return what it does, in a few sentences."""
        return translate(
            "SmartTerritoires",
            "Sets the themes against several considerations, such as political stakes, topicality, polls of citizens "
            "and what the territories ask for, marked, counted or compared in pairs. Out come a ranking, the weights "
            "that a study may take, and how far these hold when the considerations weigh more or less.\n\n"
            "The folder receives theme_ranking.csv, theme_weights.yaml and theme_matrix.json. With a study, a copy of "
            "it is written in which only the weights of these themes differ.",
        )

    def shortDescription(self) -> str:
        """Return what it does, on one line."""
        return translate("SmartTerritoires", "Ranks themes by several considerations and weighs them for a study.")

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        """Declare parameters and outputs."""
        studies = translate("SmartTerritoires", "Studies (*.yaml *.yml)")
        self.add(
            QgsProcessingParameterFile(
                MATRIX,
                translate("SmartTerritoires", "Theme matrix"),
                fileFilter=translate("SmartTerritoires", "Theme matrices (*.yaml *.yml)"),
            ),
            translate(
                "SmartTerritoires",
                "The YAML file with the themes, the considerations and their marks. Paths in it are relative to its "
                "folder.",
            ),
        )
        add_results_folder(
            self,
            help_text=translate(
                "SmartTerritoires",
                "Results from which the names of the themes are taken; themes that they lack are refused.",
            ),
            optional=True,
        )
        self.add(
            QgsProcessingParameterFile(
                STUDY, translate("SmartTerritoires", "Study file"), fileFilter=studies, optional=True
            ),
            translate("SmartTerritoires", "The study whose copy takes the weights; only with the file of the copy."),
        )
        self.add_language()
        self.add(
            QgsProcessingParameterFolderDestination(
                OUTPUT_FOLDER, translate("SmartTerritoires", "Folder of the ranking")
            ),
            translate(
                "SmartTerritoires",
                "Folder that receives the ranking and the weights; made if it does not exist. Internal.",
            ),
        )
        self.add(
            QgsProcessingParameterFileDestination(
                OUTPUT_STUDY,
                translate("SmartTerritoires", "Copy of the study with these weights"),
                fileFilter=studies,
                optional=True,
                createByDefault=False,
            ),
            translate(
                "SmartTerritoires",
                "The file of the copy; comments and order stay. Put it beside the study: paths in it are relative.",
            ),
        )
        self.addOutput(
            QgsProcessingOutputVectorLayer(
                RANKING, translate("SmartTerritoires", "Ranking of the themes"), QgsProcessing.SourceType.TypeVector
            )
        )

    def refusal(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return why the parameters cannot be used; empty if they can."""
        if bool(self.given_path(parameters, STUDY, context)) != bool(parameters.get(OUTPUT_STUDY)):
            return translate(
                "SmartTerritoires", "For a copy with the weights, give both the study and the file of the copy."
            )
        return (
            refused_file(self, parameters, MATRIX, context)
            or refused_folder(self, parameters, RESULTS, context)
            or refused_file(self, parameters, STUDY, context)
        )

    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Let the engine weigh."""
        folder = Path(self.output_path(parameters, OUTPUT_FOLDER, context))
        results = self.given_path(parameters, RESULTS, context)
        study = self.given_path(parameters, STUDY, context)
        arguments = ["themes", self.given_path(parameters, MATRIX, context), "--out", str(folder)]
        arguments += ["--results", results] if results else []
        outputs = {OUTPUT_FOLDER: str(folder), RANKING: str(folder / "theme_ranking.csv")}
        if study:
            copy = self.output_path(parameters, OUTPUT_STUDY, context)
            arguments += ["--write-study", study, copy]
            outputs[OUTPUT_STUDY] = copy
        self.call_engine(arguments, self.language(parameters, context), feedback)
        return outputs
