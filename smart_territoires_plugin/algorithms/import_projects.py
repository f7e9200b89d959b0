"""Processing algorithm *Import projects*: a spreadsheet of projects in, the register with them out."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputVectorLayer,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
)

from smart_territoires_plugin.algorithms import groups
from smart_territoires_plugin.algorithms.base import Algorithm
from smart_territoires_plugin.algorithms.results_folders import refused_file
from smart_territoires_plugin.bridge.translation import translate

REGISTER = "REGISTER"
TABLE = "TABLE"
MAPPING = "MAPPING"
SHEET = "SHEET"
SKIP_BAD = "SKIP_BAD"
PROJECTS = "PROJECTS"
IMPORTED_COUNT = "IMPORTED_COUNT"


class ImportProjects(Algorithm):
    """From an existing spreadsheet to the register."""

    NAME = "import_projects"
    GROUP = groups.REGISTER
    TAGS = (
        "import", "projects", "register", "spreadsheet", "Excel", "CSV", "mapping", "duplicates", "targets",
        "importer", "projets", "registre", "tableur", "correspondance", "doublons", "cibles",
    )  # fmt: skip

    def displayName(self) -> str:
        """Return the name on screen."""
        return translate("SmartTerritoires", "Import projects")

    def shortHelpString(self) -> str:
        """Return what it does, in a few sentences."""
        return translate(
            "SmartTerritoires",
            "Adds the projects of an existing table (CSV, XLSX or ODS) to a register. A mapping says which column is "
            "which field and what its values mean; without one, columns are recognised by their names, in French or "
            "English.\n\n"
            "Projects that the register has already are not added again. If a row cannot be read nothing is added, "
            "and every such row is named; or these rows are left out, where that is asked for.",
        )

    def shortDescription(self) -> str:
        """Return what it does, on one line."""
        return translate("SmartTerritoires", "Adds the projects of a spreadsheet to a register.")

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        """Declare parameters and outputs."""
        self.add(
            QgsProcessingParameterFile(
                REGISTER,
                translate("SmartTerritoires", "Register"),
                fileFilter=translate("SmartTerritoires", "GeoPackages (*.gpkg)"),
            ),
            translate("SmartTerritoires", "The register to add to, as “Make register” writes it."),
        )
        self.add(
            QgsProcessingParameterFile(
                TABLE,
                translate("SmartTerritoires", "Table of projects"),
                fileFilter=translate("SmartTerritoires", "Tables (*.csv *.xlsx *.ods)"),
            ),
            translate("SmartTerritoires", "One row per project, with a row of titles; it is only read."),
        )
        self.add(
            QgsProcessingParameterFile(
                MAPPING,
                translate("SmartTerritoires", "Mapping"),
                fileFilter=translate("SmartTerritoires", "Mappings (*.yaml *.yml)"),
                optional=True,
            ),
            translate(
                "SmartTerritoires",
                "The YAML file that says which column is which field; where nothing is given, names decide.",
            ),
        )
        self.add(
            QgsProcessingParameterString(SHEET, translate("SmartTerritoires", "Sheet"), optional=True),
            translate("SmartTerritoires", "Name of the sheet of a workbook; where nothing is given, the first."),
        )
        self.add(
            QgsProcessingParameterBoolean(
                SKIP_BAD,
                translate("SmartTerritoires", "Leave out rows that cannot be read"),
                defaultValue=False,
                optional=True,
            ),
            translate("SmartTerritoires", "Adds the other rows, and says how many were left out and which."),
            is_advanced=True,
        )
        self.add_language()
        self.addOutput(
            QgsProcessingOutputVectorLayer(
                PROJECTS,
                translate("SmartTerritoires", "Projects of the register"),
                QgsProcessing.SourceType.TypeVector,
            )
        )
        self.addOutput(
            QgsProcessingOutputNumber(IMPORTED_COUNT, translate("SmartTerritoires", "Number of projects added"))
        )

    def refusal(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return why the parameters cannot be used; empty if they can."""
        return next(
            filter(None, (refused_file(self, parameters, name, context) for name in (REGISTER, TABLE, MAPPING))), ""
        )

    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Let the engine add the projects, and count them."""
        register = self.given_path(parameters, REGISTER, context)
        mapping = self.given_path(parameters, MAPPING, context)
        sheet = self.parameterAsString(parameters, SHEET, context)
        arguments = ["register", register, "--import", self.given_path(parameters, TABLE, context)]
        arguments += ["--mapping", mapping] if mapping else []
        arguments += [f"--sheet={sheet}"] if sheet else []
        arguments += ["--skip-bad"] if self.parameterAsBool(parameters, SKIP_BAD, context) else []
        before = _project_count(Path(register))
        self.call_engine(arguments, self.language(parameters, context), feedback)
        return {
            PROJECTS: f"{register}|layername=projects",
            IMPORTED_COUNT: _project_count(Path(register)) - before,
        }


def _project_count(register: Path) -> int:
    """Return how many projects a register holds; 0 where it is none, which the engine then says.

    Not through a layer: QGIS would keep the file open behind it, and the engine refuses a register that is open.
    """
    try:
        with closing(sqlite3.connect(f"{register.resolve().as_uri()}?immutable=1", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM projects").fetchone()[0])
    except sqlite3.Error:
        return 0
