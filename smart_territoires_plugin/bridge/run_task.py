"""The reading of a results folder in the background."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Callable, Optional

from smart_territoires_plugin.bridge.log import log_warning
from smart_territoires_plugin.bridge.run_table import RunTable, read_run
from smart_territoires_plugin.bridge.task import BackgroundTask
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.errors import SmartTerritoiresError


class ReadRunTask(BackgroundTask):
    """Reads a run and has its saved weights scored once, so that nothing of it is left to the main thread.

    Parameters
    ----------
    folder : Path
    on_end : callable
        Takes the run, or None and the error; called in the main thread.
    """

    def __init__(self, folder: Path, on_end: Callable[[Optional[RunTable], Optional[SmartTerritoiresError]], None]):
        super().__init__(translate("SmartTerritoires", "Smart Territoires: opening results"), on_end, is_hidden=True)
        self._folder = folder
        self._found: Optional[RunTable] = None
        self._error: Optional[SmartTerritoiresError] = None

    def run(self) -> bool:
        """Read; in a thread of the task manager."""
        try:
            found = read_run(self._folder)
            # Kept by the table: whoever asks for it later waits for nothing.
            _ = found.saved, found.lists
            self._found = found
        except SmartTerritoiresError as error:
            self._error = error
            return False
        except Exception:
            log_warning(traceback.format_exc())
            return False
        return True

    def answer(self) -> tuple:
        """Return what is handed over."""
        return (self._found, self._error)
