"""The pages of outreach: the annex's page on one upright A4 sheet, for light and dark screens."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from html import escape

from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.outreach.factors import OwnValue
from smart_territoires_plugin.core.outreach.material import Material
from smart_territoires_plugin.core.results.annex_page import document, table
from smart_territoires_plugin.core.targeting.call_fit import written_day

_STYLE = """
body { max-width: 56em; font-size: 14px; line-height: 1.4; background: #fff }
h1 { line-height: 1.2 }
h2 { font-size: 1.05em; margin: 1.1em 0 .35em; border-bottom-width: 1px }
p, ul { margin: .3em 0; max-width: none }
ul { padding-left: 1.3em }
table { margin: .3em 0 .5em }
a { color: var(--blue) }
td ul { margin: .2em 0 }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.5em }
.sides h2 { margin-top: .9em }
.sides td.n { white-space: normal }
td:first-child { min-width: 9em }
.theme { font-size: 1.15em; font-weight: 600 }
.answer { border-left: 5px solid var(--blue); padding: .3em 0 .3em .9em; font-weight: 600 }
.kind { color: var(--soft); text-transform: none; margin: 0 }
.standing { background: var(--pale); padding: .3em .7em; font-weight: 600 }
.reasons { margin: 0; padding-left: 1.1em }
footer { margin-top: 1em; padding-top: .4em; border-top: 1px solid var(--line); color: var(--soft); font-size: .78em }
@media screen and (max-width: 40em) { .sides { grid-template-columns: 1fr } }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #e8eef2; --soft: #a9b8c3; --line: #40505c; --blue: #7fbfe0; --pale: #22303a; color-scheme: dark }
  body { background: #131b21 }
  .notice { background: #4a3708; border-left-color: #f0a93b } }
@page { size: A4 portrait; margin: 11mm 13mm }
@media print { body { font-size: 11.6px; line-height: 1.35; max-width: none } h1 { font-size: 1.6em }
  h2 { margin: .75em 0 .25em } .sides h2 { margin-top: .55em }
  .note { font-size: 9.4px; line-height: 1.24 } .note h2 { margin: .5em 0 .1em } .note td { padding: .1em .4em }
  .note p, .note ul, .note li, .note table { margin: .1em 0 } .note table { font-size: .95em }
  .note + footer { margin-top: .3em; font-size: .68em }
  .standing, .notice { print-color-adjust: exact; -webkit-print-color-adjust: exact } footer { margin-top: .6em } }
"""


def page(lang: str, title: str, head: Iterable[str], parts: Iterable[str], footer: str, kind: str = "") -> str:
    """Return a whole page: self-contained, without script, in the annex's style and its own after it."""
    body = f'<main class="{escape(kind)}">{"".join(parts)}</main>'
    whole = document(lang, title, head, [body, f"<footer><p>{escape(footer)}</p></footer>" if footer else ""])
    return whole.replace("</style>", f"{_STYLE}</style>", 1)


def part(title: str, contents: Iterable[str]) -> str:
    """Return a section with its heading; nothing if it holds nothing."""
    held = "".join(contents)
    return f"<section><h2>{escape(title)}</h2>{held}</section>" if held else ""


def sides(*parts: str) -> str:
    """Return parts beside one another; the only one has the whole width."""
    kept = [item for item in parts if item]
    return f'<div class="sides">{"".join(kept)}</div>' if len(kept) > 1 else "".join(kept)


def values_table(values: Iterable[OwnValue], name: str, lang: str, beside: str = "outreach.median") -> str:
    """Return a table of own values beside a median; nothing if there are none."""
    rows = [(item.name, item.value, item.median) for item in values]
    head = (name, text("outreach.own", lang), text(beside, lang))
    return table(head, rows, (1, 2)) if rows else ""


def raw_table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table whose cells are HTML already; those of the head are text."""
    names = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{names}</tr></thead><tbody>{lines}</tbody></table>"


def attributions(material: Material, lang: str) -> str:
    """Return whose data these are, the study and its date, in one line."""
    study = material.manifest["study"]
    told = dict.fromkeys(item["attribution"] or name for name, item in study["sources"].items())
    return text("outreach.sources", lang, study=study["name"], date=data_date(material, lang), names=", ".join(told))


def data_date(material: Material, lang: str) -> str:
    """Return the date of the data in words, as the study gives it where it is no day."""
    given = material.manifest["study"]["date"]
    if not given:
        return text("outreach.no_date", lang)
    try:
        return text("outreach.date", lang, date=written_day(datetime.date.fromisoformat(given), lang))
    except ValueError:
        return text("outreach.date", lang, date=given)


def notice_lines(material: Material, lang: str) -> list[str]:
    """Return the notices of the results in a paragraph that stands out; nothing where all data are observed."""
    told = material.notices(lang)
    return [f'<p class="notice" role="note">{escape(" · ".join(told))}</p>'] if told else []
