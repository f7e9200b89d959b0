"""Steps 4 and 6 of the annex: how the parts of composites go together, what each weighs, how they are joined."""

from __future__ import annotations

from typing import Optional

import numpy as np

from smart_territoires_plugin.core.errors import ScoringError
from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.results.annex_page import Cell, bullets, heading, paragraph, table
from smart_territoires_plugin.core.results.annex_subject import Subject
from smart_territoires_plugin.core.scoring.budget import allocated_budget
from smart_territoires_plugin.core.scoring.chance import LEVEL, may_be_chance
from smart_territoires_plugin.core.scoring.correlation import pair_counts
from smart_territoires_plugin.core.scoring.element_weights import methods_for
from smart_territoires_plugin.core.scoring.pairwise import ACCEPTABLE_RATIO, pairwise_judgement
from smart_territoires_plugin.core.scoring.weight_diagnostics import CompositeDiagnostics
from smart_territoires_plugin.core.study.methods import NEEDS_POSITIVE, RELATIVE, WEIGHTINGS
from smart_territoires_plugin.core.study.model import Method

MAX_MATRIX = 16
MAX_WEIGHTS = 300
_MAX_FLAGS = 20
_MAX_COMPARISONS = 5
_STRONG = 0.7


def together(subject: Subject) -> list[str]:
    """Tell how the parts of each composite are correlated: consistency, overlap, opposition."""
    words = subject.words
    several = [(place, made) for place, made in enumerate(subject.diagnostics) if len(made.members) > 1]
    if not several:
        return [paragraph(words.say("together_nothing"), "undone")]
    rows = []
    for _, made in reversed(several):
        pairs = made.correlations[np.triu_indices(len(made.members), 1)]
        known = pairs[~np.isnan(pairs)]
        ends = (known.min(), np.median(known), known.max()) if known.size else (np.nan,) * 3
        figures = [words.number(value, 2) for value in (*ends, made.standardised_alpha)]
        rows.append((_name(subject, made.composite), words.number(len(made.members)), *figures))
    head = [
        words.say(code)
        for code in ("composite", "parts", "lowest_correlation", "median_correlation", "highest_correlation", "alpha")
    ]
    parts = [
        paragraph(words.say("together")),
        table(head, rows, (1, 2, 3, 4, 5)),
        paragraph(words.say("alpha_meaning")),
    ]
    parts += _flags(subject)
    # What two parts have is in the table above.
    wide = [(place, made) for place, made in several if len(made.members) > 2]
    if not wide:
        return parts
    parts.append(heading(words.say("matrices")))
    parts.append(paragraph(words.say("matrices_meaning", strong=words.number(_STRONG, 1), level=words.share(LEVEL))))
    left = []
    for place, made in reversed(wide):
        if len(made.members) <= MAX_MATRIX:
            parts.append(_matrix(subject, place, made))
        else:
            left.append(_name(subject, made.composite))
    if left:
        parts.append(paragraph(words.say("matrices_left", names=words.listed(left), most=MAX_MATRIX), "quiet"))
    return parts


def _name(subject: Subject, composite: str) -> str:
    return subject.names[subject.hierarchy.column_of(composite)]


def _flags(subject: Subject) -> list[str]:
    """Tell the pairs that say the same, and those that oppose each other; a pair of two composites once."""
    words = subject.words
    parts = []
    for kind in ("redundant", "opposed"):
        found = {}
        for made in subject.diagnostics:
            for flag in getattr(made, kind):
                found.setdefault(frozenset((flag.first, flag.second)), flag)
        if not found:
            parts.append(paragraph(words.say(f"{kind}_nothing")))
            continue
        ordered = sorted(found.values(), key=lambda flag: -abs(flag.correlation))
        lines = [
            text(f"weighting.{kind}", words.lang, first=flag.first, second=flag.second,
                 correlation=words.number(flag.correlation, 2))
            for flag in ordered[:_MAX_FLAGS]
        ]  # fmt: skip
        if len(ordered) > _MAX_FLAGS:
            lines.append(words.say("more_pairs", count=words.number(len(ordered) - _MAX_FLAGS)))
        parts += [paragraph(words.say(kind, count=words.number(len(ordered)))), bullets(lines)]
    return parts


