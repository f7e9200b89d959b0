"""``methodology.html`` of a scored table: the ten steps of the OECD/JRC Handbook, filled in from what was done."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.messages.units import text_unit
from smart_territoires_plugin.core.results.annex_details import FIRST, first_territories
from smart_territoires_plugin.core.results.annex_page import (
    Cell,
    bullets,
    document,
    glance,
    heading,
    paragraph,
    section,
    table,
    title,
)
from smart_territoires_plugin.core.results.annex_robustness import (
    Ranking,
    drawn,
    indices_tables,
    stability,
    without_each,
)
from smart_territoires_plugin.core.results.annex_subject import Subject
from smart_territoires_plugin.core.results.annex_values import (
    availability_table,
    imputation,
    left_out,
    normalisation,
    outliers,
    span,
)
from smart_territoires_plugin.core.results.annex_weights import aggregation, together, weights
from smart_territoires_plugin.core.results.annex_words import STEPS, Words
from smart_territoires_plugin.core.results.manifest import versions
from smart_territoires_plugin.core.scoring.correlation import correlations
from smart_territoires_plugin.core.scoring.weight_diagnostics import FOLLOWS_DENOMINATOR, denominator_flags

if TYPE_CHECKING:
    from smart_territoires_plugin.core.table_scoring import ScoredTable

_FILES = (
    "scores",
    "normalised",
    "treated",
    "treatment",
    "imputed",
    "weights",
    "robustness",
    "leaving_out",
    "sensitivity",
    "manifest",
)


def write_framework_annex(made: ScoredTable, path: Path, lang: str) -> None:
    """Write the annex of a scored table, in one language; every text of the framework is shown as text."""
    words = Words(lang)
    subject = table_subject(made, words)
    head = [
        title(words.say("title"), made.framework.name),
        paragraph(words.say("introduction")),
        glance(_figures(made, subject)),
        paragraph(text("audience.internal", lang), "quiet"),
    ]
    steps = zip(STEPS, _steps(made, subject), strict=True)
    sections = [section(place + 1, words.say(f"step.{step}"), parts) for place, (step, parts) in enumerate(steps)]
    page = document(lang, f"{words.say('title')} – {made.framework.name}", head, sections)
    path.write_text(page, encoding="utf-8")


def table_subject(made: ScoredTable, words: Words) -> Subject:
    """Return a scored table as the steps of the annex look at it."""
    framework, found = made.framework, made.scores
    prepared, elements = found.prepared, (*made.framework.indicators, *found.nodes)
    return Subject(
        kind="table",
        words=words,
        indicators=framework.indicators,
        codes=tuple(element.id for element in elements),
        names=tuple(element.name[words.lang] for element in elements),
        labels=np.asarray(made.table.keys, dtype=object),
        values=found.denominated.values,
        completed=prepared.completed,
        normalised=prepared.normalised,
        imputed=prepared.imputed,
        usable=prepared.usable,
        treatments=prepared.treatments,
        hierarchy=found.hierarchy,
        declared=np.array([element.weight for element in elements], dtype=float),
        weights=found.weights,
        own_weights=tuple(node.weights for node in found.nodes),
        scores=found.scores,
        data_coverage=found.data_coverage,
        whole=found.hierarchy.n_columns - 1,
        scoring=framework.scoring,
        robustness=framework.robustness,
        imputation_drawn=bool(framework.robustness.imputation and prepared.imputed.any()),
    )


def _figures(made: ScoredTable, subject: Subject) -> list[tuple[str, str]]:
    words = subject.words
    figures = [
        (words.say("territories"), len(subject.labels)),
        (words.say("scored_territories"), int((~np.isnan(subject.whole_scores)).sum())),
        (words.say("indicators"), len(subject.indicators)),
        (words.say("composites"), len(subject.hierarchy.composites)),
        (words.say("missing_values"), int(np.isnan(subject.values).sum())),
        (words.say("imputed_values"), int(subject.imputed.sum())),
        (words.say("treated_values"), int(sum(made.changed.sum() for made in subject.treatments))),
        (words.say("draws_short"), subject.robustness.draws),
    ]
    return [(name, words.number(count)) for name, count in figures]


def _steps(made: ScoredTable, subject: Subject) -> list[list[str]]:
    words = subject.words
    ranking = Ranking(made.stability.rank_low, made.stability.rank_high, made.stamps, words.say("stamps_table"))
    return [
        _framework(made, subject),
        [*_data(made, subject), *availability_table(subject)],
        [*imputation(subject), *outliers(subject)],
        [left_out(subject), *together(subject)],
        normalisation(subject),
        [*weights(subject), *aggregation(subject)],
        [
            *drawn(subject, segments=False),
            *stability(subject, ranking, made.stability.rank_change),
            *without_each(subject, made.leaving_out),
            *indices_tables(subject, made.sensitivity),
        ],
        _details(made, subject),
        _links(made, subject),
        [
            paragraph(words.say("presentation")),
            bullets(words.say(f"file.{name}") for name in _FILES),
            paragraph(words.say("reading")),
            paragraph(words.say("versions", names=", ".join(f"{name} {value}" for name, value in versions().items()))),
        ],
    ]


def _framework(made: ScoredTable, subject: Subject) -> list[str]:
    """Tell the tree of composites and indicators, as indented as it is deep."""
    words, framework = subject.words, made.framework
    rows: list[tuple] = []

    def descend(identifier: str, depth: int) -> None:
        for node in framework.nodes:
            if node.parent == identifier:
                rows.append((Cell(node.name[words.lang], "node", depth), "", "", words.figure(node.weight), ""))
                descend(node.id, depth + 1)
        for i in framework.indicators:
            if i.parent == identifier:
                arrow = words.say("higher" if i.direction > 0 else "lower")
                unit = text_unit(i.unit, words.lang)
                rows.append((Cell(i.name[words.lang], depth=depth), arrow, unit, words.figure(i.weight),
                             i.denominator or ""))  # fmt: skip

    root = framework.root
    rows.append((Cell(root.name[words.lang], "node"), "", "", "", ""))
    descend(root.id, 1)
    head = [words.say(code) for code in ("element", "direction", "unit", "weight", "denominator")]
    counts = {"indicators": len(framework.indicators), "composites": len(framework.nodes)}
    said = {name: words.number(count) for name, count in counts.items()}
    return [
        paragraph(words.say("tree", name=root.name[words.lang], **said)),
        table(head, rows, (3,)),
        paragraph(words.say("arrows"), "quiet"),
    ]


def _data(made: ScoredTable, subject: Subject) -> list[str]:
    """Tell the table, what is known of each column, and where it could not be divided."""
    words, divided = subject.words, made.scores.denominated
    rows = []
    for column, indicator in enumerate(subject.indicators):
        values = subject.values[:, column]
        known = ~np.isnan(values)
        share = words.percent(known.mean(), 1) if known.size else "–"
        absent = words.number(int((~known).sum()))
        rows.append((subject.names[column], indicator.id, text_unit(indicator.unit, words.lang),
                     indicator.denominator or "–", span(values, words), share, absent))  # fmt: skip
    head = [words.say(code) for code in ("indicator", "column", "unit", "denominator", "range", "known", "missing")]
    parts = [
        paragraph(words.say("table", key=made.framework.key, sha256=made.table.sha256)),
        paragraph(words.say("table_sources"), "undone"),
        table(head, rows, (4, 5, 6)),
    ]
    if any(divided.names):
        parts += [heading(words.say("denominators")), paragraph(words.say("denominators_table"))]
        rows = []
        for column, name in enumerate(divided.names):
            reasons = Counter(str(reason) for reason in divided.reasons[:, column] if reason)
            rows += [
                (subject.names[column], name, text(f"gap.{reason}", words.lang), words.number(count))
                for reason, count in reasons.items()
            ]
        if rows:
            head = [words.say(code) for code in ("indicator", "denominator", "reasons", "count")]
            parts.append(table(head, rows, (3,)))
        else:
            parts.append(paragraph(words.say("denominators_all")))
        parts += _sizes(made, subject)
    return [*parts, heading(words.say("availability_heading"))]


def _sizes(made: ScoredTable, subject: Subject) -> list[str]:
    """Tell which columns that are divided by nothing follow the size of the territories."""
    words, names = subject.words, list(made.table.denominators)
    bare = [column for column, name in enumerate(made.scores.denominated.names) if not name]
    sizes = np.column_stack([made.table.denominators[name] for name in names])
    sizes = np.where(np.isfinite(sizes), sizes, np.nan)
    flags = denominator_flags(subject.values[:, bare], [subject.names[column] for column in bare], sizes, names)
    if not flags:
        return []
    lines = [
        words.say("follows_size", indicator=flag.first, denominator=flag.second,
                  correlation=words.number(flag.correlation, 2))
        for flag in flags
    ]  # fmt: skip
    return [paragraph(words.say("follows_sizes", limit=words.number(FOLLOWS_DENOMINATOR, 1))), bullets(lines)]


def _details(made: ScoredTable, subject: Subject) -> list[str]:
    words, ranks = subject.words, made.scores.rank
    ranked = np.flatnonzero(~np.isnan(ranks))
    if not ranked.size:
        return [paragraph(words.say("nothing_ranked"), "undone")]
    rows = ranked[np.argsort(ranks[ranked], kind="stable")][:FIRST]
    parts = [first_territories(subject, rows, ranks, made.stability.rank_low, made.stability.rank_high)]
    if made.framework.strata:
        parts.append(paragraph(words.say("strata", names=words.listed(list(made.framework.strata)))))
    return parts


def _links(made: ScoredTable, subject: Subject) -> list[str]:
    """Tell how the whole index goes with the size of the territories; what was not compared is said as such."""
    words = subject.words
    rows = []
    for name, values in made.table.denominators.items():
        pair = np.column_stack([subject.whole_scores, np.where(np.isfinite(values), values, np.nan)])
        both = int((~np.isnan(pair)).all(axis=1).sum())
        value = correlations(pair)[0, 1] if both > 2 else np.nan
        if not np.isnan(value):
            rows.append((name, words.number(value, 2), words.number(both)))
    parts = []
    if rows:
        head = [words.say(code) for code in ("variable", "correlation", "counts")]
        told = words.say("links.table", composite=subject.whole_name)
        parts = [paragraph(told), table(head, rows, (1, 2), close=True), paragraph(words.say("links_meaning"))]
    return [*parts, paragraph(words.say("links_not_done"), "undone")]
