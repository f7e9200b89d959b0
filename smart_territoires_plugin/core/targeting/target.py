"""From scores and activity to the list: every column of targeting, for every territory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Callable

import numpy as np

from smart_territoires_plugin.core.models.expected_activity import ExpectedActivity, fit_null_model
from smart_territoires_plugin.core.scoring.composite import Scores
from smart_territoires_plugin.core.scoring.normalisation import percentile_rank
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.study import Study
from smart_territoires_plugin.core.targeting.activity import NOT_SEARCHED, Activity
from smart_territoires_plugin.core.targeting.peers import find_peers, likeness
from smart_territoires_plugin.core.targeting.priority import order, priority, recommended_theme
from smart_territoires_plugin.core.targeting.segments import active, segment, threshold
from smart_territoires_plugin.core.targeting.stability import draw_stability, stamp, study_alternatives


@dataclass(frozen=True)
class Targeting:
    """What targeting found.

    Parameters
    ----------
    columns : mapping of str to ndarray, shape (n_territories,)
        The columns of DESIGN §4 from ``activity_count`` to ``peer_code``; NaN or '' where there is nothing to say.
    shortlist_probability : ndarray, shape (n_territories,)
        Share (0–1) of draws in which a territory is among the shortlist.
    readiness_threshold, activity_threshold : float
        Where high begins; NaN where nothing is known.
    dispersion : float
        Of the model of activity.
    by_theme : mapping of theme id to ndarray
        Active projects by theme.
    high_activity, unknown_activity : ndarray of bool, shape (n_territories,)
    evidence : ndarray, shape (n_territories,)
        Of low activity (0–100), as the priority takes it.
    """

    columns: Mapping[str, np.ndarray]
    shortlist_probability: np.ndarray
    readiness_threshold: float
    activity_threshold: float
    dispersion: float
    by_theme: Mapping[str, np.ndarray]
    high_activity: np.ndarray
    unknown_activity: np.ndarray
    evidence: np.ndarray


def find_targets(
    study: Study,
    territories: Territories,
    scores: Scores,
    activity: Activity,
    step: Callable[[float], None] = lambda share: None,
    fit: Callable[[np.ndarray, np.ndarray], ExpectedActivity] | None = None,
    workers: int | None = None,
    completions: Sequence[np.ndarray] = (),
) -> Targeting:
    """Segment every territory, rank those to engage, and give each a theme and a peer.

    ``completions`` are completed values (n_territories, n_indicators) among which draws choose, the run's own first;
    without them imputed values are not drawn. ``fit`` gives the model of activity; by default the null model is
    fitted. Without success factors, or without activity, the columns that need them are empty. Without any population,
    counts alone tell high activity from low, and nothing is expected of anybody; a territory whose own population is
    unknown has an unknown activity, unless it was searched and has no project.
    """
    size = len(territories)
    populated = bool((territories.population > 0).any())
    model = (fit or fit_null_model)(activity.count, territories.population if populated else np.ones(size))
    unknown = np.isnan(activity.count) | (np.isnan(model.shrunken_rate) & (np.nan_to_num(activity.count) > 0))
    columns = _activity_columns(activity, model if populated else _nothing_expected(size))
    activity_limit = threshold(model.shrunken_rate, study.targeting.activity_threshold)
    high_activity = active(model.shrunken_rate, activity.count, activity_limit)
    empty = np.full(size, "", dtype=object)
    gaps = np.full(size, np.nan)
    columns.update(
        segment=empty,
        segment_probability=gaps,
        priority=gaps,
        target_rank=gaps,
        rank_low=gaps,
        rank_high=gaps,
        stability=empty,
        recommended_theme=empty,
        peer_code=empty,
    )
    standing = (activity_limit, model.dispersion, activity.by_theme, high_activity, unknown, model.evidence)
    if "readiness" not in scores.columns:
        return Targeting(columns, np.zeros(size), np.nan, *standing)

    readiness = scores.columns["readiness"]
    limit = threshold(readiness, study.targeting.readiness_threshold)
    segments = segment(readiness, limit, high_activity, unknown)
    engaged = segments == "engage"
    theme, stake = _recommended(study, scores, activity)
    values = priority(percentile_rank(readiness), model.evidence, stake)
    drawn = draw_stability(
        study,
        scores,
        segments,
        high_activity,
        unknown,
        model.evidence,
        activity.by_theme,
        territories.codes,
        step,
        workers,
        study_alternatives(study, scores, completions),
    )
    columns.update(
        segment=segments,
        segment_probability=drawn.segment_probability,
        priority=np.where(engaged, values, np.nan),
        target_rank=order(values, engaged, territories.codes),
        rank_low=drawn.rank_low,
        rank_high=drawn.rank_high,
        stability=np.where(engaged, stamp(drawn.shortlist_probability, study.robustness.draws), "").astype(object),
        recommended_theme=theme,
        peer_code=_peer_codes(territories, scores, engaged, high_activity, theme, activity),
    )
    return Targeting(columns, drawn.shortlist_probability, limit, *standing)


def _activity_columns(activity: Activity, model: ExpectedActivity) -> dict[str, np.ndarray]:
    known = ~np.isnan(activity.count)
    return {
        "activity_count": activity.count,
        "activity": np.where(known, model.shrunken_rate, np.nan),
        "activity_status": activity.status,
        "expected_activity": model.expected,
        "activity_gap": model.expected - activity.count,
        "gap_low": model.gap_low,
        "gap_high": model.gap_high,
        "evidence": model.evidence,
    }


def _nothing_expected(size: int) -> ExpectedActivity:
    gaps = np.full(size, np.nan)
    return ExpectedActivity(gaps, gaps, gaps, gaps, gaps, np.nan)


def _recommended(study: Study, scores: Scores, activity: Activity) -> tuple[np.ndarray, np.ndarray]:
    """Return the theme to speak about ('' where none) and the percentile of its stake."""
    themes = study.scored_themes
    size = len(activity.count)
    if not themes:
        return np.full(size, "", dtype=object), np.full(size, np.nan)
    percentiles = np.column_stack([percentile_rank(scores.columns[f"score_{theme.id}"]) for theme in themes])
    projects = np.column_stack([activity.by_theme.get(theme.id, np.zeros(size)) for theme in themes])
    best, stake = recommended_theme(percentiles, np.array([theme.weight for theme in themes]), projects)
    names = np.array([*(theme.id for theme in themes), ""], dtype=object)
    return names[best], stake


def _peer_codes(
    territories: Territories,
    scores: Scores,
    engaged: np.ndarray,
    high_activity: np.ndarray,
    theme: np.ndarray,
    activity: Activity,
) -> np.ndarray:
    targets = np.flatnonzero(engaged)
    coordinates = likeness(scores.normalised[:, scores.usable], territories.population)
    group = territories.groups.get("epci", np.full(len(territories), "", dtype=object))
    rows = find_peers(targets, high_activity, theme, activity.by_theme, coordinates, group)
    codes = np.full(len(territories), "", dtype=object)
    codes[targets] = np.where(rows >= 0, territories.codes[rows], "")
    return codes


def unknown_activity(activity: Activity) -> bool:
    """Say whether nobody searched anywhere, so that segments rest on readiness alone."""
    return bool(np.isin(activity.status, ("", NOT_SEARCHED)).all())
