"""The note to the director: one page with ten targets, three reasons each, how sure they are, and what is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields
from html import escape

import numpy as np

from smart_territoires_plugin.core.messages import number, text
from smart_territoires_plugin.core.messages.numbers import with_unit
from smart_territoires_plugin.core.models.activity_selection import Verdict
from smart_territoires_plugin.core.outreach.factors import stake_values, strong_and_weak
from smart_territoires_plugin.core.outreach.material import TERRITORIES, Material
from smart_territoires_plugin.core.outreach.page import attributions, data_date, notice_lines, page, part, raw_table
from smart_territoires_plugin.core.outreach.subject import named_values, projects_words, too_small
from smart_territoires_plugin.core.results.annex_page import bullets, paragraph, title
from smart_territoires_plugin.core.targeting.activity_words import verdict_sentence

TARGETS = 10
_NAMED_FIRST = 3


def note(material: Material, lang: str) -> str:
    """Return the note, for internal use."""
    told = material.shortlist[:TARGETS]
    study = material.manifest["study"]
    heading = text("outreach.note.title", lang)
    below = text("outreach.note.below", lang, study=study["name"], date=data_date(material, lang))
    head = [title(heading, below), *notice_lines(material, lang)]
    parts = [
        part(text("outreach.note.question", lang), [paragraph(_answer(material, told, lang), "answer")]),
        part(text("outreach.note.targets", lang, count=number(len(told), lang)), [_targets(material, told, lang)]),
        part(text("outreach.note.sure", lang), [bullets(_sure(material, told, lang))]),
        part(text("outreach.note.reservations", lang), [bullets(_reservations(material, told, lang))]),
        part(text("outreach.note.steps", lang), [bullets(_steps(material, told, lang))]),
    ]
    line = f"{text('audience.internal', lang)}. {attributions(material, lang)}"
    return page(lang, f"{heading} – {study['name']}", head, parts, line, "note")


def _answer(material: Material, told: Sequence[str], lang: str) -> str:
    counts = material.manifest["counts"]
    values = {
        "studied": _what(material, counts["territories"], lang),
        "engage": number(counts["segments"].get("engage", 0), lang),
    }
    if not told:
        return text("outreach.note.answer_none", lang, **values)
    names = [material.rows[code]["name"] for code in told[:_NAMED_FIRST]]
    first = _listed(names, lang)
    themes = Counter(material.rows[code]["recommended_theme"] for code in told)
    identifier, often = themes.most_common(1)[0]
    theme = material.theme_names(lang).get(identifier, "")
    said = text("outreach.note.answer", lang, first=first, **values)
    if theme and len(told) > 1 and often > 1:
        shown = {"often": number(often, lang), "count": number(len(told), lang)}
        said += " " + text("outreach.note.answer_theme", lang, theme=theme, **shown)
    return said


def _what(material: Material, count: int, lang: str) -> str:
    """Return how many of what were studied."""
    if material.level == TERRITORIES:
        return text("outreach.note.territories", lang, count=number(count, lang))
    return text("outreach.note.units", lang, count=number(count, lang), kinds=material.kinds)


def _listed(names: Sequence[str], lang: str) -> str:
    if len(names) < 2:
        return "".join(names)
    return text("outreach.listed", lang, first=", ".join(names[:-1]), last=names[-1])


def _targets(material: Material, told: Sequence[str], lang: str) -> str:
    if not told:
        return paragraph(text("outreach.index.empty", lang))
    head = [text(code, lang) for code in ("outreach.note.target", "outreach.note.reasons")]
    return raw_table(head, [(_who(material, code, lang), _why(material, code, lang)) for code in told])


def _who(material: Material, code: str, lang: str) -> str:
    row = material.rows[code]
    if row["target_rank"]:
        rank, low, high = (number(int(row[name]), lang) for name in ("target_rank", "rank_low", "rank_high"))
        stamp = text(f"stability.{row['stability']}", lang)
        which = "outreach.note.rank_one" if low == high else "outreach.note.rank"
        interval = text(which, lang, low=low, high=high, stability=stamp)
        named = text("outreach.note.named", lang, rank=rank, name=row["name"], code=code)
    else:
        interval = text("outreach.note.unranked", lang)
        named = text("outreach.note.named_unranked", lang, name=row["name"], code=code)
    group = next(
        (row[f"group_{name}"] for name in material.manifest["study"]["groups"] if row.get(f"group_{name}")), ""
    )
    below = " · ".join(item for item in (group, interval) if item)
    return f"<strong>{escape(named)}</strong><br>{escape(below)}"


def _why(material: Material, code: str, lang: str) -> str:
    items = "".join(f"<li>{escape(reason)}</li>" for reason in reasons(material, code, lang))
    return f'<ul class="reasons">{items}</ul>'


def reasons(material: Material, code: str, lang: str) -> list[str]:
    """Return three reasons to call a territory: the stake, what is recorded beside what is expected, its strengths."""
    row, evidence = material.rows[code], material.evidence(code)
    found = []
    theme = row["recommended_theme"]
    if row.get(f"score_{theme}"):
        values = {
            "theme": material.theme_names(lang)[theme],
            "value": number(float(row[f"score_{theme}"]), lang, 1),
            "median": number(material.median(f"score_{theme}"), lang, 1),
        }
        shown = named_values(stake_values(evidence, theme, lang), lang, 1)
        which = "outreach.note.stake" if shown else "outreach.note.stake_alone"
        found.append(text(which, lang, details=shown, **values))
    if row["expected_activity"] and row["activity_count"]:
        shown = {
            "projects": projects_words(float(row["activity_count"]), lang),
            "expected": number(float(row["expected_activity"]), lang, 1),
            "evidence": number(float(row["evidence"]), lang, 0),
        }
        found.append(text("outreach.note.activity", lang, **shown))
    if not row["readiness"]:
        return found
    strong, _ = strong_and_weak(evidence, lang)
    threshold = number(material.manifest["method"]["readiness_threshold"], lang, 1)
    values = {"value": number(float(row["readiness"]), lang, 1), "threshold": threshold}
    which = "outreach.note.readiness" if strong else "outreach.note.readiness_alone"
    found.append(text(which, lang, strengths=named_values(strong, lang, 1), **values))
    return found


def _sure(material: Material, told: Sequence[str], lang: str) -> list[str]:
    rows = [material.rows[code] for code in told if material.rows[code]["target_rank"]]
    found = []
    if rows:
        stamps = Counter(row["stability"] for row in rows)
        counted = ", ".join(
            text(
                "outreach.note.stamp",
                lang,
                count=number(stamps[stamp], lang),
                stamp=text(f"stability.{stamp}", lang),
                when=text(f"annex.stamp.{stamp}", lang),
            )
            for stamp in ("core", "probable", "debatable")
            if stamps[stamp]
        )
        draws = number(material.manifest["robustness"]["draws"], lang)
        shortlist = number(material.manifest["study"]["shortlist"], lang)
        found.append(text("outreach.note.stability", lang, stamps=counted, draws=draws, shortlist=shortlist))
        widest = max(rows, key=lambda row: int(row["rank_high"]) - int(row["rank_low"]))
        low, high = (number(int(widest[name]), lang) for name in ("rank_low", "rank_high"))
        if low != high:
            found.append(text("outreach.note.widest", lang, name=widest["name"], low=low, high=high))
    found.append(_model(material.manifest["method"].get("activity_model"), lang))
    return found


def _model(told: object, lang: str) -> str:
    """Return whether a model beside population is used, and why; without a verdict, what the expected number rests on.

    Parameters
    ----------
    told : mapping or None
        The fields of a ``Verdict``, as the manifest has them.
    """
    if not isinstance(told, Mapping) or not told.get("reason"):
        return text("outreach.note.model_none", lang)
    known = {item.name for item in fields(Verdict)}
    given = {name: value for name, value in told.items() if name in known and value is not None}
    return verdict_sentence(Verdict(**given), lang)


def _reservations(material: Material, told: Sequence[str], lang: str) -> list[str]:
    counts = material.manifest["counts"]
    found = [f"{line}." for line in material.notices(lang)]
    for segment in ("verify", "insufficient_data"):
        if count := counts["segments"].get(segment, 0):
            found.append(text(f"outreach.note.{segment}", lang, count=number(count, lang)))
    quality = counts["quality"]
    shown = {name: number(quality.get(outcome, 0), lang) for name, outcome in zip("rwm", "RWM", strict=True)}
    found.append(text("outreach.note.quality", lang, **shown))
    found.append(_imputed(material, lang))
    low = [code for code in told if float(material.rows[code]["data_coverage"] or 0) < 1]
    if low:
        least = min(float(material.rows[code]["data_coverage"] or 0) for code in low)
        values = {"count": number(len(low), lang), "least": with_unit(100 * least, "%", lang, 0)}
        found.append(text("outreach.note.coverage", lang, **values))
    small = sum(too_small(material.rows[code]) for code in told)
    if small:
        found.append(text("outreach.note.too_small", lang, count=number(small, lang)))
    return [*found, text("outreach.note.descriptive", lang)]


def _imputed(material: Material, lang: str) -> str:
    """Return how many of the values that enter a score are missing, and how many were imputed."""
    state = material.state
    size = max(state["values"].size, 1)
    shares = {"imputed": state["imputed"].sum() / size, "missing": np.isnan(state["values"]).sum() / size}
    shown = {name: with_unit(100 * float(share), "%", lang, 1) for name, share in shares.items()}
    return text("outreach.note.imputed", lang, **shown)


def _steps(material: Material, told: Sequence[str], lang: str) -> list[str]:
    found = [text("outreach.note.step_call", lang, count=number(len(told), lang))] if told else []
    if count := material.manifest["counts"]["segments"].get("verify", 0):
        found.append(text("outreach.note.step_verify", lang, count=number(count, lang)))
    return [*found, text("outreach.note.step_record", lang)]
