"""Calls into the main thread: what an algorithm that ran in the background asks of the project."""

from __future__ import annotations

from typing import Callable

from qgis.PyQt.QtCore import QCoreApplication, QObject, Qt, QThread, pyqtSignal, pyqtSlot


def is_main_thread() -> bool:
    """Whether the calling thread is the one of the windows and the project."""
    application = QCoreApplication.instance()
    return application is not None and QThread.currentThread() == application.thread()


class _Caller(QObject):
    """Receives functions in the main thread."""

    asked = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self.moveToThread(QCoreApplication.instance().thread())
        self.asked.connect(self._call, Qt.ConnectionType.QueuedConnection)

    @pyqtSlot(object)
    def _call(self, function: Callable[[], object]) -> None:
        function()
        _PENDING.discard(self)


# A caller lives until its function ran.
_PENDING: set[_Caller] = set()


def call_on_main_thread(function: Callable[[], object]) -> None:
    """Have a function called by the main thread: now if this is it, else as soon as it comes to it."""
    if is_main_thread():
        function()
        return
    caller = _Caller()
    _PENDING.add(caller)
    caller.asked.emit(function)
