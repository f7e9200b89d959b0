"""Values in their own units → comparable scores: missing values, treatment and normalisation, and what they changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Callable, Optional

import numpy as np

from smart_territoires_plugin.core.scoring.missing import Context, missing_rule
from smart_territoires_plugin.core.scoring.normalisation import normalise
from smart_territoires_plugin.core.scoring.treatment import Treatment, treat
from smart_territoires_plugin.core.study.methods import ABSOLUTE
from smart_territoires_plugin.core.study.model import Method, Scoring

Complete = Callable[[np.ndarray, Context, Method], np.ndarray]


@dataclass(frozen=True)
class EngineMethods:
    """What scoring may use beside the methods that need numpy alone; ``models.methods`` gives it in the engine.

    Parameters
    ----------
    complete : callable, optional
        Fills gaps by any rule.
    weightings : mapping, optional
        All weighting methods by name.
    """

    complete: Optional[Complete] = None
    weightings: Optional[Mapping[str, Callable]] = None


NUMPY_ALONE = EngineMethods()


@dataclass(frozen=True)
class Prepared:
    """Indicators ready to be aggregated, and what each step made of them.

    Parameters
    ----------
    completed : ndarray, shape (n_territories, n_indicators)
        In their own units, imputed values included; NaN where missing.
    imputed : ndarray of bool, shape (n_territories, n_indicators)
    treated : ndarray, shape (n_territories, n_indicators)
        After the treatment of outliers: own units, or their logarithm.
    treatments : tuple of Treatment
        One per indicator.
    normalised : ndarray, shape (n_territories, n_indicators)
        NaN everywhere for an indicator that is not usable.
    capped : ndarray of bool, shape (n_territories, n_indicators)
        Values beyond the goalposts, which score as the goalposts do.
    usable : ndarray of bool, shape (n_indicators,)
        False for an indicator that is empty, or the same everywhere on a scale that is relative to the territories.
    """

    completed: np.ndarray
    imputed: np.ndarray
    treated: np.ndarray
    treatments: tuple[Treatment, ...]
    normalised: np.ndarray
    capped: np.ndarray
    usable: np.ndarray


def normalisation_of(indicator: Any, scoring: Scoring) -> Method:
    """Return the normalisation of an indicator: its own, or the one of all."""
    return indicator.normalisation or scoring.normalisation


def constant(values: np.ndarray) -> bool:
    """Say whether an indicator cannot tell territories apart: no value, or the same everywhere.

    Examples
    --------
    >>> constant(np.array([2.0, np.nan, 2.0])), constant(np.array([1.0, 2.0]))
    (True, False)
    """
    known = values[~np.isnan(values)]
    return bool(known.size == 0 or known.min() == known.max())


def prepare(
    values: np.ndarray,
    indicators: Sequence[Any],
    scoring: Scoring,
    context: Callable[[tuple[str, ...]], Context],
    complete: Optional[Complete] = None,
) -> Prepared:
    """Complete, treat and normalise indicators.

    Parameters
    ----------
    values : ndarray, shape (n_territories, n_indicators)
        In their own units; NaN where missing.
    indicators : sequence of Indicator or FrameworkIndicator
        Their ``id``, ``direction`` and own ``normalisation``.
    scoring : Scoring
    context : callable
        Gives what the missing rule may know, from the identifiers of the indicators that it is asked to fill.
    complete : callable, optional
        The engine's ``models.imputation.complete``; by default the rules that need numpy alone.

    Raises
    ------
    ScoringError
        With the problems of all indicators that cannot be normalised, or of the rule that refuses gaps.
    """
    usable = np.array(
        [
            bool((~np.isnan(values[:, column])).any()) and (
                not constant(values[:, column]) or normalisation_of(indicator, scoring).name in ABSOLUTE
            )
            for column, indicator in enumerate(indicators)
        ],
        dtype=bool,
    )  # fmt: skip
    kept = [indicator for indicator, keep in zip(indicators, usable) if keep]
    identifiers = tuple(indicator.id for indicator in kept)
    known = context(identifiers)
    completed = values.copy()
    if complete:
        completed[:, usable] = complete(values[:, usable], known, scoring.missing)
    else:
        completed[:, usable] = missing_rule(scoring.missing.name)(values[:, usable], known)
    treated, treatments = treat(completed, [indicator.id for indicator in indicators], scoring.outliers)
    normalised = np.full(values.shape, np.nan)
    methods = [normalisation_of(indicator, scoring) for indicator in kept]
    normalised[:, usable] = normalise(treated[:, usable], identifiers, [i.direction for i in kept], methods)
    capped = np.column_stack(
        [beyond(treated[:, column], normalisation_of(i, scoring)) for column, i in enumerate(indicators)]
        or [np.zeros((len(values), 0), dtype=bool)]
    )
    imputed = np.isnan(values) & ~np.isnan(completed)
    return Prepared(completed, imputed, treated, treatments, normalised, capped, usable)


def beyond(values: np.ndarray, method: Method) -> np.ndarray:
    """Say which values lie beyond the goalposts of a normalisation that caps them; none for any other.

    Examples
    --------
    >>> beyond(np.array([5.0, 25.0, np.nan]), Method("goalposts", {"low_value": 0, "high_value": 18})).tolist()
    [False, True, False]
    """
    if method.name != "goalposts" or not method.parameters.get("cap", True):
        return np.zeros(len(values), dtype=bool)
    return (values < method.parameters["low_value"]) | (values > method.parameters["high_value"])
