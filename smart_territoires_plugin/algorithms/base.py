"""What the algorithms share: their help, the study parameter, one call of the engine, and errors as clear lines."""

from __future__ import annotations

import os
import shutil
import tempfile
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Optional

from qgis.core import (
    Qgis,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QIcon

from smart_territoires_plugin.algorithms.groups import group_name
from smart_territoires_plugin.bridge.engine import EngineProblem, Outcome, Progress, run_engine
from smart_territoires_plugin.bridge.interpreter import find_interpreter, quick_search
from smart_territoires_plugin.bridge.log import log_warning
from smart_territoires_plugin.bridge.no_engine import missing_message
from smart_territoires_plugin.bridge.translation import LANGUAGES, desktop_language, translate
from smart_territoires_plugin.core.errors import Cancelled, SmartTerritoiresError
from smart_territoires_plugin.core.messages import problem_lines
from smart_territoires_plugin.core.resources import resource

STUDY = "STUDY"
LANGUAGE = "LANGUAGE"
SCHEDULER = "SCHEDULER"


class Algorithm(QgsProcessingAlgorithm):
    """An algorithm of the provider; a subclass declares and computes.

    Attributes
    ----------
    NAME : str
        Id within the provider; never renamed.
    GROUP : str
        Id of its group, see ``groups``.
    TAGS : tuple of str
        Words a person may look for, in English and French.
    NEEDS_ENGINE : bool
        Whether it calls the engine.
    """

    NAME = ""
    GROUP = ""
    TAGS: tuple[str, ...] = ()
    NEEDS_ENGINE = True

    def name(self) -> str:
        """Return the id within the provider."""
        return self.NAME

    def createInstance(self) -> Algorithm:
        """Return a new one of the same kind."""
        return type(self)()

    def group(self) -> str:
        """Return the name of the group that it stands in."""
        return group_name(self.GROUP)

    def groupId(self) -> str:
        """Return the group that it stands in; none at the top."""
        return self.GROUP

    def tags(self) -> list[str]:
        """Return the words a person may look for."""
        return list(self.TAGS)

    def icon(self) -> QIcon:
        """Return the plugin's icon."""
        return QIcon(self.svgIconPath())

    def svgIconPath(self) -> str:
        """Return the path of the plugin's icon."""
        return str(resource("resources", "icons", "smart_territoires.svg"))

    def helpUrl(self) -> str:
        """Return the place of the shipped help that is about this algorithm."""
        page = resource("resources", "help", desktop_language(), "index.html")
        return f"{QUrl.fromLocalFile(str(page)).toString()}#{self.NAME}"

    def canExecute(self) -> tuple[bool, str]:
        """Say what is missing, as far as it is seen without starting anything."""
        if not self.NEEDS_ENGINE:
            return True, ""
        found = quick_search()
        return (True, "") if found.interpreter else (False, missing_message(found))

    def checkParameterValues(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[bool, str]:
        """Check what a person gave, with one clear sentence."""
        worked, said = super().checkParameterValues(parameters, context)
        if not worked:
            return worked, said
        said = self.refusal(parameters, context)
        return (False, said) if said else (True, "")

    def refusal(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return why the parameters cannot be used; empty if they can. A subclass adds its own."""
        if self.parameterDefinition(STUDY) is None:
            return ""
        study = self.given_path(parameters, STUDY, context)
        if not Path(study).is_file():
            return translate("SmartTerritoires", "The study file {path} does not exist.").format(path=study)
        return ""

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: Optional[QgsProcessingFeedback]
    ) -> dict[str, Any]:
        """Compute, and turn what goes wrong into lines that a person can use."""
        feedback = feedback or QgsProcessingFeedback()
        try:
            return self.compute(parameters, context, feedback)
        except Cancelled:
            feedback.pushInfo(translate("SmartTerritoires", "Cancelled."))
            return {}
        except QgsProcessingException:
            raise
        except SmartTerritoiresError as error:
            lines = problem_lines(error.problems, desktop_language())
            for line in lines[:-1]:
                feedback.reportError(line, False)
            raise QgsProcessingException(lines[-1]) from error
        except Exception as error:
            # Its cause is lost once it leaves Python.
            log_warning(traceback.format_exc())
            raise QgsProcessingException(f"{type(error).__name__}: {error}") from error

    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Mapping[str, Any]:
        """Convert the parameters, make one call, write the outputs; a subclass does it."""
        raise NotImplementedError

    def add(self, parameter: QgsProcessingParameterDefinition, help_text: str, is_advanced: bool = False) -> None:
        """Declare a parameter with its help."""
        parameter.setHelp(help_text)
        if is_advanced:
            parameter.setFlags(parameter.flags() | Qgis.ProcessingParameterFlag.Advanced)
        self.addParameter(parameter)

    def add_study(self) -> None:
        """Declare the study file."""
        self.add(
            QgsProcessingParameterFile(
                STUDY,
                translate("SmartTerritoires", "Study file"),
                fileFilter=translate("SmartTerritoires", "Studies (*.yaml *.yml)"),
            ),
            translate(
                "SmartTerritoires",
                "The YAML file that says what is asked: territories, sources, indicators, themes and methods. "
                "Paths in it are relative to its folder.",
            ),
        )

    def add_language(self) -> None:
        """Declare the language of what is written."""
        self.add(
            QgsProcessingParameterEnum(
                LANGUAGE,
                translate("SmartTerritoires", "Language of the results"),
                options=list(LANGUAGES),
                optional=True,
                usesStaticStrings=True,
            ),
            translate(
                "SmartTerritoires", "fr for French, en for English; the language of QGIS where nothing is chosen."
            ),
            is_advanced=True,
        )

    def add_scheduler(self) -> None:
        """Declare the cluster that measures may run on."""
        self.add(
            QgsProcessingParameterString(
                SCHEDULER, translate("SmartTerritoires", "Dask scheduler"), defaultValue="", optional=True
            ),
            translate(
                "SmartTerritoires",
                "Address of a Dask scheduler, for example tcp://192.168.1.10:8786, whose workers measure in place of "
                "this machine; they must reach the sources under the same paths. Empty: this machine.",
            ),
            is_advanced=True,
        )

    def given_path(self, parameters: dict[str, Any], name: str, context: QgsProcessingContext) -> str:
        """Return the file or folder that was given, empty if none; whole, since the engine runs in another folder."""
        path = self.parameterAsFile(parameters, name, context)
        return os.path.abspath(path) if path else ""

    def output_path(self, parameters: dict[str, Any], name: str, context: QgsProcessingContext) -> str:
        """Return the file or folder to write, whole; empty if none was asked for."""
        path = self.parameterAsFileOutput(parameters, name, context)
        return os.path.abspath(path) if path else ""

    def scheduler(self, parameters: dict[str, Any], context: QgsProcessingContext) -> list[str]:
        """Return the arguments that name the cluster to the engine; none where there is no cluster."""
        address = self.parameterAsString(parameters, SCHEDULER, context).strip()
        return ["--scheduler", address] if address else []

    def language(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return the language that was chosen, else that of QGIS."""
        chosen = self.parameterAsEnumString(parameters, LANGUAGE, context)
        return chosen if chosen in LANGUAGES else desktop_language()

    def call_engine(self, arguments: Sequence[str], lang: str, feedback: QgsProcessingFeedback) -> Outcome:
        """Call the engine with progress, problems and cancel on the feedback.

        Raises
        ------
        Cancelled
            If the person asked to stop.
        QgsProcessingException
            With one clear sentence, if the engine did not give a result.
        """
        found = find_interpreter()
        if found.interpreter is None:
            raise QgsProcessingException(missing_message(found))
        outcome = run_engine(
            arguments,
            found.interpreter,
            lang,
            on_progress=_progress_on(feedback),
            on_problem=lambda problem: _push(problem, feedback),
            is_cancelled=feedback.isCanceled,
            on_said=feedback.pushInfo,
        )
        if outcome.status == "cancelled":
            raise Cancelled
        if not outcome.is_done:
            raise QgsProcessingException(outcome.message)
        return outcome


def _progress_on(feedback: QgsProcessingFeedback):
    """Return what shows the engine's progress on a feedback; a label is shown when it changes."""
    shown = [""]

    def report(progress: Progress) -> None:
        feedback.setProgress(100 * progress.done)
        if progress.label and progress.label != shown[0]:
            shown[0] = progress.label
            feedback.setProgressText(progress.label)

    return report


def _push(problem: EngineProblem, feedback: QgsProcessingFeedback) -> None:
    """Show a problem on one line."""
    if problem.severity == "error":
        feedback.reportError(problem.line, False)
    else:
        feedback.pushWarning(problem.line)


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give a folder that is gone afterwards, whatever happened."""
    folder = Path(tempfile.mkdtemp(prefix="smart_territoires_"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
