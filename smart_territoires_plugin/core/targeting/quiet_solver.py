"""Keep what the solver's own code prints off the standard output, where the result alone belongs."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet_solver() -> Iterator[None]:
    """Send what is written to file descriptor 1 nowhere while the block runs; Python's own output waits until then.

    HiGHS has lines that no option silences, printed from C++ where Python cannot catch them.

    Examples
    --------
    >>> with quiet_solver():
    ...     _ = os.write(1, b"lost")
    """
    sys.stdout.flush()
    _flush()
    kept = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        _flush()
        os.dup2(kept, 1)
        os.close(nowhere)
        os.close(kept)


def _flush() -> None:
    """Empty the buffers of C's own output."""
    library = ctypes.CDLL("ucrtbase" if os.name == "nt" else None)
    library.fflush(None)
