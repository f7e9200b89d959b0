"""``compare``: two results folders side by side, who moved between them and why, as a table and a short summary."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Optional
from zipfile import BadZipFile, is_zipfile

import numpy as np

from smart_territoires_plugin.core.comparison_summary import Differences, differences, summary
from smart_territoires_plugin.core.comparison_table import comparison_frame
from smart_territoires_plugin.core.errors import Problem, ResultsError, ScoringError
from smart_territoires_plugin.core.results.publication import settle
from smart_territoires_plugin.core.results.tables import armed, write_csv
from smart_territoires_plugin.core.scoring.aggregation import AGGREGATIONS
from smart_territoires_plugin.core.scoring.comparison import (
    Moves,
    Reckoning,
    ScoreChange,
    Standing,
    moves,
    split_change,
)
from smart_territoires_plugin.core.scoring.hierarchy import Hierarchy, composite_scores
from smart_territoires_plugin.core.scoring.hypothetical import subtree
from smart_territoires_plugin.core.scoring.normalisation import NORMALISATIONS
from smart_territoires_plugin.core.scoring.preparing import constant
from smart_territoires_plugin.core.scoring.state import hierarchy_in, load_state
from smart_territoires_plugin.core.scoring.treatment import TREATMENTS
from smart_territoires_plugin.core.study.methods import ABSOLUTE
from smart_territoires_plugin.core.study.model import Method, Scoring
from smart_territoires_plugin.core.study.written import method_of, scoring_of

# Tables are written with twelve digits; a score that is had again within this is the one that was published.
_PUBLISHED = 1e-6


@dataclass(frozen=True)
class Run:
    """What a results folder says of a run.

    Parameters
    ----------
    manifest : mapping
    state : mapping of str to ndarray
        ``scoring.npz``.
    table : mapping of column to ndarray of str, shape (n_territories,)
        ``territories.csv``, in the order of the state.
    scoring : Scoring
    """

    folder: Path
    manifest: Mapping[str, Any]
    state: Mapping[str, np.ndarray]
    table: Mapping[str, np.ndarray]
    scoring: Scoring

    @property
    def codes(self) -> np.ndarray:
        """Codes of the territories."""
        return self.state["codes"]

    @property
    def weights(self) -> np.ndarray:
        """Weights as used; as declared where an indicator is left out for its values, which tell that already."""
        return np.where(self.state["usable"], self.state["weights"], self.state["declared"])

    def numbers(self, column: str) -> np.ndarray:
        """Return a column as numbers, NaN where it is empty or there is none."""
        if column not in self.table:
            return np.full(len(self.codes), np.nan)
        return np.array([float(item) if item else np.nan for item in self.table[column]])

    @property
    def standing(self) -> Standing:
        """Where the territories stand."""
        shortlist = int(self.manifest["study"]["shortlist"])
        return Standing(self.codes, self.table["segment"], self.numbers("target_rank"), shortlist)


@dataclass(frozen=True)
class Comparison:
    """Two runs side by side: where territories stand, each score's change, and what differs between the runs."""

    before: Run
    after: Run
    moves: Moves
    changes: Mapping[str, Optional[ScoreChange]]
    differences: Differences


def read_run(folder: Path) -> Run:
    """Read what a comparison needs of a results folder.

    Raises
    ------
    ResultsError
        If it holds no results, or they cannot be read.
    """
    folder = Path(folder)
    settle(folder)
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        state = _state(folder / "scoring.npz")
        with (folder / "territories.csv").open(encoding="utf-8", newline="") as stream:
            rows = {armed(row["code"]): row for row in csv.DictReader(stream)}
        ordered = [rows[str(code)] for code in state["codes"]]
        names = list(ordered[0]) if ordered else ["code", "name", "segment"]
        table = {name: np.array([armed(row[name]) for row in ordered], dtype=object) for name in names}
        return Run(folder, manifest, state, table, scoring_of(manifest["study"]["content"]["scoring"]))
    except FileNotFoundError as error:
        missing = Path(error.filename).name
        raise ResultsError(Problem("results.missing", str(folder), {"missing": missing})) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, BadZipFile) as error:
        reason = f"{type(error).__name__}: {error}"
        raise ResultsError(Problem("results.unreadable", str(folder), {"reason": reason})) from error


def _state(path: Path) -> Mapping[str, np.ndarray]:
    with path.open("rb") as stream:
        if not is_zipfile(stream):
            raise BadZipFile(path.name)
    return load_state(path)


def compare_runs(before: Path, after: Path) -> Comparison:
    """Compare the results in two folders.

    Raises
    ------
    ResultsError
        With what is wrong with either folder.
    """
    read, problems = [], []
    for folder in (before, after):
        try:
            read.append(read_run(folder))
        except ResultsError as error:
            problems += error.problems
    if problems:
        raise ResultsError(*problems)
    first, second = read
    identifiers = tuple(dict.fromkeys([*map(str, first.state["indicators"]), *map(str, second.state["indicators"])]))
    composites = [name for name in _composites(second) if name in _composites(first)]
    changes = {name: _change(first, second, identifiers, name) for name in composites}
    return Comparison(
        first, second, moves(first.standing, second.standing), changes, differences(first, second, identifiers)
    )


