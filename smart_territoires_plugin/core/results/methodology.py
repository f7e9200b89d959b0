"""``methodology.html`` of a study: the ten steps of the OECD/JRC Handbook (2008), filled in from what was done."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from smart_territoires_plugin.core.messages import TEXTS, text
from smart_territoires_plugin.core.results import annex_study
from smart_territoires_plugin.core.results.annex_details import FIRST, first_territories
from smart_territoires_plugin.core.results.annex_page import document, glance, paragraph, section, title
from smart_territoires_plugin.core.results.annex_robustness import (
    Ranking,
    drawn,
    indices_tables,
    left_out_study,
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
)
from smart_territoires_plugin.core.results.annex_weights import aggregation, together, weights
from smart_territoires_plugin.core.results.annex_words import STEPS, Words
from smart_territoires_plugin.core.results.manifest import versions
from smart_territoires_plugin.core.scoring.hierarchy import leaf_weights
from smart_territoires_plugin.core.scoring.screening import availability

if TYPE_CHECKING:
    from smart_territoires_plugin.core.pipeline import Outcome


def write_methodology(outcome: Outcome, path: Path, lang: str) -> None:
    """Write the annex of a run, in one language; every text of the study is shown as text, never as markup."""
    words = Words(lang)
    subject = subject_of(outcome, words)
    study = outcome.study
    parts = dict(zip(STEPS, _steps(outcome, subject), strict=True))
    below = study.name + (f" · {words.say('state', date=study.date)}" if study.date else "")
    head = [
        title(words.say("title"), below),
        *(paragraph(text(f"notice.{code}", lang), "notice") for code in study.notices),
        paragraph(words.say("introduction")),
        glance(_figures(outcome, subject)),
        paragraph(text("audience.internal", lang), "quiet"),
    ]
    sections = [section(place + 1, words.say(f"step.{step}"), parts[step]) for place, step in enumerate(STEPS)]
    page = document(lang, f"{words.say('title')} – {study.name}", head, sections)
    path.write_text(page, encoding="utf-8")


def subject_of(outcome: Outcome, words: Words) -> Subject:
    """Return a study's run as the steps of the annex look at it."""
    study, scores, territories = outcome.study, outcome.scores, outcome.measurements.territories
    size, hierarchy = len(territories), scores.hierarchy
    columns = [outcome.measurements.values[indicator.id].values for indicator in scores.indicators]
    made = [scores.columns[composite.id] for composite in hierarchy.composites]
    codes = [composite.id for composite in hierarchy.composites]
    used = scores.element_weights
    nodes = {node.id: node for node in study.nodes}
    declared = [*(i.weight for i in scores.indicators), *(nodes[c].weight if c in nodes else 1.0 for c in codes)]
    values = np.column_stack(columns) if columns else np.empty((size, 0))
    whole = hierarchy.column_of("readiness") if "readiness" in codes else None
    # As the run screened the readiness, where there is one.
    coverage = scores.data_coverage
    if whole is not None:
        shares = availability(~np.isnan(values), leaf_weights(hierarchy, used))
        coverage = shares[:, whole - hierarchy.n_indicators]
    names = territories.names
    return Subject(
        kind="study",
        words=words,
        indicators=scores.indicators,
        codes=(*(i.id for i in scores.indicators), *codes),
        names=(
            *(i.name[words.lang] for i in scores.indicators),
            *(composite_name(outcome, code, words) for code in codes),
        ),
        labels=np.array([_label(name, code) for name, code in zip(names, territories.codes)], dtype=object),
        values=values,
        completed=scores.completed,
        normalised=scores.normalised,
        imputed=scores.imputed,
        usable=scores.usable,
        treatments=scores.treatments,
        hierarchy=hierarchy,
        declared=np.array(declared, dtype=float),
        weights=used,
        own_weights=tuple(nodes[code].weights if code in nodes else None for code in codes),
        scores=np.column_stack(made) if made else np.empty((size, 0)),
        data_coverage=coverage,
        whole=whole,
        scoring=study.scoring,
        robustness=study.robustness,
        imputation_drawn=bool(study.robustness.imputation and scores.imputed.any()),
    )


def _label(name: object, code: object) -> str:
    return f"{name} ({code})" if isinstance(name, str) and name else str(code)


def composite_name(outcome: Outcome, code: str, words: Words) -> str:
    """Return what a person calls a composite of a study."""
    family, _, identifier = code.partition("_")
    if family == "score":
        names = {theme.id: theme.name[words.lang] for theme in outcome.study.themes}
        return text("column.score", words.lang, theme=names[identifier])
    for node in outcome.study.nodes:
        if node.id == code:
            return node.name[words.lang]
    return TEXTS[words.lang].get(f"column.{code}", code)


def _figures(outcome: Outcome, subject: Subject) -> list[tuple[str, str]]:
    words = subject.words
    figures = [
        (words.say("territories"), len(subject.labels)),
        (words.say("indicators"), len(outcome.study.indicators)),
        (words.say("missing_values"), int(np.isnan(subject.values).sum())),
        (words.say("imputed_values"), int(subject.imputed.sum())),
        (words.say("treated_values"), int(sum(made.changed.sum() for made in subject.treatments))),
    ]
    if subject.whole is not None:
        engaged = Counter(str(code) for code in outcome.targeting.columns["segment"])["engage"]
        figures += [(words.say("draws_short"), subject.robustness.draws), (words.say("engaged"), engaged)]
    return [(name, words.number(count)) for name, count in figures]


def _steps(outcome: Outcome, subject: Subject) -> list[list[str]]:
    words = subject.words
    return [
        annex_study.framework(outcome, subject),
        [*annex_study.data(outcome, subject), *availability_table(subject), *annex_study.quality(outcome, subject)],
        [*imputation(subject), *outliers(subject)],
        [left_out(subject), *together(subject)],
        normalisation(subject),
        [*weights(subject), *aggregation(subject)],
        _robustness(outcome, subject),
        [*annex_study.targeting(outcome, subject), _first(outcome, subject)],
        annex_study.links(outcome, subject),
        [
            *annex_study.files(subject),
            paragraph(words.say("versions", names=", ".join(f"{name} {value}" for name, value in versions().items()))),
        ],
    ]


def _robustness(outcome: Outcome, subject: Subject) -> list[str]:
    words, found = subject.words, outcome.targeting.columns
    if subject.whole is None:
        return [paragraph(words.say("no_ranking"), "undone")]
    shortlist = words.number(outcome.study.targeting.shortlist)
    ranking = Ranking(
        found["rank_low"], found["rank_high"], found["stability"], words.say("stamps_study", shortlist=shortlist)
    )
    return [
        *drawn(subject, segments=True),
        *stability(subject, ranking),
        *annex_study.segments_kept(outcome, subject),
        *without_each(subject, left_out_study(subject)),
        *annex_study.list_without(outcome, subject),
        *indices_tables(subject, outcome.sensitivity),
    ]


def _first(outcome: Outcome, subject: Subject) -> str:
    found = outcome.targeting.columns
    ranks = found["target_rank"]
    listed = np.flatnonzero(~np.isnan(ranks))
    rows = listed[np.argsort(ranks[listed], kind="stable")][:FIRST]
    return first_territories(subject, rows, ranks, found["rank_low"], found["rank_high"])
