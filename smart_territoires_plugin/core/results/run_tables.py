"""All the tables of a run, made once: of territories, of whom to call, of the network between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Optional

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.results import frames
from smart_territoires_plugin.core.results.lists_frame import (
    lists_frame,
    study_lists,
    theme_segments,
    theme_segments_frame,
)
from smart_territoires_plugin.core.results.peers_frame import peers_frame
from smart_territoires_plugin.core.results.unit_tables import UnitTables, unit_tables
from smart_territoires_plugin.core.targeting.approach import Approach, approach_frame
from smart_territoires_plugin.core.targeting.benchmarks import benchmark_sentence, compare
from smart_territoires_plugin.core.targeting.decisions import decision_words
from smart_territoires_plugin.core.targeting.lists import Lists
from smart_territoires_plugin.core.targeting.network import find_network

if TYPE_CHECKING:
    from smart_territoires_plugin.core.pipeline import Outcome


@dataclass(frozen=True)
class RunTables:
    """The tables of a run.

    Parameters
    ----------
    territories, targets, lists : DataFrame
    peers : DataFrame
        With ``peer_lines``, in the same order.
    further : mapping of name to DataFrame
        Those that only some runs have: ``theme_segments``, ``exchange_groups``, ``benchmark_comparison``, ….
    call_units : UnitTables, optional
    found : Lists
    theme_thresholds : mapping of theme id to float
        Where the activity of a theme begins to be high.
    """

    territories: pd.DataFrame
    targets: pd.DataFrame
    lists: pd.DataFrame
    peers: pd.DataFrame
    peer_lines: np.ndarray
    found: Lists
    theme_thresholds: Mapping[str, float]
    call_units: Optional[UnitTables] = None
    further: Mapping[str, pd.DataFrame] = field(default_factory=dict)


def make_tables(outcome: Outcome, flags: dict, lang: str) -> RunTables:
    """Make the tables of a run; ``lang`` is that of the few words that stand in one language only."""
    study, territories = outcome.study, outcome.measurements.territories
    shortlist = study.targeting.shortlist
    table = frames.territories_frame(outcome, flags)
    lists = study_lists(outcome)
    by_theme = theme_segments(outcome)
    approach = outcome.approach
    told = () if approach is None else (approach.projects, approach.register.applications)
    network = find_network(study, territories, outcome.scores, outcome.targeting, lang, *told)
    peers, lines = peers_frame(table, territories.geometry, shortlist, network.links, network.groups)
    notice = frames.notice(outcome)
    listed = lists_frame(outcome, lists, lang)
    further = {
        **({} if approach is None else _of_register(outcome, approach, lists, notice)),
        "activity_detail": _activity_detail(outcome).assign(notice=notice),
        "theme_segments": theme_segments_frame(outcome, by_theme),
        "exchange_groups": network.groups.assign(notice=notice),
    }
    units = unit_tables(outcome, lang) if outcome.called else None
    further.update(units.further if units else {})
    return RunTables(
        table,
        targets_table(table, lists, lang),
        listed,
        peers,
        lines,
        lists,
        by_theme.thresholds,
        units,
        {name: frame for name, frame in further.items() if len(frame)},
    )


def _activity_detail(outcome: Outcome) -> pd.DataFrame:
    """Return how projects are counted: whole, in parts that add up, and, descriptive only, by stage and marks.

    Nothing where no register tells the parts.
    """
    measured = [outcome.measurements.values[i.id].details for i in outcome.study.of_role("activity")]
    told = [details for details in measured if "weighted" in details]
    if not told:
        return pd.DataFrame()
    parts = {name: sum(details[name] for details in told) for name in ("shared", "borne", "weighted")}
    codes, count = outcome.measurements.territories.codes, outcome.targeting.columns["activity_count"]
    return pd.DataFrame({"code": codes, "activity_count": count, **parts})


def _of_register(outcome: Outcome, approach: Approach, lists: Lists, notice: str) -> dict[str, pd.DataFrame]:
    """Return what only a register tells: how to approach each to call, who co-funds, how references compare."""
    study, territories, scores = outcome.study, outcome.measurements.territories, outcome.scores
    theme = outcome.targeting.columns["recommended_theme"]
    measured = np.where(scores.imputed, np.nan, scores.completed)
    calling = approach_frame(study, territories, approach, theme, lists.call_list)
    made = {"cofunders": approach.cofunders}
    if len(approach.register.benchmarks):
        beside = compare(approach.register.benchmarks, scores.indicators, measured, lists.call_list, territories.codes)
        made["benchmark_comparison"] = beside
        known = {indicator.id: indicator for indicator in scores.indicators}
        lines = dict(list(beside.groupby("code")))
        for lang in ("fr", "en"):
            told = [benchmark_sentence(lines[code], known, lang) if code in lines else "" for code in calling["code"]]
            calling[f"benchmark_{lang}"] = np.array(told, dtype=object)
    made["approach"] = calling
    return {name: frame.assign(notice=notice) for name, frame in made.items()}


def targets_table(territories: pd.DataFrame, lists: Lists, lang: str) -> pd.DataFrame:
    """Return the call list in its order: the columns of ``territories``, then what a person decided, if anybody did."""
    rows = lists.call_list
    listed = territories.iloc[rows].reset_index(drop=True)
    if not lists.decided.by_row:
        return listed
    said = [decision_words(lists.decided.by_row.get(int(row)), lang) for row in rows]
    return listed.assign(decision=np.array(said, dtype=object))
