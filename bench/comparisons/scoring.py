"""Methods of scoring and weighting beside those of other libraries, a whole chain, and a re-scoring under the hand."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from bench.comparing import Mark, Method, Row, Table, in_turn, median_row, median_s
from bench.inputs import exact_scores
from bench.inputs.scores import ChainRecipe, ScoresRecipe, read_table, write_chain, write_scores
from bench.ours_scoring import MIN_AVAILABILITY, branches, composites, divided
from bench.running import Run

OURS = "bench/ours_scoring.py"
TITLES = {
    "topsis": "TOPSIS",
    "vikor": "VIKOR",
    "promethee_ii": "PROMETHEE II, usual preference",
    "copeland": "Copeland, weighted majority",
    "critic": "CRITIC weights",
    "entropy": "entropy weights",
    "ahp": "AHP weights",
}
PEERS = {"pymcdm": "pymcdm", "scikit_criteria": "scikit-criteria", "pydecision": "pyDecision"}
# What a peer does not do.
ABSENT = {
    ("promethee_ii", "scikit_criteria"): "it has no PROMETHEE",
    ("ahp", "scikit_criteria"): "it has no AHP",
    ("copeland", "pymcdm"): "it has no Copeland",
    ("copeland", "scikit_criteria"): "it has no Copeland",
    ("copeland", "pydecision"): "its `copeland_method` adds up the criteria won less those lost over all others, "
    "without weights: no majority is taken of each pair",
}
EQUAL = 1e-9
# pyDecision adds 1e-9 within the logarithms of entropy weights and to the weights.
ALLOWED = {("entropy", "pydecision"): 1e-5}
_SAMPLE = 64
_ERROR = "largest difference"


def compare(folder: Path, small: bool) -> list[Table]:
    """Make the tables, run all methods in turn, and hold every answer against the formulas."""
    sizes = (200, 3_000) if small else (1_276, 35_000)
    beside = write_scores(folder / "scores", ScoresRecipe(sizes[0]))
    few = write_scores(folder / "scores_few", ScoresRecipe(sizes[0] if small else 1_266, 5))
    many = write_scores(folder / "scores_many", ScoresRecipe(sizes[1], 5))
    chain = write_chain(folder / "scores_chain", ChainRecipe(sizes[1]))
    return [_methods(beside, few), _ours(beside, many, chain)]


def _shape(path: Path) -> str:
    size, count = read_table(path)["values"].shape
    return f"{size:,} × {count}".replace(",", " ")


def _exact_chain(table: Mapping[str, np.ndarray]) -> np.ndarray:
    count = len(table["weights"])
    divisors = dict.fromkeys(divided(count), table["inhabitants"])
    known = (table["groups"], table["weights"], branches(count), MIN_AVAILABILITY)
    return exact_scores.index(table["values"], divisors, *known)


EXACT: dict[str, Callable[[Mapping[str, np.ndarray]], np.ndarray]] = {
    "topsis": lambda table: exact_scores.topsis(table["values"], table["weights"]),
    "vikor": lambda table: exact_scores.vikor(table["values"], table["weights"]),
    "promethee_ii": lambda table: exact_scores.promethee_ii(table["values"], table["weights"]),
    "copeland": lambda table: exact_scores.copeland(table["values"], table["weights"]),
    "critic": lambda table: exact_scores.critic(table["values"]),
    "entropy": lambda table: exact_scores.entropy(table["values"]),
    "ahp": lambda table: exact_scores.ahp(table["comparisons"]),
    "rescore": lambda table: exact_scores.composites(
        table["values"], table["weights"], composites(len(table["weights"]))
    ),
    "chain": _exact_chain,
}


def exact(what: str, path: Path) -> dict[str, float]:
    """Return the answer to what is asked of a table, by its place."""
    values = EXACT[what](read_table(path)).ravel()
    return {str(place): float(value) for place, value in enumerate(values)}


def exact_sample(path: Path) -> dict[str, float]:
    """Return Copeland's answer for some territories of a table that is too large for all pairs."""
    table = read_table(path)
    rows = np.arange(0, len(table["values"]), max(1, len(table["values"]) // _SAMPLE))
    values = exact_scores.copeland(table["values"], table["weights"], rows)
    return {str(row): float(value) for row, value in zip(rows, values, strict=True)}


def apart(answer: Mapping[str, float | None], wanted: Mapping[str, float]) -> float:
    """Return the largest difference from the exact values, relative to the largest of them.

    A value that is missing on one side alone is infinitely far.

    Examples
    --------
    >>> apart({"0": 2.0, "1": 3.0, "2": None}, {"0": 2.0, "1": 4.0, "2": float("nan")})
    0.25
    """
    exact_values = np.array(list(wanted.values()), dtype=float)
    found = np.array([np.nan if answer.get(code) is None else answer[code] for code in wanted], dtype=float)
    if (np.isnan(found) != np.isnan(exact_values)).any():
        return float("inf")
    return float(np.nanmax(np.abs(found - exact_values)) / np.nanmax(np.abs(exact_values)))


def difference(runs: list[Run], wanted: Mapping[str, float]) -> float | None:
    """Return how far the farthest answer is; None where there is none."""
    answers = [one.answer["values"] for one in runs if not one.absent]
    return max(apart(values, wanted) for values in answers) if answers else None


def judged(method: Method, runs: list[Run], wanted: Mapping[str, float], ours_s: float | None, allowed: float) -> Row:
    """Return the line of a method; one whose answer is another has no time to be compared."""
    error = difference(runs, wanted)
    row = median_row(method, runs, error, ours_s)
    if error is not None and not error <= allowed:
        return replace(Row(row.title, row.calls, command=row.command), absent=f"its answer differs by {error:.2g}")
    return row


def _method(title: str, program: str, what: str, path: Path, repeats: int = 3) -> Method:
    command = [sys.executable, "-m", program, what, str(path), "{out}"]
    return Method(title, command, f"{program.replace('.', '/')}.py", repeats)


def _methods(beside: Path, few: Path) -> Table:
    tables = {what: few if what == "copeland" else beside for what in TITLES}
    wanted = {what: exact(what, path) for what, path in tables.items()}
    methods: dict[tuple[str, str], Method] = {}
    for what, title in TITLES.items():
        path = tables[what]
        methods[what, "ours"] = _method(f"**ours**, {title}", "bench.ours_scoring", what, path, 5)
        for peer, named in PEERS.items():
            if (what, peer) not in ABSENT:
                # Half a minute of loops in Python: run once.
                repeats = 1 if (what, peer) == ("promethee_ii", "pydecision") else 3
                methods[what, peer] = _method(f"{named}, {title}", f"bench.peers.{peer}_methods", what, path, repeats)
    found = in_turn(methods)
    rows, worst = [], []
    for what, title in TITLES.items():
        base = median_s(found[what, "ours"])
        for peer in ("ours", *PEERS):
            if (what, peer) in ABSENT:
                reason = ABSENT[what, peer]
                rows.append(Row(f"{PEERS[peer]}, {title}", f"bench/peers/{peer}_methods.py", absent=reason))
                continue
            allowed = ALLOWED.get((what, peer), EQUAL)
            rows.append(judged(methods[what, peer], found[what, peer], wanted[what], base, allowed))
            if peer == "ours":
                worst.append(difference(found[what, peer], wanted[what]))
    marks = [
        Mark(f"Copeland of {_shape(few)}", median_s(found["copeland", "ours"]), most=0.2, unit="s"),
        Mark("largest difference of ours from the formulas", None if None in worst else max(worst), most=EQUAL),
    ]
    compared = len(read_table(beside)["comparisons"])
    remarks = [
        f"{_shape(beside)} values above 0, skewed, some of them equal, all “higher is better”, and weights that sum to "
        f"1; Copeland {_shape(few)}; AHP: the matrix of {compared} elements, the most that pyDecision knows a random "
        "index for.",
        "The same arrays in memory for all. TOPSIS: vector normalisation is in everyone's time; scikit-criteria: so is "
        "its decision matrix, without which it takes nothing. Each process calls for a second, or once: **s** is the "
        "median over the processes of the median of their calls.",
        "AHP: ours starts from a list of comparisons, not from a matrix, and also says how consistent they are and "
        "which of them are farthest from the rest; the peers' matrix and weights alone are had sooner.",
        "Difference: from the textbook's formula, worked out apart "
        "([exact_scores.py](../bench/inputs/exact_scores.py)), relative to the largest score or weight. A line whose "
        f"answer differs by more than {EQUAL:.0e} is told as absent; pyDecision's entropy weights may by "
        f"{ALLOWED['entropy', 'pydecision']:.0e}: it adds 1e-9 within its logarithms.",
        "COINr is an R program and is not run here. Told of it when these marks were set, **not measured here**: 185 s "
        "for Copeland of 1 266 × 5, 12 s for the whole chain of 35 000 × 30, 46 s for 100 draws of robustness.",
    ]
    return Table("Methods of scoring and weighting", remarks, rows, _ERROR, marks)


def _ours(beside: Path, many: Path, chain: Path) -> Table:
    cases = {
        "rescore": ("re-scoring all that the dock shows", beside, exact),
        "chain": ("whole chain of a framework", chain, exact),
        "copeland": ("Copeland", many, lambda _, path: exact_sample(path)),
    }
    methods = {
        what: _method(f"**ours**, {title}, {_shape(path)}", "bench.ours_scoring", what, path, 5)
        for what, (title, path, _) in cases.items()
    }
    found = in_turn(methods)
    wanted = {what: answer(what, path) for what, (_, path, answer) in cases.items()}
    rows = {what: judged(methods[what], found[what], wanted[what], None, EQUAL) for what in cases}
    first = max((one.answer["marks"]["first"] for one in found["rescore"] if not one.absent), default=float("nan"))
    marks = [
        Mark(f"one re-scoring of {_shape(beside)}", rows["rescore"].seconds, most=0.010, unit="s"),
        Mark(f"whole chain of {_shape(chain)}", rows["chain"].seconds, most=1.0, unit="s"),
        Mark(f"Copeland of {_shape(many)}: memory", rows["copeland"].peak_mb, most=1000.0, unit="MB"),
    ]
    for what, (title, path, _) in cases.items():
        apart_from = f"{title}, {_shape(path)}: difference from the formula"
        marks.append(Mark(apart_from, difference(found[what], wanted[what]), most=EQUAL))
    remarks = [
        "Re-scoring: from `scoring.npz` in memory, other weights at every call: five theme scores, an axis, readiness, "
        "segments, priorities, ranks, recommended themes. The first call of a process, which "
        f"also loads a part of numpy that numpy puts off until then, took {1000 * first:.1f} ms at most. Held against "
        "weighted means of min-max scores; segments and ranks are held against the engine by the tests.",
        "Whole chain: 2 % of values missing and filled by the median of one of 20 groups, a sixth of the columns "
        "divided by inhabitants, outliers treated as COINr does by default (four columns of six are lognormal and end "
        "as logarithms, one of six has three far values that are drawn in), min-max, six branches, screening at 65 % "
        "of known weight. From the table in memory to ranks.",
        f"Copeland of {_shape(many)}: held against all pairs of a sample of {_SAMPLE} territories.",
    ]
    return Table("Scoring as a whole", remarks, list(rows.values()), _ERROR, marks)
