"""What changed and whether outreach did anything, as sentences and files: lists, pairs, and both as JSON."""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.comparing_runs import Comparison, Run, compare_runs
from smart_territoires_plugin.core.errors import Problem, ResultsError
from smart_territoires_plugin.core.messages import number, text
from smart_territoires_plugin.core.messages.numbers import with_unit
from smart_territoires_plugin.core.outcomes.contacts import COLUMNS, contacts_frame, read_contacts
from smart_territoires_plugin.core.outcomes.follow_up import TRAITS, FollowUp, follow_up
from smart_territoires_plugin.core.outcomes.list_changes import MOVES, list_changes
from smart_territoires_plugin.core.results.tables import write_csv

_DIGITS = 12
_SHOWN = 5


@dataclass(frozen=True)
class Outcomes:
    """What changed between two runs; ``followed`` is None without a register."""

    comparison: Comparison
    changes: pd.DataFrame
    followed: Optional[FollowUp]
    warnings: tuple[Problem, ...]


def find_outcomes(before: Path, after: Path, register: Optional[Path] = None) -> Outcomes:
    """Compare the lists of two results folders, and what became of those called in between.

    Raises
    ------
    SmartTerritoiresError
        If a folder holds no results, or the register no readable contacts.
    """
    comparison = compare_runs(before, after)
    nobody = pd.DataFrame({name: pd.Series(dtype=object) for name in COLUMNS})
    contacts = contacts_frame(nobody) if register is None else read_contacts(register)
    since, until = register_date(comparison.before), register_date(comparison.after)
    changes = list_changes(comparison, contacts, until)
    if register is None:
        return Outcomes(comparison, changes, None, ())
    known = {*map(str, comparison.before.codes), *map(str, comparison.after.codes)}
    strange = sorted(set(contacts["code"]) - known)
    values = {"count": len(strange), "codes": ", ".join(strange[:_SHOWN])}
    warnings = (Problem("outcomes.unknown_codes", str(register), values, "warning"),) if strange else ()
    # Two runs of one register tell nothing of what came in between: then all who were called until now are followed.
    start = since if since < until else ""
    frames = [run_frame(run) for run in (comparison.before, comparison.after)]
    return Outcomes(comparison, changes, follow_up(*frames, contacts, start, until), warnings)


def register_date(run: Run) -> str:
    """Return the day of a run's register, else of its study, '' where neither is said."""
    study = run.manifest["study"]
    named = (study["content"].get("targeting") or {}).get("register")
    held = [i["source"] for i in study["indicators"] if i["measure"] == "register_activity"]
    for source in (named, *held):
        if source in study["sources"] and study["sources"][source]["date"]:
            return str(study["sources"][source]["date"])
    return str(study["date"] or "")


def run_frame(run: Run) -> pd.DataFrame:
    """Return the columns of a run that a follow-up needs."""
    numbers = {name: run.numbers(name) for name in (*TRAITS, "activity_count")}
    return pd.DataFrame(
        {"code": run.codes.astype(str), "name": run.table["name"], "segment": run.table["segment"], **numbers}
    )


def sentences(found: Outcomes, lang: str) -> list[str]:
    """Return what changed, by list and cause, then what became of those called."""
    lines = []
    for name, rows in found.changes.groupby("list", sort=False):
        counts = {move: number(int((rows["move"] == move).sum()), lang) for move in MOVES}
        lines.append(text("outcomes.counts", lang, list=text(f"outcomes.list.{name}", lang), **counts))
        for cause, count in Counter(rows.loc[rows["cause"] != "", "cause"]).most_common():
            wording = text(f"outcomes.cause.{cause}", lang)
            lines.append(text("outcomes.count_by_cause", lang, count=number(count, lang), cause=wording))
        lines += [f"  {said}" for said in rows.loc[rows["move"] != "stayed", f"sentence_{lang}"]]
    if found.followed is not None:
        lines += ["", *follow_up_sentences(found.followed, lang)]
    notices = found.comparison.after.manifest["notices"]
    return [*lines, *(text(f"notice.{code}", lang) for code in notices)]


