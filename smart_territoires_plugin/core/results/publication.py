"""Publication by journal: files are made in a staging folder, then moved one by one, the manifest last.

A run that did not end leaves the former results whole; a move that was interrupted is rolled forward at the next
opening of the folder.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from smart_territoires_plugin.core.cancellation import allowed, held
from smart_territoires_plugin.core.errors import Cancelled, Problem, ResultsError

MANIFEST = "manifest.json"
STORE = ".store"
_JOURNAL = ".journal.json"
_LOCK = ".lock"
_STAGING = ".staging-"
_FORMER = ".former"
_FULL = {errno.ENOSPC, errno.EROFS, errno.EFBIG, *([errno.EDQUOT] if hasattr(errno, "EDQUOT") else [])}


@contextmanager
def publication(folder: Path, optional: Collection[str] = ()) -> Iterator[Path]:
    """Give a staging folder, and publish what it holds when the block ends without an error.

    Parameters
    ----------
    folder : Path
        Of the results; made if it is not there, and removed again if the run fails before anything is in it. What a
        run that was cut short has measured stays, for the next one to go on from.

    optional : collection of str
        Names of files that not every run makes: a former run's goes where this one makes none.

    Raises
    ------
    ResultsError
        If the folder cannot be written, or another run holds it.
    """
    from filelock import FileLock, Timeout

    folder = Path(folder)
    with held():
        made = [path for path in (folder, *folder.parents) if not path.exists()]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(folder / _LOCK)
            lock.acquire(timeout=0)
        except Timeout as error:
            raise ResultsError(Problem("results.locked", str(folder))) from error
        except OSError as error:
            _remove_made(made)
            raise _not_writable(folder, error) from error
        done = cut_short = False
        try:
            _roll_forward(folder)
            for stale in folder.glob(f"{_STAGING}*"):
                shutil.rmtree(stale, ignore_errors=True)
            staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=folder))
            try:
                with allowed(staging):
                    yield staging
                _publish(folder, staging, optional)
                done = True
            finally:
                # Files that a journal still announces are what the next opening rolls forward.
                if not (folder / _JOURNAL).exists():
                    shutil.rmtree(staging, ignore_errors=True)
        except OSError as error:
            if not _concerns(folder, error):
                raise
            raise _not_writable(folder, error) from error
        except BaseException as error:
            cut_short = isinstance(error, (Cancelled, KeyboardInterrupt)) or getattr(error, "resumable", False)
            raise
        finally:
            lock.release()
            if not done and not (cut_short and _holds_measures(folder)):
                _remove_made(made, folder)


def _concerns(folder: Path, error: OSError) -> bool:
    """Say whether an error is about writing the folder, and not about something that was read elsewhere."""
    if error.errno in _FULL:
        return True
    names = [Path(os.fsdecode(name)) for name in (error.filename, error.filename2) if name]
    return any(folder.absolute() in (name.absolute(), *name.absolute().parents) for name in names)


def _remove_made(made: list[Path], folder: Path | None = None) -> None:
    """Take away the folders that were made for a run that failed, where nothing but its traces is in them."""
    if folder is not None and folder in made and not _has_results(folder):
        shutil.rmtree(folder, ignore_errors=True)
    for path in made:
        if path != folder and path.exists() and not any(path.iterdir()):
            path.rmdir()


def _holds_measures(folder: Path) -> bool:
    return any((folder / STORE).glob("*.values"))


def _has_results(folder: Path) -> bool:
    return any(not item.name.startswith(".") for item in folder.iterdir())


def _not_writable(folder: Path, error: OSError) -> ResultsError:
    reason = error.strerror or str(error)
    place = f" ({Path(error.filename).name})" if error.filename else ""
    return ResultsError(Problem("results.not_writable", str(folder), {"reason": f"{reason}{place}"}))


def _publish(folder: Path, staging: Path, optional: Collection[str]) -> None:
    made = [path.name for path in staging.iterdir() if path.is_file()]
    names = sorted(made, key=lambda name: (name == MANIFEST, name))
    for name in names:
        with (staging / name).open("rb") as stream:
            os.fsync(stream.fileno())
    retired = sorted(name for name in optional if name not in names and (folder / name).exists())
    former = staging / _FORMER
    former.mkdir()
    for name in [*names, *retired]:
        if (folder / name).exists():
            _second_name(folder / name, former / name)
    journal = staging / _JOURNAL
    with journal.open("w", encoding="utf-8") as stream:
        json.dump({"staging": staging.name, "files": names, "retired": retired}, stream)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(journal, folder / _JOURNAL)
    try:
        _roll_forward(folder)
    except OSError:
        _roll_back(folder, staging, [*names, *retired])
        raise


def _second_name(file: Path, other: Path) -> None:
    """Keep a file under another name too, so that it can be put back."""
    try:
        os.link(file, other)
    except OSError:
        shutil.copy2(file, other)


def _roll_back(folder: Path, staging: Path, names: list[str]) -> None:
    """Put the former files back where a move was refused: a file that is open elsewhere, a folder without rights."""
    for name in names:
        if (staging / name).exists():
            continue
        kept = staging / _FORMER / name
        if kept.exists():
            os.replace(kept, folder / name)
        else:
            (folder / name).unlink(missing_ok=True)
    (folder / _JOURNAL).unlink()


def _roll_forward(folder: Path) -> None:
    """Finish a move that a journal announces; files that were moved already are no longer in the staging folder."""
    journal = folder / _JOURNAL
    if not journal.exists():
        return
    try:
        planned = json.loads(journal.read_text(encoding="utf-8"))
        staging = folder / Path(str(planned["staging"])).name
        names = [Path(str(name)).name for name in planned["files"]]
        retired = [Path(str(name)).name for name in planned.get("retired", ())]
    except (ValueError, KeyError, TypeError):
        journal.unlink()
        return
    for name in names:
        staged = staging / name
        if staged.exists():
            os.replace(staged, folder / name)
    for name in retired:
        (folder / name).unlink(missing_ok=True)
    journal.unlink()


def settle(folder: Path) -> None:
    """Roll an interrupted publication forward before results are read.

    Raises
    ------
    ResultsError
        If the folder holds no results.
    """
    folder = Path(folder)
    if (folder / _JOURNAL).exists():
        from filelock import FileLock, Timeout

        try:
            with FileLock(folder / _LOCK, timeout=0):
                _roll_forward(folder)
        except Timeout as error:
            raise ResultsError(Problem("results.locked", str(folder))) from error
        except OSError as error:
            raise _not_writable(folder, error) from error
    if not (folder / MANIFEST).exists():
        raise ResultsError(Problem("results.missing", str(folder), {"missing": MANIFEST}))
