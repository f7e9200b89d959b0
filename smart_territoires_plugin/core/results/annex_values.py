"""Steps 2, 3 and 5 of the annex: how much is known, what was filled in, which outliers were treated, and the scales."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.results.annex_page import bullets, heading, paragraph, table
from smart_territoires_plugin.core.results.annex_subject import Subject
from smart_territoires_plugin.core.results.annex_words import Words
from smart_territoires_plugin.core.scoring.preparing import constant
from smart_territoires_plugin.core.scoring.treatment import ShapeCheck, Treatment, shape_check
from smart_territoires_plugin.core.study.methods import ABSOLUTE

MAX_ROWS = 100
_EXAMPLES = 10
_RANKS = ("percentile_rank", "rank", "borda")


def span(values: np.ndarray, words: Words) -> str:
    """Return the lowest, the median and the highest known value, with as many decimals as tell them apart."""
    known = values[~np.isnan(values)]
    if not known.size:
        return "–"
    found = np.quantile(known, [0, 0.5, 1])
    if (found == found.round()).all() and np.abs(found).max() < 1e15:
        return " – ".join(words.number(value, 0) for value in found)
    widest = np.abs(found).max()
    if not 1e-3 <= widest < 1e15:
        return " – ".join(words.figure(value, 3) for value in found)
    digits = int(np.select([widest >= 100, widest >= 10, widest >= 1], [0, 1, 2], 3))
    return " – ".join(words.number(value, digits) for value in found)


def left_out(subject: Subject) -> str:
    """Say which indicators tell no territory from another, and so are left out; nothing if there are none."""
    names = [name for name, kept in zip(subject.names, subject.usable) if not kept]
    return paragraph(subject.words.say("left_out", names=subject.words.listed(names)), "warning") if names else ""


def availability_table(subject: Subject) -> list[str]:
    """Say for how many territories each composite could be scored, and which have too little for the whole."""
    words, size = subject.words, len(subject.labels)
    minimum = words.share(subject.scoring.min_availability)
    parts = [paragraph(words.say("availability", share=minimum))]
    if not subject.hierarchy.composites:
        return [*parts, paragraph(words.say("no_composite"), "undone")]
    rows = []
    for place in reversed(range(len(subject.hierarchy.composites))):
        scored = int((~np.isnan(subject.scores[:, place])).sum())
        name = subject.names[subject.hierarchy.n_indicators + place]
        rows.append((name, words.number(scored), words.number(size - scored)))
    head = [words.say(code) for code in ("composite", "scored", "insufficient")]
    parts.append(table(head, rows, (1, 2), close=True))
    if subject.whole is None:
        return parts
    below = np.flatnonzero(np.isnan(subject.whole_scores))
    if not below.size:
        return [*parts, paragraph(words.say("availability_all", composite=subject.whole_name))]
    shown = [f"{subject.labels[row]} ({words.percent(subject.data_coverage[row])})" for row in below[:_EXAMPLES]]
    more = words.number(below.size - len(shown))
    named = ", ".join(shown) if below.size <= _EXAMPLES else words.say("and_more", names=", ".join(shown), count=more)
    return [*parts, paragraph(words.say("availability_below", composite=subject.whole_name, names=named))]


def imputation(subject: Subject) -> list[str]:
    """Tell how gaps were dealt with, indicator by indicator, and list what was filled in."""
    words, scoring = subject.words, subject.scoring
    gaps = np.isnan(subject.values)
    parts = [paragraph(words.say("missing_rule", rule=words.method(scoring.missing)))]
    if not gaps.any():
        return [*parts, paragraph(words.say("missing_nothing", count=words.number(gaps.size)))]
    filled = int(subject.imputed.sum())
    counts = {"missing": gaps.sum(), "imputed": filled, "left": gaps.sum() - filled}
    said = {name: words.number(int(count)) for name, count in counts.items()}
    share = words.share(gaps.mean(), 1)
    parts.append(paragraph(words.say("missing_counts", share=share, whole=words.number(gaps.size), **said)))
    if filled < gaps.sum():
        parts.append(paragraph(words.say("missing_left")))
    rows = []
    for column in np.flatnonzero(gaps.any(axis=0)):
        absent, made = int(gaps[:, column].sum()), int(subject.imputed[:, column].sum())
        whole = max(1, len(gaps))
        rows.append((subject.names[column], words.number(absent), words.percent(absent / whole, 1), words.number(made),
                     words.number(absent - made)))  # fmt: skip
    head = [words.say(code) for code in ("indicator", "missing", "missing_share", "imputed", "left")]
    parts.append(table(head, rows, (1, 2, 3, 4)))
    return parts + (_imputed_list(subject, filled) if filled else [paragraph(words.say("imputed_nothing"))])


def _imputed_list(subject: Subject, filled: int) -> list[str]:
    words = subject.words
    rows = []
    places = np.argwhere(subject.imputed)[:MAX_ROWS]
    for row, column in places:
        value = words.figure(subject.completed[row, column])
        rows.append((str(subject.labels[row]), subject.names[column], value, subject.unit(column)))
    head = [words.say(code) for code in ("territory", "indicator", "imputed_value", "unit")]
    parts = [heading(words.say("imputed_list")), table(head, rows, (2,))]
    more = words.say(f"more_imputed.{subject.kind}", count=words.number(filled - len(rows)))
    return [*parts, paragraph(more, "quiet")] if filled > len(rows) else parts


def outliers(subject: Subject) -> list[str]:
    """Tell the shape of the indicators, what was done about outliers, and each value that was changed."""
    words, asked = subject.words, subject.scoring.outliers
    told = "outliers_not_asked" if asked.name == "none" else "outliers"
    parts = [heading(words.say("outliers_heading")), paragraph(words.say(told, rule=words.method(asked)))]
    checks = [_checks(subject, column) for column in range(len(subject.indicators))]
    beyond = [column for column, found in enumerate(checks) if found and not found[0].passed]
    treated = [column for column, made in enumerate(subject.treatments) if made.changed.any()]
    if asked.name == "coinr":
        shown = [column for column, found in enumerate(checks) if found]
    else:
        shown = sorted({*beyond, *treated})
    counts = {"beyond": words.number(len(beyond)), "whole": words.number(len(subject.indicators))}
    parts.append(paragraph(words.say("shapes", **counts)))
    if shown:
        parts.append(_shapes(subject, shown, checks))
    if asked.name == "none":
        return parts
    if not treated:
        return [*parts, paragraph(words.say("outliers_nothing"))]
    return parts + _treated_points(subject, treated)


def _checks(subject: Subject, column: int) -> tuple[ShapeCheck, ...]:
    """Return the shape of an indicator as it came, then as it was scored where that is told."""
    if not subject.usable[column] or constant(subject.completed[:, column]):
        return ()
    treatment = subject.treatments[column]
    if treatment.checks:
        return treatment.checks
    first = shape_check(subject.completed[:, column])
    return (first, shape_check(treatment.values)) if treatment.changed.any() else (first,)


def _shapes(subject: Subject, shown: list[int], checks: list) -> str:
    words = subject.words
    if not any(subject.treatments[column].changed.any() for column in shown):
        rows = [
            (subject.names[column], *(words.number(x, 2) for x in (found.skewness, found.kurtosis)))
            for column, found in ((column, checks[column][0]) for column in shown)
        ]
        head = [words.say(code) for code in ("indicator", "skewness", "kurtosis")]
        return table(head, rows, (1, 2), close=True)
    rows = []
    for column in shown:
        before, after = checks[column][0], checks[column][-1]
        made = subject.treatments[column]
        changed = int(made.changed.sum())
        figures = [words.number(x, 2) for x in (before.skewness, before.kurtosis)]
        later = [words.number(x, 2) if changed else "–" for x in (after.skewness, after.kurtosis)]
        how = text(f"treated.{made.how}", words.lang)
        rows.append((subject.names[column], *figures, how, words.number(changed), *later))
    head = [words.say(code) for code in ("indicator", "skewness", "kurtosis", "treatment", "values_changed",
                                         "skewness_after", "kurtosis_after")]  # fmt: skip
    return table(head, rows, (1, 2, 4, 5, 6))


def _treated_points(subject: Subject, treated: list[int]) -> list[str]:
    """List the values that were drawn in; a logarithm changes all of an indicator, which is said once."""
    words = subject.words
    logs = [subject.names[column] for column in treated if subject.treatments[column].how == "log"]
    parts = [paragraph(words.say("logarithms", names=words.listed(logs)))] if logs else []
    drawn_in = [column for column in treated if subject.treatments[column].how != "log"]
    if not drawn_in:
        return parts
    rows: list[tuple] = []
    for column in drawn_in:
        for point in _first(subject.treatments[column], MAX_ROWS - len(rows)).points():
            figures = (words.figure(point.before), words.figure(point.after))
            how = text(f"treated.{point.how}", words.lang)
            rows.append((str(subject.labels[point.row]), subject.names[column], *figures, subject.unit(column), how))
    head = [words.say(code) for code in ("territory", "indicator", "before", "after", "unit", "treatment")]
    parts += [heading(words.say("treated_list")), table(head, rows, (2, 3))]
    whole = int(sum(subject.treatments[column].changed.sum() for column in drawn_in))
    if whole > len(rows):
        more = words.say(f"more_treated.{subject.kind}", count=words.number(whole - len(rows)))
        parts.append(paragraph(more, "quiet"))
    return parts


def _first(made: Treatment, count: int) -> Treatment:
    """Return a treatment of which only the first so many points are told."""
    kept = np.zeros(len(made.changed), dtype=bool)
    kept[np.flatnonzero(made.changed)[: max(0, count)]] = True
    return replace(made, changed=kept)


def normalisation(subject: Subject) -> list[str]:
    """Tell the scale of the indicators, what it can be compared with, and the indicators that have another."""
    words, general = subject.words, subject.scoring.normalisation
    own = [(column, i.normalisation) for column, i in enumerate(subject.indicators) if i.normalisation]
    parts = [paragraph(words.say("normalisation", method=words.method(general)))]
    parts.append(paragraph(words.say(f"scale_kind.{_scale_kind(general.name)}")))
    if own:
        rows = [(subject.names[column], words.method(asked)) for column, asked in own]
        parts.append(table([words.say("indicator"), words.say("own_scale")], rows, close=True))
        kinds = {_scale_kind(asked.name) for _, asked in own} - {_scale_kind(general.name)}
        parts.append(bullets(words.say(f"scale_kind.{kind}") for kind in sorted(kinds)))
    else:
        parts.append(paragraph(words.say("same_scale")))
    turned = [name for name, i in zip(subject.names, subject.indicators) if i.direction < 0]
    if turned:
        parts.append(paragraph(words.say("turned", names=words.listed(turned, 40))))
    return parts


def _scale_kind(name: str) -> str:
    if name == "thresholds":
        return "flags"
    return "ranks" if name in _RANKS else "absolute" if name in ABSOLUTE else "relative"
