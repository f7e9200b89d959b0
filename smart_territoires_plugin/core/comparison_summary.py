"""What differs between two runs, and the comparison of both in a few lines of text."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.messages import number, text
from smart_territoires_plugin.core.messages.numbers import with_unit
from smart_territoires_plugin.core.scoring.comparison import CAUSES, ROUNDING, common_rows

if TYPE_CHECKING:
    from smart_territoires_plugin.core.comparing_runs import Comparison, Run

MAX_EXAMPLES = 10


@dataclass(frozen=True)
class Differences:
    """What differs between two runs before any score.

    Parameters
    ----------
    weights : mapping of indicator id to (before, after)
    gone, new : tuple of str
        Indicators of the first run only, and of the second.
    methods : mapping of key of the study to (before, after)
        As JSON; for a single indicator ``<id>: normalisation`` or ``<id>: direction``.
    sources : tuple of str
        Those whose content is another, or that one run lacks.
    values : mapping of indicator id to int
        How many territories have another value, gaps included.
    versions : tuple of str
        Of the product: empty where it is the same, else both.
    """

    weights: Mapping[str, tuple[float, float]]
    gone: tuple[str, ...]
    new: tuple[str, ...]
    methods: Mapping[str, tuple[str, str]]
    sources: tuple[str, ...]
    values: Mapping[str, int]
    versions: tuple[str, ...]

    @property
    def any(self) -> bool:
        """Whether there is any."""
        return any(map(len, vars(self).values()))


def differences(before: Run, after: Run, identifiers: Sequence[str]) -> Differences:
    """Return what differs between two runs.

    Parameters
    ----------
    identifiers : sequence of str
        Indicators of either run.
    """
    place = [{str(name): column for column, name in enumerate(run.state["indicators"])} for run in (before, after)]
    both = [name for name in identifiers if name in place[0] and name in place[1]]
    rows = common_rows(before.codes, after.codes)
    weights, values = {}, {}
    for name in both:
        pair = tuple(float(run.weights[held[name]]) for run, held in zip((before, after), place, strict=True))
        if pair[0] != pair[1]:
            weights[name] = pair
        measured = [run.state["values"][found, held[name]]
                    for run, found, held in zip((before, after), rows, place, strict=True)]  # fmt: skip
        count = int((~((measured[0] == measured[1]) | (np.isnan(measured[0]) & np.isnan(measured[1])))).sum())
        if count:
            values[name] = count
    studies = [run.manifest["study"] for run in (before, after)]
    asked = [_methods(study, both) for study in studies]
    keys = dict.fromkeys([*asked[0], *asked[1]])
    sums = [{name: source["sha256"] for name, source in study["sources"].items()} for study in studies]
    product = [run.manifest["versions"]["smart_territoires"] for run in (before, after)]
    return Differences(
        weights,
        tuple(name for name in identifiers if name not in place[1]),
        tuple(name for name in identifiers if name not in place[0]),
        {k: (asked[0].get(k, "–"), asked[1].get(k, "–")) for k in keys if asked[0].get(k) != asked[1].get(k)},
        tuple(name for name in dict.fromkeys([*sums[0], *sums[1]]) if sums[0].get(name) != sums[1].get(name)),
        values,
        tuple(product) if product[0] != product[1] else (),
    )


def _methods(study: Mapping[str, Any], identifiers: Sequence[str]) -> dict[str, str]:
    """Return what a study says of its method, by key."""
    content = study["content"]
    said = {}
    for block in ("scoring", "targeting"):
        said |= {f"{block}: {key}": _written(value) for key, value in content.get(block, {}).items()}
    for theme in study["themes"]:
        said[f"themes: {theme['id']}: weight"] = _written(theme["weight"])
    if "nodes" in content:
        said["nodes"] = _written(content["nodes"])
    for indicator in content["indicators"]:
        for key in ("normalisation", "direction", "role", "theme", "axis", "parent", "measure"):
            if indicator["id"] in identifiers and key in indicator:
                said[f"{indicator['id']}: {key}"] = _written(indicator[key])
    return said


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def summary(comparison: Comparison, table: pd.DataFrame, lang: str) -> str:
    """Return a comparison as lines of text.

    Parameters
    ----------
    table : DataFrame
        Of ``comparison_frame``.
    """
    before, after = comparison.before, comparison.after
    lines = [text("compare.title", lang, before=_run_name(before, lang), after=_run_name(after, lang))]
    lines += [*_territories(table, lang), "", *_differences(comparison, lang), "", *_shortlist(table, lang)]
    changed = table[table["segment_cause"] != ""]
    lines.append(text("compare.segments", lang, count=number(len(changed), lang)))
    for cause, count in Counter(changed["segment_cause"]).most_common():
        wording = text(f"cause.{cause}", lang)
        lines.append(text("compare.segment_cause", lang, count=number(count, lang), cause=wording))
    lines.append("")
    for composite in comparison.changes:
        lines += _score(comparison, table, composite, lang)
    if any(change is not None and not change.others_apart for change in comparison.changes.values()):
        lines.append(text("compare.others_within", lang))
    return "\n".join(lines).rstrip()


def _run_name(run: Run, lang: str) -> str:
    return f"{run.manifest['study']['name']} ({run.folder})"


def _territories(table: pd.DataFrame, lang: str) -> list[str]:
    found = {where: table.loc[table["presence"] == where, "code"] for where in ("both", "before", "after")}
    counts = {name: number(len(found[where]), lang) for name, where in
              (("both", "both"), ("first", "before"), ("second", "after"))}  # fmt: skip
    lines = [text("compare.territories", lang, **counts)]
    if len(found["before"]):
        lines.append(text("compare.only_first", lang, codes=_some(found["before"])))
    if len(found["after"]):
        lines.append(text("compare.only_second", lang, codes=_some(found["after"])))
    return lines


def _some(codes: Sequence[str]) -> str:
    return ", ".join(list(codes)[:MAX_EXAMPLES]) + (", …" if len(codes) > MAX_EXAMPLES else "")


def _differences(comparison: Comparison, lang: str) -> list[str]:
    found = comparison.differences
    if not found.any:
        return [text("compare.nothing_differs", lang)]
    described = {
        item["id"]: item["name"][lang]
        for run in (comparison.before, comparison.after)
        for item in run.manifest["study"]["indicators"]
    }
    lines = [text("compare.differs", lang)]
    for name, pair in found.weights.items():
        was, now = (number(value, lang, None if value.is_integer() else 2) for value in pair)
        lines.append(text("compare.weight", lang, name=described[name], before=was, after=now))
    lines += [text("compare.method", lang, key=key, before=was, after=now) for key, (was, now) in found.methods.items()]
    lines += [text("compare.indicator_gone", lang, name=described[name]) for name in found.gone]
    lines += [text("compare.indicator_new", lang, name=described[name]) for name in found.new]
    lines += [text("compare.source", lang, name=name) for name in found.sources]
    for name, count in found.values.items():
        lines.append(text("compare.values", lang, name=described[name], count=number(count, lang)))
    if found.versions:
        lines.append(text("compare.version", lang, before=found.versions[0], after=found.versions[1]))
    return lines


def _shortlist(table: pd.DataFrame, lang: str) -> list[str]:
    codes = {move: table.loc[table["shortlist"] == move, "code"] for move in ("entered", "left", "stayed")}
    lines = [text("compare.shortlist", lang, **{move: number(len(found), lang) for move, found in codes.items()})]
    if len(codes["entered"]):
        lines.append(text("compare.entered", lang, codes=_some(codes["entered"])))
    if len(codes["left"]):
        lines.append(text("compare.left", lang, codes=_some(codes["left"])))
    return lines


def _score(comparison: Comparison, table: pd.DataFrame, composite: str, lang: str) -> list[str]:
    """Say how far a score moved, and which share of the points came from each cause."""
    name = _composite_name(comparison.after, composite, lang)
    if comparison.changes[composite] is None:
        return [text("compare.not_reproduced", lang, name=name)]
    change = table[f"{composite}_change"].abs()
    moved = change > ROUNDING
    if not moved.any():
        return []
    count, mean = number(int(moved.sum()), lang), number(float(change[moved].mean()), lang, 2)
    lines = [text("compare.score", lang, name=name, count=count, mean=mean)]
    points = {cause: float(table[f"{composite}_from_{cause}"].abs().sum()) for cause in CAUSES}
    whole = sum(points.values())
    for cause, part in sorted(points.items(), key=lambda item: -item[1]):
        if whole and part > ROUNDING:
            share = with_unit(100 * part / whole, "%", lang, 0)
            lines.append(text("compare.cause", lang, share=share, cause=text(f"cause.{cause}", lang)))
    return lines


def _composite_name(run: Run, composite: str, lang: str) -> str:
    kind, _, identifier = composite.partition("_")
    if kind == "axis":
        return text(f"axis.{identifier}", lang)
    if kind == "score":
        return next(theme["name"][lang] for theme in run.manifest["study"]["themes"] if theme["id"] == identifier)
    return text("compare.readiness", lang)
