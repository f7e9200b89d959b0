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
from smart_territoires_plugin.core.targeting.grouping import group_values
from smart_territoires_plugin.core.targeting.peers import find_peers, likeness
from smart_territoires_plugin.core.targeting.priority import order, priority, recommended_theme
from smart_territoires_plugin.core.targeting.segments import active, segment, threshold
from smart_territoires_plugin.core.targeting.stability import draw_stability, stamp, study_alternatives
from smart_territoires_plugin.core.targeting.standing import Standing, done_by_theme, projects_by_theme
from smart_territoires_plugin.core.targeting.units import Units


@dataclass(frozen=True)
class RolledUp:
    """The units that are targeted in place of territories, and the scores of their territories, which are drawn."""

    units: Units
    scores: Scores


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
    standing : Standing
        Of each territory, as segments and lists take it.
    model : ExpectedActivity
        What is expected, and how that was found.
    """

    columns: Mapping[str, np.ndarray]
    shortlist_probability: np.ndarray
    readiness_threshold: float
    activity_threshold: float
    dispersion: float
    by_theme: Mapping[str, np.ndarray]
    standing: Standing
    model: ExpectedActivity


def find_targets(
    study: Study,
    territories: Territories,
    scores: Scores,
    activity: Activity,
    step: Callable[[float], None] = lambda share: None,
    fit: Callable[[np.ndarray, np.ndarray], ExpectedActivity] | None = None,
    workers: int | None = None,
    completions: Sequence[np.ndarray] = (),
    asked: np.ndarray | None = None,
    units: RolledUp | None = None,
) -> Targeting:
    """Segment every territory, rank those to engage, and give each a theme and a peer.

    ``completions`` are completed values (n_territories, n_indicators) among which draws choose, the run's own first;
    without them imputed values are not drawn. ``fit`` gives the model of activity; by default the null model is
    fitted. Without success factors, or without activity, the columns that need them are empty. Without any population,
    counts alone tell high activity from low, and nothing is expected of anybody; a territory whose own population is
    unknown has an unknown activity, unless it was searched and has no project.

    Parameters
    ----------
    asked : ndarray of bool, shape (n_territories, n_themes), optional
        Themes that a territory itself proposed to speak about.
    units : RolledUp, optional
        What else is needed where ``territories``, ``scores`` and ``activity`` are those of call units.
    """
    size = len(territories)
    populated = bool((territories.population > 0).any())
    model = (fit or fit_null_model)(activity.count, territories.population if populated else np.ones(size))
    unknown = np.isnan(activity.count) | (np.isnan(model.shrunken_rate) & (np.nan_to_num(activity.count) > 0))
    columns = _activity_columns(activity, model if populated else _nothing_expected(size))
    activity_limit = threshold(model.shrunken_rate, study.targeting.activity_threshold)
    high = active(model.shrunken_rate, activity.count, activity_limit)
    themes = tuple(theme.id for theme in study.scored_themes)
    projects = projects_by_theme(activity.by_theme, themes, size)
    done = done_by_theme(projects, np.zeros(projects.shape, dtype=bool) if asked is None else asked)
    chance = chance_high(model.shape, model.rate_scale, activity.count, activity_limit)
    standing = Standing(high, unknown, chance, model.evidence, done)
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
    found = (activity_limit, model.dispersion, activity.by_theme, standing, model)
    if "readiness" not in scores.columns:
        return Targeting(columns, np.zeros(size), np.nan, *found)

    readiness = scores.columns["readiness"]
    limit = threshold(readiness, study.targeting.readiness_threshold)
    segments = segment(readiness, limit, high, unknown)
    engaged = segments == "engage"
    theme, stake = _recommended(study, scores, done)
    counted = study.targeting.exponents
    parts = (percentile_rank(readiness), model.evidence, stake)
    values = priority(*parts, exponents=(counted.readiness, counted.evidence, counted.stake))
    drawn_scores = scores if units is None else units.scores
    drawn = draw_stability(
        study,
        drawn_scores,
        segments,
        standing,
        territories.codes,
        step,
        workers,
        study_alternatives(study, drawn_scores, completions),
        None if units is None else units.units,
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
        peer_code=_peer_codes(study, territories, scores, engaged, high, theme, activity),
    )
    return Targeting(columns, drawn.shortlist_probability, limit, *found)


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
    return ExpectedActivity(gaps, gaps, gaps, gaps, gaps, np.nan, gaps, gaps, gaps)


def chance_high(shape: np.ndarray, scale: np.ndarray, count: np.ndarray, limit: float) -> np.ndarray:
    """Return the probability (0–1) that a territory's activity is high, from the posterior of its rate.

    0 where no project was found, and where nothing is known.

    Parameters
    ----------
    shape, scale : ndarray, shape (n_territories,)
        Of the gamma distribution that the rate has once the count is known; an infinite shape is a rate known for sure.
    count : ndarray, shape (n_territories,)
    limit : float
        Where high begins.

    Examples
    --------
    >>> shape = np.array([7.0, 3.0])
    >>> chance_high(shape, 2 / shape, np.array([4.0, 0.0]), 2.0).round(2).tolist()
    [0.45, 0.0]
    """
    # The gamma distribution's survival function; scipy.stats has it too, and takes half a second to load.
    from scipy.special import gammaincc

    chance = np.zeros(len(count))
    some = (np.nan_to_num(count) > 0) & (scale > 0)
    if not np.isnan(limit):
        chance[some] = gammaincc(shape[some], max(limit, 0.0) / scale[some])
    return chance


def _recommended(study: Study, scores: Scores, done: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the theme to speak about ('' where none) and the percentile of its stake."""
    themes = study.scored_themes
    size = len(done)
    if not themes:
        return np.full(size, "", dtype=object), np.full(size, np.nan)
    percentiles = np.column_stack([percentile_rank(scores.columns[f"score_{theme.id}"]) for theme in themes])
    best, stake = recommended_theme(percentiles, np.array([theme.weight for theme in themes]), done)
    names = np.array([*(theme.id for theme in themes), ""], dtype=object)
    return names[best], stake


def _peer_codes(
    study: Study,
    territories: Territories,
    scores: Scores,
    engaged: np.ndarray,
    high_activity: np.ndarray,
    theme: np.ndarray,
    activity: Activity,
) -> np.ndarray:
    targets = np.flatnonzero(engaged)
    coordinates = likeness(scores.normalised[:, scores.usable], territories.population)
    group = group_values(territories.groups, study.targeting.elsewhere, len(territories))
    rows = find_peers(targets, high_activity, theme, activity.by_theme, coordinates, group)
    codes = np.full(len(territories), "", dtype=object)
    codes[targets] = np.where(rows >= 0, territories.codes[rows], "")
    return codes


def unknown_activity(activity: Activity) -> bool:
    """Say whether nobody searched anywhere, so that segments rest on readiness alone."""
    return bool(np.isin(activity.status, ("", NOT_SEARCHED)).all())
