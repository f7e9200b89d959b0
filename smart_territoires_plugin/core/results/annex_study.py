"""What only the annex of a study has: roles and themes, sources, segments and targets, activity, and the files."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from smart_territoires_plugin.core.messages import TEXTS, text
from smart_territoires_plugin.core.messages.units import text_unit
from smart_territoires_plugin.core.register.agreement import agreement_sentence, coder_agreement
from smart_territoires_plugin.core.results.annex_page import Cell, bullets, heading, paragraph, table
from smart_territoires_plugin.core.results.annex_subject import Subject
from smart_territoires_plugin.core.results.annex_values import span
from smart_territoires_plugin.core.results.frames import check_wording
from smart_territoires_plugin.core.scoring.correlation import correlations
from smart_territoires_plugin.core.scoring.hierarchy import Composite
from smart_territoires_plugin.core.sources.quality import MAX_EXAMPLES
from smart_territoires_plugin.core.study import Method
from smart_territoires_plugin.core.targeting.activity_words import verdict_sentence
from smart_territoires_plugin.core.targeting.segments import SEGMENTS

if TYPE_CHECKING:
    from smart_territoires_plugin.core.pipeline import Outcome

MAX_QUALITY_ROWS = 200
_FILES = ("results", "territories", "targets", "scoring", "methodology", "manifest")


def framework(outcome: Outcome, subject: Subject) -> list[str]:
    """Tell the question, the roles, and which indicators make up which composite."""
    words, study = subject.words, outcome.study
    counts = {role: len(study.of_role(role)) for role in ("stake", "success_factor", "activity")}
    parts = [paragraph(words.say("question"))]
    lines = []
    for role, count in counts.items():
        values = {"count": words.number(count), "themes": words.number(len(study.scored_themes)),
                  "axes": words.number(len(study.axes))}  # fmt: skip
        lines.append(words.say(f"role.{role}", **values) if count else words.say(f"no_role.{role}"))
    parts.append(bullets(lines))
    rows: list[tuple] = []
    between = {node.id for node in study.nodes}
    for composite in subject.hierarchy.composites:
        # The readiness is made of what the axes are made of: said once, above. Nodes are told where they stand.
        if composite.id == "readiness" or composite.id in between:
            continue
        rows.append((subject.names[subject.hierarchy.column_of(composite.id)],))
        rows += _members(composite, subject, 1)
    activity = study.of_role("activity")
    if activity:
        rows += [(text("column.activity_count", words.lang),), *(_indicator(i, subject) for i in activity)]
    head = [words.say(code) for code in ("indicator", "role", "direction", "unit", "weight")]
    if rows:
        parts += [table(head, rows, (4,)), paragraph(words.say("arrows"), "quiet")]
    weighted = [f"{theme.name[words.lang]} ({words.figure(theme.weight)})" for theme in study.scored_themes]
    if weighted:
        parts.append(paragraph(words.say("theme_weights", names=words.listed(weighted, 40))))
    return parts


def _members(composite: Composite, subject: Subject, depth: int) -> list[tuple]:
    """Return a row for each part of a composite, those of nodes indented below them."""
    rows: list[tuple] = []
    count = subject.hierarchy.n_indicators
    for member in composite.members:
        if member < count:
            rows.append(_indicator(subject.indicators[member], subject, depth))
            continue
        weight = subject.words.figure(subject.declared[member])
        rows.append((Cell(subject.names[member], "node", depth), "", "", "", weight))
        rows += _members(subject.hierarchy.composites[member - count], subject, depth + 1)
    return rows


def _indicator(indicator, subject: Subject, depth: int = 1) -> tuple:
    words, scored = subject.words, indicator.role != "activity"
    arrow = words.say("higher" if indicator.direction > 0 else "lower") if scored else "–"
    return (
        Cell(indicator.name[words.lang], depth=depth),
        text(f"role.{indicator.role}", words.lang),
        arrow,
        text_unit(indicator.unit, words.lang),
        words.figure(indicator.weight) if scored else "–",
    )


def data(outcome: Outcome, subject: Subject) -> list[str]:
    """Tell the sources, what was measured in each, and how much of it is known."""
    words, study, measured = subject.words, outcome.study, outcome.measurements
    parts = []
    if measured.given:
        parts.append(paragraph(words.say("values_given", path=measured.given["path"])))
    rows = []
    for name in measured.hashes:
        source = study.sources[name]
        credit = " · ".join(part for part in (source.attribution, source.licence) if part)
        status = text(f"status.{source.status}", words.lang)
        rows.append((name, source.path.name, status, credit or "–", source.date or "–"))
    if rows:
        head = [words.say(code) for code in ("source", "file", "status", "attribution", "date")]
        parts += [heading(words.say("sources")), table(head, rows)]
    rows = []
    for indicator in study.indicators:
        found = measured.values[indicator.id]
        size, gaps = len(found.values), np.isnan(found.values)
        reasons = Counter(str(reason) for reason in found.reasons[gaps] if reason)
        why = [f"{TEXTS[words.lang].get(f'gap.{code}', code)} ({words.number(count)})"
               for code, count in reasons.most_common(3)]  # fmt: skip
        known = words.percent(1 - gaps.mean(), 1) if size else "–"
        repaired = words.number(int((np.asarray(found.flags) == "repaired").sum()))
        rows.append((indicator.name[words.lang], text(f"kind.{indicator.measure.kind}", words.lang),
                     indicator.measure.source, text_unit(indicator.unit, words.lang), span(found.values, words), known,
                     repaired, "; ".join(why)))  # fmt: skip
    head = [words.say(code) for code in ("indicator", "measure", "source", "unit", "range", "known", "repaired",
                                         "reasons")]  # fmt: skip
    parts += [heading(words.say("measured")), table(head, rows, (4, 5, 6)), paragraph(words.say("denominators_study"))]
    parts += _coders(outcome, subject)
    return [*parts, heading(words.say("availability_heading"))]


def _coders(outcome: Outcome, subject: Subject) -> list[str]:
    """Tell how far two coders agree on the marks of projects, where both coded some."""
    if outcome.approach is None:
        return []
    words = subject.words
    found = [item for item in coder_agreement(outcome.approach.register) if item.n]
    if not found:
        return []
    told = bullets(agreement_sentence(item, words.lang) for item in found)
    return [heading(words.say("coders")), told, paragraph(words.say("coders_meaning"), "quiet")]


def quality(outcome: Outcome, subject: Subject) -> list[str]:
    """Tell what was found in the sources: repaired, kept with a warning, or missing."""
    words = subject.words
    parts = [heading(words.say("quality"))]
    if not outcome.quality:
        return [*parts, paragraph(words.say("quality_nothing"))]
    # One row for what was found alike in several territories.
    alike: dict[tuple, list] = {}
    for item in outcome.quality:
        key = (item.source, item.check, item.outcome, "" if item.code else item.examples, bool(item.code))
        alike.setdefault(key, []).append(item)
    rows = []
    for (source, check, found, *_), items in list(alike.items())[:MAX_QUALITY_ROWS]:
        codes = ", ".join(item.code for item in items[:MAX_EXAMPLES]) + (", …" if len(items) > MAX_EXAMPLES else "")
        examples = ", ".join(dict.fromkeys(item.examples for item in items[:MAX_EXAMPLES] if item.examples))
        count = words.number(sum(item.count for item in items))
        checked, told = check_wording(check, words.lang), text(f"outcome.{found}", words.lang)
        rows.append((source, checked, told, codes if items[0].code else "", count, examples))
    head = [words.say(code) for code in ("source", "check", "outcome", "territory", "count", "examples")]
    parts.append(table(head, rows, (4,)))
    more = len(alike) - MAX_QUALITY_ROWS
    return [*parts, paragraph(words.say("more", count=words.number(more)), "quiet")] if more > 0 else parts


def list_without(outcome: Outcome, subject: Subject) -> list[str]:
    """Tell how far the list itself changes without each indicator and theme, the largest change first."""
    words, study = subject.words, outcome.study
    names = {i.id: i.name[words.lang] for i in study.indicators}
    names.update({("theme", theme.id): theme.name[words.lang] for theme in study.themes})
    told = sorted(
        (each for each in outcome.without if not np.isnan(each.rank_change)), key=lambda each: -each.rank_change
    )
    if not told:
        return []
    rows = [
        (
            names[each.id] if each.kind == "indicator" else words.say("list_theme", name=names["theme", each.id]),
            words.number(each.rank_change, 1),
            words.number(each.moved_segment),
            "–" if np.isnan(each.shortlist_kept) else words.percent(each.shortlist_kept),
        )
        for each in told
    ]
    head = [words.say(code) for code in ("list_element", "list_rank_change", "list_moved", "list_kept")]
    return [
        heading(words.say("list_without")),
        paragraph(words.say("list_without_meaning"), "quiet"),
        table(head, rows, (1, 2, 3)),
    ]


def targeting(outcome: Outcome, subject: Subject) -> list[str]:
    """Tell how scores become segments and a list, and how many territories are in each segment."""
    words, found, asked = subject.words, outcome.targeting, outcome.study.targeting
    if subject.whole is None:
        return [paragraph(words.say("no_readiness"), "undone")]
    if np.isnan(found.readiness_threshold):
        return [paragraph(words.say("no_readiness"), "undone"), *_segments(outcome, subject)]
    lines = [_threshold("readiness_threshold", found.readiness_threshold, asked.readiness_threshold, subject, 1)]
    if np.isnan(found.activity_threshold):
        lines.append(words.say("no_activity"))
    else:
        lines.append(_threshold("activity_threshold", found.activity_threshold, asked.activity_threshold, subject, 2))
        if not np.isnan(found.dispersion):
            lines.append(f"{verdict_sentence(found.model.verdict, words.lang)} {_model(found.dispersion, subject)}")
    counted = {name: words.number(value, None) for name, value in vars(asked.exponents).items()}
    lines += [words.say("activity_drawn"), words.say("priority", **counted)]
    lines += [words.say("decisions", count=words.number(len(asked.decisions)))] if asked.decisions else []
    return [bullets(lines), *_importance(outcome, subject), *_segments(outcome, subject)]


def _importance(outcome: Outcome, subject: Subject) -> list[str]:
    """Show what the model of activity leans on, where it is used."""
    words, found = subject.words, outcome.targeting.model.importance
    if not found:
        return []
    names = {indicator.id: indicator.name[words.lang] for indicator in outcome.study.indicators}
    rows = [(names[name], words.number(mean, 4), words.number(spread, 4)) for name, mean, spread in found]
    head = [words.say("variable"), words.say("deviance_lost"), words.say("spread")]
    told = text("activity.importance.meaning", words.lang)
    return [heading(text("activity.importance.title", words.lang)), table(head, rows, (1, 2)), paragraph(told, "quiet")]


def _segments(outcome: Outcome, subject: Subject) -> list[str]:
    words = subject.words
    counts = Counter(str(code) for code in outcome.targeting.columns["segment"])
    size = max(1, len(subject.labels))
    rows = [
        (
            text(f"segment.{code}", words.lang),
            text(f"segment.{code}.meaning", words.lang),
            Cell(words.number(counts[code]), bar=counts[code] / size),
            words.percent(counts[code] / size, 1),
        )
        for code in SEGMENTS
    ]
    head = [words.say(code) for code in ("segment", "meaning", "counts", "share")]
    return [heading(words.say("segments")), table(head, rows, (2, 3))]


def _threshold(code: str, value: float, asked: object, subject: Subject, digits: int) -> str:
    words = subject.words
    said = words.say(code, value=words.number(value, digits))
    if isinstance(asked, Method) and asked.name == "jenks":
        return f"{said} {words.say('threshold_jenks', classes=words.number(asked.parameters['classes']))}"
    if isinstance(asked, Method):
        return f"{said} {words.say('threshold_quantile', share=words.share(asked.parameters['q'], 0))}"
    return f"{said} {words.say('threshold_given')}"


def _model(dispersion: float, subject: Subject) -> str:
    words = subject.words
    if np.isinf(dispersion):
        return words.say("model_poisson")
    return words.say("model", dispersion=words.number(dispersion, 2))


def segments_kept(outcome: Outcome, subject: Subject) -> list[str]:
    """Tell for how many territories the segment is the same in nearly all draws."""
    words = subject.words
    kept = outcome.targeting.columns["segment_probability"]
    kept = kept[~np.isnan(kept)]
    if not kept.size:
        return []
    counts = {"sure": (kept >= 0.9).sum(), "likely": ((kept >= 0.5) & (kept < 0.9)).sum(), "open": (kept < 0.5).sum()}
    said = {name: words.number(int(count)) for name, count in counts.items()}
    return [paragraph(words.say("segments_kept", **said))]


def links(outcome: Outcome, subject: Subject) -> list[str]:
    """Tell how the readiness goes with activity and population; what was not compared is said as such."""
    words, found = subject.words, outcome.targeting.columns
    rows = []
    if subject.whole is not None:
        others = {"activity": np.asarray(found["activity"], dtype=float),
                  "population": outcome.measurements.territories.population}  # fmt: skip
        for code, values in others.items():
            pair = np.column_stack([subject.whole_scores, values])
            both = int((~np.isnan(pair)).all(axis=1).sum())
            value = correlations(pair)[0, 1] if both > 2 else np.nan
            if not np.isnan(value):
                rows.append((text(f"column.{code}", words.lang), words.number(value, 2), words.number(both)))
    parts = []
    if rows:
        head = [words.say(code) for code in ("variable", "correlation", "counts")]
        told = words.say("links.study", composite=subject.whole_name)
        parts = [paragraph(told), table(head, rows, (1, 2), close=True), paragraph(words.say("links_meaning"))]
    return [*parts, paragraph(words.say("links_not_done"), "undone")]


def files(subject: Subject) -> list[str]:
    """Tell where the results are shown and how they are to be read."""
    words = subject.words
    lines = [words.say(f"file.{name}") for name in _FILES]
    return [paragraph(words.say("presentation")), bullets(lines), paragraph(words.say("reading"))]
