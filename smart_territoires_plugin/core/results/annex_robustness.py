"""Step 7 of the annex: what was drawn, how far ranks move, which part of the method moves them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Optional

import numpy as np

from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.results.annex_page import Cell, bullets, heading, paragraph, table
from smart_territoires_plugin.core.results.annex_subject import Subject
from smart_territoires_plugin.core.scoring.hypothetical import subtree
from smart_territoires_plugin.core.scoring.leaving_out import LeavingOut, leave_one_out
from smart_territoires_plugin.core.scoring.robustness import GROUPS, USUAL_CONCENTRATION, drawn_groups
from smart_territoires_plugin.core.study.model import Method

if TYPE_CHECKING:
    from smart_territoires_plugin.core.models.sobol import Indices

STAMPS = ("core", "probable", "debatable")
MAX_LEFT_OUT = 60
# Group of choices → what a study calls it.
_OF_SCORING = {"normalisation": "normalisation", "aggregation": "aggregation", "treatment": "outliers"}
# Methods that compare all pairs: among more territories, ranks without each element would take longer than the run.
_PAIRWISE, _MANY_COMPARED = ("copeland", "promethee_ii"), 500
_LEVELS = ("indicators", "nodes", "themes")


@dataclass(frozen=True)
class Ranking:
    """Ranks, and what the draws say of them.

    Parameters
    ----------
    low, high : ndarray, shape (n_territories,)
        Best and worst rank of the 90 % interval; NaN where a territory has no rank.
    stamps : ndarray of str, shape (n_territories,)
        ``core``, ``probable``, ``debatable``; '' where a territory has no rank.
    meaning : str
        What is sure of a territory with the stamp ``core``, as a sentence of the annex.
    """

    low: np.ndarray
    high: np.ndarray
    stamps: np.ndarray
    meaning: str


def drawn(subject: Subject, segments: bool) -> list[str]:
    """Tell what was drawn, how often and from which seed, and what was left as it is."""
    words, asked = subject.words, subject.robustness
    errors = any(indicator.error for indicator in subject.indicators)
    counts = {group: len(_alternatives(subject, group)) for group in _OF_SCORING}
    counts["imputation"] = 2 if subject.imputation_drawn else 1
    groups = drawn_groups(asked, counts, errors, segments)
    parts = [paragraph(words.say("draws", draws=words.number(asked.draws), seed=str(asked.seed)))]
    parts.append(bullets(_drawn_line(subject, group) for group in groups))
    still = [words.say(f"group.{group}")
             for group in GROUPS if group not in groups and (segments or group != "thresholds")]  # fmt: skip
    if still:
        parts.append(paragraph(words.say("not_drawn", names=", ".join(still)), "undone"))
    return parts


def _drawn_line(subject: Subject, group: str) -> str:
    words, asked = subject.words, subject.robustness
    if group == "weights":
        return _drawn_weights(subject)
    if group in _OF_SCORING:
        methods = (words.method(method) for method in _alternatives(subject, group))
        return words.say(f"drawn.{group}", methods="; ".join(methods))
    if group == "error":
        names = [name for name, indicator in zip(subject.names, subject.indicators) if indicator.error]
        return words.say("drawn.error", names=words.listed(names))
    if group == "thresholds":
        return words.say("drawn.thresholds", shift=words.figure(asked.thresholds))
    return words.say("drawn.imputation")


def _alternatives(subject: Subject, group: str) -> list[Method]:
    """Return the methods that a draw could take, the study's own first."""
    own = getattr(subject.scoring, _OF_SCORING[group])
    return [own, *(method for method in getattr(subject.robustness, _OF_SCORING[group]) if method != own)]


def _drawn_weights(subject: Subject) -> str:
    words, asked = subject.words, subject.robustness
    name = "concentration" if asked.weights.name == "dirichlet" else "share"
    usual = USUAL_CONCENTRATION if name == "concentration" else asked.error_share
    given = asked.weights.parameters.get(name, usual)
    write = words.figure if name == "concentration" else words.percent
    if not isinstance(given, Mapping):
        return words.say(f"drawn.{asked.weights.name}", amount=write(given))
    levels = given if name == "concentration" else {level: given.get(level, usual) for level in _LEVELS}
    each = ", ".join(f"{words.say(f'level.{level}')} {write(amount)}" for level, amount in levels.items())
    return words.say(f"drawn.{asked.weights.name}", amount=each)


