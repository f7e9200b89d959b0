"""Values that were measured before, kept under a key of all that they depend on; deleting the store is always safe."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any, Callable, Optional

import numpy as np

from smart_territoires_plugin.core.measures.measured import Measured
from smart_territoires_plugin.core.models.expected_activity import ExpectedActivity
from smart_territoires_plugin.core.results.manifest import versions
from smart_territoires_plugin.core.sources.quality import QualityRecord
from smart_territoires_plugin.core.sources.territories import Territories

_CODE_FOLDERS = ("sources", "measures", "models")
_SUFFIX = ".values"
_PART = ".part"
_DIGEST_BYTES = hashlib.sha256().digest_size


@lru_cache(maxsize=1)
def code_version() -> str:
    """Return a hash of the code that values depend on: our own, and the versions of the libraries."""
    digest = hashlib.sha256()
    here = Path(__file__).resolve().parent
    for folder in _CODE_FOLDERS:
        for file in sorted((here / folder).glob("*.py")):
            digest.update(file.name.encode())
            digest.update(file.read_bytes())
    digest.update(json.dumps(versions(), sort_keys=True).encode())
    return digest.hexdigest()


def key_of(content: Any) -> str:
    """Return the key of something that can be written as JSON; the version of the code is part of it."""
    written = json.dumps([code_version(), content], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(written.encode()).hexdigest()


def _seal(key: str, packed: bytes) -> bytes:
    """Return what tells an entry that is whole, and in its own place, from any other."""
    return hashlib.sha256(key.encode() + packed).digest()


class Store:
    """A folder of measured values.

    Parameters
    ----------
    folder : Path
        Made when first written to. A damaged entry counts as absent.
    """

    def __init__(self, folder: Path):
        self.folder = folder

    @staticmethod
    def key_of(content: Any) -> str:
        """Return the key of something that can be written as JSON; see ``key_of``."""
        return key_of(content)

    def sweep(self) -> None:
        """Take away what an interrupted run left half written; only whoever holds the folder may."""
        for stale in self.folder.glob(f"*{_PART}"):
            stale.unlink(missing_ok=True)

    def keep_arrays(self, key: str, arrays: Mapping[str, np.ndarray]) -> None:
        """Keep arrays of numbers, booleans or plain text under a key."""
        self.folder.mkdir(parents=True, exist_ok=True)
        packed = io.BytesIO()
        np.savez(packed, **arrays)
        content = packed.getvalue()
        handle, name = tempfile.mkstemp(dir=self.folder, suffix=_PART)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(_seal(key, content))
                stream.write(content)
            os.replace(name, self.folder / f"{key}{_SUFFIX}")
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def recall_arrays(self, key: str) -> Optional[dict[str, np.ndarray]]:
        """Return what was written under a key, None if it is not there or not as it was written."""
        try:
            content = (self.folder / f"{key}{_SUFFIX}").read_bytes()
        except OSError:
            return None
        digest, packed = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
        if _seal(key, packed) != digest:
            return None
        with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
            return {name: arrays[name] for name in arrays.files}

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
                "quality": _records(found.quality),
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
            _quality(arrays["quality"]),
        )

    def remembered_fit(
        self, fit: Callable[[np.ndarray, np.ndarray], ExpectedActivity]
    ) -> Callable[[np.ndarray, np.ndarray], ExpectedActivity]:
        """Return a model's fit that looks first whether the same counts were fitted before."""

        def remembering(counts: np.ndarray, population: np.ndarray) -> ExpectedActivity:
            content = hashlib.sha256(counts.tobytes() + population.tobytes()).hexdigest()
            key = key_of([fit.__name__, content])
            kept = self.recall_arrays(key)
            if kept is not None:
                return ExpectedActivity(**{**kept, "dispersion": float(kept["dispersion"])})
            made = fit(counts, population)
            self.keep_arrays(key, {name: np.asarray(value) for name, value in vars(made).items()})
            return made

        return remembering

    def keep_territories(self, key: str, found: Territories) -> None:
        """Keep the territories as read."""
        import shapely

        wkb = shapely.to_wkb(found.geometry)
        missing = shapely.is_missing(found.geometry)
        parts = [b"" if item is None else item for item in wkb]
        self.keep_arrays(
            key,
            {
                "codes": _plain(found.codes),
                "names": _plain(found.names),
                "population": found.population,
                "population_flags": _plain(found.population_flags),
                "wkb": np.frombuffer(b"".join(parts), dtype=np.uint8),
                "sizes": np.array([len(part) for part in parts], dtype=np.int64),
                "missing": missing,
                "quality": _records(found.quality),
                **{f"group:{name}": _plain(values) for name, values in found.groups.items()},
            },
        )

    def recall_territories(self, key: str) -> Optional[Territories]:
        """Return the territories kept under a key, or None."""
        arrays = self.recall_arrays(key)
        if arrays is None:
            return None
        import shapely

        content, ends = arrays["wkb"].tobytes(), np.cumsum(arrays["sizes"])
        starts = ends - arrays["sizes"]
        parts = [None if gone else content[a:b] for a, b, gone in zip(starts, ends, arrays["missing"], strict=True)]
        return Territories(
            _text(arrays["codes"]),
            _text(arrays["names"]),
            arrays["population"],
            {name.partition(":")[2]: _text(arrays[name]) for name in arrays if name.startswith("group:")},
            shapely.from_wkb(np.array(parts, dtype=object)),
            _text(arrays["population_flags"]),
            _quality(arrays["quality"]),
        )


def _plain(values: np.ndarray) -> np.ndarray:
    return np.asarray(values, dtype=str) if values.dtype == object else values


def _text(values: np.ndarray) -> np.ndarray:
    return values.astype(object) if values.dtype.kind == "U" else values


def _records(quality: tuple[QualityRecord, ...]) -> np.ndarray:
    return np.array(json.dumps([asdict(item) for item in quality], ensure_ascii=False))


def _quality(written: np.ndarray) -> tuple[QualityRecord, ...]:
    return tuple(QualityRecord(**item) for item in json.loads(str(written)))
