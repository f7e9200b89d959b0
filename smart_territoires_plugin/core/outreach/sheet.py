"""The outreach sheet: one page on one territory, to be held in the hand during a call."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from smart_territoires_plugin.core.messages import number, text
from smart_territoires_plugin.core.outreach.material import Material
from smart_territoires_plugin.core.outreach.page import (
    attributions,
    notice_lines,
    page,
    part,
    raw_table,
    sides,
    values_table,
)
from smart_territoires_plugin.core.outreach.subject import Subject
from smart_territoires_plugin.core.results.annex_page import bullets, paragraph, title


def sheet(material: Material, subject: Subject, lang: str, audience: str) -> str:
    """Return the page on one territory.

    Parameters
    ----------
    audience : {"internal", "public"}
        A public page carries no rank, contact, interview note or motivation.
    """
    row = material.rows[subject.code]
    named = text("outreach.named", lang, name=subject.name, code=subject.code)
    kind = _kind(row["segment"], lang, audience)
    head = [paragraph(kind, "kind"), title(named, _below(subject, lang)), *notice_lines(material, lang)]
    if subject.standing:
        head.append(paragraph(subject.standing, "standing"))
    factor = text("outreach.factor", lang)
    levers = values_table(subject.levers, factor, lang, "outreach.showcases")
    parts = [
        _theme(subject, lang),
        sides(
            part(text("outreach.strengths", lang), [values_table(subject.strengths, factor, lang)]),
            part(text("outreach.levers", lang), [levers]),
        ),
        _paragraphs("outreach.change", [subject.change], lang),
        _paragraphs("outreach.with", [subject.peer_sentence, subject.showcase, subject.group], lang),
        _paragraphs("outreach.means", [subject.cofunding, subject.call], lang),
        _paragraphs("outreach.activity", [subject.activity, *subject.others], lang),
        _contact(subject, lang),
        part(text(f"outreach.members.{audience}", lang), [bullets(subject.members)] if subject.members else []),
        part(text("outreach.caution", lang), [bullets(subject.gaps)]),
    ]
    audience_line = text(f"audience.{audience}", lang)
    return page(lang, f"{named} – {kind}", head, parts, f"{audience_line}. {attributions(material, lang)}")


def index(material: Material, pages: Iterable[tuple[str, Subject]], lang: str, audience: str) -> str:
    """Return the page that leads to the sheets.

    Parameters
    ----------
    pages : iterable of (str, Subject)
        File name of each, and whom it is about.
    """
    code = f"outreach.index.{audience}"
    head = [title(text(code, lang), material.manifest["study"]["name"]), *notice_lines(material, lang)]
    internal = audience == "internal"
    names = [text(f"column.{column}", lang) for column in ("name", "code", "recommended_theme")]
    rows = []
    for file, subject in pages:
        link = f'<a href="{escape(file)}">{escape(subject.name)}</a>'
        own = [link, escape(subject.code), escape(subject.theme)]
        rows.append([*own, escape(subject.standing)] if internal else own)
    if not rows:
        parts = [paragraph(text("outreach.index.empty", lang))]
    else:
        parts = [raw_table([*names, text("outreach.index.standing", lang)] if internal else names, rows)]
    line = f"{text(f'audience.{audience}', lang)}. {attributions(material, lang)}"
    return page(lang, text(code, lang), head, parts, line)


def _kind(segment: str, lang: str, audience: str) -> str:
    if audience == "public":
        return text("outreach.kind.public", lang)
    return text("outreach.kind.internal", lang, segment=text(f"segment.{segment or 'insufficient_data'}", lang))


def _below(subject: Subject, lang: str) -> str:
    said = [subject.place] if subject.place else []
    if subject.population is not None:
        said.append(text("atlas.inhabitants", lang, population=number(subject.population, lang, 0)))
    return " · ".join(said)


def _theme(subject: Subject, lang: str) -> str:
    if not subject.theme:
        return part(text("outreach.theme", lang), [paragraph(text("atlas.no_theme", lang))])
    stake = text("outreach.stake", lang, value=subject.stake, median=subject.stake_median) if subject.stake else ""
    contents = [paragraph(subject.theme, "theme"), *([paragraph(stake)] if stake else [])]
    contents.append(values_table(subject.stake_details, text("outreach.indicator", lang), lang))
    return part(text("outreach.theme", lang), contents)


def _paragraphs(code: str, sentences: Iterable[str], lang: str) -> str:
    return part(text(code, lang), [paragraph(line) for line in sentences if line])


def _contact(subject: Subject, lang: str) -> str:
    if not subject.contact_role:
        return ""
    return part(text("outreach.contact", lang), [paragraph(subject.contact_role)])