def _change(first: Run, second: Run, identifiers: tuple[str, ...], composite: str) -> Optional[ScoreChange]:
    """Return the change of a composite taken apart; None where that cannot be done from the files."""
    members = {*_composites(first)[composite], *_composites(second)[composite]}
    chosen = tuple(name for name in identifiers if name in members)
    pair = [_reckoning(run, other, chosen, composite) for run, other in ((first, second), (second, first))]
    try:
        return _published(split_change(*pair), first, second, composite)
    except ScoringError:
        # The values of one run cannot be scored by the method of the other, so no cause can be replaced alone.
        return None


def _composites(run: Run) -> dict[str, tuple[str, ...]]:
    """Return the indicators of each composite of a run."""
    state = run.state
    ids, roles = state["indicators"].astype(str), state["roles"].astype(str)
    made = {"readiness": tuple(ids[roles == "success_factor"])}
    for column, role, prefix in (("themes", "stake", "score"), ("axes", "success_factor", "axis")):
        belongs = state[column].astype(str)
        for name in dict.fromkeys(belongs[roles == role]):
            made[f"{prefix}_{name}"] = tuple(ids[(roles == role) & (belongs == name)])
    return {name: members for name, members in made.items() if members}


def _reckoning(run: Run, other: Run, identifiers: tuple[str, ...], composite: str) -> Reckoning:
    """Return how a run came to a composite, with the columns of both runs."""
    place = {str(name): column for column, name in enumerate(run.state["indicators"])}
    size = len(run.codes)

    def columns(name: str) -> np.ndarray:
        gap = np.full(size, np.nan)
        held = [run.state[name][:, place[i]] if i in place else gap for i in identifiers]
        return np.column_stack(held)

    members = set(_composites(run)[composite])
    weights = np.array([float(run.weights[place[i]]) if i in members else 0.0 for i in identifiers])
    asked = [_normalisation(run if i in place else other, i) for i in identifiers]
    treat, aggregation = run.scoring.outliers, run.scoring.aggregation

    def normalise(column: int, values: np.ndarray) -> np.ndarray:
        method, direction = asked[column]
        if np.isnan(values).all() or (constant(values) and method.name not in ABSOLUTE):
            return np.full(len(values), np.nan)
        treated = TREATMENTS[treat.name](values, **treat.parameters).values
        return NORMALISATIONS[method.name](treated, direction, **method.parameters)

    nested = _nested(run, identifiers, composite)

    def aggregate(normalised: np.ndarray, drawn: np.ndarray) -> np.ndarray:
        if nested is None:
            return AGGREGATIONS[aggregation.name](normalised, drawn, **aggregation.parameters)
        tree, inner = nested
        return composite_scores(tree, normalised, np.concatenate([drawn, inner]))[:, -1]

    rule = json.dumps([run.scoring.missing.name, dict(run.scoring.missing.parameters)], sort_keys=True)
    return Reckoning(
        run.codes, identifiers, columns("values"), columns("completed"), weights, rule, normalise, aggregate
    )


def _nested(run: Run, identifiers: tuple[str, ...], composite: str) -> Optional[tuple[Hierarchy, np.ndarray]]:
    """Return the nodes below a composite as a hierarchy over the identifiers, and their weights; None without nodes.

    The weights of nodes are part of the method: those of indicators alone are compared one by one.
    """
    part, columns = subtree(hierarchy_in(run.state), composite)
    if len(part.composites) == 1:
        return None
    leaves = [identifiers.index(str(run.state["indicators"][column])) for column in columns[: part.n_indicators]]
    back = [*leaves, *range(len(identifiers), len(identifiers) + len(part.composites))]
    made = tuple(replace(each, members=tuple(back[member] for member in each.members)) for each in part.composites)
    return Hierarchy(len(identifiers), made), run.state["element_weights"][columns[part.n_indicators :]]


def _normalisation(run: Run, identifier: str) -> tuple[Method, int]:
    """Return how a run normalises an indicator, and which way is better."""
    column = [str(name) for name in run.state["indicators"]].index(identifier)
    direction = int(run.state["directions"][column])
    for written in run.manifest["study"]["content"]["indicators"]:
        if written["id"] == identifier and "normalisation" in written:
            return method_of(written["normalisation"]), direction
    return run.scoring.normalisation, direction


def _published(change: ScoreChange, before: Run, after: Run, composite: str) -> Optional[ScoreChange]:
    """Return a change with the scores as published; its parts are left out where they cannot be had from the files."""
    found = []
    for run, again in ((before, change.before), (after, change.after)):
        place = {str(code): row for row, code in enumerate(run.codes)}
        published = run.numbers(composite)[[place[str(code)] for code in change.codes]]
        there = ~np.isnan(published)
        if not np.allclose(again[there], published[there], rtol=_PUBLISHED, atol=_PUBLISHED):
            return None
        found.append(np.where(there, again, np.nan))
    nothing = np.isnan(found[0]) | np.isnan(found[1])
    parts = {cause: np.where(nothing, np.nan, part) for cause, part in change.parts.items()}
    return ScoreChange(change.codes, found[0], found[1], parts, change.others_apart)


def compare(before: Path, after: Path, lang: str, out: Optional[Path] = None) -> str:
    """Compare two results folders: write the table where asked, and return the summary as lines of text.

    Raises
    ------
    ResultsError
        If a folder holds no results, or the table cannot be written.
    """
    comparison = compare_runs(before, after)
    table = comparison_frame(comparison)
    if out is not None:
        try:
            write_csv(table, Path(out))
        except OSError as error:
            values = {"reason": error.strerror or str(error)}
            raise ResultsError(Problem("results.not_writable", str(out), values)) from error
    return summary(comparison, table, lang)
