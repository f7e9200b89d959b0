"""Segments theme by theme: the same readiness, beside what is done on each theme alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.errors import ScoringError
from smart_territoires_plugin.core.models.expected_activity import fit_null_model
from smart_territoires_plugin.core.scoring.composite import Scores
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.study import Method, Study
from smart_territoires_plugin.core.targeting.activity import Activity
from smart_territoires_plugin.core.targeting.segments import active, segment, threshold
from smart_territoires_plugin.core.targeting.target import Targeting

COLUMNS = ("code", "theme", "segment", "activity", "readiness")
_MEDIAN = Method("quantile", {"q": 0.5})


@dataclass(frozen=True)
class ThemeSegments:
    """Where each territory stands on each theme with projects.

    Parameters
    ----------
    table : DataFrame
        ``code``, ``theme``, ``segment``, ``activity`` (on the theme, per 10 000 inhabitants, shrunken; NaN
        where nobody searched), ``readiness``: theme by theme in the study's order, territories in theirs.
    thresholds : mapping of theme id to float
        Where activity on the theme begins to be high.
    """

    table: pd.DataFrame
    thresholds: Mapping[str, float]


def segments_by_theme(
    study: Study, territories: Territories, scores: Scores, targeting: Targeting, activity: Activity
) -> ThemeSegments:
    """Segment territories on each theme that has a project in the register.

    The threshold of a theme is the one frozen in the study, else found by the rule of the whole. A number for the whole
    is no measure of one theme, and too few distinct counts have no natural breaks: the median then tells.
    """
    known = ~np.isnan(activity.count)
    people = territories.population
    exposure = people if (people > 0).any() else np.ones(len(people))
    order = [theme.id for theme in study.themes if theme.id in activity.by_theme]
    order += sorted(set(activity.by_theme) - set(order))
    readiness = scores.columns.get("readiness")
    parts, limits = [], {}
    for theme in order:
        counts = np.where(known, activity.by_theme[theme], np.nan)
        if readiness is None or not (np.nan_to_num(counts) > 0).any():
            continue
        rate = fit_null_model(counts, exposure).shrunken_rate
        limits[theme] = _threshold(study, theme, rate)
        unknown = np.isnan(counts) | (np.isnan(rate) & (np.nan_to_num(counts) > 0))
        high = active(rate, counts, limits[theme])
        segments = segment(readiness, targeting.readiness_threshold, high, unknown)
        columns = (territories.codes, theme, segments, rate, readiness)
        parts.append(pd.DataFrame(dict(zip(COLUMNS, columns, strict=True))))
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(COLUMNS))
    return ThemeSegments(table, limits)


def _threshold(study: Study, theme: str, rate: np.ndarray) -> float:
    frozen = study.targeting.theme_thresholds.get(theme)
    if frozen is not None:
        return float(frozen)
    asked = study.targeting.activity_threshold
    if not isinstance(asked, Method):
        return threshold(rate, _MEDIAN)
    try:
        return threshold(rate, asked)
    except ScoringError:
        if asked.name == _MEDIAN.name:
            raise
        return threshold(rate, _MEDIAN)