def _matrix(subject: Subject, place: int, made: CompositeDiagnostics) -> str:
    words = subject.words
    members = list(subject.hierarchy.composites[place].members)
    columns = np.hstack([subject.normalised, subject.scores])[:, members]
    chance = may_be_chance(made.correlations, pair_counts(columns))
    rows = []
    for row, name in enumerate(made.members):
        cells: list = [f"{row + 1}. {name}"]
        for column in range(len(made.members)):
            value = made.correlations[row, column]
            if column >= row:
                cells.append("" if column > row else "·")
            elif chance[row, column]:
                cells.append(Cell(words.number(value, 2), "faint"))
            else:
                strong = "strong" if value >= _STRONG else "against" if value <= -0.4 else ""
                cells.append(Cell(words.number(value, 2), strong))
        rows.append(cells)
    size = len(made.members)
    head = [_name(subject, made.composite), *(str(place + 1) for place in range(size))]
    return table(head, rows, range(1, size + 1), close=True)


def weights(subject: Subject) -> list[str]:
    """Tell where the weights come from, what each element weighs, and what it counts for in fact."""
    words, asked = subject.words, subject.scoring.weights
    composites = subject.hierarchy.composites
    if not composites:
        return [paragraph(words.say("no_composite"), "undone")]
    methods = methods_for(subject.hierarchy, subject.codes, asked, subject.own_weights)
    parts = [paragraph(words.say("weights", method=words.weighting(asked)))]
    if any(method != asked for method in methods):
        lines = [
            words.say("named", name=_name(subject, composite.id), what=words.weighting(method))
            for composite, method in zip(composites, methods)
        ]
        parts += [paragraph(words.say("weights_own")), bullets(lines)]
    for name in dict.fromkeys(method.name for method in methods):
        if WEIGHTINGS[name].nature == "data_driven":
            parts.append(paragraph(text("weighting_warning.data_driven", words.lang), "warning"))
        if name == "benefit_of_the_doubt":
            parts.append(paragraph(words.say("common_best"), "warning"))
    for place, method in enumerate(methods):
        parts += _judgement(subject, place, method)
    return [*parts, *_weight_table(subject)]


def _judgement(subject: Subject, place: int, method: Method) -> list[str]:
    """Tell what experts said of the parts of a composite: how consistent, how far from one another."""
    words, composite = subject.words, subject.hierarchy.composites[place]
    members = [member for member in composite.members if subject.declared[member] > 0]
    codes = [subject.codes[member] for member in members]
    names = {subject.codes[member]: subject.names[member] for member in members}
    # What the weights came from did not fail; a composite whose parts were weighed in a larger one may.
    try:
        if method.name == "ahp":
            found = pairwise_judgement(codes, method.parameters["comparisons"])
        elif method.name == "budget_allocation":
            budget = allocated_budget(codes, method.parameters["points"])
        else:
            return []
    except ScoringError:
        return []
    title = heading(words.say("judgement", composite=_name(subject, composite.id)))
    if method.name == "budget_allocation":
        rows = [
            (names[code], words.percent(share, 1), words.percent(low, 1), words.percent(high, 1))
            for code, share, low, high in zip(codes, budget.weights, budget.lowest, budget.highest)
        ]
        head = [words.say(code) for code in ("element", "mean_share", "lowest", "highest")]
        disagreement = text("weighting.disagreement", words.lang, share=words.share(budget.disagreement))
        experts = words.say("experts", count=words.number(budget.shares.shape[1]))
        return [title, paragraph(f"{experts} {disagreement}"), table(head, rows, (1, 2, 3), close=True)]
    ratio, missing = words.number(found.consistency_ratio, 2), words.number(found.missing)
    parts = [title, paragraph(text("weighting.consistency", words.lang, ratio=ratio, missing=missing))]
    if found.consistency_ratio > ACCEPTABLE_RATIO:
        parts.append(paragraph(words.say("inconsistent"), "warning"))
    worst = [answer for answer in found.comparisons if abs(np.log(answer.ratio)) > 1e-6][:_MAX_COMPARISONS]
    lines = [
        text("weighting.comparison", words.lang, first=names[answer.first], second=names[answer.second],
             said=words.figure(answer.said, 3), implied=words.figure(answer.implied, 3))
        for answer in worst
    ]  # fmt: skip
    return [*parts, *([paragraph(words.say("worst_comparisons")), bullets(lines)] if lines else [])]


