"""English wording of expected activity, its model and its evidence."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "activity.candidate.poisson_regression": "Poisson regression",
    "activity.candidate.gradient_boosting": "gradient boosting with the Poisson loss",
    "activity.verdict.gain": "Expected activity takes the success factors into account ({candidate}): for territories "
    "of groups that it had not seen, the model does better than population and size class alone, by {gain} points of "
    "deviance, more than 1.645 times their standard error ({gain_se}, over {n_groups} groups).",
    "activity.verdict.no_gain": "Expected activity rests on population and size class alone: for territories of groups "
    "that it had not seen, the best model of the success factors ({candidate}) gains {gain} points of deviance, no "
    "more than 1.645 times their standard error ({gain_se}, over {n_groups} groups). It is not used.",
    "activity.verdict.no_factors": "Expected activity rests on population and size class alone: the study has no "
    "success factor that tells territories apart.",
    "activity.verdict.few_groups": "Expected activity rests on population and size class alone: {n_groups} groups "
    "with a known activity are too few to judge a model of the success factors ({least_groups} are needed).",
    "activity.verdict.few_projects": "Expected activity rests on population alone: there are too few projects or "
    "surveyed territories to judge a model ({least_projects} projects and {least_territories} territories are needed, "
    "not all in the same groups).",
    "activity.verdict.no_population": "Nothing is expected of any territory: no population is known.",
    "activity.verdict.no_counts": "Nothing is expected of any territory: nobody searched for projects.",
    "activity.evidence": "of 100 territories like this one, {count} do more",
    "activity.importance.title": "What the model leans on",
    "activity.importance.meaning": "Deviance that is lost, per territory, when a factor is dealt out at random: an "
    "association, not a cause.",
}

PROBLEMS: Mapping[str, tuple[str, str]] = {}
