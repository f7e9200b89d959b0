"""What a draw may do to the values before they are put together: other treatments, normalisations, imputations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Callable

import numpy as np

from smart_territoires_plugin.core.scoring.normalisation import NORMALISATIONS
from smart_territoires_plugin.core.scoring.robustness import Choices, error_stream
from smart_territoires_plugin.core.scoring.treatment import treat
from smart_territoires_plugin.core.study.methods import ABSOLUTE
from smart_territoires_plugin.core.study.model import Method, Robustness, Scoring

# (values (n, c), their columns (c,), treatment, normalisation) → normalised (n, c)
Prepare = Callable[[np.ndarray, np.ndarray, Method, Method], np.ndarray]


@dataclass(frozen=True)
class Alternatives:
    """The methods and values that a draw may take; the study's own stand first.

    Parameters
    ----------
    completed : tuple of ndarray, shape (n_territories, n_indicators)
        Values in their own units after imputation, once for each drawn imputation; NaN where missing.
    normalised : ndarray, shape (n_territories, n_indicators)
        By the study's own methods, from the first of ``completed``.
    treatments, normalisations, aggregations : tuple of Method
    prepare : callable
        Takes values (n_territories, c), their columns (c,), a treatment and a normalisation; returns the normalised
        values, shape (n_territories, c).
    error_share, error_value : ndarray, shape (n_indicators,)
        Standard deviation of each indicator's error: a share of its value plus a number in its own unit.
    """

    completed: tuple[np.ndarray, ...]
    normalised: np.ndarray
    treatments: tuple[Method, ...]
    normalisations: tuple[Method, ...]
    aggregations: tuple[Method, ...]
    prepare: Prepare
    error_share: np.ndarray
    error_value: np.ndarray

    @property
    def counts(self) -> dict[str, int]:
        """How many alternatives there are of each group of choices."""
        return {
            "normalisation": len(self.normalisations),
            "aggregation": len(self.aggregations),
            "treatment": len(self.treatments),
            "imputation": len(self.completed),
        }

    @property
    def with_error(self) -> np.ndarray:
        """Columns of the indicators whose values are not sure."""
        return np.flatnonzero((self.error_share > 0) | (self.error_value > 0))

    def matrix(self, treatment: int, imputation: int, normalisation: int) -> np.ndarray:
        """Return the normalised values of one combination of alternatives."""
        if not (treatment or imputation or normalisation):
            return self.normalised
        columns = np.arange(self.normalised.shape[1])
        values = self.completed[imputation]
        return self.prepare(values, columns, self.treatments[treatment], self.normalisations[normalisation])

    def disturbed(self, matrix: np.ndarray, choices: Choices, draw: int) -> np.ndarray:
        """Return a combination's matrix with the errors of one draw added before treatment and normalisation."""
        columns = self.with_error
        values = self.completed[choices.imputation[draw]][:, columns]
        deviation = self.error_share[columns] * np.abs(values) + self.error_value[columns]
        noise = error_stream(choices.seed, int(choices.error[draw])).standard_normal(values.shape)
        made = matrix.copy()
        made[:, columns] = self.prepare(
            values + deviation * noise,
            columns,
            self.treatments[choices.treatment[draw]],
            self.normalisations[choices.normalisation[draw]],
        )
        return made


def alternatives(
    indicators: Sequence[Any],
    completed: Sequence[np.ndarray],
    normalised: np.ndarray,
    scoring: Scoring,
    robustness: Robustness,
) -> Alternatives:
    """Put together what a study or a framework allows to be drawn.

    Parameters
    ----------
    indicators : sequence of Indicator or FrameworkIndicator
        Their ``direction``, ``error`` and, where they have one, ``normalisation``, which is then never replaced.
    completed : sequence of ndarray, shape (n_territories, n_indicators)
        One for each drawn imputation; the first alone where imputation is not drawn.
    normalised : ndarray, shape (n_territories, n_indicators)
        By the study's own methods, from the first of ``completed``.

    Returns
    -------
    Alternatives
    """

    def prepare(values: np.ndarray, columns: np.ndarray, treatment: Method, normalisation: Method) -> np.ndarray:
        chosen = [indicators[column] for column in columns]
        treated, _ = treat(values, tuple(indicator.id for indicator in chosen), treatment)
        made = np.full(values.shape, np.nan)
        for place, indicator in enumerate(chosen):
            known = treated[~np.isnan(treated[:, place]), place]
            method = indicator.normalisation or normalisation
            if known.size and (known.min() < known.max() or method.name in ABSOLUTE):
                normalise = NORMALISATIONS[method.name]
                made[:, place] = normalise(treated[:, place], indicator.direction, **method.parameters)
        return made

    errors = [indicator.error for indicator in indicators]
    return Alternatives(
        tuple(completed) if robustness.imputation else tuple(completed[:1]),
        normalised,
        _own_first(scoring.outliers, robustness.outliers),
        _own_first(scoring.normalisation, robustness.normalisation),
        _own_first(scoring.aggregation, robustness.aggregation),
        prepare,
        np.array([error.share if error else 0.0 for error in errors], dtype=float),
        np.array([error.value if error else 0.0 for error in errors], dtype=float),
    )


def _own_first(own: Method, others: Sequence[Method]) -> tuple[Method, ...]:
    return (own, *(method for method in others if method != own))
