"""Whether the files of a study are there, are newer than its run, and what the run found in them.

A disk on the network may not answer for minutes: they are looked for in a thread, and what is quick is there at once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Optional

from smart_territoires_plugin.core.errors import Problem, ResultsError
from smart_territoires_plugin.core.study.model import Source

FOUND, MISSING, CHANGED, SERVER = "found", "missing", "changed", "server"
_AT_ONCE_S = 0.03
_MAX_CODES = 5


@dataclass(frozen=True)
class Finding:
    """One kind of thing that a run found in a source.

    Parameters
    ----------
    check : str
        Its wording is ``quality.<check>``.
    outcome : {"R", "W", "M"}
        Repaired, kept with a warning, or missing.
    count : int
    examples : str
    """

    check: str
    outcome: str
    count: int
    examples: str


class SourceStates:
    """The states of the sources of a study, looked for in a thread.

    Parameters
    ----------
    sources : mapping of id to Source
    folder : Path, optional
        Results of the study's last run.
    """

    def __init__(self, sources: Mapping[str, Source], folder: Optional[Path]) -> None:
        self._sources, self._folder = dict(sources), folder
        self._found: Optional[tuple[dict[str, str], dict[str, int]]] = None
        self._thread = Thread(target=self._look, daemon=True)
        self._thread.start()

    @property
    def found(self) -> Optional[tuple[dict[str, str], dict[str, int]]]:
        """State of each source, and how many kinds of things the run found in it; None while they are looked for."""
        return self._found

    def wait(self) -> None:
        """Give them the moment that files of this machine need."""
        self._thread.join(_AT_ONCE_S)

    def _look(self) -> None:
        written = _time_of(None if self._folder is None else self._folder / "manifest.json")
        states = {name: _state(source, written) for name, source in self._sources.items()}
        self._found = (states, finding_counts(self._folder))


def _time_of(path: Optional[Path]) -> Optional[float]:
    try:
        return None if path is None else path.stat().st_mtime
    except OSError:
        return None


def _state(source: Source, written: Optional[float]) -> str:
    if not isinstance(source.path, Path):
        return SERVER
    changed = _time_of(source.path)
    if changed is None:
        return MISSING
    return CHANGED if written is not None and changed > written else FOUND


def finding_counts(folder: Optional[Path]) -> dict[str, int]:
    """Return how many kinds of things a run found in each source; nothing where its results cannot be read."""
    try:
        rows = _asked(folder, 'SELECT source, COUNT(DISTINCT "check" || outcome) FROM quality GROUP BY source', ())
    except ResultsError:
        return {}
    return {str(source): int(count) for source, count in rows}


def findings(folder: Path, source: str) -> tuple[Finding, ...]:
    """Return what a run found in a source, the gravest first.

    Raises
    ------
    ResultsError
        If the results cannot be read.
    """
    rows = _asked(
        folder,
        "SELECT \"check\", outcome, SUM(\"count\"), GROUP_CONCAT(COALESCE(NULLIF(examples, ''), code), ', ')"
        ' FROM quality WHERE source = ? GROUP BY "check", outcome'
        " ORDER BY INSTR('MWR', outcome), SUM(\"count\") DESC",
        (source,),
    )
    return tuple(
        Finding(check, outcome, int(count or 0), _some(examples or "")) for check, outcome, count, examples in rows
    )


def _some(examples: str) -> str:
    parts = list(dict.fromkeys(part for part in examples.split(", ") if part not in ("", "…")))
    return ", ".join(parts[:_MAX_CODES]) + (", …" if len(parts) > _MAX_CODES or "…" in examples else "")


def _asked(folder: Optional[Path], query: str, values: tuple) -> list[tuple]:
    path = None if folder is None else folder / "results.gpkg"
    try:
        if path is None or not path.is_file():
            raise ResultsError(Problem("atlas.no_results", str(folder), {"missing": "results.gpkg"}))
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=1)) as base:
            return base.execute(query, values).fetchall()
    except (OSError, sqlite3.Error) as error:
        raise ResultsError(Problem("atlas.no_results", str(folder), {"missing": "quality"})) from error
