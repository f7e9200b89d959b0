"""Values that were measured before, kept under a key of all that they depend on; deleting the store is always safe."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import threading
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Callable, Optional

import numpy as np

from smart_territoires_plugin.core.errors import Cancelled
from smart_territoires_plugin.core.measures.measured import Measured
from smart_territoires_plugin.core.models.expected_activity import ExpectedActivity
from smart_territoires_plugin.core.resources import resource
from smart_territoires_plugin.core.results.manifest import versions
from smart_territoires_plugin.core.sources.quality import from_text, to_text
from smart_territoires_plugin.core.sources.territories import Territories

_CODE_FOLDERS = ("sources", "measures", "models")
SUFFIX = ".values"
_PART = ".part"
_RUN = ".run"
_DIGEST_BYTES = hashlib.sha256().digest_size
# What none of the last runs that computed something has used goes.
RUNS_KEPT = 10
# Files that were written in one second of a coarse clock are of one age.
_CLOCK_NS = 2_000_000_000
_BLOCK_BYTES = 1 << 20


@lru_cache(maxsize=1)
def code_version() -> str:
    """Return a hash of the code that values depend on: our own, the names of columns, the versions of libraries."""
    digest = hashlib.sha256()
    here = Path(__file__).resolve().parent
    for folder in _CODE_FOLDERS:
        for file in sorted((here / folder).rglob("*.py")):
            digest.update(file.relative_to(here).as_posix().encode())
            digest.update(file.read_bytes())
    digest.update(resource("resources", "field_aliases.yaml").read_bytes())
    digest.update(json.dumps(versions(), sort_keys=True).encode())
    return digest.hexdigest()


def key_of(content: Any) -> str:
    """Return the key of something that can be written as JSON; the version of the code is part of it."""
    written = json.dumps([code_version(), content], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(written.encode()).hexdigest()


class _Sealing:
    """A file under writing that takes the seal of what passes: what tells an entry that is whole, and in its place."""

    def __init__(self, key: str, stream: Optional[BinaryIO] = None):
        self._digest = hashlib.sha256(key.encode())
        self._stream = stream

    def write(self, content: bytes) -> int:
        """Write, and let the seal know."""
        self._digest.update(content)
        return self._stream.write(content) if self._stream else len(content)

    def seal(self) -> bytes:
        """Return the seal of the key and all that was written."""
        return self._digest.digest()


class Store:
    """A folder of measured values.

    Parameters
    ----------
    folder : Path
        Made when first written to. A damaged entry counts as absent.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self._begun_ns: Optional[int] = None
        self._lock = threading.Lock()
        self._closed = False
        self._writing: set[Path] = set()

    def __reduce__(self):
        """Travel as the folder alone: a task on a worker that reaches it keeps and finds what the run would."""
        return Store, (self.folder,)

    @staticmethod
    def key_of(content: Any) -> str:
        """Return the key of something that can be written as JSON; see ``key_of``."""
        return key_of(content)

    def sweep(self) -> None:
        """Take away what an interrupted run left half written; only whoever holds the folder may."""
        for stale in self.folder.glob(f"*{_PART}"):
            stale.unlink(missing_ok=True)

    def begin(self) -> None:
        """Note when this run began, by the clock that entries bear: what it uses is touched later than that."""
        self.sweep()
        if self.folder.is_dir():
            with suppress(OSError), tempfile.NamedTemporaryFile(dir=self.folder, suffix=_PART) as stream:
                self._begun_ns = os.fstat(stream.fileno()).st_mtime_ns

    def end(self, computed: bool) -> None:
        """Take away the entries that none of the last runs has used; only whoever holds the folder may.

        Parameters
        ----------
        computed : bool
            Whether this run computed something. One that did not adds nothing to the store, and does not count: a
            person who tries one weight after the other loses nothing.
        """
        if self._begun_ns is None or not computed:
            return
        with suppress(OSError):
            handle, name = tempfile.mkstemp(dir=self.folder, suffix=_RUN)
            os.close(handle)
            os.utime(name, ns=(self._begun_ns, self._begun_ns))
            runs = sorted(self.folder.glob(f"*{_RUN}"), key=_age_ns, reverse=True)
            for former in runs[RUNS_KEPT:]:
                former.unlink()
            if len(runs) >= RUNS_KEPT:
                oldest_ns = _age_ns(runs[RUNS_KEPT - 1]) - _CLOCK_NS
                for entry in self.folder.glob(f"*{SUFFIX}"):
                    if _age_ns(entry) < oldest_ns:
                        entry.unlink()

    def close(self) -> None:
        """Keep nothing any more: a run that was cancelled may have threads that do not know it yet."""
        with self._lock:
            self._closed = True
            writing = list(self._writing)
        for name in writing:
            with suppress(OSError):
                name.unlink()

    def keep_arrays(self, key: str, arrays: Mapping[str, np.ndarray]) -> None:
        """Keep arrays of numbers, booleans or plain text under a key.

        They go to the file as they are, one after the other, so that nothing is held in memory twice. Where the store
        is deleted meanwhile, nothing is kept.
        """
        with suppress(FileNotFoundError):
            name = self._new_file()
            try:
                _write(name, key, arrays)
                with self._lock:
                    self._refuse_closed()
                    os.replace(name, self.folder / f"{key}{SUFFIX}")
            except BaseException:
                name.unlink(missing_ok=True)
                raise
            finally:
                self._writing.discard(name)

    def _new_file(self) -> Path:
        with self._lock:
            self._refuse_closed()
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder, suffix=_PART)
            os.close(handle)
            self._writing.add(Path(name))
            return Path(name)

    def _refuse_closed(self) -> None:
        if self._closed:
            raise Cancelled

    def recall_arrays(self, key: str) -> Optional[dict[str, np.ndarray]]:
        """Return what was written under a key, None if it is not there or not as it was written."""
        path = self.folder / f"{key}{SUFFIX}"
        try:
            with path.open("rb") as stream:
                seal, sealing = stream.read(_DIGEST_BYTES), _Sealing(key)
                while block := stream.read(_BLOCK_BYTES):
                    sealing.write(block)
                if sealing.seal() != seal:
                    return None
                stream.seek(_DIGEST_BYTES)
                names = json.loads(stream.readline())
                arrays = {name: np.lib.format.read_array(stream, allow_pickle=False) for name in names}
        except (OSError, ValueError):
            return None
        with suppress(OSError):
            # Its time tells when it was last used.
            os.utime(path)
        return arrays

    def keep(self, key: str, found: Measured) -> None:
        """Keep the values of a measure."""
        details = {f"detail:{name}": _plain(values) for name, values in found.details.items()}
        self.keep_arrays(
            key,
            {
                "values": found.values,
                "coverage": found.coverage,
                "flags": _plain(found.flags),
                "reasons": _plain(found.reasons),
                "quality": np.array(to_text(found.quality)),
                **details,
            },
        )

    def recall(self, key: str) -> Optional[Measured]:
        """Return the values kept under a key, or None."""
        arrays = self.recall_arrays(key)
        if arrays is None:
            return None
        details = {name.partition(":")[2]: _text(arrays[name]) for name in arrays if name.startswith("detail:")}
        return Measured(
            arrays["values"],
            arrays["coverage"],
            _text(arrays["flags"]),
            _text(arrays["reasons"]),
            details,
            from_text(str(arrays["quality"])),
        )

    def remembered_fit(self, fit: Callable[..., ExpectedActivity]) -> Callable[..., ExpectedActivity]:
        """Return a model's fit that looks first whether the same was fitted before.

        All that the fit is given is part of the key, but ``run``, which only says how it is worked out.
        """

        def remembering(*given: Any, run: Any = None, **named: Any) -> ExpectedActivity:
            key = key_of([fit.__name__, [_told(value) for value in given], {n: _told(v) for n, v in named.items()}])
            kept = self.recall_arrays(key)
            if kept is not None:
                return ExpectedActivity.from_arrays(kept)
            made = fit(*given, **named) if run is None else fit(*given, run=run, **named)
            self.keep_arrays(key, made.to_arrays())
            return made

        return remembering

    def keep_territories(self, key: str, found: Territories) -> None:
        """Keep the territories as read."""
        from smart_territoires_plugin.core.sources.packing import packed

        self.keep_arrays(
            key,
            {
                "codes": _plain(found.codes),
                "names": _plain(found.names),
                "population": found.population,
                "population_flags": _plain(found.population_flags),
                **packed(found.geometry, "geometry"),
                "quality": np.array(to_text(found.quality)),
                **{f"group:{name}": _plain(values) for name, values in found.groups.items()},
            },
        )

    def recall_territories(self, key: str) -> Optional[Territories]:
        """Return the territories kept under a key, or None."""
        arrays = self.recall_arrays(key)
        if arrays is None:
            return None
        from smart_territoires_plugin.core.sources.packing import unpacked

        return Territories(
            _text(arrays["codes"]),
            _text(arrays["names"]),
            arrays["population"],
            {name.partition(":")[2]: _text(arrays[name]) for name in arrays if name.startswith("group:")},
            unpacked(arrays, "geometry"),
            _text(arrays["population_flags"]),
            from_text(str(arrays["quality"])),
        )


def _write(path: Path, key: str, arrays: Mapping[str, np.ndarray]) -> None:
    with path.open("r+b") as stream:
        stream.write(bytes(_DIGEST_BYTES))
        sealing = _Sealing(key, stream)
        sealing.write(json.dumps(list(arrays)).encode() + b"\n")
        for values in arrays.values():
            np.lib.format.write_array(sealing, np.asarray(values), allow_pickle=False)
        stream.seek(0)
        stream.write(sealing.seal())


def _age_ns(path: Path) -> int:
    return path.stat().st_mtime_ns


def _told(value: Any) -> Any:
    """Return what tells one argument of a fit from another, as can be written as JSON."""
    if not isinstance(value, np.ndarray):
        return value
    if value.dtype == object:
        return value.tolist()
    return [value.dtype.str, value.shape, hashlib.sha256(np.ascontiguousarray(value).tobytes()).hexdigest()]


def _plain(values: np.ndarray) -> np.ndarray:
    return np.asarray(values, dtype=str) if values.dtype == object else values


def _text(values: np.ndarray) -> np.ndarray:
    return values.astype(object) if values.dtype.kind == "U" else values
