"""``methodology.html``: what was asked, how it was computed and what was found in the sources, on a printable page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from smart_territoires_plugin.core.messages import TEXTS, number, text
from smart_territoires_plugin.core.results.frames import check_wording
from smart_territoires_plugin.core.results.manifest import versions
from smart_territoires_plugin.core.study import Method
from smart_territoires_plugin.core.targeting.reasons import text_unit
from smart_territoires_plugin.core.targeting.segments import SEGMENTS

if TYPE_CHECKING:
    from smart_territoires_plugin.core.pipeline import Outcome

MAX_QUALITY_ROWS = 200
_STYLE = """
body { font: 15px/1.5 "Open Sans", "DejaVu Sans", Arial, sans-serif; color: #1c2733; max-width: 75em; margin: 2em auto;
  padding: 0 1em; }
h1 { font-size: 1.7em; margin-bottom: .2em }
h2 { font-size: 1.2em; margin-top: 2em; border-bottom: 2px solid #2b6c8f; }
table { border-collapse: collapse; width: 100%; font-size: .85em }
th { text-align: left; background: #eef3f6 }
th, td { border: 1px solid #c9d4db; padding: .3em .5em; vertical-align: top; overflow-wrap: break-word }
td.n { text-align: right; white-space: nowrap }
.notice { background: #fff3d6; border-left: 5px solid #c77700; padding: .5em 1em; font-weight: 600 }
@page { size: A4 landscape; margin: 12mm }
@media print { body { margin: 0; max-width: none; font-size: 12px } h2 { break-after: avoid }
  tr { break-inside: avoid } }
"""


def _table(head: Iterable[str], rows: Iterable[Iterable[object]], numeric: tuple[int, ...] = ()) -> str:
    cells = "".join(f"<th>{escape(item)}</th>" for item in head)
    lines = []
    for row in rows:
        lines.append(
            "<tr>"
            + "".join(
                f'<td class="n">{escape(str(item))}</td>' if index in numeric else f"<td>{escape(str(item))}</td>"
                for index, item in enumerate(row)
            )
            + "</tr>"
        )
    return f"<table><thead><tr>{cells}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def write_methodology(outcome: Outcome, path: Path, lang: str) -> None:
    """Write the annex of a run, in one language; every text of the study is shown as text, never as markup."""
    say = lambda code, **values: text(f"annex.{code}", lang, **values)  # noqa: E731
    study = outcome.study
    parts = [f"<h1>{escape(say('title'))}</h1><p>{escape(study.name)}"]
    if study.date:
        parts.append(f" · {escape(say('state', date=study.date))}")
    parts.append("</p>")
    parts += [f'<p class="notice">{escape(text(f"notice.{code}", lang))}</p>' for code in study.notices]
    parts += [f"<h2>{escape(say('segments'))}</h2>", _segments(outcome, lang)]
    parts += [f"<h2>{escape(say('indicators'))}</h2>", _indicators(outcome, lang)]
    parts.append(f"<h2>{escape(say('method'))}</h2><ul>")
    parts += [f"<li>{escape(line)}</li>" for line in _method(outcome, lang)]
    parts.append("</ul>")
    parts += [f"<h2>{escape(say('quality'))}</h2>", _quality(outcome, lang)]
    parts += [f"<h2>{escape(say('sources'))}</h2>", _sources(outcome, lang)]
    parts.append(f"<h2>{escape(say('versions'))}</h2><p>")
    parts.append(escape(", ".join(f"{name} {value}" for name, value in versions().items())) + "</p>")
    title = escape(f"{say('title')} – {study.name}")
    page = (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body>{''.join(parts)}</body></html>\n"
    )
    path.write_text(page, encoding="utf-8")


def _segments(outcome: Outcome, lang: str) -> str:
    counts = Counter(str(code) for code in outcome.targeting.columns["segment"])
    rows = [
        (text(f"segment.{code}", lang), text(f"segment.{code}.meaning", lang), number(counts[code], lang))
        for code in SEGMENTS
    ]
    return _table([text(f"annex.{code}", lang) for code in ("segment", "meaning", "counts")], rows, (2,))


def _indicators(outcome: Outcome, lang: str) -> str:
    themes = {theme.id: theme.name[lang] for theme in outcome.study.themes}
    head = ("indicator", "role", "group", "measure", "unit", "direction", "weight", "range", "missing")
    rows = []
    for indicator in outcome.study.indicators:
        values = outcome.measurements.values[indicator.id].values
        known = values[~np.isnan(values)]
        group = themes.get(indicator.theme or "") or TEXTS[lang].get(f"axis.{indicator.axis}", "")
        scored = indicator.role != "activity"
        rows.append(
            (
                indicator.name[lang],
                text(f"role.{indicator.role}", lang),
                group,
                text(f"kind.{indicator.measure.kind}", lang),
                text_unit(indicator.unit, lang),
                text("annex.higher" if indicator.direction > 0 else "annex.lower", lang) if scored else "",
                number(indicator.weight, lang) if scored else "",
                _span(known, lang),
                number(len(values) - len(known), lang),
            )
        )
    made = _table([text(f"annex.{code}", lang) for code in head], rows, (6, 7, 8))
    return f"{made}<p>{escape(text('annex.arrows', lang))}</p>"


def _span(known: np.ndarray, lang: str) -> str:
    """Return the lowest, the median and the highest value, with as many decimals as tell them apart."""
    if not known.size:
        return "–"
    values = np.quantile(known, [0, 0.5, 1])
    widest = np.abs(values).max()
    digits = (
        0
        if (values == values.round()).all()
        else int(np.select([widest >= 100, widest >= 10, widest >= 1], [0, 1, 2], 3))
    )
    return " – ".join(number(value, lang, digits) for value in values)


def _named(family: str, asked: Method, lang: str) -> str:
    """Return a method and its parameters in words."""
    said = {
        name: number(value, lang) if isinstance(value, float) else value for name, value in asked.parameters.items()
    }
    if asked.name in ("rank", "percentile_rank"):
        said["ties"] = text(f"ties.{said.get('ties', 'mean')}", lang)
    return text(f"{family}.{asked.name}", lang, **said)


def _method(outcome: Outcome, lang: str) -> list[str]:
    study, targeting = outcome.study, outcome.targeting
    scoring, robustness = study.scoring, study.robustness
    lines = [
        text(
            "annex.missing_rule",
            lang,
            rule=_named("method", scoring.missing, lang),
            share=number(100 * scoring.min_availability, lang),
        ),
        text("annex.normalisation", lang, method=_named("method", scoring.normalisation, lang)),
        text("annex.aggregation", lang, method=_named("method", scoring.aggregation, lang)),
    ]
    if outcome.measurements.given:
        lines.append(text("annex.values_given", lang, path=outcome.measurements.given["path"]))
    if np.isnan(targeting.readiness_threshold):
        return [*lines, text("annex.no_readiness", lang)]
    lines.append(text("annex.readiness_threshold", lang, value=number(targeting.readiness_threshold, lang, 1)))
    if np.isnan(targeting.activity_threshold):
        lines.append(text("annex.no_activity", lang))
    else:
        limit, dispersion = number(targeting.activity_threshold, lang, 2), number(targeting.dispersion, lang, 2)
        lines.append(text("annex.activity_threshold", lang, value=limit))
        poisson = np.isinf(targeting.dispersion)
        lines.append(text("annex.model_poisson", lang) if poisson else text("annex.model", lang, dispersion=dispersion))
    return [
        *lines,
        text("annex.priority", lang),
        text(
            "annex.robustness",
            lang,
            draws=number(robustness.draws, lang),
            share=number(100 * robustness.error_share, lang),
            seed=robustness.seed,
        ),
    ]


def _quality(outcome: Outcome, lang: str) -> str:
    rows = [
        (
            item.source,
            check_wording(item.check, lang),
            text(f"outcome.{item.outcome}", lang),
            item.code,
            number(item.count, lang),
            item.examples,
        )
        for item in outcome.quality[:MAX_QUALITY_ROWS]
    ]
    head = ("source", "check", "outcome", "territory", "count", "examples")
    made = _table([text(f"annex.{code}", lang) for code in head], rows, (4,))
    more = len(outcome.quality) - MAX_QUALITY_ROWS
    return made + (f"<p>{escape(text('annex.more', lang, count=number(more, lang)))}</p>" if more > 0 else "")


def _sources(outcome: Outcome, lang: str) -> str:
    study = outcome.study
    rows = [
        (
            name,
            study.sources[name].path.name,
            text(f"status.{study.sources[name].status}", lang),
            " · ".join(part for part in (study.sources[name].attribution, study.sources[name].licence) if part),
            study.sources[name].date,
        )
        for name in outcome.measurements.hashes
    ]
    return _table([text(f"annex.{code}", lang) for code in ("source", "file", "status", "attribution", "date")], rows)