def _weight_table(subject: Subject) -> list[str]:
    words = subject.words
    rows: list[tuple] = []
    differing, count = [], subject.hierarchy.n_indicators
    for place in reversed(range(len(subject.hierarchy.composites))):
        composite = subject.hierarchy.composites[place]
        made = subject.diagnostics[place] if subject.diagnostics else None
        rows.append((subject.names[count + place],))
        whole = subject.weights[list(composite.members)].sum()
        for position, member in enumerate(composite.members):
            share = subject.weights[member] / whole if whole > 0 else 0.0
            rows.append(_weight_row(subject, member, share, made, position))
            if made and made.members[position] in made.differing:
                differing.append((made, position))
    head = ["element", "declared", "used", "in_whole", "importance", "remark"]
    if subject.whole is None:
        head.remove("in_whole")
        rows = [row if len(row) == 1 else (*row[:3], *row[4:]) for row in rows]
    titles = [words.say(code, name=subject.whole_name) if code == "in_whole" else words.say(code) for code in head]
    numeric = range(1, len(head) - 1)
    parts = [paragraph(words.say("weights_meaning")), table(titles, rows[:MAX_WEIGHTS], numeric)]
    if len(rows) > MAX_WEIGHTS:
        more = words.say(f"more_weights.{subject.kind}", count=words.number(len(rows) - MAX_WEIGHTS))
        parts.append(paragraph(more, "quiet"))
    told = "differs" if differing else "differs_nothing"
    return [*parts, paragraph(words.say(told, count=words.number(len(differing))))]


def _weight_row(
    subject: Subject, member: int, share: float, made: Optional[CompositeDiagnostics], position: int
) -> tuple:
    words, remark = subject.words, ""
    importance = made.importance[position] if made else np.nan
    if member < subject.hierarchy.n_indicators and not subject.usable[member]:
        remark = words.say("left_out_short")
    elif made and made.members[position] in made.differing:
        remark = words.say("counts_more" if made.factor[position] > 1 else "counts_less")
    effective = 0.0
    if subject.whole is not None:
        effective = subject.effective[subject.whole - subject.hierarchy.n_indicators, member]
    return (
        Cell(subject.names[member], depth=1),
        words.figure(subject.declared[member]),
        Cell(words.percent(share, 1), bar=share),
        words.percent(effective, 1) if effective > 0 else "–",
        Cell(words.percent(importance, 1), bar=None if np.isnan(importance) else importance),
        remark,
    )


def aggregation(subject: Subject) -> list[str]:
    """Tell how parts are joined into composites, and whether a weak one can be made up for."""
    words, general = subject.words, subject.scoring.aggregation
    parts = [paragraph(words.say("aggregation", method=words.method(general)))]
    parts.append(paragraph(text(f"compensation.{general.name}", words.lang)))
    others = [made for made in subject.hierarchy.composites if made.aggregation != general]
    if others:
        lines = [
            words.say("named", name=_name(subject, made.id), what=words.method(made.aggregation)) for made in others
        ]
        parts += [paragraph(words.say("aggregation_own")), bullets(lines)]
        names = dict.fromkeys(made.aggregation.name for made in others if made.aggregation.name != general.name)
        parts.append(bullets(text(f"compensation.{name}", words.lang) for name in names))
    used = {made.aggregation.name for made in subject.hierarchy.composites}
    if used & set(RELATIVE):
        parts.append(paragraph(words.say("relative_scores")))
    if used & set(NEEDS_POSITIVE):
        parts.append(paragraph(words.say("positive_scores")))
    return parts
