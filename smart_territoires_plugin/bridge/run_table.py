"""A run as the workbench shows it: the table of territories by column, and what scores it again under the hand."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Optional

import numpy as np

from smart_territoires_plugin.bridge.run_lists import RunLists, read_lists
from smart_territoires_plugin.core.errors import Problem, ResultsError
from smart_territoires_plugin.core.targeting.rescoring import Rescored, Rescoring

# Columns of text; every other one is of numbers.
_TEXTS = (
    "code", "name", "activity_status", "segment", "stability", "recommended_theme", "peer_code", "reasons_fr",
    "reasons_en", "notice",
)  # fmt: skip
_ARMED = ("'=", "'+", "'-", "'@")


@dataclass(frozen=True)
class RunTable:
    """The results of a run in memory.

    Parameters
    ----------
    folder : Path
    columns : mapping of str to ndarray, shape (n_territories,)
        Those of ``territories.csv``: numbers, NaN where empty, and texts.
    rescoring : Rescoring
    manifest : mapping
    """

    folder: Path
    columns: Mapping[str, np.ndarray]
    rescoring: Rescoring
    manifest: Mapping[str, Any]

    def __len__(self) -> int:
        """Return how many territories there are."""
        return len(self.codes)

    @property
    def codes(self) -> np.ndarray:
        """Codes, in the order of the rows."""
        return self.columns["code"]

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """Row of each territory by its code."""
        return {str(code): row for row, code in enumerate(self.codes)}

    @cached_property
    def saved(self) -> Rescored:
        """What the weights of the run give: the ghost beside which those under the hand are shown."""
        return self.rescoring.rescore()

    @cached_property
    def lists(self) -> Optional[RunLists]:
        """The lists of the run; None where a former version wrote none."""
        return read_lists(self.folder, self.rows)

    @property
    def themes(self) -> Mapping[str, Mapping[str, str]]:
        """Name of each scored theme, by id and language."""
        return {theme["id"]: theme["name"] for theme in self.manifest["study"]["themes"]}

    @property
    def groups(self) -> tuple[str, ...]:
        """Names of the groups."""
        return tuple(self.manifest["study"]["groups"])

    def text(self, column: str, row: int) -> str:
        """Return a text of a territory; empty where there is no such column."""
        return str(self.columns[column][row]) if column in self.columns else ""

    def number(self, column: str, row: int) -> float:
        """Return a number of a territory; NaN where there is none."""
        return float(self.columns[column][row]) if column in self.columns else float("nan")


def read_run(folder: Path) -> RunTable:
    """Read a results folder; takes a second for a country, so it belongs into a task.

    Raises
    ------
    ResultsError
        If the folder holds no results, or those of another version.
    """
    folder = Path(folder)
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        with (folder / "territories.csv").open(encoding="utf-8", newline="") as stream:
            reader = csv.reader(stream)
            names = next(reader)
            cells = list(zip(*reader))
        rescoring = Rescoring.read(folder / "scoring.npz")
    except (OSError, ValueError, StopIteration) as error:
        raise ResultsError(Problem("atlas.no_results", str(folder), {"missing": "territories.csv"})) from error
    columns = dict(zip(names, cells or [()] * len(names)))
    texts = {*_TEXTS, *(name for name in names if name.startswith("group_"))}
    made = {name: _texts(found) if name in texts else _numbers(found) for name, found in columns.items()}
    return RunTable(folder, made, rescoring, manifest)


def _texts(found: tuple) -> np.ndarray:
    """Return texts as they were before spreadsheets were guarded against."""
    return np.array([cell[1:] if cell.startswith(_ARMED) else cell for cell in found], dtype=object)


def _numbers(found: tuple) -> np.ndarray:
    """Return numbers, NaN where a cell is empty or holds none."""
    try:
        return np.array([cell or "nan" for cell in found], dtype=float)
    except ValueError:
        return _texts(found)
