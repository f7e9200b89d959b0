"""Processing algorithm *Outreach sheets*: results in, a page per target and a table for mail merge out."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

from qgis.core import (
    Qgis,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputHtml,
    QgsProcessingOutputNumber,
    QgsProcessingOutputVectorLayer,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExpression,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from smart_territoires_plugin.algorithms import groups
from smart_territoires_plugin.algorithms.base import Algorithm
from smart_territoires_plugin.algorithms.copying import open_table
from smart_territoires_plugin.algorithms.matching import codes_matching
from smart_territoires_plugin.algorithms.results_folders import (
    RESULTS,
    TERRITORIES,
    add_level,
    add_results_folder,
    level_of,
    refused_folder,
    usual_level,
)
from smart_territoires_plugin.bridge.translation import translate

CODES = "CODES"
FILTER = "FILTER"
FIRST = "FIRST"
AUDIENCE = "AUDIENCE"
OUTPUT_FOLDER = "OUTPUT_FOLDER"
INDEX = "INDEX"
MAIL_MERGE = "MAIL_MERGE"
SHEET_COUNT = "SHEET_COUNT"
AUDIENCES = ("internal", "public")
# What the engine names beside the sheets, which it names by their code.
NOT_SHEETS = ("index", "mail_merge", "workbook")
SHORTLISTED = '"list" = \'engage\' AND "shortlisted" = 1'


class OutreachSheets(Algorithm):
    """From targets to what the person who calls takes along."""

    NAME = "outreach_sheets"
    GROUP = groups.OUTREACH
    TAGS = (
        "sheets", "outreach", "mail merge", "call", "letter", "portrait", "targets", "HTML",
        "fiches", "prise de contact", "publipostage", "appel", "courrier", "portrait de territoire", "cibles",
    )  # fmt: skip

    def displayName(self) -> str:
        """Return the name on screen."""
        return translate("SmartTerritoires", "Outreach sheets")

    def shortHelpString(self) -> str:
        """Return what it does, in a few sentences."""
        return translate(
            "SmartTerritoires",
            "Writes a page for each target: the theme to speak of with its own values, strengths, missing levers, the "
            "smallest change that would move it, the peer and what it did, possible co-funders, the open call, how "
            "sure the rank is. Each page prints on one sheet.\n\n"
            "The folder also receives index.html and mail_merge, as CSV and XLSX, with a row per territory. Public "
            "pages carry no rank, segment, contact or note.",
        )

    def shortDescription(self) -> str:
        """Return what it does, on one line."""
        return translate("SmartTerritoires", "Writes a page for each target, and a table for mail merge.")

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        """Declare parameters and outputs."""
        add_results_folder(self)
        self.add(
            QgsProcessingParameterString(CODES, translate("SmartTerritoires", "Codes"), optional=True),
            translate(
                "SmartTerritoires",
                "Codes of territories or of call units, by commas, of the shortlist or not; where nothing is given, "
                "the shortlist.",
            ),
        )
        self.add(
            QgsProcessingParameterExpression(FILTER, translate("SmartTerritoires", "Filter"), optional=True),
            translate(
                "SmartTerritoires",
                "Only those for which this expression on the columns of territories, or of call units, is true, for "
                "example {example}.",
            ).format(example="\"group_departement\" = '93'"),
        )
        self.add(
            QgsProcessingParameterNumber(
                FIRST,
                translate("SmartTerritoires", "How many at most"),
                Qgis.ProcessingNumberParameterType.Integer,
                optional=True,
                minValue=1,
            ),
            translate("SmartTerritoires", "The first of them only; where nothing is given, all."),
        )
        self.add(
            QgsProcessingParameterEnum(
                AUDIENCE,
                translate("SmartTerritoires", "Audience"),
                options=list(AUDIENCES),
                defaultValue=AUDIENCES[0],
                optional=True,
                usesStaticStrings=True,
            ),
            translate(
                "SmartTerritoires",
                "internal for those who call; public for pages without rank, segment, contact or note.",
            ),
        )
        add_level(self)
        self.add_language()
        self.add(
            QgsProcessingParameterFolderDestination(
                OUTPUT_FOLDER, translate("SmartTerritoires", "Folder of the sheets")
            ),
            translate(
                "SmartTerritoires",
                "Folder that receives the sheets; made if it does not exist. Sheets of a former writing that are not "
                "made again go.",
            ),
        )
        self.addOutput(QgsProcessingOutputHtml(INDEX, translate("SmartTerritoires", "Index of the sheets")))
        self.addOutput(
            QgsProcessingOutputVectorLayer(
                MAIL_MERGE, translate("SmartTerritoires", "Table for mail merge"), QgsProcessing.SourceType.TypeVector
            )
        )
        self.addOutput(QgsProcessingOutputNumber(SHEET_COUNT, translate("SmartTerritoires", "Number of sheets")))

    def refusal(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return why the parameters cannot be used; empty if they can."""
        return refused_folder(self, parameters, RESULTS, context)

    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Let the engine write the pages."""
        results = Path(self.given_path(parameters, RESULTS, context))
        folder = Path(self.output_path(parameters, OUTPUT_FOLDER, context))
        audience = self.parameterAsEnumString(parameters, AUDIENCE, context) or AUDIENCES[0]
        arguments = ["sheets", str(results), "--out", str(folder), "--audience", audience]
        given = self.parameterAsString(parameters, CODES, context).split(",")
        codes = [code.strip() for code in given if code.strip()]
        level = level_of(self, parameters, context)
        if self.parameterAsString(parameters, FILTER, context).strip():
            level = level or usual_level(results)
            codes = self._matching(parameters, context, results, codes, level)
        arguments += ["--level", level] if level else []
        arguments += [f"--codes={','.join(codes)}"] if codes else []
        if parameters.get(FIRST) is not None:
            arguments += ["--first", str(self.parameterAsInt(parameters, FIRST, context))]
        outcome = self.call_engine(arguments, self.language(parameters, context), feedback)
        return {
            OUTPUT_FOLDER: str(folder),
            INDEX: str(folder / "index.html"),
            MAIL_MERGE: str(folder / "mail_merge.csv"),
            SHEET_COUNT: len(set(outcome.result["files"]) - set(NOT_SHEETS)),
        }

    def _matching(
        self, parameters: dict[str, Any], context: QgsProcessingContext, results: Path, codes: list[str], level: str
    ) -> list[str]:
        """Return those of the codes that satisfy the filter, else those of the shortlist, in their order."""
        # As text: Processing drops an expression that it cannot read, which would mean no filter at all.
        expression = self.parameterAsString(parameters, FILTER, context)
        path = results / "results.gpkg"
        if not codes and level == TERRITORIES:
            found = codes_matching(open_table(path, "targets"), expression)
        else:
            listed = codes or codes_matching(open_table(path, "call_unit_lists"), SHORTLISTED)
            matching = set(codes_matching(open_table(path, level), expression))
            found = [code for code in listed if code in matching]
        if not found:
            raise QgsProcessingException(
                translate("SmartTerritoires", "No territory among them satisfies the filter {filter}.").format(
                    filter=expression
                )
            )
        return found
