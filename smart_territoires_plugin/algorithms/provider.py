"""The provider under which the algorithms stand in the toolbox, the model designer and ``qgis_process``."""

from __future__ import annotations

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from smart_territoires_plugin.algorithms.choose_portfolio import ChoosePortfolio
from smart_territoires_plugin.algorithms.compare_runs import CompareRuns
from smart_territoires_plugin.algorithms.compute_indicators import ComputeIndicators
from smart_territoires_plugin.algorithms.director_note import DirectorNote
from smart_territoires_plugin.algorithms.export_atlas import ExportAtlas
from smart_territoires_plugin.algorithms.find_targets import FindTargets
from smart_territoires_plugin.algorithms.freeze_thresholds import FreezeThresholds
from smart_territoires_plugin.algorithms.import_projects import ImportProjects
from smart_territoires_plugin.algorithms.list_changes import ListChanges
from smart_territoires_plugin.algorithms.make_register import MakeRegister
from smart_territoires_plugin.algorithms.outreach_sheets import OutreachSheets
from smart_territoires_plugin.algorithms.run_study import RunStudy
from smart_territoires_plugin.algorithms.score_territories import ScoreTerritories
from smart_territoires_plugin.algorithms.weigh_themes import WeighThemes
from smart_territoires_plugin.core.resources import resource, version

ALGORITHMS = (
    RunStudy,
    ComputeIndicators,
    ScoreTerritories,
    FindTargets,
    ExportAtlas,
    MakeRegister,
    ImportProjects,
    ChoosePortfolio,
    WeighThemes,
    OutreachSheets,
    DirectorNote,
    ListChanges,
    FreezeThresholds,
    CompareRuns,
)


class Provider(QgsProcessingProvider):
    """Smart Territoires in Processing."""

    def id(self) -> str:
        """Return the id that scripts and models use; never renamed."""
        return "smart_territoires"

    def name(self) -> str:
        """Return the name on screen."""
        return "Smart Territoires"

    def icon(self) -> QIcon:
        """Return the plugin's icon."""
        return QIcon(self.svgIconPath())

    def svgIconPath(self) -> str:
        """Return the path of the plugin's icon."""
        return str(resource("resources", "icons", "smart_territoires.svg"))

    def versionInfo(self) -> str:
        """Return the version of the plugin."""
        return version()

    def loadAlgorithms(self) -> None:
        """Add one instance of each algorithm."""
        for algorithm in ALGORITHMS:
            self.addAlgorithm(algorithm())
