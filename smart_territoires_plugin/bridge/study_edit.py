"""A study changed by the engine, in the background: the verb ``edit`` with a file of changes."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Callable, Optional

from smart_territoires_plugin.bridge.engine import Outcome
from smart_territoires_plugin.bridge.task import EngineStep, EngineTask
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.errors import SmartTerritoiresError
from smart_territoires_plugin.core.study.documents import read_document

# What makes a study file that of a run, whatever else was edited since.
_SAME = ("name", "territories")


def study_of_run(study: Optional[Path], of_run: Optional[Mapping[str, Any]]) -> Optional[Mapping[str, Any]]:
    """Return what a study file holds now, where it is the one that a run is of.

    Parameters
    ----------
    study : Path, optional
        The file that is open.
    of_run : mapping, optional
        What the study held when it was run.
    """
    if study is None or of_run is None:
        return None
    try:
        now = read_document(study).content
    except SmartTerritoiresError:
        return None
    return now if all(now.get(name) == of_run.get(name) for name in _SAME) else None


def edit_task(study: Path, changes: Mapping[str, Any], lang: str, on_end: Callable[[Outcome], None]) -> EngineTask:
    """Return the task that changes a study; it is to be started.

    Parameters
    ----------
    changes : mapping of dotted path to value
        None takes a key or an item away.
    on_end : callable
        Takes the outcome, in the main thread.
    """
    folder = tempfile.TemporaryDirectory(prefix="smart-territoires-")
    file = Path(folder.name) / "changes.json"
    file.write_text(json.dumps(dict(changes), ensure_ascii=False), encoding="utf-8")

    def end(outcome: Outcome) -> None:
        folder.cleanup()
        on_end(outcome)

    title = translate("SmartTerritoires", "Change of “{name}”").format(name=study.name)
    return EngineTask(title, (EngineStep(("edit", str(study), "--changes", str(file))),), lang, end)
