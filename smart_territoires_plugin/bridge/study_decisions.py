"""A person's decisions on the list, kept in the study file: read, written, taken back, pending until a run."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Optional

from qgis.PyQt.QtCore import QObject, pyqtSignal

from smart_territoires_plugin.bridge.engine import Outcome
from smart_territoires_plugin.bridge.study_edit import study_of_run
from smart_territoires_plugin.bridge.task import EngineStep, EngineTask, start
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.study.model import Decision
from smart_territoires_plugin.core.study.targeting_reading import targeting_of


class StudyDecisions(QObject):
    """The decisions of the study at hand; they are shown at once, and written in the background.

    Parameters
    ----------
    lang : {"fr", "en"}
    """

    changed = pyqtSignal()
    refused = pyqtSignal(str)
    written = pyqtSignal(Path)

    def __init__(self, lang: str, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._lang = lang
        self._study: Optional[Path] = None
        self.decisions: tuple[Decision, ...] = ()
        self.of_run: tuple[Decision, ...] = ()
        self._kept: tuple[Decision, ...] = ()
        self._task: Optional[EngineTask] = None
        self._place: Optional[tempfile.TemporaryDirectory] = None

    @property
    def study(self) -> Optional[Path]:
        """The file that they are written into; None where that of the run is not open."""
        return self._study

    @property
    def is_changed(self) -> bool:
        """Whether the next run will have others than the run at hand."""
        return self.decisions != self.of_run

    @property
    def is_writing(self) -> bool:
        """Whether something is on its way into the file."""
        return self._task is not None

    def of(self, code: str) -> Optional[Decision]:
        """Return the last decision on a territory."""
        return next((one for one in reversed(self.decisions) if one.code == code), None)

    def follow(self, content: Optional[Mapping[str, Any]], study: Optional[Path]) -> None:
        """Take the decisions of a run, or of its study where the file is at hand.

        Parameters
        ----------
        content : mapping, optional
            Of the study, as the run left it.
        study : Path, optional
            The file that is open.
        """
        self.of_run = self.decisions = () if content is None else _decisions(content)
        self._study = None
        now = study_of_run(study, content)
        if now is not None:
            self._study, self.decisions = Path(study), _decisions(now)
        self._kept = self.decisions
        self.changed.emit()

    def put(self, decision: Decision) -> None:
        """Decide on a territory; what was decided of it before is replaced."""
        self._write((*(one for one in self.decisions if one.code != decision.code), decision))

    def remove(self, code: str) -> None:
        """Take back what was decided of a territory."""
        self._write(tuple(one for one in self.decisions if one.code != code))

    def close(self) -> None:
        """Tell nobody any more; what is being written is written whole, or not at all."""
        if self._task is not None:
            self._task.forget()
            self._task = None
            self._place.cleanup()

    def _write(self, decisions: tuple[Decision, ...]) -> None:
        if self._study is None or decisions == self.decisions:
            return
        self.decisions = decisions
        self.changed.emit()
        # One writing after the other: the next holds all that was decided meanwhile.
        if self._task is None:
            self._start()

    def _start(self) -> None:
        """Have the engine write what is decided now; the study file is the one place where it is kept."""
        written = self.decisions
        # A key that is not there cannot be taken away; there is nothing to write then.
        if not written and not self._kept:
            return
        self._place = tempfile.TemporaryDirectory(prefix="smart-territoires-")
        changes = Path(self._place.name) / "changes.json"
        content = {"targeting.decisions": [dict(vars(one)) for one in written] or None}
        changes.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        title = translate("SmartTerritoires", "Decisions into “{name}”").format(name=self._study.name)
        step = EngineStep(("edit", str(self._study), "--changes", str(changes)))
        self._task = EngineTask(title, (step,), self._lang, lambda outcome: self._end(written, outcome))
        start(self._task)

    def _end(self, written: tuple[Decision, ...], outcome: Outcome) -> None:
        self._task = None
        self._place.cleanup()
        if not outcome.is_done:
            self.decisions = self._kept
            self.changed.emit()
            self.refused.emit(outcome.message)
            return
        self._kept = written
        if self.decisions != written:
            self._start()
        else:
            self.written.emit(self._study)


def _decisions(content: Mapping[str, Any]) -> tuple[Decision, ...]:
    try:
        return targeting_of({"decisions": (content.get("targeting") or {}).get("decisions") or ()}).decisions
    except (KeyError, TypeError, ValueError, AttributeError):
        # A file that is being edited by hand: its step says what is wrong with it.
        return ()
