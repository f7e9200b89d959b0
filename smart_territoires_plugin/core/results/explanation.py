"""``explain``: why a territory has its score, segment and rank, read from a results folder."""

from __future__ import annotations

import difflib
import sqlite3
from pathlib import Path

import numpy as np

from smart_territoires_plugin.core.errors import Problem, ResultsError
from smart_territoires_plugin.core.messages import number, text
from smart_territoires_plugin.core.results.evidence import Evidence, read_manifest, read_territories, read_units
from smart_territoires_plugin.core.results.explained_changes import changes
from smart_territoires_plugin.core.results.explained_standing import standing
from smart_territoires_plugin.core.results.explained_unit import explain_unit, place_sentences, units_of
from smart_territoires_plugin.core.results.publication import settle
from smart_territoires_plugin.core.scoring.aggregation import AGGREGATIONS, RELATIVE
from smart_territoires_plugin.core.scoring.contributions import EXACT_MEMBERS, PAIRS, contributions_to
from smart_territoires_plugin.core.scoring.hierarchy import composite_scores, leaf_weights
from smart_territoires_plugin.core.targeting.why_not import published, why_not, why_not_sentences

# Where territories are compared with one another each coalition costs a scoring of them all: fewer are asked for, and
# where every pair of territories is compared, none from so many territories on.
_RELATIVE_EXACT, _RELATIVE_PAIRS = 7, 8
_PAIRWISE, _MOST_COMPARED = ("copeland", "promethee_ii"), 5000
_TITLES = {"points": "explain.contributions", "factors": "explain.factors", "shapley": "explain.shapley"}


def explain(folder: Path, code: str, lang: str) -> str:
    """Return the explanation of one territory, as lines of text.

    Raises
    ------
    ResultsError
        If the folder holds no results, or no such territory.
    """
    settle(folder)
    rows = read_territories(folder)
    row = rows.get(code) or rows.get(code.strip().upper())
    units, manifest = read_units(folder), read_manifest(folder)
    if row is None and code.strip() in units:
        return "\n".join(explain_unit(rows, units, code.strip(), manifest, lang))
    if row is None:
        known = _near(code, [*rows, *units])
        raise ResultsError(Problem("results.no_code", str(folder), {"code": code, "known": known}))
    segment = row["segment"] or "insufficient_data"
    lines = [text("explain.title", lang, name=row["name"], code=row["code"], segment=text(f"segment.{segment}", lang))]
    evidence = Evidence(folder, rows, row, manifest)
    lines += [*place_sentences(row, segment, lang), *_why_not(evidence, lang)]
    lines += units_of(units, row["code"], lang)
    lines += ["", *row[f"reasons_{lang}"].split("\n")]
    if row["readiness"]:
        for part in (_contributions(evidence, lang), standing(evidence, lang), changes(evidence, lang)):
            lines += ["", *part] if part else []
    return "\n".join(lines).rstrip()


def _near(code: str, known: list[str]) -> str:
    return ", ".join(difflib.get_close_matches(code, known, n=3, cutoff=0.5) or [*known[:3], "…"])


def _gap_reasons(folder: Path, code: str) -> dict[str, str]:
    """Return why a territory's values are missing, by indicator."""
    uri = f"{(Path(folder) / 'results.gpkg').resolve().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True)
    try:
        return dict(
            connection.execute("SELECT indicator, reason FROM indicators WHERE code = ? AND value IS NULL", [code])
        )
    finally:
        connection.close()


def why_not_listed(folder: Path, code: str, lang: str) -> list[str]:
    """Return the first rule that keeps a territory off the call list, and the smallest change that would move it.

    Returns
    -------
    list of str
        Sentences with the territory's own values; that it is on the list where it is, and that no territory has the
        code where none has.
    """
    settle(folder)
    rows = read_territories(folder)
    row = rows.get(code) or rows.get(code.strip().upper())
    manifest = read_manifest(folder)
    if row is None:
        return why_not_sentences(why_not(published(rows, manifest), code), lang)
    evidence = Evidence(folder, rows, row, manifest)
    return _why_not(evidence, lang, _smallest_change(evidence, lang))


def _why_not(evidence: Evidence, lang: str, change: str = "") -> list[str]:
    lacking = _lacking(evidence, lang) if evidence.row["segment"] == "insufficient_data" else ()
    answer = why_not(published(evidence.rows, evidence.manifest), evidence.row["code"], lacking)
    return why_not_sentences(answer, lang, change)


def _lacking(evidence: Evidence, lang: str) -> list[str]:
    """Return the names of the success factors that count and are not known of a territory."""
    state, index = evidence.state, evidence.index
    weights = leaf_weights(evidence.hierarchy, evidence.weights)[-1]
    unknown = np.isnan(state["completed"][index]) | state["imputed"][index]
    return [evidence.indicator(m)["name"][lang] for m in evidence.members if unknown[m] and weights[m] > 0]


def _smallest_change(evidence: Evidence, lang: str) -> str:
    """Return what would suffice, alone, to move a territory up, in one sentence; '' where it is not searched for."""
    if not evidence.row["readiness"]:
        return ""
    title, *lines = changes(evidence, lang) or [""]
    if not lines or not lines[0].startswith(" "):
        return title
    if lines[0] == text("explain.change_no_value", lang):
        return text("lists.why.no_change", lang)
    return text("lists.why.change", lang, change=lines[0].strip())


def _contributions(evidence: Evidence, lang: str) -> list[str]:
    """Take the readiness apart: what each success factor adds to it, or multiplies it by."""
    state, index, members = evidence.state, evidence.index, evidence.members
    known = ~np.isnan(state["normalised"][index])
    method = evidence.aggregation.name
    if method not in AGGREGATIONS or (method in _PAIRWISE and len(state["codes"]) > _MOST_COMPARED):
        return [text("explain.not_taken_apart", lang, value=number(float(evidence.row["readiness"]), lang, 2))]
    compared = method in RELATIVE
    found = contributions_to(
        evidence.hierarchy,
        state["normalised"],
        evidence.weights,
        "readiness",
        rows=np.array([index]),
        exact_members=_RELATIVE_EXACT if compared else EXACT_MEMBERS,
        pairs=_RELATIVE_PAIRS if compared else PAIRS,
    )
    counted = np.isin(found.members, members)
    members = np.asarray(found.members)[counted]
    parts = np.where(known[members], found.values[0][counted], np.nan)
    value = composite_scores(evidence.hierarchy, state["normalised"], evidence.weights)[index, -1]
    start = number(found.baseline_scores[0], lang, 2)
    lines = [text(_TITLES[found.kind], lang, value=number(value, lang, 2), baseline=start)]
    reasons = _gap_reasons(evidence.folder, evidence.row["code"])
    for place in np.argsort(-np.nan_to_num(parts, nan=-np.inf), kind="stable"):
        column = members[place]
        indicator = evidence.indicator(column)
        name = indicator["name"][lang]
        if not known[column]:
            reason = text(f"gap.{reasons.get(indicator['id']) or 'no_value'}", lang)
            lines.append(text("explain.missing", lang, name=name, reason=reason))
            continue
        declared = float(evidence.weights[column])
        points = number(parts[place], lang, 2).rjust(7)
        weight = number(declared, lang, None if declared.is_integer() else 2)
        measured = evidence.measured(column, lang)
        lines.append(text("explain.contribution", lang, points=points, name=name, value=measured, weight=weight))
    return lines
