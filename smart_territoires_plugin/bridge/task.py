"""A call of the engine in the background, as a task of QGIS with progress, remaining time and cancel."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Callable, Optional

from qgis.core import QgsApplication, QgsTask
from qgis.PyQt.QtCore import pyqtSignal

from smart_territoires_plugin.bridge.engine import ATLAS, ENGINE, EngineProblem, Outcome, Progress, run_engine
from smart_territoires_plugin.bridge.interpreter import Interpreter, Search, find_interpreter, qgis_python
from smart_territoires_plugin.bridge.log import log_warning
from smart_territoires_plugin.bridge.no_engine import missing_message
from smart_territoires_plugin.bridge.translation import translate


@dataclass(frozen=True)
class EngineStep:
    """One call of the engine within a task.

    Parameters
    ----------
    arguments : tuple of str
        Verb and arguments, as on the command line.
    share : float
        Part of the task's progress that it takes, 0–1; those of all steps add up to 1.
    module : str
        The engine, or the atlas.
    """

    arguments: tuple[str, ...]
    share: float = 1.0
    module: str = ENGINE


class BackgroundTask(QgsTask):
    """A task that hands over what came of it, unless who waited is gone; a subclass works in ``run``.

    Parameters
    ----------
    title : str
        What the task manager shows.
    on_end : callable
        Takes what ``answer`` returns, in the main thread.
    is_hidden : bool
        Whether the task manager keeps it to itself.
    """

    def __init__(self, title: str, on_end: Callable[..., None], is_hidden: bool = False) -> None:
        flags = QgsTask.Flag.CanCancel | QgsTask.Flag.Hidden if is_hidden else QgsTask.Flag.CanCancel
        super().__init__(title, flags)
        self._on_end: Optional[Callable[..., None]] = on_end

    def answer(self) -> tuple:
        """Return what is handed over."""
        raise NotImplementedError

    def finished(self, result: bool) -> None:
        """Hand over what came of it; QGIS calls it in the main thread."""
        if self._on_end is not None:
            self._on_end(*self.answer())

    def forget(self) -> None:
        """Cancel, and tell nobody: who waited is gone."""
        self._on_end = None
        self.cancel()


class EngineTask(BackgroundTask):
    """Calls of the engine one after the other; stops at the first that does not end well.

    Parameters
    ----------
    title : str
        What the task manager shows.
    steps : sequence of EngineStep
        The calls.
    lang : {"fr", "en"}
        Language of the engine's labels and problems.
    on_end : callable
        Takes the outcome of the last call made, in the main thread.
    """

    # The description is read by windows, so it is written by their thread.
    described = pyqtSignal(str)

    def __init__(self, title: str, steps: Sequence[EngineStep], lang: str, on_end: Callable[[Outcome], None]) -> None:
        super().__init__(title, on_end)
        self._title = title
        self._steps = tuple(steps)
        self._lang = lang
        self.outcome = Outcome("cancelled", message=translate("SmartTerritoires", "Cancelled."))
        self.described.connect(self.setDescription)

    def run(self) -> bool:
        """Call the engine; in a thread of the task manager."""
        try:
            self.outcome = self._call_engine()
        except Exception as error:
            log_warning(traceback.format_exc())
            self.outcome = Outcome("crashed", message=f"{type(error).__name__}: {error}")
        return self.outcome.is_done

    def answer(self) -> tuple:
        """Return what is handed over."""
        return (self.outcome,)

    def _call_engine(self) -> Outcome:
        problems: tuple[EngineProblem, ...] = ()
        outcome = self.outcome
        before = 0.0
        for step in self._steps:
            found = find_atlas_python() if step.module == ATLAS else find_interpreter()
            if found.interpreter is None:
                return Outcome("missing", problems=problems, message=missing_message(found))
            outcome = run_engine(
                step.arguments,
                found.interpreter,
                self._lang,
                on_progress=self._report(before, step.share),
                is_cancelled=self.isCanceled,
                module=step.module,
            )
            problems += outcome.problems
            if not outcome.is_done:
                break
            before += step.share
        return Outcome(outcome.status, outcome.result, problems, outcome.message)

    def _report(self, before: float, share: float) -> Callable[[Progress], None]:
        """Return what turns the progress of one step into that of the task."""

        def report(progress: Progress) -> None:
            self.setProgress(100 * (before + share * progress.done))
            parts = (self._title, progress.label, remaining(progress))
            self.described.emit(" – ".join(part for part in parts if part))

        return report


class SearchTask(BackgroundTask):
    """The check of an interpreter in the background.

    Parameters
    ----------
    look : callable
        Searches; called in a thread of the task manager.
    on_end : callable
        Takes what was found, in the main thread.
    """

    def __init__(self, look: Callable[[], Search], on_end: Callable[[Search], None]) -> None:
        super().__init__(translate("SmartTerritoires", "Smart Territoires: checking the Python of the engine"), on_end)
        self._look = look
        self._found = Search(None)

    def run(self) -> bool:
        """Search; in a thread of the task manager."""
        try:
            self._found = self._look()
        except Exception:
            log_warning(traceback.format_exc())
            return False
        return True

    def answer(self) -> tuple:
        """Return what is handed over."""
        return (self._found,)


def find_atlas_python() -> Search:
    """Return QGIS's own Python, the one that draws layouts; it is not checked, for it has what QGIS has."""
    path = qgis_python()
    return Search(None if path is None else Interpreter(path, "qgis"))


def remaining(progress: Progress) -> str:
    """Say how long it still takes; empty where the engine cannot tell.

    Parameters
    ----------
    progress : Progress
        With the remaining time in seconds.
    """
    if progress.remaining_s is None:
        return ""
    if progress.remaining_s >= 90:
        return translate("SmartTerritoires", "about {count} min left").format(count=round(progress.remaining_s / 60))
    return translate("SmartTerritoires", "about {count} s left").format(count=max(1, round(progress.remaining_s)))


# QGIS does not keep the Python half of a task alive: without this reference it is lost while it runs.
_RUNNING: set[QgsTask] = set()


def start(task: QgsTask) -> None:
    """Give a task to QGIS and keep it until it ended."""
    _RUNNING.add(task)
    task.taskCompleted.connect(lambda: _RUNNING.discard(task))
    task.taskTerminated.connect(lambda: _RUNNING.discard(task))
    QgsApplication.taskManager().addTask(task)


def forget_all() -> None:
    """Cancel what runs and let nobody be told; for the unloading of the plugin."""
    for task in list(_RUNNING):
        task.forget()
