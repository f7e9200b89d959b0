"""The tables of the results, column by column in the order of the documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.messages import TEXTS, text
from smart_territoires_plugin.core.results.peers_frame import peers_frame as peers_frame
from smart_territoires_plugin.core.sources.quality import COLUMNS as QUALITY_COLUMNS
from smart_territoires_plugin.core.targeting.reasons import Reasons

if TYPE_CHECKING:
    from smart_territoires_plugin.core.pipeline import Outcome
    from smart_territoires_plugin.core.scoring.composite import Scores
    from smart_territoires_plugin.core.sources.territories import Territories
    from smart_territoires_plugin.core.targeting.target import Targeting

_WHOLE = ("activity_count", "target_rank", "rank_low", "rank_high")
_ACTIVITY = (
    "activity_count", "activity", "activity_status", "expected_activity", "activity_gap", "gap_low", "gap_high",
    "evidence", "segment", "segment_probability", "priority", "target_rank", "rank_low", "rank_high", "stability",
    "recommended_theme", "peer_code",
)  # fmt: skip


def notice(outcome: Outcome, lang: str = "en") -> str:
    """Return what every output must say of its data, in one line; empty if all of it is observed."""
    return "; ".join(text(f"notice.{code}", lang) for code in outcome.study.notices)


def territories_frame(outcome: Outcome, flags: dict) -> pd.DataFrame:
    """Return one row per territory, in the order of their file.

    The columns are those of DESIGN §4, then ``notice``: what the data are where they are not all observed.
    """
    found = (outcome.measurements.territories, outcome.scores, outcome.targeting)
    plain = {name: flagged[0] for name, flagged in flags.items()}
    return _frame(outcome, *found, plain, {})


def call_units_frame(outcome: Outcome) -> pd.DataFrame:
    """Return one row per call unit, level by level, with the columns of ``territories`` after three of its own.

    ``level`` is what it is (a group's name, or how the study calls its large territories), ``territories`` how many it
    holds and ``members`` their codes, with ``;`` between.
    """
    called = outcome.called
    found = (called.territories, called.scores, called.targeting)
    plain = {i.id: np.full(len(called.units), "", dtype=object) for i in outcome.study.indicators}
    codes = outcome.measurements.territories.codes
    own = {
        "level": called.units.levels,
        "territories": called.units.members.sum(axis=1).astype(int),
        "members": [";".join(codes[called.units.rows(unit)]) for unit in range(len(called.units))],
    }
    return _frame(outcome, *found, plain, own)


def _frame(
    outcome: Outcome, territories: Territories, scores: Scores, targeting: Targeting, flags: dict, own: dict
) -> pd.DataFrame:
    study, size = outcome.study, len(territories)
    columns: dict[str, np.ndarray] = {
        "code": territories.codes,
        "name": territories.names,
        **own,
        "population": territories.population,
    }
    columns.update({f"group_{group.name}": territories.groups[group.name] for group in study.groups})
    columns.update({name: scores.columns[name] for name in scores.columns if name.startswith("score_")})
    columns["readiness"] = scores.columns.get("readiness", np.full(size, np.nan))
    columns.update({name: scores.columns[name] for name in scores.columns if name.startswith("axis_")})
    columns.update({name: targeting.columns[name] for name in _ACTIVITY})
    columns["data_coverage"] = scores.data_coverage if scores.indicators else np.full(size, np.nan)
    reasons = Reasons(study, territories, scores, targeting, flags)
    for lang in ("fr", "en"):
        columns[f"reasons_{lang}"] = np.array([reasons(row, lang) for row in range(size)], dtype=object)
    columns["notice"] = np.full(size, notice(outcome), dtype=object)
    frame = pd.DataFrame(columns)
    for name in _WHOLE:
        # A unit's share of a project over several territories is no whole number.
        if not (own and name == "activity_count"):
            frame[name] = frame[name].astype("Int64")
    return frame


def targets_frame(territories: pd.DataFrame, shortlist: int) -> pd.DataFrame:
    """Return the shortlist in the order of its ranks."""
    listed = territories[territories["target_rank"].notna() & (territories["target_rank"] <= shortlist)]
    return listed.sort_values("target_rank", kind="stable").reset_index(drop=True)


def indicators_frame(outcome: Outcome, flags: dict) -> pd.DataFrame:
    """Return one row per territory and indicator, with the flag and the reason of each value."""
    study, scores = outcome.study, outcome.scores
    codes = outcome.measurements.territories.codes
    columns = {indicator.id: column for column, indicator in enumerate(scores.indicators)}
    frames = []
    for indicator in study.indicators:
        found = outcome.measurements.values[indicator.id]
        column = columns.get(indicator.id)
        nothing = np.full(len(codes), np.nan)
        flag, reason = flags[indicator.id]
        if column is not None and not scores.usable[column]:
            reason = np.where(reason == "", "constant", reason)
        frames.append(
            pd.DataFrame(
                {
                    "code": codes,
                    "indicator": indicator.id,
                    "theme": indicator.theme or "",
                    "role": indicator.role,
                    "value": found.values,
                    "value_treated": found.values if column is None else scores.treated[:, column],
                    "normalised": nothing if column is None else scores.normalised[:, column],
                    "flag": flag,
                    "reason": reason,
                    "coverage": found.coverage,
                    "unit": indicator.unit,
                    "source": indicator.measure.source,
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def quality_frame(outcome: Outcome) -> pd.DataFrame:
    """Return one row per thing found in the sources."""
    rows = [vars(item) for item in outcome.quality]
    return pd.DataFrame(rows, columns=list(QUALITY_COLUMNS))


def check_wording(check: str, lang: str) -> str:
    """Return what a check looks at, in words."""
    return TEXTS[lang].get(f"quality.{check}", check)
