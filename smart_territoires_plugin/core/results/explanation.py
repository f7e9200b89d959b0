"""``explain``: why a territory has its score, segment and rank, read from a results folder."""

from __future__ import annotations

import csv
import difflib
import json
import sqlite3
from pathlib import Path

import numpy as np

from smart_territoires_plugin.core.errors import Problem, ResultsError
from smart_territoires_plugin.core.messages import number, text
from smart_territoires_plugin.core.messages.numbers import with_unit
from smart_territoires_plugin.core.results.publication import settle
from smart_territoires_plugin.core.results.tables import armed
from smart_territoires_plugin.core.scoring.aggregation import AGGREGATIONS
from smart_territoires_plugin.core.scoring.state import load_state
from smart_territoires_plugin.core.targeting.reasons import text_unit


def explain(folder: Path, code: str, lang: str) -> str:
    """Return the explanation of one territory, as lines of text.

    Raises
    ------
    ResultsError
        If the folder holds no results, or no such territory.
    """
    settle(folder)
    with (Path(folder) / "territories.csv").open(encoding="utf-8", newline="") as stream:
        rows = {armed(row["code"]): row for row in csv.DictReader(stream)}
    row = rows.get(code) or rows.get(code.strip().upper())
    if row is None:
        raise ResultsError(Problem("results.no_code", str(folder), {"code": code, "known": _near(code, list(rows))}))
    row = {name: armed(value) for name, value in row.items()}
    manifest = json.loads((Path(folder) / "manifest.json").read_text(encoding="utf-8"))
    segment = row["segment"] or "insufficient_data"
    lines = [text("explain.title", lang, name=row["name"], code=row["code"], segment=text(f"segment.{segment}", lang))]
    lines += _standing(row, segment, manifest["study"]["shortlist"], lang)
    lines += ["", *row[f"reasons_{lang}"].split("\n")]
    lines += ["", *_contributions(folder, row, manifest, lang)]
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


def _standing(row: dict, segment: str, shortlist: int, lang: str) -> list[str]:
    """Say where a territory stands on the list, or the first rule that keeps it off."""
    if segment != "engage":
        meaning = text(f"segment.{segment}.meaning", lang)
        return [text("explain.not_engage", lang, segment=text(f"segment.{segment}", lang), meaning=meaning)]
    rank = int(row["target_rank"])
    stability = text(f"stability.{row['stability']}", lang)
    low, high = (number(int(row[name]), lang) for name in ("rank_low", "rank_high"))
    standing = text("explain.rank", lang, rank=number(rank, lang), low=low, high=high, stability=stability)
    code = "explain.listed" if rank <= shortlist else "explain.beyond_shortlist"
    return [standing, text(code, lang, rank=number(rank, lang), shortlist=number(shortlist, lang))]


def _contributions(folder: Path, row: dict, manifest: dict, lang: str) -> list[str]:
    """Take the readiness apart: what each success factor adds to it, or multiplies it by."""
    if not row["readiness"]:
        return []
    state = load_state(Path(folder) / "scoring.npz")
    index = int(np.flatnonzero(state["codes"] == row["code"])[0])
    members = np.flatnonzero((state["roles"] == "success_factor") & state["usable"])
    scores, weights = state["normalised"][index, members], state["weights"][members]
    known = ~np.isnan(scores)
    effective = weights * known / (weights * known).sum()
    method = manifest["method"]["aggregation"]["method"]
    multiplied = method == "geometric_mean"
    parts = np.where(known, np.power(scores, effective) if multiplied else scores * effective, np.nan)
    value = AGGREGATIONS[method](scores[None, :], weights)[0]
    title = "explain.factors" if multiplied else "explain.contributions"
    reasons = _gap_reasons(folder, row["code"])
    described = {item["id"]: item for item in manifest["study"]["indicators"]}
    lines = [text(title, lang, value=number(value, lang, 2))]
    for place in np.argsort(-np.nan_to_num(parts, nan=-np.inf), kind="stable"):
        indicator = described[str(state["indicators"][members[place]])]
        name = indicator["name"][lang]
        if not known[place]:
            reason = text(f"gap.{reasons.get(indicator['id']) or 'no_value'}", lang)
            lines.append(text("explain.missing", lang, name=name, reason=reason))
            continue
        measured = with_unit(state["completed"][index, members[place]], text_unit(indicator["unit"], lang), lang)
        points = number(parts[place], lang, 2).rjust(7)
        weight = number(weights[place], lang, None if weights[place].is_integer() else 2)
        lines.append(text("explain.contribution", lang, points=points, name=name, value=measured, weight=weight))
    return lines
