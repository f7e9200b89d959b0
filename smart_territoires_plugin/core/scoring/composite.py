"""The composite scores of a study: a stake by theme, a score by axis, and the readiness of every territory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Optional

import numpy as np

from smart_territoires_plugin.core.scoring.aggregation import AGGREGATIONS
from smart_territoires_plugin.core.scoring.missing import context_for, missing_rule
from smart_territoires_plugin.core.scoring.normalisation import NORMALISATIONS
from smart_territoires_plugin.core.scoring.screening import available_share, sufficient
from smart_territoires_plugin.core.study.model import Indicator, Method, Study


@dataclass(frozen=True)
class Scores:
    """The scores of all territories and all that led to them.

    Parameters
    ----------
    indicators : tuple of Indicator
        Stakes and success factors, in the order of the columns.
    completed : ndarray, shape (n_territories, n_indicators)
        Values in their own units, imputed ones included; NaN where missing.
    normalised : ndarray, shape (n_territories, n_indicators)
        On the scale of the normalisation.
    imputed : ndarray of bool, shape (n_territories, n_indicators)
    usable : ndarray of bool, shape (n_indicators,)
        False for an indicator that is constant or empty, and so left out.
    weights : ndarray, shape (n_indicators,)
        As declared; 0 where the indicator is left out.
    composites : mapping of str to ndarray
        Name of each composite (``score_<theme>``, ``axis_<axis>``, ``readiness``) → columns that it is made of.
    columns : mapping of str to ndarray, shape (n_territories,)
        The composites' scores, NaN where too little is known.
    data_coverage : ndarray, shape (n_territories,)
        Weighted share (0–1) of the values that are known, before imputation.
    aggregation : Method
    """

    indicators: tuple[Indicator, ...]
    completed: np.ndarray
    normalised: np.ndarray
    imputed: np.ndarray
    usable: np.ndarray
    weights: np.ndarray
    composites: Mapping[str, np.ndarray]
    columns: Mapping[str, np.ndarray]
    data_coverage: np.ndarray
    aggregation: Method


def scored_indicators(study: Study) -> tuple[Indicator, ...]:
    """Return the indicators that enter a composite: stakes, then success factors."""
    return (*study.of_role("stake"), *study.of_role("success_factor"))


def composites_of(study: Study) -> dict[str, np.ndarray]:
    """Return which columns each composite of a study is made of."""
    indicators = scored_indicators(study)
    made = {
        f"score_{theme.id}": [
            column for column, i in enumerate(indicators) if i.role == "stake" and i.theme == theme.id
        ]
        for theme in study.scored_themes
    }
    factors = [column for column, i in enumerate(indicators) if i.role == "success_factor"]
    for axis in study.axes:
        made[f"axis_{axis}"] = [column for column in factors if indicators[column].axis == axis]
    if factors:
        made["readiness"] = factors
    return {name: np.array(columns, dtype=int) for name, columns in made.items()}


def constant(values: np.ndarray) -> bool:
    """Say whether an indicator cannot tell territories apart: no value, or the same everywhere.

    Examples
    --------
    >>> constant(np.array([2.0, np.nan, 2.0])), constant(np.array([1.0, 2.0]))
    (True, False)
    """
    known = values[~np.isnan(values)]
    return bool(known.size == 0 or known.min() == known.max())


def aggregate(scores: np.ndarray, weights: np.ndarray, method: Method) -> np.ndarray:
    """Return a composite by the study's method; ``weights`` may hold draws in its columns."""
    return AGGREGATIONS[method.name](scores, weights, **method.parameters)


def score(study: Study, values: np.ndarray, groups: Optional[Mapping[str, np.ndarray]] = None) -> Scores:
    """Score every territory.

    Parameters
    ----------
    study : Study
    values : ndarray, shape (n_territories, n_indicators)
        Of ``scored_indicators(study)``, in their own units; NaN where missing.
    groups : mapping of str to ndarray, optional
        Needed by the missing-value rules that go by group.

    Returns
    -------
    Scores
        A composite is NaN where less than ``min_availability`` of its weight is known before imputation.

    Raises
    ------
    ScoringError
        If the missing rule is ``error`` and a value is missing.
    """
    indicators = scored_indicators(study)
    scoring = study.scoring
    values = np.asarray(values, dtype=float).reshape(len(values), len(indicators))
    usable = np.array([not constant(values[:, column]) for column in range(len(indicators))], dtype=bool)
    completed = values.copy()
    identifiers = tuple(i.id for i, keep in zip(indicators, usable) if keep)
    rule, context = missing_rule(scoring.missing.name), context_for(scoring.missing, identifiers, groups)
    completed[:, usable] = rule(values[:, usable], context)
    normalise = NORMALISATIONS[scoring.normalisation.name]
    normalised = np.full(values.shape, np.nan)
    for column in np.flatnonzero(usable):
        normalised[:, column] = normalise(
            completed[:, column], indicators[column].direction, **scoring.normalisation.parameters
        )
    weights = np.array([i.weight for i in indicators], dtype=float) * usable
    known = ~np.isnan(values)
    composites = composites_of(study)
    columns = {}
    for name, members in composites.items():
        made = aggregate(normalised[:, members], weights[members], scoring.aggregation)
        enough = sufficient(available_share(known[:, members], weights[members]), scoring.min_availability)
        columns[name] = np.where(enough, made, np.nan)
    return Scores(
        indicators,
        completed,
        normalised,
        np.isnan(values) & ~np.isnan(completed),
        usable,
        weights,
        composites,
        columns,
        available_share(known, weights),
        scoring.aggregation,
    )


def score_table(
    study: Study, values: Mapping[str, np.ndarray], groups: Optional[Mapping[str, np.ndarray]] = None
) -> dict[str, np.ndarray]:
    """Score territories from named columns, for a table that has the indicators already.

    Parameters
    ----------
    values : mapping of indicator id to ndarray, shape (n_territories,)

    Returns
    -------
    dict of str to ndarray
        ``score_<theme>``, ``axis_<axis>``, ``readiness`` and ``data_coverage``.
    """
    matrix = np.column_stack([np.asarray(values[i.id], dtype=float) for i in scored_indicators(study)])
    made = score(study, matrix, groups)
    return {**made.columns, "data_coverage": made.data_coverage}
