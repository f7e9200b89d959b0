"""A study changed by the engine, in the background: the verb ``edit`` with a file of changes."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Callable

from smart_territoires_plugin.bridge.engine import Outcome
from smart_territoires_plugin.bridge.task import EngineStep, EngineTask
from smart_territoires_plugin.bridge.translation import translate


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
