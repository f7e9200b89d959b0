"""The copy of a file in the background: whole or not at all, with progress and cancel."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Callable

from smart_territoires_plugin.bridge.engine import Outcome
from smart_territoires_plugin.bridge.task import BackgroundTask
from smart_territoires_plugin.bridge.translation import translate

_BLOCK = 1 << 20


class CopyTask(BackgroundTask):
    """Copies one file; a former one under the same name is replaced once the new one is whole.

    Parameters
    ----------
    title : str
        What the task manager shows.
    source, output : Path
    on_end : callable
        Takes the outcome, in the main thread.
    """

    def __init__(self, title: str, source: Path, output: Path, on_end: Callable[[Outcome], None]) -> None:
        super().__init__(title, on_end)
        self._source, self._output = source, output
        self.outcome = Outcome("cancelled", message=translate("SmartTerritoires", "Cancelled."))

    def run(self) -> bool:
        """Copy; in a thread of the task manager."""
        try:
            is_whole = self._copy()
        except OSError as error:
            self.outcome = Outcome("wrong_input", message=f"{error.filename or self._output}: {error.strerror}")
            return False
        if is_whole:
            self.outcome = Outcome("done")
        return is_whole

    def answer(self) -> tuple:
        """Return what is handed over."""
        return (self.outcome,)

    def _copy(self) -> bool:
        if self._output.exists() and self._output.samefile(self._source):
            return True
        self._output.parent.mkdir(parents=True, exist_ok=True)
        whole = max(1, self._source.stat().st_size)
        handle, name = tempfile.mkstemp(prefix=f".{self._output.name}.", dir=self._output.parent)
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as written, self._source.open("rb") as read:
                for block in iter(lambda: read.read(_BLOCK), b""):
                    if self.isCanceled():
                        return False
                    written.write(block)
                    self.setProgress(100 * written.tell() / whole)
            # mkstemp lets only its owner read; a copy is read by those who read the original.
            part.chmod(self._source.stat().st_mode & 0o777)
            part.replace(self._output)
            return True
        finally:
            part.unlink(missing_ok=True)
