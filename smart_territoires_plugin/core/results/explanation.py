"""``explain``: why a territory has its score, segment and rank, read from a results folder."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np

from smart_territoires_plugin.core.errors import Problem, ResultsError
from smart_territoires_plugin.core.messages import number, text
from smart_territoires_plugin.core.messages.numbers import with_unit
from smart_territoires_plugin.core.results.publication import settle
from smart_territoires_plugin.core.scoring.aggregation import AGGREGATIONS
from smart_territoires_plugin.core.scoring.state import load_state
from smart_territoires_plugin.core.study.schema import nearest


def explain(folder: Path, code: str, lang: str) -> str:
    """Return the explanation of one territory, as lines of text.

    Raises
    ------
    ResultsError
        If the folder holds no results, or no such territory.
    """
    settle(folder)
    with (Path(folder) / "territories.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["code"]: row for row in csv.DictReader(stream)}
    row = rows.get(code) or rows.get(code.strip().upper())
    if row is None:
        raise ResultsError(Problem("results.no_code", str(folder), {"code": code, "known": nearest(code, rows)}))
    manifest = json.loads((Path(folder) / "manifest.json").read_text(encoding="utf-8"))
    segment = row["segment"] or "insufficient_data"
    lines = [text("explain.title", lang, name=row["name"], code=row["code"], segment=text(f"segment.{segment}", lang))]
    lines += _standing(row, segment, manifest["study"]["shortlist"], lang)
    lines += ["", *row[f"reasons_{lang}"].split("\n")]
    lines += ["", *_contributions(folder, row, manifest, lang)]
    return "\n".join(lines).rstrip()


def _standing(row: dict, segment: str, shortlist: int, lang: str) -> list[str]:
    """Say where a territory stands on the list, or the first rule that keeps it off."""
    if segment != "engage":
        meaning = text(f"segment.{segment}.meaning", lang)
        return [text("explain.not_engage", lang, segment=text(f"segment.{segment}", lang), meaning=meaning)]
    rank = int(row["target_rank"])
    stability = text(f"stability.{row['stability']}", lang)
    standing = text("explain.rank", lang, rank=rank, low=row["rank_low"], high=row["rank_high"], stability=stability)
    code = "explain.listed" if rank <= shortlist else "explain.beyond_shortlist"
    return [standing, text(code, lang, rank=rank, shortlist=shortlist)]


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
    described = {item["id"]: item for item in manifest["study"]["indicators"]}
    lines = [text(title, lang, value=number(value, lang, 2))]
    for place in np.argsort(-np.nan_to_num(parts, nan=-np.inf), kind="stable"):
        indicator = described[str(state["indicators"][members[place]])]
        name = indicator["name"][lang]
        if not known[place]:
            lines.append(text("explain.missing", lang, name=name, reason=text("gap.no_value", lang)))
            continue
        measured = with_unit(state["completed"][index, members[place]], indicator["unit"], lang)
        points = number(parts[place], lang, 2).rjust(7)
        weight = number(weights[place], lang)
        lines.append(text("explain.contribution", lang, points=points, name=name, value=measured, weight=weight))
    return lines
