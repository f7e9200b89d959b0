"""Processing algorithm *Export atlas*: a folder of results in, the map atlas as PDF out."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from smart_territoires_plugin.algorithms import groups
from smart_territoires_plugin.algorithms.base import Algorithm
from smart_territoires_plugin.bridge.results import has_results
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.errors import Cancelled

RESULTS = "RESULTS"
CODES = "CODES"
OUTPUT = "OUTPUT"


class ExportAtlas(Algorithm):
    """From results to pages."""

    NAME = "export_atlas"
    GROUP = groups.OUTREACH
    TAGS = (
        "atlas", "PDF", "maps", "layout", "print", "report", "targets",
        "cartes", "mise en page", "impression", "rapport", "cibles",
    )  # fmt: skip
    NEEDS_ENGINE = False

    def displayName(self) -> str:
        """Return the name on screen."""
        return translate("SmartTerritoires", "Export atlas")

    def shortHelpString(self) -> str:
        """Return what it does, in a few sentences."""
        return translate(
            "SmartTerritoires",
            "Makes the map atlas of a study that was run: overview pages of segments, readiness and priority, then one "
            "page per target with its map, scores, reasons, source and date.\n\n"
            "Layouts may only be drawn in the main thread of QGIS, so its windows wait for this algorithm; the menu "
            "“Smart Territoires ► Atlas…” makes the same atlas in a process of its own.",
        )

    def shortDescription(self) -> str:
        """Return what it does, on one line."""
        return translate("SmartTerritoires", "Makes the PDF atlas of a folder of results.")

    def flags(self) -> Qgis.ProcessingAlgorithmFlag:
        """Ask for the main thread: QGIS draws layouts nowhere else."""
        return super().flags() | Qgis.ProcessingAlgorithmFlag.NoThreading

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        """Declare parameters and outputs."""
        self.add(
            QgsProcessingParameterFile(
                RESULTS,
                translate("SmartTerritoires", "Folder of the results"),
                behavior=Qgis.ProcessingFileParameterBehavior.Folder,
            ),
            translate("SmartTerritoires", "Folder that “Run study” wrote, with results.gpkg and manifest.json."),
        )
        self.add(
            QgsProcessingParameterString(
                CODES, translate("SmartTerritoires", "Codes of targets"), defaultValue="", optional=True
            ),
            translate("SmartTerritoires", "Only the pages of these targets, separated by commas; all if empty."),
        )
        self.add_language()
        self.add(
            QgsProcessingParameterFileDestination(
                OUTPUT,
                translate("SmartTerritoires", "Atlas"),
                fileFilter=translate("SmartTerritoires", "PDF files (*.pdf)"),
            ),
            translate("SmartTerritoires", "The PDF file to write."),
        )

    def refusal(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return why the folder cannot be used; empty if it can."""
        folder = self.given_path(parameters, RESULTS, context)
        if not has_results(Path(folder)):
            return translate(
                "SmartTerritoires", "{path} holds no results: give a folder that “Run study” wrote."
            ).format(path=folder)
        return ""

    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Draw the atlas."""
        # Layouts are heavy to import, and only this algorithm needs them.
        from smart_territoires_plugin.atlas import export_atlas

        def report(done: float, label: str) -> None:
            if feedback.isCanceled():
                raise Cancelled
            feedback.setProgress(100 * done)
            feedback.setProgressText(label)

        folder = Path(self.given_path(parameters, RESULTS, context))
        output = Path(self.output_path(parameters, OUTPUT, context))
        given = self.parameterAsString(parameters, CODES, context).split(",")
        codes = [code.strip() for code in given if code.strip()]
        return {OUTPUT: str(export_atlas(folder, output, self.language(parameters, context), report, codes))}
