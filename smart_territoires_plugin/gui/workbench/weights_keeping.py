"""Weights under the hand kept in the study: written into its file in the background, where it is that of the run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Callable, Optional

from qgis.PyQt.QtCore import QObject, pyqtSignal

from smart_territoires_plugin.bridge.engine import Outcome
from smart_territoires_plugin.bridge.study_edit import edit_task, study_of_run
from smart_territoires_plugin.bridge.task import EngineTask, start
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.study.kept_weights import weight_changes
from smart_territoires_plugin.gui.workbench.session import WorkSession


class WeightsKeeping(QObject):
    """Writes the choices of a session into the study of its run.

    Parameters
    ----------
    session : WorkSession
    lang : {"fr", "en"}
    study : callable
        Returns the study file that is open.
    """

    said = pyqtSignal(str)
    kept = pyqtSignal(Path)

    def __init__(
        self, session: WorkSession, lang: str, study: Callable[[], Optional[Path]], parent: Optional[QObject] = None
    ) -> None:
        super().__init__(parent)
        self._session, self._lang, self._study = session, lang, study
        self._task: Optional[EngineTask] = None

    @property
    def is_writing(self) -> bool:
        """Whether something is on its way into the file."""
        return self._task is not None

    def keep(self) -> None:
        """Have the weights and methods of the moment written, or say why they cannot be."""
        study, table = self._study(), self._session.table
        content = study_of_run(study, table.manifest["study"].get("content"))
        if content is None:
            said = translate("SmartTerritoires", "Open the study of this run first: the weights are kept in its file.")
            self.said.emit(said)
            return
        changes = self._changes(content)
        if not changes or self.is_writing:
            return
        self._task = edit_task(study, changes, self._lang, lambda outcome: self._end(study, outcome))
        start(self._task)

    def close(self) -> None:
        """Tell nobody any more; what is being written is written whole, or not at all."""
        if self._task is not None:
            self._task.forget()
            self._task = None

    def _changes(self, content: Mapping[str, Any]) -> dict[str, Any]:
        saved, chosen = self._session.saved_choices, self._session.choices
        rescoring = self._session.table.rescoring
        names = [*map(str, rescoring.state["indicators"]), *(made.id for made in rescoring.hierarchy().composites)]
        return weight_changes(
            content,
            names,
            saved.weights,
            chosen.weights,
            [str(name) for name in rescoring.state["theme_ids"]],
            saved.theme_weights,
            chosen.theme_weights,
            chosen.normalisation,
            chosen.aggregation,
        )

    def _end(self, study: Path, outcome: Outcome) -> None:
        self._task = None
        if not outcome.is_done:
            said = translate("SmartTerritoires", "Nothing was written. {reason}").format(reason=outcome.message)
            self.said.emit(said.strip())
            return
        said = translate(
            "SmartTerritoires", "Kept in {file}. Run the study again, so that lists and stability follow."
        ).format(file=study.name)
        self.said.emit(said)
        self.kept.emit(study)
