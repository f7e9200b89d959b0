"""Processing algorithm *Make register*: an empty register of projects, with its forms."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProcessingParameterFileDestination

from smart_territoires_plugin.algorithms import groups
from smart_territoires_plugin.algorithms.base import Algorithm
from smart_territoires_plugin.bridge.translation import translate

OUTPUT = "OUTPUT"


class MakeRegister(Algorithm):
    """From nothing to a file to fill in."""

    NAME = "make_register"
    GROUP = groups.REGISTER
    TAGS = (
        "register", "projects", "calls", "survey", "interviews", "form", "template", "targets",
        "registre", "projets", "appels", "recensement", "entretiens", "formulaire", "modèle", "cibles",
    )  # fmt: skip

    def displayName(self) -> str:
        """Return the name on screen."""
        return translate("SmartTerritoires", "Make register")

    def shortHelpString(self) -> str:
        """Return what it does, in a few sentences."""
        return translate(
            "SmartTerritoires",
            "Makes an empty register: a GeoPackage for projects, calls, applications, contacts, interviews, reference "
            "territories and the survey that says where somebody looked.\n\n"
            "Each of its tables opens in QGIS with a form of its own, which offers the values, explains the marks of "
            "the four axes and refuses what cannot be. Name the file as the source of the measure register_activity "
            "in a study.\n\n"
            "A file that is there already is never overwritten, and nothing is added to the map.",
        )

    def shortDescription(self) -> str:
        """Return what it does, on one line."""
        return translate("SmartTerritoires", "Makes an empty register of projects, with its forms.")

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        """Declare parameters and outputs."""
        self.add_language()
        self.add(
            QgsProcessingParameterFileDestination(
                OUTPUT,
                translate("SmartTerritoires", "Register"),
                fileFilter=translate("SmartTerritoires", "GeoPackages (*.gpkg)"),
            ),
            translate("SmartTerritoires", "The GeoPackage to make; its forms speak the language chosen."),
        )

    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Let the engine write the file."""
        output = Path(self.output_path(parameters, OUTPUT, context))
        self.call_engine(["register", str(output)], self.language(parameters, context), feedback)
        return {OUTPUT: str(output)}
