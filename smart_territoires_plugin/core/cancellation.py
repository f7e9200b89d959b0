"""Cancelling: a signal becomes ``Cancelled`` at once, waits where a move must not be cut, and never takes a second.

The signal's own handler runs between two steps of the main thread, which may be long in coming. So a watching thread
ends the process by itself when the main thread has not done so in time.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Callable

from smart_territoires_plugin.core.errors import Cancelled

CANCELLED = 130
GRACE_S = 0.7
# A move of finished files is let end, unless the disk is that slow; its journal then rolls it forward later.
MOVE_GRACE_S = 10.0
_LOOK_S = 0.02


class _State:
    """What the handler, the watching thread and the publication know of one another."""

    def __init__(self) -> None:
        self.held = 0
        self.pending = False
        self.raised = False
        self.ended = threading.Event()
        self.temporary: set[Path] = set()


_state = _State()


def _handle(*_: object) -> None:
    if _state.raised:
        return
    if _state.held:
        _state.pending = True
        return
    _state.raised = True
    raise Cancelled


@contextmanager
def held() -> Iterator[None]:
    """Keep a cancel from cutting the block; one that comes meanwhile is heard where ``allowed`` says so."""
    _state.held += 1
    try:
        yield
    finally:
        _state.held -= 1
        if not _state.held:
            _state.pending = False


@contextmanager
def allowed(temporary: Path) -> Iterator[None]:
    """Let a cancel cut the block inside a ``held`` one, at once if it came already.

    Parameters
    ----------
    temporary : Path
        Folder to take away where the process has to end without its own clean-up.
    """
    _state.temporary.add(temporary)
    before, _state.held = _state.held, 0
    try:
        if _state.pending:
            _state.raised = True
            raise Cancelled
        yield
    finally:
        _state.held = before
        _state.temporary.discard(temporary)


@contextmanager
def cancelled_by_signals(last_word: Callable[[], None]) -> Iterator[None]:
    """Turn SIGINT and SIGTERM into ``Cancelled`` during the block, and end the process if it does not end itself.

    Parameters
    ----------
    last_word : callable
        Says that the run was cancelled, where the main thread could not.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _state.__init__()
    read_end, write_end = os.pipe()
    os.set_blocking(write_end, False)
    threading.Thread(target=_watch, args=(read_end, last_word), daemon=True).start()
    names = [name for name in ("SIGINT", "SIGTERM") if hasattr(signal, name)]
    former = {name: signal.signal(getattr(signal, name), _handle) for name in names}
    former_fd = signal.set_wakeup_fd(write_end, warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(former_fd)
        if not _state.raised:
            for name, handler in former.items():
                signal.signal(getattr(signal, name), handler)
        os.close(write_end)
        _state.ended.set()


def _watch(read_end: int, last_word: Callable[[], None]) -> None:
    """Wait for a signal, then see to it that the process ends."""
    ours = {getattr(signal, name) for name in ("SIGINT", "SIGTERM") if hasattr(signal, name)}
    while True:
        heard = os.read(read_end, 1)
        if not heard:
            os.close(read_end)
            return
        if heard[0] in ours:
            break
    started = time.monotonic()
    while not _state.ended.is_set():
        waited_s = time.monotonic() - started
        if waited_s > (MOVE_GRACE_S if _state.held else GRACE_S):
            for folder in list(_state.temporary):
                shutil.rmtree(folder, ignore_errors=True)
            last_word()
            break
        time.sleep(_LOOK_S)
    if _state.raised or not _state.ended.is_set():
        # Threads that still measure would keep the interpreter from ending; so may processes that work for them.
        for child in multiprocessing.active_children():
            child.kill()
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(CANCELLED)