def stability(subject: Subject, ranking: Ranking, rank_change: Optional[float] = None) -> list[str]:
    """Tell how many ranks are sure, and how wide the intervals are."""
    words = subject.words
    ranked = np.flatnonzero(~np.isnan(ranking.low))
    if not ranked.size:
        return [paragraph(words.say("nothing_ranked"), "undone")]
    counts = {stamp: int((ranking.stamps == stamp).sum()) for stamp in STAMPS}
    whole = max(1, sum(counts.values()))
    rows = [
        (
            text(f"stability.{stamp}", words.lang),
            words.say(f"stamp.{stamp}"),
            Cell(words.number(count), bar=count / whole),
            words.percent(count / whole, 1),
        )
        for stamp, count in counts.items()
    ]
    head = [words.say(code) for code in ("stamp", "meaning", "counts", "share")]
    parts = [paragraph(ranking.meaning), table(head, rows, (2, 3))]
    widths = (ranking.high - ranking.low)[ranked]
    found = [words.number(value, 0) for value in np.quantile(widths, [0.5, 0.9, 1.0])]
    said = dict(zip(("median", "most", "widest"), found))
    parts.append(paragraph(words.say("interval_widths", ranked=words.number(ranked.size), **said)))
    if rank_change is not None:
        parts.append(paragraph(words.say("rank_change", change=words.number(rank_change, 1))))
    return parts


def left_out_study(subject: Subject) -> LeavingOut:
    """Return how far the ranks of a study's readiness move without each indicator, then without each axis.

    Returns
    -------
    LeavingOut
        ``columns`` are those of the hierarchy; of none where all pairs of many territories would be compared each time.
    """
    tree, columns = subtree(subject.hierarchy, subject.codes[subject.whole])
    pairwise = any(composite.aggregation.name in _PAIRWISE for composite in tree.composites)
    if pairwise and len(subject.labels) > _MANY_COMPARED:
        return LeavingOut((), np.empty((len(subject.labels), 0)), np.empty(0))
    place = {int(column): new for new, column in enumerate(columns)}
    own = {column: [new] for column, new in place.items() if column != subject.whole and subject.weights[column] > 0}
    axes = {
        subject.hierarchy.column_of(composite.id): [place[member] for member in composite.members]
        for composite in subject.hierarchy.composites
        if composite.id.startswith("axis_") and len(composite.members) > 1
    }
    sets = {**own, **axes}
    # A territory that is not ranked must not be ranked by what is left of it.
    scored = ~np.isnan(subject.whole_scores)[:, None]
    normalised = np.where(scored, subject.normalised[:, columns[: tree.n_indicators]], np.nan)
    last = tree.n_columns - 1
    found = leave_one_out(tree, normalised, subject.weights[columns], last, [np.array(each) for each in sets.values()])
    return replace(found, columns=tuple(sets))


def without_each(subject: Subject, found: LeavingOut) -> list[str]:
    """Tell how far ranks move when one element is left out at a time, the largest change first."""
    words = subject.words
    parts = [heading(words.say("leaving_out", composite=subject.whole_name))]
    if not found.columns and not np.isnan(subject.whole_scores).all():
        return [*parts, paragraph(words.say("leaving_out_pairs"), "undone")]
    told = [
        (column, float(change))
        for column, change in zip(found.columns, found.rank_change)
        if subject.weights[column] > 0 and not np.isnan(change)
    ]
    if len(told) < 2:
        return [*parts, paragraph(words.say("leaving_out_nothing"), "undone")]
    told.sort(key=lambda item: -item[1])
    most = max(told[0][1], 1e-12)
    rows = [
        (subject.names[column], Cell(words.number(change, 1), bar=change / most))
        for column, change in told[:MAX_LEFT_OUT]
    ]
    head = [words.say("element"), words.say("mean_change")]
    parts += [paragraph(words.say("leaving_out_meaning")), table(head, rows, (1,), close=True)]
    if len(told) > MAX_LEFT_OUT:
        parts.append(paragraph(words.say("leaving_out_more", count=words.number(len(told) - MAX_LEFT_OUT)), "quiet"))
    return parts


def indices_tables(subject: Subject, indices: Mapping[str, Indices]) -> list[str]:
    """Tell what each group of choices contributes to the variance of the results, or that it was not asked for."""
    words = subject.words
    parts = [heading(words.say("indices"))]
    if not subject.robustness.sobol:
        return [*parts, paragraph(words.say("indices_not_asked"), "undone")]
    if not indices:
        return [*parts, paragraph(words.say("indices_nothing"), "undone")]
    parts.append(paragraph(words.say("indices_meaning")))
    for followed, found in indices.items():
        rows = [
            (words.say(f"group.{group}"), Cell(words.number(first, 2), bar=float(first)),
             Cell(words.number(total, 2), bar=float(total)))
            for group, first, total in zip(found.groups, found.first, found.total)
        ]  # fmt: skip
        head = [words.say(code) for code in ("choices", "first_order", "total_order")]
        parts.append(table(head, rows, (1, 2), words.say(f"followed.{followed}"), close=True))
    return parts
