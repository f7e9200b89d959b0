"""Ours: methods of scoring, the whole chain of a framework, and a re-scoring under the hand, on tables in memory."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np

from bench.inputs.scores import read_table
from bench.peers.answering import answer, played
from bench.peers.repeating import repeated

NODES, MIN_AVAILABILITY = 6, 0.65


def play(what: str, path: str, out: str) -> None:
    """Answer with the scores or the weights of a method, in the unit of its textbook; or of ``chain``, ``rescore``."""
    found, clock = repeated(CALLS[what](read_table(path)))
    if what in _ANSWERS:
        found = _ANSWERS[what](found)
    answer(out, clock, range(found.size), found.ravel(), {"numpy": np.__version__})


def _aggregated(name: str):
    """Return what scores a table by a method; its scores are taken as they are, but for the vector norms of TOPSIS."""
    from smart_territoires_plugin.core.scoring.aggregation import AGGREGATIONS

    def ready(table):
        values, weights, method = table["values"], table["weights"], AGGREGATIONS[name]
        if name == "topsis":
            return lambda _: method(values / np.sqrt((values * values).sum(axis=0)), weights)
        return lambda _: method(values, weights)

    return ready


def _weighed(name: str):
    from smart_territoires_plugin.core.scoring.weighting import WEIGHTINGS

    def ready(table):
        names = tuple(f"i{column}" for column in range(table["values"].shape[1]))
        return lambda _: WEIGHTINGS[name](table["values"], names)

    return ready


def _compared(table):
    from smart_territoires_plugin.core.scoring.weighting import WEIGHTINGS

    matrix = table["comparisons"]
    names = tuple(f"i{place}" for place in range(len(matrix)))
    said = [(names[a], names[b], float(matrix[a, b])) for a in range(len(names)) for b in range(a + 1, len(names))]
    return lambda _: WEIGHTINGS["ahp"](np.empty((0, len(names))), names, said)


def branches(count: int) -> list[list[int]]:
    """Return the columns of each branch of the framework."""
    return [list(range(node, count, NODES)) for node in range(NODES)]


def divided(count: int) -> list[int]:
    """Return the columns that are divided by the number of inhabitants."""
    return list(range(5, count, 6))


def composites(count: int) -> list[list[int]]:
    """Return the columns of each composite of the study: five themes of stakes, then an axis, and readiness."""
    factors = list(range(count // 2, count))
    return [*(list(range(theme, count // 2, 5)) for theme in range(5)), factors, factors]


def framework(weights: np.ndarray):
    """Return an index of six branches: gaps by the median of the group, outliers as COINr, min-max, weighted mean."""
    from smart_territoires_plugin.core.study.framework import Framework, FrameworkIndicator, Node
    from smart_territoires_plugin.core.study.model import Method, Name, Robustness, Scoring

    nobody, counts = Name("", ""), divided(len(weights))
    parents = {column: f"n{node}" for node, columns in enumerate(branches(len(weights))) for column in columns}
    indicators = tuple(
        FrameworkIndicator(
            f"i{column}",
            nobody,
            parents[column],
            weight=float(weight),
            denominator="inhabitants" if column in counts else None,
        )
        for column, weight in enumerate(weights)
    )
    return Framework(
        path=Path("framework.yaml"),
        name="made up",
        key="code",
        nodes=(Node("index", nobody), *(Node(f"n{node}", nobody, "index") for node in range(NODES))),
        indicators=indicators,
        scoring=Scoring(
            Method("group_median", {"group": "group"}),
            outliers=Method("coinr"),
            min_availability=MIN_AVAILABILITY,
        ),
        robustness=Robustness(),
    )


def _chain(table):
    from smart_territoires_plugin.core.models.methods import ENGINE
    from smart_territoires_plugin.core.scoring.framework_scores import score_framework

    asked, values = framework(table["weights"]), table["values"]
    denominators, groups = {"inhabitants": table["inhabitants"]}, {"group": table["groups"]}
    return lambda _: score_framework(asked, values, denominators, groups, ENGINE).root


def rescoring(values: np.ndarray):
    """Return a scored study as it is read again from ``scoring.npz``."""
    from bench.ours_robustness import made_up_study
    from smart_territoires_plugin.core.scoring import score
    from smart_territoires_plugin.core.scoring.state import save_state
    from smart_territoires_plugin.core.study.model import Robustness
    from smart_territoires_plugin.core.targeting.rescoring import Rescoring

    study, size = made_up_study(Robustness()), len(values)
    scores = score(study, values)
    generator = np.random.default_rng(2)
    unknown = generator.random(size) < 0.2
    standing = {
        "high_activity": (generator.random(size) < 0.5) & ~unknown,
        "unknown_activity": unknown,
        "evidence": 100 * generator.random(size),
        "done": generator.integers(0, 4, (size, len(study.scored_themes))).astype(float),
    }
    codes = np.array([f"{number:06d}" for number in range(size)])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scoring.npz"
        save_state(path, codes, values, scores, study, standing)
        return Rescoring.read(path)


def _rescored(table):
    again, weights = rescoring(table["values"]), table["weights"]

    # A slider moves: every call has other weights than the one before.
    return lambda turn: again.rescore(weights=np.roll(weights, turn))


CALLS = {
    **{name: _aggregated(name) for name in ("topsis", "vikor", "promethee_ii", "copeland")},
    **{name: _weighed(name) for name in ("critic", "entropy")},
    "ahp": _compared,
    "chain": _chain,
    "rescore": _rescored,
}
_COMPOSITES = (*(f"score_t{theme}" for theme in range(5)), "axis_data", "readiness")
# Ours are 0–100, higher is better; the textbooks' are closeness, Q, net flow, and wins less losses.
_ANSWERS = {
    "topsis": lambda scores: scores / 100,
    "vikor": lambda scores: 1 - scores / 100,
    "promethee_ii": lambda scores: scores / 50 - 1,
    "copeland": lambda scores: scores / 50 - 1,
    "rescore": lambda made: np.column_stack([made.columns[name] for name in _COMPOSITES]),
}


if __name__ == "__main__":
    sys.exit(played(play))
