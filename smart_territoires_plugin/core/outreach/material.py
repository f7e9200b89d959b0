"""A results folder, read once: territories, shortlist, peers, what is flagged, and tables that may be there."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from smart_territoires_plugin.core.errors import Problem, ResultsError
from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.results.evidence import (
    Evidence,
    at_units,
    read_manifest,
    read_territories,
    read_units,
)
from smart_territoires_plugin.core.results.publication import settle
from smart_territoires_plugin.core.results.tables import armed
from smart_territoires_plugin.core.scoring.state import load_state

FLAGS = ("missing", "imputed", "treated", "repaired")
TERRITORIES, CALL_UNITS = "territories", "call_units"
LEVELS = (TERRITORIES, CALL_UNITS)
# Where what is said of each level stands: scores, lists, what the register tells.
_SCORES = {TERRITORIES: "scoring.npz", CALL_UNITS: "call_units.npz"}
_LISTS = {TERRITORIES: "lists", CALL_UNITS: "call_unit_lists"}
_APPROACH = {TERRITORIES: "approach", CALL_UNITS: "call_unit_approach"}


@dataclass(frozen=True)
class HeldEvidence(Evidence):
    """The evidence of one territory, on arrays that were read before.

    Parameters
    ----------
    held : mapping of str to ndarray
        ``scoring.npz``.
    """

    held: Mapping[str, np.ndarray] = field(default_factory=dict)

    @property
    def state(self) -> Mapping[str, np.ndarray]:
        """``scoring.npz``."""
        return self.held


@dataclass(frozen=True)
class Material:
    """What sheets and the note are made from.

    Parameters
    ----------
    folder : Path
    rows : mapping of code to row
        ``territories.csv``, or ``call_units.csv``.
    shortlist : tuple of str
        Codes of those to call: as the lists have it, with what a person decided; else in the order of ``targets.csv``.
    manifest : mapping
        Its thresholds and counts are those of the level.
    level : {"territories", "call_units"}
    territories : mapping of code to row
        ``territories.csv``, whatever the level.
    """

    folder: Path
    rows: Mapping[str, Mapping[str, str]]
    shortlist: tuple[str, ...]
    manifest: Mapping
    level: str = TERRITORIES
    territories: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @cached_property
    def state(self) -> Mapping[str, np.ndarray]:
        """The scores of the level."""
        return load_state(self.folder / _SCORES[self.level])

    @cached_property
    def kinds(self) -> str:
        """What the call units are, as the study calls them; '' of territories."""
        return ", ".join(dict.fromkeys(row.get("level", "") for row in self.rows.values()))

    @cached_property
    def peers(self) -> Mapping[str, Mapping[str, str]]:
        """The link of each territory to its peer, by code."""
        links = self.table("peers") if self.level == TERRITORIES else ()
        return {link["code"]: link for link in links if link.get("kind", "peer") in ("", "peer")}

    @cached_property
    def listed(self) -> Mapping[str, Mapping[str, str]]:
        """The line of each territory in the lists, by code, where there are lists."""
        return {line["code"]: line for line in self.table(_LISTS[self.level])}

    @cached_property
    def members(self) -> Mapping[str, Sequence[str]]:
        """Names of the members of each exchange group, where groups were suggested."""
        found: dict[str, list[str]] = {}
        for line in self.table("exchange_groups"):
            found.setdefault(line["group"], []).append(line["name"])
        return found

    @cached_property
    def flagged(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """Indicators by territory and flag."""
        found: dict[str, dict[str, list[str]]] = {}
        asked = "SELECT code, flag, indicator FROM indicators WHERE flag <> ''"
        for code, flag, indicator in _selected(self.folder, asked):
            found.setdefault(code, {}).setdefault(flag, []).append(indicator)
        return found

    @cached_property
    def quality(self) -> Sequence[Mapping[str, str]]:
        """What was found in the sources."""
        return self.table("quality")

    def table(self, name: str) -> list[dict[str, str]]:
        """Return a table that not every run makes, from its CSV or its layer; nothing where it is absent.

        Empty cells are ''.
        """
        path = self.folder / f"{name}.csv"
        if path.exists():
            with path.open(encoding="utf-8", newline="") as stream:
                return [{key: armed(value or "") for key, value in row.items()} for row in csv.DictReader(stream)]
        known = "SELECT table_name FROM gpkg_contents WHERE table_name = ?"
        if not _selected(self.folder, known, name):
            return []
        columns = [line[1] for line in _selected(self.folder, f'PRAGMA table_info("{name}")')]
        kept = [column for column in columns if column not in ("fid", "geom")]
        listed = ", ".join(f'"{column}"' for column in kept)
        # Names are those that the file itself gave, between quotes.
        lines = _selected(self.folder, f'SELECT {listed} FROM "{name}" ORDER BY fid')  # nosec B608
        return [{c: "" if v is None else str(v) for c, v in zip(kept, line, strict=True)} for line in lines]

    def evidence(self, code: str) -> HeldEvidence:
        """Return what explanations of a territory rest on."""
        return HeldEvidence(self.folder, self.rows, self.rows[code], self.manifest, self.state)

    def theme_names(self, lang: str) -> dict[str, str]:
        """Return the name of each theme by its identifier."""
        return {theme["id"]: theme["name"][lang] for theme in self.manifest["study"]["themes"]}

    def indicator_names(self, lang: str) -> dict[str, str]:
        """Return the name of each indicator by its identifier."""
        return {item["id"]: item["name"][lang] for item in self.manifest["study"]["indicators"]}

    def notices(self, lang: str) -> list[str]:
        """Return what every output must say of its data."""
        return [text(f"notice.{code}", lang) for code in self.manifest["notices"]]

    def median(self, column: str) -> float:
        """Return the median of a column of numbers of ``territories.csv``; NaN where all is missing."""
        known = [float(row[column]) for row in self.rows.values() if row.get(column)]
        return float(np.median(known)) if known else float("nan")


def read_material(folder: Path, level: str | None = None, codes: Sequence[str] = ()) -> Material:
    """Return what a results folder holds.

    Parameters
    ----------
    folder : Path
    level : {"territories", "call_units"}, optional
        By default the call units, where the study asks for some and all the codes are theirs.
    codes : sequence of str
        Those that are asked for.

    Raises
    ------
    ResultsError
        If it holds no results, or no call units though they are asked for.
    """
    folder = Path(folder)
    settle(folder)
    territories, manifest = read_territories(folder), read_manifest(folder)
    units = read_units(folder) if (folder / _SCORES[CALL_UNITS]).is_file() else {}
    if level == CALL_UNITS and not units:
        raise ResultsError(Problem("outreach.no_units", str(folder)))
    if level is None:
        level = CALL_UNITS if units and all(code.strip() in units for code in codes) else TERRITORIES
    rows = units if level == CALL_UNITS else territories
    made = Material(folder, rows, (), manifest, level, territories)
    if level == CALL_UNITS:
        made = replace(made, manifest=at_units(manifest, units))
    # What the register adds stands in a table of its own, for those to call.
    approach = {line["code"]: line for line in made.table(_APPROACH[level])}
    made = replace(made, rows={code: {**approach.get(code, {}), **row} for code, row in rows.items()})
    called = [line for line in made.listed.values() if line.get("list") == "engage" and line.get("shortlisted") == "1"]
    if called or level == CALL_UNITS:
        shortlist = tuple(line["code"] for line in sorted(called, key=lambda line: int(line["place"])))
    else:
        with (folder / "targets.csv").open(encoding="utf-8", newline="") as stream:
            shortlist = tuple(armed(row["code"]) for row in csv.DictReader(stream))
    return replace(made, shortlist=shortlist)


def chosen_codes(material: Material, codes: Sequence[str] = (), first: int | None = None) -> tuple[str, ...]:
    """Return the territories to make sheets for: those named, else the first of the shortlist.

    Raises
    ------
    ResultsError
        One problem per code that no territory has.
    """
    if not codes:
        return material.shortlist[:first]
    found = {code: code if code in material.rows else code.strip().upper() for code in codes}
    wrong = [code for code, known in found.items() if known not in material.rows]
    if wrong:
        examples = ", ".join([*list(material.rows)[:3], "…"])
        where = str(material.folder)
        raise ResultsError(*(Problem("results.no_code", where, {"code": code, "known": examples}) for code in wrong))
    return tuple(dict.fromkeys(found.values()))[:first]


def _selected(folder: Path, asked: str, *values: str) -> list[tuple]:
    """Return what a query finds in ``results.gpkg``, which is only read."""
    uri = f"{(folder / 'results.gpkg').resolve().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        return connection.execute(asked, values).fetchall()
