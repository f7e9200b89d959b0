"""Lets the map follow the hand: its layer is made when something differs from the run, and goes when nothing does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Optional

from qgis.PyQt.QtCore import QObject, QTimer

from smart_territoires_plugin.bridge.log import log_warning
from smart_territoires_plugin.bridge.preview_layer import PreviewLayer
from smart_territoires_plugin.gui.workbench.session import WorkSession

# What the map does not draw is written once the hand rests.
_REST_MS = 300


class MapPreview(QObject):
    """The preview of a session's scores.

    Parameters
    ----------
    session : WorkSession
    lang : {"fr", "en"}
    """

    def __init__(self, session: WorkSession, lang: str) -> None:
        super().__init__()
        self._session, self._lang = session, lang
        self.preview: Optional[PreviewLayer] = None
        self.is_built = False
        self._work: Optional[Iterator[int]] = None
        self._step = self._timer(0, self._work_on)
        self._rest = self._timer(_REST_MS, self._write_rest)
        session.rescored.connect(self._follow)

    def forget(self) -> None:
        """Take the layer out of the project, and stop what is being made."""
        self._rest.stop()
        self._step.stop()
        self._work, self.is_built = None, False
        if self.preview is not None:
            self.preview.remove()
            self.preview = None

    def _timer(self, delay_ms: int, call) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(delay_ms)
        timer.timeout.connect(call)
        return timer

    def _follow(self) -> None:
        if self.preview is None:
            if not self._session.is_changed:
                return
            table = self._session.table
            self.preview = PreviewLayer(table.folder, table.codes)
            self._begin(self.preview.build(self._session.live, self._lang))
        elif self.is_built:
            if not self._session.is_changed:
                # What the run left is what the map shows.
                self.forget()
                return
            self._work = None
            self.preview.show(self._session.live)
            self._rest.start()

    def _write_rest(self) -> None:
        self._begin(self.preview.write_rest())

    def _begin(self, work: Iterator[int]) -> None:
        self._work = work
        self._step.start()

    def _work_on(self) -> None:
        """Do one block and come back, so that the windows live in between."""
        if self._work is None:
            return
        try:
            next(self._work)
        except StopIteration:
            self._work = None
            if not self.is_built:
                self.is_built = True
                # The hand may have moved on meanwhile.
                self._follow()
            return
        except RuntimeError as error:
            # The layer was taken away in between: it stays away, as one that is removed later.
            log_warning(str(error))
            self._work, self.is_built = None, True
            return
        self._step.start()