def follow_up_sentences(found: FollowUp, lang: str) -> list[str]:
    """Return what became of those called, and how far that may be trusted."""
    counts = {name: number(count, lang) for name, count in found.counts.items()}
    if not found.counts["called"]:
        return [text("outcomes.nobody", lang)]
    lines = [
        text(
            "outcomes.called_count",
            lang,
            since=found.since or text("outcomes.start", lang),
            until=found.until or "…",
            called=counts["called"],
            confirmed=counts["confirmed"],
            more=counts["more_projects"],
            segment=counts["segment_changed"],
        )
    ]
    if not found.counts["pairs"]:
        lines.append(text("outcomes.no_pairs", lang))
    else:
        lines.append(text("outcomes.compared", lang, pairs=counts["pairs"], caliper=number(found.caliper, lang)))
        for name, difference in found.differences.items():
            if np.isnan(difference.estimate):
                continue
            shares = name != "projects_gained"
            scale, digits = (100, 0) if shares else (1, 2)
            said = {key: number(scale * value, lang, digits) for key, value in vars(difference).items()}
            ends = {"low": said.pop("low"), "high": said.pop("high")}
            sure = not np.isnan(difference.low)
            said["interval"] = text("outcomes.interval", lang, **ends) if sure else text("outcomes.no_interval", lang)
            if shares:
                said |= {k: with_unit(scale * getattr(difference, k), "%", lang, 0) for k in ("called", "uncalled")}
            lines.append(text(f"outcomes.difference.{name}", lang, **said))
    return [*lines, text(f"outcomes.kind.{found.kind}", lang)]


def files_of(out: Path, followed: bool) -> dict[str, Path]:
    """Return where the parts of the outcomes go: beside ``out``, named after it."""
    out = Path(out)
    files = {"changes": out, "summary": out.with_name(f"{out.stem}.json")}
    return {**files, "follow_up": out.with_name(f"{out.stem}_follow_up.csv")} if followed else files


def write_outcomes(found: Outcomes, out: Path) -> dict[str, Path]:
    """Write the lists as CSV, the pairs as CSV, and counts, differences and sentences as JSON.

    Raises
    ------
    ResultsError
        If they cannot be written; then none is.
    """
    files = files_of(out, found.followed is not None)
    try:
        with tempfile.TemporaryDirectory(prefix=".changes-", dir=Path(out).parent) as folder:
            drafts = {name: Path(folder) / path.name for name, path in files.items()}
            write_csv(found.changes, drafts["changes"])
            if found.followed is not None:
                table = found.followed.table.assign(notice=_notice(found))
                write_csv(table, drafts["follow_up"])
            content = json.dumps(record(found), indent=1, ensure_ascii=False, allow_nan=False)
            drafts["summary"].write_text(content + "\n", encoding="utf-8")
            for name, path in files.items():
                os.replace(drafts[name], path)
    except OSError as error:
        values = {"reason": error.strerror or str(error)}
        raise ResultsError(Problem("results.not_writable", str(out), values)) from error
    return files


def record(found: Outcomes) -> dict[str, Any]:
    """Return counts, differences and sentences as JSON takes them."""
    lists: dict[str, Any] = {}
    for name, rows in found.changes.groupby("list", sort=False):
        causes = dict(sorted(Counter(rows.loc[rows["cause"] != "", "cause"]).items()))
        lists[str(name)] = {**{move: int((rows["move"] == move).sum()) for move in MOVES}, "causes": causes}
    made: dict[str, Any] = {"lists": lists, "notice": _notice(found)}
    if found.followed is not None:
        one = found.followed
        made["follow_up"] = {
            "kind": one.kind,
            "since": one.since,
            "until": one.until,
            "caliper": one.caliper,
            "counts": dict(one.counts),
            "differences": {
                name: {key: _finite(value) for key, value in vars(item).items()}
                for name, item in one.differences.items()
            },
            "balance": {name: _finite(value) for name, value in one.balance.items()},
        }
    return {**made, "sentences": {lang: sentences(found, lang) for lang in ("fr", "en")}}


def _notice(found: Outcomes) -> str:
    return "; ".join(text(f"notice.{code}", "en") for code in found.comparison.after.manifest["notices"])


def _finite(value: float) -> Optional[float]:
    return float(f"{value:.{_DIGITS}g}") if np.isfinite(value) else None
