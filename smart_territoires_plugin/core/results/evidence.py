"""What a results folder holds about one territory and those beside it, read once."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from smart_territoires_plugin.core.messages.numbers import with_unit
from smart_territoires_plugin.core.messages.units import text_unit
from smart_territoires_plugin.core.results.tables import armed
from smart_territoires_plugin.core.scoring.hierarchy import Hierarchy
from smart_territoires_plugin.core.scoring.hypothetical import subtree
from smart_territoires_plugin.core.scoring.state import hierarchy_in, load_state
from smart_territoires_plugin.core.study import Method
from smart_territoires_plugin.core.study.written import name_of


def read_territories(folder: Path) -> dict[str, dict[str, str]]:
    """Return the rows of ``territories.csv`` by code, as they were before spreadsheets were guarded against."""
    return _rows(Path(folder) / "territories.csv")


def read_units(folder: Path) -> dict[str, dict[str, str]]:
    """Return the rows of ``call_units.csv`` by code; none where a run has no call units."""
    path = Path(folder) / "call_units.csv"
    return _rows(path) if path.is_file() else {}


def members_of(unit: Mapping[str, str]) -> list[str]:
    """Return the codes of the territories in a call unit, from its row."""
    return [code for code in unit.get("members", "").split(";") if code]


def at_units(manifest: Mapping, units: Mapping[str, Mapping[str, str]]) -> dict:
    """Return a manifest with the thresholds and the counts of call units in place of those of territories."""
    limits = manifest["method"].get("call_unit_thresholds") or {}
    thresholds = {f"{name}_threshold": limits.get(name) for name in ("readiness", "activity")}
    segments = Counter(row["segment"] for row in units.values() if row["segment"])
    return {
        **manifest,
        # Each unit has a dispersion of its own.
        "method": {**manifest["method"], **thresholds, "dispersion": None},
        "counts": {**manifest["counts"], "territories": len(units), "segments": dict(segments)},
    }


def _rows(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [{name: armed(value) for name, value in row.items()} for row in csv.DictReader(stream)]
    return {row["code"]: row for row in rows}


def read_manifest(folder: Path) -> dict:
    """Return the manifest of a results folder."""
    return json.loads((Path(folder) / "manifest.json").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Evidence:
    """All that the explanation of a territory rests on.

    Parameters
    ----------
    folder : Path
    rows : mapping of code to row
        ``territories.csv``.
    row : mapping
        That of the territory.
    manifest : mapping
    """

    folder: Path
    rows: Mapping[str, Mapping[str, str]]
    row: Mapping[str, str]
    manifest: Mapping

    @cached_property
    def state(self) -> Mapping[str, np.ndarray]:
        """``scoring.npz``."""
        return load_state(Path(self.folder) / "scoring.npz")

    @cached_property
    def index(self) -> int:
        """The territory's row in the arrays of the state."""
        return int(np.flatnonzero(self.state["codes"] == self.row["code"])[0])

    @cached_property
    def members(self) -> np.ndarray:
        """Columns of the success factors that the readiness is made of."""
        return np.flatnonzero((self.state["roles"] == "success_factor") & self.state["usable"])

    @cached_property
    def aggregation(self) -> Method:
        """How the readiness is made of them."""
        written = dict(self.manifest["method"]["aggregation"])
        return Method(written.pop("method"), written)

    @cached_property
    def hierarchy(self) -> Hierarchy:
        """The readiness and what it is made of, as a hierarchy over all indicators of which it is the last column."""
        whole = hierarchy_in(self.state)
        part, columns = subtree(whole, "readiness")
        back = (*columns[: part.n_indicators], *range(whole.n_indicators, whole.n_indicators + len(part.composites)))
        made = (
            replace(composite, members=tuple(int(back[member]) for member in composite.members))
            for composite in part.composites
        )
        return Hierarchy(whole.n_indicators, tuple(made))

    @cached_property
    def weights(self) -> np.ndarray:
        """Weights of the columns of ``hierarchy``."""
        whole = hierarchy_in(self.state)
        inner = [whole.column_of(composite.id) for composite in self.hierarchy.composites]
        return np.concatenate([self.state["weights"], self.state["element_weights"][inner]])

    @cached_property
    def described(self) -> Mapping[str, Mapping]:
        """What the manifest says of each indicator, by id."""
        return {item["id"]: item for item in self.manifest["study"]["indicators"]}

    def column(self, name: str) -> np.ndarray:
        """Return a column of numbers of ``territories.csv``, in the order of the state; NaN where empty."""
        return np.array([float(self.rows[str(code)][name] or "nan") for code in self.state["codes"]])

    def texts(self, name: str) -> np.ndarray:
        """Return a column of texts of ``territories.csv``, in the order of the state."""
        return np.array([self.rows[str(code)][name] for code in self.state["codes"]], dtype=str)

    def indicator(self, column: int) -> Mapping:
        """Return what the manifest says of the indicator of a column."""
        return self.described[str(self.state["indicators"][column])]

    def element_name(self, column: int, lang: str) -> str:
        """Return the name of an indicator, or of a node, by its column in ``hierarchy``."""
        count = len(self.state["indicators"])
        if column < count:
            return self.indicator(column)["name"][lang]
        identifier = self.hierarchy.composites[column - count].id
        for node in self.manifest["study"]["content"].get("nodes", ()):
            if node["id"] == identifier:
                return name_of(node.get("name"), identifier)[lang]
        return identifier

    def measured(self, column: int, lang: str) -> str:
        """Return the territory's own value of an indicator, with its unit."""
        unit = text_unit(self.indicator(column)["unit"], lang)
        return with_unit(self.state["completed"][self.index, column], unit, lang)
