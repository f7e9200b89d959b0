"""Step 8 of the annex: back from scores to what they are made of, for the first territories of the ranking."""

from __future__ import annotations

import numpy as np

from smart_territoires_plugin.core.results.annex_page import Cell, heading, paragraph, table
from smart_territoires_plugin.core.results.annex_subject import Subject
from smart_territoires_plugin.core.scoring.contributions import Contributions, contributions_to
from smart_territoires_plugin.core.scoring.hypothetical import row_wise, subtree

FIRST = 5
_NAMED = 4


def first_territories(subject: Subject, rows: np.ndarray, ranks: np.ndarray, low: np.ndarray, high: np.ndarray) -> str:
    """Tell what the scores of some territories are made of.

    Parameters
    ----------
    rows : ndarray of int
        The territories, in the order of their ranks.
    ranks, low, high : ndarray, shape (n_territories,)
    """
    words = subject.words
    if not rows.size or subject.whole is None:
        return ""
    code = subject.codes[subject.whole]
    tree, _ = subtree(subject.hierarchy, code)
    made = None
    if row_wise(tree):
        made = contributions_to(subject.hierarchy, subject.normalised, subject.weights, code, rows)
    lines = []
    for place, row in enumerate(rows):
        interval = f"{words.number(low[row], 0)}–{words.number(high[row], 0)}"
        score = words.number(subject.whole_scores[row], 1)
        line = [words.number(ranks[row], 0), interval, str(subject.labels[row]), score]
        lines.append((*line, _most(subject, made, place)) if made else tuple(line))
    head = [words.say(code) for code in ("rank", "interval", "territory")] + [subject.whole_name]
    parts = [heading(words.say("first_territories", composite=subject.whole_name))]
    if made:
        head.append(words.say("contribute_most"))
        parts.append(paragraph(words.say(f"contributions.{made.kind}")))
    else:
        parts.append(paragraph(words.say("contributions.pairs"), "undone"))
    return "".join([*parts, table(head, lines, (0, 1, 3))])


def _most(subject: Subject, made: Contributions, place: int) -> Cell:
    """Return the indicators that contribute most to a territory's score."""
    words, values = subject.words, made.values[place]
    neutral = 1.0 if made.kind == "factors" else 0.0
    size = np.abs(np.log(np.maximum(values, 1e-300))) if made.kind == "factors" else np.abs(values)
    order = [position for position in np.argsort(-size, kind="stable") if values[position] != neutral][:_NAMED]
    sign = {"factors": "× ", "shapley": "+"}.get(made.kind, "")
    shown = []
    for position in order:
        digits = 2 if made.kind == "factors" else 1
        before = sign if made.kind == "factors" or values[position] > 0 else ""
        shown.append(f"{subject.names[made.members[position]]} ({before}{words.number(values[position], digits)})")
    return Cell("; ".join(shown) or "–")
